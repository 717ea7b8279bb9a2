//! What every handler shares.

use crate::config::Config;
use crate::sealing::Sealing;
use crate::signing::Signing;
use app::layout::IslandsBundle;
use axum::extract::FromRef;
use chrono::{DateTime, Utc};
use service::Portal;
use std::sync::Arc;

/// The clock of the edge: the system's, or the tests' own.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The running portal as handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Use cases.
    pub portal: Portal,
    /// Configuration.
    pub config: Arc<Config>,
    /// The provider's seal.
    pub seal: Sealing,
    /// Tokens and clearances.
    pub signing: Signing,
    /// The bundle of islands, when there is one.
    pub islands: Option<IslandsBundle>,
    /// The time. Asked once a request, in [`crate::edge`].
    pub clock: Clock,
}

impl FromRef<App> for Portal {
    fn from_ref(app: &App) -> Self {
        app.portal.clone()
    }
}

impl App {
    /// Now, in microseconds: what both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        use chrono::SubsecRound as _;
        (self.clock)().trunc_subsecs(6)
    }

    /// Whether cookies can be bound to HTTPS.
    pub fn https(&self) -> bool {
        self.config.base_url.starts_with("https://")
    }

    /// Name of the session cookie.
    pub fn cookie_name(&self) -> &'static str {
        if self.https() { "__Host-avp_session" } else { "avp_session" }
    }
}
