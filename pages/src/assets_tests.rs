//! Stylesheets and scripts: their size, and that each stylesheet has only rules that its pages can use.

use super::*;
use flate2::{Compression, write::GzEncoder};
use std::collections::{BTreeMap, BTreeSet};
use std::{fs, io::Write, path::Path};

/// Elements that the content's Markdown is rendered to; templates need not contain them.
const OF_MARKDOWN: &str = "a blockquote br code em hr img li ol p pre strong table tbody td th thead tr ul";

/// The placeholder in a template for a page's own text. It may have headings; a text inside a page may not.
const OWN_TEXT: &str = "{{ body | safe }}";

fn text(asset: &'static Asset) -> &'static str {
    std::str::from_utf8(&asset.bytes).unwrap()
}

/// Reads a source file of this crate.
fn source(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn packed(asset: &Asset) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&asset.bytes).unwrap();
    encoder.finish().unwrap().len()
}

/// The selectors before each `{`, as written; at-rules are left out.
fn preludes(css: &str) -> Vec<&str> {
    let (before, _) = css.rsplit_once('{').unwrap();
    let preludes = before.split('{').map(|part| part.rsplit(['}', ';']).next().unwrap().trim());
    preludes.filter(|prelude| !prelude.is_empty() && !prelude.starts_with('@')).collect()
}

/// The classes, elements, attributes and attribute values in a selector, without pseudo-classes.
fn names(selector: &str) -> impl Iterator<Item = &str> {
    let tokens = selector.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)));
    tokens.filter_map(|token| token.split(':').next()).filter(|name| name.starts_with(char::is_alphabetic))
}

/// The templates of whole pages.
fn page_templates() -> BTreeSet<String> {
    let directory = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")).unwrap();
    let names = directory.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // The page of last resort does not extend the base template.
    let is_page = |name: &str| source(&format!("templates/{name}")).contains("{% extends \"base.html\" %}");
    names.filter(|name| name == "last_resort.html" || is_page(name)).collect()
}

/// Every word in these templates, in those that they extend or include, and in the header and footer of all pages.
/// Class names occur in attributes, macros and expressions; this finds them all.
fn words(mut left: Vec<String>) -> BTreeSet<String> {
    left.extend(["top.html", "foot.html"].map(str::to_owned));
    let mut found: BTreeSet<String> = OF_MARKDOWN.split(' ').chain(["open"]).map(str::to_owned).collect();
    let mut read = BTreeSet::new();
    while let Some(name) = left.pop() {
        let text = source(&format!("templates/{name}"));
        if !read.insert(name) {
            continue;
        }
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
        found.extend(words.map(str::to_owned));
        if text.contains(OWN_TEXT) {
            found.extend(["h2", "h3", "h4", "h5", "h6"].map(str::to_owned));
        }
        for tag in ["{% extends \"", "{% include \""] {
            left.extend(text.split(tag).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    found
}

#[test]
fn stylesheets_and_scripts_stay_small() {
    // The budget of a page is 12 KB without its fonts; its HTML gets the rest. Whole pages are measured in a browser:
    // `tests/browser/pages.test.mjs`.
    for (asset, most, most_packed) in [
        (&FORM_SHEET, 16_384, 4_352),
        (&SITE_SHEET, 22_528, 5_376),
        (&CASE_SHEET, 24_576, 5_888),
        (&SCRIPT, 4_096, 1_536),
        (&SEARCH_SCRIPT, 4_096, 2_048),
        (&EXIT_SCRIPT, 1_024, 512),
    ] {
        let (bytes, packed) = (asset.bytes.len(), packed(asset));
        assert!(bytes < most && packed < most_packed, "{} has {bytes} bytes, {packed} packed", asset.path);
    }
    let fonts: usize = [&FONT_REGULAR, &FONT_SEMIBOLD].map(|font| font.bytes.len()).iter().sum();
    assert!(fonts < 34 * 1024, "the fonts have {fonts} bytes");
}

#[test]
fn no_stylesheet_has_rules_its_pages_cannot_use() {
    let mut templates: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for template in page_templates() {
        templates.entry(stylesheet(&template)).or_default().push(template);
    }
    // The stylesheet of a case combines these two, for officers and for the citizen.
    assert_eq!(templates.remove(CASE_SHEET.path.as_str()).map(|pages| pages.len()), Some(3));
    assert_eq!(templates.len(), 2);
    for sheet in [&FORM_SHEET, &SITE_SHEET] {
        let words = words(templates.remove(sheet.path.as_str()).unwrap());
        let preludes = preludes(text(sheet));
        assert!(preludes.len() > 100);
        for prelude in preludes {
            let unused: Vec<&str> = names(prelude).filter(|name| !words.contains(*name)).collect();
            assert!(unused.is_empty(), "{}: no template has {unused:?} of {prelude}", sheet.path);
        }
    }
    let (form, site) = (text(&FORM_SHEET), text(&SITE_SHEET));
    for (css, gone) in [(form, ".map"), (form, ".card"), (form, "h4"), (site, ".week"), (site, "textarea")] {
        assert!(!css.contains(gone), "{gone}");
    }
    // Only Markdown produces these elements.
    for kept in ["\ncode,\n", "\nblockquote {", "\nul:not([class]) > li {", "\ntable:not([class]) {"] {
        assert!(form.contains(kept) && site.contains(kept), "{kept}");
    }
}

#[test]
fn custom_properties_are_set_and_read() {
    let css = [text(&FORM_SHEET), text(&SITE_SHEET), text(&CASE_SHEET)].concat();
    let read: BTreeSet<&str> = css.split("var(").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    let lines = css.lines().filter(|line| line.starts_with("--"));
    let set: BTreeSet<&str> = lines.map(|line| line.split(':').next().unwrap()).collect();
    assert!(!read.is_empty() && read == set, "{:?}", read.symmetric_difference(&set));
}

#[test]
fn fields_fill_a_narrow_screen_even_without_nested_rules() {
    for sheet in [&FORM_SHEET, &SITE_SHEET] {
        let (_, rule) = text(sheet).split_once("\n.form-input {\n").unwrap();
        assert!(rule.split(['{', '}']).next().unwrap().contains("\nwidth: 100%;\n"), "{}", sheet.path);
    }
}

#[test]
fn everything_the_script_shows_is_styled() {
    let shown: Vec<&str> =
        text(&SCRIPT).split("className = '").skip(1).map(|rest| rest.split('\'').next().unwrap()).collect();
    assert!(!shown.is_empty());
    for class in shown {
        assert!(text(&FORM_SHEET).contains(&format!("\n.{class} {{")), "{class}");
    }
}

#[test]
fn assets_load_nothing_from_other_origins() {
    for css in [text(&FORM_SHEET), text(&SITE_SHEET)] {
        assert!(!css.contains("@import"));
        let targets: Vec<&str> = css.split("url('").skip(1).map(|rest| rest.split('\'').next().unwrap()).collect();
        assert_eq!((targets.len(), css.matches("url(").count()), (2, 2));
        for target in targets {
            assert!(ALL.iter().any(|asset| asset.path == target), "{target} is not published");
        }
    }
}

#[test]
fn files_lose_only_comments_and_layout() {
    for (name, script) in [("form.js", &SCRIPT), ("search.js", &SEARCH_SCRIPT), ("exit.js", &EXIT_SCRIPT)] {
        let source = source(&format!("assets/{name}"));
        // Whole lines are dropped: none may be part of a string, or of a comment that continues on the next line.
        let over_lines = source.lines().any(|line| line.matches('`').count() % 2 == 1);
        assert!(!over_lines && !source.contains("/*") && !source.contains("*/") && !source.contains("\\\n"), "{name}");
        assert!(source.contains("// ") && !text(script).contains("// "), "{name}");
        let code = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
        assert!(code.eq(text(script).lines()), "{name}");
    }
    for sheet in [&FORM_SHEET, &SITE_SHEET] {
        assert!(!["/*", "*/", "//", "\n\n", "\n "].iter().any(|gone| text(sheet).contains(gone)), "{}", sheet.path);
        assert_eq!(text(sheet).matches('{').count(), text(sheet).matches('}').count(), "{}", sheet.path);
    }
    assert_eq!(without_comments("/* a\n   b */\na {\n  /* c */\n  b: c;\n}\n"), "a {\nb: c;\n}\n");
}

#[test]
fn names_end_in_a_hash_of_the_content() {
    let paths: BTreeSet<&str> = ALL.iter().map(|asset| asset.path.as_str()).collect();
    assert_eq!(paths.len(), ALL.len());
    for path in paths {
        let (stem, _) = path.rsplit_once('.').unwrap();
        let (_, hash) = stem.rsplit_once('-').unwrap();
        assert!(hash.len() == 10 && hash.chars().all(|c| c.is_ascii_hexdigit()), "{path}");
    }
}
