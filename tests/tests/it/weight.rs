//! What a page weighs on its way to the browser: at most 25 kB compressed, or 90 kB where islands come along.
//! The reading page with the whole contract is the heaviest there is.

use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, offered, scene};
use axum_test::TestServer;
use domain::permission::StaffRole;

const PLAIN: usize = 25_000;

async fn weigh(browser: &TestServer, path: &str, heavy: &mut Vec<String>) {
    let answer = browser.get(path).add_header("accept-encoding", "br").await;
    assert_eq!(answer.status_code(), 200, "{path}");
    assert_eq!(answer.header("content-encoding").to_str().ok(), Some("br"), "{path}");
    let weight = answer.as_bytes().len();
    if weight > PLAIN {
        heavy.push(format!("{path}: {weight} bytes"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_is_heavier_than_it_may_be() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let manager = t.browser_of("bernd@provider.example").await;
        t.staff("david@provider.example", &[StaffRole::Admin]).await;
        let admin = t.browser_of("david@provider.example").await;
        let signatory = t.browser_of(ANNA).await;
        let mut heavy = Vec::new();
        for path in ["/de/desk", "/de/customers", "/de/contracts", "/de/annexes", "/de/gate", "/de/account"] {
            weigh(&manager, path, &mut heavy).await;
        }
        weigh(&manager, &format!("/de/contracts/{id}"), &mut heavy).await;
        weigh(&admin, "/de/outbox", &mut heavy).await;
        for path in ["", "/sign"] {
            weigh(&signatory, &format!("/de/my/{}/contracts/{id}{path}", s.customer), &mut heavy).await;
        }
        weigh(&signatory, &format!("/de/my/{}", s.customer), &mut heavy).await;
        assert_eq!(heavy, Vec::<String>::new());
    })
    .await;
}
