//! The Lambda's own program on a wire that can kill it.

use crate::failures::lossy::Wire;
use crate::shared::lambda::Runtime;
use serde_json::Value;
use std::path::Path;

/// A process of the program, until it is killed.
pub(crate) struct Process {
    pub(crate) wire: Wire,
    runtime: Runtime,
}

impl Process {
    /// Starts it with a wire of its own to the database, and with a folder for its mails.
    pub(crate) fn start(wire: Wire, mail: &Path) -> Self {
        let route = format!("folder:{}", mail.display());
        let settings = [("AWS_ENDPOINT_URL", &*wire.address), ("MAIL", &*route)];
        let (runtime, child) = Runtime::start(&settings, &tempfile::tempfile().unwrap());
        wire.watch(child);
        Self { wire, runtime }
    }

    /// Sends it an event and waits for its answer; `None` if it dies first.
    pub(crate) fn invoke(&mut self, event: &Value) -> Option<Value> {
        let Self { wire, runtime } = self;
        // A run of the schedule that could not start answers with an error; the next one comes in a minute.
        runtime.invoke(event, || wire.count(), || wire.is_dead()).map(|answer| answer.unwrap_or_else(|error| error))
    }
}
