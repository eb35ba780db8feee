//! Settings as `NAME=value` lines of a file, which the service on this machine and the operator's tool share.

use crate::StartError;
use crate::secret::{Secrets, write_for_the_owner};
use crate::start::fault;
use function::settings::Settings;
use std::path::{Path, PathBuf};

/// Settings by name, as in the environment of a Lambda.
pub(crate) struct Lines(Vec<(String, String)>);

/// The number of a line that is not a setting, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BadLine(pub(crate) usize);

/// Everything that the settings of this machine depend on.
pub(crate) struct Machine<'a> {
    pub(crate) data: &'a Path,
    pub(crate) mail: &'a Path,
    pub(crate) secrets: Secrets,
    pub(crate) database: &'a str,
    pub(crate) port: u16,
    pub(crate) limit: u32,
}

const TABLE: &str = "bestil-en-betjent";

impl Machine<'_> {
    /// Writes the settings of the service on this machine to a file for the operator's tool, and returns both. The
    /// service reads them from the text of the file, so that the two cannot differ.
    pub(crate) fn settings(&self) -> Result<(Settings, PathBuf), StartError> {
        let unusable = |reason: String| StartError::Data { folder: self.data.to_owned(), reason };
        let mail = self.mail.to_str().filter(|path| !path.contains(['\n', '\r']));
        let mail = mail.ok_or_else(|| unusable("its name is not one line of UTF-8".to_owned()))?;
        let lines = [
            ("TABLE", TABLE.to_owned()),
            ("KEYS_TABLE", format!("{TABLE}-keys")),
            ("AWS_REGION", "eu-central-1".to_owned()),
            ("AWS_ENDPOINT_URL", self.database.to_owned()),
            ("AWS_ACCESS_KEY_ID", "local".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "local".to_owned()),
            ("SECRET", self.secrets.hashes.clone()),
            ("DATA_KEY", self.secrets.answers.clone()),
            ("SENDER", "afsender@bestil-en-betjent.example".to_owned()),
            ("MAIL", format!("folder:{mail}")),
            // Mail does not leave the folder, so it can keep its real addresses.
            ("ENVIRONMENT", "production".to_owned()),
            ("ORIGINS", format!("http://localhost:{}", self.port)),
            ("LIMIT", self.limit.to_string()),
        ];
        // No limit also means no brakes.
        let brakes = ["OPEN_PER_PHONE", "PER_ADDRESS_DAY", "PER_KREDS_HOUR"].map(|name| (name, "0".to_owned()));
        let lines = lines.into_iter().chain(brakes.into_iter().filter(|_| self.limit == 0));
        let text: String = lines.map(|(name, value)| format!("{name}={value}\n")).collect();
        let file = self.data.join("operator.settings");
        let head = "# The service that runs here, for `operator --settings`. Written anew at each start.\n";
        write_for_the_owner(&file, &format!("{head}{text}")).map_err(|error| unusable(error.to_string()))?;
        let lines = Lines::parse(&text).map_err(|BadLine(line)| fault(format!("setting {line}")))?;
        let settings = Settings::read(|name| lines.get(name)).map_err(fault)?;
        // On this machine, new content is in force at once.
        Ok((Settings { catalog_seconds: 0, ..settings }, file))
    }
}

impl Lines {
    /// Parses the settings in a text. Ignores empty lines and those that begin with `#`. The last of equal names wins.
    pub(crate) fn parse(text: &str) -> Result<Self, BadLine> {
        let said = |(_, line): &(usize, &str)| !line.trim().is_empty() && !line.starts_with('#');
        let lines = (1..).zip(text.lines()).filter(said).map(|(number, line)| {
            let (name, value) = line.split_once('=').ok_or(BadLine(number))?;
            let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            if name.is_empty() || !name.chars().all(is_name) {
                return Err(BadLine(number));
            }
            Ok((name.to_owned(), value.to_owned()))
        });
        lines.collect::<Result<_, _>>().map(Self)
    }

    /// Returns the value of a setting.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_names_and_values_and_others_are_reported_by_line_number() {
        let lines = Lines::parse("# a = comment\n\nTABLE=t\nMAIL=folder:/a b=c \r\nTABLE=u\n").ok().unwrap();
        let read = |name| lines.get(name);
        assert_eq!(
            (read("TABLE"), read("MAIL"), read("SINK")),
            (Some("u".into()), Some("folder:/a b=c ".into()), None)
        );
        for (text, line) in [("TABLE", 1), ("A=b\n\ntable=t", 3), ("=x", 1), ("export A=b", 1)] {
            assert_eq!(Lines::parse(text).err(), Some(BadLine(line)), "{text}");
        }
    }
}
