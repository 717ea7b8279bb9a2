# Vertragstexte: Fassungen, Unterschiede, Veröffentlichung.
texts-title = Vertragstexte
texts-lead = Jede Fassung, was an ihr anders ist, und welche heute angeboten wird.
texts-version = Fassung
texts-family = Art
texts-state = Zustand
texts-change = Änderung
texts-published = Veröffentlicht
texts-accept = Annahme bis
texts-none = –
text-title = Vertragstext { $version }
text-family-av = Eigener Vertragstext
text-family-av-hint = Unser Text, Deutsch maßgeblich.
text-family-scc = EU-Standardvertragsklauseln 2021/915
text-family-scc-hint = Rahmen mit den amtlichen Klauseln im Wortlaut; beide Sprachen gleich verbindlich.
text-kind-first = erste Fassung
text-kind-editorial = redaktionell
text-kind-material = inhaltlich
text-state-offered = Wird angeboten
text-state-passed = Abgelöst
text-state-waiting = Wartet auf Veröffentlichung
text-state-findings = { $count ->
    [one] Ein Befund
   *[other] { $count } Befunde
}
text-facts = Eckdaten
text-notes = Was anders ist
text-hash = SHA-256
text-published-itself = am { $at } als erster Text dieser Installation
text-changes = Unterschiede im Wortlaut
text-against = Verglichen mit der Fassung { $version }. Neues ist unterstrichen, Weggefallenes durchgestrichen.
text-against-none = Es gibt keine frühere Fassung zum Vergleich.
text-no-changes = Keine Unterschiede
text-no-changes-text = Die Klauseln sind Wort für Wort gleich.
text-change-title = { $section } ({ $clause })
text-change-added = neu
text-change-changed = geändert
text-change-removed = entfallen

text-touched = Wen es betrifft
text-touched-customer = Kunde
text-touched-contract = Vertrag
text-touched-lost = Was danach gesperrt ist
text-touched-nothing = nichts
text-touched-list = Betroffene Verträge
text-touched-none = Kein Vertrag in Kraft steht auf einer älteren Fassung.
text-touched-passed = Eine neuere Fassung ist veröffentlicht. Betroffene stehen dort.
text-touched-until = { $count ->
    [one] Ein Vertrag in Kraft steht auf einer älteren Fassung. Er erlaubt die Arbeit bis einschließlich { $date }.
   *[other] { $count } Verträge in Kraft stehen auf einer älteren Fassung. Sie erlauben die Arbeit bis einschließlich { $date }.
}
text-touched-told = { $count ->
    [one] Ein Vertrag in Kraft steht auf einer älteren Fassung. Der Kunde wird benachrichtigt, am Zugang ändert sich nichts.
   *[other] { $count } Verträge in Kraft stehen auf einer älteren Fassung. Die Kunden werden benachrichtigt, am Zugang ändert sich nichts.
}

text-publish-title = Veröffentlichen
text-publish-first = Mit der Veröffentlichung wird dieser Text angeboten.
text-publish-editorial = Die Änderung ist redaktionell: Rechte und Pflichten bleiben. Ab der Veröffentlichung wird diese Fassung angeboten. Betroffene Kunden bekommen eine E-Mail mit den Unterschieden. Das lässt sich nicht zurücknehmen.
text-publish-material = Die Änderung ist inhaltlich: Kunden müssen neu annehmen. Ab der Veröffentlichung wird diese Fassung angeboten. Betroffene Kunden bekommen eine E-Mail mit den Unterschieden und dem letzten Tag. Das lässt sich nicht zurücknehmen.
text-accept-until = Letzter Tag für die Annahme
text-accept-until-hint = Mindestens sechs Wochen. Bis zum Ende dieses Tages öffnen ältere Fassungen den Zugang.
text-publish-button = Fassung { $version } veröffentlichen
text-waits-title = Noch nicht veröffentlicht
text-waits = Veröffentlichen kann, wer die Rolle Datenschutz hat. Bis dahin wird die Fassung nicht angeboten.
flash-text-published = Die Fassung ist veröffentlicht. Die Benachrichtigungen gehen jetzt hinaus.

text-findings-title = So kann dieser Text nicht angeboten werden
text-findings-lead = Die Prüfung nennt jede Stelle mit Datei und Klausel.
text-finding-point = Ein Punkt von Art. 28 Abs. 3 DSGVO ist nicht beantwortet: { $detail }
text-finding-item = Dieser Punkt der Prüfliste ist nicht genau einmal beantwortet: { $detail }
text-finding-left-out = Bei dieser Wahl fehlt eine Klausel: { $detail }
text-finding-words = Diese Worte fehlen in der Klausel: { $detail }
text-finding-forbidden = Diese Worte dürfen nicht vorkommen: { $detail }
text-finding-unknown = Dafür gibt es keinen Wert: { $detail }
text-finding-left-over = Vom Schreiben übrig geblieben: { $detail }
text-finding-languages = Die beiden Sprachen weichen voneinander ab: { $detail }
text-finding-alternatives = Hiervon muss genau eines gelten: { $detail }
text-finding-clause = Die Klausel hat keine gute Kennung oder keinen Text: { $detail }
text-finding-box = Diese Erklärung fehlt bei der Unterschrift: { $detail }
text-finding-wording = Der amtliche Wortlaut ist nicht vollständig geladen. Es fehlen die Klauseln { $detail }. Wie er geladen wird, steht in docs/operations.md.

text-offers = Anbieten
text-offers-lead = Diese Fassung braucht eine neue Annahme. Angeboten wird jeder Vertrag so, wie er vereinbart ist, mit dem neuen Text und den heutigen Anlagen. Die Unterzeichnenden bekommen das Angebot per E-Mail.
text-offers-ready = Bereit zum Anbieten
text-offers-needing = Braucht zuerst eine Person
text-offers-waiting = Wird angeboten
text-offers-made = Angeboten
text-offers-accepted = Neu geschlossen
text-offers-running-title = Die Angebote werden erstellt
text-offers-running = { $count ->
    [one] Ein Vertrag wartet noch. Sie können diese Seite verlassen; der Stand steht hier, sobald Sie sie neu laden.
   *[other] { $count } Verträge warten noch. Sie können diese Seite verlassen; der Stand steht hier, sobald Sie sie neu laden.
}
text-offers-nobody-ready = Zurzeit ist kein Vertrag bereit zum Anbieten.
text-offers-until = Angebote gelten bis
text-offers-until-hint = Danach verfallen sie. Die Unterzeichnenden werden vorher erinnert.
text-offers-whom = Wem wird angeboten?
text-offers-all = { $count ->
    [one] Dem einen Vertrag, der bereit ist
   *[other] Allen { $count } Verträgen, die bereit sind
}
text-offers-only = Nur ausgewählten
text-offers-choose = Verträge auswählen
text-offers-selected = Ausgewählte Verträge
text-offers-box-until = bisherige Fassung gilt bis { $date }
text-offers-button = Fassung { $version } anbieten
text-offers-why = Warum
text-obstacle-over = Der Vertrag ist vorbei oder schon abgelöst.
text-obstacle-notice = Der Vertrag ist gekündigt. Ob es weitergeht, ist mit dem Kunden zu klären.
text-obstacle-on-its-way = Eine neue Version ist schon in Arbeit. Bitte dort anbieten.
text-obstacle-hold = Ein Zweifel oder Widerspruch ist offen. Bitte erst klären.
text-obstacle-paper = Der Vertrag kam auf Papier. Bitte mit dem Kunden eine neue Version beginnen.
text-obstacle-signatories = Es sind weniger Unterzeichnende bekannt, als die Vertretungsregel verlangt.
text-obstacle-weighing = Die Abwägung zum bisherigen Vertrag reicht nicht. Bitte einzeln anbieten.
text-obstacle-text = Inzwischen ist eine neuere Fassung veröffentlicht.
flash-text-offers-asked = Die Angebote werden jetzt erstellt und gehen per E-Mail hinaus.

# Beim Kunden
text-since-title = Was sich seit Ihrer Unterschrift geändert hat
text-since-lead = Der Vertragstext Ihres Vertrags { $number } im Vergleich mit der neuesten Fassung.
text-since-link = Unterschiede ansehen
text-since-newer-title = Es gibt eine neue Fassung des Vertragstexts: { $version }
text-since-versions = Unterschrieben haben Sie die Fassung { $signed }. Die neueste ist { $newest }.
text-since-material-title = Neue Fassung bis { $date } annehmen
text-since-material = Bis einschließlich { $date } gilt Ihr Vertrag in der bisherigen Fassung. Danach dürfen wir Sie nur beraten, bis Sie die neue angenommen haben. Das Angebot dazu kommt per E-Mail.
text-since-editorial-title = Redaktionelle Änderungen
text-since-editorial = Rechte und Pflichten bleiben gleich. Ihr Vertrag gilt unverändert weiter. Sie müssen nichts tun.
text-since-same-title = Ihr Vertrag steht auf der neuesten Fassung
text-since-same = Hier erscheinen Unterschiede, sobald eine neue Fassung veröffentlicht ist.
text-since-paper = Ihr Vertrag wurde nicht in diesem Portal geschlossen. Ein Vergleich Wort für Wort ist deshalb nicht möglich.

# Im Angebot
offer-text-family = Vertragstext
offer-text-family-only = Angeboten wird unser eigener Vertragstext. Der Text nach den EU-Standardvertragsklauseln steht zur Wahl, sobald der amtliche Wortlaut geladen ist (siehe Vertragstexte).
offer-authorisation = Genehmigung von Unterauftragsverarbeitern
offer-authorisation-general = Allgemein
offer-authorisation-general-hint = Jede Änderung wird angekündigt, der Kunde kann widersprechen.
offer-authorisation-specific = Gesondert
offer-authorisation-specific-hint = Jede Änderung braucht vorher die Zustimmung des Kunden.
offer-docking = Weitere Parteien können später beitreten (Klausel 5)
offer-docking-hint = Nur beim Text nach den EU-Standardvertragsklauseln.
offer-preview-scc = Vorschau mit Standardvertragsklauseln
