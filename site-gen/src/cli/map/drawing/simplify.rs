//! Simplifies a line: the smallest corners are removed first, until the remaining ones are visible.

/// A point that is not rounded to the drawing's grid.
pub(super) type Exact = (f64, f64);

/// Removes the corners whose triangle with their neighbours is smaller than `least` (Visvalingam's method). The ends
/// stay; a closed line keeps two points between them.
pub(super) fn simplify(line: &[Exact], least: f64) -> Vec<Exact> {
    let mut kept = line.to_vec();
    let is_closed = line.len() > 1 && line.first() == line.last();
    let fewest = if is_closed { 4 } else { 2 };
    while kept.len() > fewest {
        let corners = kept.windows(3).map(|three| triangle(three[0], three[1], three[2])).enumerate();
        let Some((index, size)) = corners.min_by(|(_, one), (_, other)| one.total_cmp(other)) else { break };
        if size >= least {
            break;
        }
        kept.remove(index + 1);
    }
    kept
}

fn triangle((ax, ay): Exact, (bx, by): Exact, (cx, cy): Exact) -> f64 {
    ((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)).abs() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_corners_are_removed_and_large_ones_stay() {
        let line = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0)];
        for (least, kept) in [
            (0.0, vec![(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0)]),
            (1.0, vec![(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]),
            (99.0, vec![(0.0, 0.0), (10.0, 10.0)]),
        ] {
            assert_eq!(simplify(&line, least), kept, "{least}");
        }
    }

    proptest! {
        #[test]
        fn ends_stay_points_keep_their_order_and_rings_stay_rings(
            line in prop::collection::vec((-50.0..50.0, -50.0..50.0), 4..40),
            least in 0.0..500.0,
            is_closed: bool,
        ) {
            let mut line: Vec<Exact> = line;
            if is_closed {
                line.push(line[0]);
            }
            let kept = simplify(&line, least);
            prop_assert_eq!((kept.first(), kept.last()), (line.first(), line.last()));
            let fewest = if is_closed { 4 } else { 2 };
            prop_assert!(kept.len() >= fewest);
            let mut all = line.iter();
            prop_assert!(kept.iter().all(|point| all.any(|one| one == point)));
        }
    }
}
