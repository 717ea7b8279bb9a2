//! One's own account: name and language, password.

use crate::harness::{PASSWORD, TestApp, each_database, goes_to};
use axum_test::{TestResponse, TestServer};
use domain::permission::StaffRole;

const TINA: &str = "tina@provider.example";
const NEW: &str = "sieben rote Ziegel";

async fn change(browser: &TestServer, current: &str, password: &str, repeat: &str) -> TestResponse {
    let form = [("current", current), ("password", password), ("password_repeat", repeat)];
    browser.post("/de/account/password").form(&form).await
}

async fn tina(t: &TestApp) -> TestServer {
    t.staff(TINA, &[StaffRole::Technician]).await;
    t.browser_of(TINA).await
}

#[tokio::test(flavor = "multi_thread")]
async fn name_and_language_are_ones_own() {
    each_database(async |t| {
        let browser = tina(t).await;
        let bad = browser.post("/de/account/profile").form(&[("name", "<b>7"), ("language", "fr")]).await;
        assert_eq!(bad.status_code(), 422);
        assert!(
            bad.text().contains("&lt;b&gt;7") && bad.text().contains("language-error"),
            "what was typed stays"
        );

        let good =
            browser.post("/de/account/profile").form(&[("name", " Tina  Schön "), ("language", "en")]).await;
        assert_eq!(goes_to(&good), "/en/account", "in the language just chosen");
        assert_eq!(t.actor(TINA).await.name, "Tina Schön");
        assert_eq!(goes_to(&browser.get("/").await), "/en");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_by_who_knows_the_present_one() {
    each_database(async |t| {
        let browser = tina(t).await;
        let elsewhere = t.browser_of(TINA).await;
        for (current, password, repeat) in [
            ("", NEW, NEW),
            ("falsch geraten", NEW, NEW),
            (PASSWORD, "kurz", "kurz"),
            (PASSWORD, NEW, "anders als oben"),
        ] {
            let refused = change(&browser, current, password, repeat).await;
            assert_eq!(refused.status_code(), 422, "{current} {password}");
            assert!(!refused.text().contains(NEW), "passwords are never written back");
        }
        assert_eq!(elsewhere.get("/de/account").await.status_code(), 200);

        assert_eq!(goes_to(&change(&browser, PASSWORD, NEW, NEW).await), "/de/account");
        assert_eq!(browser.get("/de/account").await.status_code(), 200, "this session stays");
        assert_eq!(goes_to(&elsewhere.get("/de/account").await), "/de/login", "the others end");
        assert!(t.letters().await.iter().any(|l| l.template == "password_changed" && l.to.address == TINA));
        let old = t.browser().post("/de/login").form(&[("email", TINA), ("password", PASSWORD)]).await;
        assert_eq!(old.status_code(), 422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_session_is_no_place_to_guess_passwords() {
    each_database(async |t| {
        let browser = tina(t).await;
        for _ in 0..5 {
            assert!(change(&browser, "falsch geraten", NEW, NEW).await.text().contains("current-error"));
        }
        let waits = change(&browser, PASSWORD, NEW, NEW).await;
        assert_eq!(waits.status_code(), 422);
        assert!(waits.text().contains("15 Minuten"));
    })
    .await;
}
