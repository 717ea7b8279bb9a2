//! Makes the document of a deletion certificate: who, what, when, how, what is kept, in one language.

use super::letters::way;
use crate::contracts::build_document::{country, provider_party, row};
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use domain::contract::deletion::{DELETION_SCHEMA, Deleted, DeletedService, RetainedRow};
use domain::contract::document::{LabelValue, Party};
use domain::contract::lifecycle::{Closed, Disposal, EndCause, Task, TaskKind};
use domain::contract::{Contract, DeletionCertificate};
use domain::customer::Customer;
use domain::template::{self, Values};
use domain::{Lang, Service, UserId, calendar};
use std::collections::HashMap;
use store::{customers, users};

/// What the sentences are made with.
struct Made<'a> {
    portal: &'a Portal,
    contract: &'a Contract,
    customer: &'a Customer,
    closed: &'a Closed,
    disposal: &'a Disposal,
    names: HashMap<UserId, String>,
    lang: Lang,
}

/// Makes it.
///
/// # Errors
/// When the database fails, or a sentence asks for a value that is not there.
pub(super) async fn build(
    portal: &Portal,
    contract: &Contract,
    closed: &Closed,
) -> Result<DeletionCertificate> {
    let db = portal.store.read();
    let customer = customers::by_id(db, contract.customer).await?.ok_or(Problem::Missing)?;
    let disposal = closed.ended.disposal.as_ref().ok_or(Problem::Missing)?;
    let people = users::by_ids(db, &people_in(closed, disposal)).await?;
    let m = Made {
        portal,
        contract,
        customer: &customer,
        closed,
        disposal,
        names: people.into_iter().map(|u| (u.id, u.name)).collect(),
        lang: contract.state.frozen().map_or(customer.facts.language, |f| f.language),
    };
    Ok(DeletionCertificate {
        schema: DELETION_SCHEMA.into(),
        language: m.lang,
        number: contract.number.clone(),
        version: contract.version,
        issued_at: calendar::in_words(closed.at, m.lang),
        issued_by: m.name(closed.by),
        provider: provider_party(&portal.content, m.lang),
        customer: m.customer_party(),
        statement: m.statement()?,
        contract: m.contract_rows(),
        choice: m.choice_rows()?,
        services: disposal.services.iter().map(|s| m.service(*s)).collect(),
        subprocessors: m.tasks(|t| t.kind == TaskKind::Subprocessor),
        retained: m.retained(),
        notes: m.notes()?,
        timestamp: closed.at.timestamp(),
        verify_url: portal.verify_url(contract),
    })
}

fn people_in(closed: &Closed, d: &Disposal) -> Vec<UserId> {
    let done = d.tasks.iter().filter_map(|t| t.done.as_ref().map(|x| x.by));
    let chosen = d.choice.as_ref().and_then(|c| c.by);
    let returned = d.returned.as_ref().map(|r| r.by);
    let mut all: Vec<UserId> = done.chain(chosen).chain(returned).chain([closed.by]).collect();
    all.sort();
    all.dedup();
    all
}

impl Made<'_> {
    fn word(&self, key: &str) -> &str {
        self.portal.content.words.get(self.lang).get(key).map_or("", String::as_str)
    }

    fn say(&self, key: &str, pairs: &[(&str, &str)]) -> Result<String> {
        let values: Values = pairs.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string())).collect();
        template::fill(self.word(key), &values).map_err(internal)
    }

    fn row(&self, key: &str, value: String) -> LabelValue {
        row(self.word(key), value)
    }

    /// Name of an account, or that it is gone.
    fn name(&self, user: UserId) -> String {
        self.names.get(&user).cloned().unwrap_or_else(|| self.word("account-gone").into())
    }

    fn day(&self, day: chrono::NaiveDate) -> String {
        calendar::date_in_words(day, self.lang)
    }

    fn customer_party(&self) -> Party {
        let f = &self.customer.facts;
        Party {
            name: f.legal_name.clone(),
            street: f.street.clone(),
            place: format!("{} {}", f.postal_code, f.city),
            country: country(&self.portal.content, &f.country, self.lang),
            rows: vec![self.row("customer-number", f.number.clone())],
        }
    }

    fn statement(&self) -> Result<Vec<String>> {
        let services = self.portal.content.catalogue.service_names(&self.disposal.services, self.lang);
        let pairs = [("number", self.contract.number.as_str()), ("services", services.as_str())];
        let kept = if self.disposal.retained.is_empty() { "deletion-nothing-kept" } else { "deletion-kept" };
        Ok(vec![self.say("deletion-statement", &pairs)?, self.word(kept).to_string()])
    }

    fn contract_rows(&self) -> Vec<LabelValue> {
        let was = &self.closed.ended.was;
        let cause = match &self.closed.ended.cause {
            EndCause::Notice(n) => {
                let kind = if n.good_cause { "notice-good_cause" } else { "notice-ordinary" };
                let side = self.word(&format!("side-{}", n.side.name()));
                format!("{}, {side}, {}", self.word(kind), calendar::in_words(n.at, self.lang))
            }
            other => self.word(&format!("end-{}", other.name())).to_string(),
        };
        vec![
            self.row("deletion-text-version", was.text_version.clone()),
            self.row("deletion-from", self.day(was.effective_from)),
            self.row("deletion-last-day", self.day(self.disposal.ended_on)),
            self.row("deletion-cause", cause),
        ]
    }

    fn choice_rows(&self) -> Result<Vec<LabelValue>> {
        let Some(choice) = &self.disposal.choice else { return Ok(Vec::new()) };
        let at = calendar::in_words(choice.at, self.lang);
        let until = self.day(self.disposal.choose_until);
        let by = match choice.by {
            Some(user) if choice.in_text_form => {
                let name = format!("{} ({})", self.name(user), self.word("in-text-form"));
                self.say("chosen-by", &[("name", &name), ("at", &at)])?
            }
            Some(user) => self.say("chosen-by", &[("name", &self.name(user)), ("at", &at)])?,
            None => self.say("chosen-by-nobody", &[("until", &until)])?,
        };
        let mut rows = vec![
            self.row("deletion-choice", way(self.portal, self.lang, choice.way)),
            self.row("deletion-chosen", by),
        ];
        if choice.by.is_none() {
            let at: Vec<_> =
                self.disposal.reminders.iter().map(|at| calendar::in_words(*at, self.lang)).collect();
            rows.push(self.row("deletion-reminders", at.join("; ")));
        }
        if let Some(r) = &self.disposal.returned {
            let at = calendar::in_words(r.at, self.lang);
            rows.push(self.row("deletion-returned", format!("{at}: {}", r.how)));
            rows.push(self.row("deletion-checked", self.day(r.check_until)));
        }
        Ok(rows)
    }

    fn service(&self, service: Service) -> DeletedService {
        let catalogue = &self.portal.content.catalogue;
        let scope = self.contract.state.request().and_then(|r| r.scope.iter().find(|s| s.service == service));
        let text = catalogue.service(service);
        let (ids, more) = match scope {
            Some(s) => (&s.data_categories, s.more_data.as_slice()),
            None => (&text.data_categories, &[][..]),
        };
        let data = ids.iter().map(|id| catalogue.data_category(id, self.lang).to_string());
        DeletedService {
            name: text.name.get(self.lang).clone(),
            data: data.chain(more.iter().cloned()).collect(),
            rows: self.tasks(|t| t.kind != TaskKind::Subprocessor && t.services.contains(&service)),
        }
    }

    fn tasks(&self, which: impl Fn(&Task) -> bool) -> Vec<Deleted> {
        let wanted = self.disposal.tasks.iter().filter(|t| which(t));
        let row = |t: &Task| {
            let done = t.done.as_ref()?;
            Some(Deleted {
                what: t.name.get(self.lang).clone(),
                on: self.day(done.on),
                method: done.method.clone(),
                note: done.note.clone(),
                confirmed: format!("{}, {}", self.name(done.by), calendar::in_words(done.at, self.lang)),
            })
        };
        wanted.filter_map(row).collect()
    }

    fn retained(&self) -> Vec<RetainedRow> {
        let row = |r: &domain::contract::lifecycle::Retained| RetainedRow {
            what: r.what.clone(),
            law: r.law.clone(),
            until: self.day(r.until),
        };
        self.disposal.retained.iter().map(row).collect()
    }

    fn notes(&self) -> Result<Vec<String>> {
        let mail = self.portal.content.provider.privacy_email.clone();
        Ok(vec![
            self.word("deletion-note-backups").to_string(),
            self.word("deletion-note-evidence").to_string(),
            self.say("deletion-note-check", &[("email", &mail)])?,
        ])
    }
}
