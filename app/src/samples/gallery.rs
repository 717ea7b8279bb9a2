//! All components on a few sheets, to be looked at and to be tested; no visitor sees them.

#[cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "it shows all of them"))]
use crate::components::*;
use crate::i18n::T;
use crate::layout;
use domain::contract::StateName;
use domain::permission::StaffRole;
use domain::{Lang, Mistakes};
use leptos::prelude::*;

/// The sheets.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let t = T(lang);
    let roles = StaffRole::ALL;
    let sheet = |active, title: &str, body: fn(T) -> AnyView| {
        let shell = super::staff_shell(lang, "/desk", roles).at(active, title);
        layout::render(shell, move || body(t))
    };
    vec![
        ("gallery-lists", sheet("desk", "Aufgaben", lists)),
        ("gallery-form", sheet("customers", "Formular", fields)),
        ("gallery-permitted", sheet("gate", "Prüfung", |t| answers(t, Verdict::Permitted))),
        ("gallery-advice", sheet("gate", "Prüfung", |t| answers(t, Verdict::Advice))),
        ("gallery-refused", sheet("gate", "Prüfung", |t| answers(t, Verdict::Refused))),
        ("gallery-reading", sheet("contracts", "Vertrag", reading)),
    ]
}

fn lists(t: T) -> AnyView {
    let task = |title: &str, note: &str, due: &str, tone| Task {
        href: t.url("/desk"),
        title: title.into(),
        note: note.into(),
        due: due.into(),
        tone,
    };
    let moment = |what: &str, who: &str, tone, document: Option<&str>| Moment {
        when: "23.11.2026, 14:05 Uhr".into(),
        machine: "2026-11-23T13:05:07Z".into(),
        what: what.into(),
        who: who.into(),
        note: String::new(),
        document: document.map(|d| (d.to_string(), t.url("/desk"))),
        tone,
    };
    let badges = StateName::ALL.into_iter().map(|s| state_badge(t, s)).collect();
    let rows = [
        ("K10001", "Tischlerei Sägebrecht GmbH", StateName::InForce),
        (
            "K10002",
            "Rechtsanwälte Müller-Lüdenscheidt und Kollegen Partnerschaftsgesellschaft mbB",
            StateName::Offered,
        ),
    ];
    let rows = rows.map(|(n, name, state)| {
        vec![text(n), link(name, t.url("/desk")), state_badge(t, state), text("31.12.2026")]
    });
    let columns = ["Kundennummer", "Name", "Zustand", "Gültig bis"].map(String::from).to_vec();
    view! {
        {page_head(
            "Aufgaben",
            "Was fällig ist, das Nächste zuerst.",
            vec![icon_link(Weight::Primary, "shield", "Prüfung", t.url("/gate"))],
        )}
        {flash(Tone::Good, "Das Angebot ist verschickt.")}
        {grid(vec![figure("3", "Anfragen zu prüfen", t.url("/desk")), figure("1", "Gegenzeichnung", t.url("/desk")), figure("0", "Zweifel", "")])}
        {tasks(vec![
            task("Anfrage prüfen", "Tischlerei Sägebrecht GmbH, K10001", "heute", Tone::Warn),
            task("Gegenzeichnen", "Praxis Dr. Anderson, K10007", "in 3 Tagen", Tone::Info),
            task("E-Mail nicht zugestellt", "an info@alt.example", "seit gestern", Tone::Bad),
        ])}
        {filters(t.url("/desk"), vec![Field::search("q", "Suche").hint("Kundennummer, Name, Domain").view()], "Suchen")}
        {table("Kunden", columns, rows.into())}
        {pagination(t, 2, 5, &|n| format!("{}?page={n}", t.url("/desk")))}
        {row(badges)}
        {split(
            vec![
                section("Verlauf", vec![timeline(vec![
                    moment("In Kraft getreten", "", Tone::Good, Some("AV-2026-0001.pdf")),
                    moment("Unterschrieben", "Karl Sägebrecht", Tone::Info, None),
                    moment("Angeboten", "Bernd Häußler", Tone::Plain, None),
                ])]),
            ],
            vec![card_titled("Stammdaten", vec![facts_text(vec![
                ("Kundennummer".into(), "K10001".into()),
                ("E-Mail".into(), "info@tischlerei-saegebrecht.example".into()),
            ])])],
        )}
        {empty_with("Keine Zweifel", "Hier stehen offene Zweifel an der Rechtmäßigkeit. Sie entstehen in der Prüfung.", vec![button_link(Weight::Secondary, "Zur Prüfung", t.url("/gate"))])}
        {difference(compare("Backups werden täglich erstellt und geprüft.", "Backups werden stündlich erstellt und monatlich geprüft."))}
        {details("Einzelheiten", vec![p("Mehr dazu."), download("AV-2026-0001.pdf", t.url("/desk"))])}
    }
    .into_any()
}

fn fields(t: T) -> AnyView {
    let mut m = Mistakes::default();
    m.add("email", "required");
    m.add("services", "choose-one");
    let labels = [("email", "E-Mail-Adresse".to_string()), ("services", "Leistungen".to_string())];
    let choice = |v: &str, l: &str| Choice::new(v, l);
    view! {
        {crumbs(t, vec![("Kunden".into(), t.url("/customers"))])}
        {error_summary(t, &m, &labels)}
        {page_head("Neuer Kunde", "", Vec::new())}
        {steps(t, ["Angaben", "Lesen", "Berechtigung", "Unterschreiben", "Kopie"].map(|l| (l.into(), "")).to_vec(), 1)}
        {form(
            t.url("/customers"),
            vec![
                Field::text("name", "Firma").value("Tischlerei Sägebrecht GmbH").autocomplete("organization").view(),
                Field::email("email", "E-Mail-Adresse").hint("Dorthin gehen Angebot und Vertrag.").check(t, &m).view(),
                beside(vec![Field::text("zip", "Postleitzahl").short().view(), Field::text("city", "Ort").view()]),
                Field::date("from", "Gültig ab").short().optional(t).view(),
                Field::select("language", "Sprache", vec![choice("de", "Deutsch"), choice("en", "English")]).value("en").short().view(),
                fieldset("Umfang", "Was wir für den Kunden tun.", vec![
                    Field::checkboxes("services", "Leistungen", vec![choice("hosting", "Hosting").hint("Websites und E-Mail"), choice("monitoring", "Monitoring")])
                        .values(vec!["monitoring".into()])
                        .check(t, &m)
                        .view(),
                    Field::radios("special", "Besondere Kategorien nach Art. 9 DSGVO", vec![choice("yes", "Ja"), choice("no", "Nein")]).value("no").view(),
                ]),
                Field::textarea("reason", "Begründung").value("Zwei\nZeilen </textarea>").view(),
                Field::file("scan", "Scan des Vertrags", "application/pdf").view(),
                Field::checkbox("own", "Ich bin berechtigt, das Unternehmen zu vertreten, und gebe diese Erklärung in seinem Namen ab.").view(),
            ],
            vec![button_primary("Speichern"), button(Weight::Secondary, "Entwurf behalten", "draft", "yes"), link("Abbrechen", t.url("/customers"))],
        )}
        {button_form(Weight::Danger, "Zurückziehen", t.url("/customers"), &[("id", "1")])}
        {copy_text(t, "Text für den Kunden", "Guten Tag,\n\nwir dürfen zurzeit nur beraten.")}
        {notice(Tone::Warn, "Frist läuft", vec![p("Das Angebot gilt bis 30.11.2026.")])}
    }
    .into_any()
}

fn answers(t: T, verdict: Verdict) -> AnyView {
    let facts = || {
        vec![
            ("Grund".to_string(), "AV-Vertrag AV-2026-0001, Fassung 2026-1".to_string()),
            ("Gilt bis".to_string(), "23.11.2026, 14:20 Uhr".to_string()),
        ]
    };
    let card = match verdict {
        Verdict::Permitted => AnswerCard {
            verdict: Verdict::Permitted,
            word: "Erlaubt".into(),
            question: "Fernwartung für Tischlerei Sägebrecht GmbH".into(),
            reason: "Ein AV-Vertrag ist in Kraft und umfasst diese Tätigkeit.".into(),
            facts: facts(),
            obligations: Some((
                "Dabei gilt".into(),
                vec!["Bildschirm erst nach Zustimmung des Benutzers ansehen.".into()],
            )),
            next: vec![button_form(Weight::Primary, "Arbeit beginnen", t.url("/gate"), &[])],
        },
        Verdict::Advice => AnswerCard {
            verdict: Verdict::Advice,
            word: "Nur Beratung".into(),
            question: "Analyse von Protokolldateien für Café Morgenrot".into(),
            reason: "Mit diesem Kunden gibt es keinen AV-Vertrag.".into(),
            facts: Vec::new(),
            obligations: None,
            next: vec![copy_text(t, "Text für den Kunden", "Guten Tag, wir beraten Sie gern.")],
        },
        Verdict::Refused => AnswerCard {
            verdict: Verdict::Refused,
            word: "Abgelehnt".into(),
            question: "Fernwartung".into(),
            reason: "Ihre Datenschutzschulung ist abgelaufen.".into(),
            facts: Vec::new(),
            obligations: None,
            next: Vec::new(),
        },
    };
    let marks = vec![
        (Verdict::Permitted, "Erlaubt".to_string(), "Beratung".to_string()),
        (Verdict::Advice, "Nur Beratung".to_string(), "Analyse von Protokolldateien".to_string()),
        (Verdict::Refused, "Abgelehnt".to_string(), "Schulung".to_string()),
    ];
    view! {
        {page_head("Prüfung", "", Vec::new())}
        {filters(t.url("/gate"), vec![Field::search("q", "Kunde").view()], "Prüfen")}
        {answer(card)}
        {other_answers("Andere Tätigkeiten", marks)}
    }
    .into_any()
}

fn reading(t: T) -> AnyView {
    let clause = |n: &str, words: &str| Block::Clause { number: n.into(), text: words.into(), deeper: false };
    let words = "Der Anbieter verarbeitet personenbezogene Daten ausschließlich auf dokumentierte Weisung des Kunden, auch in Bezug auf die Übermittlung in ein Drittland, sofern er nicht durch das Recht der Union oder der Mitgliedstaaten hierzu verpflichtet ist.";
    let chapter = |id: &str, number: &str, title: &str| Chapter {
        id: id.into(),
        number: number.into(),
        title: title.into(),
        blocks: vec![clause(&format!("{number}.1"), words), clause(&format!("{number}.2"), words)],
        annex: false,
    };
    let columns = ["Maßnahme", "Beschreibung"].map(String::from).to_vec();
    let rows = vec![
        vec![text("Zutrittskontrolle"), text("Die Räume sind verschlossen.")],
        vec![text("Verschlüsselung"), text("Datenträger sind verschlüsselt.")],
    ];
    let annex = Chapter {
        id: "a1".into(),
        number: "Anlage 1".into(),
        title: "Maßnahmen".into(),
        blocks: vec![Block::Any(table("Maßnahmen", columns, rows))],
        annex: true,
    };
    view! {
        {page_head("Vertrag zur Auftragsverarbeitung", "AV-2026-0001, Fassung 2026-1", Vec::new())}
        {steps(t, ["Angaben prüfen", "Lesen", "Berechtigung bestätigen", "Unterschreiben", "Kopie per E-Mail"].map(|l| (l.into(), "")).to_vec(), 1)}
        {legal_text(t, vec![chapter("c1", "1", "Gegenstand und Dauer"), chapter("c2", "2", "Weisungen"), annex])}
    }
    .into_any()
}
