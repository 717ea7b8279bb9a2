//! Where a request comes from: the address behind the trusted proxies, the browser in a few words, the cookie; and
//! what a program is told of its quota.

use crate::config::Config;
use crate::edge::{Fault, cookie};
use crate::state::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use domain::quota::Left;
use service::gate::clients::KnownClient;
use service::json::Json;
use service::people::Browser;
use std::net::{IpAddr, SocketAddr};

/// The caller of a request that logs in or asks for a mail.
#[derive(Clone, Debug)]
pub struct Caller(pub Browser);

impl FromRequestParts<App> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let text =
            |name| parts.headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default();
        Ok(Self(Browser {
            device: device(text(header::USER_AGENT)),
            address: address_of(&parts.extensions, &parts.headers, &app.config),
            old_token: cookie(&parts.headers, app.cookie_name()).map(Into::into),
        }))
    }
}

/// The address of the other end.
pub fn address_of(extensions: &Extensions, headers: &HeaderMap, config: &Config) -> Option<IpAddr> {
    address(peer(extensions), headers, config.trusted_proxies)
}

/// The address of the connection's other end: a proxy's, where there is one.
pub fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip())
}

/// Quota and what is left of it (draft-ietf-httpapi-ratelimit-headers); with `Retry-After` where nothing was granted.
pub fn limits(client: &KnownClient, left: &Left, headers: &mut HeaderMap) {
    let mut text = Vec::with_capacity(40);
    let mut set = |name: HeaderName, parts: [(&str, u32); 2]| {
        text.clear();
        let mut to = Json(&mut text);
        for (before, number) in parts {
            to.raw(before).number(number.into());
        }
        if let Ok(value) = HeaderValue::from_bytes(&text) {
            headers.insert(name, value);
        }
    };
    let policy = [("\"client\";q=", client.quota.questions()), (";w=", 60)];
    set(HeaderName::from_static("ratelimit-policy"), policy);
    let limit = [("\"client\";r=", left.remaining), (";t=", left.seconds)];
    set(HeaderName::from_static("ratelimit"), limit);
    if !left.granted {
        headers.insert(header::RETRY_AFTER, left.seconds.into());
    }
}

/// The address that the outermost of our own proxies saw. What stands further left in `X-Forwarded-For` can be
/// written by anybody.
pub fn address(peer: Option<IpAddr>, headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    if proxies == 0 {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|v| v.split(',')).map(str::trim).collect();
    let at = hops.len().checked_sub(proxies);
    at.and_then(|i| hops.get(i)).and_then(|hop| hop.parse().ok()).or(peer)
}

/// `Firefox · Linux`: enough to know one's own devices by, nothing to follow anyone by.
fn device(agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    // Most browsers name the others too: the order decides.
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrom", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    browser.into_iter().chain(system).collect::<Vec<_>>().join(" · ")
}

/// Puts the session's cookie on an answer; an empty token takes it away.
pub fn with_cookie(app: &App, token: &str, mut response: Response) -> Response {
    let secure = if app.https() { "; Secure" } else { "" };
    let end = if token.is_empty() { "; Max-Age=0" } else { "" };
    let cookie = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{end}", app.cookie_name());
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_proxies_are_believed() {
        let peer: Option<IpAddr> = "10.0.0.1".parse().ok();
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("1.1.1.1, 203.0.113.7"));
        let at = |n| address(peer, &headers, n).unwrap().to_string();
        assert_eq!([at(0), at(1), at(2), at(3)], ["10.0.0.1", "203.0.113.7", "1.1.1.1", "10.0.0.1"]);
    }

    #[test]
    fn devices_are_named_in_two_words() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(device(edge), "Edge · Windows");
        assert_eq!(
            device("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
            "Firefox · Linux"
        );
        assert_eq!(device("curl/8.5"), "");
    }
}
