//! The end of a command: its exit status, or why it stopped.

use crate::cli::report;
use crate::complain;
use crate::diagnostics::diagnostic::Diagnostic;
use std::process::ExitCode;

/// The exit status of a command that did its work, or why it stopped.
pub(crate) type Ended = Result<ExitCode, Stop>;

/// Why a command stopped. The exit status is 1.
pub(crate) enum Stop {
    /// Mistakes in the content, and what is said after them.
    Content(Vec<Diagnostic>, &'static str),
    /// Anything else.
    Failed(String),
}

impl Stop {
    /// Says it.
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
