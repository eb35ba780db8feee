//! Reads the map drawn by `site-gen map`, and checks that it matches the outlines and the kredse.

use super::kredse::KredsDraft;
use super::layout::Layout;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint, list};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::text::short_hash;
use pages::map::{Area, KredsMap};
use std::collections::BTreeMap;

/// The path of the map.
pub(crate) const MAP: &str = "data/kort.txt";

/// The path of the outlines from which it is drawn.
pub(crate) const OUTLINES: &str = "data/kredse.geojson";

pub(super) const ADVICE: &str = "Tegn kortet med: cargo run --bin site-gen -- map";

/// Reads the map, with its areas in the order of the kredse. `None` if it does not match them, which is reported.
pub(super) fn map(layout: &Layout<'_>, kredse: &[KredsDraft<'_>]) -> Option<KredsMap> {
    let (outlines, reporter) = (layout.file(OUTLINES)?, layout.file(MAP)?);
    let Drawn { mark, width, height, frames, areas } = Drawn::read(reporter)?;
    let by_code: BTreeMap<String, _> = kredse.iter().map(|draft| (draft.kreds.code.to_string(), draft)).collect();
    let place = |code: &str| outlines.text.find(&format!("\"{code}\""));
    let mut codes = by_code.keys().map(String::as_str).chain(areas.keys().copied());
    if mark != short_hash(outlines.text) || codes.any(|code| place(code).is_some() != areas.contains_key(code)) {
        let message = format!("Kortet er ikke tegnet efter omridsene i {OUTLINES}, som de er nu. {ADVICE}");
        reporter.at(Location::START, DiagnosticCode::OutdatedMap, message);
        return None;
    }
    // Missing, invalid and duplicate codes of kredse have been reported.
    if by_code.len() < layout.kredse.len() || by_code.contains_key("0") {
        return None;
    }
    let unknown: Vec<&str> = areas.keys().copied().filter(|code| !by_code.contains_key(*code)).collect();
    let missing = by_code.iter().filter(|(code, _)| !areas.contains_key(code.as_str()));
    for code in &unknown {
        let hint = hint(code, missing.clone().map(|(code, _)| code.as_str()));
        let message =
            format!("Ingen kreds har koden »{code}«.{hint} Vælg mellem: {}.", list(by_code.keys().map(String::as_str)));
        outlines.at_byte(place(code).unwrap_or(0), DiagnosticCode::UnknownKreds, message);
    }
    // An outline with a wrong code has been reported, with a missing code as the suggestion.
    for (code, draft) in missing.filter(|_| unknown.is_empty()) {
        let advice = "Tilføj et, eller ret kredsens »kode«, hvis den er forkert.";
        outlines.file(
            DiagnosticCode::MissingOutline,
            format!("Kreds {code} ({}) har intet omrids. {advice}", draft.kreds.name),
        );
    }
    let area = |draft: &KredsDraft<'_>| {
        let (label, path) = areas.get(draft.kreds.code.to_string().as_str())?;
        Some(Area { kreds: draft.kreds.slug.clone(), path: (*path).to_owned(), label: *label })
    };
    Some(KredsMap { width, height, areas: kredse.iter().map(area).collect::<Option<_>>()?, frames: frames.to_owned() })
}

/// The parsed file.
struct Drawn<'a> {
    /// The hash of the outlines from which it was drawn.
    mark: &'a str,
    width: i32,
    height: i32,
    frames: &'a str,
    /// The position of each kreds's number and its path, keyed by code.
    areas: BTreeMap<&'a str, ((i32, i32), &'a str)>,
}

impl<'a> Drawn<'a> {
    /// Parses the file, and reports the first invalid line.
    fn read(reporter: Reporter<'a>) -> Option<Self> {
        let mut lines = reporter.text.lines().zip(1..).filter(|(text, _)| !text.starts_with('#'));
        let (mut text, mut line) = ("", 1);
        let drawn = Self::of(std::iter::from_fn(|| {
            (text, line) = lines.next()?;
            Some(text)
        }));
        if drawn.is_none() {
            let message = format!("Linjen kan ikke læses: »{}«. Ret ikke i filen. {ADVICE}", excerpt(text));
            reporter.at(Location { line, column: 1 }, DiagnosticCode::UnreadableMap, message);
        }
        drawn
    }

    fn of(mut lines: impl Iterator<Item = &'a str>) -> Option<Self> {
        let number = |text: &str| text.parse::<u16>().ok().map(i32::from);
        let mark = lines.next()?.strip_prefix("omrids ")?;
        let (width, height) = lines.next()?.strip_prefix("ark ")?.split_once(' ')?;
        let (width, height) = (number(width)?, number(height)?);
        let frames = lines.next()?.strip_prefix("rammer")?.trim_start();
        let frames = Some(frames).filter(|frames| frames.is_empty() || is_path(frames))?;
        let mut areas = BTreeMap::new();
        for line in lines {
            let [code, x, y, path] = <[&str; 4]>::try_from(line.splitn(4, ' ').collect::<Vec<_>>()).ok()?;
            let (x, y) = (number(x).filter(|x| *x <= width)?, number(y).filter(|y| *y <= height)?);
            let is_sorted = areas.last_key_value().is_none_or(|(last, _)| *last < code);
            areas.insert(code, ((x, y), Some(path).filter(|path| is_sorted && is_path(path))?));
        }
        Some(Self { mark, width, height, frames, areas })
    }
}

/// Accepts rings, each a starting point with relative steps: `M12 5l3-1 0 4z`.
fn is_path(text: &str) -> bool {
    text.starts_with('M') && text.ends_with('z') && text.chars().all(|c| c.is_ascii_digit() || "Mlz -".contains(c))
}
