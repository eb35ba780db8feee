//! Inserts new stops into the tour of a kreds, and leaves all other lines unchanged.

use super::Refused;
use super::suggestion::Suggestion;

/// The template of a tour with one stop.
pub(super) const TOUR: &str = include_str!("tur.md");

/// The template without its stop.
pub(super) fn empty() -> String {
    TOUR.split_once("\nstop:\n").map_or("", |(head, _)| head).to_owned() + "\nstop:\n---\n"
}

/// The lines of a new stop, indented by `indent` instead of two spaces.
fn lines(indent: &str, suggestion: Option<&Suggestion>) -> String {
    let stop = TOUR.split_once("\nstop:\n").and_then(|(_, stop)| stop.split_once("---\n")).map_or("", |(stop, _)| stop);
    let line = |line: &str| {
        let line = line.strip_prefix("  ").unwrap_or(line);
        let text = match suggestion {
            Some(known) if line.trim() == "by:" => format!("  # {}\n{indent}{line} {}", known.reason, known.town),
            Some(known) if line.trim() == "kommune:" => format!("{line} {}", known.kommune),
            _ => line.to_owned(),
        };
        format!("{indent}{text}\n")
    };
    stop.lines().map(line).collect()
}

/// Appends a blank stop, or one for each suggestion, to the tour in `text`, which is the text of the file at `path`.
pub(super) fn with_stops(text: &str, path: &str, suggestions: &[Suggestion]) -> Result<String, Refused> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let refused = |why: &str| Refused::Name(format!("{path} {why} Intet er skrevet. Skriv stoppet ind i filen selv."));
    let end = lines.iter().skip(1).position(|line| line.trim_end() == "---").map(|place| place + 1);
    let end = end.ok_or_else(|| refused("har ingen linje med »---« efter oplysningerne."))?;
    let front = &lines[..end];
    let list = front.iter().position(|line| line.starts_with("stop:"));
    let (place, indent, heading) = match list {
        None => (end, "  ", "stop:\n"),
        Some(list) if is_empty(front[list]) => {
            let items = &front[list + 1..];
            // A line that is neither indented nor an item is the next key.
            let is_next = |line: &&str| line.starts_with(char::is_alphanumeric);
            let length = items.iter().position(is_next).unwrap_or(items.len());
            let last = items[..length].iter().rposition(|line| !line.trim().is_empty() && !line.starts_with('#'));
            let first = items[..length].iter().find(|line| line.trim_start().starts_with("- "));
            let indent = first.map_or("  ", |line| &line[..line.len() - line.trim_start().len()]);
            (list + 1 + last.map_or(0, |last| last + 1), indent, "")
        }
        Some(_) => return Err(refused("har stoppene på én linje.")),
    };
    let stops = match suggestions {
        [] => self::lines(indent, None),
        some => some.iter().map(|suggestion| self::lines(indent, Some(suggestion))).collect(),
    };
    let new = format!("{heading}{stops}");
    let new = if text.contains("\r\n") { new.replace('\n', "\r\n") } else { new };
    Ok([&lines[..place].concat(), &new, &lines[place..].concat()].map(String::as_str).concat())
}

/// Returns true if only a comment follows the key.
fn is_empty(line: &str) -> bool {
    line.trim_start_matches("stop:").split('#').next().is_some_and(|rest| rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(indent: &str) -> String {
        super::lines(indent, None)
    }

    fn with_stop(text: &str, path: &str) -> Result<String, Refused> {
        with_stops(text, path, &[])
    }

    #[test]
    fn a_suggested_stop_has_town_kommune_and_reason_but_no_date() {
        let of = |town: &str| Suggestion {
            town: town.to_owned(),
            kommune: "Favrskov".to_owned(),
            reason: "7 har bedt om et besøg. Byen står ikke på turen.".to_owned(),
        };
        let tour = with_stops(&empty(), "tur.md", &[of("Hadsten"), of("Hinnerup")]).unwrap();
        let town = "    # 7 har bedt om et besøg. Byen står ikke på turen.\n    by: Hadsten\n";
        assert!(tour.contains(town) && tour.contains("    by: Hinnerup\n"), "{tour}");
        assert_eq!((tour.matches("    kommune: Favrskov\n").count(), tour.matches("  - dato:\n").count()), (2, 2));
        assert_eq!(with_stops(&empty(), "tur.md", &[]).unwrap(), TOUR.trim_end().to_owned() + "\n");
    }

    #[test]
    fn a_new_stop_goes_after_the_last_and_all_other_lines_stay() {
        for (before, after) in [
            ("---\ntitel: A\nstop:\n", "beskrivelse: B\n---\nTekst\n"),
            ("---\nstop:   # alle\n  - dato: 2026-12-05\n    by: Hadsten\n", "---\n"),
            ("---\nstop:\n  - dato: 2026-12-05\n", "\n# note\ntitel: A\n---\n---\n"),
            ("---\r\nstop:\r\n  - dato: 2026-12-05\r\n", "---\r\nTekst"),
        ] {
            let new = if before.contains('\r') { lines("  ").replace('\n', "\r\n") } else { lines("  ") };
            assert_eq!(with_stop(&format!("{before}{after}"), "tur.md").unwrap(), format!("{before}{new}{after}"));
        }
        let flush = "---\nstop:\n- dato: 2026-12-05\n  by: Hadsten\n";
        assert_eq!(with_stop(&format!("{flush}---\n"), "tur.md").unwrap(), format!("{flush}{}---\n", lines("")));
        let none = "---\ntitel: A\n";
        assert_eq!(with_stop(&format!("{none}---\n"), "tur.md").unwrap(), format!("{none}stop:\n{}---\n", lines("  ")));
    }

    #[test]
    fn a_tour_that_cannot_be_edited_safely_is_left_unchanged() {
        for text in ["", "---\ntitel: A\n", "---\nstop: []\n---\n", "---\nstop: [{by: Hadsten}]\n---\n"] {
            assert!(with_stop(text, "tur.md").is_err(), "{text}");
        }
    }
}
