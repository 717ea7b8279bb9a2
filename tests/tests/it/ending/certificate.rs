//! The deletion certificate: made once, stored with its hash, sent, and full of what happened.

use super::{contract, disposal, done, ended, keep_house, refused, tasks, technician};
use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, Scene};
use chrono::Duration;
use domain::contract::lifecycle::{Certificate, RetainedInput};
use domain::contract::{ContractState, StateName};
use domain::{ContractId, Lang};
use service::disposals::{certificate_job, choose, close, confirm, retain};
use service::store::documents;
use service::worklist;

/// Everything deleted and confirmed by 10 January, invoices kept.
pub async fn confirmed(t: &TestApp) -> (Scene, ContractId) {
    let (s, id) = ended(t).await;
    let anna = s.anna.of_customer(s.customer).expect("theirs");
    choose::run(t.portal(), &anna, id, "delete", t.now()).await.expect("chosen");
    let staff = technician(t).await;
    let d = disposal(t, id).await;
    t.advance(Duration::days(9)).await;
    for which in [tasks(&d, false), tasks(&d, true)] {
        confirm::run(t.portal(), &staff, id, &which, &done("2027-01-10"), t.now()).await.expect("confirmed");
    }
    let by = s.manager.contract_manager().expect("the role");
    let kept = RetainedInput {
        what: "Rechnungen <2026>".into(),
        law: "§ 147 Abs. 3 AO".into(),
        until: "2034-12-31".into(),
    };
    retain::add(t.portal(), &by, id, &kept, t.now()).await.expect("noted");
    (s, id)
}

async fn certificate(t: &TestApp, id: ContractId) -> Option<Certificate> {
    let ContractState::Closed(closed) = contract(t, id).await.state else { panic!("it is closed") };
    closed.certificate
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_made_once_stored_with_its_hash_and_sent() {
    each_database(async |t| {
        let (s, id) = confirmed(t).await;
        let by = s.manager.contract_manager().expect("the role");
        close::run(t.portal(), &by, id, t.now()).await.expect("closed");
        assert_eq!(contract(t, id).await.state.name(), StateName::Closed);
        assert_eq!(certificate(t, id).await, None, "a job makes it");
        let twice = close::run(t.portal(), &by, id, t.now()).await.expect_err("once");
        assert_eq!(refused(twice), "wrong-state");
        t.run_jobs().await;
        let stored = certificate(t, id).await.expect("a certificate");
        let db = t.portal().store.read();
        let document = documents::find(db, s.customer, stored.document).await.expect("read").expect("bytes");
        assert!(document.bytes.starts_with(b"%PDF-"));
        assert_eq!(stored.sha256, domain::audit::sha256(&document.bytes));
        assert_eq!(document.name, "Loeschbestaetigung-AV-2026-00001.pdf");
        let sent: Vec<_> =
            t.letters().await.into_iter().filter(|l| l.template == "deletion_certified").collect();
        assert_eq!(sent.len(), 2, "the signatory and the privacy contact");
        assert!(sent.iter().all(|l| l.attachments == [(s.customer, stored.document)]));
        assert!(sent.iter().any(|l| l.to.address == ANNA));

        certificate_job::run(t.portal(), &id.to_string(), t.now()).await.expect("again");
        assert_eq!(certificate(t, id).await, Some(stored), "not made again");
        let left = worklist::entries(t.portal(), &s.manager.staff().expect("staff"), t.now()).await;
        assert!(left.expect("read").iter().all(|e| e.about != "AV-2026-00001"), "nothing is due any more");
        let report = service::audit::verify(t.portal()).await.expect("read");
        assert!(report.broken.is_none(), "{report:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_at_the_same_instant_store_one_certificate() {
    each_database(async |t| {
        let (s, id) = confirmed(t).await;
        let by = s.manager.contract_manager().expect("the role");
        close::run(t.portal(), &by, id, t.now()).await.expect("closed");
        let payload = id.to_string();
        let run = || certificate_job::run(t.portal(), &payload, t.now());
        let (a, b) = tokio::join!(run(), run());
        a.expect("one makes it");
        b.expect("the other leaves it");
        let events = service::audit::timeline(t.portal(), &format!("contract:{id}")).await.expect("read");
        assert_eq!(events.iter().filter(|e| e.kind == "contract.certificate_stored").count(), 1);
        let sent = t.letters().await.into_iter().filter(|l| l.template == "deletion_certified").count();
        assert_eq!(sent, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_default_is_certified_as_what_it_was() {
    each_database(async |t| {
        let (s, id) = ended(t).await;
        let staff = technician(t).await;
        for days in [15, 8, 9] {
            t.advance(Duration::days(days)).await;
            keep_house(t).await;
        }
        let d = disposal(t, id).await;
        for which in [tasks(&d, false), tasks(&d, true)] {
            confirm::run(t.portal(), &staff, id, &which, &done("2027-02-02"), t.now())
                .await
                .expect("confirmed");
        }
        let by = s.manager.contract_manager().expect("the role");
        close::run(t.portal(), &by, id, t.now()).await.expect("closed");
        let said = std::sync::Arc::new(std::sync::Mutex::new(None));
        let kept = said.clone();
        let mut portal = t.portal().clone();
        portal.render_deletion = std::sync::Arc::new(move |c| {
            *kept.lock().expect("free") = Some(c.clone());
            Ok(b"%PDF-".to_vec())
        });
        portal.seal_pdf = std::sync::Arc::new(|pdf, _, _| Ok(pdf.to_vec()));
        certificate_job::run(&portal, &id.to_string(), t.now()).await.expect("made");
        let c = said.lock().expect("free").clone().expect("a certificate");
        assert_eq!((c.language, c.issued_by.as_str()), (Lang::De, "Bernd Muster"));
        let text = serde_json::to_string(&c).expect("text");
        for part in [
            "Keine Wahl bis zum Ablauf der Frist am 01.02.2027",
            "Erinnerungen",
            "16.01.2027",
            "Webspace, Datenbanken und Anwendungen",
            "Gelöscht und überschrieben",
            "Tina Muster",
            "02.02.2027",
            "Muster-Rechenzentrum GmbH",
            "Inhalte von E-Mails",
            "Zurückbehalten ist nichts",
            "ordentliche Kündigung, der Kunde",
            "31.12.2026",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    })
    .await;
}
