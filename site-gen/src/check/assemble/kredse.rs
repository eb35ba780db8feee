//! Reads the kredse in every language: their facts, mailboxes, deadlines and pages.

use super::closed::{self, Closed};
use super::controls::{self, ControlDraft};
use super::deadline::deadline;
use super::layout::{Folder, Layout};
use super::mailboxes::{self, WrittenMailboxes};
use super::own_texts;
use super::page::{self, PageDraft};
use super::page_facts::PageKind;
use super::places::Kommuner;
use super::service_message::{self, MessageDraft};
use super::texts::Texts;
use super::tour::{self, TourDraft};
use super::translations::Translations;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, order};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::includes::Includes;
use crate::markdown::placeholders::{Placeholders, Values};
use crate::source::front_matter::FrontMatter;
use crate::source::map::Map;
use model::atlas::Kreds;
use model::deadline::Deadline;
use model::names::{FormId, KredsSlug, PageSlug};
use model::phone::Phone;
use model::retention::Retention;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The facts of a kreds and their file.
pub(super) struct KredsDraft<'a> {
    pub(super) kreds: Kreds,
    pub(super) reporter: Reporter<'a>,
    /// The controls that it has carried out.
    pub(super) controls: Vec<ControlDraft<'a>>,
    code_at: Location,
    pub(super) mailboxes: WrittenMailboxes,
}

/// The pages of a kreds in one language.
pub(super) struct KredsPagesDraft<'a> {
    /// `None` if its translation is missing, which is reported.
    pub(super) front: Option<FrontDraft<'a>>,
    pub(super) own: Vec<PageDraft<'a>>,
    pub(super) tour: Option<TourDraft<'a>>,
    /// The texts that replace the shared ones.
    pub(super) texts: Texts<'a>,
    pub(super) values: Values,
}

/// The file of a kreds in one language: its front page and its temporary notices.
pub(super) struct FrontDraft<'a> {
    pub(super) page: PageDraft<'a>,
    pub(super) message: Option<MessageDraft>,
    /// The texts about forms that the kreds has closed for now.
    pub(super) closed: Closed,
}

/// The source of everything but the texts in the file of a kreds.
#[derive(Clone, Copy)]
pub(super) enum Origin<'d> {
    /// The file itself, which is Danish and may refer to these forms.
    Danish { slug: &'d KredsSlug, forms: &'d [FormId] },
    /// The Danish file, which the file translates, and its values.
    Translation(&'d FrontDraft<'d>, &'d Values),
}

/// The codes of the police districts in the public geodata (DAGI).
const CODES: RangeInclusive<u16> = 1460..=1471;

/// Reads the kredse with their Danish pages, sorted by name in Danish order.
pub(super) fn kredse<'a>(
    layout: &Layout<'a>,
    forms: &[FormId],
    kommuner: &Kommuner<'a>,
    blocks: &Includes<'a>,
) -> (Vec<KredsDraft<'a>>, Vec<KredsPagesDraft<'a>>) {
    let read = |(slug, folder): (&KredsSlug, &Folder<'a>)| {
        let origin = Origin::Danish { slug, forms };
        let (front, values, draft) = FrontDraft::read(folder.facts?, origin, blocks);
        let pages = KredsPagesDraft::danish(slug, folder, layout, kommuner, front, values, blocks);
        Some((KredsDraft { controls: controls::controls(layout, folder, slug, kommuner), ..draft? }, pages))
    };
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

impl<'a> FrontDraft<'a> {
    /// Reads the file of a kreds in any language: its pages, its values, and the facts that only the Danish file has.
    fn read(
        reporter: Reporter<'a>,
        origin: Origin<'_>,
        blocks: &Includes<'_>,
    ) -> (Self, Values, Option<KredsDraft<'a>>) {
        let front = FrontMatter::of(reporter);
        front.read(|map| {
            let (draft, values, of_page) = match origin {
                Origin::Danish { slug, forms } => {
                    let draft = KredsDraft::read(map, slug, forms, reporter);
                    let Kreds { name, main_station, .. } = &draft.kreds;
                    let (slug, name, main_station) = (slug.clone(), name.clone(), main_station.clone());
                    let of_page = page::Origin::Danish(PageKind::Kreds, pages::address::kreds(&slug));
                    (Some(draft), Values { slug, name, main_station }, of_page)
                }
                Origin::Translation(danish, values) => (None, values.clone(), page::Origin::Translation(&danish.page)),
            };
            let placeholders = Placeholders::Page(blocks, Some(&values));
            let page = PageDraft::read(&front, map, of_page, placeholders, reporter);
            let message = service_message::read(map, origin, reporter);
            (Self { page, message, closed: closed::read(map, origin, reporter) }, values, draft)
        })
    }
}

impl<'a> KredsPagesDraft<'a> {
    /// Reads the Danish pages in the kreds's folder and those shared by all kredse. `front` has been read already.
    fn danish(
        slug: &KredsSlug,
        folder: &Folder<'a>,
        layout: &Layout<'a>,
        kommuner: &Kommuner<'_>,
        front: FrontDraft<'a>,
        values: Values,
        blocks: &Includes<'_>,
    ) -> Self {
        let placeholders = Placeholders::Page(blocks, Some(&values));
        let is_own = |page: &PageSlug| folder.pages.iter().any(|(own, _)| own == page);
        let shared = layout.shared.iter().filter(|(page, _)| !is_own(page));
        let page = |(page, reporter): &(PageSlug, Reporter<'a>)| {
            PageDraft::danish(*reporter, PageKind::Own, pages::address::kreds_page(slug, page), placeholders)
        };
        let mut own: Vec<PageDraft<'a>> = folder.pages.iter().chain(shared).map(page).collect();
        own.sort_by_cached_key(|draft| (order(&draft.page.title), draft.page.path.clone()));
        let tour = |reporter| TourDraft::read(reporter, tour::Origin::Danish(slug, kommuner), placeholders);
        let (tour, texts) = (folder.tour.map(tour), own_texts::danish(folder));
        Self { front: Some(front), own, tour, texts, values }
    }

    /// The service message of the kreds in this language.
    pub(super) fn message(&self) -> Option<&MessageDraft> {
        self.front.as_ref()?.message.as_ref()
    }

    /// Reads the pages in another language.
    pub(super) fn translated<'b>(&self, translations: &Translations<'b>, blocks: &Includes<'_>) -> KredsPagesDraft<'b> {
        let placeholders = Placeholders::Page(blocks, Some(&self.values));
        let front = self.front.as_ref().and_then(|danish| {
            let reporter = danish.page.translation(translations)?;
            Some(FrontDraft::read(reporter, Origin::Translation(danish, &self.values), blocks).0)
        });
        let own = self.own.iter().filter_map(|page| page.translated(translations, placeholders)).collect();
        let tour = self.tour.as_ref().and_then(|tour| tour.translated(translations, placeholders));
        KredsPagesDraft { front, own, tour, texts: self.texts.translated(translations), values: self.values.clone() }
    }
}

impl<'a> KredsDraft<'a> {
    /// Reads the facts in the Danish file. The controls are in separate files.
    fn read(map: &Map<'_>, slug: &KredsSlug, forms: &[FormId], reporter: Reporter<'a>) -> Self {
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
        Self { kreds, reporter, controls: Vec::new(), code_at, mailboxes: mailboxes.written }
    }
}
