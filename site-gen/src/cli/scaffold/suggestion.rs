//! Suggests stops from a list of requests: the most requested towns that have no upcoming stop.

use super::Refused;
use crate::diagnostics::diagnostic::Diagnostics;
use crate::source::front_matter::FrontMatter;
use crate::source::read::Source;
use jiff::civil::Date;
use marked_yaml::types::MarkedMappingNode;
use std::cmp::Reverse;
use std::fs;
use std::path::Path;

/// The maximum number of suggestions: the stops that a tour may have in a month.
const AT_MOST: usize = 5;

/// The smallest number of requests that is written out, since many people read the file.
const NAMED_FROM: u32 = 5;

/// The columns that are read, as written by `operator visits --csv`.
const COLUMNS: [&str; 3] = ["TOWN", "KOMMUNE", "REQUESTS"];

/// A town to visit, and the reason.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Suggestion {
    pub(super) town: String,
    pub(super) kommune: String,
    pub(super) reason: String,
}

/// A stop of the existing tour.
struct Visit {
    town: String,
    date: Date,
}

/// The towns of the list without a stop from `today` on, most requested first.
pub(super) fn suggestions(list: &Path, tour: Option<&Source>, today: Date) -> Result<Vec<Suggestion>, Refused> {
    let failed = |error| Refused::Disk { path: list.display().to_string(), error };
    let text = fs::read_to_string(list).map_err(failed)?;
    let mut rows = rows(&text).ok_or_else(|| {
        let advice = "Lav filen med »operator visits KREDS --csv FIL«, og gem den ikke i et andet format.";
        Refused::Name(format!("{} er ikke en liste over byer. {advice} Intet er skrevet.", list.display()))
    })?;
    rows.sort_by_key(|(_, _, requests)| Reverse(*requests));
    let visits = tour.map(visits).unwrap_or_default();
    let of =
        |town: &str| visits.iter().filter(|visit| visit.town.eq_ignore_ascii_case(town)).map(|visit| visit.date).max();
    let wanted = rows.into_iter().filter(|(town, ..)| of(town).is_none_or(|last| last < today));
    let suggestion = |(town, kommune, requests): (String, String, u32)| {
        let asked = match requests {
            0..NAMED_FROM => format!("Færre end {NAMED_FROM} har bedt om et besøg."),
            _ => format!("{requests} har bedt om et besøg."),
        };
        let last = of(&town).map_or("Byen står ikke på turen.".to_owned(), |date| format!("Sidste stop: {date}."));
        Suggestion { reason: format!("{asked} {last}"), town, kommune }
    };
    let suggestions: Vec<Suggestion> = wanted.take(AT_MOST).map(suggestion).collect();
    if suggestions.is_empty() {
        let why = "Der er ingen byer på listen, som turen ikke kommer til. Intet er skrevet.";
        return Err(Refused::Name(why.to_owned()));
    }
    Ok(suggestions)
}

/// The rows of the list. `None` if the file is of another kind.
fn rows(text: &str) -> Option<Vec<(String, String, u32)>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    let heads = reader.headers().ok()?.clone();
    let [town, kommune, requests] = COLUMNS.map(|column| heads.iter().position(|head| head == column));
    let (town, kommune, requests) = (town?, kommune?, requests?);
    let row = |row: csv::StringRecord| {
        let name = |column| row.get(column).map(str::trim).filter(|name| is_name(name)).map(str::to_owned);
        Some((name(town)?, name(kommune)?, row.get(requests)?.trim().parse().ok()?))
    };
    reader.records().map(|record| row(record.ok()?)).collect()
}

/// True for a name that needs no quotes in YAML.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && text.chars().all(|sign| sign.is_alphanumeric() || " .-()/'".contains(sign))
}

/// The stops of a tour whose date and town can be read; `check` reports the others.
fn visits(tour: &Source) -> Vec<Visit> {
    let diagnostics = Diagnostics::default();
    let front = FrontMatter::of(tour.reporter(&diagnostics));
    let stops = front.node().and_then(|node| node.as_mapping()?.get_sequence("stop"));
    let text = |stop: &MarkedMappingNode, key| stop.get_scalar(key).map(|text| text.as_str().trim().to_owned());
    let visit =
        |stop: &MarkedMappingNode| Some(Visit { town: text(stop, "by")?, date: text(stop, "dato")?.parse().ok()? });
    stops.into_iter().flat_map(|stops| stops.iter()).filter_map(|stop| visit(stop.as_mapping()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TOUR: &str =
        "---\nstop:\n  - dato: 2026-10-03\n    by: Hadsten\n  - dato: 2026-12-05\n    by: hinnerup\n---\n";

    fn suggested(list: &str) -> Result<Vec<Suggestion>, Refused> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), list).unwrap();
        let tour = Source { path: "kredse/oestjylland/tur.md".to_owned(), text: TOUR.into() };
        suggestions(file.path(), Some(&tour), date(2026, 11, 29))
    }

    #[test]
    fn the_most_requested_towns_are_suggested_unless_a_stop_is_planned() {
        let list = "\u{feff}\"TOWN\";\"KOMMUNE\";\"REQUESTS\";\"LATEST\"\r\n\"Hadsten\";\"Favrskov\";\"4\";\"2026-11-01\"\r\n\
                    \"Hinnerup\";\"Favrskov\";\"12\";\"\"\r\n\"Aarhus C\";\"Aarhus\";\"7\";\"\"\r\n";
        let reasons: Vec<_> = suggested(list).unwrap().into_iter().map(|one| (one.town, one.reason)).collect();
        assert_eq!(
            reasons,
            [
                ("Aarhus C".to_owned(), "7 har bedt om et besøg. Byen står ikke på turen.".to_owned()),
                ("Hadsten".to_owned(), "Færre end 5 har bedt om et besøg. Sidste stop: 2026-10-03.".to_owned()),
            ]
        );
    }

    #[test]
    fn a_file_of_another_kind_or_without_a_town_to_visit_is_rejected() {
        let head = "TOWN;KOMMUNE;REQUESTS\n";
        for list in ["", "TOWN,KOMMUNE,REQUESTS\nHadsten,Favrskov,4\n", "VEJ;ANTAL\nA;1\n", head] {
            assert!(suggested(list).is_err(), "{list}");
        }
        for row in
            ["Hinnerup;Favrskov;9", "Hadsten: x;Favrskov;4", "Hadsten;Favrskov;mange", "=1;A;1", "Hadsten;Favrskov"]
        {
            assert!(suggested(&format!("{head}{row}\n")).is_err(), "{row}");
        }
        assert_eq!(suggested(&format!("{head}Hadsten;Favrskov;4\n")).unwrap().len(), 1);
    }
}
