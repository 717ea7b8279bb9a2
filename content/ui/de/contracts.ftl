# Verträge: Anfrage, Angebot, Unterschrift, Übersicht des Kunden.
