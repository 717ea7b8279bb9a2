# Aufgaben.
