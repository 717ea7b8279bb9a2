//! The linter of contract texts: a version is released, published and offered only without findings. It looks for
//! the points of Art. 28(3) GDPR, for every item of the checklist, for what must not be there, for values and options
//! that nobody fills, and for differences between the two languages. All findings at once, each with its place.

mod checklist;

mod law;

mod shape;

use crate::legal_text::SectionSource;
use crate::text::{Both, Lang};
use serde::Deserialize;
use std::fmt;

pub use checklist::choices;
pub use law::{ALTERNATIVES, FORBIDDEN, POINTS, items};

/// A text version as written, with what the program can fill in.
#[derive(Clone, Debug)]
pub struct TextUnderTest<'a> {
    /// The files with their sections, in their order.
    pub sheets: Both<Vec<Sheet<'a>>>,
    /// Where each item of the law stands.
    pub checklist: &'a [Item],
    /// Ids of the boxes ticked at signing.
    pub boxes: Vec<&'a str>,
    /// Names of the values that the program puts in.
    pub values: &'a [&'a str],
    /// Names of the options that the program sets.
    pub options: &'a [&'a str],
    /// Numbers of the clauses in the official wording that the text takes in by reference; `None` for a text that
    /// stands alone.
    pub wording: Option<Both<Vec<u8>>>,
}

/// A file with its section.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// Name of the file below the version, such as `de/03-subject.txt`.
    pub file: &'a str,
    /// What it says.
    pub section: &'a SectionSource,
}

/// A row of `checklist.toml`: where an item of the law stands in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// `A1` … `L76`.
    pub id: String,
    /// How it is tested: T text, V value, N must be absent, X across documents.
    #[serde(default)]
    pub kind: String,
    /// The clause that says it.
    #[serde(default)]
    pub clause: String,
    /// The clause of the official wording that says it, such as `7.7`; only in a text that takes the wording in.
    #[serde(default)]
    pub official: String,
    /// The annex that holds the values besides.
    #[serde(default)]
    pub annex: Option<u8>,
    /// German words in that clause.
    #[serde(default)]
    pub de: String,
    /// English words in that clause.
    #[serde(default)]
    pub en: String,
    /// Further words that must stand in the same clause.
    #[serde(default)]
    pub and: Vec<Both>,
    /// Words that must stand nowhere.
    #[serde(default)]
    pub absent: Vec<String>,
}

impl Item {
    /// All words that must stand in its clause, in a language.
    pub fn anchors(&self, lang: Lang) -> impl Iterator<Item = &str> {
        let own = match lang {
            Lang::De => &self.de,
            Lang::En => &self.en,
        };
        std::iter::once(own.as_str()).chain(self.and.iter().map(move |b| b.get(lang).as_str()))
    }
}

/// Something wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// File, and clause where there is one: `de/03-subject.txt [subject.matter]`.
    pub place: String,
    /// What.
    pub fault: Fault,
}

/// What is wrong. The sentence for people is `text-finding-<code>` in `content/ui`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A point of Art. 28(3) is not answered.
    Point(&'static str),
    /// An item of the checklist is not answered, or twice, or unknown.
    Item(String),
    /// A clause that answers an item is left out under this choice of options.
    LeftOut(String, String),
    /// Words that must stand in the clause do not.
    Words(String, String),
    /// Words that must not stand anywhere do.
    Forbidden(String, String),
    /// A value, a reference or an option that the program does not know.
    Unknown(String),
    /// Something left over from writing, or a brace without its partner.
    LeftOver(String),
    /// The languages differ.
    Languages(String),
    /// Alternatives of which exactly one must be printed.
    Alternatives(String),
    /// A clause's id is used twice, does not begin with its section, or says nothing.
    Clause(String),
    /// A box that every text has is missing.
    Box(String),
    /// The official wording is not loaded, or not whole.
    Wording(String),
}

impl Fault {
    /// Stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Point(_) => "point",
            Self::Item(_) => "item",
            Self::LeftOut(..) => "left-out",
            Self::Words(..) => "words",
            Self::Forbidden(..) => "forbidden",
            Self::Unknown(_) => "unknown",
            Self::LeftOver(_) => "left-over",
            Self::Languages(_) => "languages",
            Self::Alternatives(_) => "alternatives",
            Self::Clause(_) => "clause",
            Self::Box(_) => "box",
            Self::Wording(_) => "wording",
        }
    }

    /// What the sentence quotes.
    pub fn detail(&self) -> String {
        match self {
            Self::Point(point) => (*point).into(),
            Self::LeftOut(item, what) | Self::Words(item, what) | Self::Forbidden(item, what) => {
                format!("{item}: {what}")
            }
            Self::Item(s)
            | Self::Unknown(s)
            | Self::LeftOver(s)
            | Self::Languages(s)
            | Self::Alternatives(s)
            | Self::Clause(s)
            | Self::Box(s)
            | Self::Wording(s) => s.clone(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match &self.fault {
            Fault::Point(_) => "Art. 28(3) GDPR is not answered",
            Fault::Item(_) => "the checklist item is not answered exactly once",
            Fault::LeftOut(..) => "no clause is printed for the item under this choice of options",
            Fault::Words(..) => "the words that answer the item are not in the clause",
            Fault::Forbidden(..) => "these words must not stand in a text",
            Fault::Unknown(_) => "nobody fills this in",
            Fault::LeftOver(_) => "left over from writing",
            Fault::Languages(_) => "the two languages differ",
            Fault::Alternatives(_) => "of these exactly one must be printed",
            Fault::Clause(_) => "the clause has no good id, or no text",
            Fault::Box(_) => "this box is missing at the signature",
            Fault::Wording(_) => "the official wording is not there as a whole",
        };
        write!(f, "{}: {what}: {}", self.place, self.fault.detail())
    }
}

/// Everything that is wrong with a text; nothing for one that may be released.
pub fn lint(text: &TextUnderTest<'_>) -> Vec<Finding> {
    let mut findings = shape::check(text);
    findings.extend(checklist::check(text));
    findings
}

pub(crate) fn at(place: impl Into<String>, fault: Fault) -> Finding {
    Finding { place: place.into(), fault }
}

/// Place of a clause in a file.
pub(crate) fn clause_in(sheet: &Sheet<'_>, clause: &str) -> String {
    format!("{} [{clause}]", sheet.file)
}
