//! Output of programs. A reader that goes away, as `head` does, ends none of them: they finish their work.

use crate::diagnostics::system::reason;
use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use clap::Parser;
use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// Prints a line of an answer, as `println!` does, and goes on when nobody reads it.
#[macro_export]
macro_rules! say {
    ($($line:tt)*) => { $crate::cli::terminal::answer(format_args!($($line)*)) };
}

/// Prints a line about what went wrong, as `eprintln!` does, and goes on when nobody reads it.
#[macro_export]
macro_rules! complain {
    ($($line:tt)*) => { $crate::cli::terminal::complaint(format_args!("{}\n", format_args!($($line)*))) };
}

/// Prints a line of an answer. An answer that is lost for another reason, as on a full disk, is not given: the program ends.
pub fn answer(line: Arguments<'_>) {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{line}").and_then(|()| out.flush());
    if is_lost(written) {
        std::process::exit(1);
    }
}

/// The arguments that the program was started with. If they are a question or wrong, the answer is printed, and the program
/// ends with this exit code.
pub fn arguments<A: Parser>() -> Result<A, ExitCode> {
    A::try_parse().map_err(|reported| {
        let written = reported.print();
        // Nobody is left to read of wrong arguments if that fails.
        if !reported.use_stderr() && is_lost(written) {
            return ExitCode::FAILURE;
        }
        u8::try_from(reported.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
    })
}

/// True if an answer is lost although somebody wants it, which is reported.
fn is_lost(written: io::Result<()>) -> bool {
    let lost = written.err().filter(|error| error.kind() != ErrorKind::BrokenPipe);
    if let Some(error) = &lost {
        complaint(format_args!("Svaret kan ikke skrives ({}).\n", reason(error)));
    }
    lost.is_some()
}

/// Prints to standard error, in colours where they are wanted. Nobody is left to read it if that fails.
pub fn complaint(text: Arguments<'_>) {
    let text = text.to_string();
    let mut out = io::stderr().lock();
    // At once: many problems are many parts.
    let _ = match AutoStream::choice(&out) {
        ColorChoice::Never => out.write_all(strip_str(&text).to_string().as_bytes()),
        _ => AutoStream::auto(&mut out).write_all(text.as_bytes()),
    }
    .and_then(|()| out.flush());
}
