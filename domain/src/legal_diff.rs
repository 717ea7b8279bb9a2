//! What is different between two contract texts, clause by clause. Which words inside a clause differ is shown by the
//! page; here it is decided which clauses are compared with which: clause ids stay, that is what they are for.

use crate::legal_text::{Block, Clause, Section, SectionSource};

/// A clause that is not the same in both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseChange {
    /// Stable id.
    pub id: String,
    /// Heading of its section, of the new text where it is there.
    pub section: String,
    /// Pairs of old and new, one a paragraph or list item; one side is empty where there is nothing.
    pub lines: Vec<(String, String)>,
    /// What happened to it.
    pub kind: ChangeKind,
}

/// What happened to a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It says something else.
    Changed,
    /// It is gone.
    Removed,
}

impl ChangeKind {
    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// A text as written, with all clauses of all options and its placeholders, for comparing versions.
pub fn as_written(sections: &[SectionSource]) -> Vec<Section> {
    let clause = |(n, c): (usize, &crate::legal_text::ClauseSource)| Clause {
        number: n + 1,
        id: c.id.clone(),
        blocks: c.blocks.clone(),
    };
    let section = |(n, s): (usize, &SectionSource)| Section {
        number: n + 1,
        id: s.id.clone(),
        title: s.title.clone(),
        clauses: s.clauses.iter().enumerate().map(clause).collect(),
    };
    sections.iter().enumerate().map(section).collect()
}

/// Every clause that differs: first those of the new text in its order, then what is gone.
pub fn compare(old: &[Section], new: &[Section]) -> Vec<ClauseChange> {
    let mut changes = Vec::new();
    for section in new {
        for clause in &section.clauses {
            let before = find(old, &clause.id);
            if before.is_some_and(|c| c.blocks == clause.blocks) {
                continue;
            }
            let kind = if before.is_some() { ChangeKind::Changed } else { ChangeKind::Added };
            let lines = pairs(&before.map(lines).unwrap_or_default(), &lines(clause));
            changes.push(ClauseChange { id: clause.id.clone(), section: section.title.clone(), lines, kind });
        }
    }
    for section in old {
        for clause in section.clauses.iter().filter(|c| find(new, &c.id).is_none()) {
            let title = new.iter().find(|s| s.id == section.id).map_or(&section.title, |s| &s.title);
            let lines = pairs(&lines(clause), &[]);
            let kind = ChangeKind::Removed;
            changes.push(ClauseChange { id: clause.id.clone(), section: title.clone(), lines, kind });
        }
    }
    changes
}

fn find<'a>(sections: &'a [Section], id: &str) -> Option<&'a Clause> {
    sections.iter().flat_map(|s| &s.clauses).find(|c| c.id == id)
}

fn lines(clause: &Clause) -> Vec<String> {
    let of = |b: &Block| match b {
        Block::Paragraph { text } => vec![text.clone()],
        Block::List { items } => items.iter().map(|i| format!("– {i}")).collect(),
    };
    clause.blocks.iter().flat_map(of).collect()
}

/// Lines beside each other: equal ones meet, what lies between them is paired in order.
fn pairs(old: &[String], new: &[String]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let meets = (i < old.len()).then(|| new[j..].iter().position(|l| *l == old[i])).flatten();
        let met = (j < new.len()).then(|| old[i..].iter().position(|l| *l == new[j])).flatten();
        match (meets, met) {
            (Some(0), _) => {
                out.push((old[i].clone(), new[j].clone()));
                (i, j) = (i + 1, j + 1);
            }
            // The old line comes again later: what stands before it is new.
            (Some(ahead), _) if met.is_none() => {
                out.extend(new[j..j + ahead].iter().map(|l| (String::new(), l.clone())));
                j += ahead;
            }
            (_, Some(ahead)) => {
                out.extend(old[i..i + ahead].iter().map(|l| (l.clone(), String::new())));
                i += ahead;
            }
            _ => {
                out.push((old.get(i).cloned().unwrap_or_default(), new.get(j).cloned().unwrap_or_default()));
                (i, j) = ((i + 1).min(old.len()), (j + 1).min(new.len()));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legal_text::parse_section;

    fn text(source: &str) -> Vec<Section> {
        as_written(&[parse_section(source).unwrap()])
    }

    #[test]
    fn clauses_meet_by_their_ids_and_lines_by_their_words() {
        let old =
            text("# A\n! a\n\n[a.one]\nSame.\n\nTen days.\n\n[a.two]\nGone.\n\n[a.three]\nStays {x}.\n");
        let new = text(
            "# A\n! a\n\n[a.new]\nNew.\n\n[a.one]\nSame.\n\nOne more.\n\nTen days.\n\n[a.three]\nStays {x}.\n",
        );
        let changes = compare(&old, &new);
        let kinds: Vec<_> = changes.iter().map(|c| (c.id.as_str(), c.kind.name())).collect();
        assert_eq!(kinds, [("a.new", "added"), ("a.one", "changed"), ("a.two", "removed")]);
        let lines: Vec<_> = changes[1].lines.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(lines, [("Same.", "Same."), ("", "One more."), ("Ten days.", "Ten days.")]);
        assert!(compare(&new, &new).is_empty());
    }

    #[test]
    fn lines_that_change_places_are_all_told_and_the_end_is_reached() {
        let list = |s: &str| s.chars().map(String::from).collect::<Vec<_>>();
        for (old, new) in
            [("ab", "ba"), ("abc", "cab"), ("", "ab"), ("ab", ""), ("abcd", "xbyd"), ("aa", "a")]
        {
            let paired = pairs(&list(old), &list(new));
            let left: String = paired.iter().map(|(a, _)| a.as_str()).collect();
            let right: String = paired.iter().map(|(_, b)| b.as_str()).collect();
            assert_eq!((left.as_str(), right.as_str()), (old, new));
        }
    }
}
