//! Edits of temporary content: messages, tours, own texts, images, and pages with a beginning and an end.

use super::super::crate_folder;
use super::super::random::Random;
use super::{DAYS, Editor};
use std::fs;

impl Editor<'_> {
    /// Changes a value of a kreds, or its temporary message.
    pub(super) fn kreds(&mut self, random: &mut Random) -> String {
        let Some(path) = self.some(random, |path| path.ends_with("/kreds.md")) else { return String::new() };
        let (text, word) = (self.read(&path), self.word());
        let number = 1 + random.below(50);
        let (line, english) = match random.below(5) {
            0 => (format!("frist: {{ring: {number}}}\n"), None),
            1 => (format!("frist: {{svar: {number}, handling: 60}}\n"), None),
            2 => (format!("hovedstation: {word}\n"), None),
            3 => (format!("opbevaring_dage: {number}\n"), None),
            _ => {
                let (from, until) = (random.of(&DAYS[..3]), random.of(&DAYS[2..]));
                let times = format!("vises_fra: \"{from}\", udloeber: \"{until}\"");
                (
                    format!("driftsbesked: {{tekst: {word}, {times}}}\n"),
                    Some(format!("driftsbesked: {{tekst: {word}}}\n")),
                )
            }
        };
        let key = line.split(':').next().unwrap().to_owned();
        self.content.write(&path, &with_line(&text, &key, &line));
        if let Some(english) = english {
            let path = path.replace(".md", ".en.md");
            self.content.write(&path, &with_line(&self.read(&path), &key, &english));
        }
        format!("{key} in {path}")
    }

    /// Gives a kreds a tour with new stops, or removes it.
    pub(super) fn tour(&mut self, random: &mut Random) -> String {
        if random.one_in(4) && self.content.path().join("kredse/fyn/tur.md").exists() {
            for name in ["tur.md", "tur.en.md"] {
                fs::remove_file(self.content.path().join("kredse/fyn").join(name)).unwrap_or_default();
            }
            return "the tour is gone".to_owned();
        }
        let mut stops = String::new();
        for number in 0..=random.below(3) {
            let (place, discreet) = (self.word(), if random.one_in(3) { "ja" } else { "nej" });
            let day = 20 + 5 * number + random.below(4);
            let date = if day > 30 { format!("2026-12-{:02}", day - 30) } else { format!("2026-11-{day}") };
            stops.push_str(&format!(
                "\n  - dato: {date}\n    tid: 14.00-16.30\n    by: Odense\n    sted: {place}\n    kommune: Odense\n    diskret: {discreet}\n"
            ));
            if random.one_in(2) {
                stops.push_str(&format!("    vises_fra: {}\n", random.of(&DAYS[..2])));
            }
        }
        self.content.tour("fyn", &stops);
        format!("a tour with {} stops", stops.matches("dato:").count())
    }

    /// Gives a kreds its own version of a text, or removes it.
    pub(super) fn own_text(&mut self, random: &mut Random) -> String {
        let folder = self.content.path().join("kredse/fyn/tekster");
        fs::create_dir_all(&folder).unwrap();
        let word = self.word();
        for name in ["haster-ikke.md", "haster-ikke.en.md"] {
            if random.one_in(3) && folder.join(name).exists() {
                fs::remove_dir_all(&folder).unwrap();
                return "Fyn says what all say".to_owned();
            }
            fs::write(folder.join(name), format!("Ring 114, {word}.\n")).unwrap();
        }
        format!("Fyn says {word}")
    }

    /// Adds an image to a page.
    pub(super) fn image(&mut self, random: &mut Random) -> String {
        let Some(path) = self.some(random, |path| path.contains("/ny") && !path.ends_with(".en.md")) else {
            return "no page for an image".to_owned();
        };
        let folder = self.content.path().join("billeder");
        fs::create_dir_all(&folder).unwrap();
        let name = *random.of(&["betjent.png", "sted.png"]);
        fs::copy(crate_folder().join("tests/images").join(name), folder.join("billede.png")).unwrap();
        self.content.write(
            &path,
            &format!("{}\n\n![Et billede af noget](/billeder/billede.png)\n", self.read(&path).trim_end()),
        );
        format!("{name} on {path}")
    }

    /// Sets or removes the draft mark, beginning, end or another date of a page.
    pub(super) fn time(&mut self, random: &mut Random) -> String {
        let Some(path) = self.some(random, |path| path.contains("/ny") && !path.ends_with(".en.md")) else {
            return "no page to time".to_owned();
        };
        let mut keys = vec!["kladde", "fra", "til", "rettet", "aliaser"];
        keys.extend(path.starts_with("kredse/").then_some("nyhed"));
        let key = *random.of(&keys);
        let line = match (key, random.below(4)) {
            (_, 0) => String::new(),
            ("kladde", _) => "kladde: ja\n".to_owned(),
            ("fra", _) => format!("fra: {}\n", random.of(&DAYS[..4])),
            ("rettet" | "nyhed", _) => format!("{key}: {}\n", random.of(&DAYS).split(' ').next().unwrap()),
            ("aliaser", _) => format!("aliaser: [/gammel{}/]\n", random.below(4)),
            _ => format!("til: {}\n", random.of(&DAYS[2..])),
        };
        self.remember(&path);
        self.content.write(&path, &with_line(&self.read(&path), key, &line));
        format!("»{}« for {key} in {path}", line.trim())
    }
}

/// Replaces the value of `key` in the front matter, however many lines it has, with `line`.
fn with_line(text: &str, key: &str, line: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if let Some(place) = lines.iter().position(|line| line.starts_with(&format!("{key}:"))) {
        lines.remove(place);
        while lines.get(place).is_some_and(|line| line.starts_with([' ', '\t'])) {
            lines.remove(place);
        }
    }
    lines.insert(1.min(lines.len()), line);
    lines.concat()
}
