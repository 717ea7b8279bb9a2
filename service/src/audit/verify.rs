//! The check of everything: entries, columns, stored tree, and all heads with their signatures. In stretches, two at
//! a time: while one is read the other is hashed.

use super::nodes::LEVELS;
use super::report::{Heads, Report};
use crate::portal::{HeadCheck, Portal};
use crate::problem::{Result, internal};
use domain::audit::{Break, Joined, Stretch, TILE, TILE_SIZE, TreeHead};
use domain::merkle::{Frontier, Hash, Place};
use std::collections::{HashMap, VecDeque};
use store::audit_heads::Head;
use store::{audit, audit_heads, audit_nodes};
use tokio::task::JoinHandle;

/// Entries in a stretch, whole tiles.
const STRETCH: i64 = 4096;
/// Stretches under way at once.
const LANES: usize = 3;

/// Checks the whole chain of this portal with its tree and heads, up to what is there when the check begins.
///
/// # Errors
/// When the database fails, or a row cannot be read at all.
pub async fn verify(portal: &Portal) -> Result<Report> {
    examine(portal, None).await.map(|(report, _)| report)
}

/// The same, and the root over the first `size` entries where that is asked for.
async fn examine(portal: &Portal, wanted: Option<u64>) -> Result<(Report, Option<Hash>)> {
    let db = portal.store.read();
    // Heads and nodes before entries: what they stand on was there before them.
    let newest = audit_heads::newest(db).await?.map_or(0, |h| h.number);
    let mut check = Check::new(portal, newest, wanted).await?;
    let first = audit::first(db).await?.map_or(1, |e| e.seq);
    let last = audit::last(db).await?.map_or(0, |e| e.seq);
    if first != 1 {
        return Ok(check.report(Some(Break::Sequence(1, first))));
    }
    let mut lanes: VecDeque<JoinHandle<Result<Piece>>> = VecDeque::new();
    let mut next = 0;
    loop {
        while lanes.len() < LANES && next < last {
            let upto = (next + STRETCH).min(last);
            lanes.push_back(tokio::spawn(piece(portal.clone(), next, upto, newest, wanted)));
            next = upto;
        }
        let Some(piece) = lanes.pop_front() else { break };
        if let Some(broken) = check.take(piece.await.map_err(internal)??) {
            return Ok(check.report(Some(broken)));
        }
    }
    let broken = check.end(portal, last).await?;
    Ok(check.report(broken))
}

/// The same, and whether the chain still begins with what a head says that was kept elsewhere.
///
/// # Errors
/// As [`verify`].
pub async fn verify_with(portal: &Portal, kept: &TreeHead) -> Result<(Report, bool)> {
    let (report, root) = examine(portal, Some(kept.size)).await?;
    Ok((report, root == Some(kept.root)))
}

/// Whether the chain of this portal still holds the entry at which an earlier export ended: a chain that was made
/// anew as a whole is good in itself, but is another one.
///
/// # Errors
/// When the database fails.
pub async fn continues(portal: &Portal, earlier: &Report) -> Result<bool> {
    if earlier.entries == 0 {
        return Ok(true);
    }
    let found = audit::find(portal.store.read(), earlier.entries).await?;
    Ok(found.is_some_and(|e| e.hash == earlier.head))
}

/// A stretch, checked by itself, with what is stored about it.
struct Piece {
    stretch: Stretch,
    heads: Vec<(Head, Option<HeadCheck>)>,
    tiles: Vec<(Place, Hash)>,
}

async fn piece(portal: Portal, after: i64, upto: i64, newest: i64, wanted: Option<u64>) -> Result<Piece> {
    let db = portal.store.read();
    let block = audit::block(db, after, upto).await?;
    let heads = audit_heads::between(db, after, upto, newest).await?;
    let tile = |seq: i64| u64::try_from(seq).map(|seq| seq / TILE_SIZE).map_err(internal);
    let tiles = audit_nodes::range(db, TILE, tile(after)?, tile(upto)?).await?;
    let check = portal.check_head.clone();
    let work = move || {
        let mut marks: Vec<u64> = heads.iter().map(|h| h.head.size).chain(wanted).collect();
        marks.retain(|m| i64::try_from(*m).is_ok_and(|m| m > after));
        marks.sort_unstable();
        let mut stretch = Stretch::new(after, marks);
        block.each(|row| stretch.take(row));
        let checked = |h: Head| {
            let signed = check.as_ref().zip(h.signature.as_ref());
            let found = signed.map(|(check, s)| check(h.head.text().as_bytes(), s));
            (h, found)
        };
        Piece { stretch, heads: heads.into_iter().map(checked).collect(), tiles }
    };
    tokio::task::spawn_blocking(work).await.map_err(internal)
}

/// What has been found so far.
struct Check {
    joined: Joined,
    heads: Heads,
    newest: i64,
    wanted: Option<u64>,
    root: Option<Hash>,
    /// Size of the last good head.
    vouched: u64,
    has_key: bool,
    tiles: u64,
    /// Stored nodes above the tiles, until they are met.
    upper: HashMap<Place, Hash>,
    /// What lies below the next node of each stored level above the tiles.
    groups: [Frontier; LEVELS.len() - 1],
}

impl Check {
    async fn new(portal: &Portal, newest: i64, wanted: Option<u64>) -> Result<Self> {
        let db = portal.store.read();
        let mut upper = HashMap::new();
        for level in &LEVELS[1..] {
            let count = audit_nodes::count(db, *level).await?;
            upper.extend(audit_nodes::range(db, *level, 0, count).await?);
        }
        let joined = Joined::default();
        Ok(Self {
            root: (wanted == Some(0)).then(|| joined.tree().root()),
            joined,
            heads: Heads::default(),
            newest,
            wanted,
            vouched: 0,
            has_key: portal.check_head.is_some(),
            tiles: audit_nodes::count(db, TILE).await?,
            upper,
            groups: [Frontier::default(), Frontier::default()],
        })
    }

    fn report(&self, broken: Option<Break>) -> (Report, Option<Hash>) {
        (Report::of(self.joined.head(), broken, self.heads.clone()), self.root)
    }

    fn take(&mut self, piece: Piece) -> Option<Break> {
        let first_tile = self.joined.tree().size() / TILE_SIZE;
        let (roots, broken) = self.joined.join(&piece.stretch);
        let root_at = |size: u64| roots.binary_search_by_key(&size, |(s, _)| *s).ok().map(|at| roots[at].1);
        if let Some(root) = self.wanted.and_then(root_at) {
            self.root = Some(root);
        }
        if broken.is_some() {
            return broken;
        }
        let stored: HashMap<Place, Hash> = piece.tiles.into_iter().collect();
        let mut tiles = (first_tile..).zip(piece.stretch.tiles());
        if let Some(broken) = tiles.find_map(|(number, hash)| self.tile(number, hash, &stored)) {
            return Some(broken);
        }
        piece.heads.into_iter().find_map(|(head, check)| self.head(head, check, root_at))
    }

    fn tile(&mut self, number: u64, hash: &Hash, stored: &HashMap<Place, Hash>) -> Option<Break> {
        let last = |level: u32, number: u64| i64::try_from((number + 1) << level).unwrap_or(i64::MAX);
        let place = Place { level: TILE, number };
        if number < self.tiles && stored.get(&place) != Some(hash) {
            return Some(Break::Tree(last(TILE, number)));
        }
        let (mut hash, mut below) = (*hash, place);
        for (group, level) in self.groups.iter_mut().zip(&LEVELS[1..]) {
            group.push(hash);
            hash = group.complete(TILE)?;
            *group = Frontier::default();
            below = Place { level: *level, number: below.number >> TILE };
            // As long as the tiles below are stored, the node above them must be.
            let known = self.upper.remove(&below);
            if known.map_or(number < self.tiles, |known| known != hash) {
                return Some(Break::Tree(last(*level, below.number)));
            }
        }
        None
    }

    fn head(
        &mut self,
        h: Head,
        check: Option<HeadCheck>,
        root_at: impl Fn(u64) -> Option<Hash>,
    ) -> Option<Break> {
        let expected = i64::try_from(self.heads.count + 1).unwrap_or(i64::MAX);
        if h.number != expected || h.head.size < self.vouched {
            return Some(Break::Head(expected.min(h.number)));
        }
        if root_at(h.head.size) != Some(h.head.root) {
            let place = |size: u64| i64::try_from(size).unwrap_or(i64::MAX);
            return Some(Break::Rewritten(place(self.vouched), place(h.head.size)));
        }
        match (&h.signature, check) {
            (Some(_), Some(HeadCheck::Good)) => (self.heads.signed, self.heads.checked) = self.one_more(1),
            (Some(_), None) => (self.heads.signed, self.heads.checked) = self.one_more(0),
            (Some(_), Some(HeadCheck::Bad | HeadCheck::UnknownKey)) => {
                return Some(Break::Signature(h.number));
            }
            // Once heads are signed all are; and where there is a key the newest one is.
            (None, _) if self.heads.signed > 0 => return Some(Break::Unsigned(h.number)),
            (None, _) if self.has_key && h.number == self.newest => return Some(Break::Unsigned(h.number)),
            (None, _) => {}
        }
        self.heads.count += 1;
        self.vouched = h.head.size;
        self.heads.newest = Some(h.head);
        None
    }

    fn one_more(&self, checked: u64) -> (u64, u64) {
        (self.heads.signed + 1, self.heads.checked + checked)
    }

    /// What is left when all entries are good: heads over entries that are not there, or over none, and nodes too many.
    async fn end(&self, portal: &Portal, last: i64) -> Result<Option<Break>> {
        let db = portal.store.read();
        let there = u64::try_from(last).unwrap_or_default();
        if let Some(h) = audit_heads::beyond(db, there, self.newest).await? {
            return Ok(Some(Break::Truncated(last, i64::try_from(h.head.size).unwrap_or(i64::MAX))));
        }
        if i64::try_from(self.heads.count).unwrap_or(i64::MAX) != self.newest {
            return Ok(Some(Break::Head(i64::try_from(self.heads.count + 1).unwrap_or(i64::MAX))));
        }
        let too_many = self.tiles > there / TILE_SIZE || !self.upper.is_empty();
        Ok(too_many.then_some(Break::Tree(last)))
    }
}
