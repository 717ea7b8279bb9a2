# Anmeldung, Konto, Passwort, Einladung.
login-title = Anmelden
login-lead = Für Kunden und für unser Personal.
login-email = E-Mail-Adresse
login-password = Passwort
login-button = Anmelden
login-forgotten = Passwort vergessen
login-no-account = Konten entstehen durch Einladung. Ihre Ansprechperson bei uns hilft Ihnen weiter.
login-session-ended = Ihre Sitzung ist beendet, weil sie lange nicht benutzt wurde. Bitte melden Sie sich neu an; Gespeichertes ist noch da.
