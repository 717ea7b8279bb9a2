//! Where things lie: the checkout, the build folder, the bundle of the islands.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder that holds the workspace's `Cargo.toml`.
///
/// Cargo names it at run time; a build folder shared by several clones may hold a binary built in another one.
pub fn root() -> PathBuf {
    let ours = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let ours =
        ours.filter(|folder| folder.ends_with("xtask")).unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    ours.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Cargo's build folder: the one that was asked for, else the grandparent of the running binary
/// (`<target>/debug/xtask`). A folder that somebody made beforehand has no tag of cargo's.
pub fn target() -> PathBuf {
    if let Some(asked) = std::env::var_os("CARGO_TARGET_DIR").filter(|asked| !asked.is_empty()) {
        return root().join(asked);
    }
    let exe = std::env::current_exe().unwrap_or_default();
    let built = exe.ancestors().skip(1).find(|folder| folder.join("CACHEDIR.TAG").exists());
    built.map_or_else(|| root().join("target"), Path::to_path_buf)
}

/// Our own corner of the build folder: stamps, tools, bundles.
pub fn cache(name: &str) -> PathBuf {
    target().join("xtask").join(name)
}

/// The folder that the server embeds.
pub fn islands() -> PathBuf {
    root().join("server/islands")
}

/// Reads a text file; the error names it.
pub fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{} cannot be read: {e}.", path.display()))
}

/// Writes a file and the folders above it; the error names it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder
        .and_then(|()| fs::write(path, bytes))
        .map_err(|e| format!("{} cannot be written: {e}.", path.display()))
}

/// All files below a folder, sorted; an absent folder has none.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(_) => found.push(entry.path()),
                Err(_) => {}
            }
        }
    }
    found.sort();
    found
}

/// A path as people write it: relative to the checkout, with `/`.
pub fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
