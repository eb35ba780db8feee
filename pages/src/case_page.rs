//! The page behind the link in an officer's mail: the facts for the call, the events so far, and the possible actions.

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
    /// The kreds that the link belongs to.
    pub by: &'a KredsSlug,
    /// The case with its events.
    pub case: &'a Case,
    /// The officers' own notes, each with the nonce of its event.
    pub notes: &'a [(Nonce, Pii<String>)],
    /// The token at the end of the page's address.
    pub token: &'a str,
    /// The nonces that make repeated presses of a button one event: for an act, and for a call.
    pub nonces: [&'a str; 2],
    /// Number of events that this page shows.
    pub seen: u32,
    /// The earlier choice, if it could not be noted.
    pub chosen: CaseChoice,
    /// The reason why it could not be noted.
    pub problem: Option<CaseProblem>,
}

/// The input of an officer.
#[derive(Clone, Default)]
pub struct CaseChoice {
    /// The act: one of [`CHOICES`] or [`CALLING`], or [`UNDO`].
    pub choice: String,
    /// The kreds to forward the request to.
    pub to: String,
    /// The reason for closing the request.
    pub reason: String,
    /// The officer's own note.
    pub note: Pii<String>,
    /// The fields of a control as typed, in the order of [`ControlField::ALL`].
    pub control: [String; 6],
}

impl CaseChoice {
    /// Returns true if fields of a control are filled in but the choice does not note them, so they would be lost.
    #[must_use]
    pub fn loses_numbers(&self) -> bool {
        self.choice != "afholdt" && self.control.iter().any(|part| !part.is_empty())
    }
}

/// The reason why a choice is not noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseProblem {
    /// Nothing was chosen.
    NoChoice,
    /// Neither of [`CALLING`] was chosen.
    NoNumber,
    /// Fields of a control are filled in, but the choice does not note them.
    LostNumbers,
    /// No kreds was chosen.
    NoKreds,
    /// The kreds does not currently receive such requests.
    ClosedKreds,
    /// No reason was chosen.
    NoReason,
    /// A field of a control cannot be parsed, or contradicts the others.
    Control(ControlField),
    /// The officer's note is longer than [`LONGEST_NOTE`].
    TooLong,
    /// Somebody else has acted in the meantime, or the page is outdated.
    Changed,
    /// Too many choices were sent within ten minutes.
    TooMany,
}

/// The reason why the page cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCase {
    /// The request does not exist, or the address is invalid: the page does not tell which.
    Unknown,
    /// The form was sent from another website.
    Foreign,
    /// The body is too large for the form.
    TooLarge,
    /// The body is not a form.
    MediaType,
    /// The service has an internal error.
    Down,
}

/// The choices: code and label.
pub const CHOICES: [(&str, &str); 6] = [
    ("ringet", "Ringet op: jeg har talt med borgeren"),
    ("ikke-truffet", "Ikke truffet: jeg ringede, og ingen tog den"),
    ("planlagt", "Kontrol eller besøg er planlagt"),
    ("afholdt", "Kontrol eller besøg er afholdt"),
    ("videre", "Send videre til en anden kreds"),
    ("afslut", "Afslut med en grund"),
];

/// The choices before a call, code and label. They let the citizen's page say who is calling.
pub const CALLING: [(&str, &str); 2] =
    [("ringer-skjult", "Mit nummer er skjult"), ("ringer-vist", "Borgeren kan se mit nummer")];

/// The choice that undoes the last one.
pub const UNDO: &str = "fortryd";

/// The maximum length of an officer's note, in characters.
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

    /// The HTTP status of the page.
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
    /// The HTTP status of the page.
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
    /// Renders the page. `view` is in Danish: officers read it.
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
            // The time until which the citizen's page says that an officer is calling.
            calling_until => &calling.map(|(_, _, until)| dates::time(until)),
            withdrawn => &case.withdrawn().is_some(),
            closed => &case.closed().is_some(),
            may_act,
            kredse => &kredse(view, page),
            reasons => &reasons(view, page),
            control => &fields(page),
            note => page.chosen.note.reveal(),
            problem => page.problem.map_or("", CaseProblem::text),
            // True if the problem is in a text field.
            is_field => &matches!(page.problem, Some(CaseProblem::Control(_))),
            // The anchor of the field to correct.
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

    /// Renders the page shown in place of a case.
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
