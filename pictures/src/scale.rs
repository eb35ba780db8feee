//! Scaling: each new pixel is the mean of the area that it covers, in exact arithmetic.

use crate::WIDTHS;
use crate::raster::Raster;

/// The longest side in pixels: some browsers do not show longer ones.
const LONGEST: u32 = 16_000;

/// The sizes of a picture's versions, the narrowest first; never larger than the picture.
pub(crate) fn sizes(width: u32, height: u32) -> Vec<(u32, u32)> {
    let widest = WIDTHS[WIDTHS.len() - 1].min(width);
    let ratio = |new: u32| (u64::from(height) * u64::from(new) + u64::from(width) / 2) / u64::from(width);
    let widest = if ratio(widest) > u64::from(LONGEST) {
        (u64::from(LONGEST) * u64::from(width) / u64::from(height)).max(1) as u32
    } else {
        widest
    };
    // A version that is hardly narrower than the next saves nothing.
    let narrower = WIDTHS.into_iter().filter(|width| width * 5 <= widest * 4);
    let size = |new: u32| (new, ratio(new).clamp(1, u64::from(LONGEST)) as u32);
    narrower.chain([widest]).map(size).collect()
}

/// Scales the picture down.
pub(crate) fn scaled(raster: Raster, width: u32, height: u32) -> Raster {
    if (raster.width, raster.height) == (width, height) {
        return raster;
    }
    let (columns, rows) = (shares(raster.width, width), shares(raster.height, height));
    let length = raster.width as usize * 4;
    let area = u64::from(raster.width) * u64::from(raster.height);
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    let mut narrow = vec![[0_u64; 4]; width as usize];
    let mut sums = vec![[0_u64; 4]; width as usize];
    let mut last = None;
    for row in &rows {
        sums.fill([0; 4]);
        for (source, share) in row.pixels() {
            // A row may belong to two new ones: the last of one is the first of the next.
            if last != Some(source) {
                squeeze(&raster.rgba[source * length..(source + 1) * length], &columns, &mut narrow);
                last = Some(source);
            }
            for (sum, part) in sums.iter_mut().zip(&narrow) {
                for (sum, part) in sum.iter_mut().zip(part) {
                    *sum += part * share;
                }
            }
        }
        rgba.extend(sums.iter().flat_map(|sum| pixel(sum, area)));
    }
    Raster { width, height, rgba }
}

/// Sums a row over the area of each new column. Colours are weighted by their opacity.
fn squeeze(row: &[u8], columns: &[Share], narrow: &mut [[u64; 4]]) {
    for (column, sum) in columns.iter().zip(narrow) {
        *sum = [0; 4];
        for (source, share) in column.pixels() {
            let pixel = &row[source * 4..source * 4 + 4];
            let weight = share * u64::from(pixel[3]);
            sum[0] += weight * u64::from(pixel[0]);
            sum[1] += weight * u64::from(pixel[1]);
            sum[2] += weight * u64::from(pixel[2]);
            sum[3] += weight;
        }
    }
}

fn pixel(sum: &[u64; 4], area: u64) -> [u8; 4] {
    let opaque = sum[3];
    if opaque == 0 {
        return [0; 4];
    }
    let mean = |sum: u64, of: u64| ((sum + of / 2) / of).min(255) as u8;
    [mean(sum[0], opaque), mean(sum[1], opaque), mean(sum[2], opaque), mean(opaque, area)]
}

/// The old pixels that a new one covers: wholly in the middle, and in part at both ends.
struct Share {
    first: usize,
    count: usize,
    whole: u64,
    of_first: u64,
    of_last: u64,
}

impl Share {
    /// Iterates over the old pixels and their shares, which add up to the number of old pixels.
    fn pixels(&self) -> impl Iterator<Item = (usize, u64)> {
        (0..self.count).map(|index| {
            let share = match index {
                0 => self.of_first,
                last if last + 1 == self.count => self.of_last,
                _ => self.whole,
            };
            (self.first + index, share)
        })
    }
}

/// Returns the shares of each new pixel, in units in which an old one is `new` long and a new one is `old` long.
fn shares(old: u32, new: u32) -> Vec<Share> {
    let (old, new) = (u64::from(old), u64::from(new));
    let share = |index: u64| {
        let (start, end) = (index * old, (index + 1) * old);
        let (first, last) = (start / new, (end - 1) / new);
        let of_first = ((first + 1) * new).min(end) - start;
        Share {
            first: first as usize,
            count: (last - first + 1) as usize,
            whole: new,
            of_first,
            of_last: end - last * new,
        }
    };
    (0..new).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_up_to_three_sizes_and_is_never_enlarged() {
        for ((width, height), expected) in [
            ((4032, 3024), &[(480, 360), (960, 720), (1600, 1200)][..]),
            ((1600, 100), &[(480, 30), (960, 60), (1600, 100)]),
            ((1000, 1000), &[(480, 480), (1000, 1000)]),
            ((600, 600), &[(480, 480), (600, 600)]),
            ((500, 600), &[(500, 600)]),
            ((1, 1), &[(1, 1)]),
            ((20_000, 2), &[(480, 1), (960, 1), (1600, 1)]),
            ((2, 40_000), &[(1, 16_000)]),
            ((1000, 20_000), &[(480, 9600), (800, 16_000)]),
        ] {
            assert_eq!(sizes(width, height), expected, "{width} x {height}");
        }
    }

    #[test]
    fn a_new_pixel_is_the_mean_of_the_pixels_it_covers() {
        let grey = |values: &[u8]| values.iter().flat_map(|value| [*value, *value, *value, 255]).collect::<Vec<_>>();
        let wide = Raster { width: 3, height: 1, rgba: grey(&[0, 90, 240]) };
        assert_eq!(scaled(wide.clone(), 1, 1).rgba, grey(&[110]));
        assert_eq!(scaled(wide, 2, 1).rgba, grey(&[30, 190]));
        let tall = Raster { width: 2, height: 2, rgba: grey(&[0, 100, 100, 200]) };
        assert_eq!(scaled(tall, 1, 1).rgba, grey(&[100]));
    }

    #[test]
    fn transparent_pixels_contribute_no_colour() {
        let half = Raster { width: 2, height: 1, rgba: vec![255, 0, 0, 255, 0, 255, 0, 0] };
        assert_eq!(scaled(half, 1, 1).rgba, [255, 0, 0, 128]);
        let none = Raster { width: 2, height: 1, rgba: vec![255, 0, 0, 0, 0, 255, 0, 0] };
        assert_eq!(scaled(none, 1, 1).rgba, [0, 0, 0, 0]);
    }
}
