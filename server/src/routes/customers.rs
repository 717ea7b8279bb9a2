//! Customers for staff: the list, one customer, its form. Contract managers write, everybody reads.

mod files;

mod people;

use crate::edge::{Answer, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get, post};
use app::components::Verdict;
use app::pages::customer::{self, ContractLine, CustomerView, DecisionLine, HoldLine, PersonLine};
use app::pages::customer_form::{self, CustomerFormView};
use app::pages::customers::{self, CustomerLine, CustomersView};
use axum::extract::{DefaultBodyLimit, RawQuery};
use axum::handler::Handler as _;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use domain::contract::{Contract, ContractState, StateName};
use domain::customer::{Customer, CustomerFacts, CustomerInput};
use domain::permission::{Access, Actor, Staff, StaffRole};
use domain::{Action, CustomerId, Mistake, Mistakes, Service, UserId};
use service::Problem;
use service::customers::detail::{self, Detail};
use service::customers::edit::differences;
use service::customers::list::{self, Filter};
use service::customers::{create, edit};

const MANAGERS: Access = Access::Staff(&[StaffRole::ContractManager]);
const READERS: Access = Access::ANY_STAFF;
/// A whole directory in one file is for those whose work needs it; technicians search.
const EXPORTERS: Access =
    Access::Staff(&[StaffRole::ContractManager, StaffRole::PrivacyOfficer, StaffRole::Admin]);

/// The routes.
pub fn routes() -> Vec<Route> {
    let upload = files::import.layer(DefaultBodyLimit::max(files::UPLOAD_LIMIT));
    vec![
        get("/{lang}/customers", READERS, list_page),
        get("/{lang}/customers/export.csv", EXPORTERS, files::export),
        get("/{lang}/customers/import", MANAGERS, files::import_page),
        post("/{lang}/customers/import", MANAGERS, upload),
        get("/{lang}/customers/new", MANAGERS, new_page),
        post("/{lang}/customers/new", MANAGERS, create_customer),
        get("/{lang}/customers/{customer}", READERS, customer_page),
        get("/{lang}/customers/{customer}/edit", MANAGERS, edit_page),
        post("/{lang}/customers/{customer}/edit", MANAGERS, edit_customer),
        get("/{lang}/customers/{customer}/contacts/new", MANAGERS, people::new_contact_page),
        post("/{lang}/customers/{customer}/contacts/new", MANAGERS, people::add_contact),
        get("/{lang}/customers/{customer}/contacts/{contact}", MANAGERS, people::contact_page),
        post("/{lang}/customers/{customer}/contacts/{contact}", MANAGERS, people::change_contact),
        post("/{lang}/customers/{customer}/contacts/{contact}/remove", MANAGERS, people::remove_contact),
        get("/{lang}/customers/{customer}/people/new", MANAGERS, people::invite_page),
        post("/{lang}/customers/{customer}/people/new", MANAGERS, people::invite_person),
        post("/{lang}/customers/{customer}/people/{user}/remove", MANAGERS, people::remove_role),
    ]
}

/// The customer in the path.
fn customer_id(visit: &Visit) -> Result<CustomerId, Problem> {
    visit.customer.ok_or(Problem::Missing)
}

fn is_manager(visit: &Visit) -> bool {
    visit.actor.as_ref().is_some_and(|a| a.has(StaffRole::ContractManager))
}

async fn list_page(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let staff = visit.narrowed(Actor::staff)?;
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let filter = filter(&fields);
    let found = list::list(visit.portal(), &staff, &filter, fields.page()).await?;
    let rows = found.rows.into_iter().map(|r| CustomerLine {
        id: r.customer.id,
        number: r.customer.facts.number,
        name: r.customer.facts.legal_name,
        city: r.customer.facts.city,
        contracts: r.contracts,
    });
    let view = CustomersView {
        rows: rows.collect(),
        total: found.total,
        page: found.page,
        pages: found.pages,
        query: as_query(&filter),
        contract: filter.contract.unwrap_or_default(),
        service: filter.service.map(|s| s.name().to_string()).unwrap_or_default(),
        service_contract: filter.service_contract,
        words: filter.words,
        may_write: is_manager(&visit),
        may_export: EXPORTERS.allows(visit.actor.as_ref(), None),
    };
    Ok(render::page(customers::render(render::shell(&visit), view)))
}

/// A filter that nobody knows narrows nothing.
fn filter(fields: &Fields) -> Filter {
    let contract = fields.get("contract");
    let known = contract == "none" || StateName::parse(contract).is_some();
    Filter {
        words: fields.get("q").chars().take(200).collect(),
        contract: known.then(|| contract.to_string()),
        service_contract: fields.has("service_contract"),
        service: Service::parse(fields.get("service")),
    }
}

fn as_query(f: &Filter) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", &f.words);
    query.append_pair("contract", f.contract.as_deref().unwrap_or_default());
    query.append_pair("service", f.service.map_or("", Service::name));
    if f.service_contract {
        query.append_pair("service_contract", "yes");
    }
    query.finish()
}

async fn customer_page(visit: Visit) -> Answer {
    let staff = visit.narrowed(Actor::staff)?;
    let found = detail::detail(visit.portal(), &staff, customer_id(&visit)?).await?;
    let view = customer_view(&visit, &staff, found);
    Ok(render::page(customer::render(render::shell(&visit), view)))
}

fn customer_view(visit: &Visit, staff: &Staff, d: Detail) -> CustomerView {
    let manager = is_manager(visit);
    let people = d.people.into_iter().map(|(user, roles)| PersonLine {
        id: user.id,
        invited: !user.has_password,
        name: user.name,
        email: user.email,
        roles,
    });
    let holds = d.holds.into_iter().map(|h| HoldLine {
        objection: h.kind == "objection",
        service: h.service,
        reason: h.reason,
        at: h.raised_at,
    });
    let decisions = d.decisions.into_iter().map(|d| DecisionLine {
        at: d.at,
        action: action_name(visit, &d.action),
        subject: d.subject,
        verdict: verdict(&d.outcome),
    });
    CustomerView {
        id: d.customer.id,
        country: country_name(visit, &d.customer.facts.country),
        facts: d.customer.facts,
        contacts: d.contacts,
        people: people.collect(),
        contracts: d.contracts.into_iter().map(|c| contract_line(c, manager.then_some(staff.user))).collect(),
        holds: holds.collect(),
        decisions: decisions.collect(),
        may_write: manager,
    }
}

fn contract_line(c: Contract, manager: Option<UserId>) -> ContractLine {
    let (from, until) = match &c.state {
        ContractState::PaperUnconfirmed(s) => (Some(s.effective_from), s.effective_until),
        other => (other.concluded().map(|f| f.effective_from), other.last_day()),
    };
    let entered_by = match &c.state {
        ContractState::PaperUnconfirmed(s) => Some(s.entered_by),
        _ => None,
    };
    ContractLine {
        id: c.id,
        state: c.state.name(),
        services: c.state.services(),
        number: c.number,
        from,
        until,
        may_confirm: entered_by.is_some_and(|by| manager.is_some() && by != manager),
    }
}

fn action_name(visit: &Visit, name: &str) -> String {
    let known =
        Action::parse(name).map(|a| visit.portal().content.catalogue.action(a, visit.lang).to_string());
    known.unwrap_or_else(|| name.to_string())
}

fn verdict(outcome: &str) -> Verdict {
    match outcome {
        "permitted" => Verdict::Permitted,
        "advice_only" => Verdict::Advice,
        _ => Verdict::Refused,
    }
}

fn country_name(visit: &Visit, code: &str) -> String {
    let name = visit.portal().content.countries.get(code).map(|c| c.get(visit.lang).clone());
    name.unwrap_or_else(|| code.to_string())
}

fn countries(visit: &Visit) -> Vec<(String, String)> {
    let all = visit.portal().content.countries.iter();
    let mut all: Vec<_> = all.map(|(code, name)| (code.clone(), name.get(visit.lang).clone())).collect();
    all.sort_by_cached_key(|(_, name)| domain::text::search_key(name));
    all
}

async fn new_page(visit: Visit) -> Answer {
    let input = CustomerInput { country: "DE".into(), language: "de".into(), ..CustomerInput::default() };
    let view = CustomerFormView { input, countries: countries(&visit), ..CustomerFormView::default() };
    Ok(render::page(customer_form::render(render::shell(&visit), view)))
}

async fn create_customer(visit: Visit, fields: Fields) -> Answer {
    let manager = visit.narrowed(Actor::contract_manager)?;
    let input = typed(&fields);
    match create::create(visit.portal(), &manager, &input, visit.now).await {
        Ok(id) => Ok(visit.go_saying(&format!("/customers/{id}"), "customer-created")),
        Err(Problem::Mistakes(mistakes)) => {
            let countries = countries(&visit);
            let view = CustomerFormView { input, mistakes, countries, ..CustomerFormView::default() };
            Ok(render::again(customer_form::render(render::shell(&visit), view)))
        }
        Err(problem) => Err(problem.into()),
    }
}

fn typed(fields: &Fields) -> CustomerInput {
    CustomerInput {
        number: fields.text("customer_number"),
        legal_name: fields.text("legal_name"),
        street: fields.text("street"),
        postal_code: fields.text("postal_code"),
        city: fields.text("city"),
        country: fields.text("country"),
        register: fields.text("register"),
        email: fields.text("email"),
        language: fields.text("language"),
        phones: fields.text("phones"),
        domains: fields.text("domains"),
        service_contract: fields.has("service_contract"),
        hosting: fields.has("hosting"),
        professional_secrecy: fields.has("professional_secrecy"),
        representation: fields.text("representation"),
        services: fields.all("services"),
    }
}

fn stored(f: &CustomerFacts) -> CustomerInput {
    CustomerInput {
        number: f.number.clone(),
        legal_name: f.legal_name.clone(),
        street: f.street.clone(),
        postal_code: f.postal_code.clone(),
        city: f.city.clone(),
        country: f.country.clone(),
        register: f.register.clone(),
        email: f.email.clone(),
        language: f.language.code().into(),
        phones: f.phones.join("\n"),
        domains: f.domains.join("\n"),
        service_contract: f.service_contract,
        hosting: f.hosting,
        professional_secrecy: f.professional_secrecy,
        representation: f.representation.signatures().to_string(),
        services: f.services.iter().map(|s| s.name().to_string()).collect(),
    }
}

async fn one(visit: &Visit) -> Result<Customer, Problem> {
    let staff = visit.actor.as_ref().and_then(Actor::staff).ok_or(Problem::Missing)?;
    detail::one(visit.portal(), &staff, customer_id(visit)?).await
}

fn form(visit: &Visit, customer: &Customer, input: CustomerInput, mistakes: Mistakes) -> CustomerFormView {
    CustomerFormView {
        id: Some(customer.id),
        name: customer.facts.legal_name.clone(),
        input,
        lock: customer.lock,
        mistakes,
        stored: Vec::new(),
        countries: countries(visit),
    }
}

async fn edit_page(visit: Visit) -> Answer {
    let customer = one(&visit).await?;
    let view = form(&visit, &customer, stored(&customer.facts), Mistakes::default());
    Ok(render::page(customer_form::render(render::shell(&visit), view)))
}

async fn edit_customer(visit: Visit, fields: Fields) -> Answer {
    let manager = visit.narrowed(Actor::contract_manager)?;
    let (id, input) = (customer_id(&visit)?, typed(&fields));
    let lock: i64 =
        fields.get("lock").parse().map_err(|_| Problem::Mistakes(Mistake::new("", "form").into()))?;
    match edit::edit(visit.portal(), &manager, id, lock, &input, visit.now).await {
        Ok(()) => Ok(visit.go_saying(&format!("/customers/{id}"), "customer-saved")),
        Err(Problem::Mistakes(mistakes)) => {
            let customer = one(&visit).await?;
            let view = CustomerFormView { lock, ..form(&visit, &customer, input, mistakes) };
            Ok(render::again(customer_form::render(render::shell(&visit), view)))
        }
        Err(Problem::Stale) => meanwhile(&visit, input).await,
        Err(problem) => Err(problem.into()),
    }
}

/// Somebody else was faster: their values beside what was typed; saving again is a decision then.
async fn meanwhile(visit: &Visit, input: CustomerInput) -> Answer {
    let customer = one(visit).await?;
    let differing = input.check().map(|typed| differences(&customer.facts, &typed)).unwrap_or_default();
    let stored =
        differing.into_iter().map(|field| (field.to_string(), in_words(visit, &customer.facts, field)));
    let mistake = Mistake::new("", "changed-meanwhile");
    let view = CustomerFormView { stored: stored.collect(), ..form(visit, &customer, input, mistake.into()) };
    let html: Response = Html(customer_form::render(render::shell(visit), view)).into_response();
    Ok((StatusCode::CONFLICT, html).into_response())
}

fn in_words(visit: &Visit, f: &CustomerFacts, field: &str) -> String {
    let t = visit.t();
    let yes_no = |yes: bool| t.t(if yes { "yes" } else { "no" });
    let now = stored(f);
    match field {
        "customer_number" => now.number,
        "legal_name" => now.legal_name,
        "street" => now.street,
        "postal_code" => now.postal_code,
        "city" => now.city,
        "country" => country_name(visit, &f.country),
        "register" => now.register,
        "email" => now.email,
        "language" => app::i18n::T(f.language).t("language-name"),
        "phones" => f.phones.join(", "),
        "domains" => f.domains.join(", "),
        "service_contract" => yes_no(f.service_contract),
        "hosting" => yes_no(f.hosting),
        "professional_secrecy" => yes_no(f.professional_secrecy),
        "representation" => now.representation,
        _ => visit.portal().content.catalogue.service_names(&f.services, visit.lang),
    }
}
