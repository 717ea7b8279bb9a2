//! Other programs. A test that needs one passes without it, and says so; with `AVP_TEST_STRICT` set it fails.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder that goes away.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A fresh one.
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("av-portal-seal-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a program says: whether it went well, and its words (both outputs). `None` where it is missing.
pub fn run(
    program: &str,
    arguments: &[&dyn AsRef<std::ffi::OsStr>],
    folder: &Path,
) -> Option<(bool, String)> {
    let mut command = Command::new(program);
    command.args(arguments.iter().map(AsRef::as_ref)).current_dir(folder);
    match command.output() {
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            Some((output.status.success(), String::from_utf8_lossy(&said).into_owned()))
        }
        Err(why) => {
            missing(program, &why.to_string());
            None
        }
    }
}

/// Says that a program is missing; strictly, that is a failure.
pub fn missing(program: &str, why: &str) {
    assert!(std::env::var_os("AVP_TEST_STRICT").is_none(), "{program} is needed: {why}");
    eprintln!("{program} is not installed: skipped");
}

/// pyHanko's command: named by `AVP_PYHANKO`, else looked for.
pub fn pyhanko() -> String {
    std::env::var("AVP_PYHANKO").unwrap_or_else(|_| "pyhanko".into())
}

/// The same as [`run`], for a program that must go well if it is there.
pub fn well(program: &str, arguments: &[&dyn AsRef<std::ffi::OsStr>], folder: &Path) -> Option<String> {
    let (well, said) = run(program, arguments, folder)?;
    assert!(well, "{program}: {said}");
    Some(said)
}
