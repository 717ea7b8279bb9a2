//! What is due, soonest first, for somebody of the staff by their roles.

use crate::contracts::submit::EXAMINE_WITHIN_DAYS;
use crate::portal::Portal;
use crate::problem::Result;
use crate::texts;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::CustomerId;
use domain::annex::AnnexKind;
use domain::calendar;
use domain::contract::lifecycle::Duty;
use domain::contract::reminders::COUNTERSIGN_WITHIN;
use domain::contract::{Contract, ContractState, StateName};
use domain::legal_text::TextFamily;
use domain::permission::{Staff, StaffRole};
use std::collections::HashMap;
use store::{annexes, contracts, customers, outbox, text_publications};

/// An offer is on the list from so many days before its last day.
const RUNNING_OUT: Duration = Duration::days(7);
/// Contracts read at once.
const CHUNK: u64 = 500;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The portal's own check of the audit chain found it broken.
    AuditBroken,
    /// A contract signed by the customer waits for the provider's signature.
    Countersign,
    /// A request waits to be examined.
    Examine,
    /// An offer is not signed and runs out.
    OfferRunningOut,
    /// A signatory of an offer is not the right person, and nobody is named in their place.
    SignatoryUnknown,
    /// Data are to be handed back to a customer.
    ReturnData,
    /// Data of an ended contract are to be deleted.
    DeleteData,
    /// Everything is deleted and confirmed; the certificate is missing.
    CertifyDeletion,
    /// A contract on paper waits for a second person.
    ConfirmPaper,
    /// An annex waits for its confirmation.
    ConfirmAnnex,
    /// A breach of which the customers are not told yet.
    BreachTell,
    /// A breach whose notice is incomplete.
    BreachSupplement,
    /// A notice of a breach that could not be delivered.
    BreachUndelivered,
    /// A breach of which everything is told.
    BreachClose,
    /// An audit request without an answer.
    AuditAnswer,
    /// An audit on its day.
    AuditKeep,
    /// A finding of an audit without a measure.
    AuditMend,
    /// An instruction that nobody has taken up.
    InstructionTake,
    /// An instruction to be carried out.
    InstructionDo,
    /// The customer has answered a warning.
    InstructionDecide,
    /// An oral instruction that the customer has not confirmed.
    InstructionUnconfirmed,
    /// A contract text waits for the decision to publish it.
    PublishText,
    /// Contracts stand on a text that opens the gate only until a day: a new acceptance is needed.
    RenewText,
    /// Mails that could not be sent.
    DeadMail,
    /// Other jobs that were given up.
    DeadJob,
    /// Facts about the provider are missing.
    ProviderFacts,
}

impl Kind {
    /// Stable name; `desk-<name>` in `content/ui`.
    pub fn name(self) -> &'static str {
        match self {
            Self::AuditBroken => "audit-broken",
            Self::Countersign => "countersign",
            Self::Examine => "examine",
            Self::OfferRunningOut => "offer-running-out",
            Self::SignatoryUnknown => "signatory-unknown",
            Self::ReturnData => "return-data",
            Self::DeleteData => "delete-data",
            Self::CertifyDeletion => "certify-deletion",
            Self::ConfirmPaper => "confirm-paper",
            Self::ConfirmAnnex => "confirm-annex",
            Self::BreachTell => "breach-tell",
            Self::BreachSupplement => "breach-supplement",
            Self::BreachUndelivered => "breach-undelivered",
            Self::BreachClose => "breach-close",
            Self::AuditAnswer => "audit-answer",
            Self::AuditKeep => "audit-keep",
            Self::AuditMend => "audit-mend",
            Self::InstructionTake => "instruction-take",
            Self::InstructionDo => "instruction-do",
            Self::InstructionDecide => "instruction-decide",
            Self::InstructionUnconfirmed => "instruction-unconfirmed",
            Self::PublishText => "publish-text",
            Self::RenewText => "renew-text",
            Self::DeadMail => "dead-mail",
            Self::DeadJob => "dead-job",
            Self::ProviderFacts => "provider-facts",
        }
    }
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What.
    pub kind: Kind,
    /// About what: a contract number, the name of an annex, a count, a list of keys.
    pub about: String,
    /// About whom: the customer's name; may be empty.
    pub customer: String,
    /// Last day, where there is one.
    pub due: Option<NaiveDate>,
    /// Whole hours that are left, where hours count; negative when it is late.
    pub hours: Option<i64>,
    /// Where it is done, without the language.
    pub path: String,
}

/// Everything that is due for this person.
///
/// # Errors
/// When the database fails.
pub async fn entries(portal: &Portal, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<Entry>> {
    let has = |role| staff.roles.contains(&role);
    let mut all = Vec::new();
    if has(StaffRole::PrivacyOfficer) || has(StaffRole::Admin) {
        all.extend(crate::audit::alarm::open(portal).await?.map(|c| Entry {
            due: Some(calendar::berlin_date(c.at)),
            ..plain(Kind::AuditBroken, c.entries, "/audit")
        }));
    }
    if has(StaffRole::ContractManager) {
        all.extend(of_contracts(portal, staff, now).await?);
        all.extend(of_renewals(portal).await?);
    }
    if has(StaffRole::PrivacyOfficer) {
        all.extend(of_annexes(portal).await?);
        all.extend(of_texts(portal).await?);
        all.extend(crate::registers::duties::of_breaches(portal, now).await?);
        all.extend(crate::registers::duties::of_audits(portal).await?);
    }
    if has(StaffRole::ContractManager) || has(StaffRole::PrivacyOfficer) {
        all.extend(crate::registers::duties::of_instructions(portal).await?);
    }
    if has(StaffRole::Admin) {
        all.extend(of_admin(portal).await?);
    }
    // What has no date comes last.
    all.sort_by(|a, b| {
        let key = |e: &Entry| (e.due.is_none(), e.due, e.kind);
        key(a).cmp(&key(b)).then_with(|| a.about.cmp(&b.about))
    });
    Ok(all)
}

async fn of_contracts(portal: &Portal, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<Entry>> {
    use StateName as S;
    let states = [S::Requested, S::Offered, S::SignedByCustomer, S::PaperUnconfirmed];
    let db = portal.store.read();
    let mut open: Vec<Contract> = Vec::new();
    loop {
        let offset = u64::try_from(open.len()).unwrap_or_default();
        let (page, total) = contracts::list(db, &states, offset, CHUNK).await?;
        let end = page.is_empty();
        open.extend(page);
        if end || u64::try_from(open.len()).unwrap_or(u64::MAX) >= total {
            break;
        }
    }
    open.extend(contracts::in_disposal(db, None).await?);
    let due: Vec<_> = open.iter().filter_map(|c| Some((c, due(c, staff, now)?))).collect();
    let mut ids: Vec<CustomerId> = due.iter().map(|(c, _)| c.customer).collect();
    ids.sort();
    ids.dedup();
    let mut names: HashMap<CustomerId, String> = HashMap::new();
    for chunk in ids.chunks(500) {
        names.extend(customers::by_ids(db, chunk).await?.into_iter().map(|c| (c.id, c.facts.legal_name)));
    }
    let entry = |(c, (kind, due)): (&Contract, (Kind, Option<NaiveDate>))| Entry {
        kind,
        about: c.number.clone(),
        customer: names.get(&c.customer).cloned().unwrap_or_default(),
        due,
        hours: None,
        path: match kind {
            Kind::ReturnData | Kind::DeleteData | Kind::CertifyDeletion => {
                format!("/contracts/{}/disposal", c.id)
            }
            _ => format!("/contracts/{}", c.id),
        },
    };
    Ok(due.into_iter().map(entry).collect())
}

fn due(contract: &Contract, staff: &Staff, now: DateTime<Utc>) -> Option<(Kind, Option<NaiveDate>)> {
    let today = calendar::berlin_date(now);
    match &contract.state {
        ContractState::Requested(s) => Some((Kind::Examine, Some(examine_until(s.at)))),
        ContractState::SignedByCustomer(s) => {
            Some((Kind::Countersign, Some(calendar::berlin_date(s.at + COUNTERSIGN_WITHIN))))
        }
        ContractState::Offered(s) if s.empty_places() > 0 => {
            Some((Kind::SignatoryUnknown, Some(s.valid_until)))
        }
        ContractState::Offered(s) if s.valid_until <= today + RUNNING_OUT => {
            Some((Kind::OfferRunningOut, Some(s.valid_until)))
        }
        // Whoever entered it cannot confirm it.
        ContractState::PaperUnconfirmed(s) if s.entered_by != Some(staff.user) => {
            Some((Kind::ConfirmPaper, None))
        }
        ContractState::Ended(s) => s.disposal.as_ref().and_then(|d| of_disposal(d.duty(now))),
        _ => None,
    }
}

/// What staff owe after the end; while the customer chooses or checks, nothing.
fn of_disposal(duty: Duty) -> Option<(Kind, Option<NaiveDate>)> {
    let kind = match duty {
        Duty::Choose(_) | Duty::Check(_) => return None,
        Duty::HandBack(_) => Kind::ReturnData,
        Duty::Delete(_) | Duty::Overwrite(_) => Kind::DeleteData,
        Duty::Close(_) => Kind::CertifyDeletion,
    };
    Some((kind, Some(duty.until())))
}

/// Until when a request that came at `at` is to be examined: the day that the mail about it named.
pub fn examine_until(at: DateTime<Utc>) -> NaiveDate {
    calendar::last_day_of_days(calendar::berlin_date(at), EXAMINE_WITHIN_DAYS)
}

async fn of_annexes(portal: &Portal) -> Result<Vec<Entry>> {
    let mut all = Vec::new();
    for kind in AnnexKind::ALL {
        let newest = annexes::newest(portal.store.read(), kind).await?;
        if newest.is_some_and(|s| s.confirmed.is_none()) {
            all.push(plain(Kind::ConfirmAnnex, kind.name(), format!("/annexes#{}", kind.name())));
        }
    }
    Ok(all)
}

/// The newest text of each family, when it may be published and is not.
async fn of_texts(portal: &Portal) -> Result<Vec<Entry>> {
    let mut all = Vec::new();
    for family in TextFamily::ALL {
        let published = text_publications::of_family(portal.store.read(), family).await?;
        let newest = portal.content.legal.newest_of(family);
        let waiting =
            newest.filter(|t| published.first().is_some_and(|p| texts::newer(&t.version, &p.version)));
        if let Some(text) = waiting.filter(|t| t.findings().is_empty()) {
            all.push(plain(Kind::PublishText, &text.version, format!("/texts/{}", text.version)));
        }
    }
    Ok(all)
}

/// Contracts in force on older texts than the newest material one, one entry a family.
async fn of_renewals(portal: &Portal) -> Result<Vec<Entry>> {
    let db = portal.store.read();
    let mut all = Vec::new();
    for family in TextFamily::ALL {
        let published = text_publications::of_family(db, family).await?;
        let Some(material) = published.iter().find(|p| p.accept_until.is_some()) else { continue };
        let Some(text) = portal.content.legal.version(&material.version) else { continue };
        let older = texts::older(&portal.content.legal, &published, text);
        let count = contracts::count_on_texts(db, &older).await?;
        if count > 0 {
            let entry = plain(Kind::RenewText, count, format!("/texts/{}", text.version));
            all.push(Entry { due: material.accept_until, ..entry });
        }
    }
    Ok(all)
}

async fn of_admin(portal: &Portal) -> Result<Vec<Entry>> {
    let db = portal.store.read();
    let mut all = Vec::new();
    let (_, mails) = outbox::list(db, Some("mail"), Some("dead"), 0, 1).await?;
    let (_, jobs) = outbox::list(db, None, Some("dead"), 0, 1).await?;
    if mails > 0 {
        all.push(plain(Kind::DeadMail, mails, "/outbox?state=dead"));
    }
    if jobs > mails {
        all.push(plain(Kind::DeadJob, jobs - mails, "/outbox?state=dead"));
    }
    let missing = portal.content.provider.missing();
    if !missing.is_empty() {
        all.push(plain(Kind::ProviderFacts, missing.join(", "), "/imprint"));
    }
    Ok(all)
}

fn plain(kind: Kind, about: impl ToString, path: impl ToString) -> Entry {
    let (about, path) = (about.to_string(), path.to_string());
    Entry { kind, about, customer: String::new(), due: None, hours: None, path }
}
