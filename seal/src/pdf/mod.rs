//! As much PDF as a seal needs: reading the originals that we write, and the one update that seals them.

mod lexer;
mod original;
mod text;
mod update;

pub use original::Original;
pub use update::{GAP, Sealed, Update, find};

/// Whether it begins like a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-1.")
}

/// Whether the file says that it is encrypted, in its last trailer or cross-reference stream.
pub fn is_encrypted(bytes: &[u8]) -> bool {
    let from = original::last_table(bytes).and_then(|at| bytes.get(at..)).unwrap_or_default();
    has(from, b"/Encrypt")
}

/// Whether there is any trace of a signature.
pub fn has_traces(bytes: &[u8]) -> bool {
    const TRACES: [&[u8]; 4] = [b"/ByteRange", b"/SubFilter", b"/SigFlags", update::MARK];
    TRACES.iter().any(|trace| has(bytes, trace))
}

/// Whether these bytes contain those.
fn has(bytes: &[u8], what: &[u8]) -> bool {
    first(bytes, what).is_some()
}

/// Where those bytes occur first. Looks for the first byte, which is rare enough, then compares.
fn first(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let head = what.first()?;
    let mut from = 0;
    while let Some(rest) = bytes.get(from..) {
        let at = from + rest.iter().position(|byte| byte == head)?;
        if bytes.get(at..).is_some_and(|rest| rest.starts_with(what)) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}
