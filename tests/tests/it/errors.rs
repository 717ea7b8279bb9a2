//! Answers that say no: each one is a page in the visitor's language, or JSON for a program; never an empty one.

use crate::harness::{TestApp, each_database};
use axum_test::TestResponse;
use domain::permission::{CustomerRole, StaffRole};

fn says(answer: &TestResponse, status: u16, words: &str) {
    assert_eq!(answer.status_code(), status, "{}", answer.text());
    assert!(answer.text().contains(words), "no “{words}” in {}", answer.text());
    assert!(answer.maybe_header("content-security-policy").is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_said_in_words() {
    each_database(async |t: &TestApp| {
        let anyone = t.browser();
        for path in
            ["/nothing", "/favicon.ico", "/robots.txt", "/fr/login", "/de/nothing/here", "/assets/none.js"]
        {
            says(&anyone.get(path).await, 404, "Diese Seite gibt es nicht");
        }
        let english = anyone.get("/nothing").add_header("accept-language", "en").await;
        says(&english, 404, "This page does not exist");
        says(&anyone.get("/en/nothing").await, 404, "This page does not exist");
        let nothing = anyone.get("/access/v1/nothing").await;
        assert_eq!(nothing.json::<serde_json::Value>()["error"], "no such resource");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_none_looks_like_a_foreign_one() {
    each_database(async |t: &TestApp| {
        let manager = t.manager().await;
        let (own, foreign) = (t.customer("K1", &manager).await, t.customer("K2", &manager).await);
        t.person_of(own, "anna@k1.example", CustomerRole::Signatory).await;
        let anna = t.browser_of("anna@k1.example").await;
        let [garbage, other] = ["/de/my/garbage".to_string(), format!("/de/my/{foreign}")];
        let (garbage, other) = (anna.get(&garbage).await, anna.get(&other).await);
        says(&garbage, 404, "Diese Seite gibt es nicht");
        let same = |answer: &TestResponse, id: &str| answer.text().replace(id, "");
        assert_eq!(same(&garbage, "garbage"), same(&other, &foreign.to_string()));
        let staff = t.browser_of("bernd@provider.example").await;
        says(&staff.get("/de/customers/garbage").await, 404, "Diese Seite gibt es nicht");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_too_much_and_too_late_are_told() {
    each_database(async |t: &TestApp| {
        let anyone = t.browser();
        let login = [("email", "a@b.example"), ("password", "secret")];
        let crossed = anyone.post("/en/login").add_header("sec-fetch-site", "cross-site").form(&login).await;
        says(&crossed, 403, "This form came from another site");
        let crossed = anyone.post("/access/v1/evaluation").add_header("sec-fetch-site", "cross-site").await;
        assert_eq!(crossed.json::<serde_json::Value>()["error"], "cross-origin");

        let huge = "x".repeat(600_000);
        let large = anyone.post("/de/login").form(&[("email", huge.as_str()), ("password", "")]).await;
        says(&large, 413, "zu viel auf einmal");

        t.staff("david@provider.example", &[StaffRole::Admin]).await;
        let late = anyone.post("/de/staff/new").form(&[("name", "Tina")]).await;
        says(&late, 401, "Ihre Anmeldung ist abgelaufen");
        assert!(late.text().contains("target=\"_blank\""), "the form stays in its window");
        let method = anyone.delete("/de/login").await;
        says(&method, 405, "Diese Seite gibt es nicht");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_language_is_remembered_and_goes_before_the_account() {
    each_database(async |t: &TestApp| {
        let manager = t.manager().await;
        assert_eq!(manager.language, domain::Lang::De);
        let browser = t.browser_of("bernd@provider.example").await;
        let start = |answer: TestResponse| answer.header("location").to_str().expect("text").to_string();
        assert_eq!(start(browser.get("/").add_header("accept-language", "en").await), "/de", "the account");
        let followed = browser.get("/en/desk").add_header("host", "localhost").await;
        assert!(followed.maybe_header("set-cookie").is_none(), "a link from a mail chooses nothing");
        let switched = browser
            .get("/en/desk")
            .add_header("host", "localhost")
            .add_header("referer", "http://localhost/de/desk")
            .await;
        assert!(switched.header("set-cookie").to_str().expect("text").starts_with("avp_lang=en;"));
        assert_eq!(start(browser.get("/").await), "/en", "the choice");
    })
    .await;
}
