//! The Lambda's own program, and everything that it logs while a citizen's words pass through it.

use crate::journeys::evidence::{ADDRESS, EMAIL, Evidence, FIELD, GROUP, HEADER, NAME, PATH, PHONE, STREET, TEXT};
use crate::journeys::filled;
use crate::journeys::lambda::Lambda;
use crate::journeys::service::Service;
use crate::shared::gateway::web;
use serde_json::{Value, json};
use std::io::{Read, Seek};

#[test]
fn the_program_logs_no_typed_words_at_any_log_level() {
    let service = Service::start();
    let form =
        filled::call(filled::open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let form = form.set("navn", NAME).set("telefon", PHONE).set("email", EMAIL).set("paa_vegne_af", GROUP);
    let form = form.set("beskrivelse", TEXT).set("vej", STREET).set("fjern_cpr", "ja").set("trin", "send");
    let mut log = tempfile::tempfile().unwrap();
    // A mail folder that cannot be created, so mail fails.
    let file = tempfile::NamedTempFile::new().unwrap();
    let route = format!("folder:{}/{PATH}", file.path().display());
    let loud = [("MAIL", &*route), ("LIMIT", "1"), ("RUST_LOG", "trace"), ("AWS_LAMBDA_LOG_LEVEL", "TRACE")];
    let mut lambda = Lambda::start(&service, &loud, &log);
    let mut evidence = Evidence::new();

    let submit = "/indsend/bestil-en-betjent";
    for (changes, status) in [
        (&[][..], 303),
        (&[("vej", "Kanariqvej nummer to")], 429),
        (&[("telefon", "31 87 65 43 210")], 422),
        (&[("fjern_cpr", "")], 422),
        (&[("beskrivelse", "Kanariqfare: attacked me")], 200),
        (&[("trin", "")], 200),
    ] {
        let form = changes.iter().fold(form.clone(), |form, (name, value)| form.set(name, value));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
        let answer = lambda.invoke(&talkative(web("POST", submit, &body)));
        assert_eq!(answer["statusCode"], status, "{changes:?} {answer}");
        evidence.look("header", "the program's answer", answer["headers"].to_string().as_bytes());
        evidence.look("header", "the program's answer", answer["multiValueHeaders"].to_string().as_bytes());
    }
    for path in [format!("/{PATH}"), format!("/kvittering/{PATH}"), format!("/indsend/{PATH}")] {
        let answer = lambda.invoke(&talkative(web("POST", &path, NAME)));
        assert!(answer["statusCode"].as_u64().unwrap() >= 400, "{answer}");
    }
    // The schedule, two events that are not ours, and a body that is not text.
    lambda.invoke(&json!({ "source": "aws.scheduler", "detail": { "text": NAME } }));
    lambda.invoke(&json!({ "Records": [{ "EventSource": "aws:sns", "Sns": { "Message": NAME } }] }));
    lambda.invoke(&json!({ FIELD: EMAIL }));
    let mut binary = talkative(web("POST", submit, "/////w=="));
    binary["isBase64Encoded"] = json!(true);
    assert_eq!(lambda.invoke(&binary)["statusCode"], 422);

    drop(lambda);
    let mut said = String::new();
    log.rewind().unwrap();
    log.read_to_string(&mut said).unwrap();
    evidence.look("output", "the program's output", said.as_bytes());
    assert_eq!(evidence.found(), [""; 0]);
    assert_eq!((evidence.count("header"), evidence.count("output")), (12, 1));
    // It did log, and nothing below the level that it may.
    for words in ["\"received\"", "too many requests", "a task failed", "forged-event"] {
        assert!(said.contains(words), "{words}:\n{said}");
    }
    let (mut metrics, mut alarms) = (0, 0);
    for line in said.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no line of the log: {line}"));
        if line.get("_aws").is_some() {
            metrics += 1;
            continue;
        }
        let fields = &line["fields"];
        if fields["alarm"] == "forged-event" {
            assert_eq!((line["level"].as_str(), fields["message"].as_str()), (Some("ERROR"), Some("alarm")), "{line}");
            alarms += 1;
        }
        assert!(["INFO", "WARN", "ERROR"].contains(&line["level"].as_str().unwrap()), "{line}");
    }
    assert!(alarms > 0, "the fields by which alarms are counted");
    // Received, refused four times, and two runs of the schedule.
    assert!(metrics >= 7, "{metrics}:\n{said}");
}

/// Makes an event like that of a browser that says much about its user.
fn talkative(mut event: Value) -> Value {
    for name in ["user-agent", "referer", "cookie", "x-forwarded-for", FIELD] {
        event["headers"][name] = json!(format!("https://{HEADER}.example/{PATH}"));
    }
    event["rawQueryString"] = json!(format!("{FIELD}={PATH}"));
    event["cookies"] = json!([format!("{FIELD}={PATH}")]);
    let http = &mut event["requestContext"]["http"];
    http["sourceIp"] = json!(ADDRESS);
    http["userAgent"] = json!(HEADER);
    event
}
