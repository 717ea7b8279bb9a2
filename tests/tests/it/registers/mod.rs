//! The registers: instructions, breaches, audit requests, through actions and pages.

mod audits;

mod breaches;

mod exporting;

mod instructions;

use crate::harness::TestApp;
use crate::main_path::{ANNA, Scene, in_force, scene};
use axum_test::TestServer;
use domain::permission::{Actor, CustomerRole};
use service::Problem;

/// The privacy officer that `scene` has made.
pub const CLARA: &str = "clara@provider.example";
/// The customer's privacy contact.
pub const IDA: &str = "ida@k1.example";
/// A customer's member: reads only.
pub const MIA: &str = "mia@k1.example";

/// A customer with a contract in force, a privacy contact and a member; a privacy officer.
pub async fn stage(t: &TestApp) -> Scene {
    let s = scene(t).await;
    t.person_of(s.customer, IDA, CustomerRole::PrivacyContact).await;
    t.person_of(s.customer, MIA, CustomerRole::Member).await;
    in_force(t, &s).await;
    s
}

/// What a page has to say.
pub fn has(page: &str, what: &str) {
    assert!(page.contains(what), "{what:?} is not in {page}");
}

/// The id that a form brings along.
pub async fn once(browser: &TestServer, form: &str) -> String {
    let page = browser.get(form).await.text();
    let at = page.split("name=\"once\" value=\"").nth(1).unwrap_or_else(|| panic!("a form: {page}"));
    at.split('"').next().unwrap_or_default().to_string()
}

/// Code of a refusal.
pub fn code(problem: Problem) -> String {
    match problem {
        Problem::Refused(r) => r.code().into(),
        Problem::Mistakes(m) => {
            m.0.iter().map(|m| format!("{} {}", m.field, m.code)).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// Templates of the letters to an address, the newest first.
pub async fn letters_to(t: &TestApp, address: &str) -> Vec<String> {
    t.letters().await.into_iter().filter(|l| l.to.address == address).map(|l| l.template).collect()
}

/// Kinds of what is due for somebody.
pub async fn duties(t: &TestApp, of: &Actor) -> Vec<&'static str> {
    let staff = of.staff().expect("staff");
    let all = service::worklist::entries(t.portal(), &staff, t.now()).await.expect("a list");
    all.into_iter().map(|e| e.kind.name()).collect()
}

/// Somebody of another customer.
pub async fn stranger(t: &TestApp, s: &Scene) -> TestServer {
    let other = t.customer("K2", &s.manager).await;
    t.person_of(other, "xaver@k2.example", CustomerRole::Signatory).await;
    t.browser_of("xaver@k2.example").await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_contract_in_force_a_page_says_so() {
    crate::harness::each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let anna = t.browser_of(ANNA).await;
        for area in ["instructions", "audits"] {
            let list = anna.get(&format!("/de/my/{}/{area}", s.customer)).await;
            assert_eq!(list.status_code(), 200);
            let form = anna.get(&format!("/de/my/{}/{area}/new", s.customer)).await;
            assert_eq!(form.status_code(), 409);
            has(&form.text(), "Dafür braucht es einen AV-Vertrag in Kraft");
            let sent = anna
                .post(&format!("/de/my/{}/{area}/new", s.customer))
                .form(&[("once", "01900000-0000-7000-8000-000000000001")])
                .await;
            assert_eq!(sent.status_code(), 409);
        }
        let home = anna.get(&format!("/de/my/{}", s.customer)).await.text();
        has(&home, &format!("/de/my/{}/instructions", s.customer));
        has(&home, &format!("/de/my/{}/breaches", s.customer));
    })
    .await;
}
