//! The Lambda's own program, and the runtime interface that it asks for work (AWS, "Lambda runtime API").

use crate::shared::wire;
use serde_json::Value;
use std::io::{BufReader, ErrorKind};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

/// The runtime interface of one process.
pub(crate) struct Runtime {
    listener: TcpListener,
    invoked: u32,
}

/// The answer of the program to an event.
pub(crate) struct Answer {
    /// True if it says that it failed.
    pub(crate) is_error: bool,
    pub(crate) body: Value,
}

/// Time limit for anything here before the test gives up.
const PATIENCE: Duration = Duration::from_secs(120);

impl Runtime {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self { listener, invoked: 0 }
    }

    /// The program with the environment of a Lambda, on tables at an endpoint, and with settings besides.
    pub(crate) fn program(&self, endpoint: &str, settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lambda"));
        command
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", self.listener.local_addr().unwrap().to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "function")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "stream")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "group")
            .env("AWS_REGION", "eu-central-1")
            .env("AWS_ACCESS_KEY_ID", "local")
            .env("AWS_SECRET_ACCESS_KEY", "local")
            .env("AWS_ENDPOINT_URL", endpoint)
            .env("SECRET", "5e".repeat(32))
            .env("DATA_KEY", "da".repeat(32))
            .env("ENVIRONMENT", "production")
            .env("SENDER", "afsender@bestil-en-betjent.example")
            .envs(settings.iter().copied());
        command
    }

    /// Hands the program an event and waits for its answer; none if it is dead before. `begins` is called when it gets the
    /// event.
    pub(crate) fn invoke(&mut self, event: &Value, begins: impl Fn(), is_dead: impl Fn() -> bool) -> Option<Answer> {
        self.invoked += 1;
        let id = format!("request-{}", self.invoked);
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "the program neither answers nor dies");
            match self.accept() {
                Some(connection) => {
                    let answer = serve(connection, &id, event, &begins);
                    if answer.is_some() {
                        return answer;
                    }
                }
                None if is_dead() => return None,
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }

    fn accept(&self) -> Option<TcpStream> {
        match self.listener.accept() {
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

/// Answers what the program asks on one connection; its answer to the event, unless it dies before.
fn serve(connection: TcpStream, id: &str, event: &Value, begins: &impl Fn()) -> Option<Answer> {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut writer = connection;
    loop {
        let request = wire::read(&mut reader)?;
        if !request.path.ends_with("/invocation/next") {
            let is_error = request.path.ends_with(&format!("/{id}/error"));
            assert!(is_error || request.path.ends_with(&format!("/{id}/response")), "{}", request.path);
            wire::write(&mut writer, 202, "connection: close\r\n", "");
            return Some(Answer { is_error, body: serde_json::from_slice(&request.body).unwrap_or(Value::Null) });
        }
        begins();
        let headers = format!(
            "lambda-runtime-aws-request-id: {id}\r\nlambda-runtime-deadline-ms: 99999999999999\r\n\
             lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-central-1:000000000000:function:function\r\n\
             content-type: application/json\r\n"
        );
        wire::write(&mut writer, 200, &headers, &event.to_string());
    }
}
