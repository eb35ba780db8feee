//! Requests about roads: each has an item in a partition of its kreds for 90 days, so that they are counted together.
//! The item outlives the answers, and holds nothing that anybody typed. It is deleted at once with a request that is
//! withdrawn, or deleted for another reason than the end of its storage period.

use super::items::{Item, is_expired, key, seconds, text, text_of, time_of, with};
use super::task::{Queue, Task};
use super::transaction::Transaction;
use super::{Store, StoreError};
use crate::clock::after;
use jiff::{SignedDuration, Timestamp};
use model::control::ANNOUNCED_FOR;
use model::names::{FormId, KredsSlug, SubmissionId};
use model::reference::Reference;
use model::retention::Retention;
use model::submission::Receipt;
use std::collections::BTreeSet;

/// The marks by which a request is counted with others about the same road.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoadMarks {
    /// The keyed hashes of the roads.
    pub roads: BTreeSet<String>,
    /// The ticked boxes of the weekly timetable.
    pub hours: BTreeSet<String>,
}

/// A request about a road in a kreds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// The time of receipt.
    pub received: Timestamp,
    /// The id of the request.
    pub id: SubmissionId,
    /// The reference of the request.
    pub reference: Reference,
    /// The form that was filled in.
    pub form: FormId,
    /// The roads and hours that it is about.
    pub marks: RoadMarks,
}

impl Store {
    /// The requests about roads that a kreds got in the last 90 days, oldest first. An unreadable item does not hide
    /// the others.
    pub async fn neighbours(&self, kreds: &KredsSlug, now: Timestamp) -> Result<Vec<Neighbour>, StoreError> {
        let items = self.partition(&partition(kreds), "asking for requests about roads").await?;
        let known = items.iter().filter(|item| !is_expired(item, now));
        let mut neighbours: Vec<Neighbour> = known.filter_map(|item| read(item).ok()).collect();
        neighbours.sort_by(|one, other| (one.received, &one.id).cmp(&(other.received, &other.id)));
        Ok(neighbours)
    }
}

/// The partition of controls whose mails are planned.
const CONTROLS: &str = "CONTROLS";

const PLANNING: &str = "planning mails about controls";

impl Store {
    /// The marks of controls whose mails are planned.
    pub async fn planned_controls(&self, now: Timestamp) -> Result<BTreeSet<String>, StoreError> {
        let items = self.partition(CONTROLS, PLANNING).await?;
        let planned = items.iter().filter(|item| !is_expired(item, now));
        Ok(planned.filter_map(|item| text_of(item, "control", "sk").ok()).map(str::to_owned).collect())
    }

    /// Records that the mails about a control are planned. The record outlasts the time in which citizens are mailed
    /// about it.
    pub async fn control_is_planned(&self, mark: &str, now: Timestamp) -> Result<(), StoreError> {
        let until = after(now, SignedDuration::from_hours(24 * (ANNOUNCED_FOR + 2)));
        self.put(PLANNING, with(key(CONTROLS, mark), [("expires_at", seconds(until))])).await
    }

    /// Plans the mail to a citizen about a control, at most once, unless the request is deleted or withdrawn.
    pub async fn plan_control_mail(
        &self,
        id: &SubmissionId,
        kreds: &KredsSlug,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if self.case(id, now).await?.is_some_and(|file| file.case.withdrawn().is_none()) {
            let task = Task::Control(id.clone()).item(kreds, &Queue::Cases, now);
            self.written(PLANNING, Transaction::default().put_new(&self.table, task)).await?;
        }
        Ok(())
    }
}

/// The key of the item of a request about roads.
pub(super) fn neighbour_key(kreds: &KredsSlug, id: &SubmissionId) -> Item {
    key(partition(kreds), id.as_str())
}

/// The item of a request about roads.
pub(super) fn neighbour_item(receipt: &Receipt, marks: &RoadMarks) -> Item {
    let joined = |all: &BTreeSet<String>| text(all.iter().map(String::as_str).collect::<Vec<_>>().join(" "));
    let attributes = [
        ("reference", text(receipt.reference.as_str())),
        ("form", text(receipt.form.as_str())),
        ("received", seconds(receipt.received)),
        ("roads", joined(&marks.roads)),
        ("hours", joined(&marks.hours)),
        ("expires_at", seconds(Retention::end(receipt.received))),
    ];
    with(neighbour_key(&receipt.kreds, &receipt.id), attributes)
}

fn read(item: &Item) -> Result<Neighbour, StoreError> {
    const KIND: &str = "request about a road";
    let unreadable = || StoreError::Unreadable(KIND);
    let read = |name: &str| text_of(item, KIND, name);
    let split = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    Ok(Neighbour {
        received: time_of(item, KIND, "received")?.ok_or_else(unreadable)?,
        id: SubmissionId::parse(read("sk")?).map_err(|_| unreadable())?,
        reference: Reference::parse(read("reference")?).map_err(|_| unreadable())?,
        form: FormId::parse(read("form")?).map_err(|_| unreadable())?,
        marks: RoadMarks { roads: split(read("roads")?), hours: split(read("hours")?) },
    })
}

fn partition(kreds: &KredsSlug) -> String {
    format!("ROADS#{kreds}")
}
