//! Random edits of content: mostly valid, sometimes wrong, and eventually repaired.

mod happenings;

use super::Content;
use super::random::Random;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Edits one tree, and keeps track of broken files.
pub(crate) struct Editor<'a> {
    content: &'a Content,
    /// Files before they were broken; `None` if they did not exist.
    broken: Vec<(String, Option<Vec<u8>>)>,
    /// The number of generated words.
    made_up: usize,
}

const DAYS: [&str; 6] =
    ["2026-11-20", "2026-11-23 09:30", "2026-11-28", "2026-12-05", "2026-12-24 18:00", "2027-01-15"];

impl<'a> Editor<'a> {
    pub(crate) const fn new(content: &'a Content) -> Self {
        Self { content, broken: Vec::new(), made_up: 0 }
    }

    /// Restores the last good state, like an author who cannot find the mistake.
    pub(crate) fn give_up(&mut self, good: &BTreeMap<PathBuf, Vec<u8>>) -> String {
        self.content.restore(good);
        self.broken.clear();
        "all is as it was last good".to_owned()
    }

    /// Makes one edit and describes it.
    pub(crate) fn edit(&mut self, random: &mut Random) -> String {
        // A broken file is repaired soon, or nothing else would be tested.
        if !self.broken.is_empty() && !random.one_in(3) {
            return self.mend();
        }
        match random.below(22) {
            0..=2 => self.body(random),
            3 | 4 => self.value(
                random,
                |path| path.starts_with("sider/") || path.starts_with("kredse/"),
                &["titel", "beskrivelse"],
            ),
            5 => self.value(
                random,
                |path| path.starts_with("sprog/"),
                &["om_kredsen", "knap_send", "forside", "frist", "laes_mere"],
            ),
            6 => self.value(
                random,
                |path| path.starts_with("formularer/"),
                &["titel", "kort", "spoergsmaal", "i_mail", "her"],
            ),
            7 => self.kreds(random),
            8 => self.value(random, |path| path == "indstillinger.md", &["navn"]),
            9 | 10 => self.add(random),
            11 => self.remove(random),
            12 => self.rename(random),
            13 | 14 => self.time(random),
            15 => self.tour(random),
            16 => self.own_text(random),
            17 => self.image(random),
            18 => self.value(random, |path| path.ends_with("tur.md"), &["titel", "sted", "by", "note"]),
            _ => self.break_something(random),
        }
    }

    /// All files, sorted.
    fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> =
            site_gen::source::read::read(self.content.path()).sources.into_iter().map(|source| source.path).collect();
        paths.sort();
        paths
    }

    fn some(&self, random: &mut Random, is_meant: impl Fn(&str) -> bool) -> Option<String> {
        let paths: Vec<String> = self.paths().into_iter().filter(|path| is_meant(path)).collect();
        (!paths.is_empty()).then(|| random.of(&paths).clone())
    }

    fn read(&self, path: &str) -> String {
        // A broken file may not exist.
        String::from_utf8_lossy(&fs::read(self.content.path().join(path)).unwrap_or_default()).into_owned()
    }

    fn word(&mut self) -> String {
        self.made_up += 1;
        format!("ord{}", self.made_up)
    }

    /// Adds a line to a text, perhaps a heading or a link, which may be dead.
    fn body(&mut self, random: &mut Random) -> String {
        let Some(path) = self.some(random, |path| path.ends_with(".md") && path != "indstillinger.md") else {
            return String::new();
        };
        let word = self.word();
        let addresses = ["/privatliv/", "/en/privatliv/", "/fyn/", "/ny1/", "/fyn/ny2/", "https://politi.dk"];
        let line = match random.below(8) {
            0 => format!("## {word}"),
            1 => format!("Se [{word}]({}).", random.of(&addresses)),
            _ => format!("Der står {word} & <mere> her."),
        };
        let line = line.replace('<', "\\<");
        if line.starts_with('#') || line.contains("](") {
            self.remember(&path);
        }
        self.content.write(&path, &format!("{}\n\n{line}\n", self.read(&path).trim_end()));
        format!("»{line}« in {path}")
    }

    /// Changes the value of a key at one of its occurrences.
    fn value(&mut self, random: &mut Random, is_meant: impl Fn(&str) -> bool, keys: &[&str]) -> String {
        let Some(path) = self.some(random, is_meant) else { return String::new() };
        let (text, key, word) = (self.read(&path), random.of(keys), self.word());
        let places: Vec<usize> =
            text.match_indices(&format!("{key}: ")).map(|(place, found)| place + found.len()).collect();
        if places.is_empty() {
            return format!("no {key} in {path}");
        }
        let place = *random.of(&places);
        let end = place + text[place..].find('\n').unwrap_or(0);
        self.content.write(&path, &format!("{}{word}{}", &text[..place], &text[end..]));
        format!("{key} in {path}")
    }

    /// Adds a page: translated, in Danish only, or a draft.
    fn add(&mut self, random: &mut Random) -> String {
        let folder = *random.of(&["sider", "kredse/fyn", "kredse/oestjylland"]);
        let (path, word) = (format!("{folder}/ny{}.md", random.below(6)), self.word());
        let english = path.replace(".md", ".en.md");
        let (line, is_translated) = match random.below(4) {
            0 => ("oversaettes: nej\n", false),
            1 => ("kladde: ja\n", random.one_in(2)),
            _ => ("", true),
        };
        self.content.write(&path, &format!("---\ntitel: Side {word}\nbeskrivelse: Om {word}.\n{line}---\n\nTekst.\n"));
        if is_translated {
            self.content.write(&english, &format!("---\ntitel: Page {word}\nbeskrivelse: On {word}.\n---\n\nText.\n"));
        } else if self.content.path().join(&english).exists() {
            self.content.remove(&english);
        }
        format!("{path} with »{}«", line.trim())
    }

    /// Removes a page, usually with its translation.
    fn remove(&mut self, random: &mut Random) -> String {
        let Some(path) = self.some(random, |path| path.contains("/ny") && !path.ends_with(".en.md")) else {
            return "nothing to remove".to_owned();
        };
        let english = path.replace(".md", ".en.md");
        if self.content.path().join(&english).exists() {
            if random.one_in(4) {
                self.remember(&path);
            } else {
                self.content.remove(&english);
            }
        }
        self.content.remove(&path);
        format!("{path} is gone")
    }

    /// Renames a page with its translation.
    fn rename(&mut self, random: &mut Random) -> String {
        let Some(path) = self.some(random, |path| path.contains("/ny") && !path.ends_with(".en.md")) else {
            return "nothing to rename".to_owned();
        };
        let folder = path.rsplit_once('/').unwrap().0;
        let target = format!("{folder}/ny{}.md", random.below(6));
        for ending in [".md", ".en.md"] {
            let (from, to) = (path.replace(".md", ending), target.replace(".md", ending));
            let (from, to) = (self.content.path().join(from), self.content.path().join(to));
            if from.exists() {
                fs::rename(from, to).unwrap();
            } else if to.exists() {
                fs::remove_file(to).unwrap();
            }
        }
        format!("{path} is {target} now")
    }

    /// Damages a file: half of it, a missing, duplicate or stray line, bytes that are not UTF-8, or no file.
    fn break_something(&mut self, random: &mut Random) -> String {
        let Some(path) = self.some(random, |path| !path.ends_with(".geojson")) else { return String::new() };
        self.remember(&path);
        let file = self.content.path().join(&path);
        let text = self.read(&path);
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let place = random.below(u32::try_from(lines.len().max(1)).unwrap()) as usize;
        let how = match random.below(6) {
            0 => {
                lines.truncate(place);
                "is half"
            }
            1 if place < lines.len() => {
                lines.remove(place);
                "lacks a line"
            }
            2 if place < lines.len() => {
                lines.insert(place, lines[place]);
                "has a line twice"
            }
            3 => {
                fs::write(&file, [text.as_bytes(), b"\xe6\xf8\xe5\n"].concat()).unwrap();
                return format!("{path} is not UTF-8");
            }
            4 => {
                fs::remove_file(&file).unwrap();
                return format!("{path} is not there");
            }
            _ => {
                lines.insert(place, "rod: [i filen\n");
                "has a line too many"
            }
        };
        fs::write(&file, lines.concat()).unwrap();
        format!("{path} {how}")
    }

    fn remember(&mut self, path: &str) {
        self.broken.push((path.to_owned(), fs::read(self.content.path().join(path)).ok()));
    }

    /// Repairs the file that was broken last.
    fn mend(&mut self) -> String {
        let Some((path, bytes)) = self.broken.pop() else { return String::new() };
        let file = self.content.path().join(&path);
        match bytes {
            Some(bytes) => {
                // Its folder may have been removed since.
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, bytes).unwrap();
            }
            None => fs::remove_file(file).unwrap_or_default(),
        }
        format!("{path} is mended")
    }
}
