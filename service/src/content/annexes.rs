//! Starter annexes: measures and sub-processors as shipped. They count once the provider has confirmed them.

use super::{Catalogue, ContentError, Source, wrong};
use domain::annex::{AnnexKind, Control, Subprocessors, Toms};

/// The starter annexes.
#[derive(Clone, Debug)]
pub struct Starter {
    /// Annex 2.
    pub toms: Toms,
    /// Annex 3.
    pub subprocessors: Subprocessors,
}

impl Starter {
    pub(super) fn load(source: &Source, catalogue: &Catalogue) -> Result<Self, ContentError> {
        let files = source.files("toms");
        let mut controls = files.iter().map(|f| source.toml::<Control>(f)).collect::<Result<Vec<_>, _>>()?;
        controls.sort_by_key(|c| c.number);
        if let Some(empty) = controls.iter().find(|c| c.measures.is_empty()) {
            return Err(wrong("toms", format!("control {} has no measure", empty.id)));
        }
        let subprocessors: Subprocessors = source.toml("subprocessors.toml")?;
        let known = |id: &String| catalogue.data_categories.iter().any(|e| e.id == *id);
        for row in &subprocessors.rows {
            if let Some(id) = row.data_categories.iter().find(|id| !known(id)) {
                return Err(wrong("subprocessors.toml", format!("unknown data category {id}")));
            }
        }
        Ok(Self { toms: Toms { controls }, subprocessors })
    }

    /// The canonical JSON text of an annex.
    ///
    /// # Errors
    /// None in practice; serde's signature asks for it.
    pub fn canonical(&self, kind: AnnexKind) -> Result<String, serde_json::Error> {
        match kind {
            AnnexKind::Toms => serde_json::to_string(&self.toms),
            AnnexKind::Subprocessors => serde_json::to_string(&self.subprocessors),
        }
    }
}
