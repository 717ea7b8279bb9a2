//! What a check found.

use domain::audit::{Break, TreeHead};
use domain::merkle::Hash;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many entries were good.
    pub entries: i64,
    /// Hash of the last good one: whoever keeps it elsewhere can prove later that nothing before it changed.
    pub head: String,
    /// Where and how the chain, or what vouches for it, is broken; `None` when all is whole.
    pub broken: Option<Break>,
    /// The heads that were found good.
    pub heads: Heads,
}

/// Heads that agree with the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heads {
    /// How many.
    pub count: u64,
    /// How many of them are signed.
    pub signed: u64,
    /// How many signatures were checked and are by a key of the provider.
    pub checked: u64,
    /// The newest.
    pub newest: Option<TreeHead>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn whole(&self) -> bool {
        self.broken.is_none()
    }

    pub(super) fn of((entries, head): (i64, Hash), broken: Option<Break>, heads: Heads) -> Self {
        Self { entries, head: head.to_string(), broken, heads }
    }
}

/// A break for the terminal.
pub fn in_words(b: &Break) -> String {
    match b {
        Break::Sequence(expected, found) => {
            format!("entry {expected} is missing, doubled or moved (found {found})")
        }
        Break::Link(seq) => format!("entry {seq} does not follow the one before it"),
        Break::Content(seq) => format!("the text of entry {seq} is not what was hashed"),
        Break::Columns(seq) => format!("the columns of entry {seq} differ from its text"),
        Break::Truncated(there, vouched) => {
            format!("entries {} to {vouched} are missing: a head vouches for them", there + 1)
        }
        Break::Rewritten(good, vouched) => {
            let from = good + 1;
            format!(
                "the chain was made anew: entries {from} to {vouched} are not those that a head vouches for"
            )
        }
        Break::Tree(seq) => format!("the stored tree differs from the entries up to {seq}"),
        Break::Head(number) => format!("head {number} is missing, doubled or out of order"),
        Break::Signature(number) => format!("the signature of head {number} is not by a key of this portal"),
        Break::Unsigned(number) => format!("head {number} has no signature, and must have one"),
    }
}
