//! How a [`Field`] looks: label above, hint, error, control, all tied together by ids.

use super::field::{Choice, Described, Field, Kind};
use super::icon;
use super::textarea::textarea;
use leptos::prelude::*;

impl Field {
    /// Makes it visible.
    pub fn view(self) -> AnyView {
        match self.kind {
            Kind::Radios | Kind::Checkboxes => self.group(),
            Kind::Checkbox => self.one_box(),
            _ => self.single(),
        }
    }

    fn described(&self) -> Described {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = self.error.is_some().then(|| format!("{}-error", self.name));
        let ids: Vec<_> = hint.into_iter().chain(error).collect();
        Described {
            id: self.name.clone(),
            name: self.name.clone(),
            described_by: (!ids.is_empty()).then(|| ids.join(" ")),
            invalid: self.error.is_some().then_some("true"),
        }
    }

    fn class(&self) -> &'static str {
        match (self.error.is_some(), self.short) {
            (false, false) => "field",
            (false, true) => "field field--short",
            (true, false) => "field field--bad",
            (true, true) => "field field--bad field--short",
        }
    }

    fn hint_and_error(&self) -> (Option<AnyView>, Option<AnyView>) {
        let hint = (!self.hint.is_empty()).then(|| {
            view! { <p class="hint" id=format!("{}-hint", self.name)>{self.hint.clone()}</p> }.into_any()
        });
        let error = self.error.clone().map(|e| {
            view! { <p class="error" id=format!("{}-error", self.name)>{icon("warning")}<span>{e}</span></p> }
                .into_any()
        });
        (hint, error)
    }

    fn aside_view(&self) -> Option<AnyView> {
        let aside = (!self.aside.is_empty()).then(|| format!(" {}", self.aside))?;
        Some(view! { <span class="aside">{aside}</span> }.into_any())
    }

    fn single(self) -> AnyView {
        let (hint, error) = self.hint_and_error();
        view! {
            <div class=self.class()>
                <label class="label" for=self.name.clone()>{self.label.clone()}{self.aside_view()}</label>
                {hint}
                {error}
                {self.control()}
            </div>
        }
        .into_any()
    }

    fn control(&self) -> AnyView {
        let d = self.described();
        let value = self.values.first().cloned().unwrap_or_default();
        match self.kind {
            Kind::Area => textarea(&d, &value, self.rows, self.autocomplete),
            Kind::Select => self.select_control(d, &value),
            Kind::File => view! {
                <input
                    class="input input--file"
                    type="file"
                    id=d.id
                    name=d.name
                    accept=self.accept
                    aria-describedby=d.described_by
                    aria-invalid=d.invalid
                />
            }
            .into_any(),
            Kind::Input(kind) => {
                let value = (kind != "password" && !value.is_empty()).then_some(value);
                view! {
                    <input
                        class="input"
                        type=kind
                        id=d.id
                        name=d.name
                        value=value
                        autocomplete=self.autocomplete
                        inputmode=self.input_mode
                        autofocus=self.focus
                        aria-describedby=d.described_by
                        aria-invalid=d.invalid
                    />
                }
                .into_any()
            }
            Kind::Radios | Kind::Checkboxes | Kind::Checkbox => ().into_any(),
        }
    }

    fn select_control(&self, d: Described, value: &str) -> AnyView {
        let options: Vec<_> = self
            .choices
            .iter()
            .map(|c| {
                let (selected, label) = (c.value == value, c.label.clone());
                view! { <option value=c.value.clone() selected=selected>{label}</option> }.into_any()
            })
            .collect();
        view! {
            <select
                class="input input--select"
                id=d.id
                name=d.name
                autocomplete=self.autocomplete
                aria-describedby=d.described_by
                aria-invalid=d.invalid
            >
                {options}
            </select>
        }
        .into_any()
    }

    fn group(self) -> AnyView {
        let d = self.described();
        let (hint, error) = self.hint_and_error();
        let kind = if self.kind == Kind::Radios { "radio" } else { "checkbox" };
        let boxes: Vec<_> = self
            .choices
            .iter()
            .enumerate()
            .map(|(i, c)| {
                // The first one carries the field's own id, so that the error summary leads to it.
                let id = if i == 0 { self.name.clone() } else { format!("{}-{}", self.name, i + 1) };
                tick(kind, id, &self.name, c, self.values.contains(&c.value), None)
            })
            .collect();
        let few = self.kind == Kind::Radios
            && self.choices.len() < 4
            && self.choices.iter().all(|c| c.hint.is_empty());
        let ticks = if few { "ticks ticks--beside" } else { "ticks" };
        view! {
            <fieldset class=self.class() aria-describedby=d.described_by>
                <legend class="label">{self.label.clone()}{self.aside_view()}</legend>
                {hint}
                {error}
                <div class=ticks>{boxes}</div>
            </fieldset>
        }
        .into_any()
    }

    fn one_box(self) -> AnyView {
        let d = self.described();
        let (hint, error) = self.hint_and_error();
        let choice = Choice::new("yes", self.label.clone());
        let ticked = self.values.iter().any(|v| v == "yes");
        view! {
            <div class=self.class()>
                {error}
                {tick("checkbox", self.name.clone(), &self.name, &choice, ticked, d.described_by)}
                {hint}
            </div>
        }
        .into_any()
    }
}

/// One box or radio with its label; the whole line can be pressed.
fn tick(
    kind: &'static str,
    id: String,
    name: &str,
    choice: &Choice,
    ticked: bool,
    described_by: Option<String>,
) -> AnyView {
    let hint = (!choice.hint.is_empty()).then(|| {
        let hint = choice.hint.clone();
        view! { <span class="tick__hint">{hint}</span> }.into_any()
    });
    let own_id = id.clone();
    view! {
        <label class="tick" for=own_id>
            <input
                type=kind
                id=id
                name=name.to_string()
                value=choice.value.clone()
                checked=ticked
                aria-describedby=described_by
            />
            <span class="tick__text"><span class="tick__label">{choice.label.clone()}</span>{hint}</span>
        </label>
    }
    .into_any()
}
