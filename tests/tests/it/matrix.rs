//! Who gets where: every route of the router, for every role and for a stranger. The table is a file that a
//! person can read; a new route or another right changes it, so none is forgotten.

use crate::harness::{TestApp, each_database, goes_to};
use axum_test::TestServer;
use domain::permission::{Access, CustomerRole, StaffRole};
use server::router::{Route, routes};
use std::fmt::Write as _;

const STAFF: [(&str, StaffRole); 4] = [
    ("technician", StaffRole::Technician),
    ("manager", StaffRole::ContractManager),
    ("officer", StaffRole::PrivacyOfficer),
    ("admin", StaffRole::Admin),
];
const PEOPLE: [(&str, CustomerRole); 3] = [
    ("signatory", CustomerRole::Signatory),
    ("privacy", CustomerRole::PrivacyContact),
    ("member", CustomerRole::Member),
];

/// What an answer says about the right: in, to the log-in, forbidden, as if it were not there. An answer that is
/// none of a handler's (broken, not this method) says nothing and is a failure.
fn verdict(status: u16, location: &str, challenge: &str) -> &'static str {
    match status {
        303 if location.contains("/login") => "login",
        401 if challenge.starts_with("Bearer") => "key",
        401 => "login",
        403 => "no",
        404 => "404",
        405 | 500.. => panic!("answered {status}"),
        _ => "yes",
    }
}

async fn ask(browser: &TestServer, route: &Route, customer: &str) -> &'static str {
    let path = route.path.replace("{lang}", "de").replace("{customer}", customer);
    let path = path.replace("{id}", NOBODY).replace("{document}", NOBODY).replace("{secret}", "nothing");
    let path = path
        .split('/')
        .map(|part| if part.starts_with('{') { NOBODY } else { part })
        .collect::<Vec<_>>()
        .join("/");
    let answer = browser.method(route.method.clone(), &path).await;
    let header = |name| answer.maybe_header(name).and_then(|v| Some(v.to_str().ok()?.to_string()));
    let [location, challenge] = ["location", "www-authenticate"].map(|name| header(name).unwrap_or_default());
    verdict(answer.status_code().as_u16(), &location, &challenge)
}

const NOBODY: &str = "01900000-0000-7000-8000-000000000000";

async fn browsers(t: &TestApp) -> (Vec<(&'static str, TestServer)>, String) {
    let manager = t.staff("manager@provider.example", &[StaffRole::ContractManager]).await;
    let own = t.customer("K1", &manager).await;
    let foreign = t.customer("K2", &manager).await;
    let mut all = vec![("nobody", t.browser())];
    for (name, role) in STAFF {
        let email = format!("{name}@provider.example");
        if role != StaffRole::ContractManager {
            t.staff(&email, &[role]).await;
        }
        all.push((name, t.browser_of(&email).await));
    }
    for (name, role) in PEOPLE {
        let email = format!("{name}@k1.example");
        t.person_of(own, &email, role).await;
        all.push((name, t.browser_of(&email).await));
    }
    t.person_of(foreign, "stranger@k2.example", CustomerRole::Signatory).await;
    all.push(("stranger", t.browser_of("stranger@k2.example").await));
    (all, own.to_string())
}

/// Whether `verdict` is what the access of the route promises to this role. A page that is open may still be a 404
/// of its own (no such contract), so "in" only forbids the refusals.
fn promised(access: Access, who: &str, verdict: &str) -> bool {
    let staff = STAFF.iter().find(|(name, _)| *name == who).map(|(_, role)| *role);
    let own = PEOPLE.iter().find(|(name, _)| *name == who).map(|(_, role)| *role);
    let allowed = match access {
        Access::Public => true,
        Access::SignedIn => who != "nobody",
        Access::Staff(roles) => staff.is_some_and(|r| roles.contains(&r)),
        Access::Customer => own.is_some(),
        Access::CustomerRequest => {
            matches!(own, Some(CustomerRole::Signatory | CustomerRole::PrivacyContact))
        }
        Access::CustomerSign => own == Some(CustomerRole::Signatory),
        Access::Client(_) => return verdict == "key",
    };
    match (allowed, who, access.hides()) {
        (true, _, _) => matches!(verdict, "yes" | "404"),
        (false, "nobody", _) => verdict == "login",
        (false, _, true) => verdict == "404",
        (false, _, false) => verdict == "no",
    }
}

/// Ending a session or logging out changes who asks: such routes are asked in their own test.
fn changes_who_asks(route: &Route) -> bool {
    route.path.ends_with("/logout") || route.path.contains("/account/sessions")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_lets_in_whom_it_promises_and_nobody_else() {
    each_database(async |t| {
        let (browsers, own) = browsers(t).await;
        let mut table = format!("{:6} {:58}", "", "");
        for (name, _) in &browsers {
            write!(table, " {name:10}").expect("text");
        }
        for route in routes().iter().filter(|r| !changes_who_asks(r)) {
            write!(table, "\n{:6} {:58}", route.method.as_str(), route.path).expect("text");
            for (who, browser) in &browsers {
                let verdict = ask(browser, route, &own).await;
                assert!(
                    promised(route.access, who, verdict),
                    "{} {} for {who}: {verdict}",
                    route.method,
                    route.path
                );
                let shown =
                    if verdict == "404" && promised(route.access, who, "yes") { "yes" } else { verdict };
                write!(table, " {shown:10}").expect("text");
            }
        }
        let lines: Vec<_> = table.lines().map(str::trim_end).collect();
        insta::assert_snapshot!("role_by_route", lines.join("\n"));
    })
    .await;
}

/// The contract of another customer, asked for under one's own: as if it were not there, for reading and for writing.
#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_contract_is_no_contract() {
    each_database(async |t| {
        let (browsers, own) = browsers(t).await;
        let (_, stranger) = browsers.iter().find(|(who, _)| *who == "stranger").expect("one");
        let theirs = stranger.get("/de/my").await;
        let theirs = goes_to(&theirs).rsplit('/').next().expect("an id").to_string();
        let begun = goes_to(&stranger.post(&format!("/de/my/{theirs}/contracts")).await);
        let contract = begun.split('/').nth(5).expect("the contract's id").to_string();
        assert_eq!(stranger.get(&begun).await.status_code(), 200, "{begun}");
        let of_contract = |r: &&Route| r.path.contains("{customer}") && r.path.contains("{id}");
        for route in routes().iter().filter(of_contract) {
            let path =
                route.path.replace("{lang}", "de").replace("{customer}", &own).replace("{id}", &contract);
            for (who, browser) in &browsers {
                if PEOPLE.iter().any(|(name, _)| name == who) {
                    let asked = browser.method(route.method.clone(), &path);
                    let answer =
                        if route.method == "POST" { asked.form(&[("a", "b")]).await } else { asked.await };
                    assert_eq!(answer.status_code(), 404, "{} {path} for {who}", route.method);
                }
            }
        }
    })
    .await;
}

#[test]
fn every_page_names_its_language_and_every_customer_page_its_customer() {
    for route in routes() {
        let of_customer =
            matches!(route.access, Access::Customer | Access::CustomerRequest | Access::CustomerSign);
        assert_eq!(of_customer, route.path.starts_with("/{lang}/my/{customer}"), "{}", route.path);
    }
}
