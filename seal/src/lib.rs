//! The provider's electronic seal: a PDF becomes a sealed PDF, and a sealed PDF becomes a verdict.
//!
//! # What a seal is
//!
//! A sealed file is the original, byte for byte, followed by one update: a signature dictionary, an invisible field,
//! and new versions of the catalogue and of the first page that name the field. The signature (PAdES baseline B-B:
//! `ETSI.CAdES.detached`, ECDSA on P-256 with SHA-256) covers the whole file but for one gap, and in the gap stands
//! the signature itself. A time stamp that comes later is put into the same gap, so that it makes B-T out of B-B
//! without touching anything that is signed.
//!
//! # One form
//!
//! There are many ways to write the same PDF, the same signature container and even the same ECDSA signature, and
//! most attacks on signed PDFs live in that freedom: a second update behind the first, a byte range with a hole, a key
//! that is there twice, digits with spaces between. So here everything has exactly one form:
//!
//! - The **update** is written by one function from the original and four facts (name, reason, place, time). The
//!   reader takes the facts, writes the update anew, and accepts the file only if the same bytes come out. It never
//!   has to understand what somebody else may have written.
//! - The **original** has to look as our typesetter writes it: one plain cross-reference table, every object where it
//!   says, no form, no encryption, nothing behind the end. Whatever is different is refused, not understood.
//! - The **container** is taken apart, built anew from the parts, and compared. The certificates in it are named in the
//!   signed attributes, so that none can be added, taken away or exchanged.
//! - The **signature** has its smaller s, so that it has no twin.
//! - The **time stamp** keeps only those of its certificates that can be checked, and stands in it without anything
//!   that its signature does not cover.
//!
//! What is left to an attacker is to take the time stamp out again, or to put in another one; the first makes the level
//! lower, the second is reported as by an unknown authority.
//!
//! # PDF/A-3a and PDF/UA-1
//!
//! The field's rectangle is empty and at the edge of the page. So it needs no appearance (ISO 19005-3, 6.3.3) and no
//! tag (it lies outside of what is seen: ISO 14289-1, 7.18.1 and 7.18.4). It has the flags *print* and *locked*: the
//! flag *hidden* would be against PDF/A (6.3.2). `/TU` says in words what it is, `/Tabs` is `/S`, `/ID` stays as it was.
//!
//! # Who is believed
//!
//! A seal is ours if its certificate is one of ours, byte for byte; a chain to some authority is not enough, because
//! anybody can buy a certificate. A time stamp counts if its authority is one of those that are known.
//!
//! Nothing here depends on our other crates, reads a clock or talks to the network.

mod asn1;
mod certificate;
mod cms;
mod crypto;
mod error;
mod key;
mod key_store;
mod parts;
mod pdf;
mod sealing;
mod stamp;
mod vault;
mod verify;

pub use certificate::{Certificate, CertificateFacts};
pub use crypto::sha256;
pub use error::{KeyError, PdfFault, SealError, StampError, StoreError};
pub use key::{SealKey, SubjectNames, verify_with};
pub use key_store::KeyStore;
pub use parts::{Parts, parts};
pub use sealing::{SealFacts, add_time_stamp, seal_pdf, signature_digest};
pub use stamp::{
    Clock, TimeStampRequest, TimeStampToken, Trust, certificates_pem, check_token, parse_response,
};
pub use vault::{Vault, fresh_p256, unhex};
pub use verify::{Change, Fault, Level, Limits, SealFound, Trusted, Verdict, verify_file, verify_pdf};
