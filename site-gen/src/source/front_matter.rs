//! Splits a content file into the YAML between its `---` lines and the Markdown below them.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::diagnostics::lines::lines;
use crate::source::map::Map;
use crate::source::yaml;
use marked_yaml::Node;
use memchr::memchr_iter;

/// The two parts of a content file.
pub(crate) struct FrontMatter<'a> {
    /// `None` if the YAML cannot be read, which has been reported.
    node: Option<Node>,
    /// The byte offset of the Markdown.
    pub(crate) body: usize,
    reporter: Reporter<'a>,
}

impl<'a> FrontMatter<'a> {
    /// Splits the file. Missing front matter is reported, and everything that does not look like it is Markdown.
    pub(crate) fn of(reporter: Reporter<'a>) -> Self {
        match split(reporter.text) {
            Ok((yaml, body)) => {
                report_switches(reporter, body);
                Self { node: yaml::load(yaml, reporter), body, reporter }
            }
            Err((at, code, message)) => {
                reporter.at_byte(at, code, message);
                Self { node: None, body: at + likely_body(&reporter.text[at..]), reporter }
            }
        }
    }

    /// Reads the front matter; keys that `reading` does not ask for are reported as unknown.
    pub(crate) fn read<T>(&self, reading: impl FnOnce(&Map<'_>) -> T) -> T {
        Map::read(self.node.as_ref().and_then(Node::as_mapping), self.reporter, reading)
    }

    /// The YAML, if it could be read.
    pub(crate) const fn node(&self) -> Option<&Node> {
        self.node.as_ref()
    }

    /// The Markdown below the front matter.
    pub(crate) fn markdown(&self) -> &'a str {
        self.reporter.text.get(self.body..).unwrap_or_default()
    }

    /// Returns true if the YAML could be read.
    pub(crate) fn is_readable(&self) -> bool {
        self.node.is_some()
    }
}

/// Reports a publication switch below the front matter, where citizens would read it instead.
fn report_switches(reporter: Reporter<'_>, body: usize) {
    for (at, line) in lines(&reporter.text[body..]) {
        if let Some(key) = yaml::switch(line.trim()) {
            let advice = "Flyt den op mellem de to streger.";
            let message =
                format!("»{key}« virker kun over den nederste streg. Her bliver linjen vist som tekst. {advice}");
            reporter.at_byte(body + at, DiagnosticCode::UnreadableLine, message);
        }
        if let Some(mark) = draft_mark(line) {
            let advice = "Er siden ikke færdig, så skriv »kladde: ja« øverst. Ellers slet ordet.";
            let message = format!("»{mark}« bliver vist for borgerne. {advice}");
            reporter.at_byte(body + at, DiagnosticCode::UnreadableLine, message);
        }
    }
}

/// Words that mark the start of an unfinished text.
const DRAFT_MARKS: [&str; 7] = ["KLADDE", "UDKAST", "DRAFT", "TODO", "FIXME", "XXX", "Lorem ipsum"];

/// The mark at the start of a line, after any punctuation, or a gap to fill in: `[indsæt navn]`.
fn draft_mark(line: &str) -> Option<&'static str> {
    let words = line.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let is_whole = |rest: &str| !rest.starts_with(|sign: char| sign.is_alphanumeric() || sign == '-');
    let first = words.bytes().next();
    let begins = |mark: &&str| mark.bytes().next() == first && words.strip_prefix(mark).is_some_and(is_whole);
    let is_gap = |at: usize| {
        let word = line[at + 1..].chars().flat_map(char::to_lowercase).take("indsæt".chars().count());
        word.eq("indsæt".chars())
    };
    DRAFT_MARKS.into_iter().find(begins).or_else(|| memchr_iter(b'[', line.as_bytes()).any(is_gap).then_some("[indsæt"))
}

/// The byte where the text probably begins in a file that lacks one of its `---` lines: after the lines that look like
/// front matter, so that they are not reported again as text.
fn likely_body(text: &str) -> usize {
    let (mut body, mut in_value) = (0, false);
    for (at, line) in lines(text) {
        let (bare, is_mark) = (line.trim_end(), line.trim_end() == "---");
        // The lines below a key are its value.
        in_value = is_key(bare) || in_value && bare.starts_with([' ', '-', '#']);
        if is_mark || in_value {
            body = at + line.len();
        } else if !bare.is_empty() && !bare.starts_with([' ', '-', '#']) {
            break;
        }
    }
    body
}

/// Returns true if a line looks like front matter: `titel: Privatliv`.
fn is_key(line: &str) -> bool {
    let name = line.find(|sign: char| !sign.is_ascii_lowercase() && !sign.is_ascii_digit() && sign != '_');
    name.is_some_and(|name| name > 0 && line[name..].starts_with(':'))
}

/// Returns the YAML with its first `---`, which YAML allows and which preserves line numbers, and the offset of the
/// Markdown; or the offset of the mistake, and advice.
pub(crate) fn split(text: &str) -> Result<(&str, usize), (usize, DiagnosticCode, &'static str)> {
    for (at, line) in lines(text) {
        let is_line = line.trim_end() == "---";
        if at == 0 && !is_line {
            let mut later = text.match_indices("\n---\n").map(|(at, _)| at + 1);
            if let Some(at) = later.find(|at| is_key(&text[at + "---\n".len()..])) {
                let advice = "»---« skal stå på filens første linje. Slet det, der står over den, også tomme linjer.";
                return Err((at, DiagnosticCode::FrontMatter, advice));
            }
            let advice = "Filen skal begynde med en linje med »---« og derefter titel og andre oplysninger. Sæt »---« på \
                          første linje og igen efter oplysningerne.";
            return Err((0, DiagnosticCode::FrontMatter, advice));
        }
        if at > 0 && is_line {
            return Ok((&text[..at], at + line.len()));
        }
    }
    Err(if text.is_empty() {
        let advice = "Filen er tom. Skriv »---«, oplysningerne, »---« og derefter teksten, eller slet filen.";
        (0, DiagnosticCode::EmptyFile, advice)
    } else {
        let advice = "Der mangler en linje med »---« efter oplysningerne øverst. Sæt den ind, før teksten begynder.";
        (0, DiagnosticCode::FrontMatter, advice)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::diagnostic::Diagnostics;

    #[test]
    fn front_matter_and_markdown_are_split() {
        assert_eq!(split("---\na: b\n--- \ntekst\n---\n"), Ok(("---\na: b\n", 14)));
        assert_eq!(split("---\n---"), Ok(("---\n", 7)));
    }

    #[test]
    fn a_switch_below_the_front_matter_is_reported() {
        let reported = |body: &str| {
            let text = format!("---\na: b\n---\n{body}");
            let diagnostics = Diagnostics::default();
            FrontMatter::of(Reporter::new("a.md", &text, &diagnostics));
            diagnostics.into_sorted().iter().map(|one| one.line.unwrap_or(0)).collect::<Vec<_>>()
        };
        assert_eq!(reported("kladde: ja\nTekst\n\nfra: 2026-12-01\nKladde = ja\n"), [4, 7, 8]);
        assert_eq!(
            reported(
                "UDKAST: må ikke deles\nTekst\n\n**TODO** mere\n- [KLADDE]\n## Lorem ipsum dolor\nRing [Indsæt nr.] [indsats]\n"
            ),
            [4, 7, 8, 9, 10]
        );
        assert_eq!(reported("Et UDKAST\nUdkast til en lov\nTODO-listen\nXXXL\n"), [0; 0]);
        assert_eq!(
            reported("fra: mandag\ntil: alle\nKladde\nkladden: ja\n- kladde: nej, ikke mere\nlukket: søndag\n"),
            [0; 0]
        );
    }

    #[test]
    fn lines_that_look_like_front_matter_are_not_text() {
        for (text, body) in [
            ("titel: a\n---\nTekst\n", "Tekst\n"),
            ("a: b\n---\ntitel: a\n---\nTekst\n", "Tekst\n"),
            ("---\ntitel: a\nbund:\n  - b\n- c\n\n- Tekst\n", "\n- Tekst\n"),
            ("\n---\na: b\n---\nTekst: her\n", "Tekst: her\n"),
            ("Tekst\na: b\n", "Tekst\na: b\n"),
            ("## Tekst\n\na: b\nTekst", "Tekst"),
            ("", ""),
        ] {
            assert_eq!(&text[likely_body(text)..], body, "{text}");
        }
    }

    #[test]
    fn a_file_without_both_lines_is_rejected() {
        for text in ["", "tekst", "\n---\na: b\n---\n", "---\na: b\n", "----\n---\n"] {
            assert!(split(text).is_err(), "{text}");
        }
    }
}
