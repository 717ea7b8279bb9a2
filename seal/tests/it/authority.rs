//! A time stamp authority of the tests: `openssl ts` with certificates that are thrown away, and, for answers that no
//! honest authority gives, `openssl cms`.

use super::tools::{self, Folder};
use super::*;
use chrono::Duration;
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use seal::{Clock, TimeStampRequest, TimeStampToken, Trust};
use std::sync::LazyLock;

/// Time stamping, in the list of extended key usages.
const FOR_TIME: &[u8] = &[0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];
/// The same for code signing.
const FOR_CODE: &[u8] = &[0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x03];

/// What a certificate of the authority is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Time,
    /// Time stamps, but the extension is not critical.
    TimeNotCritical,
    Code,
    Nothing,
}

/// An authority in a folder: `root.pem`, `tsa.pem`, `tsa.key`.
pub struct Authority {
    pub folder: Folder,
    pub root: Certificate,
    pub own: Certificate,
}

/// The true time: authorities know no other.
pub fn now() -> DateTime<Utc> {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap();
    DateTime::from_timestamp(i64::try_from(since.as_secs()).unwrap(), 0).unwrap()
}

fn parameters(name: &str, from: DateTime<Utc>, until: DateTime<Utc>) -> CertificateParams {
    let mut it = CertificateParams::default();
    it.distinguished_name = rcgen::DistinguishedName::new();
    it.distinguished_name.push(DnType::CommonName, name);
    it.not_before = time::OffsetDateTime::from_unix_timestamp(from.timestamp()).unwrap();
    it.not_after = time::OffsetDateTime::from_unix_timestamp(until.timestamp()).unwrap();
    it
}

impl Authority {
    /// An honest one.
    pub fn new() -> Self {
        Self::with(Purpose::Time, now() - Duration::days(2), now() + Duration::days(300))
    }

    /// One with a certificate for something, valid for some time.
    pub fn with(purpose: Purpose, from: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        let (above, own) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let mut root = parameters("Test root", now() - Duration::days(900), now() + Duration::days(900));
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let root_made = root.self_signed(&above).unwrap();
        let mut stamping = parameters("Test stamps", from, until);
        stamping.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let mut extension = |content: &[u8], critical| {
            let mut it = CustomExtension::from_oid_content(&[2, 5, 29, 37], content.to_vec());
            it.set_criticality(critical);
            stamping.custom_extensions.push(it);
        };
        match purpose {
            Purpose::Time => extension(FOR_TIME, true),
            Purpose::TimeNotCritical => extension(FOR_TIME, false),
            Purpose::Code => extension(FOR_CODE, true),
            Purpose::Nothing => {}
        }
        let made = stamping.signed_by(&own, &Issuer::from_params(&root, &above)).unwrap();
        let folder = Folder::new();
        folder.file("root.pem", root_made.pem());
        folder.file("tsa.pem", made.pem());
        folder.file("tsa.key", own.serialize_pem());
        folder.file("serial", "01\n");
        folder.file("tsa.cnf", CONFIGURATION);
        let read = |der: &[u8]| Certificate::from_der(der).unwrap();
        Self { folder, root: read(root_made.der()), own: read(made.der()) }
    }

    /// An honest answer; `None` without openssl.
    pub fn answer(&self, request: &TimeStampRequest) -> Option<Vec<u8>> {
        self.folder.file("query", request.to_der());
        let arguments: [&dyn AsRef<std::ffi::OsStr>; 8] =
            [&"ts", &"-reply", &"-config", &"tsa.cnf", &"-queryfile", &"query", &"-out", &"answer"];
        tools::well("openssl", &arguments, &self.folder.0)?;
        Some(std::fs::read(self.folder.path("answer")).unwrap())
    }

    /// An answer that says whatever is wished.
    pub fn lie(&self, digest: [u8; 32], nonce: u64, time: DateTime<Utc>) -> Option<Vec<u8>> {
        self.folder.file("info", info(digest, nonce, time));
        let arguments: [&dyn AsRef<std::ffi::OsStr>; 20] = [
            &"cms",
            &"-sign",
            &"-binary",
            &"-nodetach",
            &"-nosmimecap",
            &"-cades",
            &"-md",
            &"sha256",
            &"-econtent_type",
            &"1.2.840.113549.1.9.16.1.4",
            &"-in",
            &"info",
            &"-signer",
            &"tsa.pem",
            &"-inkey",
            &"tsa.key",
            &"-outform",
            &"DER",
            &"-out",
            &"token",
        ];
        tools::well("openssl", &arguments, &self.folder.0)?;
        let token = std::fs::read(self.folder.path("token")).unwrap();
        Some(tlv(0x30, &[tlv(0x30, &[2, 1, 0]), token].concat()))
    }

    /// A token that was checked.
    pub fn stamp(&self, digest: [u8; 32]) -> Option<TimeStampToken> {
        let request = TimeStampRequest::new(digest, 42);
        let answer = self.answer(&request)?;
        Some(
            seal::parse_response(&answer, &request, clock(), Trust::Known(std::slice::from_ref(&self.root)))
                .unwrap(),
        )
    }
}

/// The true time, with two minutes of tolerance.
pub fn clock() -> Clock {
    Clock { now: now(), tolerance: Duration::minutes(2) }
}

/// A sealed file with a time stamp, its sealer among the trusted; `None` without openssl.
pub fn stamped() -> Option<(Vec<u8>, Certificate)> {
    STAMPED.clone()
}

static STAMPED: LazyLock<Option<(Vec<u8>, Certificate)>> = LazyLock::new(|| {
    let authority = Authority::new();
    let token = authority.stamp(seal::signature_digest(&SEALED).unwrap())?;
    Some((seal::add_time_stamp(&SEALED, &token).unwrap(), authority.root.clone()))
});

const CONFIGURATION: &str = "\
[tsa]
default_tsa = it
[it]
serial = serial
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
";

/// `TSTInfo`, by hand.
fn info(digest: [u8; 32], nonce: u64, time: DateTime<Utc>) -> Vec<u8> {
    let sha256 = tlv(0x30, &tlv(6, &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]));
    let parts = [
        tlv(2, &[1]),
        tlv(6, &[0x2a, 3, 4]),
        tlv(0x30, &[sha256, tlv(4, &digest)].concat()),
        tlv(2, &[7]),
        tlv(0x18, time.format("%Y%m%d%H%M%S.25Z").to_string().as_bytes()),
        tlv(2, &[u8::try_from(nonce).unwrap()]),
    ];
    tlv(0x30, &parts.concat())
}

/// A value in DER.
pub fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len();
    let head = match length {
        0..128 => vec![tag, u8::try_from(length).unwrap()],
        128..256 => vec![tag, 0x81, u8::try_from(length).unwrap()],
        _ => vec![tag, 0x82, u8::try_from(length >> 8).unwrap(), u8::try_from(length & 255).unwrap()],
    };
    [head, value.to_vec()].concat()
}
