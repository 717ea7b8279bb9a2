//! The audit chain: whole until somebody touches it, and then it says where.

use crate::harness::{TestApp, each_database};
use domain::audit::Break;
use domain::permission::StaffRole;
use service::audit::{self, Line, Who};
use service::export::{self, Exporter, Format};
use service::store::audit as stored;

async fn export(t: &TestApp, format: Format) -> String {
    let bytes = export::audit(t.portal(), &Exporter::Command, format, t.now()).await.expect("exported");
    String::from_utf8(bytes).expect("text")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_manipulated_is_found() {
    each_database(async |t: &TestApp| {
        t.staff("david@provider.example", &[StaffRole::Admin]).await;
        t.manager().await;
        let report = audit::verify(t.portal()).await.expect("read");
        assert!(report.whole() && report.entries >= 4, "{report:?}");
        let admin = t.browser_of("david@provider.example").await;
        let page = admin.post("/de/audit/verify").await.text();
        assert!(page.contains("Die Kette ist unversehrt"), "{page}");

        let store = &t.portal().store;
        store
            .execute("UPDATE audit SET body = replace(body, '\"kind\"', '\"kinb\"') WHERE seq = 1")
            .await
            .expect("changed");
        assert_eq!(audit::verify(t.portal()).await.expect("read").broken, Some(Break::Content(1)));
        store
            .execute("UPDATE audit SET body = replace(body, '\"kinb\"', '\"kind\"') WHERE seq = 1")
            .await
            .expect("changed");
        assert!(audit::verify(t.portal()).await.expect("read").whole());

        store.execute("DELETE FROM audit WHERE seq = 2").await.expect("deleted");
        let report = audit::verify(t.portal()).await.expect("read");
        assert_eq!((report.entries, report.broken), (1, Some(Break::Sequence(2, 3))));
        let page = admin.post("/en/audit/verify").await.text();
        assert!(page.contains("The chain is broken") && page.contains("Entry 2 is missing"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_checked_by_itself_and_against_the_chain() {
    each_database(async |t: &TestApp| {
        t.manager().await;
        let lines = stored::after(t.portal().store.read(), 0, 1000).await.expect("entries");
        let numbered = lines.iter().find(|e| e.body.contains(r#""number":"1""#)).expect("an annex").seq;
        let lines: String =
            lines.into_iter().map(|e| serde_json::to_string(&Line::from(e)).expect("json") + "\n").collect();
        let (json, csv) = (export(t, Format::Json).await, export(t, Format::Csv).await);
        let mut earlier = None;
        for (text, number, forged) in [
            (&lines, "\\\"number\\\":\\\"1\\\"", "\\\"number\\\":\\\"7\\\""),
            (&json, "\\\"number\\\":\\\"1\\\"", "\\\"number\\\":\\\"7\\\""),
            (&csv, "\"\"number\"\":\"\"1\"\"", "\"\"number\"\":\"\"7\"\""),
        ] {
            let report = audit::verify_export(text.as_bytes()).expect("read");
            assert!(report.whole() && report.entries >= 3, "{report:?}");
            let forged = text.replacen(number, forged, 1);
            assert_ne!(*text, forged);
            assert_eq!(
                audit::verify_export(forged.as_bytes()).expect("read").broken,
                Some(Break::Content(numbered))
            );
            earlier = Some(report);
        }
        let earlier = earlier.expect("a report");
        t.staff("david@provider.example", &[StaffRole::Admin]).await;
        assert!(audit::continues(t.portal(), &earlier).await.expect("read"));
        for bad in ["", "no entry", "[1]", "{\"seq\":1}", "seq,at\n1,2"] {
            assert!(audit::verify_export(bad.as_bytes()).is_err(), "{bad}");
        }
        let other = audit::Report { head: "0".repeat(64), ..earlier };
        assert!(!audit::continues(t.portal(), &other).await.expect("read"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_looked_up_when_read_and_stand_nowhere_in_the_chain() {
    each_database(async |t: &TestApp| {
        let manager = t.manager().await;
        let customer = t.customer("K1", &manager).await;
        let story = audit::timeline(t.portal(), &format!("customer:{customer}")).await.expect("read");
        assert_eq!(story.first().map(|h| &h.who), Some(&Who::Person("Bernd Muster".into())));
        assert_eq!(story.first().and_then(audit::Happening::user), Some(manager.user));
        let text = export(t, Format::Json).await;
        for personal in ["Bernd", "bernd@", "Tischlerei", "info@"] {
            assert!(!text.contains(personal), "{personal} is in the chain");
        }
    })
    .await;
}
