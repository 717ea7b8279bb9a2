//! "I am not the right person": a signatory of an offer passes the signature on, or says that they do not know to whom.
//! What was frozen stays frozen; who may sign follows from it and from these facts beside it.

use super::lifecycle::{Offered, Refusal, StateName};
use super::request::Person;
use crate::{Mistake, Mistakes, UserId, text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One person's place among the signatories given to another, or to nobody yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Who said so: the person whose place it was, or whoever later named somebody for a place left empty.
    pub by: UserId,
    /// Address of the person whose place it was.
    pub from: String,
    /// Their name.
    pub from_name: String,
    /// Who signs in their place; `None` when they do not know.
    pub to: Option<Person>,
    /// Why, in their words; may be empty.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Somebody who may sign an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signer<'a> {
    /// Who.
    pub person: &'a Person,
    /// Since when they have been asked.
    pub asked: DateTime<Utc>,
}

impl Offered {
    /// Who may sign, signed or not: the people named in the frozen request, and in place of those who passed it on
    /// the ones whom they named.
    pub fn signers(&self) -> Vec<Signer<'_>> {
        self.frozen.request.signatories.iter().filter_map(|named| self.holder(named)).collect()
    }

    /// Those of the signers who have not signed.
    pub fn still_to_sign(&self) -> Vec<Signer<'_>> {
        let mut signers = self.signers();
        signers.retain(|s| !self.signatures.iter().any(|done| done.email == s.person.email));
        signers
    }

    /// How many places are left to nobody: who had them does not know who is right.
    pub fn empty_places(&self) -> usize {
        self.frozen.request.signatories.len() - self.signers().len()
    }

    /// Whether the signatures that are there and the people who may still sign are fewer than the rule asks for:
    /// then the offer cannot be signed until somebody is named.
    pub fn short_of_signers(&self) -> bool {
        self.signatures.len() + self.still_to_sign().len() < self.frozen.representation.signatures()
    }

    /// What the person of this address said when they passed it on.
    pub fn passed_on(&self, address: &str) -> Option<&Delegation> {
        self.delegations.iter().find(|d| d.from == address)
    }

    /// A signatory passes the signature on, or (`None`) says that they do not know who is right.
    ///
    /// # Errors
    /// As [`Self::may_sign`]; [`Refusal::Mistakes`] when the other person is a signatory already, has signed, or has
    /// passed it on themselves: nobody has two places, and no chain leads back.
    pub fn delegate(
        mut self,
        by: UserId,
        address: &str,
        to: Option<Person>,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        self.may_sign(by, address, now)?;
        let reason = text::paragraph("delegate_reason", reason, 1000).map_err(Mistakes::from)?;
        if let Some(person) = &to {
            self.check_successor(person, address)?;
        }
        let from_name = self.name_of(address);
        self.delegations.push(Delegation { by, from: address.into(), from_name, to, reason, at: now });
        Ok(self)
    }

    /// Somebody who knows names the person for a place that was left to nobody.
    ///
    /// # Errors
    /// [`Refusal::OfferLapsed`]; [`Refusal::WrongState`] when no place is empty (any more); [`Refusal::Mistakes`] as
    /// [`Self::delegate`].
    pub fn fill_place(mut self, by: UserId, person: Person, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if self.lapsed(now) {
            return Err(Refusal::OfferLapsed);
        }
        let newest = |d: &Delegation| self.delegations.iter().rev().find(|o| o.from == d.from) == Some(d);
        let Some(empty) = self.delegations.iter().find(|d| d.to.is_none() && newest(d)).cloned() else {
            return Err(Refusal::WrongState(StateName::Offered));
        };
        self.check_successor(&person, "")?;
        self.delegations.push(Delegation { by, to: Some(person), reason: String::new(), at: now, ..empty });
        Ok(self)
    }

    /// Who has the place of a person named in the request now.
    fn holder<'a>(&'a self, named: &'a Person) -> Option<Signer<'a>> {
        let mut signer = Signer { person: named, asked: self.at };
        // No chain is longer than the list: a stored one that led in a circle would end here, too.
        for _ in &self.delegations {
            let passed = self.delegations.iter().rev().find(|d| d.from == signer.person.email);
            let Some(passed) = passed else { break };
            signer = Signer { person: passed.to.as_ref()?, asked: passed.at };
        }
        Some(signer)
    }

    fn name_of(&self, address: &str) -> String {
        let signers = self.signers();
        let found = signers.iter().find(|s| s.person.email == address);
        found.map(|s| s.person.name.clone()).unwrap_or_default()
    }

    fn check_successor(&self, person: &Person, own: &str) -> Result<(), Refusal> {
        let code = if person.email == own {
            "delegate-self"
        } else if self.passed_on(&person.email).is_some() {
            "delegate-passed-on"
        } else if self.signatures.iter().any(|s| s.email == person.email) {
            "delegate-signed"
        } else if self.signers().iter().any(|s| s.person.email == person.email) {
            "delegate-named"
        } else {
            return Ok(());
        };
        Err(Mistakes::from(Mistake::new("delegate_email", code)).into())
    }
}
