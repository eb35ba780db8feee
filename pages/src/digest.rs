//! The mail at the end of a day that lets a kreds see whether it got everything.

use crate::frame::View;
use crate::mail::Mail;
use crate::{BadPage, Pages, dates};
use jiff::Timestamp;
use jiff::civil::Date;
use model::reference::Reference;
use model::serial::Serial;
use serde::Serialize;

/// What a kreds should have got on a day. Nothing in it is personal.
pub struct Digest {
    /// The day in Denmark.
    pub day: Date,
    /// Every request that was received that day, in any order.
    pub lines: Vec<DigestLine>,
    /// What waits in quarantine, of this day and those before.
    pub held: Vec<Reference>,
    /// How many requests of earlier days have still not been mailed.
    pub owed_before: usize,
}

/// One request.
pub struct DigestLine {
    /// What the kreds finds it by.
    pub reference: Reference,
    /// The Danish form's title.
    pub form_title: String,
    /// When it was received.
    pub received: Timestamp,
    /// Its number at the kreds, if it has one.
    pub serial: Option<Serial>,
    /// What has become of its mail.
    pub state: DigestState,
}

/// What has become of a request's mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigestState {
    /// The mail server of the kreds has it.
    Delivered,
    /// It was handed over, and nothing more is known.
    Sent,
    /// It will be sent, or tried again.
    Waiting,
    /// It could not be sent, and will not be tried again.
    Parked,
    /// It is in quarantine.
    Held,
}

#[derive(Serialize)]
struct Content<'a> {
    kreds_name: &'a str,
    day: String,
    count: usize,
    first: Option<String>,
    last: Option<String>,
    lines: Vec<Line<'a>>,
    parked: Vec<&'a str>,
    held: Vec<&'a str>,
    owed_before: usize,
    site_name: &'a str,
    base_url: &'a str,
    support: &'a str,
}

#[derive(Serialize)]
struct Line<'a> {
    serial: String,
    time: String,
    reference: &'a str,
    form_title: &'a str,
    state: &'static str,
}

impl DigestState {
    /// As officers read it.
    const fn words(self) -> &'static str {
        match self {
            Self::Delivered => "leveret",
            Self::Sent => "sendt",
            Self::Waiting => "venter på at blive sendt",
            Self::Parked => "KUNNE IKKE SENDES",
            Self::Held => "tilbageholdt",
        }
    }
}

impl Pages {
    /// The mail to the kreds, in the order of the numbers. `view` is in Danish.
    pub fn digest_mail(&self, view: &View<'_>, kreds_name: &str, digest: &Digest) -> Result<Mail, BadPage> {
        let words = &view.texts()?.words;
        let mut lines: Vec<&DigestLine> = digest.lines.iter().collect();
        // What has no number yet stands last.
        lines.sort_by_key(|line| (line.serial.is_none(), line.serial, line.received, &line.reference));
        let numbers = || lines.iter().filter_map(|line| line.serial);
        let parked = lines.iter().filter(|line| line.state == DigestState::Parked);
        let day = dates::day(words, digest.day);
        let content = Content {
            kreds_name,
            count: lines.len(),
            first: numbers().min().map(|serial| serial.to_string()),
            last: numbers().max().map(|serial| serial.to_string()),
            parked: parked.map(|line| line.reference.as_str()).collect(),
            held: digest.held.iter().map(Reference::as_str).collect(),
            owed_before: digest.owed_before,
            lines: lines
                .iter()
                .map(|line| Line {
                    serial: line.serial.map_or_else(|| "uden nummer".to_owned(), |serial| serial.to_string()),
                    time: dates::time(line.received),
                    reference: line.reference.as_str(),
                    form_title: &line.form_title,
                    state: line.state.words(),
                })
                .collect(),
            site_name: view.catalog.site_name(),
            base_url: view.catalog.base_url(),
            support: view.catalog.fallback().as_str(),
            day,
        };
        Ok(Mail {
            subject: format!("Dagens bestillinger · {kreds_name} · {}", content.day),
            text: self.fill("digest.txt", &content)?,
            html: self.fill("digest.html", &content)?,
        })
    }
}
