//! Encryption: the tables hold none of the answers in plaintext.

use crate::contract::ground::{Given, Ground, accept, kreds, now, service, settings};
use function::encryption::KeyService;
use function::store::{Accepted, Queue};
use model::pii::Pii;

pub(crate) async fn stored_items_show_no_answers(ground: &Ground) {
    let given = Given::nth(1, now());
    ground.accept(&given).await.unwrap();
    let dump = ground.dump().await.join("\n");
    assert!(dump.contains(given.submission.receipt.reference.as_str()));
    for written in ["Kanariefugl", "utrygge", "31223344", "4531223344", "aase@", "Parken", "0461"] {
        assert!(!holds(&dump, written), "{written}");
        // Blobs are printed as numbers.
        let bytes = written.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ");
        assert!(!dump.contains(&bytes), "{written}");
    }
}

/// Returns true if a text contains a word. Four digits must stand alone: ids and hashes hold any four by chance.
fn holds(text: &str, word: &str) -> bool {
    let is_open = |sign: Option<char>| !word.starts_with('0') || !sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
    text.match_indices(word)
        .any(|(at, _)| is_open(text[..at].chars().next_back()) && is_open(text[at + word.len()..].chars().next()))
}

pub(crate) async fn without_its_key_a_request_is_gone(ground: &Ground) {
    let given = Given::nth(1, now());
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    let key = aws_sdk_dynamodb::types::AttributeValue::S(format!("KEY#{}", given.id()));
    let delete = store.client().delete_item().table_name(store.keys_table()).key("pk", key);
    delete.send().await.unwrap();
    assert!(store.submission(given.id(), now()).await.unwrap().is_none());
    assert!(store.receipt(given.id(), now()).await.unwrap().is_none(), "nor is it shown to anybody");
    assert!(store.overview(given.id(), now()).await.unwrap().is_none());
    assert!(store.routed(given.id()).await.unwrap().is_none());
    assert!(store.queue(&Queue::Owed(kreds())).await.unwrap().items.is_empty());
}

pub(crate) async fn a_key_wrapped_by_kms_opens_only_for_its_own_request(ground: &Ground) {
    let config = aws_sdk_kms::Config::builder()
        .behavior_version(aws_sdk_kms::config::BehaviorVersion::v2026_01_12())
        .region(aws_sdk_kms::config::Region::new("eu-central-1"))
        .credentials_provider(aws_sdk_kms::config::Credentials::new("test", "test", None, None, "test"))
        .http_client(function::store::https())
        .endpoint_url(&ground.endpoint);
    let client = aws_sdk_kms::Client::from_conf(config.build());
    let made = client.create_key().send().await.unwrap().key_metadata.unwrap();
    // End to end: accepted and read back.
    let on_kms = service(&ground.endpoint, Some(&made.key_id));
    local::make_tables(on_kms.store()).await.unwrap_or_else(|error| panic!("{error}"));
    let given = Given::nth(1, now());
    assert_eq!(accept(on_kms.store(), &given, None).await.unwrap(), Accepted::New);
    assert!(on_kms.store().submission(given.id(), now()).await.unwrap() == Some(given.submission.clone()));
    // The key by itself.
    let keys = KeyService::new(&settings(&ground.endpoint, Some(&made.key_id)), function::store::https()).unwrap();
    let (key, wrapped) = keys.new_key(given.id()).await.unwrap();
    let encrypted = key.encrypt("answers", &Pii::new("Åse".to_owned())).unwrap();
    let opened = keys.unwrap_key(given.id(), &wrapped).await.unwrap();
    assert_eq!(opened.decrypt("answers", &encrypted).unwrap().reveal(), "Åse");
    assert!(keys.unwrap_key(Given::nth(2, now()).id(), &wrapped).await.is_err(), "the key of another request");
}
