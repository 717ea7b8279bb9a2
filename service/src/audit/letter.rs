//! The daily mail with the newest head to every privacy officer: whoever keeps it can prove later what the chain was.

use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::audit::Event;
use domain::calendar;
use domain::permission::StaffRole;
use store::audit_heads::{self, Head};
use store::users;

/// Stands where a head has no signature.
const NOTHING: &str = "–";

/// Sends the newest head, once a day in Berlin. That it was sent is an entry of the chain, so that there is something
/// new every day: a day without a mail is a sign.
///
/// # Errors
/// When the database fails.
pub async fn send_due(portal: &Portal, now: DateTime<Utc>) -> Result<bool> {
    let db = portal.store.read();
    let today = calendar::berlin_date(now);
    let sent_on = |h: Head| h.mailed_at.map(calendar::berlin_date);
    if audit_heads::last_mailed(db).await?.and_then(sent_on) == Some(today) {
        return Ok(false);
    }
    let Some(h) = audit_heads::newest(db).await?.filter(|h| h.mailed_at.is_none()) else { return Ok(false) };
    let officers = users::with_role(db, StaffRole::PrivacyOfficer).await?;
    if officers.is_empty() {
        return Ok(false);
    }
    let mut work = portal.begin().await?;
    if !audit_heads::set_mailed(work.db(), h.number, now).await? {
        return Ok(false); // another instance was faster
    }
    for officer in &officers {
        let lang = officer.language;
        let (key_id, signature) = match &h.signature {
            Some(s) => (s.key_id.as_str(), s.signature_base64.as_str()),
            None => (NOTHING, NOTHING),
        };
        let letter = Letter::new("audit_head", Recipient::from(officer))
            .value("date", calendar::date_in_words(today, lang))
            .value("entries", h.head.size)
            .value("made_at", calendar::in_words(h.head.at, lang))
            .value("head", h.head.text())
            .value("key_id", key_id)
            .value("signature", signature)
            .value("link", portal.url(lang, "/audit"));
        let key = format!("audit_head:{today}:{}", officer.id);
        mail::enqueue(portal, &work, letter, "audit", key, now).await?;
    }
    let event = Event::new("audit.head_mailed", "job", "audit").fact("head", h.number);
    work.record(event.fact("size", h.head.size).fact("root", h.head.root).fact("mails", officers.len()));
    portal.commit(work, now).await?;
    Ok(true)
}
