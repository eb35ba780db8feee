//! Numbers with mixed separators, from haste and line breaks, as opposed to times, dates and ranges.

use super::groups::{LISTED, ODD, Run, STOP, is_loose};
use super::signs::BLOCK;
use super::{begins_danish, context, is_year, is_years};

/// The length in groups of a Danish number of eight digits that starts with this group.
pub(super) fn groups(run: &Run<'_>, first: usize) -> Option<usize> {
    let is_begin = begins_danish(run.group(first)?);
    let mut digits = 0;
    let mut sizes = Vec::new();
    while digits < 8 {
        let size = run.group(first + sizes.len())?.len();
        digits += size;
        sizes.push(size);
    }
    let count = sizes.len();
    // A space separates groups of different sizes; `outside` is the group beyond it.
    let is_apart = |place: usize, size: usize, outside: Option<&str>| match run.separator(place) {
        separator if is_loose(separator) => true,
        Some(' ') => outside.is_none_or(|group| group.len() != size),
        _ => false,
    };
    let before = first.checked_sub(1).and_then(|place| run.group(place));
    let (end, last) = (first + count, sizes[count - 1]);
    let is_whole = is_apart(first, sizes[0], before) && is_apart(end, last, run.group(end));
    if !is_begin || digits != 8 || !is_whole {
        return None;
    }
    let is_number = if sizes == [2, 2, 2, 2] { pairs(run, first) } else { other(run, first, &sizes) };
    is_number.then_some(count)
}

/// Decides about four groups of two digits.
fn pairs(run: &Run<'_>, first: usize) -> bool {
    let value = |index: usize| run.group(first + index).and_then(|group| group.parse::<u32>().ok()).unwrap_or(0);
    let sign = |index: usize| run.separator(first + index).unwrap_or(' ');
    let values = [0, 1, 2, 3].map(value);
    let signs = [sign(1), sign(2), sign(3)];
    let is_ascending = values.is_sorted();
    // Two values that form a time, a date or a range with the separator between them.
    let is_pair = |index: usize, sign: char| {
        let (one, other) = (values[index], values[index + 1]);
        match sign {
            '.' => (one <= 24 && other < 60) || (one <= 31 && other <= 12),
            '/' | STOP => one <= 31 && other <= 12,
            '-' => one < other,
            _ => false,
        }
    };
    let is_date = signs[0] == signs[1] && signs[0] != ' ' && values[0] <= 31 && values[1] <= 12;
    let is_called = || context::is_called(run.before(first));
    match signs {
        _ if signs.contains(&ODD) => is_called(),
        [',', ',', ','] => !is_ascending || is_called(),
        [BLOCK, BLOCK, BLOCK] => !is_ascending,
        [LISTED, LISTED, LISTED] => !is_ascending && is_called(),
        [' ', _, ' '] => true,
        [one, _, other] if one == other => one != LISTED && !(is_pair(0, one) && is_pair(2, other)),
        _ if signs.contains(&LISTED) => is_called() && !is_ascending,
        [one, ' ', ' '] => !is_pair(0, one) || is_called(),
        _ => !is_date && !is_pair(0, signs[0]),
    }
}

/// Decides about groups of other sizes, which are a number if the words before say so.
fn other(run: &Run<'_>, first: usize, sizes: &[usize]) -> bool {
    let (text, indices) = (run.text(first..first + sizes.len()), first + 1..first + sizes.len());
    let is_date = match sizes {
        [4, 2, 2] => is_year(&text),
        [2, 2, 4] => is_year(&text[4..]),
        [4, 4] => is_years(&text),
        _ => sizes.contains(&1) || text.ends_with("000"),
    };
    if is_date || sizes.len() < 2 {
        return false;
    }
    let is_dashed = |mut indices: std::ops::Range<usize>| indices.all(|index| run.separator(index) == Some('-'));
    let is_split = sizes == [4, 4] && text[..4] > text[4..] && is_dashed(indices.clone());
    let is_spaced = || is_dashed(indices.clone()) || indices.clone().all(|index| run.separator(index) == Some(' '));
    let is_split = is_split || (sizes.len() == 3 && sizes.iter().all(|size| [2, 4].contains(size)) && is_spaced());
    is_split || context::is_called(run.before(first))
}

/// The length in groups of a short number written in parts: `1 1 4`, `1-1-4`, `11 4`, `18 13`.
pub(super) fn short(run: &Run<'_>, first: usize) -> Option<usize> {
    let sizes: Vec<usize> =
        (first..run.len().min(first + 3)).map_while(|index| run.group(index)).map(str::len).collect();
    let count = match sizes.as_slice() {
        [1, 1, 1] => 3,
        [2, 1, ..] | [1, 2, ..] => 2,
        [2, 2, ..] if run.group(first) == Some("18") && context::is_dialled(run.before(first)) => 2,
        _ => return None,
    };
    let sign = run.separator(first + 1)?;
    let is_one = (first + 2..first + count).all(|index| run.separator(index) == Some(sign));
    let fits = if count == 3 { " -./,".contains(sign) || sign == BLOCK } else { sign == ' ' || sign == BLOCK };
    let is_apart = |index: usize| matches!(run.separator(index), None | Some(LISTED | STOP));
    let is_alone = is_apart(first) && is_apart(first + count);
    let digits = run.text(first..first + count);
    (is_one && fits && is_alone && (digits.starts_with("11") || digits.len() == 4)).then_some(count)
}
