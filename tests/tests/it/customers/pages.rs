//! The pages of customers as a browser sees them.

use super::{file, how_many, row};
use crate::harness::{TestApp, each_database, goes_to};
use axum_test::multipart::{MultipartForm, Part};
use axum_test::{TestResponse, TestServer};
use domain::permission::StaffRole;

const FORM: [(&str, &str); 9] = [
    ("lock", "0"),
    ("customer_number", "K1"),
    ("legal_name", "Bäckerei Müller"),
    ("street", "Hauptstraße 1"),
    ("postal_code", "72622"),
    ("city", "Nürtingen"),
    ("country", "DE"),
    ("email", "info@mueller.example"),
    ("language", "de"),
];

fn form<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<_> = FORM.into_iter().filter(|(n, _)| !changes.iter().any(|(c, _)| c == n)).collect();
    all.extend_from_slice(changes);
    all
}

async fn manager(test: &TestApp) -> TestServer {
    test.manager().await;
    test.browser_of("bernd@provider.example").await
}

fn status(answer: &TestResponse) -> u16 {
    answer.status_code().as_u16()
}

#[tokio::test]
async fn a_customer_is_entered_shown_edited_and_found() {
    each_database(async |test| {
        let browser = manager(test).await;
        assert!(browser.get("/de/customers").await.text().contains("Noch keine Kunden"));
        let wrong =
            browser.post("/de/customers/new").form(&form(&[("country", ""), ("email", "<b>\"no")])).await;
        assert_eq!(status(&wrong), 422);
        let page = wrong.text();
        assert!(
            page.contains("Bäckerei Müller")
                && page.contains("&lt;b&gt;&quot;no")
                && page.contains("email-error"),
            "{page}"
        );
        let made = browser.post("/de/customers/new").form(&form(&[])).await;
        assert_eq!(status(&made), 303, "{}", made.text());
        let path = goes_to(&made);
        let shown = browser.get(&path).await.text();
        assert!(shown.contains("Bäckerei Müller") && shown.contains("Deutschland"), "{shown}");
        let edit = format!("{path}/edit");
        assert!(browser.get(&edit).await.text().contains("value=\"Hauptstraße 1\""));
        let saved =
            browser.post(&edit).form(&form(&[("street", "Neue Gasse 7"), ("services", "hosting")])).await;
        assert_eq!(status(&saved), 303);
        assert!(browser.get(&path).await.text().contains("Neue Gasse 7"));
        assert!(
            browser.get("/de/customers?q=muller&service=hosting&contract=none").await.text().contains(&path)
        );
        assert!(browser.get("/en/customers?q=nobody").await.text().contains("No customer fits"));
        assert_eq!(status(&browser.get("/de/customers?page=x&contract=%00&service=x").await), 200);
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_edits_shows_both_and_can_be_saved_then() {
    each_database(async |test| {
        let browser = manager(test).await;
        let path = goes_to(&browser.post("/de/customers/new").form(&form(&[])).await);
        let edit = format!("{path}/edit");
        browser.post(&edit).form(&form(&[("street", "Neue Gasse 7")])).await;
        let late = browser.post(&edit).form(&form(&[("city", "Stuttgart")])).await;
        assert_eq!(status(&late), 409);
        let page = late.text();
        assert!(
            page.contains("value=\"Stuttgart\"") && page.contains("Jetzt gespeichert: Neue Gasse 7"),
            "{page}"
        );
        assert!(page.contains("name=\"lock\" value=\"1\""), "{page}");
        let knowingly = browser.post(&edit).form(&form(&[("city", "Stuttgart"), ("lock", "1")])).await;
        assert_eq!(status(&knowingly), 303);
        assert_eq!(status(&browser.post(&edit).form(&form(&[("lock", "x")])).await), 422);
    })
    .await;
}

#[tokio::test]
async fn contacts_and_people_are_added_and_removed_on_their_pages() {
    each_database(async |test| {
        let browser = manager(test).await;
        let path = goes_to(&browser.post("/de/customers/new").form(&form(&[])).await);
        let new = format!("{path}/contacts/new");
        let wrong =
            browser.post(&new).form(&[("kind", "privacy"), ("name", "Anna <i>"), ("email", "")]).await;
        assert!(
            status(&wrong) == 422 && wrong.text().contains("value=\"Anna &lt;i&gt;\""),
            "{}",
            wrong.text()
        );
        let anna = [
            ("kind", "privacy"),
            ("name", "Anna Müller"),
            ("email", "anna@mueller.example"),
            ("function", ""),
        ];
        assert_eq!(status(&browser.post(&new).form(&anna).await), 303);
        let page = browser.get(&path).await.text();
        let contact =
            page.split(&format!("href=\"{path}/contacts/")).filter(|p| !p.starts_with("new")).nth(1);
        let id = contact.and_then(|p| p.split('"').next()).expect("a contact").to_string();
        assert!(browser.get(&format!("{path}/contacts/{id}")).await.text().contains("anna@mueller.example"));
        assert_eq!(status(&browser.post(&format!("{path}/contacts/{id}/remove")).await), 303);
        assert_eq!(status(&browser.post(&format!("{path}/contacts/{id}/remove")).await), 404);

        let invite = format!("{path}/people/new");
        assert_eq!(status(&browser.get(&invite).await), 200);
        let nobody = browser
            .post(&invite)
            .form(&[("name", "Karl Chef"), ("email", "karl@mueller.example"), ("language", "de")])
            .await;
        assert!(status(&nobody) == 422 && nobody.text().contains("role-error"));
        let karl = [
            ("name", "Karl Chef"),
            ("email", "karl@mueller.example"),
            ("language", "de"),
            ("role", "signatory"),
        ];
        assert_eq!(status(&browser.post(&invite).form(&karl).await), 303);
        let user = test.actor("karl@mueller.example").await.user;
        assert!(browser.get(&path).await.text().contains("Karl Chef (eingeladen)"));
        assert!(test.letters().await.iter().any(|l| l.to.address == "karl@mueller.example"));
        let remove = format!("{path}/people/{user}/remove");
        assert_eq!(status(&browser.post(&remove).form(&[("role", "signatory")]).await), 303);
        assert_eq!(status(&browser.post(&remove).form(&[("role", "signatory")]).await), 404);
        assert!(!browser.get(&path).await.text().contains("karl@mueller.example"));
    })
    .await;
}

fn upload(kind: &str, file: Vec<u8>) -> MultipartForm {
    MultipartForm::new()
        .add_text("kind", kind.to_string())
        .add_part("file", Part::bytes(file).file_name("kunden.csv"))
}

#[tokio::test]
async fn an_upload_is_imported_or_every_wrong_row_is_on_the_page() {
    each_database(async |test| {
        let browser = manager(test).await;
        let to = "/de/customers/import";
        assert_eq!(status(&browser.get(to).await), 200);
        let nothing = browser.post(to).multipart(MultipartForm::new().add_text("kind", "customers")).await;
        assert!(status(&nothing) == 422 && nothing.text().contains("Bitte wählen Sie eine Datei"));
        let bad = file(&[&row("K1"), &row("K2").replace("DE", "XX"), &row("K3").replace(",de", ",fr")]);
        let refused = browser.post(to).multipart(upload("customers", bad.clone())).await;
        let page = refused.text();
        assert_eq!((status(&refused), how_many(test).await), (422, 0));
        for part in [
            "Nichts eingelesen",
            "kunden.csv",
            "<code>country</code>",
            "XX ist kein",
            "<code>language</code>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        let partly = browser.post(to).multipart(upload("customers", bad).add_text("skip_bad", "yes")).await;
        assert_eq!((status(&partly), how_many(test).await), (200, 1));
        let done = browser.post(to).multipart(upload("customers", file(&[&row("K1"), &row("K4")]))).await;
        assert_eq!(status(&done), 303);
        let location = done.header("location").to_str().expect("an address").to_string();
        assert!(
            browser.get(&location).await.text().contains("Neu: 1. Geändert: 0. Unverändert: 1."),
            "{location}"
        );
        let large = browser.post(to).multipart(upload("customers", vec![b'x'; 17_000_000])).await;
        assert!(status(&large) == 422 && large.text().contains("16 MB"), "{}", status(&large));
        assert_eq!(status(&browser.post(to).text("kind=customers").await), 422);
    })
    .await;
}

#[tokio::test]
async fn a_paper_contract_is_confirmed_by_a_second_person_on_its_page() {
    each_database(async |test| {
        let browser = manager(test).await;
        let path = goes_to(&browser.post("/de/customers/new").form(&form(&[])).await);
        let contracts = "customer_number,contract_number,services,signed_on,effective_from,signatory_name,signatory_function\n\
                         K1,P-1,hosting,2019-03-01,2019-04-01,Karl Chef,Chef\n";
        let done = browser.post("/de/customers/import").multipart(upload("contracts", contracts.into())).await;
        assert_eq!(status(&done), 303, "{}", done.text());
        let page = browser.get(&path).await.text();
        let contract = page.split("href=\"").filter_map(|p| p.split('"').next()).find(|a| a.starts_with("/de/contracts/"));
        let contract = contract.expect("a link to the contract").to_string();
        let (desk, own) = (browser.get("/de/desk").await.text(), browser.get(&contract).await.text());
        assert!(!own.contains("/confirm\"") && own.contains("Sie haben diesen Vertrag eingetragen"), "{own}");
        assert!(!desk.contains("P-1"), "nobody is told to do what they may not do");
        test.staff("berta@provider.example", &[StaffRole::ContractManager]).await;
        let second = test.browser_of("berta@provider.example").await;
        assert!(second.get("/de/desk").await.text().contains("P-1"));
        assert!(second.get(&path).await.text().contains(&contract));
        let page = second.get(&contract).await.text();
        let action = page.split("action=\"").filter_map(|p| p.split('"').next()).find(|a| a.ends_with("/confirm"));
        let action = action.expect("a button").to_string();
        assert_eq!(status(&browser.post(&action).await), 409, "four eyes");
        assert_eq!(status(&second.post(&action).await), 303);
        assert!(second.get(&path).await.text().contains("In Kraft"));
        assert_eq!(status(&second.post(&action).await), 409, "only once");
    })
    .await;
}

#[tokio::test]
async fn a_technician_reads_and_takes_nothing_out_and_writes_nothing() {
    each_database(async |test| {
        let browser = manager(test).await;
        let path = goes_to(&browser.post("/de/customers/new").form(&form(&[])).await);
        test.staff("anna@provider.example", &[StaffRole::Technician]).await;
        let technician = test.browser_of("anna@provider.example").await;
        let page = technician.get(&path).await.text();
        assert!(
            page.contains("Bäckerei Müller") && !page.contains("/edit") && !page.contains("/people/new"),
            "{page}"
        );
        let file = "/de/customers/export.csv";
        assert!(!technician.get("/de/customers").await.text().contains(file), "no button that leads nowhere");
        assert_eq!(status(&technician.get(file).await), 403);
        assert!(browser.get("/de/customers").await.text().contains(file));
        let csv = browser.get(file).await;
        assert!(
            csv.header("content-disposition").to_str().expect("text").contains("customers-2026-11-23.csv")
        );
        assert!(csv.text().starts_with("customer_number,"));
        for forbidden in ["/de/customers/new", "/de/customers/import"] {
            assert_eq!(status(&technician.get(forbidden).await), 403);
        }
        assert_eq!(status(&technician.post(&format!("{path}/edit")).form(&form(&[])).await), 403);
        assert_eq!(status(&technician.get("/de/customers/0192f000-0000-7000-8000-00000000ffff").await), 404);
        assert_eq!(status(&technician.get("/de/customers/nonsense").await), 404);
    })
    .await;
}
