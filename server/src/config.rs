//! Configuration: environment, and the same keys in an optional TOML file. Unknown keys stop the start,
//! secrets may come from files.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A configuration that is whole.
#[derive(Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Base of all links, without a slash at the end.
    pub base_url: String,
    /// Folder of the portal's own files.
    pub data_dir: PathBuf,
    /// Database.
    pub database_url: String,
    /// SMTP server.
    pub smtp_url: Option<String>,
    /// Sender of mails.
    pub mail_from: String,
    /// Time stamp authority; there may be a password in it.
    pub tsa_url: Option<String>,
    /// What is logged, such as `info,server=debug`.
    pub log: String,
    /// Logs as JSON lines.
    pub log_json: bool,
    /// Folder whose files replace those of `content/`.
    pub content_dir: Option<PathBuf>,
    /// Proxies in front whose `X-Forwarded-For` counts: how many, from the right.
    pub trusted_proxies: usize,
    /// What the keys that sign tokens are locked with in the database; absent: a file in the data folder.
    pub key_secret: Option<[u8; 32]>,
    /// Demo data and demo passwords are allowed.
    pub demo: bool,
}

/// What is wrong, by key.
#[derive(Debug, Error)]
#[error("configuration: {key}: {what}")]
pub struct ConfigError {
    /// The key.
    pub key: String,
    /// What.
    pub what: String,
}

/// Keys of the environment; the file has the same in small letters without `AVP_`.
pub const KEYS: [&str; 14] = [
    "AVP_LISTEN",
    "AVP_BASE_URL",
    "AVP_DATA_DIR",
    "AVP_DATABASE_URL",
    "AVP_SMTP_URL",
    "AVP_MAIL_FROM",
    "AVP_TSA_URL",
    "AVP_LOG",
    "AVP_LOG_FORMAT",
    "AVP_CONTENT_DIR",
    "AVP_TRUSTED_PROXIES",
    "AVP_KEY_SECRET",
    "AVP_CONFIG",
    "AVP_DEMO",
];

/// Keys that later parts of the portal read; accepted so that one file serves all versions.
const LATER: [&str; 2] = ["AVP_ADMIN_LISTEN", "AVP_OIDC_"];

/// Keys of things around the portal (building, testing), left alone.
const FOREIGN: [&str; 5] = ["AVP_TEST_", "AVP_TARGET_", "AVP_BROWSER", "AVP_NO_INSTALL", "AVP_SERVER_BIN"];

#[derive(Deserialize)]
#[serde(transparent)]
struct File(BTreeMap<String, toml::Value>);

impl Config {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_vars(std::env::vars().filter(|(k, _)| k.starts_with("AVP_")).collect())
    }

    /// Reads these variables.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn from_vars(env: BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let mut vars = match env.get("AVP_CONFIG") {
            Some(path) => from_file(Path::new(path))?,
            None => BTreeMap::new(),
        };
        vars.extend(env);
        refuse_unknown(&vars)?;
        let vars = read_secret_files(vars)?;
        let get = |key: &str| vars.get(key).map(|v| v.trim()).filter(|v| !v.is_empty());
        let data_dir = PathBuf::from(get("AVP_DATA_DIR").unwrap_or("data"));
        let default_db = format!("sqlite://{}?mode=rwc", data_dir.join("portal.sqlite").display());
        let config = Self {
            listen: parse("AVP_LISTEN", get("AVP_LISTEN").unwrap_or("127.0.0.1:3000"))?,
            base_url: base_url(get("AVP_BASE_URL").unwrap_or("http://localhost:3000"))?,
            database_url: database_url(get("AVP_DATABASE_URL").unwrap_or(&default_db))?,
            smtp_url: get("AVP_SMTP_URL").map(smtp_url).transpose()?,
            mail_from: mail_from(
                get("AVP_MAIL_FROM").unwrap_or("AV-Portal <av-portal@localhost.localdomain>"),
            )?,
            tsa_url: get("AVP_TSA_URL").map(tsa_url).transpose()?,
            log: get("AVP_LOG").unwrap_or("info").into(),
            log_json: one_of("AVP_LOG_FORMAT", get("AVP_LOG_FORMAT"), &["json"], &["text"])?,
            content_dir: get("AVP_CONTENT_DIR").map(content_dir).transpose()?,
            trusted_proxies: parse("AVP_TRUSTED_PROXIES", get("AVP_TRUSTED_PROXIES").unwrap_or("0"))?,
            key_secret: get("AVP_KEY_SECRET").map(key_secret).transpose()?,
            demo: one_of("AVP_DEMO", get("AVP_DEMO"), &["1", "true"], &["0", "false"])?,
            data_dir,
        };
        Ok(config)
    }
}

fn from_file(path: &Path) -> Result<BTreeMap<String, String>, ConfigError> {
    let wrong = |what: String| ConfigError { key: format!("AVP_CONFIG={}", path.display()), what };
    let text = std::fs::read_to_string(path).map_err(|e| wrong(e.to_string()))?;
    let file: File = toml::from_str(&text).map_err(|e| wrong(e.to_string()))?;
    let text_of = |v: toml::Value| match v {
        toml::Value::String(s) => s,
        other => other.to_string(),
    };
    Ok(file.0.into_iter().map(|(k, v)| (format!("AVP_{}", k.to_uppercase()), text_of(v))).collect())
}

fn refuse_unknown(vars: &BTreeMap<String, String>) -> Result<(), ConfigError> {
    for key in vars.keys() {
        let plain = key.strip_suffix("_FILE").unwrap_or(key);
        let known = KEYS.contains(&plain) || LATER.iter().chain(&FOREIGN).any(|p| plain.starts_with(p));
        if !known {
            return Err(ConfigError {
                key: key.clone(),
                what: format!("unknown key; known are {}", KEYS.join(", ")),
            });
        }
    }
    Ok(())
}

fn read_secret_files(vars: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, ConfigError> {
    vars.into_iter()
        .map(|(key, value)| match key.strip_suffix("_FILE") {
            Some(plain) => {
                let text = std::fs::read_to_string(&value)
                    .map_err(|e| ConfigError { key: key.clone(), what: format!("{value}: {e}") })?;
                Ok((plain.to_string(), text.trim().to_string()))
            }
            None => Ok((key, value)),
        })
        .collect()
}

fn parse<T: std::str::FromStr>(key: &str, value: &str) -> Result<T, ConfigError>
where
    T::Err: std::fmt::Display,
{
    value.parse().map_err(|e| ConfigError { key: key.into(), what: format!("{value:?}: {e}") })
}

/// Whether a switch is on; off where it is not set. A word that is neither stops the start: it was meant to do something.
fn one_of(key: &str, value: Option<&str>, on: &[&str], off: &[&str]) -> Result<bool, ConfigError> {
    match value {
        None => Ok(false),
        Some(v) if on.contains(&v) => Ok(true),
        Some(v) if off.contains(&v) => Ok(false),
        Some(v) => {
            let known = [on, off].concat().join(", ");
            Err(ConfigError { key: key.into(), what: format!("{v:?}: must be one of {known}") })
        }
    }
}

fn smtp_url(value: &str) -> Result<String, ConfigError> {
    secret_url("AVP_SMTP_URL", value, service::mail::transport::check_url)
}

fn tsa_url(value: &str) -> Result<String, ConfigError> {
    secret_url("AVP_TSA_URL", value, service::stamps::check_url)
}

/// Without the value in the error: there may be a password in it.
fn secret_url(
    key: &str,
    value: &str,
    check: impl FnOnce(&str) -> Result<(), service::Problem>,
) -> Result<String, ConfigError> {
    let wrong = |what| ConfigError { key: key.into(), what };
    match check(value) {
        Ok(()) => Ok(value.into()),
        Err(service::Problem::Internal(what)) => Err(wrong(what)),
        Err(other) => Err(wrong(other.to_string())),
    }
}

/// Without the value: it is a secret.
fn key_secret(value: &str) -> Result<[u8; 32], ConfigError> {
    let what = "must be 64 hexadecimal digits, as `openssl rand -hex 32` prints them";
    seal::unhex(value).ok_or_else(|| ConfigError { key: "AVP_KEY_SECRET".into(), what: what.into() })
}

/// A folder that is not there would mean that the shipped content is used, with a sample provider in it.
fn content_dir(value: &str) -> Result<PathBuf, ConfigError> {
    let dir = PathBuf::from(value);
    match std::fs::read_dir(&dir) {
        Ok(_) => Ok(dir),
        Err(e) => Err(ConfigError { key: "AVP_CONTENT_DIR".into(), what: format!("{value:?}: {e}") }),
    }
}

fn base_url(value: &str) -> Result<String, ConfigError> {
    let url = value.trim_end_matches('/');
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ']) => Ok(url.into()),
        _ => Err(ConfigError {
            key: "AVP_BASE_URL".into(),
            what: format!("{value:?}: must be http(s)://host[:port] without a path"),
        }),
    }
}

fn database_url(value: &str) -> Result<String, ConfigError> {
    match value.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") if !value.contains("mode=") => {
            let glue = if value.contains('?') { '&' } else { '?' };
            Ok(format!("{value}{glue}mode=rwc"))
        }
        Some("sqlite" | "postgres" | "postgresql") => Ok(value.into()),
        _ => Err(ConfigError {
            key: "AVP_DATABASE_URL".into(),
            what: "must be sqlite:… or postgres://…".into(),
        }),
    }
}

fn mail_from(value: &str) -> Result<String, ConfigError> {
    let address = value.rsplit_once('<').map_or(value, |(_, a)| a.trim_end_matches('>'));
    domain::text::email("AVP_MAIL_FROM", address)
        .map_err(|_| ConfigError { key: "AVP_MAIL_FROM".into(), what: format!("{value:?} is no address") })?;
    Ok(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from_vars(pairs.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect())
    }

    #[test]
    fn nothing_set_is_a_portal_on_this_machine() {
        let c = config(&[]).unwrap();
        assert_eq!(c.listen.to_string(), "127.0.0.1:3000");
        assert_eq!(c.database_url, "sqlite://data/portal.sqlite?mode=rwc");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (key, value) in [
            ("AVP_LISTEN", "nowhere"),
            ("AVP_BASE_URL", "av.example.org"),
            ("AVP_BASE_URL", "https://av.example.org/portal"),
            ("AVP_DATABASE_URL", "mysql://x"),
            ("AVP_MAIL_FROM", "nobody"),
            ("AVP_LISTEM", "127.0.0.1:1"),
            ("AVP_CONTENT_DIR", "/nowhere/content"),
            ("AVP_CONTENT_DIR", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")),
            ("AVP_LOG_FORMAT", "x"),
            ("AVP_DEMO", "yes"),
            ("AVP_TSA_URL", "tsa.example.org"),
            ("AVP_TSA_URL", "ftp://tsa.example.org"),
            ("AVP_KEY_SECRET", "geheim"),
            ("AVP_SMTP_URL", "mail.example.org"),
            ("AVP_SMTP_URL", "smtp://mail.example.org?tls=none"),
        ] {
            assert_eq!(config(&[(key, value)]).err().unwrap().key, key);
        }
    }

    #[test]
    fn switches_are_on_or_off() {
        let c = config(&[("AVP_DEMO", "true"), ("AVP_LOG_FORMAT", "json")]).unwrap();
        assert!(c.demo && c.log_json);
        let c = config(&[("AVP_DEMO", "0"), ("AVP_LOG_FORMAT", "text"), ("AVP_CONTENT_DIR", "")]).unwrap();
        assert!(!c.demo && !c.log_json && c.content_dir.is_none());
    }

    #[test]
    fn the_password_of_the_mail_server_is_in_no_error() {
        let e = config(&[("AVP_SMTP_URL", "smtp://user:geheim@host:notaport")]).err().unwrap();
        assert!(!e.to_string().contains("geheim") && e.to_string().contains("expected smtps://"), "{e}");
        let e = config(&[("AVP_TSA_URL", "https://user:geheim@host:notaport")]).err().unwrap();
        assert!(!e.to_string().contains("geheim") && e.to_string().contains("expected http://"), "{e}");
    }
}
