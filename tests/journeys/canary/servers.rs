//! Tables and mail servers that fail and quote what they received.

use crate::journeys::evidence::{NAME, PHONE, TEXT};
use crate::journeys::network::Fault;
use crate::shared::settings::settings;
use function::settings::Settings;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

pub(super) fn dead(_: &str, _: &str) -> Fault {
    Fault::Unreachable
}

pub(super) fn refusing(_: &str, body: &str) -> Fault {
    Fault::Refused(format!("not valid: {NAME} {PHONE} {TEXT} in {body}"))
}

pub(super) fn panicking(_: &str, body: &str) -> Fault {
    Fault::Panics(format!("{NAME} {PHONE} {TEXT} in {body}"))
}

pub(super) fn mail_settings(endpoint: Option<String>, route: &str) -> Settings {
    Settings { endpoint, ..settings(&[("MAIL", route)]) }
}

/// Starts a server that refuses everything with these words; over SMTP, from the recipient on.
pub(super) fn quoting(words: &str, is_smtp: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let words = words.to_owned();
    // It ends with the process.
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = if is_smtp { by_smtp(stream, &words) } else { by_http(stream, &words) };
        }
    });
    address
}

fn by_smtp(mut stream: TcpStream, words: &str) -> std::io::Result<()> {
    stream.write_all(b"220 mail.example\r\n")?;
    for line in BufReader::new(stream.try_clone()?).lines() {
        let answer = if line?.starts_with("RCPT") { format!("450 {words}\r\n") } else { "250 ok\r\n".to_owned() };
        stream.write_all(answer.as_bytes())?;
    }
    Ok(())
}

fn by_http(mut stream: TcpStream, words: &str) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim().to_ascii_lowercase().split_once(": ") {
            Some(("content-length", text)) => length = text.parse().unwrap_or_default(),
            None if line.trim().is_empty() => break,
            _ => {}
        }
    }
    reader.take(length).read_to_end(&mut Vec::new())?;
    let head = "HTTP/1.1 400 -\r\nconnection: close\r\ncontent-length: ";
    stream.write_all(format!("{head}{}\r\n\r\n{words}", words.len()).as_bytes())
}
