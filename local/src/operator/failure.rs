//! Failures of commands, with the exit code and the next step.

use function::store::StoreError;
use std::path::Path;
use std::{fmt, io};

/// The reason why a command was not done.
#[derive(Debug)]
pub(super) enum Failure {
    /// The settings are wrong.
    Settings(String),
    /// The table failed; with its location.
    Store(StoreError, String),
    /// The command is wrong.
    Usage(String),
    /// The subject of the command does not exist.
    NotFound(String),
}

impl Failure {
    pub(super) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    pub(super) fn unwritten(file: &Path, error: &io::Error) -> Self {
        Self::Usage(format!("{} cannot be written ({error})", file.display()))
    }

    pub(super) const fn code(&self) -> u8 {
        match self {
            Self::Settings(_) | Self::Store(..) => 1,
            Self::Usage(_) => 2,
            Self::NotFound(_) => 4,
        }
    }

    /// Adds the location of the table.
    pub(super) fn at(self, place: &str) -> Self {
        match self {
            Self::Store(error, _) => Self::Store(error, place.to_owned()),
            other => other,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error, String::new())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(text) => write!(f, "{text}"),
            Self::Usage(text) => write!(f, "{text}\nSee `operator --help`."),
            Self::NotFound(text) => write!(f, "{text}."),
            Self::Store(error, place) => {
                let next = match error {
                    StoreError::Failed { .. } => {
                        "Is the service there, do the settings lead to it, and may these credentials use it? \
                         Then run the command again: what was done already is not done twice."
                    }
                    StoreError::NoCatalog => "Publish the content first.",
                    StoreError::Unreadable(_) => "Use the tool of the version that is deployed.",
                    StoreError::Encryption(_) => {
                        "Is KMS_KEY (or DATA_KEY) the key that the service runs with, and may these credentials use it?"
                    }
                };
                write!(f, "The table: {error} ({place}).\n{next}")
            }
        }
    }
}
