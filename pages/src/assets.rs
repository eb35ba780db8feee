//! The files every page needs besides its HTML: the stylesheet, its fonts, the icons, the favicon and a script.
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

/// The path of the stylesheet.
pub const STYLESHEET: &str = generated::STYLESHEET;

/// The path of the icons; a page shows one of them as `ICONS#name`.
pub const ICONS: &str = generated::ICONS;

/// The path of the mark that browsers show beside the title.
pub const FAVICON: &str = generated::FAVICON;

/// The path of the font for running text, for preloading.
pub const FONT_REGULAR: &str = generated::FONT_REGULAR;

/// The path of the font for headings, for preloading.
pub const FONT_SEMIBOLD: &str = generated::FONT_SEMIBOLD;

/// The path of the script that helps on forms.
pub const SCRIPT: &str = generated::SCRIPT;

mod generated {
    use super::Asset;

    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    fn text(path: &str) -> &'static str {
        let asset = ALL.iter().find(|asset| asset.path == path).unwrap();
        std::str::from_utf8(asset.bytes).unwrap()
    }

    fn css() -> &'static str {
        text(STYLESHEET)
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
    fn declarations(selector: &str) -> String {
        let rules = css().split('}').filter_map(|rule| rule.rsplit_once('{'));
        rules
            .filter(|(list, _)| list.split(',').any(|one| one == selector))
            .map(|(_, body)| format!("{body};"))
            .collect()
    }

    #[test]
    fn fields_fill_a_narrow_screen() {
        // The Sass compiler loses this rule of the design system; our repair must be there.
        for field in [".form-input", ".form-select"] {
            assert!(declarations(field).contains("width:100%;"), "{field} has {}", declarations(field));
        }
    }

    #[test]
    fn nothing_comes_from_another_place() {
        assert!(!css().contains("@import"));
        let targets: Vec<&str> = css().split("url(").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
        assert!(!targets.is_empty());
        for target in targets {
            assert!(ALL.iter().any(|asset| asset.path == target), "{target} is not published");
        }
    }

    #[test]
    fn stylesheet_stays_small() {
        assert!(css().len() < 45_000, "{} bytes", css().len());
    }

    #[test]
    fn classes_without_a_template_are_gone() {
        let templates = templates();
        // Inside `:not()` a class may be one that no page has.
        let asked: String =
            css().split(":not(").map(|part| part.split_once(')').map_or(part, |(_, rest)| rest)).collect();
        for rest in asked.split('.').skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase())) {
            let class = rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next().unwrap();
            assert!(class == "woff2" || templates.contains(class), "no template has {class}");
        }
    }

    #[test]
    fn what_no_page_has_is_gone() {
        // The design system styles all of these; no template has one of them.
        for gone in ["type=range", "readonly", ":disabled", "progress", "figcaption"] {
            assert!(!css().contains(gone), "{gone}");
        }
        // Markdown makes these, and no template has them.
        for kept in ["code", "em", "blockquote"] {
            assert!(!declarations(kept).is_empty(), "{kept}");
        }
        let icons = text(ICONS).split("id=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        for icon in icons {
            assert!(templates().contains(icon), "no template shows the icon {icon}");
        }
    }

    #[test]
    fn icons_of_the_templates_exist() {
        let sprite = text(ICONS);
        for rest in templates().split("assets.icons }}#").skip(1) {
            let icon = rest.split('"').next().unwrap();
            assert!(icon.contains('{') || sprite.contains(&format!("id=\"{icon}\"")), "no icon {icon}");
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
