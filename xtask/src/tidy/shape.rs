//! The shape of source files: first line, length, and words that must not occur.

use super::Finding;
use super::source::Source;

const LINES: usize = 400;
/// The one place that may write a textarea, because it escapes by itself.
const TEXTAREA: &str = "app/src/components/textarea.rs";
/// What would bring time or chance into `domain`.
const CHANCE: [&str; 6] =
    ["Utc::now", "Local::now", "SystemTime::now", "Uuid::now_v7", "Uuid::new_v4", "getrandom"];

/// Checks every source.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let checks = [opens_with_words, length, no_todo, textarea, style_attribute, chance];
    sources.iter().flat_map(|source| checks.iter().flat_map(|check| check(source))).collect()
}

/// Test files may be long; the reader is told.
pub fn long_tests(sources: &[Source]) -> Vec<Finding> {
    let tests = sources.iter().filter(|source| is_test(source));
    tests.filter_map(|source| too_long(source, source.text.len())).collect()
}

fn is_test(source: &Source) -> bool {
    source.owner() == "tests" || source.path.contains("/tests/") || source.path.ends_with("/tests.rs")
}

fn opens_with_words(source: &Source) -> Vec<Finding> {
    let well = source.text.starts_with("//! ");
    let what = "a file opens with a `//!` line that says what it is for.";
    if well { vec![] } else { vec![Finding::new(format!("{}:1", source.path), what)] }
}

fn length(source: &Source) -> Vec<Finding> {
    let shipped = source.end_of_shipped();
    (!is_test(source)).then(|| too_long(source, shipped)).flatten().into_iter().collect()
}

fn too_long(source: &Source, end: usize) -> Option<Finding> {
    let lines = source.text[..end].lines().count();
    let what = format!("{lines} lines; a file has at most {LINES} before its tests. Split it by subject.");
    (lines > LINES).then(|| Finding::new(format!("{}:{lines}", source.path), what))
}

fn no_todo(source: &Source) -> Vec<Finding> {
    everywhere(source, "todo!", "nothing is left open in code; write it or leave it out.")
}

fn textarea(source: &Source) -> Vec<Finding> {
    if source.path == TEXTAREA || !["app", "server"].contains(&source.owner()) {
        return vec![];
    }
    everywhere(source, "<textarea", "leptos 0.8 does not escape a textarea; use the component TextArea.")
}

/// `style="…"` and leptos' `style:name=…`, both refused by the content security policy. rustfmt puts a space before
/// the `=` of an assignment, so those are not mistaken for attributes.
fn style_attribute(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("app/src/") {
        return vec![];
    }
    let is_attribute = |at: usize| {
        let rest = &source.code[at + "style".len()..];
        let directive = rest
            .strip_prefix(':')
            .map(|rest| rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '-'));
        rest.starts_with('=') && !rest.starts_with("==")
            || directive.is_some_and(|rest| rest.starts_with('='))
    };
    let words = source.words().filter(|(at, word)| *word == "style" && is_attribute(*at));
    words
        .map(|(at, _)| Finding::new(source.place(at), "the browser refuses style attributes; use a class."))
        .collect()
}

fn chance(source: &Source) -> Vec<Finding> {
    if source.owner() != "domain" {
        return vec![];
    }
    let what = "domain gets time and ids as arguments.";
    CHANCE.iter().flat_map(|word| everywhere(source, word, what)).collect()
}

fn everywhere(source: &Source, word: &str, what: &str) -> Vec<Finding> {
    source.code.match_indices(word).map(|(at, _)| Finding::new(source.place(at), what)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<String> {
        check(&[Source::new(path, &format!("//! x\n{text}"))]).into_iter().map(|finding| finding.at).collect()
    }

    #[test]
    fn a_file_says_what_it_is_for() {
        assert_eq!(check(&[Source::new("app/src/a.rs", "fn a() {}")])[0].at, "app/src/a.rs:1");
        assert_eq!(findings("app/src/a.rs", "fn a() {}"), [""; 0]);
    }

    #[test]
    fn a_file_is_short_but_its_tests_may_go_on() {
        assert_eq!(findings("app/src/a.rs", &"\n".repeat(400)), ["app/src/a.rs:401"]);
        assert_eq!(findings("app/src/a.rs", &format!("#[cfg(test)]\n{}", "\n".repeat(400))), [""; 0]);
        assert_eq!(findings("tests/tests/it/a.rs", &"\n".repeat(400)), [""; 0]);
    }

    #[test]
    fn textareas_and_styles_have_their_place() {
        assert_eq!(
            findings("app/src/pages/a.rs", "view! { <textarea name=\"a\"> }"),
            ["app/src/pages/a.rs:2"]
        );
        assert_eq!(findings(TEXTAREA, "view! { <textarea name=\"a\"> }"), [""; 0]);
        assert_eq!(findings("app/src/a.rs", "view! { <p style=\"a\"> <p style:width=x> }").len(), 2);
        assert_eq!(findings("app/src/a.rs", "let style = 1; a(style == b); S { style: x }"), [""; 0]);
    }

    #[test]
    fn the_domain_does_not_look_at_the_clock() {
        assert_eq!(findings("domain/src/a.rs", "let now = Utc::now(); // Utc::now"), ["domain/src/a.rs:2"]);
        assert_eq!(findings("server/src/edge.rs", "let now = Utc::now();"), [""; 0]);
        assert_eq!(findings("server/src/edge.rs", "todo!()").len(), 1);
    }
}
