//! What the site promises: every telephone number, deadline, mailbox domain and word of no guarantee, and where each stands.
//!
//! It is found in the finished pages, so that it does not matter which text or template it came from, and at every time at
//! which something appears, so that it is the same today and tomorrow. What was approved is kept in the content; as long
//! as both are equal, nothing has drifted.

mod changes;
mod found;
mod lines;
mod places;

pub use changes::{Change, changes};

use crate::build::incremental::Builder;
use crate::build::{Built, Failure};
use crate::check::edition::Edition;
use crate::check::promised::spans;
use crate::check::site::Site;
use crate::output::File;
use crate::source::read::{self, Source};
use found::Found;
use jiff::Timestamp;
use model::atlas::Kreds;
use model::deadline::Deadline;
use model::email::EmailAddress;
use model::names::Language;
use model::phone::Phone;
use places::Ground;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use thiserror::Error;

/// Where the approved promises stand, below the content folder.
pub const APPROVED: &str = "data/loefter.json";

/// Everything that is promised. Its keys are Danish, since editors read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promises {
    /// What each kreds has in its facts.
    kredse: BTreeMap<String, OfKreds>,
    /// The domains of the mailboxes that all share.
    landet: BTreeMap<String, String>,
    /// What is not promised, by language.
    forbehold: BTreeMap<String, NoGuarantee>,
    /// Telephone numbers.
    numre: BTreeMap<String, Places>,
    /// Deadlines, and how long something is kept.
    frister: BTreeMap<String, Places>,
    /// Domains of addresses that citizens can read.
    maildomaener: BTreeMap<String, Places>,
}

/// How often something stands on which pages and in which files.
type Places = BTreeMap<String, usize>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfKreds {
    frist: String,
    opbevaring: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    telefon: Option<String>,
    /// The domain of each mailbox.
    postkasser: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoGuarantee {
    tekst: String,
    sider: Places,
}

/// Promises that cannot be read.
#[derive(Debug, Error)]
#[error("Løfterne kan ikke læses ({0}). Er filen lavet af en anden udgave af programmet, så lav den igen.")]
pub struct Unreadable(#[from] serde_json::Error);

impl Promises {
    /// What the content promises, now and whenever something that has a beginning has begun.
    pub fn of(content: &Path) -> Result<Self, Failure> {
        let mut builder = Builder::new(content);
        let first = builder.build(Edition::of(Timestamp::UNIX_EPOCH))?;
        let mut all = Found::default();
        let moments: BTreeSet<Timestamp> = first.site.changes().iter().map(|change| change.at).collect();
        for moment in moments {
            all.at_most_as_often(&of_pages(&builder.build(Edition::of(moment))?));
        }
        all.at_most_as_often(&of_pages(&first));
        for source in read::read(content).sources.iter().filter(|source| is_looked_at(&source.path)) {
            all.add(&source.path, &of_file(source));
        }
        Ok(Self::new(&first.site, all))
    }

    /// Those in `json`.
    pub fn from_json(json: &str) -> Result<Self, Unreadable> {
        Ok(serde_json::from_str(json)?)
    }

    /// As JSON for people: sorted, one thing on each line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Maps of texts and numbers can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The file to keep with a build, beside the public folder.
    #[must_use]
    pub fn to_file(&self) -> File {
        File { path: "loefter.json".to_owned(), bytes: self.to_json().into_bytes() }
    }

    fn new(site: &Site, found: Found) -> Self {
        let catalog = site.catalog();
        let ground = Ground {
            kredse: catalog.atlas().kredse().iter().map(|kreds| kreds.slug.to_string()).collect(),
            languages: catalog.languages().map(Language::to_string).collect(),
        };
        let Found { pages, numbers, deadlines, domains, no_guarantee } = found;
        let fold = |counts: BTreeMap<String, Places>| -> BTreeMap<String, Places> {
            counts.into_iter().map(|(value, counts)| (value, ground.fold(&counts, &pages))).collect()
        };
        let of_language = |language: &Language| {
            let text = catalog.texts(language)?.no_guarantee.text();
            let counts = no_guarantee.get(language.as_str()).cloned().unwrap_or_default();
            Some((language.to_string(), NoGuarantee { tekst: text, sider: ground.fold(&counts, &pages) }))
        };
        Self {
            kredse: catalog.atlas().kredse().iter().map(|kreds| (kreds.slug.to_string(), of_kreds(kreds))).collect(),
            landet: [("faldback_postkasse", catalog.fallback()), ("sikkerhedskontakt", site.security_contact())]
                .map(|(name, mailbox)| (name.to_owned(), domain(mailbox)))
                .into(),
            forbehold: catalog.languages().filter_map(of_language).collect(),
            numre: fold(numbers),
            frister: fold(deadlines),
            maildomaener: fold(domains),
        }
    }

    /// The kredse and languages that the places are folded by.
    fn ground(&self) -> Ground {
        Ground { kredse: self.kredse.keys().cloned().collect(), languages: self.forbehold.keys().cloned().collect() }
    }
}

/// Texts that no page may show at the times that are looked at: those of the function, as in errors and mails, and the
/// stops of a tour.
fn is_looked_at(path: &str) -> bool {
    let is_tour = path.starts_with("kredse/") && path.rsplit('/').next().is_some_and(|name| name.starts_with("tur."));
    path.starts_with("sprog/") || path.starts_with("formularer/") || is_tour
}

fn of_file(source: &Source) -> found::InText {
    found::in_lines(source.text.lines().filter(|line| !line.trim_start().starts_with('#')))
}

/// What is on the pages of one build.
fn of_pages(built: &Built) -> Found {
    let catalog = built.site.catalog();
    let pages = built.files.iter().filter_map(|file| {
        let path = file.path.strip_prefix("public")?;
        path.ends_with(".html").then(|| (path.trim_end_matches("index.html"), String::from_utf8_lossy(&file.bytes)))
    });
    let pages: Vec<_> = pages.collect();
    let of_page = |(path, html): &(&str, std::borrow::Cow<'_, str>)| {
        let no_guarantee = catalog.languages().filter_map(|language| {
            let count = html.matches(catalog.texts(language)?.no_guarantee.as_str().trim()).count();
            (count > 0).then(|| (language.to_string(), count))
        });
        ((*path).to_owned(), found::in_lines(lines::lines(html).iter().map(String::as_str)), no_guarantee.collect())
    };
    let mut found = Found::default();
    for (path, in_text, no_guarantee) in pages.par_iter().map(of_page).collect::<Vec<(_, _, BTreeMap<_, _>)>>() {
        found.add(&path, &in_text);
        for (language, count) in no_guarantee {
            found.no_guarantee.entry(language).or_default().insert(path.clone(), count);
        }
        found.pages.insert(path);
    }
    found
}

fn of_kreds(kreds: &Kreds) -> OfKreds {
    let days = |days: u16| spans::told(days.into(), "dage");
    let mailboxes = kreds.mailboxes.iter().map(|(form, mailbox)| (form.to_string(), domain(mailbox)));
    OfKreds {
        frist: match kreds.deadline {
            Deadline::Call { days: call } => format!("ring: {}", days(call)),
            Deadline::AnswerAndAct { answer_days, act_days } => {
                format!("svar: {}, handling: {}", days(answer_days), days(act_days))
            }
        },
        opbevaring: days(kreds.retention.as_days()),
        telefon: kreds.phone.as_ref().map(Phone::grouped),
        postkasser: mailboxes.chain([("reservepostkasse".to_owned(), domain(&kreds.second_mailbox))]).collect(),
    }
}

fn domain(mailbox: &EmailAddress) -> String {
    mailbox.as_str().rsplit('@').next().unwrap_or_default().to_lowercase()
}

/// The names of the pages of a build.
type Pages = BTreeSet<String>;

#[cfg(test)]
mod tests;
