//! The programs that look at PDF files: poppler and qpdf. A test that needs one passes without it, and says so.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// What a program says about a PDF that it gets as a file; `None` where the program is missing.
pub fn ask(program: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> Option<(bool, String)> {
    let mut file = TempFile::new();
    file.1.write_all(pdf).unwrap();
    let mut command = Command::new(program);
    command.args(before).arg(&file.0).args(after).stderr(Stdio::null());
    let Ok(output) = command.output() else {
        eprintln!("{program} is not installed: skipped");
        return None;
    };
    Some((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The text of each page, in its layout.
pub fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let (_, text) = ask("pdftotext", &["-layout"], pdf, &["-"])?;
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(Into::into).collect())
}

/// Whether these bytes contain this text.
pub fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|w| w == text.as_bytes())
}

/// Keeps a file for people who want to look, where they have said so.
pub fn preview(name: &str, pdf: &[u8]) {
    if let Ok(folder) = std::env::var("DOCUMENTS_PREVIEW") {
        std::fs::write(format!("{folder}/{name}.pdf"), pdf).unwrap();
    }
}

struct TempFile(std::path::PathBuf, std::fs::File);

impl TempFile {
    fn new() -> Self {
        static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let n = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("av-portal-documents-{}-{n}.pdf", std::process::id()));
        let file = std::fs::File::create(&path).unwrap();
        Self(path, file)
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
