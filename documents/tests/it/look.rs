//! What a reader sees: text as typed, on every page number and mark, nothing cut and nothing over another.

use crate::{SAMPLES, tools};
use documents::samples::HOSTILE;

#[test]
fn hostile_text_is_printed_as_typed() {
    for s in SAMPLES.iter().filter(|s| s.name.starts_with("hostile")) {
        let Some(pages) = tools::pages(&s.pdf) else { return };
        let text = pages.join("\n");
        for line in HOSTILE {
            assert!(text.contains(line), "{}: {line}", s.name);
        }
        for foreign in ["שלום עולם", "مرحبا", "gpj.exe", "abc"] {
            assert!(text.contains(foreign), "{}: {foreign}", s.name);
        }
        assert!(!text.contains("\u{200b}") && !text.contains("exe.jpg"), "{}", s.name);
    }
}

#[test]
fn every_page_names_contract_version_and_place() {
    for s in SAMPLES.iter().filter(|s| !s.name.starts_with("overflowing")) {
        let Some(pages) = tools::pages(&s.pdf) else { return };
        for (i, page) in pages.iter().enumerate() {
            let (x, y) = (i + 1, pages.len());
            let place = if s.name.ends_with("de") {
                format!("Seite {x} von {y}")
            } else {
                format!("Page {x} of {y}")
            };
            assert!(page.contains(&place), "{} page {x}", s.name);
            let head = format!("{} · Version {}", s.document.number, s.document.version);
            assert!(page.contains(&head), "{} page {x}: {head}", s.name);
        }
    }
}

#[test]
fn a_draft_is_marked_on_every_page_and_nothing_else_is() {
    for s in SAMPLES.iter() {
        let Some(pages) = tools::pages(&s.pdf) else { return };
        for (i, page) in pages.iter().enumerate() {
            let marked = page.contains("ENTWURF") || page.contains("DRAFT");
            assert_eq!(marked, s.document.is_draft(), "{} page {}", s.name, i + 1);
            assert!(!(marked && (page.contains("23.11.2026") || page.contains("23 November"))), "{}", s.name);
        }
    }
}

#[test]
fn no_sentence_has_an_empty_place() {
    for s in SAMPLES.iter().filter(|s| s.name.starts_with("full") || s.name.starts_with("draft")) {
        let Some(pages) = tools::pages(&s.pdf) else { return };
        let text = pages.join("\n");
        for sign in ["{", "}", "____", "TODO", "undefined", "none"] {
            assert!(!text.contains(sign), "{}: {sign}", s.name);
        }
    }
}

#[test]
fn the_attachment_is_inside() {
    let s = SAMPLES.iter().find(|s| s.name == "full-de").unwrap();
    let Some((_, list)) = tools::ask("pdfdetach", &["-list"], &s.pdf, &[]) else { return };
    assert!(list.contains("evidence.json"), "{list}");
}

#[test]
fn the_files_are_sound() {
    for s in SAMPLES.iter() {
        let Some((sound, said)) = tools::ask("qpdf", &["--check"], &s.pdf, &[]) else { return };
        assert!(sound, "{}: {said}", s.name);
    }
}

#[test]
fn nothing_is_cut_and_nothing_lies_over_another() {
    for s in SAMPLES.iter() {
        let Some((_, html)) = tools::ask("pdftotext", &["-bbox"], &s.pdf, &["-"]) else { return };
        for (i, page) in html.split("<page ").skip(1).enumerate() {
            check_page(page).unwrap_or_else(|e| panic!("{} page {}: {e}", s.name, i + 1));
        }
    }
}

struct Word<'a> {
    x: (f64, f64),
    y: (f64, f64),
    text: &'a str,
}

/// Left and right margin are 30 mm; the draft mark alone goes beyond them, and lies under the text.
pub fn check_page(page: &str) -> Result<(), String> {
    let (head, rest) = page.split_once('\n').unwrap();
    let (width, height) = (number(head, "width"), number(head, "height"));
    let words: Vec<Word> = rest.lines().filter(|l| l.contains("<word")).map(word).collect();
    let inside = |w: &Word, edge: f64| {
        w.x.0 >= edge && w.x.1 <= width - edge && w.y.0 >= edge.min(20.0) && w.y.1 <= height - edge.min(20.0)
    };
    let is_mark = |w: &&Word| w.y.1 - w.y.0 > 40.0; // nothing else is that large
    let (mark, text): (Vec<&Word>, Vec<&Word>) = words.iter().partition(is_mark);
    match mark.iter().find(|w| !inside(w, 0.0)).or_else(|| text.iter().find(|w| !inside(w, 83.0))) {
        Some(w) => Err(format!("{:?} leaves the page", w.text)),
        None => overlap(&text),
    }
}

/// Boxes of two words share most of a line only if one is printed over the other.
fn overlap(words: &[&Word]) -> Result<(), String> {
    let shared = |a: (f64, f64), b: (f64, f64)| a.1.min(b.1) - a.0.max(b.0);
    let height = |a: &Word, b: &Word| (a.y.1 - a.y.0).min(b.y.1 - b.y.0);
    let over = |a: &Word, b: &Word| shared(a.x, b.x) > 2.0 && shared(a.y, b.y) > 0.7 * height(a, b);
    for (i, a) in words.iter().enumerate() {
        if let Some(b) = words[i + 1..].iter().find(|b| over(a, b)) {
            return Err(format!("{:?} lies over {:?}", a.text, b.text));
        }
    }
    Ok(())
}

fn word(line: &str) -> Word<'_> {
    let text = line.split_once('>').and_then(|(_, t)| t.split_once("</word")).map_or("", |(t, _)| t);
    Word {
        x: (number(line, "xMin"), number(line, "xMax")),
        y: (number(line, "yMin"), number(line, "yMax")),
        text,
    }
}

fn number(line: &str, name: &str) -> f64 {
    let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}
