//! What the commands do, apart from reading the command line.

pub(crate) mod language;
