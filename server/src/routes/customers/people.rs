//! Contacts of a customer, and the people who log in for it.

use super::{customer_id, one};
use crate::edge::{Answer, Visit};
use crate::form::Fields;
use crate::render;
use app::pages::customer_people::{self, ContactFormView, InvitePersonView};
use axum::extract::Path;
use axum::response::Response;
use domain::customer::{ContactInput, Customer};
use domain::permission::{Actor, CustomerRole};
use domain::{ContactId, Mistake, Mistakes};
use service::Problem;
use service::customers::{contacts, detail};
use service::people::Authority;
use service::people::invite::{self, Person};

type Three = Path<(String, String, String)>;

fn contact_id(text: &str) -> Result<ContactId, Problem> {
    text.parse().map_err(|_| Problem::Missing)
}

fn typed(fields: &Fields) -> ContactInput {
    ContactInput {
        kind: fields.text("kind"),
        name: fields.text("name"),
        email: fields.text("email"),
        function: fields.text("function"),
    }
}

fn contact_view(
    customer: Customer,
    id: Option<ContactId>,
    input: ContactInput,
    m: Mistakes,
) -> ContactFormView {
    let customer_name = customer.facts.legal_name;
    ContactFormView { customer: customer.id, customer_name, id, input, mistakes: m }
}

pub(super) async fn new_contact_page(visit: Visit) -> Answer {
    let view = contact_view(one(&visit).await?, None, ContactInput::default(), Mistakes::default());
    Ok(render::page(customer_people::render_contact(render::shell(&visit), view)))
}

pub(super) async fn add_contact(visit: Visit, fields: Fields) -> Answer {
    let manager = visit.narrowed(Actor::contract_manager)?;
    let (id, input) = (customer_id(&visit)?, typed(&fields));
    let done = contacts::add(visit.portal(), &manager, id, &input, visit.now).await;
    contact_saved(&visit, None, input, done.map(|_| ())).await
}

pub(super) async fn change_contact(visit: Visit, Path((_, _, contact)): Three, fields: Fields) -> Answer {
    let manager = visit.narrowed(Actor::contract_manager)?;
    let (id, contact, input) = (customer_id(&visit)?, contact_id(&contact)?, typed(&fields));
    let done = contacts::change(visit.portal(), &manager, id, contact, &input, visit.now).await;
    contact_saved(&visit, Some(contact), input, done).await
}

async fn contact_saved(
    visit: &Visit,
    contact: Option<ContactId>,
    input: ContactInput,
    done: Result<(), Problem>,
) -> Answer {
    match done {
        Ok(()) => {
            Ok(visit.go_saying(&format!("/customers/{}#contacts", customer_id(visit)?), "contact-saved"))
        }
        Err(Problem::Mistakes(mistakes)) => {
            let view = contact_view(one(visit).await?, contact, input, mistakes);
            Ok(render::again(customer_people::render_contact(render::shell(visit), view)))
        }
        Err(problem) => Err(problem.into()),
    }
}

pub(super) async fn contact_page(visit: Visit, Path((_, _, contact)): Three) -> Answer {
    let staff = visit.narrowed(Actor::staff)?;
    let id = contact_id(&contact)?;
    let found = detail::detail(visit.portal(), &staff, customer_id(&visit)?).await?;
    let contact = found.contacts.into_iter().find(|c| c.id == id).ok_or(Problem::Missing)?;
    let (kind, name) = (contact.kind.name().to_string(), contact.name);
    let input = ContactInput { kind, name, email: contact.email, function: contact.function };
    let view = contact_view(found.customer, Some(id), input, Mistakes::default());
    Ok(render::page(customer_people::render_contact(render::shell(&visit), view)))
}

pub(super) async fn remove_contact(visit: Visit, Path((_, _, contact)): Three) -> Answer {
    let manager = visit.narrowed(Actor::contract_manager)?;
    let id = customer_id(&visit)?;
    contacts::remove(visit.portal(), &manager, id, contact_id(&contact)?, visit.now).await?;
    Ok(visit.go_saying(&format!("/customers/{id}#contacts"), "contact-removed"))
}

pub(super) async fn invite_page(visit: Visit) -> Answer {
    let customer = one(&visit).await?;
    let language = Fields::parse(format!("language={}", customer.facts.language.code()).as_bytes());
    Ok(render::page(invite_html(&visit, customer, &language, Mistakes::default())))
}

fn invite_html(visit: &Visit, customer: Customer, fields: &Fields, mistakes: Mistakes) -> String {
    let view = InvitePersonView {
        customer: customer.id,
        customer_name: customer.facts.legal_name,
        name: fields.text("name"),
        email: fields.text("email"),
        language: fields.text("language"),
        role: fields.text("role"),
        mistakes,
    };
    customer_people::render_invite(render::shell(visit), view)
}

pub(super) async fn invite_person(visit: Visit, fields: Fields) -> Answer {
    match invited(&visit, &fields).await {
        Ok(to) => Ok(to),
        Err(Problem::Mistakes(mistakes)) => {
            let customer = one(&visit).await?;
            Ok(render::again(invite_html(&visit, customer, &fields, mistakes)))
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn invited(visit: &Visit, fields: &Fields) -> Result<Response, Problem> {
    let by = authority(visit)?;
    let id = customer_id(visit)?;
    let person = Person::parse(fields.get("email"), fields.get("name"), fields.get("language"));
    let (person, role) = match (person, CustomerRole::parse(fields.get("role"))) {
        (Ok(person), Some(role)) => (person, role),
        (person, role) => {
            let mut mistakes = person.err().unwrap_or_default();
            if role.is_none() {
                mistakes.0.push(Mistake::new("role", "choose-one"));
            }
            return Err(mistakes.into());
        }
    };
    invite::customer_user(visit.portal(), &by, id, &person, role, visit.now).await?;
    Ok(visit.go_saying(&format!("/customers/{id}#people"), "person-invited"))
}

fn authority(visit: &Visit) -> Result<Authority, Problem> {
    visit.actor.as_ref().and_then(Actor::contract_manager).map(Authority::from).ok_or(Problem::Missing)
}

pub(super) async fn remove_role(visit: Visit, Path((_, _, user)): Three, fields: Fields) -> Answer {
    let by = authority(&visit)?;
    let (id, user) = (customer_id(&visit)?, user.parse().map_err(|_| Problem::Missing)?);
    let role = CustomerRole::parse(fields.get("role")).ok_or(Problem::Missing)?;
    invite::remove_customer_user(visit.portal(), &by, id, user, role, visit.now).await?;
    Ok(visit.go_saying(&format!("/customers/{id}#people"), "role-removed"))
}
