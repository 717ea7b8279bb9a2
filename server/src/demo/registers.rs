//! The demo's registers: an instruction done and one to be taken up, a breach told in part, an audit asked for. Made by
//! the real actions, some days ago.

use super::file::DemoRegisters;
use crate::state::App;
use chrono::{DateTime, Duration, Utc};
use domain::calendar;
use domain::permission::{Keeper, Voice};
use domain::register::audit_request::AuditInput;
use domain::register::breach::{BreachInput, clock, day};
use domain::register::instruction::{Done, InstructionInput};
use service::registers::audits::ask;
use service::registers::breaches::{record, tell};
use service::registers::instructions::{give, handle};
use service::store::{customers, users};
use service::{Problem, fresh};

/// Makes the entries.
///
/// # Errors
/// When an action refuses: then the demo data do not fit the rules any more.
pub async fn make(app: &App, r: &DemoRegisters, now: DateTime<Utc>) -> Result<(), Problem> {
    let voice = voice(app, r).await?;
    let ago = |days: i64| now - Duration::days(days);
    for (n, i) in r.instruction.iter().enumerate() {
        let input = InstructionInput {
            title: i.title.clone(),
            text: i.text.clone(),
            services: i.services.clone(),
            wish: (calendar::berlin_date(now) + Duration::days(9)).to_string(),
        };
        let at = ago(if i.done.is_empty() { 1 } else { 5 });
        let offset = Duration::milliseconds(i64::try_from(n).unwrap_or_default());
        let id = give::run(&app.portal, &voice, fresh::id(at + offset), &input, at).await?;
        if !i.done.is_empty() {
            let officer = super::officer(app).await?;
            let keeper = Keeper { user: officer.user, name: officer.name };
            handle::acknowledge(&app.portal, &keeper, id, "", ago(4)).await?;
            let done = Done {
                what: i.done.clone(),
                on: calendar::berlin_date(ago(3)).to_string(),
                ..Done::default()
            };
            handle::carry_out(&app.portal, &keeper, id, &done, ago(3)).await?;
        }
    }
    let officer = super::officer(app).await?;
    let aware = ago(2) - Duration::hours(3);
    let input = BreachInput {
        aware_on: day(aware),
        aware_time: clock(aware),
        report: r.breach.clone(),
        services: Vec::new(),
    };
    let id = fresh::id(ago(2));
    record::run(&app.portal, &officer, id, &input, &r.customer_number, ago(2)).await?;
    tell::run(&app.portal, &officer, id, ago(2)).await?;
    let audit = AuditInput {
        kind: "on_site".into(),
        occasion: "regular".into(),
        wished: (calendar::berlin_date(now) + Duration::days(28)).to_string(),
        auditor: r.auditor.clone(),
        auditor_bound: true,
        points: r.audit_points.clone(),
        ..AuditInput::default()
    };
    ask::run(&app.portal, &voice, fresh::id(ago(1)), &audit, ago(1)).await?;
    Ok(())
}

/// The customer's privacy contact.
async fn voice(app: &App, r: &DemoRegisters) -> Result<Voice, Problem> {
    let db = app.portal.store.read();
    let customer = customers::by_number(db, &r.customer_number).await?.ok_or(Problem::Missing)?;
    let user = users::by_email(db, &r.by).await?.ok_or(Problem::Missing)?;
    let actor = service::people::sessions::actor(&user);
    actor.of_customer(customer.id).and_then(|u| u.voice()).ok_or(Problem::Missing)
}
