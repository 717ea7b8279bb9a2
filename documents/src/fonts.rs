//! What lies in `content/pdf`: fonts, templates, labels. Read once, from the program itself.

use rust_embed::Embed;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::syntax::{RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

#[derive(Embed)]
#[folder = "../content/pdf/"]
struct Content;

/// The fonts and what they can draw.
pub(crate) struct Fonts {
    pub(crate) faces: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
    /// Characters that some face has.
    pub(crate) any: BTreeSet<char>,
    /// Characters that each of the text faces has, so that no fallback is needed.
    pub(crate) main: BTreeSet<char>,
}

pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let faces: Vec<Font> = files(".ttf").flat_map(|(_, bytes)| Font::iter(bytes)).collect();
    let book = LazyHash::new(FontBook::from_fonts(&faces));
    let any = faces.iter().flat_map(coverage).collect();
    let text = faces.iter().filter(|f| f.info().family.starts_with("Source "));
    let main = text.map(|f| coverage(f).collect()).reduce(|a: BTreeSet<char>, b| &a & &b);
    Fonts { faces, book, any, main: main.unwrap_or_default() }
});

/// The template and its modules, parsed, by name such as `contract.typ`.
pub(crate) static TEMPLATES: LazyLock<BTreeMap<String, Source>> = LazyLock::new(|| {
    let parse = |(name, bytes): (String, Bytes)| {
        let text = std::str::from_utf8(&bytes).ok()?.to_owned();
        let path = VirtualPath::new(&name).ok()?;
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        Some((name, Source::new(id, text)))
    };
    files(".typ").filter_map(parse).collect()
});

/// The fixed words of one language, as JSON.
pub(crate) fn labels(language: &str) -> Option<Bytes> {
    Some(Bytes::new(Content::get(&format!("labels/{language}.json"))?.data))
}

fn files(ending: &str) -> impl Iterator<Item = (String, Bytes)> {
    let mut names: Vec<String> =
        Content::iter().map(Into::into).filter(|n: &String| n.ends_with(ending)).collect();
    names.sort_unstable(); // the order of fonts decides about fallback: it must not depend on the disk
    names.into_iter().filter_map(|name| Content::get(&name).map(|file| (name, Bytes::new(file.data))))
}

fn coverage(font: &Font) -> impl Iterator<Item = char> + '_ {
    font.info().coverage.iter().filter_map(char::from_u32)
}
