//! Secrets of an installation, which are never printed.

use subtle::ConstantTimeEq;

/// 32 secret bytes. It has no `Debug`.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// Creates a secret from its bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Parses a secret written as 64 hex digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.bytes().all(|sign| sign.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }

    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// True if a text is this secret in hex. The comparison takes constant time.
    pub(crate) fn is(&self, text: &str) -> bool {
        let Some(other) = Self::from_hex(text) else { return false };
        self.0.ct_eq(&other.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_64_hex_digits() {
        assert!(Secret::from_hex(&"0f".repeat(32)).is_some());
        for wrong in ["", "00", &"0".repeat(63), &"x".repeat(64), &"æ".repeat(32), &"+f".repeat(32)] {
            assert!(Secret::from_hex(wrong).is_none(), "{wrong}");
        }
    }
}
