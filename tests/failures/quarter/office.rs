//! The people of a quarter: citizens who ask, officers who call, note, send on, close or forget, and what they say when asked.

use super::town::{DAY, FORM, Mail, Town};
use crate::failures::citizen::nonce;
use crate::failures::random::Random;
use lambda_http::Body;
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::Range;

const HOUR: i64 = 60 * 60;

/// Something that a person does at a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Send(u32),
    /// On an officer's page: a choice.
    Note(String, &'static str),
    /// On the citizen's page: an answer.
    Answer(String, &'static str),
    /// On the citizen's page.
    Withdraw(String),
}

/// All of them.
pub(super) struct Office {
    random: Random,
    /// The name of a kreds, and of a kommune of it.
    kredse: Vec<(String, String)>,
    plan: BTreeMap<i64, Vec<Deed>>,
    counts: BTreeMap<&'static str, u32>,
}

impl Office {
    pub(super) fn new(town: &Town<'_>, requests: u32, days: Range<i64>) -> Self {
        let atlas = town.catalog.atlas();
        let kreds = |kreds: &model::atlas::Kreds| {
            let kommune = atlas.kommuner_of(&kreds.slug).next().unwrap();
            (kreds.slug.to_string(), kommune.code.to_string())
        };
        let kredse: Vec<_> = atlas.kredse().iter().map(kreds).collect();
        assert_eq!(kredse.len(), 12);
        let mut office = Self { random: Random::new(19), kredse, plan: BTreeMap::new(), counts: BTreeMap::new() };
        for number in 0..requests {
            let at = office.random.between(days.start, days.end - 1);
            office.later(at, Deed::Send(number));
        }
        office
    }

    /// Number of each act.
    pub(super) fn summary(&self) -> String {
        format!("{:?}\n", self.counts)
    }

    fn later(&mut self, at: i64, deed: Deed) {
        self.plan.entry(at).or_default().push(deed);
    }

    /// Reads the mails that came, and does what it is time for.
    pub(super) fn act(&mut self, town: &mut Town<'_>, now: i64) {
        for mail in town.new_mails() {
            self.read(&mail, now);
        }
        while let Some((at, deeds)) = self.plan.pop_first() {
            if at > now {
                self.plan.insert(at, deeds);
                return;
            }
            deeds.iter().for_each(|deed| self.do_it(town, now, deed));
        }
    }

    /// Acts of an officer who reads a mail.
    fn read(&mut self, mail: &Mail, now: i64) {
        let Some((_, kind)) = mail.name.split_once('.') else { return };
        let Some(link) = mail.text.lines().find(|line| line.starts_with("http")).map(path) else { return };
        let soon = now + self.random.between(HOUR / 2, 40 * HOUR);
        let percent = match kind {
            // One in five is forgotten.
            "kreds" | "videre" => 80,
            "rykker" | "videre-rykker" => 40,
            "overskredet" | "videre-overskredet" => 50,
            "spoergsmaal" => {
                if self.random.percent(60) {
                    let answer = self.random.of(&["nej", "nej", "ja"]);
                    self.later(soon, Deed::Answer(link, answer));
                }
                return;
            }
            "borger" => {
                if self.random.percent(5) {
                    let at = if self.random.percent(50) { soon } else { soon + self.random.between(0, 9 * DAY) };
                    self.later(at, Deed::Withdraw(link));
                }
                return;
            }
            _ => return,
        };
        if !self.random.percent(percent) {
            *self.counts.entry("forgotten").or_default() += 1;
            return;
        }
        let choice = self.random.of(&[
            "ringet",
            "ringet",
            "ringet",
            "ringet",
            "ringet",
            "ikke-truffet",
            "afslut",
            "afslut",
            "planlagt",
            "videre",
        ]);
        // Somebody who is busy, and somebody who is quick.
        let at = if self.random.percent(30) { now + self.random.between(DAY, 9 * DAY) } else { soon };
        self.later(at, Deed::Note(link.clone(), choice));
        match choice {
            "ikke-truffet" if self.random.percent(70) => {
                let again = at + self.random.between(HOUR, 4 * DAY);
                self.later(again, Deed::Note(link, "ringet"));
            }
            "ringet" if self.random.percent(5) => self.later(at + 300, Deed::Note(link, "fortryd")),
            "ringet" if self.random.percent(30) => self.later(at + 5 * HOUR, Deed::Note(link, "afslut")),
            _ => {}
        }
    }

    fn do_it(&mut self, town: &mut Town<'_>, now: i64, deed: &Deed) {
        let (what, status) = match deed {
            Deed::Send(number) => ("sent", self.send(town, now, *number)),
            Deed::Note(link, choice) => (*choice, self.note(town, now, link, choice)),
            Deed::Answer(link, answer) => (*answer, town.ask(now, link, Some(&[("svar", answer)])).status().as_u16()),
            Deed::Withdraw(link) => ("withdrawn", Self::withdraw(town, now, link)),
        };
        // A page may be gone, or have no such choice any more.
        assert!(matches!(status, 303 | 404 | 409 | 422), "{deed:?}: {status}");
        *self.counts.entry(if status == 303 { what } else { "in vain" }).or_default() += 1;
    }

    fn send(&mut self, town: &mut Town<'_>, now: i64, number: u32) -> u16 {
        let place = self.random.below(12);
        let (kreds, kommune) = self.kredse[place].clone();
        let email = if self.random.percent(70) { format!("borger{number}@eksempel.example") } else { String::new() };
        // Four digits may be a day and a month, and the service would ask whether they are of a CPR number.
        let name = format!("Borger {}", letters(number));
        let mut values = vec![
            ("trin", "gennemse"),
            ("udgave", town.catalog.version().as_str()),
            ("hjemmeside", ""),
            ("udfyldt_ms", ""),
            ("sprog", "da"),
            ("kreds", &kreds),
            ("kommune", &kommune),
            ("emne", "utryghed"),
            ("vej", "Parken bag stationen"),
            ("beskrivelse", "Vi er utrygge i parken."),
            ("navn", name.as_str()),
            ("telefon", "20 12 34 56"),
            ("email", &email),
            ("ringetid", "aften"),
        ];
        // Some forget something, see that, and send the form again.
        let mut is_first = true;
        for refused in [&["telefon", "vej"][..], &["vej"], &[]] {
            if !refused.is_empty() && self.random.percent(70) {
                continue;
            }
            let mut filled = values.clone();
            filled.retain(|(name, _)| !refused.contains(name));
            let answer = town.ask(now, &format!("/indsend/{FORM}"), Some(&filled));
            assert_eq!(answer.status().as_u16(), if refused.is_empty() { 200 } else { 422 });
            town.posts.push(json!({ "at": now, "kreds": kreds, "is_first": is_first, "refused": refused }));
            if is_first && answer.status() != 200 {
                values.push(("igen", "ja"));
                is_first = false;
            }
        }
        values[0] = ("trin", "send");
        town.ask(now, &format!("/indsend/{FORM}"), Some(&values)).status().as_u16()
    }

    fn withdraw(town: &Town<'_>, now: i64, link: &str) -> u16 {
        let html = match open(town, now, link) {
            Ok(html) => html,
            Err(status) => return status,
        };
        let Some(nonce) = nonce(&html, "traek-tilbage") else { return 409 };
        let form = [("handling", "traek-tilbage"), ("nonce", &nonce), ("slet", "ja")];
        town.ask(now, link, Some(&form)).status().as_u16()
    }

    fn note(&mut self, town: &Town<'_>, now: i64, link: &str, choice: &str) -> u16 {
        let html = match open(town, now, link) {
            Ok(html) => html,
            Err(status) => return status,
        };
        // The page has another form before it, for whoever calls.
        let Some((_, html)) = html.split_once("id=\"valg\"") else { return 409 };
        let value = |name: &str| {
            let rest = html.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
            rest.split('"').next().map(str::to_owned)
        };
        let (Some(nonce), Some(seen)) = (value("nonce"), value("hidtil")) else { return 409 };
        let (to, _) = self.kredse[self.random.below(12)].clone();
        let form = [
            ("nonce", nonce.as_str()),
            ("hidtil", seen.as_str()),
            ("valg", choice),
            ("til", to.as_str()),
            ("grund", "ikke-muligt"),
            ("note", ""),
        ];
        town.ask(now, link, Some(&form)).status().as_u16()
    }
}

/// A number in letters.
fn letters(number: u32) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

/// The page at a link, or its status where there is none.
fn open(town: &Town<'_>, now: i64, link: &str) -> Result<String, u16> {
    let page = town.ask(now, link, None);
    match page.body() {
        Body::Text(html) if page.status() == 200 => Ok(html.clone()),
        _ => Err(page.status().as_u16()),
    }
}

fn path(line: &str) -> String {
    line.splitn(4, '/').nth(3).map(|rest| format!("/{rest}")).unwrap_or_default()
}
