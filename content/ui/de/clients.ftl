# API-Zugänge im Einzelnen.

clients-networks = Nur von diesen Adressen
clients-networks-hint = Adressen oder Netze wie 192.0.2.0/24 oder 2001:db8::/32, mit Leerzeichen oder Zeilen getrennt. Ohne Angabe darf das Programm von überall fragen.
clients-everywhere = von überall
clients-per-minute = Fragen je Minute
clients-per-minute-hint = Ohne Angabe 6000. Wer mehr fragt, wird gebeten zu warten.
clients-per-minute-usual = 6000 (üblich)
clients-client-id = Kennung für Tokens
clients-made = Angelegt
clients-keys = Schlüssel
clients-keys-text = Zum Wechseln: zweiten Schlüssel anlegen, im Programm eintragen, den ersten widerrufen. So entsteht keine Lücke.
clients-key-add = Weiteren Schlüssel anlegen
clients-key-revoke = Schlüssel widerrufen
clients-key-revoke-text = Wer mit ihm oder mit einem Token fragt, das mit ihm geholt wurde, wird sofort abgewiesen.
clients-limits = Woher und wie oft
clients-limits-save = Grenzen speichern
clients-end = Zugang widerrufen
flash-client-limited = Die Grenzen sind gespeichert und gelten ab sofort.
flash-client-key-revoked = Der Schlüssel ist widerrufen.
