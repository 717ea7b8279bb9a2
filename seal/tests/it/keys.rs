//! Keys, certificates and their folder.

use super::tools::Folder;
use super::*;
use chrono::Duration;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use seal::{KeyError, KeyStore, StoreError, verify_with};

/// An authority that certifies seals: it gives the chain for a key.
struct Office {
    key: KeyPair,
    root: CertificateParams,
}

impl Office {
    fn new() -> Self {
        let mut root = parameters("Amt", at(-86_400 * 100), at(86_400 * 1_000));
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Self { key: KeyPair::generate().unwrap(), root }
    }

    fn certify(&self, key: &SealKey, change: impl FnOnce(&mut CertificateParams)) -> String {
        let mut own = parameters("Fluxpunkt GmbH", at(-86_400), at(86_400 * 365));
        own.key_usages = vec![KeyUsagePurpose::ContentCommitment];
        change(&mut own);
        let public = KeyPair::from_pem(&key.to_pem()).unwrap();
        let own = own.signed_by(&public, &Issuer::from_params(&self.root, &self.key)).unwrap();
        own.pem() + &self.root.self_signed(&self.key).unwrap().pem()
    }
}

fn parameters(name: &str, from: DateTime<Utc>, until: DateTime<Utc>) -> CertificateParams {
    let mut it = CertificateParams::default();
    it.distinguished_name = rcgen::DistinguishedName::new();
    it.distinguished_name.push(DnType::CommonName, name);
    it.not_before = time::OffsetDateTime::from_unix_timestamp(from.timestamp()).unwrap();
    it.not_after = time::OffsetDateTime::from_unix_timestamp(until.timestamp()).unwrap();
    it
}

#[test]
fn a_fresh_key_says_whose_it_is() {
    let facts = KEY.facts();
    assert!(facts.self_made && facts.subject.contains("CN=Fluxpunkt GmbH Siegel"), "{facts:?}");
    assert_eq!(facts.subject, facts.issuer);
    assert_eq!(facts.name, "Fluxpunkt GmbH Siegel");
    assert_eq!((facts.not_before, facts.not_after), (at(-86_400), at(-86_400) + Duration::days(3653)));
    assert!(KEY.certificate().may_seal() && !KEY.certificate().is_authority());
    assert!(!format!("{:?}", *KEY).contains("PRIVATE"));
}

#[test]
fn a_subject_that_no_certificate_holds_is_refused() {
    for change in [
        |it: &mut SubjectNames| it.common_name = " ".into(),
        |it: &mut SubjectNames| it.country = "Deutschland".into(),
        |it: &mut SubjectNames| it.country = "de".into(),
        |it: &mut SubjectNames| it.organisation = "x".repeat(65),
    ] {
        let mut subject = subject();
        change(&mut subject);
        assert_eq!(SealKey::create(&subject, at(0)).map(|_| ()), Err(KeyError::Subject));
    }
}

#[test]
fn key_and_chain_survive_being_written() {
    let again = SealKey::from_pem(&KEY.to_pem(), &KEY.chain_pem()).unwrap();
    assert_eq!(again.certificate(), KEY.certificate());
    let other = SealKey::create(&subject(), at(0)).unwrap();
    let mixed = SealKey::from_pem(&KEY.to_pem(), &other.chain_pem());
    assert_eq!(mixed.map(|_| ()), Err(KeyError::OtherKey));
    assert_eq!(SealKey::from_pem("nonsense", &KEY.chain_pem()).map(|_| ()), Err(KeyError::Key));
    assert_eq!(SealKey::from_pem(&KEY.to_pem(), "nonsense").map(|_| ()), Err(KeyError::Certificate));
}

#[test]
fn bytes_are_signed_and_verified() {
    let signature = KEY.sign(b"tree head").unwrap();
    assert!(verify_with(KEY.certificate(), b"tree head", &signature));
    assert!(!verify_with(KEY.certificate(), b"tree heae", &signature));
    let other = SealKey::create(&subject(), at(0)).unwrap();
    assert!(!verify_with(other.certificate(), b"tree head", &signature));
    assert!(!verify_with(KEY.certificate(), b"tree head", b""));
}

#[test]
fn a_real_certificate_is_taken_and_seals() {
    let office = Office::new();
    let real = KEY.with_chain(&office.certify(&KEY, |_| ()), at(0)).unwrap();
    assert_eq!(real.chain().len(), 2);
    assert!(!real.facts().self_made);
    let sealed = seal_pdf(ORIGINAL, &real, &facts()).unwrap();
    assert!(matches!(verdict_with(&sealed, &[real.certificate().clone()], &[]), Verdict::Valid(_)));
    assert!(matches!(verdict(&sealed), Verdict::UnknownSealer(_)));
    assert!(
        matches!(verdict_with(&sealed, &[real.chain()[1].clone()], &[]), Verdict::UnknownSealer(_)),
        "an authority is not a sealer"
    );
}

#[test]
fn a_wrong_certificate_is_refused_with_its_reason() {
    let office = Office::new();
    let refused = |chain: &str| KEY.with_chain(chain, at(0)).map(|_| ()).unwrap_err();
    let other = SealKey::create(&subject(), at(0)).unwrap();
    assert_eq!(refused(&office.certify(&other, |_| ())), KeyError::OtherKey);
    let encipher = |it: &mut CertificateParams| it.key_usages = vec![KeyUsagePurpose::KeyEncipherment];
    assert_eq!(refused(&office.certify(&KEY, encipher)), KeyError::KeyUsage);
    let expired = |it: &mut CertificateParams| {
        it.not_after = time::OffsetDateTime::from_unix_timestamp(at(-10).timestamp()).unwrap();
    };
    assert!(matches!(refused(&office.certify(&KEY, expired)), KeyError::NotValidNow { .. }));
    let (right, foreign) = (office.certify(&KEY, |_| ()), Office::new().certify(&KEY, |_| ()));
    let first = |pem: &str| pem.split_inclusive("-----END CERTIFICATE-----").next().unwrap().to_owned();
    let second = |pem: &str| pem.split_inclusive("-----END CERTIFICATE-----").nth(1).unwrap().to_owned();
    assert_eq!(refused(&(first(&right) + &second(&foreign))), KeyError::ChainOrder(1));
    assert_eq!(refused(&(second(&right) + &first(&right))), KeyError::OtherKey);
    assert_eq!(refused(&right.repeat(4)), KeyError::ChainTooLong);
    assert_eq!(refused(&right[..right.len() - 40]), KeyError::Certificate);
}

#[test]
fn the_folder_is_made_once_and_found_again() {
    let folder = Folder::new();
    let made = KeyStore::open_or_create(&folder.0, &subject(), at(0)).unwrap();
    let again = KeyStore::open_or_create(&folder.0, &subject(), at(500)).unwrap();
    assert_eq!(made.key().certificate(), again.key().certificate());
    assert_eq!(again.trusted(), [made.key().certificate().clone()]);
    let names =
        || std::fs::read_dir(&folder.0).unwrap().map(|it| it.unwrap().file_name()).collect::<Vec<_>>();
    assert_eq!(names().len(), 2, "{:?}", names());
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    drop(KeyStore::open_or_create(&folder.0, &subject(), at(0)).unwrap());
    let path = folder.path("key.pem");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let error = KeyStore::open(&folder.0).unwrap_err();
    assert!(
        matches!(&error, StoreError::Exposed { mode: 0o640, .. }) && error.to_string().contains("chmod 600")
    );
}

#[test]
fn old_seals_stay_valid_after_a_roll_over_and_an_import() {
    let folder = Folder::new();
    let mut store = KeyStore::open_or_create(&folder.0, &subject(), at(0)).unwrap();
    let first = seal_pdf(ORIGINAL, store.key(), &facts()).unwrap();
    let secret = store.key().to_pem();
    store.roll_over(&subject(), at(100)).unwrap();
    let second = seal_pdf(ORIGINAL, store.key(), &SealFacts { at: at(200), ..facts() }).unwrap();
    let chain = Office::new().certify(store.key(), |_| ());
    store.import_chain(&chain, at(300)).unwrap();
    let third = seal_pdf(ORIGINAL, store.key(), &SealFacts { at: at(400), ..facts() }).unwrap();
    drop(store);
    let store = KeyStore::open(&folder.0).unwrap();
    assert_eq!(store.trusted().len(), 3);
    for sealed in [first, second, third] {
        assert!(matches!(verdict_with(&sealed, &store.trusted(), &[]), Verdict::Valid(_)));
    }
    let everything = std::fs::read_dir(folder.path("old")).unwrap().map(|it| it.unwrap().path());
    let kept = everything.map(|path| std::fs::read_to_string(path).unwrap()).collect::<String>();
    assert!(!kept.contains("PRIVATE"));
    assert_ne!(store.key().to_pem(), secret, "the old key is gone");
}

#[test]
fn a_refused_import_changes_nothing() {
    let folder = Folder::new();
    let mut store = KeyStore::open_or_create(&folder.0, &subject(), at(0)).unwrap();
    let before = store.trusted();
    assert!(store.import_chain(&KEY.chain_pem(), at(0)).is_err());
    assert_eq!(KeyStore::open(&folder.0).unwrap().trusted(), before);
}

#[test]
fn a_roll_over_that_was_interrupted_is_finished_or_undone() {
    let folder = Folder::new();
    let store = KeyStore::open_or_create(&folder.0, &subject(), at(0)).unwrap();
    let old = store.key().certificate().clone();
    let fresh = SealKey::create(&subject(), at(0)).unwrap();
    std::fs::create_dir(folder.path("next")).unwrap();
    folder.file("next/chain.pem", fresh.chain_pem());
    assert_eq!(KeyStore::open(&folder.0).unwrap().key().certificate(), &old, "the key had not been moved");
    assert!(!folder.path("next").exists());
    std::fs::create_dir(folder.path("next")).unwrap();
    folder.file("next/chain.pem", fresh.chain_pem());
    folder.file("key.pem", fresh.to_pem()); // keeps the mode of the file that is there
    assert_eq!(KeyStore::open(&folder.0).unwrap().key().certificate(), fresh.certificate());
}

#[test]
fn a_key_without_a_chain_gets_one() {
    let folder = Folder::new();
    drop(KeyStore::open_or_create(&folder.0, &subject(), at(0)).unwrap());
    let key = std::fs::read_to_string(folder.path("key.pem")).unwrap();
    std::fs::remove_file(folder.path("chain.pem")).unwrap();
    let store = KeyStore::open_or_create(&folder.0, &subject(), at(9)).unwrap();
    assert_eq!(store.key().to_pem(), key);
}

#[test]
fn authorities_that_were_met_are_remembered() {
    let folder = Folder::new();
    let mut store = KeyStore::open_or_create(&folder.0, &subject(), at(0)).unwrap();
    let Some(token) = authority::Authority::new().stamp([1; 32]) else { return };
    store.remember_time_stamper(&token).unwrap();
    store.remember_time_stamper(&token).unwrap();
    assert_eq!(KeyStore::open(&folder.0).unwrap().time_stampers().len(), 2);
}
