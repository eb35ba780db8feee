//! The Lambda's own program in a process, invoked as the cloud invokes it (AWS, "Lambda runtime API").

use crate::shared::settings::environment;
use crate::shared::wire::{self, Request};
use serde_json::Value;
use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// The runtime API that one process asks for work.
pub(crate) struct Runtime {
    listener: TcpListener,
    invoked: u32,
}

/// An answer to an event; `Err` if the program says that it failed.
pub(crate) type Answer = Result<Value, Value>;

/// Time limit for anything here before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

impl Runtime {
    /// Starts the program with changed settings; its output goes to a file.
    pub(crate) fn start(changed: &[(&str, &str)], log: &File) -> (Self, Child) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_lambda"))
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", listener.local_addr().unwrap().to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "function")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "stream")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "group")
            .envs(environment(changed))
            .stdout(log.try_clone().unwrap())
            .stderr(log.try_clone().unwrap())
            .spawn()
            .unwrap();
        (Self { listener, invoked: 0 }, child)
    }

    /// Sends the program an event and waits for its answer; `None` if it dies. Calls `asked` when it asks for work.
    pub(crate) fn invoke(
        &mut self,
        event: &Value,
        asked: impl Fn(),
        mut is_dead: impl FnMut() -> bool,
    ) -> Option<Answer> {
        self.invoked += 1;
        let id = format!("request-{}", self.invoked);
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "the program neither answers nor dies");
            match self.accept() {
                Some(connection) => {
                    if let Some(answer) = serve(connection, &id, event, &asked) {
                        return Some(answer);
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

/// Serves one connection; returns the program's answer to the event, unless the connection ends first.
fn serve(connection: TcpStream, id: &str, event: &Value, asked: &impl Fn()) -> Option<Answer> {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut writer = connection;
    loop {
        let Request { path, target, body } = wire::read(&mut reader)?;
        assert_eq!(target, "", "nobody asks for a database here");
        if path.ends_with("/invocation/next") {
            asked();
            let headers = format!(
                "lambda-runtime-aws-request-id: {id}\r\nlambda-runtime-deadline-ms: 99999999999999\r\n\
                 lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-central-1:000000000000:function:function\r\n\
                 content-type: application/json\r\n"
            );
            wire::write(&mut writer, 200, &headers, &event.to_string());
            continue;
        }
        wire::write(&mut writer, 202, "connection: close\r\n", "");
        let value = serde_json::from_slice(&body).unwrap_or(Value::Null);
        return match path.rsplit_once('/')? {
            (before, "response") if before.ends_with(id) => Some(Ok(value)),
            (before, "error") if before.ends_with(id) => Some(Err(value)),
            _ => panic!("{path}: {value}"),
        };
    }
}
