//! The page of figures, for one kreds or the whole country: tables, and charts drawn from them.

mod chart;
mod number;

use crate::frame::{Above, View};
use crate::{BadPage, Pages, address, dates};
use chart::Chart;
use model::atlas::Kreds;
use model::catalog::Link;
use model::figures::{Call, Figures, Measure, Month, Published};
use model::names::{FieldName, FormId, Language};
use model::words::{Words, fill};
use number::Number;
use serde::Serialize;
use std::collections::BTreeMap;

/// Number of months shown; the files beside the page have all of them.
const MONTHS: usize = 12;

/// Number of questions shown.
const QUESTIONS: usize = 10;

/// Outcomes of calls with the keys of their labels, in the order of columns and of the parts of a bar.
const CALLS: [(Call, &str); 4] = [
    (Call::InTime, "tal_i_tide"),
    (Call::Late, "tal_for_sent"),
    (Call::None, "tal_ikke_ringet"),
    (Call::NotNeeded, "tal_afsluttet"),
];

/// A table: column headings and rows.
#[derive(Serialize)]
struct Table {
    heads: Vec<String>,
    rows: Vec<Row<(String, String)>>,
}

#[derive(Serialize)]
struct Row<T> {
    head: String,
    /// True if the heading is Danish on a page in another language.
    is_danish: bool,
    /// In a table, each cell with its column's heading, which a phone shows beside the cell.
    cells: Vec<T>,
}

/// The figures of a page by month, the newest first: of one kreds, or of each kreds.
struct Shown<'a> {
    months: Vec<(Month, Vec<&'a Figures>)>,
    words: &'a Words,
}

impl Shown<'_> {
    /// A measure in one month. For the whole country, the sum of the shown numbers.
    fn of(&self, month: usize, measure: &Measure) -> Number {
        let kredse = self.months.get(month).map(|(_, kredse)| kredse.as_slice()).unwrap_or_default();
        Number::sum(kredse.iter().map(|figures| figures.get(measure).copied().flatten()))
    }

    /// The sum of a measure's shown numbers over all months.
    fn all(&self, measure: &Measure) -> Number {
        let kredse = self.months.iter().flat_map(|(_, kredse)| kredse);
        Number::sum(kredse.map(|figures| figures.get(measure).copied().flatten()))
    }

    fn by_month(&self, heads: &[&str], cells: impl Fn(usize) -> Vec<String>) -> Table {
        let row = |(place, (month, _)): (usize, &(Month, _))| Row {
            head: dates::month(self.words, month.first_day()),
            is_danish: false,
            cells: cells(place),
        };
        self.table(heads, self.months.iter().enumerate().map(row))
    }

    fn table(&self, heads: &[&str], rows: impl Iterator<Item = Row<String>>) -> Table {
        let heads: Vec<String> = heads.iter().map(|key| self.words.get(key).to_owned()).collect();
        let row = |row: Row<String>| {
            let cells = heads.iter().skip(1).cloned().zip(row.cells).collect();
            Row { head: row.head, is_danish: row.is_danish, cells }
        };
        let rows = rows.map(row).collect();
        Table { heads, rows }
    }
}

impl Pages {
    /// Renders the page from all published figures.
    pub fn figures(&self, view: &View<'_>, kreds: Option<&Kreds>, all: &Published) -> Result<String, BadPage> {
        let words = &view.texts()?.words;
        let months = all.iter().rev().take(MONTHS).map(|(month, kredse)| {
            let kredse = kredse.iter().filter(|(slug, _)| kreds.is_none_or(|kreds| kreds.slug == **slug));
            (*month, kredse.map(|(_, figures)| figures).collect())
        });
        let shown = Shown { months: months.collect(), words };
        let path = address::figures(kreds.map(|kreds| &kreds.slug));
        let link = |kreds: &Kreds| Link {
            title: kreds.name.clone(),
            href: view.link(&address::figures(Some(&kreds.slug))),
            language: (*view.language != Language::danish()).then(Language::danish),
        };
        let kredse = view.catalog.atlas().kredse().iter().filter(|_| kreds.is_none()).map(link);
        let (ends, ends_chart) = ends(view, &shown);
        let content = tera::context! {
            calls => &calls(&shown, kreds.is_some()),
            calls_chart => &calls_chart(&shown),
            ends,
            ends_chart,
            forms => &forms(&shown),
            questions => &questions(view, &shown),
            csv => &address::figures_file(&path, "csv"),
            json => &address::figures_file(&path, "json"),
            kredse => &kredse.collect::<Vec<_>>(),
            country => &kreds.map(|_| view.link(&address::figures(None))),
        };
        let title = kreds.map_or_else(
            || words.get("tal_land").to_owned(),
            |kreds| fill(words.get("tal_kreds"), &[("kreds", &kreds.name)]),
        );
        let above = kreds.map_or(Above::Front, Above::Kreds);
        let frame = view.frame(&title, words.get("tal_beskrivelse"), above)?;
        self.page("figures.html", &frame, content)
    }
}

/// Requests by the outcome of the call. Only a single kreds has a median.
fn calls(shown: &Shown<'_>, has_median: bool) -> Table {
    let words = shown.words;
    let calls = CALLS.iter().map(|(_, key)| *key);
    let median = has_median.then_some("tal_dage");
    let heads: Vec<&str> =
        ["tal_maaned", "tal_modtaget"].into_iter().chain(calls).chain(["tal_videresendt"]).chain(median).collect();
    shown.by_month(&heads, |month| {
        let received = match shown.of(month, &Measure::Received) {
            Number::Hidden => words.get("tal_under").to_owned(),
            number => number.text(words),
        };
        let parts = CALLS.iter().map(|(call, _)| Measure::Call(*call)).chain([Measure::Forwarded]);
        let median = has_median.then_some(Measure::MedianDays);
        let numbers = parts.chain(median).map(|measure| shown.of(month, &measure).text(words));
        [received].into_iter().chain(numbers).collect()
    })
}

fn calls_chart(shown: &Shown<'_>) -> Chart {
    let bar = |(place, (month, _)): (usize, &(Month, _))| {
        let parts = CALLS.iter().map(|(call, _)| shown.of(place, &Measure::Call(*call)).least());
        let label = dates::month(shown.words, month.first_day());
        (label, parts.collect(), shown.of(place, &Measure::Received).least())
    };
    Chart::new(shown.months.iter().enumerate().map(bar))
}

/// Requests by how they were closed, over all shown months.
fn ends(view: &View<'_>, shown: &Shown<'_>) -> (Table, Chart) {
    let words = shown.words;
    let is_foreign = *view.language != Language::danish();
    let reasons = view.catalog.reasons().iter();
    let closed = reasons.map(|reason| (reason.title.clone(), is_foreign, Measure::Closed(reason.slug.clone())));
    let fixed = [("tal_ellers", Measure::ClosedOtherwise), ("tal_ikke_lukket", Measure::NotClosed)];
    let fixed = fixed.map(|(key, measure)| (words.get(key).to_owned(), false, measure));
    let ends: Vec<_> = closed.chain(fixed).map(|(head, is_danish, of)| (head, is_danish, shown.all(&of))).collect();
    let drawn = ends.iter().filter(|(_, _, number)| number.least() > 0);
    let chart = Chart::new(drawn.map(|(head, _, number)| (head.clone(), vec![number.least()], number.least())));
    let row =
        |(head, is_danish, number): (String, bool, Number)| Row { head, is_danish, cells: vec![number.text(words)] };
    (shown.table(&["tal_grund", "tal_antal"], ends.into_iter().map(row)), chart)
}

fn forms(shown: &Shown<'_>) -> Table {
    shown.by_month(&["tal_maaned", "tal_begyndt", "tal_sendt"], |month| {
        [Measure::Started, Measure::Received].map(|measure| shown.of(month, &measure).text(shown.words)).to_vec()
    })
}

/// The questions whose answers were most often rejected; `None` if no answer was.
fn questions(view: &View<'_>, shown: &Shown<'_>) -> Option<Table> {
    let mut times: BTreeMap<(&FormId, &FieldName), u32> = BTreeMap::new();
    for (measure, number) in shown.months.iter().flat_map(|(_, kredse)| kredse).flat_map(|figures| figures.iter()) {
        if let (Measure::Failed(form, field), Some(number)) = (measure, number) {
            *times.entry((form, field)).or_default() += number;
        }
    }
    let question = |((form, field), number): ((&FormId, &FieldName), u32)| {
        let form = view.catalog.form(form, view.language)?;
        let field = form.fields().find(|known| known.name == *field)?;
        let head = format!("{} ({})", field.short, form.title());
        Some((number, Row { head, is_danish: false, cells: vec![Number::AtLeast(number).text(shown.words)] }))
    };
    let mut questions: Vec<_> = times.into_iter().filter_map(question).collect();
    questions.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    let rows = questions.into_iter().map(|(_, row)| row).take(QUESTIONS);
    let table = shown.table(&["tal_spoergsmaal", "tal_gange"], rows);
    (!table.rows.is_empty()).then_some(table)
}
