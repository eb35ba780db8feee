//! Simplifies all outlines together, so that kredse with a common border keep it.

use super::simplify::{Exact, simplify};
use super::{Point, edges, size};
use crate::cli::map::outlines::{Outline, Position};
use std::collections::{BTreeMap, BTreeSet};

/// The least area, in squared units of the drawing, of a corner's triangle with its neighbours. Smaller ones go.
const LEAST_CORNER: f64 = 10.0;

/// The smallest area of an island. Smaller ones are removed.
const LEAST_ISLAND: f64 = 20.0;

/// Simplifies the rings of each outline on the drawing's grid.
///
/// Rings are cut where more than two lines meet. Each piece is then simplified once, in the same direction for every
/// ring that contains it, so that two kredse get exactly the same border, without a gap.
pub(super) fn simplified(outlines: &[Outline], project: impl Fn(Position) -> Exact) -> Vec<Vec<Vec<Point>>> {
    let junctions = junctions(outlines);
    let ring = |ring: &Vec<Position>| {
        let exact: Vec<Point> = ring.iter().map(|place| rounded(project(*place))).collect();
        let mut points: Vec<Point> = Vec::new();
        for line in pieces(ring, &junctions) {
            points.extend(along(&line, &project).into_iter().map(rounded));
            // The next line begins at this point.
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

/// The points where more than two lines meet: a line between two of them separates the same kredse all the way.
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

/// Cuts the ring into lines from junction to junction; without junctions, into one line from its smallest position.
fn pieces(ring: &[Position], junctions: &BTreeSet<Position>) -> Vec<Vec<Position>> {
    let is_end = |place: &Position| junctions.contains(place);
    // `None` sorts before any position, so the first junction wins.
    let start = (0..ring.len()).min_by_key(|at| Some(ring[*at]).filter(|place| !is_end(place))).unwrap_or(0);
    let closed = [&ring[start..], &ring[..=start]].concat();
    let ends = (0..closed.len()).filter(|at| *at % ring.len() == 0 || is_end(&closed[*at]));
    ends.collect::<Vec<_>>().windows(2).map(|ends| closed[ends[0]..=ends[1]].to_vec()).collect()
}

/// Simplifies the line, always from the same end.
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

    /// The teeth of a saw are equally small: the direction decides which is removed first.
    #[test]
    fn a_line_is_simplified_equally_from_both_ends() {
        // A single tooth is small enough to be removed, two merged ones are not.
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
