//! The pages when there is no catalog, and with it no text, or no program to make a page: in Danish and English.

use crate::assets;

/// The page that says that nothing was received. It needs nothing: gateway and distribution have it, and answer with it
/// where they cannot reach the function (`infra/template.yaml`). So it names no stylesheet, whose address is another in
/// each release.
pub const NOT_RECEIVED: &str = include_str!("../templates/not_received.html");

/// Its file on the site. It ends otherwise than the pages, of which it is none: it has no twin, no place in the sitemap and no menu.
pub const NOT_RECEIVED_FILE: &str = "ikke-modtaget.htm";

const TEMPLATE: &str = "last_resort.html";

const PAGE: &str = include_str!("../templates/last_resort.html");

/// The page when the catalog is out of reach, with the site's look. Only who has just `sent` something reads that it was not
/// received: behind the address of a receipt is a request that was.
#[must_use]
pub fn last_resort(sent: bool) -> String {
    let [danish, english] =
        if sent { ["Din bestilling er IKKE modtaget. ", "Your request was NOT received. "] } else { ["", ""] };
    PAGE.replace("STYLESHEET", assets::stylesheet(TEMPLATE))
        .replace("FAVICON", &assets::FAVICON.path)
        .replace("NOT_RECEIVED_ENGLISH", english)
        .replace("NOT_RECEIVED", danish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_not_received_only_after_something_was_sent() {
        for (sent, said) in [(true, 1), (false, 0)] {
            let page = last_resort(sent);
            assert_eq!((page.matches("IKKE modtaget").count(), page.matches("NOT received").count()), (said, said));
            assert!(page.contains("href=\"/assets/site-") && page.contains("tel:112") && page.contains("tel:114"));
            assert!(!page.contains("NOT_RECEIVED") && !page.contains("STYLESHEET") && !page.contains("FAVICON"));
        }
    }

    #[test]
    fn the_page_says_what_to_do_in_both_languages_and_needs_no_other_file() {
        for text in ["IKKE modtaget", "NOT received", "tel:112", "tel:114", "lang=\"da\"", "lang=\"en\""] {
            assert!(NOT_RECEIVED.contains(text), "{text}");
        }
        // A gateway would take a dollar sign for a variable of its own.
        for needed in ["/assets/", "<script", "<style", "http", "$"] {
            assert!(!NOT_RECEIVED.contains(needed), "{needed}");
        }
    }
}
