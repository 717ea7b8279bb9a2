//! Notice by either side, taken back by its giver; the gate stays open until the last instant of the last day.

use super::{contract, ended, gate_says, keep_house, noticed, ordinary, refused, technician};
use crate::harness::each_database;
use crate::main_path::{ANNA, in_force, offered, scene};
use chrono::Duration;
use domain::contract::lifecycle::{EndCause, NoticeInput, Side};
use domain::contract::{ContractState, StateName};
use domain::permission::CustomerRole;
use service::contracts::{begin, give_notice, withdraw_notice};

#[tokio::test(flavor = "multi_thread")]
async fn the_gate_stays_open_until_the_last_instant_and_not_longer() {
    each_database(async |t| {
        let (_, id) = noticed(t).await;
        technician(t).await;
        assert_eq!(contract(t, id).await.state.name(), StateName::Ending);
        assert_eq!(gate_says(t, "hosting.operate"), "ok_contract");
        t.advance(Duration::days(38) + Duration::hours(14) - Duration::microseconds(1)).await;
        keep_house(t).await;
        assert_eq!(gate_says(t, "hosting.operate"), "ok_contract");
        assert_eq!(contract(t, id).await.state.name(), StateName::Ending);
        t.advance(Duration::microseconds(1)).await;
        assert_eq!(gate_says(t, "hosting.operate"), "contract_ended", "before the state has changed");
        keep_house(t).await;
        let ContractState::Ended(ended) = contract(t, id).await.state else { panic!("it ended") };
        assert!(matches!(ended.cause, EndCause::Notice(_)));
        assert_eq!(gate_says(t, "hosting.operate"), "contract_ended");
        assert_eq!(t.in_letter("contract_ended", ANNA, "choose_until").await, "01.02.2027");
        keep_house(t).await;
        let told = t.letters().await.into_iter().filter(|l| l.template == "contract_ended").count();
        assert_eq!(told, 2, "the signatory and the privacy contact, once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_are_told_of_a_notice_and_of_its_way_back() {
    each_database(async |t| {
        let (s, id) = noticed(t).await;
        let manager = "bernd@provider.example";
        for to in [ANNA, manager, "privacy@k1.example"] {
            assert_eq!(t.in_letter("notice_given", to, "last_day").await, "31.12.2026");
            assert_eq!(t.in_letter("notice_given", to, "side").await, "der Kunde");
        }
        let by = s.anna.signatory_of(s.customer).expect("a signatory");
        let bare = withdraw_notice::by_customer(t.portal(), &by, id, " ", t.now()).await.expect_err("bare");
        assert_eq!(refused(bare), "reason required");
        let other = s.manager.contract_manager().expect("the role");
        let wrong = withdraw_notice::by_provider(t.portal(), &other, id, "Doch", t.now()).await;
        assert_eq!(refused(wrong.expect_err("not theirs")), "other-side");
        withdraw_notice::by_customer(t.portal(), &by, id, "Doch nicht", t.now()).await.expect("taken back");
        assert_eq!(contract(t, id).await.state.name(), StateName::InForce);
        assert_eq!(t.in_letter("notice_withdrawn", manager, "reason").await, "Doch nicht");
        let again = withdraw_notice::by_customer(t.portal(), &by, id, "Doch nicht", t.now()).await;
        assert_eq!(refused(again.expect_err("in force")), "wrong-state");
        give_notice::by_customer(t.portal(), &by, id, &ordinary(), t.now()).await.expect("given again");
        let twice = give_notice::by_customer(t.portal(), &by, id, &ordinary(), t.now()).await;
        assert_eq!(refused(twice.expect_err("a second click")), "wrong-state");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_gives_notice_under_its_own_rules() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        let by = s.manager.contract_manager().expect("the role");
        let alone = NoticeInput { services_end: false, last_day: "2026-12-01".into(), ..ordinary() };
        let wrong = give_notice::by_provider(t.portal(), &by, id, &alone, t.now()).await;
        assert_eq!(refused(wrong.expect_err("refused")), "last_day notice-short, services_end box");
        let cause = NoticeInput {
            kind: "good_cause".into(),
            last_day: "2026-11-23".into(),
            reason: "Rechtswidrige Weisung trotz Warnung".into(),
            ..ordinary()
        };
        give_notice::by_provider(t.portal(), &by, id, &cause, t.now()).await.expect("given");
        assert_eq!(t.in_letter("notice_given", ANNA, "kind").await, "Kündigung aus wichtigem Grund");
        let ContractState::Ending(e) = contract(t, id).await.state else { panic!("notice was given") };
        assert!(e.notice.good_cause);
        // Beside a contract that ends, the customer may begin a new one.
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let new = begin::run(t.portal(), &anna, t.now()).await.expect("begun");
        assert_ne!(new, id);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notice_needs_a_contract_in_force_of_the_own_customer() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let by = s.anna.signatory_of(s.customer).expect("a signatory");
        let early = give_notice::by_customer(t.portal(), &by, id, &ordinary(), t.now()).await;
        assert_eq!(refused(early.expect_err("offered")), "wrong-state");
        let other = t.customer("K2", &s.manager).await;
        t.person_of(other, "eve@k2.example", CustomerRole::Signatory).await;
        let eve = t.actor("eve@k2.example").await.signatory_of(other).expect("of K2");
        let foreign = give_notice::by_customer(t.portal(), &eve, id, &ordinary(), t.now()).await;
        assert_eq!(refused(foreign.expect_err("foreign")), "missing");
        let foreign = withdraw_notice::by_customer(t.portal(), &eve, id, "x", t.now()).await;
        assert_eq!(refused(foreign.expect_err("foreign")), "missing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_notices_at_the_same_instant_are_one() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        let own = s.anna.signatory_of(s.customer).expect("a signatory");
        let manager = s.manager.contract_manager().expect("the role");
        let input = ordinary();
        let (a, b) = tokio::join!(
            give_notice::by_customer(t.portal(), &own, id, &input, t.now()),
            give_notice::by_provider(t.portal(), &manager, id, &input, t.now()),
        );
        assert_eq!([a, b].into_iter().flatten().count(), 1);
        let told = t.letters().await.into_iter().filter(|l| l.template == "notice_given").count();
        assert_eq!(told, 3, "signatory, privacy contact, manager: of one notice");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_cannot_be_taken_back_after_the_last_day() {
    each_database(async |t| {
        let (s, id) = noticed(t).await;
        t.advance(Duration::days(38) + Duration::hours(14)).await;
        let by = s.anna.signatory_of(s.customer).expect("a signatory");
        let late = withdraw_notice::by_customer(t.portal(), &by, id, "Doch", t.now()).await;
        assert_eq!(refused(late.expect_err("late")), "wrong-state");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_holds_after_the_end() {
    each_database(async |t| {
        ended(t).await;
        let report = service::audit::verify(t.portal()).await.expect("read");
        assert!(report.broken.is_none(), "{report:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_in_text_form_is_entered_with_the_day_that_follows_from_its_receipt() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        let by = s.manager.contract_manager().expect("the role");
        let input = NoticeInput { last_day: "2026-12-10".into(), services_end: false, ..ordinary() };
        give_notice::enter(t.portal(), &by, id, &input, t.now()).await.expect("entered");
        let ContractState::Ending(e) = contract(t, id).await.state else { panic!("notice was given") };
        assert_eq!((e.notice.side, e.notice.in_text_form), (Side::Customer, true));
        assert_eq!(t.in_letter("notice_given", ANNA, "last_day").await, "10.12.2026");
        withdraw_notice::enter(t.portal(), &by, id, "Brief vom 24.11.", t.now()).await.expect("entered");
        assert_eq!(contract(t, id).await.state.name(), StateName::InForce);
    })
    .await;
}
