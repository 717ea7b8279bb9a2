//! `backup`, `restore`, `move`: everything is there afterwards, and nothing is overwritten.

use crate::harness::{TestApp, each_database};
use crate::main_path::{in_force, scene};
use crate::seal_commands::run;
use migrations::{Migrator, MigratorTrait as _};
use service::store::copy::{self, Content};
use service::store::{Store, contracts};
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

fn sqlite(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

async fn content(url: &str) -> Vec<Content> {
    let store = Store::open(url).await.expect("opened");
    let content = copy::content(store.read()).await.expect("read");
    store.close().await.expect("closed");
    content
}

fn rows(content: &[Content], table: &str) -> u64 {
    content.iter().find(|c| c.table == table).map_or(0, |c| c.rows)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_survives_the_loss_of_its_database() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        t.run_jobs().await;
        let before = copy::content(t.portal().store.read()).await.expect("read");
        assert!(
            rows(&before, "contracts") > 0 && rows(&before, "audit") > 5 && rows(&before, "documents") > 0
        );

        let data = t.app.config.data_dir.clone();
        let file = data.join("portal.backup");
        let name = file.display().to_string();
        let database = t.app.config.database_url.clone();
        let (code, said, told) = run(&data, Some(&database), &["backup", &name]);
        assert_eq!(code, 0, "{said}{told}");
        assert!(
            said.contains("the same here and there") && told.contains("the keys are not in it"),
            "{said}{told}"
        );
        assert!(!data.join("portal.backup-wal").exists(), "one file and nothing beside it");
        assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
        let (code, _, told) = run(&data, Some(&database), &["backup", &name]);
        assert_eq!(code, 2, "a backup is not overwritten: {told}");

        let other = data.join("other");
        let url = sqlite(&data.join("other.sqlite"));
        let (code, said, told) = run(&other, Some(&url), &["restore", &name]);
        assert_eq!(code, 0, "{said}{told}");
        let without_keys = |all: &[Content]| -> Vec<Content> {
            all.iter().filter(|c| c.table != "signing_keys").cloned().collect()
        };
        let restored = content(&url).await;
        assert_eq!(without_keys(&restored), without_keys(&before));
        assert_eq!(rows(&restored, "signing_keys"), 0, "tokens from before count no more");
        let store = Store::open(&url).await.expect("opened");
        let found = contracts::find_any(store.read(), id).await.expect("read").expect("the contract");
        assert_eq!(found.customer, s.customer);
        store.close().await.expect("closed");
        let (code, _, told) = run(&other, Some(&url), &["audit", "verify"]);
        assert_eq!(code, 0, "the chain is whole there: {told}");

        let now = content(&url).await;
        let (code, _, told) = run(&other, Some(&url), &["restore", &name]);
        assert_eq!(code, 2, "nothing is put on top of data: {told}");
        assert_eq!(content(&url).await, now);
        let (code, _, _) = run(&other, Some(&url), &["restore", "/nowhere/at.all"]);
        assert_eq!(code, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn data_move_to_the_other_kind_of_database() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        in_force(t, &s).await;
        t.run_jobs().await;
        let before = copy::content(t.portal().store.read()).await.expect("read");
        let data = t.app.config.data_dir.clone();
        let database = t.app.config.database_url.clone();
        // From PostgreSQL to SQLite, or from one file to another; the way to PostgreSQL follows where there is one.
        let there = sqlite(&data.join("there.sqlite"));
        let (code, said, told) = run(&data, Some(&database), &["move", "--to", &there]);
        assert_eq!(code, 0, "{said}{told}");
        assert_eq!(content(&there).await, before);
        let (code, _, told) = run(&data, Some(&there), &["move", "--to", &database]);
        assert_eq!(code, 2, "data are there already: {told}");
        if database.starts_with("postgres") {
            let store = t.portal().store.clone();
            Migrator::fresh(store.read()).await.expect("emptied");
            let (code, said, told) = run(&data, Some(&there), &["move", "--to", &database]);
            assert_eq!(code, 0, "{said}{told}");
            assert_eq!(copy::content(store.read()).await.expect("read"), before);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_table_is_forgotten() {
    let store = Store::open("sqlite::memory:").await.expect("opened");
    Migrator::up(store.read(), None).await.expect("made");
    let made = copy::tables_of_sqlite(store.read()).await.expect("read");
    let ours = |name: &String| !name.starts_with("sqlite_") && name != "seaql_migrations";
    let made: BTreeSet<String> = made.into_iter().filter(ours).collect();
    let copied: BTreeSet<String> = copy::names().into_iter().map(Into::into).collect();
    assert_eq!(made, copied);
}
