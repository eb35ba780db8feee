//! The normal form of a text for comparison: its words without the layout of its file.

use crate::diagnostics::danish::is_among;
use crate::source::front_matter;
use marked_yaml::{LoaderOptions, Node, parse_yaml_with_options};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Front matter keys whose values contain nothing to translate. Any other key counts as text: better a needless warning
/// than a missed change.
const NO_TEXT: &str = "aliaser ansvarlig felt fra frist frivilligt gennemgaas_senest hovedstation hurtig_udgang i_stedet kladde \
     klagevejledning kode kun_ved laengde lederpostkasse navn nyhed opbevaring_dage oversaettes postkasser raad \
     reservepostkasse rettet rolle telefon til type udloeber vises_fra";

/// Normalizes a text: drops line endings, comments, the order of keys, and values that are not text.
pub(super) fn normal(text: &str, is_yaml: bool) -> String {
    let (yaml, markdown) = match front_matter::split(text) {
        _ if is_yaml => (text, ""),
        Ok((yaml, body)) => (yaml, &text[body..]),
        Err(_) => ("", text),
    };
    let options = LoaderOptions::default().prevent_coercion(true);
    match parse_yaml_with_options(0, yaml, options) {
        Ok(node) if is_yaml => {
            let mut normal = String::new();
            write_node(&node, None, &mut normal);
            normal
        }
        Ok(node) => of_parts(&node, markdown),
        // An unreadable file is reported when the file is read.
        Err(_) => {
            let mut normal = yaml.trim().to_owned();
            write_paragraphs(markdown, &mut normal);
            normal
        }
    }
}

/// The normal form of parsed front matter and the Markdown below it.
pub(super) fn of_parts(front: &Node, markdown: &str) -> String {
    let mut normal = String::with_capacity(markdown.len() + 256);
    write_node(front, Some(""), &mut normal);
    write_paragraphs(markdown, &mut normal);
    normal
}

/// Writes each paragraph on one line: line breaks do not matter, but paragraph breaks do.
fn write_paragraphs(markdown: &str, text: &mut String) {
    let mut before = '\n';
    for line in markdown.lines() {
        let mut write = |words: &str| {
            text.push(std::mem::replace(&mut before, ' '));
            text.push_str(words);
        };
        if line.trim().is_empty() {
            before = '\n';
        } else if is_plain(line) {
            write(line);
        } else {
            line.split_whitespace().for_each(write);
        }
    }
}

/// True if only single spaces separate the words of a line. Most lines are plain, and checking is cheap.
fn is_plain(line: &str) -> bool {
    // Other whitespace starts with one of these bytes.
    let is_odd = |byte: u8| (byte < b' ') | (byte == 0xc2) | (0xe1..=0xe3).contains(&byte);
    line.trim().len() == line.len() && !line.contains("  ") && !line.bytes().fold(false, |any, byte| any | is_odd(byte))
}

/// True if the value of a key can be text. Of a tour's stops, only the notes are translated.
fn is_text(parent: &str, name: &str) -> bool {
    if parent == "stop" { name == "note" } else { !is_among(name, NO_TEXT) }
}

/// Writes the value of the key `parent`. Files of UI messages have no parent, and every key holds text. Values without
/// text leave no trace.
fn write_node(node: &Node, parent: Option<&str>, text: &mut String) {
    match node {
        Node::Scalar(scalar) => {
            let words: Vec<&str> = scalar.as_str().split_whitespace().collect();
            let _ = write!(text, "{:?}", words.join(" "));
        }
        Node::Sequence(items) => {
            text.push('[');
            items.iter().for_each(|item| write_part("", item, parent, text));
            text.push(']');
        }
        Node::Mapping(map) => {
            text.push('{');
            let entries: BTreeMap<&str, &Node> = map.iter().map(|(key, value)| (key.as_str(), value)).collect();
            for (name, value) in entries {
                if parent.is_none_or(|parent| is_text(parent, name)) {
                    write_part(&format!("{name}:"), value, parent.map(|_| name), text);
                }
            }
            text.push('}');
        }
    }
}

fn write_part(before: &str, node: &Node, parent: Option<&str>, text: &mut String) {
    let start = text.len();
    text.push_str(before);
    write_node(node, parent, text);
    match &text[start + before.len()..] {
        "{}" | "[]" => text.truncate(start),
        _ => text.push(','),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KREDS: &str =
        "---\nkode: 1465\nnavn: Fyns Politi\nfrist:\n  ring: 7 # dage\nbeskrivelse: Fyn.\n---\nEt.\nTo.\n\nTre.\n";

    #[test]
    fn changes_of_layout_and_untranslated_values_are_ignored() {
        for same in [
            KREDS.replace('\n', "\r\n"),
            KREDS.replace("Et.\nTo.", "Et. To."),
            KREDS.replace("To.\n\nTre", "To.  \n\n\n\nTre"),
            KREDS.replace("ring: 7 # dage", "ring: 14"),
            KREDS.replace("beskrivelse: Fyn.", "beskrivelse: \"Fyn.\"\n# en note"),
            KREDS.replace("kode: 1465\n", "").replace("---\nEt", "kode: 1466\n---\nEt"),
        ] {
            assert_ne!(same, KREDS);
            assert_eq!(normal(&same, false), normal(KREDS, false), "{same}");
        }
        let words = "# note\nb: To\na: Et\n";
        assert_eq!(normal("a: Et\nb: 'To'\n", true), normal(words, true));
    }

    #[test]
    fn only_the_notes_of_stops_are_text() {
        let tour = |stops: &str| normal(&format!("---\ntitel: Tur\n{stops}---\nKom.\n"), false);
        let stop = "stop:\n  - dato: 2026-12-10\n    by: Odense\n    kommune: Odense\n";
        assert_eq!(tour(stop), tour(""));
        assert_eq!(tour(stop), tour(&stop.replace("-10", "-17")));
        assert_ne!(tour(stop), tour(&format!("{stop}    note: Ved springvandet.\n")));
    }

    #[test]
    fn changes_of_text_are_noticed() {
        for other in [
            KREDS.replace("To.", "Tre."),
            KREDS.replace("To.\n\n", "To.\n"),
            KREDS.replace("Fyn.", "Hele Fyn."),
            KREDS.replace("frist:", "driftsbesked:\n  tekst: Lukket.\nfrist:"),
        ] {
            assert_ne!(normal(&other, false), normal(KREDS, false), "{other}");
        }
        // In a file of UI messages, every key holds text.
        assert_ne!(normal("telefon: Telefon\n", true), normal("telefon: Ring\n", true));
        assert_ne!(normal("Et.\n", false), normal("To.\n", false));
    }
}
