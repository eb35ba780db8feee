//! A request that was received: the answers, and all that is known about them.

use crate::answers::Answers;
use crate::code_words::CodeWords;
use crate::deadline::Promise;
use crate::names::{CatalogVersion, ChoiceCode, FormId, KredsSlug, Language, SubmissionId};
use crate::reference::Reference;
use jiff::{SignedDuration, Timestamp};

/// One request, as it is stored and mailed.
#[derive(Clone, PartialEq, Eq)]
pub struct Submission {
    /// The receipt: all that may be shown to whoever has its URL.
    pub receipt: Receipt,
    /// The citizen's answers, with Danish questions, since officers read them.
    pub answers: Answers,
    /// A word of danger stands in the text; the citizen was shown 112 and went on.
    pub danger: bool,
    /// Why a human should look at it before it is mailed, if so.
    pub held: Option<Held>,
}

/// Why a request looks as if a program had sent it. It may be wrong, so nothing is thrown away because of it: the request is
/// stored, its receipt says that somebody looks first, and its mails wait until somebody lets them go, or [`Held::AT_MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A field that people do not see was filled in.
    Honeypot,
    /// Filled in faster than anybody reads.
    TooFast,
    /// Without the fields that every page of ours sends, filled in or not.
    Incomplete,
    /// One more than a telephone number usually makes in a day.
    ManyOfPhone,
    /// One more than usually comes from an address in a day.
    ManyFromAddress,
    /// One more than a kreds usually gets in an hour.
    ManyToKreds,
}

impl Held {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Honeypot, Self::TooFast, Self::Incomplete, Self::ManyOfPhone, Self::ManyFromAddress, Self::ManyToKreds];

    /// Longest time that a request waits. Then it goes to its kreds by itself, with a mark.
    pub const AT_MOST: SignedDuration = SignedDuration::from_hours(24);

    /// As it is stored, logged and counted.
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

    /// Back from the store.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|held| held.as_str() == text)
    }
}

/// A submission without any personal data: what the receipt shows.
/// It has no `Debug`, since its code words are for citizen and officer alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its key, and the end of the receipt's address.
    pub id: SubmissionId,
    /// Words that the officer says first, so that the citizen knows who calls.
    pub code_words: CodeWords,
    /// The reference by which citizen and officer identify the request.
    pub reference: Reference,
    /// The form that was filled in.
    pub form: FormId,
    /// The topic that was chosen, for the advice on the receipt; a code of the form, nothing typed.
    pub topic: Option<ChoiceCode>,
    /// The language it was filled in.
    pub language: Language,
    /// The kreds that is responsible.
    pub kreds: KredsSlug,
    /// The catalog that it was judged by.
    pub catalog: CatalogVersion,
    /// When it was received.
    pub received: Timestamp,
    /// The promise made then; later changes of the deadline do not change it.
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
