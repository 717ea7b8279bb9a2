//! The seal's folder: the key, its chain, and all certificates of the past.
//!
//! ```text
//! key.pem              the private key (PKCS#8), readable by its owner only
//! chain.pem            its certificates, its own first
//! old/<sha256>.pem     chains of the past; their seals are still verified
//! time-stampers/       certificates of time stamp authorities that are trusted, one file each
//! time-stampers/met/   certificates of those that answered and that nobody has decided about yet
//! next/                a roll-over that is under way
//! ```
//!
//! An old private key is deleted, not archived: it is never needed again, and what is not there cannot be stolen. Old
//! seals are verified with the certificate alone. Every file is written beside its place and then moved there, so that
//! a crash leaves the old one or the new one.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::certificate::{Certificate, hex};
use crate::error::{KeyError, StoreError};
use crate::key::{self, SealKey, SubjectNames};
use crate::stamp::TimeStampToken;

const KEY: &str = "key.pem";
const CHAIN: &str = "chain.pem";
const OLD: &str = "old";
const NEXT: &str = "next";
const STAMPERS: &str = "time-stampers";
const MET: &str = "met";
/// More unknown authorities are not written down: an address that leads to ever new ones fills no disk.
const MOST_MET: usize = 32;

/// The folder, opened: the present key, and whom to trust.
#[derive(Debug)]
pub struct KeyStore {
    folder: PathBuf,
    key: SealKey,
    past: Vec<Certificate>,
    stampers: Vec<Certificate>,
}

impl KeyStore {
    /// Opens the folder. Where there is no key, a fresh one is made, with a certificate that it signs itself.
    pub fn open_or_create(
        folder: &Path,
        subject: &SubjectNames,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        make_folder(folder)?;
        finish_roll_over(folder)?;
        if !folder.join(KEY).exists() {
            let fresh = SealKey::create(subject, now)?;
            write_once(&folder.join(KEY), fresh.to_pem().as_bytes())?;
        }
        if !folder.join(CHAIN).exists() {
            // A crash, or another process, between the two files: the key that is there counts.
            let pkcs8 = usable(&folder.join(KEY), key::pkcs8(&read_secret(&folder.join(KEY))?))?;
            let certified = SealKey::self_certified(pkcs8, subject, now);
            write_once(&folder.join(CHAIN), usable(&folder.join(KEY), certified)?.chain_pem().as_bytes())?;
        }
        Self::open(folder)
    }

    /// Opens a folder that has a key.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        finish_roll_over(folder)?;
        let secret = read_secret(&folder.join(KEY))?;
        let chain_path = folder.join(CHAIN);
        let key = usable(&chain_path, SealKey::from_pem(&secret, &read(&chain_path)?))?;
        let past = first_of_each(&folder.join(OLD))?;
        let stampers = first_of_each(&folder.join(STAMPERS))?;
        Ok(Self { folder: folder.to_path_buf(), key, past, stampers })
    }

    /// Whom to trust, for whoever only verifies: our certificates, present and past, and the known time stamp
    /// authorities. Writes nothing, and does not touch the key.
    pub fn certificates(folder: &Path) -> Result<(Vec<Certificate>, Vec<Certificate>), StoreError> {
        let mut ours = first_of(&folder.join(CHAIN))?;
        // A roll-over that a crash stopped: the new key may be in use already.
        let next = folder.join(NEXT).join(CHAIN);
        if next.exists() {
            ours.extend(first_of(&next)?);
        }
        ours.extend(first_of_each(&folder.join(OLD))?);
        Ok((ours, first_of_each(&folder.join(STAMPERS))?))
    }

    /// The present key.
    pub fn key(&self) -> &SealKey {
        &self.key
    }

    /// The present certificate and all of the past: whose seals are ours.
    pub fn trusted(&self) -> Vec<Certificate> {
        let present = self.key.certificate();
        let past = self.past.iter().filter(|certificate| *certificate != present);
        std::iter::once(present).chain(past).cloned().collect()
    }

    /// Certificates of time stamp authorities that are trusted.
    pub fn time_stampers(&self) -> &[Certificate] {
        &self.stampers
    }

    /// Takes a real certificate with its chain for the present key. The certificate before stays trusted.
    pub fn import_chain(&mut self, chain: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let new = self.key.with_chain(chain, now)?;
        self.archive()?;
        write(&self.folder.join(CHAIN), new.chain_pem().as_bytes(), false)?;
        *self = Self::open(&self.folder)?;
        Ok(())
    }

    /// Makes a fresh key with a certificate that it signs itself. The certificate before stays trusted, its private
    /// key is deleted.
    pub fn roll_over(&mut self, subject: &SubjectNames, now: DateTime<Utc>) -> Result<(), StoreError> {
        let fresh = SealKey::create(subject, now)?;
        self.archive()?;
        let next = self.folder.join(NEXT);
        make_folder(&next)?;
        write(&next.join(CHAIN), fresh.chain_pem().as_bytes(), false)?;
        write(&next.join(KEY), fresh.to_pem().as_bytes(), true)?;
        // From here on the new key counts: what a crash leaves is finished at the next opening.
        rename(&next.join(KEY), &self.folder.join(KEY))?;
        finish_roll_over(&self.folder)?;
        *self = Self::open(&self.folder)?;
        Ok(())
    }

    /// Remembers who stamped, so that the time stamp is believed from now on.
    pub fn remember_time_stamper(&mut self, token: &TimeStampToken) -> Result<(), StoreError> {
        for certificate in token.certificates() {
            if !self.stampers.contains(certificate) {
                keep(&self.folder.join(STAMPERS), certificate, &certificate.to_pem())?;
                self.stampers.push(certificate.clone());
            }
        }
        Ok(())
    }

    /// Writes down who stamped, for a person to decide. Nobody is trusted by it. Writes nothing if the authority is
    /// trusted or written down already.
    pub fn note_time_stamper(&self, token: &TimeStampToken) -> Result<(), StoreError> {
        let met = self.met()?;
        // The uppermost that is proven: whoever trusts it trusts the next certificate below it too.
        let Some(top) = token.certificates().last() else { return Ok(()) };
        if token.is_known() || self.stampers.contains(top) || met.contains(top) || met.len() >= MOST_MET {
            return Ok(());
        }
        keep(&self.folder.join(STAMPERS).join(MET), top, &top.to_pem())
    }

    /// Certificates of authorities that answered and that nobody has decided about.
    pub fn met(&self) -> Result<Vec<Certificate>, StoreError> {
        let mut met = first_of_each(&self.folder.join(STAMPERS).join(MET))?;
        met.retain(|it| !self.stampers.contains(it));
        Ok(met)
    }

    /// Trusts an authority from now on, also for the time stamps that it made before: by the certificate itself (PEM),
    /// its own or its issuer's, as a person has it from the authority.
    pub fn trust_time_stamper(&mut self, pem: &str) -> Result<Certificate, StoreError> {
        let Some(certificate) = Certificate::many_from_pem(pem)?.into_iter().next() else {
            return Err(KeyError::Certificate.into());
        };
        if !certificate.may_stamp_time() && !certificate.is_authority() {
            return Err(KeyError::NotForTime.into());
        }
        keep(&self.folder.join(STAMPERS), &certificate, &certificate.to_pem())?;
        if !self.stampers.contains(&certificate) {
            self.stampers.push(certificate.clone());
        }
        let path = self.folder.join(STAMPERS).join(MET).join(file_of(&certificate));
        if path.exists() {
            fs::remove_file(&path).map_err(|why| io(&path, why))?;
        }
        Ok(certificate)
    }

    fn archive(&self) -> Result<(), StoreError> {
        keep(&self.folder.join(OLD), self.key.certificate(), &self.key.chain_pem())
    }
}

/// Writes certificates under the fingerprint of the first.
fn keep(folder: &Path, first: &Certificate, pem: &str) -> Result<(), StoreError> {
    make_folder(folder)?;
    write(&folder.join(file_of(first)), pem.as_bytes(), false)
}

fn file_of(certificate: &Certificate) -> String {
    format!("{}.pem", hex(&certificate.fingerprint()))
}

/// If the new key is in place but its chain is not yet, the chain follows. Else nothing has happened yet, and what was
/// prepared goes.
fn finish_roll_over(folder: &Path) -> Result<(), StoreError> {
    let next = folder.join(NEXT);
    if !next.exists() {
        return Ok(());
    }
    if next.join(CHAIN).exists() && !next.join(KEY).exists() && fits(folder, &next)? {
        rename(&next.join(CHAIN), &folder.join(CHAIN))?;
    }
    fs::remove_dir_all(&next).map_err(|why| io(&next, why))
}

/// A chain alone may also be one whose key was never written.
fn fits(folder: &Path, next: &Path) -> Result<bool, StoreError> {
    let secret = read_secret(&folder.join(KEY))?;
    Ok(SealKey::from_pem(&secret, &read(&next.join(CHAIN))?).is_ok())
}

fn first_of_each(folder: &Path) -> Result<Vec<Certificate>, StoreError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|why| io(folder, why))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|why| io(folder, why))?.path();
        if path.extension().is_some_and(|end| end == "pem") {
            paths.push(path);
        }
    }
    paths.sort_unstable();
    let mut found = Vec::new();
    for path in &paths {
        found.extend(first_of(path)?);
    }
    Ok(found)
}

/// The first certificate of a file, in which there is at least one.
fn first_of(path: &Path) -> Result<Vec<Certificate>, StoreError> {
    let mut all = usable(path, Certificate::many_from_pem(&read(path)?))?;
    all.truncate(1);
    Ok(all)
}

fn usable<T>(path: &Path, result: Result<T, KeyError>) -> Result<T, StoreError> {
    result.map_err(|why| StoreError::Unusable { path: path.display().to_string(), why })
}

fn io(path: &Path, why: std::io::Error) -> StoreError {
    StoreError::Io { path: path.display().to_string(), why }
}

pub(crate) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|why| io(folder, why))
}

fn read(path: &Path) -> Result<String, StoreError> {
    fs::read_to_string(path).map_err(|why| io(path, why))
}

/// Reads the key, unless others may read it too: then it may be known already, and a person has to look.
pub(crate) fn read_secret(path: &Path) -> Result<String, StoreError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path).map_err(|why| io(path, why))?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(StoreError::Exposed { path: path.display().to_string(), mode });
        }
    }
    read(path)
}

/// Writes a file beside its place, makes sure that it is on the disk, and moves it there.
fn write(path: &Path, bytes: &[u8], secret: bool) -> Result<(), StoreError> {
    let beside = write_beside(path, bytes, secret)?;
    rename(&beside, path)?;
    sync_folder(path)
}

/// The same, but a file that is there already stays: of two processes at the first start one is first.
pub(crate) fn write_once(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let beside = write_beside(path, bytes, true)?;
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside).map_err(|why| io(&beside, why))?;
    match linked {
        Err(why) if why.kind() != std::io::ErrorKind::AlreadyExists => Err(io(path, why)),
        _ => sync_folder(path),
    }
}

fn write_beside(path: &Path, bytes: &[u8], secret: bool) -> Result<PathBuf, StoreError> {
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, if secret { 0o600 } else { 0o644 });
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|why| io(&beside, why))?;
    Ok(beside)
}

fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(|why| io(to, why))
}

/// A move is on the disk only when its folder is.
fn sync_folder(path: &Path) -> Result<(), StoreError> {
    let Some(folder) = path.parent() else { return Ok(()) };
    let synced = fs::File::open(folder).and_then(|folder| folder.sync_all());
    if cfg!(unix) { synced.map_err(|why| io(folder, why)) } else { Ok(()) }
}
