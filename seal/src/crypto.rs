//! Hashes and signatures: the few calls into the cryptographic library, and which algorithms we accept.

use aws_lc_rs::digest::{self, SHA256, SHA384, SHA512};
use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912;
use der::asn1::{Null, UintRef};
use der::{Decode, Encode, Sequence};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    sha256_of(&[bytes])
}

/// SHA-256 of parts as if they were one.
pub fn sha256_of(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut out = [0; 32];
    for (to, from) in out.iter_mut().zip(context.finish().as_ref()) {
        *to = *from;
    }
    out
}

/// A hash by the algorithm that a structure names; `None` for those we do not accept.
pub fn hash(algorithm: &AlgorithmIdentifierOwned, bytes: &[u8]) -> Option<Vec<u8>> {
    let known = match algorithm.oid {
        rfc5912::ID_SHA_256 => &SHA256,
        rfc5912::ID_SHA_384 => &SHA384,
        rfc5912::ID_SHA_512 => &SHA512,
        _ => return None,
    };
    no_parameters(algorithm).then(|| digest::digest(known, bytes).as_ref().to_vec())
}

/// SHA-1, for nothing but the older names of certificates in time stamps.
pub fn sha1(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec()
}

/// SHA-256 by name, written without parameters as RFC 5754 wants it.
pub fn sha256_algorithm() -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: rfc5912::ID_SHA_256, parameters: None }
}

/// ECDSA with SHA-256 by name.
pub fn ecdsa_algorithm() -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: rfc5912::ECDSA_WITH_SHA_256, parameters: None }
}

/// Whether a signature over a message fits the key. `digest` is the hash that a CMS structure names beside a plain
/// `rsaEncryption`; certificates name hash and signature in one.
pub fn verifies(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    digest: Option<&AlgorithmIdentifierOwned>,
    message: &[u8],
    signature: &[u8],
) -> bool {
    let Some(bits) = key.subject_public_key.as_bytes() else { return false };
    let known = match key.algorithm.oid {
        rfc5912::ID_EC_PUBLIC_KEY => no_parameters(algorithm).then(|| elliptic(key, algorithm)).flatten(),
        rfc5912::RSA_ENCRYPTION => no_parameters(algorithm).then(|| rsa(algorithm.oid, digest)).flatten(),
        _ => None,
    };
    known.is_some_and(|known| UnparsedPublicKey::new(known, bits).verify(message, signature).is_ok())
}

fn elliptic(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
) -> Option<&'static dyn VerificationAlgorithm> {
    let curve: ObjectIdentifier = key.algorithm.parameters.as_ref()?.decode_as().ok()?;
    Some(match (curve, algorithm.oid) {
        (rfc5912::SECP_256_R_1, rfc5912::ECDSA_WITH_SHA_256) => &signature::ECDSA_P256_SHA256_ASN1,
        (rfc5912::SECP_256_R_1, rfc5912::ECDSA_WITH_SHA_384) => &signature::ECDSA_P256_SHA384_ASN1,
        (rfc5912::SECP_256_R_1, rfc5912::ECDSA_WITH_SHA_512) => &signature::ECDSA_P256_SHA512_ASN1,
        (rfc5912::SECP_384_R_1, rfc5912::ECDSA_WITH_SHA_256) => &signature::ECDSA_P384_SHA256_ASN1,
        (rfc5912::SECP_384_R_1, rfc5912::ECDSA_WITH_SHA_384) => &signature::ECDSA_P384_SHA384_ASN1,
        (rfc5912::SECP_384_R_1, rfc5912::ECDSA_WITH_SHA_512) => &signature::ECDSA_P384_SHA512_ASN1,
        (rfc5912::SECP_521_R_1, rfc5912::ECDSA_WITH_SHA_256) => &signature::ECDSA_P521_SHA256_ASN1,
        (rfc5912::SECP_521_R_1, rfc5912::ECDSA_WITH_SHA_384) => &signature::ECDSA_P521_SHA384_ASN1,
        (rfc5912::SECP_521_R_1, rfc5912::ECDSA_WITH_SHA_512) => &signature::ECDSA_P521_SHA512_ASN1,
        _ => return None,
    })
}

fn rsa(
    oid: ObjectIdentifier,
    digest: Option<&AlgorithmIdentifierOwned>,
) -> Option<&'static dyn VerificationAlgorithm> {
    let hash = match (oid, digest) {
        (rfc5912::RSA_ENCRYPTION, Some(digest)) => digest.oid,
        (rfc5912::SHA_256_WITH_RSA_ENCRYPTION, _) => rfc5912::ID_SHA_256,
        (rfc5912::SHA_384_WITH_RSA_ENCRYPTION, _) => rfc5912::ID_SHA_384,
        (rfc5912::SHA_512_WITH_RSA_ENCRYPTION, _) => rfc5912::ID_SHA_512,
        _ => return None,
    };
    Some(match hash {
        rfc5912::ID_SHA_256 => &signature::RSA_PKCS1_2048_8192_SHA256,
        rfc5912::ID_SHA_384 => &signature::RSA_PKCS1_2048_8192_SHA384,
        rfc5912::ID_SHA_512 => &signature::RSA_PKCS1_2048_8192_SHA512,
        _ => return None,
    })
}

fn no_parameters(algorithm: &AlgorithmIdentifierOwned) -> bool {
    algorithm.parameters.as_ref().is_none_or(|any| any.decode_as::<Null>().is_ok())
}

/// An ECDSA signature: two numbers.
#[derive(Sequence)]
struct EcdsaSignature<'a> {
    r: UintRef<'a>,
    s: UintRef<'a>,
}

/// The order of P-256.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
    0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// The same signature in its one accepted form. Of every ECDSA signature (r, s) there is a twin (r, −s) that anybody
/// can compute; we write and accept only the one with the smaller s, so that a sealed file has no second form.
pub fn smaller_s(signature: &[u8]) -> Option<Vec<u8>> {
    let pair = EcdsaSignature::from_der(signature).ok()?;
    let s = padded(pair.s.as_bytes())?;
    let twin = minus(&ORDER, &s);
    let s = if s <= twin { s } else { twin };
    EcdsaSignature { r: pair.r, s: UintRef::new(&s).ok()? }.to_der().ok()
}

fn padded(number: &[u8]) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if number.len() > out.len() {
        return None;
    }
    for (to, from) in out.iter_mut().rev().zip(number.iter().rev()) {
        *to = *from;
    }
    Some(out)
}

/// a − b, modulo 2²⁵⁶.
fn minus(a: &[u8; 32], b: &[u8; 32]) -> [u8; 32] {
    let mut out = [0; 32];
    let mut borrow = false;
    for ((to, a), b) in out.iter_mut().zip(a).zip(b).rev() {
        let (first, under) = a.overflowing_sub(*b);
        let (second, under_again) = first.overflowing_sub(u8::from(borrow));
        (*to, borrow) = (second, under || under_again);
    }
    out
}

/// The other form of a signature.
#[cfg(test)]
pub fn twin(signature: &[u8]) -> Option<Vec<u8>> {
    let pair = EcdsaSignature::from_der(signature).ok()?;
    let s = minus(&ORDER, &padded(pair.s.as_bytes())?);
    EcdsaSignature { r: pair.r, s: UintRef::new(&s).ok()? }.to_der().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtraction_borrows() {
        let mut one = [0; 32];
        one[31] = 1;
        assert_eq!(minus(&[0; 32], &one), [0xff; 32]);
        assert_eq!(minus(&ORDER, &ORDER), [0; 32]);
        let mut expected = ORDER;
        expected[31] -= 1;
        assert_eq!(minus(&ORDER, &one), expected);
    }

    #[test]
    fn both_twins_become_the_same() {
        let one = EcdsaSignature { r: UintRef::new(&[7]).unwrap(), s: UintRef::new(&[9]).unwrap() };
        let one = one.to_der().unwrap();
        let twin = twin(&one).unwrap();
        assert_ne!(twin, one);
        assert_eq!(smaller_s(&twin), Some(one.clone()));
        assert_eq!(smaller_s(&one), Some(one));
        assert_eq!(smaller_s(b"nonsense"), None);
    }
}
