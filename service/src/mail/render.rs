//! Template and values → subject, text, HTML. The structure (subject, paragraphs, the button, the code) is read from
//! the template before any value is put in, so that nothing a person typed can become a button or a header.
//!
//! Template: first line `Subject: …`; paragraphs between blank lines; `> Label | {link}` is the one button,
//! `= {code}` a large code; the last paragraph says why one gets the mail and stands below the line.

use crate::content::MailTemplate;
use crate::problem::{Result, internal};
use askama::Template as _;
use domain::Lang;
use domain::template::{Values, fill};

/// A mail as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// A whole HTML document.
    pub html: String,
}

/// Stands in a payload where a secret was forgotten; shown instead of link or code.
pub const FORGOTTEN: &str = "•••";

/// A piece of a mail, values already in it.
enum Block {
    Paragraph(String),
    Button { label: String, link: String },
    Code(String),
}

#[derive(askama::Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    lang: &'a str,
    subject: &'a str,
    sender: &'a str,
    blocks: &'a [Block],
    foot: &'a str,
}

/// Renders a mail.
///
/// # Errors
/// When a value is missing, or the link leads nowhere a mail may lead.
pub fn render(template: &MailTemplate, lang: Lang, values: &Values) -> Result<Rendered> {
    let source = template.text.get(lang).replace("\r\n", "\n");
    let (head, body) = source.split_once('\n').unwrap_or((&source, ""));
    let subject = head.strip_prefix("Subject: ").ok_or_else(|| internal("a mail without a subject"))?;
    let subject = one_line(&fill(subject, values).map_err(internal)?);
    let mut blocks = body
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| block(part, values))
        .collect::<Result<Vec<_>>>()?;
    let text = text_of(&blocks);
    let foot = match blocks.pop() {
        Some(Block::Paragraph(foot)) => foot,
        other => {
            blocks.extend(other);
            String::new()
        }
    };
    let sender = values.get("provider_name").map(|s| one_line(s)).unwrap_or_default();
    let html = Html { lang: lang.code(), subject: &subject, sender: &sender, blocks: &blocks, foot: &foot };
    let html = html.render().map_err(internal)?;
    Ok(Rendered { subject, text, html })
}

fn block(part: &str, values: &Values) -> Result<Block> {
    let filled = |s: &str| fill(s.trim(), values).map_err(internal);
    if let Some(button) = part.strip_prefix("> ") {
        let (label, link) = button.split_once(" | ").ok_or_else(|| internal("a button without a link"))?;
        return Ok(Block::Button { label: one_line(&filled(label)?), link: address(&filled(link)?)? });
    }
    if let Some(code) = part.strip_prefix("= ") {
        return Ok(Block::Code(one_line(&filled(code)?)));
    }
    Ok(Block::Paragraph(filled(part)?))
}

/// Only web addresses; nothing where the link was forgotten.
fn address(link: &str) -> Result<String> {
    if link == FORGOTTEN {
        return Ok(String::new());
    }
    let web = link.starts_with("https://") || link.starts_with("http://");
    let whole = !link.chars().any(|c| c.is_whitespace() || c.is_control());
    if web && whole { Ok(link.into()) } else { Err(internal("a mail with a link that is no web address")) }
}

fn text_of(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks
        .iter()
        .map(|b| match b {
            Block::Paragraph(text) => text.clone(),
            Block::Button { label, link } if link.is_empty() => format!("{label}: {FORGOTTEN}"),
            Block::Button { label, link } => format!("{label}:\n{link}"),
            Block::Code(code) => format!("    {code}"),
        })
        .collect();
    parts.join("\n\n") + "\n"
}

/// Folds everything that could end a line to one blank: a header has one line.
pub(super) fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::Both;

    fn template(text: &str) -> MailTemplate {
        MailTemplate { text: Both { de: text.into(), en: text.into() }, sample: Values::new() }
    }

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect()
    }

    const TEXT: &str =
        "Subject: Vertrag {number}\n\nHallo {name},\n\n> Öffnen | {link}\n\n= {code}\n\nWeil.\n";

    #[test]
    fn values_never_become_structure() {
        let hostile = values(&[
            ("number", "1\r\nBcc: x@example.org"),
            ("name", "A\n\n> Klick | https://evil.example\n\n<b>&\"'"),
            ("link", "https://av.example.org/de/x?a=1&b=\"2\""),
            ("code", "1\n2"),
        ]);
        let mail = render(&template(TEXT), Lang::De, &hostile).unwrap();
        assert_eq!(mail.subject, "Vertrag 1 Bcc: x@example.org");
        assert_eq!(mail.html.matches("<a ").count(), 1);
        assert!(!mail.html.contains("<b>") && !mail.html.contains("b=\"2\""), "{}", mail.html);
        assert!(mail.text.contains("    1 2\n"));
    }

    #[test]
    fn links_lead_to_the_web_or_are_refused() {
        for bad in ["javascript:alert(1)", "data:text/html,x", "/de/desk", "https://a b"] {
            let v = values(&[("number", "1"), ("name", "A"), ("link", bad), ("code", "1")]);
            assert!(render(&template(TEXT), Lang::De, &v).is_err(), "{bad}");
        }
        let v = values(&[("number", "1"), ("name", "A"), ("link", FORGOTTEN), ("code", FORGOTTEN)]);
        let mail = render(&template(TEXT), Lang::De, &v).unwrap();
        assert!(!mail.html.contains("<a ") && mail.text.contains("Öffnen: •••"));
    }

    #[test]
    fn a_missing_value_is_an_error() {
        assert!(render(&template(TEXT), Lang::De, &values(&[("number", "1")])).is_err());
    }
}
