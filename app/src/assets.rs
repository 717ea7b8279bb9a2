//! What the browser fetches beside the page: one style sheet, one icon sprite, the mark. The address of each
//! holds the hash of its bytes, so that it can be kept for ever.

use std::sync::OnceLock;

/// The style sheet in the order of its layers.
const STYLE: &[&str] = &[
    include_str!("../style/tokens.css"),
    include_str!("../style/base.css"),
    include_str!("../style/layout.css"),
    include_str!("../style/components.css"),
    include_str!("../style/lists.css"),
    include_str!("../style/forms.css"),
    include_str!("../style/pages.css"),
    include_str!("../style/contracts.css"),
    include_str!("../style/reading.css"),
    include_str!("../style/print.css"),
];

/// Bytes with everything that an answer needs.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Address in pages: `/assets/app.0123456789abcdef.css`.
    pub url: String,
    /// Name in code: `app.css`.
    pub name: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
    /// For `Content-Type`.
    pub media_type: &'static str,
    /// For `ETag`, in its quotes.
    pub etag: String,
}

fn all() -> &'static [Asset] {
    static ALL: OnceLock<Vec<Asset>> = OnceLock::new();
    ALL.get_or_init(|| {
        vec![
            asset("app.css", "text/css; charset=utf-8", &STYLE.concat()),
            asset("icons.svg", "image/svg+xml", include_str!("../assets/icons.svg")),
            asset("favicon.svg", "image/svg+xml", include_str!("../assets/favicon.svg")),
            asset("loader.js", "text/javascript; charset=utf-8", include_str!("../assets/loader.js")),
        ]
    })
}

fn asset(name: &'static str, media_type: &'static str, text: &str) -> Asset {
    let hash = &domain::annex::fingerprint(text)[..16];
    let (stem, end) = name.split_once('.').unwrap_or((name, ""));
    Asset {
        url: format!("/assets/{stem}.{hash}.{end}"),
        name,
        bytes: text.as_bytes().to_vec(),
        media_type,
        etag: format!("\"{hash}\""),
    }
}

/// The address of an asset by its name (`app.css`, `icons.svg`, `favicon.svg`, `loader.js`); empty when there is none.
pub fn url(name: &str) -> &'static str {
    all().iter().find(|a| a.name == name).map_or("", |a| &a.url)
}

/// The asset at an address.
pub fn get(path: &str) -> Option<&'static Asset> {
    all().iter().find(|a| a.url == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_its_bytes() {
        for name in ["app.css", "icons.svg", "favicon.svg", "loader.js"] {
            let asset = get(url(name)).unwrap();
            assert!(!asset.bytes.is_empty() && asset.url.contains(asset.etag.trim_matches('"')), "{name}");
        }
        assert!(get("/assets/app.css").is_none() && url("other").is_empty());
    }

    #[test]
    fn every_icon_named_in_the_code_is_in_the_sprite() {
        let sprite = include_str!("../assets/icons.svg");
        for name in crate::components::ICONS {
            assert!(sprite.contains(&format!("id=\"{name}\"")), "{name}");
        }
    }

    #[test]
    fn the_style_sheet_fetches_nothing_and_uses_only_tokens_it_has() {
        let css = STYLE.concat();
        assert!(!css.contains("@import") && !css.contains("url("), "no third party");
        for part in css.split("var(--").skip(1) {
            let name = part.split([')', ',']).next().unwrap_or_default();
            assert!(css.contains(&format!("--{name}:")), "--{name} is not defined");
        }
    }
}
