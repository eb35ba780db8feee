//! Contents of a sent form: the citizen's answers, and the values that the page added to them.

use model::names::{CatalogVersion, KredsSlug, Language};
use model::raw::RawAnswers;

/// A form as it came over the wire.
pub struct Post {
    /// The citizen's answers.
    pub answers: RawAnswers,
    /// The kreds whose page it was sent from, if it names one.
    pub page: Option<KredsSlug>,
    /// The language of the page.
    pub language: Option<Language>,
    /// The catalog that the page was made from.
    pub version: Option<CatalogVersion>,
    /// The step to take.
    pub step: Step,
}

/// The step that the form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Show a summary.
    Review,
    /// Show the form again, to change something.
    Change,
    /// Show the page about 112: somebody is in danger.
    Danger,
    /// Receive it.
    Send,
}

impl Post {
    /// Takes the names and texts of a body; whatever they are, something comes out.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let answers = RawAnswers::new(pairs);
        // The button that was pressed comes after what the form sends when Enter is.
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
    fn any_bytes_are_read_without_harm() {
        for body in [&b"\xff\xfe%zz&&==&a"[..], b"", b"%00=%00", b"kreds=../../etc"] {
            assert_eq!(Post::new(pairs(body, None)).step, Step::Review);
        }
    }
}
