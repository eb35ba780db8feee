//! The command that lists the towns that ask for a visit by the mobile police station, for planning its tour.

use super::Tool;
use super::arguments::Listing;
use super::failure::Failure;
use super::output::Output;
use super::stretches::recent;
use super::words::count;
use model::atlas::{Atlas, Place};
use model::deadline::danish_day;
use serde_json::json;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The columns of the file; `site-gen new stop --requests` reads them by these names.
const HEADS: [&str; 4] = ["TOWN", "KOMMUNE", "REQUESTS", "LATEST"];

/// Lists the towns of a kreds by number of requests with the topic, and writes them to a CSV file if one is named.
pub(super) async fn visits(tool: &Tool, listing: &Listing, topic: &str) -> Result<Output, Failure> {
    let days = listing.days;
    let (slug, catalog) = (tool.kreds(&listing.kreds).await?, tool.service.catalog().await?);
    tool.audit("listed visits", &slug).await?;
    let mut towns: BTreeMap<(String, String), (usize, String)> = BTreeMap::new();
    for request in recent(tool, &slug, days).await? {
        if request.receipt.topic.is_some_and(|chosen| chosen.as_str() == topic) {
            let (requests, latest) = towns.entry(town(catalog.atlas(), &request.answers.place)).or_default();
            (*requests, *latest) = (*requests + 1, danish_day(request.receipt.received).to_string());
        }
    }
    let row = |((town, kommune), (requests, latest))| [town, kommune, format!("{requests}"), latest];
    let mut towns: Vec<_> = towns.into_iter().collect();
    towns.sort_by_key(|(_, (requests, _))| Reverse(*requests));
    let rows: Vec<[String; 4]> = towns.into_iter().map(row).collect();
    let table = listing.table(&HEADS, &rows)?;
    let shown = |[town, kommune, requests, latest]: &[String; 4]| json!({ "town": town, "kommune": kommune, "requests": requests.parse::<usize>().unwrap_or(0), "latest": latest });
    let list: Vec<_> = rows.iter().map(shown).collect();
    let text = match rows.len() {
        0 => format!("No request of {slug} in the last {days} days has the topic {topic}."),
        towns => format!("{table}\n{} in {days} days.", count(towns, "town")),
    };
    Ok(Output::done(text, json!({ "kreds": slug.as_str(), "days": days, "towns": list })))
}

/// The town and the kommune of a place. The kommune also stands for the town if the town is unknown.
fn town(atlas: &Atlas, place: &Place) -> (String, String) {
    let kommune = atlas.kommune(&place.kommune).map_or_else(|| place.kommune.to_string(), |known| known.name.clone());
    let area = place.postcode.as_ref().and_then(|code| atlas.postal_area(code));
    (area.map_or_else(|| kommune.clone(), |area| area.name.clone()), kommune)
}
