//! What programs print. A reader that goes away, as `head` does, ends none of them: what was to be done is done.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

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
    if let Err(error) = writeln!(out, "{line}").and_then(|()| out.flush())
        && error.kind() != ErrorKind::BrokenPipe
    {
        complaint(format_args!("{error}\n"));
        std::process::exit(1);
    }
}

/// Prints to standard error, in colours where they are wanted. Nobody is left to be told if that fails.
pub fn complaint(text: Arguments<'_>) {
    let mut out = anstream::stderr().lock();
    let _ = out.write_fmt(text).and_then(|()| out.flush());
}
