//! The page when the catalog is out of reach, and with it every text: Danish and English, with the site's look.

use crate::assets;

const TEMPLATE: &str = "last_resort.html";

const PAGE: &str = include_str!("../templates/last_resort.html");

/// The page. Only who has just `sent` something is told that it was not received: behind the address of a receipt is a
/// request that was.
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
}
