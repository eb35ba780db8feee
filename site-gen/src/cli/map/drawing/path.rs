//! Writes shapes as the path of an SVG drawing, in as few characters as it can be said.

use super::Point;

/// The rings one after another, each from a point with a step to every next: `M12 5l3-1 0 4z`.
pub(super) fn path(rings: &[Vec<Point>]) -> String {
    let step = |ends: &[Point]| format!("{} {}", ends[1].x - ends[0].x, ends[1].y - ends[0].y);
    let ring = |ring: &Vec<Point>| {
        let steps: Vec<String> = ring.windows(2).map(step).collect();
        // A minus parts two numbers as well as a space does.
        let steps = steps.join(" ").replace(" -", "-");
        ring.first().map_or_else(String::new, |start| format!("M{} {}l{steps}z", start.x, start.y))
    };
    rings.iter().map(ring).collect()
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
