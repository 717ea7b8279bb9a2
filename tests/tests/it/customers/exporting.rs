//! What goes out can come in again; who took it stands in the chain.

use super::{HEADER, counts, import, row};
use crate::harness::each_database;
use service::customers::export::customers;
use service::export::{self, Exporter, Format};

#[tokio::test]
async fn an_export_read_in_again_changes_nothing() {
    each_database(async |test| {
        let odd = "K2,\"Müller \"\"Söhne\"\"; Co, KG\",Weg 1,1010,Wien,AT,info@k2.example,en,+4312345678|+4312345679,a.example|b.example,yes,no,yes,Anna Müller,anna@k2.example,Karl Chef,karl@k2.example,\"CEO, Chef\"";
        let plain = format!("{},,,no,yes,no,,,,,", row("K1"));
        let header = domain::import::CUSTOMER_COLUMNS.join(",");
        let file = format!("{header}\n{plain}\n{odd}\n");
        assert!(header.starts_with(HEADER));
        assert_eq!(counts(&import(test, file.clone()).await), (2, 0, 0));
        let by = Exporter::Command;
        let out = customers(test.portal(), &by, Format::Csv, test.now()).await.expect("a file");
        assert_eq!(counts(&import(test, out.clone()).await), (0, 0, 2));
        let text = String::from_utf8(out).expect("UTF-8");
        assert!(text.starts_with(&header) && text.contains("\"Müller \"\"Söhne\"\"; Co, KG\""), "{text}");

        let json = customers(test.portal(), &by, Format::Json, test.now()).await.expect("a file");
        let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        assert_eq!(json[1]["customer_number"], "K2");
        assert_eq!(json[1]["signatory_function"], "CEO, Chef");
    })
    .await;
}

#[tokio::test]
async fn a_name_that_is_a_formula_goes_out_harmless_and_comes_in_as_it_was() {
    each_database(async |test| {
        let actor = test.manager().await;
        let formula = "=HYPERLINK(\"https://evil.example\")";
        test.customer_with("K1", &actor, |c| {
            c.legal_name = formula.into();
            c.street = "-Weg 1".into();
            c.city = "'@home".into();
            c.phones = "+49 7022 111111".into();
        })
        .await;
        let by = Exporter::Command;
        let out = customers(test.portal(), &by, Format::Csv, test.now()).await.expect("a file");
        let text = String::from_utf8(out.clone()).expect("UTF-8");
        for cell in [",\"'=HYPERLINK(", ",'-Weg 1,", ",''@home,", ",+497022111111,"] {
            assert!(text.contains(cell), "{cell} in {text}");
        }
        assert_eq!(counts(&import(test, out).await), (0, 0, 1), "nothing has changed");
        let json = customers(test.portal(), &by, Format::Json, test.now()).await.expect("a file");
        let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        assert_eq!(json[0]["legal_name"], formula);
    })
    .await;
}

#[tokio::test]
async fn all_decisions_go_out_once_although_many_have_the_same_time() {
    each_database(async |test| {
        let decision = |n: u128| store::decisions::Decision {
            id: domain::DecisionId(uuid::Uuid::from_u128(n)),
            at: test.now() + chrono::Duration::microseconds(i64::try_from(n / 700).expect("few")),
            asked_by: "client:agent".into(),
            subject_type: "technician".into(),
            subject: "tina@provider.example".into(),
            action: "advise".into(),
            tool: String::new(),
            customer: None,
            ticket: String::new(),
            channel: String::new(),
            outcome: "permitted".into(),
            reasons: vec!["ok_advice".into()],
            contract: None,
            valid_until: None,
        };
        let all: Vec<_> = (0..2_300).map(decision).collect();
        let store = &test.portal().store;
        store::decisions::insert_many(store.read(), &all).await.expect("stored");
        // Whoever writes is not held up by an export, nor the other way round.
        let work = test.portal().begin().await.expect("a work");
        let read = store::decisions::before(store.snapshot().await.expect("a snapshot").db(), None, 9).await;
        assert_eq!(read.expect("read").len(), 9);
        work.rollback().await.expect("given up");

        let by = Exporter::Command;
        let out = export::decisions(test.portal(), &by, Format::Json, test.now()).await.expect("a file");
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&out).expect("JSON");
        let ids: Vec<_> =
            rows.iter().map(|r| r["evaluation_id"].as_str().expect("an id").to_string()).collect();
        let newest_first: Vec<_> = all.iter().rev().map(|d| d.id.to_string()).collect();
        assert_eq!(ids, newest_first);
        let last = store::audit::last(store.read()).await.expect("read").expect("an entry");
        assert!(last.body.contains("decisions.exported") && last.body.contains("2300"), "{}", last.body);
    })
    .await;
}

#[tokio::test]
async fn the_chain_and_the_decisions_go_out_and_that_they_did_stands_in_the_chain() {
    each_database(async |test| {
        let actor = test.manager().await;
        test.customer("K1", &actor).await;
        let by = Exporter::Staff(actor.staff().expect("staff"));
        let before = store::audit::last(test.portal().store.read()).await.expect("read").expect("an entry");
        let out = export::audit(test.portal(), &by, Format::Json, test.now()).await.expect("a file");
        let entries: Vec<serde_json::Value> = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(entries.len() as i64, before.seq);
        assert_eq!(entries.last().expect("one")["hash"], before.hash.as_str());
        let last = store::audit::last(test.portal().store.read()).await.expect("read").expect("an entry");
        assert!(
            last.body.contains("audit.exported") && last.body.contains(&actor.user.to_string()),
            "{}",
            last.body
        );
        let csv = export::decisions(test.portal(), &by, Format::Csv, test.now()).await.expect("a file");
        assert!(csv.starts_with(b"evaluation_id,evaluated_at,"));
    })
    .await;
}
