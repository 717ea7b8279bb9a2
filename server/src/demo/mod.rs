//! Demo data: a provider's staff and customers that show every answer of the gate. Made through the same actions
//! as real data, once, on an empty database; refused by a server that is not in demo mode.

mod contracts;

mod file;

mod registers;

use crate::start::{StartError, failed};
use crate::state::App;
use chrono::{Duration, Utc};
use domain::annex::AnnexKind;
use domain::customer::CustomerInput;
use domain::permission::{ContractManager, CustomerRole, PrivacyOfficer};
use domain::{CustomerId, Lang, UserId};
use file::{DemoCustomer, DemoFile, DemoStaff};
use service::people::invite::{self, Person, StaffFacts};
use service::store::{contacts, outbox, users};
use service::{Problem, annexes, customers, fresh};

/// When the demo's past lies before now.
const PAST: Duration = Duration::days(20);

/// Makes the demo data unless they are there, and gives the log-ins in words.
///
/// # Errors
/// When an action refuses: then the demo data do not fit the rules any more.
pub async fn seed(app: &App) -> Result<Vec<String>, StartError> {
    let file = DemoFile::load()?;
    let empty = users::staff(app.portal.store.read()).await.map_err(failed("reading the users"))?.is_empty();
    if empty {
        make(app, &file).await.map_err(failed("making the demo data"))?;
    }
    Ok(file.logins())
}

async fn make(app: &App, file: &DemoFile) -> Result<(), Problem> {
    let now = app.now();
    for s in &file.staff {
        make_staff(app, s, now - PAST).await?;
    }
    let manager = manager(app).await?;
    for kind in AnnexKind::ALL {
        annexes::confirm::run(&app.portal, &officer(app).await?, kind, now - PAST).await?;
    }
    for c in &file.customers {
        let id = make_customer(app, c, &manager, now - PAST).await?;
        contracts::make(app, c, id, &manager, now).await?;
    }
    registers::make(app, &file.registers, now).await?;
    let work = app.portal.begin().await?;
    outbox::due_now(work.db(), app.now()).await?;
    app.portal.commit(work, app.now()).await
}

async fn make_staff(app: &App, s: &DemoStaff, at: chrono::DateTime<Utc>) -> Result<(), Problem> {
    let person = Person { email: s.email.clone(), name: s.name.clone(), language: Lang::De };
    let facts = StaffFacts {
        roles: s.roles.clone(),
        confidentiality_on: Some(s.confidentiality_on),
        training_until: Some(s.training_until),
    };
    invite::create_user(&app.portal, &person, &facts, Some(&s.password), at).await?;
    Ok(())
}

async fn with_role(app: &App, role: domain::permission::StaffRole) -> Result<(UserId, String), Problem> {
    let found = users::with_role(app.portal.store.read(), role).await?.into_iter().next();
    found.map(|u| (u.id, u.name)).ok_or(Problem::Missing)
}

async fn manager(app: &App) -> Result<ContractManager, Problem> {
    let (user, name) = with_role(app, domain::permission::StaffRole::ContractManager).await?;
    Ok(ContractManager { user, name })
}

async fn officer(app: &App) -> Result<PrivacyOfficer, Problem> {
    let (user, name) = with_role(app, domain::permission::StaffRole::PrivacyOfficer).await?;
    Ok(PrivacyOfficer { user, name })
}

async fn make_customer(
    app: &App,
    c: &DemoCustomer,
    manager: &ContractManager,
    at: chrono::DateTime<Utc>,
) -> Result<CustomerId, Problem> {
    let input = CustomerInput {
        number: c.customer_number.clone(),
        legal_name: c.legal_name.clone(),
        street: c.street.clone(),
        postal_code: c.postal_code.clone(),
        city: c.city.clone(),
        country: c.country.clone(),
        register: String::new(),
        email: c.email.clone(),
        language: c.language.code().into(),
        phones: c.phones.join("|"),
        domains: c.domains.join("|"),
        service_contract: c.service_contract,
        hosting: c.hosting,
        professional_secrecy: c.professional_secrecy,
        representation: c.representation.to_string(),
        services: c.services().iter().map(|s| s.name().to_string()).collect(),
    };
    let id = customers::create::create(&app.portal, manager, &input, at).await?;
    make_people(app, c, id, at).await?;
    Ok(id)
}

async fn make_people(
    app: &App,
    c: &DemoCustomer,
    id: CustomerId,
    at: chrono::DateTime<Utc>,
) -> Result<(), Problem> {
    let mut work = app.portal.begin().await?;
    let rows: Vec<_> = c.contacts(|| fresh::id(at)).into_iter().map(|contact| (id, contact)).collect();
    contacts::insert_many(work.db(), &rows).await?;
    work.gate_changed();
    app.portal.commit(work, at).await?;
    let mut people = vec![(
        &c.privacy_contact_email,
        &c.privacy_contact_name,
        &c.privacy_contact_password,
        CustomerRole::PrivacyContact,
    )];
    people.extend(c.signatory.iter().map(|s| (&s.email, &s.name, &s.password, CustomerRole::Signatory)));
    people.extend(c.member.iter().map(|s| (&s.email, &s.name, &s.password, CustomerRole::Member)));
    for (email, name, password, role) in people {
        let person = Person { email: email.clone(), name: name.clone(), language: c.language };
        invite::create_customer_user(&app.portal, id, &person, role, Some(password), at).await?;
    }
    Ok(())
}

/// A server that is not in demo mode does not start beside demo log-ins whose passwords everyone knows.
///
/// # Errors
/// When one of them is there with its demo password.
pub async fn refuse_leftovers(app: &App) -> Result<(), StartError> {
    for (email, password) in DemoFile::load()?.passwords() {
        let found =
            users::credentials(app.portal.store.read(), &email).await.map_err(failed("reading the users"))?;
        let Some((_, Some(hash), _)) = found else { continue };
        let same = service::people::passwords::verify(&password, Some(hash)).await;
        if same.map_err(failed("checking for demo passwords"))? {
            return Err(StartError {
                what: "starting without --demo".into(),
                cause: format!("the database holds the demo log-in {email} with its demo password"),
            });
        }
    }
    Ok(())
}
