//! Reads the kredse: their facts, mailboxes, deadlines and own pages.

use super::closed::{self, Closed};
use super::controls::{self, ControlDraft};
use super::deadline::deadline;
use super::history::History;
use super::layout::{Folder, Layout};
use super::mailboxes::{self, Written};
use super::own_texts;
use super::page::{self, Kind, PageDraft};
use super::places::Kommuner;
use super::publication;
use super::review;
use super::service_message::{self, Times};
use super::texts::Texts;
use super::tour::{self, TourDraft};
use super::translations::Translations;
use crate::check::tour::Stop;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, order};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::includes::Includes;
use crate::markdown::placeholders::{Placeholders, Values};
use crate::source::front_matter::FrontMatter;
use model::atlas::Kreds;
use model::deadline::Deadline;
use model::names::{FormId, KredsSlug, PageSlug};
use model::phone::Phone;
use model::retention::Retention;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The facts of a kreds and the file they come from.
pub(super) struct KredsDraft<'a> {
    pub(super) kreds: Kreds,
    pub(super) reporter: Reporter<'a>,
    /// When its message is shown, if it has one.
    pub(super) message_times: Option<Times>,
    /// The stops of its tour, with their Danish notes.
    pub(super) stops: Vec<Stop>,
    /// The controls that it has held.
    pub(super) controls: Vec<ControlDraft<'a>>,
    code_at: Location,
    mailboxes: Written,
}

/// The pages of a kreds in one language.
pub(super) struct KredsPagesDraft<'a> {
    /// None if its translation is missing, which has been reported.
    pub(super) front: Option<PageDraft<'a>>,
    pub(super) own: Vec<PageDraft<'a>>,
    pub(super) tour: Option<TourDraft<'a>>,
    /// The service message of the kreds.
    pub(super) message: Option<String>,
    /// The texts about forms that the kreds does not receive for now.
    pub(super) closed: Closed,
    /// The texts in its own words.
    pub(super) texts: Texts<'a>,
    values: Values,
}

/// The context that is needed to read a kreds.
struct Around<'a, 'b> {
    layout: &'b Layout<'a>,
    forms: &'b [FormId],
    kommuner: &'b Kommuner<'a>,
    blocks: &'b Includes<'a>,
}

/// The codes that the public geodata (DAGI) has for police districts.
const CODES: RangeInclusive<u16> = 1460..=1471;

/// The kredse with their Danish pages, in Danish order of their names.
pub(super) fn kredse<'a>(
    layout: &Layout<'a>,
    forms: &[FormId],
    kommuner: &Kommuner<'a>,
    blocks: &Includes<'a>,
) -> (Vec<KredsDraft<'a>>, Vec<KredsPagesDraft<'a>>) {
    let around = Around { layout, forms, kommuner, blocks };
    let read = |(slug, folder): (&KredsSlug, &Folder<'a>)| Some(kreds(slug, folder, folder.facts?, &around));
    let mut drafts: Vec<(KredsDraft<'a>, KredsPagesDraft<'a>)> = layout.kredse.iter().filter_map(read).collect();
    let (mut codes, mut names): (BTreeMap<u16, &str>, BTreeMap<String, &str>) = Default::default();
    for draft in drafts.iter().map(|(draft, _)| draft).filter(|draft| draft.kreds.code != 0) {
        let reporter = draft.reporter;
        if let Some(first) = codes.insert(draft.kreds.code, reporter.path) {
            reporter.at(
                draft.code_at,
                DiagnosticCode::SameCode,
                format!("Koden {} bruges også i {first}. Ret den ene; hver kreds har sin egen kode.", draft.kreds.code),
            );
        } else if let Some(first) = names.insert(draft.kreds.name.to_lowercase(), reporter.path)
            && !draft.kreds.name.is_empty()
        {
            let at = reporter.text.find("\nnavn:").map_or(0, |at| at + 1);
            let message = format!("Navnet »{}« bruges også i {first}. Ret det ene.", excerpt(&draft.kreds.name));
            reporter.at_byte(at, DiagnosticCode::Twice, message);
        }
    }
    drafts.sort_by_cached_key(|(draft, _)| (order(&draft.kreds.name), draft.kreds.slug.clone()));
    drafts.into_iter().unzip()
}

fn kreds<'a>(
    slug: &KredsSlug,
    folder: &Folder<'a>,
    reporter: Reporter<'a>,
    around: &Around<'a, '_>,
) -> (KredsDraft<'a>, KredsPagesDraft<'a>) {
    let Around { layout, forms, kommuner, blocks } = *around;
    let front = FrontMatter::of(reporter);
    let (kreds, code_at, mailboxes, description, message, closed, values, history, review) = front.read(|map| {
        let rule = "et telefonnummer, en borger kan ringe til, for eksempel 96 30 14 48";
        let mailboxes = mailboxes::mailboxes(map, reporter, forms);
        let kreds = Kreds {
            slug: slug.clone(),
            code: map.number("kode", &CODES).unwrap_or(0),
            name: map.text("navn").text.to_owned(),
            main_station: map.text("hovedstation").text.to_owned(),
            phone: map.optional_parsed("telefon", rule, |text| Phone::parse(text).ok()),
            mailboxes: mailboxes.of_forms,
            second_mailbox: mailboxes.second,
            leader_mailbox: mailboxes.leader,
            deadline: map.map("frist", |map| deadline(map, reporter)).unwrap_or(Deadline::Call { days: 0 }),
            retention: map
                .optional_number("opbevaring_dage", &(0..=Retention::LONGEST))
                .and_then(|days| Retention::days(days).ok())
                .unwrap_or_default(),
        };
        let code_at = map.at("kode").unwrap_or(map.start());
        let message = service_message::danish(map, reporter);
        let closed = closed::danish(map, reporter, forms);
        publication::refuse(map, reporter, "kredsens side");
        let values = Values { slug: slug.clone(), name: kreds.name.clone(), main_station: kreds.main_station.clone() };
        let description = Placeholders::Page(blocks, Some(&values)).line(map.text("beskrivelse"), reporter);
        let (history, review) = (History::read(map, reporter), review::review(map));
        (kreds, code_at, mailboxes.written, description, message, closed, values, history, review)
    });
    let placeholders = Placeholders::Page(blocks, Some(&values));
    let address = |page| pages::address::kreds_page(slug, page);
    let is_own = |page: &PageSlug| folder.pages.iter().any(|(own, _)| own == page);
    let shared = layout.shared.iter().filter(|(page, _)| !is_own(page));
    let own = folder.pages.iter().chain(shared);
    let own = own.map(|(page, reporter)| page::page(*reporter, address(page), Kind::Own, placeholders));
    let mut own: Vec<PageDraft<'a>> = own.collect();
    own.sort_by_cached_key(|draft| (order(&draft.page.title), draft.page.path.clone()));
    let address = pages::address::kreds(slug);
    let front = page::draft(&front, reporter, address, kreds.name.clone(), description, Kind::Kreds, placeholders);
    let front = front.with(history).reviewed(review);
    let message_times = message.as_ref().and_then(|message| message.times);
    let message = message.map(|message| message.text);
    let (tour, stops) = folder.tour.map(|reporter| tour::danish(reporter, slug, kommuner, placeholders)).unzip();
    let texts = own_texts::danish(folder);
    let pages = KredsPagesDraft { front: Some(front), own, tour, message, closed, texts, values };
    let (stops, controls) = (stops.unwrap_or_default(), controls::controls(layout, folder, slug, kommuner));
    (KredsDraft { kreds, reporter, message_times, stops, controls, code_at, mailboxes }, pages)
}

impl KredsPagesDraft<'_> {
    /// The pages in another language.
    pub(super) fn translated<'a>(&self, translations: &Translations<'a>, blocks: &Includes<'a>) -> KredsPagesDraft<'a> {
        let placeholders = Placeholders::Page(blocks, Some(&self.values));
        let (mut message, mut closed) = (None, Closed::new());
        let front = self.front.as_ref().and_then(|page| {
            page.translated_with(translations, placeholders, |map, reporter| {
                message = service_message::translated(map, reporter, page.reporter.path, self.message.is_some());
                closed = closed::translated(map, reporter, page.reporter.path, &self.closed);
            })
        });
        let own = self.own.iter().filter_map(|page| page.translated(translations, placeholders)).collect();
        let tour = self.tour.as_ref().and_then(|tour| tour.translated(translations, placeholders));
        let (texts, values) = (self.texts.translated(translations), self.values.clone());
        KredsPagesDraft { front, own, tour, message, closed, texts, values }
    }
}

impl KredsDraft<'_> {
    /// Says that the kreds cannot receive a form, unless what stands there for it has been reported.
    pub(super) fn report_missing_mailbox(&self, form: &FormId) {
        self.mailboxes.report_missing(form, self.reporter);
    }
}
