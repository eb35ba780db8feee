//! The rule that led a request to its kreds: recorded with it, so that it can be explained later.

/// The reason why a request goes to its kreds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The citizen named the kommune, and it lies in the kreds.
    Kommune,
    /// The citizen named a postcode, or a town with one, whose only kommune lies in the kreds.
    Postcode,
    /// Today's content does not know the place, but the catalog that the page was made from does.
    OlderCatalog,
}

impl Rule {
    const ALL: [Self; 3] = [Self::Kommune, Self::Postcode, Self::OlderCatalog];

    /// The name in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kommune => "kommune",
            Self::Postcode => "postcode",
            Self::OlderCatalog => "older-catalog",
        }
    }

    /// Parses the name in the store.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == text)
    }

    /// An explanation of the rule, in a sentence.
    #[must_use]
    pub const fn explained(self) -> &'static str {
        match self {
            Self::Kommune => "the citizen named the kommune, which lies in this kreds",
            Self::Postcode => {
                "the citizen gave a postcode, or a town with one, that lies in one kommune, which lies in this kreds"
            }
            Self::OlderCatalog => {
                "the place is not in the content any more; the version that the page was made from knew it"
            }
        }
    }
}
