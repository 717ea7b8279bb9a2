//! Starting: database, content, gate, jobs, server; and stopping without losing anything.

use crate::config::Config;
use crate::sealing::Sealing;
use crate::signing::Signing;
use crate::state::{App, Clock};
use crate::{assets, edge, router};
use axum::serve::IncomingStream;
use migrations::MigratorTrait as _;
use service::Content;
use service::gate::Gate;
use service::portal::{Portal, Settings};
use service::store::Store;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore, watch};

/// Why the portal did not start, in words for the operator.
#[derive(Debug, Error)]
#[error("{what}: {cause}")]
pub struct StartError {
    /// What was being done.
    pub what: String,
    /// Why it failed.
    pub cause: String,
}

/// Names what was being done when it failed.
pub fn failed<E: std::fmt::Display>(what: &str) -> impl Fn(E) -> StartError + '_ {
    move |e| StartError { what: what.into(), cause: e.to_string() }
}

/// Opens the database and brings its schema up to date.
///
/// # Errors
/// When it cannot be reached or a migration fails.
pub async fn open_store(config: &Config) -> Result<Store, StartError> {
    if config.database_url.starts_with("sqlite") {
        std::fs::create_dir_all(&config.data_dir).map_err(failed("making the data folder"))?;
    }
    let store = Store::open(&config.database_url).await.map_err(failed("opening the database"))?;
    migrations::Migrator::up(store.read(), None).await.map_err(failed("migrating the database"))?;
    Ok(store)
}

/// Everything that handlers and commands need.
///
/// # Errors
/// When the content is wrong, or the database does not answer.
pub async fn build(config: Config, store: Store, clock: Clock) -> Result<App, StartError> {
    let content = Content::load(config.content_dir.as_deref()).map_err(failed("reading the content"))?;
    let settings = Settings {
        base_url: config.base_url.clone(),
        mail_from: config.mail_from.clone(),
        smtp_url: config.smtp_url.clone(),
        mail_dir: config.data_dir.join("mail"),
        throttle_key: service::people::throttle::key(&store, clock())
            .await
            .map_err(failed("making a key"))?,
        demo: config.demo,
    };
    let seal = Sealing::open(&config, &content.provider, clock())?;
    let (sealing, heads, checking) = (seal.clone(), seal.clone(), seal.clone());
    let (reading, stamps) = (seal.clone(), seal.clone());
    let stamping = config.tsa_url.as_deref().map(|url| seal.stamping(url)).transpose();
    let stamping = stamping.map_err(failed("reading AVP_TSA_URL"))?.map(Arc::new);
    let gate = Arc::new(Gate::closed(content.catalogue.tool_facts()));
    let signing = Signing::open(&config, gate.clone())?;
    let portal = Portal {
        gate,
        store,
        content: Arc::new(content),
        settings: Arc::new(settings),
        wake: Arc::new(Notify::new()),
        render_contract: Arc::new(render_contract),
        seal_pdf: Arc::new(move |pdf, reason, at| sealing.seal(pdf, reason, at)),
        read_seal: Arc::new(move |pdf| reading.level(pdf)),
        stamping,
        check_stamp: Arc::new(move |text, token| stamps.check_stamp(text, token)),
        render_deletion: Arc::new(|certificate| {
            documents::deletion_pdf(certificate).map_err(|e| e.to_string())
        }),
        sign_head: Some(Arc::new(move |text| heads.sign_head(text))),
        check_head: Some(Arc::new(move |text, by| checking.check_head(text, by))),
        tokens: signing.tokens(),
        typesetter: Arc::new(Semaphore::new(1)),
    };
    let app = App { portal, config: Arc::new(config), seal, signing, islands: assets::islands(), clock };
    let now = app.now();
    service::annexes::sync::at_start(&app.portal, now).await.map_err(failed("reading the annexes"))?;
    service::contracts::verification::at_start(&app.portal, now).await.map_err(failed("making codes"))?;
    service::signing::keep(&app.portal, now).await.map_err(failed("making a key that signs tokens"))?;
    app.portal.gate.reload(&app.portal.store, now).await.map_err(failed("reading the gate's facts"))?;
    app.signing.check(now).map_err(failed("unlocking the keys that sign tokens"))?;
    Ok(app)
}

fn render_contract(
    document: &domain::contract::ContractDocument,
    evidence: &[u8],
) -> Result<Vec<u8>, String> {
    let attachment = documents::Attachment {
        name: "evidence.json".into(),
        description: document.title.clone(),
        media_type: "application/json".into(),
        bytes: evidence.to_vec(),
    };
    documents::contract_pdf(document, (!evidence.is_empty()).then_some(&attachment))
        .map_err(|e| e.to_string())
}

/// Serves until the process is told to stop: then no new requests, the running ones end, the jobs end, the records
/// of the gate are written.
///
/// # Errors
/// When the address cannot be had.
pub async fn serve(app: App, listener: TcpListener) -> Result<(), StartError> {
    let (stop, stopped) = watch::channel(false);
    let jobs = tokio::spawn(service::jobs::work(app.portal.clone(), app.clock.clone(), stopped.clone()));
    let watcher =
        tokio::spawn(service::gate::watch::run(app.portal.clone(), app.clock.clone(), stopped.clone()));
    let mut told = stopped.clone();
    let front = router::front(app.clone());
    // With the address of the other end: log-ins are counted by network.
    let connections = tower::service_fn(move |stream: IncomingStream<'_, TcpListener>| {
        std::future::ready(Ok::<_, Infallible>(front.at(*stream.remote_addr())))
    });
    let server = axum::serve(listener, connections).with_graceful_shutdown(async move {
        drop(told.wait_for(|stop| *stop).await);
    });
    let server = tokio::spawn(server.into_future());
    wait_for_signal().await;
    tracing::info!("stopping");
    stop.send_replace(true);
    let end = Duration::from_secs(10);
    drop(tokio::time::timeout(end, server).await);
    drop(tokio::time::timeout(end, jobs).await);
    drop(tokio::time::timeout(end, watcher).await);
    // Answers given while the last requests ended.
    if let Err(problem) = app.portal.write_records(app.now()).await {
        tracing::error!(%problem, "the last decisions were not written");
    }
    tracing::info!("stopped");
    Ok(())
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut term), Ok(mut int)) => {
            tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
        }
        _ => std::future::pending().await,
    }
}

/// The system's clock as a [`Clock`].
pub fn clock() -> Clock {
    Arc::new(edge::system_clock)
}
