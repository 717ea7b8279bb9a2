//! The audit chain: whoever touches one entry is found, at the latest by the head that was written down elsewhere.

use crate::samples::offered;
use crate::tape::{Tape, check};
use chrono::Duration;
use domain::audit::{Break, Entry, Event, Verifier, append, link};

fn chain(n: usize) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for i in 0..n {
        let event = Event::new("contract.signed", "user:1", format!("contract:{i}")).fact("n", i);
        let last = all.last().map(|e| (e.seq, e.hash.as_str()));
        let entry = append(last, &event, offered() + Duration::minutes(i64::try_from(i).unwrap())).unwrap();
        all.push(entry);
    }
    all
}

fn verify(chain: &[Entry]) -> Result<(i64, String), Break> {
    let mut verifier = Verifier::default();
    chain.iter().try_for_each(|e| verifier.next(e))?;
    let (seq, hash) = verifier.head();
    Ok((seq, hash.to_string()))
}

/// Whether the change is found by the chain itself or by the head known from elsewhere (a seal, a print-out).
fn found(touched: &[Entry], head: &(i64, String)) -> bool {
    verify(touched) != Ok(head.clone())
}

fn change_one_sign(text: &mut String, tape: &mut Tape) {
    let at = tape.number(text.len());
    let other = if text.as_bytes()[at] == b'x' { "y" } else { "x" };
    text.replace_range(at..=at, other);
}

fn change(entry: &mut Entry, tape: &mut Tape) {
    match tape.number(5) {
        0 => change_one_sign(&mut entry.body, tape),
        1 => change_one_sign(&mut entry.hash, tape),
        2 => change_one_sign(&mut entry.prev, tape),
        3 => entry.seq += 1 + tape.count(9),
        _ => entry.at += Duration::microseconds(1 + tape.count(9)),
    }
}

#[test]
fn an_untouched_chain_is_good_and_ends_at_its_last_entry() {
    for n in 0..20 {
        let all = chain(n);
        let (seq, hash) = verify(&all).unwrap();
        assert_eq!(seq, i64::try_from(n).unwrap());
        assert!(all.last().is_none_or(|last| last.hash == hash));
    }
}

#[test]
fn any_change_of_one_entry_is_found_by_the_chain_itself() {
    let good = chain(8);
    check(250, 1, |tape| {
        let mut touched = good.clone();
        let at = tape.number(touched.len());
        change(&mut touched[at], tape);
        assert!(verify(&touched).is_err(), "entry {at}: {:?}", touched[at]);
    });
}

#[test]
fn any_missing_entry_is_found_and_a_cut_end_by_the_head() {
    let good = chain(12);
    let head = verify(&good).unwrap();
    for at in 0..good.len() {
        let mut touched = good.clone();
        touched.remove(at);
        assert!(found(&touched, &head), "without entry {at}");
        assert_eq!(verify(&touched).is_ok(), at == good.len() - 1, "only a cut end needs the head");
    }
}

#[test]
fn any_two_swapped_entries_are_found() {
    let good = chain(12);
    for a in 0..good.len() {
        for b in a + 1..good.len() {
            let mut touched = good.clone();
            touched.swap(a, b);
            assert!(verify(&touched).is_err(), "{a} and {b} swapped");
        }
    }
}

#[test]
fn any_inserted_entry_is_found_however_well_it_is_forged() {
    let good = chain(10);
    let head = verify(&good).unwrap();
    for at in 0..=good.len() {
        let before = at.checked_sub(1).map(|i| (good[i].seq, good[i].hash.as_str()));
        let forged = append(before, &Event::new("doubt.lifted", "user:9", "customer:1"), offered()).unwrap();
        let mut touched = good.clone();
        touched.insert(at, forged);
        assert!(found(&touched, &head), "inserted at {at}");
    }
}

#[test]
fn a_whole_tail_written_anew_is_found_by_the_head() {
    let good = chain(10);
    let head = verify(&good).unwrap();
    for from in 0..good.len() {
        let mut touched = good.clone();
        touched[from].body = touched[from].body.replace("contract.signed", "contract.ended");
        rehash(&mut touched, from);
        assert_eq!(verify(&touched).map(|(seq, _)| seq), Ok(10), "the forger was careful");
        assert!(found(&touched, &head), "rewritten from {from}");
    }
}

fn rehash(chain: &mut [Entry], from: usize) {
    for i in from..chain.len() {
        if let Some(before) = i.checked_sub(1) {
            chain[i].prev = link(&chain[before].prev, &chain[before].body);
        }
        chain[i].hash = link(&chain[i].prev, &chain[i].body);
    }
}
