//! A web server in front of a function, like the distribution and the gateway: it forwards what a browser sends.

use crate::journeys::lab::{Answer, ask, request};
use lambda_http::http::HeaderName;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A server that has an address, but does not answer yet.
pub(crate) struct Front {
    listener: TcpListener,
    bodies: Arc<Mutex<Vec<String>>>,
}

/// The server behind the front.
pub(crate) enum Behind {
    Function(Box<function::Service>),
    /// Nothing: every answer has this status.
    Status(u16),
}

impl Front {
    pub(crate) fn bind() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").unwrap(), bodies: Arc::default() }
    }

    /// `http://127.0.0.1:40000`.
    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.listener.local_addr().unwrap())
    }

    /// Answers until the tests end, and returns the bodies that it receives.
    pub(crate) fn serve(self, behind: Behind) -> Arc<Mutex<Vec<String>>> {
        let bodies = Arc::clone(&self.bodies);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            for stream in self.listener.incoming().flatten() {
                let _ = self.answer(stream, &behind, &runtime);
            }
        });
        bodies
    }

    fn answer(&self, mut stream: TcpStream, behind: &Behind, runtime: &tokio::runtime::Runtime) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
                break;
            }
            lines.push(line.trim().to_owned());
        }
        let Some((first, headers)) = lines.split_first() else { return Ok(()) };
        let headers: Vec<(&str, &str)> = headers.iter().filter_map(|line| line.split_once(": ")).collect();
        let header =
            |name: &str| headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, text)| *text);
        let mut body = vec![0; header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0)];
        reader.read_exact(&mut body)?;
        let body = String::from_utf8(body).unwrap();
        if !body.is_empty() {
            self.bodies.lock().unwrap().push(body.clone());
        }
        let answer = match behind {
            Behind::Status(status) => Answer { status: *status, headers: Vec::new(), html: String::new() },
            Behind::Function(function) => {
                let mut words = first.split(' ');
                let (method, path) = (words.next().unwrap(), words.next().unwrap());
                let mut request = request(method, path, "192.0.2.77", body);
                request.headers_mut().remove("content-type");
                for name in ["content-type", "origin", "referer"] {
                    if let Some(text) = header(name) {
                        let name = HeaderName::from_static(name);
                        request.headers_mut().insert(name, text.parse().unwrap());
                    }
                }
                runtime.block_on(ask(function, request))
            }
        };
        let headers: String = answer.headers.iter().map(|(name, text)| format!("{name}: {text}\r\n")).collect();
        let length = answer.html.len();
        write!(
            stream,
            "HTTP/1.1 {} -\r\n{headers}connection: close\r\ncontent-length: {length}\r\n\r\n{}",
            answer.status, answer.html
        )
    }
}
