//! The linter of contract texts: a text that answers everything passes; each thing that can be wrong is found, with its
//! place, and all of them at once.

use domain::Lang;
use domain::legal_lint::{Fault, Finding, Item, POINTS, Sheet, TextUnderTest, items, lint};
use domain::legal_text::{SectionSource, parse_section};
use domain::text::Both;

const BOXES: [&str; 5] = ["read", "authority", "business", "own_permission", "electronic"];
const VALUES: &[&str] = &["customer.name"];
const OPTIONS: &[&str] = &["general_authorisation", "specific_authorisation", "secret"];

/// A small text that answers every item, and what is to be broken in it.
#[derive(Clone)]
struct Text {
    de: String,
    en: String,
    checklist: Vec<Item>,
    boxes: Vec<&'static str>,
    wording: Option<Both<Vec<u8>>>,
}

fn good() -> Text {
    let covers = items().join(",");
    let source = |words: &str| {
        format!(
            "# Title\n! all\n\n[all.items covers={covers}]\n{words} {{customer.name}}, see {{ref:all}}.\n\n\
             [all.general if=general_authorisation covers=F42]\nGeneral.\n\n\
             [all.specific if=specific_authorisation covers=F42]\nSpecific.\n"
        )
    };
    let item = |id: String| Item {
        id,
        kind: "T".into(),
        clause: "all.items".into(),
        de: "Alles gesagt".into(),
        en: "All said".into(),
        ..Item::default()
    };
    Text {
        de: source("Alles gesagt"),
        en: source("All said"),
        checklist: items().into_iter().map(item).collect(),
        boxes: BOXES.into(),
        wording: None,
    }
}

fn findings(text: &Text) -> Vec<Finding> {
    let section = |source: &str| parse_section(source).unwrap();
    let (de, en): (SectionSource, SectionSource) = (section(&text.de), section(&text.en));
    lint(&TextUnderTest {
        sheets: Both {
            de: vec![Sheet { file: "de/01.txt", section: &de }],
            en: vec![Sheet { file: "en/01.txt", section: &en }],
        },
        checklist: &text.checklist,
        boxes: text.boxes.clone(),
        values: VALUES,
        options: OPTIONS,
        wording: text.wording.clone(),
    })
}

/// The codes that breaking a good text gives, without repetitions.
fn codes(break_it: impl FnOnce(&mut Text)) -> Vec<&'static str> {
    let mut text = good();
    break_it(&mut text);
    let mut codes: Vec<_> = findings(&text).iter().map(|f| f.fault.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn both(text: &mut Text, from: &str, to: &str) {
    for source in [&mut text.de, &mut text.en] {
        assert!(source.contains(from), "{from}");
        *source = source.replace(from, to);
    }
}

#[test]
fn a_text_that_answers_everything_has_no_findings() {
    assert_eq!(findings(&good()), []);
}

#[test]
fn an_item_without_a_row_or_with_two_is_found_and_so_is_its_point() {
    for (point, ids) in POINTS {
        for id in ids {
            let mut text = good();
            text.checklist.retain(|i| i.id != *id);
            let found = findings(&text);
            assert!(found.iter().any(|f| f.fault == Fault::Item((*id).into())), "{id}");
            assert!(found.iter().any(|f| f.fault == Fault::Point(point)), "{id} is part of {point}");
        }
    }
    assert_eq!(codes(|t| t.checklist.push(t.checklist[0].clone())), ["item"]);
    assert_eq!(codes(|t| t.checklist.push(Item { id: "Z9".into(), ..Item::default() })), ["item"]);
}

#[test]
fn an_item_whose_words_or_clause_are_gone_is_found_in_the_language_where_they_are_gone() {
    let mut text = good();
    text.en = text.en.replace("All said", "Said");
    let found = findings(&text);
    assert!(found.iter().all(|f| !f.place.starts_with("de")), "{found:?}");
    assert!(found.iter().any(|f| f.place == "en/01.txt [all.items]"), "{found:?}");
    assert_eq!(codes(|t| t.checklist[0].clause = "all.other".into()), ["item"]);
    assert_eq!(codes(|t| t.checklist[0].de = " ".into()), ["words"]);
    let more = Both { de: "Noch mehr".to_string(), en: "All said".to_string() };
    assert_eq!(codes(|t| t.checklist[0].and.push(more)), ["words"]);
    assert_eq!(codes(|t| t.checklist[0].annex = Some(9)), ["item"]);
}

#[test]
fn an_item_must_be_answered_under_every_choice_of_options() {
    let conditional = |t: &mut Text| both(t, "[all.items covers", "[all.items if=secret covers");
    assert_eq!(codes(conditional), ["left-out", "point"]);
    let mut text = good();
    conditional(&mut text);
    let other = format!("\n[all.rest unless=secret covers={}]\nRest.\n", items().join(","));
    text.de.push_str(&other);
    text.en.push_str(&other);
    assert_eq!(findings(&text), []);
}

#[test]
fn what_must_not_stand_in_a_text_is_found_in_any_spelling() {
    for words in
        ["Privacy Shield", "SAFE HARBOR", "Beschluss 2010/87/EU", "Ort, Datum", "______", "third-country law"]
    {
        assert_eq!(
            codes(|t| t.de = t.de.replace("Alles gesagt", &format!("Alles gesagt, {words}"))),
            ["forbidden"],
            "{words}"
        );
    }
    assert_eq!(codes(|t| t.checklist[3].absent.push("said".into())), ["forbidden"]);
}

#[test]
fn what_nobody_fills_in_and_what_is_left_over_is_found() {
    assert_eq!(codes(|t| both(t, "{customer.name}", "{customer.nmae}")), ["unknown"]);
    assert_eq!(codes(|t| both(t, "{ref:all}", "{ref:none}")), ["unknown"]);
    assert_eq!(codes(|t| both(t, "General.", "General {.")), ["left-over"]);
    assert_eq!(codes(|t| both(t, "General.", "TODO")), ["left-over"]);
    let clause = "\n[all.strange if=moonlight]\nStrange.\n";
    let strange = |t: &mut Text| [&mut t.de, &mut t.en].into_iter().for_each(|s| s.push_str(clause));
    assert_eq!(codes(strange), ["unknown"]);
}

#[test]
fn languages_that_differ_are_found() {
    assert_eq!(codes(|t| t.en = t.en.replace("{customer.name}", "it")), ["languages"]);
    assert_eq!(codes(|t| t.en = t.en.replace("General.", "General.\n\nMore.")), ["languages"]);
    assert_eq!(codes(|t| t.en.push_str("\n[all.more]\nMore.\n")), ["languages"]);
    assert_eq!(
        codes(|t| t.en = t.en.replace("! all", "! else").replace("[all.", "[else.")),
        ["item", "languages", "point", "unknown"]
    );
}

#[test]
fn alternatives_need_a_clause_each_and_none_by_absence() {
    let both_gone = codes(|t| both(t, "[all.specific if=specific_authorisation", "[all.specific"));
    assert_eq!(both_gone, ["alternatives"]);
    let negated = codes(|t| both(t, "if=specific_authorisation", "unless=general_authorisation"));
    assert_eq!(negated, ["alternatives"]);
}

#[test]
fn clause_ids_and_boxes_are_checked() {
    assert_eq!(codes(|t| both(t, "[all.specific", "[all.general")), ["clause"]);
    assert_eq!(codes(|t| both(t, "[all.specific", "[other.specific")), ["clause"]);
    for gone in BOXES {
        assert_eq!(codes(|t| t.boxes.retain(|b| *b != gone)), ["box"]);
    }
}

#[test]
fn official_wording_counts_only_where_a_text_takes_it_in_and_it_is_whole() {
    let official = |t: &mut Text| t.checklist[30].official = "7.1".into();
    assert_eq!(codes(official), ["item"], "a text that stands alone has no official wording");
    let all: Vec<u8> = (1..=10).collect();
    let with = |de: &[u8], en: &[u8]| {
        let wording = Some(Both { de: de.to_vec(), en: en.to_vec() });
        codes(|t| {
            official(t);
            t.wording = wording;
        })
    };
    assert_eq!(with(&all, &all), [""; 0]);
    assert_eq!(with(&all, &all[1..]), ["wording"]);
    assert_eq!(with(&[], &[]), ["wording"]);
}

#[test]
fn a_finding_reads_like_a_sentence_with_its_place() {
    let mut text = good();
    text.de = text.de.replace("Alles gesagt", "Alles gesagt, Privacy Shield");
    let said: Vec<_> = findings(&text).iter().map(ToString::to_string).collect();
    assert_eq!(said, ["de/01.txt [all.items]: these words must not stand in a text: G56: privacy shield"]);
    assert_eq!(Lang::ALL.len(), 2);
}
