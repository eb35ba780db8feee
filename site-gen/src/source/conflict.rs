//! Finds what git leaves in a file when two people have changed the same lines.

/// The conflicts of a text.
pub(super) struct Conflicts {
    /// The line from 1 on which each begins.
    pub(super) lines: Vec<usize>,
    /// The text with only the first version of each, and as many lines: the rest of the file is judged by it.
    pub(super) text: String,
}

/// The conflicts; none if there is none. Only all three marks in their order are one: `=======` alone is a heading.
pub(super) fn conflicts(text: &str) -> Option<Conflicts> {
    if !text.starts_with("<<<<<<<") && !text.contains("\n<<<<<<<") {
        return None;
    }
    let all: Vec<&str> = text.split_inclusive('\n').collect();
    let is = |mark: char, line: &str| {
        line.strip_prefix(mark.to_string().repeat(7).as_str()).is_some_and(|rest| !rest.starts_with(mark))
    };
    let next = |mark, from: usize| (from..all.len()).find(|place| is(mark, all[*place]));
    let (mut lines, mut kept, mut place) = (Vec::new(), String::with_capacity(text.len()), 0);
    while let Some((begin, between, end)) = next('<', place)
        .and_then(|begin| next('=', begin).map(|between| (begin, between)))
        .and_then(|(begin, between)| Some((begin, between, next('>', between)?)))
    {
        lines.push(begin + 1);
        all[place..begin].iter().for_each(|line| kept.push_str(line));
        kept.push('\n');
        let first = (begin + 1..between).find(|line| is('|', all[*line])).unwrap_or(between);
        all[begin + 1..first].iter().for_each(|line| kept.push_str(line));
        (first..=end).for_each(|_| kept.push('\n'));
        place = end + 1;
    }
    all[place..].iter().for_each(|line| kept.push_str(line));
    (!lines.is_empty()).then_some(Conflicts { lines, text: kept })
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
        for none in
            ["Titel\n=======\n", "<<<<<<< a\n", "<<<<<<< a\n>>>>>>> b\n=======\n", "<<<<<<<<\n=======\n>>>>>>>\n"]
        {
            assert!(conflicts(none).is_none(), "{none}");
        }
    }
}
