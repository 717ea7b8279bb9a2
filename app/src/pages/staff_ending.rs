//! What staff see and may do at a contract that rules, ends or has ended.

use super::ending_step::duty_words;
use super::staff_contract::{StaffContractView, address};
use crate::components::{Tone, Weight, button_link, details, notice, p};
use crate::format;
use crate::i18n::T;
use domain::contract::ContractState;
use domain::contract::lifecycle::{EndCause, Ended, Ending};
use leptos::prelude::*;

/// Notice, or where the end stands; nothing in other states.
pub(super) fn due(t: T, v: &StaffContractView, state: &ContractState) -> AnyView {
    match state {
        ContractState::InForce(_) if v.manager => {
            let give = button_link(Weight::Quiet, t.t("notice-link-provider"), address(t, v, "/notice"));
            details(t.t("notice-section"), vec![p(t.t("notice-section-provider")), give])
        }
        ContractState::Ending(e) => ending(t, v, e),
        ContractState::Ended(e) => ended(t, v, e),
        ContractState::Closed(_) => {
            let see = button_link(Weight::Secondary, t.t("disposal-see"), address(t, v, "/disposal"));
            notice(Tone::Good, t.t("disposal-closed-title"), vec![see])
        }
        _ => ().into_any(),
    }
}

fn ending(t: T, v: &StaffContractView, e: &Ending) -> AnyView {
    let until = format::date(t, e.notice.last_day);
    let mut words = vec![p(t.tr(&format!("staff-ending-{}", e.notice.side.name()), &[("until", &until)]))];
    if v.manager {
        words.push(button_link(Weight::Quiet, t.t("notice-take-back"), address(t, v, "/notice")));
        words.push(button_link(Weight::Quiet, t.t("choice-enter-title"), address(t, v, "/disposal")));
    }
    notice(Tone::Warn, "", words)
}

/// After the end: what is due, and the way there.
fn ended(t: T, v: &StaffContractView, e: &Ended) -> AnyView {
    let to = address(t, v, "/disposal");
    match &e.disposal {
        Some(d) => {
            let duty = d.duty(v.now);
            let see = button_link(Weight::Primary, t.t("disposal-open-tasks"), to);
            notice(Tone::Info, "", vec![p(duty_words(t, d, duty)), see])
        }
        None if matches!(e.cause, EndCause::Superseded { .. }) => {
            notice(Tone::Plain, "", vec![p(t.t("staff-superseded"))])
        }
        None => {
            let see = button_link(Weight::Secondary, t.t("disposal-begin-title"), to);
            notice(Tone::Warn, "", vec![p(t.t("disposal-begin-lead")), see])
        }
    }
}
