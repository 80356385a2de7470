//! Where the private keys of campaigns lie: files of their own, never in the database. They are made at launch and
//! destroyed when the answers are opened.

use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use zeroize::Zeroizing;

use super::secret::{private_folder, write_private};

/// The folder of the keys, and another one for copies where somebody has chosen so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// What opening reads.
    pub folder: PathBuf,
    /// A lost key loses the answers; a copy elsewhere saves them.
    pub recovery: Option<PathBuf>,
}

/// The bytes of one key; overwritten when they go.
pub type KeyBytes = Zeroizing<[u8; 32]>;

/// What a file of a key has come to.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub struct KeyFileError {
    path: PathBuf,
    error: io::Error,
}

impl Keys {
    /// Keeps a new key in every folder, durably, or in none. One that an interrupted launch has left is replaced.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn keep(&self, campaign: &str, key: &[u8; 32]) -> Result<(), KeyFileError> {
        let mut text = Zeroizing::new(String::new());
        HEX.encode_append(key, &mut text);
        for path in self.paths(campaign) {
            if let Err(error) = put(&path, &text) {
                // Nothing was launched: what was written so far opens nothing.
                let _ = self.destroy(campaign);
                return Err(KeyFileError { path, error });
            }
        }
        Ok(())
    }

    /// The key, or its copy where the key is lost. `None`: there is neither.
    ///
    /// # Errors
    /// Neither can be read, and one of them is there.
    pub fn read(&self, campaign: &str) -> Result<Option<KeyBytes>, KeyFileError> {
        let mut refused = None;
        for path in self.paths(campaign) {
            match get(&path) {
                Ok(key) => return Ok(Some(key)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => refused = refused.or(Some(KeyFileError { path, error })),
            }
        }
        refused.map_or(Ok(None), Err)
    }

    /// Whether the file of the key can be read, and its copy (`None`: no copies are kept).
    #[must_use]
    pub fn found(&self, campaign: &str) -> (bool, Option<bool>) {
        let readable = |folder: &PathBuf| get(&folder.join(name(campaign))).is_ok();
        (readable(&self.folder), self.recovery.as_ref().map(readable))
    }

    /// Overwrites the key and its copy and removes them. Whether there was anything.
    ///
    /// # Errors
    /// A file that is there and cannot be removed.
    pub fn destroy(&self, campaign: &str) -> Result<bool, KeyFileError> {
        let mut any = false;
        for path in self.paths(campaign) {
            match wipe(&path) {
                Ok(()) => any = true,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(KeyFileError { path, error }),
            }
        }
        Ok(any)
    }

    /// The file of a campaign's key.
    #[must_use]
    pub fn path(&self, campaign: &str) -> PathBuf {
        self.folder.join(name(campaign))
    }

    fn paths(&self, campaign: &str) -> impl Iterator<Item = PathBuf> {
        let name = name(campaign);
        [Some(&self.folder), self.recovery.as_ref()].into_iter().flatten().map(move |folder| folder.join(&name))
    }
}

fn name(campaign: impl fmt::Display) -> String {
    format!("{campaign}.key")
}

/// Beside its place first, so that nobody ever reads half a key; durable with its name when it returns.
fn put(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    let draft = path.with_extension("key-new");
    let _ = fs::remove_file(&draft);
    write_private(&draft, text)?;
    fs::rename(&draft, path)?;
    sync(folder)
}

fn get(path: &Path) -> io::Result<KeyBytes> {
    let text = Zeroizing::new(fs::read_to_string(path)?);
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, "it does not hold a key");
    let bytes = Zeroizing::new(HEX.decode(text.trim_end().as_bytes()).map_err(|_| wrong())?);
    Ok(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| wrong())?))
}

/// On a disk that writes elsewhere (flash, copy-on-write) the old bytes may stay: see `docs/anonymity.md`.
fn wipe(path: &Path) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(0);
    file.rewind()?;
    file.write_all(&vec![b'0'; length])?;
    file.sync_all()?;
    fs::remove_file(path)?;
    sync(path.parent().unwrap_or(Path::new(".")))
}

/// The folder's own entries: without this a power cut may bring a removed file back, or lose a new one.
fn sync(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn keys(folder: &Path) -> Keys {
        Keys { folder: folder.join("keys"), recovery: Some(folder.join("safe/copies")) }
    }

    #[test]
    fn a_key_is_kept_twice_for_its_owner_alone_and_destroyed_twice() {
        let folder = tempfile::tempdir().unwrap();
        let keys = keys(folder.path());
        assert_eq!(keys.read("spring").unwrap(), None);
        keys.keep("spring", &[7; 32]).unwrap();
        keys.keep("spring", &[8; 32]).unwrap();
        assert_eq!(keys.read("spring").unwrap().as_deref(), Some(&[8; 32]));
        for path in keys.paths("spring") {
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        }
        fs::remove_file(keys.path("spring")).unwrap();
        assert_eq!(keys.found("spring"), (false, Some(true)));
        assert_eq!(keys.read("spring").unwrap().as_deref(), Some(&[8; 32]), "the copy");
        assert!(keys.destroy("spring").unwrap());
        assert!(!keys.destroy("spring").unwrap());
        assert_eq!(keys.found("spring"), (false, Some(false)));
    }

    #[test]
    fn a_key_that_cannot_be_kept_twice_is_kept_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("safe"), "a file where a folder should be").unwrap();
        let keys = keys(folder.path());
        assert!(keys.keep("spring", &[7; 32]).unwrap_err().to_string().contains("safe/copies/spring.key"));
        assert!(!keys.path("spring").exists());
    }

    #[test]
    fn a_broken_file_is_told_and_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys { folder: folder.path().into(), recovery: None };
        fs::write(keys.path("spring"), "not a key").unwrap();
        assert!(keys.read("spring").unwrap_err().to_string().ends_with("it does not hold a key"));
        assert_eq!(keys.found("spring"), (false, None));
    }
}
