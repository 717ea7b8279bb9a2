//! My.

use crate::router::Route;

/// Its routes.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
