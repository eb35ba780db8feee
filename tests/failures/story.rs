//! The story of a schedule, line by line, for whoever must understand why it failed.

use crate::failures::record::Loss;
use function::mailer::SendFailure;
use std::fmt;

/// One line of the story.
pub(crate) struct Line {
    pub(crate) now: i64,
    pub(crate) run: usize,
    pub(crate) what: What,
}

/// The content of a line.
pub(crate) enum What {
    Step(String),
    Call(String, Loss),
    Status(u16),
    Mail(String, bool, Option<SendFailure>),
    End(String),
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let run = self.run;
        match &self.what {
            What::Step(step) => write!(formatter, "[{} s] {step}", self.now),
            What::Call(operation, Loss::None) => write!(formatter, "    run {run}: {operation}"),
            What::Call(operation, Loss::Request) => {
                write!(formatter, "    run {run}: {operation}; the request is lost")
            }
            What::Call(operation, Loss::Response) => {
                write!(formatter, "    run {run}: {operation}; the answer is lost")
            }
            What::Call(operation, Loss::Pretended) => write!(formatter, "    run {run}: {operation}; forgotten"),
            What::Status(200) => write!(formatter, "    run {run}:   done"),
            What::Status(status) => write!(formatter, "    run {run}:   refused ({status})"),
            What::Mail(name, true, None) => write!(formatter, "    run {run}: mail {name} is taken"),
            What::Mail(name, true, Some(_)) => write!(formatter, "    run {run}: mail {name} is taken without a word"),
            What::Mail(name, false, fate) => write!(formatter, "    run {run}: mail {name} fails ({fate:?})"),
            What::End(how) => write!(formatter, "    run {run}: {how}"),
        }
    }
}
