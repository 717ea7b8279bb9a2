//! The only place with a text area. leptos 0.8 writes its children UNESCAPED, so the text goes in as
//! `inner_html`, escaped here. Remove the escaping when moving to leptos 0.9, or it escapes twice.

use super::field::Described;
use leptos::prelude::*;

/// The control of a [`super::Field`] of several lines.
pub(super) fn textarea(d: &Described, value: &str, rows: u8, autocomplete: Option<&'static str>) -> AnyView {
    // The parser drops one line break after the tag: without one of ours it would be the person's.
    let inner = format!("\n{}", html_escape::encode_text(value));
    view! {
        <textarea
            class="input input--area"
            id=d.id.clone()
            name=d.name.clone()
            rows=rows.to_string()
            autocomplete=autocomplete
            aria-describedby=d.described_by.clone()
            aria-invalid=d.invalid
            inner_html=inner
        ></textarea>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use crate::components::Field;
    use crate::render;

    #[test]
    fn what_was_typed_cannot_leave_the_text_area() {
        let typed = "\na & b</textarea><script>alert(1)</script>";
        let html = render::fragment(|| Field::textarea("note", "Note").value(typed).view());
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains("\n\na &amp; b&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1);
    }

    #[test]
    fn nobody_else_writes_one() {
        fn walk(folder: &std::path::Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, found);
                } else if std::fs::read_to_string(&path).unwrap().contains(concat!("<text", "area")) {
                    found.push(path.file_name().unwrap().to_string_lossy().into_owned());
                }
            }
        }
        let mut found = Vec::new();
        walk(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
        assert_eq!(found, ["textarea.rs"]);
    }
}
