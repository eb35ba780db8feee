//! The normal form of a text for comparison: its words, not the layout of its file.

use crate::source::front_matter;
use marked_yaml::{LoaderOptions, Node, parse_yaml_with_options};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Names in front matter whose values say nothing that could be translated. Any other name counts as text: rather a
/// warning too many than one too few.
const NO_TEXT: [&str; 27] = [
    "aliaser",
    "ansvarlig",
    "felt",
    "fra",
    "frist",
    "frivilligt",
    "gennemgaas_senest",
    "hovedstation",
    "i_stedet",
    "kladde",
    "kode",
    "kun_ved",
    "laengde",
    "lederpostkasse",
    "navn",
    "opbevaring_dage",
    "oversaettes",
    "postkasser",
    "raad",
    "reservepostkasse",
    "rolle",
    "telefon",
    "til",
    "type",
    "udloeber",
    "vises-fra",
    "vises_fra",
];

/// The text without line ends, comments, the order of names, and what is no text.
pub(super) fn normal(text: &str, is_yaml: bool) -> String {
    let (yaml, markdown) = match front_matter::split(text) {
        _ if is_yaml => (text, ""),
        Ok((yaml, body)) => (yaml, &text[body..]),
        Err(_) => ("", text),
    };
    let ignored: &[&str] = if is_yaml { &[] } else { &NO_TEXT };
    let options = LoaderOptions::default().prevent_coercion(true);
    let mut normal = String::new();
    match parse_yaml_with_options(0, yaml, options) {
        Ok(node) => write_node(&node, ignored, &mut normal),
        // An unreadable file is reported when the file is read.
        Err(_) => normal.push_str(yaml.trim()),
    }
    write_paragraphs(markdown, &mut normal);
    normal
}

/// Writes each paragraph on a line: where lines are broken does not matter, but which words stand together does.
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

/// True if nothing but single spaces stands between the words of a line, which is seen at a glance of most.
fn is_plain(line: &str) -> bool {
    // Other white space begins with one of these bytes.
    let is_odd = |byte: u8| (byte < b' ') | (byte == 0xc2) | (0xe1..=0xe3).contains(&byte);
    line.trim().len() == line.len() && !line.contains("  ") && !line.bytes().fold(false, |any, byte| any | is_odd(byte))
}

fn write_node(node: &Node, ignored: &[&str], text: &mut String) {
    match node {
        Node::Scalar(scalar) => {
            let words: Vec<&str> = scalar.as_str().split_whitespace().collect();
            let _ = write!(text, "{:?}", words.join(" "));
        }
        Node::Sequence(items) => {
            text.push('[');
            for item in items.iter() {
                write_node(item, ignored, text);
                text.push(',');
            }
            text.push(']');
        }
        Node::Mapping(map) => {
            text.push('{');
            let entries: BTreeMap<&str, &Node> = map.iter().map(|(key, value)| (key.as_str(), value)).collect();
            for (key, value) in entries.into_iter().filter(|(key, _)| !ignored.contains(key)) {
                let _ = write!(text, "{key}:");
                write_node(value, ignored, text);
                text.push(',');
            }
            text.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KREDS: &str =
        "---\nkode: 1465\nnavn: Fyns Politi\nfrist:\n  ring: 7 # dage\nbeskrivelse: Fyn.\n---\nEt.\nTo.\n\nTre.\n";

    #[test]
    fn layout_and_untranslated_values_are_no_change() {
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
    fn changed_texts_are_a_change() {
        for other in [
            KREDS.replace("To.", "Tre."),
            KREDS.replace("To.\n\n", "To.\n"),
            KREDS.replace("Fyn.", "Hele Fyn."),
            KREDS.replace("frist:", "driftsbesked:\n  tekst: Lukket.\nfrist:"),
        ] {
            assert_ne!(normal(&other, false), normal(KREDS, false), "{other}");
        }
        // In a file of fixed words each name has a text.
        assert_ne!(normal("telefon: Telefon\n", true), normal("telefon: Ring\n", true));
        assert_ne!(normal("Et.\n", false), normal("To.\n", false));
    }
}
