//! The check of a long chain in stretches, which do not wait for each other: each takes on trust what its first entry
//! says about the one before, and is held against that one when the stretches are joined, in order.

use super::check::{Break, Row, Verifier};
use crate::merkle::{Frontier, Hash, leaf};
use std::collections::VecDeque;

/// Height of the subtrees whose roots are stored: 256 entries.
pub const TILE: u32 = 8;
/// Entries below such a subtree.
pub const TILE_SIZE: u64 = 1 << TILE;

/// A stretch of the chain that is being checked.
#[derive(Debug)]
pub struct Stretch {
    after: i64,
    claimed: Option<Hash>,
    verifier: Verifier,
    tree: Frontier,
    tile: Frontier,
    tiles: Vec<Hash>,
    /// Sizes of the whole tree at which heads stand.
    marks: VecDeque<u64>,
    marked: Vec<(u64, Frontier)>,
    broken: Option<Break>,
}

impl Stretch {
    /// Begins behind entry `after`, a multiple of [`TILE_SIZE`]; `marks` are the sizes, in order, at which the root
    /// is wanted.
    pub fn new(after: i64, marks: impl IntoIterator<Item = u64>) -> Self {
        Self {
            after,
            claimed: None,
            verifier: Verifier::in_the_middle(after),
            tree: Frontier::default(),
            tile: Frontier::default(),
            tiles: Vec::new(),
            marks: marks.into_iter().collect(),
            marked: Vec::new(),
            broken: None,
        }
    }

    /// Takes the next row; after the first break nothing more.
    pub fn take(&mut self, row: &Row<'_>) {
        if self.broken.is_some() {
            return;
        }
        match self.verifier.row(row) {
            Ok(hash) => self.good(row, &hash),
            Err(broken) => self.broken = Some(broken),
        }
    }

    fn good(&mut self, row: &Row<'_>, hash: &Hash) {
        if self.claimed.is_none() {
            self.claimed = Hash::parse(row.prev);
        }
        self.tile.push(leaf(&hash.0));
        let size = u64::try_from(row.seq).unwrap_or_default();
        while self.marks.front() == Some(&size) {
            self.marks.pop_front();
            let mut whole = self.tree.clone();
            whole.extend(&self.tile);
            self.marked.push((size, whole));
        }
        if let Some(root) = self.tile.complete(TILE) {
            self.tiles.push(root);
            self.tree.extend(&self.tile);
            self.tile = Frontier::default();
        }
    }

    /// Roots of the complete subtrees of 256 entries, in order.
    pub fn tiles(&self) -> &[Hash] {
        &self.tiles
    }
}

/// The stretches put together.
#[derive(Clone, Debug)]
pub struct Joined {
    seq: i64,
    hash: Hash,
    tree: Frontier,
}

impl Default for Joined {
    fn default() -> Self {
        let (seq, hash) = Verifier::default().head();
        Self { seq, hash, tree: Frontier::default() }
    }
}

impl Joined {
    /// Goes on behind a part that was checked earlier.
    pub fn behind(seq: i64, hash: Hash, tree: Frontier) -> Self {
        Self { seq, hash, tree }
    }

    /// Takes the next stretch and gives the roots at its marks, and the first break. Of a broken stretch the part
    /// before the break counts.
    pub fn join(&mut self, stretch: &Stretch) -> (Vec<(u64, Hash)>, Option<Break>) {
        if self.seq != stretch.after {
            return (Vec::new(), Some(Break::Sequence(self.seq + 1, stretch.after + 1)));
        }
        if stretch.claimed.is_some_and(|claimed| claimed != self.hash) {
            return (Vec::new(), Some(Break::Link(stretch.after + 1)));
        }
        let root = |(size, part): &(u64, Frontier)| {
            let mut whole = self.tree.clone();
            whole.extend(part).then(|| (*size, whole.root()))
        };
        let roots = stretch.marked.iter().filter_map(root).collect();
        let (seq, hash) = stretch.verifier.head();
        if stretch.claimed.is_some() {
            (self.seq, self.hash) = (seq, hash);
        }
        self.tree.extend(&stretch.tree);
        self.tree.extend(&stretch.tile);
        (roots, stretch.broken.clone())
    }

    /// How many entries were good, and the hash of the last one.
    pub fn head(&self) -> (i64, Hash) {
        (self.seq, self.hash)
    }

    /// The tree over them.
    pub fn tree(&self) -> &Frontier {
        &self.tree
    }
}
