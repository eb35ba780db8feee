//! The mail at the end of a day: the calls that a mailbox of a kreds owes, and a check that it got all mails.

use crate::calls::{OwedCall, lines};
use crate::frame::View;
use crate::mail::{Again, Mail};
use crate::same_road::Stretch;
use crate::{BadPage, Pages, dates};
use jiff::Timestamp;
use jiff::civil::Date;
use model::reference::Reference;
use model::serial::Serial;
use serde::Serialize;

/// The mails that a mailbox should have got on a day, and the calls it owes. Only the links to the calls are personal,
/// and only the names of roads are a citizen's words.
pub struct Digest {
    /// The calls that the mailbox owes, in the order in which they are to be made.
    pub calls: Vec<OwedCall>,
    /// The requests that were closed or forwarded that day.
    pub ended: Vec<DigestEnd>,
    /// The roads that most requests are about, once a week.
    pub stretches: Vec<Stretch>,
    /// The day that the digest covers, in Denmark.
    pub day: Date,
    /// The forms whose mails go to the mailbox, each with its numbers.
    pub series: Vec<DigestSeries>,
    /// The held requests for this mailbox, from this day and earlier ones.
    pub held: Vec<Reference>,
    /// Number of requests from earlier days that have not been mailed yet.
    pub owed_before: usize,
    /// Number of the day's requests that cannot be read and are therefore not listed.
    pub unreadable: usize,
    /// The reason why the mail is sent again, if it is.
    pub again: Again,
}

/// A request that was closed or forwarded.
#[derive(Serialize)]
pub struct DigestEnd {
    /// The reference of the request.
    pub reference: Reference,
    /// The outcome, worded for officers.
    pub how: String,
}

/// The requests of one form, which share one series of numbers.
pub struct DigestSeries {
    /// The Danish form's title.
    pub form_title: String,
    /// The first number of the year; `None` if no number was given.
    pub begins: Option<u32>,
    /// Ranges of numbers, first and last, that were given before the service was restored to an earlier moment.
    pub lost: Vec<(u32, u32)>,
    /// All requests received that day, in any order.
    pub lines: Vec<DigestLine>,
}

/// A request in the digest.
pub struct DigestLine {
    /// The reference by which the kreds finds it.
    pub reference: Reference,
    /// When the request was received.
    pub received: Timestamp,
    /// The request's number in the mailbox, if it has one.
    pub serial: Option<Serial>,
    /// The state of the request's mail.
    pub state: DigestState,
    /// The mailbox that has the mail, if it was sent.
    pub holder: Holder,
    /// The name of the kreds that the request was forwarded to, if it was.
    pub forwarded_to: Option<String>,
}

/// The mailbox that a request's mail went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The kreds's mailbox for the form.
    First,
    /// The kreds's second mailbox.
    Second,
    /// The fallback mailbox.
    Fallback,
}

/// The state of a request's mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigestState {
    /// The kreds's mail server has accepted it.
    Delivered,
    /// It was handed over to the mail service; delivery is not confirmed.
    Sent,
    /// It will be sent, or retried.
    Waiting,
    /// It could not be sent, and will not be retried.
    Parked,
    /// The request is held.
    Held,
    /// The citizen has withdrawn the request: nobody is to be called.
    Withdrawn,
}

#[derive(Serialize)]
struct Series<'a> {
    form_title: &'a str,
    /// The first number of the year; `None` if it is 1.
    begins: Option<u32>,
    count: usize,
    first: Option<String>,
    last: Option<String>,
    /// The numbers between first and last that belong to requests of other days.
    elsewhere: String,
    lost: String,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    serial: String,
    time: String,
    reference: &'a str,
    state: String,
}

impl DigestState {
    /// The state worded for officers.
    const fn words(self) -> &'static str {
        match self {
            Self::Delivered => "leveret",
            Self::Sent => "sendt",
            Self::Waiting => "venter på at blive sendt",
            Self::Parked => "KUNNE IKKE SENDES",
            Self::Held => "tilbageholdt",
            Self::Withdrawn => "trukket tilbage, ring ikke",
        }
    }
}

impl DigestLine {
    fn state(&self) -> String {
        let went = matches!(self.state, DigestState::Delivered | DigestState::Sent);
        let to = match self.holder {
            Holder::Second if went => " til reservepostkassen",
            Holder::Fallback if went => " TIL SUPPORT, ikke til jer",
            _ => "",
        };
        let forwarded = self.forwarded_to.as_ref().map(|kreds| format!(", SENDT VIDERE til {kreds}"));
        format!("{}{to}{}", self.state.words(), forwarded.unwrap_or_default())
    }
}

impl<'a> Series<'a> {
    /// Sorts the requests by number, those without a number last.
    fn of(series: &'a DigestSeries) -> Self {
        let mut lines: Vec<&DigestLine> = series.lines.iter().collect();
        lines.sort_by_key(|line| (line.serial.is_none(), line.serial, line.received, &line.reference));
        let numbers: Vec<Serial> = lines.iter().filter_map(|line| line.serial).collect();
        Self {
            form_title: &series.form_title,
            begins: series.begins.filter(|first| *first > 1),
            count: lines.iter().filter(|line| line.state != DigestState::Held).count(),
            first: numbers.first().map(Serial::to_string),
            last: numbers.last().map(Serial::to_string),
            elsewhere: between(&numbers, series.begins.unwrap_or(1), &series.lost),
            lost: series.lost.iter().map(|(first, last)| shown(*first, *last)).collect::<Vec<_>>().join(", "),
            lines: lines
                .into_iter()
                .map(|line| Line {
                    serial: line.serial.map_or_else(|| "uden nummer".to_owned(), |serial| serial.to_string()),
                    time: dates::time(line.received),
                    reference: line.reference.as_str(),
                    state: line.state(),
                })
                .collect(),
        }
    }
}

/// The numbers that a day skips, of requests of other days or deleted since: `12, 14-16`.
///
/// Numbers given before a restore are listed separately.
fn between(numbers: &[Serial], begins: u32, lost: &[(u32, u32)]) -> String {
    let mut gaps = Vec::new();
    for pair in numbers.windows(2).filter(|pair| pair[0].year == pair[1].year) {
        // A number before the beginning is from the kreds's previous series, whose other numbers went to the other
        // mailbox.
        let first = (pair[0].number + 1).max(begins);
        let missing: Vec<u32> = (first..pair[1].number).filter(|number| !is_in(lost, *number)).collect();
        gaps.extend(
            missing.chunk_by(|one, next| one + 1 == *next).filter_map(|run| Some(shown(*run.first()?, *run.last()?))),
        );
    }
    gaps.join(", ")
}

fn is_in(ranges: &[(u32, u32)], number: u32) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&number))
}

fn shown(first: u32, last: u32) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

impl Pages {
    /// Renders the mail to the mailbox. `view` is in Danish.
    pub fn digest_mail(&self, view: &View<'_>, kreds_name: &str, digest: &Digest) -> Result<Mail, BadPage> {
        let day = dates::day(&view.texts()?.words, digest.day);
        let received = || digest.series.iter().flat_map(|series| &series.lines);
        let parked = received().filter(|line| line.state == DigestState::Parked);
        let content = tera::context! {
            kreds_name,
            calls => &lines(view, &digest.calls)?,
            ended => &digest.ended,
            stretches => &digest.stretches.iter().map(Stretch::line).collect::<Vec<_>>(),
            count => &received().filter(|line| line.state != DigestState::Held).count(),
            moved => &received().any(|line| line.holder != Holder::First),
            again => digest.again.name(),
            series => &digest.series.iter().map(Series::of).collect::<Vec<_>>(),
            parked => &parked.map(|line| line.reference.as_str()).collect::<Vec<_>>(),
            held => &digest.held.iter().map(Reference::as_str).collect::<Vec<_>>(),
            owed_before => &digest.owed_before,
            unreadable => &digest.unreadable,
            day,
        };
        let forms: Vec<&str> = digest.series.iter().map(|series| series.form_title.as_str()).collect();
        let (mark, forms) = (digest.again.mark(), forms.join(" og "));
        let subject = format!("{mark}Dagens bestillinger · {kreds_name} · {forms} · {day}");
        self.mail(view, "digest", subject, content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_other_days_are_listed_but_not_those_of_the_previous_series() {
        let serials = |numbers: &[u32]| numbers.iter().map(|&number| Serial { year: 2026, number }).collect::<Vec<_>>();
        for (numbers, begins, expected) in [
            (&[][..], 1, ""),
            (&[7], 1, ""),
            (&[7, 8, 9], 1, ""),
            (&[7, 9], 1, "8"),
            (&[7, 9, 13], 1, "8, 10-12"),
            (&[35, 38, 41, 42], 41, ""),
            (&[35, 43], 41, "41-42"),
            (&[38, 42], 41, "41"),
        ] {
            assert_eq!(between(&serials(numbers), begins, &[]), expected, "{numbers:?}");
        }
        assert_eq!(between(&serials(&[7, 9, 15]), 1, &[(8, 8), (11, 13)]), "10, 14");
        let new_year = [Serial { year: 2026, number: 900 }, Serial { year: 2027, number: 1 }];
        assert_eq!(between(&new_year, 1, &[]), "");
    }
}
