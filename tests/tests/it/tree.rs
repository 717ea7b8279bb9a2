//! The tree over the audit chain: heads, proofs, the daily mail; and whoever touches the chain is found, however
//! carefully it was made anew.

use crate::harness::{TestApp, each_database};
use chrono::Duration;
use domain::audit::{Break, Entry, Event, HeadSignature, TreeHead, link, sha256};
use domain::merkle::{self, Hash};
use domain::permission::StaffRole;
use server::commands::Outcome;
use server::commands::audit::{Audit, run};
use service::audit::{self, head, letter, proof};
use service::export::{self, Exporter, Format};
use service::jobs::housekeeping;
use service::portal::{HeadCheck, Portal};
use service::store::{audit as stored, audit_heads};
use service::{Problem, store::audit_heads::Head};
use std::sync::Arc;

/// A key that only the portal has.
const KEY: &str = "known to the portal alone";

fn signature(text: &[u8]) -> String {
    sha256(&[KEY.as_bytes(), text].concat())
}

/// The portal with a key for heads.
fn with_key(t: &TestApp) -> Portal {
    let mut portal = t.portal().clone();
    portal.sign_head = Some(Arc::new(|text: &[u8]| {
        Ok(HeadSignature { key_id: "k1".into(), signature_base64: signature(text) })
    }));
    portal.check_head = Some(Arc::new(|text: &[u8], s: &HeadSignature| {
        match (s.key_id == "k1", s.signature_base64 == signature(text)) {
            (false, _) => HeadCheck::UnknownKey,
            (true, false) => HeadCheck::Bad,
            (true, true) => HeadCheck::Good,
        }
    }));
    portal
}

/// The portal without any.
fn without_key(t: &TestApp) -> Portal {
    let mut portal = t.portal().clone();
    (portal.sign_head, portal.check_head) = (None, None);
    portal
}

/// Appends entries until there are so many.
async fn grow(portal: &Portal, t: &TestApp, size: i64) {
    let mut work = portal.begin().await.expect("work");
    for n in last(portal).await..size {
        work.record(Event::new("contract.signed", "job", format!("contract:{n}")).fact("n", n));
    }
    portal.commit(work, t.now()).await.expect("committed");
    assert_eq!(last(portal).await, size);
}

async fn last(portal: &Portal) -> i64 {
    stored::last(portal.store.read()).await.expect("read").map_or(0, |e| e.seq)
}

/// Grows the chain and makes a head over it, a minute later.
async fn head_at(portal: &Portal, t: &TestApp, size: i64) -> Head {
    grow(portal, t, size).await;
    t.advance(Duration::seconds(60)).await;
    head::make_due(portal, t.now()).await.expect("made").expect("a head")
}

async fn sql(portal: &Portal, statements: &[&str]) {
    for statement in statements {
        portal.store.execute(statement).await.unwrap_or_else(|e| panic!("{statement}: {e}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_is_made_when_something_is_new_and_at_most_once_a_minute() {
    each_database(async |t: &TestApp| {
        let portal = &without_key(t);
        let first = head::make_due(portal, t.now()).await.expect("made").expect("a head");
        assert_eq!((first.number, first.head.size.cast_signed()), (1, last(portal).await));
        assert_eq!(first.signature, None, "there is no key");
        t.advance(Duration::seconds(90)).await;
        assert_eq!(head::make_due(portal, t.now()).await.expect("looked"), None, "nothing is new");
        let second = head_at(portal, t, 300).await;
        assert_eq!((second.number, second.head.size, second.head.at), (2, 300, t.now()));
        grow(portal, t, 301).await;
        t.advance(Duration::seconds(59)).await;
        assert_eq!(head::make_due(portal, t.now()).await.expect("looked"), None, "too soon");
        t.advance(Duration::seconds(1)).await;
        let at_once = (0..4).map(|_| {
            let (portal, now) = (portal.clone(), t.now());
            tokio::spawn(async move { head::make_due(&portal, now).await.expect("made") })
        });
        let mut made = 0;
        for task in at_once.collect::<Vec<_>>() {
            made += usize::from(task.await.expect("ran").is_some());
        }
        assert_eq!(made, 1, "of several instances one makes the head");
        let report = audit::verify(portal).await.expect("read");
        assert!(report.whole(), "{report:?}");
        assert_eq!((report.heads.count, report.heads.signed, report.heads.checked), (3, 0, 0));
        assert_eq!(report.heads.newest.map(|h| h.size), Some(301));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn once_there_is_a_key_every_head_is_signed_and_none_goes_back() {
    each_database(async |t: &TestApp| {
        let without = &without_key(t);
        head_at(without, t, 20).await;
        let portal = with_key(t);
        let report = audit::verify(&portal).await.expect("read");
        assert_eq!(
            report.broken,
            Some(Break::Unsigned(1)),
            "the newest head must be signed where there is a key"
        );
        t.advance(Duration::seconds(60)).await;
        let signed = head::make_due(&portal, t.now()).await.expect("made").expect("the same, signed");
        assert_eq!((signed.number, signed.head.size), (2, 20));
        let report = audit::verify(&portal).await.expect("read");
        assert!(report.whole(), "{report:?}");
        assert_eq!((report.heads.count, report.heads.signed, report.heads.checked), (2, 1, 1));
        let unchecked = audit::verify(without).await.expect("read");
        assert!(unchecked.whole());
        assert_eq!((unchecked.heads.signed, unchecked.heads.checked), (1, 0), "counted, not checked");
        grow(&portal, t, 21).await;
        t.advance(Duration::seconds(60)).await;
        assert!(head::make_due(without, t.now()).await.is_err(), "no unsigned head after a signed one");
        let mut broken = portal.clone();
        broken.sign_head = Some(Arc::new(|_: &[u8]| Err("no key today".into())));
        assert!(head::make_due(&broken, t.now()).await.is_err());
        assert_eq!(audit_heads::newest(portal.store.read()).await.expect("read").map(|h| h.number), Some(2));
        assert!(head::make_due(&portal, t.now()).await.expect("made").is_some());
    })
    .await;
}

/// As a stranger checks it: with nothing but the JSON.
fn holds(json: &serde_json::Value) -> bool {
    let text = |v: &serde_json::Value| v.as_str().expect("a text").to_string();
    let hash = |v: &serde_json::Value| Hash::parse(text(v).as_bytes()).expect("a hash");
    let entry = &json["entry"];
    let own = link(&text(&entry["prev"]), &text(&entry["body"]));
    let leaf = merkle::leaf(&Hash::parse(own.as_bytes()).expect("a hash").0);
    let path: Vec<Hash> = json["audit_path"].as_array().expect("a path").iter().map(hash).collect();
    let head = TreeHead::parse(&text(&json["head"]["text"])).expect("a head");
    let index = json["leaf_index"].as_u64().expect("a place");
    entry["seq"].as_u64() == Some(index + 1)
        && own == text(&entry["hash"])
        && signature(head.text().as_bytes()) == text(&json["head"]["signature"])
        && merkle::includes(&leaf, index, head.size, &path, &head.root)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_holds_for_whoever_has_nothing_else() {
    each_database(async |t: &TestApp| {
        let portal = with_key(t);
        let sizes = [100, 256, 600, 777];
        for size in sizes {
            head_at(&portal, t, size).await;
        }
        for size in sizes.map(i64::cast_unsigned) {
            for seq in [1, 2, 99, 100, 256, 257, 512, 600, 777] {
                let found = proof::inclusion(&portal, seq, Some(size)).await;
                if seq.cast_unsigned() > size {
                    assert!(matches!(found, Err(Problem::Missing)), "{seq} of {size}");
                    continue;
                }
                let mut json = serde_json::to_value(found.expect("a proof")).expect("JSON");
                assert!(holds(&json), "{seq} of {size}: {json}");
                json["leaf_index"] = (seq + 1).into();
                json["entry"]["seq"] = (seq + 2).into();
                assert!(!holds(&json), "another place");
            }
            for old in sizes.map(i64::cast_unsigned) {
                let found = proof::consistency(&portal, old, size).await;
                assert_eq!(found.is_ok(), old <= size, "{old} to {size}");
            }
        }
        for (seq, size) in [(0, None), (-1, None), (778, None), (5, Some(101)), (i64::MIN, None)] {
            let found = proof::inclusion(&portal, seq, size).await;
            assert!(matches!(found, Err(Problem::Missing)), "{seq} {size:?}");
        }
        assert_eq!(proof::inclusion(&portal, 3, None).await.expect("a proof").head.size, 777);
        assert!(head::set_stamp(&portal, 4, b"token", t.now()).await.expect("stamped"));
        assert!(!head::set_stamp(&portal, 4, b"other", t.now()).await.expect("not again"));
        let stamped = proof::inclusion(&portal, 3, None).await.expect("a proof");
        assert_eq!(stamped.stamp.as_deref(), Some("dG9rZW4="));
    })
    .await;
}

/// Makes the chain anew from an entry on, with right links: what a careful forger would do.
async fn rewrite(portal: &Portal, from: i64) {
    let mut entries = stored::after(portal.store.read(), 0, 10_000).await.expect("entries");
    let at = usize::try_from(from - 1).expect("a place");
    entries[at].body = entries[at].body.replace("\"n\":\"", "\"n\":\"9");
    for i in at..entries.len() {
        let prev = i.checked_sub(1).map_or(domain::audit::GENESIS.to_string(), |i| entries[i].hash.clone());
        let hash = link(&prev, &entries[i].body);
        entries[i] = Entry { prev, hash, ..entries[i].clone() };
        let Entry { seq, body, prev, hash, .. } = &entries[i];
        let update =
            format!("UPDATE audit SET body = '{body}', prev = '{prev}', hash = '{hash}' WHERE seq = {seq}");
        sql(portal, &[&update]).await;
    }
}

/// Makes the first nodes and all heads anew, as far as the forger can: `sign` stands for the signature.
async fn rewrite_heads(portal: &Portal, sign: &str) {
    let entries = stored::after(portal.store.read(), 0, 10_000).await.expect("entries");
    let leaves: Vec<Hash> =
        entries.iter().map(|e| merkle::leaf(&Hash::parse(e.hash.as_bytes()).expect("a hash").0)).collect();
    let tile = merkle::root(&leaves[..256]);
    let blob = if portal_is_sqlite(portal).await { format!("x'{tile}'") } else { format!("'\\x{tile}'") };
    sql(portal, &[&format!("UPDATE audit_nodes SET hash = {blob}")]).await;
    for h in audit_heads::after(portal.store.read(), 0, 100).await.expect("heads") {
        let root = merkle::root(&leaves[..usize::try_from(h.head.size).expect("a size")]);
        let update =
            format!("UPDATE audit_heads SET root = '{root}', signature = {sign} WHERE number = {}", h.number);
        sql(portal, &[&update]).await;
    }
}

async fn portal_is_sqlite(portal: &Portal) -> bool {
    portal.store.execute("SELECT 1 FROM sqlite_master").await.is_ok()
}

const KEEP: [&str; 3] = [
    "CREATE TABLE kept_audit AS SELECT * FROM audit",
    "CREATE TABLE kept_nodes AS SELECT * FROM audit_nodes",
    "CREATE TABLE kept_heads AS SELECT * FROM audit_heads",
];
const BACK: [&str; 6] = [
    "DELETE FROM audit",
    "INSERT INTO audit SELECT * FROM kept_audit",
    "DELETE FROM audit_nodes",
    "INSERT INTO audit_nodes SELECT * FROM kept_nodes",
    "DELETE FROM audit_heads",
    "INSERT INTO audit_heads SELECT * FROM kept_heads",
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_to_the_chain_is_found_and_where() {
    each_database(async |t: &TestApp| {
        let portal = with_key(t);
        for size in [120, 200, 300] {
            head_at(&portal, t, size).await;
        }
        grow(&portal, t, 310).await;
        sql(&portal, &KEEP).await;
        let shift = "UPDATE audit SET seq = -seq WHERE seq > 150";
        let forged =
            "INSERT INTO audit SELECT 151, at, kind, subject, body, prev, hash FROM audit WHERE seq = 150";
        let moved = "UPDATE audit SET seq = 1 - seq WHERE seq < 0";
        let tail = "DELETE FROM audit WHERE seq > 299";
        let cases: [(&str, &[&str], Break); 20] = [
            (
                "a text",
                &["UPDATE audit SET body = replace(body, 'job', 'jab') WHERE seq = 150"],
                Break::Content(150),
            ),
            ("a hash", &["UPDATE audit SET hash = prev WHERE seq = 150"], Break::Content(150)),
            ("no hash", &["UPDATE audit SET hash = '' WHERE seq = 256"], Break::Content(256)),
            ("a link", &["UPDATE audit SET prev = hash WHERE seq = 150"], Break::Link(150)),
            (
                "the subject",
                &["UPDATE audit SET subject = 'contract:x' WHERE seq = 150"],
                Break::Columns(150),
            ),
            ("the kind", &["UPDATE audit SET kind = 'contract.ended' WHERE seq = 310"], Break::Columns(310)),
            (
                "the time",
                &["UPDATE audit SET at = (SELECT max(at) FROM audit) WHERE seq = 150"],
                Break::Columns(150),
            ),
            ("the first is gone", &["DELETE FROM audit WHERE seq = 1"], Break::Sequence(1, 2)),
            ("one is gone", &["DELETE FROM audit WHERE seq = 150"], Break::Sequence(150, 151)),
            ("the tail is gone", &[tail], Break::Truncated(299, 300)),
            ("all are gone", &["DELETE FROM audit"], Break::Truncated(0, 120)),
            (
                "two are swapped",
                &[
                    "UPDATE audit SET seq = -150 WHERE seq = 150",
                    "UPDATE audit SET seq = 150 WHERE seq = 151",
                    "UPDATE audit SET seq = 151 WHERE seq = -150",
                ],
                Break::Link(150),
            ),
            ("one is put between", &[shift, forged, moved], Break::Link(151)),
            (
                "one is put before",
                &["INSERT INTO audit SELECT 0, at, kind, subject, body, prev, hash FROM audit WHERE seq = 1"],
                Break::Sequence(1, 0),
            ),
            ("a node", &["UPDATE audit_nodes SET hash = substr(hash, 2)"], Break::Tree(0)),
            (
                "no node",
                &["DELETE FROM audit_nodes", "DELETE FROM audit_heads WHERE number < 3"],
                Break::Head(1),
            ),
            ("a head is gone", &["DELETE FROM audit_heads WHERE number = 2"], Break::Head(2)),
            (
                "a root",
                &["UPDATE audit_heads SET root = (SELECT hash FROM audit WHERE seq = 9) WHERE number = 2"],
                Break::Rewritten(120, 200),
            ),
            (
                "a signature",
                &["UPDATE audit_heads SET signature = root WHERE number = 2"],
                Break::Signature(2),
            ),
            (
                "no signature",
                &["UPDATE audit_heads SET signature = NULL WHERE number = 2"],
                Break::Unsigned(2),
            ),
        ];
        for (what, statements, expected) in cases {
            sql(&portal, statements).await;
            let found = audit::verify(&portal).await;
            if expected == Break::Tree(0) {
                assert!(found.is_err(), "{what}: a node of 31 bytes cannot be read");
            } else {
                assert_eq!(found.expect("read").broken, Some(expected), "{what}");
            }
            sql(&portal, &BACK).await;
            assert!(audit::verify(&portal).await.expect("read").whole(), "{what} was taken back");
        }
        let other = "UPDATE audit_nodes SET number = 1 - number";
        sql(&portal, &[other]).await;
        assert_eq!(
            audit::verify(&portal).await.expect("read").broken,
            Some(Break::Tree(256)),
            "a node moved"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_made_anew_as_a_whole_is_found_by_its_heads_and_gets_no_new_one() {
    each_database(async |t: &TestApp| {
        let portal = t.portal().clone(); // with the key of the seal
        head_at(&portal, t, 120).await;
        let newest = head_at(&portal, t, 300).await;
        grow(&portal, t, 310).await;
        sql(&portal, &KEEP).await;

        rewrite(&portal, 121).await;
        let report = audit::verify(&portal).await.expect("read");
        assert!(matches!(report.broken, Some(Break::Tree(256) | Break::Rewritten(120, 300))), "{report:?}");
        sql(&portal, &["DELETE FROM audit_nodes"]).await;
        let report = audit::verify(&portal).await.expect("read");
        assert_eq!(report.broken, Some(Break::Rewritten(120, 300)), "the entries behind the last good head");
        t.advance(Duration::seconds(60)).await;
        assert!(head::make_due(&portal, t.now()).await.is_err(), "nobody signs that");
        t.staff("david@provider.example", &[StaffRole::Admin]).await;
        let page = t.browser_of("david@provider.example").await.post("/de/audit/verify").await.text();
        assert!(page.contains("Die Kette wurde neu geschrieben: Die Einträge 121 bis 300"), "{page}");
        sql(&portal, &BACK).await;

        rewrite(&portal, 50).await;
        rewrite_heads(&portal, "signature").await;
        assert_eq!(audit::verify(&portal).await.expect("read").broken, Some(Break::Signature(1)));
        assert!(head::make_due(&portal, t.now()).await.is_err(), "the newest head is not ours");
        rewrite_heads(&portal, "NULL").await;
        assert_eq!(audit::verify(&portal).await.expect("read").broken, Some(Break::Unsigned(2)));

        sql(&portal, &["DELETE FROM audit_heads"]).await;
        let (report, continued) = audit::verify_with(&portal, &newest.head).await.expect("read");
        assert!(report.whole(), "without any head the forged chain is good in itself: {report:?}");
        assert!(!continued, "but not with a head that was kept elsewhere");
        sql(&portal, &BACK).await;
        let (report, continued) = audit::verify_with(&portal, &newest.head).await.expect("read");
        assert!(report.whole() && continued, "{report:?}");
        sql(&portal, &["DELETE FROM audit_heads WHERE number > 1", "DELETE FROM audit WHERE seq > 200"])
            .await;
        sql(&portal, &["DELETE FROM audit_nodes"]).await;
        let (report, continued) = audit::verify_with(&portal, &newest.head).await.expect("read");
        assert!(report.whole() && !continued, "a cut end without its heads: {report:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_day_one_mail_tells_the_head_to_the_privacy_officers() {
    each_database(async |t: &TestApp| {
        let portal = with_key(t);
        t.advance(Duration::minutes(1)).await;
        housekeeping::run(&portal, t.now()).await.expect("kept");
        assert!(t.letters().await.is_empty(), "there is nobody to mail to");
        t.staff("clara@provider.example", &[StaffRole::PrivacyOfficer]).await;
        t.staff("david@provider.example", &[StaffRole::Admin]).await;
        t.advance(Duration::minutes(1)).await;
        for _ in 0..3 {
            housekeeping::run(&portal, t.now()).await.expect("kept");
            assert!(!letter::send_due(&portal, t.now()).await.expect("looked"), "one a day");
            t.advance(Duration::minutes(1)).await;
        }
        let mails = async || t.letters().await.iter().filter(|l| l.template == "audit_head").count();
        assert_eq!(mails().await, 1);
        t.advance(Duration::hours(24)).await;
        housekeeping::run(&portal, t.now()).await.expect("kept");
        assert_eq!(mails().await, 2, "that it was mailed is an entry, so the next day has a new head");

        let kept = t.in_letter("audit_head", "clara@provider.example", "head").await;
        let kept = TreeHead::parse(&kept).expect("a head");
        t.run_jobs().await;
        let files = std::fs::read_dir(&t.portal().settings.mail_dir).expect("a folder");
        let files: Vec<_> = files.map(|f| f.expect("a file").path()).collect();
        let mails: Vec<_> = files.iter().filter(|f| f.to_string_lossy().contains("audit_head")).collect();
        let found = mails.iter().map(|f| TreeHead::find(&std::fs::read_to_string(f).expect("a mail")));
        let found: Vec<TreeHead> = found.map(|h| h.expect("a head in the mail")).collect();
        assert!(found.len() == 2 && found.contains(&kept), "{found:?}");
        for head in found {
            assert!(audit::verify_with(&portal, &head).await.expect("read").1);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_carries_its_heads_and_the_page_shows_the_newest() {
    each_database(async |t: &TestApp| {
        let portal = with_key(t);
        head_at(&portal, t, 100).await;
        head_at(&portal, t, 300).await;
        let json = export::audit(&portal, &Exporter::Command, Format::Json, t.now()).await.expect("exported");
        let json = String::from_utf8(json).expect("text");
        let report = audit::verify_export(json.as_bytes()).expect("read");
        assert!(report.whole(), "{report:?}");
        assert_eq!((report.entries, report.heads.count, report.heads.signed), (300, 2, 2));
        assert!(audit::continues(&portal, &report).await.expect("read"));
        let root =
            audit_heads::of_size(portal.store.read(), 300).await.expect("read").expect("one").head.root;
        let forged = json.replace(&root.to_string(), &"ab".repeat(32));
        let report = audit::verify_export(forged.as_bytes()).expect("read");
        assert_eq!(report.broken, Some(Break::Rewritten(100, 300)));

        t.staff("clara@provider.example", &[StaffRole::PrivacyOfficer]).await;
        let page = t.browser_of("clara@provider.example").await.get("/de/audit").await.text();
        for part in ["Neuester Kopf", &root.to_string(), "signiert mit dem Schlüssel k1", "ohne Zeitstempel"]
        {
            assert!(page.contains(part), "{part} in {page}");
        }
    })
    .await;
}

/// The command as somebody types it, in both ways of answering: they agree.
async fn command(t: &TestApp, kept: Option<&[u8]>) -> Option<Outcome> {
    let from = kept.map(|bytes| {
        let path = t.app.config.data_dir.join("kept");
        std::fs::write(&path, bytes).expect("written");
        path
    });
    let plain = run(&t.app, Audit::Verify { from: from.clone(), json: false }).await.ok();
    let json = run(&t.app, Audit::Verify { from, json: true }).await.ok();
    assert_eq!(plain, json);
    plain
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_holds_what_was_kept_against_the_chain() {
    each_database(async |t: &TestApp| {
        let portal = t.portal();
        let good = Some(Outcome::Done);
        let bad = Some(Outcome::Failed);
        assert_eq!(command(t, None).await, good, "without any head");
        let head = head_at(portal, t, 300).await.head;
        grow(portal, t, 310).await;
        assert_eq!(command(t, None).await, good);
        let mail = format!("Guten Tag,\r\n\r\n{}=\r\n{}\r\n", &head.text()[..60], &head.text()[60..]);
        assert_eq!(command(t, Some(mail.as_bytes())).await, good);
        for format in [Format::Json, Format::Csv] {
            let file = export::audit(portal, &Exporter::Command, format, t.now()).await.expect("exported");
            assert_eq!(command(t, Some(&file)).await, good);
            let forged = String::from_utf8(file).expect("text").replacen("contract:77", "contract:78", 1);
            assert_eq!(command(t, Some(forged.as_bytes())).await, bad);
        }
        let other = TreeHead { root: merkle::leaf(b"other"), ..head.clone() };
        assert_eq!(command(t, Some(other.text().as_bytes())).await, bad);
        let longer = TreeHead { size: 5000, ..head.clone() };
        assert_eq!(command(t, Some(longer.text().as_bytes())).await, bad);
        for nothing in ["", "nothing of that kind", "av-portal-audit-head v1"] {
            assert_eq!(command(t, Some(nothing.as_bytes())).await, None, "{nothing}: an error, exit code 1");
        }
        sql(portal, &["DELETE FROM audit WHERE seq > 200"]).await;
        assert_eq!(command(t, None).await, bad, "the head vouches for more");
        sql(portal, &["DELETE FROM audit_heads", "DELETE FROM audit_nodes"]).await;
        assert_eq!(command(t, None).await, good, "a cut end without its heads is seen by nobody");
        assert_eq!(command(t, Some(mail.as_bytes())).await, bad, "but by whoever kept the mail");
    })
    .await;
}
