//! How a mail leaves: through an SMTP server over TLS, or as a file in a folder when no server is set.

use crate::portal::Settings;
use crate::problem::{Problem, Result, internal};
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, Error as SmtpError};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::path::PathBuf;
use std::time::Duration;
use thiserror::Error;

/// Longest wait for the server at each step.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a mail did not leave, without the address and without the server's own words (they repeat the address).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{class}")]
pub struct NotSent {
    /// `smtp 450`, `smtp timeout`, `smtp tls`, `smtp connection`, `smtp without SMTPUTF8`, `folder`.
    pub class: String,
    /// Trying again cannot help: the server refused this mail.
    pub permanent: bool,
}

/// The way out.
#[derive(Clone, Debug)]
pub enum Mailer {
    /// A server.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    /// A folder.
    Folder(PathBuf),
}

impl Mailer {
    /// By the settings. Connections are made when the first mail leaves.
    ///
    /// # Errors
    /// As [`check_url`].
    pub fn new(settings: &Settings) -> Result<Self> {
        match &settings.smtp_url {
            Some(url) => Ok(Self::Smtp(Box::new(builder(url)?.timeout(Some(PATIENCE)).build()))),
            None => Ok(Self::Folder(settings.mail_dir.clone())),
        }
    }

    /// Whether mails leave the house: then their secrets are forgotten afterwards.
    pub fn leaves(&self) -> bool {
        matches!(self, Self::Smtp(_))
    }

    /// Sends; `name` becomes the file's name in a folder.
    ///
    /// # Errors
    /// [`NotSent`].
    pub async fn send(&self, message: Message, name: &str) -> Result<(), NotSent> {
        match self {
            Self::Smtp(smtp) => {
                let plain = message.envelope().to().iter().all(|to| AsRef::<str>::as_ref(to).is_ascii());
                smtp.send(message).await.map(drop).map_err(|e| class(&e, plain))
            }
            Self::Folder(dir) => {
                let written = write(dir.clone(), name.to_string(), message.formatted()).await;
                written.map_err(|kind| NotSent { class: format!("folder: {kind}"), permanent: false })
            }
        }
    }
}

/// Whether an SMTP address can be used: `smtps://user:password@host`, `smtp://host` (STARTTLS is required, never only
/// tried), without TLS on this machine only. The error names no password.
///
/// # Errors
/// In words for the operator.
pub fn check_url(url: &str) -> Result<()> {
    builder(url).map(drop)
}

fn builder(url: &str) -> Result<AsyncSmtpTransportBuilder> {
    let url = safe(url)?;
    AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).map_err(|_| wrong("not a usable SMTP address"))
}

fn wrong(what: &str) -> Problem {
    internal(format!("{what}; expected smtps://user:password@host[:port] or smtp://…?tls=required"))
}

/// The address with TLS required wherever it leaves this machine.
fn safe(url: &str) -> Result<String> {
    let (scheme, rest) = url.split_once("://").ok_or_else(|| wrong("no scheme"))?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    match (scheme, query) {
        ("smtps", "") | ("smtp", "tls=required") => Ok(url.into()),
        ("smtp", "") if local(place) => Ok(url.into()),
        ("smtp", "") => Ok(format!("{url}?tls=required")),
        ("smtp" | "smtps", _) => Err(wrong("TLS must be required")),
        _ => Err(wrong("unknown scheme")),
    }
}

/// Whether the host is this machine.
fn local(place: &str) -> bool {
    let place = place.split('/').next().unwrap_or_default();
    let host = place.rsplit_once('@').map_or(place, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

fn class(e: &SmtpError, plain_address: bool) -> NotSent {
    // An umlaut in an address needs a server that takes it (SMTPUTF8); this one will not learn it until the next try.
    if e.is_client() && !plain_address {
        return NotSent { class: "smtp without SMTPUTF8".into(), permanent: true };
    }
    let code = e.status().map(u16::from);
    let class = match code {
        Some(code) => format!("smtp {code}"),
        None if e.is_timeout() => "smtp timeout".into(),
        None if e.is_tls() => "smtp tls".into(),
        None if e.is_response() => "smtp answer not understood".into(),
        None if e.is_client() => "smtp refused by us".into(),
        None => "smtp connection".into(),
    };
    // 53x speaks about our log-in, 421/554 at the greeting about us: an operator can mend that, so it is tried again.
    let ours = matches!(code, Some(530..=539));
    NotSent { class, permanent: e.is_permanent() && !ours }
}

/// Written beside and renamed, readable by the portal's own user only: the mails of a folder hold links and codes.
async fn write(dir: PathBuf, name: String, bytes: Vec<u8>) -> Result<(), std::io::ErrorKind> {
    let write = move || -> std::io::Result<()> {
        use std::io::Write as _;
        std::fs::create_dir_all(&dir)?;
        let (partial, whole) = (dir.join(format!(".{name}.part")), dir.join(format!("{name}.eml")));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&partial)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        std::fs::rename(partial, whole)
    };
    match tokio::task::spawn_blocking(write).await {
        Ok(done) => done.map_err(|e| e.kind()),
        Err(_) => Err(std::io::ErrorKind::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_is_required_wherever_a_mail_leaves_this_machine() {
        assert_eq!(safe("smtp://u:p@mail.example.org").unwrap(), "smtp://u:p@mail.example.org?tls=required");
        for same in [
            "smtps://u:p@mail.example.org:465",
            "smtp://mail.example.org:587?tls=required",
            "smtp://localhost:2525",
            "smtp://127.0.0.1:1025",
            "smtp://[::1]:25",
        ] {
            assert_eq!(safe(same).unwrap(), same);
        }
        assert_eq!(
            safe("smtp://localhost@evil.example").unwrap(),
            "smtp://localhost@evil.example?tls=required"
        );
        for bad in [
            "smtp://h?tls=opportunistic",
            "smtp://h?tls=none",
            "smtps://h?tls=none",
            "http://h",
            "mail.example.org",
        ] {
            assert!(safe(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_password_is_in_no_error() {
        let error = check_url("smtp://user:geheim@host:notaport").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("geheim"));
    }
}
