//! The request form: what the customer asks to have processed. It can be left and found again.

use crate::components::{
    Choice, Field, Weight, beside, button, button_primary, column, crumbs, error_summary, fieldset, form,
    hidden, page_head, steps,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::contract::request::{Person, RequestInput, ScopeInput};
use domain::text::Both;
use domain::{ContractId, CustomerId, Lang, Mistakes, Service};
use leptos::prelude::*;

/// The form with what was typed and what there is to choose from.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// Whose.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// Which contract.
    pub contract: ContractId,
    /// Its number.
    pub number: String,
    /// Of the draft when it was read: whoever saves on top of something newer is asked first.
    pub lock: i64,
    /// Its version; from the second on it changes a contract in force.
    pub version: i32,
    /// As typed; its scope holds the ticked services only.
    pub input: RequestInput,
    /// All seven services with what is typed or usual, ticked or not.
    pub blocks: Vec<ScopeInput>,
    /// One sentence about each service, in the same order.
    pub short: Vec<String>,
    /// Data categories to choose from.
    pub data: Vec<Choice>,
    /// Kinds of persons to choose from.
    pub subjects: Vec<Choice>,
    /// Special categories to choose from.
    pub special: Vec<Choice>,
    /// Two must sign together.
    pub joint: bool,
    /// The declaration of own permission.
    pub own_permission: Both,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// The whole page.
pub fn render(shell: Shell, view: RequestView) -> String {
    let t = shell.t();
    layout::render(shell.at("my", t.t("request-title")), move || body(t, &view))
}

fn body(t: T, v: &RequestView) -> AnyView {
    let base = t.url(&format!("/my/{}", v.customer));
    let trail =
        vec![(t.t("nav-my"), base.clone()), (v.number.clone(), format!("{base}/contracts/{}", v.contract))];
    let labels = labels(t);
    let labelled: Vec<_> = labels.iter().map(|(field, label)| (field.as_str(), label.clone())).collect();
    let fields = [
        vec![hidden("lock", v.lock.to_string())],
        services(t, v),
        vec![special(t, v), company(t, v), contacts(t, v), signing(t, v), declaration(t, v)],
    ];
    column(vec![
        crumbs(t, trail),
        error_summary(t, &v.mistakes, &labelled),
        head(t, v),
        steps(
            t,
            ["request-step-1", "request-step-2", "request-step-3", "request-step-4"]
                .map(|k| (t.t(k), ""))
                .into(),
            0,
        ),
        form(
            format!("{base}/contracts/{}/request", v.contract),
            fields.into_iter().flatten().collect(),
            vec![
                button_primary(t.t("request-send")),
                button(Weight::Secondary, t.t("request-save"), "save", "yes"),
            ],
        ),
    ])
}

fn head(t: T, v: &RequestView) -> AnyView {
    let lead = t.tr("request-lead", &[("customer", &v.customer_name)]);
    if v.version < 2 {
        return page_head(t.t("request-title"), lead, Vec::new());
    }
    let title = t.tr("request-amend-title", &[("number", &v.number), ("version", &v.version.to_string())]);
    page_head(title, format!("{lead} {}", t.t("request-amend-lead")), Vec::new())
}

/// Labels of all fields, for the links in the summary.
fn labels(t: T) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for s in Service::ALL {
        let service = t.t(&format!("service-{}", s.name()));
        for (field, key) in [
            ("data", "request-data"),
            ("more_data", "request-more-data"),
            ("subjects", "request-subjects"),
            ("more_subjects", "request-more-subjects"),
        ] {
            all.push((format!("{field}_{}", s.name()), format!("{service}, {}", t.t(key))));
        }
    }
    for (group, key) in [
        ("privacy", "request-privacy"),
        ("breach", "request-breach"),
        ("signatory1", "request-signatory-1"),
        ("signatory2", "request-signatory-2"),
    ] {
        for (part, word) in [
            ("name", "person-name"),
            ("email", "person-email"),
            ("function", "person-function"),
            ("phone", "person-phone"),
        ] {
            all.push((format!("{group}_{part}"), format!("{}, {}", t.t(key), t.t(word))));
        }
    }
    let others = [
        ("services", "request-services"),
        ("special", "request-special"),
        ("special_categories", "request-special-which"),
        ("special_safeguards", "request-safeguards"),
        ("professional_secrecy", "request-secrecy"),
        ("register", "request-register"),
        ("main_contract", "request-main-contract"),
        ("instructing", "request-instructing"),
        ("own_permission", "request-own-permission"),
    ];
    all.extend(others.map(|(field, key)| (field.to_string(), t.t(key))));
    all
}

fn services(t: T, v: &RequestView) -> Vec<AnyView> {
    let choices = Service::ALL
        .iter()
        .zip(&v.short)
        .map(|(s, short)| Choice::new(s.name(), t.t(&format!("service-{}", s.name()))).hint(short.clone()));
    let ticked = v.input.services();
    let group = Field::checkboxes("services", t.t("request-services"), choices.collect())
        .hint(t.t("request-services-hint"))
        .values(ticked.iter().map(|s| s.name().to_string()).collect())
        .check(t, &v.mistakes);
    let blocks = v.blocks.iter().map(|b| block(t, v, b, ticked.contains(&b.service)));
    std::iter::once(group.view()).chain(blocks).collect()
}

/// What a service touches. Hidden by style while the service is not ticked; what is in it is kept all the same.
fn block(t: T, v: &RequestView, b: &ScopeInput, ticked: bool) -> AnyView {
    let name = b.service.name();
    let class = format!("scope scope--{}", name.replace('_', "-"));
    let title = t.tr("request-scope", &[("service", &t.t(&format!("service-{name}")))]);
    let counted = t.tr(
        "request-scope-count",
        &[("data", &b.data_categories.len().to_string()), ("subjects", &b.data_subjects.len().to_string())],
    );
    let group = |field: &str, key: &str, choices: &[Choice], values: &[String]| {
        Field::checkboxes(format!("{field}_{name}"), t.t(key), choices.to_vec())
            .values(values.to_vec())
            .check(t, &v.mistakes)
            .view()
    };
    let more = |field: &str, key: &str, value: &str| {
        Field::textarea(format!("{field}_{name}"), t.t(key))
            .hint(t.t("request-one-a-line"))
            .optional(t)
            .rows(2)
            .value(value)
            .check(t, &v.mistakes)
            .view()
    };
    view! {
        <details class=class open=ticked>
            <summary>
                <span class="scope__title">{title}</span><span class="scope__count">{counted}</span>
            </summary>
            <div class="scope__body">
                {group("data", "request-data", &v.data, &b.data_categories)}
                {more("more_data", "request-more-data", &b.more_data)}
                {group("subjects", "request-subjects", &v.subjects, &b.data_subjects)}
                {more("more_subjects", "request-more-subjects", &b.more_subjects)}
            </div>
        </details>
    }
    .into_any()
}

fn yes_no(t: T) -> Vec<Choice> {
    vec![Choice::new("yes", t.t("yes")), Choice::new("no", t.t("no"))]
}

fn special(t: T, v: &RequestView) -> AnyView {
    let which = vec![
        Field::checkboxes("special_categories", t.t("request-special-which"), v.special.clone())
            .values(v.input.special_categories.clone())
            .check(t, &v.mistakes)
            .view(),
        Field::textarea("special_safeguards", t.t("request-safeguards"))
            .hint(t.t("request-safeguards-hint"))
            .optional(t)
            .rows(3)
            .value(v.input.special_safeguards.clone())
            .check(t, &v.mistakes)
            .view(),
    ];
    fieldset(
        t.t("request-sensitive"),
        "",
        vec![
            Field::radios("special", t.t("request-special"), yes_no(t))
                .hint(t.t("request-special-hint"))
                .value(v.input.special.clone())
                .check(t, &v.mistakes)
                .view(),
            view! { <div class="only-if-special">{which}</div> }.into_any(),
            Field::radios("professional_secrecy", t.t("request-secrecy"), yes_no(t))
                .hint(t.t("request-secrecy-hint"))
                .value(v.input.professional_secrecy.clone())
                .check(t, &v.mistakes)
                .view(),
            Field::checkbox("customer_is_processor", t.t("request-processor"))
                .hint(t.t("request-processor-hint"))
                .checked(v.input.customer_is_processor)
                .view(),
        ],
    )
}

fn company(t: T, v: &RequestView) -> AnyView {
    let line = |name: &str, key: &str, value: &str| {
        let field =
            Field::text(name, t.t(&format!("request-{key}"))).hint(t.t(&format!("request-{key}-hint")));
        field.optional(t).value(value).check(t, &v.mistakes).view()
    };
    fieldset(
        t.t("request-company"),
        "",
        vec![
            line("register", "register", &v.input.register),
            line("main_contract", "main-contract", &v.input.main_contract),
        ],
    )
}

/// Which parts of a person are asked for, and which of them are not required.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Privacy,
    Breach,
    Signatory,
}

fn person(t: T, v: &RequestView, group: &str, value: &Person, asks: Asks) -> Vec<AnyView> {
    let of = |part: &str| format!("{group}_{part}");
    let function = Field::text(of("function"), t.t("person-function")).value(value.function.clone());
    let phone = Field::tel(of("phone"), t.t("person-phone")).value(value.phone.clone());
    let name =
        Field::text(of("name"), t.t("person-name")).value(value.name.clone()).check(t, &v.mistakes).view();
    let email = Field::email(of("email"), t.t("person-email"))
        .value(value.email.clone())
        .check(t, &v.mistakes)
        .view();
    let third = match asks {
        Asks::Privacy => function.optional(t),
        Asks::Breach => phone.hint(t.t("person-phone-hint")),
        Asks::Signatory => function,
    };
    vec![beside(vec![name, email]), third.check(t, &v.mistakes).view()]
}

fn contacts(t: T, v: &RequestView) -> AnyView {
    let instructing = Field::text("instructing", t.t("request-instructing"))
        .hint(t.t("request-instructing-hint"))
        .value(v.input.instructing.clone())
        .check(t, &v.mistakes);
    fieldset(
        t.t("request-contacts"),
        "",
        vec![
            fieldset(
                t.t("request-privacy"),
                t.t("request-privacy-hint"),
                person(t, v, "privacy", &v.input.privacy_contact, Asks::Privacy),
            ),
            fieldset(
                t.t("request-breach"),
                t.t("request-breach-hint"),
                person(t, v, "breach", &v.input.breach_contact, Asks::Breach),
            ),
            instructing.view(),
        ],
    )
}

fn signing(t: T, v: &RequestView) -> AnyView {
    let nobody = Person::default();
    let rule = if v.joint { "request-signing-joint" } else { "request-signing-single" };
    let second = if v.joint { String::new() } else { t.t("request-signatory-2-hint") };
    let languages = vec![
        Choice::new("de", T(Lang::De).t("language-name")),
        Choice::new("en", T(Lang::En).t("language-name")),
    ];
    let of = |i: usize| v.input.signatories.get(i).unwrap_or(&nobody);
    fieldset(
        t.t("request-signing"),
        t.t(rule),
        vec![
            fieldset(t.t("request-signatory-1"), "", person(t, v, "signatory1", of(0), Asks::Signatory)),
            fieldset(t.t("request-signatory-2"), second, person(t, v, "signatory2", of(1), Asks::Signatory)),
            Field::select("language", t.t("request-language"), languages)
                .hint(t.t("request-language-hint"))
                .value(v.input.language.code())
                .short()
                .view(),
        ],
    )
}

fn declaration(t: T, v: &RequestView) -> AnyView {
    let lang = v.input.language;
    let field = Field::checkbox("own_permission", v.own_permission.get(lang).clone());
    let field = field.checked(v.input.own_permission).check(t, &v.mistakes).view();
    fieldset(
        t.t("request-own-permission"),
        t.t("request-own-permission-hint"),
        vec![
            hidden("own_permission_language", lang.code()),
            view! { <div class="declarations" lang=lang.code()>{field}</div> }.into_any(),
        ],
    )
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let shell = || crate::samples::customer_shell(lang, "/my/request");
    let view = || crate::samples::contract_forms::request(lang);
    let mut wrong = view();
    wrong.joint = true;
    wrong.input.instructing = "</textarea><script>".into();
    if let Err(mistakes) = wrong.input.check(domain::customer::Representation::Joint) {
        wrong.mistakes = mistakes;
    }
    let mut meanwhile = view();
    meanwhile.mistakes.add("", "request-changed-meanwhile");
    let mut amending = view();
    amending.version = 2;
    vec![
        ("request", render(shell(), view())),
        ("request-wrong", render(shell(), wrong)),
        ("request-meanwhile", render(shell(), meanwhile)),
        ("request-amending", render(shell(), amending)),
    ]
}
