//! Makes the document of a contract: the text with its values, the annexes as frozen, in one language.

use crate::content::legal::wording_hash;
use crate::content::{Content, LegalText, Provider};
use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, NaiveDate, Utc};
use domain::annex::{Snapshot, Subprocessors, Toms, concerns};
use domain::contract::document::{
    ContractDocument, LabelValue, Party, SCHEMA, ServiceBlock, Stamp, SubprocessorAnnex, SubprocessorRow,
    TomAnnex, TomControl, TomMeasure,
};
use domain::contract::request::{Person, Request, ServiceScope};
use domain::contract::{Authorisation, Contract, Request as ContractRequest};
use domain::customer::Customer;
use domain::legal_text::TextFamily;
use domain::template::Values;
use domain::{Lang, Service, calendar, legal_text};
use std::collections::{BTreeSet, HashMap};

/// Everything the document is made from.
pub struct Parts<'a> {
    /// Number and version.
    pub contract: &'a Contract,
    /// The customer as it is today.
    pub customer: &'a Customer,
    /// What it asked for.
    pub request: &'a ContractRequest,
    /// The text.
    pub text: &'a LegalText,
    /// Frozen annex 2.
    pub toms: &'a Snapshot,
    /// Frozen annex 3.
    pub subprocessors: &'a Snapshot,
    /// Notice period in days.
    pub notice_days: u16,
    /// How new sub-processors are authorised.
    pub authorisation: Authorisation,
    /// Others may accede later.
    pub docking: bool,
    /// Time of the offer.
    pub now: DateTime<Utc>,
}

/// Makes the document, without evidence: a draft.
///
/// # Errors
/// When the text asks for a value that is not there, or an annex cannot be read.
pub fn build(portal: &Portal, parts: &Parts<'_>) -> Result<ContractDocument> {
    let content = &portal.content;
    let lang = parts.request.language;
    let services = parts.request.services();
    let words = content.words.get(lang);
    let toms = tom_annex(content, parts.toms, &services, lang)?;
    let subprocessors = subprocessor_annex(content, parts.subprocessors, &services, lang)?;
    let values = values(portal, parts, &toms.stamp, &subprocessors.stamp);
    let sections = parts.text.sections.get(lang);
    let mut provider = provider_party(content, lang);
    provider.rows.extend(annex_rows(content, parts, "role-processor", lang));
    let sections =
        legal_text::print(sections, &options(parts), &values, &words["reference"]).map_err(internal)?;
    Ok(ContractDocument {
        schema: SCHEMA.into(),
        language: lang,
        number: parts.contract.number.clone(),
        version: parts.contract.version,
        text_version: parts.text.version.clone(),
        family: parts.text.family,
        title: parts.text.title.get(lang).clone(),
        subtitle: parts.text.subtitle.get(lang).clone(),
        provider,
        customer: customer_party(content, parts, lang),
        summary: parts.text.summary.get(lang).clone(),
        sections,
        wording: parts.text.wording.get(lang).clone(),
        processing: parts.request.scope.iter().map(|s| service_block(content, s, lang)).collect(),
        particulars: particulars(content, parts, lang),
        toms,
        subprocessors,
        evidence: None,
        timestamp: parts.now.timestamp(),
        verify_url: portal.verify_url(parts.contract),
    })
}

/// Services whose work is done from a distance on systems with the customer's data.
const REMOTE: [Service; 4] =
    [Service::RemoteSupport, Service::SystemAdministration, Service::SaasAdministration, Service::ItcService];

/// The options that decide which clauses are printed.
fn options(parts: &Parts<'_>) -> BTreeSet<String> {
    let r: &Request = parts.request;
    let services = r.services();
    let has = |s: Service| services.contains(&s);
    [
        ("customer_is_processor", r.customer_is_processor),
        ("special_categories", !r.special_categories.is_empty()),
        ("professional_secrecy", r.professional_secrecy),
        (parts.authorisation.option(), true),
        ("docking", parts.docking),
        ("remote_support", has(Service::RemoteSupport)),
        ("remote_maintenance", REMOTE.iter().any(|s| has(*s))),
        ("log_analysis", has(Service::LogAnalysis)),
        ("hosting", has(Service::Hosting)),
        ("monitoring", has(Service::Monitoring)),
        ("telecommunication", has(Service::Hosting)),
    ]
    .into_iter()
    .filter(|(_, on)| *on)
    .map(|(name, _)| name.to_string())
    .collect()
}

fn values(portal: &Portal, parts: &Parts<'_>, toms: &Stamp, subs: &Stamp) -> Values {
    let (content, lang, r) = (&portal.content, parts.request.language, parts.request);
    let words = content.words.get(lang);
    let mut values = provider_values(content, lang);
    let mut set = |name: &str, value: String| values.insert(name.to_string(), value);
    let f = &parts.customer.facts;
    set("customer.number", f.number.clone());
    set("customer.legal_name", f.legal_name.clone());
    set("customer.street", f.street.clone());
    set("customer.postal_code", f.postal_code.clone());
    set("customer.city", f.city.clone());
    set("customer.country", country(content, &f.country, lang));
    set("customer.register", or(&r.register, &words["none"]));
    set("customer.privacy_contact", person(&r.privacy_contact));
    set("customer.breach_contact", person(&r.breach_contact));
    set("customer.instructing", r.instructing.clone());
    set("contract.number", parts.contract.number.clone());
    set("contract.version", parts.contract.version.to_string());
    set("contract.text_version", parts.text.version.clone());
    set("contract.language_name", words["language-name"].clone());
    set("contract.main_contract", or(&r.main_contract, &words["main-contract-default"]));
    set("contract.services", content.catalogue.service_names(&r.services(), lang));
    set("contract.notice_days", parts.notice_days.to_string());
    set("contract.wording_hash", wording_hash(parts.text.wording.get(lang)));
    set("contract.concluded_on", word(words, "concluded-on", parts.text.family).into());
    set("contract.portal_url", portal.settings.base_url.clone());
    for (name, stamp) in [("toms", toms), ("subprocessors", subs)] {
        set(&format!("annex.{name}_number"), stamp.number.to_string());
        set(&format!("annex.{name}_date"), stamp.date.clone());
        set(&format!("annex.{name}_hash"), stamp.sha256.clone());
    }
    values
}

fn provider_values(content: &Content, lang: Lang) -> Values {
    let p = &content.provider;
    let words = content.words.get(lang);
    [
        ("legal_name", p.legal_name.clone()),
        ("street", p.street.clone()),
        ("postal_code", p.postal_code.clone()),
        ("city", p.city.clone()),
        ("country", country(content, &p.country, lang)),
        ("register_court", p.register_court.clone()),
        ("register_number", p.register_number.clone()),
        ("represented_by", or(&p.represented_by, &words["represented-by-default"])),
        ("vat_id", or(&p.vat_id, &words["not-given"])),
        ("privacy_email", p.privacy_email.clone()),
        ("dpo", p.dpo.get(lang).clone()),
        ("breach_email", or(&p.breach_email, &p.privacy_email)),
        ("breach_phone", or(&or(&p.breach_phone, &p.phone), &words["not-given"])),
        ("jurisdiction", p.jurisdiction.get(lang).clone()),
    ]
    .into_iter()
    .map(|(name, value)| (format!("provider.{name}"), value))
    .collect()
}

fn or(value: &str, fallback: &str) -> String {
    if value.trim().is_empty() { fallback.into() } else { value.into() }
}

pub(crate) fn country(content: &Content, code: &str, lang: Lang) -> String {
    content.countries.get(code).map_or_else(|| code.to_string(), |b| b.get(lang).clone())
}

fn person(p: &Person) -> String {
    let parts = [&p.name, &p.function, &p.email, &p.phone];
    parts.into_iter().filter(|s| !s.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

pub(crate) fn row(label: &str, value: String) -> LabelValue {
    LabelValue { label: label.into(), value }
}

/// The word of a family where it has one of its own, else the usual one.
pub(super) fn word<'a>(words: &'a HashMap<String, String>, key: &str, family: TextFamily) -> &'a str {
    words.get(&format!("{key}-{}", family.name())).map_or_else(|| words[key].as_str(), String::as_str)
}

/// What an annex of parties asks for besides, in texts that have one: role, signature and date.
fn annex_rows(content: &Content, parts: &Parts<'_>, role: &str, lang: Lang) -> Vec<LabelValue> {
    if parts.text.family != TextFamily::Scc {
        return Vec::new();
    }
    let words = content.words.get(lang);
    vec![
        row(&words["role"], words[role].clone()),
        row(&words["signature-and-date"], words["see-certificate"].clone()),
    ]
}

pub(crate) fn provider_party(content: &Content, lang: Lang) -> Party {
    let (p, words): (&Provider, _) = (&content.provider, content.words.get(lang));
    let mut rows = vec![
        row(&words["register"], format!("{}, {}", p.register_court, p.register_number)),
        row(&words["represented-by"], or(&p.represented_by, &words["represented-by-default"])),
        row(&words["privacy-contact"], p.privacy_email.clone()),
    ];
    if !p.vat_id.is_empty() {
        rows.push(row(&words["vat-id"], p.vat_id.clone()));
    }
    Party {
        name: p.legal_name.clone(),
        street: p.street.clone(),
        place: format!("{} {}", p.postal_code, p.city),
        country: country(content, &p.country, lang),
        rows,
    }
}

fn customer_party(content: &Content, parts: &Parts<'_>, lang: Lang) -> Party {
    let (f, words) = (&parts.customer.facts, content.words.get(lang));
    let role =
        if parts.request.customer_is_processor { "role-customer-processor" } else { "role-controller" };
    let mut rows = vec![
        row(&words["customer-number"], f.number.clone()),
        row(&words["register"], or(&parts.request.register, &words["none"])),
        row(&words["privacy-contact"], person(&parts.request.privacy_contact)),
    ];
    rows.extend(annex_rows(content, parts, role, lang));
    Party {
        name: f.legal_name.clone(),
        street: f.street.clone(),
        place: format!("{} {}", f.postal_code, f.city),
        country: country(content, &f.country, lang),
        rows,
    }
}

fn service_block(content: &Content, scope: &ServiceScope, lang: Lang) -> ServiceBlock {
    let (c, text) = (&content.catalogue, content.catalogue.service(scope.service));
    let names = |ids: &[String], more: &[String], name: &dyn Fn(&str) -> String| -> Vec<String> {
        ids.iter().map(|id| name(id)).chain(more.iter().cloned()).collect()
    };
    ServiceBlock {
        service: scope.service.name().into(),
        name: text.name.get(lang).clone(),
        subject: text.subject.get(lang).clone(),
        nature: text.nature.get(lang).clone(),
        operations: text.operations.get(lang).clone(),
        purpose: text.purpose.get(lang).clone(),
        data: names(&scope.data_categories, &scope.more_data, &|id| c.data_category(id, lang).to_string()),
        subjects: names(&scope.data_subjects, &scope.more_subjects, &|id| {
            c.data_subject(id, lang).to_string()
        }),
        place: text.place.get(lang).clone(),
    }
}

/// What holds for all services: special categories, secrecy, contacts, declaration (B21, B22, C28, I64, R113).
fn particulars(content: &Content, parts: &Parts<'_>, lang: Lang) -> Vec<LabelValue> {
    let (r, words) = (parts.request, content.words.get(lang));
    let yes_no = |yes: bool| words[if yes { "yes" } else { "no" }].clone();
    let special: Vec<_> =
        r.special_categories.iter().map(|id| content.catalogue.special_category(id, lang)).collect();
    let special = if special.is_empty() { words["none"].clone() } else { special.join(", ") };
    let mut rows = vec![row(&words["special-categories"], special)];
    if !r.special_safeguards.is_empty() {
        rows.push(row(&words["special-safeguards"], r.special_safeguards.clone()));
    }
    rows.extend([
        row(&words["professional-secrecy"], yes_no(r.professional_secrecy)),
        row(&words["customer-is-processor"], yes_no(r.customer_is_processor)),
        row(&words["instructing"], r.instructing.clone()),
        row(&words["privacy-contact"], person(&r.privacy_contact)),
        row(&words["breach-contact"], person(&r.breach_contact)),
        row(&words["signatories"], r.signatories.iter().map(person).collect::<Vec<_>>().join("; ")),
        row(&words["authorisation"], authorisation(parts, words)),
        row(&words["places"], content.provider.locations.get(lang).clone()),
        row(&words["own-permission"], r.own_permission.clone()),
    ]);
    rows
}

/// Which of the two ways, and how many days before a change.
fn authorisation(parts: &Parts<'_>, words: &HashMap<String, String>) -> String {
    let way = &words[&format!("authorisation-{}", parts.authorisation.name())];
    way.replace("{days}", &parts.notice_days.to_string())
}

fn stamp(snapshot: &Snapshot, lang: Lang) -> Stamp {
    let day = calendar::berlin_date(snapshot.created_at);
    Stamp {
        number: snapshot.number,
        date: calendar::date_in_words(day, lang),
        sha256: snapshot.sha256.clone(),
    }
}

fn tom_annex(content: &Content, snapshot: &Snapshot, services: &[Service], lang: Lang) -> Result<TomAnnex> {
    let toms: Toms = serde_json::from_str(&snapshot.canonical).map_err(internal)?;
    let words = content.words.get(lang);
    let names = |list: &[String]| {
        if list.iter().any(|n| n == "all") {
            return words["all-services"].clone();
        }
        let known: Vec<_> = list.iter().filter_map(|n| Service::parse(n)).collect();
        content.catalogue.service_names(&known, lang)
    };
    let controls = toms.controls.iter().map(|c| TomControl {
        name: c.name.get(lang).clone(),
        basis: c.art32.iter().map(|a| format!("Art. {a}")).collect::<Vec<_>>().join(", "),
        measures: c
            .measures
            .iter()
            .filter(|m| m.status == "active" && concerns(&m.services, services))
            .map(|m| TomMeasure {
                id: m.id.clone(),
                title: m.title.get(lang).clone(),
                text: m.text.get(lang).clone(),
                services: names(&m.services),
            })
            .collect(),
    });
    Ok(TomAnnex {
        stamp: stamp(snapshot, lang),
        controls: controls.filter(|c| !c.measures.is_empty()).collect(),
    })
}

fn subprocessor_annex(
    content: &Content,
    snapshot: &Snapshot,
    services: &[Service],
    lang: Lang,
) -> Result<SubprocessorAnnex> {
    let all: Subprocessors = serde_json::from_str(&snapshot.canonical).map_err(internal)?;
    let words = content.words.get(lang);
    let rows = all.rows.iter().filter(|s| s.status == "active" && concerns(&s.services, services)).map(|s| {
        let data: Vec<_> =
            s.data_categories.iter().map(|id| content.catalogue.data_category(id, lang)).collect();
        let mechanism =
            words.get(&format!("transfer-{}", s.transfer_mechanism)).unwrap_or(&s.transfer_mechanism);
        SubprocessorRow {
            name: s.legal_name.clone(),
            address: format!(
                "{}, {} {}, {}",
                s.street,
                s.postal_code,
                s.city,
                country(content, &s.country, lang)
            ),
            contact: format!("{}, {}", s.contact_name, s.contact_email),
            service: s.service.get(lang).clone(),
            data: data.join(", "),
            places: s.places.get(lang).clone(),
            transfer: [mechanism.as_str(), s.transfer_evidence.get(lang)].join(" – "),
            since: NaiveDate::parse_from_str(&s.since, "%Y-%m-%d")
                .map_or_else(|_| s.since.clone(), |d| calendar::date_in_words(d, lang)),
        }
    });
    Ok(SubprocessorAnnex { stamp: stamp(snapshot, lang), rows: rows.collect() })
}
