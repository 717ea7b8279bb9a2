//! Measures typesetting: `cargo run --release -p documents --example bench [-- CONTRACT.json]`.
//!
//! Each round is another contract (number, customer, times), as it is in the portal: what they share is what is warm.
//! Without a file it is the sample of a usual contract. Targets: 15 pages in 30 ms, memory flat over 2,000 documents.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use documents::{Attachment, contract_pdf};
use domain::contract::ContractDocument;
use std::error::Error;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let usual = match words.next() {
        Some(path) => serde_json::from_slice(&std::fs::read(path)?)?,
        None => documents::samples::full(domain::Lang::De),
    };
    let rounds: usize = words.next().map_or(Ok(50), |n| n.parse())?;
    let (first, pages) = typeset(&usual, 0)?;
    let mut times = Vec::with_capacity(rounds);
    let mut memory = Vec::new();
    for n in 1..=rounds {
        times.push(typeset(&usual, n)?.0);
        if n % (rounds / 5).max(1) == 0 {
            memory.push(resident()?);
        }
    }
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).map_or(0.0, |t| t.as_secs_f64() * 1000.0);
    println!(
        "{pages} pages: the first {:.1} ms, then median {:.1} ms, p95 {:.1} ms",
        ms(first),
        at(50),
        at(95)
    );
    println!("memory in MB after each fifth of {rounds} documents: {memory:?}");
    Ok(())
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

/// How long the contract of the n-th customer took, and how many pages it has.
fn typeset(usual: &ContractDocument, n: usize) -> Result<(Duration, usize), Box<dyn Error>> {
    let mut document = usual.clone();
    document.number = format!("AVV-2026-{n:05}");
    document.customer.name = format!("{} {n}", usual.customer.name);
    document.timestamp += i64::try_from(n)?;
    document.evidence = document.evidence.or_else(|| documents::samples::full(usual.language).evidence);
    let evidence = Attachment {
        name: "evidence.json".into(),
        description: document.title.clone(),
        media_type: "application/json".into(),
        bytes: document.canonical()?,
    };
    let start = Instant::now();
    let pdf = contract_pdf(&document, Some(&evidence))?;
    let took = start.elapsed();
    let page = b"/Type/Page/";
    let spaced = b"/Type /Page\n";
    let pages = pdf.windows(page.len()).filter(|w| w == page).count()
        + pdf.windows(spaced.len()).filter(|w| w == spaced).count();
    Ok((took, pages))
}

/// Memory of this process that is in use, in MB.
fn resident() -> Result<usize, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: usize = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024)
}
