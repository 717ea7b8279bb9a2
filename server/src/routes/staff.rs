//! For admins: the provider's people.

use crate::edge::{Answer, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get, post};
use app::pages::staff::{self, InviteView, StaffForm, StaffMemberView, StaffRow, StaffView};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use domain::people::User;
use domain::permission::{Access, Actor, Admin, StaffRole};
use domain::{Mistakes, UserId, calendar};
use service::Problem;
use service::people::invite::{self, Person, StaffFacts};
use service::people::staff::{Change, stand};

const ADMINS: Access = Access::Staff(&[StaffRole::Admin]);

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/staff", ADMINS, list),
        get("/{lang}/staff/new", ADMINS, invite_page),
        post("/{lang}/staff/new", ADMINS, invite_staff),
        get("/{lang}/staff/{user}", ADMINS, member_page),
        post("/{lang}/staff/{user}", ADMINS, change),
        post("/{lang}/staff/{user}/invite", ADMINS, invite_again),
    ]
}

async fn list(visit: Visit) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    let people = service::people::staff::list(visit.portal(), &admin).await?;
    let people = people.into_iter().map(row).collect();
    let view = StaffView { people, today: calendar::berlin_date(visit.now) };
    Ok(render::page(staff::render(render::shell(&visit), view)))
}

fn row(u: User) -> StaffRow {
    StaffRow {
        id: u.id,
        name: u.name,
        email: u.email,
        roles: u.staff_roles,
        confidentiality_on: u.confidentiality_on,
        training_until: u.training_until,
        locked: u.locked,
        invited: !u.has_password,
    }
}

async fn invite_page(visit: Visit) -> Answer {
    let view = InviteView { language: visit.lang.code().into(), ..InviteView::default() };
    Ok(render::page(staff::render_invite(render::shell(&visit), view)))
}

async fn invite_staff(visit: Visit, fields: Fields) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    match invited(&visit, &admin, &fields).await {
        Ok(_) => Ok(visit.go_saying("/staff", "staff-invited")),
        Err(Problem::Mistakes(mistakes)) => {
            let view = InviteView {
                email: fields.text("email"),
                name: fields.text("name"),
                language: fields.text("language"),
                form: typed(&fields, mistakes),
            };
            Ok(render::again(staff::render_invite(render::shell(&visit), view)))
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn invited(visit: &Visit, admin: &Admin, fields: &Fields) -> Result<UserId, Problem> {
    let person = Person::parse(fields.get("email"), fields.get("name"), fields.get("language"));
    let (person, facts) = both(person, facts(fields))?;
    invite::staff(visit.portal(), admin, &person, &facts, visit.now).await
}

/// All mistakes of both halves of a form.
fn both<A, B>(a: Result<A, Mistakes>, b: Result<B, Mistakes>) -> Result<(A, B), Mistakes> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err(Mistakes([a.err(), b.err()].into_iter().flatten().flat_map(|m| m.0).collect())),
    }
}

fn facts(fields: &Fields) -> Result<StaffFacts, Mistakes> {
    StaffFacts::parse(&fields.all("roles"), fields.get("confidentiality_on"), fields.get("training_until"))
}

fn typed(fields: &Fields, mistakes: Mistakes) -> StaffForm {
    StaffForm {
        roles: fields.all("roles"),
        confidentiality_on: fields.text("confidentiality_on"),
        training_until: fields.text("training_until"),
        locked: fields.has("locked"),
        from: fields.text("from"),
        mistakes,
    }
}

async fn member_page(visit: Visit, Path((_, user)): Path<(String, String)>) -> Answer {
    let user = member(&visit, &user).await?;
    let form = StaffForm {
        roles: user.staff_roles.iter().map(|r| r.name().to_string()).collect(),
        confidentiality_on: user.confidentiality_on.map(|d| d.to_string()).unwrap_or_default(),
        training_until: user.training_until.map(|d| d.to_string()).unwrap_or_default(),
        locked: user.locked,
        from: stand(&user),
        mistakes: Mistakes::default(),
    };
    Ok(render::page(member_html(&visit, user, form)))
}

async fn member(visit: &Visit, id: &str) -> Result<User, Problem> {
    let admin = visit.actor.as_ref().and_then(Actor::admin).ok_or(Problem::Missing)?;
    let id = id.parse().map_err(|_| Problem::Missing)?;
    service::people::staff::one(visit.portal(), &admin, id).await
}

fn member_html(visit: &Visit, user: User, form: StaffForm) -> String {
    let (language, since) = (user.language, user.created_at);
    let view = StaffMemberView { person: row(user), language, since, form };
    staff::render_member(render::shell(visit), view)
}

async fn change(visit: Visit, Path((_, user)): Path<(String, String)>, fields: Fields) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    let user = member(&visit, &user).await?;
    let done = match facts(&fields) {
        Ok(facts) => {
            let wanted = Change { facts, locked: fields.has("locked"), from: from(&fields) };
            service::people::staff::change(visit.portal(), &admin, user.id, &wanted, visit.now).await
        }
        Err(mistakes) => Err(mistakes.into()),
    };
    match done {
        Ok(()) => Ok(visit.go_saying("/staff", "staff-saved")),
        Err(Problem::Mistakes(mistakes)) => {
            Ok(render::again(member_html(&visit, user, typed(&fields, mistakes))))
        }
        Err(Problem::Stale) => Ok(meanwhile(&visit, user, &fields)),
        Err(problem) => Err(problem.into()),
    }
}

/// How things stood when the form was filled; a program that fills no form has nothing to name.
fn from(fields: &Fields) -> Option<String> {
    Some(fields.text("from")).filter(|from| !from.is_empty())
}

/// Another admin was faster: what was typed, above how things stand now; saving again is a decision then.
fn meanwhile(visit: &Visit, user: User, fields: &Fields) -> Response {
    let mistakes = domain::Mistake::new("", "staff-changed-meanwhile").into();
    let form = StaffForm { from: stand(&user), ..typed(fields, mistakes) };
    (StatusCode::CONFLICT, Html(member_html(visit, user, form))).into_response()
}

async fn invite_again(visit: Visit, Path((_, user)): Path<(String, String)>) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    let id = user.parse().map_err(|_| Problem::Missing)?;
    invite::staff_again(visit.portal(), &admin, id, visit.now).await?;
    Ok(visit.go_saying("/staff", "staff-invited"))
}
