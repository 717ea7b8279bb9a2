//! The choice between deletion and return: its clock, its reminders, its default, and who may make it.

use super::{contract, disposal, ended, keep_house, noticed, refused};
use crate::harness::{TestApp, each_database};
use crate::main_path::ANNA;
use chrono::Duration;
use domain::ContractId;
use domain::contract::ContractState;
use domain::contract::lifecycle::Way;
use domain::permission::{CustomerRole, CustomerUser};
use service::disposals::choose;

async fn choice(t: &TestApp, id: ContractId) -> Option<(Way, bool)> {
    disposal(t, id).await.choice.map(|c| (c.way, c.by.is_some()))
}

async fn letters(t: &TestApp, template: &str) -> usize {
    t.letters().await.into_iter().filter(|l| l.template == template).count()
}

async fn privacy(t: &TestApp, customer: domain::CustomerId, email: &str, role: CustomerRole) -> CustomerUser {
    t.person_of(customer, email, role).await;
    t.actor(email).await.of_customer(customer).expect("theirs")
}

#[tokio::test(flavor = "multi_thread")]
async fn signatories_and_privacy_contacts_choose_and_change_nobody_else() {
    each_database(async |t| {
        let (s, id) = ended(t).await;
        let member = privacy(t, s.customer, "max@k1.example", CustomerRole::Member).await;
        let no = choose::run(t.portal(), &member, id, "delete", t.now()).await.expect_err("a member");
        assert_eq!(refused(no), "missing");
        let petra = privacy(t, s.customer, "petra@k1.example", CustomerRole::PrivacyContact).await;
        let none = choose::run(t.portal(), &petra, id, "keep", t.now()).await.expect_err("no way");
        assert_eq!(refused(none), "way choose-one");
        choose::run(t.portal(), &petra, id, "return", t.now()).await.expect("chosen");
        assert_eq!(choice(t, id).await, Some((Way::Return, true)));
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let same = choose::run(t.portal(), &anna, id, "return", t.now()).await.expect_err("the same");
        assert_eq!(refused(same), "already-chosen");
        t.advance(Duration::minutes(1)).await;
        choose::run(t.portal(), &anna, id, "delete", t.now()).await.expect("changed");
        assert_eq!(choice(t, id).await, Some((Way::Delete, true)));
        assert_eq!(t.in_letter("choice_made", "bernd@provider.example", "choice").await, "Löschung");
        let other = t.customer("K2", &s.manager).await;
        let eve = privacy(t, other, "eve@k2.example", CustomerRole::Signatory).await;
        let foreign = choose::run(t.portal(), &eve, id, "delete", t.now()).await.expect_err("foreign");
        assert_eq!(refused(foreign), "missing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_reminded_twice_and_then_means_deletion() {
    each_database(async |t| {
        let (s, id) = ended(t).await;
        t.advance(Duration::days(14)).await; // 15 January
        keep_house(t).await;
        assert_eq!(letters(t, "choice_reminder").await, 0);
        t.advance(Duration::days(1)).await; // 16 January
        keep_house(t).await;
        keep_house(t).await;
        assert_eq!(letters(t, "choice_reminder").await, 2, "one reminder to two people, once");
        assert_eq!(t.in_letter("choice_reminder", ANNA, "choose_until").await, "01.02.2027");
        t.advance(Duration::days(8)).await; // 24 January
        keep_house(t).await;
        assert_eq!(letters(t, "choice_reminder").await, 4);
        t.advance(Duration::days(8)).await; // 1 February, the last day
        keep_house(t).await;
        assert_eq!(choice(t, id).await, None);
        t.advance(Duration::days(1)).await; // 2 February
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let late = choose::run(t.portal(), &anna, id, "return", t.now()).await.expect_err("late");
        assert_eq!(refused(late), "choice-over");
        keep_house(t).await;
        keep_house(t).await;
        assert_eq!(choice(t, id).await, Some((Way::Delete, false)));
        assert_eq!(letters(t, "choice_default").await, 3, "two of the customer and the manager, once");
        assert_eq!(t.in_letter("choice_default", ANNA, "delete_until").await, "15.02.2027");
        let events = service::audit::timeline(t.portal(), &format!("contract:{id}")).await.expect("read");
        let of = |kind: &str| events.iter().filter(|e| e.kind == kind).count();
        assert_eq!((of("contract.choice_reminded"), of("contract.choice_defaulted")), (2, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_chosen_is_left_in_peace() {
    each_database(async |t| {
        let (s, id) = ended(t).await;
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        choose::run(t.portal(), &anna, id, "return", t.now()).await.expect("chosen");
        t.advance(Duration::days(60)).await;
        keep_house(t).await;
        assert_eq!(letters(t, "choice_reminder").await, 0);
        assert_eq!(choice(t, id).await, Some((Way::Return, true)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_before_the_end_counts_after_it() {
    each_database(async |t| {
        let (s, id) = noticed(t).await;
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        choose::run(t.portal(), &anna, id, "return", t.now()).await.expect("chosen");
        let ContractState::Ending(e) = contract(t, id).await.state else { panic!("notice was given") };
        assert_eq!(e.choice.map(|c| c.way), Some(Way::Return));
        t.advance(Duration::days(38) + Duration::hours(14)).await;
        keep_house(t).await;
        assert_eq!(choice(t, id).await, Some((Way::Return, true)));
        assert_eq!((letters(t, "contract_ended").await, letters(t, "contract_ended_chosen").await), (0, 2));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_choices_at_the_same_instant_are_one() {
    each_database(async |t| {
        let (s, id) = ended(t).await;
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let choose = |way| choose::run(t.portal(), &anna, id, way, t.now());
        let (a, b, c) = tokio::join!(choose("delete"), choose("delete"), choose("delete"));
        assert_eq!([a, b, c].into_iter().flatten().count(), 1);
        assert_eq!(choice(t, id).await, Some((Way::Delete, true)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_chosen_for_a_contract_in_force() {
    each_database(async |t| {
        let s = crate::main_path::scene(t).await;
        let id = crate::main_path::in_force(t, &s).await;
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let early = choose::run(t.portal(), &anna, id, "delete", t.now()).await.expect_err("in force");
        assert_eq!(refused(early), "wrong-state");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_in_text_form_is_entered_and_confirmed_to_the_customer() {
    each_database(async |t| {
        let (s, id) = ended(t).await;
        let by = s.manager.contract_manager().expect("the role");
        let none = choose::enter(t.portal(), &by, id, "", t.now()).await.expect_err("no way");
        assert_eq!(refused(none), "way choose-one");
        choose::enter(t.portal(), &by, id, "return", t.now()).await.expect("entered");
        let d = disposal(t, id).await;
        assert!(d.choice.is_some_and(|c| c.in_text_form && c.way == Way::Return));
        let name = t.in_letter("choice_made", ANNA, "chosen_by").await;
        assert_eq!(name, "Bernd Muster (in Textform erklärt, hier eingetragen)");
    })
    .await;
}
