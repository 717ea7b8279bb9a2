//! From a view to the bytes that a browser gets.

use leptos::prelude::*;
use std::sync::{Arc, Once};

static EXECUTOR: Once = Once::new();

/// Renders a whole document: the doctype and what `view` makes. The view is made inside a fresh owner.
pub fn page(view: impl FnOnce() -> AnyView) -> String {
    let mut html = String::from("<!DOCTYPE html>");
    html.push_str(&without_marks(fragment(view)));
    html
}

/// leptos marks places for hydration. Only islands are hydrated: a page without one needs no marks.
/// What people typed cannot look like a mark: its `<` is escaped.
fn without_marks(html: String) -> String {
    if html.contains("<leptos-island") { html } else { html.replace("<!>", "").replace("<!--<() />-->", "") }
}

/// Renders a piece without the doctype (tests, parts of a page).
pub fn fragment(view: impl FnOnce() -> AnyView) -> String {
    EXECUTOR.call_once(|| {
        // Somebody else (a test, another renderer) may have set the executor first: as good.
        drop(any_spawner::Executor::init_tokio());
    });
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    let html = owner.with(|| view().to_html());
    owner.unset_with_forced_cleanup();
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_carries_no_marks_and_escapes_what_was_typed() {
        let typed = String::from("<!> & \"x\"");
        let html =
            page(|| view! { <p title=typed.clone()>{typed.clone()}{Some("b")}{None::<&str>}</p> }.into_any());
        assert_eq!(
            html,
            "<!DOCTYPE html><p title=\"&lt;!&gt; &amp; &quot;x&quot;\">&lt;!&gt; &amp; \"x\"b</p>"
        );
    }
}
