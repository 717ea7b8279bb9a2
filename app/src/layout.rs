//! The frame around every page: head, navigation by roles, language switch, footer.

use crate::assets;
use crate::components::{Tone, flash, icon};
use crate::i18n::T;
use crate::render;
use domain::permission::StaffRole;
use domain::{CustomerId, Lang};
use leptos::prelude::*;

/// Everything the frame needs to know. The server fills in who and where; the page adds its title and place.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Language of the page.
    pub lang: Lang,
    /// Title without the product's name; the page sets it.
    pub title: String,
    /// Path with query as asked for, for the language switch: `/de/customers?page=2`.
    pub path: String,
    /// Who is logged in.
    pub user: Option<UserBadge>,
    /// Which entry of the navigation is this page (`desk`, `gate`, …); the page sets it.
    pub active: &'static str,
    /// Short name of the provider.
    pub provider_name: String,
    /// Shows the demo strip.
    pub demo: bool,
    /// The bundle, on pages that hold islands.
    pub islands: Option<IslandsBundle>,
    /// What just happened, in words.
    pub flash: Option<(Tone, String)>,
}

/// The person in the corner.
#[derive(Clone, Debug)]
pub struct UserBadge {
    /// Full name.
    pub name: String,
    /// Roles at the provider; empty for customers' people.
    pub staff_roles: Vec<StaffRole>,
    /// The customers that they act for.
    pub customers: Vec<(CustomerId, String)>,
}

/// Addresses of the wasm bundle.
#[derive(Clone, Debug)]
pub struct IslandsBundle {
    /// The glue module.
    pub js: String,
    /// The wasm.
    pub wasm: String,
}

impl Shell {
    /// A bare frame; the server adds user, demo and flash.
    pub fn new(lang: Lang, path: impl Into<String>, provider_name: impl Into<String>) -> Self {
        Self {
            lang,
            title: String::new(),
            path: path.into(),
            user: None,
            active: "",
            provider_name: provider_name.into(),
            demo: false,
            islands: None,
            flash: None,
        }
    }

    /// The words in the page's language.
    pub fn t(&self) -> T {
        T(self.lang)
    }

    /// Names the page and its place in the navigation.
    #[must_use]
    pub fn at(mut self, active: &'static str, title: impl Into<String>) -> Self {
        self.active = active;
        self.title = title.into();
        self
    }
}

/// Renders a page: the frame with `main` in it. Every page's `render` ends here.
pub fn render(shell: Shell, main: impl FnOnce() -> AnyView) -> String {
    render::page(move || document(shell, main()))
}

/// The whole document around the content of a page.
pub fn document(shell: Shell, main: AnyView) -> AnyView {
    let t = shell.t();
    let title = format!("{} – {}", shell.title, t.t("product-name"));
    let frame = if shell.user.is_some() { "frame frame--in" } else { "frame" };
    let message = shell.flash.clone().map(|(tone, text)| flash(tone, text));
    view! {
        <html lang=shell.lang.code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{title}</title>
                <link rel="stylesheet" href=assets::url("app.css") />
                <link rel="icon" type="image/svg+xml" href=assets::url("favicon.svg") />
                {loader(&shell)}
            </head>
            <body>
                <a class="skip" href="#main">{t.t("skip-to-content")}</a>
                {shell.demo.then(|| view! { <p class="demo">{t.t("demo-strip")}</p> }.into_any())}
                {header(t, &shell)}
                <div class=frame>
                    {rail(t, &shell)}
                    <main id="main" class="main" tabindex="-1">
                        {message}
                        {main}
                    </main>
                </div>
                {footer(t, &shell)}
            </body>
        </html>
    }
    .into_any()
}

fn loader(shell: &Shell) -> Option<AnyView> {
    let bundle = shell.islands.clone()?;
    let src = assets::url("loader.js");
    (!src.is_empty()).then(|| {
        view! {
            <script type="module" src=src data-islands-js=bundle.js data-islands-wasm=bundle.wasm></script>
        }
        .into_any()
    })
}

/// One entry of the navigation.
struct Entry {
    id: &'static str,
    path: &'static str,
    icon: &'static str,
    label: String,
}

/// The entries for these roles, in the order of a working day. Labels are `nav-<id>`.
fn entries(t: T, user: &UserBadge) -> Vec<Entry> {
    let has = |role| user.staff_roles.contains(&role);
    let staff = !user.staff_roles.is_empty();
    let admin = has(StaffRole::Admin);
    let all: [(bool, &'static str, &'static str, &'static str); 13] = [
        (staff, "desk", "/desk", "list"),
        (has(StaffRole::Technician), "gate", "/gate", "shield"),
        (staff, "customers", "/customers", "building"),
        (staff, "contracts", "/contracts", "file"),
        (staff, "annexes", "/annexes", "layers"),
        (staff, "decisions", "/decisions", "clock"),
        (staff, "registers", "/instructions", "paper"),
        (!user.customers.is_empty(), "my", "/my", "file"),
        (admin, "staff", "/staff", "users"),
        (admin, "clients", "/clients", "lock"),
        (admin, "outbox", "/outbox", "mail"),
        (admin || has(StaffRole::PrivacyOfficer), "audit", "/audit", "link"),
        (true, "account", "/account", "user"),
    ];
    let shown = all.into_iter().filter(|entry| entry.0);
    shown.map(|(_, id, path, icon)| Entry { id, path, icon, label: t.t(&format!("nav-{id}")) }).collect()
}

fn nav_list(t: T, shell: &Shell, user: &UserBadge) -> AnyView {
    let items: Vec<_> = entries(t, user)
        .into_iter()
        .map(|e| {
            let current = (e.id == shell.active).then_some("page");
            view! {
                <li>
                    <a href=t.url(e.path) aria-current=current>{icon(e.icon)}<span>{e.label}</span></a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="nav" role="list">{items}</ul> }.into_any()
}

/// The navigation at the side of a wide window.
fn rail(t: T, shell: &Shell) -> Option<AnyView> {
    let user = shell.user.as_ref()?;
    Some(
        view! {
            <nav class="rail" aria-label=t.t("nav-main")>
                {nav_list(t, shell, user)}
                {logout(t)}
            </nav>
        }
        .into_any(),
    )
}

/// The same behind a button in a narrow one. No script: `<details>`.
fn menu(t: T, shell: &Shell) -> Option<AnyView> {
    let user = shell.user.as_ref()?;
    Some(
        view! {
            <details class="menu">
                <summary>{icon("menu")}<span>{t.t("nav-menu")}</span></summary>
                <nav class="menu__sheet" aria-label=t.t("nav-main")>
                    {nav_list(t, shell, user)}
                    {logout(t)}
                </nav>
            </details>
        }
        .into_any(),
    )
}

fn logout(t: T) -> AnyView {
    view! {
        <form method="post" action=t.url("/logout") class="nav__out">
            <button type="submit" class="nav__button">{icon("logout")}<span>{t.t("nav-logout")}</span></button>
        </form>
    }
    .into_any()
}

fn header(t: T, shell: &Shell) -> AnyView {
    let home = match &shell.user {
        None => t.url(""),
        Some(u) if u.staff_roles.is_empty() => t.url("/my"),
        Some(_) => t.url("/desk"),
    };
    let who = match &shell.user {
        Some(user) => {
            let name = user.name.clone();
            view! { <a class="who" href=t.url("/account")>{icon("user")}<span>{name}</span></a> }.into_any()
        }
        None if shell.active == "login" => ().into_any(),
        None => {
            view! { <a class="button button--quiet" href=t.url("/login")>{t.t("nav-login")}</a> }.into_any()
        }
    };
    view! {
        <header class="top">
            <a class="brand" href=home>
                <svg class="brand__mark" aria-hidden="true" inner_html=MARK viewBox="0 0 32 32"></svg>
                <span class="brand__name">{t.t("product-name")}</span>
                <span class="brand__by">{shell.provider_name.clone()}</span>
            </a>
            <div class="top__end">
                {language_switch(t, shell)}
                {who}
                {menu(t, shell)}
            </div>
        </header>
    }
    .into_any()
}

/// The mark: a sheet with a gate in it. The same drawing as `favicon.svg`, in the colours of the page.
const MARK: &str = concat!(
    r#"<path class="mark-sheet" d="M7 2h13l6 6v20a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z"/>"#,
    r#"<path class="mark-gate" d="M10 25V17.5a5.5 5.5 0 0 1 11 0V25M15.5 12v13"/>"#,
);

fn language_switch(t: T, shell: &Shell) -> AnyView {
    let other = if t.0 == Lang::De { Lang::En } else { Lang::De };
    let words = T(other);
    view! {
        <a class="language" href=other_path(&shell.path, other) hreflang=other.code() lang=other.code()>
            {words.t("language-name")}
        </a>
    }
    .into_any()
}

/// The same page in the other language.
fn other_path(path: &str, to: Lang) -> String {
    let rest = path.strip_prefix("/de").or_else(|| path.strip_prefix("/en")).unwrap_or(path);
    if rest.is_empty() || rest.starts_with(['/', '?']) && rest != "/" {
        format!("/{}{rest}", to.code())
    } else {
        format!("/{}", to.code())
    }
}

fn footer(t: T, shell: &Shell) -> AnyView {
    // R7: who has not come by invitation is asked, on every page with a form, to send nothing.
    let asked = shell.user.is_none().then(|| view! { <p>{t.t("footer-business-only")}</p> }.into_any());
    view! {
        <footer class="foot">
            <p class="foot__who">{shell.provider_name.clone()}</p>
            <ul class="foot__links" role="list">
                <li><a href=t.url("/imprint")>{t.t("footer-imprint")}</a></li>
                <li><a href=t.url("/privacy")>{t.t("footer-privacy")}</a></li>
            </ul>
            {asked}
            <p class="foot__note">{t.t("footer-no-advice")}</p>
        </footer>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_switch_keeps_the_place() {
        assert_eq!(other_path("/de/customers?page=2", Lang::En), "/en/customers?page=2");
        assert_eq!(other_path("/en", Lang::De), "/de");
        assert_eq!(other_path("/", Lang::De), "/de");
        assert_eq!(other_path("/dean", Lang::En), "/en");
    }

    #[test]
    fn titles_are_escaped_and_roles_open_entries() {
        let mut shell = Shell::new(Lang::De, "/de/desk", "Muster").at("desk", "</title><script>x");
        shell.user =
            Some(UserBadge { name: "<b>".into(), staff_roles: vec![StaffRole::Admin], customers: vec![] });
        let html = render(shell, || ().into_any());
        assert!(!html.contains("<script>") && !html.contains("<b>"), "{html}");
        assert!(html.contains("/de/audit") && !html.contains("/de/gate") && !html.contains("/de/my"));
    }
}
