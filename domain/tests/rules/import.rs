//! Imports: nothing in a cell breaks them, good rows come out as they went in, bad dates never pass.

use crate::samples::day;
use crate::tape::{Tape, check};
use chrono::{Datelike, Duration, NaiveDate};
use domain::import::{CONTRACT_COLUMNS, CUSTOMER_COLUMNS, CustomerRow, contract_row, customer_row, date};
use domain::text;
use domain::{Service, customer::ContactInput};
use std::collections::BTreeMap;

type Row = BTreeMap<&'static str, String>;

/// The cells of a row, as the import asks for them.
fn cell<'a>(row: &'a Row) -> impl Fn(&str) -> &'a str {
    |column| row.get(column).map_or("", String::as_str)
}

fn any_row(columns: &[&'static str], tape: &mut Tape) -> Row {
    columns.iter().map(|c| (*c, tape.text())).collect()
}

#[test]
fn nothing_in_a_cell_breaks_an_import() {
    check(100, 80, |tape| {
        let _ = customer_row(cell(&any_row(&CUSTOMER_COLUMNS, tape)));
        let _ = contract_row(cell(&any_row(&CONTRACT_COLUMNS, tape)));
    });
}

#[test]
fn one_odd_cell_in_a_good_row_is_understood_or_named_by_its_column() {
    check(250, 24, |tape| {
        let (mut row, column) = (good_customer(tape), tape.pick(&CUSTOMER_COLUMNS));
        row.insert(column, tape.text());
        assert_names_only(column, &customer_row(cell(&row)).err().unwrap_or_default());
        let (mut row, column) = (good_contract(tape), tape.pick(&CONTRACT_COLUMNS));
        row.insert(column, tape.text());
        assert_names_only(column, &contract_row(cell(&row)).err().unwrap_or_default());
    });
}

/// A cell may contradict another one of its group: a start after its end, half a contact.
fn assert_names_only(column: &str, mistakes: &domain::Mistakes) {
    let group = |c: &str| c.split('_').next().map(str::to_owned);
    for m in &mistakes.0 {
        assert_eq!(group(&m.field), group(column), "{mistakes:?} after a change of {column}");
    }
}

#[test]
fn good_customer_rows_come_out_as_they_went_in() {
    check(150, 24, |tape| {
        let row = good_customer(tape);
        let read = customer_row(cell(&row)).unwrap();
        assert_eq!(written_customer(&read), row);
    });
}

#[test]
fn good_contract_rows_come_out_as_they_went_in() {
    check(150, 24, |tape| {
        let row = good_contract(tape);
        let read = contract_row(cell(&row)).unwrap();
        let written = Row::from([
            ("customer_number", read.customer_number),
            ("contract_number", read.contract_number),
            ("services", names(&read.services)),
            ("signed_on", read.signed_on.to_string()),
            ("effective_from", read.effective_from.to_string()),
            ("effective_until", read.effective_until.map_or_else(String::new, |d| d.to_string())),
            ("signatory_name", read.signatory_name),
            ("signatory_function", read.signatory_function),
            ("text_version", read.text_version),
            ("document", read.document),
        ]);
        assert_eq!(written, row);
    });
}

fn good_customer(tape: &mut Tape) -> Row {
    let (n, yes_no) = (tape.number(10_000), ["no", "yes"]);
    let mut row = Row::from([
        ("customer_number", format!("K{n}")),
        ("legal_name", tape.pick(&["Bäckerei Müller GmbH & Co. KG", "O’Neil \"Ltd\"", "字 e.V."]).into()),
        ("street", format!("Hauptstraße {n}")),
        ("postal_code", tape.pick(&["72622", "SW1A 1AA"]).into()),
        ("city", tape.pick(&["Nürtingen", "London"]).into()),
        ("country", tape.pick(&text::COUNTRIES.split(' ').collect::<Vec<_>>()).into()),
        ("email", format!("info{n}@example.org")),
        ("language", tape.pick(&["de", "en"]).into()),
        ("phones", tape.pick(&["", "+4970221234567", "+4970221234567|+12025550123"]).into()),
        ("domains", tape.pick(&["", "example.org", "example.org|müller.example"]).into()),
        ("service_contract", tape.pick(&yes_no).into()),
        ("hosting", tape.pick(&yes_no).into()),
        ("professional_secrecy", tape.pick(&yes_no).into()),
    ]);
    row.extend(contact_cells("privacy_contact", false, tape));
    row.extend(contact_cells("signatory", true, tape));
    row
}

fn contact_cells(prefix: &str, with_function: bool, tape: &mut Tape) -> Vec<(&'static str, String)> {
    let there = tape.once_in(2);
    let values =
        [("name", "Anna Müller"), ("email", "anna@mueller.example"), ("function", "Managing director")];
    let parts = &values[..if with_function { 3 } else { 2 }];
    let text = |v: &str| if there { v.to_owned() } else { String::new() };
    parts.iter().map(|(part, v)| (column(&format!("{prefix}_{part}")), text(v))).collect()
}

fn column(name: &str) -> &'static str {
    CUSTOMER_COLUMNS.into_iter().find(|c| *c == name).unwrap()
}

fn written_customer(read: &CustomerRow) -> Row {
    let (facts, yes_no) = (&read.facts, |yes: bool| if yes { "yes" } else { "no" }.to_string());
    let contact = |kind: &str, part: fn(&ContactInput) -> &String| {
        read.contacts.iter().find(|c| c.kind == kind).map_or_else(String::new, |c| part(c).clone())
    };
    Row::from([
        ("customer_number", facts.number.clone()),
        ("legal_name", facts.legal_name.clone()),
        ("street", facts.street.clone()),
        ("postal_code", facts.postal_code.clone()),
        ("city", facts.city.clone()),
        ("country", facts.country.clone()),
        ("email", facts.email.clone()),
        ("language", facts.language.code().into()),
        ("phones", facts.phones.join("|")),
        ("domains", facts.domains.join("|")),
        ("service_contract", yes_no(facts.service_contract)),
        ("hosting", yes_no(facts.hosting)),
        ("professional_secrecy", yes_no(facts.professional_secrecy)),
        ("privacy_contact_name", contact("privacy", |c| &c.name)),
        ("privacy_contact_email", contact("privacy", |c| &c.email)),
        ("signatory_name", contact("signatory", |c| &c.name)),
        ("signatory_email", contact("signatory", |c| &c.email)),
        ("signatory_function", contact("signatory", |c| &c.function)),
    ])
}

fn good_contract(tape: &mut Tape) -> Row {
    let (a, b) = (any_day(tape), any_day(tape));
    let (from, until) = (a.min(b), a.max(b));
    let services: Vec<_> = Service::ALL.into_iter().filter(|_| tape.once_in(2)).collect();
    let services = if services.is_empty() { vec![Service::LogAnalysis] } else { services };
    Row::from([
        ("customer_number", format!("K{}", tape.number(10_000))),
        ("contract_number", format!("AV-{}", tape.number(10_000))),
        ("services", names(&services)),
        ("signed_on", any_day(tape).to_string()),
        ("effective_from", from.to_string()),
        ("effective_until", if tape.once_in(2) { until.to_string() } else { String::new() }),
        ("signatory_name", "Anna Müller".into()),
        ("signatory_function", "Managing director".into()),
        ("text_version", tape.pick(&["paper", "2019"]).into()),
        ("document", tape.pick(&["", "scans/k1.pdf"]).into()),
    ])
}

fn any_day(tape: &mut Tape) -> NaiveDate {
    day(1970, 1, 1) + Duration::days(tape.count(83_000))
}

fn names(services: &[Service]) -> String {
    services.iter().map(|s| s.name()).collect::<Vec<_>>().join("|")
}

/// What a date is, said without a date parser: four digits, two, two, and a day that exists.
fn is_date(typed: &str) -> bool {
    let typed = typed.trim();
    let shape: String = typed.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let numbers: Vec<u32> = typed.split('-').filter_map(|n| n.parse().ok()).collect();
    let [y, m, d] = numbers[..] else { return false };
    let exists = || NaiveDate::from_ymd_opt(i32::try_from(y).ok()?, m, d);
    shape == "0000-00-00" && exists().is_some_and(|d| (1970..2200).contains(&d.year()))
}

#[test]
fn every_day_that_does_not_exist_is_refused() {
    for year in [1900, 1969, 1970, 2023, 2024, 2100, 2199, 2200] {
        for (month, day) in (0..=13).flat_map(|m| (0..=32).map(move |d| (m, d))) {
            let typed = format!("{year:04}-{month:02}-{day:02}");
            assert_eq!(date("signed_on", &typed).is_ok(), is_date(&typed), "{typed}");
        }
    }
}

#[test]
fn a_date_in_any_other_spelling_is_refused() {
    for year in ["2026", "+2026", "-2026", "02026", "26", " 2026"] {
        for (month, day) in pairs(&["02", "2", " 2", "+2", "٠2", "²"]) {
            for between in ["-", ".", "/", "", " ", "- "] {
                let typed = [year, month, day].join(between);
                assert_eq!(date("signed_on", &typed).is_ok(), is_date(&typed), "{typed:?}");
            }
        }
    }
}

fn pairs<'a>(of: &'a [&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    of.iter().flat_map(move |a| of.iter().map(move |b| (*a, *b)))
}

#[test]
fn a_good_date_with_signs_changed_passes_only_if_it_is_still_a_date() {
    check(600, 2, |tape| {
        let mut signs: Vec<char> = any_day(tape).to_string().chars().collect();
        for _ in 0..=tape.number(3) {
            let at = tape.number(signs.len());
            signs[at] = tape.pick(&['0', '1', '2', '3', '9', '-', '+', ' ', '.', 'T']);
        }
        let typed: String = signs.into_iter().collect();
        assert_eq!(date("signed_on", &typed).is_ok(), is_date(&typed), "{typed:?}");
    });
}

#[test]
fn a_contract_row_without_any_service_is_refused() {
    check(20, 24, |tape| {
        for nothing in ["", " ", "|", " | | "] {
            let mut row = good_contract(tape);
            row.insert("services", nothing.into());
            let mistakes = contract_row(cell(&row)).unwrap_err();
            assert!(mistakes.of("services").is_some(), "{nothing:?}");
        }
    });
}

#[test]
fn a_country_is_typed_as_its_two_letters_and_nothing_else() {
    for odd in ["ß", "ſt", "ﬁ", "ﬆ", "d e", "ıt", "DEU", "276", "DE AD"] {
        assert!(text::country("country", odd).is_err(), "{odd:?}");
    }
}

#[test]
fn values_that_were_read_once_are_read_again_unchanged() {
    let parsers = [text::email, text::domain, text::phone, text::country];
    check(700, 4, |tape| {
        let (parse, typed) = (tape.pick(&parsers), tape.text());
        if let Ok(value) = parse("field", &typed) {
            assert_eq!(parse("field", &value).as_ref(), Ok(&value), "from {typed:?}");
        }
    });
}
