//! The mailbox of this machine: pages with the mails that kredse would have got.

use mail_parser::{Message, MessageParser};
use std::path::Path;
use std::time::SystemTime;

/// Minutes by which a button moves the clock: longer than an officer can undo an act.
pub(crate) const WAIT: i64 = 11;

/// Renders all mails, the newest first, below the table of held requests.
pub(crate) fn list(folder: &Path, held: &str) -> String {
    let mut mails: Vec<(SystemTime, String, Vec<u8>)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().to_str()?.strip_suffix(".eml")?.to_owned();
            Some((entry.metadata().ok()?.modified().ok()?, name, std::fs::read(entry.path()).ok()?))
        })
        .filter(|(_, name, _)| !name.starts_with('.'))
        .collect();
    mails.sort_by_key(|mail| std::cmp::Reverse(mail.0));
    let row = |(_, name, bytes): &(SystemTime, String, Vec<u8>)| {
        let Some(mail) = MessageParser::default().parse(bytes) else { return String::new() };
        let (to, subject) = (escaped(&to(&mail)), escaped(mail.subject().unwrap_or_default()));
        format!("<tr><td>{to}</td><td><a href=\"/_post/{name}/\">{subject}</a></td></tr>\n")
    };
    let rows: String = mails.iter().map(row).collect();
    let body = if rows.is_empty() {
        "<p>No mail yet. The schedule runs every two seconds.</p>".to_owned()
    } else {
        format!("<table><thead><tr><th>To</th><th>Subject</th></tr></thead><tbody>\n{rows}</tbody></table>")
    };
    let wait = format!("<form method=\"post\" action=\"/_post/wait\"><button>Let {WAIT} minutes pass</button></form>");
    whole("Mail to kredse", &format!("<h1>Mail to kredse ({})</h1>{held}{body}{wait}", mails.len()))
}

/// Renders one mail: its headers, its text, and a link to its HTML.
pub(crate) fn one(folder: &Path, name: &str) -> Option<String> {
    let bytes = read(folder, name)?;
    let mail = MessageParser::default().parse(&bytes)?;
    let subject = escaped(mail.subject().unwrap_or_default());
    let to = escaped(&to(&mail));
    let id = escaped(mail.message_id().unwrap_or_default());
    let text = escaped(&mail.body_text(0).unwrap_or_default());
    let body = format!(
        "<p><a href=\"/_post/\">All mail</a></p><h1>{subject}</h1><table><tr><th>To</th><td>{to}</td></tr>\
         <tr><th>Message-ID</th><td>{id}</td></tr></table><h2>Text</h2><pre>{text}</pre>\
         <h2>HTML</h2><p><a href=\"/_post/{name}/html\">As a mail program shows it</a></p>"
    );
    Some(whole(&subject, &body))
}

/// Returns a mail's own HTML.
pub(crate) fn html_of(folder: &Path, name: &str) -> Option<String> {
    let bytes = read(folder, name)?;
    MessageParser::default().parse(&bytes)?.body_html(0).map(std::borrow::Cow::into_owned)
}

/// Escapes `text` for HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn to(mail: &Message<'_>) -> String {
    mail.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default().to_owned()
}

/// Reads a mail. A name with a slash or a leading dot is refused: it could lead out of the folder.
fn read(folder: &Path, name: &str) -> Option<Vec<u8>> {
    let plain = !name.starts_with('.') && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    if plain { std::fs::read(folder.join(format!("{name}.eml"))).ok() } else { None }
}

fn whole(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/_post/post.css\"></head><body><main class=\"post\">{body}</main></body></html>\n"
    )
}
