//! The register of instructions, for staff and for the customer; and the form for a new one.

use super::register_list::{Register, RegisterView, list};
use super::register_parts::{Side, trail};
use crate::components::{
    Choice, Field, Tone, Weight, beside, button_link, button_primary, column, crumbs, download,
    error_summary, fieldset, form, hidden, icon_link, notice, p, page_head, row,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::register::instruction::{Channel, InstructionInput, ReceiptInput};
use domain::{EntryId, Mistakes, Service};
use leptos::prelude::*;

/// The whole page.
pub fn render(shell: Shell, view: RegisterView) -> String {
    let t = shell.t();
    layout::render(shell.at(view.side.active(), t.t("registers-instructions")), move || body(t, &view))
}

fn body(t: T, v: &RegisterView) -> AnyView {
    let base = v.side.base("instructions");
    let new = |weight, key: &str| icon_link(weight, "plus", t.t(key), t.url(&format!("{base}/new")));
    let give = (v.side.voice() && v.possible).then(|| new(Weight::Primary, "instruction-give"));
    let record = v.side.keeper().then(|| new(Weight::Secondary, "instruction-record"));
    let staff = matches!(v.side, Side::Staff { .. });
    // The whole register in one file is for those whose work needs it.
    let may_take = v.side.keeper() || !staff;
    let file = may_take.then(|| download(t.t("register-csv"), t.url(&format!("{base}/export.csv"))));
    let register = Register {
        area: "instructions",
        entry: "instruction",
        lead: t.t(if staff { "instructions-lead-staff" } else { "instructions-lead-customer" }),
        actions: give.into_iter().chain(record).collect(),
        below: file.map(|link| row(vec![link])),
    };
    list(t, register, v)
}

/// The form for a new instruction.
#[derive(Clone, Debug)]
pub struct InstructionFormView {
    /// Who writes.
    pub side: Side,
    /// Comes with the form: sent twice it is entered once.
    pub once: EntryId,
    /// What may be concerned: the services of the contract in force; all while staff choose a customer.
    pub services: Vec<Service>,
    /// Number of the customer, as staff typed it.
    pub customer: String,
    /// As typed.
    pub input: InstructionInput,
    /// As typed.
    pub receipt: ReceiptInput,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// The whole page.
pub fn render_form(shell: Shell, view: InstructionFormView) -> String {
    let t = shell.t();
    let title = t.t(if view.side.keeper() { "instruction-record" } else { "instruction-give" });
    layout::render(shell.at(view.side.active(), title.clone()), move || form_body(t, title, &view))
}

fn form_body(t: T, title: String, v: &InstructionFormView) -> AnyView {
    let labels = [
        ("customer", t.t("register-customer")),
        ("channel", t.t("instruction-channel")),
        ("giver", t.t("instruction-giver")),
        ("received_on", t.t("instruction-received")),
        ("title", t.t("instruction-title")),
        ("text", t.t("instruction-text")),
        ("services", t.t("instruction-services")),
        ("wish", t.t("instruction-wish")),
    ];
    let base = v.side.base("instructions");
    let mut fields = vec![hidden("once", v.once.to_string())];
    if v.side.keeper() {
        fields.push(receipt(t, v));
    }
    fields.push(content(t, v));
    let staff = v.side.keeper();
    let lead = t.t(if staff { "instruction-record-lead" } else { "instruction-give-lead" });
    let rule = if staff { "instruction-record-rule" } else { "instruction-give-rule" };
    column(vec![
        crumbs(t, trail(t, &v.side, "instructions", "registers-instructions")),
        error_summary(t, &v.mistakes, &labels),
        page_head(title, lead, Vec::new()),
        notice(Tone::Info, "", vec![p(t.t(rule))]),
        form(
            t.url(&format!("{base}/new")),
            fields,
            vec![
                button_primary(t.t(if staff { "instruction-record" } else { "instruction-give" })),
                button_link(Weight::Quiet, t.t("cancel"), t.url(&base)),
            ],
        ),
    ])
}

fn receipt(t: T, v: &InstructionFormView) -> AnyView {
    let m = &v.mistakes;
    let channels =
        Channel::RECORDED.map(|c| Choice::new(c.name(), t.t(&format!("channel-{}", c.name())))).to_vec();
    fieldset(
        t.t("instruction-receipt"),
        "",
        vec![
            Field::text("customer", t.t("register-customer"))
                .value(v.customer.clone())
                .short()
                .check(t, m)
                .view(),
            Field::radios("channel", t.t("instruction-channel"), channels)
                .hint(t.t("instruction-channel-hint"))
                .value(v.receipt.channel.clone())
                .check(t, m)
                .view(),
            beside(vec![
                Field::text("giver", t.t("instruction-giver"))
                    .value(v.receipt.giver.clone())
                    .check(t, m)
                    .view(),
                Field::date("received_on", t.t("instruction-received"))
                    .value(v.receipt.received_on.clone())
                    .short()
                    .check(t, m)
                    .view(),
            ]),
        ],
    )
}

fn content(t: T, v: &InstructionFormView) -> AnyView {
    let m = &v.mistakes;
    let services = v.services.iter().map(|s| Choice::new(s.name(), t.t(&format!("service-{}", s.name()))));
    fieldset(
        t.t("instruction-content"),
        "",
        vec![
            Field::text("title", t.t("instruction-title")).value(v.input.title.clone()).check(t, m).view(),
            Field::textarea("text", t.t("instruction-text"))
                .hint(t.t("instruction-text-hint"))
                .value(v.input.text.clone())
                .rows(8)
                .check(t, m)
                .view(),
            Field::checkboxes("services", t.t("instruction-services"), services.collect())
                .values(v.input.services.clone())
                .check(t, m)
                .view(),
            Field::date("wish", t.t("instruction-wish"))
                .hint(t.t("instruction-wish-hint"))
                .value(v.input.wish.clone())
                .optional(t)
                .short()
                .check(t, m)
                .view(),
        ],
    )
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::registers as made;
    let (customer, staff) = (made::customer_side(), made::staff_side());
    let page = |side: &Side, lines| RegisterView { pages: 2, ..made::list(side.clone(), lines) };
    let form = |side: &Side, mistakes: Mistakes| InstructionFormView {
        side: side.clone(),
        once: made::entry_id(1),
        services: vec![Service::Hosting, Service::RemoteSupport],
        customer: "K10001".into(),
        input: InstructionInput { text: "</textarea><b>".into(), ..InstructionInput::default() },
        receipt: ReceiptInput::default(),
        mistakes,
    };
    let mut wrong = Mistakes::default();
    wrong.add("title", "required");
    wrong.add("services", "choose-one");
    let lines = || made::instruction_lines(lang);
    vec![
        ("instructions", render(made::shell(lang, &staff), page(&staff, lines()))),
        ("instructions-my", render(made::shell(lang, &customer), page(&customer, lines()))),
        ("instructions-none", render(made::shell(lang, &customer), page(&customer, Vec::new()))),
        ("instruction-give", render_form(made::shell(lang, &customer), form(&customer, wrong))),
        ("instruction-record", render_form(made::shell(lang, &staff), form(&staff, Mistakes::default()))),
    ]
}
