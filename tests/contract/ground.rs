//! Fresh tables at one of the two implementations, and drafts to store in them.

use crate::shared;
use function::Service;
use function::clock::Clock;
use function::route::Rule;
use function::settings::Settings;
use function::store::{
    Accepted, Hit, Leased, NewSubmission, Queue, Recipient, RoadMarks, RunToken, Step, Store, StoreError, Task,
};
use jiff::{SignedDuration, Timestamp};
use local::{Options, Running};
use model::case::{Case, Event};
use model::catalog::Catalog;
use model::names::{FormId, KredsSlug, Language, SubmissionId};
use model::raw::RawAnswers;
use model::reference::Reference;
use model::submission::{Held, Receipt, Submission};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Fresh tables for one test, and the store on them.
pub(crate) struct Ground {
    pub(crate) endpoint: String,
    pub(crate) service: Service,
    runtime: Runtime,
    runs: AtomicU8,
    _embedded: Option<(Running, TempDir)>,
}

pub(crate) fn kreds() -> KredsSlug {
    KredsSlug::parse("fyn").unwrap()
}

pub(crate) fn form() -> FormId {
    FormId::parse("bestil-en-betjent").unwrap()
}

pub(crate) fn run(number: u8) -> RunToken {
    RunToken::from_random([number; 8])
}

/// Returns the catalog of the real content.
pub(crate) fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let built = site_gen::build(&content(), None, Timestamp::now()).unwrap_or_else(|error| panic!("{error}"));
        built.site.catalog().clone()
    })
}

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content")
}

impl Ground {
    pub(crate) fn embedded() -> Self {
        let runtime = runtime();
        let data = TempDir::new().unwrap();
        let options = Options {
            port: 0,
            data: data.path().to_owned(),
            content: content(),
            schedule: 0,
            limit: 0,
            watch: false,
            clock: Clock::System,
        };
        let running = runtime.block_on(local::start(options)).unwrap_or_else(|error| panic!("{error}"));
        Self::at(running.database.clone(), runtime, Some((running, data)))
    }

    pub(crate) fn ministack() -> Self {
        let endpoint = std::env::var("MINISTACK");
        let endpoint = endpoint.expect("MINISTACK must say where ministack answers: http://127.0.0.1:4566");
        Self::at(endpoint, runtime(), None)
    }

    fn at(endpoint: String, runtime: Runtime, embedded: Option<(Running, TempDir)>) -> Self {
        let service = service(&endpoint, None);
        runtime.block_on(local::make_tables(service.store())).unwrap_or_else(|error| panic!("{error}"));
        Self { endpoint, service, runtime, runs: AtomicU8::new(100), _embedded: embedded }
    }

    pub(crate) fn run<T>(&self, contract: impl Future<Output = T>) -> T {
        self.runtime.block_on(contract)
    }

    pub(crate) fn store(&self) -> &Store {
        self.service.store()
    }

    pub(crate) async fn accept(&self, given: &Given) -> Result<Accepted, StoreError> {
        self.accept_within(given, None).await
    }

    pub(crate) async fn accept_within(&self, given: &Given, limit: Option<Hit>) -> Result<Accepted, StoreError> {
        accept(self.store(), given, limit).await
    }

    /// Leases the task of the kreds's queue that mails the submission to this recipient.
    pub(crate) async fn leased(&self, id: &SubmissionId, recipient: Recipient, now: Timestamp) -> Option<Leased> {
        let due = self.store().due_in(&Queue::Owed(kreds()), now).await.unwrap();
        let task = due.items.into_iter().find(|due| due.task == Task::Mail(id.clone(), recipient))?;
        // Each call is another run.
        self.store().lease(&task, &run(self.runs.fetch_add(1, Ordering::SeqCst)), now).await.unwrap()
    }

    /// Writes an item as an older release did: its keys and a number.
    pub(crate) async fn put_number(&self, pk: &str, sk: &str, name: &str, number: u32) {
        use aws_sdk_dynamodb::types::AttributeValue::{N, S};
        let put = self.store().client().put_item().table_name(self.store().table());
        let put = put.item("pk", S(pk.to_owned())).item("sk", S(sk.to_owned())).item(name, N(number.to_string()));
        put.send().await.unwrap();
    }

    /// Returns all items of both tables as text, sorted.
    pub(crate) async fn dump(&self) -> Vec<String> {
        let mut all = Vec::new();
        for table in [self.store().table(), self.store().keys_table()] {
            let scan = self.store().client().scan().table_name(table).consistent_read(true);
            let items = scan.send().await.unwrap().items.unwrap_or_default();
            all.extend(items.into_iter().map(|item| {
                let ordered: std::collections::BTreeMap<_, _> = item.into_iter().collect();
                format!("{ordered:?}")
            }));
        }
        all.sort();
        all
    }
}

pub(crate) async fn accept(store: &Store, given: &Given, limit: Option<Hit>) -> Result<Accepted, StoreError> {
    let draft = NewSubmission {
        submission: &given.submission,
        rule: Rule::Kommune,
        same: &given.same,
        phone: "a-hash-of-the-number",
        road: given.road.as_ref(),
        keep_until: given.submission.receipt.received + SignedDuration::from_hours(30 * 24),
        recipients: &[Recipient::Kreds, Recipient::Citizen],
        limits: limit.into_iter().collect(),
        is_probe: false,
    };
    store.accept(&draft).await
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Creates a service on tables with a unique name, and with a KMS key if one is named.
pub(crate) fn service(endpoint: &str, kms: Option<&str>) -> Service {
    Service::new(settings(endpoint, kms), Clock::System).unwrap()
}

pub(crate) fn settings(endpoint: &str, kms: Option<&str>) -> Settings {
    let mut name = [0; 8];
    getrandom::fill(&mut name).unwrap();
    let table = format!("contract-{}", model::names::hex(&name));
    let keys_table = format!("{table}-keys");
    let kms = kms.map(|key| ("KMS_KEY", key));
    let changed = [("TABLE", &*table), ("KEYS_TABLE", &*keys_table), ("AWS_ENDPOINT_URL", endpoint), ("MAIL", "ses")];
    shared::settings::settings(&changed.into_iter().chain(kms).collect::<Vec<_>>())
}

/// A submission, and the hash of its content.
pub(crate) struct Given {
    pub(crate) submission: Submission,
    pub(crate) same: String,
    pub(crate) road: Option<RoadMarks>,
    /// Empty when a test begins.
    pub(crate) case: Case,
}

impl Given {
    /// Makes the nth request, with its own answers, id and reference.
    pub(crate) fn nth(n: u8, received: Timestamp) -> Self {
        let catalog = catalog();
        let form_in_danish = catalog.form(&form(), &Language::danish()).unwrap();
        let description = format!("Vi er utrygge, nummer {n}.");
        let typed = [
            ("emne", "utryghed"),
            ("vej", "Parken"),
            ("kommune", "0461"),
            ("beskrivelse", description.as_str()),
            ("navn", "Åse Kanariefugl"),
            ("telefon", "31 22 33 44"),
            ("email", "aase@eksempel.example"),
            ("ringetid", "aften"),
        ];
        let raw = RawAnswers::new(typed.map(|(name, text)| (name.to_owned(), text.to_owned())));
        let answers = form_in_danish
            .parse(&raw, catalog.atlas(), jiff::civil::date(2026, 11, 28))
            .unwrap_or_else(|_| panic!("the form is right"));
        // Whole seconds: that is what is stored.
        let received = Timestamp::from_second(received.as_second()).unwrap();
        let receipt = Receipt {
            id: SubmissionId::from_random([n; 16]),
            code_words: catalog.code_words().draw(n.into()),
            reference: Reference::from_random(n.into()),
            form: form(),
            topic: None,
            language: Language::danish(),
            promise: catalog.atlas().kreds(&kreds()).unwrap().deadline.promise(received),
            kreds: kreds(),
            catalog: catalog.version().clone(),
            received,
        };
        Self {
            submission: Submission { receipt, answers, danger: false, held: None },
            same: format!("same-{n}"),
            road: None,
            case: Case::default(),
        }
    }

    /// Builds a step by somebody who has seen this many events.
    pub(crate) const fn step<'a>(&'a self, event: &'a Event, seen: Option<u32>, audit: (&'a str, &'a str)) -> Step<'a> {
        let Self { submission, case, .. } = self;
        Step { receipt: &submission.receipt, case, event, takes_back: None, seen, note: None, audit }
    }

    pub(crate) fn held(mut self) -> Self {
        self.submission.held = Some(Held::Honeypot);
        self
    }

    /// Makes it about a road whose name has this hash.
    pub(crate) fn about(mut self, road: &str) -> Self {
        let set = |text: &str| std::collections::BTreeSet::from([text.to_owned()]);
        self.road = Some(RoadMarks { roads: set(road), hours: set("mandag.morgen") });
        self
    }

    pub(crate) const fn id(&self) -> &SubmissionId {
        &self.submission.receipt.id
    }

    pub(crate) fn task(&self, recipient: Recipient) -> Task {
        Task::Mail(self.id().clone(), recipient)
    }
}

pub(crate) fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

/// Now, in whole seconds.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second()).unwrap()
}
