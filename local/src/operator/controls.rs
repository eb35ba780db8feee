//! Drafts of a kreds's pages about its controls: a file for each that officers noted, for an editor to go through.

use super::Tool;
use super::failure::Failure;
use super::output::Output;
use super::stretches::most;
use super::words::count;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use model::case::{Act, By};
use model::control::{ANNOUNCED_FOR, Control, ControlField};
use model::deadline::danish_day;
use model::form::Form;
use model::names::{KommuneCode, Language};
use model::reference::Reference;
use model::road::{Road, have_one_road};
use pages::address::CONTROLS;
use serde_json::json;
use site_gen::slug;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// A control that officers noted, for one request or several about its road.
struct Noted {
    /// When the first officer noted it.
    at: Timestamp,
    /// The requests for which it was noted, each with the name of its road if that can be published.
    requests: BTreeMap<Reference, Option<String>>,
    kommune: KommuneCode,
    date: Date,
    roads: Vec<Road>,
    /// All that the notes say of it.
    control: Control,
}

/// Writes a draft of each control that was noted in the last 90 days and has none.
pub(super) async fn controls(tool: &Tool, kreds: &str, content: &Path) -> Result<Output, Failure> {
    let (kreds, now) = (tool.kreds(kreds).await?, tool.now());
    let folder = content.join("kredse").join(kreds.as_str());
    if !folder.is_dir() {
        return Err(Failure::usage(format!("{} is no folder of a kreds: name the content's folder", folder.display())));
    }
    let folder = folder.join(CONTROLS);
    let catalog = tool.service.catalog().await?;
    tool.audit("drafted controls", &kreds).await?;
    let (store, today) = (tool.service.store(), danish_day(now));
    let mut notes = Vec::new();
    for back in (0..ANNOUNCED_FOR).rev() {
        for id in store.of_day(&kreds, today.saturating_sub(back.days())).await? {
            let Some(file) = store.case(&id, now).await? else { continue };
            let Some(submission) = store.submission(&id, now).await? else { continue };
            // A visit to whoever asked for a call is nobody else's business.
            let form = catalog.form(&file.receipt.form, &Language::danish());
            if form.and_then(Form::week).is_none() {
                continue;
            }
            let answers = &submission.answers;
            let named = Road::of(answers);
            for event in file.case.visible_to_citizen(now).standing() {
                let (Act::Done(control), By::Officer(by)) = (&event.act, &event.by) else { continue };
                if *by == kreds {
                    notes.push(Noted {
                        at: event.at,
                        requests: BTreeMap::from([(
                            file.receipt.reference.clone(),
                            named.first().and_then(|(_, name)| Road::public_name(name)),
                        )]),
                        kommune: answers.place.kommune.clone(),
                        date: control.parts().date.unwrap_or_else(|| danish_day(event.at)),
                        roads: named.iter().map(|(road, _)| road.clone()).collect(),
                        control: *control,
                    });
                }
            }
        }
    }
    let (mut written, mut kept, mut differing) = (Vec::new(), Vec::new(), Vec::new());
    // What is noted later never changes the number in the name of a file that is there.
    notes.sort_by_key(|note| note.at);
    let mut noted = Vec::new();
    notes.into_iter().for_each(|note| add(&mut noted, note));
    let mut names = BTreeMap::new();
    for noted in &noted {
        let kommune = catalog.atlas().kommune(&noted.kommune);
        let kommune = kommune.map_or_else(|| noted.kommune.to_string(), |kommune| kommune.name.clone());
        let name = numbered(&mut names, &noted.file_name(&kommune));
        let unsaid = write(&folder, &name, &noted.draft(&kommune))
            .map_err(|error| Failure::usage(format!("{name} cannot be written in {} ({error})", folder.display())))?;
        match unsaid {
            None => written.push(name),
            Some(unsaid) => {
                differing.extend(unsaid.into_iter().map(|line| format!("{name} does not say {line}")));
                kept.push(name);
            }
        }
    }
    let text = match written.len() {
        0 => format!("No control of {kreds} in the last {ANNOUNCED_FOR} days is without a file."),
        files => {
            let list = written.join("\n  ");
            format!("{} written to {}:\n  {list}\nAn editor reads them.", count(files, "draft"), folder.display())
        }
    };
    let text = [vec![text], differing.clone()].concat().join("\n");
    Ok(Output::done(text, json!({ "kreds": kreds.as_str(), "written": written, "kept": kept, "differing": differing })))
}

/// Adds a note to the control that it is about: on one road of a kommune, on one day, and neither contradicts the other. In the
/// morning and in the afternoon are two, and so are two counts.
fn add(all: &mut Vec<Noted>, note: Noted) {
    let is_its = |known: &Noted| {
        let is_same = known.kommune == note.kommune && known.date == note.date;
        is_same && (known.roads.is_empty() && note.roads.is_empty() || have_one_road(&known.roads, &note.roads))
    };
    let about = all.iter_mut().filter(|known| is_its(known));
    match about.filter_map(|known| known.control.with(&note.control).map(|control| (known, control))).next() {
        Some((known, control)) => {
            known.requests.extend(note.requests);
            known.control = control;
        }
        None => all.push(note),
    }
}

/// The name of a file, with a number if another control has that name: roads of two kommuner, or two whose names are not published.
fn numbered(names: &mut BTreeMap<String, u32>, name: &str) -> String {
    let times = names.entry(name.to_owned()).or_default();
    *times += 1;
    if *times == 1 { format!("{name}.md") } else { format!("{name}-{times}.md") }
}

/// Writes a file that is not there. Of one that is there: what it does not say, for it may have been noted since.
fn write(folder: &Path, name: &str, text: &str) -> std::io::Result<Option<Vec<String>>> {
    fs::create_dir_all(folder)?;
    let path = folder.join(name);
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| None),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let there = fs::read_to_string(path)?;
            let said = |line: &&str| there.lines().any(|known| known.split('#').next().map(str::trim) == Some(*line));
            let is_part = |line: &&str| ControlField::ALL.iter().any(|field| line.starts_with(field.name()));
            Ok(Some(text.lines().filter(is_part).filter(|line| !said(line)).map(str::to_owned).collect()))
        }
        Err(error) => Err(error),
    }
}

impl Noted {
    /// The road's name as the public may read it. A citizen typed it: of several words it may hold others than a name's, so then
    /// two requests must have it.
    fn road(&self) -> Option<String> {
        let names = || self.requests.values().flatten();
        let name = most(names())?;
        let times = names().filter(|other| **other == name).count();
        (times > 1 || !name.contains(' ')).then_some(name)
    }

    fn file_name(&self, kommune: &str) -> String {
        format!("{}-{}", self.date, slug(&self.road().unwrap_or_else(|| kommune.to_owned())))
    }

    fn draft(&self, kommune: &str) -> String {
        let road = self.road().map_or_else(
            || "# Skriv vejens navn, og slet # først på linjen:\n# vej: ".to_owned(),
            |road| format!("# Se efter, at navnet er vejens officielle:\nvej: {road}"),
        );
        let parts = self.control.parts();
        let start = parts.start.map(|start| format!("{}.{:02}", start.hour(), start.minute()));
        let numbers = [parts.minutes, parts.vehicles, parts.over, parts.fined];
        let numbers = numbers.map(|number| number.map(|number| number.to_string()));
        let values = [Some(self.date.to_string()), start].into_iter().chain(numbers);
        let lines = ControlField::ALL.into_iter().zip(values);
        let lines: String =
            lines.filter_map(|(field, value)| Some(format!("{}: {}\n", field.name(), value?))).collect();
        let references: Vec<&str> = self.requests.keys().map(Reference::as_str).collect();
        let requests = if references.len() == 1 { "Bestilling" } else { "Bestillinger" };
        let requests = format!("# {requests}: {}", references.join(", "));
        let top = "# En kladde. Slet linjen »kladde: ja«, når den må vises.\nkladde: ja";
        format!("---\n{top}\n{requests}\n{road}\nkommune: {kommune}\n{lines}---\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(place: &str, typed: [&str; 6]) -> Noted {
        let date = jiff::civil::date(2026, 12, 3);
        let (roads, names): (Vec<_>, Vec<_>) = Road::named_in(place).into_iter().unzip();
        let name = names.first().and_then(|name| Road::public_name(name));
        let control = Control::parse(typed, date..=date).unwrap();
        let requests = BTreeMap::from([(Reference::from_random(place.bytes().map(u64::from).sum()), name)]);
        let kommune = KommuneCode::parse("0751").unwrap();
        Noted { at: Timestamp::UNIX_EPOCH, requests, kommune, date, roads, control }
    }

    #[test]
    fn one_control_noted_for_several_requests_is_one_draft_with_all_that_was_noted() {
        let mut all = Vec::new();
        add(&mut all, noted("grenåvej v. nr 14, hos Hansen", [""; 6]));
        add(&mut all, noted("Grenaavej", ["3.12.2026", "7.30", "60", "212", "31", ""]));
        add(&mut all, noted("Grenåvej", ["", "7.30", "", "212", "", "12"]));
        add(&mut all, noted("Skovvej", [""; 6]));
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].file_name("Aarhus"), "2026-12-03-grenaavej");
        let draft = all[0].draft("Aarhus");
        let lines = "vej: Grenåvej\nkommune: Aarhus\ndato: 2026-12-03\ntid: 7.30\nminutter: 60\nkoeretoejer: 212\n\
                     for_hurtigt: 31\nboeder: 12\n---\n";
        assert!(draft.ends_with(lines) && draft.contains("\nkladde: ja\n"), "{draft}");
        assert!(!draft.contains("Hansen") && !draft.contains("14"), "{draft}");
    }

    #[test]
    fn two_controls_of_one_road_and_day_are_two_drafts_with_the_numbers_of_each() {
        let (morning, afternoon) = (["", "7.30", "60", "212", "31", "12"], ["", "15.00", "60", "90", "4", "1"]);
        let mut all = Vec::new();
        for typed in [morning, afternoon, [""; 6], ["", "", "", "90", "", ""], ["", "", "", "7", "", ""], morning] {
            add(&mut all, noted("Grenåvej", typed));
        }
        let kept: Vec<String> = all.iter().map(|noted| noted.control.to_string()).collect();
        let counts = ["212 vehicles, 31 over the limit, 12 fined", "90 vehicles, 4 over the limit, 1 fined"];
        let [first, second] = counts.map(|counts| format!("60 minutes, {counts}"));
        assert_eq!(kept, [format!("07:30, {first}"), format!("15:00, {second}"), "7 vehicles".to_owned()]);
    }

    #[test]
    fn controls_of_one_name_have_a_file_each() {
        let mut names = BTreeMap::new();
        let mut of = |name: &str| numbered(&mut names, name);
        assert_eq!([of("a"), of("b"), of("a"), of("a")], ["a.md", "b.md", "a-2.md", "a-3.md"]);
    }

    #[test]
    fn only_the_name_of_a_road_is_ever_written() {
        for place in ["ud for min mor Birthe Los i nr 4", "8200 Lisbjerg ved skolen", "Birthe Los Skovvej", ""] {
            let noted = noted(place, [""; 6]);
            assert_eq!(noted.road(), None, "{place}");
            assert_eq!(noted.file_name("Aarhus"), "2026-12-03-aarhus");
            assert!(noted.draft("Aarhus").contains("\n# vej: \nkommune: Aarhus\n"));
        }
        // One request that is noted twice is not two that have the name.
        let mut all = Vec::new();
        add(&mut all, noted("Peter Bangs Vej", [""; 6]));
        add(&mut all, noted("Peter Bangs Vej", [""; 6]));
        assert_eq!((all.len(), all[0].road()), (1, None));
        add(&mut all, noted("på Peter Bangs Vej mod byen", [""; 6]));
        assert_eq!(all[0].road().as_deref(), Some("Peter Bangs Vej"));
    }
}
