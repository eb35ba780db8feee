//! Conversion from other colour spaces than sRGB, such as Display P3 of telephones, by the ICC profile in the file.
//!
//! Profiles of three primaries with a curve each, and of grey with one curve, are converted. Others, which are tables,
//! are ignored: their numbers are taken for sRGB.

use crate::raster::Raster;

/// A profile that can be converted.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// The light for each value of red, green and blue.
    curves: [Box<[f64; 256]>; 3],
    /// From light in these primaries to light in those of sRGB.
    matrix: [[f64; 3]; 3],
}

/// From XYZ as in profiles (D50) to light in the primaries of sRGB.
const FROM_XYZ: [[f64; 3]; 3] = [
    [3.133_856_1, -1.616_866_7, -0.490_614_6],
    [-0.978_768_4, 1.916_141_5, 0.033_454_0],
    [0.071_945_3, -0.228_991_4, 1.405_242_7],
];

/// The steps of light that are distinguished before it becomes a byte: in the dark, a byte is 21 of these.
const STEPS: usize = 65_536;

impl Profile {
    /// Parses a profile; `None` if it is of a kind that is not converted.
    pub(crate) fn read(icc: &[u8]) -> Option<Self> {
        let tag = |name: &[u8; 4]| tag(icc, name);
        match icc.get(16..20)? {
            b"RGB " => {
                let curves = [curve(tag(b"rTRC")?)?, curve(tag(b"gTRC")?)?, curve(tag(b"bTRC")?)?];
                let columns = [xyz(tag(b"rXYZ")?)?, xyz(tag(b"gXYZ")?)?, xyz(tag(b"bXYZ")?)?];
                let cell = |row: usize, column: usize| (0..3).map(|at| FROM_XYZ[row][at] * columns[column][at]).sum();
                let matrix = [0, 1, 2].map(|row| [0, 1, 2].map(|column| cell(row, column)));
                Some(Self { curves, matrix })
            }
            b"GRAY" => {
                let curve = curve(tag(b"kTRC")?)?;
                let matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
                Some(Self { curves: [curve.clone(), curve.clone(), curve], matrix })
            }
            _ => None,
        }
    }

    /// Converts the pixels to sRGB.
    pub(crate) fn convert(&self, raster: &mut Raster) {
        let encoded: Vec<u8> = (0..STEPS).map(|step| byte(step as f64 / (STEPS - 1) as f64)).collect();
        for pixel in raster.rgba.chunks_exact_mut(4) {
            let light = [0, 1, 2].map(|channel| self.curves[channel][usize::from(pixel[channel])]);
            for (row, value) in self.matrix.iter().zip(pixel) {
                let sum = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
                let step = (sum.clamp(0.0, 1.0) * (STEPS - 1) as f64 + 0.5) as usize;
                *value = encoded[step];
            }
        }
    }
}

/// Encodes light as a byte of sRGB.
fn byte(light: f64) -> u8 {
    let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (value * 255.0 + 0.5) as u8
}

/// Returns the data of a tag.
fn tag<'a>(icc: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let count = long(icc, 128)?.min(100) as usize;
    let entry = (0..count).map(|index| 132 + index * 12).find(|at| icc.get(*at..at + 4) == Some(name))?;
    let (start, length) = (long(icc, entry + 4)? as usize, long(icc, entry + 8)? as usize);
    icc.get(start..start.checked_add(length)?)
}

fn xyz(data: &[u8]) -> Option<[f64; 3]> {
    (data.get(..4)? == b"XYZ ").then_some(())?;
    Some([fixed(data, 8)?, fixed(data, 12)?, fixed(data, 16)?])
}

/// Parses a curve into the light for each of 256 values.
fn curve(data: &[u8]) -> Option<Box<[f64; 256]>> {
    let light: Box<dyn Fn(f64) -> f64> = match data.get(..4)? {
        b"curv" => match long(data, 8)? as usize {
            0 => Box::new(|value| value),
            1 => {
                let gamma = f64::from(short(data, 12)?) / 256.0;
                Box::new(move |value| value.powf(gamma))
            }
            count => {
                let table: Vec<f64> = (0..count)
                    .map(|at| Some(f64::from(short(data, 12 + at * 2)?) / 65_535.0))
                    .collect::<Option<_>>()?;
                Box::new(move |value| {
                    let place = value * (table.len() - 1) as f64;
                    let (before, after) = (place.floor() as usize, place.ceil() as usize);
                    table[before] + (table[after] - table[before]) * (place - place.floor())
                })
            }
        },
        b"para" => parametric(data)?,
        _ => return None,
    };
    let mut table = Box::new([0.0; 256]);
    for (value, entry) in table.iter_mut().enumerate() {
        *entry = light(value as f64 / 255.0).clamp(0.0, 1.0);
    }
    Some(table)
}

/// Parses one of the five kinds of parametric curve; each is the fifth with some numbers left out.
fn parametric(data: &[u8]) -> Option<Box<dyn Fn(f64) -> f64>> {
    let kind = short(data, 8)?;
    let number = |index: usize| fixed(data, 12 + index * 4);
    let gamma = number(0)?;
    let (a, b, c, d, e, f) = match kind {
        0 => (1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        1 => (number(1)?, number(2)?, 0.0, -number(2)? / number(1)?, 0.0, 0.0),
        2 => (number(1)?, number(2)?, 0.0, -number(2)? / number(1)?, number(3)?, number(3)?),
        3 => (number(1)?, number(2)?, number(3)?, number(4)?, 0.0, 0.0),
        4 => (number(1)?, number(2)?, number(3)?, number(4)?, number(5)?, number(6)?),
        _ => return None,
    };
    Some(Box::new(move |x| if x >= d { (a * x + b).max(0.0).powf(gamma) + e } else { c * x + f }))
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn fixed(data: &[u8], at: usize) -> Option<f64> {
    let bytes: [u8; 4] = data.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(f64::from(i32::from_be_bytes(bytes)) / 65_536.0)
}
