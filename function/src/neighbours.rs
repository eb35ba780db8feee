//! Requests about one road of a kommune, counted together for the officer who gets the next.

use crate::Service;
use crate::hashes::{Hashed, hash};
use crate::store::{Neighbour, RoadMarks, StoreError};
use jiff::Timestamp;
use model::answers::Answers;
use model::catalog::Catalog;
use model::names::{KommuneCode, Language};
use model::road::Road;
use model::submission::Submission;
use pages::SameRoad;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::timeout;

/// The most roads of a request: a crossing has two.
const ROADS: usize = 4;

/// The longest that a mail waits for its count.
const LONGEST: Duration = Duration::from_secs(2);

/// The marks of a request with these answers and ticked hours; none if it names no road.
pub(crate) fn marks(service: &Service, answers: &Answers, hours: &[String]) -> Option<RoadMarks> {
    let forms = Road::of(answers).into_iter().take(ROADS).flat_map(|(road, _)| road.forms());
    let roads: BTreeSet<String> = forms.map(|form| hashed(service, &answers.place.kommune, &form)).collect();
    let hours = hours.iter().map(|hour| hour.trim().to_owned()).filter(|hour| !hour.is_empty()).collect();
    (!roads.is_empty()).then_some(RoadMarks { roads, hours })
}

/// The requests before this one about each of its roads. Of one that is not counted with others, and where the table does not
/// answer in time, none: no mail waits for them.
pub(crate) async fn before(service: &Service, catalog: &Catalog, submission: &Submission) -> Vec<SameRoad> {
    match timeout(LONGEST, count(service, catalog, submission, service.clock.now())).await {
        Ok(Ok(counted)) => counted,
        Ok(Err(error)) => {
            tracing::warn!(%error, "requests about one road could not be counted; the mail goes without");
            Vec::new()
        }
        Err(_) => {
            tracing::warn!("requests about one road were not counted in time; the mail goes without");
            Vec::new()
        }
    }
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
    // Whatever came later has a count of its own, also where this mail comes late.
    known.truncate(own + 1);
    if own == 0 {
        return Ok(Vec::new());
    }
    let mut counted = Vec::new();
    for (road, name) in Road::of(answers).into_iter().take(ROADS) {
        let together = about(service, &answers.place.kommune, &road, &known);
        // The last of them is this one.
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

/// Those of some requests that are about a road of a kommune, in their order.
fn about<'n>(service: &Service, kommune: &KommuneCode, road: &Road, known: &'n [Neighbour]) -> Vec<&'n Neighbour> {
    let sought: BTreeSet<String> = road.forms_of_the_same().map(|form| hashed(service, kommune, &form)).collect();
    known.iter().filter(|near| !near.marks.roads.is_disjoint(&sought)).collect()
}

fn hashed(service: &Service, kommune: &KommuneCode, form: &str) -> String {
    hash(&service.settings.secret, &Hashed::Road { kommune, form })
}
