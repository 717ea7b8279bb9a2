//! What the law asks of a contract text: the items of the checklist, the points of Art. 28(3) GDPR that they make up,
//! and the words that no text may hold.

/// The items of the checklist by chapter: letter, first number, last number.
const CHAPTERS: [(char, u8, u8); 12] = [
    ('A', 1, 14),
    ('B', 15, 24),
    ('C', 25, 32),
    ('D', 33, 35),
    ('E', 36, 41),
    ('F', 42, 53),
    ('G', 54, 56),
    ('H', 57, 61),
    ('I', 62, 65),
    ('J', 66, 71),
    ('K', 72, 74),
    ('L', 75, 76),
];

/// The ids of all items, `A1` to `L76`.
pub fn items() -> Vec<String> {
    CHAPTERS
        .iter()
        .flat_map(|(letter, first, last)| (*first..=*last).map(move |n| format!("{letter}{n}")))
        .collect()
}

/// What Art. 28(3) GDPR asks for by name, and the items that stand for it.
pub const POINTS: [(&str, &[&str]); 15] = [
    ("subject-matter", &["B15", "B24"]),
    ("duration", &["B16"]),
    ("nature", &["B17"]),
    ("purpose", &["B18"]),
    ("types of data", &["B19", "B21"]),
    ("data subjects", &["B20"]),
    ("(a) documented instructions", &["C25", "C26", "C27", "G54"]),
    ("(b) confidentiality", &["D33"]),
    ("(c) security", &["E36", "E38"]),
    ("(d) sub-processors", &["F42", "F43", "F45", "F47", "F48"]),
    ("(e) rights of data subjects", &["H57", "H58"]),
    ("(f) Art. 32 to 36", &["H59", "I62", "I63"]),
    ("(g) deletion or return", &["K72", "K73", "K74"]),
    ("(h) proof and audits", &["J66", "J67", "J69"]),
    ("last sentence: unlawful instructions", &["C30"]),
];

/// The points that an item belongs to.
pub fn points_of(item: &str) -> Vec<&'static str> {
    POINTS.iter().filter(|(_, items)| items.contains(&item)).map(|(point, _)| *point).collect()
}

/// Words that no text may hold, by the item that forbids them. A text's own checklist adds more.
pub const FORBIDDEN: [(&str, &[&str]); 7] = [
    ("A11", &["____", "....", "ort, datum", "place, date", "place and date"]),
    (
        "B24",
        &[
            "wie im hauptvertrag",
            "siehe hauptvertrag",
            "as set out in the main contract",
            "see main contract",
        ],
    ),
    (
        "C27",
        &[
            "recht eines drittland",
            "recht eines drittstaat",
            "drittlandsrecht",
            "law of a third country",
            "third-country law",
        ],
    ),
    (
        "C31",
        &[
            "zu eigenen zwecken",
            "produktverbesserung",
            "statistische zwecke",
            "product improvement",
            "statistical purposes",
        ],
    ),
    ("F51", &["verbundene unternehmen", "affiliates"]),
    ("G56", &["privacy shield", "safe harbor", "safe harbour", "2010/87", "2004/915", "2001/497"]),
    ("J69", &["vollwertiger ersatz", "full substitute", "in lieu of an audit"]),
];

/// What is left over from writing.
pub const LEFT_OVER: [&str; 7] = ["{{", "}}", "todo", "xxx", "tbd", "undefined", "???"];

/// Boxes that every text has: read, authority to bind, no consumer, own legal basis, electronic form.
pub const BOXES: [&str; 5] = ["read", "authority", "business", "own_permission", "electronic"];

/// Options of which a contract has exactly one.
pub const ALTERNATIVES: [&[&str]; 1] = [&["general_authorisation", "specific_authorisation"]];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_seventy_six_items_and_every_point_names_some_of_them() {
        let all = items();
        assert_eq!((all.len(), all[0].as_str(), all[75].as_str()), (76, "A1", "L76"));
        for (point, ids) in POINTS {
            assert!(!ids.is_empty() && ids.iter().all(|id| all.iter().any(|a| a == id)), "{point}");
        }
        assert_eq!(points_of("E36"), ["(c) security"]);
    }
}
