//! `migrate` and `config check`.

use super::Outcome;
use crate::config::Config;
use crate::start::{StartError, failed};
use clap::Subcommand;
use migrations::{Migrator, MigratorTrait as _};
use service::Content;
use service::store::Store;

/// What to do with the schema.
#[derive(Debug, Subcommand)]
pub enum Migrate {
    /// Brings it up to date.
    Up,
    /// Takes the last migration back. Its data are lost.
    Down,
    /// Lists the migrations.
    Status,
}

/// Runs it.
pub async fn run(config: Config, command: &Migrate) -> Result<Outcome, StartError> {
    let store = open(&config).await?;
    let db = store.read();
    match command {
        Migrate::Up => Migrator::up(db, None).await.map_err(failed("migrating"))?,
        Migrate::Down => Migrator::down(db, Some(1)).await.map_err(failed("taking a migration back"))?,
        Migrate::Status => {}
    }
    for migration in
        Migrator::get_migration_with_status(db).await.map_err(failed("reading the migrations"))?
    {
        println!("{:<10} {}", migration.status().to_string(), migration.name());
    }
    Ok(Outcome::Done)
}

async fn open(config: &Config) -> Result<Store, StartError> {
    if config.database_url.starts_with("sqlite") {
        std::fs::create_dir_all(&config.data_dir).map_err(failed("making the data folder"))?;
    }
    Store::open(&config.database_url).await.map_err(failed("opening the database"))
}

/// Says what is configured; what is missing is a note, what is wrong stops with 1.
pub async fn check(config: Config) -> Result<Outcome, StartError> {
    println!("listen     {}", config.listen);
    println!("base url   {}", config.base_url);
    println!("data       {}", config.data_dir.display());
    let kind = config.database_url.split(':').next().unwrap_or_default();
    println!("database   {kind}");
    println!("mail       {}", if config.smtp_url.is_some() { "smtp" } else { "folder (not sent)" });
    match &config.tsa_url {
        Some(url) => {
            let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
            let host = host.split(['/', '?']).next().unwrap_or_default();
            let secret = host.contains('@');
            println!("stamps     by {}", host.rsplit('@').next().unwrap_or_default());
            if secret && url.starts_with("http://") {
                println!("note       AVP_TSA_URL is not https: its password travels readably");
            }
        }
        None => println!("stamps     none (AVP_TSA_URL is not set): seals stay at PAdES B-B"),
    }
    let content = Content::load(config.content_dir.as_deref()).map_err(failed("reading the content"))?;
    println!("content    whole; contract text {}", content.legal.newest().version);
    for text in content.legal.iter().filter(|t| t.waits_for_wording()) {
        println!("note       {} cannot be offered: the official wording is not loaded", text.version);
    }
    for text in content.legal.iter().filter(|t| !t.findings().is_empty() && !t.waits_for_wording()) {
        println!(
            "note       {} has findings:\n{}",
            text.version,
            service::texts::sync::lines(&text.findings())
        );
    }
    let missing = content.provider.missing();
    if !missing.is_empty() {
        println!("note       provider.toml: to be filled in: {}", missing.join(", "));
    }
    if !config.base_url.starts_with("https://") && !config.base_url.contains("localhost") {
        println!("note       AVP_BASE_URL is not https: cookies are not bound to a secure connection");
    }
    open(&config).await?.ping().await.map_err(failed("asking the database"))?;
    println!("ok");
    Ok(Outcome::Done)
}
