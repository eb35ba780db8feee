//! The Lambda's own program, invoked as in the cloud: by a web request, by the schedule, and by a fake of the schedule.

use crate::journeys::filled::{open, traffic};
use crate::journeys::mailbox::mails_in;
use crate::journeys::service::Service;
use crate::shared::gateway::{schedule, web};
use crate::shared::lambda::Runtime;
use serde_json::{Value, json};
use std::fs::File;
use std::process::Child;

#[test]
fn the_request_context_separates_web_requests_from_the_schedule() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.set("trin", "send").values).finish();
    let mail = tempfile::TempDir::new().unwrap();
    let route = format!("folder:{}", mail.path().display());
    let mut lambda = Lambda::start(&service, &[("MAIL", &route)], &tempfile::tempfile().unwrap());

    let received = lambda.invoke(&web("POST", "/indsend/bestil-en-faerdselskontrol", &body));
    assert_eq!(received["statusCode"], 303, "{received}");
    let location = received["headers"]["location"].as_str().unwrap().to_owned();
    let receipt = lambda.invoke(&web("GET", &location, ""));
    assert_eq!(receipt["statusCode"], 200, "{receipt}");
    assert!(receipt["body"].as_str().unwrap().contains("reference-number"));

    // Anyone can post what a schedule sends, but it stays a web request.
    let schedule = schedule();
    let posed = lambda.invoke(&web("POST", "/indsend/bestil-en-betjent", &schedule.to_string()));
    assert_eq!(posed["statusCode"], 422, "{posed}");
    let asked = json!({ "task": "probe" });
    let posed = lambda.invoke(&web("POST", "/indsend/bestil-en-betjent", &asked.to_string()));
    assert_eq!(posed["statusCode"], 422, "{posed}");
    // Nor is an event that asks for a probe taken for the schedule; here, none is sent.
    lambda.invoke(&asked);
    assert!(mails_in(mail.path()).is_empty());

    lambda.invoke(&schedule);
    let mails = mails_in(mail.path());
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "faerdsel@oestjylland.politi.example");
}

/// The program on a service's table.
pub(crate) struct Lambda {
    child: Child,
    runtime: Runtime,
}

impl Lambda {
    /// Starts it with changed settings; its output goes to a file.
    pub(crate) fn start(service: &Service, changed: &[(&str, &str)], log: &File) -> Self {
        let endpoint = [("AWS_ENDPOINT_URL", service.running().database.as_str())];
        let (runtime, child) = Runtime::start(&[&endpoint, changed].concat(), log);
        Self { child, runtime }
    }

    /// Sends the program an event and waits for its answer.
    pub(crate) fn invoke(&mut self, event: &Value) -> Value {
        let Self { child, runtime } = self;
        let answer = runtime.invoke(event, || {}, || child.try_wait().unwrap().is_some());
        answer.expect("the program lives").unwrap_or_else(|error| panic!("{error}"))
    }
}

impl Drop for Lambda {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
