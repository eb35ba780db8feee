//! The contents of a submitted form: the citizen's answers, and the values that the page added to them.

use model::names::{CatalogVersion, KredsSlug, Language};
use model::raw::RawAnswers;

/// A form as received.
pub struct Post {
    /// The citizen's answers.
    pub answers: RawAnswers,
    /// The kreds whose page it was sent from; `None` if it names none.
    pub page: Option<KredsSlug>,
    /// The language of the page; `None` if it names none.
    pub language: Option<Language>,
    /// The version of the catalog that the page was made from; `None` if it names none.
    pub version: Option<CatalogVersion>,
    /// The step to take.
    pub step: Step,
}

/// The step that the pressed button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Show a summary.
    Review,
    /// Show the form again, to change something.
    Change,
    /// Show the page about 112: somebody is in danger.
    Danger,
    /// Receive the request.
    Send,
}

impl Post {
    /// Reads the names and values of a body. It never fails, whatever they are.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let answers = RawAnswers::new(pairs);
        // The value of the pressed button comes after the one that the form sends on Enter.
        let step = match answers.all("trin").last().map_or("", String::as_str) {
            "fare" => Step::Danger,
            "send" => Step::Send,
            "ret" => Step::Change,
            _ => Step::Review,
        };
        Self {
            page: KredsSlug::parse(answers.first("kreds")).ok(),
            language: Language::parse(answers.first("sprog")).ok(),
            version: CatalogVersion::parse(answers.first("udgave")).ok(),
            step,
            answers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::urlencoded::pairs;

    #[test]
    fn a_form_is_read_and_missing_fields_are_none() {
        let post = Post::new(pairs(b"kreds=fyn&sprog=en&trin=send&navn=J%C3%B8rgen+B&ugedage=a&ugedage=b", None));
        assert_eq!(post.page.map(|kreds| kreds.to_string()).as_deref(), Some("fyn"));
        assert_eq!(post.step, Step::Send);
        assert_eq!(Post::new(pairs(b"trin=gennemse&trin=fare", None)).step, Step::Danger);
        assert_eq!(post.answers.first("navn"), "Jørgen B");
        assert_eq!(post.answers.all("ugedage").len(), 2);
        assert!(post.version.is_none());
    }

    #[test]
    fn any_bytes_are_read_as_a_form() {
        for body in [&b"\xff\xfe%zz&&==&a"[..], b"", b"%00=%00", b"kreds=../../etc"] {
            assert_eq!(Post::new(pairs(body, None)).step, Step::Review);
        }
    }
}
