//! Benchmark: fills a temporary SQLite with a million entries, a head for every thousand, and checks all of it.
//! `cargo run --release -p service --example audit_million [ENTRIES]`; `docs/benchmarks.md` has the figures.
#![expect(clippy::print_stdout, reason = "a benchmark speaks to the terminal")]

use chrono::{DateTime, Duration, TimeZone as _, Utc};
use domain::audit::{Event, HeadSignature, sha256};
use domain::merkle::{Hash, includes};
use service::audit::{head, proof, verify};
use service::gate::Gate;
use service::portal::{HeadCheck, Portal, Settings};
use service::stamps::{SealLevel, StampCheck};
use service::{Content, Problem};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use store::Store;
use tokio::sync::{Notify, Semaphore};

/// What of the schema the chain needs, as the migrations make it.
const TABLES: [&str; 7] = [
    "CREATE TABLE counters (name text NOT NULL, value bigint NOT NULL, PRIMARY KEY (name))",
    "CREATE TABLE audit (seq bigint NOT NULL, at timestamp_with_timezone_text NOT NULL, kind varchar(64) NOT NULL, \
     subject text NOT NULL, body text NOT NULL, prev text NOT NULL, hash text NOT NULL, PRIMARY KEY (seq))",
    "CREATE INDEX ix_audit_subject ON audit (subject)",
    "CREATE TABLE audit_nodes (level integer NOT NULL, number bigint NOT NULL, hash blob NOT NULL, \
     PRIMARY KEY (level, number))",
    "CREATE TABLE audit_heads (number bigint NOT NULL, size bigint NOT NULL, root text NOT NULL, \
     at timestamp_with_timezone_text NOT NULL, key_id text, signature text, stamp blob, \
     mailed_at timestamp_with_timezone_text, PRIMARY KEY (number))",
    "CREATE INDEX ix_audit_heads_size ON audit_heads (size)",
    "CREATE INDEX ix_audit_heads_mailed_at ON audit_heads (mailed_at)",
];

/// Entries between two heads.
const BATCH: u64 = 1000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let entries: u64 = std::env::args().nth(1).map_or(Ok(1_000_000), |n| n.parse())?;
    let dir = std::env::temp_dir().join(format!("avp-audit-million-{}", std::process::id()));
    std::fs::create_dir_all(&dir)?;
    let measured = measure(&dir, entries).await;
    std::fs::remove_dir_all(&dir)?;
    measured
}

async fn measure(dir: &Path, entries: u64) -> Result<(), Box<dyn Error>> {
    let store = Store::open(&format!("sqlite://{}?mode=rwc", dir.join("portal.sqlite").display())).await?;
    for sql in TABLES {
        store.execute(sql).await?;
    }
    let portal = portal(store)?;
    let began = Instant::now();
    let heads = fill(&portal, entries).await?;
    println!("filled: {entries} entries, {heads} heads in {:.1?}", began.elapsed());
    for round in 1..=3 {
        let began = Instant::now();
        let report = verify(&portal).await?;
        println!("verify, round {round}: {:.2?}", began.elapsed());
        if !report.whole() || report.heads.count != heads {
            return Err(format!("not whole: {report:?}").into());
        }
    }
    let began = Instant::now();
    let places = [1, 256, 257, 65_536, 65_537, entries / 3, entries / 2, entries];
    let places = places.into_iter().filter(|seq| *seq <= entries);
    let mut count = 0;
    for seq in places {
        let found = proof::inclusion(&portal, i64::try_from(seq)?, None).await?;
        let hash = |text: &String| Hash::parse(text.as_bytes()).ok_or("no hash");
        let path = found.audit_path.iter().map(hash).collect::<Result<Vec<_>, _>>()?;
        let (leaf, root) = (hash(&found.leaf_hash)?, hash(&found.head.root)?);
        if !includes(&leaf, found.leaf_index, found.head.size, &path, &root) {
            return Err(format!("the proof of entry {seq} is wrong").into());
        }
        count += 1;
    }
    println!("inclusion proof: {:.2?} each", began.elapsed() / count);
    portal.store.close().await?;
    Ok(())
}

async fn fill(portal: &Portal, entries: u64) -> Result<u64, Problem> {
    let mut now = Utc.timestamp_opt(1_795_424_400, 123_456_000).single().unwrap_or_default();
    let (mut written, mut heads) = (0, 0);
    while written < entries {
        let mut work = portal.begin().await?;
        for n in written..(written + BATCH).min(entries) {
            work.record(event(n, now));
        }
        written = (written + BATCH).min(entries);
        portal.commit(work, now).await?;
        now += Duration::seconds(61);
        heads += u64::from(head::make_due(portal, now).await?.is_some());
    }
    Ok(heads)
}

/// As long as the entries of a portal are.
fn event(n: u64, now: DateTime<Utc>) -> Event {
    let id = format!("0192f000-0000-7000-8000-{n:012x}");
    Event::new("contract.document_stored", format!("user:{id}"), format!("contract:{id}"))
        .fact("sha256", sha256(&n.to_be_bytes()))
        .fact("at", now.timestamp())
}

fn portal(store: Store) -> Result<Portal, Box<dyn Error>> {
    let content = Content::load(None)?;
    let sign = |text: &[u8]| Ok(HeadSignature { key_id: "bench".into(), signature_base64: sha256(text) });
    let check = |text: &[u8], s: &HeadSignature| match s.signature_base64 == sha256(text) {
        true => HeadCheck::Good,
        false => HeadCheck::Bad,
    };
    let settings = Settings {
        base_url: "http://localhost".into(),
        mail_from: "av@provider.example".into(),
        smtp_url: None,
        mail_dir: std::env::temp_dir(),
        throttle_key: [0; 32],
        demo: false,
    };
    Ok(Portal {
        gate: Arc::new(Gate::closed(content.catalogue.tool_facts())),
        store,
        content: Arc::new(content),
        settings: Arc::new(settings),
        wake: Arc::new(Notify::new()),
        render_contract: Arc::new(|_, _| Err("no typesetter".into())),
        seal_pdf: Arc::new(|_, _, _| Err("no seal".into())),
        read_seal: Arc::new(|_| SealLevel::None),
        stamping: None,
        check_stamp: Arc::new(|_, _| StampCheck::Bad),
        render_deletion: Arc::new(|_| Err("no typesetter".into())),
        sign_head: Some(Arc::new(sign)),
        check_head: Some(Arc::new(check)),
        tokens: service::portal::TokenKeys {
            make: Arc::new(|_| Err("not here".into())),
            sign: Arc::new(|_, _, _| Err("not here".into())),
        },
        typesetter: Arc::new(Semaphore::new(1)),
    })
}
