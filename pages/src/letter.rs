//! The mail to the officer: all facts for the call, the telephone number first.

use crate::frame::View;
use crate::kreds::PhoneView;
use crate::mail::{Again, Mail};
use crate::same_road::SameRoad;
use crate::{BadPage, Pages, dates, plain};
use model::answers::{Answer, Answers, CONVERSATION};
use model::field::Role;
use model::phone::Cost;
use model::serial::Serial;
use model::submission::{Held, Submission};
use serde::Serialize;

/// A request to be mailed to officers.
pub struct Letter<'a> {
    /// The request with its answers.
    pub submission: &'a Submission,
    /// The Danish form's title.
    pub form_title: &'a str,
    /// The kreds's name; empty if the kreds is no longer in the catalog.
    pub kreds_name: &'a str,
    /// The request's number at the kreds, if it has one.
    pub serial: Option<Serial>,
    /// The mailbox it goes to, and why.
    pub sent: Sent,
    /// True if a mail filter has refused it, so it is sent without anything that the citizen typed.
    pub is_notice: bool,
    /// The reason why the mail is sent again, if it is.
    pub again: Again,
    /// The address of the request's page for officers.
    pub case: Option<String>,
    /// The reason why nobody in this kreds is to call any more; `None` while a call is due.
    pub no_call: Option<NoCall<'a>>,
    /// The name of the kreds that forwarded the request, if one did.
    pub forwarded_by: Option<&'a str>,
    /// The request's roads that earlier requests are also about.
    pub same_road: &'a [SameRoad],
    /// The reason why the request looks automated, if nobody reviewed it before it was sent.
    pub unseen: Option<Held>,
}

/// The mailbox that a mail to officers goes to, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// To the kreds's mailbox for the form.
    First,
    /// To the kreds's second mailbox: the first has permanently refused it.
    AgainToSecondMailbox,
    /// To the fallback mailbox: no mailbox of a kreds accepts it. Somebody there must forward it.
    ToFallback,
}

/// The reason why an officer who gets the mail is not to call.
pub enum NoCall<'a> {
    /// The request is closed.
    Closed,
    /// The request was forwarded to the kreds of this name.
    Forwarded(&'a str),
}

impl NoCall<'_> {
    fn text(&self) -> String {
        match self {
            Self::Closed => "Bestillingen er afsluttet. Ring ikke til borgeren.".to_owned(),
            Self::Forwarded(kreds) => {
                format!("Bestillingen er sendt videre til {kreds}. Ring ikke til borgeren herfra.")
            }
        }
    }
}

impl Sent {
    /// The name that the templates use.
    const fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::AgainToSecondMailbox => "second",
            Self::ToFallback => "fallback",
        }
    }
}

/// The citizen to call, with hours and topic.
#[derive(Serialize)]
pub(crate) struct Caller<'a> {
    phone: PhoneView,
    is_premium: bool,
    name: &'a str,
    call_times: String,
    topic_label: &'a str,
    topic: String,
    email: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    short: &'a str,
    value: String,
    lines: Vec<String>,
}

impl<'a> Caller<'a> {
    pub(crate) fn of(answers: &'a Answers) -> Self {
        let joined = |role: Role| answers.with_role(role).map(read).collect::<Vec<_>>().join("; ");
        let contact = &answers.contact;
        Self {
            phone: PhoneView::from(contact.phone.reveal()),
            is_premium: contact.phone.reveal().cost() == Cost::Premium,
            name: contact.name.reveal(),
            call_times: joined(Role::CallTimes),
            topic_label: answers.with_role(Role::Topic).next().map_or("", |topic| topic.short.as_str()),
            topic: joined(Role::Topic),
            email: contact.email.as_ref().map(|email| email.reveal().shown()),
        }
    }
}

impl<'a> Line<'a> {
    fn of(short: &'a str, value: String) -> Self {
        Self { short, lines: plain::lines(&value), value }
    }
}

impl Pages {
    /// Renders the mail to the officers of a kreds, or the notice in its place. `view` is in Danish in any case.
    pub fn officer_mail(&self, view: &View<'_>, letter: &Letter<'_>) -> Result<Mail, BadPage> {
        let words = &view.texts()?.words;
        let submission = letter.submission;
        let (receipt, answers) = (&submission.receipt, &submission.answers);
        let lines = |role: Role| {
            let given = answers.with_role(role);
            given.map(|answer| Line::of(&answer.short, read(answer))).collect::<Vec<_>>()
        };
        let citizens = view.catalog.texts(&receipt.language).map(|texts| texts.words.get("paa_dansk"));
        // A kommune that is no longer in the content is named as the citizen entered it.
        let kommune = view.catalog.atlas().kommune(&answers.place.kommune).map(|kommune| kommune.name.as_str());
        let chosen = || answers.given.iter().find(|answer| answer.field.as_str() == "kommune");
        let chosen = || chosen().and_then(|answer| answer.values.reveal().first()).map(String::as_str);
        let content = tera::context! {
            sent => letter.sent.name(),
            again => letter.again.name(),
            serial => &letter.serial.map(|serial| serial.to_string()),
            kommune => kommune.or_else(chosen).unwrap_or(answers.place.kommune.as_str()),
            danger => &submission.danger,
            unseen => &letter.unseen.map(why),
            no_call => &letter.no_call.as_ref().map(NoCall::text),
            case => &letter.case.as_deref(),
            forwarded_by => &letter.forwarded_by,
            code_words => &receipt.code_words.said(),
            caller => &Caller::of(answers),
            place => &lines(Role::Place),
            same_road => &letter.same_road.iter().map(SameRoad::sentence).collect::<Vec<_>>(),
            conversation => &answers
                .conversation()
                // Labels of choices are our own words, so no filter refuses them.
                .filter(|answer| !letter.is_notice || answer.field.as_str() == CONVERSATION[0])
                .map(|answer| Line::of(&answer.short, read(answer)))
                .collect::<Vec<_>>(),
            details => &answers
                .details()
                .map(|answer| Line::of(&answer.short, answer.values.reveal().join("\n")))
                .collect::<Vec<_>>(),
            reference => receipt.reference.as_str(),
            received => &dates::moment(words, receipt.received),
            deadline => &dates::officers_deadline(words, receipt.promise),
            form_title => letter.form_title,
            kreds_name => letter.kreds_name,
            language => citizens.unwrap_or(receipt.language.as_str()),
        };
        let no_call = if letter.no_call.is_some() { "Ring ikke · " } else { "" };
        if letter.is_notice {
            let subject = format!("{no_call}Besked om en bestilling · {}", receipt.reference);
            return self.mail(view, "notice", subject, content);
        }
        let danger = if submission.danger { "OBS fareord · " } else { "" };
        let forwarded = if letter.forwarded_by.is_some() { "Sendt videre · " } else { "" };
        let unseen = if letter.unseen.is_some() { "Ser maskinudfyldt ud · " } else { "" };
        let kreds = if letter.kreds_name.is_empty() { String::new() } else { format!(" · {}", letter.kreds_name) };
        let (again, form) = (letter.again.mark(), letter.form_title);
        let subject = format!("{no_call}{danger}{forwarded}{unseen}{again}{form}{kreds} · {}", receipt.reference);
        self.mail(view, "officer", subject, content)
    }
}

/// The reason why a request looks automated, worded for officers.
const fn why(held: Held) -> &'static str {
    match held {
        Held::Honeypot => "Et skjult felt er udfyldt. Det kan også være browseren, der har gjort det",
        Held::TooFast => "Formularen er udfyldt på under tre sekunder",
        Held::Incomplete => "Formularen er ikke sendt på samme måde som fra vores sider",
        Held::ManyOfPhone => "Der er kommet mange bestillinger med det samme telefonnummer på et døgn",
        Held::ManyFromAddress => "Der er kommet mange bestillinger fra den samme forbindelse på et døgn",
        Held::ManyToKreds => "Der er kommet usædvanligt mange bestillinger til kredsen på en time",
    }
}

fn read(answer: &Answer) -> String {
    // Semicolons, because some labels contain commas: "Morgen, kl. 6-9".
    answer.values.reveal().join("; ")
}
