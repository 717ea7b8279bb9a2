//! Time stamps as the seal understands them: the questions, the check of the answers, and what a seal or a head proves.
//! The talking is done by `service::stamps`.

use crate::sealing::Sealing;
use chrono::Duration;
use domain::audit::hex;
use seal::{Clock, Level, StampError, TimeStampRequest, TimeStampToken, Trust, Verdict};
use service::Problem;
use service::stamps::{Authority, Reply, SealLevel, StampCheck, Stamped, Stamping};
use std::sync::Arc;

/// An authority's clock may differ from ours by so much. An answer takes up to 15 seconds, and clocks that are kept by
/// NTP differ by far less; more than this and one of the two is wrong, and nobody can say which.
const TOLERANCE: Duration = Duration::minutes(2);

impl Sealing {
    /// How time stamps are got from the authority at this address.
    ///
    /// # Errors
    /// When the address is wrong, or the system offers no TLS.
    pub fn stamping(&self, url: &str) -> Result<Stamping, Problem> {
        let (files, texts) = (self.clone(), self.clone());
        Ok(Stamping {
            authority: Authority::new(url)?,
            digest: Arc::new(|sealed| seal::signature_digest(sealed).map_err(|e| e.to_string())),
            query: Arc::new(|digest, nonce| TimeStampRequest::new(digest, nonce).to_der()),
            into_file: Arc::new(move |sealed, reply| files.stamp_file(sealed, reply)),
            of_text: Arc::new(move |text, reply| texts.of_text(text, reply)),
        })
    }

    fn stamp_file(&self, sealed: &[u8], reply: Reply<'_>) -> Result<Stamped, String> {
        let digest = seal::signature_digest(sealed).map_err(|e| e.to_string())?;
        let (token, known) = self.take(digest, reply)?;
        let bytes = seal::add_time_stamp(sealed, &token).map_err(|e| e.to_string())?;
        // What is stored is what the verifier sees, whatever the reader of answers let pass.
        match (known, self.level(&bytes)) {
            (true, SealLevel::T(..)) | (false, SealLevel::Unknown(..)) => {}
            (_, level) => return Err(format!("the stamped file is not what it should be: {level:?}")),
        }
        Ok(Stamped { bytes, time: token.time, authority: token.authority, known })
    }

    fn of_text(&self, text: &[u8], reply: Reply<'_>) -> Result<Stamped, String> {
        let (token, known) = self.take(seal::sha256(text), reply)?;
        Ok(Stamped { bytes: token.der().to_vec(), time: token.time, authority: token.authority, known })
    }

    /// Reads an answer. One by an authority that nobody trusts is kept as well, and its certificate is written down so
    /// that the operator can decide; until then it counts for nothing.
    fn take(&self, digest: [u8; 32], reply: Reply<'_>) -> Result<(TimeStampToken, bool), String> {
        let request = TimeStampRequest::new(digest, reply.nonce);
        let clock = Clock { now: reply.now, tolerance: TOLERANCE };
        let (_, known) = self.trusted();
        let read = |trust| seal::parse_response(reply.body, &request, clock, trust);
        match read(Trust::Known(&known)) {
            Ok(token) => Ok((token, true)),
            Err(StampError::UnknownAuthority) => {
                let token = read(Trust::FirstUse).map_err(|e| e.to_string())?;
                self.meet(&token)?;
                let sha256 = hex(&token.signer().fingerprint());
                tracing::warn!(sha256, "a time stamp authority that is not trusted (av-portal seal trust)");
                Ok((token, false))
            }
            Err(e) => Err(e.to_string()),
        }
    }

    /// What a file's seal proves about the time.
    pub fn level(&self, pdf: &[u8]) -> SealLevel {
        let (Verdict::Valid(found) | Verdict::UnknownSealer(found)) = self.verify(pdf) else {
            return SealLevel::None;
        };
        match found.level {
            Level::BaselineB => SealLevel::B,
            Level::BaselineT { time, authority } => SealLevel::T(time, authority),
            Level::StampUnknown { time, authority } => SealLevel::Unknown(time, authority),
        }
    }

    /// Checks a time stamp that is kept beside its text.
    pub fn check_stamp(&self, text: &[u8], token: &[u8]) -> StampCheck {
        let (_, known) = self.trusted();
        match seal::check_token(token, &seal::sha256(text), &known) {
            Ok(token) if token.is_known() => StampCheck::Trusted(token.time, token.authority),
            Ok(token) => StampCheck::Unknown(token.time, token.authority),
            Err(_) => StampCheck::Bad,
        }
    }
}
