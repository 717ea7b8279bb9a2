//! Annexes: what is shipped becomes a numbered snapshot, counts once it is confirmed, and never changes silently.

use crate::harness::{TestApp, each_database, goes_to};
use domain::annex::AnnexKind;
use domain::permission::StaffRole;
use service::annexes::{confirm, current, sync};
use service::{Content, Portal, Problem};
use std::sync::Arc;

/// The portal with other content.
fn with(t: &TestApp, change: impl FnOnce(&mut Content)) -> Portal {
    let mut content = Content::load(None).expect("content");
    change(&mut content);
    Portal { content: Arc::new(content), ..t.portal().clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_with_the_same_content_changes_nothing_and_with_new_content_adds_a_version() {
    each_database(async |t: &TestApp| {
        sync::at_start(t.portal(), t.now()).await.expect("started again");
        let first = current::toms(t.portal()).await.expect("annex 2");
        assert_eq!((first.number, first.confirmed, first.in_use), (1, None, None));
        t.confirm_annexes().await;

        let changed = with(t, |c| c.annexes.toms.controls[0].measures[0].title.de.push_str(" neu"));
        sync::at_start(&changed, t.now()).await.expect("started with a new measure");
        let second = current::toms(t.portal()).await.expect("annex 2");
        assert_eq!((second.number, second.in_use), (2, Some(1)));
        let confirmed =
            current::newest_confirmed(t.portal(), AnnexKind::Toms).await.expect("read").expect("one");
        assert_eq!((confirmed.number, confirmed.sha256), (1, first.sha256));
        assert_eq!(current::subprocessors(t.portal()).await.expect("annex 3").number, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_released_text_that_was_changed_stops_the_start() {
    each_database(async |t: &TestApp| {
        let store = &t.portal().store;
        store.execute("UPDATE text_versions SET sha256 = 'another'").await.expect("changed");
        let problem = sync::at_start(t.portal(), t.now()).await.expect_err("refused");
        assert!(problem.to_string().contains("was changed"), "{problem}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_privacy_officer_confirms_what_was_on_the_page() {
    each_database(async |t: &TestApp| {
        t.staff("clara@provider.example", &[StaffRole::PrivacyOfficer]).await;
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let (officer, technician) =
            (t.browser_of("clara@provider.example").await, t.browser_of("tina@provider.example").await);
        let page = technician.get("/de/annexes").await.text();
        assert!(page.contains("Vorlageninhalt") && !page.contains("/annexes/toms/confirm"), "{page}");

        let shown = current::toms(t.portal()).await.expect("annex 2").id.to_string();
        let form = [("snapshot", shown.as_str())];
        assert_eq!(technician.post("/de/annexes/toms/confirm").form(&form).await.status_code(), 403);
        let answer = officer.post("/de/annexes/toms/confirm").form(&form).await;
        assert_eq!((answer.status_code().as_u16(), goes_to(&answer).as_str()), (303, "/de/annexes"));
        assert_eq!(
            officer.post("/de/annexes/toms/confirm").form(&form).await.status_code(),
            303,
            "twice is once"
        );
        let annex = current::toms(t.portal()).await.expect("annex 2");
        assert_eq!(annex.confirmed, Some(("Clara Muster".into(), t.now())));
        let story = service::audit::timeline(t.portal(), &format!("annex:{shown}")).await.expect("read");
        assert_eq!(
            story.iter().map(|h| h.kind.as_str()).collect::<Vec<_>>(),
            ["annex.drafted", "annex.confirmed"]
        );

        let changed = with(t, |c| c.annexes.toms.controls[0].measures[0].title.de.push_str(" neu"));
        sync::at_start(&changed, t.now()).await.expect("a new version comes");
        let by = t.actor("clara@provider.example").await.privacy_officer().expect("the role");
        let stale = confirm::confirm(t.portal(), &by, AnnexKind::Toms, annex.id, t.now()).await;
        assert!(matches!(stale, Err(Problem::Stale)), "the page showed an older one");
        assert_eq!(officer.post("/de/annexes/nothing/confirm").form(&form).await.status_code(), 404);
    })
    .await;
}
