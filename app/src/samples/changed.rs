//! Contracts in which something has changed: a signature passed on, another version begun or in its place.

use super::contracts::{at, contract, id, in_force, karl, offer, pick, user};
use crate::pages::versions::{Change, Version, Versions};
use chrono::NaiveDate;
use domain::contract::delegation::Delegation;
use domain::contract::lifecycle::{EndCause, Ended, Offered};
use domain::contract::request::Person;
use domain::contract::{Contract, ContractState, StateName};
use domain::{ContractId, Lang};

/// On offer, and passed on to somebody else.
pub fn passed_on(lang: Lang) -> Contract {
    let ida = Person {
        name: "Ida Hobel".into(),
        email: "ida@tischlerei-saegebrecht.example".into(),
        function: pick(lang, "Prokuristin", "Authorised officer"),
        phone: String::new(),
    };
    let reason = pick(lang, "Ich bin nicht mehr Geschäftsführer.", "I am no longer managing director.");
    contract(ContractState::Offered(delegated(lang, Some(ida), reason)))
}

/// On offer, and nobody knows who may sign.
pub fn nobody_signs(lang: Lang) -> Contract {
    contract(ContractState::Offered(delegated(lang, None, String::new())))
}

fn delegated(lang: Lang, to: Option<Person>, reason: String) -> Offered {
    let (from, from_name) = (karl(lang).email, karl(lang).name);
    let passed = Delegation { by: user(), from, from_name, to, reason, at: at(24, 9, 0) };
    Offered { delegations: vec![passed], ..offer(lang) }
}

/// Concluded, and followed by another version from December on.
pub fn handed_over(lang: Lang) -> Contract {
    let first = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap_or_default();
    let old = in_force(lang);
    match old.state {
        ContractState::InForce(f) => {
            contract(ContractState::InForce(f.hand_over(id::<ContractId>(0x11), first)))
        }
        _ => old,
    }
}

/// Over, because another version has taken its place.
pub fn superseded(lang: Lang) -> Contract {
    match handed_over(lang).state {
        ContractState::InForce(was) => contract(ContractState::Ended(Ended {
            was,
            at: at(25, 8, 0),
            cause: EndCause::Superseded { by: id::<ContractId>(0x11) },
            disposal: None,
        })),
        other => contract(other),
    }
}

/// The versions that pages show beside a contract.
pub(super) fn versions(lang: Lang, c: &Contract) -> Versions {
    let t = crate::i18n::T(lang);
    let followed = c.state.name() >= StateName::InForce;
    let version = |version, state| Version {
        version,
        state,
        href: "/de/my/1/contracts/1".into(),
        from: NaiveDate::from_ymd_opt(2026, 11, 24),
        until: None,
    };
    let change = Change {
        since: 1,
        added: vec![t.t("service-log_analysis"), t.t("service-monitoring")],
        removed: vec![t.t("service-hosting")],
    };
    Versions {
        all: vec![version(2, StateName::Offered), version(1, StateName::InForce)],
        change: (!followed).then_some(change),
        amend: (c.state.name() == StateName::InForce).then(|| "/de/my/1/contracts/1/amend".into()),
    }
}
