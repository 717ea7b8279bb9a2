//! A rendered mail as RFC 5322 bytes. The same job gives the same bytes and the same Message-ID at every try, so that
//! a mail sent twice after a crash can be told to be one.

use super::render::{Rendered, one_line};
use crate::problem::{Result, internal};
use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

/// A stored document that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// File name for people.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// From, to, when, and under which id.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// Sender as configured.
    pub from: &'a str,
    /// Address.
    pub to: &'a str,
    /// Full name.
    pub name: &'a str,
    /// Id of the job.
    pub id: &'a str,
    /// When.
    pub at: DateTime<Utc>,
}

/// Puts it together.
///
/// # Errors
/// When an address is none.
pub fn message(mail: &Rendered, envelope: &Envelope<'_>, enclosures: &[Enclosure]) -> Result<Message> {
    let from: Mailbox = envelope.from.parse().map_err(|_| internal("the sender is no address"))?;
    let to = envelope.to.parse().map_err(|_| internal("the recipient is no address"))?;
    let to = Mailbox::new(Some(one_line(envelope.name)), to);
    let id = format!("<{}@{}>", envelope.id, from.email.domain());
    Message::builder()
        .from(from)
        .to(to)
        .subject(one_line(&mail.subject))
        .date(envelope.at.into())
        .message_id(Some(id))
        .raw_header(header("Auto-Submitted", "auto-generated")?)
        .raw_header(header("X-Auto-Response-Suppress", "All")?)
        .multipart(body(mail, envelope.id, enclosures)?)
        .map_err(internal)
}

fn header(name: &str, value: &str) -> Result<HeaderValue> {
    Ok(HeaderValue::new(HeaderName::new_from_ascii(name.into()).map_err(internal)?, value.into()))
}

fn body(mail: &Rendered, id: &str, enclosures: &[Enclosure]) -> Result<MultiPart> {
    let both = MultiPart::alternative()
        .boundary(format!("text-{id}"))
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    if enclosures.is_empty() {
        return Ok(both);
    }
    let whole = MultiPart::mixed().boundary(format!("mail-{id}")).multipart(both);
    enclosures.iter().try_fold(whole, |whole, e| {
        let media_type: ContentType = e.media_type.parse().map_err(internal)?;
        Ok(whole.singlepart(Attachment::new(one_line(&e.name)).body(e.bytes.clone(), media_type)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn nothing_typed_becomes_a_header_and_the_bytes_are_the_same() {
        let mail = Rendered {
            subject: "Übersicht\r\nBcc: x@example.org".into(),
            text: "ä\n".into(),
            html: "<p>ä".into(),
        };
        let envelope = Envelope {
            from: "AV-Portal <portal@provider.example>",
            to: "anna@example.org",
            name: "Anna\r\nBcc: y@example.org",
            id: "0192f000",
            at: Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap(),
        };
        let pdf = Enclosure {
            name: "Vertrag ä.pdf".into(),
            media_type: "application/pdf".into(),
            bytes: vec![1, 2],
        };
        let once = message(&mail, &envelope, std::slice::from_ref(&pdf)).unwrap().formatted();
        assert_eq!(once, message(&mail, &envelope, &[pdf]).unwrap().formatted());
        let text = String::from_utf8(once).unwrap();
        assert!(!text.contains("\r\nBcc:"), "{text}");
        for line in [
            "Message-ID: <0192f000@provider.example>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "application/pdf",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert!(!text.contains("Reply-To"));
    }
}
