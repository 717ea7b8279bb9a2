# Anlagen: Maßnahmen und Unterauftragsverarbeiter.
annexes-title = Anlagen
annexes-lead = Die technischen und organisatorischen Maßnahmen und die Unterauftragsverarbeiter, wie sie heute gelten.
annex-toms = Maßnahmen (Anlage 2)
annex-subprocessors = Unterauftragsverarbeiter (Anlage 3)
annexes-stamp = Stand { $number } vom { $date }
annexes-hash = SHA-256
annexes-confirmed = Bestätigt
annexes-confirmed-by = am { $date } durch { $name }
annexes-confirmed-on = am { $date }
annexes-confirmed-label = Bestätigung
annexes-version = Stand
annexes-template = Vorlageninhalt
annexes-template-text = Dieser Stand stammt aus der Vorlage und ist noch nicht für den Anbieter bestätigt. Bitte prüfen Sie jede Zeile, bevor Sie ihn bestätigen.
annexes-in-use = Bis dahin gilt der bestätigte Stand { $number }.
annexes-none-in-use = Noch ist kein Stand bestätigt.
annexes-confirm = { $annex }: Stand { $number } bestätigen
annexes-confirm-who = Bestätigen kann, wer die Rolle Datenschutz hat.
annexes-control = { $number }. { $name }
annexes-measures = { $count ->
    [one] eine Maßnahme
   *[other] { $count } Maßnahmen
}
annexes-measure = Maßnahme
annexes-text = Was sie leistet
annexes-services = Leistungen
annexes-all-services = alle
annexes-layer = Wo
annexes-status = Zustand
annexes-layer-office = Büro
annexes-layer-own_servers = Eigene Server
annexes-layer-data_centre = Rechenzentrum
annexes-layer-sub_processor = Unterauftragsverarbeiter
annexes-status-planned = geplant
annexes-status-active = in Kraft
annexes-status-retired = aufgehoben
annexes-sub-name = Unternehmen
annexes-sub-address = Anschrift
annexes-sub-service = Aufgabe
annexes-sub-data = Daten
annexes-sub-places = Orte und Übermittlung
annexes-sub-since = Seit
annexes-sub-none = Keine Unterauftragsverarbeiter
annexes-sub-none-text = Sobald ein Unterauftragsverarbeiter in content/subprocessors.toml steht, erscheint er hier.
flash-annex-confirmed = Der Stand ist bestätigt.
