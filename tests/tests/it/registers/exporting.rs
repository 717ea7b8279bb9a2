//! The registers on the command line: all three as CSV and JSON, and in the chain who took them.

use super::{CLARA, IDA, once, stage};
use crate::harness::{TestApp, each_database};
use crate::seal_commands::run;
use domain::register::audit_request::AuditState;
use domain::register::breach::BreachState;
use domain::register::instruction::InstructionState;
use serde_json::Value;
use service::export::{Exporter, Format};
use service::registers::export::{Sheet, all};

async fn json<S: Sheet>(t: &TestApp) -> Value {
    let file = all::<S>(t.portal(), &Exporter::Command, Format::Json, t.now()).await.expect("a file");
    serde_json::from_slice(&file).expect("JSON")
}

/// An entry in each register: the instruction carries a formula, the breach was told.
async fn entries(t: &TestApp) {
    let s = stage(t).await;
    let (ida, clara) = (t.browser_of(IDA).await, t.browser_of(CLARA).await);
    let mine = format!("/de/my/{}", s.customer);
    let id = once(&ida, &format!("{mine}/instructions/new")).await;
    let form =
        [("once", id.as_str()), ("title", "=Postfach löschen"), ("text", "Bitte."), ("services", "hosting")];
    assert_eq!(ida.post(&format!("{mine}/instructions/new")).form(&form).await.status_code(), 303);

    let id = once(&clara, "/de/breaches/new").await;
    let mut facts = vec![
        ("once", id.as_str()),
        ("aware_on", "2026-11-23"),
        ("aware_time", "09:30"),
        ("title", "Fremder Zugriff"),
        ("nature", "Anmeldung mit gestohlenem Passwort"),
        ("contact", "datenschutz@provider.example"),
        ("services", "hosting"),
    ];
    assert_eq!(clara.post("/de/breaches/new").form(&facts).await.status_code(), 303);
    facts.retain(|(name, _)| *name != "once");
    let told = clara.post(&format!("/de/breaches/{id}/tell")).form(&facts).await;
    assert_eq!(told.status_code(), 303, "{}", told.text());

    let id = once(&ida, &format!("{mine}/audits/new")).await;
    let form = [
        ("once", id.as_str()),
        ("kind", "documents"),
        ("occasion", "regular"),
        ("wished", "2026-12-18"),
        ("points", "Zutritt\nLöschkonzept"),
    ];
    let asked = ida.post(&format!("{mine}/audits/new")).form(&form).await;
    assert_eq!(asked.status_code(), 303, "{}", asked.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn all_three_go_out_whole_and_it_is_noted() {
    each_database(async |t: &TestApp| {
        assert_eq!(json::<InstructionState>(t).await, serde_json::json!([]), "nothing yet");
        entries(t).await;
        let one = &json::<InstructionState>(t).await[0];
        assert_eq!((&one["number"], &one["customer_number"]), (&"WE-2026-00001".into(), &"K1".into()));
        assert_eq!((&one["title"], &one["state"]), (&"=Postfach löschen".into(), &"given".into()));
        let one = &json::<BreachState>(t).await[0];
        assert_eq!((&one["number"], &one["state"]), (&"VF-2026-00001".into(), &"told".into()));
        assert_eq!((&one["notices"], &one["told_customers"]), (&"1".into(), &"K1".into()));
        assert_eq!((&one["services"], &one["aware_at"]), (&"hosting".into(), &"2026-11-23T08:30:00Z".into()));
        let one = &json::<AuditState>(t).await[0];
        assert_eq!((&one["number"], &one["kind"]), (&"PR-2026-00001".into(), &"documents".into()));
        assert_eq!((&one["points"], &one["day"]), (&"Zutritt|Löschkonzept".into(), &"2026-12-18".into()));

        let csv = all::<InstructionState>(t.portal(), &Exporter::Command, Format::Csv, t.now()).await;
        let csv = String::from_utf8(csv.expect("a file")).expect("UTF-8");
        assert!(csv.contains(",'=Postfach löschen,"), "a formula is harmless: {csv}");
        for what in ["instructions", "breaches", "audits"] {
            let events = service::audit::timeline(t.portal(), what).await.expect("read");
            assert!(events.iter().any(|e| e.kind == format!("{what}.exported")), "{what}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_writes_them_to_the_standard_output() {
    each_database(async |t: &TestApp| {
        entries(t).await;
        let url = t.app.config.database_url.clone();
        let data = t.app.config.data_dir.clone();
        for (what, number) in
            [("instructions", "WE-2026-00001"), ("breaches", "VF-2026-00001"), ("audits", "PR-2026-00001")]
        {
            let (code, said, told) = run(&data, Some(&url), &["export", what, "--format", "csv"]);
            assert_eq!(code, 0, "{told}");
            let rows: Vec<_> = said.lines().collect();
            assert!(rows[0].starts_with("number,") && rows[1].starts_with(number), "{said}");
        }
        let (code, _, _) = run(&data, Some(&url), &["export", "instructions", "--format", "xml"]);
        assert_eq!(code, 2, "a form that there is not");
    })
    .await;
}
