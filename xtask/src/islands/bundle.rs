//! From a wasm module to what the browser fetches: glue, small wasm, names with hashes, compressed twins.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use wasm_bindgen_cli_support::Bindgen;

use crate::{checkout, hash, needs, shell};

const NPM_LIMIT: Duration = Duration::from_mins(1);
/// Debian's binaryen is too old for what rustc emits.
const BINARYEN: &str = "binaryen@132";
const OPTIMISE: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

/// Makes the bundle in `folder`, which holds nothing else afterwards.
pub fn make(module: &Path, folder: &Path) -> Result<(), String> {
    let raw = checkout::cache("islands/raw");
    bind(module, &raw)?;
    let wasm = optimised(&raw.join("app_bg.wasm"))?;
    let glue = bytes(&raw.join("app.js"))?;
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| format!("{} cannot be removed: {e}.", folder.display()))?;
    }
    let js = put(folder, "js", &glue)?;
    let wasm = put(folder, "wasm", &wasm)?;
    let manifest = serde_json::json!({ "js": js, "wasm": wasm });
    checkout::write(&folder.join("manifest.json"), format!("{manifest}\n").as_bytes())
}

fn bind(module: &Path, raw: &Path) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    let web = bindgen.input_path(module).web(true).map_err(|e| format!("wasm-bindgen: {e:#}."))?;
    web.typescript(false).remove_name_section(true).remove_producers_section(true);
    // The loader names the module's address, which holds a hash that the glue cannot know.
    web.omit_default_module_path(true).out_name("app");
    web.generate(raw).map_err(|e| format!("wasm-bindgen: {e:#}."))?;
    if raw.join("snippets").exists() {
        return Err("the islands bring JavaScript snippets, which the server does not serve.".into());
    }
    Ok(())
}

/// The module made smaller by `wasm-opt`; as it was where that cannot be had.
fn optimised(module: &Path) -> Result<Vec<u8>, String> {
    let small = module.with_extension("small.wasm");
    match wasm_opt() {
        Ok(program) => {
            let mut command = shell::in_checkout(program);
            command.arg(module).args(OPTIMISE).arg("-o").arg(&small);
            if shell::well(&mut command)? { bytes(&small) } else { Err("wasm-opt failed.".into()) }
        }
        Err(why) => {
            println!("xtask: the islands stay larger than they need be: {why}");
            bytes(module)
        }
    }
}

fn wasm_opt() -> Result<PathBuf, String> {
    let tools = checkout::cache("tools");
    let ours = tools.join("node_modules/.bin/wasm-opt");
    if ours.exists() {
        return Ok(ours);
    }
    if !needs::allowed() {
        return Err("wasm-opt is not installed (npm package binaryen).".into());
    }
    fs::create_dir_all(&tools).map_err(|e| format!("{} cannot be made: {e}.", tools.display()))?;
    let mut npm = shell::in_checkout(needs::npm()?);
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(&tools);
    let got = shell::well_within(npm.arg(BINARYEN).stdout(Stdio::null()), NPM_LIMIT)?;
    if got && ours.exists() { Ok(ours) } else { Err(format!("npm could not get {BINARYEN}.")) }
}

/// Writes `app.<hash>.<end>` with its `.br` and `.gz`, and returns the name.
fn put(folder: &Path, end: &str, content: &[u8]) -> Result<String, String> {
    let name = format!("app.{}.{end}", &hash::of(content)[..16]);
    checkout::write(&folder.join(&name), content)?;
    checkout::write(&folder.join(format!("{name}.br")), &brotli(content)?)?;
    checkout::write(&folder.join(format!("{name}.gz")), &gzip(content)?)?;
    Ok(name)
}

fn brotli(content: &[u8]) -> Result<Vec<u8>, String> {
    let mut small = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    let written = brotli::BrotliCompress(&mut &*content, &mut small, &parameters);
    written.map(|_| small).map_err(|e| format!("brotli: {e}."))
}

fn gzip(content: &[u8]) -> Result<Vec<u8>, String> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).and_then(|()| encoder.finish()).map_err(|e| format!("gzip: {e}."))
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|e| format!("{} cannot be read: {e}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn twins_unpack_to_the_same() {
        let text = b"islands islands islands islands".repeat(20);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*brotli(&text).unwrap(), &mut back).unwrap();
        assert_eq!(back, text);
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&*gzip(&text).unwrap()).read_to_end(&mut back).unwrap();
        assert_eq!(back, text);
    }
}
