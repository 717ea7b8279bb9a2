//! A signatory signs: fields, code, move; the last signature tells the provider.

use super::offer::frozen_document;
use super::{customer_link, customer_of, event, load, managers, save, staff_link, wrong_state};
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::{AfterSigning, Offered};
use domain::contract::signing::{CodeVerdict, Signature, SigningInput, TickedBox, check_fields};
use domain::contract::{Contract, ContractState, Refusal, SignCode};
use domain::customer::Customer;
use domain::permission::Signatory;
use domain::text::Lang;
use domain::{ContractId, Mistake, calendar};
use store::{Work, contracts, sign_codes, users};

/// Signs.
///
/// # Errors
/// [`Problem::Mistakes`] (fields, boxes, code), [`Problem::Refused`] (another state, lapsed, already signed, another
/// text), [`Problem::Stale`] when another signature came at the same instant: nothing was signed then.
pub async fn run(
    portal: &Portal,
    by: &Signatory,
    id: ContractId,
    input: &SigningInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let contract = contracts::find(portal.store.read(), by.customer, id).await?.ok_or(Problem::Missing)?;
    let ContractState::Offered(offered) = &contract.state else {
        return Err(wrong_state(&contract.state));
    };
    offered.may_sign(by.user, &by.email, now)?;
    if input.document_sha256 != offered.frozen.document_sha256 {
        return Err(Refusal::OtherText.into());
    }
    frozen_document(portal, &contract).await?; // what is signed is there, and is what was frozen
    let needed = boxes_needed(portal, offered)?;
    let ids: Vec<String> = needed.iter().map(|b| b.id.clone()).collect();
    let (name, function) = check_fields(input, &ids)?;
    let code = try_code(portal, by, id, &input.code, now).await?;
    let signature = Signature {
        user: by.user,
        name,
        function,
        email: by.email.clone(),
        boxes: needed,
        document_sha256: input.document_sha256.clone(),
        code_sent_at: code.sent_at,
        at: now,
    };
    commit_signature(portal, by, id, signature, &ids, now).await
}

/// The boxes of the offered text, word by word in the language of the contract.
///
/// # Errors
/// [`Problem::Missing`] when the text is not there.
pub fn boxes_needed(portal: &Portal, offered: &Offered) -> Result<Vec<TickedBox>> {
    let text = portal.content.legal.version(&offered.frozen.text_version).ok_or(Problem::Missing)?;
    let wording = |b: &crate::content::legal::SigningBox| match offered.frozen.language {
        Lang::De => b.de.clone(),
        Lang::En => b.en.clone(),
    };
    Ok(text.boxes.iter().map(|b| TickedBox { id: b.id.clone(), wording: wording(b) }).collect())
}

/// Takes one try off and commits that before anything is told: no crash and no race gives a free try.
async fn try_code(
    portal: &Portal,
    by: &Signatory,
    id: ContractId,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<SignCode> {
    let mut work = portal.begin().await?;
    let Some(code) = sign_codes::find(work.db(), id, by.user).await? else {
        return Err(Mistake::new("code", "code-not-sent").into());
    };
    let verdict = code.judge(typed, now);
    if matches!(verdict, CodeVerdict::Right | CodeVerdict::Wrong(_)) {
        let had_one = sign_codes::take_try(work.db(), id, by.user, &code.salt).await?;
        if !had_one {
            return Err(Mistake::new("code", "code-spent").into());
        }
    }
    if verdict != CodeVerdict::Right {
        work.record(event("contract.code_refused", format!("user:{}", by.user), id));
    }
    portal.commit(work, now).await?;
    match verdict.mistake() {
        Some(mistake) => Err(mistake.into()),
        None => Ok(code),
    }
}

async fn commit_signature(
    portal: &Portal,
    by: &Signatory,
    id: ContractId,
    signature: Signature,
    needed: &[String],
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load(&work, by.customer, id).await?;
    let ContractState::Offered(offered) = contract.state.clone() else {
        return Err(wrong_state(&contract.state));
    };
    if !sign_codes::spend(work.db(), id, by.user).await? {
        return Err(Refusal::AlreadySigned.into());
    }
    let event = event("contract.signed", format!("user:{}", by.user), id)
        .fact("document_sha256", &signature.document_sha256)
        .fact("boxes", needed.join(" "));
    let after = offered.sign(signature, needed, now)?;
    let complete = matches!(after, AfterSigning::Complete(_));
    save(&mut work, &mut contract, after.into_state(), event, now).await?;
    let customer = customer_of(&work, &contract).await?;
    if complete {
        tell_managers(portal, &work, &contract, &customer, now).await?;
    } else {
        tell_other_signatories(portal, &work, &contract, &customer, now).await?;
    }
    portal.commit(work, now).await
}

fn signed_by(contract: &Contract) -> String {
    contract.state.signatures().iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn valid_until(contract: &Contract, lang: Lang) -> String {
    let offered = match &contract.state {
        ContractState::Offered(o) => o,
        ContractState::SignedByCustomer(s) => &s.offered,
        _ => return String::new(),
    };
    calendar::date_in_words(offered.valid_until, lang)
}

async fn tell_managers(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    customer: &Customer,
    now: DateTime<Utc>,
) -> Result<()> {
    for m in managers(work.db()).await? {
        let letter = Letter::new("contract_signed_by_customer", Recipient::from(&m))
            .value("customer_name", &customer.facts.legal_name)
            .value("contract_number", &contract.number)
            .value("signed_by", signed_by(contract))
            .value("signed_at", calendar::in_words(now, m.language))
            .value("valid_until", valid_until(contract, m.language))
            .value("link", staff_link(portal, m.language, contract.id));
        let key = format!("contract_signed:{}:{}", contract.id, m.id);
        mail::enqueue(portal, work, letter, format!("contract:{}", contract.id), key, now).await?;
    }
    Ok(())
}

async fn tell_other_signatories(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    customer: &Customer,
    now: DateTime<Utc>,
) -> Result<()> {
    let ContractState::Offered(offered) = &contract.state else { return Ok(()) };
    for signer in offered.still_to_sign() {
        let Some(user) = users::by_email(work.db(), &signer.person.email).await? else { continue };
        let letter = Letter::new("signature_pending", Recipient::from(&user))
            .value("customer_name", &customer.facts.legal_name)
            .value("contract_number", &contract.number)
            .value("signed_by", signed_by(contract))
            .value("signed_at", calendar::in_words(now, user.language))
            .value("valid_until", valid_until(contract, user.language))
            .value("link", format!("{}/sign", customer_link(portal, user.language, contract)));
        let key = format!("signature_pending:{}:{}:{}", contract.id, contract.lock, user.id);
        mail::enqueue(portal, work, letter, format!("contract:{}", contract.id), key, now).await?;
    }
    Ok(())
}
