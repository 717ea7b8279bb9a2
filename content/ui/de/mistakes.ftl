# Was an einer Eingabe nicht stimmt: mistake-<code>, $detail ist eine Grenze oder der eingegebene Wert.
mistake-required = Bitte füllen Sie dieses Feld aus.
mistake-too-long = Höchstens { $detail } Zeichen.
mistake-control-characters = Der Text enthält unsichtbare Steuerzeichen. Bitte tippen Sie ihn neu ein, statt ihn einzufügen.
mistake-email = { $detail } ist keine E-Mail-Adresse. Beispiel: name@firma.de
mistake-domain = { $detail } ist keine Domain. Beispiel: firma.de
mistake-phone = { $detail } ist keine Telefonnummer. Beispiel: +49 7022 1234567
mistake-country = { $detail } ist kein Länderkürzel aus zwei Buchstaben. Beispiel: DE
mistake-language = Bitte wählen Sie Deutsch oder Englisch.
mistake-name = Bitte geben Sie den vollen Namen an.
mistake-choice = { $detail } steht nicht zur Auswahl. Bitte laden Sie die Seite neu und wählen Sie noch einmal.
mistake-choose-one = Bitte wählen Sie mindestens einen Punkt.
mistake-too-many = Das sind zu viele Einträge: höchstens { $detail }.
mistake-yes-or-no = Bitte wählen Sie Ja oder Nein.
mistake-box = Bitte bestätigen Sie diesen Punkt. Ohne ihn geht es nicht weiter.
mistake-service = { $detail } ist keine Leistung, die hier bekannt ist.
mistake-representation = Bitte geben Sie an, ob eine Person allein oder zwei gemeinsam unterschreiben.
mistake-customer-number = { $detail } ist keine Kundennummer. Erlaubt sind Buchstaben, Ziffern und Bindestriche.
mistake-signatory-twice = Diese Adresse gehört schon zu einer anderen zeichnungsberechtigten Person. Jede Person braucht ihre eigene.
mistake-delegate-self = Das ist Ihre eigene Adresse. Bitte nennen Sie eine andere Person.
mistake-delegate-named = Diese Person soll das Angebot schon unterschreiben. Bitte nennen Sie eine andere.
mistake-delegate-signed = Diese Person hat schon unterschrieben. Bitte nennen Sie eine andere.
mistake-delegate-passed-on = Diese Person hat selbst angegeben, nicht die richtige zu sein. Bitte nennen Sie eine andere.
mistake-date = { $detail } ist kein Datum. Beispiel: 23.11.2026
mistake-date-past = Dieser Tag liegt in der Vergangenheit.
mistake-date-near = Dieser Tag liegt zu nah: mindestens { $detail } Tage ab heute.
mistake-date-far = Dieser Tag liegt zu weit in der Zukunft: höchstens { $detail } Tage.
mistake-date-before-start = Dieser Tag liegt vor dem Beginn.
mistake-date-before-signature = Dieser Tag liegt vor der Unterschrift des Kunden.
mistake-number-small = Die Zahl ist zu klein: mindestens { $detail }.
mistake-code-wrong = { $detail ->
    [0] Der Code stimmt nicht. Bitte fordern Sie einen neuen an.
    [one] Der Code stimmt nicht. Sie haben noch einen Versuch.
   *[other] Der Code stimmt nicht. Sie haben noch { $detail } Versuche.
}
mistake-code-expired = Der Code ist abgelaufen. Bitte fordern Sie einen neuen an.
mistake-code-spent = Der Code ist schon verbraucht. Bitte fordern Sie einen neuen an.
mistake-password-short = Das Passwort ist zu kurz: mindestens { $detail } Zeichen. Einige Wörter hintereinander sind gut.
mistake-password-long = Das Passwort ist zu lang: höchstens { $detail } Zeichen.
mistake-password-simple = Das Passwort ist zu leicht zu erraten. Nehmen Sie mehr verschiedene Zeichen und nicht Ihre Adresse.

# Aus dem Server
mistake-form = Das Formular kam nicht vollständig an. Bitte laden Sie die Seite neu und senden Sie es noch einmal.
mistake-login-failed = E-Mail-Adresse oder Passwort stimmen nicht.
mistake-login-wait = Zu viele Versuche. Bitte warten Sie 15 Minuten. Ihr Konto ist nicht gesperrt.
mistake-password-wrong = Das bisherige Passwort stimmt nicht.
mistake-password-different = Die beiden Passwörter sind nicht gleich.
mistake-email-taken = Mit dieser Adresse gibt es schon ein Konto.
mistake-customer-number-taken = Diese Kundennummer gibt es schon.
mistake-staff-changed-meanwhile = Jemand anders hat diese Person inzwischen geändert. Was jetzt gilt, steht neben dem Formular. Gespeichert wurde nichts; wenn Ihre Angaben gelten sollen, speichern Sie noch einmal.
mistake-changed-meanwhile = Jemand anders hat das inzwischen geändert. Bitte sehen Sie den neuen Stand an und ändern Sie ihn dann. Gespeichert wurde nichts.
mistake-request-changed-meanwhile = Jemand anders hat diesen Entwurf inzwischen geändert. Gespeichert wurde nichts; Ihre Eingaben stehen noch hier. Den Stand der anderen Person sehen Sie, wenn Sie die Anfrage in einem zweiten Fenster öffnen. Sollen Ihre Angaben gelten, speichern oder senden Sie noch einmal.
mistake-request-sent-meanwhile = Diese Anfrage ist inzwischen gesendet oder zurückgezogen. Gespeichert wurde nichts; Ihre Eingaben stehen noch hier, damit Sie sie herauskopieren können. Wie es weitergeht, steht auf der Seite des Vertrags.
mistake-file-missing = Bitte wählen Sie eine Datei.
mistake-file-kind = Diese Art von Datei geht hier nicht.
mistake-file-large = Die Datei ist zu groß: höchstens { $detail }.

mistake-own-admin-role = Ihre eigene Rolle „Administration“ können Sie sich nicht nehmen. Das kann nur eine andere Person mit dieser Rolle.
mistake-own-lock = Ihr eigenes Konto können Sie nicht sperren.
mistake-client-name = { $detail } geht nicht als Name. Erlaubt sind Kleinbuchstaben ohne Umlaute, Ziffern, Punkt, Binde- und Unterstrich.
mistake-client-name-taken = Diesen Namen hat schon ein Zugang, vielleicht ein widerrufener. Bitte wählen Sie einen anderen.
mistake-contract-code = Zu diesem Code gibt es keinen Vertrag. Prüfen Sie die Schreibweise.
mistake-text-not-offered = Dieser Vertragstext kann zurzeit nicht angeboten werden. Warum, steht unter Vertragstexte.
mistake-offers-none-ready = Von diesen Verträgen ist keiner bereit zum Anbieten. Die Seite zeigt den Stand von jetzt.
mistake-text-older = Eine neuere Fassung ist schon veröffentlicht.
mistake-text-findings = Die Prüfung dieses Textes hat Befunde. Veröffentlicht wurde nichts.
mistake-network = { $detail } ist keine Adresse und kein Netz. Richtig ist zum Beispiel 192.0.2.7 oder 192.0.2.0/24.
mistake-per-minute = { $detail } ist keine ganze Zahl über null.
mistake-client-keys-enough = Ein Zugang hat höchstens { $detail } gültige Schlüssel. Bitte widerrufen Sie zuerst einen.
