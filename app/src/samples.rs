//! Every page from made-up data in both languages: for the tests, for axe, for looking at them.
//! A new page adds its `samples` to [`PAGES`].

pub mod changed;
pub mod contract_forms;
pub mod contracts;
mod customers;
pub mod ending;

mod gallery;
pub mod registers;

use crate::layout::{Shell, UserBadge};
use crate::pages;
use domain::permission::StaffRole;
use domain::{CustomerId, Lang};

/// A page's samples: name and document.
type Samples = fn(Lang) -> Vec<(&'static str, String)>;

/// One line a page.
const PAGES: &[Samples] = &[
    pages::home::samples,
    pages::login::samples,
    pages::message::samples,
    pages::imprint::samples,
    pages::verify::samples,
    pages::clients::samples,
    pages::client::samples,
    pages::api::samples,
    pages::staff::samples,
    pages::account::samples,
    pages::password::samples,
    pages::my::samples,
    pages::request::samples,
    pages::contract::samples,
    pages::signing::samples,
    pages::contracts::samples,
    pages::staff_contract::samples,
    pages::notice::samples,
    pages::disposal::samples,
    pages::staff_disposal::samples,
    pages::preview::samples,
    pages::customers::samples,
    customers::samples,
    pages::customer_form::samples,
    pages::customer_people::samples,
    pages::import::samples,
    pages::desk::samples,
    pages::outbox::samples,
    pages::audit::samples,
    pages::annexes::samples,
    pages::texts::samples,
    pages::text::samples,
    pages::text_since::samples,
    pages::gate::samples,
    pages::decisions::samples,
    pages::instructions::samples,
    pages::instruction::samples,
    pages::breaches::samples,
    pages::breach::samples,
    pages::audits::samples,
    pages::audit_request::samples,
    gallery::samples,
];

/// Name, language and document of every sample.
pub fn all() -> Vec<(&'static str, Lang, String)> {
    let of = |lang: Lang| {
        PAGES.iter().flat_map(move |page| page(lang)).map(move |(name, html)| (name, lang, html))
    };
    Lang::ALL.into_iter().flat_map(of).collect()
}

/// A frame for a visitor.
pub fn shell(lang: Lang, path: &str) -> Shell {
    Shell::new(lang, format!("/{}{path}", lang.code()), "Muster Hosting")
}

/// A frame for somebody of the staff with these roles.
pub fn staff_shell(lang: Lang, path: &str, roles: &[StaffRole]) -> Shell {
    let user =
        UserBadge { name: "Eva Schönfeld".into(), staff_roles: roles.to_vec(), customers: Vec::new() };
    Shell { user: Some(user), demo: true, ..shell(lang, path) }
}

/// A frame for somebody of a customer.
pub fn customer_shell(lang: Lang, path: &str) -> Shell {
    let customers = vec![(customer_id(), "Tischlerei Sägebrecht GmbH".to_string())];
    let user = UserBadge { name: "Karl Sägebrecht".into(), staff_roles: Vec::new(), customers };
    Shell { user: Some(user), ..shell(lang, path) }
}

/// The id of the sample customer.
pub fn customer_id() -> CustomerId {
    "0192f000-0000-7000-8000-000000000001"
        .parse()
        .unwrap_or_else(|_| unreachable!("a constant that every test parses"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_keeps_the_rules_in_both_languages() {
        for (name, lang, html) in all() {
            let at = format!("{name} ({})", lang.code());
            assert!(html.starts_with("<!DOCTYPE html><html"), "{at}");
            assert_eq!(html.matches("<h1").count(), 1, "{at}: one h1");
            assert!(!html.contains('⟨'), "{at}: a missing text: {}", around(&html, "⟨"));
            assert!(!html.contains(" style="), "{at}: inline style");
            assert!(!html.contains("<style"), "{at}: inline style sheet");
            assert!(!html.contains("<script>"), "{at}: inline script");
            assert!(html.len() < 200_000, "{at}: {} bytes", html.len());
            for part in html.split(concat!("<text", "area")).skip(1) {
                let inner = part.split_once('>').map_or("", |p| p.1);
                let inner = inner.split("</textarea>").next().unwrap_or_default();
                assert!(!inner.contains('<'), "{at}: unescaped text area");
            }
            for id in ids(&html) {
                assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{at}: id {id} twice");
            }
            for target in html.split(" href=\"#").skip(1).filter_map(|p| p.split('"').next()) {
                assert!(html.contains(&format!(" id=\"{target}\"")), "{at}: #{target} leads nowhere");
            }
        }
    }

    #[test]
    fn the_same_data_gives_the_same_page() {
        let (once, again) = (all(), all());
        for ((name, lang, a), (_, _, b)) in once.iter().zip(&again) {
            assert_eq!(a, b, "{name} ({})", lang.code());
        }
    }

    /// `AV_PORTAL_PAGES=/tmp/pages cargo test -p app --features ssr` writes every sample for a browser.
    #[test]
    fn write_the_pages_where_asked() {
        let Ok(folder) = std::env::var("AV_PORTAL_PAGES") else { return };
        let folder = std::path::Path::new(&folder);
        std::fs::create_dir_all(folder.join("assets")).unwrap();
        for name in ["app.css", "icons.svg", "favicon.svg", "loader.js"] {
            let asset = crate::assets::get(crate::assets::url(name)).unwrap();
            std::fs::write(folder.join(asset.url.trim_start_matches('/')), &asset.bytes).unwrap();
        }
        for (name, lang, html) in all() {
            std::fs::write(folder.join(format!("{name}.{}.html", lang.code())), html).unwrap();
        }
    }

    fn ids(html: &str) -> Vec<&str> {
        html.split(" id=\"").skip(1).filter_map(|p| p.split('"').next()).collect()
    }

    fn around(html: &str, what: &str) -> String {
        let at = html.find(what).unwrap_or_default();
        html[at..].chars().take(80).collect()
    }
}
