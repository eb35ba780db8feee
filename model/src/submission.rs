//! A received request: the answers, and everything that is known about them.

use crate::answers::Answers;
use crate::code_words::CodeWords;
use crate::deadline::Promise;
use crate::names::{CatalogVersion, ChoiceCode, FormId, KredsSlug, Language, SubmissionId};
use crate::reference::Reference;
use jiff::{SignedDuration, Timestamp};

/// A request as it is stored and mailed.
#[derive(Clone, PartialEq, Eq)]
pub struct Submission {
    /// The receipt: everything that may be shown to anyone with its URL.
    pub receipt: Receipt,
    /// The citizen's answers, with Danish questions, since officers read them.
    pub answers: Answers,
    /// True if the text is about danger; the citizen was shown 112 and continued.
    pub danger: bool,
    /// The reason for a human to look at it before it is mailed; `None` if there is none.
    pub held: Option<Held>,
}

/// The reason why a request looks automated. It may be wrong, so nothing is discarded: the request is stored, its
/// receipt says that somebody looks first, and its mails wait until somebody releases them, or for [`Held::AT_MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A field that people do not see was filled in.
    Honeypot,
    /// The form was filled in faster than anybody reads.
    TooFast,
    /// The fields that every page of ours sends, filled in or not, are missing.
    Incomplete,
    /// The telephone number has more requests in a day than usual.
    ManyOfPhone,
    /// The address has more requests in a day than usual.
    ManyFromAddress,
    /// The kreds gets more requests in an hour than usual.
    ManyToKreds,
}

impl Held {
    /// All reasons.
    pub const ALL: [Self; 6] =
        [Self::Honeypot, Self::TooFast, Self::Incomplete, Self::ManyOfPhone, Self::ManyFromAddress, Self::ManyToKreds];

    /// The longest time that a request waits. Then it goes to its kreds by itself, with a mark.
    pub const AT_MOST: SignedDuration = SignedDuration::from_hours(24);

    /// The name in the store, in logs and in counters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Honeypot => "honeypot",
            Self::TooFast => "too-fast",
            Self::Incomplete => "incomplete",
            Self::ManyOfPhone => "phone",
            Self::ManyFromAddress => "address",
            Self::ManyToKreds => "kreds",
        }
    }

    /// Parses the name in the store.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|held| held.as_str() == text)
    }
}

/// A submission without personal data, as the receipt shows it. There is no `Debug`, since the code words are for
/// citizen and officer alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The key, and the end of the receipt's URL.
    pub id: SubmissionId,
    /// The words that the officer says first, so that the citizen knows who calls.
    pub code_words: CodeWords,
    /// The reference by which citizen and officer identify the request.
    pub reference: Reference,
    /// The form that was filled in.
    pub form: FormId,
    /// The chosen topic, for the advice on the receipt; a code of the form, nothing typed.
    pub topic: Option<ChoiceCode>,
    /// The language in which it was filled in.
    pub language: Language,
    /// The responsible kreds.
    pub kreds: KredsSlug,
    /// The version of the catalog by which it was judged.
    pub catalog: CatalogVersion,
    /// The time of receipt.
    pub received: Timestamp,
    /// The promise made then; later changes of the deadline do not affect it.
    pub promise: Promise,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_is_read_back_as_it_was_stored() {
        for held in Held::ALL {
            assert_eq!(Held::parse(held.as_str()), Some(held));
        }
        assert_eq!(Held::parse("of a later release"), None);
    }
}
