//! Delivered mails, parsed as a mail program does.

use mail_parser::MessageParser;
use model::notice::Notice;
use std::path::Path;

#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) message_id: String,
}

impl Mail {
    /// Returns the words of the text part, without quote marks and line breaks.
    pub(crate) fn words(&self) -> String {
        words(&self.text)
    }

    pub(crate) fn is_digest(&self) -> bool {
        self.message_id.starts_with("dagens.")
    }

    /// Returns the kind of notice that it is, if any.
    pub(crate) fn notice(&self) -> Option<Notice> {
        notice(self.message_id.split('@').next().unwrap())
    }
}

/// Returns the kind of notice that a mail with this name is, if any.
pub(crate) fn notice(name: &str) -> Option<Notice> {
    Notice::parse(name.split_once('.')?.1)
}

/// Returns the words of a text, any line of which may be quoted.
pub(crate) fn words(text: &str) -> String {
    let lines = text.lines().map(|line| line.strip_prefix("> ").unwrap_or(line));
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// Returns the mails of a folder, sorted by file name.
pub(crate) fn mails_in(folder: &Path) -> Vec<Mail> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "eml"));
    files.sort();
    files.iter().map(|file| read(&std::fs::read(file).unwrap())).collect()
}

/// Parses a mail from its wire format.
pub(crate) fn read(bytes: &[u8]) -> Mail {
    let mail = MessageParser::default().parse(bytes).unwrap();
    Mail {
        to: mail.to().unwrap().first().unwrap().address().unwrap().to_owned(),
        subject: mail.subject().unwrap().to_owned(),
        text: mail.body_text(0).unwrap().replace("\r\n", "\n"),
        html: mail.body_html(0).unwrap().into_owned(),
        message_id: mail.message_id().unwrap().to_owned(),
    }
}
