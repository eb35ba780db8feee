//! The commands beside building and checking, each with what its arguments are.

pub(crate) mod assets;
pub(crate) mod language;
pub(crate) mod new;
pub(crate) mod next_change;
pub(crate) mod overrides;
pub(crate) mod promises;
#[cfg(feature = "serve")]
pub(crate) mod serve;
