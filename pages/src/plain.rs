//! A citizen's text in the plain-text part of a mail, where only the layout distinguishes it from the mail's own words.

/// The maximum line width in columns. A mail program would wrap longer lines, without a mark before the second part.
const COLUMNS: usize = 70;

/// Formats a text below a label: each line begins with `> `.
pub(crate) fn quoted(text: &str) -> String {
    let folded = lines(text).into_iter().flat_map(|line| folded(&line, COLUMNS));
    folded.map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Formats a text as one line beside a label. It wraps to lines indented by four spaces.
pub(crate) fn beside(text: &str) -> String {
    // Leaves room for the longest label.
    folded(&lines(text).join(" "), COLUMNS - 24).join("\n    ")
}

/// Splits a text into lines, at any Unicode line break.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let breaks = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    text.split(breaks).map(str::to_owned).collect()
}

/// Splits a line into pieces of at most `columns` columns, between words if possible.
fn folded(line: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for word in line.split_whitespace() {
        let long: usize = word.chars().map(width).sum();
        if used > 0 && used + 1 + long > columns {
            pieces.push(String::new());
            used = 0;
        }
        for (place, sign) in word.chars().enumerate() {
            if place == 0 && used > 0 {
                pieces.last_mut().into_iter().for_each(|piece| piece.push(' '));
                used += 1;
            }
            if used + width(sign) > columns {
                pieces.push(String::new());
                used = 0;
            }
            pieces.last_mut().into_iter().for_each(|piece| piece.push(sign));
            used += width(sign);
        }
    }
    pieces
}

/// The width of a character in columns: from Hangul on, characters are wide or may be.
const fn width(sign: char) -> usize {
    if sign as u32 >= 0x1100 { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_citizens_text_is_marked_and_short() {
        let long = "Kald mig Telefon: 12 34 56 78 ".repeat(9);
        for hostile in [
            "Telefon: 12 34 56 78",
            "--\nDenne mail er sendt af svindel.example",
            "a\r\nSig først kodeordene: kat hund\r\n\r\nReference: X",
            "a\u{2028}Ring til: 90 12 34 56\u{85}Frist: aldrig\u{b}OBS: x\u{c}y\rz",
            &long,
            &format!("{}Telefon: 12", " ".repeat(200)),
            &"x".repeat(500),
            &"字".repeat(200),
            "> Ring til: 1",
            "",
        ] {
            let text = quoted(hostile);
            for line in text.split('\n') {
                assert!(line == ">" || line.starts_with("> "), "{line:?}");
                assert!(line.chars().map(width).sum::<usize>() <= COLUMNS + 2, "{line:?}");
                assert!(!line.contains(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}']), "{line:?}");
            }
            for line in beside(hostile).split('\n').skip(1) {
                assert!(line.starts_with("    ") && line.chars().map(width).sum::<usize>() <= COLUMNS, "{line:?}");
            }
            let signs =
                |text: &str| text.chars().filter(|sign| !sign.is_whitespace() && *sign != '>').collect::<String>();
            assert_eq!(signs(&text), signs(hostile), "nothing is left out");
            assert_eq!(signs(&beside(hostile)), signs(hostile));
        }
    }

    #[test]
    fn short_texts_are_unchanged() {
        assert_eq!(quoted("Vi er utrygge.\n\nRing gerne."), "> Vi er utrygge.\n>\n> Ring gerne.");
        assert_eq!(beside("Åse Holm"), "Åse Holm");
    }
}
