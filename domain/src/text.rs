//! Text values: language, e-mail, phone, domain, and the folding that search uses.

use crate::Mistake;
use serde::{Deserialize, Serialize};

/// The two languages of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// German; prevails where a text exists in both.
    #[default]
    De,
    /// English.
    En,
}

impl Lang {
    /// Both, German first.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// `de` or `en`, as in URLs, CSV and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code() == s)
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::De => Self::En,
            Self::En => Self::De,
        }
    }
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both<T = String> {
    /// German.
    pub de: T,
    /// English.
    pub en: T,
}

impl<T> Both<T> {
    /// The one in `lang`.
    pub fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::De => &self.de,
            Lang::En => &self.en,
        }
    }
}

/// Trims, folds inner white space to one blank, refuses control characters and over-long values.
///
/// # Errors
/// `required` when empty, `too-long` over `max` characters, `control-characters`.
pub fn line(field: &str, value: &str, max: usize) -> Result<String, Mistake> {
    let folded = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.is_empty() {
        return Err(Mistake::new(field, "required"));
    }
    optional_line(field, &folded, max)
}

/// Like [`line`], but may be empty.
///
/// # Errors
/// As [`line`], without `required`.
pub fn optional_line(field: &str, value: &str, max: usize) -> Result<String, Mistake> {
    let folded = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.chars().count() > max {
        return Err(Mistake::with(field, "too-long", max));
    }
    if folded.chars().any(is_hidden) {
        return Err(Mistake::new(field, "control-characters"));
    }
    Ok(folded)
}

/// Text of several lines (a reason, a weighing): trimmed, line ends unified, at most `max` characters.
///
/// # Errors
/// `too-long`, `control-characters` (except line breaks).
pub fn paragraph(field: &str, value: &str, max: usize) -> Result<String, Mistake> {
    let text = value.replace("\r\n", "\n").trim().to_string();
    if text.chars().count() > max {
        return Err(Mistake::with(field, "too-long", max));
    }
    if text.chars().any(|c| is_hidden(c) && c != '\n' && c != '\t') {
        return Err(Mistake::new(field, "control-characters"));
    }
    Ok(text)
}

/// Control characters, and the signs that turn the direction of text or cannot be seen: a name with them reads
/// otherwise than it is stored.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A date as people write it in a form: `2026-11-23` (date fields send this) or `23.11.2026`.
///
/// # Errors
/// As [`crate::import::date`].
pub fn date(field: &str, value: &str) -> Result<chrono::NaiveDate, Mistake> {
    let parts: Vec<&str> = value.trim().split('.').map(str::trim).collect();
    match parts[..] {
        [d, m, y] => crate::import::date(field, &format!("{y:0>4}-{m:0>2}-{d:0>2}")),
        _ => crate::import::date(field, value),
    }
    .map_err(|m| if m.code == "date" { Mistake::with(field, "date", value.trim()) } else { m })
}

/// An e-mail address, lower-cased as a whole: two spellings of one address must not make two accounts.
///
/// # Errors
/// `required`, `email` when it is none (RFC 5321 lengths; no quoted local parts, no comments).
pub fn email(field: &str, value: &str) -> Result<String, Mistake> {
    let address = line(field, value, 254)?.to_lowercase();
    let bad = || Mistake::with(field, "email", &address);
    let (local, host) = address.split_once('@').ok_or_else(bad)?;
    let local_ok = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    if local_ok && is_domain(host) { Ok(address) } else { Err(bad()) }
}

/// A domain name such as `example.org`, lower-case, with at least one dot.
///
/// # Errors
/// `domain` when it is none.
pub fn domain(field: &str, value: &str) -> Result<String, Mistake> {
    let name = line(field, value, 253)?.to_lowercase();
    let name = name.trim_end_matches('.').to_string();
    if is_domain(&name) { Ok(name) } else { Err(Mistake::with(field, "domain", name)) }
}

fn is_domain(host: &str) -> bool {
    let label_ok = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    host.contains('.') && host.len() <= 253 && host.split('.').all(label_ok)
}

/// A phone number reduced to `+` and digits. Numbers without country code are read as German (`0…`).
///
/// # Errors
/// `phone` when it has other signs than digits, blanks, `+ - / ( ) .` or the wrong length (E.164: 15 digits).
pub fn phone(field: &str, value: &str) -> Result<String, Mistake> {
    let raw = line(field, value, 40)?;
    let bad = || Mistake::with(field, "phone", &raw);
    if !raw.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c)) {
        return Err(bad());
    }
    let plus = raw.starts_with('+');
    let digits: String = raw.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let international = match (plus, digits.strip_prefix("00"), digits.strip_prefix('0')) {
        (true, _, _) => digits.clone(),
        (false, Some(rest), _) => rest.to_string(),
        (false, None, Some(rest)) => format!("49{rest}"),
        (false, None, None) => return Err(bad()),
    };
    let fits = (7..=15).contains(&international.len()) && !international.starts_with('0');
    if fits { Ok(format!("+{international}")) } else { Err(bad()) }
}

/// ISO 3166-1 alpha-2 code, upper-case; only codes that exist.
///
/// # Errors
/// `required`, `country`.
pub fn country(field: &str, value: &str) -> Result<String, Mistake> {
    let code = line(field, value, 20)?.to_ascii_uppercase(); // not `ß` to `SS`, which is South Sudan
    if COUNTRIES.split(' ').any(|c| c == code) {
        Ok(code)
    } else {
        Err(Mistake::with(field, "country", code))
    }
}

/// The assigned ISO 3166-1 alpha-2 codes.
pub const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The folding that search uses on both sides: lower-case, `ä→a`, `ß→ss`, accents off, other signs to blanks.
/// Databases differ in how they compare such letters, so Rust does it (and both `Müller` and `Mueller` find him).
pub fn search_key(value: &str) -> String {
    let mut key = String::with_capacity(value.len());
    for c in value.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' | 'à' | 'á' | 'â' | 'ã' | 'å' => key.push('a'),
            'ö' | 'ò' | 'ó' | 'ô' | 'õ' | 'ø' => key.push('o'),
            'ü' | 'ù' | 'ú' | 'û' => key.push('u'),
            'è' | 'é' | 'ê' | 'ë' => key.push('e'),
            'ì' | 'í' | 'î' | 'ï' => key.push('i'),
            'ç' => key.push('c'),
            'ñ' => key.push('n'),
            'ß' => key.push_str("ss"),
            'æ' => key.push_str("ae"),
            c if c.is_alphanumeric() || "@.+-_".contains(c) => key.push(c),
            _ => key.push(' '),
        }
    }
    let words = key.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_finds_umlauts_in_every_spelling() {
        assert_eq!(search_key("Müller & Söhne GmbH"), search_key("MUELLER  Soehne gmbh"));
        assert_eq!(search_key("Weiß"), search_key("weiss"));
    }

    #[test]
    fn emails_are_read_or_refused() {
        assert_eq!(email("e", " Anna@Example.ORG ").unwrap(), "anna@example.org");
        for bad in [
            "",
            "anna",
            "anna@",
            "@example.org",
            "a b@example.org",
            "a@b",
            "a@-b.de",
            "a..b@c.de",
            "a\r\nb@c.de",
        ] {
            assert!(email("e", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn phones_become_e164() {
        assert_eq!(phone("p", "07022 / 123-456").unwrap(), "+497022123456");
        assert_eq!(phone("p", "+49 (0) 7022 123456").unwrap(), "+497022123456");
        assert_eq!(phone("p", "0043 1 2345678").unwrap(), "+4312345678");
        for bad in ["12", "call me", "+", "123456789", "+49123456789012345"] {
            assert!(phone("p", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn all_countries_are_two_letters() {
        assert_eq!(COUNTRIES.split(' ').count(), 249);
        assert!(COUNTRIES.split(' ').all(|c| c.len() == 2));
        assert!(country("c", "de").is_ok() && country("c", "XX").is_err());
    }
}
