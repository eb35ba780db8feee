//! The secrets of this machine's installation: made once, kept in the data folder.

use crate::StartError;
use crate::start::fault;
use function::settings::Secret;
use std::path::Path;

/// The secret in a file of the folder, or a new one.
pub(crate) fn read_or_make(folder: &Path, name: &str) -> Result<Secret, StartError> {
    let file = folder.join(name);
    if let Ok(text) = std::fs::read_to_string(&file)
        && let Some(secret) = Secret::from_hex(text.trim())
    {
        return Ok(secret);
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(fault)?;
    let written = std::fs::write(&file, model::names::hex(&bytes));
    written.map_err(|error| StartError::Data { folder: folder.to_owned(), reason: error.to_string() })?;
    Ok(Secret::new(bytes))
}
