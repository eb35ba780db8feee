//! Checks: the sources as one site, or everything that is wrong with them.
//!
//! Takes sources and images; gives a [`site::Site`], which can be rendered, and warnings.

pub mod assemble;
pub mod changes;
pub mod commitments;
pub mod compared;
pub mod edition;
pub mod language;
pub mod overrides;
pub mod published;
pub mod site;
pub mod tour;

pub(crate) mod basis;
pub(crate) mod facts;
pub(crate) mod kept;
pub(crate) mod links;
pub(crate) mod numbers;
pub(crate) mod promised;
