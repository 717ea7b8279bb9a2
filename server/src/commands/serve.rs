//! `serve`: the portal itself.

use super::Outcome;
use crate::config::Config;
use crate::start::{self, StartError, failed};
use crate::{demo, router};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// Serves until told to stop.
pub async fn run(config: Config) -> Result<Outcome, StartError> {
    log(&config)?;
    let store = start::open_store(&config).await?;
    let app = start::build(config, store, start::clock()).await?;
    if app.config.demo {
        let logins = demo::seed(&app).await?;
        println!("Demo mode. Log-ins:");
        for login in logins {
            println!("  {login}");
        }
    } else {
        demo::refuse_leftovers(&app).await?;
    }
    let listener = TcpListener::bind(app.config.listen).await.map_err(failed("listening"))?;
    println!("AV-Portal: {}  (listening on {})", app.config.base_url, app.config.listen);
    match &app.config.smtp_url {
        Some(_) => println!("Mail: sent by the SMTP server; state in {}/de/outbox", app.config.base_url),
        None => println!(
            "Mail: not sent; read it in {}/de/outbox (admin) or in {}",
            app.config.base_url,
            app.portal.settings.mail_dir.display()
        ),
    }
    tracing::info!(routes = router::routes().len(), islands = app.islands.is_some(), "started");
    start::serve(app, listener).await?;
    Ok(Outcome::Done)
}

fn log(config: &Config) -> Result<(), StartError> {
    let filter = EnvFilter::try_new(&config.log).map_err(failed("reading AVP_LOG"))?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let set = if config.log_json { logs.json().try_init() } else { logs.try_init() };
    set.map_err(failed("starting the log"))
}
