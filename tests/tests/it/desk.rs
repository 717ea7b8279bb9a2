//! The worklist: everyone sees what their roles have to do, soonest first, and nothing else.

use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, in_force, offered, requested, scene, signed};
use chrono::Duration;
use domain::permission::{Actor, StaffRole};
use service::worklist::{self, Kind};

async fn duties(t: &TestApp, of: &Actor) -> Vec<(Kind, Option<String>)> {
    let staff = of.staff().expect("staff");
    let all = worklist::entries(t.portal(), &staff, t.now()).await.expect("a list");
    all.into_iter().map(|e| (e.kind, e.due.map(|d| d.to_string()))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_is_on_the_list_while_the_provider_has_to_move() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        assert_eq!(duties(t, &s.manager).await, []);
        let browser = t.browser_of("bernd@provider.example").await;
        assert!(browser.get("/de/desk").await.text().contains("Nichts steht an"));

        requested(t, &s, &[ANNA]).await;
        assert_eq!(duties(t, &s.manager).await, [(Kind::Examine, Some("2026-11-30".into()))]);
        let page = browser.get("/en/desk").await.text();
        assert!(page.contains("Examine request AV-2026-") && page.contains("Tischlerei K1 GmbH"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_appears_before_it_runs_out_and_a_signature_at_once() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        assert_eq!(duties(t, &s.manager).await, [], "the customer has a month");
        t.advance(Duration::days(23)).await;
        assert_eq!(duties(t, &s.manager).await, [(Kind::OfferRunningOut, Some("2026-12-23".into()))]);
        signed(t, &s, id, ANNA).await;
        assert_eq!(duties(t, &s.manager).await, [(Kind::Countersign, Some("2026-12-18".into()))]);
        t.advance(Duration::days(3)).await;
        t.staff("max@provider.example", &[StaffRole::ContractManager]).await;
        let page = t.browser_of("max@provider.example").await.get("/de/desk").await.text();
        assert!(
            page.contains("Eine Aufgabe ist überfällig") && page.contains("überfällig seit 18.12.2026"),
            "{page}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_another_role_sees_other_duties() {
    each_database(async |t: &TestApp| {
        let officer = t.staff("otto@provider.example", &[StaffRole::PrivacyOfficer]).await;
        assert_eq!(duties(t, &officer).await, [(Kind::ConfirmAnnex, None), (Kind::ConfirmAnnex, None)]);
        let s = scene(t).await;
        assert_eq!(duties(t, &officer).await, []);
        in_force(t, &s).await;
        assert_eq!(duties(t, &s.manager).await, []);
        let technician = t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        assert_eq!(duties(t, &technician).await, []);
        let admin = t.staff("david@provider.example", &[StaffRole::Admin]).await;
        assert_eq!(duties(t, &admin).await, [(Kind::ProviderFacts, None)]);
    })
    .await;
}
