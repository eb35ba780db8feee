//! Lists the scheduled changes, such as pages that appear or disappear: everything that depends on the time.

use super::drafts::Drafts;
use super::kredse::KredsDraft;
use crate::check::changes::{Change, Event};
use crate::check::published::Published;
use crate::check::tour::{Tour, midnight};
use jiff::Timestamp;
use model::service_message::Moment;

/// All changes of a site, sorted by time.
pub(super) fn changes(kredse: &[KredsDraft<'_>], danish: &Drafts<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |at: Option<Timestamp>, path: &str, event: Event| {
        changes.extend(at.map(|at| Change { at, path: path.to_owned(), event }));
    };
    for draft in danish.written() {
        let (page, path) = (&draft.page, draft.reporter.path);
        let Published::During { from, until } = draft.facts.published else { continue };
        add(from.map(Moment::start), path, Event::PageAppears);
        add(until.map(Moment::end), path, Event::PageGoes);
        add(page.news.map(midnight), path, Event::NewsAppear);
        add(page.edited.map(midnight), path, Event::EditIsListed);
    }
    for control in kredse.iter().flat_map(|kreds| &kreds.controls) {
        let Published::During { from, until } = control.published else { continue };
        add(from.map(Moment::start), control.reporter.path, Event::ControlAppears);
        add(until.map(Moment::end), control.reporter.path, Event::ControlGoes);
    }
    for kreds in &danish.kredse {
        for (front, times) in kreds.front.iter().filter_map(|front| Some((front, front.message.as_ref()?.times?))) {
            add(times.from, front.page.reporter.path, Event::MessageAppears);
            add(Some(times.until), front.page.reporter.path, Event::MessageGoes);
        }
        if let Some(tour) = &kreds.tour {
            let changes = Tour::new(tour.stops.clone()).changes();
            changes.into_iter().for_each(|at| add(Some(at), tour.page.reporter.path, Event::StopsChange));
        }
    }
    changes.sort();
    changes
}
