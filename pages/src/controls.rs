//! The page of the controls that a kreds has held, and the text about a control on the page, in its feed and in a mail.

use crate::frame::{Above, View};
use crate::{BadPage, Pages, address, dates};
use jiff::Timestamp;
use model::atlas::Kreds;
use model::control::{Control, HeldControl};
use model::html::SafeHtml;
use model::names::Language;
use model::number::grouped;
use serde::Serialize;

/// A control on the page of its kreds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownControl {
    /// The control.
    pub held: HeldControl,
    /// The time since which it is published.
    pub updated: Timestamp,
    /// The editor's text, which is Danish on pages in every language.
    pub body: SafeHtml,
    /// The reason why citizens do not see it, shown to editors. `None` if they do.
    pub unpublished: Option<String>,
}

impl ShownControl {
    /// Appends the reason why citizens do not see the control to its place, if there is one.
    fn listed(&self, place: String) -> String {
        match &self.unpublished {
            Some(why) => format!("{place} ({why})"),
            None => place,
        }
    }
}

/// A number of a control with its label.
#[derive(Serialize)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) value: String,
}

/// The text about a control in a feed or a mail, in one language.
pub struct ControlText {
    /// Road and kommune: `Grenåvej, Aarhus`.
    pub place: String,
    /// Day and time, `torsdag den 3. december 2026 kl. 7.30`, or the day alone.
    pub when: String,
    /// Numbers with their labels, one per line.
    pub lines: Vec<String>,
}

/// The known numbers of a control with their labels.
pub(crate) fn lines(view: &View<'_>, control: &Control) -> Result<Vec<Line>, BadPage> {
    let (words, parts) = (&view.texts()?.words, control.parts());
    let numbers = [
        ("kontrol_minutter", parts.minutes),
        ("kontrol_koeretoejer", parts.vehicles),
        ("kontrol_for_hurtigt", parts.over),
        ("kontrol_boeder", parts.fined),
    ];
    let line = |(key, number): (&str, Option<u16>)| {
        Some(Line { label: words.get(key).to_owned(), value: grouped(number?.into(), view.language) })
    };
    Ok(numbers.into_iter().filter_map(line).collect())
}

impl View<'_> {
    /// The text about a control.
    pub fn control_text(&self, held: &HeldControl) -> Result<ControlText, BadPage> {
        let lines = lines(self, &held.control)?.into_iter().map(|line| format!("{}: {}", line.label, line.value));
        Ok(ControlText { place: self.control_place(held), when: self.control_time(held)?, lines: lines.collect() })
    }

    /// The address of a control on the page of its kreds, in the view's language.
    #[must_use]
    pub fn control_link(&self, held: &HeldControl) -> String {
        format!("{}#{}", self.link(&address::controls(&held.kreds)), held.id)
    }

    /// The title of the page, and of its feed.
    pub fn controls_title(&self) -> Result<String, BadPage> {
        Ok(self.texts()?.words.get("kontrol_titel").to_owned())
    }

    fn control_place(&self, held: &HeldControl) -> String {
        let kommune =
            self.catalog.atlas().kommune(&held.kommune).map_or(held.kommune.as_str(), |kommune| &kommune.name);
        format!("{}, {kommune}", held.road)
    }

    fn control_time(&self, held: &HeldControl) -> Result<String, BadPage> {
        let words = &self.texts()?.words;
        Ok(match held.control.parts().start {
            Some(_) => dates::moment(words, held.began()),
            None => dates::date(words, held.date),
        })
    }
}

impl Pages {
    /// Renders the page: the controls of a kreds that may be published, the newest first.
    pub fn controls(&self, view: &View<'_>, kreds: &Kreds, controls: &[&ShownControl]) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct ListedControl<'a> {
            id: &'a str,
            place: String,
            datetime: String,
            when: String,
            lines: Vec<Line>,
            body: &'a str,
        }
        let entries = controls.iter().copied().map(|shown| {
            let held = &shown.held;
            Ok(ListedControl {
                id: held.id.as_str(),
                place: shown.listed(view.control_place(held)),
                datetime: dates::datetime(held.date, held.control.parts().start),
                when: dates::capital(&view.control_time(held)?),
                lines: lines(view, &held.control)?,
                body: shown.body.as_str(),
            })
        });
        let path = address::controls(&kreds.slug);
        let content = tera::context! {
            controls => &entries.collect::<Result<Vec<_>, BadPage>>()?,
            feed => &view.link(&address::feed(&path)),
            // The language of places and of editors' texts, if it is not the page's.
            words_in => &(*view.language != Language::danish()).then(Language::danish),
        };
        let description = view.texts()?.words.get("kontrol_beskrivelse");
        let frame = view.frame(&view.controls_title()?, description, Above::Kreds(kreds))?;
        self.page("controls.html", &frame, content)
    }
}
