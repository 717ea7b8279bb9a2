//! Tables that become cards on a narrow screen; nothing is cut off.

use leptos::prelude::*;

/// A table. `caption` names it (read aloud; seen in print); the first cell of a row is its heading. Every row has
/// as many cells as there are `columns`; an empty column name is for actions.
pub fn table(caption: impl Into<String>, columns: Vec<String>, rows: Vec<Vec<AnyView>>) -> AnyView {
    let caption: String = caption.into();
    let heads: Vec<_> = columns.iter().map(|c| head(c.clone())).collect();
    let body: Vec<_> = rows.into_iter().map(|cells| line(&columns, cells)).collect();
    // The roles say again what the tags say: as cards (display: block) browsers forget it.
    view! {
        <table class="table" role="table">
            <caption class="unseen">{caption}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
    }
    .into_any()
}

fn head(label: String) -> AnyView {
    if label.is_empty() {
        view! { <td role="cell"></td> }.into_any()
    } else {
        view! { <th scope="col" role="columnheader">{label}</th> }.into_any()
    }
}

fn line(columns: &[String], cells: Vec<AnyView>) -> AnyView {
    let cells: Vec<_> = cells
        .into_iter()
        .enumerate()
        .map(|(i, cell)| {
            let label = columns.get(i).filter(|c| !c.is_empty()).cloned();
            if i == 0 {
                view! { <th scope="row" role="rowheader" data-label=label>{cell}</th> }.into_any()
            } else {
                view! { <td role="cell" data-label=label>{cell}</td> }.into_any()
            }
        })
        .collect();
    view! { <tr role="row">{cells}</tr> }.into_any()
}
