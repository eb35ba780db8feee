//! The command that lists the roads that most requests of a kreds are about, for planning controls.

use super::Tool;
use super::arguments::Listing;
use super::failure::Failure;
use super::output::Output;
use super::words::count;
use jiff::ToSpan;
use model::answers::Answers;
use model::deadline::danish_day;
use model::names::{KommuneCode, KredsSlug, Language};
use model::reference::Reference;
use model::road::{Road, have_one_road};
use model::submission::Submission;
use serde_json::json;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A request about one or more roads.
struct Wish {
    reference: Reference,
    kommune: KommuneCode,
    roads: Vec<Road>,
    /// The first road, as the citizen spells it.
    name: String,
    /// The ticked days and hours when the problem is worst.
    times: Vec<String>,
}

/// A road, and the requests about it.
struct Stretch {
    kommune: KommuneCode,
    wishes: Vec<Wish>,
}

/// Lists the roads of a kreds by number of requests, and writes them to a CSV file if one is named.
pub(super) async fn stretches(tool: &Tool, listing: &Listing) -> Result<Output, Failure> {
    let days = listing.days;
    let (slug, catalog) = (tool.kreds(&listing.kreds).await?, tool.service.catalog().await?);
    tool.audit("listed stretches", &slug).await?;
    let mut wishes = Vec::new();
    for submission in recent(tool, &slug, days).await? {
        let form = catalog.form(&submission.receipt.form, &Language::danish());
        // Only forms with a timetable ask for a control.
        let Some((week, _)) = form.and_then(|form| form.week()) else { continue };
        wishes.extend(wish(submission.receipt.reference, &submission.answers, week.as_str()));
    }
    let name = |code: &KommuneCode| {
        catalog.atlas().kommune(code).map_or_else(|| code.to_string(), |kommune| kommune.name.clone())
    };
    let rows: Vec<[String; 5]> = gathered(wishes).iter().map(|stretch| stretch.row(name(&stretch.kommune))).collect();
    let table = listing.table(&HEADS, &rows)?;
    let shown = |[kommune, road, requests, worst, references]: &[String; 5]| {
        json!({
            "kommune": kommune, "road": road, "requests": requests.parse::<usize>().unwrap_or(0), "worst": worst,
            "references": references.split(' ').collect::<Vec<_>>(),
        })
    };
    let list: Vec<_> = rows.iter().map(shown).collect();
    let text = match rows.len() {
        0 => format!("No request of {slug} in the last {days} days names a road."),
        roads => format!("{table}\n{} in {days} days.", count(roads, "road")),
    };
    Ok(Output::done(text, json!({ "kreds": slug.as_str(), "days": days, "stretches": list })))
}

/// The requests that a kreds has now, none that it forwarded, and whose answers are still stored; the oldest day first.
pub(super) async fn recent(tool: &Tool, kreds: &KredsSlug, days: u16) -> Result<Vec<Submission>, Failure> {
    let (store, now) = (tool.service.store(), tool.now());
    let mut requests = Vec::new();
    for back in (0..i64::from(days)).rev() {
        for id in store.of_day(kreds, danish_day(now).saturating_sub(back.days())).await? {
            let file = store.case(&id, now).await?;
            if file.is_some_and(|file| file.case.kreds(&file.receipt.kreds) == kreds) {
                requests.extend(store.submission(&id, now).await?);
            }
        }
    }
    Ok(requests)
}

const HEADS: [&str; 5] = ["KOMMUNE", "ROAD", "REQUESTS", "WORST", "REFERENCES"];

/// Converts a request to a wish; `None` if it names no road.
fn wish(reference: Reference, answers: &Answers, week: &str) -> Option<Wish> {
    let (roads, names): (Vec<_>, Vec<_>) = Road::of(answers).into_iter().unzip();
    let name = names.into_iter().next()?;
    let times = answers.given.iter().find(|answer| answer.field.as_str() == week);
    let times = times.map(|answer| answer.values.reveal().clone()).unwrap_or_default();
    Some(Wish { reference, kommune: answers.place.kommune.clone(), roads, name, times })
}

/// Groups the requests by road, the road with the most requests first.
fn gathered(wishes: Vec<Wish>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for wish in wishes {
        let is_its = |stretch: &&mut Stretch| {
            let mut known = stretch.wishes.iter();
            stretch.kommune == wish.kommune && known.any(|known| have_one_road(&known.roads, &wish.roads))
        };
        match stretches.iter_mut().find(is_its) {
            Some(stretch) => stretch.wishes.push(wish),
            None => stretches.push(Stretch { kommune: wish.kommune.clone(), wishes: vec![wish] }),
        }
    }
    stretches.sort_by_cached_key(|stretch| (Reverse(stretch.wishes.len()), stretch.kommune.clone(), stretch.name()));
    stretches
}

impl Stretch {
    /// The most common spelling.
    fn name(&self) -> String {
        most(self.wishes.iter().map(|wish| &wish.name)).unwrap_or_default()
    }

    fn row(&self, kommune: String) -> [String; 5] {
        let times = most(self.wishes.iter().flat_map(|wish| &wish.times)).unwrap_or_default();
        let references = self.wishes.iter().map(|wish| wish.reference.to_string()).collect::<Vec<_>>().join(" ");
        [kommune, self.name(), self.wishes.len().to_string(), times, references]
    }
}

/// The most frequent text; of several, the first in byte order.
pub(super) fn most<'t>(texts: impl Iterator<Item = &'t String>) -> Option<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    texts.for_each(|text| *counts.entry(text).or_default() += 1);
    counts.into_iter().max_by_key(|(text, count)| (*count, Reverse(*text))).map(|(text, _)| text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(kommune: &str, place: &str, time: &str) -> Wish {
        let (roads, names): (Vec<_>, Vec<_>) = Road::named_in(place).into_iter().unzip();
        let reference = Reference::parse("K7F-M2X-P9V").unwrap();
        let kommune = KommuneCode::parse(kommune).unwrap();
        Wish { reference, kommune, roads, name: names[0].clone(), times: vec![time.to_owned()] }
    }

    #[test]
    fn requests_about_a_road_are_grouped_within_a_kommune_only() {
        let wishes = vec![
            wish("0751", "Grenåvej", "mandag–fredag: kl. 6-9"),
            wish("0751", "Grenaavej v. nr 14", "lørdag: kl. 18-22"),
            wish("0730", "Grenåvej", "mandag: kl. 6-9"),
            wish("0751", "på Grenåvej ved Lisbjerg", "mandag–fredag: kl. 6-9"),
            wish("0751", "Skovvej", "mandag: kl. 6-9"),
        ];
        let rows: Vec<_> = gathered(wishes).iter().map(|stretch| stretch.row(stretch.kommune.to_string())).collect();
        assert_eq!(rows[0][..4], ["0751", "Grenåvej", "3", "mandag–fredag: kl. 6-9"]);
        assert_eq!((rows.len(), rows[1][2].as_str(), rows[2][2].as_str()), (3, "1", "1"));
    }
}
