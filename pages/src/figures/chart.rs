//! A bar chart, drawn from the table beside it.

use serde::Serialize;

/// The chart, in the units of its SVG view box.
#[derive(Serialize)]
pub(super) struct Chart {
    height: u32,
    bars: Vec<Bar>,
}

#[derive(Serialize)]
struct Bar {
    label: String,
    /// Vertical positions of the label and of the bar.
    text_y: u32,
    y: u32,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    kind: usize,
    x: u32,
    width: u32,
}

/// The width of the longest bar, in units of the view box.
const WIDTH: u32 = 298;
/// The height of a bar with its label.
const ROW: u32 = 36;
/// The kind of the part that shows hidden numbers.
const HIDDEN: usize = 4;

impl Chart {
    /// Draws bars of label, parts and total. The difference between the total and the parts is hidden numbers.
    pub(super) fn new(bars: impl Iterator<Item = (String, Vec<u32>, u32)>) -> Self {
        let bars: Vec<_> = bars.collect();
        let longest = bars.iter().map(|(_, _, all)| *all).max().unwrap_or(0).max(1);
        let scaled = |number: u32| {
            let width = u64::from(number) * u64::from(WIDTH) / u64::from(longest);
            u32::try_from(width).unwrap_or(WIDTH).min(WIDTH)
        };
        let bar = |(place, (label, parts, all)): (u32, (String, Vec<u32>, u32))| {
            let rest = all.saturating_sub(parts.iter().sum());
            let kinds = parts.into_iter().enumerate().chain([(HIDDEN, rest)]);
            let mut until = 0;
            let part = |(kind, number): (usize, u32)| {
                let x = scaled(until);
                until += number;
                Part { kind, x: x + 1, width: scaled(until).saturating_sub(x) }
            };
            let parts = kinds.map(part).filter(|part| part.width > 0).collect();
            Bar { label, text_y: place * ROW + 13, y: place * ROW + 18, parts }
        };
        let bars: Vec<Bar> = (0..).zip(bars).map(bar).collect();
        Self { height: u32::try_from(bars.len()).unwrap_or(1) * ROW, bars }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_bar_follow_each_other_and_end_with_the_hidden_part() {
        let chart = Chart::new([("a".to_owned(), vec![10, 0, 5], 20), ("b".to_owned(), vec![0], 0)].into_iter());
        let parts: Vec<_> = chart.bars[0].parts.iter().map(|part| (part.kind, part.x, part.width)).collect();
        assert_eq!(parts, [(0, 1, 149), (2, 150, 74), (4, 224, 75)]);
        assert!(chart.bars[1].parts.is_empty() && chart.height == 72);
    }
}
