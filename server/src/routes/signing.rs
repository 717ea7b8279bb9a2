//! Reading and signing: for signatories of the customer. Whatever the state, the page says what to do next.

use super::my::{PathParts, contract_in, contract_path};
use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render::{page, shell};
use crate::router::{Route, get, post};
use app::components::Tone;
use app::format;
use app::pages::contract_parts::still_to_sign;
use app::pages::message::{self, MessageView};
use app::pages::signing::{self, SigningView};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use domain::contract::delegation::Delegation;
use domain::contract::lifecycle::Offered;
use domain::contract::request::Person;
use domain::contract::signing::SigningInput;
use domain::contract::{Contract, ContractState, Refusal, StateName};
use domain::permission::{Access, Signatory};
use domain::{ContractId, Mistakes, calendar};
use service::Problem;
use service::contracts::delegate::{self, DelegateInput};
use service::contracts::{decline, offer, read, sign, sign_code};

/// The routes.
pub fn routes() -> Vec<Route> {
    let sign = Access::CustomerSign;
    vec![
        get("/{lang}/my/{customer}/contracts/{id}/sign", sign, sign_page),
        post("/{lang}/my/{customer}/contracts/{id}/sign", sign, sign_contract),
        post("/{lang}/my/{customer}/contracts/{id}/sign/code", sign, send_code),
        post("/{lang}/my/{customer}/contracts/{id}/decline", sign, decline_offer),
        post("/{lang}/my/{customer}/contracts/{id}/delegate", sign, pass_on),
    ]
}

/// What was typed besides the signature itself.
#[derive(Default)]
struct Typed {
    input: SigningInput,
    reason: String,
    delegate: DelegateInput,
    mistakes: Mistakes,
}

async fn sign_page(visit: Visit, Path(parts): PathParts) -> Answer {
    show(&visit, contract_in(&parts)?, Typed::default(), StatusCode::OK).await
}

async fn sign_contract(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.signatory()?, contract_in(&parts)?);
    let input = input(&fields);
    match sign::run(visit.portal(), &by, id, &input, visit.now).await {
        Ok(()) => Ok(visit.go_saying(&contract_path(by.customer, id), "contract-signed")),
        Err(Problem::Mistakes(mistakes)) => {
            let typed = Typed { input, mistakes, ..Typed::default() };
            show(&visit, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Problem::Refused(Refusal::OtherText)) => Err(Problem::Refused(Refusal::OtherText).into()),
        // A second click, the back button, a colleague at the same instant: how things stand now.
        Err(Problem::Refused(_) | Problem::Stale) => {
            let mistakes = domain::Mistake::new("", "changed-meanwhile").into();
            show(&visit, id, Typed { input, mistakes, ..Typed::default() }, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Sends a code. What was typed so far comes back on the page; where nothing was typed, a plain redirect.
async fn send_code(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.signatory()?, contract_in(&parts)?);
    let mut typed = Typed { input: input(&fields), ..Typed::default() };
    typed.input.code.clear();
    let nothing =
        typed.input.name.is_empty() && typed.input.function.is_empty() && typed.input.ticked.is_empty();
    match sign_code::run(visit.portal(), &by, id, visit.now).await {
        Ok(()) if nothing => {
            Ok(visit.go_saying(&format!("{}/sign#sign", contract_path(by.customer, id)), "code-sent"))
        }
        Ok(()) => show(&visit, id, typed, StatusCode::OK).await,
        Err(Problem::TooMany) => {
            typed.mistakes.add("code", "code-wait");
            show(&visit, id, typed, StatusCode::TOO_MANY_REQUESTS).await
        }
        Err(Problem::Refused(_)) => show(&visit, id, typed, StatusCode::CONFLICT).await,
        Err(other) => Err(other.into()),
    }
}

async fn decline_offer(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.signatory()?, contract_in(&parts)?);
    let reason = fields.text("reason");
    match decline::by_customer(visit.portal(), &by, id, &reason, visit.now).await {
        Ok(()) => Ok(visit.go_saying(&contract_path(by.customer, id), "contract-declined")),
        Err(Problem::Mistakes(mistakes)) => {
            let typed = Typed { reason, mistakes, ..Typed::default() };
            show(&visit, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Problem::Refused(_)) => show(&visit, id, Typed::default(), StatusCode::CONFLICT).await,
        Err(other) => Err(other.into()),
    }
}

/// "I am not the right person": names another one, or says that they are not known.
async fn pass_on(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.signatory()?, contract_in(&parts)?);
    let unknown = fields.has("unknown");
    let reason = fields.text("delegate_reason");
    let input = DelegateInput { person: signatory_in(&fields), unknown, reason };
    match delegate::run(visit.portal(), &by, id, &input, visit.now).await {
        Ok(()) => {
            let said = if unknown { "contract-delegated-unknown" } else { "contract-delegated" };
            Ok(visit.go_saying(&contract_path(by.customer, id), said))
        }
        Err(Problem::Mistakes(mistakes)) => {
            let typed = Typed { delegate: input, mistakes, ..Typed::default() };
            show(&visit, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Problem::Refused(_)) => show(&visit, id, Typed::default(), StatusCode::CONFLICT).await,
        Err(other) => Err(other.into()),
    }
}

/// The person typed into the fields `delegate_…`.
pub(super) fn signatory_in(fields: &Fields) -> Person {
    let of = |part: &str| fields.text(&format!("delegate_{part}"));
    Person { name: of("name"), email: of("email"), function: of("function"), phone: String::new() }
}

fn input(fields: &Fields) -> SigningInput {
    SigningInput {
        name: fields.text("full_name"),
        function: fields.text("function"),
        ticked: fields.names_after("box_"),
        code: fields.text("code"),
        document_sha256: fields.text("document_sha256"),
    }
}

/// The signing page while this person may sign, else the page that says why not.
async fn show(visit: &Visit, id: ContractId, typed: Typed, status: StatusCode) -> Answer {
    let by = visit.signatory()?;
    let whole = read::one(visit.portal(), &visit.customer_user()?, id).await?;
    let html = match may_sign(&whole.contract, &by, visit) {
        Ok(offered) => {
            let view = view(visit, &by, &whole.contract, offered, typed).await?;
            signing::render(shell(visit), view)
        }
        Err(mut said) => {
            let to = visit.t().url(&contract_path(by.customer, id));
            said.action = Some((visit.t().t("sign-see-contract"), to));
            message::render(shell(visit), said)
        }
    };
    Ok(match status {
        StatusCode::OK => page(html),
        other => (other, Html(html)).into_response(),
    })
}

fn may_sign<'a>(contract: &'a Contract, by: &Signatory, visit: &Visit) -> Result<&'a Offered, MessageView> {
    let t = visit.t();
    let say = |tone, title: &str, words: Vec<String>| MessageView {
        tone,
        title: t.t(title),
        paragraphs: words,
        action: None,
        apart: false,
    };
    let ContractState::Offered(offered) = &contract.state else {
        return Err(match contract.state.name() {
            StateName::Draft | StateName::Requested => {
                say(Tone::Info, "sign-early-title", vec![t.t("sign-early")])
            }
            StateName::SignedByCustomer | StateName::InForce | StateName::Ending => {
                say(Tone::Good, "signed-complete-title", vec![t.t("signed-complete")])
            }
            StateName::Lapsed => say(Tone::Warn, "sign-lapsed-title", vec![t.t("next-lapsed")]),
            _ => say(Tone::Warn, "sign-gone-title", vec![t.t("sign-gone")]),
        });
    };
    let names = still_to_sign(offered).join(", ");
    if let Some(passed) = offered.passed_on(&by.email) {
        return Err(say(Tone::Info, "sign-passed-on-title", passed_on(visit, passed, &names)));
    }
    match offered.may_sign(by.user, &by.email, visit.now) {
        Ok(()) => Ok(offered),
        Err(Refusal::AlreadySigned) => {
            let words = vec![t.t("signed-already"), t.tr("signed-missing", &[("names", &names)])];
            Err(say(Tone::Good, "signed-already-title", words))
        }
        Err(Refusal::NotASignatory) => {
            Err(say(Tone::Warn, "sign-not-named-title", vec![t.tr("sign-not-named", &[("names", &names)])]))
        }
        Err(_) => {
            let until = format::date(t, offered.valid_until);
            Err(say(Tone::Warn, "sign-lapsed-title", vec![t.tr("sign-lapsed", &[("until", &until)])]))
        }
    }
}

/// What the old person reads: what they have said, who signs now, and what to do if that was a mistake.
fn passed_on(visit: &Visit, passed: &Delegation, names: &str) -> Vec<String> {
    let (t, at) = (visit.t(), format::time(visit.t(), passed.at));
    let said = match &passed.to {
        Some(person) => t.tr("sign-passed-on", &[("to", &person.name), ("at", &at)]),
        None => t.tr("sign-passed-on-unknown", &[("at", &at)]),
    };
    let now = (!names.is_empty()).then(|| t.tr("sign-passed-on-now", &[("names", names)]));
    let email = &visit.portal().content.provider.privacy_email;
    let mistaken = t.tr("sign-passed-on-mistake", &[("email", email)]);
    [Some(said), now, Some(mistaken)].into_iter().flatten().collect()
}

async fn view(
    visit: &Visit,
    by: &Signatory,
    contract: &Contract,
    offered: &Offered,
    typed: Typed,
) -> Result<SigningView, Fault> {
    let (document, _, sha256) = offer::frozen_document(visit.portal(), contract).await?;
    let provider = &visit.portal().content.provider;
    Ok(SigningView {
        customer: by.customer,
        contract: contract.id,
        document,
        document_sha256: sha256,
        boxes: sign::boxes_needed(visit.portal(), offered)?,
        email: by.email.clone(),
        valid_until: offered.valid_until,
        today: calendar::berlin_date(visit.now),
        needed: offered.frozen.representation.signatures(),
        signed: offered.signatures.iter().map(|s| (s.name.clone(), s.at)).collect(),
        input: typed.input,
        code_sent: sign_code::on_its_way(visit.portal(), by, contract.id, visit.now).await?,
        mistakes: typed.mistakes,
        reason: typed.reason,
        right_person: typed.delegate.person,
        delegate_reason: typed.delegate.reason,
        provider_name: provider.legal_name.clone(),
        provider_email: provider.privacy_email.clone(),
    })
}
