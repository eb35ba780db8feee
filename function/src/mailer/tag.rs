//! The tag by which events of Amazon SES name their mail.

pub(crate) const TAG: &str = "bestilling";

/// The tag's value for a mail: SES accepts letters, digits, `_` and `-`, but no full stop. No mail's name contains `_`.
#[cfg(any(feature = "cloud", test))]
pub(super) fn tag_of(name: &str) -> String {
    name.replace('.', "_")
}

/// Restores the name of a mail from the tag's value.
pub(crate) fn name_in(tag: &str) -> String {
    tag.replace('_', ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_restored_from_its_tag() {
        let tag = tag_of("K7F-M2X-P9T.kreds");
        assert!(tag.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-')), "{tag}");
        assert_eq!(name_in(&tag), "K7F-M2X-P9T.kreds");
    }
}
