//! `backup`, `restore`, `move`: all data from one database into another, and a look whether they are the same there.

use super::Outcome;
use crate::config::Config;
use crate::start::{self, StartError, failed};
use migrations::{Migrator, MigratorTrait as _};
use service::store::copy::{self, Content};
use service::store::{Store, signing_keys};
use std::path::Path;

/// Copies everything into a new file, while the portal may be running.
pub async fn backup(config: &Config, file: &Path) -> Result<Outcome, StartError> {
    if file.exists() {
        eprintln!("av-portal: {} is there already and stays as it is", file.display());
        return Ok(Outcome::Refused);
    }
    private(file).map_err(failed("making the file"))?;
    let from = start::open_store(config).await?;
    let to = new_store(&sqlite(file)).await?;
    let copied = transfer(&from, &to).await;
    // The last one to close it leaves one file and nothing beside it.
    to.close().await.map_err(failed("closing the file"))?;
    if copied.is_err() {
        drop(std::fs::remove_file(file));
    }
    say(&copied?);
    let data = config.data_dir.display();
    eprintln!("av-portal: the keys are not in it: keep the folders seal and keys in {data} as well");
    Ok(Outcome::Done)
}

/// Copies everything from a backup into the configured database, which has to be empty.
pub async fn restore(config: &Config, file: &Path) -> Result<Outcome, StartError> {
    if !file.is_file() {
        eprintln!("av-portal: there is no file {}", file.display());
        return Ok(Outcome::Refused);
    }
    let from = Store::open(&sqlite(file)).await.map_err(failed("opening the backup"))?;
    Migrator::up(from.read(), None).await.map_err(failed("bringing the backup up to date"))?;
    let to = start::open_store(config).await?;
    let done = into_empty(&from, &to).await?;
    if done == Outcome::Done {
        // What locks them is in no backup, and nothing that they have signed counts for longer than an hour.
        signing_keys::remove_all(to.read()).await.map_err(failed("forgetting the keys that sign tokens"))?;
        eprintln!("av-portal: the keys that sign tokens were not taken over: the next start makes a new one");
    }
    Ok(done)
}

/// Copies everything into another database, which has to be empty. The old one stays as it is.
pub async fn moved(config: &Config, url: &str) -> Result<Outcome, StartError> {
    let from = start::open_store(config).await?;
    let to = new_store(url).await?;
    into_empty(&from, &to).await
}

async fn into_empty(from: &Store, to: &Store) -> Result<Outcome, StartError> {
    if !copy::is_empty(to.read()).await.map_err(failed("looking into the database"))? {
        eprintln!("av-portal: the database has data already; nothing was changed");
        return Ok(Outcome::Refused);
    }
    say(&transfer(from, to).await?);
    Ok(Outcome::Done)
}

/// All or nothing; read again from the other side before it counts.
async fn transfer(from: &Store, to: &Store) -> Result<Vec<Content>, StartError> {
    let source = from.snapshot().await.map_err(failed("reading the database"))?;
    let work = to.begin().await.map_err(failed("writing the database"))?;
    let read = copy::copy(source.db(), work.db()).await.map_err(failed("copying"))?;
    let written = copy::content(work.db()).await.map_err(failed("reading what was copied"))?;
    if let Some((here, _)) = read.iter().zip(&written).find(|(here, there)| here != there) {
        return Err(failed("comparing")(format!("{} is not the same there; nothing was kept", here.table)));
    }
    work.commit(start::clock()()).await.map_err(failed("writing the database"))?;
    source.end().await.map_err(failed("reading the database"))?;
    Ok(read)
}

async fn new_store(url: &str) -> Result<Store, StartError> {
    let store = Store::open(url).await.map_err(failed("opening the other database"))?;
    Migrator::up(store.read(), None).await.map_err(failed("making the tables"))?;
    Ok(store)
}

fn sqlite(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

/// An empty file that nobody else may read: all personal data will be in it.
fn private(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map(drop)
}

fn say(copied: &[Content]) {
    for content in copied.iter().filter(|c| c.rows > 0) {
        println!("{:<20} {:>9}  {}", content.table, content.rows, domain::audit::hex(&content.hash));
    }
    println!(
        "{} rows in {} tables, the same here and there",
        copied.iter().map(|c| c.rows).sum::<u64>(),
        copied.len()
    );
}
