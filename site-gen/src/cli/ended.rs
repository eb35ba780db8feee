//! The result of a command: its exit status, or the error that stopped it.

use crate::cli::report;
use crate::complain;
use crate::diagnostics::diagnostic::Diagnostic;
use std::process::ExitCode;

/// The exit status of a successful command, or the error that stopped it.
pub(crate) type Ended = Result<ExitCode, Stop>;

/// An error that stopped a command. The exit status is 1.
pub(crate) enum Stop {
    /// Mistakes in the content, and a text to print after them.
    Content(Vec<Diagnostic>, &'static str),
    /// Any other error.
    Failed(String),
}

impl Stop {
    /// Prints the error.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Self::Content(diagnostics, ending) => report::print(&diagnostics, ending),
            Self::Failed(text) => complain!("{text}"),
        }
        ExitCode::FAILURE
    }
}

impl From<Vec<Diagnostic>> for Stop {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self::Content(diagnostics, "")
    }
}

impl From<String> for Stop {
    fn from(text: String) -> Self {
        Self::Failed(text)
    }
}
