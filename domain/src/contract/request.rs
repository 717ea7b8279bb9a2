//! The request: what the customer asks to have processed (Art. 28(3) opening words, checklist B).

use crate::customer::Representation;
use crate::text::{self, Lang};
use crate::{Mistake, Mistakes, Service};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What the customer asks for, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// One block a service (B15–B20).
    pub scope: Vec<ServiceScope>,
    /// Ids of special categories of data, Art. 9 and 10; empty means none (B21).
    pub special_categories: Vec<String>,
    /// Safeguards wished for them.
    pub special_safeguards: String,
    /// § 203 StGB (B22).
    pub professional_secrecy: bool,
    /// The customer is itself a processor for somebody else (A8).
    pub customer_is_processor: bool,
    /// Register or VAT number; empty means none (A3).
    pub register: String,
    /// The main contract, in the customer's words (A12).
    pub main_contract: String,
    /// Privacy contact or data protection officer (A5).
    pub privacy_contact: Person,
    /// Who is told of a breach, reachable at any time (I64).
    pub breach_contact: Person,
    /// Who may give instructions (C28).
    pub instructing: String,
    /// Who will sign.
    pub signatories: Vec<Person>,
    /// The declaration of own permission, word by word (R113).
    pub own_permission: String,
    /// Language of the contract.
    pub language: Lang,
}

/// The block of one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceScope {
    /// Which.
    pub service: Service,
    /// Ids from the catalogue of data categories.
    pub data_categories: Vec<String>,
    /// Free additions.
    pub more_data: Vec<String>,
    /// Ids from the catalogue of data subjects.
    pub data_subjects: Vec<String>,
    /// Free additions.
    pub more_subjects: Vec<String>,
}

/// A person named in a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Function; may be empty where it is not asked for.
    pub function: String,
    /// Phone in E.164; may be empty where it is not asked for.
    pub phone: String,
}

impl Request {
    /// The services asked for, in the order of annex 1.
    pub fn services(&self) -> Vec<Service> {
        self.scope.iter().map(|s| s.service).collect()
    }
}

impl Request {
    /// As a form filled in with it; the declaration of own permission is to be made anew.
    pub fn as_input(&self) -> RequestInput {
        let yes_no = |yes| if yes { "yes" } else { "no" }.to_string();
        let scope = |s: &ServiceScope| ScopeInput {
            service: s.service,
            data_categories: s.data_categories.clone(),
            more_data: s.more_data.join("\n"),
            data_subjects: s.data_subjects.clone(),
            more_subjects: s.more_subjects.join("\n"),
        };
        RequestInput {
            scope: self.scope.iter().map(scope).collect(),
            special: yes_no(!self.special_categories.is_empty()),
            special_categories: self.special_categories.clone(),
            special_safeguards: self.special_safeguards.clone(),
            professional_secrecy: yes_no(self.professional_secrecy),
            customer_is_processor: self.customer_is_processor,
            register: self.register.clone(),
            main_contract: self.main_contract.clone(),
            privacy_contact: self.privacy_contact.clone(),
            breach_contact: self.breach_contact.clone(),
            instructing: self.instructing.clone(),
            signatories: self.signatories.clone(),
            own_permission: false,
            own_permission_wording: String::new(),
            language: self.language,
        }
    }
}

/// The request as typed. Kept in a draft just so, complete or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestInput {
    /// One block a ticked service.
    pub scope: Vec<ScopeInput>,
    /// `yes`, `no` or not yet answered.
    pub special: String,
    /// Ids of special categories.
    pub special_categories: Vec<String>,
    /// Safeguards.
    pub special_safeguards: String,
    /// `yes`, `no` or not yet answered.
    pub professional_secrecy: String,
    /// Ticked or not.
    pub customer_is_processor: bool,
    /// Register or VAT number.
    pub register: String,
    /// The main contract.
    pub main_contract: String,
    /// Privacy contact.
    pub privacy_contact: Person,
    /// Breach contact.
    pub breach_contact: Person,
    /// Who may instruct.
    pub instructing: String,
    /// Two rows; the second one may be empty under single representation.
    pub signatories: Vec<Person>,
    /// Declaration of own permission ticked.
    pub own_permission: bool,
    /// Its wording as shown, put in by the program, never by the form.
    pub own_permission_wording: String,
    /// Language of the contract.
    pub language: Lang,
}

/// The block of one service as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeInput {
    /// Which.
    pub service: Service,
    /// Ticked data categories.
    pub data_categories: Vec<String>,
    /// Free additions, one a line.
    pub more_data: String,
    /// Ticked data subjects.
    pub data_subjects: Vec<String>,
    /// Free additions, one a line.
    pub more_subjects: String,
}

impl RequestInput {
    /// The services ticked so far.
    pub fn services(&self) -> Vec<Service> {
        self.scope.iter().map(|s| s.service).collect()
    }

    /// Checks a request for sending.
    ///
    /// # Errors
    /// All [`Mistakes`] by form field (`data_hosting`, `signatory1_name`, …).
    pub fn check(&self, rule: Representation) -> Result<Request, Mistakes> {
        let mut m = Mistakes::default();
        let scope = self.check_scope(&mut m);
        let special = yes_no(&mut m, "special", &self.special);
        let special_categories = choices(&mut m, "special_categories", &self.special_categories);
        if special == Some(true) && special_categories.is_empty() {
            m.add("special_categories", "choose-one");
        }
        let special_safeguards =
            m.take(text::paragraph("special_safeguards", &self.special_safeguards, 1000));
        let professional_secrecy = yes_no(&mut m, "professional_secrecy", &self.professional_secrecy);
        let register = m.take(text::optional_line("register", &self.register, 120));
        let main_contract = m.take(text::optional_line("main_contract", &self.main_contract, 200));
        let privacy_contact = person(&mut m, "privacy", &self.privacy_contact, Needs::Mail);
        let breach_contact = person(&mut m, "breach", &self.breach_contact, Needs::MailAndPhone);
        let instructing = m.take(text::line("instructing", &self.instructing, 300));
        let signatories = self.check_signatories(&mut m, rule);
        if !self.own_permission || self.own_permission_wording.is_empty() {
            m.add("own_permission", "box");
        }
        let request = (|| {
            Some(Request {
                scope,
                special_categories: if special? { special_categories } else { Vec::new() },
                special_safeguards: special_safeguards?,
                professional_secrecy: professional_secrecy?,
                customer_is_processor: self.customer_is_processor,
                register: register?,
                main_contract: main_contract?,
                privacy_contact: privacy_contact?,
                breach_contact: breach_contact?,
                instructing: instructing?,
                signatories,
                own_permission: self.own_permission_wording.clone(),
                language: self.language,
            })
        })();
        m.or(request)
    }

    fn check_scope(&self, m: &mut Mistakes) -> Vec<ServiceScope> {
        if self.scope.is_empty() {
            m.add("services", "choose-one");
        }
        let mut scope: Vec<_> = self.scope.iter().map(|s| s.check(m)).collect();
        scope.sort_by_key(|s| s.service);
        scope.dedup_by_key(|s| s.service);
        scope
    }

    fn check_signatories(&self, m: &mut Mistakes, rule: Representation) -> Vec<Person> {
        let mut all: Vec<Person> = Vec::new();
        for (i, typed) in self.signatories.iter().enumerate() {
            if i > 0 && typed.is_empty() && i >= rule.signatures() {
                continue;
            }
            let field = format!("signatory{}", i + 1);
            if let Some(p) = person(m, &field, typed, Needs::MailAndFunction) {
                if all.iter().any(|other| other.email == p.email) {
                    m.add(&format!("{field}_email"), "signatory-twice");
                }
                all.push(p);
            }
        }
        for i in self.signatories.len()..rule.signatures() {
            m.add(&format!("signatory{}_name", i + 1), "required");
        }
        all
    }
}

impl Person {
    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        [&self.name, &self.email, &self.function, &self.phone].iter().all(|s| s.trim().is_empty())
    }
}

impl Person {
    /// Checks somebody who is to sign; fields are `<field>_name`, `<field>_email`, `<field>_function`, `<field>_phone`.
    ///
    /// # Errors
    /// All [`Mistakes`] by field.
    pub fn check_signatory(&self, field: &str) -> Result<Self, Mistakes> {
        let mut m = Mistakes::default();
        let checked = person(&mut m, field, self, Needs::MailAndFunction);
        m.or(checked)
    }
}

impl ScopeInput {
    fn check(&self, m: &mut Mistakes) -> ServiceScope {
        let name = self.service.name();
        let data_categories = choices(m, &format!("data_{name}"), &self.data_categories);
        let more_data = additions(m, &format!("more_data_{name}"), &self.more_data);
        let data_subjects = choices(m, &format!("subjects_{name}"), &self.data_subjects);
        let more_subjects = additions(m, &format!("more_subjects_{name}"), &self.more_subjects);
        if self.data_categories.is_empty() && more_data.is_empty() {
            m.add(&format!("data_{name}"), "choose-one");
        }
        if self.data_subjects.is_empty() && more_subjects.is_empty() {
            m.add(&format!("subjects_{name}"), "choose-one");
        }
        ServiceScope { service: self.service, data_categories, more_data, data_subjects, more_subjects }
    }
}

/// Ids that one list of a form may carry: more than any catalogue has, less than fills a contract.
pub const CHOICES_MOST: usize = 100;
/// Free additions to one list: a contract is read by people.
pub const ADDITIONS_MOST: usize = 50;

/// Each id once, in the order in which they came.
fn choices(m: &mut Mistakes, field: &str, given: &[String]) -> Vec<String> {
    let once = once(given.iter().cloned());
    few(m, field, once, CHOICES_MOST)
}

fn additions(m: &mut Mistakes, field: &str, typed: &str) -> Vec<String> {
    let Some(typed) = m.take(text::paragraph(field, typed, 2400)) else { return Vec::new() };
    let lines = typed.lines().map(str::trim).filter(|l| !l.is_empty());
    let lines = once(lines.filter_map(|l| m.take(text::line(field, l, 120))));
    few(m, field, lines, ADDITIONS_MOST)
}

fn once(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    all.filter(|one| seen.insert(one.clone())).collect()
}

fn few(m: &mut Mistakes, field: &str, mut all: Vec<String>, most: usize) -> Vec<String> {
    if all.len() > most {
        m.0.push(Mistake::with(field, "too-many", most));
        all.truncate(most);
    }
    all
}

fn yes_no(m: &mut Mistakes, field: &str, typed: &str) -> Option<bool> {
    match typed {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            m.add(field, "yes-or-no");
            None
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Mail,
    MailAndPhone,
    MailAndFunction,
}

fn person(m: &mut Mistakes, field: &str, typed: &Person, needs: Needs) -> Option<Person> {
    let of = |part: &str| format!("{field}_{part}");
    let name = m.take(crate::people::full_name(&of("name"), &typed.name));
    let email = m.take(text::email(&of("email"), &typed.email));
    let function = match needs {
        Needs::MailAndFunction => m.take(text::line(&of("function"), &typed.function, 120)),
        _ => m.take(text::optional_line(&of("function"), &typed.function, 120)),
    };
    let phone = match (needs, typed.phone.trim()) {
        (Needs::MailAndPhone, _) => m.take(text::phone(&of("phone"), &typed.phone)),
        (_, "") => Some(String::new()),
        (_, typed) => m.take::<String>(text::phone(&of("phone"), typed)),
    };
    Some(Person { name: name?, email: email?, function: function?, phone: phone? })
}

/// Ids that the catalogue does not know (a stale form, a forged one).
pub fn unknown_ids<'a>(
    field: &str,
    given: impl IntoIterator<Item = &'a String>,
    known: &[&str],
) -> Option<Mistake> {
    given.into_iter().find(|id| !known.contains(&id.as_str())).map(|id| Mistake::with(field, "choice", id))
}
