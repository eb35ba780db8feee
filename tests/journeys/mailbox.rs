//! The delivered mails, read as a mail program reads them.

use mail_parser::MessageParser;
use model::notice::Notice;
use std::path::Path;

/// A mail.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) message_id: String,
}

impl Mail {
    /// The words of the text part, without the marks and line breaks that its layout puts between them.
    pub(crate) fn words(&self) -> String {
        words(&self.text)
    }

    /// Returns true if it is a kreds's digest of a day.
    pub(crate) fn is_digest(&self) -> bool {
        self.message_id.starts_with("dagens.")
    }

    /// The notice that it is; none if it is another mail.
    pub(crate) fn notice(&self) -> Option<Notice> {
        notice(self.message_id.split('@').next().unwrap())
    }
}

/// The notice that a mail with this name is.
pub(crate) fn notice(name: &str) -> Option<Notice> {
    Notice::parse(name.split_once('.')?.1)
}

/// The words of a text, each line of which may be quoted.
pub(crate) fn words(text: &str) -> String {
    let lines = text.lines().map(|line| line.strip_prefix("> ").unwrap_or(line));
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// The mails of a folder, in the order of their names.
pub(crate) fn mails_in(folder: &Path) -> Vec<Mail> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "eml"));
    files.sort();
    files.iter().map(|file| read(&std::fs::read(file).unwrap())).collect()
}

/// A mail as it goes over the wire.
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
