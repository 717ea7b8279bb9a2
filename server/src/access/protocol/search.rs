//! Lists: who may, to what, and what. Page by page: a page ends with a token that names its last result, so that the
//! next page begins behind it whatever has come and gone meanwhile.

use super::question::{Object, read, text};
use super::{BODY_LIMIT, Entity, Members, Named, Policy, Question, Unanswered, Wanted, body, json};
use axum::extract::Request;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Results on a page where no limit is named.
pub const PAGE: usize = 100;
/// Results on a page, whatever is named.
pub const PAGE_MOST: usize = 1_000;

/// What is looked for is known by its type only; an `id` is ignored.
#[derive(Clone, Deserialize)]
struct Typed<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    properties: Members<'a>,
}

#[derive(Deserialize)]
struct SubjectSearch<'a> {
    #[serde(borrow)]
    subject: Object<Typed<'a>>,
    #[serde(borrow)]
    action: Object<Named<'a>>,
    #[serde(borrow)]
    resource: Object<Entity<'a>>,
    #[serde(borrow, default)]
    context: Members<'a>,
    #[serde(borrow, default)]
    page: Option<Object<Page<'a>>>,
}

#[derive(Deserialize)]
struct ResourceSearch<'a> {
    #[serde(borrow)]
    subject: Object<Entity<'a>>,
    #[serde(borrow)]
    action: Object<Named<'a>>,
    #[serde(borrow)]
    resource: Object<Typed<'a>>,
    #[serde(borrow, default)]
    context: Members<'a>,
    #[serde(borrow, default)]
    page: Option<Object<Page<'a>>>,
}

#[derive(Deserialize)]
struct ActionSearch<'a> {
    #[serde(borrow)]
    subject: Object<Entity<'a>>,
    #[serde(borrow)]
    resource: Object<Entity<'a>>,
    #[serde(borrow, default)]
    context: Members<'a>,
    #[serde(borrow, default)]
    page: Option<Object<Page<'a>>>,
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow, default)]
    token: Option<Cow<'a, str>>,
    #[serde(default)]
    limit: Option<usize>,
}

/// A search that was understood: what is asked for each candidate, and where the page begins.
struct Search<'a> {
    subject: Entity<'a>,
    action: Named<'a>,
    resource: Entity<'a>,
    context: Members<'a>,
    page: Option<Object<Page<'a>>>,
}

/// Answers a search.
pub async fn answer<P: Policy>(
    policy: &P,
    asker: &P::Asker,
    wanted: Wanted,
    request: Request,
) -> Result<Response, Unanswered> {
    let body = body::read(request, BODY_LIMIT).await?;
    let search = Search::read(wanted, &body)?;
    let found = search.page(policy, asker, wanted)?;
    policy.listed(asker, wanted, found.results.len()).await?;
    Ok(json(&found))
}

#[derive(Serialize)]
struct Found<'a> {
    page: NextPage,
    results: Vec<Hit<'a>>,
}

#[derive(Serialize)]
struct NextPage {
    next_token: String,
    count: usize,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Hit<'a> {
    Entity {
        #[serde(rename = "type")]
        kind: &'a str,
        id: &'a str,
    },
    Action {
        name: &'a str,
    },
}

impl<'a> Search<'a> {
    fn read(wanted: Wanted, body: &'a [u8]) -> Result<Self, Unanswered> {
        let open = |t: Typed<'a>| Entity { kind: t.kind, id: Cow::Borrowed(""), properties: t.properties };
        Ok(match wanted {
            Wanted::Subject => {
                let Object(s) = read::<Object<SubjectSearch<'a>>>(text(body)?)?;
                Self {
                    subject: open(s.subject.0),
                    action: s.action.0,
                    resource: s.resource.0,
                    context: s.context,
                    page: s.page,
                }
            }
            Wanted::Resource => {
                let Object(s) = read::<Object<ResourceSearch<'a>>>(text(body)?)?;
                Self {
                    subject: s.subject.0,
                    action: s.action.0,
                    resource: open(s.resource.0),
                    context: s.context,
                    page: s.page,
                }
            }
            Wanted::Action => {
                let Object(s) = read::<Object<ActionSearch<'a>>>(text(body)?)?;
                let action = Named { name: Cow::Borrowed(""), properties: Members::default() };
                Self {
                    subject: s.subject.0,
                    action,
                    resource: s.resource.0,
                    context: s.context,
                    page: s.page,
                }
            }
        })
    }

    fn page<'s, P: Policy>(
        &'s self,
        policy: &'s P,
        asker: &'s P::Asker,
        wanted: Wanted,
    ) -> Result<Found<'s>, Unanswered> {
        let mut candidates = match wanted {
            Wanted::Subject => policy.subjects(asker, &self.subject.kind),
            Wanted::Resource => policy.resources(asker, &self.resource.kind),
            Wanted::Action => policy.actions(),
        };
        candidates.sort_unstable();
        let (limit, after) = self.begins(wanted)?;
        let from = after.map_or(0, |after| candidates.partition_point(|c| *c <= after.as_str()));
        let mut results: Vec<&'s str> = Vec::new();
        for candidate in candidates.into_iter().skip(from) {
            if !policy.permits(asker, &self.question(wanted, candidate))? {
                continue;
            }
            // One more than the page holds: so the last page is known to be the last.
            if results.len() == limit {
                let next_token = results.last().map_or(String::new(), |last| self.token(wanted, last));
                return Ok(self.found(wanted, results, next_token));
            }
            results.push(candidate);
        }
        Ok(self.found(wanted, results, String::new()))
    }

    fn found<'s>(&'s self, wanted: Wanted, results: Vec<&'s str>, next_token: String) -> Found<'s> {
        let hit = |id| match wanted {
            Wanted::Subject => Hit::Entity { kind: &self.subject.kind, id },
            Wanted::Resource => Hit::Entity { kind: &self.resource.kind, id },
            Wanted::Action => Hit::Action { name: id },
        };
        let page = NextPage { next_token, count: results.len() };
        Found { page, results: results.into_iter().map(hit).collect() }
    }

    fn question<'s>(&'s self, wanted: Wanted, candidate: &'s str) -> Question<'s> {
        let id = || Cow::Borrowed(candidate);
        let mut question = Question {
            subject: Object(self.subject.clone()),
            action: Object(self.action.clone()),
            resource: Object(self.resource.clone()),
            context: self.context,
        };
        match wanted {
            Wanted::Subject => question.subject.0.id = id(),
            Wanted::Resource => question.resource.0.id = id(),
            Wanted::Action => question.action.0.name = id(),
        }
        question
    }

    /// How many results there may be, and behind which one they begin.
    fn begins(&self, wanted: Wanted) -> Result<(usize, Option<String>), Unanswered> {
        let Some(Object(page)) = &self.page else { return Ok((PAGE, None)) };
        let limit = match page.limit {
            Some(0) => return Err(Unanswered::bad("page.limit must be at least 1")),
            limit => limit.unwrap_or(PAGE).min(PAGE_MOST),
        };
        let token = page.token.as_deref().filter(|t| !t.is_empty());
        Ok((limit, token.map(|t| self.after(wanted, t)).transpose()?))
    }

    /// A token: which search it belongs to, then the last result.
    fn token(&self, wanted: Wanted, last: &str) -> String {
        let mut bytes = self.fingerprint(wanted).to_vec();
        bytes.extend_from_slice(last.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn after(&self, wanted: Wanted, token: &str) -> Result<String, Unanswered> {
        let bad = || Unanswered::bad("page.token belongs to another search");
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| bad())?;
        let (search, last) = bytes.split_at_checked(8).ok_or_else(bad)?;
        match search == self.fingerprint(wanted) {
            true => String::from_utf8(last.to_vec()).map_err(|_| bad()),
            false => Err(bad()),
        }
    }

    /// The same entities give the same eight bytes.
    fn fingerprint(&self, wanted: Wanted) -> [u8; 8] {
        let parts = [
            wanted.name(),
            &self.subject.kind,
            &self.subject.id,
            self.subject.properties.text(),
            &self.action.name,
            self.action.properties.text(),
            &self.resource.kind,
            &self.resource.id,
            self.resource.properties.text(),
            self.context.text(),
        ];
        // No part can run over into the next: each says first how long it is.
        let text = parts.iter().fold(String::new(), |text, p| text + &p.len().to_string() + ":" + p);
        let mut short = [0; 8];
        short.copy_from_slice(&seal::sha256(text.as_bytes())[..8]);
        short
    }
}
