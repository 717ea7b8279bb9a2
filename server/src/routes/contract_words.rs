//! What pages about contracts need from the catalogue and from the audit chain, in words.

use crate::edge::Visit;
use app::i18n::T;
use app::pages::contract_parts::{DocumentLink, Happened, Reader, ScopeWords, shown_state};
use app::pages::versions::{Change, Version, Versions};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::contract::amendment::ScopeChange;
use domain::contract::{Contract, ContractState};
use domain::permission::CustomerUser;
use domain::{DocumentId, Lang, Service, calendar};
use service::Content;
use service::audit::{Happening, Who};
use service::contracts::read::{ContractView, StoredDocument};
use service::stamps::SealLevel;

/// The services of a contract with the names of data and persons; names only where nothing more is known.
pub fn scope(content: &Content, lang: Lang, state: &ContractState) -> Vec<ScopeWords> {
    let c = &content.catalogue;
    let words =
        |service, data: &[String], more: &[String], subjects: &[String], others: &[String]| ScopeWords {
            service: c.service(service).name.get(lang).clone(),
            data: data
                .iter()
                .map(|id| c.data_category(id, lang).into())
                .chain(more.iter().cloned())
                .collect(),
            subjects: subjects
                .iter()
                .map(|id| c.data_subject(id, lang).into())
                .chain(others.iter().cloned())
                .collect(),
        };
    match state.request() {
        Some(r) => r
            .scope
            .iter()
            .map(|s| words(s.service, &s.data_categories, &s.more_data, &s.data_subjects, &s.more_subjects))
            .collect(),
        None => state.services().into_iter().map(|s| words(s, &[], &[], &[], &[])).collect(),
    }
}

/// Names of the special categories asked for.
pub fn special(content: &Content, lang: Lang, state: &ContractState) -> Vec<String> {
    let ids = state.request().map(|r| r.special_categories.as_slice()).unwrap_or_default();
    ids.iter().map(|id| content.catalogue.special_category(id, lang).to_string()).collect()
}

/// The versions under the number of a contract, with the pages under `base`; `may` begin a new one.
pub fn versions(visit: &Visit, whole: &ContractView, base: &str, may: bool) -> Versions {
    let (c, lang) = (&whole.contract, visit.lang);
    let version = |v: &Contract| {
        let from = v.state.concluded().map(|f| f.effective_from);
        let until = v.state.last_day();
        let href = visit.t().url(&format!("{base}/{}", v.id));
        Version { version: v.version, state: shown_state(&v.state, visit.now), href, from, until }
    };
    let concluded = |v: &&Contract| v.state.concluded().is_some();
    let before = whole.versions.iter().filter(|v| v.version < c.version).find(concluded);
    let names = |services: &[Service]| -> Vec<String> {
        let catalogue = &visit.portal().content.catalogue;
        services.iter().map(|s| catalogue.service(*s).name.get(lang).clone()).collect()
    };
    let change = before.map(|old| {
        let change = ScopeChange::between(&old.state.services(), &c.state.services());
        Change { since: old.version, added: names(&change.added), removed: names(&change.removed) }
    });
    let open = |v: &Contract| !v.state.name().is_over() && !v.state.name().rules();
    let amendable = matches!(&c.state, ContractState::InForce(f) if f.may_amend(visit.now).is_ok());
    let amend = may && amendable && !whole.versions.iter().any(open);
    Versions {
        all: whole.versions.iter().map(version).collect(),
        change,
        amend: amend.then(|| visit.t().url(&format!("{base}/{}/amend", c.id))),
    }
}

/// The entries of the audit chain about a contract.
pub fn happened(events: &[Happening]) -> Vec<Happened> {
    let of = |e: &Happening| Happened {
        kind: e.kind.strip_prefix("contract.").unwrap_or(&e.kind).to_string(),
        who: match &e.who {
            Who::Person(name) | Who::Program(name) => name.clone(),
            Who::Portal | Who::Command | Who::Gone => String::new(),
        },
        at: e.at,
    };
    events.iter().map(of).collect()
}

/// A stored document with its address under `base`.
pub fn document(t: T, stored: &StoredDocument, base: &str) -> DocumentLink {
    DocumentLink {
        name: stored.name.clone(),
        href: format!("{base}/{}", stored.id),
        size: stored.size as u64,
        sha256: stored.sha256.clone(),
        level: level(t, &stored.level),
    }
}

/// What a seal proves about the time, in words; none for a file without a seal of ours.
pub fn level(t: T, level: &SealLevel) -> Option<String> {
    let say = |key, at: &DateTime<Utc>, authority: &str| {
        t.tr(key, &[("time", &calendar::in_words(*at, t.0)), ("authority", authority)])
    };
    match level {
        SealLevel::None => None,
        SealLevel::B => Some(t.t("verify-level-b")),
        SealLevel::T(at, authority) => Some(say("verify-level-t", at, authority)),
        SealLevel::Unknown(at, authority) => Some(say("verify-level-unknown", at, authority)),
    }
}

/// The reader of a customer's page.
pub fn reader(by: &CustomerUser) -> Reader {
    Reader {
        user: by.user,
        email: by.email.clone(),
        may_request: by.may_request(),
        signatory: by.signatory().is_some(),
    }
}

/// The id of a document in an address.
pub fn document_id(text: &str) -> Result<DocumentId, service::Problem> {
    text.parse().map_err(|_| service::Problem::Missing)
}

/// Bytes to be saved under a name: an ASCII name for old programs, the full one beside it (RFC 6266).
pub fn attachment(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let full: String = name.bytes().fold(String::new(), |mut out, b| {
        use std::fmt::Write as _;
        if b.is_ascii_alphanumeric() || b"-_.".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    });
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}");
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, value(media_type)),
        (header::CONTENT_DISPOSITION, value(&disposition)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_safe_and_full() {
        let response = attachment("AV \"Müller\"\r\n.pdf", "application/pdf", vec![1]);
        let value = response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert_eq!(
            value,
            "attachment; filename=\"AV _M_ller___.pdf\"; filename*=UTF-8''AV%20%22M%C3%BCller%22%0D%0A.pdf"
        );
    }
}
