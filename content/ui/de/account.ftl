# Anmeldung, Konto, Passwort, Einladung.
login-title = Anmelden
login-lead = Für Kunden und für unser Personal.
login-email = E-Mail-Adresse
login-password = Passwort
login-button = Anmelden
login-forgotten = Passwort vergessen
login-no-account = Konten entstehen durch Einladung. Ihre Ansprechperson bei uns hilft Ihnen weiter.
login-session-ended = Ihre Sitzung ist beendet, weil sie lange nicht benutzt wurde. Bitte melden Sie sich neu an; Gespeichertes ist noch da.

forgotten-title = Neues Passwort anfordern
forgotten-lead = Wir senden Ihnen einen Link, mit dem Sie ein neues Passwort festlegen. Er hilft auch, wenn eine Einladung abgelaufen ist.
forgotten-button = Link senden
forgotten-back = Zurück zur Anmeldung

welcome-title = Zugang einrichten
welcome-lead = Legen Sie Ihr Passwort fest. Danach sind Sie angemeldet.
welcome-button = Passwort festlegen und anmelden
reset-title = Neues Passwort festlegen
reset-lead = Danach sind Sie angemeldet. An allen anderen Geräten werden Sie abgemeldet.
reset-button = Neues Passwort festlegen
link-other-person = In diesem Browser ist { $name } angemeldet. Diese Sitzung endet, sobald Sie das Passwort festlegen.

password-new = Neues Passwort
password-repeat = Neues Passwort noch einmal
password-current = Bisheriges Passwort
password-hint = Mindestens 12 Zeichen. Einige Wörter hintereinander sind gut; Sonderzeichen sind nicht nötig.
password-change = Passwort ändern

message-link-used = Dieser Link wurde schon benutzt
message-link-used-1 = Links aus E-Mails gelten nur einmal, und nur der neueste. Haben Sie damit Ihr Passwort festgelegt, melden Sie sich einfach an.
message-link-used-2 = Wenn nicht, fordern Sie auf der Seite zur Anmeldung unter „Passwort vergessen“ einen neuen Link an.
message-link-used-action = Zur Anmeldung
message-link-unknown = Diesen Link kennen wir nicht
message-link-unknown-1 = Vielleicht ist die Adresse unvollständig: Manche Mailprogramme brechen lange Links um. Kopieren Sie den Link dann ganz in die Adresszeile.
message-link-unknown-2 = Oder lassen Sie sich einen neuen senden. Verloren ist nichts.
message-link-unknown-action = Neuen Link anfordern

account-title = Konto
account-lead = Ihre Angaben, Ihr Passwort und die Geräte, an denen Sie angemeldet sind.
account-profile = Angaben zur Person
account-name = Voller Name
account-name-hint = So steht er in Verträgen, die Sie künftig unterschreiben. In schon unterschriebenen ändert sich nichts.
account-language = Sprache
account-language-hint = Für Seiten und E-Mails.
account-password = Passwort
account-password-text = Wenn Sie es ändern, werden Sie an allen anderen Geräten abgemeldet und erhalten eine E-Mail.
account-sessions = Angemeldete Geräte
sessions-device = Gerät
sessions-since = Angemeldet seit
sessions-last = Zuletzt benutzt
sessions-unknown = Unbekanntes Gerät
sessions-here = Dieses Gerät
sessions-end = Abmelden
sessions-end-others = Alle anderen abmelden

flash-account-saved = Ihre Angaben sind gespeichert.
flash-password-saved = Ihr Passwort ist geändert. An allen anderen Geräten sind Sie abgemeldet.
flash-session-ended = Das Gerät ist abgemeldet.
flash-sessions-ended = Alle anderen Geräte sind abgemeldet.
flash-welcome = Ihr Passwort ist festgelegt, und Sie sind angemeldet.
