//! Requests about one road of a kommune, counted together: for the officer of the next one, and for planning a week.

use crate::Service;
use crate::hashes::Hashed;
use crate::store::{Neighbour, RoadMarks, StoreError};
use jiff::Timestamp;
use model::answers::Answers;
use model::catalog::Catalog;
use model::control::HeldControl;
use model::form::Form;
use model::names::{FormId, KommuneCode, KredsSlug, Language, SubmissionId};
use model::road::Road;
use model::submission::Submission;
use pages::{SameRoad, Stretch};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::timeout;

/// The most roads of a request that count; a crossing has two.
const ROADS: usize = 4;

/// The most roads in a list.
const LISTED: usize = 10;

/// The most hashes that are tried for a list. A road has two, and some no longer have a name.
const LOOKED_AT: usize = 4 * LISTED;

/// The most requests that are decrypted to find the name of one road.
const OPENED: usize = 3;

/// The marks of a request with these answers and ticked hours; `None` if it names no road.
pub(crate) fn marks(service: &Service, answers: &Answers, hours: &[String]) -> Option<RoadMarks> {
    let forms = Road::of(answers).into_iter().take(ROADS).flat_map(|(road, _)| road.forms());
    let roads: BTreeSet<String> = forms.map(|form| hashed(service, &answers.place.kommune, &form)).collect();
    let hours = hours.iter().map(|hour| hour.trim().to_owned()).filter(|hour| !hour.is_empty()).collect();
    (!roads.is_empty()).then_some(RoadMarks { roads, hours })
}

/// The earlier requests about each road of this one; empty if its form is not counted with others.
pub(crate) async fn before(service: &Service, catalog: &Catalog, submission: &Submission) -> Vec<SameRoad> {
    in_time(Duration::from_secs(2), count(service, catalog, submission, service.clock.now())).await
}

/// The roads of a kreds with the most requests by the wanted forms, in descending order.
pub(crate) async fn most_asked_about(
    service: &Service,
    catalog: &Catalog,
    kreds: &KredsSlug,
    is_wanted: impl Fn(&FormId) -> bool,
) -> Vec<Stretch> {
    in_time(Duration::from_secs(5), list(service, catalog, kreds, is_wanted)).await
}

/// The answer, or an empty list if the table does not give it in time: no mail waits for it.
async fn in_time<T>(longest: Duration, answer: impl Future<Output = Result<Vec<T>, StoreError>>) -> Vec<T> {
    let Ok(answer) = timeout(longest, answer).await else {
        tracing::warn!("requests about one road were not counted in time; the mail goes without");
        return Vec::new();
    };
    answer.unwrap_or_else(|error| {
        tracing::warn!(%error, "requests about one road could not be counted; the mail goes without");
        Vec::new()
    })
}

async fn count(
    service: &Service,
    catalog: &Catalog,
    submission: &Submission,
    now: Timestamp,
) -> Result<Vec<SameRoad>, StoreError> {
    let (receipt, answers) = (&submission.receipt, &submission.answers);
    let danish = Language::danish();
    let Some((_, week)) = catalog.form(&receipt.form, &danish).and_then(|form| form.week()) else {
        return Ok(Vec::new());
    };
    let mut known = service.store.neighbours(&receipt.kreds, now).await?;
    let Some(own) = known.iter().position(|neighbour| neighbour.id == receipt.id) else { return Ok(Vec::new()) };
    // Later requests get their own count, even if this mail is late.
    known.truncate(own + 1);
    if own == 0 {
        return Ok(Vec::new());
    }
    let mut counted = Vec::new();
    for (road, name) in Road::of(answers).into_iter().take(ROADS) {
        let together = about(&sought(service, &answers.place.kommune, &road), &known);
        // The last of them is this request.
        if let [before @ .., _] = together.as_slice()
            && !before.is_empty()
        {
            let hours: Vec<&BTreeSet<String>> = together.iter().map(|near| &near.marks.hours).collect();
            counted.push(SameRoad {
                name,
                mostly: week.mostly(&hours, &danish),
                before: before.iter().map(|near| near.reference.clone()).collect(),
            });
        }
    }
    Ok(counted)
}

/// The requests that asked for a control that took place: about its road, in its kommune and kreds, before its start.
pub(crate) async fn asked_for(
    service: &Service,
    held: &HeldControl,
    now: Timestamp,
) -> Result<Vec<SubmissionId>, StoreError> {
    let known = service.store.neighbours(&held.kreds, now).await?;
    let roads = Road::all_in(&held.road);
    let sought: BTreeSet<String> = roads.iter().flat_map(|road| sought(service, &held.kommune, road)).collect();
    let before = about(&sought, &known).into_iter().filter(|near| near.received < held.began());
    Ok(before.map(|near| near.id.clone()).collect())
}

/// Finds roads by hashes that several requests share, and names them from a request whose answers still exist: a road
/// without such a request is not listed, nor is one that every request spells differently.
async fn list(
    service: &Service,
    catalog: &Catalog,
    kreds: &KredsSlug,
    is_wanted: impl Fn(&FormId) -> bool,
) -> Result<Vec<Stretch>, StoreError> {
    let danish = Language::danish();
    let mut known = service.store.neighbours(kreds, service.clock.now()).await?;
    known.retain(|near| is_wanted(&near.form));
    let mut by_hash: BTreeMap<&str, Vec<&Neighbour>> = BTreeMap::new();
    for near in &known {
        near.marks.roads.iter().for_each(|hash| by_hash.entry(hash).or_default().push(near));
    }
    let mut shared: Vec<(&str, Vec<&Neighbour>)> = by_hash.into_iter().filter(|(_, nears)| nears.len() > 1).collect();
    shared.sort_by_key(|(_, nears)| Reverse(nears.len()));
    let (mut stretches, mut listed) = (Vec::new(), BTreeSet::new());
    for (hash, nears) in shared.into_iter().take(LOOKED_AT) {
        if listed.contains(hash) || stretches.len() == LISTED {
            continue;
        }
        let Some((kommune, road, name)) = named(service, hash, &nears).await? else { continue };
        let sought = sought(service, &kommune, &road);
        let together = about(&sought, &known);
        let form = together.first().and_then(|near| catalog.form(&near.form, &danish));
        let hours: Vec<&BTreeSet<String>> = together.iter().map(|near| &near.marks.hours).collect();
        stretches.push(Stretch {
            road: name,
            kommune: catalog.atlas().kommune(&kommune).map_or(kommune.to_string(), |kommune| kommune.name.clone()),
            mostly: form.and_then(Form::week).map_or_else(Vec::new, |(_, week)| week.mostly(&hours, &danish)),
            references: together.iter().map(|near| near.reference.clone()).collect(),
        });
        listed.extend(sought);
    }
    stretches.sort_by_key(|stretch| Reverse(stretch.references.len()));
    Ok(stretches)
}

/// The road of a hash, with its kommune and its name in the newest of these requests that can be decrypted.
async fn named(
    service: &Service,
    hash: &str,
    nears: &[&Neighbour],
) -> Result<Option<(KommuneCode, Road, String)>, StoreError> {
    for near in nears.iter().rev().take(OPENED) {
        let submission = match service.store.submission(&near.id, service.clock.now()).await {
            Ok(Some(submission)) => submission,
            Ok(None) | Err(StoreError::Unreadable(_) | StoreError::Encryption(_)) => continue,
            Err(error) => return Err(error),
        };
        let kommune = submission.answers.place.kommune.clone();
        let is_its = |road: &Road| road.forms().iter().any(|form| hashed(service, &kommune, form) == hash);
        if let Some((road, name)) = Road::of(&submission.answers).into_iter().find(|(road, _)| is_its(road)) {
            return Ok(Some((kommune, road, name)));
        }
    }
    Ok(None)
}

/// The hashes of a road in a kommune: each request about it has one of them.
fn sought(service: &Service, kommune: &KommuneCode, road: &Road) -> BTreeSet<String> {
    road.forms_of_the_same().map(|form| hashed(service, kommune, &form)).collect()
}

/// The known requests that have one of the hashes, in their order.
fn about<'n>(sought: &BTreeSet<String>, known: &'n [Neighbour]) -> Vec<&'n Neighbour> {
    known.iter().filter(|near| !near.marks.roads.is_disjoint(sought)).collect()
}

fn hashed(service: &Service, kommune: &KommuneCode, form: &str) -> String {
    service.hash(&Hashed::Road { kommune, form })
}
