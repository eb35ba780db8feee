//! Returning citizens: what they change on their page, and what must hold of a withdrawn request in the end.

use crate::failures::content::PLACES;
use crate::failures::instance::Instance;
use crate::failures::judge::Stored;
use crate::failures::person::Person;
use crate::failures::random::Random;
use crate::failures::schedule::Action;
use crate::failures::story::StoryEvent;
use crate::failures::world::{ActionResult, World};
use function::alarm::Alarm;
use function::outbox::Sweep;
use lambda_http::http::Request as HttpRequest;
use lambda_http::{Body, Request};
use model::case::{Act, Case, Event, Stage};
use model::names::{KredsSlug, SubmissionId};
use std::collections::BTreeMap;

/// Acts of a citizen on their page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Hours,
    Number,
    Withdraw,
}

impl Change {
    const ALL: [Self; 3] = [Self::Hours, Self::Number, Self::Withdraw];

    pub(crate) fn draw(random: &mut Random, who: usize) -> Action {
        Action::Change(who, random.of(&Self::ALL))
    }

    /// Returns the name of its form, and the field and value to fill in.
    fn filled(self, number: usize) -> (&'static str, &'static str, String) {
        match self {
            Self::Hours => ("tid", "ringetid", ["formiddag", "eftermiddag"][number % 2].to_owned()),
            Self::Number => ("nummer", "telefon", format!("20 30 40 {:02}", number % 90 + 10)),
            Self::Withdraw => ("traek-tilbage", "slet", "ja".to_owned()),
        }
    }
}

/// Opens the page of a request and sends one of its forms, if there is such a page and such a form.
pub(crate) async fn change(instance: Instance, receipt: Option<String>, change: Change, number: usize) -> ActionResult {
    let Some(receipt) = receipt else { return ActionResult::Noted };
    let path = format!("/kvittering/{receipt}");
    let get = HttpRequest::get(&path).body(Body::Empty).unwrap();
    let page = text(&instance, get).await;
    let (handling, name, value) = change.filled(number);
    let Some(nonce) = nonce(&page, handling) else { return ActionResult::Noted };
    let values = [("handling", handling), ("nonce", &nonce), (name, &value)];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
    let post = HttpRequest::post(&path).header("content-type", "application/x-www-form-urlencoded");
    // Without an answer, a citizen would look at the page again; here, another step does.
    text(&instance, post.body(Body::from(body)).unwrap()).await;
    ActionResult::Noted
}

async fn text(instance: &Instance, request: Request) -> String {
    let answer = instance.service.handle(request).await.expect("a web request is always answered");
    String::from_utf8_lossy(answer.body()).into_owned()
}

/// The nonce of one form of a page.
pub(crate) fn nonce(page: &str, handling: &str) -> Option<String> {
    let form = page.split_once(&format!("name=\"handling\" value=\"{handling}\""))?.1;
    let value = form.split_once("name=\"nonce\" value=\"")?.1;
    Some(value.split_once('"')?.0.to_owned())
}

/// Progress of each request when somebody last looked, and when that was.
#[derive(Default)]
pub(crate) struct Looked(BTreeMap<String, (i64, Stage)>);

impl Looked {
    /// Checks every request as its citizen sees it: none goes back while time moves forward.
    pub(crate) async fn look(&mut self, instance: &Instance, people: &[Person], now: i64) -> Vec<String> {
        let at = jiff::Timestamp::from_second(now).unwrap();
        let mut wrong = Vec::new();
        for receipt in people.iter().flat_map(|person| &person.receipts) {
            let id = SubmissionId::parse(receipt).unwrap();
            let file = instance.service.store().case(&id, at).await.expect("nothing fails now");
            let Some(stage) = file.map(|file| file.case.visible_to_citizen(at).stage()) else { continue };
            let before = self.0.insert(receipt.clone(), (now, stage));
            if let Some((_, before)) = before.filter(|(then, before)| *then <= now && *before > stage) {
                wrong.push(format!("request {receipt} was {before:?}, and is {stage:?} now"));
            }
        }
        wrong
    }

    /// Forgets everything, as a point-in-time restore forgets events.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }
}

/// Finds errors after citizens' changes: a withdrawn request that still owes a call or is mailed later, a kreds that
/// was not notified, and a notification of a change that nobody made.
pub(crate) fn wrong_changes(world: &World, stored: &Stored, case: &Case, last: Option<&Sweep>) -> Vec<String> {
    let mut wrong = Vec::new();
    let reference = &stored.reference;
    let record = world.record.lock();
    let theirs = record.taken.iter().filter(|mail| mail.name.starts_with(reference.as_str()));
    for mail in theirs.clone() {
        let nonce = mail.name.split_once(".nyt.").map(|(_, nonce)| nonce);
        if nonce.is_some_and(|nonce| !case.events().iter().any(|event| event.nonce.as_str() == nonce)) {
            wrong.push(format!("mail {} is news of nothing", mail.name));
        }
    }
    let is_said = last.is_some_and(|sweep| sweep.alarms.iter().any(|(alarm, _)| *alarm == Alarm::Parked));
    let arrived = |name: &str| theirs.clone().any(|mail| mail.arrives() && mail.name == name);
    let news = |event: &Event| format!("{reference}.nyt.{}", event.nonce);
    let went_since = |event: &Event| {
        let mut mails = record.lines.iter().filter(|line| line.now > event.at.as_second());
        mails.any(|line| matches!(&line.event, StoryEvent::Mail(name, ..) if name.starts_with(reference.as_str()) && is_police(name)))
    };
    let has_it = theirs.clone().any(|mail| mail.arrives() && is_police(&mail.name));
    // Another kreds gets its own mail, with the answers as they are by then.
    let is_owed = case.owes_call() && case.forwarded().is_none();
    for act in [Act::HoursChanged, Act::PhoneChanged] {
        let last_change = case.events().iter().rfind(|event| event.act == act);
        let event = last_change.filter(|event| is_owed && has_it && !is_said && !went_since(event));
        if let Some(event) = event.filter(|event| !arrived(&news(event))) {
            wrong.push(format!("{reference} has {:?}, and the kreds that has its mail does not know", event.act));
        }
    }
    let withdrawn = |event: &&Event| event.act == Act::Withdrawn;
    let Some(event) = case.events().iter().find(withdrawn) else { return wrong };
    if case.owes_call() {
        wrong.push(format!("{reference} is withdrawn, and a call is owed"));
    }
    // A run may already be mailing it: it ends within its lease, or when its clock jumps.
    let over = event.at.as_second() + 600;
    for line in &record.lines {
        if let StoryEvent::Mail(name, ..) = &line.event
            && name.starts_with(reference.as_str())
            && !name.contains(".nyt.")
            && line.now > over
        {
            wrong.push(format!("mail {name} went out after the request was withdrawn"));
        }
    }
    if has_it && !arrived(&news(event)) && !is_said {
        wrong.push(format!("{reference} is withdrawn, and the kreds that has its mail does not know"));
    }
    wrong
}

/// Finds kredse whose requests counted by road differ from the standing ones: none withdrawn, none twice, none missing.
pub(crate) async fn wrong_roads(instance: &Instance, stored: &[Stored]) -> Vec<String> {
    let mut wrong = Vec::new();
    for place in PLACES.iter() {
        let kreds = KredsSlug::parse(&place.kreds).unwrap();
        let known = instance.service.store().neighbours(&kreds, instance.service.now()).await;
        let known = known.expect("nothing fails any more");
        let mut counted: Vec<&str> = known.iter().map(|neighbour| neighbour.reference.as_str()).collect();
        let standing = stored.iter().filter(|stored| stored.kreds == place.kreds && !stored.is_withdrawn);
        let mut standing: Vec<&str> = standing.map(|stored| stored.reference.as_str()).collect();
        counted.sort_unstable();
        standing.sort_unstable();
        if counted != standing {
            wrong.push(format!("{} counts {counted:?} by their roads, and {standing:?} stand", place.kreds));
        }
    }
    wrong
}

fn is_police(name: &str) -> bool {
    [".kreds", ".reserve", ".faldback", ".videre"].iter().any(|kind| name.contains(kind))
}
