//! The little world that typst sees: the template and its modules, two JSON documents, a QR code, an
//! attachment, our fonts. No packages, no network, no disk, and the day is the document's.

use crate::fonts::{FONTS, TEMPLATES};
use chrono::{DateTime, Datelike, Timelike, Utc};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    // Header cells of rows, for people who listen to a table.
    LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build())
});

/// What one rendering may read.
pub(crate) struct Desk {
    main: FileId,
    files: BTreeMap<&'static str, Bytes>,
    at: DateTime<Utc>,
}

impl Desk {
    /// A desk with a template on it; `None` if there is no such template.
    pub(crate) fn new(
        template: &str,
        files: BTreeMap<&'static str, Bytes>,
        at: DateTime<Utc>,
    ) -> Option<Self> {
        let path = VirtualPath::new(template).ok()?;
        Some(Self { main: RootedPath::new(VirtualRoot::Project, path).intern(), files, at })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        TEMPLATES.get(name(id)).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(name(id)).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.faces.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let ymd = |at: DateTime<Utc>| {
            Some((at.year(), u8::try_from(at.month()).ok()?, u8::try_from(at.day()).ok()?))
        };
        let (year, month, day) = ymd(self.at)?;
        Datetime::from_ymd(year, month, day)
    }
}

/// A moment as typst writes it; `None` outside the years that it knows.
pub(crate) fn datetime(at: DateTime<Utc>) -> Option<Datetime> {
    let byte = |n: u32| u8::try_from(n).ok();
    let (hour, minute, second) = (byte(at.hour())?, byte(at.minute())?, byte(at.second())?);
    let year = Some(at.year()).filter(|y| (1..=9999).contains(y))?;
    Datetime::from_ymd_hms(year, byte(at.month())?, byte(at.day())?, hour, minute, second)
}

/// Packages have another root: nothing of theirs is found here.
fn name(id: FileId) -> &'static str {
    let path = id.get();
    match path.root() {
        VirtualRoot::Project => path.vpath().get_without_slash(),
        VirtualRoot::Package(_) => "",
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(name(id).into())
}
