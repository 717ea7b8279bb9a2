//! The job that offers one contract a newer text. It settles the contract's row in the same work, so that it can run
//! twice, be cut short, or come late, and offers once.

use super::{difference, offered};
use crate::contracts::{event, freeze, load_any, renew};
use crate::mail::{Letter, Recipient};
use crate::people::Authority;
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contract::Contract;
use domain::contract::renewal::Obstacle;
use domain::customer::Customer;
use domain::{ContractId, calendar};
use store::text_offers::{Outcome, TextOffer};
use store::{Work, outbox, text_offers, text_publications};

/// The job of one row. The time goes into the key: a contract that is asked for again is a new job.
pub(super) fn job(o: &TextOffer) -> outbox::Job {
    outbox::Job {
        id: crate::fresh::id(o.asked_at),
        kind: "text_offer".into(),
        key: format!("text_offer:{}:{}:{}", o.version, o.contract, o.asked_at.timestamp_micros()),
        payload: format!("{} {}", o.version, o.contract),
        about: format!("contract:{}", o.contract),
        state: "ready".into(),
        run_at: o.asked_at,
        attempts: 0,
        last_error: String::new(),
        created_at: o.asked_at,
        done_at: None,
    }
}

/// Runs it.
///
/// # Errors
/// When the database fails, or somebody changes the contract at the same instant; then it is tried again.
pub async fn run(portal: &Portal, payload: &str, now: DateTime<Utc>) -> Result<()> {
    let (version, id) = payload.split_once(' ').ok_or_else(|| internal("a job about no contract"))?;
    let id: ContractId = id.parse().map_err(internal)?;
    let mut work = portal.begin().await?;
    let asked = text_offers::find(work.db(), version, id).await?;
    let Some(asked) = asked.filter(|o| o.outcome == Outcome::Waiting) else {
        return Ok(work.rollback().await?);
    };
    let outcome = one(portal, &mut work, &asked, now).await?;
    if !text_offers::settle(work.db(), version, id, outcome, now).await? {
        // Another instance was faster and has offered; what was done here is taken back.
        return Ok(work.rollback().await?);
    }
    if let Outcome::Skipped(why) = outcome {
        let skipped = event("contract.text_offer_skipped", "job", id);
        work.record(skipped.fact("text_version", version).fact("why", why));
    }
    portal.commit(work, now).await
}

async fn one(portal: &Portal, work: &mut Work, asked: &TextOffer, now: DateTime<Utc>) -> Result<Outcome> {
    let texts = &portal.content.legal;
    let old = load_any(work, asked.contract).await?;
    let text = texts.version(&asked.version).ok_or(Problem::Missing)?;
    let published = text_publications::of_family(work.db(), text.family).await?;
    let newest = offered::newest(texts, &published).map(|(t, _)| t.version.as_str());
    let signed = super::touched::text_of(&old);
    let accept_until = difference::last_day(&published, &signed);
    let Some(accept_until) = accept_until.filter(|_| newest == Some(asked.version.as_str())) else {
        return Ok(Outcome::Skipped(Obstacle::Text));
    };
    // A job that was held up for days offers nothing that has run out already.
    let valid_until = asked.valid_until.max(calendar::berlin_date(now));
    let order = renew::Order { by: asked.asked_by, valid_until };
    Ok(match renew::run(portal, work, &old, text, order, now).await? {
        Err(why) => Outcome::Skipped(why),
        Ok((new, customer)) => {
            tell(portal, work, (&new, &customer), (valid_until, accept_until), now).await?;
            Outcome::Offered(new.id)
        }
    })
}

/// The signatories are invited, with both days.
async fn tell(
    portal: &Portal,
    work: &mut Work,
    (new, customer): (&Contract, &Customer),
    (valid_until, accept_until): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<()> {
    let version = new.state.frozen().map(|f| f.text_version.clone()).unwrap_or_default();
    let note = portal.content.legal.version(&version).map(|t| t.change_note.clone()).unwrap_or_default();
    freeze::invite_signatories(portal, work, (new, customer), &Authority::Portal, now, |user| {
        let lang = user.language;
        Letter::new("text_offered", Recipient::from(user))
            .value("text_version", &version)
            .value("note", note.get(lang).join(" "))
            .value("valid_until", calendar::date_in_words(valid_until, lang))
            .value("accept_until", calendar::date_in_words(accept_until, lang))
    })
    .await
}
