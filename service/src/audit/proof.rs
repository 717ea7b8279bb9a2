//! Proofs for strangers: that an entry is under a head, and that a later head only adds to an earlier one. Everything
//! that is needed to check them is in them; no access to the portal is.

use super::exported::{HeadLine, Line};
use super::nodes::Nodes;
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use domain::merkle::{self, Hash};
use serde::Serialize;
use store::audit_heads::{self, Head};
use store::{Connection, audit};

/// Says how the hashes are made, and names this form.
const FORMAT: &str = "av-portal-audit-inclusion v1 (RFC 6962, SHA-256)";
const FORMAT_CONSISTENCY: &str = "av-portal-audit-consistency v1 (RFC 6962, SHA-256)";

/// That an entry is under a head.
///
/// To check it: `entry.hash` is SHA-256 over `entry.prev`, a line break and `entry.body`; the leaf is SHA-256 over a
/// byte 0 and the 32 bytes of that hash; the audit path leads from it, at `leaf_index` of `head.size`, to `head.root`
/// (RFC 9162, 2.1.3.2); the signature of the head is over the bytes of `head.text`.
#[derive(Clone, Debug, Serialize)]
pub struct Inclusion {
    /// [`FORMAT`].
    pub format: &'static str,
    /// The entry, word by word.
    pub entry: Line,
    /// Its leaf, hex.
    pub leaf_hash: String,
    /// From 0.
    pub leaf_index: u64,
    /// Siblings, the lowest first, hex.
    pub audit_path: Vec<String>,
    /// The head with its root and, where there is one, its signature.
    pub head: HeadLine,
    /// Token of a time stamp authority over `head.text`, base64.
    pub stamp: Option<String>,
}

/// That a head only adds to an earlier one (RFC 9162, 2.1.4.2).
#[derive(Clone, Debug, Serialize)]
pub struct Consistency {
    /// [`FORMAT_CONSISTENCY`].
    pub format: &'static str,
    /// The earlier head.
    pub old: HeadLine,
    /// The later head.
    pub new: HeadLine,
    /// The proof, hex.
    pub proof: Vec<String>,
}

/// Proves that entry `seq` is under the head over `size` entries, or under the newest head.
///
/// # Errors
/// Missing where there is no such entry, no such head, or the head is older than the entry; internal when the tree does
/// not fit the head: then the chain was touched.
pub async fn inclusion(portal: &Portal, seq: i64, size: Option<u64>) -> Result<Inclusion> {
    let db = portal.store.read();
    let head = match size {
        Some(size) => audit_heads::of_size(db, size).await?,
        None => audit_heads::newest(db).await?,
    };
    let head = head.ok_or(Problem::Missing)?;
    let entry = audit::find(db, seq).await?.ok_or(Problem::Missing)?;
    let index = u64::try_from(seq - 1).map_err(|_| Problem::Missing)?;
    if index >= head.head.size {
        return Err(Problem::Missing);
    }
    let hash = Hash::parse(entry.hash.as_bytes()).ok_or_else(|| internal("an entry without a hash"))?;
    if domain::audit::link(&entry.prev, &entry.body) != entry.hash {
        return Err(internal(format!("entry {seq} of the audit chain is not what was hashed")));
    }
    let leaf = merkle::leaf(&hash.0);
    let nodes = Nodes::around(db, &[index], head.head.size).await?;
    let path = merkle::inclusion(index, head.head.size, &|place| nodes.get(place));
    let path = path.ok_or_else(|| internal("the tree over the audit chain has a gap"))?;
    if !merkle::includes(&leaf, index, head.head.size, &path, &head.head.root) {
        return Err(internal(format!("entry {seq} is not under head {}", head.number)));
    }
    Ok(Inclusion {
        format: FORMAT,
        entry: entry.into(),
        leaf_hash: leaf.to_string(),
        leaf_index: index,
        audit_path: path.iter().map(ToString::to_string).collect(),
        stamp: head.stamp.as_deref().map(base64),
        head: head.into(),
    })
}

/// Proves that the head over `new` entries only adds to the head over `old` entries.
///
/// # Errors
/// Missing where one of them is not there or they are the wrong way round; internal when the tree does not fit.
pub async fn consistency(portal: &Portal, old: u64, new: u64) -> Result<Consistency> {
    let db = portal.store.read();
    let (old, new) = (of_size(db, old).await?, of_size(db, new).await?);
    let (from, to) = (old.head.size, new.head.size);
    if from > to || from == 0 {
        return Err(Problem::Missing);
    }
    let nodes = Nodes::around(db, &[from - 1], to).await?;
    let proof = merkle::consistency(from, to, &|place| nodes.get(place));
    let proof = proof.ok_or_else(|| internal("the tree over the audit chain has a gap"))?;
    if !merkle::continues(from, to, &proof, &old.head.root, &new.head.root) {
        return Err(internal(format!("head {} does not continue head {}", new.number, old.number)));
    }
    let proof = proof.iter().map(ToString::to_string).collect();
    Ok(Consistency { format: FORMAT_CONSISTENCY, old: old.into(), new: new.into(), proof })
}

async fn of_size(db: &impl Connection, size: u64) -> Result<Head> {
    audit_heads::of_size(db, size).await?.ok_or(Problem::Missing)
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
