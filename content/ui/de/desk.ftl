# Aufgaben.
desk-title = Aufgaben
desk-lead = Was ansteht, das Dringendste zuerst.
desk-empty = Nichts steht an
desk-empty-text = Hier erscheinen Anfragen, Verträge zur Gegenzeichnung, Angebote vor dem Ablauf und alles, was Ihre Rollen betrifft. Sobald etwas zu tun ist, steht es hier.
desk-gate = Zur Prüfung
desk-overdue-count = { $count ->
    [one] Eine Aufgabe ist überfällig
   *[other] { $count } Aufgaben sind überfällig
}
desk-due = bis { $date }, { $distance }
desk-overdue = überfällig seit { $date }
desk-countersign = AV-Vertrag { $about } gegenzeichnen
desk-examine = Anfrage { $about } prüfen
desk-offer-running-out = Angebot { $about } läuft ab, Unterschrift fehlt
desk-signatory-unknown = Angebot { $about }: Wer unterschreibt, ist offen
desk-signatory-unknown-note = Klären Sie mit dem Kunden, wer unterschreiben darf, und benennen Sie die Person beim Vertrag.
desk-return-data = Daten zurückgeben: { $about }
desk-delete-data = Löschung nach dem Ende: { $about }
desk-certify-deletion = Löschbestätigung ausstellen: { $about }
desk-confirm-paper = Vertrag { $about } auf Papier bestätigen
desk-confirm-paper-note = Eine zweite Person vergleicht die Angaben mit dem Papier.
desk-confirm-annex = Anlage bestätigen: { $about }
desk-confirm-annex-note = Vorlageninhalt zählt erst, wenn er für den Anbieter bestätigt ist.
desk-audit-broken = Das Protokoll ist nicht in Ordnung
desk-audit-broken-note = Bis Eintrag { $about } ist alles in Ordnung. Bitte prüfen Sie es und ändern Sie nichts an der Datenbank.
desk-dead-mail = { $about ->
    [one] Eine E-Mail konnte nicht zugestellt werden
   *[other] { $about } E-Mails konnten nicht zugestellt werden
}
desk-dead-job = { $about ->
    [one] Ein Auftrag ist gescheitert
   *[other] { $about } Aufträge sind gescheitert
}
desk-provider-facts = Angaben zum Anbieter fehlen
desk-provider-facts-note = In provider.toml ergänzen: { $about }
desk-publish-text = Vertragstext { $about } veröffentlichen
desk-publish-text-note = Eine neue Fassung wird erst angeboten, wenn sie veröffentlicht ist.
desk-renew-text = { $about ->
    [one] Ein Vertrag braucht die Annahme des neuen Textes
   *[other] { $about } Verträge brauchen die Annahme des neuen Textes
}
desk-renew-text-note = Nach dem Tag erlaubt der bisherige Text keine Arbeit mehr.
