//! Addresses that nobody is led to: pages past the end, codes that are none.

use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, requested, scene};
use domain::permission::StaffRole;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_past_the_end_is_the_last_one() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        requested(t, &s, &[ANNA]).await; // with a mail in the outbox
        t.staff("david@provider.example", &[StaffRole::Admin]).await;
        let admin = t.browser_of("david@provider.example").await;
        for (list, row) in [
            ("/de/contracts", "AV-2026-00001"),
            ("/de/outbox", "bernd@provider.example"),
            ("/de/audit", "<table"),
            ("/de/customers", "Tischlerei K1 GmbH"),
            ("/de/decisions", ""),
        ] {
            let last = admin.get(&format!("{list}?page=99999")).await;
            assert_eq!(last.status_code(), 200, "{list}");
            assert!(last.text().contains(row), "{list}: {}", last.text());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_none_is_not_found_whatever_stands_in_it() {
    each_database(async |t: &TestApp| {
        let anyone = t.browser();
        for code in ["x", "%0A", "%0D%0ASet-Cookie:%20a=b", "%2F%2Fevil.example", "%F0%9F%99%82", "a%3Fb%23c"]
        {
            let there = anyone.get(&format!("/verify/{code}")).await;
            assert_eq!(there.status_code(), 303, "{code}");
            let to = there.header("location").to_str().expect("an address").to_string();
            assert!(to.starts_with("/de/verify/") && there.maybe_header("set-cookie").is_none(), "{to}");
            assert_eq!(anyone.get(&to).await.status_code(), 404, "{code}");
        }
    })
    .await;
}
