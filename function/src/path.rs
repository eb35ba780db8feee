//! The path of an HTTP request, parsed into its target.

use model::names::{FormId, SubmissionId};
use pages::address::QUESTION;
use percent_encoding::percent_decode_str;

/// The target of a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Submit(FormId),
    /// The receipt of a request, which is its citizen's page; `None` if the path contains no id of a request.
    Receipt(Option<SubmissionId>),
    /// The page where a citizen answers whether somebody has called.
    Question(SubmissionId),
    /// The page for officers, with the rest of the path, whatever it is.
    Case(String),
    Find,
    Nothing,
}

/// Parses a path. Extra slashes are ignored.
pub(crate) fn target(path: &str) -> Target {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["indsend", form] => FormId::parse(form).map_or(Target::Nothing, Target::Submit),
        ["kvittering", id, QUESTION] => copied_id(id).map_or(Target::Receipt(None), Target::Question),
        ["kvittering", rest @ ..] => Target::Receipt(copied_id(&rest.join("/"))),
        ["sag", rest @ ..] => Target::Case(rest.join("/")),
        ["find-kreds"] => Target::Find,
        _ => Target::Nothing,
    }
}

/// Finds the id at the end of a receipt's URL. Mail programs and people copy it along with a bracket, a full stop or a
/// line break, or in capitals.
fn copied_id(end: &str) -> Option<SubmissionId> {
    let end = percent_decode_str(end).decode_utf8_lossy().to_ascii_lowercase();
    end.split(|sign: char| !sign.is_ascii_alphanumeric()).find_map(|part| SubmissionId::parse(part).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_amid_copied_text() {
        let id = "0123456789abcdef0123456789abcdef";
        let receipt = || Target::Receipt(SubmissionId::parse(id).ok());
        for end in [
            "",
            "/",
            "//",
            ")",
            "].",
            ">",
            "%3E",
            "%20",
            "%0A",
            "%E2%80%99",
            "&gt;",
            "/%20",
            "/x",
            "…",
            " ",
            "%FF",
            "%",
        ] {
            for begin in ["", "%3C", "(", "/", "%20"] {
                for id in [id.to_owned(), id.to_uppercase()] {
                    assert_eq!(target(&format!("/kvittering/{begin}{id}{end}")), receipt(), "{begin}{id}{end}");
                }
            }
        }
        for path in [format!("/kvittering/{id}0"), format!("/kvittering/{}", &id[1..]), "/kvittering/".to_owned()] {
            assert_eq!(target(&path), Target::Receipt(None), "{path}");
        }
        assert_eq!(target(&format!("/{id}")), Target::Nothing);
    }
}
