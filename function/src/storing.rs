//! Storage of a valid form: once, under a reference, within its sender's limit.

use crate::Service;
use crate::brakes::{self, Source, Verdict};
use crate::clock::after;
use crate::hashes::Hashed;
use crate::metrics::Metric;
use crate::neighbours;
use crate::probe::KEPT;
use crate::reception::ReceptionError;
use crate::route::Rule;
use crate::store::{Accepted, NewSubmission, RateLimit, Recipient, Window};
use jiff::Timestamp;
use model::answers::Answers;
use model::atlas::Kreds;
use model::catalog::Catalog;
use model::code_words::{CodeWordList, CodeWords};
use model::names::{CatalogVersion, ChoiceCode, FormId, Language, SubmissionId};
use model::reference::Reference;
use model::submission::{Held, Receipt, Submission};
use std::net::IpAddr;

/// A valid form, and the data to store with it.
pub(crate) struct Received<'a> {
    pub(crate) form: &'a FormId,
    pub(crate) language: &'a Language,
    pub(crate) kreds: &'a Kreds,
    pub(crate) places: &'a CatalogVersion,
    pub(crate) rule: Rule,
    pub(crate) answers: Answers,
    /// The ticked boxes of the timetable; `None` if the form has no timetable.
    pub(crate) hours: Option<&'a [String]>,
    pub(crate) topic: Option<ChoiceCode>,
    pub(crate) danger: bool,
    pub(crate) held: Option<Held>,
    pub(crate) is_probe: bool,
    pub(crate) from: Option<IpAddr>,
}

/// The result of storing a request.
pub(crate) enum Stored {
    /// The request is stored, now or earlier with equal answers.
    Receipt(SubmissionId),
    /// The sender has sent too many requests.
    TooMany,
}

/// The most attempts at storing a request. Two references in a row are taken once in the lifetime of the universe or
/// so; the attempts are for limits that change at the same moment.
const TRIES: u32 = 8;

/// The number of attempts that ask the brakes. Later ones store the request without them: counting must not lose it.
const BRAKED: u32 = 5;

/// Stores a request.
pub(crate) async fn store(
    service: &Service,
    catalog: &Catalog,
    received: Received<'_>,
    now: Timestamp,
) -> Result<Stored, ReceptionError> {
    let Received { form, language, kreds, places, rule, mut answers, hours, topic, danger, held, is_probe, from } =
        received;
    let hashed = |what| service.hash(&what);
    let content = answers.to_stored()?;
    let same = hashed(Hashed::Same { form, kreds: &kreds.slug, answers: content.reveal() });
    let phone = hashed(Hashed::Phone(answers.contact.phone.reveal()));
    let road = hours.filter(|_| !is_probe).and_then(|hours| neighbours::marks(service, &answers, hours));
    let mut recipients = vec![if is_probe { Recipient::Probe } else { Recipient::Kreds }];
    if answers.contact.email.is_some() && !is_probe {
        recipients.push(Recipient::Citizen);
    }
    // A probe counts towards nobody's limit.
    let from = from.filter(|_| !is_probe);
    let looks_automated = held;
    for attempt in 0..TRIES {
        let mut limits = match rate_limit(service, from, now).await {
            Some(RateLimit::Within(hit)) => vec![hit],
            Some(RateLimit::Reached) => {
                // A request received before is shown again; only a new one is too many.
                let before = service.store.same_before(&same, now).await?;
                if before.is_none() {
                    tracing::warn!(%form, kreds = %kreds.slug, "too many requests from one address");
                }
                return Ok(before.map_or(Stored::TooMany, Stored::Receipt));
            }
            None => Vec::new(),
        };
        let source = Source { phone: answers.contact.phone.reveal(), address: from, kreds: &kreds.slug };
        let is_braked = !is_probe && attempt < BRAKED;
        let verdict = if is_braked { brakes::ask(service, &source, now).await } else { Verdict::default() };
        let held = looks_automated.or(verdict.held);
        limits.extend(verdict.hits);
        // A held request may reach its kreds that much later, so its promise counts from then.
        let seen_by = if held.is_some() { after(now, Held::AT_MOST) } else { now };
        let promise = kreds.deadline.promise(seen_by);
        let (id, reference, code_words) = identity(catalog.code_words())?;
        let receipt = Receipt {
            id,
            reference,
            code_words,
            form: form.clone(),
            topic: topic.clone(),
            language: language.clone(),
            kreds: kreds.slug.clone(),
            catalog: places.clone(),
            received: now,
            promise,
        };
        let submission = Submission { receipt, answers, danger, held };
        let kept = || kreds.retention.keep_until(now, promise);
        let keep_until = if is_probe { after(now, KEPT) } else { kept() };
        let draft = NewSubmission {
            submission: &submission,
            rule,
            same: &same,
            phone: &phone,
            // Nobody has looked at a held request, and some are spam.
            road: road.as_ref().filter(|_| held.is_none()),
            keep_until,
            recipients: &recipients,
            limits,
            is_probe,
        };
        match service.store.accept(&draft).await? {
            Accepted::New => {
                let receipt = submission.receipt;
                if is_probe {
                    tracing::info!(reference = %receipt.reference, kreds = %receipt.kreds, form = %receipt.form, "a probe is stored");
                    return Ok(Stored::Receipt(receipt.id));
                }
                service.count(Metric::Received, &receipt.kreds);
                match held {
                    Some(held) => service.count_held(held, &receipt.kreds),
                    None => brakes::count(service, &receipt.kreds, now).await,
                }
                let held = held.map_or("no", Held::as_str);
                tracing::info!(reference = %receipt.reference, kreds = %receipt.kreds, form = %receipt.form, held, "received");
                return Ok(Stored::Receipt(receipt.id));
            }
            Accepted::Before(id) => return Ok(Stored::Receipt(id)),
            Accepted::Again => answers = submission.answers,
        }
    }
    Err(ReceptionError::NoReference)
}

/// Checks the limit on requests from an address. Without a limit or an address, or if the table does not answer,
/// nothing is counted: a limit must not lose a request.
async fn rate_limit(service: &Service, from: Option<IpAddr>, now: Timestamp) -> Option<RateLimit> {
    let limit = service.settings.limit?;
    let hash = service.hash(&Hashed::Address(from?));
    let limit = service.store.rate_limit(Window::Minutes, &hash, limit, now).await;
    limit.inspect_err(|error| tracing::warn!(%error, "a limit could not be asked; the request is let through")).ok()
}

/// Draws a new id, reference and pair of code words.
fn identity(words: &CodeWordList) -> Result<(SubmissionId, Reference, CodeWords), ReceptionError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|_| ReceptionError::Random)?;
    let number = |from: usize| <[u8; 8]>::try_from(&random[from..from + 8]).map(u64::from_be_bytes);
    let id = <[u8; 16]>::try_from(&random[..16]).map_err(|_| ReceptionError::Random)?;
    let reference = number(16).map_err(|_| ReceptionError::Random)?;
    let pair = number(24).map_err(|_| ReceptionError::Random)?;
    Ok((SubmissionId::from_random(id), Reference::from_random(reference), words.draw(pair)))
}
