//! Checking a contract from outside. Two ways: type the code that stands on it, or give its file. The code opens the
//! names of the parties; without it no customer data is shown.

use crate::components::{
    Field, Tone, Weight, button_link, button_primary, card_titled, code, column, error_summary, facts,
    filters, form_upload, grid, notice, p, page_head, state_badge, text,
};
use crate::i18n::T;
use crate::islands::FileCheck;
use crate::layout::{self, Shell};
use chrono::NaiveDate;
use domain::contract::StateName;
use domain::{Mistakes, calendar};
use leptos::prelude::*;

/// Whether a contract rules today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Today {
    /// It does.
    Yes,
    /// From this day on it will.
    From(NaiveDate),
    /// It does not.
    No,
}

/// What anyone may see of a contract.
#[derive(Clone, Debug)]
pub struct ContractFacts {
    /// Contract number.
    pub number: String,
    /// Version of the contract with this customer.
    pub version: i32,
    /// Where it stands.
    pub state: StateName,
    /// Whether it rules today.
    pub today: Today,
    /// Names of customer and provider, for whoever has the code.
    pub parties: Option<(String, String)>,
}

/// A contract as anyone who holds its code may see it.
#[derive(Clone, Debug)]
pub struct VerifyView {
    /// The contract.
    pub contract: ContractFacts,
    /// SHA-256 of the stored PDF, hex; none while there is no concluded document.
    pub sha256: Option<String>,
    /// The same file before its time stamp.
    pub other: Option<OtherForm>,
    /// What its seal proves.
    pub seal: Option<SealView>,
}

/// What was found out about a file.
#[derive(Clone, Debug)]
pub struct FileView {
    /// What it is.
    pub verdict: FileVerdict,
    /// The contract, if the file is the stored one.
    pub contract: Option<ContractFacts>,
    /// What the seal proves, if there is a whole one.
    pub seal: Option<SealView>,
    /// SHA-256 of the file, hex; none for one that was not read.
    pub sha256: Option<String>,
    /// The other form of the same file.
    pub other: Option<OtherForm>,
}

/// A whole seal.
#[derive(Clone, Debug)]
pub struct SealView {
    /// Who sealed.
    pub by: String,
    /// SHA-256 of the certificate.
    pub certificate: String,
    /// Whether nobody but itself vouches for the certificate.
    pub self_made: bool,
    /// The time on the sealer's clock.
    pub at: String,
    /// Its time stamp.
    pub stamp: StampView,
}

/// The time stamp in a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StampView {
    /// There is none.
    None,
    /// By an authority that is trusted: when, by whom.
    Trusted(String, String),
    /// Right in itself, by an authority that is not trusted: when, by whom.
    Unknown(String, String),
}

/// A sealed file exists as it was stored first, and once more with its time stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtherForm {
    /// The one from before the time stamp: its SHA-256, hex.
    Before(String),
    /// The one with the time stamp: its SHA-256, hex.
    Stamped(String),
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileVerdict {
    /// Stored, and its seal is right.
    Valid,
    /// Stored, but without a seal that can be checked.
    Stored,
    /// Sealed by us and unchanged, but not stored here.
    SealedOnly,
    /// Only its hash is known, and nothing stored has it.
    UnknownHash,
    /// A whole seal of somebody else.
    UnknownSealer,
    /// Changed after it was sealed.
    Altered,
    /// Something was added behind.
    Appended,
    /// The seal is not whole.
    Broken,
    /// A PDF without a seal.
    Unsealed,
    /// An encrypted PDF.
    Encrypted,
    /// Larger than what is looked at.
    TooLarge,
    /// No PDF.
    NotPdf,
}

impl FileVerdict {
    /// Its word in the keys of its words: a title, what it means, what to do.
    fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Stored => "stored",
            Self::SealedOnly => "sealed-only",
            Self::UnknownHash => "unknown-hash",
            Self::UnknownSealer => "unknown-sealer",
            Self::Altered => "altered",
            Self::Appended => "appended",
            Self::Broken => "broken",
            Self::Unsealed => "unsealed",
            Self::Encrypted => "encrypted",
            Self::TooLarge => "too-large",
            Self::NotPdf => "not-pdf",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Valid => Tone::Good,
            Self::Stored | Self::SealedOnly | Self::UnknownHash => Tone::Warn,
            _ => Tone::Bad,
        }
    }
}

/// The page of a code.
pub fn render(shell: Shell, view: VerifyView) -> String {
    let t = shell.t();
    layout::render(shell.at("verify", t.t("verify-title")), move || {
        let checksum = match view.sha256 {
            Some(sha256) => notice(Tone::Info, t.t("verify-checksum"), checksums(t, sha256, view.other)),
            None => notice(Tone::Warn, t.t("verify-no-document"), vec![p(t.t("verify-no-document-text"))]),
        };
        let head = page_head(t.t("verify-title"), t.t("verify-lead"), Vec::new());
        let seal = view.seal.map(|s| card_titled(t.t("verify-seal"), vec![seal_facts(t, s)]));
        let parts =
            [Some(head), Some(contract_facts(t, view.contract)), Some(checksum), seal, Some(again(t))];
        column(parts.into_iter().flatten().collect())
    })
}

fn checksums(t: T, sha256: String, other: Option<OtherForm>) -> Vec<AnyView> {
    let mut parts = vec![code(sha256)];
    parts.extend(other.map(|o| other_form(t, o)));
    parts.extend([p(t.t("verify-how-1")), p(t.t("verify-how-2"))]);
    parts
}

/// Nothing but the space for the time stamp differs.
fn other_form(t: T, other: OtherForm) -> AnyView {
    let (words, sha256) = match other {
        OtherForm::Before(sha256) => ("verify-other-before", sha256),
        OtherForm::Stamped(sha256) => ("verify-other-stamped", sha256),
    };
    column(vec![p(t.t(words)), code(sha256)])
}

/// The page of a file.
pub fn render_file(shell: Shell, view: FileView) -> String {
    let t = shell.t();
    layout::render(shell.at("verify", t.t("verify-title")), move || {
        let word = view.verdict.word();
        let said = vec![p(t.t(&format!("verify-{word}-text"))), p(t.t(&format!("verify-{word}-next")))];
        let mut parts = vec![
            page_head(t.t("verify-title"), t.t("verify-file-lead"), Vec::new()),
            notice(view.verdict.tone(), t.t(&format!("verify-{word}")), said),
        ];
        parts.extend(view.contract.map(|c| contract_facts(t, c)));
        parts.extend(view.seal.map(|s| card_titled(t.t("verify-seal"), vec![seal_facts(t, s)])));
        parts.extend(view.sha256.map(|sha256| facts(vec![(t.t("verify-checksum"), code(sha256))])));
        parts.extend(view.other.map(|o| other_form(t, o)));
        parts.push(again(t));
        column(parts)
    })
}

fn again(t: T) -> AnyView {
    button_link(Weight::Secondary, t.t("verify-again"), t.url("/verify"))
}

fn contract_facts(t: T, c: ContractFacts) -> AnyView {
    let today = match c.today {
        Today::Yes => t.t("verify-today-yes"),
        Today::From(day) => t.tr("verify-today-from", &[("day", &calendar::date_in_words(day, t.0))]),
        Today::No => t.t("verify-today-no"),
    };
    let mut rows = vec![
        (t.t("verify-number"), text(c.number)),
        (t.t("verify-version"), text(c.version.to_string())),
        (t.t("verify-state"), state_badge(t, c.state)),
        (t.t("verify-today"), text(today)),
    ];
    if let Some((customer, provider)) = c.parties {
        rows.push((t.t("verify-customer"), text(customer)));
        rows.push((t.t("verify-provider"), text(provider)));
    }
    facts(rows)
}

fn seal_facts(t: T, s: SealView) -> AnyView {
    let kind = t.t(if s.self_made { "verify-seal-self-made" } else { "verify-seal-issued" });
    let level = match &s.stamp {
        StampView::Trusted(time, authority) => {
            t.tr("verify-level-t", &[("time", time), ("authority", authority)])
        }
        StampView::Unknown(time, authority) => {
            t.tr("verify-level-unknown", &[("time", time), ("authority", authority)])
        }
        StampView::None => t.t("verify-level-b"),
    };
    facts(vec![
        (t.t("verify-seal-by"), text(s.by)),
        (t.t("verify-seal-certificate"), column(vec![p(kind), code(s.certificate)])),
        (t.t("verify-seal-at"), text(s.at)),
        (t.t("verify-seal-level"), text(level)),
    ])
}

/// The form with both ways; with what was typed and what was wrong.
pub fn render_form(shell: Shell, typed: String, mistakes: Mistakes) -> String {
    let t = shell.t();
    layout::render(shell.at("verify", t.t("verify-title")), move || {
        let labels = [("code", t.t("verify-code")), ("file", t.t("verify-file"))];
        let field = Field::text("code", t.t("verify-code"))
            .hint(t.t("verify-code-hint"))
            .value(typed)
            .check(t, &mistakes)
            .view();
        let by_code =
            vec![p(t.t("verify-by-code-text")), filters(t.url("/verify"), vec![field], t.t("verify-button"))];
        column(vec![
            error_summary(t, &mistakes, &labels),
            page_head(t.t("verify-title"), t.t("verify-form-lead"), Vec::new()),
            grid(vec![
                card_titled(t.t("verify-by-code"), by_code),
                card_titled(t.t("verify-by-file"), by_file(t, &mistakes)),
            ]),
        ])
    })
}

fn by_file(t: T, mistakes: &Mistakes) -> Vec<AnyView> {
    let file = Field::file("file", t.t("verify-file"), "application/pdf,.pdf")
        .hint(t.t("verify-file-hint"))
        .check(t, mistakes)
        .view();
    let island = view! {
        <FileCheck
            of="file".to_string()
            address=t.url("/verify/sha256/")
            label=t.t("verify-file-here")
            working=t.t("verify-file-working")
            failed=t.t("verify-file-failed")
        />
    };
    vec![
        p(t.t("verify-by-file-text")),
        form_upload(
            t.url("/verify"),
            vec![file],
            vec![island.into_any(), button_primary(t.t("verify-file-button"))],
        ),
    ]
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    let shell = || crate::samples::shell(lang, "/verify/7H3K-9QWM-2XPA");
    let contract = |state, today, parties| ContractFacts {
        number: "AV-2026-00017".into(),
        version: 1,
        state,
        today,
        parties,
    };
    let named = Some(("Müller & Söhne GmbH".to_string(), "Fluxpunkt GmbH".to_string()));
    let seal = |stamp| SealView {
        by: "Fluxpunkt GmbH – AV-Portal".into(),
        certificate: "a7".repeat(32),
        self_made: true,
        at: "23. November 2026, 10:00 Uhr (Europe/Berlin)".into(),
        stamp,
    };
    let stamp = |kind: fn(String, String) -> StampView| {
        kind("23. November 2026, 10:00 Uhr (Europe/Berlin)".into(), "Zeitstempeldienst".into())
    };
    let view = |state, today, sha256: Option<String>| VerifyView {
        contract: contract(state, today, named.clone()),
        other: sha256.as_ref().map(|_| OtherForm::Before("7d".repeat(32))),
        seal: sha256.as_ref().map(|_| seal(stamp(StampView::Trusted))),
        sha256,
    };
    let day = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap_or_default();
    let sha256 = || Some("5f".repeat(32));
    let file = |verdict, contract, seal: Option<SealView>| {
        let sha256 = (verdict != FileVerdict::TooLarge).then(|| "5f".repeat(32));
        let bare = seal.as_ref().is_some_and(|s| s.stamp == StampView::None);
        let other =
            bare.then(|| OtherForm::Stamped("7d".repeat(32))).filter(|_| verdict == FileVerdict::Valid);
        render_file(shell(), FileView { verdict, contract, seal, sha256, other })
    };
    let known = || Some(contract(StateName::InForce, Today::Yes, None));
    let wrong = |field, code| {
        let mut mistakes = Mistakes::default();
        mistakes.add(field, code);
        mistakes
    };
    vec![
        ("verify", render(shell(), view(StateName::InForce, Today::From(day), sha256()))),
        ("verify-form", render_form(shell(), String::new(), Mistakes::default())),
        ("verify-wrong", render_form(shell(), "AV-1".into(), wrong("code", "contract-code"))),
        ("verify-no-file", render_form(shell(), String::new(), wrong("file", "file-missing"))),
        ("verify-none", render(shell(), view(StateName::Offered, Today::No, None))),
        ("verify-file-valid", file(FileVerdict::Valid, known(), Some(seal(stamp(StampView::Trusted))))),
        ("verify-file-unstamped", file(FileVerdict::Valid, known(), Some(seal(StampView::None)))),
        ("verify-file-met", file(FileVerdict::Valid, known(), Some(seal(stamp(StampView::Unknown))))),
        ("verify-file-stored", file(FileVerdict::Stored, known(), None)),
        ("verify-file-sealed-only", file(FileVerdict::SealedOnly, None, Some(seal(StampView::None)))),
        ("verify-file-unknown-hash", file(FileVerdict::UnknownHash, None, None)),
        ("verify-file-unknown-sealer", file(FileVerdict::UnknownSealer, None, Some(seal(StampView::None)))),
        ("verify-file-altered", file(FileVerdict::Altered, None, None)),
        ("verify-file-appended", file(FileVerdict::Appended, None, None)),
        ("verify-file-broken", file(FileVerdict::Broken, None, None)),
        ("verify-file-unsealed", file(FileVerdict::Unsealed, None, None)),
        ("verify-file-encrypted", file(FileVerdict::Encrypted, None, None)),
        ("verify-file-too-large", file(FileVerdict::TooLarge, None, None)),
        ("verify-file-not-pdf", file(FileVerdict::NotPdf, None, None)),
    ]
}
