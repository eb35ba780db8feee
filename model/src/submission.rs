//! A request that was received: the answers, and all that is known about them.

use crate::answers::Answers;
use crate::code_words::CodeWords;
use crate::deadline::Promise;
use crate::names::{CatalogVersion, FormId, KredsSlug, Language, SubmissionId};
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
