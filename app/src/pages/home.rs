//! The public front page: what this is and how a contract is concluded.

use crate::components::{
    Tone, Verdict, Weight, button_link, icon, icon_link, notice, p, page_head, points, section, text,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use leptos::prelude::*;

/// The front page.
#[derive(Clone, Debug)]
pub struct HomeView {
    /// Legal name of the provider.
    pub provider: String,
}

/// The whole page.
pub fn render(shell: Shell, view: HomeView) -> String {
    let t = shell.t();
    let inside = shell.user.is_some();
    layout::render(shell.at("home", t.t("home-short")), move || body(t, &view, inside))
}

fn body(t: T, view: &HomeView, inside: bool) -> AnyView {
    let enter = if inside {
        button_link(Weight::Primary, t.t("home-inside"), t.url("/account"))
    } else {
        button_link(Weight::Primary, t.t("home-login"), t.url("/login"))
    };
    let lead = t.tr("home-lead", &[("provider", &view.provider)]);
    view! {
        <div class="hero">
            <div>
                {page_head(t.t("home-title"), lead, Vec::new())}
                <div class="row">
                    {enter}{icon_link(Weight::Quiet, "shield", t.t("home-verify"), t.url("/verify"))}
                </div>
            </div>
            {panel(t)}
        </div>
        {section(t.t("home-how"), vec![four_steps(t)])}
        {section(t.t("home-for-customers"), vec![list(t, "home-customer", 3)])}
        {notice(Tone::Info, t.t("home-no-account"), vec![p(t.t("home-no-account-text"))])}
    }
    .into_any()
}

fn list(t: T, key: &str, count: usize) -> AnyView {
    points((1..=count).map(|i| t.t(&format!("{key}-{i}"))).collect())
}

/// What the three answers mean.
fn panel(t: T) -> AnyView {
    let line = |verdict: Verdict, class: &'static str, key: &str| {
        let word = verdict.word(t);
        view! {
            <li class=class>
                <span class="panel__symbol">{icon(verdict.icon())}</span>
                <div class="panel__text"><p class="panel__word">{word}</p><p>{t.t(key)}</p></div>
            </li>
        }
        .into_any()
    };
    view! {
        <section class="panel" aria-labelledby="panel-title">
            <h2 class="panel__title" id="panel-title">{t.t("home-answers")}</h2>
            <ul role="list">
                {line(Verdict::Permitted, "panel__line panel__line--permitted", "home-answer-permitted")}
                {line(Verdict::Advice, "panel__line panel__line--advice", "home-answer-advice")}
                {line(Verdict::Refused, "panel__line panel__line--refused", "home-answer-refused")}
            </ul>
        </section>
    }
    .into_any()
}

fn four_steps(t: T) -> AnyView {
    let items: Vec<_> = (1..=4)
        .map(|i| {
            let (title, words) = (t.t(&format!("home-step-{i}")), t.t(&format!("home-step-{i}-text")));
            view! {
                <li class="way">
                    <span class="way__number" aria-hidden="true">{i.to_string()}</span>
                    <h3 class="way__title">{title}</h3>
                    <p>{text(words)}</p>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="ways" role="list">{items}</ol> }.into_any()
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    let view = HomeView { provider: "Muster Hosting GmbH".into() };
    vec![("home", render(crate::samples::shell(lang, "/"), view))]
}
