//! The provider's people: the list, inviting somebody, changing what they may.

use crate::components::{
    Choice, Field, Tone, Weight, badge, beside, button_form, button_primary, card_titled, column, crumbs,
    error_summary, facts_text, form, hidden, icon_link, link, notice, p, page_head, row, split, table, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, NaiveDate, Utc};
use domain::permission::StaffRole;
use domain::{Lang, Mistake, Mistakes, UserId};
use leptos::prelude::*;

/// Everyone.
#[derive(Clone, Debug, Default)]
pub struct StaffView {
    /// By name.
    pub people: Vec<StaffRow>,
    /// Today, for what has run out.
    pub today: NaiveDate,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct StaffRow {
    /// Who.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// Log-in name.
    pub email: String,
    /// Roles.
    pub roles: Vec<StaffRole>,
    /// Undertaking.
    pub confidentiality_on: Option<NaiveDate>,
    /// Training.
    pub training_until: Option<NaiveDate>,
    /// Locked out.
    pub locked: bool,
    /// Has not set a password yet.
    pub invited: bool,
}

/// The list.
pub fn render(shell: Shell, view: StaffView) -> String {
    let t = shell.t();
    layout::render(shell.at("staff", t.t("staff-title")), move || list(t, view))
}

fn list(t: T, v: StaffView) -> AnyView {
    let columns = ["account-name", "staff-roles", "staff-confidentiality", "staff-training", "staff-state"];
    let rows = v.people.into_iter().map(|r| line(t, r, v.today)).collect();
    view! {
        {page_head(
            t.t("staff-title"),
            t.t("staff-lead"),
            vec![icon_link(Weight::Primary, "plus", t.t("staff-invite"), t.url("/staff/new"))],
        )}
        {table(t.t("staff-title"), columns.map(|k| t.t(k)).to_vec(), rows)}
    }
    .into_any()
}

fn line(t: T, r: StaffRow, today: NaiveDate) -> Vec<AnyView> {
    let confidentiality = match r.confidentiality_on {
        Some(day) => text(format::date(t, day)),
        None => badge(Tone::Warn, t.t("staff-missing")),
    };
    let training = match r.training_until {
        Some(day) if day < today => badge(Tone::Warn, format::date(t, day)),
        Some(day) => text(format::date(t, day)),
        None => badge(Tone::Warn, t.t("staff-missing")),
    };
    vec![
        link(r.name.clone(), t.url(&format!("/staff/{}", r.id))),
        text(roles_in_words(t, &r.roles)),
        confidentiality,
        training,
        state(t, r.locked, r.invited),
    ]
}

fn roles_in_words(t: T, roles: &[StaffRole]) -> String {
    roles.iter().map(|role| t.t(&format!("role-{}", role.name()))).collect::<Vec<_>>().join(", ")
}

fn state(t: T, locked: bool, invited: bool) -> AnyView {
    match (locked, invited) {
        (true, _) => badge(Tone::Bad, t.t("staff-locked")),
        (false, true) => badge(Tone::Info, t.t("staff-invited")),
        (false, false) => badge(Tone::Good, t.t("staff-active")),
    }
}

/// What was typed about roles and dates.
#[derive(Clone, Debug, Default)]
pub struct StaffForm {
    /// Names of the roles.
    pub roles: Vec<String>,
    /// A day.
    pub confidentiality_on: String,
    /// A day.
    pub training_until: String,
    /// Ticked.
    pub locked: bool,
    /// How things stood when the form was filled; goes back as it came.
    pub from: String,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// Inviting somebody.
#[derive(Clone, Debug, Default)]
pub struct InviteView {
    /// Log-in name, as typed.
    pub email: String,
    /// Full name, as typed.
    pub name: String,
    /// `de` or `en`, as chosen.
    pub language: String,
    /// The rest.
    pub form: StaffForm,
}

/// The page that invites.
pub fn render_invite(shell: Shell, view: InviteView) -> String {
    let t = shell.t();
    layout::render(shell.at("staff", t.t("staff-invite")), move || invite(t, view))
}

fn labels(t: T) -> [(&'static str, String); 7] {
    [
        ("email", t.t("login-email")),
        ("name", t.t("account-name")),
        ("language", t.t("account-language")),
        ("roles", t.t("staff-roles")),
        ("confidentiality_on", t.t("staff-confidentiality")),
        ("training_until", t.t("staff-training")),
        ("locked", t.t("staff-lock")),
    ]
}

fn invite(t: T, v: InviteView) -> AnyView {
    let m = &v.form.mistakes;
    let languages = Lang::ALL.map(|l| Choice::new(l.code(), T(l).t("language-name"))).to_vec();
    let mut fields = vec![
        Field::text("name", t.t("account-name")).value(v.name).autocomplete("off").check(t, m).view(),
        Field::email("email", t.t("login-email")).value(v.email).autocomplete("off").check(t, m).view(),
        Field::radios("language", t.t("account-language"), languages).value(v.language).check(t, m).view(),
    ];
    fields.extend(facts_fields(t, &v.form));
    column(vec![
        crumbs(t, vec![(t.t("staff-title"), t.url("/staff"))]),
        error_summary(t, m, &labels(t)),
        page_head(t.t("staff-invite"), t.t("staff-invite-lead"), Vec::new()),
        form(
            t.url("/staff/new"),
            fields,
            vec![button_primary(t.t("staff-invite-button")), link(t.t("cancel"), t.url("/staff"))],
        ),
    ])
}

fn facts_fields(t: T, f: &StaffForm) -> Vec<AnyView> {
    let choice = |role: &StaffRole| {
        let name = role.name();
        Choice::new(name, t.t(&format!("role-{name}"))).hint(t.t(&format!("role-may-{name}")))
    };
    let roles = StaffRole::ALL.iter().map(choice).collect();
    vec![
        Field::checkboxes("roles", t.t("staff-roles"), roles)
            .hint(t.t("staff-roles-hint"))
            .values(f.roles.clone())
            .check(t, &f.mistakes)
            .view(),
        beside(vec![
            Field::date("confidentiality_on", t.t("staff-confidentiality"))
                .hint(t.t("staff-confidentiality-hint"))
                .optional(t)
                .value(&f.confidentiality_on)
                .check(t, &f.mistakes)
                .view(),
            Field::date("training_until", t.t("staff-training"))
                .hint(t.t("staff-training-hint"))
                .optional(t)
                .value(&f.training_until)
                .check(t, &f.mistakes)
                .view(),
        ]),
    ]
}

/// One person of the staff.
#[derive(Clone, Debug)]
pub struct StaffMemberView {
    /// As stored.
    pub person: StaffRow,
    /// Language of their mails.
    pub language: Lang,
    /// Since when there is the account.
    pub since: DateTime<Utc>,
    /// As typed.
    pub form: StaffForm,
}

/// The page of one person.
pub fn render_member(shell: Shell, view: StaffMemberView) -> String {
    let name = view.person.name.clone();
    let t = shell.t();
    layout::render(shell.at("staff", name), move || member(t, view))
}

fn member(t: T, v: StaffMemberView) -> AnyView {
    let person = v.person;
    let mut fields = facts_fields(t, &v.form);
    fields.push(hidden("from", v.form.from.clone()));
    fields.push(
        Field::checkbox("locked", t.t("staff-lock"))
            .hint(t.t("staff-lock-hint"))
            .checked(v.form.locked)
            .check(t, &v.form.mistakes)
            .view(),
    );
    let action = t.url(&format!("/staff/{}", person.id));
    let day = |day: Option<NaiveDate>| day.map_or_else(|| t.t("staff-missing"), |day| format::date(t, day));
    let about = facts_text(vec![
        (t.t("login-email"), person.email),
        (t.t("account-language"), T(v.language).t("language-name")),
        (t.t("staff-since"), format::day(t, v.since)),
        (t.t("staff-roles"), roles_in_words(t, &person.roles)),
        (t.t("staff-confidentiality"), day(person.confidentiality_on)),
        (t.t("staff-training"), day(person.training_until)),
    ]);
    let mut side = vec![card_titled(
        t.t("staff-account"),
        vec![row(vec![state(t, person.locked, person.invited)]), about],
    )];
    if person.invited && !person.locked {
        let again =
            button_form(Weight::Secondary, t.t("staff-invite-again"), format!("{action}/invite"), &[]);
        side.push(notice(Tone::Info, t.t("staff-invited"), vec![p(t.t("staff-invited-text")), again]));
    }
    view! {
        {crumbs(t, vec![(t.t("staff-title"), t.url("/staff"))])}
        {error_summary(t, &v.form.mistakes, &labels(t))}
        {page_head(person.name, "", Vec::new())}
        {split(vec![form(action, fields, vec![button_primary(t.t("save"))])], side)}
    }
    .into_any()
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let shell = |path: &str| crate::samples::staff_shell(lang, path, &[StaffRole::Admin]);
    let day = |y| NaiveDate::from_ymd_opt(y, 12, 31);
    let person = |name: &str, until, locked, invited| StaffRow {
        id: UserId(crate::samples::customer_id().0),
        name: name.into(),
        email: "anna@provider.example".into(),
        roles: vec![StaffRole::Technician, StaffRole::PrivacyOfficer],
        confidentiality_on: until,
        training_until: until,
        locked,
        invited,
    };
    let people = vec![
        person("Anna Lindner", day(2027), false, false),
        person("Bernd Häußler <script>", day(2025), false, true),
        person("Maximiliane Freifrau von Donaueschingen-Hüfingen", None, true, false),
    ];
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
    let form = StaffForm {
        roles: vec!["technician".into()],
        training_until: "31.2.2027".into(),
        mistakes: Mistakes(vec![
            Mistake::with("training_until", "date", "31.2.2027"),
            Mistake::new("roles", "own-admin-role"),
        ]),
        ..StaffForm::default()
    };
    let invite = InviteView {
        email: "anna@".into(),
        language: "de".into(),
        form: form.clone(),
        ..InviteView::default()
    };
    let member =
        StaffMemberView { person: people[1].clone(), language: lang, since: DateTime::default(), form };
    vec![
        ("staff", render(shell("/staff"), StaffView { people, today })),
        ("staff-new", render_invite(shell("/staff/new"), InviteView::default())),
        ("staff-new-again", render_invite(shell("/staff/new"), invite)),
        ("staff-member", render_member(shell("/staff/x"), member)),
    ]
}
