//! The mail to the officer: everything needed for the call, telephone number first.

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

/// A request on its way to an officer.
pub struct Letter<'a> {
    /// The request.
    pub submission: &'a Submission,
    /// The Danish form's title.
    pub form_title: &'a str,
    /// The kreds's name; empty if the catalog no longer has that kreds.
    pub kreds_name: &'a str,
    /// Its number at the kreds, if it has one.
    pub serial: Option<Serial>,
    /// Where it goes, and why.
    pub sent: Sent,
    /// True if a filter has refused it, so that it goes without a word that the citizen typed.
    pub is_notice: bool,
    /// Why it comes again, if it does.
    pub again: Again,
    /// The address of the request's page for officers.
    pub case: Option<String>,
    /// Why nobody there is to call any more; none while somebody is.
    pub no_call: Option<NoCall<'a>>,
    /// The kreds that sent it on, if one did.
    pub forwarded_by: Option<&'a str>,
    /// Its roads that others have asked about.
    pub same_road: &'a [SameRoad],
    /// Why it looks automated, if nobody has looked at it before it went.
    pub unseen: Option<Held>,
}

/// Where a mail to officers goes, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// To the kreds's mailbox for the form.
    First,
    /// To the kreds's second mailbox: the first has refused it for good.
    AgainToSecondMailbox,
    /// To the fallback mailbox: no mailbox of a kreds takes it. Somebody there must pass it on.
    ToFallback,
}

/// Why an officer who gets a mail is not to call.
pub enum NoCall<'a> {
    /// The request is closed.
    Closed,
    /// It was sent on to the kreds of this name.
    SentOn(&'a str),
}

impl NoCall<'_> {
    fn text(&self) -> String {
        match self {
            Self::Closed => "Bestillingen er afsluttet. Ring ikke til borgeren.".to_owned(),
            Self::SentOn(kreds) => format!("Bestillingen er sendt videre til {kreds}. Ring ikke til borgeren herfra."),
        }
    }
}

impl Sent {
    /// As the templates know it.
    const fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::AgainToSecondMailbox => "second",
            Self::ToFallback => "fallback",
        }
    }
}

/// The citizen whom an officer calls, when, and about which topic.
#[derive(Serialize)]
pub(crate) struct Caller<'a> {
    phone: PhoneView,
    is_dear: bool,
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
            is_dear: contact.phone.reveal().cost() == Cost::Dear,
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
    /// The mail to the officers of a kreds, or the notice that goes in its place. `view` is in Danish, whatever language the citizen used.
    pub fn officer_mail(&self, view: &View<'_>, letter: &Letter<'_>) -> Result<Mail, BadPage> {
        let words = &view.texts()?.words;
        let submission = letter.submission;
        let (receipt, answers) = (&submission.receipt, &submission.answers);
        let lines = |role: Role| {
            let given = answers.with_role(role);
            given.map(|answer| Line::of(&answer.short, read(answer))).collect::<Vec<_>>()
        };
        let citizens = view.catalog.texts(&receipt.language).map(|texts| texts.words.get("paa_dansk"));
        // One that is gone from the content is named as the citizen chose it.
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
                // Choices are in our own words, which no filter has refused.
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

/// Why a request looks automated, as officers read it.
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
    // Some choices have commas of their own: "Morgen, kl. 6-9".
    answer.values.reveal().join("; ")
}
