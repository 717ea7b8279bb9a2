# Protokoll.
audit-title = Protokoll
audit-lead = Was geschah, in einer Kette, in der jeder Eintrag den vorigen versiegelt. Einträge werden nie geändert und nie gelöscht.
audit-verify = Kette prüfen
audit-whole = Die Kette ist unversehrt
audit-whole-text = { $count ->
    [one] Ein Eintrag wurde geprüft.
   *[other] { $count } Einträge wurden geprüft.
}
audit-head = Letzte Prüfsumme. Wer sie an anderem Ort verwahrt, kann später nachweisen, dass davor nichts geändert wurde.
audit-broken = Die Kette ist unterbrochen
audit-broken-text = { $count ->
    [one] Bis dahin ist ein Eintrag unversehrt.
   *[other] Bis dahin sind { $count } Einträge unversehrt.
}
audit-broken-sequence = Eintrag { $seq } fehlt, ist doppelt oder verschoben.
audit-broken-link = Eintrag { $seq } schließt nicht an den vorigen an.
audit-broken-content = Der Text von Eintrag { $seq } ist nicht der, der versiegelt wurde.
audit-broken-columns = Die Spalten von Eintrag { $seq } weichen von seinem Text ab.
audit-broken-truncated = Die Einträge { $from } bis { $to } fehlen. Ein Kopf des Protokolls bezeugt sie.
audit-broken-rewritten = Die Kette wurde neu geschrieben: Die Einträge { $from } bis { $to } sind nicht die, die ein Kopf bezeugt.
audit-broken-tree = Der gespeicherte Baum weicht von den Einträgen bis { $seq } ab.
audit-broken-head = Kopf { $seq } fehlt, ist doppelt oder steht an falscher Stelle.
audit-broken-signature = Die Signatur von Kopf { $seq } stammt von keinem Schlüssel dieses Portals.
audit-broken-unsigned = Kopf { $seq } trägt keine Signatur, obwohl er eine tragen muss.
audit-broken-next = Ändern Sie nichts an der Datenbank. Sichern Sie sie, und vergleichen Sie mit einer früheren Sicherung oder Ausgabe.
audit-none = Noch keine Einträge
audit-none-text = Sobald jemand etwas tut, steht es hier.
audit-seq = Nr.
audit-at = Wann
audit-what = Was
audit-who = Wer
audit-facts = Angaben
audit-by-portal = Portal
audit-by-command = Befehlszeile
audit-by-gone = Konto gelöscht
audit-by-program = Programm { $name }

# Kopf des Baums
audit-tree = Neuester Kopf
audit-tree-text = Eine Prüfsumme über alle Einträge bis dahin. Sie geht jeden Tag per E-Mail an die Datenschutzbeauftragten. Wer sie aufbewahrt, kann später nachweisen, dass davor kein Eintrag geändert, entfernt oder eingefügt wurde.
audit-tree-covers = Umfang
audit-tree-covers-text = { $size } von { $entries } Einträgen
audit-tree-root = Wurzel
audit-tree-at = Erstellt
audit-tree-signed = Signatur
audit-tree-signed-by = signiert mit dem Schlüssel { $key }
audit-tree-unsigned = nicht signiert
audit-tree-stamped = Zeitstempel
audit-tree-stamped-yes = von einer Zeitstempelstelle bestätigt
audit-tree-stamped-no = ohne Zeitstempel
audit-tree-mailed = Versendet
audit-tree-mailed-no = noch nicht

# Arten von Einträgen
audit-kind-annex-confirmed = Anlage bestätigt
audit-kind-annex-drafted = Anlage aus der Vorlage übernommen
audit-kind-audit-exported = Protokoll ausgegeben
audit-kind-audit-head_mailed = Kopf des Protokolls versendet
audit-kind-client-added = API-Zugang angelegt
audit-kind-client-revoked = API-Zugang widerrufen
audit-kind-contact-added = Ansprechperson ergänzt
audit-kind-contact-changed = Ansprechperson geändert
audit-kind-contact-removed = Ansprechperson entfernt
audit-kind-contract-begun = Anfrage begonnen
audit-kind-contract-certificate_stored = Löschbestätigung gespeichert
audit-kind-contract-choice_defaulted = Keine Wahl, daher Löschung
audit-kind-contract-choice_made = Löschung oder Rückgabe gewählt
audit-kind-contract-choice_reminded = An die offene Wahl erinnert
audit-kind-contract-closed = Vertrag abgeschlossen
audit-kind-contract-code_refused = Code zur Unterzeichnung abgelehnt
audit-kind-contract-code_sent = Code zur Unterzeichnung gesendet
audit-kind-contract-data_returned = Daten zurückgegeben
audit-kind-contract-declined = Vertrag abgelehnt
audit-kind-contract-disposal_begun = Löschung begonnen
audit-kind-contract-proof_taken = Nachweispaket heruntergeladen
audit-kind-contract-document_stored = Vertragsdokument gespeichert
audit-kind-contract-draft_saved = Entwurf gespeichert
audit-kind-contract-ended = Vertrag beendet
audit-kind-contract-imported = Vertrag eingelesen
audit-kind-contract-in_force = Vertrag geschlossen
audit-kind-contract-lapsed = Angebot verfallen
audit-kind-contract-notice_given = Vertrag gekündigt
audit-kind-contract-notice_withdrawn = Kündigung zurückgenommen
audit-kind-contract-offered = Vertrag angeboten
audit-kind-contract-paper_confirmed = Vertrag auf Papier bestätigt
audit-kind-contract-requested = Vertrag angefragt
audit-kind-contract-retention_noted = Aufbewahrte Daten eingetragen
audit-kind-contract-retention_removed = Eintrag über aufbewahrte Daten entfernt
audit-kind-contract-signed = Unterschrift des Kunden
audit-kind-contract-task_confirmed = Löschung bestätigt
audit-kind-contract-withdrawn = Anfrage zurückgezogen
audit-kind-contracts-imported = Verträge eingelesen
audit-kind-customer-changed = Kunde geändert
audit-kind-customer-created = Kunde angelegt
audit-kind-customers-exported = Kunden ausgegeben
audit-kind-customers-imported = Kunden eingelesen
audit-kind-decisions-exported = Entscheidungen ausgegeben
audit-kind-job-retried = Auftrag noch einmal versucht
audit-kind-login-paused = Anmeldung vorübergehend gesperrt
audit-kind-membership-added = Rolle beim Kunden gegeben
audit-kind-membership-removed = Rolle beim Kunden genommen
audit-kind-password-requested = Neues Passwort angefordert
audit-kind-password-set = Passwort festgelegt
audit-kind-session-ended = Sitzung beendet
audit-kind-session-started = Sitzung begonnen
audit-kind-user-added = Konto angelegt
audit-kind-user-changed = Konto geändert
audit-kind-user-invited = Person eingeladen
audit-kind-user-locked = Konto gesperrt
audit-kind-user-roles = Rollen geändert
audit-kind-user-unlocked = Konto entsperrt
audit-kind-text-published = Vertragstext veröffentlicht
audit-kind-text-offers_asked = Vertragstext allen angeboten
audit-kind-contract-text_offer_skipped = Angebot des neuen Vertragstextes ausgelassen
audit-kind-instructions-exported = Weisungen ausgegeben
audit-kind-breaches-exported = Datenpannen ausgegeben
audit-kind-audits-exported = Prüfungsanfragen ausgegeben
