//! Placeholders in braces. A value is always text: nothing in it is read again, so `{` typed by a customer
//! stays a brace. An unknown or an unclosed placeholder is a mistake of the text, never an empty spot.

use std::collections::BTreeMap;
use thiserror::Error;

/// The values of a template by name.
pub type Values = BTreeMap<String, String>;

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// A placeholder for which there is no value.
    #[error("no value for {{{0}}}")]
    Unknown(String),
    /// A brace without its partner.
    #[error("a brace without its partner near {0:?}")]
    Unclosed(String),
}

/// Puts the values in.
///
/// # Errors
/// [`TemplateError`]; nothing is filled in half.
pub fn fill(template: &str, values: &Values) -> Result<String, TemplateError> {
    fill_with(template, |name| values.get(name).cloned())
}

/// Puts in what `value_of` gives for each name.
///
/// # Errors
/// As [`fill`].
pub fn fill_with(template: &str, value_of: impl Fn(&str) -> Option<String>) -> Result<String, TemplateError> {
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let near = || TemplateError::Unclosed(rest[at..].chars().take(20).collect());
        let inner = rest[at..].strip_prefix('{').ok_or_else(near)?;
        let end = inner.find(['{', '}']).filter(|e| inner.as_bytes()[*e] == b'}').ok_or_else(near)?;
        let name = &inner[..end];
        out.push_str(&value_of(name).ok_or_else(|| TemplateError::Unknown(name.into()))?);
        rest = &inner[end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_text_and_never_read_again() {
        let values = Values::from([("a".into(), "{b}".into()), ("b".into(), "no".into())]);
        assert_eq!(fill("x {a} y", &values).unwrap(), "x {b} y");
    }

    #[test]
    fn a_bad_template_says_where() {
        let none = Values::new();
        assert_eq!(fill("{nobody}", &none), Err(TemplateError::Unknown("nobody".into())));
        for bad in ["{a", "a}", "{a{b}}"] {
            assert!(matches!(fill(bad, &none), Err(TemplateError::Unclosed(_))), "{bad}");
        }
    }
}
