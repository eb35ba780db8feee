//! The Lambda's own program in a process, invoked as the cloud invokes it, until it is killed.

use crate::failures::instance::{KEYS_TABLE, TABLE};
use crate::failures::lossy::Wire;
use crate::shared::wire;
use serde_json::{Value, json};
use std::io::{BufReader, ErrorKind};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A process and the runtime interface that it asks for work (AWS, "Lambda runtime API").
pub(crate) struct Process {
    pub(crate) wire: Wire,
    runtime: TcpListener,
    invoked: u32,
}

/// Time limit for anything here before the test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

impl Process {
    /// Starts it. It asks its database by a wire of its own, and puts mails into a folder.
    pub(crate) fn start(wire: Wire, mail: &Path) -> Self {
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
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("AWS_ENDPOINT_URL", &wire.address)
            .env("TABLE", TABLE)
            .env("KEYS_TABLE", KEYS_TABLE)
            .env("SECRET", "5e".repeat(32))
            .env("DATA_KEY", "da".repeat(32))
            .env("ENVIRONMENT", "production")
            .env("LIMIT", "0")
            .env("OPEN_PER_PHONE", "0")
            .env("PER_KREDS_HOUR", "0")
            .env("SENDER", "afsender@bestil-en-betjent.example")
            .env("MAIL", format!("folder:{}", mail.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        wire.watch(child);
        runtime.set_nonblocking(true).unwrap();
        Self { wire, runtime, invoked: 0 }
    }

    /// Hands it an event and waits for its answer; none if it dies before.
    pub(crate) fn invoke(&mut self, event: &Value) -> Option<Value> {
        self.invoked += 1;
        let id = format!("request-{}", self.invoked);
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "the program neither answers nor dies");
            match self.accept() {
                Some(connection) => {
                    if let Some(answer) = self.serve(connection, &id, event) {
                        return Some(answer);
                    }
                }
                None if self.wire.is_dead() => return None,
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }

    /// Answers what the program asks on one connection; its answer to the event, unless it dies before.
    fn serve(&self, connection: TcpStream, id: &str, event: &Value) -> Option<Value> {
        let mut reader = BufReader::new(connection.try_clone().unwrap());
        let mut writer = connection;
        loop {
            let request = wire::read(&mut reader)?;
            if !request.path.ends_with("/invocation/next") {
                // A run of the schedule that could not begin says so; the next one comes in a minute.
                let ends = ["response", "error"].map(|end| format!("/{id}/{end}"));
                assert!(ends.iter().any(|end| request.path.ends_with(end)), "{}", request.path);
                wire::write(&mut writer, 202, "connection: close\r\n", "");
                return Some(serde_json::from_slice(&request.body).unwrap_or(Value::Null));
            }
            self.wire.count();
            let headers = format!(
                "lambda-runtime-aws-request-id: {id}\r\nlambda-runtime-deadline-ms: 99999999999999\r\n\
                 lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-central-1:000000000000:function:function\r\n\
                 content-type: application/json\r\n"
            );
            wire::write(&mut writer, 200, &headers, &event.to_string());
        }
    }

    fn accept(&self) -> Option<TcpStream> {
        match self.runtime.accept() {
            Ok((stream, _)) => {
                stream.set_nonblocking(false).unwrap();
                stream.set_nodelay(true).unwrap();
                stream.set_read_timeout(Some(PATIENCE)).unwrap();
                Some(stream)
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => None,
            Err(error) => panic!("{error}"),
        }
    }
}

/// The event of the cloud's schedule.
pub(crate) fn schedule() -> Value {
    json!({ "source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": {} })
}
