//! Every mail in both languages, from its sample: twice the same, and as it was last read by a person.

use service::Content;
use service::mail::samples;

#[test]
fn every_mail_in_both_languages_reads_as_it_was_agreed() {
    let content = Content::load(None).expect("content");
    let mails = samples::all(&content).expect("mails");
    assert_eq!(mails, samples::all(&content).expect("mails"), "the same values give the same mail");
    assert_eq!(mails.len(), content.mails.len() * 2);
    let mut all = String::new();
    for m in &mails {
        let at = format!("{} ({})", m.template, m.lang.code());
        let html = &m.mail.html;
        assert!(html.contains(&format!("<html lang=\"{}\"", m.lang.code())), "{at}");
        assert!(html.matches("<a ").count() <= 1, "{at}: one link at most");
        assert!(
            !html.contains("<script") && !html.contains("<img") && !html.contains("src="),
            "{at}: nothing loaded"
        );
        assert!(!html.contains("<Elektrotechnik>") && !html.contains("<Müller>"), "{at}: escaped");
        assert!(!m.mail.text.contains(['{', '}']) && !m.mail.subject.contains('\n'), "{at}");
        all.push_str(&format!("=== {at}\n{}\n\n{}\n", m.mail.subject, m.mail.text));
    }
    insta::assert_snapshot!("mails", all);
}

#[test]
fn the_html_of_a_mail_is_one_calm_table() {
    let content = Content::load(None).expect("content");
    let mails = samples::all(&content).expect("mails");
    for name in ["contract_offered", "sign_code"] {
        let mail = mails.iter().find(|m| m.template == name).expect("this mail");
        insta::assert_snapshot!(format!("mail_{name}"), mail.mail.html);
    }
}
