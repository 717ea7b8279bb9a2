//! The contracts of the demo: brought to their state by the real actions, some days ago.

use super::file::DemoCustomer;
use crate::state::App;
use chrono::{DateTime, Duration, Utc};
use domain::contract::lifecycle::{InForce, NoticeInput, Paper};
use domain::contract::request::{Person, RequestInput};
use domain::contract::signing::SigningInput;
use domain::contract::{Contract, ContractState};
use domain::permission::{ContractManager, CustomerUser};
use domain::{ContractId, CustomerId, Service, calendar};
use service::contracts::offer::OfferInput;
use service::contracts::{begin, countersign, give_notice, lapse, offer, sign, sign_code, submit};
use service::mail::Letter;
use service::store::{contracts, holds, outbox, text_versions, users};
use service::{Problem, fresh};

/// Brings the customer's contract to the state that the demo asks for.
pub async fn make(
    app: &App,
    c: &DemoCustomer,
    id: CustomerId,
    manager: &ContractManager,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    match (c.state.as_str(), c.later.as_str()) {
        ("none", _) => return Ok(()),
        (_, "outdated_text") => return on_paper(app, c, id, false, now).await,
        ("ended", _) => return on_paper(app, c, id, true, now).await,
        _ => {}
    }
    let contract = request(app, c, id, now - Duration::days(9)).await?;
    if c.state == "requested" {
        return Ok(());
    }
    let terms = OfferInput {
        cost: "–".into(),
        benefit: "–".into(),
        risk: "–".into(),
        valid_until: (calendar::berlin_date(now) + Duration::days(21)).to_string(),
        notice_days: offer::NOTICE_DAYS.to_string(),
        ..OfferInput::default()
    };
    offer::run(&app.portal, manager, contract, &terms, now - Duration::days(8)).await?;
    if c.state == "offered" {
        return Ok(());
    }
    for s in &c.signatory {
        sign_as(app, id, contract, &s.email, &s.function, now - Duration::days(7)).await?;
    }
    if c.state != "signed" {
        let then = now - Duration::days(6);
        let input = countersign::CountersignInput {
            function: "Vertragsverantwortlicher".into(),
            effective_from: calendar::berlin_date(then).to_string(),
        };
        countersign::run(&app.portal, manager, contract, &input, then).await?;
    }
    if c.state == "ending" {
        give_notice(app, c, id, contract, now - Duration::days(2)).await?;
    }
    if matches!(c.later.as_str(), "doubt" | "objection") {
        hold(app, c, id, now).await?;
    }
    Ok(())
}

/// The customer gives notice for a month from now.
async fn give_notice(
    app: &App,
    c: &DemoCustomer,
    customer: CustomerId,
    id: ContractId,
    at: DateTime<Utc>,
) -> Result<(), Problem> {
    let by = actor(app, customer, &c.signatory.first().ok_or(Problem::Missing)?.email).await?;
    let by = by.signatory().ok_or(Problem::Missing)?;
    let input = NoticeInput {
        kind: "ordinary".into(),
        last_day: (calendar::berlin_date(at) + Duration::days(35)).to_string(),
        understood: true,
        ..NoticeInput::default()
    };
    give_notice::by_customer(&app.portal, &by, id, &input, at).await
}

async fn actor(app: &App, customer: CustomerId, email: &str) -> Result<CustomerUser, Problem> {
    let user = users::by_email(app.portal.store.read(), email).await?.ok_or(Problem::Missing)?;
    service::people::sessions::actor(&user).of_customer(customer).ok_or(Problem::Missing)
}

async fn request(
    app: &App,
    c: &DemoCustomer,
    id: CustomerId,
    at: DateTime<Utc>,
) -> Result<ContractId, Problem> {
    let by = actor(app, id, &c.signatory.first().ok_or(Problem::Missing)?.email).await?;
    let contract = begin::run(&app.portal, &by, at).await?;
    let person = |name: &str, email: &str, function: &str| Person {
        name: name.into(),
        email: email.into(),
        function: function.into(),
        phone: c.phones.first().cloned().unwrap_or_default(),
    };
    let privacy = person(&c.privacy_contact_name, &c.privacy_contact_email, "");
    let input = RequestInput {
        scope: c.services().into_iter().map(|s: Service| begin::usual_scope(&app.portal, s)).collect(),
        special: "no".into(),
        professional_secrecy: if c.professional_secrecy { "yes".into() } else { "no".into() },
        privacy_contact: privacy.clone(),
        breach_contact: privacy,
        instructing: c.signatory.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", "),
        signatories: c.signatory.iter().map(|s| person(&s.name, &s.email, &s.function)).collect(),
        own_permission: true,
        language: c.language,
        ..RequestInput::default()
    };
    submit::run(&app.portal, &by, contract, 0, input, at).await?;
    Ok(contract)
}

async fn sign_as(
    app: &App,
    customer: CustomerId,
    id: ContractId,
    email: &str,
    function: &str,
    at: DateTime<Utc>,
) -> Result<(), Problem> {
    let by = actor(app, customer, email).await?.signatory().ok_or(Problem::Missing)?;
    sign_code::run(&app.portal, &by, id, at).await?;
    let contract = contracts::find(app.portal.store.read(), customer, id).await?.ok_or(Problem::Missing)?;
    let frozen = contract.state.frozen().ok_or(Problem::Missing)?;
    let boxes = &app.portal.content.legal.newest().boxes;
    let input = SigningInput {
        name: by.name.clone(),
        function: function.into(),
        ticked: boxes.iter().map(|b| b.id.clone()).collect(),
        code: newest_code(app, email).await?,
        document_sha256: frozen.document_sha256.clone(),
    };
    sign::run(&app.portal, &by, id, &input, at).await
}

/// The code, read from the mail in the outbox like a person would.
async fn newest_code(app: &App, email: &str) -> Result<String, Problem> {
    let (jobs, _) = outbox::list(app.portal.store.read(), Some("mail"), None, 0, 200).await?;
    let letters = jobs.iter().filter_map(|j| serde_json::from_str::<Letter>(&j.payload).ok());
    let mut codes = letters.filter(|l| l.template == "sign_code" && l.to.address == email);
    codes.find_map(|l| l.values.get("code").cloned()).ok_or(Problem::Missing)
}

/// A contract from paper: on an older text, or over.
async fn on_paper(
    app: &App,
    c: &DemoCustomer,
    customer: CustomerId,
    over: bool,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let today = calendar::berlin_date(now);
    let signatory = c.signatory.first().ok_or(Problem::Missing)?;
    let mut work = app.portal.begin().await?;
    let signed_on = today - Duration::days(700);
    let paper = Paper {
        services: Service::ALL.to_vec(),
        signed_on,
        effective_from: signed_on,
        effective_until: over.then(|| today - Duration::days(9)),
        signatory_name: signatory.name.clone(),
        signatory_function: signatory.function.clone(),
        text_version: "2024-1".into(),
        document: None::<domain::DocumentId>,
        entered_by: None,
        at: now - Duration::days(10),
    };
    let manager = super::manager(app).await?;
    let in_force: InForce = paper.confirm(manager.user, now - Duration::days(9)).map_err(Problem::from)?;
    let contract = Contract {
        id: fresh::id(now),
        customer,
        number: format!("P-{}", c.customer_number),
        version: 1,
        state: ContractState::InForce(in_force),
        lock: 0,
        created_at: now - Duration::days(10),
        updated_at: now - Duration::days(8),
    };
    contracts::insert_many(work.db(), std::slice::from_ref(&contract)).await?;
    text_versions::note(work.db(), "2024-1", "", now).await?;
    text_versions::set_outdated(work.db(), "2024-1", Some(today - Duration::days(1))).await?;
    work.gate_changed();
    app.portal.commit(work, now).await?;
    // What the clock does: the end is noted, the customer is asked what becomes of the data.
    lapse::end_due(&app.portal, now - Duration::days(8)).await?;
    Ok(())
}

async fn hold(app: &App, c: &DemoCustomer, customer: CustomerId, now: DateTime<Utc>) -> Result<(), Problem> {
    let mut work = app.portal.begin().await?;
    let hold = holds::Hold {
        id: fresh::id(now),
        customer,
        contract: None,
        kind: c.later.clone(),
        service: (c.later == "objection").then_some(Service::RemoteSupport),
        reason: c.later_reason.get(c.language).clone(),
        raised_by: Some(super::officer(app).await?.user),
        raised_at: now - Duration::days(2),
    };
    holds::insert(work.db(), &hold).await?;
    work.gate_changed();
    app.portal.commit(work, now).await
}
