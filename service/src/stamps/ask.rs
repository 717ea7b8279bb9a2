//! The question over HTTP (RFC 3161, 3.4). Answers are limited in size and time, redirects are not followed, and no
//! error names the address: a password may be in it.

use crate::problem::{Problem, Result, internal};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Response, StatusCode, Url, redirect};
use std::time::Duration;

const QUERY: &str = "application/timestamp-query";
const REPLY: &str = "application/timestamp-reply";
/// Larger answers are not read to their end. A stamp with its certificates has some kilobytes.
const LARGEST: usize = 64 * 1024;
const CONNECT: Duration = Duration::from_secs(5);
/// From the first byte out to the last byte in. Shorter than a job may take.
const WHOLE: Duration = Duration::from_secs(15);

/// A time stamp authority. Cheap to clone.
#[derive(Clone)]
pub struct Authority {
    client: Client,
    url: Url,
}

impl Authority {
    /// By its address, `http://` or `https://`, with `user:password@` where it wants to know who asks.
    ///
    /// # Errors
    /// When the address is wrong, or the system offers no TLS.
    pub fn new(url: &str) -> Result<Self> {
        let url = read(url)?;
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .user_agent("av-portal")
            .build()
            .map_err(|_| internal("no HTTP client for time stamps"))?;
        Ok(Self { client, url })
    }

    /// Asks and gives back the answer, unchecked.
    ///
    /// # Errors
    /// In words for the admin, without the address.
    pub(super) async fn ask(&self, query: Vec<u8>) -> Result<Vec<u8>> {
        let asked = self.client.post(self.url.clone()).header(CONTENT_TYPE, QUERY).header(ACCEPT, REPLY);
        let answer = asked.body(query).send().await.map_err(|e| unreachable(&e))?;
        if answer.status() != StatusCode::OK {
            return Err(failed(format!("status {}", answer.status().as_u16())));
        }
        if !is_reply(answer.headers().get(CONTENT_TYPE)) {
            return Err(failed("another content type"));
        }
        body(answer).await
    }
}

async fn body(mut answer: Response) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|e| unreachable(&e))? {
        if all.len() + part.len() > LARGEST {
            return Err(failed("too large an answer"));
        }
        all.extend_from_slice(&part);
    }
    Ok(all)
}

/// Parameters behind the type do not count.
fn is_reply(given: Option<&HeaderValue>) -> bool {
    let given = given.and_then(|v| v.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(REPLY)
}

fn unreachable(e: &reqwest::Error) -> Problem {
    failed(match () {
        () if e.is_timeout() => "no answer in time",
        () if e.is_connect() => "no connection",
        () => "the connection broke",
    })
}

fn failed(what: impl std::fmt::Display) -> Problem {
    internal(format!("time stamp authority: {what}"))
}

/// Says whether an address can be one of an authority.
///
/// # Errors
/// In words without the address.
pub fn check_url(url: &str) -> Result<()> {
    read(url).map(drop)
}

fn read(url: &str) -> Result<Url> {
    let wrong = || internal("expected http://… or https://…, such as https://tsa.example.org/tsr");
    let read = Url::parse(url).map_err(|_| wrong())?;
    if !matches!(read.scheme(), "http" | "https") || !read.has_host() || read.fragment().is_some() {
        return Err(wrong());
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_the_web_and_wrong_ones_are_not_repeated() {
        for good in [
            "http://tsa.example.org",
            "https://tsa.example.org/tsr?x=1",
            "https://me:geheim@tsa.example.org/",
        ] {
            assert!(check_url(good).is_ok(), "{good}");
        }
        for bad in ["", "tsa.example.org", "ftp://me:geheim@tsa.example.org", "https://", "http://a/#geheim"]
        {
            let said = check_url(bad).expect_err(bad).to_string();
            assert!(!said.contains("geheim"), "{said}");
        }
    }

    #[test]
    fn only_replies_are_replies() {
        let is = |text: &'static str| is_reply(Some(&HeaderValue::from_static(text)));
        assert!(is("application/timestamp-reply") && is("Application/Timestamp-Reply; x=y"));
        assert!(!is("text/html") && !is("application/timestamp-reply-x") && !is("") && !is_reply(None));
    }
}
