//! What is done with an instruction: each move consumes a state and gives the next one, or says why not.

use super::{Answer, Channel, Instruction, InstructionState, Warning, Wording};
use crate::contract::Refusal;
use crate::register::{Stamp, TEXT_MAX, told};
use crate::{ContractId, Mistake, Mistakes, Service, UserId, calendar, text};
use chrono::{DateTime, NaiveDate, Utc};

/// An instruction as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstructionInput {
    /// In one line.
    pub title: String,
    /// In full.
    pub text: String,
    /// Names of the services.
    pub services: Vec<String>,
    /// Until when; may be empty.
    pub wish: String,
}

/// How a recorded instruction came, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceiptInput {
    /// Name of the channel.
    pub channel: String,
    /// Name of the instructing person.
    pub giver: String,
    /// The day on which it came.
    pub received_on: String,
}

/// The contract under which an instruction is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under {
    /// Its id.
    pub contract: ContractId,
    /// Its number.
    pub number: String,
    /// What it covers.
    pub services: Vec<Service>,
}

impl InstructionInput {
    fn check(&self, under: Under, now: DateTime<Utc>, m: &mut Mistakes) -> Option<Instruction> {
        let title = m.take(text::line("title", &self.title, 160));
        let body = m.take(told("text", &self.text));
        let mut services: Vec<Service> = self.services.iter().filter_map(|s| Service::parse(s)).collect();
        services.retain(|s| under.services.contains(s));
        if services.is_empty() {
            m.add("services", "choose-one");
        }
        let wish = m.take(optional_day("wish", &self.wish));
        if wish.flatten().is_some_and(|day| day < calendar::berlin_date(now)) {
            m.add("wish", "date-past");
        }
        Some(Instruction {
            contract: under.contract,
            contract_number: under.number,
            title: title?,
            text: body?,
            services,
            wish: wish?,
            channel: Channel::Portal,
            giver: String::new(),
            received_at: now,
            recorded_by: None,
            confirmed: None,
            effort: String::new(),
            earlier: Vec::new(),
            warnings: Vec::new(),
        })
    }
}

fn optional_day(field: &str, typed: &str) -> Result<Option<NaiveDate>, Mistake> {
    if typed.trim().is_empty() { Ok(None) } else { text::date(field, typed).map(Some) }
}

impl InstructionState {
    /// The customer gives an instruction here.
    ///
    /// # Errors
    /// All mistakes by form field.
    pub fn give(
        input: &InstructionInput,
        under: Under,
        giver: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, Mistakes> {
        let mut m = Mistakes::default();
        let instruction = input.check(under, now, &mut m);
        let instruction = m.or(instruction)?;
        Ok(Self::Given { instruction: Instruction { giver: giver.into(), ..instruction } })
    }

    /// Staff record one that came another way; an oral one waits for its confirmation.
    ///
    /// # Errors
    /// All mistakes by form field.
    pub fn record(
        input: &InstructionInput,
        receipt: &ReceiptInput,
        under: Under,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<Self, Mistakes> {
        let mut m = Mistakes::default();
        let channel = Channel::parse_recorded(&receipt.channel);
        if channel.is_none() {
            m.add("channel", "choose-one");
        }
        let giver = m.take(crate::people::full_name("giver", &receipt.giver));
        let received = m.take(text::date("received_on", &receipt.received_on));
        let today = calendar::berlin_date(now);
        if received.is_some_and(|day| day > today) {
            m.add("received_on", "date-future");
        }
        let instruction = input.check(under, now, &mut m);
        let whole = (|| {
            let received = received?;
            Some(Instruction {
                channel: channel?,
                giver: giver?,
                received_at: if received == today { now } else { calendar::start_of_day(received) },
                recorded_by: Some(by),
                ..instruction?
            })
        })();
        let instruction = m.or(whole)?;
        Ok(match instruction.channel {
            Channel::Oral => Self::Unconfirmed { instruction },
            _ => Self::Given { instruction },
        })
    }

    /// The customer confirms an oral instruction in text form.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when there is nothing to confirm.
    pub fn confirm_oral(self, by: Stamp) -> Result<Self, Refusal> {
        match self {
            Self::Unconfirmed { instruction } => {
                Ok(Self::Given { instruction: Instruction { confirmed: Some(by), ..instruction } })
            }
            _ => Err(Refusal::EntryState),
        }
    }

    /// The provider takes it up, and says what effort it causes where it goes beyond what was agreed.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] in another state, mistakes in the text.
    pub fn acknowledge(self, effort: &str, by: Stamp) -> Result<Self, Refusal> {
        let Self::Given { instruction } = self else { return Err(Refusal::EntryState) };
        let effort = text::paragraph("effort", effort, TEXT_MAX).map_err(Mistakes::from)?;
        Ok(Self::Acknowledged { instruction: Instruction { effort, ..instruction }, taken: by })
    }

    /// The provider has done it.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] while it is suspended or when it is over; all mistakes by field: what was done and when,
    /// and for an oral instruction without confirmation which damage was imminent.
    pub fn carry_out(self, typed: &Done, by: Stamp) -> Result<Self, Refusal> {
        let unconfirmed = matches!(self, Self::Unconfirmed { .. });
        let (Self::Unconfirmed { instruction }
        | Self::Given { instruction }
        | Self::Acknowledged { instruction, .. }
        | Self::Answered { instruction }) = self
        else {
            return Err(Refusal::EntryState);
        };
        let mut m = Mistakes::default();
        let what = m.take(told("what", &typed.what));
        let on = m.take(text::date("on", &typed.on));
        if on.is_some_and(|day| day > calendar::berlin_date(by.at)) {
            m.add("on", "date-future");
        }
        let urgency = match unconfirmed {
            true => m.take(told("urgency", &typed.urgency)),
            false => Some(String::new()),
        };
        let (what, on, urgency) = m.or((|| Some((what?, on?, urgency?)))())?;
        Ok(Self::CarriedOut { instruction, what, on, urgency, reported: by })
    }

    /// The provider holds it to be unlawful: it warns and suspends. After a confirmation there is no second warning,
    /// only a decision; a changed wording may be warned about anew.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] in another state, a mistake without a reason.
    pub fn warn(self, reason: &str, by: Stamp) -> Result<Self, Refusal> {
        let mut instruction = match self {
            Self::Unconfirmed { instruction }
            | Self::Given { instruction }
            | Self::Acknowledged { instruction, .. } => instruction,
            Self::Answered { instruction } if answer_changed(&instruction) => instruction,
            _ => return Err(Refusal::EntryState),
        };
        let reason = told("reason", reason).map_err(Mistakes::from)?;
        instruction.warnings.push(Warning { reason, warned: by, answer: None });
        Ok(Self::Suspended { instruction })
    }

    /// The customer insists, with a reason, or changes the wording.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when it is not suspended; all mistakes by field.
    pub fn answer(self, typed: &AnswerInput, by: Stamp) -> Result<Self, Refusal> {
        let Self::Suspended { mut instruction } = self else { return Err(Refusal::EntryState) };
        let mut m = Mistakes::default();
        let changed = match typed.choice.as_str() {
            "confirm" => Some(false),
            "change" => Some(true),
            _ => {
                m.add("choice", "choose-one");
                None
            }
        };
        let note = match changed {
            Some(false) => m.take(told("note", &typed.note)),
            _ => m.take(text::paragraph("note", &typed.note, TEXT_MAX)),
        };
        let wording = match changed {
            Some(true) => new_wording(&mut m, typed, &instruction).map(Some),
            _ => Some(None),
        };
        let (changed, note, wording) = m.or((|| Some((changed?, note?, wording?)))())?;
        if let Some(new) = wording {
            let title = std::mem::replace(&mut instruction.title, new.title);
            let text = std::mem::replace(&mut instruction.text, new.text);
            instruction.earlier.push(Wording { title, text });
        }
        if let Some(open) = instruction.warnings.last_mut() {
            open.answer = Some(Answer { changed, note, given: by });
        }
        Ok(Self::Answered { instruction })
    }

    /// Obviously unlawful: the provider does not do it, in spite of the confirmation.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] before a warning was answered, a mistake without a reason.
    pub fn refuse(self, reason: &str, by: Stamp) -> Result<Self, Refusal> {
        let Self::Answered { instruction } = self else { return Err(Refusal::EntryState) };
        let reason = told("refusal", reason).map_err(Mistakes::from)?;
        Ok(Self::Refused { instruction, reason, refused: by })
    }

    /// The customer takes it back while it is not done.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when it is over.
    pub fn withdraw(self, by: Stamp) -> Result<Self, Refusal> {
        match self {
            Self::Unconfirmed { instruction }
            | Self::Given { instruction }
            | Self::Acknowledged { instruction, .. }
            | Self::Suspended { instruction }
            | Self::Answered { instruction } => Ok(Self::Withdrawn { instruction, withdrawn: by }),
            _ => Err(Refusal::EntryState),
        }
    }
}

/// A report as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// What was done.
    pub what: String,
    /// The day.
    pub on: String,
    /// Which damage was imminent.
    pub urgency: String,
}

/// The answer to a warning as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerInput {
    /// `confirm` or `change`.
    pub choice: String,
    /// Why it is lawful.
    pub note: String,
    /// The new wording in one line.
    pub title: String,
    /// The new wording in full.
    pub text: String,
}

fn new_wording(m: &mut Mistakes, typed: &AnswerInput, old: &Instruction) -> Option<Wording> {
    let title = m.take(text::line("title", &typed.title, 160));
    let body = m.take(told("text", &typed.text));
    let new = Wording { title: title?, text: body? };
    if new.title == old.title && new.text == old.text {
        m.add("text", "unchanged");
    }
    Some(new)
}

fn answer_changed(i: &Instruction) -> bool {
    i.warnings.last().and_then(|w| w.answer.as_ref()).is_some_and(|a| a.changed)
}
