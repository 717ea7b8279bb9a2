//! The Merkle tree of RFC 6962 over the audit chain: roots, and the two proofs by which a stranger sees that an entry
//! is in the tree and that a later tree only adds to an earlier one. A leaf is the hash of an entry, which already
//! commits to its text and to the entry before.

use crate::audit::hex;
use sha2::{Digest, Sha256};
use std::fmt;

/// 32 bytes of SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// Reads 64 digits of lower-case hex; anything else is none.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let text: &[u8; 64] = text.try_into().ok()?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_chunks::<2>().0) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(bytes))
    }
}

fn digit(c: u8) -> Option<u8> {
    match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The root of the tree without leaves.
pub fn empty() -> Hash {
    Hash(Sha256::digest(b"").into())
}

/// A leaf: SHA-256 over 0x00 and what it stands for.
pub fn leaf(data: &[u8]) -> Hash {
    let mut h = Sha256::new();
    h.update([0]);
    h.update(data);
    Hash(h.finalize().into())
}

/// An inner node: SHA-256 over 0x01 and both children.
pub fn node(left: &Hash, right: &Hash) -> Hash {
    let mut both = [1; 65];
    both[1..33].copy_from_slice(&left.0);
    both[33..].copy_from_slice(&right.0);
    Hash(Sha256::digest(both).into())
}

/// The root over these leaves.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut all = Frontier::default();
    for leaf in leaves {
        all.push(*leaf);
    }
    all.root()
}

/// The right edge of a tree: the roots of its complete subtrees, the largest first. Enough to go on and to know the
/// root; appending costs O(log n).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Of a tree of `size` leaves, from its complete subtrees; `None` where one of them is missing.
    pub fn of(size: u64, nodes: impl Fn(Place) -> Option<Hash>) -> Option<Self> {
        let peaks = places(0, size).into_iter().map(nodes).collect::<Option<_>>()?;
        Some(Self { size, peaks })
    }

    /// So many leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: Hash) {
        self.grow(0, leaf);
    }

    /// Appends a run of leaves, given by its own frontier. `false`, and nothing is done, where the run does not begin
    /// on a border that its largest subtree asks for.
    pub fn extend(&mut self, run: &Self) -> bool {
        if run.size.checked_ilog2().is_some_and(|level| self.size.trailing_zeros() < level) {
            return false;
        }
        for (place, hash) in places(0, run.size).into_iter().zip(&run.peaks) {
            self.grow(place.level, *hash);
        }
        true
    }

    /// Appends a complete subtree; the size is a multiple of its own.
    fn grow(&mut self, level: u32, hash: Hash) {
        let merges = (self.size >> level).trailing_ones();
        let mut hash = hash;
        for _ in 0..merges {
            if let Some(left) = self.peaks.pop() {
                hash = node(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1 << level;
    }

    /// Whether the leaves so far are one complete subtree of this height, and its root.
    pub fn complete(&self, level: u32) -> Option<Hash> {
        (self.size == 1 << level).then(|| self.root())
    }

    /// The root.
    pub fn root(&self) -> Hash {
        self.peaks.iter().rev().copied().reduce(|right, left| node(&left, &right)).unwrap_or_else(empty)
    }
}

/// A complete subtree: 2^`level` leaves, the `number`-th of its size from the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Height; 0 is a leaf.
    pub level: u32,
    /// From 0.
    pub number: u64,
}

/// The complete subtrees that make up the leaves from `from` to before `to`, from the left. `from` is where a subtree
/// of the whole begins, as everywhere in the RFC.
fn places(mut from: u64, to: u64) -> Vec<Place> {
    let mut all = Vec::new();
    while from < to {
        let level = (to - from).ilog2().min(from.trailing_zeros());
        all.push(Place { level, number: from >> level });
        from += 1 << level;
    }
    all
}

/// The root over the leaves from `from` to before `to`.
fn range(from: u64, to: u64, nodes: &impl Fn(Place) -> Option<Hash>) -> Option<Hash> {
    let peaks = places(from, to).into_iter().map(nodes).collect::<Option<Vec<_>>>()?;
    peaks.into_iter().rev().reduce(|right, left| node(&left, &right))
}

/// The largest power of two below `n`, for `n` above 1: where the RFC splits.
fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The proof that leaf `index` is in the tree of `size` leaves: siblings, the lowest first. `None` where there is no
/// such leaf, or a subtree is missing.
pub fn inclusion(index: u64, size: u64, nodes: &impl Fn(Place) -> Option<Hash>) -> Option<Vec<Hash>> {
    if index >= size {
        return None;
    }
    let (mut from, mut to, mut path) = (0, size, Vec::new());
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push(range(middle, to, nodes)?);
            to = middle;
        } else {
            path.push(range(from, middle, nodes)?);
            from = middle;
        }
    }
    path.reverse();
    Some(path)
}

/// Whether the proof leads from the leaf to the root.
pub fn includes(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node(sibling, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// The proof that the tree of `new` leaves begins with the tree of `old` leaves. `None` where there is no such pair,
/// or a subtree is missing; empty where there is nothing to prove.
pub fn consistency(old: u64, new: u64, nodes: &impl Fn(Place) -> Option<Hash>) -> Option<Vec<Hash>> {
    if old > new {
        return None;
    }
    if old == 0 || old == new {
        return Some(Vec::new());
    }
    let (mut from, mut to, mut path) = (0, new, Vec::new());
    // Down to the subtree that ends where the old tree ended.
    while to != old {
        let middle = from + split(to - from);
        if old <= middle {
            path.push(range(middle, to, nodes)?);
            to = middle;
        } else {
            path.push(range(from, middle, nodes)?);
            from = middle;
        }
    }
    // Whoever has the old root needs it not again.
    if from != 0 {
        path.push(range(from, to, nodes)?);
    }
    path.reverse();
    Some(path)
}

/// Whether the proof leads to both roots.
pub fn continues(old: u64, new: u64, path: &[Hash], old_root: &Hash, new_root: &Hash) -> bool {
    if old == new {
        return path.is_empty() && old_root == new_root;
    }
    if old == 0 {
        return path.is_empty() && *old_root == empty();
    }
    if old > new {
        return false;
    }
    let (mut at, mut last) = (old - 1, new - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    // An old tree that is one complete subtree is not repeated in the proof.
    let mut rest = path.iter();
    let first = if old.is_power_of_two() { Some(old_root) } else { rest.next() };
    let Some(first) = first else { return false };
    let (mut before, mut after) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            before = node(sibling, &before);
            after = node(sibling, &after);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            after = node(&after, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && before == *old_root && after == *new_root
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as section 2.1 of the RFC defines it.
    fn slow(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty(),
            [one] => *one,
            _ => {
                let k = leaves.len().next_power_of_two() / 2;
                node(&slow(&leaves[..k]), &slow(&leaves[k..]))
            }
        }
    }

    /// `PATH` of section 2.1.1.
    fn slow_path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
        if leaves.len() < 2 {
            return Vec::new();
        }
        let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
        let (mut path, sibling) = match m.checked_sub(left.len()) {
            None => (slow_path(m, left), slow(right)),
            Some(m) => (slow_path(m, right), slow(left)),
        };
        path.push(sibling);
        path
    }

    /// `SUBPROOF` of section 2.1.2.
    fn slow_proof(m: usize, leaves: &[Hash], known: bool) -> Vec<Hash> {
        if m == leaves.len() {
            return if known { Vec::new() } else { vec![slow(leaves)] };
        }
        let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
        let (mut proof, sibling) = if m <= left.len() {
            (slow_proof(m, left, known), slow(right))
        } else {
            (slow_proof(m - left.len(), right, false), slow(left))
        };
        proof.push(sibling);
        proof
    }

    fn leaves(n: usize) -> Vec<Hash> {
        (0..n).map(|i| leaf(&i.to_be_bytes())).collect()
    }

    /// Complete subtrees out of a list of leaves, and nothing else.
    fn nodes(leaves: &[Hash]) -> impl Fn(Place) -> Option<Hash> {
        move |place| {
            let from = usize::try_from(place.number << place.level).ok()?;
            leaves.get(from..from + (1 << place.level)).map(slow)
        }
    }

    const MOST: usize = 140;

    #[test]
    fn known_trees_of_the_reference_implementation() {
        let data: [&[u8]; 8] = [
            b"",
            &[0x00],
            &[0x10],
            &[0x20, 0x21],
            &[0x30, 0x31],
            &[0x40, 0x41, 0x42, 0x43],
            &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ];
        let known = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        assert_eq!(empty().to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        let hashes = data.map(leaf);
        for (n, expected) in known.iter().enumerate() {
            assert_eq!(root(&hashes[..=n]).to_string(), *expected, "{} leaves", n + 1);
        }
    }

    #[test]
    fn every_root_and_proof_is_the_one_of_the_slow_definition() {
        let all = leaves(MOST);
        let mut grown = Frontier::default();
        for n in 0..=MOST {
            let (some, size) = (&all[..n], n as u64);
            assert_eq!(grown.root(), slow(some), "{n}");
            assert_eq!(Frontier::of(size, nodes(some)).as_ref(), Some(&grown), "{n}");
            let root = grown.root();
            // All places of small trees; of large ones the borders and some between.
            let near = |m: usize| n < 40 || m < 3 || m + 3 > n || m % 64 < 2 || (m + n).is_multiple_of(37);
            for m in (0..n).filter(|m| near(*m)) {
                let path = inclusion(m as u64, size, &nodes(some)).unwrap();
                assert_eq!(path, slow_path(m, some), "{m} of {n}");
                assert!(includes(&all[m], m as u64, size, &path, &root), "{m} of {n}");
            }
            for m in (1..=n).filter(|m| near(*m)) {
                let proof = consistency(m as u64, size, &nodes(some)).unwrap();
                assert_eq!(proof, slow_proof(m, some, true), "{m} to {n}");
                assert!(continues(m as u64, size, &proof, &slow(&all[..m]), &root), "{m} to {n}");
            }
            assert_eq!(inclusion(size, size, &nodes(some)), None);
            if let Some(next) = all.get(n) {
                grown.push(*next);
            }
        }
    }

    #[test]
    fn a_run_is_appended_where_its_largest_subtree_fits_and_nowhere_else() {
        let all = leaves(80);
        for start in 0..40 {
            for length in 0..40_usize {
                let frontier = |part: &[Hash]| {
                    let mut it = Frontier::default();
                    for l in part {
                        it.push(*l);
                    }
                    it
                };
                let mut whole = frontier(&all[..start]);
                let before = whole.clone();
                let fits = length == 0 || start % (1 << length.ilog2()) == 0;
                assert_eq!(whole.extend(&frontier(&all[start..start + length])), fits);
                let expected = if fits { frontier(&all[..start + length]) } else { before };
                assert_eq!(whole, expected, "{start} and {length}");
            }
        }
    }

    /// Every way in which a list of hashes can be wrong by one step.
    fn wrong(path: &[Hash]) -> Vec<Vec<Hash>> {
        let mut all = vec![[path, &[leaf(b"more")]].concat(), [&[leaf(b"more")], path].concat()];
        for i in 0..path.len() {
            let mut changed = path.to_vec();
            changed[i].0[i % 32] ^= 1;
            all.push(changed);
            let mut shorter = path.to_vec();
            shorter.remove(i);
            all.push(shorter);
            let mut swapped = path.to_vec();
            swapped.swap(i, 0);
            if swapped != path {
                all.push(swapped);
            }
        }
        all
    }

    #[test]
    fn a_wrong_proof_never_verifies() {
        let all = leaves(70);
        for n in 1..=all.len() {
            let (some, size) = (&all[..n], n as u64);
            let root = slow(some);
            for m in 0..n {
                let index = m as u64;
                let path = inclusion(index, size, &nodes(some)).unwrap();
                for bad in wrong(&path) {
                    assert!(!includes(&all[m], index, size, &bad, &root), "{m} of {n}");
                }
                for other in (0..n).filter(|other| *other != m) {
                    assert!(!includes(&all[other], index, size, &path, &root), "{other} for {m} of {n}");
                    assert!(!includes(&all[m], other as u64, size, &path, &root), "{m} at {other} of {n}");
                }
                assert!(!includes(&all[m], index, size, &path, &leaf(b"other")));
                assert!(!includes(&all[m], size, size, &path, &root));
            }
        }
    }

    #[test]
    fn no_tree_continues_another_one() {
        let all = leaves(40);
        let mut forged = all.clone();
        forged[0] = leaf(b"forged");
        for n in 1..=all.len() {
            let (new_root, size) = (slow(&all[..n]), n as u64);
            for m in 1..n {
                let old = m as u64;
                let proof = consistency(old, size, &nodes(&all[..n])).unwrap();
                let old_root = slow(&all[..m]);
                for bad in wrong(&proof) {
                    assert!(!continues(old, size, &bad, &old_root, &new_root), "{m} to {n}");
                }
                let (forged_old, forged_new) = (slow(&forged[..m]), slow(&forged[..n]));
                let theirs = consistency(old, size, &nodes(&forged[..n])).unwrap();
                for proof in [&proof, &theirs] {
                    assert!(!continues(old, size, proof, &old_root, &forged_new), "{m} to {n}");
                    assert!(!continues(old, size, proof, &forged_old, &new_root), "{m} to {n}");
                }
            }
            assert!(!continues(size, size, &[], &new_root, &leaf(b"other")));
            assert!(!continues(size + 1, size, &[], &new_root, &new_root));
        }
        assert_eq!(consistency(3, 2, &nodes(&all)), None);
        assert!(continues(0, 3, &[], &empty(), &slow(&all[..3])));
    }

    #[test]
    fn hashes_are_read_as_they_are_written() {
        let hash = leaf(b"x");
        assert_eq!(Hash::parse(hash.to_string().as_bytes()), Some(hash));
        let upper = hash.to_string().to_uppercase();
        for bad in [upper.as_bytes(), &hash.to_string().as_bytes()[1..], b"", &[b'g'; 64]] {
            assert_eq!(Hash::parse(bad), None);
        }
    }
}
