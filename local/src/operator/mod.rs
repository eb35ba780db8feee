//! The operator's tool: reads arguments, sets up the function from its settings, runs one command, prints the result.

mod act;
mod arguments;
mod controls;
mod csv;
mod digest;
mod discard;
mod erase;
mod failure;
mod figures;
mod help;
mod look;
mod output;
mod overdue;
mod owed;
mod parked;
mod publish;
mod redeliver;
mod restored;
mod show;
mod stretches;
mod visits;
mod words;

use crate::settings::{BadLine, Lines};
use arguments::{Arguments, Command, Redeliver};
use failure::Failure;
use function::Service;
use function::clock::Clock;
use function::settings::Settings;
use jiff::Timestamp;
use model::names::{KredsSlug, SubmissionId};
use model::reference::Reference;
use output::{Output, printable};
use site_gen::source::read::at_most;
use site_gen::{complain, say};
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// Runs one command; `operator --help` explains the exit codes.
pub async fn operator(clock: Clock) -> ExitCode {
    let arguments = match site_gen::cli::terminal::arguments::<Arguments>() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let json = arguments.json;
    match run(arguments, clock).await {
        Ok(output) => {
            let code = output.code();
            let text = if json { format!("{:#}", output.json) } else { output.text };
            say!("{}", printable(text.trim_end()));
            ExitCode::from(code)
        }
        Err(failure) => {
            complain!("{}", printable(&failure.to_string()));
            ExitCode::from(failure.code())
        }
    }
}

/// The dependencies of every command.
struct Tool {
    service: Service,
    /// The location of the table, for messages when it does not answer.
    place: String,
    by: Option<String>,
}

async fn run(arguments: Arguments, clock: Clock) -> Result<Output, Failure> {
    let tool = Tool::new(arguments.settings.as_deref(), arguments.by, clock)?;
    let done = match arguments.command {
        Command::Owed { kreds } => owed::owed(&tool, kreds.as_deref()).await,
        Command::Show { reference, answers } => show::show(&tool, &reference, answers).await,
        Command::Explain { reference } => show::explain(&tool, &reference).await,
        Command::Redeliver(Redeliver { since: Some(since), kreds, dry_run, again, .. }) => {
            parked::redeliver(&tool, since, kreds.as_deref(), dry_run, again).await
        }
        Command::Redeliver(wanted) => redeliver::redeliver(&tool, &wanted).await,
        Command::Held { kreds } => look::held(&tool, kreds.as_deref()).await,
        Command::Overdue { kreds } => overdue::overdue(&tool, kreds.as_deref()).await,
        Command::Release { references, kreds, all: _ } => act::release(&tool, &references, kreds.as_deref()).await,
        Command::Discard(wanted) => discard::discard(&tool, &wanted).await,
        Command::Find { phone } => erase::find(&tool, &phone).await,
        Command::Erase { reference, yes } => erase::erase(&tool, &reference, yes).await,
        Command::Digest { kreds, day, again } => digest::digest(&tool, &kreds, day, again).await,
        Command::Stretches(listing) => stretches::stretches(&tool, &listing).await,
        Command::Visits { listing, topic } => visits::visits(&tool, &listing, &topic).await,
        Command::Controls { kreds, out } => controls::controls(&tool, &kreds, &out).await,
        Command::Figures { from, to, out } => figures::figures(&tool, from.as_deref(), to.as_deref(), &out).await,
        Command::Mailboxes => look::mailboxes(&tool).await,
        Command::MailboxWorks { kreds, form } => act::mailbox_works(&tool, &kreds, &form).await,
        Command::PublishCatalog(publish) => publish::publish(&tool, &publish).await,
        Command::Content => publish::content(&tool).await,
        Command::Restored { forget, yes: _ } => restored::restored(&tool, forget).await,
        Command::Audit { month } => look::audit(&tool, &month).await,
    };
    done.map_err(|failure| failure.at(&tool.place))
}

impl Tool {
    fn new(file: Option<&Path>, by: Option<String>, clock: Clock) -> Result<Self, Failure> {
        let settings = settings(file)?;
        let endpoint = settings.endpoint.as_deref().unwrap_or("AWS");
        let place = format!("table {}, region {}, at {endpoint}", settings.table, settings.region);
        let service = Service::new(settings, clock).map_err(|error| Failure::Settings(error.to_string()))?;
        Ok(Self { service, place, by })
    }

    fn now(&self) -> Timestamp {
        self.service.now()
    }

    /// The operator's name, for the audit.
    fn by(&self) -> Result<String, Failure> {
        let name = self.by.clone().or_else(|| std::env::var("USER").ok()).unwrap_or_default();
        let is_name = |c: char| c.is_alphanumeric() || " .-_@".contains(c);
        // A name has letters. A telephone number has none, and must not get into the audit.
        if name.chars().count() <= 40 && name.chars().all(is_name) && name.chars().any(char::is_alphabetic) {
            Ok(name)
        } else {
            Err(Failure::usage("Say who you are, for the audit: --by NAME (at most 40 letters, digits and . - _ @)"))
        }
    }

    /// Writes an action to the audit before it is done, so that nothing is done without an entry.
    async fn audit(&self, what: &str, about: impl std::fmt::Display) -> Result<(), Failure> {
        Ok(self.service.store().audit(what, about, &self.by()?, self.now()).await?)
    }

    /// Looks up a kreds that is or was in force.
    async fn kreds(&self, text: &str) -> Result<KredsSlug, Failure> {
        let all = self.service.store().kredse().await?;
        all.iter().find(|slug| slug.as_str() == text).cloned().ok_or_else(|| {
            let known = all.iter().map(KredsSlug::as_str).collect::<Vec<_>>().join(", ");
            Failure::NotFound(format!("There is no kreds of that name. These there are: {known}"))
        })
    }

    /// The named kreds, or all.
    async fn kredse(&self, text: Option<&str>) -> Result<Vec<KredsSlug>, Failure> {
        match text {
            Some(text) => Ok(vec![self.kreds(text).await?]),
            None => Ok(self.service.store().kredse().await?),
        }
    }

    /// Looks up the request with a reference.
    async fn id(&self, text: &str) -> Result<(Reference, SubmissionId), Failure> {
        let reference = Reference::parse(text).map_err(|_| {
            Failure::usage(
                "That is no reference: it has nine signs like K7F-M2X-P9V, and one of them is wrong or missing",
            )
        })?;
        match self.service.store().by_reference(&reference).await? {
            Some(id) => Ok((reference, id)),
            None => Err(Failure::NotFound(format!(
                "There is no request {reference}. It was deleted, or never here: `operator audit MONTH` tells what was deleted"
            ))),
        }
    }
}

/// The maximum size of a settings file, in bytes.
const MOST: u64 = 64 * 1024;

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is no UTF-8"))
}

/// Reads the settings from a file, or from the environment. With a file, only the credentials may come from the
/// environment: they are better not kept in a file.
fn settings(file: Option<&Path>) -> Result<Settings, Failure> {
    let Some(file) = file else {
        return Settings::from_env().map_err(|error| {
            Failure::Settings(format!(
                "{error}. Set the function's environment variables, or name a file of them: --settings FILE"
            ))
        });
    };
    let shown = file.display();
    let text = at_most(file, MOST, 0).and_then(text).map_err(|reason| {
        Failure::Settings(format!(
            "The settings {shown} cannot be read ({reason}). `cargo run` writes them when it starts"
        ))
    })?;
    let lines = Lines::parse(&text).map_err(|BadLine(line)| {
        Failure::Settings(format!("{shown}, line {line}: a setting is written NAME=value, and a comment begins with #"))
    })?;
    let signs = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
    let from_environment = lines.get(signs[0]).is_none();
    let read = |name: &str| match lines.get(name) {
        None if from_environment && signs.contains(&name) => std::env::var(name).ok(),
        found => found,
    };
    Settings::read(read).map_err(|error| Failure::Settings(format!("{shown}: {error}")))
}
