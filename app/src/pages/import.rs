//! Reading a CSV file in, and what came of it: every wrong row by line, column and reason.

use crate::components::{
    Choice, Field, Tone, button_primary, code, column, crumbs, details, error_summary, form_upload,
    mistake_text, notice, p, page_head, points, section, table, text,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::import::{CONTRACT_COLUMNS, CONTRACT_REQUIRED, CUSTOMER_COLUMNS, CUSTOMER_REQUIRED};
use domain::permission::StaffRole;
use domain::{Mistake, Mistakes};
use leptos::prelude::*;

/// What is read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Customers.
    #[default]
    Customers,
    /// Contracts concluded on paper.
    Contracts,
}

impl Kind {
    /// As the form sends it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Contracts => "contracts",
        }
    }
}

/// The page.
#[derive(Clone, Debug, Default)]
pub struct ImportView {
    /// What is chosen.
    pub kind: Kind,
    /// Imports the good rows although others are wrong.
    pub skip_bad: bool,
    /// What was wrong with the form.
    pub mistakes: Mistakes,
    /// What came of it.
    pub outcome: Option<Outcome>,
}

/// What came of an import.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Name of the file; may be empty.
    pub file: String,
    /// Rows that were new.
    pub created: usize,
    /// Rows that changed something.
    pub updated: usize,
    /// Rows that said what was known.
    pub unchanged: usize,
    /// Line and mistake, by line.
    pub bad: Vec<(u64, Mistake)>,
    /// How many rows are wrong.
    pub bad_rows: usize,
    /// Nothing was imported.
    pub refused: bool,
}

/// Mistakes that are shown; a file that is wrong in every row is not read to its end by anybody.
const SHOWN: usize = 1000;

/// Why a cell or a row is wrong, in the words of a file and not of a form.
pub fn why(t: T, mistake: &Mistake) -> String {
    let own = format!("mistake-csv-{}", mistake.code);
    if t.has(&own) { t.tr(&own, &[("detail", &mistake.detail)]) } else { mistake_text(t, mistake) }
}

/// The whole page.
pub fn render(shell: Shell, view: ImportView) -> String {
    let t = shell.t();
    layout::render(shell.at("customers", t.t("import-title")), move || body(t, view))
}

fn body(t: T, v: ImportView) -> AnyView {
    let m = &v.mistakes;
    let kinds = [Kind::Customers, Kind::Contracts];
    let kinds = kinds.map(|k| Choice::new(k.name(), t.t(&format!("import-kind-{}", k.name())))).to_vec();
    column(vec![
        crumbs(t, vec![(t.t("customers-title"), t.url("/customers"))]),
        v.outcome.as_ref().map(|o| outcome(t, o)).into_any(),
        error_summary(t, m, &[("kind", t.t("import-kind")), ("file", t.t("import-file"))]),
        page_head(t.t("import-title"), t.t("import-lead"), Vec::new()),
        v.outcome.filter(|o| !o.bad.is_empty()).map(|o| bad_rows(t, o.bad)).into_any(),
        form_upload(
            t.url("/customers/import"),
            vec![
                Field::radios("kind", t.t("import-kind"), kinds).value(v.kind.name()).check(t, m).view(),
                Field::file("file", t.t("import-file"), ".csv,text/csv")
                    .hint(t.t("import-file-hint"))
                    .check(t, m)
                    .view(),
                Field::checkbox("skip_bad", t.t("import-skip-bad"))
                    .hint(t.t("import-skip-bad-hint"))
                    .checked(v.skip_bad)
                    .view(),
            ],
            vec![button_primary(t.t("import-button"))],
        ),
        columns(t, "import-columns-customers", &CUSTOMER_COLUMNS, CUSTOMER_REQUIRED),
        columns(t, "import-columns-contracts", &CONTRACT_COLUMNS, CONTRACT_REQUIRED),
    ])
}

fn outcome(t: T, o: &Outcome) -> AnyView {
    let bad = o.bad_rows.to_string();
    let done = || {
        let count = |n: usize| n.to_string();
        let (created, updated, unchanged) = (count(o.created), count(o.updated), count(o.unchanged));
        t.tr("import-done", &[("created", &created), ("updated", &updated), ("unchanged", &unchanged)])
    };
    let (tone, title, words) = match (o.refused, o.bad_rows) {
        (true, _) => (Tone::Bad, t.t("import-refused"), t.tr("import-refused-text", &[("bad", &bad)])),
        (false, 0) => (Tone::Good, t.t("import-done-title"), done()),
        (false, _) => {
            let skipped = t.tr("import-skipped", &[("bad", &bad)]);
            (Tone::Warn, t.t("import-partly"), format!("{} {skipped}", done()))
        }
    };
    let file = (!o.file.is_empty()).then(|| p(t.tr("import-from-file", &[("file", &o.file)])));
    let message = notice(tone, title, vec![p(words), file.into_any()]);
    view! { <div role="alert" tabindex="-1" autofocus=true>{message}</div> }.into_any()
}

fn bad_rows(t: T, bad: Vec<(u64, Mistake)>) -> AnyView {
    let more = bad.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| p(t.tr("import-more", &[("count", &more.to_string())])));
    let rows = bad.into_iter().take(SHOWN).map(|(line, mistake)| {
        let column = if mistake.field.is_empty() {
            text(t.t("import-whole-row"))
        } else {
            code(mistake.field.clone())
        };
        vec![text(line.to_string()), column, text(why(t, &mistake))]
    });
    let heads = ["import-line", "import-column", "import-why"].map(|key| t.t(key)).to_vec();
    let list = table(t.t("import-bad-rows"), heads, rows.collect());
    section(t.t("import-bad-rows"), vec![list, more.into_any()])
}

fn columns(t: T, title: &str, names: &[&str], required: usize) -> AnyView {
    let (must, may) = names.split_at(required);
    let list = |names: &[&str]| points(names.iter().map(|n| (*n).to_string()).collect());
    details(
        t.t(title),
        vec![
            p(t.t("import-required")),
            list(must),
            p(t.t("import-optional")),
            list(may),
            p(t.t("import-values")),
        ],
    )
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    let shell = || crate::samples::staff_shell(lang, "/customers/import", &[StaffRole::ContractManager]);
    let bad = vec![
        (12, Mistake::with("country", "country", "XX")),
        (12, Mistake::with("<script>", "column-unknown", "a, b")),
        (15, Mistake::with("", "fields", "17 ≠ 18")),
        (16, Mistake::with("signed_on", "date", "1.2.2026")),
        (17, Mistake::with("customer_number", "line-twice", 12)),
    ];
    let refused =
        Outcome { file: "kunden.csv".into(), bad, bad_rows: 4, refused: true, ..Outcome::default() };
    let partly = Outcome { created: 3, updated: 1, refused: false, ..refused.clone() };
    let done = Outcome { created: 10_000, unchanged: 1, ..Outcome::default() };
    let with = |outcome: Option<Outcome>| ImportView { outcome, ..ImportView::default() };
    let missing = Mistake::new("file", "file-missing").into();
    vec![
        ("import", render(shell(), ImportView { mistakes: missing, ..with(None) })),
        ("import-refused", render(shell(), with(Some(refused)))),
        ("import-partly", render(shell(), with(Some(partly)))),
        ("import-done", render(shell(), with(Some(done)))),
    ]
}
