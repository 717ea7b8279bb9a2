//! What can go wrong, as sentences without secrets and without anything of a document.

use thiserror::Error;

/// Why a key or a certificate could not be made, read or taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// The key is not a PKCS#8 key on P-256.
    #[error("the seal's key cannot be read: a PKCS#8 key (PEM) on the curve P-256 is expected")]
    Key,
    /// There is no certificate in the text, or it cannot be read.
    #[error("the certificate cannot be read: X.509 certificates as PEM are expected")]
    Certificate,
    /// More certificates than a chain has.
    #[error("the chain is too long: at most 6 certificates are taken")]
    ChainTooLong,
    /// The first certificate is for another key.
    #[error("the first certificate of the chain does not belong to the seal's key")]
    OtherKey,
    /// The certificate (or one above it) is not valid yet, or no longer.
    #[error("a certificate of the chain is not valid now: it runs from {from} to {until}")]
    NotValidNow {
        /// The first day, such as `2026-11-23`.
        from: String,
        /// The last day.
        until: String,
    },
    /// The certificate's key usage allows no seal.
    #[error("the certificate's key usage allows neither digitalSignature nor nonRepudiation")]
    KeyUsage,
    /// A certificate of the chain is not signed by the one after it.
    #[error("the chain is not in order: certificate {0} is not signed by the one after it")]
    ChainOrder(usize),
    /// A certificate above the first is not one of an authority.
    #[error("certificate {0} of the chain is not that of an authority")]
    NotAnAuthority(usize),
    /// The certificate is neither for time stamps nor one of an authority that issues such.
    #[error(
        "the certificate is neither for time stamps nor that of an authority that issues such certificates"
    )]
    NotForTime,
    /// The subject has characters that a certificate cannot hold.
    #[error("the seal's subject is not usable: the country has two letters, the name is not empty")]
    Subject,
    /// The key of the vault is not one.
    #[error("the key of the vault must be 64 hexadecimal digits")]
    VaultKey,
    /// A secret was locked with another key, under another name, or was changed.
    #[error("the secret cannot be unlocked: it was locked with another key")]
    Locked,
    /// The cryptographic library refused; it gives no reasons.
    #[error("the cryptographic library refused to work")]
    Crypto,
}

/// Why the folder of keys could not be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Reading or writing failed.
    #[error("the seal's folder: {path}: {why}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        why: std::io::Error,
    },
    /// Others than the owner may read the key.
    #[error("the seal's key {path} can be read by others (mode {mode:o}); take their rights away: chmod 600")]
    Exposed {
        /// The file.
        path: String,
        /// Its permissions.
        mode: u32,
    },
    /// A file holds no usable key or certificate.
    #[error("the seal's folder: {path}: {why}")]
    Unusable {
        /// The file.
        path: String,
        /// What is wrong with it.
        why: KeyError,
    },
    /// What was given cannot be taken.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// Why a PDF could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// The document does not have the form that our own documents have.
    #[error("the document cannot be sealed: {0}")]
    Document(PdfFault),
    /// It has a seal already.
    #[error("the document has a seal already")]
    Sealed,
    /// Name, reason or place is empty or longer than 200 characters, or the year has not four digits.
    #[error("the facts of the seal are not usable")]
    Facts,
    /// Certificates or time stamp are too large for the space kept for them.
    #[error("certificates and time stamp need more than the space that is kept for them")]
    NoRoom,
    /// The time stamp is for something else, or is there already.
    #[error("the time stamp is not for this seal, or there is one already")]
    Stamp,
    /// The seal in the document is not whole, so that nothing can be added.
    #[error("the document has no whole seal")]
    Unsealed,
    /// The cryptographic library refused; it gives no reasons.
    #[error("the cryptographic library refused to work")]
    Crypto,
}

/// What a PDF has or lacks that keeps us from working with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PdfFault {
    /// No header.
    #[error("it is not a PDF")]
    Header,
    /// No end mark, or something after it.
    #[error("its end is missing")]
    End,
    /// Cross-reference streams, several sections, or entries that do not fit.
    #[error("its table of objects is not a single plain one")]
    Table,
    /// Keys are missing in the trailer, or some that must not be there are.
    #[error("its trailer is not usable")]
    Trailer,
    /// It is encrypted.
    #[error("it is encrypted")]
    Encrypted,
    /// Catalogue or page tree cannot be read.
    #[error("its catalogue or first page is not usable")]
    Catalog,
    /// It has a form already, or annotations that cannot be extended.
    #[error("it has a form already")]
    Form,
    /// Values lie in each other more deeply than any real document's.
    #[error("its values are nested too deeply")]
    Depth,
}

/// Why there is no time stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StampError {
    /// Not an answer of RFC 3161, or one with something after it.
    #[error("the time stamp authority's answer cannot be read")]
    Unreadable,
    /// The authority declined.
    #[error("the time stamp authority declined")]
    Declined,
    /// It stamped another hash.
    #[error("the time stamp is for another document")]
    OtherImprint,
    /// It answers another question.
    #[error("the time stamp answers another request")]
    OtherNonce,
    /// Its time is not now.
    #[error("the time stamp's time differs from the own clock by {0} seconds")]
    WrongTime(i64),
    /// The certificate inside is not one for time stamps, or not valid at that time.
    #[error("the time stamp's certificate is not one for time stamps, or was not valid")]
    Certificate,
    /// The signature does not fit.
    #[error("the time stamp's signature is wrong")]
    Signature,
    /// Its authority is not among those that are trusted.
    #[error("the time stamp comes from an authority that is not trusted")]
    UnknownAuthority,
}
