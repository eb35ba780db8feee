//! The Lambda's own program, invoked as the cloud invokes it: a web request, the schedule, and a request that only looks like it.

use crate::journeys::filled::{open, traffic};
use crate::journeys::mailbox::mails_in;
use crate::journeys::service::Service;
use crate::shared::gateway::web;
use crate::shared::wire;
use serde_json::{Value, json};
use std::fs::File;
use std::io::BufReader;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command};

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

/// The program and the runtime interface that it asks for work (AWS, "Lambda runtime API").
pub(crate) struct Lambda {
    child: Child,
    runtime: TcpListener,
    count: u32,
}

impl Lambda {
    /// Starts it with settings of its own, on a service's table; all that it says goes to a file.
    pub(crate) fn start(service: &Service, settings: &[(&str, &str)], log: &File) -> Self {
        let runtime = TcpListener::bind("127.0.0.1:0").unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_lambda"))
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", runtime.local_addr().unwrap().to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "function")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "stream")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "group")
            .env("AWS_REGION", "eu-central-1")
            .env("AWS_ACCESS_KEY_ID", "local")
            .env("AWS_SECRET_ACCESS_KEY", "local")
            .env("AWS_ENDPOINT_URL", &service.running().database)
            .env("TABLE", "bestil-en-betjent")
            .env("SECRET", "5e".repeat(32))
            .env("DATA_KEY", "da".repeat(32))
            .env("ENVIRONMENT", "production")
            .env("SENDER", "afsender@bestil-en-betjent.example")
            .envs(settings.iter().copied())
            .stdout(log.try_clone().unwrap())
            .stderr(log.try_clone().unwrap())
            .spawn()
            .unwrap();
        Self { child, runtime, count: 0 }
    }

    /// Hands the program an event and waits for its answer.
    pub(crate) fn invoke(&mut self, event: &Value) -> Value {
        self.count += 1;
        let id = format!("request-{}", self.count);
        loop {
            let (stream, _) = self.runtime.accept().unwrap();
            if let Some(answer) = serve(stream, &id, event) {
                return answer;
            }
        }
    }
}

impl Drop for Lambda {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Answers what the program asks on one connection; the answer to the event, once it comes.
fn serve(stream: TcpStream, id: &str, event: &Value) -> Option<Value> {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    loop {
        let wire::Request { path, target, body } = wire::read(&mut reader)?;
        assert_eq!(target, "", "nobody asks for a database here");
        if path.ends_with("/invocation/next") {
            let headers = format!(
                "lambda-runtime-aws-request-id: {id}\r\nlambda-runtime-deadline-ms: 99999999999999\r\n\
                 lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-central-1:000000000000:function:function\r\n\
                 content-type: application/json\r\n"
            );
            wire::write(&mut writer, 200, &headers, &event.to_string());
        } else {
            wire::write(&mut writer, 202, "connection: close\r\n", "");
            assert!(path.ends_with(&format!("/{id}/response")), "{path}: {}", String::from_utf8_lossy(&body));
            return Some(serde_json::from_slice(&body).unwrap_or(Value::Null));
        }
    }
}
