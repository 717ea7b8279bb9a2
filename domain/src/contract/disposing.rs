//! The moves of a disposal: choose, remind, hand back, confirm, retain; and the days on which each is due.

use super::Refusal;
use super::disposal::{
    Choice, Disposal, Done, DoneInput, Duty, Plan, Retained, RetainedInput, Returned, Task, TaskKind, Way,
};
use crate::{Mistake, Mistakes, Service, UserId, calendar, text};
use chrono::{DateTime, Duration, NaiveDate, Utc};

impl Disposal {
    /// Begins: the clock of the choice runs from the last day of the services, or from the day before the customer is
    /// told, where that is later.
    pub(super) fn begin(
        plan: &Plan,
        services: &[Service],
        ended_on: NaiveDate,
        choice: Option<Choice>,
        now: DateTime<Utc>,
    ) -> Self {
        let from = ended_on.max(calendar::berlin_date(now) - Duration::days(1));
        let concerned = |t: &&Task| t.services.iter().any(|s| services.contains(s));
        let mut tasks: Vec<Task> = plan.tasks.iter().filter(concerned).cloned().collect();
        for t in &mut tasks {
            t.services.retain(|s| services.contains(s));
        }
        tasks.sort_by_key(|t| t.kind);
        Self {
            services: services.to_vec(),
            ended_on,
            choose_until: calendar::last_day_of_days(from, plan.terms.choice_days),
            terms: plan.terms.clone(),
            reminders: Vec::new(),
            choice,
            returned: None,
            tasks,
            retained: Vec::new(),
        }
    }

    /// Whether anything was done that a change of the choice would make wrong.
    pub fn work_began(&self) -> bool {
        self.returned.is_some() || self.tasks.iter().any(|t| t.done.is_some())
    }

    /// Whether the customer may choose, or choose anew.
    pub fn may_choose(&self, now: DateTime<Utc>) -> bool {
        now < calendar::end_of_day(self.choose_until) && !self.work_began()
    }

    /// The customer chooses, or changes the choice.
    ///
    /// # Errors
    /// [`Refusal::ChoiceOver`], [`Refusal::WorkBegan`], [`Refusal::AlreadyChosen`] for the same choice again.
    pub fn choose(mut self, way: Way, by: UserId, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if now >= calendar::end_of_day(self.choose_until) {
            return Err(Refusal::ChoiceOver);
        }
        if self.work_began() {
            return Err(Refusal::WorkBegan);
        }
        if self.choice.as_ref().is_some_and(|c| c.way == way) {
            return Err(Refusal::AlreadyChosen);
        }
        self.choice = Some(Choice { way, by: Some(by), in_text_form: false, at: now });
        Ok(self)
    }

    /// Says that the choice came in text form, and was only entered here.
    #[must_use]
    pub fn chosen_in_text_form(mut self) -> Self {
        self.choice.iter_mut().for_each(|c| c.in_text_form = true);
        self
    }

    /// The day from which the next reminder is due; `None` when none is left.
    fn reminder_from(&self) -> Option<NaiveDate> {
        let before = *self.terms.reminders_before.get(self.reminders.len())?;
        let planned = self.choose_until - Duration::days(i64::from(before));
        let day_after = self.reminders.last().map(|at| calendar::berlin_date(*at) + Duration::days(1));
        Some(day_after.map_or(planned, |d| d.max(planned)))
    }

    /// Whether a reminder of the open choice is due.
    pub fn reminder_due(&self, now: DateTime<Utc>) -> bool {
        self.choice.is_none() && self.reminder_from().is_some_and(|from| calendar::berlin_date(now) >= from)
    }

    /// Reminds the customer. A last reminder that is late moves the end of the choice: it leaves the time that the
    /// contract promises.
    ///
    /// # Errors
    /// [`Refusal::TooEarly`] when none is due.
    pub fn remind(mut self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if !self.reminder_due(now) {
            return Err(Refusal::TooEarly);
        }
        self.reminders.push(now);
        let leaves = calendar::last_day_of_days(calendar::berlin_date(now), self.terms.reminder_leaves);
        let last = self.reminders.len() == self.terms.reminders_before.len();
        let least = calendar::berlin_date(now) + Duration::days(i64::from(self.terms.reminder_leaves));
        if last && self.choose_until < least {
            self.choose_until = leaves;
        }
        Ok(self)
    }

    /// Whether the period for the choice has run out in silence, after all reminders.
    pub fn default_due(&self, now: DateTime<Utc>) -> bool {
        self.choice.is_none()
            && self.reminders.len() >= self.terms.reminders_before.len()
            && now >= calendar::end_of_day(self.choose_until)
    }

    /// Nobody has chosen: the data are deleted.
    ///
    /// # Errors
    /// [`Refusal::TooEarly`] while the customer may still choose.
    pub fn apply_default(mut self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if !self.default_due(now) {
            return Err(Refusal::TooEarly);
        }
        self.choice = Some(Choice { way: Way::Delete, by: None, in_text_form: false, at: now });
        Ok(self)
    }

    /// The day on which time does something by itself (a reminder, the default).
    pub fn next_clock_day(&self) -> Option<NaiveDate> {
        if self.choice.is_some() {
            return None;
        }
        Some(self.reminder_from().unwrap_or(self.choose_until + Duration::days(1)))
    }

    /// The data were handed back; the customer has time to check them.
    ///
    /// # Errors
    /// [`Refusal::TooEarly`] when return was not chosen, [`Refusal::AlreadyDone`], [`Refusal::Mistakes`] without a way.
    pub fn hand_back(mut self, how: &str, by: UserId, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if self.choice.as_ref().is_none_or(|c| c.way != Way::Return) {
            return Err(Refusal::TooEarly);
        }
        if self.returned.is_some() {
            return Err(Refusal::AlreadyDone);
        }
        let how = text::paragraph("how", how, 500).map_err(Mistakes::from)?;
        if how.is_empty() {
            return Err(Mistakes::from(Mistake::new("how", "required")).into());
        }
        let check_until = calendar::last_day_of_days(calendar::berlin_date(now), self.terms.check_days);
        self.returned = Some(Returned { by, how, at: now, check_until });
        Ok(self)
    }

    /// The day of the event from which the period of the deletion runs; `None` while it does not.
    fn deletion_event(&self) -> Option<NaiveDate> {
        let choice = self.choice.as_ref()?;
        match (choice.way, choice.by) {
            (Way::Return, _) => self.returned.as_ref().map(|r| r.check_until),
            (Way::Delete, Some(_)) => Some(calendar::berlin_date(choice.at).max(self.ended_on)),
            (Way::Delete, None) => Some(self.choose_until),
        }
    }

    /// The first day on which data may be deleted: after the end of the services, and of the time to check.
    pub fn delete_from(&self) -> Option<NaiveDate> {
        let choice = self.choice.as_ref()?;
        let after = |day: NaiveDate| day + Duration::days(1);
        match choice.way {
            Way::Return => self.returned.as_ref().map(|r| after(r.check_until)),
            Way::Delete => Some(after(self.ended_on).max(calendar::berlin_date(choice.at))),
        }
    }

    /// Last day of the deletion, inclusive; `None` while its period does not run.
    pub fn delete_until(&self) -> Option<NaiveDate> {
        self.deletion_event().map(|event| calendar::last_day_of_days(event, self.terms.deletion_days))
    }

    /// Last day on which copies in backups are gone: after the deletion, as it was done or is due.
    pub fn overwrite_until(&self) -> Option<NaiveDate> {
        let done = self.data_deleted_on();
        let from = done.or_else(|| self.delete_until())?;
        Some(calendar::last_day_of_days(from, self.terms.backup_days))
    }

    /// The day on which the last of the data went, once all are gone.
    fn data_deleted_on(&self) -> Option<NaiveDate> {
        let data = self.tasks.iter().filter(|t| t.kind == TaskKind::Data);
        let days: Option<Vec<NaiveDate>> = data.map(|t| t.done.as_ref().map(|d| d.on)).collect();
        days?.into_iter().max()
    }

    /// Confirms a task.
    ///
    /// # Errors
    /// [`Refusal::TooEarly`] before the data may be deleted, or for backups before the data are gone;
    /// [`Refusal::AlreadyDone`]; [`Refusal::Mistakes`] by field; `None` for a task that is not there.
    pub fn confirm(
        mut self,
        task: &str,
        input: &DoneInput,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Option<Result<Self, Refusal>> {
        let at = self.tasks.iter().position(|t| t.id == task)?;
        Some(self.check_done(at, input, by, now).map(|done| {
            self.tasks[at].done = Some(done);
            self
        }))
    }

    fn check_done(
        &self,
        at: usize,
        input: &DoneInput,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<Done, Refusal> {
        let (task, today) = (&self.tasks[at], calendar::berlin_date(now));
        if task.done.is_some() {
            return Err(Refusal::AlreadyDone);
        }
        let mut from = self.delete_from().filter(|d| *d <= today).ok_or(Refusal::TooEarly)?;
        if task.kind == TaskKind::Backup && self.tasks.iter().any(|t| t.kind == TaskKind::Data) {
            from = self.data_deleted_on().ok_or(Refusal::TooEarly)?;
        }
        let mut m = Mistakes::default();
        let on = m.take(text::date("on", &input.on));
        match on {
            Some(day) if day > today => m.add("on", "date-future"),
            Some(day) if day < from => {
                m.0.push(Mistake::with("on", "date-early", from.format("%d.%m.%Y")));
            }
            _ => {}
        }
        let method = m.take(text::line("method", &input.method, 300));
        let note = m.take(text::paragraph("note", &input.note, 1000));
        let ((on, method), note) = m.or(on.zip(method).zip(note))?;
        Ok(Done { by, on, method, note, at: now })
    }

    /// Notes data that the law makes the provider keep.
    ///
    /// # Errors
    /// [`Refusal::Mistakes`] by field.
    pub fn retain(mut self, input: &RetainedInput, by: UserId, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let mut m = Mistakes::default();
        let what = m.take(text::line("what", &input.what, 300));
        let law = m.take(text::line("law", &input.law, 200));
        let until = m.take(text::date("until", &input.until));
        if until.is_some_and(|d| d <= calendar::berlin_date(now)) {
            m.add("until", "date-past");
        }
        let ((what, law), until) = m.or(what.zip(law).zip(until))?;
        self.retained.push(Retained { what, law, until, by, at: now });
        Ok(self)
    }

    /// Takes back a note about retained data that was wrong.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when it is not there (any more).
    pub fn unretain(mut self, what: &str, law: &str) -> Result<Self, Refusal> {
        let at = self.retained.iter().position(|r| r.what == what && r.law == law);
        self.retained.remove(at.ok_or(Refusal::AlreadyDone)?);
        Ok(self)
    }

    /// Whether everything is chosen, done and confirmed.
    pub fn complete(&self, now: DateTime<Utc>) -> bool {
        self.delete_from().is_some_and(|d| d <= calendar::berlin_date(now))
            && self.tasks.iter().all(|t| t.done.is_some())
    }

    /// What is due next.
    pub fn duty(&self, now: DateTime<Utc>) -> Duty {
        let open = |backup: bool| {
            self.tasks.iter().any(|t| t.done.is_none() && (t.kind == TaskKind::Backup) == backup)
        };
        let Some(choice) = &self.choice else { return Duty::Choose(self.choose_until) };
        let Some(delete_until) = self.delete_until() else {
            let chosen = calendar::berlin_date(choice.at).max(self.ended_on);
            return Duty::HandBack(calendar::last_day_of_days(chosen, self.terms.deletion_days));
        };
        let today = calendar::berlin_date(now);
        if let Some(r) = self.returned.as_ref().filter(|r| today <= r.check_until) {
            return Duty::Check(r.check_until);
        }
        let overwrite_until = self.overwrite_until().unwrap_or(delete_until);
        match (open(false), open(true)) {
            (true, _) => Duty::Delete(delete_until),
            (false, true) => Duty::Overwrite(overwrite_until),
            (false, false) => Duty::Close(overwrite_until),
        }
    }
}
