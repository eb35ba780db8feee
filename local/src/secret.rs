//! The secrets of this machine's installation: made once, kept in the data folder.

use crate::StartError;
use crate::start::fault;
use function::settings::Secret;
use std::io::Write;
use std::path::Path;

/// The secret in a file of the folder, or a new one, as 64 hex digits.
pub(crate) fn read_or_make(folder: &Path, name: &str) -> Result<String, StartError> {
    let file = folder.join(name);
    if let Ok(text) = std::fs::read_to_string(&file)
        && Secret::from_hex(text.trim()).is_some()
    {
        return Ok(text.trim().to_owned());
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(fault)?;
    let secret = model::names::hex(&bytes);
    let written = write_for_the_owner(&file, &secret);
    written.map_err(|error| StartError::Data { folder: folder.to_owned(), reason: error.to_string() })?;
    Ok(secret)
}

/// Writes a file that nobody but its owner may read, not even for the moment in which it is written.
pub(crate) fn write_for_the_owner(file: &Path, text: &str) -> std::io::Result<()> {
    let unfinished = file.with_extension("part");
    let _ = std::fs::remove_file(&unfinished);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&unfinished)?.write_all(text.as_bytes())?;
    std::fs::rename(&unfinished, file)
}
