//! Customers entered and changed one by one, also by two people at once; contacts; the list.

use super::manager;
use crate::harness::{TestApp, each_database};
use domain::CustomerId;
use domain::customer::{ContactInput, CustomerInput};
use domain::permission::StaffRole;
use service::Problem;
use service::customers::list::{Filter, PER_PAGE, list};
use service::customers::{contacts, create, detail, edit};
use service::store::customers;

fn input(number: &str) -> CustomerInput {
    CustomerInput {
        number: number.into(),
        legal_name: "Bäckerei Müller GmbH & Co. KG".into(),
        street: "Hauptstraße 1".into(),
        postal_code: "72622".into(),
        city: "Nürtingen".into(),
        country: "de".into(),
        email: "info@mueller.example".into(),
        language: "de".into(),
        phones: "07022 1234567".into(),
        domains: "mueller.example".into(),
        ..CustomerInput::default()
    }
}

fn codes<T: std::fmt::Debug>(result: Result<T, Problem>) -> Vec<String> {
    match result.expect_err("a refusal") {
        Problem::Mistakes(m) => m.0.into_iter().map(|m| format!("{} {}", m.field, m.code)).collect(),
        other => vec![format!("{other:?}")],
    }
}

async fn read(test: &TestApp, id: CustomerId) -> domain::customer::Customer {
    customers::by_id(test.portal().store.read(), id).await.expect("read").expect("there")
}

#[tokio::test]
async fn a_customer_is_entered_once_and_the_gate_knows_it_at_once() {
    each_database(async |test| {
        let by = manager(&test.manager().await);
        let id = create::create(test.portal(), &by, &input("k1"), test.now()).await.expect("created");
        assert_eq!(test.portal().gate.facts().customer("K1").expect("known").id, id);
        let again = create::create(test.portal(), &by, &input("K1"), test.now()).await;
        assert_eq!(codes(again), ["customer_number customer-number-taken"]);
        let bad = CustomerInput { country: "XX".into(), email: "no".into(), ..input("K2") };
        assert_eq!(
            codes(create::create(test.portal(), &by, &bad, test.now()).await),
            ["country country", "email email"]
        );
        assert_eq!(super::how_many(test).await, 1);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_edit_at_once_the_second_is_told_and_nothing_is_overwritten() {
    each_database(async |test| {
        let by = manager(&test.manager().await);
        let id = create::create(test.portal(), &by, &input("K1"), test.now()).await.expect("created");
        let moved = CustomerInput { street: "Neue Gasse 7".into(), ..input("K1") };
        edit::edit(test.portal(), &by, id, 0, &moved, test.now()).await.expect("saved");
        let renamed = CustomerInput { legal_name: "Müller AG".into(), ..input("K1") };
        let second = edit::edit(test.portal(), &by, id, 0, &renamed, test.now()).await;
        assert!(matches!(second, Err(Problem::Stale)), "{second:?}");
        let now = read(test, id).await;
        assert_eq!((now.facts.street.as_str(), now.lock), ("Neue Gasse 7", 1));
        // Sent twice by a double click: the same values are no conflict and no change.
        edit::edit(test.portal(), &by, id, 0, &moved, test.now()).await.expect("nothing to do");
        assert_eq!(read(test, id).await.lock, 1);
        // Sent again knowingly, from the new version.
        edit::edit(test.portal(), &by, id, 1, &renamed, test.now()).await.expect("saved");
        assert_eq!(read(test, id).await.facts.legal_name, "Müller AG");
    })
    .await;
}

#[tokio::test]
async fn an_edit_cannot_take_another_number_and_needs_a_customer() {
    each_database(async |test| {
        let by = manager(&test.manager().await);
        let id = create::create(test.portal(), &by, &input("K1"), test.now()).await.expect("created");
        create::create(test.portal(), &by, &input("K2"), test.now()).await.expect("created");
        let taken = edit::edit(test.portal(), &by, id, 0, &input("K2"), test.now()).await;
        assert_eq!(codes(taken), ["customer_number customer-number-taken"]);
        let nobody = CustomerId(service::fresh::id(test.now()));
        let missing = edit::edit(test.portal(), &by, nobody, 0, &input("K3"), test.now()).await;
        assert!(matches!(missing, Err(Problem::Missing)));
    })
    .await;
}

#[tokio::test]
async fn contacts_come_change_and_go_and_only_at_their_customer() {
    each_database(async |test| {
        let actor = test.manager().await;
        let by = manager(&actor);
        let (ours, theirs) = (test.customer("K1", &actor).await, test.customer("K2", &actor).await);
        let anna = ContactInput {
            kind: "privacy".into(),
            name: "Anna Müller".into(),
            email: "Anna@mueller.example".into(),
            function: String::new(),
        };
        let (portal, now) = (test.portal(), test.now());
        let id = contacts::add(portal, &by, ours, &anna, now).await.expect("added");
        assert_eq!(portal.gate.facts().by_contact("anna@mueller.example").len(), 1);
        assert_eq!(codes(contacts::add(portal, &by, ours, &anna, now).await), ["email contact-taken"]);
        contacts::add(portal, &by, theirs, &anna, now).await.expect("another customer's contact");
        let bad = ContactInput { kind: "boss".into(), email: "x".into(), ..ContactInput::default() };
        let expected = ["kind choice", "name required", "email email"];
        assert_eq!(codes(contacts::add(portal, &by, ours, &bad, now).await), expected);

        let moved = ContactInput {
            email: "a.mueller@mueller.example".into(),
            kind: "general".into(),
            ..anna.clone()
        };
        let foreign = contacts::change(portal, &by, theirs, id, &moved, now).await;
        assert!(matches!(foreign, Err(Problem::Missing)));
        contacts::change(portal, &by, ours, id, &moved, now).await.expect("changed");
        assert_eq!(portal.gate.facts().by_contact("a.mueller@mueller.example").len(), 1);

        assert!(matches!(contacts::remove(portal, &by, theirs, id, now).await, Err(Problem::Missing)));
        contacts::remove(portal, &by, ours, id, now).await.expect("removed");
        assert!(matches!(contacts::remove(portal, &by, ours, id, now).await, Err(Problem::Missing)));
        assert!(portal.gate.facts().by_contact("a.mueller@mueller.example").is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_list_is_searched_narrowed_and_paged() {
    each_database(async |test| {
        let actor = test.manager().await;
        let staff = actor.staff().expect("staff");
        let by = manager(&actor);
        create::create(test.portal(), &by, &input("A1"), test.now()).await.expect("created");
        let rows: Vec<String> = (0..30).map(|n| super::row(&format!("K{n:02}"))).collect();
        super::import(test, super::file(&rows.iter().map(String::as_str).collect::<Vec<_>>())).await;
        let found = async |filter: Filter, page: u64| {
            list(test.portal(), &staff, &filter, page).await.expect("a page")
        };
        let words = |words: &str| Filter { words: words.into(), ..Filter::default() };

        let first = found(Filter::default(), 1).await;
        assert_eq!((first.total, first.pages, first.rows.len() as u64), (31, 2, PER_PAGE));
        let past = found(Filter::default(), 99).await;
        assert_eq!((past.page, past.rows.len()), (2, 6));
        for query in ["MUELLER nürt", "a1", "mueller.example", "+49 7022 1234567", "info@mueller.example"] {
            let page = found(words(query), 1).await;
            assert_eq!(
                page.rows.first().map(|r| r.customer.facts.number.clone()).as_deref(),
                Some("A1"),
                "{query}"
            );
        }
        assert_eq!(found(words("nobody here"), 1).await.total, 0);
        let none = Filter { contract: Some("none".into()), ..Filter::default() };
        assert_eq!(found(none, 1).await.total, 31);
        let in_force = Filter { contract: Some("in_force".into()), ..Filter::default() };
        assert_eq!(found(in_force, 1).await.total, 0);
    })
    .await;
}

#[tokio::test]
async fn everybody_of_the_staff_reads_and_nobody_reads_what_is_not_there() {
    each_database(async |test| {
        let actor = test.manager().await;
        let id = test.customer("K1", &actor).await;
        let technician =
            test.staff("anna@provider.example", &[StaffRole::Technician]).await.staff().expect("staff");
        let found = detail::detail(test.portal(), &technician, id).await.expect("a customer");
        assert_eq!(found.customer.facts.number, "K1");
        let nobody = CustomerId(service::fresh::id(test.now()));
        assert!(matches!(detail::detail(test.portal(), &technician, nobody).await, Err(Problem::Missing)));
    })
    .await;
}
