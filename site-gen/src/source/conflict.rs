//! Finds what git leaves in a file when two people have changed the same lines.

use memchr::memchr2;

/// The conflicts of a text.
pub(super) struct Conflicts {
    /// The line from 1 on which each begins.
    pub(super) lines: Vec<usize>,
    /// The text with only the first version of each, and as many lines: the rest of the file is judged by it.
    pub(super) text: String,
}

/// The conflicts; none if there is none. All three marks in their order are one, and so is what somebody has left of them:
/// only `=======` alone is a heading.
pub(super) fn conflicts(text: &str) -> Option<Conflicts> {
    let begins = |mark: &str| text.starts_with(mark) || text.contains(&format!("\n{mark}"));
    if memchr2(b'<', b'>', text.as_bytes()).is_none() || (!begins("<<<<<<<") && !begins(">>>>>>>")) {
        return None;
    }
    let all: Vec<&str> = text.split_inclusive('\n').collect();
    let next = |mark, from: usize| (from..all.len()).find(|place| is(mark, all[*place]));
    let (mut lines, mut kept, mut place) = (Vec::new(), String::with_capacity(text.len()), 0);
    while let Some((begin, between, end)) = next('<', place)
        .and_then(|begin| next('=', begin).map(|between| (begin, between)))
        .and_then(|(begin, between)| Some((begin, between, next('>', between)?)))
    {
        keep_but_rests(place, &all[place..begin], &mut lines, &mut kept);
        lines.push(begin + 1);
        kept.push('\n');
        let first = (begin + 1..between).find(|line| is('|', all[*line])).unwrap_or(between);
        keep_but_rests(begin + 1, &all[begin + 1..first], &mut lines, &mut kept);
        (first..=end).for_each(|_| kept.push('\n'));
        place = end + 1;
    }
    keep_but_rests(place, &all[place..], &mut lines, &mut kept);
    (!lines.is_empty()).then_some(Conflicts { lines, text: kept })
}

/// Appends lines, and a line break for each mark that has lost its others.
fn keep_but_rests(number: usize, all: &[&str], lines: &mut Vec<usize>, kept: &mut String) {
    for (number, line) in (number + 1..).zip(all) {
        if is('<', line) || is('>', line) {
            lines.push(number);
            kept.push('\n');
        } else {
            kept.push_str(line);
        }
    }
}

/// True for a line that is a mark: seven such signs, and a name behind them.
fn is(mark: char, line: &str) -> bool {
    let rest = line.strip_prefix(mark.to_string().repeat(7).as_str());
    rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_marks_in_their_order_are_a_conflict() {
        let text = "a\n<<<<<<< HEAD\nb\n||||||| x\no\n=======\nc\n>>>>>>> gren\nd\n";
        let found = conflicts(text).unwrap();
        assert_eq!((found.lines, found.text.as_str()), (vec![2], "a\n\nb\n\n\n\n\n\nd\n"));
        assert_eq!(found.text.lines().count(), text.lines().count());
        for none in ["Titel\n=======\n", "<<<<<<<<\n=======\n>>>>>>>>\n", "a <<<<<<< b\n", "<<<<<<<a\n"] {
            assert!(conflicts(none).is_none(), "{none}");
        }
    }

    #[test]
    fn leftover_marks_of_a_conflict_are_a_conflict() {
        for (text, lines) in [
            ("<<<<<<< a\nb\n", vec![1]),
            ("a\n>>>>>>> b\n", vec![2]),
            ("<<<<<<< a\n>>>>>>> b\n=======\n", vec![1, 2]),
            ("<<<<<<< a\n=======\n>>>>>>> b\nc\n>>>>>>> d\n", vec![1, 5]),
        ] {
            let found = conflicts(text).unwrap();
            assert_eq!(found.lines, lines, "{text}");
            assert_eq!(found.text.lines().count(), text.lines().count());
            assert!(!found.text.contains(['<', '>']));
        }
    }
}
