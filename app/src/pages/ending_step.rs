//! The one next step of a contract that ends or has ended.

use super::contract_parts::{Next, Reader, closed_with};
use crate::components::{Tone, Weight, button_link};
use crate::format;
use crate::i18n::T;
use chrono::{DateTime, Utc};
use domain::contract::Contract;
use domain::contract::lifecycle::{Disposal, Duty, Ended, Ending, Side};

pub(super) fn ending(t: T, e: &Ending, reader: &Reader, base: &str) -> Next {
    let until = format::date(t, e.notice.last_day);
    let key = format!("ending-{}", e.notice.side.name());
    let next = Next::new(t, Tone::Warn, &key, &[("until", &until)]);
    let chosen = match &e.choice {
        Some(c) => t.tr("disposal-chosen-early", &[("way", &t.t(&format!("way-{}", c.way.name())))]),
        None => t.t("disposal-choose-early"),
    };
    let mut next = next.saying(chosen);
    if reader.may_request {
        let to = format!("{base}/disposal");
        next = next.with(button_link(Weight::Primary, t.t("disposal-choose"), to));
    }
    if reader.signatory && e.notice.side == Side::Customer {
        next = next.with(button_link(Weight::Quiet, t.t("notice-take-back"), format!("{base}/notice")));
    }
    next
}

/// After the end: first the choice, then where the work stands.
pub(super) fn ended(t: T, c: &Contract, e: &Ended, reader: &Reader, now: DateTime<Utc>) -> Next {
    let on = e.last_day().map_or_else(|| format::day(t, e.at), |d| format::date(t, d));
    let Some(d) = &e.disposal else { return closed_with(t, "ended", c, reader, &[("on", &on)]) };
    let to = t.url(&format!("/my/{}/contracts/{}/disposal", c.customer, c.id));
    let see = || button_link(Weight::Secondary, t.t("disposal-see"), to.clone());
    match d.duty(now) {
        Duty::Choose(until) => {
            let until = format::date(t, until);
            let next = Next::new(t, Tone::Warn, "choose", &[("on", &on), ("until", &until)]);
            match reader.may_request {
                true => next.with(button_link(Weight::Primary, t.t("disposal-choose"), to)),
                false => next.saying(t.t("next-ask-choice")).with(see()),
            }
        }
        duty => {
            let next = Next::new(t, Tone::Info, "disposing", &[("on", &on)]);
            next.saying(duty_words(t, d, duty)).with(see())
        }
    }
}

/// What comes next after the end, and until when, in a sentence.
pub fn duty_words(t: T, d: &Disposal, duty: Duty) -> String {
    let until = format::date(t, duty.until());
    let way = d.choice.as_ref().map_or("", |c| c.way.name());
    let key = match duty {
        Duty::Choose(_) => "duty-choose",
        Duty::HandBack(_) => "duty-hand-back",
        Duty::Check(_) => "duty-check",
        Duty::Delete(_) => "duty-delete",
        Duty::Overwrite(_) => "duty-overwrite",
        Duty::Close(_) => "duty-close",
    };
    let way = if way.is_empty() { String::new() } else { t.t(&format!("way-{way}")) };
    t.tr(key, &[("until", &until), ("way", &way)])
}
