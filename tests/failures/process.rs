//! The Lambda's own program in a process, invoked as the cloud invokes it, until it is killed.

use crate::failures::instance::{KEYS_TABLE, TABLE};
use crate::failures::lossy::Wire;
use crate::shared::lambda::Runtime;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;

/// A process, and the runtime interface that it asks for work.
pub(crate) struct Process {
    pub(crate) wire: Wire,
    runtime: Runtime,
}

impl Process {
    /// Starts it. It asks its database by a wire of its own, and puts mails into a folder.
    pub(crate) fn start(wire: Wire, mail: &Path) -> Self {
        let (runtime, route) = (Runtime::open(), format!("folder:{}", mail.display()));
        let no_limits = [("LIMIT", "0"), ("OPEN_PER_PHONE", "0"), ("PER_KREDS_HOUR", "0")];
        let settings = [&no_limits[..], &[("TABLE", TABLE), ("KEYS_TABLE", KEYS_TABLE), ("MAIL", &route)]].concat();
        let mut program = runtime.program(&wire.address, &settings);
        wire.watch(program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        Self { wire, runtime }
    }

    /// Hands it an event and waits for its answer; none if it dies before. A run of the schedule that could not begin says so:
    /// the next one comes in a minute.
    pub(crate) fn invoke(&mut self, event: &Value) -> Option<Value> {
        let answer = self.runtime.invoke(event, || self.wire.count(), || self.wire.is_dead());
        answer.map(|answer| answer.body)
    }
}

/// The event of the cloud's schedule.
pub(crate) fn schedule() -> Value {
    json!({ "source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": {} })
}
