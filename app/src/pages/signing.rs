//! The reading and signing page: the whole contract with its annexes, then the form. Signing is reading.

use super::contract_text::contract_text;
use super::delegation;
use crate::components::{
    Field, Tone, Weight, button, button_primary, button_secondary, card, column, crumbs, error_summary,
    facts_text, fieldset, form, hidden, icon_link, notice, p, page_head, section_with, steps,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contract::ContractDocument;
use domain::contract::request::Person;
use domain::contract::signing::{SigningInput, TickedBox};
use domain::{ContractId, CustomerId, Lang, Mistakes};
use leptos::prelude::*;

/// Everything on the signing page.
#[derive(Clone, Debug)]
pub struct SigningView {
    /// Whose contract.
    pub customer: CustomerId,
    /// Which.
    pub contract: ContractId,
    /// What is read and signed: the frozen document.
    pub document: ContractDocument,
    /// SHA-256 of its bytes, hex.
    pub document_sha256: String,
    /// The boxes in the language of the contract.
    pub boxes: Vec<TickedBox>,
    /// Where the code goes.
    pub email: String,
    /// Last day of the offer.
    pub valid_until: NaiveDate,
    /// Today in Berlin.
    pub today: NaiveDate,
    /// How many signatures the customer needs.
    pub needed: usize,
    /// Who has signed already, and when.
    pub signed: Vec<(String, DateTime<Utc>)>,
    /// What was typed.
    pub input: SigningInput,
    /// A code is on its way.
    pub code_sent: bool,
    /// What was wrong.
    pub mistakes: Mistakes,
    /// Reason typed for a refusal.
    pub reason: String,
    /// The right person as typed, where the reader is not.
    pub right_person: Person,
    /// Why the reader is not, as typed.
    pub delegate_reason: String,
    /// Where to turn to with questions.
    pub provider_name: String,
    /// Address for questions.
    pub provider_email: String,
}

/// The whole page.
pub fn render(shell: Shell, view: SigningView) -> String {
    let t = shell.t();
    let title = t.tr("sign-title", &[("number", &view.document.number)]);
    layout::render(shell.at("my", title), move || body(t, view))
}

fn body(t: T, v: SigningView) -> AnyView {
    let base = t.url(&format!("/my/{}/contracts/{}", v.customer, v.contract));
    let number = v.document.number.clone();
    let trail = vec![(t.t("nav-my"), t.url(&format!("/my/{}", v.customer))), (number.clone(), base.clone())];
    let lead = t.tr("sign-lead", &[("customer", &v.document.customer.name), ("provider", &v.provider_name)]);
    let to_form = icon_link(Weight::Secondary, "pen", t.t("sign-to-form"), "#sign");
    let print = icon_link(Weight::Quiet, "download", t.t("sign-draft-pdf"), format!("{base}/offer.pdf"));
    let labels = labels(t, &v);
    let labelled: Vec<_> = labels.iter().map(|(field, label)| (field.as_str(), label.clone())).collect();
    let step = step(&v);
    view! {
        {crumbs(t, trail)}
        {error_summary(t, &v.mistakes, &labelled)}
        {page_head(t.tr("sign-title", &[("number", &number)]), lead, vec![print])}
        {steps(t, step_names(t), step)}
        {data(t, &v)}
        {before_reading(t, &v, to_form)}
        {contract_text(&v.document)}
        {section_with("sign", t.t("sign-form-title"), Vec::new(), vec![sign_form(t, &v, &base)])}
        {section_with("not-me", t.t("sign-not-me"), Vec::new(), vec![not_me(t, &v, &base)])}
    }
    .into_any()
}

fn step_names(t: T) -> Vec<(String, &'static str)> {
    [
        ("sign-step-check", "#data"),
        ("sign-step-read", "#parties-and-summary"),
        ("sign-step-authority", "#sign"),
        ("sign-step-sign", "#sign"),
        ("sign-step-copy", ""),
    ]
    .map(|(key, place)| (t.t(key), place))
    .into()
}

/// How far one has come, by what the page knows: it cannot know what somebody has read.
fn step(v: &SigningView) -> usize {
    let declared = v.boxes.iter().all(|b| v.input.ticked.contains(&b.id));
    let begun = v.code_sent || !v.input.ticked.is_empty() || !v.input.name.is_empty();
    match (declared && !v.boxes.is_empty(), begun) {
        (true, _) => 3,
        (false, true) => 2,
        (false, false) => 0,
    }
}

/// The customer as the contract names it, to be checked before anything else.
fn data(t: T, v: &SigningView) -> AnyView {
    let c = &v.document.customer;
    let services: Vec<_> = v.document.processing.iter().map(|s| s.name.clone()).collect();
    let mut rows = vec![
        (t.t("doc-customer"), c.name.clone()),
        (t.t("sign-data-address"), format!("{}, {}, {}", c.street, c.place, c.country)),
    ];
    rows.extend(c.rows.iter().filter(|r| !r.value.is_empty()).map(|r| (r.label.clone(), r.value.clone())));
    rows.push((t.t("sign-data-services"), services.join(", ")));
    let hint = view! { <p class="hint">{t.t("sign-data-hint")}" "<a href="#not-me">{t.t("sign-data-wrong")}</a></p> };
    view! {
        <section class="card" id="data" aria-labelledby="data-title">
            <h2 class="card__title" id="data-title">{t.t("sign-data-title")}</h2>
            {facts_text(rows)}
            {hint}
        </section>
    }
    .into_any()
}

fn labels(t: T, v: &SigningView) -> Vec<(String, String)> {
    let fields = [
        ("full_name", "sign-name"),
        ("function", "sign-function"),
        ("code", "sign-code"),
        ("reason", "sign-decline-reason"),
    ];
    let fields = fields.map(|(field, key)| (field.to_string(), t.t(key)));
    let boxes = v.boxes.iter().enumerate();
    let boxes =
        boxes.map(|(i, b)| (format!("box_{}", b.id), t.tr("sign-box", &[("n", &(i + 1).to_string())])));
    let others = delegation::labels(t).into_iter().map(|(field, label)| (field.to_string(), label));
    fields.into_iter().chain(boxes).chain(others).collect()
}

/// What one should know before the first clause: until when, who signs, in which language.
fn before_reading(t: T, v: &SigningView, to_form: AnyView) -> AnyView {
    let until =
        format!("{} ({})", format::date(t, v.valid_until), format::distance(t, v.valid_until, v.today));
    let signing = match v.needed {
        1 => t.t("sign-needs-one"),
        _ => t.t("sign-needs-two"),
    };
    let mut rows = vec![(t.t("sign-until"), until), (t.t("sign-who"), signing)];
    if !v.signed.is_empty() {
        let names: Vec<_> =
            v.signed.iter().map(|(name, at)| format!("{name}, {}", format::time(t, *at))).collect();
        rows.push((t.t("sign-signed-already"), names.join("; ")));
    }
    let language = match v.document.language {
        Lang::De => "sign-language-de",
        Lang::En => "sign-language-en",
    };
    rows.push((t.t("sign-language"), t.t(language)));
    view! {
        <section class="card before-reading" aria-labelledby="before-reading">
            <h2 class="card__title" id="before-reading">{t.t("sign-before")}</h2>
            {facts_text(rows)}
            <div class="row">{to_form}</div>
        </section>
    }
    .into_any()
}

fn sign_form(t: T, v: &SigningView, base: &str) -> AnyView {
    let lang = v.document.language.code();
    let boxes: Vec<_> = v
        .boxes
        .iter()
        .map(|b| {
            let field = Field::checkbox(format!("box_{}", b.id), b.wording.clone());
            field.checked(v.input.ticked.contains(&b.id)).check(t, &v.mistakes).view()
        })
        .collect();
    let boxes = view! { <div class="declarations" lang=lang>{boxes}</div> }.into_any();
    let fields = vec![
        // The first button of a form is what Enter presses: it must sign, not send another code.
        view! { <button type="submit" class="unseen" tabindex="-1" aria-hidden="true"></button> }.into_any(),
        hidden("document_sha256", v.document_sha256.clone()),
        fieldset(
            t.t("sign-you"),
            t.t("sign-you-hint"),
            vec![
                Field::text("full_name", t.t("sign-name"))
                    .hint(t.t("sign-name-hint"))
                    .value(v.input.name.clone())
                    .autocomplete("name")
                    .check(t, &v.mistakes)
                    .view(),
                Field::text("function", t.t("sign-function"))
                    .hint(t.t("sign-function-hint"))
                    .value(v.input.function.clone())
                    .autocomplete("organization-title")
                    .check(t, &v.mistakes)
                    .view(),
            ],
        ),
        fieldset(t.t("sign-declarations"), t.t("sign-declarations-hint"), vec![boxes]),
        fieldset(t.t("sign-code-title"), "", code(t, v, base)),
        view! { <p class="binding">{t.tr("sign-binding", &[("number", &v.document.number)])}</p> }.into_any(),
    ];
    let action = format!("{base}/sign");
    view! { <div class="card signature">{form(action, fields, vec![button_primary(t.t("sign-button"))])}</div> }
        .into_any()
}

fn code(t: T, v: &SigningView, base: &str) -> Vec<AnyView> {
    let (label, hint) =
        if v.code_sent { ("sign-code-again", "sign-code-sent") } else { ("sign-code-send", "sign-code-how") };
    // The place on the page stays where the answer is the page again.
    let action = format!("{base}/sign/code#sign");
    let send =
        view! { <button type="submit" class="button" formaction=action>{t.t(label)}</button> }.into_any();
    vec![
        p(t.tr(hint, &[("email", &v.email)])),
        send,
        Field::text("code", t.t("sign-code"))
            .hint(t.t("sign-code-hint"))
            .value(v.input.code.clone())
            .input_mode("numeric")
            .autocomplete("one-time-code")
            .short()
            .check(t, &v.mistakes)
            .view(),
    ]
}

/// Names the right person; or says that they are not known, which needs no field.
fn delegate(t: T, v: &SigningView, base: &str) -> AnyView {
    let fields = vec![
        p(t.t("delegate-lead")),
        delegation::person_fields(t, &v.right_person, &v.mistakes),
        Field::textarea("delegate_reason", t.t("delegate-reason"))
            .hint(t.t("delegate-reason-hint"))
            .optional(t)
            .value(v.delegate_reason.clone())
            .rows(2)
            .check(t, &v.mistakes)
            .view(),
        p(t.t("delegate-unknown-hint")),
    ];
    let buttons = vec![
        button_secondary(t.t("delegate-button")),
        button(Weight::Quiet, t.t("delegate-unknown"), "unknown", "yes"),
    ];
    card(vec![form(format!("{base}/delegate"), fields, buttons)])
}

/// A way, not a dead end: whom to tell, and how to say no.
fn not_me(t: T, v: &SigningView, base: &str) -> AnyView {
    let open = v.mistakes.of("reason").is_some();
    let mail = format!("mailto:{}", v.provider_email);
    let decline = form(
        format!("{base}/decline"),
        vec![
            Field::textarea("reason", t.t("sign-decline-reason"))
                .hint(t.t("sign-decline-hint"))
                .value(v.reason.clone())
                .rows(4)
                .check(t, &v.mistakes)
                .view(),
        ],
        vec![button(Weight::Danger, t.t("sign-decline-button"), "", "")],
    );
    let email = v.provider_email.clone();
    column(vec![
        p(t.t("sign-not-me-lead")),
        delegate(t, v, base),
        view! { <p>{t.tr("sign-not-me-ask", &[("provider", &v.provider_name)])}" "<a href=mail>{email}</a></p> }
            .into_any(),
        view! {
            <details class="more" open=open>
                <summary>{t.t("sign-decline")}</summary>
                <div class="more__body">
                    {notice(Tone::Warn, "", vec![p(t.t("sign-decline-lead"))])}
                    {decline}
                </div>
            </details>
        }
        .into_any(),
    ])
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let shell = || crate::samples::customer_shell(lang, "/my/sign");
    let view = || crate::samples::contract_forms::signing(lang);
    let mut wrong = view();
    wrong.code_sent = true;
    wrong.input = SigningInput {
        name: "Karl \"K\" <Sägebrecht>".into(),
        function: String::new(),
        ticked: vec!["read".into(), "authority".into()],
        code: "12345".into(),
        document_sha256: String::new(),
    };
    wrong.mistakes.add("function", "required");
    wrong.mistakes.add("box_business", "box");
    wrong.mistakes.0.push(domain::Mistake::with("code", "code-wrong", 3));
    let mut other = view();
    other.right_person = Person { name: "Ida \"I\" <Hobel>".into(), email: "x".into(), ..Person::default() };
    other.delegate_reason = "</textarea>".into();
    other.mistakes.0.push(domain::Mistake::with("delegate_email", "email", "x"));
    other.mistakes.add("delegate_function", "required");
    vec![
        ("signing", render(shell(), view())),
        ("signing-wrong", render(shell(), wrong)),
        ("signing-not-me", render(shell(), other)),
    ]
}
