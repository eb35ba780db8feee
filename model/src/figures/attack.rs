//! An attack on two years of published figures: a reader adds and subtracts everything and deduces what must be so.

use super::tests::{KREDSE, MONTHS, reasons, truth, years};
use super::*;
use std::collections::BTreeSet;

/// The prime modulo which rows are subtracted, so that nothing is rounded.
const PRIME: i128 = (1 << 61) - 1;

/// An equation that a reader knows: hidden numbers, each with its factor, and their sum.
type Row = (BTreeMap<usize, i128>, i128);

/// The rules by which figures are published.
#[derive(Clone, Copy, PartialEq)]
enum Rules {
    All,
    /// Only numbers under five are hidden, and sums include everything.
    OnlySmall,
    /// Parts are hidden by the rules, but sums include everything.
    NotInSums,
}

/// The sums that a reader has besides the parts of each month.
#[derive(Clone, Copy, PartialEq)]
enum Sums {
    None,
    Country,
    SoFar,
    Both,
}

/// Two years of figures of twelve kredse, and which of them are shown.
struct Tables {
    measures: Vec<Measure>,
    truth: Vec<i128>,
    shown: Vec<bool>,
    rules: Rules,
}

impl Tables {
    fn new(years: &[Counts], rules: Rules) -> Self {
        let linear = Measure::FIXED.into_iter().filter(|of| !matches!(of, Measure::MedianDays | Measure::Started));
        let measures: Vec<_> = linear.chain(reasons().into_iter().map(Measure::Closed)).collect();
        let (mut true_numbers, mut shown) = (Vec::new(), Vec::new());
        for counts in years {
            let figures = counts.published(&reasons());
            for measure in &measures {
                let number = truth(counts, measure);
                true_numbers.push(i128::from(number));
                shown.push(match rules {
                    Rules::OnlySmall => number >= LEAST,
                    Rules::All | Rules::NotInSums => figures.get(measure).copied().flatten().is_some(),
                });
            }
        }
        Self { measures, truth: true_numbers, shown, rules }
    }

    fn cell(&self, month: usize, kreds: usize, measure: usize) -> usize {
        (month * KREDSE + kreds) * self.measures.len() + measure
    }

    /// A published sum, as far as it tells something about hidden numbers.
    fn sum(&self, cells: impl Iterator<Item = usize>) -> Row {
        let hidden: Vec<usize> = cells.filter(|cell| self.rules != Rules::All && !self.shown[*cell]).collect();
        (hidden.iter().map(|cell| (*cell, 1)).collect(), hidden.iter().map(|cell| self.truth[*cell]).sum())
    }

    /// The splits of a kreds's month, each of which adds up to everything received.
    fn splits(&self, month: usize, kreds: usize) -> impl Iterator<Item = Row> {
        let closed = reasons().into_iter().map(Measure::Closed).chain([Measure::ClosedOtherwise, Measure::NotClosed]);
        let moved = vec![Measure::Forwarded, Measure::NotForwarded];
        let splits = [Call::ALL.map(Measure::Call).to_vec(), moved, closed.collect()];
        splits.into_iter().map(move |split| {
            let parts = split.into_iter().map(|part| (part, 1)).chain([(Measure::Received, -1)]);
            let (mut row, mut sum) = (BTreeMap::new(), 0);
            for (part, times) in parts {
                let measure = self.measures.iter().position(|measure| *measure == part).unwrap();
                let cell = self.cell(month, kreds, measure);
                if self.shown[cell] {
                    sum -= times * self.truth[cell];
                } else {
                    row.insert(cell, times);
                }
            }
            (row, sum)
        })
    }

    /// Everything that a reader of the figures of all months knows.
    fn known(&self, sums: Sums) -> Vec<Row> {
        let (mut known, measures) = (Vec::new(), self.measures.len());
        for (month, kreds) in (0..MONTHS).flat_map(|month| (0..KREDSE).map(move |kreds| (month, kreds))) {
            known.extend(self.splits(month, kreds));
        }
        for (month, measure) in (0..MONTHS).flat_map(|month| (0..measures).map(move |measure| (month, measure))) {
            if matches!(sums, Sums::Country | Sums::Both) {
                known.push(self.sum((0..KREDSE).map(|kreds| self.cell(month, kreds, measure))));
            }
            // The table of a month has the sums of all months so far. The difference between any two tables is a sum of
            // differences between adjacent ones, so these rows are complete.
            for kreds in (0..KREDSE).filter(|_| matches!(sums, Sums::SoFar | Sums::Both)) {
                let so_far = |month: usize| self.sum((0..month).map(|month| self.cell(month, kreds, measure)));
                let ((mut later, number), (earlier, before)) = (so_far(month + 1), so_far(month));
                later.retain(|cell, _| !earlier.contains_key(cell));
                known.push((later, number - before));
            }
        }
        known.retain(|(row, _)| !row.is_empty());
        known
    }

    /// The lower and upper bound of a hidden number.
    fn bounds(&self, cell: usize) -> (i128, i128) {
        let received = cell - cell % self.measures.len();
        let is_small = self.rules == Rules::OnlySmall || !self.shown[received];
        (0, if is_small { i128::from(LEAST) - 1 } else { self.truth[received] })
    }

    /// Returns the number of hidden cells, and how many of them a reader recovers.
    fn recovered(&self, sums: Sums) -> (usize, usize) {
        assert_eq!(self.measures[0], Measure::Received);
        let known = self.known(sums);
        let hidden = (0..self.truth.len()).filter(|cell| !self.shown[*cell]);
        let mut bounds: BTreeMap<usize, (i128, i128)> = hidden.map(|cell| (cell, self.bounds(cell))).collect();
        loop {
            let before = bounds.clone();
            known.iter().for_each(|row| narrow(row, &mut bounds));
            for rows in together(&known, &bounds) {
                bounds.extend(solved(rows).into_iter().map(|(cell, number)| (cell, (number, number))));
            }
            if bounds == before {
                break;
            }
        }
        let found = bounds.iter().filter(|(_, (least, most))| least == most);
        let recovered = found.inspect(|(cell, (number, _))| assert_eq!(*number, self.truth[**cell])).count();
        (bounds.len(), recovered)
    }
}

/// Narrows the bounds of each number in a row by the extremes of the others.
fn narrow((row, sum): &Row, bounds: &mut BTreeMap<usize, (i128, i128)>) {
    let ends = |bounds: &BTreeMap<usize, (i128, i128)>, cell: &usize, times: i128| {
        let (least, most) = bounds[cell];
        if times > 0 { (least, most) } else { (-most, -least) }
    };
    for (cell, times) in row {
        let others = row.iter().filter(|(other, _)| *other != cell).map(|(other, times)| ends(bounds, other, *times));
        let (least, most) = others.fold((0, 0), |sum, end| (sum.0 + end.0, sum.1 + end.1));
        let (least, most) = if *times > 0 { (sum - most, sum - least) } else { (least - sum, most - sum) };
        let own = bounds.entry(*cell).or_default();
        *own = (own.0.max(least), own.1.min(most));
    }
}

/// Removes known numbers from the rows, and groups the rows that share a number.
fn together(known: &[Row], bounds: &BTreeMap<usize, (i128, i128)>) -> Vec<Vec<Row>> {
    let mut groups: Vec<(BTreeSet<usize>, Vec<Row>)> = Vec::new();
    for (row, sum) in known {
        let (mut row, mut sum) = (row.clone(), *sum);
        row.retain(|cell, times| {
            let (least, most) = bounds[cell];
            sum -= if least == most { *times * least } else { 0 };
            least != most
        });
        let (mut cells, mut rows) = (row.keys().copied().collect::<BTreeSet<_>>(), vec![(row, sum)]);
        groups.retain_mut(|group| {
            let is_other = group.0.is_disjoint(&cells);
            if !is_other {
                cells.append(&mut group.0);
                rows.append(&mut group.1);
            }
            is_other
        });
        groups.push((cells, rows));
    }
    groups.into_iter().map(|(_, rows)| rows).collect()
}

/// Returns the numbers that the rows alone determine, over all their sums and differences.
fn solved(mut rows: Vec<Row>) -> Vec<(usize, i128)> {
    let mut done: Vec<(usize, Row)> = Vec::new();
    let subtract = |from: &mut Row, lead: usize, row: &Row| {
        let Some(times) = from.0.get(&lead).copied() else { return };
        for (cell, value) in &row.0 {
            let left = from.0.entry(*cell).or_default();
            *left = (*left - times * value).rem_euclid(PRIME);
        }
        from.0.retain(|_, value| *value != 0);
        from.1 = (from.1 - times * row.1).rem_euclid(PRIME);
    };
    while let Some(mut row) = rows.pop() {
        row.0.values_mut().for_each(|value| *value = value.rem_euclid(PRIME));
        row.1 = row.1.rem_euclid(PRIME);
        done.iter().for_each(|(lead, other)| subtract(&mut row, *lead, other));
        let Some((&lead, &first)) = row.0.first_key_value() else { continue };
        let inverse = power(first, PRIME - 2);
        row.0.values_mut().for_each(|value| *value = *value * inverse % PRIME);
        row.1 = row.1 * inverse % PRIME;
        done.iter_mut().for_each(|(_, other)| subtract(other, lead, &row));
        done.push((lead, row));
    }
    done.into_iter().filter(|(_, (row, _))| row.len() == 1).map(|(lead, (_, number))| (lead, number)).collect()
}

fn power(base: i128, exponent: i128) -> i128 {
    let half = if exponent == 0 { return 1 } else { power(base * base % PRIME, exponent / 2) };
    if exponent % 2 == 0 { half } else { half * base % PRIME }
}

#[test]
fn a_reader_of_two_years_recovers_no_hidden_number_unless_a_rule_is_removed() {
    for seed in 1..=3 {
        let years = years(seed);
        let recovered = |rules, sums| Tables::new(&years, rules).recovered(sums);
        for sums in [Sums::None, Sums::Country, Sums::SoFar, Sums::Both] {
            let (hidden, found) = recovered(Rules::All, sums);
            println!("{hidden} hidden, {found} recovered");
            assert!(hidden > 1_000 && found == 0, "{seed}: {found} of {hidden}");
            let (hidden, found) = recovered(Rules::OnlySmall, sums);
            println!("only small numbers hidden: {found} of {hidden} recovered");
            assert!(found > 100, "{seed}: {found} of {hidden}");
        }
        for sums in [Sums::Country, Sums::SoFar] {
            let (hidden, found) = recovered(Rules::NotInSums, sums);
            println!("true sums: {found} of {hidden} recovered");
            assert!(found > 0, "{seed}: {found} of {hidden}");
        }
    }
}
