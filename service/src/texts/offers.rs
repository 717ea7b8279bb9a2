//! A text that needs a new acceptance is offered to everyone at once: who can be offered it as it was agreed, who needs
//! a person first, what became of those that were asked for. The offers themselves are made by jobs, one a contract.

use super::{difference, offer_job, offered, older, sync, touched};
use crate::content::LegalText;
use crate::contracts::freeze::confirmed;
use crate::contracts::offer::OFFER_DAYS;
use crate::contracts::renew::{holds_back, on_its_way};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::annex::AnnexKind;
use domain::contract::lifecycle::{OFFER_LONGEST_DAYS, check_last_day};
use domain::contract::renewal::{Around, Obstacle, obstacle};
use domain::contract::{Contract, StateName};
use domain::customer::CustomerFacts;
use domain::permission::ContractManager;
use domain::publication::Publication;
use domain::{ContractId, CustomerId, Mistakes, calendar, text};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::text_offers::{Outcome, TextOffer};
use store::{contracts, holds, outbox, text_offers, text_publications};

/// A contract in force whose customer has to accept the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Whose.
    pub customer: CustomerId,
    /// Number and name.
    pub name: String,
    /// The contract: identity and number.
    pub contract: (ContractId, String),
    /// Version of its text.
    pub text_version: String,
    /// Last day on which it opens the gate.
    pub accept_until: NaiveDate,
    /// Where it stands.
    pub standing: Standing,
}

/// Where a contract stands on its way to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be offered as it was agreed.
    Ready,
    /// Its job has not run yet.
    Waiting,
    /// The new version, and what became of it.
    Offered(ContractId, StateName),
    /// A person is needed.
    Needs(Obstacle),
}

/// The whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers {
    /// Everyone who has to accept and has not, by name.
    pub candidates: Vec<Candidate>,
    /// How many have concluded it after such an offer.
    pub accepted: usize,
    /// Last day of the offers that is proposed.
    pub proposed: NaiveDate,
}

/// The run for one version; `None` unless it is the one on offer and somebody has to accept it.
///
/// # Errors
/// When the database fails.
pub async fn overview(
    portal: &Portal,
    _by: &ContractManager,
    version: &str,
    now: DateTime<Utc>,
) -> Result<Option<Offers>> {
    let Some((text, published)) = on_offer(portal, version).await? else { return Ok(None) };
    let asked = text_offers::of_version(portal.store.read(), version).await?;
    let candidates = candidates(portal, text, &published, &asked, now).await?;
    let accepted = accepted(portal, &asked).await?;
    if candidates.is_empty() && accepted == 0 {
        return Ok(None);
    }
    let today = calendar::berlin_date(now);
    let longest = today + Duration::days(OFFER_LONGEST_DAYS);
    let last = candidates.iter().map(|c| c.accept_until).min().filter(|day| *day > today);
    let proposed = last.map_or(today + Duration::days(OFFER_DAYS), |day| day.min(longest));
    Ok(Some(Offers { candidates, accepted, proposed }))
}

/// The text when it is the newest published one and sound.
async fn on_offer<'a>(
    portal: &'a Portal,
    version: &str,
) -> Result<Option<(&'a LegalText, Vec<Publication>)>> {
    let texts = &portal.content.legal;
    let text = texts.version(version).ok_or(Problem::Missing)?;
    let published = text_publications::of_family(portal.store.read(), text.family).await?;
    let newest = offered::newest(texts, &published).filter(|(t, _)| t.version == version);
    Ok(newest.filter(|(t, _)| t.findings().is_empty()).map(|_| (text, published)))
}

async fn candidates(
    portal: &Portal,
    text: &LegalText,
    published: &[Publication],
    asked: &[TextOffer],
    now: DateTime<Utc>,
) -> Result<Vec<Candidate>> {
    let last_day = |c: &Contract| difference::last_day(published, &touched::text_of(c));
    let mut found = touched::on(portal, &older(&portal.content.legal, published, text)).await?;
    // One that another version takes the place of has accepted already.
    found.retain(|c| last_day(c).is_some() && c.state.concluded().is_some_and(|f| f.successor.is_none()));
    let names = touched::names_of(portal, &found).await?;
    let known = Known::read(portal, asked).await?;
    let one = |c: Contract| {
        let facts = names.get(&c.customer)?;
        Some(Candidate {
            customer: c.customer,
            name: format!("{}, {}", facts.number, facts.legal_name),
            accept_until: last_day(&c)?,
            text_version: touched::text_of(&c),
            standing: known.standing(&c, facts, now),
            contract: (c.id, c.number),
        })
    };
    let mut all: Vec<_> = found.into_iter().filter_map(one).collect();
    all.sort_by(|a, b| (&a.name, &a.contract.1).cmp(&(&b.name, &b.contract.1)));
    Ok(all)
}

/// What is read once for all contracts.
struct Known {
    on_their_way: HashSet<String>,
    held: Vec<holds::Hold>,
    asked: HashMap<ContractId, Outcome>,
    offers: BTreeMap<ContractId, StateName>,
}

impl Known {
    async fn read(portal: &Portal, asked: &[TextOffer]) -> Result<Self> {
        let db = portal.store.read();
        let open: Vec<_> = StateName::ALL.into_iter().filter(|s| !s.is_over() && !s.rules()).collect();
        let open = contracts::in_states(db, &open).await?;
        let offers = contracts::states_by_ids(db, &made(asked)).await?;
        Ok(Self {
            on_their_way: open.into_iter().filter(on_its_way).map(|c| c.number).collect(),
            held: holds::open(db).await?,
            asked: asked.iter().map(|o| (o.contract, o.outcome)).collect(),
            offers: offers.into_iter().collect(),
        })
    }

    fn standing(&self, c: &Contract, customer: &CustomerFacts, now: DateTime<Utc>) -> Standing {
        match self.asked.get(&c.id) {
            Some(Outcome::Waiting) => return Standing::Waiting,
            Some(Outcome::Offered(id)) => {
                let open = self.offers.get(id).copied().filter(|state| !state.is_over());
                if let Some(state) = open {
                    return Standing::Offered(*id, state);
                }
            }
            Some(Outcome::Skipped(_)) | None => {}
        }
        let around = Around {
            on_its_way: self.on_their_way.contains(&c.number),
            held: self.held.iter().any(|h| holds_back(h, c)),
            representation: customer.representation,
            preapproved: customer.preapproved(),
        };
        obstacle(&c.state, around, now).map_or(Standing::Ready, Standing::Needs)
    }
}

/// The new versions that were offered.
fn made(asked: &[TextOffer]) -> Vec<ContractId> {
    let offer = |o: &TextOffer| match o.outcome {
        Outcome::Offered(id) => Some(id),
        Outcome::Waiting | Outcome::Skipped(_) => None,
    };
    asked.iter().filter_map(offer).collect()
}

async fn accepted(portal: &Portal, asked: &[TextOffer]) -> Result<usize> {
    let states = contracts::states_by_ids(portal.store.read(), &made(asked)).await?;
    Ok(states.iter().filter(|(_, state)| state.rules()).count())
}

/// What the contract manager chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskInput {
    /// `all` that are ready, or `selected`.
    pub whom: String,
    /// Identities of the selected contracts.
    pub contracts: Vec<String>,
    /// Last day of the offers, ISO.
    pub valid_until: String,
}

/// Decides to offer: a row and a job for each contract that is ready; says how many. Doing it again asks for none
/// that waits or was offered.
///
/// # Errors
/// [`Problem::Missing`] for a text that is not the one on offer; [`Problem::Mistakes`]: the day, nobody chosen, nobody
/// ready, annexes not confirmed.
pub async fn ask(
    portal: &Portal,
    by: &ContractManager,
    version: &str,
    input: &AskInput,
    now: DateTime<Utc>,
) -> Result<usize> {
    let run = overview(portal, by, version, now).await?.ok_or(Problem::Missing)?;
    let (valid_until, chosen) = check(&run, input, now)?;
    let mut work = portal.begin().await?;
    for kind in AnnexKind::ALL {
        confirmed(&work, kind).await?;
    }
    let asked: Vec<_> = chosen
        .iter()
        .map(|c| TextOffer {
            version: version.into(),
            contract: c.contract.0,
            customer: c.customer,
            asked_by: by.user,
            asked_at: now,
            valid_until,
            outcome: Outcome::Waiting,
            done_at: None,
        })
        .collect();
    if asked.is_empty() {
        work.rollback().await?;
        return Ok(0);
    }
    text_offers::ask(work.db(), &asked).await?;
    let jobs: Vec<_> = asked.iter().map(offer_job::job).collect();
    outbox::insert_many(work.db(), &jobs).await?;
    let text = portal.content.legal.version(version).ok_or(Problem::Missing)?;
    let event = sync::event("text.offers_asked", format!("user:{}", by.user), text);
    work.record(event.fact("contracts", asked.len()).fact("valid_until", valid_until));
    portal.commit(work, now).await?;
    Ok(asked.len())
}

/// The day, and the contracts that are ready among those chosen.
fn check<'a>(
    run: &'a Offers,
    input: &AskInput,
    now: DateTime<Utc>,
) -> Result<(NaiveDate, Vec<&'a Candidate>)> {
    let mut m = Mistakes::default();
    let day = text::date("valid_until", &input.valid_until).and_then(|d| check_last_day(d, now).map(|()| d));
    let day = m.take(day);
    let chosen: Vec<_> = match input.whom.as_str() {
        "all" => run.candidates.iter().collect(),
        "selected" => {
            let ticked = |c: &&Candidate| input.contracts.contains(&c.contract.0.to_string());
            run.candidates.iter().filter(ticked).collect()
        }
        _ => {
            m.add("whom", "choose-one");
            Vec::new()
        }
    };
    if chosen.is_empty() && input.whom == "selected" {
        m.add("contracts", "choose-one");
    }
    let ready = |c: &&Candidate| c.standing == Standing::Ready;
    let under_way = |c: &&Candidate| matches!(c.standing, Standing::Waiting | Standing::Offered(..));
    // Sent twice is sent once; but where nothing is on its way and nothing is ready there is nothing to send.
    if !chosen.is_empty() && !chosen.iter().any(|c| ready(c) || under_way(c)) {
        m.add("whom", "offers-none-ready");
    }
    let day = m.or(day)?;
    Ok((day, chosen.into_iter().filter(ready).collect()))
}
