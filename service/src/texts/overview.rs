//! The texts for staff: every version with its state, and one version with what it changes and whom it touches.

use super::touched::{self, Touched};
use super::{change_since, difference, newer};
use crate::content::LegalText;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Lang;
use domain::legal_diff::ClauseChange;
use domain::legal_lint::Finding;
use domain::legal_text::TextFamily;
use domain::permission::Staff;
use domain::publication::{Change, Publication, proposed_day};
use store::{text_publications, users};

/// A version with its state.
#[derive(Clone, Debug)]
pub struct TextState {
    /// The text.
    pub version: String,
    /// Its family.
    pub family: TextFamily,
    /// Of what kind it is against the one published before.
    pub change: Change,
    /// When it was published, and by whom by name (empty: by nobody).
    pub published: Option<(Publication, String)>,
    /// A newer one is published: this one is history.
    pub passed: bool,
    /// What the linter finds.
    pub findings: Vec<Finding>,
    /// SHA-256, hex.
    pub sha256: String,
}

/// One version in full.
#[derive(Clone, Debug)]
pub struct TextDetail {
    /// Its state.
    pub state: TextState,
    /// What it says that it changes.
    pub notes: Vec<String>,
    /// The version that it is compared with.
    pub against: Option<String>,
    /// The clauses that differ.
    pub changes: Vec<ClauseChange>,
    /// Last day that is decided, or proposed.
    pub accept_until: Option<NaiveDate>,
    /// Whom it touches now.
    pub touched: Vec<Touched>,
}

/// All versions, the newest first, the own texts before the others.
///
/// # Errors
/// When the database fails.
pub async fn all(portal: &Portal, _by: &Staff) -> Result<Vec<TextState>> {
    let mut states = Vec::new();
    for family in TextFamily::ALL {
        let published = text_publications::of_family(portal.store.read(), family).await?;
        let mut own = Vec::new();
        for text in portal.content.legal.of(family) {
            own.push(state(portal, text, &published).await?);
        }
        own.reverse();
        states.extend(own);
    }
    Ok(states)
}

async fn state(portal: &Portal, text: &LegalText, published: &[Publication]) -> Result<TextState> {
    let own = published.iter().find(|p| p.version == text.version);
    let before = published.iter().find(|p| newer(&text.version, &p.version));
    let by = match own.and_then(|p| p.by) {
        Some(id) => users::by_id(portal.store.read(), id).await?.map(|u| u.name).unwrap_or_default(),
        None => String::new(),
    };
    Ok(TextState {
        version: text.version.clone(),
        family: text.family,
        change: change_since(&portal.content.legal, before, text),
        published: own.cloned().map(|p| (p, by)),
        passed: published.iter().any(|p| newer(&p.version, &text.version)),
        findings: text.findings(),
        sha256: text.sha256.clone(),
    })
}

/// One version: its difference to `against` (the one before unless named), and whom it touches.
///
/// # Errors
/// [`Problem::Missing`] for a version that is not here.
pub async fn one(
    portal: &Portal,
    _by: &Staff,
    version: &str,
    against: Option<&str>,
    lang: Lang,
    now: DateTime<Utc>,
) -> Result<TextDetail> {
    let texts = &portal.content.legal;
    let text = texts.version(version).ok_or(Problem::Missing)?;
    let published = text_publications::of_family(portal.store.read(), text.family).await?;
    let state = state(portal, text, &published).await?;
    let last = published.iter().find(|p| newer(&text.version, &p.version)).map(|p| p.version.as_str());
    let usual = last.or_else(|| texts.before(text).map(|t| t.version.as_str()));
    let against = against.or(usual).map(String::from);
    let changes = match &against {
        Some(old) => difference::between(portal, old, version, lang)?,
        None => Vec::new(),
    };
    let accept_until = match &state.published {
        Some((p, _)) => p.accept_until,
        None => proposed_day(state.change, now),
    };
    let touched = if state.passed { Vec::new() } else { touched::by(portal, text, accept_until).await? };
    let notes = text.change_note.get(lang).clone();
    Ok(TextDetail { state, notes, against, changes, accept_until, touched })
}
