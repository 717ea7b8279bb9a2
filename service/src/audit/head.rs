//! New heads of the tree. Before one is made, the tree is held against the newest head, so that nobody gets a
//! signature over a chain that was made anew; where they differ no further head is made.

use super::in_words;
use super::nodes::{LEVELS, Nodes};
use crate::portal::{HeadCheck, Portal};
use crate::problem::{Result, internal};
use crate::stamps::StampCheck;
use chrono::{DateTime, Duration, Utc};
use domain::audit::{Event, GENESIS, Joined, Stretch, TILE, TILE_SIZE, TreeHead};
use domain::merkle::{Frontier, Hash};
use store::audit_heads::{self, Head};
use store::{Connection, audit, audit_nodes, counters};

/// A head is at least so much younger than the one before.
const PAUSE: Duration = Duration::seconds(60);
/// Entries whose nodes are stored in one work, whole tiles: others that write wait for it.
const AT_ONCE: u64 = 64 * TILE_SIZE;

/// Makes a head over everything that is in the chain, when something is new and the newest head is a minute old.
/// Several instances may do this at once: one makes the head.
///
/// # Errors
/// When the chain is broken, does not continue the newest head, or cannot be signed; then there is no new head.
pub async fn make_due(portal: &Portal, now: DateTime<Utc>) -> Result<Option<Head>> {
    if due(portal, portal.store.read(), now).await?.is_none() {
        return Ok(None);
    }
    while store_nodes(portal, now).await? {}
    let work = portal.begin().await?;
    counters::next(work.db(), counters::AUDIT_TREE).await?; // holds the tree until the commit
    let Some((newest, size)) = due(portal, work.db(), now).await? else { return Ok(None) };
    if let Some(newest) = &newest {
        continues(portal, work.db(), newest).await?;
    }
    let root = frontier(work.db(), size).await?.root();
    let head = TreeHead { size, root, at: now };
    let text = head.text();
    let signature = portal.sign_head.as_ref().map(|sign| sign(text.as_bytes())).transpose();
    let signature = signature.map_err(internal)?;
    let number = newest.map_or(0, |h| h.number) + 1;
    let made = Head { number, head, signature, stamp: None, mailed_at: None };
    audit_heads::insert(work.db(), &made).await?;
    portal.commit(work, now).await?;
    Ok(Some(made))
}

/// The newest head and the size of the next one, when one is due.
async fn due(
    portal: &Portal,
    db: &impl Connection,
    now: DateTime<Utc>,
) -> Result<Option<(Option<Head>, u64)>> {
    let newest = audit_heads::newest(db).await?;
    let Some(last) = audit::last(db).await? else { return Ok(None) };
    let size = u64::try_from(last.seq).map_err(internal)?;
    let Some(h) = newest else { return Ok(Some((None, size))) };
    if size < h.head.size {
        return Err(internal(format!("the end of the audit chain is missing: head {} had more", h.number)));
    }
    if h.signature.is_some() && portal.sign_head.is_none() {
        return Err(internal("the heads of the audit chain were signed, and there is no key to go on with"));
    }
    // What was left unsigned is signed as soon as there is a key.
    let unsigned = h.signature.is_none() && portal.sign_head.is_some();
    let ripe = (now - h.head.at).abs() >= PAUSE && (size > h.head.size || unsigned);
    Ok(ripe.then_some((Some(h), size)))
}

/// Whether the tree still begins with the newest head, and that is by us.
async fn continues(portal: &Portal, db: &impl Connection, newest: &Head) -> Result<()> {
    let size = newest.head.size;
    let nodes = Nodes::around(db, &[size.saturating_sub(1)], size).await?;
    let tree = nodes.frontier(size).ok_or_else(|| internal("the tree over the audit chain has a gap"))?;
    if tree.root() != newest.head.root {
        return Err(internal(format!("the audit chain does not continue head {}", newest.number)));
    }
    let signed = portal.check_head.as_ref().zip(newest.signature.as_ref());
    match signed.map(|(check, signature)| check(newest.head.text().as_bytes(), signature)) {
        None | Some(HeadCheck::Good) => Ok(()),
        Some(_) => Err(internal(format!("the signature of head {} is not ours", newest.number))),
    }
}

/// The tree of `size`: stored nodes, and the entries behind the last whole tile, checked.
async fn frontier(db: &impl Connection, size: u64) -> Result<Frontier> {
    let nodes = Nodes::around(db, &[], size).await?;
    let tiles = size / TILE_SIZE * TILE_SIZE;
    let whole = nodes.frontier(tiles).ok_or_else(|| internal("the tree over the audit chain has a gap"))?;
    let mut joined = Joined::behind(place(tiles)?, hash_of(db, tiles).await?, whole);
    stretch(db, &mut joined, size).await?;
    Ok(joined.tree().clone())
}

/// Checks the entries behind `joined` up to `upto` and appends them; gives the roots of their whole tiles.
async fn stretch(db: &impl Connection, joined: &mut Joined, upto: u64) -> Result<Vec<Hash>> {
    let (after, upto) = (joined.head().0, place(upto)?);
    let block = audit::block(db, after, upto).await?;
    let mut stretch = Stretch::new(after, []);
    block.each(|row| stretch.take(row));
    if let (_, Some(broken)) = joined.join(&stretch) {
        return Err(internal(format!("the audit chain is broken: {}", in_words(&broken))));
    }
    if joined.head().0 != upto {
        return Err(internal(format!("the audit chain is broken: entry {upto} is missing")));
    }
    Ok(stretch.tiles().to_vec())
}

/// Stores the nodes of tiles that are whole by now; `true` when there may be more to do.
async fn store_nodes(portal: &Portal, now: DateTime<Utc>) -> Result<bool> {
    let work = portal.begin().await?;
    let db = work.db();
    counters::next(db, counters::AUDIT_TREE).await?;
    let last = audit::last(db).await?.map_or(0, |e| e.seq);
    let from = audit_nodes::count(db, TILE).await?;
    let there = u64::try_from(last).map_err(internal)? / TILE_SIZE;
    let to = there.min(from + AT_ONCE / TILE_SIZE);
    if from >= to {
        work.rollback().await?;
        return Ok(false);
    }
    let before = from * TILE_SIZE;
    // Only the links and the tiles are wanted here: the tree to the left stays out of it.
    let mut joined = Joined::behind(place(before)?, hash_of(db, before).await?, Frontier::default());
    let tiles = stretch(db, &mut joined, to * TILE_SIZE).await?;
    audit_nodes::insert(db, TILE, from, &tiles).await?;
    let (mut from, mut to) = (from, to);
    for pair in LEVELS.windows(2) {
        (from, to) = (from >> TILE, to >> TILE);
        for number in from..to {
            let below = audit_nodes::range(db, pair[0], number << TILE, (number + 1) << TILE).await?;
            let mut group = Frontier::default();
            for (_, hash) in &below {
                group.push(*hash);
            }
            let root = group.complete(TILE).ok_or_else(|| internal("a node of the audit tree is missing"))?;
            audit_nodes::insert(db, pair[1], number, &[root]).await?;
        }
    }
    portal.commit(work, now).await?;
    Ok(true)
}

async fn hash_of(db: &impl Connection, size: u64) -> Result<Hash> {
    let hash = match size {
        0 => Some(GENESIS.to_string()),
        _ => audit::find(db, place(size)?).await?.map(|e| e.hash),
    };
    let hash = hash.and_then(|h| Hash::parse(h.as_bytes()));
    hash.ok_or_else(|| internal(format!("entry {size} of the audit chain is missing or has no hash")))
}

fn place(size: u64) -> Result<i64> {
    i64::try_from(size).map_err(internal)
}

/// The newest head.
///
/// # Errors
/// When the database fails.
pub async fn newest(portal: &Portal) -> Result<Option<Head>> {
    Ok(audit_heads::newest(portal.store.read()).await?)
}

/// The newest time stamp over a head, checked: over so many entries, and what it proves.
///
/// # Errors
/// When the database fails.
pub async fn newest_stamp(portal: &Portal) -> Result<Option<(u64, StampCheck)>> {
    let found = audit_heads::last_stamped(portal.store.read()).await?;
    Ok(found.and_then(|h| {
        let check = (portal.check_stamp)(h.head.text().as_bytes(), &h.stamp?);
        Some((h.head.size, check))
    }))
}

/// Puts in the token of a time stamp over [`TreeHead::text`]; `false` when the head has one already. Whoever calls this
/// has checked the token.
///
/// # Errors
/// When the database fails.
pub async fn set_stamp(portal: &Portal, number: i64, token: &[u8], now: DateTime<Utc>) -> Result<bool> {
    let mut work = portal.begin().await?;
    let first = audit_heads::set_stamp(work.db(), number, token).await?;
    if first {
        let event = Event::new("audit.head_stamped", "job", "audit").fact("head", number);
        work.record(event.fact("token_sha256", domain::audit::sha256(token)));
    }
    portal.commit(work, now).await?;
    Ok(first)
}
