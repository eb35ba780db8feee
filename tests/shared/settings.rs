//! Settings of a function in process: no limits, and mail to everyone.

use function::settings::{
    Brakes, Credentials, DeliveryPolicy, MailRoute, OriginProof, PoliceDomains, Receipts, Secret, Settings, Wrapping,
};
use model::email::EmailAddress;

/// Settings for a table and the one of its keys, at an endpoint.
pub(crate) fn settings([table, keys_table]: [&str; 2], region: String, endpoint: String) -> Settings {
    let email = |text| EmailAddress::parse(text).unwrap();
    Settings {
        table: table.to_owned(),
        keys_table: keys_table.to_owned(),
        region,
        endpoint: Some(endpoint),
        credentials: Credentials { key_id: "test".to_owned(), key: "test".to_owned(), session: None },
        secret: Secret::new([0x5e; 32]),
        wrapping: Wrapping::Key(Secret::new([0xda; 32])),
        sender: email("afsender@bestil-en-betjent.example"),
        receipts: Receipts { sender: email("afsender@kvittering.bestil-en-betjent.example"), a_day: 1000 },
        police_domains: PoliceDomains::default(),
        mail: MailRoute::Folder("not used".into()),
        environment: "test".to_owned(),
        delivery: DeliveryPolicy::Everyone,
        probing: None,
        events: None,
        extra_origins: Vec::new(),
        origin_secret: None,
        origin_proof: OriginProof::Required,
        limit: None,
        brakes: Brakes::NONE,
        catalog_seconds: 30,
        answer_seconds: 20,
    }
}
