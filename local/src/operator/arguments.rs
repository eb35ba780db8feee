//! The tool's commands and their arguments.

use super::help;
use super::publish::Publish;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use model::deadline::denmark;
use std::path::PathBuf;

/// Looks after the service: what is owed, held or parked, and what a human does about it.
#[derive(Parser)]
#[command(name = "operator", version, after_help = help::ALL, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// The function's settings, one NAME=value a line, instead of the environment
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) settings: Option<PathBuf>,
    /// Answer in JSON, for programs
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Who you are, for the audit; $USER unless it is given
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) by: Option<String>,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// List every mail that has not arrived; 3 if one is parked
    #[command(after_help = help::OWED)]
    Owed {
        /// Only what goes to this kreds
        #[arg(long)]
        kreds: Option<String>,
    },
    /// Show how far a request is, without what it says
    #[command(after_help = help::SHOW)]
    Show {
        /// The reference, as K7F-M2X-P9V
        reference: String,
        /// Also print what the citizen wrote, for a citizen who asks; it is audited
        #[arg(long)]
        answers: bool,
    },
    /// Say why a request went to its kreds
    #[command(after_help = help::EXPLAIN)]
    Explain {
        /// The reference, as K7F-M2X-P9V
        reference: String,
    },
    /// Send mails again: what went out is not sent again unless you say so
    #[command(after_help = help::REDELIVER)]
    Redeliver(Redeliver),
    /// List what looks as if a program had sent it; 3 if there is any
    #[command(after_help = help::HELD)]
    Held {
        /// Only what goes to this kreds
        #[arg(long)]
        kreds: Option<String>,
    },
    /// List calls that kredse owe past their deadline; 3 if there are any
    #[command(after_help = help::OVERDUE)]
    Overdue {
        /// Only this kreds's
        #[arg(long)]
        kreds: Option<String>,
    },
    /// Let go what is held: the schedule mails it as any other
    #[command(after_help = help::RELEASE)]
    Release {
        /// References, as K7F-M2X-P9V
        #[arg(value_name = "REFERENCE", required_unless_present = "kreds", conflicts_with = "kreds")]
        references: Vec<String>,
        /// All that is held for this kreds; needs --all
        #[arg(long, requires = "all")]
        kreds: Option<String>,
        /// All of the kreds
        #[arg(long, requires = "kreds")]
        all: bool,
    },
    /// Delete what is held as spam; a dry run unless --yes
    #[command(after_help = help::DISCARD)]
    Discard(Discard),
    /// Find the requests from a telephone number
    #[command(after_help = help::FIND)]
    Find {
        /// The number; - reads it from the input, so that it stands in no history
        #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
        phone: String,
    },
    /// Delete a request for good, because its citizen asks
    #[command(after_help = help::ERASE)]
    Erase {
        /// The reference, as K7F-M2X-P9V
        reference: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Send a kreds the digest of a day
    #[command(after_help = help::DIGEST)]
    Digest {
        /// The kreds
        kreds: String,
        /// The day, as 2026-11-22
        #[arg(value_name = "DATE")]
        day: Date,
        /// Also if it went out before
        #[arg(long)]
        again: bool,
    },
    /// List the roads that a kreds is asked about most; it is audited
    #[command(after_help = help::STRETCHES)]
    Stretches(Listing),
    /// List the towns that ask a kreds for its mobile police station; audited
    #[command(after_help = help::VISITS)]
    Visits {
        #[command(flatten)]
        listing: Listing,
        /// The topic of such requests, by its »kode«
        #[arg(long, default_value = "mobil-politistation")]
        topic: String,
    },
    /// Draft what a kreds tells of the controls that its officers noted; it is audited
    #[command(after_help = help::CONTROLS)]
    Controls {
        /// The kreds
        kreds: String,
        /// The folder of the content
        #[arg(long, value_name = "FOLDER", default_value = "content")]
        out: PathBuf,
    },
    /// Write the figures that may be published to content/data/tal.csv, or another file
    #[command(after_help = help::FIGURES)]
    Figures {
        /// The first month, as 2026-01; a year back unless it is given
        #[arg(long, value_name = "MONTH")]
        from: Option<String>,
        /// The last month; the last settled one by default
        #[arg(long, value_name = "MONTH")]
        to: Option<String>,
        /// The file; months that are in it already stay as they are
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// List forms that are closed because both mailboxes refused; 3 if there are any
    #[command(after_help = help::MAILBOXES)]
    Mailboxes,
    /// Open a form again that was closed because both mailboxes refused
    #[command(after_help = help::MAILBOX_WORKS)]
    MailboxWorks {
        /// The kreds
        kreds: String,
        /// The form
        form: String,
    },
    /// Publish content: the catalog that `site-gen build` writes
    #[command(after_help = help::PUBLISH)]
    PublishCatalog(Publish),
    /// Say which content is in force; 3 if this release does not read it
    #[command(after_help = help::CONTENT)]
    Content,
    /// After a restore in time: list what is lost; 3 if a request is
    #[command(after_help = help::RESTORED)]
    Restored {
        /// Delete the keys of what is lost, when all is done; needs --yes
        #[arg(long, requires = "yes")]
        forget: bool,
        /// Do not ask
        #[arg(long, requires = "forget")]
        yes: bool,
    },
    /// List what was done in a month, and by whom
    #[command(after_help = help::AUDIT)]
    Audit {
        /// The month, as 2026-11
        month: String,
    },
}

/// Which requests to list, and where to.
#[derive(Args)]
pub(super) struct Listing {
    /// The kreds
    pub(super) kreds: String,
    /// As many days back
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=90))]
    pub(super) days: u16,
    /// Also write them to a file for a spreadsheet
    #[arg(long, value_name = "FILE")]
    pub(super) csv: Option<PathBuf>,
}

/// Which mails to send again.
#[derive(Args)]
pub(super) struct Redeliver {
    /// One request, as K7F-M2X-P9V
    #[arg(required_unless_present_any = ["from", "parked"], conflicts_with_all = ["kreds", "from", "to", "parked"])]
    pub(super) reference: Option<String>,
    /// Only what went to this kreds
    #[arg(long)]
    pub(super) kreds: Option<String>,
    /// Requests received on this day or later
    #[arg(long, value_name = "DATE", conflicts_with = "parked")]
    pub(super) from: Option<Date>,
    /// And until this one; today unless it is given
    #[arg(long, value_name = "DATE", requires = "from")]
    pub(super) to: Option<Date>,
    /// Every mail that was parked since a time: a whole outage
    #[arg(long, requires = "since", conflicts_with = "mail")]
    pub(super) parked: bool,
    /// Since when, as 2026-11-22, 2026-11-22T05:30 or 2026-11-22T04:30Z
    #[arg(long, value_name = "TIME", requires = "parked", value_parser = moment)]
    pub(super) since: Option<Timestamp>,
    /// Which mail; may be given more than once
    #[arg(long, value_enum, default_values = ["police"])]
    pub(super) mail: Vec<Mail>,
    /// Say what would be sent, and do nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Also what went out before
    #[arg(long)]
    pub(super) again: bool,
}

/// Parses a moment with an offset, or a day or time in Denmark.
fn moment(text: &str) -> Result<Timestamp, String> {
    let local = || text.parse::<DateTime>().ok()?.to_zoned(denmark()).ok();
    let at = text.parse().ok().or_else(|| local().map(|zoned| zoned.timestamp()));
    at.ok_or_else(|| "a time is written as 2026-11-22, 2026-11-22T05:30 or 2026-11-22T04:30Z".to_owned())
}

/// Which held requests to delete, and why.
#[derive(Args)]
pub(super) struct Discard {
    /// References, as K7F-M2X-P9V
    #[arg(value_name = "REFERENCE", required_unless_present = "all_held", conflicts_with = "all_held")]
    pub(super) references: Vec<String>,
    /// Only what goes to this kreds
    #[arg(long)]
    pub(super) kreds: Option<String>,
    /// All that is held; needs --before
    #[arg(long, requires = "before")]
    pub(super) all_held: bool,
    /// Requests received before this time in Denmark, as 2026-11-22T12:00
    #[arg(long, value_name = "TIME", requires = "all_held", conflicts_with = "references", value_parser = moment)]
    pub(super) before: Option<Timestamp>,
    /// The reason, for the audit
    #[arg(long, value_enum)]
    pub(super) reason: Why,
    /// Do it, for good
    #[arg(long)]
    pub(super) yes: bool,
}

/// The reason why nobody should get a request.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Why {
    /// Sent by a program, or in bad faith
    Spam,
    /// Sent by somebody who tests the service
    Test,
    /// The same as another request
    Duplicate,
}

/// One of a request's mails.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Mail {
    /// To whoever has the request now: kreds, second mailbox or fallback mailbox
    Police,
    /// The kreds's first mailbox
    Kreds,
    /// Its second mailbox
    Second,
    /// The fallback mailbox
    Fallback,
    /// The citizen's receipt
    Receipt,
}
