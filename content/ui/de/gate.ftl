# Prüfung und Entscheidungen.
gate-title = Prüfung
gate-search = Für wen möchten Sie etwas tun?
gate-search-hint = Kundennummer, Name, E-Mail-Adresse, Domain oder Telefonnummer
gate-search-button = Prüfen
gate-found = Treffer: { $count }
gate-how = Erst fragen, dann handeln
gate-how-text = Suchen Sie den Kunden. Sie sehen sofort, was Sie jetzt für ihn tun dürfen, aus welchem Grund und was als Nächstes zu tun ist.
gate-nobody = Kein Kunde passt zu „{ $query }“
gate-nobody-text = Fragen Sie nach der Kundennummer. Solange unklar ist, für wen gearbeitet wird, ist nur allgemeine Beratung erlaubt.
gate-hits = { $count ->
    [one] Ein Kunde passt
   *[other] { $count } Kunden passen
}
gate-question = { $action }, für { $customer } ({ $number })
gate-question-tool = { $question }, mit { $tool }
gate-ground = Grund
gate-ground-contract = AV-Vertrag { $number }, Version { $version }
gate-valid-until = Antwort gilt bis
gate-contract-until = Vertrag läuft bis
gate-priority = Vorrang
gate-priority-service-contract = Servicevertrag: zuerst bedienen
gate-more-reasons = Weitere Gründe
gate-customer-text = Text für den Kunden ({ $language })
gate-copy = Kopieren
gate-copied = Kopiert
gate-open-customer = Kunden öffnen
gate-others = Alle Tätigkeiten auf einen Blick
gate-tool = Werkzeug
gate-tool-hint = Nicht jedes Werkzeug ist mit jedem Kunden vereinbart.
gate-tool-any = ohne Angabe
gate-tool-button = Mit Werkzeug prüfen

decisions-title = Entscheidungen
decisions-lead = { $count ->
    [one] Eine Antwort der Prüfung, aufgezeichnet mit Grund.
   *[other] { $count } Antworten der Prüfung, aufgezeichnet mit Grund; die neueste zuerst.
}
decisions-customer-number = Kundennummer
decisions-filter = Eingrenzen
decisions-when = Wann
decisions-customer = Kunde
decisions-action = Tätigkeit
decisions-asked = Was gefragt wurde
decisions-subject = Wer tätig werden wollte
decisions-answer = Antwort
decisions-no-customer = nicht festgestellt
decisions-none = Noch keine Entscheidung
decisions-none-text = Hier steht jede Antwort der Prüfung, mit Zeit, Person und Grund. Sie entsteht, wenn jemand auf der Seite oder ein Programm fragt.
decisions-to-gate = Zur Prüfung
decisions-unknown = Diese Kundennummer gibt es nicht
decisions-unknown-text = Prüfen Sie die Schreibweise, oder suchen Sie den Kunden in der Kundenliste.
decisions-my-title = Wer was für Sie tun wollte
decisions-my-lead = Jede Frage, ob wir für Sie tätig werden dürfen, und die Antwort darauf (Art. 28 Abs. 3 Buchst. h DSGVO).
decisions-my-none-text = Sobald jemand von uns oder ein Programm fragt, ob es für Sie tätig werden darf, steht die Antwort hier.
