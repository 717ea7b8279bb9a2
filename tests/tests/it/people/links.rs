//! Links by mail: invitations and new passwords. They work once, for a day, and say what to do when they do not.

use crate::harness::{PASSWORD, TestApp, each_database, goes_to};
use axum_test::{TestResponse, TestServer};
use chrono::Duration;
use domain::Lang;
use domain::permission::{CustomerRole, StaffRole};
use service::Problem;
use service::people::accept::{self, Accepted, LinkState, NewPassword};
use service::people::invite::{self, Person};
use service::people::{Browser, reset, staff};

const ANNA: &str = "anna@k1.example";
const NEW: &str = "sieben rote Ziegel";

fn person(email: &str) -> Person {
    Person { email: email.into(), name: "Anna <Neu>".into(), language: Lang::De }
}

/// The path of the link in the newest letter.
async fn path(t: &TestApp, template: &str, email: &str) -> String {
    let url = t.in_letter(template, email, "link").await;
    url.strip_prefix("http://localhost:3000").expect("a link of ours").to_string()
}

async fn set(browser: &TestServer, path: &str, password: &str, repeat: &str) -> TestResponse {
    browser.post(path).form(&[("password", password), ("password_repeat", repeat)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_opens_an_account_once() {
    each_database(async |t| {
        let manager = t.manager().await;
        let customer = t.customer("K1", &manager).await;
        let by = manager.contract_manager().expect("the role").into();
        invite::customer_user(t.portal(), &by, customer, &person(ANNA), CustomerRole::Signatory, t.now())
            .await
            .expect("invited");
        let letters = t.letters().await;
        let letter = letters.iter().find(|l| l.template == "invitation").expect("an invitation");
        assert_eq!(letter.values["organisation"], "Tischlerei K1 GmbH");
        assert_eq!((letter.values["role"].as_str(), letter.secret), ("Zeichnungsberechtigt", true));

        let path = path(t, "invitation", ANNA).await;
        let browser = t.browser();
        for _ in 0..3 {
            let page = browser.get(&path).await;
            assert_eq!(page.status_code(), 200, "opening a link does not use it");
            assert!(page.text().contains(ANNA) && page.text().contains("Anna &lt;Neu&gt;"));
        }
        for (password, repeat) in [("", ""), ("kurz", "kurz"), (NEW, PASSWORD), (ANNA, ANNA)] {
            assert_eq!(set(&browser, &path, password, repeat).await.status_code(), 422, "{password}");
        }
        let done = set(&browser, &path, NEW, NEW).await;
        assert_eq!((done.status_code().as_u16(), goes_to(&done).as_str()), (303, "/de/my"));
        assert!(browser.get("/de/account").await.text().contains(ANNA), "logged in");

        for used in [t.browser().get(&path).await, set(&t.browser(), &path, PASSWORD, PASSWORD).await] {
            assert_eq!(used.status_code(), 410);
            assert!(used.text().contains("/de/login"), "says what to do");
        }
        assert!(
            t.letters().await.iter().all(|l| l.template != "password_changed"),
            "a first password is no change"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_after_a_day_or_with_a_newer_one() {
    each_database(async |t| {
        let david = t.staff("david@provider.example", &[StaffRole::Admin]).await.admin().expect("admin");
        let facts =
            invite::StaffFacts { roles: vec![StaffRole::Technician], ..invite::StaffFacts::default() };
        let tina = invite::staff(t.portal(), &david, &person("tina@provider.example"), &facts, t.now())
            .await
            .expect("invited");
        let first = path(t, "invitation", "tina@provider.example").await;
        t.advance(Duration::hours(1)).await;
        invite::staff_again(t.portal(), &david, tina, t.now()).await.expect("again");
        let second = path(t, "invitation", "tina@provider.example").await;
        assert_eq!(t.browser().get(&first).await.status_code(), 410);
        assert_eq!(t.browser().get(&second).await.status_code(), 200);

        t.advance(Duration::hours(24)).await;
        let late = set(&t.browser(), &second, NEW, NEW).await;
        assert_eq!(late.status_code(), 410);
        assert!(late.text().contains("/de/password/forgotten"), "a new one can be had");
        for foreign in ["/de/link/nonsense", &format!("/en/link/{}", "x".repeat(400))] {
            assert_eq!(t.browser().get(foreign).await.status_code(), 404);
            assert_eq!(set(&t.browser(), foreign, NEW, NEW).await.status_code(), 404);
        }
        // Who was invited too long ago helps themselves.
        reset::request(t.portal(), "tina@provider.example", None, t.now()).await.expect("asked");
        let third = path(t, "password_reset", "tina@provider.example").await;
        assert_eq!(goes_to(&set(&t.browser(), &third, NEW, NEW).await), "/de/desk");
        assert!(matches!(
            invite::staff_again(t.portal(), &david, tina, t.now()).await,
            Err(Problem::Missing)
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_use_a_link_at_once_are_one() {
    each_database(async |t| {
        let link =
            invite::create_admin(t.portal(), &person("root@provider.example"), t.now()).await.expect("made");
        let secret = link.rsplit('/').next().expect("a secret").to_string();
        let typed = NewPassword { password: NEW.into(), repeat: NEW.into() };
        let browser = Browser::default();
        let (a, b) = tokio::join!(
            accept::set_password(t.portal(), &secret, &typed, &browser, t.now()),
            accept::set_password(t.portal(), &secret, &typed, &browser, t.now()),
        );
        let ends = [a.expect("answered"), b.expect("answered")];
        assert_eq!(ends.iter().filter(|e| matches!(e, Accepted::Done(_))).count(), 1);
        assert_eq!(ends.iter().filter(|e| matches!(e, Accepted::Gone(LinkState::Used))).count(), 1);
        assert!(t.actor("root@provider.example").await.admin().is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_answered_alike_for_everyone() {
    each_database(async |t| {
        let manager = t.manager().await;
        let customer = t.customer("K1", &manager).await;
        t.person_of(customer, ANNA, CustomerRole::Member).await;
        let elsewhere = t.browser_of(ANNA).await;
        for email in [ANNA, "nobody@k1.example"] {
            let answer = t.browser().post("/en/password/forgotten").form(&[("email", email)]).await;
            assert_eq!(
                (answer.status_code().as_u16(), goes_to(&answer).as_str()),
                (303, "/en/password/sent")
            );
        }
        let letters = t.letters().await;
        assert_eq!(letters.iter().filter(|l| l.template == "password_reset").count(), 1);
        let bad = t.browser().post("/de/password/forgotten").form(&[("email", "anna@")]).await;
        assert_eq!(bad.status_code(), 422);
        assert!(bad.text().contains("value=\"anna@\""));

        let path = path(t, "password_reset", ANNA).await;
        let other = t.browser_of("bernd@provider.example").await;
        assert!(other.get(&path).await.text().contains("Bernd Muster"), "says who else is logged in");
        assert_eq!(goes_to(&set(&other, &path, NEW, NEW).await), "/de/my");
        assert!(other.get("/de/account").await.text().contains(ANNA));
        assert_eq!(goes_to(&elsewhere.get("/de/account").await), "/de/login", "all other sessions are over");
        assert!(t.letters().await.iter().any(|l| l.template == "password_changed" && l.to.address == ANNA));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_flooded_with_mails_and_the_locked_get_none() {
    each_database(async |t| {
        let david = t.staff("david@provider.example", &[StaffRole::Admin]).await.admin().expect("admin");
        let tina = t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        for email in ["tina@provider.example", "nobody@provider.example"] {
            for _ in 0..5 {
                reset::request(t.portal(), email, None, t.now()).await.expect("asked");
            }
            assert!(matches!(reset::request(t.portal(), email, None, t.now()).await, Err(Problem::TooMany)));
        }
        let before = path(t, "password_reset", "tina@provider.example").await;
        let facts =
            invite::StaffFacts { roles: vec![StaffRole::Technician], ..invite::StaffFacts::default() };
        staff::change(
            t.portal(),
            &david,
            tina.user,
            &staff::Change { facts, locked: true, from: None },
            t.now(),
        )
        .await
        .expect("locked");
        assert_eq!(t.browser().get(&before).await.status_code(), 410, "a lock ends the links");
        t.advance(Duration::minutes(20)).await;
        let count = t.letters().await.len();
        reset::request(t.portal(), "tina@provider.example", None, t.now()).await.expect("same answer");
        assert_eq!(t.letters().await.len(), count);
    })
    .await;
}
