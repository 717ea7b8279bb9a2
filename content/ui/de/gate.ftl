# Prüfung und Entscheidungen.
