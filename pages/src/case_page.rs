//! The page behind the link in an officer's mail: what is needed for the call, what was done, and what can be done now.

mod control;
mod parts;

use crate::frame::{Above, View};
use crate::{BadPage, Pages, address, dates};
use control::{fault, fields};
use model::case::{Act, Case};
use model::control::ControlField;
use model::names::{KredsSlug, Nonce};
use model::pii::Pii;
use model::submission::{Receipt, Submission};
use parts::{act, call, callings, choices, entry, kredse, name, reasons};

/// A request as an officer sees it.
pub struct CasePage<'a> {
    /// The receipt of the request.
    pub receipt: &'a Receipt,
    /// The request itself; `None` for officers who can no longer act on it.
    pub submission: Option<&'a Submission>,
    /// The Danish form's title.
    pub form_title: &'a str,
    /// The kreds whose link it is.
    pub by: &'a KredsSlug,
    /// The act.
    pub case: &'a Case,
    /// Notes that officers wrote of their own accord.
    pub notes: &'a [(Nonce, Pii<String>)],
    /// The end of the page's address.
    pub token: &'a str,
    /// The nonces that make a press of either button one event: of an act, and of a call.
    pub nonces: [&'a str; 2],
    /// Number of events this page shows.
    pub seen: u32,
    /// The earlier choice, if it could not be noted.
    pub chosen: CaseChoice,
    /// Why it could not.
    pub problem: Option<CaseProblem>,
}

/// Answers that an officer has filled in.
#[derive(Clone, Default)]
pub struct CaseChoice {
    /// The act: one of [`CHOICES`] or [`CALLING`], or [`UNDO`].
    pub choice: String,
    /// The kreds to send it on to.
    pub to: String,
    /// The reason for closing it.
    pub reason: String,
    /// Words of the officer's own.
    pub note: Pii<String>,
    /// Numbers of a control, in the order of [`ControlField::ALL`].
    pub control: [String; 6],
}

impl CaseChoice {
    /// True if numbers of a control are filled in beside a choice that does not note them: they would be lost.
    #[must_use]
    pub fn loses_numbers(&self) -> bool {
        self.choice != "afholdt" && self.control.iter().any(|part| !part.is_empty())
    }
}

/// Why what was chosen is not noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseProblem {
    /// Nothing was chosen.
    NoChoice,
    /// Nothing was chosen of what a call begins with.
    NoNumber,
    /// Numbers of a control are filled in beside a choice that does not note them.
    LostNumbers,
    /// No kreds was chosen.
    NoKreds,
    /// The kreds does not receive such requests for now.
    ClosedKreds,
    /// No reason was chosen.
    NoReason,
    /// A part of a control that cannot be read, or does not fit the others.
    Control(ControlField),
    /// The officer's own words are too many.
    TooLong,
    /// Somebody else did something meanwhile, or the page is old.
    Changed,
    /// Too much was chosen in ten minutes.
    TooMany,
}

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCase {
    /// There is no such request, or the address is not ours: whoever tries learns nothing.
    Unknown,
    /// Another website's form.
    Foreign,
    /// More was sent than a form may hold.
    TooLarge,
    /// It was sent in another way than a form is.
    MediaType,
    /// Something is wrong on our side.
    Down,
}

/// Choices that can be made, and how it reads.
pub const CHOICES: [(&str, &str); 6] = [
    ("ringet", "Ringet op: jeg har talt med borgeren"),
    ("ikke-truffet", "Ikke truffet: jeg ringede, og ingen tog den"),
    ("planlagt", "Kontrol eller besøg er planlagt"),
    ("afholdt", "Kontrol eller besøg er afholdt"),
    ("videre", "Send videre til en anden kreds"),
    ("afslut", "Afslut med en grund"),
];

/// Choices before a call, so that the citizen's page says who is calling, and how each reads.
pub const CALLING: [(&str, &str); 2] =
    [("ringer-skjult", "Mit nummer er skjult"), ("ringer-vist", "Borgeren kan se mit nummer")];

/// The choice that takes the last one back.
pub const UNDO: &str = "fortryd";

/// The most signs of an officer's own words.
pub const LONGEST_NOTE: usize = 500;

impl CaseProblem {
    const fn text(self) -> &'static str {
        match self {
            Self::NoChoice => "Der er ikke noteret noget. Vælg, hvad du har gjort.",
            Self::NoNumber => "Der er ikke skrevet noget til borgeren. Vælg, om dit nummer er skjult.",
            Self::NoKreds => "Der er ikke noteret noget. Vælg den kreds, bestillingen skal sendes til.",
            Self::ClosedKreds => {
                "Der er ikke noteret noget. Den kreds modtager ikke den slags bestillinger for tiden. Vælg en anden, \
                 eller ring selv til borgeren."
            }
            Self::LostNumbers => {
                "Der er ikke noteret noget. Du har skrevet om en kontrol, men ikke valgt, at den er afholdt. Vil du \
                 også noget andet, så notér først kontrollen. Ellers slet det, du har skrevet om den."
            }
            Self::Control(field) => fault(field),
            Self::NoReason => "Der er ikke noteret noget. Vælg grunden til, at bestillingen bliver afsluttet.",
            Self::TooLong => "Der er ikke noteret noget. Bemærkningen er for lang. Der er plads til 500 tegn.",
            Self::Changed => {
                "Der er ikke noteret noget. Der er sket noget, siden du åbnede siden. Se efter, og vælg igen."
            }
            Self::TooMany => "Der er ikke noteret noget. Der er valgt for meget på kort tid. Vent ti minutter.",
        }
    }

    /// The status of its page.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::NoChoice
            | Self::NoNumber
            | Self::LostNumbers
            | Self::NoKreds
            | Self::ClosedKreds
            | Self::NoReason
            | Self::Control(_)
            | Self::TooLong => 422,
            Self::Changed => 409,
            Self::TooMany => 429,
        }
    }
}

impl NoCase {
    /// The status of its page.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Unknown => 404,
            Self::Foreign => 403,
            Self::TooLarge => 413,
            Self::MediaType => 415,
            Self::Down => 503,
        }
    }
}

impl Pages {
    /// The page. `view` is in Danish: officers read it.
    pub fn case(&self, view: &View<'_>, page: &CasePage<'_>) -> Result<String, BadPage> {
        let words = &view.texts()?.words;
        let (receipt, case) = (page.receipt, page.case);
        let undoable = case.undoable(page.by, view.now);
        let may_act = case.may(&Act::Called, page.by, &receipt.kreds);
        let kreds = case.kreds(&receipt.kreds);
        let calling = case.calling(view.now).filter(|_| kreds == page.by);
        let has_it = page.submission.filter(|_| kreds == page.by);
        let content = tera::context! {
            call => &has_it.map(|submission| call(view, submission)),
            code_words => &receipt.code_words.said(),
            reference => receipt.reference.as_str(),
            received => &dates::moment(words, receipt.received),
            deadline => &dates::officers_deadline(words, receipt.promise),
            form_title => page.form_title,
            events => &case.events().iter().filter_map(|event| entry(view, page, event)).collect::<Vec<_>>(),
            now_at => &(kreds != page.by).then(|| name(view, kreds).to_owned()),
            noted => &undoable.map(|event| act(view, event)),
            visible_from => &undoable.map(|event| dates::time(event.visible_from())).unwrap_or_default(),
            action => &address::case(page.token),
            nonces => &page.nonces,
            seen => &page.seen,
            choices => &choices(view, page, undoable, may_act),
            callings => &callings(page, may_act && has_it.is_some()),
            // Until when the citizen's page says that an officer is calling.
            calling_until => &calling.map(|(_, _, until)| dates::time(until)),
            withdrawn => &case.withdrawn().is_some(),
            closed => &case.closed().is_some(),
            may_act,
            kredse => &kredse(view, page),
            reasons => &reasons(view, page),
            control => &fields(page),
            note => page.chosen.note.reveal(),
            problem => page.problem.map_or("", CaseProblem::text),
            // True if that is a field to fill in.
            is_field => &matches!(page.problem, Some(CaseProblem::Control(_))),
            // Where it can be put right.
            problem_at => match page.problem {
                Some(CaseProblem::NoNumber) => "ringer",
                Some(CaseProblem::Control(field)) => field.name(),
                _ => "valg",
            },
        };
        let mut frame = view.frame(&format!("Bestilling {}", receipt.reference), "", Above::Front)?;
        frame.failed = page.problem.is_some();
        self.page("case.html", &frame, content)
    }

    /// The page where there is none.
    pub fn no_case(&self, view: &View<'_>, why: NoCase) -> Result<String, BadPage> {
        let (title, why) = match why {
            NoCase::Unknown => ("Linket virker ikke", "unknown"),
            NoCase::Foreign => ("Der er ikke noteret noget", "foreign"),
            NoCase::TooLarge | NoCase::MediaType => ("Der er ikke noteret noget", "unread"),
            NoCase::Down => ("Siden virker ikke lige nu", "down"),
        };
        let frame = view.frame(title, "", Above::Front)?;
        self.page("no_case.html", &frame, tera::context! { why })
    }
}
