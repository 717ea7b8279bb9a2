//! Customers out of a CSV: all or nothing, every wrong row by line and column, known numbers updated.

use super::{HEADER, counts, file, how_many, import, import_with, row, told};
use crate::harness::{TestApp, each_database};
use domain::customer::{Contact, ContactKind, Customer};
use service::customers::importing::{Importer, Report};
use service::store::{contacts, customers};
use std::time::Instant;

async fn one(test: &TestApp, number: &str) -> (Customer, Vec<Contact>) {
    let db = test.portal().store.read();
    let customer = customers::by_number(db, number).await.expect("read").expect("there");
    let contacts = contacts::of_customer(db, customer.id).await.expect("read");
    (customer, contacts)
}

#[tokio::test]
async fn a_wrong_row_imports_nothing_and_every_wrong_row_is_named() {
    each_database(async |test| {
        let file = file(&[
            &row("K1"),
            "K2,\"Firma\nin zwei Zeilen\",,72622,Nürtingen,XX,info@k2.example,de",
            &row("K3").replace("info@k3.example", "nobody"),
            "K4,zu,wenig",
            &row("k1"),
            &row("K6"),
        ]);
        let report = import(test, file.clone()).await;
        let expected = [
            "2 customer_number line-twice",
            "3 street required",
            "3 country country",
            "5 email email",
            "6  fields",
            "7 customer_number line-twice",
        ];
        assert_eq!(told(&report), expected);
        assert_eq!(report.bad[0].mistakes.0[0].detail, "7", "each names the other");
        assert_eq!((report.refused, counts(&report), how_many(test).await), (true, (0, 0, 0), 0));

        let report = import_with(test, file, true).await;
        assert_eq!((report.refused, counts(&report), told(&report).len()), (false, (1, 0, 0), 6));
        assert_eq!(one(test, "K6").await.0.facts.legal_name, "Firma K6 GmbH");
        assert_eq!(how_many(test).await, 1);
        assert!(test.portal().gate.facts().customer("K6").is_some(), "the gate knows it");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_wrong_as_a_whole_imports_nothing_even_when_told_to_skip() {
    each_database(async |test| {
        let open = [file(&[&row("K1")]), b"\nK2,\"never closed,b\nK3,x".to_vec()].concat();
        let header = format!("{},colour\n", HEADER.replace(",email", ""));
        for (file, expected) in [
            (Vec::new(), vec!["1  file-empty"]),
            (header.into_bytes(), vec!["1 colour column-unknown", "1 email column-missing"]),
            (open, vec!["3  quote-open"]),
            (b"\xff\xfec\0u\0s\0t\0".to_vec(), vec![]),
        ] {
            let report = import_with(test, file, true).await;
            assert!(report.refused && !report.bad.is_empty());
            if !expected.is_empty() {
                assert_eq!(told(&report), expected);
            }
        }
        assert_eq!(how_many(test).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_known_number_updates_what_the_file_says_and_nothing_else() {
    each_database(async |test| {
        let actor = test.manager().await;
        test.customer_with("K1", &actor, |c| {
            c.phones = "+49 7022 111111".into();
            c.representation = "2".into();
            c.register = "HRB 1".into();
        })
        .await;
        let before = one(test, "K1").await.0;
        let report = import(test, file(&[&row("K1").replacen("K1", "k1", 1)])).await;
        assert_eq!(counts(&report), (0, 1, 0));
        let after = one(test, "K1").await.0;
        assert_eq!((after.id, after.lock), (before.id, before.lock + 1));
        assert_eq!(after.facts.legal_name, "Firma K1 GmbH");
        let kept = |c: &Customer| (c.facts.phones.clone(), c.facts.services.clone(), c.facts.representation);
        assert_eq!(
            (kept(&after), &after.facts.register, after.facts.hosting),
            (kept(&before), &"HRB 1".to_string(), true)
        );

        let full = format!("{HEADER},phones,hosting\n{},,no\n", row("K1"));
        assert_eq!(counts(&import(test, full.clone()).await), (0, 1, 0));
        let emptied = one(test, "K1").await.0.facts;
        assert_eq!((emptied.phones.len(), emptied.hosting), (0, false), "an empty cell empties");
        assert_eq!(counts(&import(test, full).await), (0, 0, 1), "the same file again changes nothing");
    })
    .await;
}

#[tokio::test]
async fn contacts_are_found_again_by_their_address() {
    each_database(async |test| {
        let header = format!("{HEADER},privacy_contact_name,privacy_contact_email,signatory_name,signatory_email,signatory_function");
        let line = |privacy: &str, boss: &str| format!("{header}\n{},{privacy},{boss}\n", row("K1"));
        let anna = "Anna Müller,Anna@k1.example";
        let first = import(test, line(anna, "Karl Chef,karl@k1.example,Geschäftsführer")).await;
        assert_eq!(counts(&first), (1, 0, 0));
        let (_, before) = one(test, "K1").await;
        assert_eq!(before.len(), 2);
        let again = import(test, line(anna, "Karl Chef,karl@k1.example,Geschäftsführer")).await;
        assert_eq!(counts(&again), (0, 0, 1));
        let promoted = import(test, line("Anna Schmidt,anna@k1.example", "Karla Neu,karla@k1.example,Prokuristin")).await;
        assert_eq!(counts(&promoted), (0, 1, 0));
        let (_, after) = one(test, "K1").await;
        let of = |kind: ContactKind| after.iter().filter(|c| c.kind == kind).map(|c| c.name.as_str()).collect::<Vec<_>>();
        assert_eq!((of(ContactKind::Privacy), of(ContactKind::Signatory)), (vec!["Anna Schmidt"], vec!["Karl Chef", "Karla Neu"]));
        let id = |all: &[Contact]| all.iter().find(|c| c.email == "anna@k1.example").map(|c| c.id);
        assert_eq!(id(&before), id(&after), "the same contact");
        let half = import(test, line("Anna Müller,", ",,")).await;
        assert_eq!(told(&half), ["2 privacy_contact_email required"]);
    })
    .await;
}

#[tokio::test]
async fn another_privacy_contact_takes_the_place_of_the_one_before() {
    each_database(async |test| {
        let header = format!("{HEADER},privacy_contact_name,privacy_contact_email");
        let line = |privacy: &str| format!("{header}\n{},{privacy}\n", row("K1"));
        assert_eq!(counts(&import(test, line("Anna Müller,anna@k1.example")).await), (1, 0, 0));
        let before = one(test, "K1").await;
        assert_eq!(counts(&import(test, line("Petra Neu,petra@k1.example")).await), (0, 1, 0));
        let (customer, after) = one(test, "K1").await;
        let told: Vec<_> = after.iter().map(|c| (c.id, c.name.as_str(), c.email.as_str())).collect();
        assert_eq!(told, [(before.1[0].id, "Petra Neu", "petra@k1.example")]);
        let facts = test.portal().gate.facts();
        assert!(facts.by_contact("anna@k1.example").is_empty(), "who has left is nobody's contact any more");
        assert_eq!(facts.by_contact("petra@k1.example").len(), 1);
        assert_eq!(counts(&import(test, line("Petra Neu,petra@k1.example")).await), (0, 0, 1));

        // Of several the file does not say which one it means.
        let second = Contact {
            id: service::fresh::id(test.now()),
            email: "dsb@k1.example".into(),
            ..after[0].clone()
        };
        let db = test.portal().store.read();
        contacts::insert_many(db, &[(customer.id, second)]).await.expect("added");
        assert_eq!(counts(&import(test, line("Rita Dritte,rita@k1.example")).await), (0, 1, 0));
        assert_eq!(one(test, "K1").await.1.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn an_import_is_one_entry_of_the_chain_without_anybodys_data() {
    each_database(async |test| {
        let actor = test.manager().await;
        let by = Importer::Manager(super::manager(&actor));
        let bytes = file(&[&row("K1"), &row("K2")]);
        let imported = service::customers::import_customers::import_customers(
            test.portal(),
            &by,
            bytes,
            false,
            test.now(),
        );
        assert_eq!(counts(&imported.await.expect("an import")), (2, 0, 0));
        let entries = store::audit::about(test.portal().store.read(), "customers").await.expect("entries");
        assert_eq!(entries.len(), 1);
        let body = &entries[0].body;
        assert!(body.contains("customers.imported") && body.contains(&actor.user.to_string()), "{body}");
        assert!(
            body.contains("\"created\":\"2\"") && body.contains("file_sha256") && !body.contains("Firma"),
            "{body}"
        );
    })
    .await;
}

/// Ten thousand customers with everything in them. The time is said, not judged: `cargo xtask bench` does that.
#[tokio::test]
async fn ten_thousand_rows() {
    each_database(async |test| {
        let kind = if test.app.config.database_url.starts_with("sqlite") { "SQLite" } else { "PostgreSQL" };
        let timed = async |what: &str, file: String| -> Report {
            let start = Instant::now();
            let report = import(test, file).await;
            println!("10,000 rows {what} on {kind}: {:.2} s", start.elapsed().as_secs_f64());
            report
        };
        assert_eq!(counts(&timed("created", large("Firma")).await), (10_000, 0, 0));
        assert_eq!(counts(&timed("unchanged", large("Firma")).await), (0, 0, 10_000));
        assert_eq!(counts(&timed("updated", large("Betrieb")).await), (0, 10_000, 0));
        assert_eq!(how_many(test).await, 10_000);
    })
    .await;
}

fn large(word: &str) -> String {
    let mut file = domain::import::CUSTOMER_COLUMNS.join(";");
    for n in 0..10_000 {
        file.push_str(&format!(
            "\nK{n:05};{word} Nummer {n} GmbH & Co. KG;Straße {n};72622;Nürtingen;DE;info@firma{n}.example;de;\
             +497022{n:06}|+497023{n:06};firma{n}.example;yes;no;no;Anna Müller;anna@firma{n}.example;\
             Karl Chef;karl@firma{n}.example;Geschäftsführer"
        ));
    }
    file
}
