//! The words of the pages: Fluent files in `content/ui/{de,en}`, one a topic, embedded in the program.
//! A new topic is a file of the same name in both languages and one line in [`FILES`].

use domain::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;

macro_rules! files {
    ($($name:literal)*) => {
        /// Every topic: its name, German, English.
        pub const FILES: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("../../content/ui/de/", $name, ".ftl")),
            include_str!(concat!("../../content/ui/en/", $name, ".ftl")),
        ),)*];
    };
}

files! {
    "base"
    "mistakes"
    "public"
    "account"
    "customers"
    "contracts"
    "ending"
    "annexes"
    "texts"
    "gate"
    "desk"
    "admin"
    "clients"
    "api"
    "outbox"
    "audit"
    "registers"
    "breaches"
    "audits"
}

/// The words in one language. Copy it everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct T(pub Lang);

impl T {
    /// The text of a key. A key that is missing reads `⟨key⟩`, which no sample page may contain.
    pub fn t(self, key: &str) -> String {
        self.tr(key, &[])
    }

    /// The text of a key with its variables. Whole numbers choose the plural form.
    pub fn tr(self, key: &str, args: &[(&str, &str)]) -> String {
        let bundle = bundle(self.0);
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
            return format!("⟨{key}⟩");
        };
        let mut given = FluentArgs::new();
        for (name, value) in args {
            given.set(*name, value_of(value));
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&given), &mut errors);
        if errors.is_empty() { text.into_owned() } else { format!("⟨{key}: {text}⟩") }
    }

    /// Whether the key exists (for texts that only some things have).
    pub fn has(self, key: &str) -> bool {
        bundle(self.0).has_message(key)
    }

    /// `/de/…` or `/en/…` for a path such as `/customers`.
    pub fn url(self, path: &str) -> String {
        format!("/{}{path}", self.0.code())
    }
}

/// `3` is a number that chooses a plural; `01234` and `K10001` are words.
fn value_of(value: &str) -> FluentValue<'_> {
    match value.parse::<i32>() {
        Ok(n) if n.to_string() == value => FluentValue::from(n),
        _ => FluentValue::from(value),
    }
}

fn bundle(lang: Lang) -> &'static FluentBundle<FluentResource> {
    static DE: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    static EN: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    match lang {
        Lang::De => DE.get_or_init(|| load(Lang::De)),
        Lang::En => EN.get_or_init(|| load(Lang::En)),
    }
}

fn load(lang: Lang) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.code().parse().unwrap_or_default()]);
    // The isolation marks would end up in copied text and in mails.
    bundle.set_use_isolating(false);
    for (_, de, en) in FILES {
        let text = if lang == Lang::De { de } else { en };
        // A file with mistakes loads as far as it is right; the tests refuse it.
        let resource = FluentResource::try_new((*text).to_string()).unwrap_or_else(|(r, _)| r);
        drop(bundle.add_resource(resource));
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// The messages of a file with the variables that each of them uses.
    fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|_| line.starts_with(char::is_alphabetic)) {
                current = key.to_string();
                assert!(all.insert(current.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
            }
            for part in line.split('$').skip(1) {
                let name = part
                    .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
                    .next()
                    .unwrap_or_default();
                all.entry(current.clone()).or_default().insert(name.into());
            }
        }
        all
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_variables() {
        let mut seen = BTreeSet::new();
        for (name, de, en) in FILES {
            for text in [de, en] {
                if let Err((_, errors)) = FluentResource::try_new((*text).to_string()) {
                    panic!("{name}.ftl: {errors:?}");
                }
            }
            let (de, en) = (messages(de), messages(en));
            for key in de.keys().chain(en.keys()) {
                assert_eq!(de.get(key), en.get(key), "{name}.ftl: {key} differs between the languages");
            }
            for key in de.into_keys() {
                assert!(seen.insert(key.clone()), "{key} stands in two files");
            }
        }
    }

    #[test]
    fn no_page_asks_for_a_message_that_does_not_exist() {
        let mut missing = Vec::new();
        for file in sources(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
            let text = std::fs::read_to_string(&file).unwrap();
            for call in [".t(\"", ".tr(\""] {
                for part in text.split(call).skip(1) {
                    let key = part.split('"').next().unwrap_or_default();
                    if !key.is_empty() && !T(Lang::De).has(key) && key != "no-such-key" {
                        missing.push(format!("{}: {key}", file.display()));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "missing in content/ui:\n{}", missing.join("\n"));
    }

    fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                all.extend(sources(&path));
            } else if !path.ends_with("i18n.rs") {
                all.push(path);
            }
        }
        all
    }

    #[test]
    fn texts_come_without_isolation_marks_and_count() {
        let t = T(Lang::De);
        assert_eq!(t.tr("mistake-too-long", &[("detail", "120")]), "Höchstens 120 Zeichen.");
        assert_eq!(t.t("no-such-key"), "⟨no-such-key⟩");
        assert_eq!(t.url("/desk"), "/de/desk");
    }
}
