//! The secrets of the service on this machine: generated once, kept in the data folder.

use crate::StartError;
use crate::start::fault;
use function::settings::Secret;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// The database file. Its answers cannot be decrypted without these secrets.
pub(crate) const DATABASE: &str = "database.sqlite";

/// The secrets, as 64 hex digits each.
pub(crate) struct Secrets {
    /// The key of every keyed hash.
    pub(crate) hashes: String,
    /// The key that wraps the keys of answers.
    pub(crate) answers: String,
}

impl Secrets {
    /// Reads the secrets of a data folder; a new folder gets new ones.
    pub(crate) fn read_or_make(folder: &Path) -> Result<Self, StartError> {
        Ok(Self { hashes: read_or_make(folder, "secret")?, answers: read_or_make(folder, "data-key")? })
    }
}

/// Reads the secret in a file of the folder, 64 hex digits, or generates it if the folder is new. A lost secret is
/// never replaced: the stored data could no longer be decrypted, for no visible reason.
fn read_or_make(folder: &Path, name: &str) -> Result<String, StartError> {
    let file = folder.join(name);
    let unusable = |reason: String| StartError::Data { folder: folder.to_owned(), reason };
    let lost = |what: &str| {
        unusable(format!(
            "{name} {what}, and the stored answers cannot be opened without it. Put it back from a copy, or delete the whole folder"
        ))
    };
    match std::fs::read_to_string(&file) {
        Ok(text) if text.trim().is_empty() => Err(lost("is empty")),
        Ok(text) if Secret::from_hex(text.trim()).is_none() => Err(lost("does not hold 64 hex digits")),
        Ok(text) => Ok(text.trim().to_owned()),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(lost(&format!("cannot be read ({error})"))),
        Err(_) if folder.join(DATABASE).exists() => Err(lost("is missing")),
        Err(_) => {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).map_err(fault)?;
            let secret = model::names::hex(&bytes);
            write_for_the_owner(&file, &secret).map_err(|error| unusable(error.to_string()))?;
            Ok(secret)
        }
    }
}

/// Writes a file that only its owner may read, at no time anybody else. It is synced to disk before it is renamed, so a
/// loss of power leaves no empty file.
pub(crate) fn write_for_the_owner(file: &Path, text: &str) -> std::io::Result<()> {
    let unfinished = file.with_extension("part");
    let _ = std::fs::remove_file(&unfinished);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(&unfinished)?;
    open.write_all(text.as_bytes())?;
    open.sync_all()?;
    std::fs::rename(&unfinished, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_generated_once_and_not_replaced_if_lost() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data-key");
        let read = || read_or_make(folder.path(), "data-key");
        let made = read().unwrap();
        assert!(made.len() == 64 && read().unwrap() == made);
        std::fs::write(folder.path().join(DATABASE), "").unwrap();
        std::fs::write(&file, format!(" {made}\n")).unwrap();
        assert_eq!(read().unwrap(), made);
        let longer = format!("{made}0");
        for (text, said) in [
            (&b""[..], "is empty"),
            (b" \n", "is empty"),
            (&made.as_bytes()[..63], "64 hex digits"),
            (longer.as_bytes(), "64 hex digits"),
            ("g".repeat(64).as_bytes(), "64 hex digits"),
            (b"\xff\xfe", "cannot be read"),
        ] {
            std::fs::write(&file, text).unwrap();
            let refused = read().unwrap_err().to_string();
            assert!(refused.contains(said) && refused.contains("Put it back"), "{refused}");
            assert_eq!(std::fs::read(&file).unwrap(), text, "it is as it was");
        }
        std::fs::remove_file(&file).unwrap();
        assert!(read().unwrap_err().to_string().contains("is missing"));
        std::fs::create_dir(&file).unwrap();
        assert!(read().unwrap_err().to_string().contains("cannot be read"));
    }
}
