//! The technician's search field: number, name, address, domain or phone in one, over the customers in memory.

use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::CustomerId;
use domain::audit::Event;
use domain::gate::{CustomerFact, Facts};
use domain::text::{self, search_key};
use std::collections::HashMap;

/// Hits shown at most.
pub const MOST: usize = 8;

/// Every customer with its folded text, made when the facts are read.
#[derive(Debug, Default)]
pub struct Index(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    hit: Hit,
    /// `search_key` of the number.
    number: String,
    /// `search_key` of the name.
    name: String,
    /// Everything that can be looked for, folded; words are parted by one blank.
    all: String,
}

/// A customer that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number.
    pub number: String,
    /// Full name.
    pub name: String,
    /// Something to tell it from others of the same name: its first domain; may be empty.
    pub note: String,
}

/// How well it fits; the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Number,
    Word,
    NumberBegins,
    NameBegins,
    WordsBegin,
    Inside,
}

/// Records that a program was given a list of customers, of people, or of what they may do.
///
/// # Errors
/// When the database cannot be reached; then the list is not given.
pub async fn listed(portal: &Portal, event: Event, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    work.record(event);
    portal.commit(work, now).await
}

impl Index {
    /// An index over these customers; `texts` are what lists search through, folded already.
    pub fn new(facts: &Facts, texts: Vec<(CustomerId, String)>) -> Self {
        let mut texts: HashMap<_, _> = texts.into_iter().collect();
        Self(facts.customers().map(|c| entry(c, texts.remove(&c.id).unwrap_or_default())).collect())
    }

    /// The customers that fit best, the best first; none for an empty query.
    pub fn find(&self, query: &str) -> Vec<Hit> {
        let Some(wanted) = Wanted::read(query) else { return Vec::new() };
        let fits = |e| wanted.fit(e).map(|fit| (fit, e));
        let mut found: Vec<(Fit, &Entry)> = self.0.iter().filter_map(fits).collect();
        let order = |a: &(Fit, &Entry), b: &(Fit, &Entry)| {
            (a.0, &a.1.name, &a.1.number).cmp(&(b.0, &b.1.name, &b.1.number))
        };
        if found.len() > MOST {
            found.select_nth_unstable_by(MOST, order);
            found.truncate(MOST);
        }
        found.sort_unstable_by(order);
        // Who types a whole number or address means this one.
        if let [(Fit::Number, one), ..] = found[..] {
            return vec![one.hit.clone()];
        }
        found.into_iter().map(|(_, e)| e.hit.clone()).collect()
    }
}

fn entry(c: &CustomerFact, mut all: String) -> Entry {
    let more = [&c.number, &c.name].into_iter().chain(&c.domains).chain(&c.contact_emails).chain(&c.phones);
    for part in more.map(|part| search_key(part)) {
        // The stored text has most of it already.
        if !all.contains(&part) {
            all.push(' ');
            all.push_str(&part);
        }
    }
    let hit = Hit {
        number: c.number.clone(),
        name: c.name.clone(),
        note: c.domains.first().cloned().unwrap_or_default(),
    };
    Entry { hit, number: search_key(&c.number), name: search_key(&c.name), all }
}

struct Wanted {
    whole: String,
    words: Vec<String>,
    /// The typed signs as the beginning of an E.164 number, when they can be one.
    phone: Option<String>,
}

impl Wanted {
    fn read(query: &str) -> Option<Self> {
        let short: String = query.chars().take(200).collect();
        let whole = search_key(&short);
        let words: Vec<String> = whole.split(' ').filter(|w| !w.is_empty()).map(Into::into).collect();
        (!words.is_empty()).then(|| Self { phone: phone(&short), whole, words })
    }

    fn fit(&self, e: &Entry) -> Option<Fit> {
        if e.number == self.whole {
            return Some(Fit::Number);
        }
        let words = self.words.iter().all(|w| e.all.contains(w.as_str()));
        let phone = self.phone.as_deref().filter(|p| e.all.contains(p));
        if !words && phone.is_none() {
            return None;
        }
        let whole = |w: &str| w == self.whole || Some(w) == phone;
        let begins = |w: &String| e.all.split(' ').any(|word| word.starts_with(w.as_str()));
        Some(match () {
            () if e.all.split(' ').any(whole) => Fit::Word,
            () if e.number.starts_with(&self.whole) => Fit::NumberBegins,
            () if e.name.starts_with(&self.whole) => Fit::NameBegins,
            () if phone.is_some() || self.words.iter().all(begins) => Fit::WordsBegin,
            () => Fit::Inside,
        })
    }
}

/// `07022 12`, `0049 7022/12`, `+49 (0) 7022-12` as `+49702212`.
fn phone(query: &str) -> Option<String> {
    if let Ok(whole) = text::phone("q", query) {
        return Some(whole);
    }
    let fits = query.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c));
    let digits: String = query.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    if !fits || digits.len() < 4 {
        return None;
    }
    if query.trim_start().starts_with('+') {
        return Some(format!("+{digits}"));
    }
    Some(match (digits.strip_prefix("00"), digits.strip_prefix('0')) {
        (Some(rest), _) => format!("+{rest}"),
        (None, Some(rest)) => format!("+49{rest}"),
        (None, None) => digits,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use domain::Lang;
    use domain::service::ServiceSet;
    use uuid::Uuid;

    fn customer(n: u128, number: &str, name: &str, phone: &str, domain: &str) -> CustomerFact {
        CustomerFact {
            id: CustomerId(Uuid::from_u128(n)),
            number: number.into(),
            name: name.into(),
            language: Lang::De,
            service_contract: false,
            doubt: false,
            objections: ServiceSet::default(),
            contracts: Vec::new(),
            contact_emails: vec![format!("info@{domain}")],
            phones: vec![phone.into()],
            domains: vec![domain.into()],
        }
    }

    fn index() -> Index {
        let all = vec![
            customer(1, "K10023", "Bäckerei Müller GmbH", "+4970221234567", "mueller.example"),
            customer(2, "K100230", "Müllerei Sägebrecht", "+493023125101", "saegebrecht.example"),
            customer(3, "K7", "Kanzlei Weiß", "+4311234567", "weiss.example"),
        ];
        Index::new(&Facts::new(all, 1, DateTime::UNIX_EPOCH), Vec::new())
    }

    fn numbers(query: &str) -> Vec<String> {
        index().find(query).into_iter().map(|h| h.number).collect()
    }

    #[test]
    fn one_field_finds_by_everything() {
        assert_eq!(numbers("k10023"), ["K10023"], "a whole number means this one");
        assert_eq!(numbers("k1002"), ["K10023", "K100230"]);
        assert_eq!(numbers("Mueller"), ["K10023", "K100230"], "the one whose word it is first");
        assert_eq!(numbers("sägebrecht"), ["K100230"]);
        assert_eq!(numbers("gmbh baeck"), ["K10023"]);
        assert_eq!(numbers("INFO@weiss.example"), ["K7"]);
        assert_eq!(numbers("weiss.example"), ["K7"]);
        for phone in ["07022 / 123-4567", "+49 (0) 7022 1234567", "004970221234567", "07022 1234", "7022123"]
        {
            assert_eq!(numbers(phone), ["K10023"], "{phone}");
        }
        assert_eq!(numbers("kanzlei nirgends"), [""; 0]);
        assert_eq!(numbers("  &  "), [""; 0]);
    }
}
