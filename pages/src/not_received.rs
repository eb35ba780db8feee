//! The page that says that nothing was received, where no program of ours can make one: Danish and English in one.

/// The page. It needs nothing: gateway and distribution have it, and answer with it where they cannot reach the function
/// (`infra/template.yaml`). So it names no stylesheet, whose address is another in each release.
pub const NOT_RECEIVED: &str = include_str!("../templates/not_received.html");

/// Its file on the site. It ends otherwise than the pages, of which it is none: it has no twin, no place in the sitemap and no menu.
pub const NOT_RECEIVED_FILE: &str = "ikke-modtaget.htm";

#[cfg(test)]
mod tests {
    use super::*;

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
