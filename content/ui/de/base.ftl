# Rahmen, Bausteine, Wörter, die überall vorkommen.
product-name = AV-Portal
language-name = Deutsch
skip-to-content = Zum Inhalt
demo-strip = Demo: Firmen, Personen und Verträge sind erfunden.

nav-main = Hauptnavigation
nav-menu = Menü
nav-login = Anmelden
nav-logout = Abmelden
nav-desk = Aufgaben
nav-gate = Prüfung
nav-customers = Kunden
nav-contracts = Verträge
nav-annexes = Anlagen
nav-decisions = Entscheidungen
nav-registers = Register
nav-my = Übersicht
nav-staff = Personal
nav-clients = API-Zugänge
nav-outbox = Versand
nav-audit = Protokoll
nav-account = Konto
crumbs = Sie sind hier

footer-imprint = Impressum
footer-privacy = Datenschutz
footer-business-only = Nur für Unternehmen. Privatpersonen, vor allem unter 18 Jahren, senden uns bitte keine Daten.
footer-no-advice = Die Angaben in diesem Portal sind keine Rechtsberatung.

field-optional = (freiwillig)
summary-title = { $count ->
    [one] Bitte prüfen Sie eine Angabe
   *[other] Bitte prüfen Sie { $count } Angaben
}
summary-kept = Was Sie eingegeben haben, ist noch da. Passwörter geben Sie bitte neu ein.

pages-label = Seiten
pages-back = Zurück
pages-forward = Weiter
pages-here = Seite { $page } von { $pages }
steps-label = Schritt { $step } von { $of }
step-done = , erledigt
copy-here = Text zum Kopieren

yes = Ja
no = Nein
cancel = Abbrechen
save = Speichern
search = Suchen
contents = Inhalt

date-time = { $date }, { $time } Uhr
distance-today = heute
distance-tomorrow = morgen
distance-yesterday = gestern
distance-in = in { $days } Tagen
distance-ago = vor { $days } Tagen

# Zustände eines AV-Vertrags
state-draft = Entwurf
state-requested = Angefragt
state-offered = Angeboten
state-signed_by_customer = Vom Kunden unterschrieben
state-in_force = In Kraft
state-ending = Gekündigt
state-ended = Beendet
state-closed = Abgeschlossen
state-declined = Abgelehnt
state-withdrawn = Zurückgezogen
state-lapsed = Verfallen
state-paper_unconfirmed = Auf Papier, noch nicht bestätigt

# Leistungen
service-hosting = Hosting: Websites und E-Mail
service-saas_administration = Verwaltung von SaaS-Verträgen
service-system_administration = Systemadministration
service-monitoring = Monitoring
service-itc_service = IT-Service auf Systemen des Kunden
service-remote_support = Fernwartung
service-log_analysis = Analyse von Protokolldateien

# Rollen
role-technician = Technik
role-contract_manager = Vertragsverwaltung
role-privacy_officer = Datenschutz
role-admin = Administration
role-signatory = Zeichnungsberechtigt
role-privacy_contact = Datenschutzkontakt
role-member = Mitglied

# Antworten der Prüfung
verdict-permitted = Erlaubt
verdict-advice = Nur Beratung
verdict-refused = Abgelehnt
