//! The tag by which Amazon SES's events say which mail they are about.

/// The name of the tag.
pub(crate) const TAG: &str = "bestilling";

/// The tag's value for a mail: SES takes letters, digits, `_` and `-`, but no full stop. No mail's name has a `_`.
#[cfg(any(feature = "cloud", test))]
pub(super) fn tag_of(name: &str) -> String {
    name.replace('.', "_")
}

/// The name of the mail that has this value.
pub(crate) fn name_in(tag: &str) -> String {
    tag.replace('_', ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_survives_as_a_tag() {
        let tag = tag_of("K7F-M2X-P9T.kreds");
        assert!(tag.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-')), "{tag}");
        assert_eq!(name_in(&tag), "K7F-M2X-P9T.kreds");
    }
}
