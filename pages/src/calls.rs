//! The list of calls that a kreds owes, in the digest and in the mail to its leader, and the reminder of a single call.

use crate::frame::View;
use crate::mail::Mail;
use crate::{BadPage, Pages, dates};
use jiff::Timestamp;
use model::deadline::{Promise, danish_day};
use model::reference::Reference;
use model::submission::Receipt;
use serde::Serialize;

/// A call that a kreds owes. Only the link is personal.
pub struct OwedCall {
    /// The reference of the request.
    pub reference: Reference,
    /// When the request was received.
    pub received: Timestamp,
    /// The promise to the citizen.
    pub promise: Promise,
    /// The Danish form's title.
    pub form_title: String,
    /// Number of calls that reached nobody.
    pub tried: usize,
    /// True if the citizen says that nobody has called.
    pub is_missed: bool,
    /// True if the call is past its deadline.
    pub is_overdue: bool,
    /// False if the deadline passed before calls could be noted.
    pub is_watched: bool,
    /// The page where the call is noted.
    pub link: String,
}

/// A reminder of one call, to the mailbox of a kreds.
pub struct ReminderMail<'a> {
    /// The receipt of the request.
    pub receipt: &'a Receipt,
    /// The kreds that owes the call.
    pub kreds_name: &'a str,
    /// The Danish form's title.
    pub form_title: &'a str,
    /// Number of calls that reached nobody.
    pub tried: usize,
    /// The page where a call is noted.
    pub link: &'a str,
}

/// A call that is now overdue, with all other overdue calls, for the leader of the kreds.
pub struct OverdueCalls<'a> {
    /// The receipt of the request.
    pub receipt: &'a Receipt,
    /// The kreds that owes the calls.
    pub kreds_name: &'a str,
    /// All overdue calls, in the order in which they are to be made.
    pub calls: &'a [OwedCall],
}

/// A call as the templates show it.
#[derive(Serialize)]
pub(crate) struct CallLine<'a> {
    reference: &'a str,
    form_title: &'a str,
    received: String,
    deadline: String,
    /// Remarks about the call, the most important first.
    marks: Vec<String>,
    link: &'a str,
}

/// Converts a list of calls for the templates.
pub(crate) fn lines<'a>(view: &View<'_>, calls: &'a [OwedCall]) -> Result<Vec<CallLine<'a>>, BadPage> {
    let words = &view.texts()?.words;
    let marks = |call: &OwedCall| {
        let missed = call.is_missed.then(|| "BORGEREN SVARER: HAR IKKE TALT MED POLITIET".to_owned());
        let overdue = call.is_overdue.then(|| "FRISTEN ER OVERSKREDET".to_owned());
        let before = "kom, før opkald kunne noteres. Er der ringet, så notér det";
        let before = (!call.is_watched).then(|| before.to_owned());
        [missed, overdue, tried(call.tried), before].into_iter().flatten().collect()
    };
    let line = |call: &'a OwedCall| CallLine {
        reference: call.reference.as_str(),
        form_title: &call.form_title,
        received: dates::day(words, danish_day(call.received)),
        deadline: dates::officers_deadline(words, call.promise),
        marks: marks(call),
        link: &call.link,
    };
    Ok(calls.iter().map(line).collect())
}

fn tried(times: usize) -> Option<String> {
    match times {
        0 => None,
        1 => Some("ringet forgæves 1 gang".to_owned()),
        times => Some(format!("ringet forgæves {times} gange")),
    }
}

impl Pages {
    /// Renders the reminder to the kreds. `view` is in Danish.
    pub fn reminder_mail(&self, view: &View<'_>, reminder: &ReminderMail<'_>) -> Result<Mail, BadPage> {
        let words = &view.texts()?.words;
        let receipt = reminder.receipt;
        let content = tera::context! {
            reference => receipt.reference.as_str(),
            received => &dates::moment(words, receipt.received),
            deadline => &dates::officers_deadline(words, receipt.promise),
            form_title => reminder.form_title,
            kreds_name => reminder.kreds_name,
            tried => &tried(reminder.tried).unwrap_or_default(),
            is_overdue => &(receipt.promise.due() <= view.now),
            link => reminder.link,
        };
        let subject = format!("Husk at ringe · {} · {}", reminder.kreds_name, receipt.reference);
        self.mail(view, "reminder", subject, content)
    }

    /// Renders the mail to the leader. `view` is in Danish.
    pub fn overdue_mail(&self, view: &View<'_>, overdue: &OverdueCalls<'_>) -> Result<Mail, BadPage> {
        let content = tera::context! {
            reference => overdue.receipt.reference.as_str(),
            deadline => &dates::officers_deadline(&view.texts()?.words, overdue.receipt.promise),
            kreds_name => overdue.kreds_name,
            calls => &lines(view, overdue.calls)?,
        };
        let subject = format!("Ikke ringet op til tiden · {} · {}", overdue.kreds_name, overdue.receipt.reference);
        self.mail(view, "overdue", subject, content)
    }
}
