//! The files that pages need besides their HTML: stylesheets, their fonts, the favicon and scripts.
//!
//! The build makes them and names each after its content, so a browser may keep them for ever: a changed file has a
//! new path.

/// A file to publish beside the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// Where pages refer to it, such as `/assets/site-1a2b3c4d5e.css`.
    pub path: &'static str,
    /// What the file holds.
    pub bytes: &'static [u8],
    /// The value of its `Content-Type` header.
    pub content_type: &'static str,
}

/// Every file to publish.
pub const ALL: &[Asset] = generated::ALL;

/// The path of the stylesheet for the pages of a template; none for a template of mails.
#[must_use]
pub fn stylesheet(template: &str) -> Option<&'static str> {
    generated::SHEETS.iter().find(|(of, _)| *of == template).map(|(_, path)| *path)
}

/// The path of the mark that browsers show beside the title.
pub const FAVICON: &str = generated::FAVICON;

/// The path of the font for running text, for preloading.
pub const FONT_REGULAR: &str = generated::FONT_REGULAR;

/// The path of the font for headings, for preloading.
pub const FONT_SEMIBOLD: &str = generated::FONT_SEMIBOLD;

/// The path of the script that helps on forms.
pub const SCRIPT: &str = generated::SCRIPT;

/// The path of the script that leaves a page at once.
pub const EXIT_SCRIPT: &str = generated::EXIT_SCRIPT;

/// The path of the script that searches.
pub const SEARCH_SCRIPT: &str = generated::SEARCH_SCRIPT;

mod generated {
    use super::Asset;

    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::{fs, path::Path};

    use super::*;

    fn text(path: &str) -> &'static str {
        let asset = ALL.iter().find(|asset| asset.path == path).unwrap();
        std::str::from_utf8(asset.bytes).unwrap()
    }

    /// Each stylesheet once.
    fn sheets() -> BTreeSet<&'static str> {
        generated::SHEETS.iter().map(|(_, path)| text(path)).collect()
    }

    fn templates() -> String {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
        files
            .filter(|path| path.extension().is_some_and(|end| end == "html"))
            .map(|path| fs::read_to_string(path).unwrap())
            .collect()
    }

    /// The declarations of every plain rule that has `selector` in its list.
    fn declarations(css: &str, selector: &str) -> String {
        let rules = css.split('}').filter_map(|rule| rule.rsplit_once('{'));
        rules
            .filter(|(list, _)| list.split(',').any(|one| one == selector))
            .map(|(_, body)| format!("{body};"))
            .collect()
    }

    #[test]
    fn fields_fill_a_narrow_screen() {
        for (template, field) in
            [("form.html", ".form-input"), ("form.html", ".form-select"), ("front.html", ".form-input")]
        {
            let found = declarations(text(stylesheet(template).unwrap()), field);
            assert!(found.contains("width:100%;"), "{field} of {template} has {found}");
        }
    }

    #[test]
    fn nothing_comes_from_another_place() {
        for css in sheets() {
            assert!(!css.contains("@import"));
            let targets: Vec<&str> = css.split("url(").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
            assert!(!targets.is_empty());
            for target in targets {
                assert!(ALL.iter().any(|asset| asset.path == target), "{target} is not published");
            }
        }
    }

    #[test]
    fn stylesheets_and_the_script_stay_small() {
        // What they weigh on a page is measured in a browser: `tests/browser/budget.test.mjs`.
        for (path, most) in [
            (stylesheet("form.html"), 15_000),
            (stylesheet("front.html"), 21_000),
            (Some(SCRIPT), 4_096),
            (Some(SEARCH_SCRIPT), 4_096),
        ] {
            let bytes = text(path.unwrap()).len();
            assert!(bytes < most, "{path:?} has {bytes} bytes");
        }
    }

    #[test]
    fn each_page_has_a_stylesheet_and_no_two_are_equal() {
        let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        for entry in fs::read_dir(templates).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            // The page of last resort has a frame of its own.
            let extends = fs::read_to_string(&path).unwrap().contains("{% extends \"base.html\" %}");
            let is_page = extends || name == "last_resort.html";
            assert_eq!(stylesheet(name).is_some(), is_page, "{name}");
        }
        let paths: BTreeSet<&str> = generated::SHEETS.iter().map(|(_, path)| *path).collect();
        assert_eq!(paths.len(), sheets().len());
    }

    #[test]
    fn classes_without_a_template_are_gone() {
        let templates = templates();
        for css in sheets() {
            for rest in css.split('.').skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase())) {
                let class = rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next().unwrap();
                assert!(class == "woff2" || templates.contains(class), "no template has {class}");
            }
        }
    }

    #[test]
    fn what_a_group_of_pages_does_not_have_is_gone() {
        let form = text(stylesheet("form.html").unwrap());
        let front = text(stylesheet("front.html").unwrap());
        for (css, gone) in [(form, ".map"), (form, ".card"), (form, "h4"), (front, ".week"), (front, "textarea")] {
            assert!(!css.contains(gone), "{gone}");
        }
        // Markdown makes these, and no template has them.
        for kept in ["code", "blockquote", "ul:not([class])>li", "table:not([class])"] {
            assert!(sheets().iter().all(|css| !declarations(css, kept).is_empty()), "{kept}");
        }
        // Only a browser says this.
        assert!(front.contains("[open]"));
    }

    #[test]
    fn what_the_script_shows_has_its_style() {
        let css = text(stylesheet("form.html").unwrap());
        let classes: Vec<&str> =
            text(SCRIPT).split("className = '").skip(1).map(|rest| rest.split('\'').next().unwrap()).collect();
        assert!(!classes.is_empty());
        for class in classes {
            assert!(css.contains(&format!(".{class}")), "{class}");
        }
    }

    #[test]
    fn the_scripts_lost_only_what_is_for_their_readers() {
        for (name, path) in [("form.js", SCRIPT), ("search.js", SEARCH_SCRIPT), ("exit.js", EXIT_SCRIPT)] {
            let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name)).unwrap();
            // What is dropped by lines may not be a part of a text, nor of a comment that the next line goes on with.
            let over_lines = source.lines().any(|line| line.matches('`').count() % 2 == 1);
            assert!(!over_lines && !source.contains("/*") && !source.contains("\\\n"), "{name}");
            assert!(source.contains("// ") && !text(path).contains("// "), "{name}");
            let code = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
            assert!(code.eq(text(path).lines()), "{name}");
        }
    }

    #[test]
    fn names_tell_the_content() {
        for asset in ALL {
            let (stem, _) = asset.path.rsplit_once('.').unwrap();
            let (_, hash) = stem.rsplit_once('-').unwrap();
            assert!(hash.len() == 10 && hash.chars().all(|c| c.is_ascii_hexdigit()), "{}", asset.path);
        }
    }
}
