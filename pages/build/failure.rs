//! The one error of the build: words for the developer.

use std::fmt;

/// What went wrong, and while doing what.
pub(crate) struct Failure(pub(crate) String);

/// Cargo shows the `Debug` form of what `main` returns, so this prints the words with their line breaks.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// For `map_err`: says what was being done when the cause came up.
pub(crate) fn because<E: fmt::Display>(doing: String) -> impl FnOnce(E) -> Failure {
    move |cause| Failure(format!("{doing}: {cause}"))
}
