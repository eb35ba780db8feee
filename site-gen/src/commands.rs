//! The commands beside building and checking, each with what its arguments are.

pub(crate) mod language;
pub(crate) mod new;
pub(crate) mod overrides;
pub(crate) mod promises;
