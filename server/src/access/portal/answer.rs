//! An answer as it is written. Members without a value are left out; nothing of a guessed customer is in it.

use crate::access::protocol;
use domain::gate::{Ground, Outcome};
use service::Portal;
use service::gate::ask::Answer;
use service::gate::words::{self, Explain};
use service::json::Json;

/// The whole answer, with as much around it as was asked for.
pub struct Answered<'a> {
    /// For sentences and addresses.
    pub portal: &'a Portal,
    /// What was decided.
    pub answer: Answer<'a>,
    /// How much to tell.
    pub explain: Explain,
}

impl protocol::Answer for Answered<'_> {
    fn decision(&self) -> bool {
        self.answer.decision.outcome == Outcome::Permitted
    }

    fn write(&self, to: &mut Vec<u8>) {
        let mut json = Json(to);
        json.raw(if self.decision() { r#"{"decision":true"# } else { r#"{"decision":false"# });
        if self.explain != Explain::None {
            json.raw(r#","context":{"#);
            self.context(&mut json);
            json.raw("}");
        }
        json.raw("}");
    }
}

impl Answered<'_> {
    fn context(&self, json: &mut Json<'_>) {
        let d = &self.answer.decision;
        json.raw(r#""evaluation_id":"#).id(self.answer.id.0);
        json.raw(r#","evaluated_at":"#).time(self.answer.at);
        json.raw(r#","outcome":"#).name(d.outcome.name());
        let told = words::told(d, self.explain);
        json.raw(r#","reasons":"#).list(told, |json, r| _ = json.raw(r#"{"code":"#).name(r.code()).raw("}"));
        let instead = words::allowed_instead(d);
        if !instead.is_empty() {
            json.raw(r#","allowed_instead":"#).list(instead, |json, action| _ = json.name(action.name()));
        }
        if let Some(first) = d.reasons.first() {
            let spoken = self.portal.content.gate.spoken(first);
            json.raw(r#","reason_user":"#).raw(&spoken.customer);
            json.raw(r#","reason_admin":"#).raw(&spoken.staff);
        }
        json.raw(r#","priority":"#).name(words::priority(d));
        if let Some(ground) = d.ground.filter(|_| !d.guessed) {
            write_ground(json.raw(r#","ground":"#), ground);
        }
        if let Some(until) = d.valid_until {
            json.raw(r#","valid_until":"#).time(until);
        }
        if let Some((template, customer)) = words::access_request(d) {
            json.raw(r#","access_request":{"template":"#).name(template);
            json.raw(r#","form_url":"#).text(&words::customer_link(self.portal, customer)).raw("}");
        }
        let duties = words::obligations(d);
        json.raw(r#","obligations":"#)
            .list(duties, |json, kind| _ = json.raw(r#"{"type":"#).name(kind).raw("}"));
    }
}

fn write_ground(json: &mut Json<'_>, ground: Ground<'_>) {
    json.raw(r#"{"type":"#).name(ground.kind());
    match ground {
        Ground::Contract(c) => {
            json.raw(r#","contract_number":"#).text(&c.number);
            json.raw(r#","version":"#).number(c.version.into());
        }
        Ground::Advice => {}
    }
    json.raw("}");
}
