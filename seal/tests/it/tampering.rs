//! Ten thousand changed files, none of them valid.

use super::chance::Dice;
use super::*;

const MUTANTS: usize = 10_000;

#[test]
fn no_change_gets_past() {
    let stamped = authority::stamped();
    let stamped = stamped.as_ref();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || (first..MUTANTS).step_by(threads).for_each(|number| check(number, stamped)));
        }
    });
}

/// One changed file: every other one is made of the file with a time stamp.
fn check(number: usize, stamped: Option<&(Vec<u8>, Certificate)>) {
    let (whole, stampers) = match stamped {
        Some((pdf, stamper)) if number % 2 == 1 => (pdf.as_slice(), std::slice::from_ref(stamper)),
        _ => (SEALED.as_slice(), &[][..]),
    };
    let mut dice = Dice::new(u64::try_from(number).unwrap());
    let mutant = std::iter::repeat_with(|| mutant(whole, &mut dice)).find(|mutant| mutant != whole).unwrap();
    let verdict = verdict_with(&mutant, &[KEY.certificate().clone()], stampers);
    let accepted = matches!(verdict, Verdict::Valid(_) | Verdict::UnknownSealer(_));
    assert!(!accepted, "mutant {number}: {verdict:?}");
}

/// Half of the changes fall into the update and its container, where they are most dangerous.
fn place(whole: &[u8], dice: &mut Dice) -> usize {
    let container = gap(whole).start;
    match dice.below(4) {
        0 => container - 400 + dice.below(6_000),
        1 => container - 400 + dice.below(whole.len() - container + 400),
        _ => dice.below(whole.len()),
    }
}

fn mutant(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = whole.to_vec();
    let at = place(whole, dice);
    match dice.below(8) {
        0..4 => out[at] ^= 1 << dice.below(8),
        4 => out[at] = dice.byte(),
        5 => {
            let more: Vec<u8> = (0..=dice.below(20)).map(|_| dice.byte()).collect();
            out.splice(at..at, more);
        }
        6 if dice.below(2) == 0 => out.truncate(at),
        6 => out.extend((0..=dice.below(40)).map(|_| dice.byte())),
        _ => {
            let to = (at + 1 + dice.below(20)).min(out.len());
            out.drain(at..to);
        }
    }
    out
}

/// Every digit of the container, one after the other.
#[test]
fn no_digit_of_the_container_is_free() {
    let gap = gap(&SEALED);
    for at in gap.start..gap.start + 2_000 {
        let mut mutant = SEALED.clone();
        mutant[at] = if mutant[at] == b'0' { b'1' } else { b'0' };
        let verdict = verdict(&mutant);
        assert!(!matches!(verdict, Verdict::Valid(_) | Verdict::UnknownSealer(_)), "{at}: {verdict:?}");
    }
}
