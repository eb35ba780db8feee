//! Finds the conflict markers that git leaves in a file.

use memchr::memchr2;

/// The conflicts of a text.
pub(super) struct Conflicts {
    /// The first line of each, from 1.
    pub(super) lines: Vec<usize>,
    /// The text with only the first version of each, with all lines kept, so that the rest can be checked.
    pub(super) text: String,
}

/// Finds the conflicts. `None` if there are none. Besides the three markers in order, leftover markers count, except
/// `=======`, which is also a heading.
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

/// Appends lines, and an empty line for each leftover marker.
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

/// True for a marker line: seven of the character, and possibly a name.
fn is(mark: char, line: &str) -> bool {
    let rest = line.strip_prefix(mark.to_string().repeat(7).as_str());
    rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_markers_in_order_are_a_conflict() {
        let text = "a\n<<<<<<< HEAD\nb\n||||||| x\no\n=======\nc\n>>>>>>> gren\nd\n";
        let found = conflicts(text).unwrap();
        assert_eq!((found.lines, found.text.as_str()), (vec![2], "a\n\nb\n\n\n\n\n\nd\n"));
        assert_eq!(found.text.lines().count(), text.lines().count());
        for none in ["Titel\n=======\n", "<<<<<<<<\n=======\n>>>>>>>>\n", "a <<<<<<< b\n", "<<<<<<<a\n"] {
            assert!(conflicts(none).is_none(), "{none}");
        }
    }

    #[test]
    fn leftover_markers_are_a_conflict() {
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
