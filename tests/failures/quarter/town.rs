//! The service of a quarter: the real content in an embedded database, a clock that is moved, and every mail that went out.

use crate::failures::engine::{answer, make_tables};
use crate::failures::instance::settings;
use crate::failures::network::Network;
use crate::failures::record::Record;
use crate::shared::settings::{KEYS_TABLE, TABLE};
use dynoxide::Database;
use function::Service;
use function::clock::Clock;
use function::figures::of_month;
use function::mailer::{Handover, Mailer};
use function::message::OutgoingMail;
use function::store::DUE_INDEX;
use jiff::Timestamp;
use lambda_http::http::Request as HttpRequest;
use lambda_http::{Body, Response};
use mail_parser::MessageParser;
use model::catalog::Catalog;
use model::figures::{Call, Counts, Month};
use model::names::KredsSlug;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::runtime::Runtime;

/// Seconds of a day.
pub(super) const DAY: i64 = 24 * 60 * 60;

/// The form that every citizen fills in.
pub(super) const FORM: &str = "bestil-en-betjent";

/// A mail that went out.
#[derive(Clone)]
pub(super) struct Mail {
    pub(super) at: i64,
    pub(super) name: String,
    pub(super) to: String,
    pub(super) text: String,
}

/// The service, and what has come of it.
pub(super) struct Town<'a> {
    pub(super) catalog: Catalog,
    runtime: &'a Runtime,
    database: Database,
    service: Service,
    now: Arc<AtomicI64>,
    mails: Arc<Mutex<Vec<Mail>>>,
    read: usize,
    records: BTreeMap<String, Value>,
    /// Forms that were sent before the last step: when, from which kreds, whether for the first time, and what was refused.
    pub(super) posts: Vec<Value>,
}

impl<'a> Town<'a> {
    pub(super) fn new(runtime: &'a Runtime) -> Self {
        let (database, record) = (Database::memory().unwrap(), Record::new(1));
        make_tables(&database, TABLE, KEYS_TABLE);
        let now = Arc::new(AtomicI64::new(0));
        let mails: Arc<Mutex<Vec<Mail>>> = Arc::default();
        let (out, clock) = (Arc::clone(&mails), Arc::clone(&now));
        let mailer = Mailer::Memory(Arc::new(move |mail: &OutgoingMail, name: &str| {
            let at = clock.load(Ordering::SeqCst);
            let bytes = mail.bytes().reveal();
            let text = MessageParser::default().parse(bytes).unwrap().body_text(0).unwrap().replace("\r\n", "\n");
            let to = mail.to().as_str().to_owned();
            out.lock().unwrap().push(Mail { at, name: name.to_owned(), to, text });
            Ok(Handover::Final)
        }));
        let http = Network::to(&database, &record).client();
        // Real time goes on in no part of a quarter: a busy machine changes nothing.
        let clock = Clock::Set(Arc::clone(&now));
        let service = Service::wired(settings("quarter"), clock, http, mailer).unwrap();
        let catalog = catalog();
        runtime.block_on(service.store().publish(&catalog)).unwrap();
        Self { catalog, runtime, database, service, now, mails, read: 0, records: BTreeMap::new(), posts: Vec::new() }
    }

    /// True if something is due. A run with nothing to do takes as long as one with something.
    pub(super) fn is_due(&self, now: i64) -> bool {
        let kredse = self.catalog.atlas().kredse().iter();
        let queues = kredse.flat_map(|kreds| ["", "calls#", "overdue#"].map(|queue| format!("{queue}{}", kreds.slug)));
        queues.chain(["#cases", "#digests"].map(str::to_owned)).any(|queue| {
            let request = json!({
                "TableName": TABLE,
                "IndexName": DUE_INDEX,
                "KeyConditionExpression": "due_for = :queue AND due_at <= :now",
                "ExpressionAttributeValues": { ":queue": { "S": queue }, ":now": { "N": now.to_string() } },
                "Limit": 1,
            });
            let (status, body) = answer(&self.database, "Query", request.to_string().as_bytes());
            assert_eq!(status, 200, "{body}");
            serde_json::from_str::<Value>(&body).unwrap()["Count"] != 0
        })
    }

    pub(super) fn sweep(&mut self, now: i64) {
        self.keep_what_goes(now);
        self.now.store(now, Ordering::SeqCst);
        self.runtime.block_on(self.service.sweep()).unwrap();
    }

    /// Opens a page, or sends a form.
    pub(super) fn ask(&self, now: i64, path: &str, form: Option<&[(&str, &str)]>) -> Response<Body> {
        self.now.store(now, Ordering::SeqCst);
        let request = match form {
            None => HttpRequest::get(path).body(Body::Empty),
            Some(values) => HttpRequest::post(path)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(Body::from(form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish())),
        };
        self.runtime.block_on(self.service.handle(request.unwrap())).unwrap()
    }

    /// The mails since somebody looked.
    pub(super) fn new_mails(&mut self) -> Vec<Mail> {
        let mails = self.mails.lock().unwrap();
        let new = mails[self.read..].to_vec();
        self.read = mails.len();
        new
    }

    /// Keeps the requests that a sweep may delete, as they are at last.
    fn keep_what_goes(&mut self, now: i64) {
        let request = json!({
            "TableName": TABLE,
            "IndexName": DUE_INDEX,
            "KeyConditionExpression": "due_for = :queue AND due_at <= :now",
            "ExpressionAttributeValues": { ":queue": { "S": "#erasure" }, ":now": { "N": now.to_string() } },
        });
        let due = self.answered("Query", &request);
        for item in due["Items"].as_array().unwrap() {
            let key = json!({ "pk": item["pk"], "sk": { "S": "submission" } });
            let found = self.answered("GetItem", &json!({ "TableName": TABLE, "Key": key }));
            if let Some(item) = found.get("Item") {
                self.records.insert(item["pk"]["S"].as_str().unwrap().to_owned(), item.clone());
            }
        }
    }

    fn answered(&self, operation: &str, request: &Value) -> Value {
        let (status, body) = answer(&self.database, operation, request.to_string().as_bytes());
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Keeps the requests that are left.
    pub(super) fn keep_records(&mut self) {
        let mut from = Value::Null;
        loop {
            let mut request = json!({ "TableName": TABLE });
            if !from.is_null() {
                request["ExclusiveStartKey"] = from;
            }
            let (status, body) = answer(&self.database, "Scan", request.to_string().as_bytes());
            assert_eq!(status, 200, "{body}");
            let mut page: Value = serde_json::from_str(&body).unwrap();
            for item in page["Items"].as_array().unwrap().iter().filter(|item| item["sk"]["S"] == "submission") {
                self.records.insert(item["pk"]["S"].as_str().unwrap().to_owned(), item.clone());
            }
            from = page["LastEvaluatedKey"].take();
            if from.is_null() {
                return;
            }
        }
    }

    /// The service's figures of every kreds and month, before anything of them is hidden.
    fn figures(&self) -> Vec<Value> {
        let first = Month::parse("2027-02").unwrap();
        let call = |call: &Call| match call {
            Call::InTime => "in time",
            Call::Late => "late",
            Call::None => "none",
            Call::NotNeeded => "not needed",
        };
        let months = (0..4).flat_map(|months| {
            let month = first.plus(months);
            let counts = self.runtime.block_on(of_month(self.service.store(), month)).unwrap();
            counts.into_iter().map(move |(kreds, counts)| (month, kreds, counts))
        });
        let line = |(month, kreds, mut counts): (Month, KredsSlug, Counts)| {
            counts.days.sort_unstable();
            let calls: BTreeMap<&str, u32> = counts.calls.iter().map(|(of, number)| (call(of), *number)).collect();
            let closed: BTreeMap<&str, u32> = counts.closed.iter().map(|(of, number)| (of.as_str(), *number)).collect();
            let failed: BTreeMap<&str, u32> =
                counts.failed.iter().map(|((_, field), number)| (field.as_str(), *number)).collect();
            json!({
                "month": month.to_string(), "kreds": kreds.as_str(), "received": counts.received, "calls": calls,
                "days": counts.days, "forwarded": counts.forwarded, "closed": closed, "started": counts.started, "failed": failed,
            })
        };
        months.map(line).collect()
    }

    /// Writes what another program needs: the raw records, every mail, and what each kreds promises.
    pub(super) fn write(&self, folder: &Path) {
        let lines = |name: &str, lines: &mut dyn Iterator<Item = Value>| {
            let mut file = File::create(folder.join(name)).unwrap();
            lines.for_each(|line| writeln!(file, "{line}").unwrap());
        };
        lines("records.jsonl", &mut self.records.values().cloned());
        let mails = self.mails.lock().unwrap();
        let mail = |mail: &Mail| json!({ "at": mail.at, "name": mail.name, "to": mail.to, "text": mail.text });
        lines("mails.jsonl", &mut mails.iter().map(mail));
        let atlas = self.catalog.atlas();
        lines("posts.jsonl", &mut self.posts.iter().cloned());
        lines("figures.jsonl", &mut self.figures().into_iter());
        lines("kredse.jsonl", &mut atlas.kredse().iter().map(|kreds| serde_json::to_value(kreds).unwrap()));
    }
}

/// The real content, but that one kreds promises 72 hours and another's leader has no mailbox.
fn catalog() -> Catalog {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let checked = site_gen::check(&content, Timestamp::UNIX_EPOCH);
    let site = checked.unwrap_or_else(|problems| panic!("{} problems in content", problems.len())).site;
    let mut parts: Value = serde_json::from_slice(site.catalog().to_json()).unwrap();
    for kreds in parts["atlas"]["kredse"].as_array_mut().unwrap() {
        match kreds["slug"].as_str().unwrap() {
            "nordjylland" => kreds["deadline"] = json!({ "call_within": { "hours": 72 } }),
            "bornholm" => drop(kreds.as_object_mut().unwrap().remove("leader_mailbox")),
            _ => {}
        }
    }
    Catalog::from_json(&serde_json::to_vec(&parts).unwrap()).unwrap_or_else(|faults| panic!("{faults:?}"))
}
