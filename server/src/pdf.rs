//! PDFs made on the fly (drafts, previews): off the async threads, one at a time.

use crate::state::App;
use domain::contract::ContractDocument;
use service::Problem;

/// Renders a document.
///
/// # Errors
/// [`Problem::Internal`] when the typesetter fails.
pub async fn render(app: &App, document: ContractDocument) -> Result<Vec<u8>, Problem> {
    let internal = |e: String| Problem::Internal(e);
    let permit = app.portal.typesetter.clone().acquire_owned().await.map_err(|e| internal(e.to_string()))?;
    let made = tokio::task::spawn_blocking(move || {
        let pdf = documents::contract_pdf(&document, None);
        drop(permit);
        pdf
    });
    let pdf = made.await.map_err(|e| internal(e.to_string()))?;
    pdf.map_err(|e| internal(e.to_string()))
}
