//! Prints the output of the programs. A closed pipe, as with `head`, ends none of them: they finish their work.

use crate::diagnostics::system::reason;
use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use clap::Parser;
use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// Prints a line of output like `println!`, and ignores a closed pipe.
#[macro_export]
macro_rules! say {
    ($($line:tt)*) => { $crate::cli::terminal::answer(format_args!($($line)*)) };
}

/// Prints a line to standard error like `eprintln!`, and ignores failures.
#[macro_export]
macro_rules! complain {
    ($($line:tt)*) => { $crate::cli::terminal::complaint(format_args!("{}\n", format_args!($($line)*))) };
}

/// Prints a line of output. If it is lost other than by a closed pipe, as on a full disk, the program exits.
pub fn answer(line: Arguments<'_>) {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{line}").and_then(|()| out.flush());
    if is_lost(written) {
        std::process::exit(1);
    }
}

/// Parses the program's arguments. For `--help` and the like, or invalid arguments, prints the answer and returns the
/// exit code.
pub fn arguments<A: Parser>() -> Result<A, ExitCode> {
    A::try_parse().map_err(|reported| {
        let written = reported.print();
        // If printing a usage error fails, there is nowhere to report it.
        if !reported.use_stderr() && is_lost(written) {
            return ExitCode::FAILURE;
        }
        u8::try_from(reported.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
    })
}

/// True if output is lost although somebody is reading it, which is reported.
fn is_lost(written: io::Result<()>) -> bool {
    let lost = written.err().filter(|error| error.kind() != ErrorKind::BrokenPipe);
    if let Some(error) = &lost {
        complaint(format_args!("Svaret kan ikke skrives ({}).\n", reason(error)));
    }
    lost.is_some()
}

/// Prints to standard error, coloured where wanted. A failure is ignored: there is nowhere to report it.
pub fn complaint(text: Arguments<'_>) {
    let text = text.to_string();
    let mut out = io::stderr().lock();
    // In one write: many diagnostics have many parts.
    let _ = match AutoStream::choice(&out) {
        ColorChoice::Never => out.write_all(strip_str(&text).to_string().as_bytes()),
        _ => AutoStream::auto(&mut out).write_all(text.as_bytes()),
    }
    .and_then(|()| out.flush());
}
