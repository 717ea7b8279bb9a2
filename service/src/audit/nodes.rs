//! The nodes of the tree that a proof needs, read in a few queries: the entries beside a leaf, and the stored subtrees
//! beside it and at the right edge.

use crate::problem::{Result, internal};
use domain::audit::{TILE, TILE_SIZE};
use domain::merkle::{self, Frontier, Hash, Place};
use std::collections::HashMap;
use store::{Connection, audit, audit_nodes};

/// Heights at which nodes are stored.
pub(super) const LEVELS: [u32; 3] = [TILE, 2 * TILE, 3 * TILE];

/// Nodes of a tree.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    known: HashMap<Place, Hash>,
}

impl Nodes {
    /// What is needed around these leaves of a tree of `size`, its right edge included.
    pub async fn around(db: &impl Connection, leaves: &[u64], size: u64) -> Result<Self> {
        let mut nodes = Self::default();
        let mut tiles: Vec<u64> = leaves.iter().chain([&size]).map(|at| at >> TILE).collect();
        tiles.sort_unstable();
        tiles.dedup();
        for tile in tiles {
            nodes.read_leaves(db, tile, size).await?;
        }
        for level in LEVELS {
            let mut rows: Vec<u64> = leaves.iter().chain([&size]).map(|at| at >> (level + TILE)).collect();
            rows.sort_unstable();
            rows.dedup();
            for row in rows {
                let (from, to) = (row << TILE, ((row + 1) << TILE).min(size >> level));
                nodes.known.extend(audit_nodes::range(db, level, from, to).await?);
            }
        }
        Ok(nodes)
    }

    async fn read_leaves(&mut self, db: &impl Connection, tile: u64, size: u64) -> Result<()> {
        let (from, to) = (tile * TILE_SIZE, ((tile + 1) * TILE_SIZE).min(size));
        let (from, to) = (i64::try_from(from).map_err(internal)?, i64::try_from(to).map_err(internal)?);
        for (seq, hash) in audit::hashes(db, from, to).await? {
            let number = u64::try_from(seq - 1).map_err(internal)?;
            self.known.insert(Place { level: 0, number }, merkle::leaf(&hash.0));
        }
        Ok(())
    }

    /// A complete subtree; `None` where it was not read.
    pub fn get(&self, place: Place) -> Option<Hash> {
        if let Some(known) = self.known.get(&place) {
            return Some(*known);
        }
        if place.level.is_multiple_of(TILE) {
            return None;
        }
        let (level, number) = (place.level - 1, place.number * 2);
        let left = self.get(Place { level, number })?;
        let right = self.get(Place { level, number: number + 1 })?;
        Some(merkle::node(&left, &right))
    }

    /// The frontier of the tree of `size`.
    pub fn frontier(&self, size: u64) -> Option<Frontier> {
        Frontier::of(size, |place| self.get(place))
    }
}
