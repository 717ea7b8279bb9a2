//! The request form: a good one passes, each gap names its field, and nothing that can be typed breaks it.

use crate::samples::request_input;
use crate::tape::{Tape, check};
use domain::contract::request::{Person, Request, RequestInput, ScopeInput, unknown_ids};
use domain::customer::Representation::{self, Joint, Single};
use domain::{Lang, Service};

/// A field, and how a customer leaves it empty.
type Gap = (&'static str, fn(&mut RequestInput));

const NEEDED: [Gap; 18] = [
    ("services", |r| r.scope.clear()),
    ("data_hosting", |r| r.scope[0].data_categories.clear()),
    ("subjects_hosting", |r| r.scope[0].data_subjects.clear()),
    ("special", |r| r.special.clear()),
    ("special_categories", |r| r.special = "yes".into()),
    ("professional_secrecy", |r| r.professional_secrecy.clear()),
    ("privacy_name", |r| r.privacy_contact.name.clear()),
    ("privacy_email", |r| r.privacy_contact.email.clear()),
    ("breach_name", |r| r.breach_contact.name.clear()),
    ("breach_email", |r| r.breach_contact.email.clear()),
    ("breach_phone", |r| r.breach_contact.phone.clear()),
    ("instructing", |r| r.instructing.clear()),
    ("signatory1_name", |r| r.signatories[0].name.clear()),
    ("signatory1_email", |r| r.signatories[0].email.clear()),
    ("signatory1_function", |r| r.signatories[0].function.clear()),
    ("signatory2_email", |r| r.signatories[1].email.clear()),
    ("own_permission", |r| r.own_permission = false),
    ("own_permission", |r| r.own_permission_wording.clear()),
];

const OPTIONAL: [Gap; 7] = [
    ("special_safeguards", |r| r.special_safeguards.clear()),
    ("register", |r| r.register.clear()),
    ("main_contract", |r| r.main_contract.clear()),
    ("privacy_function", |r| r.privacy_contact.function.clear()),
    ("privacy_phone", |r| r.privacy_contact.phone.clear()),
    ("breach_function", |r| r.breach_contact.function.clear()),
    ("signatory1_phone", |r| r.signatories[0].phone.clear()),
];

fn fields_of(input: &RequestInput, rule: Representation) -> Vec<String> {
    input.check(rule).err().map_or_else(Vec::new, |m| m.0.into_iter().map(|m| m.field).collect())
}

fn with(change: impl Fn(&mut RequestInput)) -> RequestInput {
    let mut input = request_input();
    change(&mut input);
    input
}

#[test]
fn a_full_request_passes_under_both_rules_of_representation() {
    for rule in [Single, Joint] {
        let request = request_input().check(rule).unwrap();
        assert_eq!(request.services(), [Service::Hosting]);
        assert_eq!(request.own_permission, "We may have these data processed.");
    }
}

#[test]
fn each_needed_field_left_empty_is_named_and_no_other() {
    for (field, empty) in NEEDED {
        assert_eq!(fields_of(&with(empty), Joint), [field]);
    }
}

#[test]
fn each_optional_field_may_be_left_empty() {
    for (field, empty) in OPTIONAL {
        assert_eq!(fields_of(&with(empty), Joint), [""; 0], "{field}");
    }
}

#[test]
fn an_empty_form_names_everything_at_once_and_in_the_order_of_the_form() {
    let expected = [
        "services",
        "special",
        "professional_secrecy",
        "privacy_name",
        "privacy_email",
        "breach_name",
        "breach_email",
        "breach_phone",
        "instructing",
        "signatory1_name",
        "signatory2_name",
        "own_permission",
    ];
    assert_eq!(fields_of(&RequestInput::default(), Joint), expected);
}

#[test]
fn a_second_signatory_may_be_missing_only_where_one_is_enough() {
    let alone = with(|r| r.signatories.truncate(1));
    assert_eq!(fields_of(&alone, Single), [""; 0]);
    assert_eq!(fields_of(&alone, Joint), ["signatory2_name"]);
    let blank_row = with(|r| r.signatories[1] = Person::default());
    assert_eq!(fields_of(&blank_row, Single), [""; 0]);
    assert!(fields_of(&blank_row, Joint).contains(&"signatory2_name".into()));
}

#[test]
fn the_same_address_cannot_stand_for_two_signatories() {
    let twice = with(|r| r.signatories[1].email = " ANNA@Mueller.example ".into());
    assert_eq!(fields_of(&twice, Joint), ["signatory2_email"]);
}

#[test]
fn special_categories_count_only_after_a_yes() {
    let changed_mind = with(|r| r.special_categories = vec!["health".into()]);
    assert!(changed_mind.check(Single).unwrap().special_categories.is_empty());
}

#[test]
fn what_is_named_twice_stands_in_the_contract_once() {
    let twice = with(|r| {
        let block = &mut r.scope[0];
        block.data_categories = ["contact", "bank", "contact"].map(String::from).into();
        block.data_subjects = ["customers", "customers"].map(String::from).into();
        block.more_data = "Chip cards\n chip cards\nChip  cards\n".into();
        r.special = "yes".into();
        r.special_categories = ["health", "health"].map(String::from).into();
    });
    let request = twice.check(Single).unwrap();
    assert_eq!(request.scope[0].data_categories, ["contact", "bank"]);
    assert_eq!(request.scope[0].data_subjects, ["customers"]);
    assert_eq!(request.scope[0].more_data, ["Chip cards", "chip cards"]);
    assert_eq!(request.special_categories, ["health"]);
}

#[test]
fn a_list_that_nobody_would_read_is_refused_at_its_field() {
    let many = |n: usize| (0..n).map(|i| format!("Entry {i}")).collect::<Vec<_>>();
    let codes = |change: &dyn Fn(&mut ScopeInput)| -> Vec<(String, String)> {
        let long = with(|r| change(&mut r.scope[0])).check(Single);
        long.err().map_or_else(Vec::new, |m| m.0.into_iter().map(|m| (m.field, m.code)).collect())
    };
    let too_many = |field: &str| vec![(field.to_string(), "too-many".to_string())];
    assert!(codes(&|s| s.more_data = many(50).join("\n")).is_empty());
    assert_eq!(codes(&|s| s.more_data = many(51).join("\n")), too_many("more_data_hosting"));
    assert_eq!(codes(&|s| s.more_subjects = many(51).join("\n")), too_many("more_subjects_hosting"));
    assert!(codes(&|s| s.data_categories = many(100)).is_empty());
    assert_eq!(codes(&|s| s.data_categories = many(101)), too_many("data_hosting"));
}

#[test]
fn services_stand_in_the_order_of_the_annex() {
    let two = with(|r| {
        let more = ScopeInput { service: Service::Monitoring, ..r.scope[0].clone() };
        r.scope.insert(0, more);
    });
    assert_eq!(two.check(Single).unwrap().services(), [Service::Hosting, Service::Monitoring]);
}

#[test]
fn no_typed_addition_gets_lost() {
    let lines = |n: usize| (0..n).map(|i| format!("kind {i}")).collect::<Vec<_>>().join("\n");
    let many = with(|r| r.scope[0].more_data = lines(50));
    assert_eq!(many.check(Single).unwrap().scope[0].more_data.len(), 50);
    let too_many = with(|r| r.scope[0].more_data = lines(500));
    assert_eq!(fields_of(&too_many, Single), ["more_data_hosting"], "said, not silently cut off");
}

#[test]
fn ids_that_the_catalogue_does_not_know_are_named() {
    let given = ["contact".to_string(), "forged".to_string()];
    assert_eq!(unknown_ids("data_hosting", &given, &["contact"]).unwrap().detail, "forged");
    assert_eq!(unknown_ids("data_hosting", &given[..1], &["contact"]), None);
}

#[test]
fn nothing_that_can_be_typed_breaks_the_form_and_what_passes_would_pass_again() {
    check(100, 100, |tape| {
        let rule = tape.pick(&[Single, Joint]);
        if let Ok(request) = any_input(tape).check(rule) {
            assert_eq!(retyped(&request).check(rule).as_ref(), Ok(&request));
        }
    });
}

#[test]
fn any_one_field_may_be_anything() {
    check(400, 8, |tape| {
        let mut input = request_input();
        let (i, text) = (tape.number(FIELDS.len()), tape.text());
        *FIELDS[i](&mut input) = text;
        if let Ok(request) = input.check(Joint) {
            assert_eq!(retyped(&request).check(Joint).as_ref(), Ok(&request));
            assert!(phones(&request).all(|p| p.is_empty() || e164(p)), "{request:?}");
        }
    });
}

#[test]
fn a_phone_number_in_any_spelling_becomes_e164_or_is_refused() {
    check(400, 4, |tape| {
        let signs = ["0", "00", "+", "+49", "7022", "1234567", "(0)", " ", "-", "/", "+0", "1"];
        let typed: String = (0..tape.number(9)).map(|_| tape.pick(&signs)).collect();
        let read = domain::text::phone("breach_phone", &typed);
        assert!(read.is_err() || read.is_ok_and(|p| e164(&p)), "{typed:?}");
    });
}

fn phones(request: &Request) -> impl Iterator<Item = &str> {
    let contacts = [&request.privacy_contact, &request.breach_contact].into_iter();
    contacts.chain(&request.signatories).map(|p| p.phone.as_str())
}

/// E.164: a plus, a country code that never begins with 0, at most 15 digits.
fn e164(phone: &str) -> bool {
    let digits = phone.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

type Field = fn(&mut RequestInput) -> &mut String;

const FIELDS: [Field; 20] = [
    |r| &mut r.scope[0].more_data,
    |r| &mut r.scope[0].more_subjects,
    |r| &mut r.special,
    |r| &mut r.special_safeguards,
    |r| &mut r.professional_secrecy,
    |r| &mut r.register,
    |r| &mut r.main_contract,
    |r| &mut r.instructing,
    |r| &mut r.own_permission_wording,
    |r| &mut r.privacy_contact.name,
    |r| &mut r.privacy_contact.email,
    |r| &mut r.privacy_contact.phone,
    |r| &mut r.breach_contact.name,
    |r| &mut r.breach_contact.email,
    |r| &mut r.breach_contact.phone,
    |r| &mut r.breach_contact.function,
    |r| &mut r.signatories[0].name,
    |r| &mut r.signatories[0].email,
    |r| &mut r.signatories[0].function,
    |r| &mut r.signatories[1].phone,
];

fn any_input(tape: &mut Tape) -> RequestInput {
    RequestInput {
        scope: (0..tape.number(3)).map(|_| any_scope(tape)).collect(),
        special: tape.text(),
        special_categories: vec![tape.text()],
        special_safeguards: tape.text(),
        professional_secrecy: tape.text(),
        customer_is_processor: tape.once_in(2),
        register: tape.text(),
        main_contract: tape.text(),
        privacy_contact: any_person(tape),
        breach_contact: any_person(tape),
        instructing: tape.text(),
        signatories: (0..tape.number(4)).map(|_| any_person(tape)).collect(),
        own_permission: tape.once_in(2),
        own_permission_wording: tape.text(),
        language: tape.pick(&Lang::ALL),
    }
}

fn any_scope(tape: &mut Tape) -> ScopeInput {
    ScopeInput {
        service: tape.pick(&Service::ALL),
        data_categories: vec![tape.text()],
        more_data: tape.text(),
        data_subjects: Vec::new(),
        more_subjects: tape.text(),
    }
}

fn any_person(tape: &mut Tape) -> Person {
    Person { name: tape.text(), email: tape.text(), function: tape.text(), phone: tape.text() }
}

/// The form filled in again with what was understood.
fn retyped(request: &Request) -> RequestInput {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_string();
    let scope = request.scope.iter().map(|s| ScopeInput {
        service: s.service,
        data_categories: s.data_categories.clone(),
        more_data: s.more_data.join("\n"),
        data_subjects: s.data_subjects.clone(),
        more_subjects: s.more_subjects.join("\n"),
    });
    RequestInput {
        scope: scope.collect(),
        special: yes_no(!request.special_categories.is_empty()),
        special_categories: request.special_categories.clone(),
        special_safeguards: request.special_safeguards.clone(),
        professional_secrecy: yes_no(request.professional_secrecy),
        customer_is_processor: request.customer_is_processor,
        register: request.register.clone(),
        main_contract: request.main_contract.clone(),
        privacy_contact: request.privacy_contact.clone(),
        breach_contact: request.breach_contact.clone(),
        instructing: request.instructing.clone(),
        signatories: request.signatories.clone(),
        own_permission: true,
        own_permission_wording: request.own_permission.clone(),
        language: request.language,
    }
}
