//! Tests of the settings: missing and invalid ones, the addresses that mail reaches, and the target of probes.

use super::*;

pub(crate) fn with<'a>(settings: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
    let basis = [
        ("TABLE", "t"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "a"),
        ("AWS_SECRET_ACCESS_KEY", "b"),
        ("SECRET", "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e"),
        ("KMS_KEY", "alias/k"),
        ("SENDER", "afsender@bestil-en-betjent.example"),
        ("MAIL", "ses"),
        ("SINK", "sink@bestil-en-betjent.example"),
    ];
    move |name| {
        let found = settings.iter().chain(&basis).find(|(known, _)| *known == name);
        found.map(|(_, text)| (*text).to_owned())
    }
}

fn complaint(settings: &[(&str, &str)]) -> String {
    Settings::read(with(settings)).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn only_production_mails_anybody_but_the_sink() {
    let delivery = |settings: &[(&str, &str)]| Settings::read(with(settings)).unwrap().delivery;
    let sink = EmailAddress::parse("sink@bestil-en-betjent.example").unwrap();
    for name in ["", "test", "prod", "Production", "staging"] {
        assert_eq!(delivery(&[("ENVIRONMENT", name)]), DeliveryPolicy::Only(sink.clone()), "{name}");
    }
    assert_eq!(delivery(&[("ENVIRONMENT", "production")]), DeliveryPolicy::Everyone);
    assert!(complaint(&[("SINK", "")]).starts_with("environment variable SINK"));
}

#[test]
fn errors_name_the_missing_or_invalid_setting() {
    for (name, value) in [
        ("TABLE", ""),
        ("SECRET", "5e"),
        ("KMS_KEY", ""),
        ("MAIL", "post"),
        ("LIMIT", "many"),
        ("ORIGIN_PROOF", "no"),
        ("RECEIPTS", "few"),
        ("RECEIPT_SENDER", "nobody"),
        ("POLICE_DOMAINS", "politi"),
    ] {
        assert!(complaint(&[(name, value)]).starts_with(&format!("environment variable {name}")), "{name}");
    }
    assert_eq!(Settings::read(with(&[("LIMIT", "0")])).unwrap().limit, None);
    assert_eq!(Settings::read(with(&[])).unwrap().limit, Some(DEFAULT_LIMIT));
    let receipts = |settings: &[(&str, &str)]| Settings::read(with(settings)).unwrap().receipts;
    assert_eq!((receipts(&[]).a_day, receipts(&[("RECEIPTS", "off")]).a_day), (RECEIPTS_A_DAY, 0));
    assert_eq!(receipts(&[]).sender.as_str(), "afsender@bestil-en-betjent.example");
    let own = ("RECEIPT_SENDER", "afsender@kvittering.bestil-en-betjent.example");
    assert_eq!(receipts(&[own]).sender.as_str(), own.1);
}

#[test]
fn brakes_have_defaults_and_zero_turns_one_off() {
    let brakes = |settings: &[(&str, &str)]| Settings::read(with(settings)).unwrap().brakes;
    assert_eq!(brakes(&[("PER_KREDS_HOUR", "")]), Brakes::DEFAULT);
    let off = [("OPEN_PER_PHONE", "0"), ("PER_ADDRESS_DAY", "0"), ("PER_KREDS_HOUR", "0")];
    assert_eq!(brakes(&off), Brakes::NONE);
    assert_eq!(brakes(&[("PER_ADDRESS_DAY", "7")]).per_address, Some(7));
    for (name, _) in off {
        assert!(complaint(&[(name, "-1")]).starts_with(&format!("environment variable {name}")), "{name}");
    }
}

#[test]
fn probes_need_a_site_url_and_a_sink() {
    let probing = |settings: &[(&str, &str)]| Settings::read(with(settings)).unwrap().probing;
    let site = ("SITE_URL", "https://bestil.example");
    let sink = EmailAddress::parse("sink@bestil-en-betjent.example").unwrap();
    assert_eq!(probing(&[site]), Some(Probing { site: "https://bestil.example".to_owned(), sink }));
    assert_eq!(probing(&[]), None);
    assert_eq!(probing(&[site, ("ENVIRONMENT", "production"), ("SINK", "")]), None);
    for wrong in
        ["bestil.example", "https://", "https://bestil.example/", "https://a@b.example", "ftp://bestil.example"]
    {
        assert!(complaint(&[("SITE_URL", wrong)]).starts_with("environment variable SITE_URL"), "{wrong}");
    }
    assert!(
        complaint(&[site, ("ENVIRONMENT", "production"), ("SINK", "nobody")]).starts_with("environment variable SINK")
    );
}

#[test]
fn mail_routes_are_parsed_as_documented() {
    let ses = |kredse: Option<&str>, citizens: Option<&str>| MailRoute::Ses {
        kredse: kredse.map(str::to_owned),
        citizens: citizens.map(str::to_owned),
    };
    assert!(mail_route("ses") == Some(ses(None, None)));
    assert!(mail_route("ses:kredse,borgere") == Some(ses(Some("kredse"), Some("borgere"))));
    assert!(mail_route("smtps://u:p@mail.example:465") == Some(MailRoute::Smtp("smtps://u:p@mail.example:465".into())));
    assert!(mail_route("folder:/post") == Some(MailRoute::Folder("/post".into())));
    for wrong in ["", "smtp", "smtp:", "ses:", "ses:en", "ses:en,", "folder:", "folder"] {
        assert!(mail_route(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn without_the_cloud_feature_kms_and_ses_are_refused_with_advice() {
    let own_key = ("DATA_KEY", "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e");
    let folder = ("MAIL", "folder:/post");
    let without = |settings: &[(&str, &str)]| {
        Settings::read_by(false, with(settings)).err().map(|error| error.to_string()).unwrap_or_default()
    };
    for (settings, name) in [
        (&[folder][..], "KMS_KEY"),
        (&[folder, own_key], "KMS_KEY"),
        (&[("KMS_KEY", ""), own_key], "MAIL"),
        (&[("KMS_KEY", ""), own_key, ("MAIL", "ses:a,b")], "MAIL"),
    ] {
        let said = without(settings);
        assert!(
            said.starts_with(&format!("environment variable {name}")) && said.contains("--features cloud"),
            "{said}"
        );
    }
    assert_eq!(without(&[("KMS_KEY", ""), own_key, folder]), "");
}
