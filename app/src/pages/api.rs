//! What programs may ask: the OpenAPI document in our own look. Titles are in both languages; what stands in the
//! document itself is for developers, in English, and marked as that.

use crate::components::{
    Tone, Weight, badge, button_link, code, crumbs, details, facts_text, p, page_head, row, section, table,
    text,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::Lang;
use leptos::prelude::*;

/// One thing that can be asked.
#[derive(Clone, Debug, Default)]
pub struct OperationView {
    /// Stable name; its title is `api-op-<id>`.
    pub id: String,
    /// `GET`, `POST`.
    pub method: String,
    /// Path with its parameters.
    pub path: String,
    /// From the document.
    pub about: String,
    /// Scopes that open it; none: open to everybody.
    pub scopes: Vec<String>,
    /// Parameters, and members of the body.
    pub request: Vec<MemberView>,
    /// Statuses and what they say.
    pub answers: Vec<(String, String)>,
}

/// A parameter or a member.
#[derive(Clone, Debug, Default)]
pub struct MemberView {
    /// Name.
    pub name: String,
    /// Type in a word.
    pub kind: String,
    /// Whether it must be there.
    pub required: bool,
    /// From the document.
    pub about: String,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct ApiView {
    /// Where the portal is.
    pub base_url: String,
    /// In the order of the document.
    pub operations: Vec<OperationView>,
}

/// The page.
pub fn render(shell: Shell, view: ApiView) -> String {
    let t = shell.t();
    layout::render(shell.at("api", t.t("api-title")), move || page(t, view))
}

fn page(t: T, v: ApiView) -> AnyView {
    let json = button_link(Weight::Secondary, t.t("api-json"), "/api/v1/openapi.json");
    let mut content = vec![
        crumbs(t, vec![(t.t("api-home"), t.url("/"))]),
        page_head(t.t("api-title"), t.t("api-lead"), vec![json]),
        facts_text(vec![
            (t.t("api-base"), v.base_url),
            (t.t("api-authorization"), "Authorization: Bearer avp_…".into()),
        ]),
        p(t.t("api-tokens")),
        p(t.t("api-limits")),
        p(t.t("api-repeat")),
    ];
    content.extend(v.operations.into_iter().map(|o| operation(t, o)));
    view! { {content} }.into_any()
}

fn operation(t: T, o: OperationView) -> AnyView {
    let open = || vec![badge(Tone::Plain, t.t("api-open"))];
    let scopes = match o.scopes.is_empty() {
        true => open(),
        false => o.scopes.iter().map(|s| badge(Tone::Plain, s.clone())).collect(),
    };
    let mut head = vec![code(format!("{} {}", o.method, o.path))];
    head.extend(scopes);
    let mut inside = Vec::new();
    if !o.about.is_empty() {
        inside.push(english(o.about));
    }
    if !o.request.is_empty() {
        let columns = ["api-member", "api-kind", "api-required", "api-meaning"].map(|k| t.t(k)).to_vec();
        let rows = o.request.into_iter().map(|m| member(t, m)).collect();
        inside.push(table(t.t("api-request"), columns, rows));
    }
    let columns = ["api-status", "api-meaning"].map(|k| t.t(k)).to_vec();
    let rows = o.answers.into_iter().map(|(status, about)| vec![code(status), english(about)]).collect();
    inside.push(table(t.t("api-answers"), columns, rows));
    let title = t.t(&format!("api-op-{}", o.id));
    section(title, vec![row(head), details(t.t("api-details"), inside)])
}

fn member(t: T, m: MemberView) -> Vec<AnyView> {
    let required = t.t(if m.required { "api-yes" } else { "api-no" });
    vec![code(m.name), text(m.kind), text(required), english(m.about)]
}

/// Words of the document: a screen reader must not read them as German.
fn english(words: String) -> AnyView {
    view! { <span lang="en">{words}</span> }.into_any()
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let member = |name: &str, required| MemberView {
        name: name.into(),
        kind: "string".into(),
        required,
        about: "What it says.".into(),
    };
    let operation = |id: &str, method: &str, path: &str, scopes: Vec<String>| OperationView {
        id: id.into(),
        method: method.into(),
        path: path.into(),
        about: "Answered from memory.".into(),
        scopes,
        request: vec![member("number", true), member("context", false)],
        answers: vec![("200".into(), "The answer".into()), ("401".into(), "No key".into())],
    };
    let view = ApiView {
        base_url: "https://av.provider.example".into(),
        operations: vec![
            operation("evaluation", "POST", "/access/v1/evaluation", vec!["evaluate".into()]),
            operation("customer_status", "GET", "/api/v1/customers/{number}", vec!["evaluate".into()]),
            operation("openapi", "GET", "/api/v1/openapi.json", Vec::new()),
        ],
    };
    vec![("api", render(crate::samples::shell(lang, "/api"), view))]
}
