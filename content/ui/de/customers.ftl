# Kunden, Kontakte, Einlesen.
