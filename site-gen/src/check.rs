//! Checks: the sources as one site, or everything that is wrong with them.
//!
//! Takes sources and images; gives a [`site::Site`], which can be rendered, and warnings.

pub mod assemble;
pub mod build_profile;
pub mod changes;
pub mod commitments;
pub mod compared;
pub mod outside;
pub mod overrides;
pub mod published;
pub mod readability;
pub mod site;
pub mod tour;

pub(crate) mod basis;
pub(crate) mod entries;
pub(crate) mod facts;
pub(crate) mod links;
pub(crate) mod memo;
pub(crate) mod phone_numbers;
pub(crate) mod plain_text;
pub(crate) mod promised;
