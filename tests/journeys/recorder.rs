//! Records everything that is logged, with all fields.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// A subscriber that keeps every event and span of every level.
#[derive(Clone, Default)]
pub(crate) struct Recorder {
    lines: Arc<Mutex<Vec<Line>>>,
    spans: Arc<AtomicU64>,
}

/// An event, a span, or values added to a span.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) target: String,
    pub(crate) level: Level,
    /// `message=… name=value …`
    pub(crate) text: String,
}

impl Recorder {
    pub(crate) fn lines(&self) -> Vec<Line> {
        self.lines.lock().unwrap().clone()
    }

    /// Runs a closure on this thread, and records what it logs.
    pub(crate) fn during<T>(&self, run: impl FnOnce() -> T) -> T {
        tracing::subscriber::with_default(self.clone(), run)
    }

    /// Returns the names of the alarms that were raised, in order.
    pub(crate) fn alarms(&self) -> Vec<String> {
        let name = |line: &Line| Some(line.text.split("alarm=\"").nth(1)?.split('"').next()?.to_owned());
        self.lines().iter().filter_map(name).collect()
    }

    fn add(&self, metadata: &Metadata<'_>, fields: Fields) {
        let line = Line { target: metadata.target().to_owned(), level: *metadata.level(), text: fields.0 };
        self.lines.lock().unwrap().push(line);
    }
}

#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields(format!("{} ", span.metadata().name()));
        span.record(&mut fields);
        self.add(span.metadata(), fields);
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        // The span is unknown here, so the line counts as printed, and as ours.
        let line = Line { target: "function".to_owned(), level: Level::ERROR, text: fields.0 };
        self.lines.lock().unwrap().push(line);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.add(event.metadata(), fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
