//! The pages shown when the catalog with all texts, or the program itself, is unavailable: in Danish and English.

use crate::assets;

/// The page that says that nothing was received. Gateway and distribution hold a copy for when they cannot reach the
/// function (`infra/template.yaml`). It is self-contained: a stylesheet's address changes with each release.
pub const NOT_RECEIVED: &str = include_str!("../templates/not_received.html");

/// The file of that page on the site. Its extension is not that of pages: it has no translation, no sitemap entry and
/// no menu.
pub const NOT_RECEIVED_FILE: &str = "ikke-modtaget.htm";

const TEMPLATE: &str = "last_resort.html";

const PAGE: &str = include_str!("../templates/last_resort.html");

/// The page for an unreachable catalog, in the site's design. It says "not received" only if something was just `sent`:
/// behind the address of a receipt is a request that was received.
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
    fn the_not_received_page_is_bilingual_and_self_contained() {
        for text in ["IKKE modtaget", "NOT received", "tel:112", "tel:114", "lang=\"da\"", "lang=\"en\""] {
            assert!(NOT_RECEIVED.contains(text), "{text}");
        }
        // A gateway would read a dollar sign as one of its variables.
        for needed in ["/assets/", "<script", "<style", "http", "$"] {
            assert!(!NOT_RECEIVED.contains(needed), "{needed}");
        }
    }
}
