//! Writes shapes as the path of an SVG drawing, in as few characters as it can be said.

use super::Point;
use std::fmt::Write;

/// The rings one after another, each from a point with a step to every next: `M12 5l3-1 0 4z`.
pub(super) fn path(rings: &[Vec<Point>]) -> String {
    let mut path = String::new();
    for ring in rings {
        let mut corners = ring.iter();
        let Some(mut at) = corners.next() else { continue };
        let _ = write!(path, "M{} {}l", at.x, at.y);
        let mut is_first = true;
        for corner in corners {
            let (x, y) = (corner.x - at.x, corner.y - at.y);
            // A minus parts two numbers as well as a space does.
            let before_x = if is_first || x < 0 { "" } else { " " };
            let before_y = if y < 0 { "" } else { " " };
            let _ = write!(path, "{before_x}{x}{before_y}{y}");
            (at, is_first) = (corner, false);
        }
        path.push('z');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_goes_from_corner_to_corner_and_closes_each_ring() {
        let ring = |corners: &[(i32, i32)]| corners.iter().map(|&(x, y)| Point { x, y }).collect::<Vec<_>>();
        for (rings, written) in [
            (vec![], ""),
            (vec![ring(&[(1, 2), (4, 1), (4, 5)])], "M1 2l3-1 0 4z"),
            (vec![ring(&[(0, 0), (-1, 3), (9, 9)]), ring(&[(5, 5), (6, 5), (6, 6)])], "M0 0l-1 3 10 6zM5 5l1 0 0 1z"),
        ] {
            assert_eq!(path(&rings), written);
        }
    }
}
