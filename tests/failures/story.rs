//! The story of a schedule, line by line, to show why it failed.

use crate::failures::record::Loss;
use function::mailer::SendFailure;
use std::fmt;

/// One line of the story.
pub(crate) struct Line {
    pub(crate) now: i64,
    pub(crate) run: usize,
    pub(crate) event: StoryEvent,
}

/// The content of a line.
pub(crate) enum StoryEvent {
    Step(String),
    Call(String, Loss),
    Status(u16),
    Mail(String, bool, Option<SendFailure>),
    End(String),
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let run = self.run;
        match &self.event {
            StoryEvent::Step(step) => write!(formatter, "[{} s] {step}", self.now),
            StoryEvent::Call(operation, Loss::None) => write!(formatter, "    run {run}: {operation}"),
            StoryEvent::Call(operation, Loss::Request) => {
                write!(formatter, "    run {run}: {operation}; the request is lost")
            }
            StoryEvent::Call(operation, Loss::Response) => {
                write!(formatter, "    run {run}: {operation}; the answer is lost")
            }
            StoryEvent::Call(operation, Loss::Pretended) => write!(formatter, "    run {run}: {operation}; forgotten"),
            StoryEvent::Status(200) => write!(formatter, "    run {run}:   done"),
            StoryEvent::Status(status) => write!(formatter, "    run {run}:   refused ({status})"),
            StoryEvent::Mail(name, true, None) => write!(formatter, "    run {run}: mail {name} is taken"),
            StoryEvent::Mail(name, true, Some(_)) => {
                write!(formatter, "    run {run}: mail {name} is taken without a word")
            }
            StoryEvent::Mail(name, false, fate) => write!(formatter, "    run {run}: mail {name} fails ({fate:?})"),
            StoryEvent::End(how) => write!(formatter, "    run {run}: {how}"),
        }
    }
}
