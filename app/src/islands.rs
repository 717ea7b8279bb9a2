//! Parts that a browser brings to life. An island gets translated strings as props, uses no resource,
//! holds no other island, and is whole without JavaScript.

#![expect(missing_docs, reason = "the macro makes structs that cannot carry a line")]

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A line under a search field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundLine {
    /// In bold.
    pub title: String,
    /// Smaller; may be empty.
    pub note: String,
    /// Where it leads.
    pub href: String,
    /// What the gate says about it now.
    pub answer: Option<FoundAnswer>,
}

/// An answer of the gate in one glance: symbol, word, colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundAnswer {
    /// The word.
    pub word: String,
    /// Name of the tone: `good`, `warn`, `bad`.
    pub tone: String,
    /// Address of the symbol.
    pub icon: String,
}

/// A search field that shows while typing what it would find; without JavaScript the form around it searches.
#[island]
pub fn LiveSearch(
    /// Above the field.
    label: String,
    /// Below the label.
    hint: String,
    /// What was typed.
    value: String,
    /// Address that answers with a list of [`FoundLine`]; what is typed is put behind it.
    address: String,
    /// How many were found; `#` stands for the number.
    counted: String,
) -> impl IntoView {
    let found = RwSignal::new(None::<Vec<FoundLine>>);
    let asked = RwSignal::new(0_u32);
    let typed = move |text: String| {
        let turn = asked.get_untracked().wrapping_add(1);
        asked.set(turn);
        if text.trim().is_empty() {
            found.set(None);
            return;
        }
        let url = format!("{address}{}", in_address(&text));
        leptos::task::spawn_local(async move {
            let answer = browser::text(&url).await;
            let lines = answer.and_then(|text| serde_json::from_str(&text).ok());
            // An answer that was overtaken by the next letter is not shown.
            if asked.get_untracked() == turn {
                found.set(lines);
            }
        });
    };
    let said = move || {
        found
            .with(|f| f.as_ref().map(|lines| counted.replace('#', &lines.len().to_string())))
            .unwrap_or_default()
    };
    view! {
        <div class="field live">
            <label class="label" for="q">{label}</label>
            <p class="hint" id="q-hint">{hint}</p>
            <input
                class="input"
                type="search"
                id="q"
                name="q"
                value=value
                autocomplete="off"
                autofocus=true
                aria-describedby="q-hint"
                on:input=move |event| typed(event_target_value(&event))
            />
            <ul class="live__found" role="list">
                {move || found.get().unwrap_or_default().into_iter().map(line).collect::<Vec<_>>()}
            </ul>
            <p class="unseen" role="status">{said}</p>
        </div>
    }
}

fn line(l: FoundLine) -> AnyView {
    let note = (!l.note.is_empty()).then(|| view! { <span class="live__note">{l.note}</span> }.into_any());
    let answer = l.answer.map(at_a_glance);
    view! { <li><a class="live__line" href=l.href><span>{l.title}</span>{answer}{note}</a></li> }.into_any()
}

/// The gate's word beside a customer that was found.
pub fn at_a_glance(answer: FoundAnswer) -> AnyView {
    let class = format!("badge badge--{} live__answer", answer.tone);
    view! {
        <span class=class>
            <svg class="icon" aria-hidden="true">
                <use_ href=answer.icon></use_>
            </svg>
            <span>{answer.word}</span>
        </span>
    }
    .into_any()
}

/// A button that copies the text of another element; without JavaScript it is not there.
#[island]
pub fn CopyButton(
    /// Id of the element.
    of: String,
    /// On the button.
    label: String,
    /// On the button afterwards.
    done: String,
) -> impl IntoView {
    let (ready, copied) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| ready.set(browser::can_copy()));
    let copy = move |_| {
        let of = of.clone();
        leptos::task::spawn_local(async move { copied.set(browser::copy(&of).await) });
    };
    let words = move || if copied.get() { done.clone() } else { label.clone() };
    view! {
        <button type="button" class="button copy__button" hidden=move || !ready.get() on:click=copy>
            <span aria-live="polite">{words}</span>
        </button>
    }
}

/// A button that checks a chosen file without sending it: its SHA-256 is computed here and looked up. Without JavaScript
/// it is not there, and the form around it sends the file.
#[island]
pub fn FileCheck(
    /// Id of the field with the file.
    of: String,
    /// Address to go to; the SHA-256 is put behind it.
    address: String,
    /// On the button.
    label: String,
    /// While it works.
    working: String,
    /// When nothing is chosen, or it cannot be read.
    failed: String,
) -> impl IntoView {
    let (ready, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    Effect::new(move |_| ready.set(browser::can_copy()));
    let check = move |_| {
        let (of, address, failed) = (of.clone(), address.clone(), failed.clone());
        said.set(working.clone());
        leptos::task::spawn_local(async move {
            match browser::sha256_of_file(&of).await {
                Some(sha256) => browser::go(&format!("{address}{sha256}")),
                None => said.set(failed),
            }
        });
    };
    view! {
        <span class="copy__button" hidden=move || !ready.get()>
            <button type="button" class="button" on:click=check>{label}</button>
            <span role="status">{said}</span>
        </span>
    }
}

/// Percent-encodes what is typed.
fn in_address(text: &str) -> String {
    let sign = |b: &u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(*b).to_string(),
        other => format!("%{other:02X}"),
    };
    text.as_bytes().iter().map(sign).collect()
}

/// What the browser does for islands.
#[cfg(feature = "hydrate")]
mod browser {
    /// The body of an answer with 200.
    pub async fn text(url: &str) -> Option<String> {
        let answer = web_sys::window()?.fetch_with_str(url).await.ok()?;
        let answer = web_sys::Response::from(leptos::wasm_bindgen::JsValue::from(answer));
        if !answer.ok() {
            return None;
        }
        leptos::wasm_bindgen::JsValue::from(answer.text().ok()?.await.ok()?).as_string()
    }

    /// Only a secure page has a clipboard.
    pub fn can_copy() -> bool {
        web_sys::window().is_some_and(|w| w.is_secure_context())
    }

    /// Whether the text of this element is in the clipboard now.
    pub async fn copy(of: &str) -> bool {
        let Some(window) = web_sys::window() else { return false };
        let element = window.document().and_then(|d| d.get_element_by_id(of));
        let Some(text) = element.and_then(|e| e.text_content()) else { return false };
        window.navigator().clipboard().write_text(&text).await.is_ok()
    }

    /// SHA-256 of the file that is chosen in this field, as hexadecimal digits. The file does not leave the browser.
    pub async fn sha256_of_file(of: &str) -> Option<String> {
        use leptos::wasm_bindgen::JsCast as _;
        let window = web_sys::window()?;
        let field = window.document()?.get_element_by_id(of)?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
        let file = field.files()?.get(0)?;
        let bytes = file.array_buffer().await.ok()?;
        let subtle = window.crypto().ok()?.subtle();
        let digest = subtle.digest_with_str_and_buffer_source("SHA-256", bytes.unchecked_ref()).ok()?;
        let digest = web_sys::js_sys::Uint8Array::new(&digest.await.ok()?).to_vec();
        Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Goes to another page.
    pub fn go(address: &str) {
        if let Some(window) = web_sys::window() {
            // A browser that refuses leaves the page as it is.
            drop(window.location().assign(address));
        }
    }
}

/// On the server nothing is pressed.
#[cfg(not(feature = "hydrate"))]
mod browser {
    use std::future::{Ready, ready};

    pub fn text(_: &str) -> Ready<Option<String>> {
        ready(None)
    }

    pub fn can_copy() -> bool {
        false
    }

    pub fn copy(_: &str) -> Ready<bool> {
        ready(false)
    }

    pub fn sha256_of_file(_: &str) -> Ready<Option<String>> {
        ready(None)
    }

    pub fn go(_: &str) {}
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_typed_cannot_leave_the_address() {
        assert_eq!(super::in_address("Müller & Söhne#?"), "M%C3%BCller%20%26%20S%C3%B6hne%23%3F");
    }
}
