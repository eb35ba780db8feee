//! A small catalog of the real content: two kredse, one kommune each, and the real forms.

use crate::failures::engine::{answer, items, make_tables};
use crate::failures::instance::Instance;
use crate::failures::record::Record;
use crate::shared::settings::{KEYS_TABLE, TABLE};
use dynoxide::Database;
use model::catalog::Catalog;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

/// A kreds of the catalog, its kommune, and its mailboxes for the form that is sent here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) kreds: String,
    pub(crate) kommune: String,
    pub(crate) mailbox: String,
    pub(crate) second: String,
    pub(crate) leader: String,
}

/// The form that every citizen here fills in.
pub(crate) const FORM: &str = "bestil-en-faerdselskontrol";

/// The catalog that is published in every world.
pub(crate) static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let checked = site_gen::check(&content, jiff::Timestamp::UNIX_EPOCH);
    let site = checked.unwrap_or_else(|problems| panic!("{} problems in content", problems.len())).site;
    let mut parts: Value = serde_json::from_slice(site.catalog().to_json()).unwrap();
    let atlas = &mut parts["atlas"];
    let kept: Vec<Value> = ["oestjylland", "fyn"].map(Value::from).into();
    list(&mut atlas["kredse"]).retain(|kreds| kept.contains(&kreds["slug"]));
    let kommuner = list(&mut atlas["kommuner"]);
    kommuner.sort_by_key(|kommune| kommune["code"].to_string());
    kommuner.retain(|kommune| kept.contains(&kommune["kreds"]));
    kommuner.dedup_by_key(|kommune| kommune["kreds"].clone());
    for gone in ["postal_areas", "names"] {
        list(&mut atlas[gone]).clear();
    }
    // One form in one language, and short words: every process that starts reads the catalog.
    for kreds in list(&mut atlas["kredse"]) {
        kreds["mailboxes"].as_object_mut().unwrap().retain(|form, _| form == FORM);
    }
    atlas["forms"] = json!([FORM]);
    parts["code_words"] = (0..1000_u32).map(three_letters).collect::<Vec<_>>().into();
    list(&mut parts["danger_words"]).truncate(5);
    parts.as_object_mut().expect("an object").remove("danger_rules");
    list(&mut parts["forms"]).retain(|form| form["id"] == FORM && form["language"] == "da");
    parts["languages"].as_object_mut().unwrap().retain(|code, _| code == "da");
    if let Some(messages) = parts.as_object_mut() {
        messages.remove("service_messages");
    }
    Catalog::from_json(&serde_json::to_vec(&parts).unwrap())
        .unwrap_or_else(|faults| panic!("the small catalog: {faults:?}"))
});

/// The two places that citizens write about.
pub(crate) static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let parts: Value = serde_json::from_slice(CATALOG.to_json()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let kommuner = parts["atlas"]["kommuner"].as_array().unwrap();
    let place = |kreds: &Value| Place {
        kreds: text(&kreds["slug"]),
        kommune: text(&kommuner.iter().find(|kommune| kommune["kreds"] == kreds["slug"]).unwrap()["code"]),
        mailbox: text(&kreds["mailboxes"][FORM]),
        second: text(&kreds["second_mailbox"]),
        leader: text(&kreds["leader_mailbox"]),
    };
    parts["atlas"]["kredse"].as_array().unwrap().iter().map(place).collect()
});

/// A file with a database that holds only the catalog: restoring it takes half the time of making one.
pub(crate) struct Beginning(TempDir);

impl Beginning {
    pub(crate) fn new() -> Self {
        let beginning = Self(tempfile::tempdir().unwrap());
        let database = Database::memory().unwrap();
        publish_into(&database);
        database.vacuum_into(&beginning.path()).unwrap();
        beginning
    }

    /// Resets a database to the beginning.
    pub(crate) fn restore(&self, database: &Database) {
        database.restore_from(&self.path()).unwrap();
    }

    fn path(&self) -> String {
        self.0.path().join("beginning").to_str().unwrap().to_owned()
    }
}

/// Makes the tables and puts the catalog into force.
pub(crate) fn publish_into(database: &Database) {
    make_tables(database, TABLE, KEYS_TABLE);
    for put in PUBLISHED.iter() {
        assert_eq!(answer(database, "PutItem", put).0, 200);
    }
}

/// The writes that publish the catalog, made once: packing it takes longer than a whole schedule.
static PUBLISHED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let database = Database::memory().unwrap();
    make_tables(&database, TABLE, KEYS_TABLE);
    let instance = Instance::start(&database, &Record::new(0), "content", 0);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(instance.service.store().publish(&CATALOG)).unwrap();
    let put = |item| json!({ "TableName": TABLE, "Item": item }).to_string().into_bytes();
    items(&database, TABLE).into_iter().map(put).collect()
});

fn three_letters(number: u32) -> String {
    [number / 100, number / 10 % 10, number % 10]
        .map(|digit| char::from(b'a' + u8::try_from(digit).unwrap()))
        .iter()
        .collect()
}

fn list(value: &mut Value) -> &mut Vec<Value> {
    value.as_array_mut().expect("a list")
}
