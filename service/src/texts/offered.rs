//! The text that is on offer: the newest published one of its family.

use crate::content::{LegalText, LegalTexts};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use domain::Mistake;
use domain::legal_text::TextFamily;
use domain::permission::Staff;
use domain::publication::Publication;
use store::{Connection, text_publications};

/// The text of a family that new contracts are offered on.
///
/// # Errors
/// [`Problem::Mistakes`] with `text-not-offered` when none is published, it has findings, or its official wording is
/// not loaded.
pub async fn text<'a>(
    db: &impl Connection,
    texts: &'a LegalTexts,
    family: TextFamily,
) -> Result<&'a LegalText> {
    let published = text_publications::of_family(db, family).await?;
    let text = newest(texts, &published).map(|(t, _)| t);
    text.filter(|t| t.findings().is_empty())
        .ok_or_else(|| Problem::from(Mistake::new("text_family", "text-not-offered")))
}

/// Families that a contract can be offered on now.
///
/// # Errors
/// When the database fails.
async fn families(db: &impl Connection, texts: &LegalTexts) -> Result<Vec<TextFamily>> {
    let mut all = Vec::new();
    for family in TextFamily::ALL {
        match text(db, texts, family).await {
            Ok(_) => all.push(family),
            Err(Problem::Mistakes(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(all)
}

/// The same, for the form of an offer.
///
/// # Errors
/// When the database fails.
pub async fn families_on_offer(portal: &Portal, _by: &Staff) -> Result<Vec<TextFamily>> {
    families(portal.store.read(), &portal.content.legal).await
}

/// The newest published text that is here, with its publication.
pub(crate) fn newest<'a>(
    texts: &'a LegalTexts,
    published: &[Publication],
) -> Option<(&'a LegalText, Publication)> {
    published.iter().find_map(|p| texts.version(&p.version).map(|t| (t, p.clone())))
}
