//! The gate for technicians: one field, one large answer, the other actions beside it.

use crate::components::{
    AnswerCard, Choice, Field, Tone, Verdict, Weight, answer, button, button_link, details, empty, filters,
    hidden, icon, notice, p, page_head, points, split,
};
use crate::format;
use crate::i18n::T;
use crate::islands::{CopyButton, FoundAnswer, FoundLine, LiveSearch, at_a_glance};
use crate::layout::{self, Shell};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Lang;
use leptos::prelude::*;

/// Everything on the page.
#[derive(Clone, Debug, Default)]
pub struct GateView {
    /// What was typed.
    pub query: String,
    /// Name of the action that is kept while searching; may be empty.
    pub action: String,
    /// What came of it.
    pub found: Found,
}

/// What came of a search.
#[derive(Clone, Debug, Default)]
pub enum Found {
    /// Nothing was asked yet.
    #[default]
    NotAsked,
    /// Nobody fits.
    Nobody,
    /// Several fit.
    Hits(Vec<FoundLine>),
    /// One customer, one answer.
    Answer(Box<AnswerView>),
}

/// The answer for one customer.
#[derive(Clone, Debug)]
pub struct AnswerView {
    /// The answer.
    pub verdict: Verdict,
    /// Label of the action.
    pub action: String,
    /// Label of the tool; may be empty.
    pub tool: String,
    /// Name of the customer.
    pub customer: String,
    /// Its number.
    pub number: String,
    /// Address of its page.
    pub customer_href: String,
    /// Has a service contract: served first.
    pub service_contract: bool,
    /// The deciding reason in a sentence.
    pub reason: String,
    /// What lifts the block, or what to do now.
    pub next: String,
    /// The other hits in sentences.
    pub more_reasons: Vec<String>,
    /// Number and version of the contract that permits.
    pub contract: Option<(String, i32)>,
    /// Until when the answer holds.
    pub valid_until: Option<DateTime<Utc>>,
    /// Last day of the contract.
    pub contract_until: Option<NaiveDate>,
    /// The ready text for the customer and its language.
    pub customer_text: Option<(Lang, String)>,
    /// The same question about the other actions.
    pub marks: Vec<Mark>,
    /// Tools to ask about; empty where none matters.
    pub tools: Vec<Choice>,
    /// Id of the chosen tool.
    pub tool_id: String,
    /// Name of the action.
    pub action_id: String,
}

/// A small mark.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What the answer would be.
    pub verdict: Verdict,
    /// Label of the action.
    pub action: String,
    /// Asks it.
    pub href: String,
    /// This is the one on the card.
    pub current: bool,
}

/// The whole page.
pub fn render(shell: Shell, view: GateView) -> String {
    let t = shell.t();
    let title = match &view.found {
        Found::Answer(a) => format!("{}: {}", a.verdict.word(t), a.customer),
        _ => t.t("gate-title"),
    };
    layout::render(shell.at("gate", title), move || body(t, view))
}

fn body(t: T, v: GateView) -> AnyView {
    let found = match v.found {
        Found::NotAsked => notice(Tone::Info, t.t("gate-how"), vec![p(t.t("gate-how-text"))]),
        Found::Nobody => empty(t.tr("gate-nobody", &[("query", &v.query)]), t.t("gate-nobody-text")),
        Found::Hits(hits) => hit_list(t, hits),
        Found::Answer(a) => the_answer(t, *a),
    };
    view! {
        {page_head(t.t("gate-title"), "", Vec::new())}
        {search(t, v.query, v.action)}
        {found}
    }
    .into_any()
}

fn search(t: T, query: String, action: String) -> AnyView {
    let address = if action.is_empty() {
        t.url("/gate/search.json?q=")
    } else {
        t.url(&format!("/gate/search.json?action={action}&q="))
    };
    let kept = (!action.is_empty()).then(|| hidden("action", action));
    let field = view! {
        <LiveSearch
            label=t.t("gate-search")
            hint=t.t("gate-search-hint")
            value=query
            address=address
            counted=t.tr("gate-found", &[("count", "#")])
        />
    };
    filters(t.url("/gate"), vec![kept.into_any(), field.into_any()], t.t("gate-search-button"))
}

fn hit_list(t: T, hits: Vec<FoundLine>) -> AnyView {
    let count = hits.len().to_string();
    let items: Vec<_> = hits
        .into_iter()
        .map(|h| {
            let note =
                (!h.note.is_empty()).then(|| view! { <span class="task__note">{h.note}</span> }.into_any());
            let answer = h.answer.map(at_a_glance);
            view! {
                <li>
                    <a class="task" href=h.href>
                        {icon("building")}
                        <span class="task__text"><span class="task__title">{h.title}</span>{note}</span>
                        {answer}
                        {icon("arrow-right")}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="section">
            <h2>{t.tr("gate-hits", &[("count", &count)])}</h2>
            <ul class="tasks" role="list">{items}</ul>
        </section>
    }
    .into_any()
}

fn the_answer(t: T, a: AnswerView) -> AnyView {
    let mut question =
        t.tr("gate-question", &[("action", &a.action), ("customer", &a.customer), ("number", &a.number)]);
    if !a.tool.is_empty() {
        question = t.tr("gate-question-tool", &[("question", &question), ("tool", &a.tool)]);
    }
    let card = AnswerCard {
        verdict: a.verdict,
        word: a.verdict.word(t),
        question,
        reason: a.reason.clone(),
        facts: facts(t, &a),
        obligations: None,
        next: next(t, &a),
    };
    let marks = marks(t, a.marks);
    let tools = tools(t, a.tools, a.tool_id, a.number, a.action_id);
    split(vec![answer(card), tools], vec![marks])
}

fn facts(t: T, a: &AnswerView) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Some((number, version)) = &a.contract {
        let ground = t.tr("gate-ground-contract", &[("number", number), ("version", &version.to_string())]);
        facts.push((t.t("gate-ground"), ground));
    }
    if let Some(at) = a.valid_until {
        facts.push((t.t("gate-valid-until"), format::time(t, at)));
    }
    if let Some(day) = a.contract_until {
        facts.push((t.t("gate-contract-until"), format::date(t, day)));
    }
    if a.service_contract {
        facts.push((t.t("gate-priority"), t.t("gate-priority-service-contract")));
    }
    facts
}

/// The one next step first: the text for the customer where there is one, else the customer.
fn next(t: T, a: &AnswerView) -> Vec<AnyView> {
    let mut next = vec![p(a.next.clone())];
    if let Some((lang, text)) = a.customer_text.clone() {
        next.push(customer_text(t, lang, text));
    }
    let weight = if a.customer_text.is_some() { Weight::Secondary } else { Weight::Primary };
    next.push(button_link(weight, t.t("gate-open-customer"), a.customer_href.clone()));
    if !a.more_reasons.is_empty() {
        next.push(details(t.t("gate-more-reasons"), vec![points(a.more_reasons.clone())]));
    }
    next
}

fn customer_text(t: T, lang: Lang, text: String) -> AnyView {
    let label = t.tr("gate-customer-text", &[("language", &T(lang).t("language-name"))]);
    view! {
        <figure class="copy">
            <figcaption class="copy__label">
                {icon("copy")}<span>{label}</span>
                <CopyButton of="customer-text".into() label=t.t("gate-copy") done=t.t("gate-copied") />
            </figcaption>
            <div
                class="copy__text"
                id="customer-text"
                tabindex="0"
                role="group"
                aria-label=t.t("copy-here")
                lang=lang.code()
            >
                {text}
            </div>
        </figure>
    }
    .into_any()
}

fn marks(t: T, marks: Vec<Mark>) -> AnyView {
    let items: Vec<_> = marks
        .into_iter()
        .map(|m| {
            let word = m.verdict.word(t);
            let current = m.current.then_some("true");
            let sign = format!("sign sign--{}", m.verdict.tone().name());
            view! {
                <li>
                    <a class="mark" href=m.href aria-current=current>
                        <span class=sign title=word.clone()>{icon(m.verdict.icon())}</span>
                        <span class="mark__action">{m.action}</span>
                        <span class="unseen">{word}</span>
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="section">
            <h2>{t.t("gate-others")}</h2>
            <ul class="marks marks--small" role="list">{items}</ul>
        </section>
    }
    .into_any()
}

fn tools(t: T, choices: Vec<Choice>, tool: String, number: String, action: String) -> AnyView {
    if choices.is_empty() {
        return ().into_any();
    }
    let mut all = vec![Choice::new("", t.t("gate-tool-any"))];
    all.extend(choices);
    view! {
        <form method="get" action=t.url("/gate") class="filters" novalidate=true>
            {hidden("customer", number)}
            {hidden("action", action)}
            {Field::select("tool", t.t("gate-tool"), all).hint(t.t("gate-tool-hint")).value(tool).view()}
            {button(Weight::Secondary, t.t("gate-tool-button"), "", "")}
        </form>
    }
    .into_any()
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let shell = || crate::samples::staff_shell(lang, "/gate", &[domain::permission::StaffRole::Technician]);
    let t = T(lang);
    let permitted = FoundAnswer {
        word: Verdict::Permitted.word(t),
        tone: Verdict::Permitted.tone().name().into(),
        icon: format!("{}#check", crate::assets::url("icons.svg")),
    };
    let line = |title: &str, note: &str| FoundLine {
        title: title.into(),
        note: note.into(),
        href: t.url("/gate"),
        answer: Some(permitted.clone()),
    };
    let hits = vec![
        line("K10001 Tischlerei Sägebrecht GmbH", "tischlerei-saegebrecht.example"),
        line(
            "K10003 Gesellschaft für Vermessung, Bodenordnung und kommunale Geoinformationsdienste mbH & Co. KG",
            "",
        ),
    ];
    let page = |query: &str, found| {
        render(shell(), GateView { query: query.into(), action: "advise".into(), found })
    };
    let given = |verdict| Found::Answer(Box::new(sample_answer(t, verdict)));
    vec![
        ("gate", page("", Found::NotAsked)),
        ("gate-nobody", page("\"><script>", Found::Nobody)),
        ("gate-hits", page("sä", Found::Hits(hits))),
        ("gate-permitted", page("", given(Verdict::Permitted))),
        ("gate-advice", page("", given(Verdict::Advice))),
        ("gate-refused", page("", given(Verdict::Refused))),
    ]
}

fn sample_answer(t: T, verdict: Verdict) -> AnswerView {
    let permitted = verdict == Verdict::Permitted;
    let mark = |action: &str, verdict, current| Mark {
        verdict,
        action: action.into(),
        href: t.url("/gate"),
        current,
    };
    let text = "Guten Tag,\n\nzurzeit können wir Sie nur beraten. <b>";
    AnswerView {
        verdict,
        action: "Bildschirm steuern (Fernwartung)".into(),
        tool: if permitted { "TeamViewer".into() } else { String::new() },
        customer: "Tischlerei Sägebrecht GmbH".into(),
        number: "K10001".into(),
        customer_href: t.url("/customers"),
        service_contract: true,
        reason: "Zu diesem Kunden gibt es die folgende Antwort.".into(),
        next: "Beginnen Sie die Arbeit.".into(),
        more_reasons: if permitted { Vec::new() } else { vec!["Niemand ist benannt.".into()] },
        contract: permitted.then(|| ("AV-2026-0001".into(), 1)),
        valid_until: permitted.then_some(DateTime::UNIX_EPOCH),
        contract_until: None,
        customer_text: (verdict == Verdict::Advice).then(|| (Lang::De, text.into())),
        marks: vec![
            mark("Beraten und Fragen beantworten", Verdict::Permitted, false),
            mark("Bildschirm steuern (Fernwartung)", verdict, true),
            mark("Protokolldateien auswerten", Verdict::Advice, false),
        ],
        tools: vec![Choice::new("teamviewer", "TeamViewer")],
        tool_id: String::new(),
        action_id: "remote_support.control".into(),
    }
}
