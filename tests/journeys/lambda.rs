//! The Lambda's own program, invoked as the cloud invokes it: a web request, the schedule, and a request that only looks like it.

use crate::journeys::filled::{open, traffic};
use crate::journeys::mailbox::mails_in;
use crate::journeys::service::Service;
use crate::shared::gateway::web;
use crate::shared::lambda::Runtime;
use serde_json::{Value, json};
use std::fs::File;
use std::process::Child;

#[test]
fn web_requests_and_the_schedule_are_told_apart_by_their_context() {
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

    // Anyone can post what a schedule sends. It is a web request all the same.
    let schedule = json!({ "source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": {} });
    let posed = lambda.invoke(&web("POST", "/indsend/bestil-en-betjent", &schedule.to_string()));
    assert_eq!(posed["statusCode"], 422, "{posed}");
    let asked = json!({ "task": "probe" });
    let posed = lambda.invoke(&web("POST", "/indsend/bestil-en-betjent", &asked.to_string()));
    assert_eq!(posed["statusCode"], 422, "{posed}");
    // Nor is what asks for a probe taken for the schedule; here none is sent.
    lambda.invoke(&asked);
    assert!(mails_in(mail.path()).is_empty());

    lambda.invoke(&schedule);
    let mails = mails_in(mail.path());
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "faerdsel@oestjylland.politi.example");
}

/// The program in a process, and the runtime interface that it asks for work.
pub(crate) struct Lambda {
    child: Child,
    runtime: Runtime,
}

impl Lambda {
    /// Starts it with settings of its own, on a service's table; all that it says goes to a file.
    pub(crate) fn start(service: &Service, settings: &[(&str, &str)], log: &File) -> Self {
        let runtime = Runtime::open();
        let settings = [&[("TABLE", "bestil-en-betjent")], settings].concat();
        let mut program = runtime.program(&service.running().database, &settings);
        let child = program.stdout(log.try_clone().unwrap()).stderr(log.try_clone().unwrap()).spawn().unwrap();
        Self { child, runtime }
    }

    /// Hands the program an event and waits for its answer.
    pub(crate) fn invoke(&mut self, event: &Value) -> Value {
        let answer = self.runtime.invoke(event, || {}, || false).unwrap();
        assert!(!answer.is_error, "{}", answer.body);
        answer.body
    }
}

impl Drop for Lambda {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
