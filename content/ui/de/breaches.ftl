# Vorfälle: Verletzungen des Schutzes personenbezogener Daten (Art. 33 DSGVO).
breaches-lead-staff = Verletzungen des Schutzes personenbezogener Daten. Betroffene Kunden erfahren davon spätestens { $hours } Stunden nach Kenntnis.
breaches-lead-customer = Hier stehen unsere Meldungen zu Verletzungen des Schutzes Ihrer Daten. Wir melden spätestens { $hours } Stunden nach Kenntnis, auch wenn das Risiko gering ist.
registers-none-breach = Kein Vorfall
registers-none-text-breach = Hier steht jede Meldung, mit allen Nachträgen. Zurzeit gibt es keine.
breach-record = Vorfall eintragen
breach-record-lead = Ab Kenntnis bleiben { $hours } Stunden, um die betroffenen Kunden zu benachrichtigen. Fehlende Angaben reichen Sie nach.
breach-rule = Ein begründeter Verdacht genügt, sobald er sich nicht rasch ausräumen lässt. Meldungen an die Aufsichtsbehörde und an betroffene Personen sind Sache des Kunden.
breach-revise = Angaben ändern
breach-revise-text = Solange niemand benachrichtigt ist, lassen sich alle Angaben ändern.
breach-supplement = Nachtrag senden
breach-supplement-lead = Der Nachtrag geht sofort an alle, die schon benachrichtigt sind, und an alle, die jetzt dazukommen. Frühere Meldungen bleiben sichtbar. Die Frist von { $hours } Stunden galt der ersten Meldung.
breach-supplement-text = Neue Erkenntnisse gehen ohne Verzögerung an alle betroffenen Kunden.
breach-supplement-send = Nachtrag jetzt senden
breach-aware = Kenntnis
breach-aware-hint = Der Zeitpunkt, zu dem jemand beim Anbieter davon wusste, Zeit in Berlin. Ab hier läuft die Frist.
breach-aware_on = Tag der Kenntnis
breach-aware_time = Uhrzeit
breach-facts = Was schon bekannt sein muss
breach-facts-hint = Schreiben Sie so, dass Kunden es verstehen.
breach-title = In einem Satz
breach-nature = Art der Verletzung
breach-nature-hint = Was ist geschehen: Vertraulichkeit, Integrität oder Verfügbarkeit?
breach-contact = Kontaktstelle für Auskünfte
breach-later = Was folgen kann
breach-later-hint = Leere Felder erscheinen in der Meldung als „wird nachgereicht“.
breach-occurred = Zeitpunkt der Verletzung
breach-categories = Kategorien von Personen und Daten
breach-persons = Ungefähre Zahl der Personen
breach-records = Ungefähre Zahl der Datensätze
breach-consequences = Wahrscheinliche Folgen
breach-measures = Ergriffene Maßnahmen
breach-proposed = Vorgeschlagene Maßnahmen
breach-whom = Wen es betrifft
breach-whom-hint = Alle Kunden mit einer dieser Leistungen in einem Vertrag in Kraft, dazu einzelne Kunden.
breach-services = Leistungen
breach-customers = Einzelne Kunden
breach-customers-hint = Kundennummern, eine je Zeile.
breach-follows = wird nachgereicht
breach-known = Was bekannt ist
breach-late = { $hours ->
    [one] Die Frist ist seit einer Stunde vorbei
   *[other] Die Frist ist seit { $hours } Stunden vorbei
}
breach-left = { $hours ->
    [0] Weniger als eine Stunde bleibt
    [one] Eine Stunde bleibt
   *[other] Noch { $hours } Stunden
}
breach-until = Die betroffenen Kunden müssen bis { $until } benachrichtigt sein.
breach-complete = Alle Angaben sind gemeldet
breach-complete-text = Schließen Sie den Vorfall mit einer Lehre ab, oder senden Sie einen weiteren Nachtrag.
breach-missing = Angaben fehlen noch
breach-missing-text = Ohne weitere Verzögerung nachzureichen: { $names }.
breach-over = Der Vorfall ist abgeschlossen
breach-preview = Wer benachrichtigt wird
breach-preview-text = { $count ->
    [one] Ein Kunde ist betroffen. Jede Person erhält die Meldung in ihrer Sprache.
   *[other] { $count } Kunden sind betroffen. Jede Person erhält die Meldung in ihrer Sprache.
}
breach-people = Personen
breach-tell = Jetzt benachrichtigen
breach-nobody = Niemand ist betroffen
breach-nobody-text = Kein Vertrag in Kraft umfasst diese Leistungen, und kein Kunde ist einzeln genannt. Ändern Sie die Angaben.
breach-proof = Nachweis der Zustellung
breach-phase = Meldung
breach-person = Person
breach-delivery = Versand
breach-read = Im Portal gelesen
breach-phase-of = Meldung { $number } vom { $at }
breach-phase-n = Nachtrag, Meldung { $number }
breach-first = Erste Meldung
breach-told-at = Gemeldet am { $at }
breach-read-at = Zuerst gelesen am { $at }
breach-yours = Ihre Daten sind betroffen
breach-yours-text = Ob Sie die Aufsichtsbehörde oder betroffene Personen benachrichtigen, entscheiden Sie. Für die Aufsichtsbehörde gelten in der Regel 72 Stunden ab Ihrer Kenntnis (Art. 33 Abs. 1 DSGVO).
breach-told = Zuerst gemeldet
breach-clock = Frist
breach-lesson = Lehre
breach-lesson-hint = Was wird künftig anders gemacht?
breach-close-title = Abschließen
breach-close = Vorfall abschließen
breach-reason = Warum es keine Verletzung war
breach-reason-hint = Nur wenn sich der Verdacht rasch ausräumen ließ. Der Eintrag bleibt im Register.
breach-dismiss-title = Verdacht ausräumen
breach-dismiss = Verdacht ist ausgeräumt
delivery-queued = wartet auf Versand
delivery-trying = wird erneut versucht
delivery-sent = versandt, { $at }
delivery-failed = nicht zustellbar
delivery-unknown = kein Nachweis mehr

entry-breach-recorded = Noch nicht gemeldet
entry-breach-told = Gemeldet
entry-breach-closed = Abgeschlossen
entry-breach-dismissed = Verdacht ausgeräumt

event-breach-recorded = Vorfall eingetragen
event-breach-revised = Angaben geändert
event-breach-told = Betroffene Kunden benachrichtigt
event-breach-supplemented = Nachtrag gesendet
event-breach-read = Von einem Kunden im Portal gelesen
event-breach-closed = Abgeschlossen
event-breach-dismissed = Verdacht ausgeräumt

flash-breach-recorded = Der Vorfall ist gespeichert. Benachrichtigt ist noch niemand.
flash-breach-told = Die Meldungen sind unterwegs.
flash-breach-supplemented = Der Nachtrag ist unterwegs.
flash-breach-closed = Der Vorfall ist abgeschlossen.
flash-breach-dismissed = Der Verdacht ist ausgeräumt.
mistake-time = { $detail } ist keine Uhrzeit. Beispiel: 14:05
mistake-breach-nobody = Bitte nennen Sie mindestens eine Leistung oder einen Kunden.
mistake-breach-incomplete = Es fehlen noch Angaben. Senden Sie zuerst einen Nachtrag.
mistake-unknown-customer-number = Einen Kunden mit der Nummer { $detail } gibt es nicht.

desk-breach-tell = Vorfall { $about } melden
desk-breach-tell-note = { $hours ->
    [0] weniger als eine Stunde bleibt
    [one] eine Stunde bleibt
   *[other] Stunden bis zum Ende der Frist: { $hours }
}
desk-breach-supplement = Vorfall { $about }: fehlende Angaben nachreichen
desk-breach-close = Vorfall { $about } abschließen
desk-breach-undelivered = Vorfall { $about }: Meldung nicht zustellbar
desk-breach-undelivered-note = Benachrichtigen Sie den Kunden auf einem anderen Weg.
