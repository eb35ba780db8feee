//! Examples for each command, the shape of its JSON, and the exit codes.

pub(super) const ALL: &str = "Examples:
  operator owed
  operator --settings .local/operator.settings show K7F-M2X-P9V
  operator redeliver --kreds fyn --from 2026-11-20 --dry-run
  operator owed --json

Without --settings the function's environment variables are read (function/README.md lists them).
`cargo run` writes such a file for the service on this machine: operator.settings in its data
folder. A file need not hold credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and
AWS_SESSION_TOKEN are then read from the environment.

The tool mails nothing itself. What it owes is sent by the schedule, within a minute.
Times are Denmark's. Nothing that a citizen wrote is printed, but by `show --answers` and the names
of roads by `stretches` and `controls`.
What changes, finds or shows something personal writes a line of the audit: who, what, when.

Exit code:
  0  done
  1  not done: the settings are wrong, or the table does not answer
  2  not done: the command is wrong
  3  done, and something waits for a human: owed (a mail is parked), held, overdue, mailboxes,
     content (it is of a release whose content this one does not read),
     restored (a request is lost)
  4  not done: there is no such request, kreds or form
What went wrong, and what to do about it, is said on the error output.";

pub(super) const OWED: &str = "Examples:
  operator owed
  operator owed --kreds fyn

States: waiting (will be sent), trying (failed, will be tried again), held (operator held),
parked (nobody tries again), unconfirmed (parked: sent a day ago, and nothing was heard),
sent (the mail service has not said yet that it arrived).
A digest has its day in place of a reference. Long names of kredse are cut; JSON has them whole.
Exit code 3: something is parked. A receipt that cannot be sent does not count: nobody waits for it.

JSON: {\"owed\": [{\"reference\", \"kreds\", \"for\", \"since\", \"tries\", \"due\", \"state\"}], \"parked\": 1,\n  \"unreadable\": [KEY]}";

pub(super) const SHOW: &str = "Examples:
  operator show K7F-M2X-P9V
  operator show k7fm2xp9v --answers --by anna

JSON: {\"reference\", \"state\", \"kreds\", \"form\", \"language\", \"received\", \"promised\",
  \"number\": {\"year\", \"number\"}, \"held\", \"keep_until\", \"expires\", \"content\",
  \"mails\": [{\"for\", \"state\", \"tries\", \"due\", \"times\"}],
  \"answers\": {\"kommune\", \"postcode\", \"given\": [{\"field\", \"question\", \"values\"}]}}";

pub(super) const EXPLAIN: &str = "Example:
  operator explain K7F-M2X-P9V

JSON: {\"reference\", \"kreds\", \"rule\", \"because\", \"catalog\", \"in_force\"}";

pub(super) const REDELIVER: &str = "Examples:
  operator redeliver K7F-M2X-P9V
  operator redeliver --kreds fyn --from 2026-11-20 --to 2026-11-22 --dry-run
  operator redeliver --from 2026-11-22 --mail police --mail receipt
  operator redeliver K7F-M2X-P9V --again --mail kreds
  operator redeliver --parked --since 2026-11-22T05:30 --dry-run

Each mail is owed once, with all its attempts before it. What is owed already stays as it is; what
went out is sent once more only with --again, and then says that it comes again because an operator
asked. A receipt goes to an address at most once an hour. --parked takes all that was parked since a
time (in Denmark, unless it ends in Z or an offset), digests and receipts too: a whole outage.

JSON: {\"dry_run\", \"count\": 1, \"mails\": [{\"reference\", \"kreds\", \"for\", \"state\", \"send\", \"what\"}]}";

pub(super) const HELD: &str = "Examples:
  operator held
  operator held --kreds fyn

What is held goes to its kreds a day after it came, marked as looking automated.
Sooner and unmarked: operator release. Never: operator discard.
WHY: honeypot (a field that nobody sees is filled in), too-fast (in under three seconds),
incomplete (not as our pages send it), and more than OPEN_PER_PHONE (phone),
PER_ADDRESS_DAY (address) or PER_KREDS_HOUR (kreds).

JSON: {\"held\": [{\"reference\", \"kreds\", \"received\", \"why\"}]}";

pub(super) const OVERDUE: &str = "Examples:
  operator overdue
  operator overdue --kreds fyn

The deadline is over, and nobody has noted a call, a measure or an end. TRIED: how often somebody
called in vain. CITIZEN SAYS: what the citizen answered, who was asked a working day later.

JSON: {\"overdue\": [{\"reference\", \"kreds\", \"deadline\", \"tried\", \"missed\"}]}";

pub(super) const RELEASE: &str = "Examples:
  operator release K7F-M2X-P9V
  operator release --kreds fyn --all

JSON: {\"requests\": [{\"reference\", \"kreds\", \"released\"}], \"released\": 1}";

pub(super) const DISCARD: &str = "Examples:
  operator discard K7F-M2X-P9V --reason spam
  operator discard --kreds fyn --reason spam K7F-M2X-P9V --yes
  operator discard --all-held --before 2026-11-22T12:00 --reason spam --yes --by anna

Only what is held is deleted, for good, with its key; what went out or was released stays.
Each has a line of the audit, which says the reason.
Look first: operator held, operator show REFERENCE --answers.

JSON: {\"dry_run\", \"count\": 1,
  \"requests\": [{\"reference\", \"kreds\", \"received\", \"why\", \"deleted\", \"what\"}]}";

pub(super) const FIND: &str = "Examples:
  operator find --phone \"31 22 33 44\"
  operator find --phone -

Exact: it finds every request from that number that is still kept, also what is held or parked.
Exit code 4: there is none.

JSON: {\"requests\": [{\"reference\", \"kreds\", \"received\", \"state\"}]}";

pub(super) const STRETCHES: &str = "Examples:
  operator stretches oestjylland
  operator stretches oestjylland --days 30 --csv oestjylland.csv

Spellings of one road within a kommune are counted together. Requests that are deleted or withdrawn
are not counted. A road is named as most of its requests spell it, and WORST is what most of them
tick. The file has semicolons and opens in a Danish spreadsheet; no cell in it is a formula.

JSON: {\"kreds\", \"days\",
  \"stretches\": [{\"kommune\", \"road\", \"requests\", \"worst\", \"references\": []}]}";

pub(super) const VISITS: &str = "Examples:
  operator visits oestjylland
  operator visits oestjylland --csv besoeg.csv
  site-gen new stop oestjylland --requests besoeg.csv

Requests that are deleted or withdrawn are not counted. The town is that of the postcode; where a
citizen only chose a kommune, it is named instead. The file is for the kreds, not for publication.

JSON: {\"kreds\", \"days\", \"towns\": [{\"town\", \"kommune\", \"requests\", \"latest\"}]}";

pub(super) const CONTROLS: &str = "Examples:
  operator controls oestjylland
  operator controls oestjylland --out content

A file in kredse/KREDS/her-var-vi/ for each control noted in the last 90 days: road, kommune, day,
the numbers that officers gave, and as a comment the requests that it was noted for. Notes about one
road and day are one file, unless their hours or numbers differ.
The name of a road is written where it surely is one, and nothing else that a citizen typed. A file
that is there is never changed: what was noted and it does not say is listed. Each is a draft
(kladde: ja): an editor reads and publishes it.

JSON: {\"kreds\", \"written\": [FILE], \"kept\": [FILE], \"differing\": [LINE]}";

pub(super) const FIGURES: &str = "Examples:
  operator figures --out content/data/tal.csv
  operator figures --from 2026-11 --to 2027-01 --out content/data/tal.csv

A month is settled two whole months after it. Numbers under five are hidden, with enough beside
them that none can be worked out. A month in the file is never changed. The first month in which
requests were counted is left out: it is not whole. The file is content: an editor commits it.

JSON: {\"added\": [MONTH], \"kept\": [MONTH], \"left_out\": [MONTH], \"hidden\": 1, \"shown\": 1}";

pub(super) const ERASE: &str = "Examples:
  operator erase K7F-M2X-P9V
  operator erase K7F-M2X-P9V --yes --by anna

It is deleted wherever it stands: owed, held, parked or sent. Its key is deleted with it, so that no
backup can be read. Mails in mailboxes are not deleted: the answer says which there are.

JSON: {\"erased\", \"left\": [{\"to\", \"sent\"}]}";

pub(super) const DIGEST: &str = "Examples:
  operator digest fyn 2026-11-22
  operator digest fyn 2026-11-22 --again

It is planned if it never was. A day whose requests may be deleted by now has no digest any more.

JSON: {\"digests\": [{\"kreds\", \"day\", \"form\", \"owed\", \"what\"}]}";

pub(super) const MAILBOXES: &str = "Example:
  operator mailboxes

JSON: {\"refusing\": [{\"kreds\", \"form\", \"since\"}]}";

pub(super) const MAILBOX_WORKS: &str = "Example:
  operator mailbox-works fyn bestil-en-betjent

JSON: {\"kreds\", \"form\", \"opened\"}";

pub(super) const PUBLISH: &str = "Examples:
  operator publish-catalog dist/catalog.json
  operator publish-catalog dist/catalog.json --dry-run
  operator publish-catalog dist/catalog.json --no-pointer
  operator publish-catalog dist/catalog.json --pointer-only

A page carries the version of the content that it was made from, and its form is judged by that. So
a version comes first, then the pages (infra/publish uploads them), then the pointer, which says
what is in force for everything else: mailboxes, deadlines, closed forms.

JSON: {\"version\", \"before\", \"kept\", \"put_into_force\"}";

pub(super) const CONTENT: &str = "Example:
  operator content

A function of the same release would use it, or answer every form with 503 (exit code 3): so
infra/deploy asks before it deploys.

JSON: {\"catalog\": null where none is published, \"reads\"}";

pub(super) const RESTORED: &str = "Examples:
  operator restored
  operator restored --forget --yes

It reads the whole table of keys (dynamodb:Scan), which a restore leaves as it is. MAIL: went out
(a mailbox has it), was tried (perhaps it is there), was never tried. --forget deletes the keys of
what is listed: then nobody can open those answers any more, in whatever copy they lie.

JSON: {\"restored_to\", \"ran_until\", \"forgotten\": 0, \"series\": [{\"series\", \"in_table\", \"given\"}],
  \"lost\": [{\"reference\", \"kreds\", \"received\", \"number\": {\"year\", \"number\"}, \"mail\"}]}";

pub(super) const AUDIT: &str = "Example:
  operator audit 2026-11

JSON: {\"month\", \"lines\": [{\"at\", \"what\", \"about\", \"by\"}]}";

#[cfg(test)]
mod tests {
    use super::super::arguments::Arguments;
    use clap::{CommandFactory, Parser};
    use model::reference::Reference;

    /// Splits a line into words as a shell does: quotes keep words together.
    fn words(line: &str) -> Vec<String> {
        let quoted = line.split('"').enumerate();
        quoted
            .flat_map(|(place, part)| match place % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect(),
                _ => vec![part.to_owned()],
            })
            .collect()
    }

    #[test]
    fn every_example_in_the_help_is_a_valid_command_with_valid_references() {
        let mut command = Arguments::command();
        let mut helps = vec![command.render_long_help().to_string()];
        helps.extend(command.get_subcommands_mut().map(|command| command.render_long_help().to_string()));
        let lines = helps.iter().flat_map(|help| help.lines()).filter(|line| line.starts_with("  operator "));
        let examples: Vec<&str> = lines.collect();
        assert!(examples.len() > 25, "{examples:?}");
        for example in examples {
            let parsed = Arguments::try_parse_from(words(example));
            assert!(parsed.is_ok(), "{example}: {}", parsed.err().map(|error| error.to_string()).unwrap_or_default());
        }
        for help in &helps {
            let is_shaped = |word: &&str| {
                let groups: Vec<&str> = word.split('-').collect();
                groups.len() == 3 && groups.iter().all(|group| group.len() == 3)
            };
            let signs = |sign: char| !sign.is_ascii_alphanumeric() && sign != '-';
            for word in help.split(signs).filter(is_shaped) {
                assert!(Reference::parse(word).is_ok(), "{word}");
            }
        }
    }
}
