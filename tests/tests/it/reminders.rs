//! Reminders: who is waited for hears of it in growing patience, once each, whatever breaks in between.

use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, BEN, Scene, in_force, offered, requested, scene, signed};
use chrono::Duration;
use domain::permission::CustomerRole;
use service::contracts::{offer, remind};
use service::jobs::housekeeping;

async fn reminded(t: &TestApp) -> usize {
    remind::run(t.portal(), t.now()).await.expect("reminded")
}

async fn letters_of(t: &TestApp, template: &str, to: &str) -> usize {
    t.letters().await.iter().filter(|l| l.template == template && l.to.address == to).count()
}

/// A customer whom one of two may bind, or only both together.
async fn two(t: &TestApp, rule: &str) -> Scene {
    t.confirm_annexes().await;
    let manager = t.manager().await;
    let customer = t.customer_with("K1", &manager, |c| c.representation = rule.into()).await;
    t.person_of(customer, ANNA, CustomerRole::Signatory).await;
    t.person_of(customer, BEN, CustomerRole::Signatory).await;
    Scene { anna: t.actor(ANNA).await, manager, customer }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_reminds_after_five_days_then_weekly_and_five_times_at_most() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        t.advance(Duration::days(4)).await;
        assert_eq!(reminded(t).await, 0);
        t.advance(Duration::days(1)).await;
        assert_eq!((reminded(t).await, reminded(t).await), (1, 0), "once, however often one looks");
        assert_eq!(t.in_letter("offer_reminder", ANNA, "days_left").await, "noch 25 Tage");
        assert!(t.in_letter("offer_reminder", ANNA, "link").await.ends_with("/sign"));
        for _ in 0..3 {
            t.advance(Duration::days(7)).await;
            assert_eq!(reminded(t).await, 1);
        }
        t.advance(Duration::days(4)).await; // 23 December, the last day
        assert_eq!(reminded(t).await, 0, "nothing new is due");
        t.advance(Duration::days(3)).await;
        housekeeping::run(t.portal(), t.now()).await.expect("kept");
        assert_eq!(letters_of(t, "offer_reminder", ANNA).await, 4, "never after the last day");

        let page =
            t.browser_of(ANNA).await.get(&format!("/de/my/{}/contracts/{id}", s.customer)).await.text();
        assert_eq!(page.matches("An die Unterschrift erinnert").count(), 4, "{page}");
        let staff = t.browser_of("bernd@provider.example").await;
        let page = staff.get(&format!("/en/contracts/{id}")).await.text();
        assert_eq!(page.matches("Reminder to sign sent").count(), 4, "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_offer_reminds_five_times_and_says_when_today_is_the_last_day() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = requested(t, &s, &[ANNA]).await;
        let by = s.manager.contract_manager().expect("the role");
        let input = offer::OfferInput { valid_until: "2027-03-01".into(), ..crate::main_path::offer_input() };
        offer::run(t.portal(), &by, id, &input, t.now()).await.expect("offered");
        for _ in 0..97 {
            t.advance(Duration::days(1)).await;
            reminded(t).await;
        }
        assert_eq!(letters_of(t, "offer_reminder", ANNA).await, 5);

        t.person_of(s.customer, "late@k1.example", CustomerRole::Signatory).await;
        let other = t.customer("K2", &s.manager).await;
        t.person_of(other, "zoe@k2.example", CustomerRole::Signatory).await;
        let z = Scene { anna: t.actor("zoe@k2.example").await, customer: other, manager: s.manager.clone() };
        let id = requested(t, &z, &["zoe@k2.example"]).await;
        let input = offer::OfferInput { valid_until: "2027-03-05".into(), ..crate::main_path::offer_input() };
        offer::run(t.portal(), &by, id, &input, t.now()).await.expect("offered");
        t.advance(Duration::days(5)).await;
        reminded(t).await;
        assert_eq!(
            t.in_letter("offer_reminder", "zoe@k2.example", "days_left").await,
            "heute ist der letzte Tag"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_long_outage_one_reminder_comes_and_not_a_burst() {
    each_database(async |t| {
        let s = scene(t).await;
        offered(t, &s, &[ANNA]).await;
        t.advance(Duration::days(20)).await;
        assert_eq!(reminded(t).await, 1);
        let keys = t.portal().store.read();
        let (jobs, _) = store::outbox::list(keys, Some("mail"), None, 0, 50).await.expect("outbox");
        assert!(
            jobs.iter().any(|j| j.key.starts_with("sign_reminder:") && j.key.contains(":3:")),
            "the third"
        );
        t.advance(Duration::days(5)).await;
        assert_eq!(reminded(t).await, 0, "the fourth is not due yet");
        t.advance(Duration::days(1)).await;
        assert_eq!(reminded(t).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_instances_remind_once() {
    each_database(async |t| {
        let s = two(t, "2").await;
        offered(t, &s, &[ANNA, BEN]).await;
        t.advance(Duration::days(6)).await;
        let (a, b, c, d) = tokio::join!(reminded(t), reminded(t), reminded(t), reminded(t));
        assert_eq!(a + b + c + d, 2, "one each for two people");
        assert_eq!(letters_of(t, "offer_reminder", ANNA).await, 1);
        assert_eq!(letters_of(t, "offer_reminder", BEN).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_has_signed_or_may_not_sign_any_more_is_reminded() {
    each_database(async |t| {
        let s = two(t, "2").await;
        let id = offered(t, &s, &[ANNA, BEN]).await;
        signed(t, &s, id, ANNA).await;
        t.advance(Duration::days(6)).await;
        assert_eq!(reminded(t).await, 1);
        assert_eq!(letters_of(t, "offer_reminder", ANNA).await, 0, "she has signed");
        let by = s.manager.contract_manager().expect("the role").into();
        let ben = t.actor(BEN).await.user;
        let role = CustomerRole::Signatory;
        service::people::invite::remove_customer_user(t.portal(), &by, s.customer, ben, role, t.now())
            .await
            .expect("removed");
        t.advance(Duration::days(7)).await;
        assert_eq!(reminded(t).await, 0, "he is no signatory any more");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_set_a_password_gets_a_new_link_with_the_reminder() {
    each_database(async |t| {
        let s = scene(t).await;
        offered(t, &s, &["neu@k1.example"]).await;
        assert_eq!(letters_of(t, "invitation", "neu@k1.example").await, 1);
        let first = t.in_letter("invitation", "neu@k1.example", "link").await;
        t.advance(Duration::days(5)).await;
        assert_eq!(reminded(t).await, 1);
        assert_eq!(letters_of(t, "invitation", "neu@k1.example").await, 2);
        assert_ne!(t.in_letter("invitation", "neu@k1.example", "link").await, first);
        assert_eq!(t.actor("neu@k1.example").await.customers.len(), 1, "no role is given again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_side_is_reminded_when_it_owes_the_countersignature() {
    const BERND: &str = "bernd@provider.example";
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        signed(t, &s, id, ANNA).await; // a Monday
        t.advance(Duration::hours(47)).await;
        assert_eq!(reminded(t).await, 0);
        t.advance(Duration::hours(1)).await;
        assert_eq!((reminded(t).await, reminded(t).await), (1, 0));
        assert!(!t.in_letter("countersignature_overdue", BERND, "signed_at").await.is_empty());
        t.advance(Duration::days(1)).await;
        assert_eq!(reminded(t).await, 0, "not daily");
        for _ in 0..60 {
            t.advance(Duration::days(1)).await;
            reminded(t).await;
        }
        assert_eq!(letters_of(t, "countersignature_overdue", BERND).await, 5);
        let page =
            t.browser_of(ANNA).await.get(&format!("/de/my/{}/contracts/{id}", s.customer)).await.text();
        assert!(page.contains("Anbieter an seine Aufgabe erinnert"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_waits_past_its_day_is_called_to_mind() {
    each_database(async |t| {
        let s = scene(t).await;
        requested(t, &s, &[ANNA]).await; // to be examined until Monday, 30 November
        t.advance(Duration::days(7)).await;
        assert_eq!(reminded(t).await, 0, "the last day is today");
        t.advance(Duration::days(1)).await;
        assert_eq!((reminded(t).await, reminded(t).await), (1, 0));
        assert_eq!(t.in_letter("request_overdue", "bernd@provider.example", "due_on").await, "30.11.2026");
        t.advance(Duration::days(30)).await;
        assert_eq!(reminded(t).await, 1, "one after a long outage");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_concluded_reminds_nobody() {
    each_database(async |t| {
        let s = scene(t).await;
        in_force(t, &s).await;
        t.advance(Duration::days(40)).await;
        assert_eq!(reminded(t).await, 0);
        let report = service::audit::verify(t.portal()).await.expect("read");
        assert!(report.whole());
    })
    .await;
}
