//! Who asks for a token: client and secret in the head (HTTP Basic) or in the form, never in both (RFC 6749, 2.3.1).

use super::token::Refused;
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A request for a token: its form, each parameter once, and who sends it.
pub struct Form {
    parameters: Vec<(String, String)>,
}

/// What somebody says who it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    /// Name of the client.
    pub client: String,
    /// Its API key.
    pub secret: String,
    /// Whether it said so in the head; then a refusal names what would be believed there.
    pub basic: bool,
}

impl Form {
    /// Reads a body.
    pub fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refused> {
        let media = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/x-www-form-urlencoded") && !body.is_empty() {
            return Err(Refused::request("the media type must be application/x-www-form-urlencoded"));
        }
        let mut parameters: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(body).into_owned() {
            if parameters.iter().any(|(known, _)| *known == name) {
                return Err(Refused::request("a parameter stands twice"));
            }
            parameters.push((name, value));
        }
        Ok(Self { parameters })
    }

    /// A parameter with a value; an empty one is none (RFC 6749, 3.2).
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        found.filter(|v| !v.is_empty())
    }

    /// Who sends it.
    pub fn client(&self, headers: &HeaderMap) -> Result<Said, Refused> {
        let in_form = self.get("client_secret");
        let Some(value) = headers.get(header::AUTHORIZATION) else {
            let (Some(client), Some(secret)) = (self.get("client_id"), in_form) else {
                return Err(Refused::client(false, "client_id and client_secret are needed"));
            };
            return Ok(Said { client: client.into(), secret: secret.into(), basic: false });
        };
        if in_form.is_some() {
            return Err(Refused::request("the client says twice who it is"));
        }
        let said = value.to_str().ok().and_then(basic);
        let said =
            said.ok_or_else(|| Refused::client(true, "HTTP Basic with client and API key is needed"))?;
        match self.get("client_id") {
            Some(other) if other != said.client => Err(Refused::request("client_id is another client")),
            _ => Ok(said),
        }
    }
}

fn basic(value: &str) -> Option<Said> {
    let (scheme, given) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(given.trim()).ok()?).ok()?;
    let (client, secret) = text.split_once(':')?;
    Some(Said { client: decoded(client)?, secret: decoded(secret)?, basic: true })
}

/// Both halves are form-encoded before they are joined.
fn decoded(part: &str) -> Option<String> {
    form_urlencoded::parse(format!("x={}", part.replace('&', "%26")).as_bytes()).next().map(|(_, v)| v.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_credentials_are_form_encoded_inside() {
        let said = |text: &str| basic(&format!("basic {}", STANDARD.encode(text)));
        let expected =
            |client: &str, secret: &str| Said { client: client.into(), secret: secret.into(), basic: true };
        assert_eq!(said("zammad:avp_1_x"), Some(expected("zammad", "avp_1_x")));
        assert_eq!(said("a%3Ab:c+d%26e"), Some(expected("a:b", "c d&e")));
        assert_eq!(said("a:b:c"), Some(expected("a", "b:c")));
        assert_eq!(said("nothing"), None);
        assert_eq!(basic("Bearer x"), None);
        assert_eq!(basic("Basic ###"), None);
    }
}
