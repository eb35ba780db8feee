//! Settings of the way to the function.

/// The treatment of a web request that does not prove that it came through the distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginProof {
    /// It is refused.
    Required,
    /// It is answered: while the secret is changed, the distribution still sends the one before.
    Optional,
}
