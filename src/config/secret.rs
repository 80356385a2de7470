//! Secrets: values that no log and no error text can show, and the installation's own key.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::ports::Chance;

/// A password or another text that is never printed: `Debug` hides it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text that is secret.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the one place that sends or compares it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() { Err("is empty".to_owned()) } else { Ok(Self(text.to_owned())) }
    }

    /// The content of the file at `path`, without the line end.
    pub(super) fn from_file(path: &str) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))?;
        Self::parse(text.trim_end_matches(['\r', '\n'])).map_err(|_| format!("{path} is empty"))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The installation's key: 32 bytes from which every other key is derived.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; 32]);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum SecretKeyError {
    /// The file is there and cannot be read.
    #[error("cannot read the key in {}: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The file was missing and cannot be made.
    #[error("cannot write a new key to {}: {error}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The file holds something else. It is left as it is: whatever it sealed needs it.
    #[error("{} does not hold a key: it {message}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What a key looks like.
        message: String,
    },
}

impl SecretKey {
    /// A key from its bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key for one purpose (HMAC-SHA-256 of its name), so that no two purposes share one.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        keyed(&self.0, purpose)
    }

    /// The first 128 bits of [`SecretKey::derive`] as 32 hexadecimal characters.
    #[must_use]
    pub fn derive_text(&self, purpose: &str) -> Secret {
        Secret(data_encoding::HEXLOWER.encode(&self.derive(purpose)[..16]))
    }

    /// Reads 64 hexadecimal characters.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let bytes = HEX.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| "must be 64 hexadecimal characters (openssl rand -hex 32)".to_owned())
    }

    /// The key in the file at `path`, made now when there is none.
    pub(super) fn load_or_create(path: &Path, chance: &Chance) -> Result<Self, SecretKeyError> {
        match create(path, chance) {
            Ok(()) => Self::load(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::load(path),
            Err(error) => Err(SecretKeyError::Unwritable { path: path.to_owned(), error }),
        }
    }

    fn load(path: &Path) -> Result<Self, SecretKeyError> {
        let text =
            fs::read_to_string(path).map_err(|error| SecretKeyError::Unreadable { path: path.to_owned(), error })?;
        Self::parse(text.trim_end()).map_err(|message| SecretKeyError::Wrong { path: path.to_owned(), message })
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// Writes a new key beside `path` and links it into place, so that nobody can read half a key or replace another's.
fn create(path: &Path, chance: &Chance) -> io::Result<()> {
    if path.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let draft = path.with_extension(format!("key-{}", chance.id()));
    let written = write_private(&draft, &HEX.encode(&chance.bytes::<32>())).and_then(|()| fs::hard_link(&draft, path));
    // A draft that stays behind is an unused key in a private file: no reason to fail.
    let _ = fs::remove_file(&draft);
    written
}

/// Makes a folder that its owner alone can look into; one that is there stays as it is.
pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

pub(super) fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

/// HMAC-SHA-256. A key shorter than the hash's block is padded with zeros: that is HMAC's own rule, and it cannot fail.
fn keyed(key: &[u8; 32], purpose: &str) -> [u8; 32] {
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(purpose.as_bytes());
    mac.finalize().into_bytes().into()
}
