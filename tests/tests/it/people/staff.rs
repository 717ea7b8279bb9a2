//! The provider's people: who may be invited, changed, locked, and by whom.

use crate::harness::{TestApp, each_database, goes_to};
use domain::Lang;
use domain::permission::{Admin, CustomerRole, StaffRole};
use service::Problem;
use service::people::invite::{self, Person, StaffFacts};
use service::people::staff;
use service::store::{memberships, users};

const DAVID: &str = "david@provider.example";
const TINA: &str = "tina@provider.example";

async fn david(t: &TestApp) -> Admin {
    t.staff(DAVID, &[StaffRole::Admin]).await.admin().expect("the role")
}

fn facts(roles: &[StaffRole]) -> StaffFacts {
    StaffFacts { roles: roles.to_vec(), ..StaffFacts::default() }
}

fn change(facts: StaffFacts, locked: bool) -> staff::Change {
    staff::Change { facts, locked, from: None }
}

fn code(problem: Problem) -> String {
    match problem {
        Problem::Mistakes(m) => m.0[0].code.clone(),
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_invites_by_the_form() {
    each_database(async |t| {
        david(t).await;
        let browser = t.browser_of(DAVID).await;
        let bad = [
            ("email", "tina@"),
            ("name", "7"),
            ("language", "de"),
            ("roles", "king"),
            ("confidentiality_on", "gestern"),
            ("training_until", "31.12.2027"),
        ];
        let again = browser.post("/de/staff/new").form(&bad).await;
        assert_eq!(again.status_code(), 422);
        for field in ["email", "name", "roles", "confidentiality_on"] {
            assert!(again.text().contains(&format!("{field}-error")), "{field}");
        }
        assert!(again.text().contains("value=\"tina@\"") && again.text().contains("31.12.2027"), "kept");

        let good = [
            ("email", TINA),
            ("name", "Tina Schön"),
            ("language", "en"),
            ("roles", "technician"),
            ("roles", "admin"),
            ("confidentiality_on", "2026-01-07"),
            ("training_until", "31.12.2027"),
        ];
        assert_eq!(goes_to(&browser.post("/de/staff/new").form(&good).await), "/de/staff");
        assert_eq!(t.in_letter("invitation", TINA, "role").await, "Technician, Administrator");
        let twice = browser.post("/de/staff/new").form(&good).await;
        assert_eq!(twice.status_code(), 422, "the address is taken");

        let tina = t.actor(TINA).await;
        let page = browser.get(&format!("/de/staff/{}", tina.user)).await;
        assert!(
            page.text().contains("value=\"2027-12-31\"") && page.text().contains("Einladung erneut senden")
        );
        let url = format!("/de/staff/{}/invite", tina.user);
        assert_eq!(browser.post(&url).await.status_code(), 303);
        assert!(browser.get("/de/staff").await.text().contains("Tina Schön"));
        for missing in ["/de/staff/nonsense", "/de/staff/0192f000-0000-7000-8000-000000000001"] {
            assert_eq!(browser.get(missing).await.status_code(), 404);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_reach_the_gate_and_a_lock_reaches_everything() {
    each_database(async |t| {
        david(t).await;
        let tina = t.staff(TINA, &[StaffRole::Technician]).await;
        let (browser, hers) = (t.browser_of(DAVID).await, t.browser_of(TINA).await);
        let url = format!("/de/staff/{}", tina.user);
        let known = || t.portal().gate.facts().technicians.get(TINA).cloned();
        assert!(known().is_some_and(|f| f.technician && !f.locked));

        let form = [("roles", "contract_manager"), ("confidentiality_on", ""), ("training_until", "")];
        assert_eq!(goes_to(&browser.post(&url).form(&form).await), "/de/staff");
        assert!(known().is_some_and(|f| !f.technician && f.confidential_from.is_none()), "at once");

        let form = [("roles", "technician"), ("locked", "yes")];
        assert_eq!(browser.post(&url).form(&form).await.status_code(), 303);
        assert!(known().is_some_and(|f| f.locked));
        assert_eq!(goes_to(&hers.get("/de/account").await), "/de/login", "out at once");
        assert_eq!(browser.post(&url).form(&[("roles", "technician")]).await.status_code(), 303);
        t.browser_of(TINA).await;

        let none = browser.post(&url).form(&[("training_until", "2027-12-31")]).await;
        assert_eq!(none.status_code(), 422, "a role at least");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_admins_the_second_sees_what_the_first_changed() {
    each_database(async |t| {
        david(t).await;
        let tina = t.staff(TINA, &[StaffRole::Technician]).await;
        let browser = t.browser_of(DAVID).await;
        let url = format!("/de/staff/{}", tina.user);
        let filled = browser.get(&url).await.text();
        let from = value_of(&filled, "from");

        let first = [("roles", "technician"), ("training_until", "2031-05-01"), ("from", from.as_str())];
        assert_eq!(browser.post(&url).form(&first).await.status_code(), 303);
        assert_eq!(browser.post(&url).form(&first).await.status_code(), 303, "the same twice is no conflict");

        let second =
            [("roles", "contract_manager"), ("training_until", "2029-01-31"), ("from", from.as_str())];
        let told = browser.post(&url).form(&second).await;
        assert_eq!(told.status_code(), 409);
        let page = told.text();
        assert!(page.contains("01.05.2031"), "what the first one saved is shown");
        assert!(page.contains("value=\"2029-01-31\""), "what the second one typed is kept");
        let now = users::by_id(t.portal().store.read(), tina.user).await.expect("read").expect("there");
        assert_eq!(now.staff_roles, [StaffRole::Technician], "nothing was saved");

        let decided = value_of(&page, "from");
        let again =
            [("roles", "contract_manager"), ("training_until", "2029-01-31"), ("from", decided.as_str())];
        assert_eq!(browser.post(&url).form(&again).await.status_code(), 303);
    })
    .await;
}

/// The value of a hidden field.
fn value_of(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("the field");
    after.split('"').next().expect("its value").to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_cannot_end_themselves() {
    each_database(async |t| {
        let david = david(t).await;
        let refused = staff::change(
            t.portal(),
            &david,
            david.user,
            &change(facts(&[StaffRole::Technician]), false),
            t.now(),
        )
        .await;
        assert_eq!(code(refused.expect_err("refused")), "own-admin-role");
        let refused =
            staff::change(t.portal(), &david, david.user, &change(facts(&[StaffRole::Admin]), true), t.now())
                .await;
        assert_eq!(code(refused.expect_err("refused")), "own-lock");
        let browser = t.browser_of(DAVID).await;
        let page = browser.post(&format!("/de/staff/{}", david.user)).form(&[("roles", "technician")]).await;
        assert_eq!(page.status_code(), 422);
        assert!(t.actor(DAVID).await.admin().is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_admins_that_end_each_other_leave_one() {
    each_database(async |t| {
        let a = david(t).await;
        let b = t.staff("dora@provider.example", &[StaffRole::Admin]).await.admin().expect("the role");
        let less = |locked| change(facts(&[StaffRole::Technician]), locked);
        let (first, second) = (less(false), less(true));
        let (x, y) = tokio::join!(
            staff::change(t.portal(), &a, b.user, &first, t.now()),
            staff::change(t.portal(), &b, a.user, &second, t.now()),
        );
        assert!(x.is_ok() != y.is_ok(), "{x:?} {y:?}");
        let admins = users::with_role(t.portal().store.read(), StaffRole::Admin).await.expect("read");
        assert_eq!(admins.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_admins_see_any_of_it() {
    each_database(async |t| {
        let roles = [StaffRole::Technician, StaffRole::ContractManager, StaffRole::PrivacyOfficer];
        let eva = t.staff("eva@provider.example", &roles).await;
        let browser = t.browser_of("eva@provider.example").await;
        for path in ["/de/staff", "/de/staff/new", "/de/clients", "/de/clients/new"] {
            assert_eq!(browser.get(path).await.status_code(), 403, "{path}");
        }
        let own = format!("/de/staff/{}", eva.user);
        for path in [own.as_str(), "/de/staff/new", "/de/clients/new", "/de/clients/revoke"] {
            assert_eq!(browser.post(path).form(&[("roles", "admin")]).await.status_code(), 403, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_serves_several_customers_and_the_provider() {
    each_database(async |t| {
        let admin = david(t).await;
        let manager = t.manager().await;
        let by = manager.contract_manager().expect("the role").into();
        let (one, two) = (t.customer("K1", &manager).await, t.customer("K2", &manager).await);
        let anna =
            Person { email: "anna@kanzlei.example".into(), name: "Anna Muster".into(), language: Lang::En };
        t.person_of(one, &anna.email, CustomerRole::Signatory).await;
        let give = async |customer, role| {
            invite::customer_user(t.portal(), &by, customer, &anna, role, t.now()).await.expect("given")
        };
        let id = give(two, CustomerRole::PrivacyContact).await;
        assert_eq!(t.in_letter("access_added", &anna.email, "organisation").await, "Tischlerei K2 GmbH");
        let count = t.letters().await.len();
        give(two, CustomerRole::PrivacyContact).await;
        assert_eq!(t.letters().await.len(), count, "what they have already is no news");
        invite::staff(t.portal(), &admin, &anna, &facts(&[StaffRole::Technician]), t.now())
            .await
            .expect("staff too");
        let actor = t.actor(&anna.email).await;
        assert!(actor.technician().is_some() && actor.signatory_of(one).is_some());
        assert!(actor.signatory_of(two).is_none() && actor.of_customer(two).is_some_and(|u| u.may_request()));

        let role = CustomerRole::PrivacyContact;
        invite::remove_customer_user(t.portal(), &by, two, id, role, t.now()).await.expect("taken away");
        let again = invite::remove_customer_user(t.portal(), &by, two, id, role, t.now()).await;
        assert!(matches!(again, Err(Problem::Missing)));
        assert!(memberships::of_customer(t.portal().store.read(), two).await.expect("read").is_empty());
        let nowhere = domain::CustomerId(id.0);
        let lost = invite::customer_user(t.portal(), &by, nowhere, &anna, role, t.now()).await;
        assert!(matches!(lost, Err(Problem::Missing)));
    })
    .await;
}
