//! One field of a form: label above, hint, error, control; what was typed stays.
//!
//! `Field::email("email", t.t("login-email")).value(v.email).check(t, &v.mistakes).view()`

use super::mistake_text;
use crate::i18n::T;
use domain::Mistakes;

/// What is chosen from in a select, radios or checkboxes.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Sent.
    pub value: String,
    /// Read.
    pub label: String,
    /// Smaller, below the label; may be empty.
    pub hint: String,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    /// Explains it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// Which control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Input(&'static str),
    Area,
    Select,
    Radios,
    Checkboxes,
    Checkbox,
    File,
}

/// A field under construction; [`Field::view`] makes it visible.
#[derive(Clone, Debug)]
pub struct Field {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) values: Vec<String>,
    pub(super) error: Option<String>,
    pub(super) autocomplete: Option<&'static str>,
    pub(super) input_mode: Option<&'static str>,
    pub(super) aside: String,
    pub(super) choices: Vec<Choice>,
    pub(super) rows: u8,
    pub(super) short: bool,
    pub(super) focus: bool,
    pub(super) accept: Option<&'static str>,
}

/// What a control needs to be tied to its label, hint and error.
pub(super) struct Described {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) described_by: Option<String>,
    pub(super) invalid: Option<&'static str>,
}

macro_rules! inputs {
    ($($(#[$doc:meta])* $method:ident = $kind:literal;)*) => {
        impl Field {$(
            $(#[$doc])*
            pub fn $method(name: impl Into<String>, label: impl Into<String>) -> Self {
                Self::of(Kind::Input($kind), name.into(), label.into())
            }
        )*}
    };
}

inputs! {
    /// One line of text.
    text = "text";
    /// An address.
    email = "email";
    /// A password; its value is never written back.
    password = "password";
    /// A day, `2026-11-23`.
    date = "date";
    /// A telephone number.
    tel = "tel";
    /// A whole number.
    number = "number";
    /// Something to look for.
    search = "search";
    /// A web address.
    url = "url";
}

impl Field {
    fn of(kind: Kind, name: String, label: String) -> Self {
        Self {
            kind,
            name,
            label,
            hint: String::new(),
            values: Vec::new(),
            error: None,
            autocomplete: None,
            input_mode: None,
            aside: String::new(),
            choices: Vec::new(),
            rows: 5,
            short: false,
            focus: false,
            accept: None,
        }
    }

    /// Several lines of text.
    pub fn textarea(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of(Kind::Area, name.into(), label.into())
    }

    /// One of many, folded.
    pub fn select(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { choices, ..Self::of(Kind::Select, name.into(), label.into()) }
    }

    /// One of few, open.
    pub fn radios(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { choices, ..Self::of(Kind::Radios, name.into(), label.into()) }
    }

    /// Any of several, all sent under the same name; what is ticked comes by [`Field::values`].
    pub fn checkboxes(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { choices, ..Self::of(Kind::Checkboxes, name.into(), label.into()) }
    }

    /// One box whose label is the whole wording; sends `yes`.
    pub fn checkbox(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of(Kind::Checkbox, name.into(), label.into())
    }

    /// A file; the form must be [`super::form_upload`].
    pub fn file(name: impl Into<String>, label: impl Into<String>, accept: &'static str) -> Self {
        Self { accept: Some(accept), ..Self::of(Kind::File, name.into(), label.into()) }
    }

    /// Says what to write, below the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What was typed, chosen, or is there already.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.values = vec![value.into()];
        self
    }

    /// What was ticked.
    #[must_use]
    pub fn values(mut self, values: Vec<String>) -> Self {
        self.values = values;
        self
    }

    /// Whether a [`Field::checkbox`] is ticked.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.values = if checked { vec!["yes".into()] } else { Vec::new() };
        self
    }

    /// The `autocomplete` token (`email`, `current-password`, `organization`, `off`, …).
    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// The keyboard of a telephone: `numeric` for codes.
    #[must_use]
    pub fn input_mode(mut self, mode: &'static str) -> Self {
        self.input_mode = Some(mode);
        self
    }

    /// Marks it as not required, in words.
    #[must_use]
    pub fn optional(mut self, t: T) -> Self {
        self.aside = t.t("field-optional");
        self
    }

    /// Rows of a text area.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// As wide as what goes into it: a code, a number, a date.
    #[must_use]
    pub fn short(mut self) -> Self {
        self.short = true;
        self
    }

    /// Has the cursor when the page opens. At most one, and not beside an error summary.
    #[must_use]
    pub fn focus(mut self, focus: bool) -> Self {
        self.focus = focus;
        self
    }

    /// Shows the first mistake of this field.
    #[must_use]
    pub fn check(mut self, t: T, mistakes: &Mistakes) -> Self {
        self.error = mistakes.of(&self.name).map(|m| mistake_text(t, m));
        self
    }
}
