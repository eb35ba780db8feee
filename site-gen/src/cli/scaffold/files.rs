//! Makes the texts of new files from the templates beside this file.

use super::suggestion::suggestions;
use super::{NewFile, Plan, Refused, kredse, languages, names, stop};
use crate::diagnostics::danish::{excerpt, hint, list, slug};
use crate::source::read::Source;
use jiff::Timestamp;
use model::deadline::danish_day;
use model::names::PageSlug;
use std::fs;
use std::path::Path;

const KREDS: &str = include_str!("kreds.md");
const KREDS_TRANSLATION: &str = include_str!("kreds.xx.md");
const PAGE: &str = include_str!("side.md");
const PAGE_TRANSLATION: &str = include_str!("side.xx.md");
const TOUR_TRANSLATION: &str = include_str!("tur.xx.md");

/// Plans a kreds in its own folder.
pub(super) fn kreds(written: &str, sources: &[Source]) -> Result<Plan, Refused> {
    let slug = parse(written, "site-gen new kreds ")?;
    let mailboxes: Vec<String> = names(sources, "formularer/").iter().map(|form| format!("  {form}:")).collect();
    let text = KREDS.replace("  {postkasser}", &mailboxes.join("\n"));
    let files = with_translations(&format!("kredse/{slug}/kreds"), text, KREDS_TRANSLATION, sources);
    let next = vec![
        "Åbn filerne, og skriv det, der mangler efter hvert kolon. Noterne med # fortæller hvad.".to_owned(),
        format!("Skriv »{slug}« ud for kredsens kommuner i data/kommuner.csv."),
        "Læg kredsens omrids i data/kredse.geojson, og skriv: cargo run --bin site-gen -- map. Læs data/KILDER.md først.".to_owned(),
        CHECK.to_owned(),
    ];
    Ok(Plan { files, next, longer: None })
}

/// Plans a page of the whole site, of all kredse, or of one.
pub(super) fn page(written: &str, sources: &[Source]) -> Result<Plan, Refused> {
    let written = written.trim_end_matches(".md").trim_start_matches("kredse/");
    let Some((place, title)) = written.split_once('/') else {
        let advice = "Skriv stedet, en skråstreg og sidens navn: »sider/NAVN« til en side for hele hjemmesiden, \
                      »faelles/NAVN« til en side, som alle kredse får, eller »KREDS/NAVN« til en side hos én kreds.";
        return Err(Refused::Name(format!("Der mangler et sted. {advice}")));
    };
    let places: Vec<&str> = ["sider", "faelles"].into_iter().chain(kredse(sources)).collect();
    let place = known(place, &places, "Der er ikke noget sted, der hedder")?;
    let slug = parse(title, &format!("site-gen new page {place}/"))?;
    if place != "sider" && slug.as_str() == "tur" {
        let kreds = if place == "faelles" { "KREDS" } else { place };
        let why = "Navnet »tur« er til den mobile politistations stop, og ikke til en side. Intet er skrevet.";
        return Err(Refused::Name(format!(
            "{why} Vælg et andet navn, eller lav et stop:\n  site-gen new stop {kreds}"
        )));
    }
    let folder = if ["sider", "faelles"].contains(&place) { place.to_owned() } else { format!("kredse/{place}") };
    // Only a page of a kreds can be news.
    let text = if place == "sider" { without_news(PAGE) } else { PAGE.to_owned() };
    let files = with_translations(&format!("{folder}/{slug}"), text, PAGE_TRANSLATION, sources);
    let is_shared = names(sources, "faelles/").contains(&slug.as_str());
    let address = match place {
        "sider" => format!("Siden får adressen /{slug}/."),
        "faelles" => format!("Alle kredse får siden, for eksempel /{}/{slug}/.", places.get(2).unwrap_or(&"fyn")),
        kreds if is_shared => {
            format!(
                "Siden får adressen /{kreds}/{slug}/. Den bliver vist i stedet for faelles/{slug}.md hos denne kreds."
            )
        }
        kreds => format!("Siden får adressen /{kreds}/{slug}/, og kredsens side linker selv til den."),
    };
    let linked = format!(
        "Link til siden fra en anden side, for eksempel sider/forside.md: [Sidens titel](/{slug}/). Ellers finder borgeren \
         den kun ved at søge."
    );
    let text = "Åbn filerne, skriv titel og beskrivelse efter kolon, og skriv teksten under den nederste streg.";
    let next = [address, text.to_owned()].into_iter().chain((place == "sider").then_some(linked));
    let next = next.chain([CHECK.to_owned()]).collect();
    Ok(Plan { files, next, longer: None })
}

/// Removes the line about news and the note above it from the template.
fn without_news(page: &str) -> String {
    let lines: Vec<&str> = page.split_inclusive('\n').collect();
    let news = lines.iter().position(|line| line.starts_with("# nyhed:"));
    let is_kept = |at: usize| news.is_none_or(|news| at != news && at + 1 != news);
    lines.iter().enumerate().filter(|(at, _)| is_kept(*at)).map(|(_, line)| *line).collect()
}

/// Plans a stop of a kreds's tour, in the existing tour or a new one. With a list of requests, plans one for each
/// suggested town.
pub(super) fn stop(
    written: &str,
    requests: Option<&Path>,
    sources: &[Source],
    content: &Path,
) -> Result<Plan, Refused> {
    let kreds = known(written.trim_start_matches("kredse/"), &kredse(sources), "Der er ikke nogen kreds, der hedder")?;
    let path = format!("kredse/{kreds}/tur.md");
    let tour = sources.iter().find(|source| source.path == path);
    let suggestions = match requests {
        Some(list) => suggestions(list, tour, danish_day(Timestamp::now()))?,
        None => Vec::new(),
    };
    let next = vec![
        format!("Stoppene bliver vist på /{kreds}/tur/, på kredsens side og på /tur/."),
        match suggestions.len() {
            0 | 1 => format!("Åbn {path}, og skriv det, der mangler efter hvert kolon i det nederste stop."),
            many => format!(
                "Åbn {path}, og skriv det, der mangler efter hvert kolon i de {many} nederste stop. Slet dem, I ikke vil holde."
            ),
        },
        CHECK.to_owned(),
    ];
    if tour.is_none() {
        let text = stop::with_stops(&stop::empty(), &path, &suggestions)?;
        let files = with_translations(&format!("kredse/{kreds}/tur"), text, TOUR_TRANSLATION, sources);
        return Ok(Plan { files, next, longer: None });
    }
    // Read from the disk, not normalised, so that nothing else in it changes.
    let file = content.join(&path);
    let text = fs::read_to_string(&file).map_err(|error| Refused::Disk { path: path.clone(), error })?;
    let text = stop::with_stops(&text, &path, &suggestions)?;
    Ok(Plan { files: Vec::new(), longer: Some(NewFile { path, text }), next })
}

const CHECK: &str = "Se, hvad der stadig mangler, med: cargo run --bin site-gen -- check";

/// A Danish file and one for each other language. `stem` is its path without the extension.
fn with_translations(stem: &str, text: String, translation: &str, sources: &[Source]) -> Vec<NewFile> {
    let danish = format!("{stem}.md");
    let translated = languages(sources).into_iter().map(|code| NewFile {
        path: format!("{stem}.{code}.md"),
        text: translation.replace("{dansk}", danish.rsplit('/').next().unwrap_or_default()),
    });
    let translated: Vec<NewFile> = translated.collect();
    [NewFile { path: danish.clone(), text }].into_iter().chain(translated).collect()
}

/// Parses a name as used in addresses, or suggests a valid one. `command` is the text typed before the name.
fn parse(name: &str, command: &str) -> Result<PageSlug, Refused> {
    PageSlug::parse(name).map_err(|_| {
        let rule = "Brug kun a-z, tal og enkelte bindestreger, højst 60 tegn (æ er ae, ø er oe, å er aa).";
        let proposal = match slug(name).chars().take(60).collect::<String>() {
            empty if empty.is_empty() => String::new(),
            slug => format!(" Skriv for eksempel:\n  {command}{}", slug.trim_end_matches('-')),
        };
        Refused::Name(format!("»{}« kan ikke bruges som navn. {rule}{proposal}", excerpt(name)))
    })
}

/// Finds `written` in `known`, or returns a message with a suggestion.
fn known<'a>(written: &str, known: &[&'a str], said: &str) -> Result<&'a str, Refused> {
    known.iter().find(|name| **name == written).copied().ok_or_else(|| {
        let (hint, all) = (hint(written, known.iter().copied()), list(known.iter().copied()));
        Refused::Name(format!("{said} »{}«.{hint} Vælg mellem: {all}.", excerpt(written)))
    })
}
