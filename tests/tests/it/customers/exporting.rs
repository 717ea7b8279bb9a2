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
