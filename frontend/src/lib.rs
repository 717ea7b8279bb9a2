//! The wasm entry: `app/assets/loader.js` calls [`hydrate`] once and then each island by its name.

use wasm_bindgen::prelude::wasm_bindgen;

// The islands are exported functions of this crate; without a mention the linker would leave them out.
use app as _;

/// Makes the reactive system ready for the islands of a page.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
