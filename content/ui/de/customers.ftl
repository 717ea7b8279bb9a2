# Kunden, Kontakte, Einlesen.
customers-title = Kunden
customers-lead = Wer Kunde ist, welche Verträge gelten und wer für den Kunden handelt.
customers-new = Kunde anlegen
customers-import = Datei einlesen
customers-export = Als CSV herunterladen
customers-search = Nummer, Name, E-Mail, Domain, Telefon oder Ort
customers-contract = AV-Vertrag
customers-service = Gebuchte Leistung
customers-only-service-contract = Nur mit Servicevertrag
customers-any = Alle
customers-none = Kein laufender Vertrag
customers-count = { $count ->
    [0] Kein Kunde
    [one] Ein Kunde
   *[other] { $count } Kunden
}
customers-all = Alle Kunden zeigen
customers-not-found = Kein Kunde passt dazu
customers-not-found-text = Prüfen Sie die Schreibweise oder lassen Sie einen Filter weg. Gesucht wird nach allen Wörtern zugleich.
customers-empty = Noch keine Kunden
customers-empty-text = Hier stehen Ihre Kunden. Die Vertragsverwaltung legt sie einzeln an oder liest sie aus einer CSV-Datei ein.

customer-number = Kundennummer
customer-number-hint = Eindeutig, zum Beispiel K10023. Das Ticketsystem fragt mit dieser Nummer.
customer-legal-name = Firma mit Rechtsform
customer-street = Straße und Hausnummer
customer-postal-code = Postleitzahl
customer-city = Ort
customer-country = Land
customer-register = Register- oder USt-Nummer
customer-register-hint = So, wie sie im Vertrag stehen soll. Leer heißt: keine.
customer-email = E-Mail-Adresse
customer-language = Sprache
customer-language-hint = Für E-Mails und für den Vertrag.
customer-phones = Telefonnummern
customer-phones-hint = Eine je Zeile.
customer-domains = Domains
customer-domains-hint = Eine je Zeile, zum Beispiel firma.de.
customer-services = Gebuchte Leistungen
customer-representation = Vertretung
customer-representation-hint = Wie viele Personen die Firma gemeinsam binden.
customer-one-signs = Eine Person unterschreibt allein
customer-two-sign = Zwei Personen unterschreiben gemeinsam
customer-service-contract = Servicevertrag
customer-hosting = Hosting-Kunde
customer-professional-secrecy = Berufsgeheimnis (§ 203 StGB)
customer-facts = Firma
customer-reach = Erreichbarkeit
customer-terms = Leistungen und Vertretung
customer-address = Anschrift
customer-edit = Bearbeiten
customer-edit-title = Kunde bearbeiten
customer-new-title = Kunde anlegen
customer-form-lead = Diese Angaben stehen später im Vertrag.
customer-stored-now = Jetzt gespeichert: { $value }

customer-contracts = AV-Verträge
customer-no-contract = Noch kein AV-Vertrag
customer-no-contract-text = Hier stehen Anfragen und Verträge. Der Kunde fragt im Portal an; Verträge auf Papier werden eingelesen.
customer-contract-number = Nummer
customer-state = Stand
customer-scope = Leistungen
customer-term = Laufzeit
customer-from = ab { $from }
customer-from-until = { $from } bis { $until }
customer-confirm = Mit dem Papier vergleichen
customer-confirm-hint = Ein Vertrag auf Papier gilt erst, wenn ihn eine zweite Person mit dem Original verglichen und bestätigt hat.

customer-people = Personen mit Zugang
customer-no-people = Niemand hat Zugang
customer-no-people-text = Hier stehen Personen, die sich für diesen Kunden anmelden. Sie kommen durch eine Einladung hierher.
customer-person = Name
customer-roles = Rolle
customer-invited = { $name } (eingeladen)
customer-invite = Einladen
customer-invite-title = Person einladen
customer-invite-lead = Die Person bekommt eine E-Mail. Wer noch kein Konto hat, legt mit dem Link darin ein Passwort fest; er gilt 24 Stunden.
customer-invite-send = Einladung senden
customer-role-hint-signatory = Darf die Firma binden: fragt an, liest, unterschreibt.
customer-role-hint-privacy_contact = Fragt an, widerspricht, erteilt Weisungen.
customer-role-hint-member = Liest mit.
customer-remove-role = Rolle „{ $role }“ entziehen

customer-contacts = Ansprechpersonen
customer-no-contacts = Keine Ansprechpersonen
customer-no-contacts-text = Hier stehen Personen, die Tickets schreiben oder den Vertrag betreffen, auch ohne Zugang zum Portal.
customer-add-contact = Hinzufügen
customer-contact-kind = Aufgabe
contact-signatory = Zeichnungsberechtigt
contact-privacy = Datenschutz
contact-general = Allgemein
contact-function = Funktion in der Firma
contact-new-title = Ansprechperson hinzufügen
contact-edit-title = Ansprechperson ändern
contact-lead = An der E-Mail-Adresse erkennt die Prüfung, zu welchem Kunden eine Anfrage gehört.
contact-remove-title = Nicht mehr zuständig
contact-remove = Ansprechperson entfernen

customer-decisions = Letzte Entscheidungen
customer-all-decisions = Alle Entscheidungen
customer-no-decisions = Noch keine Entscheidung
customer-no-decisions-text = Hier steht, wer wann gefragt hat, was für diesen Kunden erlaubt ist, und was die Antwort war.
customer-when = Wann
customer-action = Tätigkeit
customer-subject = Für wen
customer-answer = Antwort
customer-doubt = Zweifel offen: nur Beratung
customer-objection = Widerspruch offen
customer-objection-to = Widerspruch offen: { $service }
customer-since = Seit { $day }.

import-title = Datei einlesen
import-lead = Kunden oder auf Papier geschlossene Verträge aus einer CSV-Datei. Ist eine Zeile falsch, wird nichts eingelesen, und jede falsche Zeile wird genannt.
import-kind = Inhalt der Datei
import-kind-customers = Kunden
import-kind-contracts = Verträge auf Papier
import-file = CSV-Datei
import-file-hint = UTF-8, Komma oder Semikolon, mit Kopfzeile. Höchstens 16 MB.
import-skip-bad = Falsche Zeilen auslassen und die übrigen einlesen
import-skip-bad-hint = Ohne diesen Haken gilt: alles oder nichts.
import-button = Einlesen
import-columns-customers = Spalten für Kunden
import-columns-contracts = Spalten für Verträge
import-required = Diese Spalten müssen da sein:
import-optional = Diese dürfen fehlen. Was fehlt, bleibt bei bekannten Kunden, wie es ist:
import-values = Ja und nein heißen yes und no, Sprachen de und en, Tage 2026-11-23. Mehrere Werte in einer Zelle trennt ein senkrechter Strich. Scans zu Verträgen liest nur der Befehl av-portal import contracts ein; hier bleibt die Spalte document leer.
import-done-title = Eingelesen
import-done = Neu: { $created }. Geändert: { $updated }. Unverändert: { $unchanged }.
import-partly = Zum Teil eingelesen
import-skipped = { $bad ->
    [one] Eine falsche Zeile wurde ausgelassen.
   *[other] { $bad } falsche Zeilen wurden ausgelassen.
}
import-refused = Nichts eingelesen
import-refused-text = { $bad ->
    [one] Eine Zeile ist falsch. Bitte berichtigen Sie sie in der Datei und wählen Sie die Datei dann noch einmal.
   *[other] { $bad } Zeilen sind falsch. Bitte berichtigen Sie sie in der Datei und wählen Sie die Datei dann noch einmal.
}
import-from-file = Datei: { $file }
import-bad-rows = Falsche Zeilen
import-line = Zeile
import-column = Spalte
import-why = Warum
import-whole-row = ganze Zeile
import-more = Und { $count } weitere Fehler. Berichtigen Sie zuerst diese.

# Im Terminal
import-told-column = Zeile { $line }, Spalte { $column }: { $text }
import-told-line = Zeile { $line }: { $text }
import-told-nothing = { $bad ->
    [one] Nichts eingelesen: eine Zeile ist falsch.
   *[other] Nichts eingelesen: { $bad } Zeilen sind falsch.
}
import-told-done = Eingelesen: { $created } neu, { $updated } geändert, { $unchanged } unverändert.
import-told-skipped = { $bad ->
    [one] Eine falsche Zeile ausgelassen.
   *[other] { $bad } falsche Zeilen ausgelassen.
}

mistake-contact-taken = Diese Adresse steht für diese Aufgabe schon bei den Ansprechpersonen.
mistake-contract-number-taken = Diese Vertragsnummer gibt es schon.
mistake-customer-unknown = Die Kundennummer { $detail } gibt es nicht. Bitte lesen Sie zuerst die Kunden ein.
mistake-line-twice = Dieser Wert steht auch in Zeile { $detail }. Welche gilt, ist nicht zu erkennen.
mistake-date-future = Dieser Tag liegt in der Zukunft.
mistake-not-a-manager = { $detail } ist niemand mit der Rolle Vertragsverwaltung.
mistake-file-upload = Scans lassen sich hier nicht einlesen. Bitte lassen Sie die Spalte leer oder nehmen Sie den Befehl av-portal import contracts.
mistake-file-missing-at = Die Datei { $detail } ist nicht da oder nicht lesbar.
mistake-file-empty = Die Datei ist leer.
mistake-quote-open = Hier beginnt ein Anführungszeichen, das nirgends endet. Was danach kommt, ist nicht zu lesen.
mistake-quote-text = Nach einem schließenden Anführungszeichen steht noch Text. Anführungszeichen in einer Zelle werden verdoppelt.
mistake-fields = Die Zahl der Felder ist eine andere als in der Kopfzeile ({ $detail }).
mistake-not-utf8 = Die Zeichen sind nicht in UTF-8. Bitte speichern Sie die Datei als „CSV UTF-8“.
mistake-column-unknown = Diese Spalte ist unbekannt. Bekannt sind: { $detail }.
mistake-column-twice = Diese Spalte steht zweimal in der Kopfzeile.
mistake-column-missing = Diese Spalte fehlt in der Kopfzeile.
mistake-column-nameless = Die { $detail }. Spalte der Kopfzeile hat keinen Namen.
mistake-csv-required = Die Zelle ist leer.
mistake-csv-language = Erlaubt sind de und en.
mistake-csv-yes-or-no = { $detail } ist weder yes noch no.
mistake-csv-date = { $detail } ist kein Datum. Beispiel: 2026-11-23
mistake-csv-file-kind = Das ist weder PDF noch PNG noch JPEG.
mistake-csv-control-characters = Die Zelle enthält unsichtbare Steuerzeichen.
mistake-csv-name = Das ist kein voller Name.

flash-customer-created = Der Kunde ist angelegt.
flash-customer-saved = Die Änderungen sind gespeichert.
flash-contact-saved = Die Ansprechperson ist gespeichert.
flash-contact-removed = Die Ansprechperson ist entfernt.
flash-person-invited = Die E-Mail ist unterwegs.
flash-role-removed = Die Rolle ist entzogen und gilt ab sofort nicht mehr.
flash-paper-confirmed = Der Vertrag ist bestätigt.
