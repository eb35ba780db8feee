//! The subset of HTTP/1.1 that the programs here speak to each other.

use std::io::{BufRead, Write};

/// An incoming request.
pub(crate) struct Request {
    pub(crate) path: String,
    /// The operation in AWS's JSON protocols: `DynamoDB_20120810.GetItem`.
    pub(crate) target: String,
    pub(crate) body: Vec<u8>,
}

/// Reads the next request of a connection; `None` if the other side is gone, even halfway through.
pub(crate) fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let path = first.split(' ').nth(1)?.to_owned();
    let (mut length, mut is_chunked, mut target) = (0, false, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok().filter(|read| *read > 0)?;
        let Some((name, value)) = header.trim().split_once(':') else { break };
        match (name.to_ascii_lowercase().as_str(), value.trim()) {
            ("content-length", value) => length = value.parse().ok()?,
            ("transfer-encoding", value) => is_chunked = value.contains("chunked"),
            ("x-amz-target", value) => value.clone_into(&mut target),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    while is_chunked {
        let mut size = String::new();
        reader.read_line(&mut size).ok()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        let mut chunk = vec![0; size + 2];
        reader.read_exact(&mut chunk).ok()?;
        body.extend(&chunk[..size]);
        is_chunked = size > 0;
    }
    Some(Request { path, target, body })
}

/// Answers on a connection that stays open, and ignores whether the other side is still there.
pub(crate) fn write(writer: &mut impl Write, status: u16, headers: &str, body: &str) {
    let head = format!("HTTP/1.1 {status} Status\r\n{headers}content-length: {}\r\n\r\n", body.len());
    let _ = writer.write_all((head + body).as_bytes());
}
