//! Forms: the server checks everything, so the browser does not (`novalidate`) and our summary is seen.

use leptos::prelude::*;

/// A form by POST: fields below each other, buttons at the end.
pub fn form(action: impl Into<String>, fields: Vec<AnyView>, buttons: Vec<AnyView>) -> AnyView {
    let action: String = action.into();
    view! {
        <form method="post" action=action class="form" novalidate=true>
            {fields}
            <div class="form__end">{buttons}</div>
        </form>
    }
    .into_any()
}

/// A form by POST that carries files.
pub fn form_upload(action: impl Into<String>, fields: Vec<AnyView>, buttons: Vec<AnyView>) -> AnyView {
    let action: String = action.into();
    view! {
        <form method="post" action=action class="form" enctype="multipart/form-data" novalidate=true>
            {fields}
            <div class="form__end">{buttons}</div>
        </form>
    }
    .into_any()
}

/// Filters or a search above a list, by GET: fields and button in one line where there is room.
pub fn filters(action: impl Into<String>, fields: Vec<AnyView>, button_label: impl Into<String>) -> AnyView {
    let action: String = action.into();
    let label: String = button_label.into();
    view! {
        <form method="get" action=action class="filters" role="search" novalidate=true>
            {fields}
            <button type="submit" class="button">{label}</button>
        </form>
    }
    .into_any()
}

/// Fields that belong together, under a legend; several in a row where there is room when `columns`.
pub fn fieldset(legend: impl Into<String>, hint: impl Into<String>, fields: Vec<AnyView>) -> AnyView {
    let (legend, hint): (String, String) = (legend.into(), hint.into());
    let hint = (!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> }.into_any());
    view! {
        <fieldset class="group">
            <legend class="group__title">{legend}</legend>
            {hint}
            {fields}
        </fieldset>
    }
    .into_any()
}

/// Fields beside each other where there is room (postal code and city).
pub fn beside(fields: Vec<AnyView>) -> AnyView {
    view! { <div class="beside">{fields}</div> }.into_any()
}

/// A value that goes along unseen.
pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> AnyView {
    let (name, value): (String, String) = (name.into(), value.into());
    view! { <input type="hidden" name=name value=value /> }.into_any()
}
