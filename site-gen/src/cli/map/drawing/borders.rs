//! Simplifies all outlines together, so that kredse that have a border in common still have after it.

use super::simplify::{Exact, simplify};
use super::{Point, edges, size};
use crate::cli::map::outlines::{Outline, Position};
use std::collections::{BTreeMap, BTreeSet};

/// A corner whose triangle with its neighbours is smaller than this is left out; in units of the drawing, squared.
const LEAST_CORNER: f64 = 10.0;

/// Islands smaller than this are left out.
const LEAST_ISLAND: f64 = 20.0;

/// The rings of each outline on the drawing's grid.
///
/// Rings are cut where more than two lines meet. Each piece is then simplified once, in the same direction for all the
/// rings that have it: two kredse get the very same border, with no gap between them.
pub(super) fn simplified(outlines: &[Outline], project: impl Fn(Position) -> Exact) -> Vec<Vec<Vec<Point>>> {
    let junctions = junctions(outlines);
    let ring = |ring: &Vec<Position>| {
        let exact: Vec<Point> = ring.iter().map(|place| rounded(project(*place))).collect();
        let mut points: Vec<Point> = Vec::new();
        for line in pieces(ring, &junctions) {
            points.extend(along(&line, &project).into_iter().map(rounded));
            // The next line begins where this one ends.
            points.pop();
        }
        points.dedup();
        while points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        (size(&exact) >= LEAST_ISLAND && points.len() > 2).then_some(points)
    };
    outlines.iter().map(|outline| outline.iter().filter_map(ring).collect()).collect()
}

/// The places where more than two lines meet: what lies between two of them belongs to the same kredse all the way.
fn junctions(outlines: &[Outline]) -> BTreeSet<Position> {
    let mut neighbours: BTreeMap<Position, BTreeSet<Position>> = BTreeMap::new();
    for ring in outlines.iter().flatten() {
        for (one, other) in edges(ring) {
            neighbours.entry(one).or_default().insert(other);
            neighbours.entry(other).or_default().insert(one);
        }
    }
    neighbours.into_iter().filter(|(_, around)| around.len() != 2).map(|(place, _)| place).collect()
}

/// The ring as lines from junction to junction; as one line from its least place where it meets no other ring.
fn pieces(ring: &[Position], junctions: &BTreeSet<Position>) -> Vec<Vec<Position>> {
    let is_end = |place: &Position| junctions.contains(place);
    // None is less than any place: the first junction wins.
    let start = (0..ring.len()).min_by_key(|at| Some(ring[*at]).filter(|place| !is_end(place))).unwrap_or(0);
    let closed = [&ring[start..], &ring[..=start]].concat();
    let ends = (0..closed.len()).filter(|at| *at % ring.len() == 0 || is_end(&closed[*at]));
    ends.collect::<Vec<_>>().windows(2).map(|ends| closed[ends[0]..=ends[1]].to_vec()).collect()
}

/// The line simplified, always from the same end.
fn along(line: &[Position], project: &impl Fn(Position) -> Exact) -> Vec<Exact> {
    let is_backward = line.iter().rev().lt(line);
    let turned = |mut points: Vec<Exact>| {
        if is_backward {
            points.reverse();
        }
        points
    };
    turned(simplify(&turned(line.iter().copied().map(project).collect()), LEAST_CORNER))
}

#[expect(clippy::cast_possible_truncation, reason = "a drawing is a few hundred units wide")]
fn rounded((x, y): Exact) -> Point {
    Point { x: x.round() as i32, y: y.round() as i32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a saw's teeth none is least: which one goes first depends on the end that one begins at.
    #[test]
    fn a_line_is_simplified_alike_from_both_ends() {
        // A tooth is too small to stay, and two of them in one are not.
        let unit = (LEAST_CORNER / 8.0).sqrt() * 1.1;
        let flat = |place: Position| (f64::from(place.east) * unit, f64::from(place.north) * unit);
        let mut saw: Vec<Position> = (0..5).map(|tooth| Position { east: tooth % 2 * 2, north: tooth * 2 }).collect();
        let there = along(&saw, &flat);
        saw.reverse();
        let mut back = along(&saw, &flat);
        back.reverse();
        assert!(there.len() > 2 && there.len() < saw.len(), "{there:?}");
        assert_eq!(there, back);
    }
}
