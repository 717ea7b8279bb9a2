//! Measures sealing and verification: `cargo run --release -p seal --example bench`. Targets: 5 ms and 20 ms.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant, UNIX_EPOCH};

use chrono::DateTime;
use seal::{Limits, SealFacts, SealKey, SubjectNames, Trusted, Verdict, seal_pdf, verify_pdf};

const ORIGINAL: &[u8] = include_bytes!("../tests/fixtures/full-en.pdf");
const ROUNDS: usize = 500;

fn main() -> Result<(), Box<dyn Error>> {
    let seconds = i64::try_from(UNIX_EPOCH.elapsed()?.as_secs())?;
    let now = DateTime::from_timestamp(seconds, 0).ok_or("no time")?;
    let name = "Fluxpunkt GmbH".to_owned();
    let subject =
        SubjectNames { common_name: name.clone(), organisation: name.clone(), country: "DE".into() };
    let key = SealKey::create(&subject, now)?;
    let facts = SealFacts { reason: "Benchmark".into(), location: String::new(), name, at: now };
    let sealed = seal_pdf(ORIGINAL, &key, &facts)?;
    let sealers = [key.certificate().clone()];
    let trusted = Trusted { sealers: &sealers, time_stampers: &[] };
    println!("{} kB, {ROUNDS} rounds each", ORIGINAL.len() / 1024);
    report("seal", 5.0, &mut measured(|| seal_pdf(black_box(ORIGINAL), &key, &facts).is_ok())?);
    let valid = || matches!(verify_pdf(black_box(&sealed), &trusted, &Limits::default()), Verdict::Valid(_));
    report("verify", 20.0, &mut measured(valid)?);
    Ok(())
}

/// How long each round took; an error if one did not give what it should.
fn measured(work: impl Fn() -> bool) -> Result<Vec<Duration>, &'static str> {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let well = black_box(work());
            if well { Ok(start.elapsed()) } else { Err("a round went wrong") }
        })
        .collect()
}

fn report(name: &str, target: f64, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).map_or(0.0, |it| it.as_secs_f64() * 1000.0);
    let verdict = if at(95) <= target { "met" } else { "missed" };
    println!(
        "{name:<8} median {:>7.3} ms   p95 {:>7.3} ms   target {target:>4.1} ms: {verdict}",
        at(50),
        at(95)
    );
}
