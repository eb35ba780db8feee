//! A request that was received: the answers, and all that is known about them.

use crate::answers::Answers;
use crate::code_words::CodeWords;
use crate::deadline::Promise;
use crate::names::{CatalogVersion, ChoiceCode, FormId, KredsSlug, Language, SubmissionId};
use crate::reference::Reference;
use jiff::Timestamp;

/// One request, as it is stored and mailed.
#[derive(Clone, PartialEq, Eq)]
pub struct Submission {
    /// What may be shown to whoever has the receipt's address.
    pub receipt: Receipt,
    /// The citizen's answers, with Danish questions, since officers read them.
    pub answers: Answers,
    /// A word of danger stands in the text; the citizen was shown 112 and went on.
    pub danger: bool,
    /// Why a human must look at it before it is mailed, if so.
    pub held: Option<Held>,
}

/// What looks as if a program had filled in the form. It may be wrong, so nothing is thrown away because of it: the
/// submission is stored, its receipt is shown, and its mails wait until somebody lets them go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A field that people do not see was filled in.
    Honeypot,
    /// Filled in faster than anybody reads.
    TooFast,
}

impl Held {
    /// As it is stored and logged.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Honeypot => "honeypot",
            Self::TooFast => "too-fast",
        }
    }

    /// Back from the store.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Honeypot, Self::TooFast].into_iter().find(|held| held.as_str() == text)
    }
}

/// A submission without any personal data: what the receipt shows.
/// It has no `Debug`, since its code words are for citizen and officer alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its key, and the end of the receipt's address.
    pub id: SubmissionId,
    /// What the officer says first, so that the citizen knows who calls.
    pub code_words: CodeWords,
    /// What citizen and officer call it.
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
    /// What was promised then; later changes of the deadline do not change it.
    pub promise: Promise,
}
