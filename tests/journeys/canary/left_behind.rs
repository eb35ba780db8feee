//! The traces left in the end: the tables, the metrics, and the mails that went out.

use super::paths::Walk;
use crate::journeys::dump;
use crate::journeys::evidence::STREET;
use crate::journeys::post_office::Posted;
use jiff::SignedDuration;
use std::collections::BTreeMap;

impl Walk {
    /// Searches the tables, the metrics, and the mails that went out.
    pub(super) fn left_behind(&mut self) {
        let [items, keys] = dump::tables(&self.lab);
        for (kind, items) in [("table", &items), ("key", &keys)] {
            for item in items {
                for (name, bytes) in item {
                    self.evidence.look(kind, &format!("{} {name}", dump::text(item, "pk")), bytes);
                    self.evidence.look(kind, "the name of an attribute", name.as_bytes());
                }
            }
        }
        for line in self.lab.metrics.lines() {
            self.evidence.look("metric", "a line", line.as_bytes());
        }
        self.lab.wait(SignedDuration::from_hours(31));
        while self.lab.sweep().digests > 0 {}
        for posted in self.lab.post.tried() {
            let mail = posted.mail();
            let mut seen = BTreeMap::from([("name", posted.name.clone()), ("subject", mail.subject.clone())]);
            seen.insert("Message-ID", mail.message_id.clone());
            for (what, text) in seen {
                self.evidence.look("subject", what, text.as_bytes());
            }
            let kind = if posted.is_digest() {
                "digest"
            } else if posted.audience == function::message::Audience::Citizen {
                "receipt"
            } else {
                assert!(mail.text.contains(STREET), "the officer's mail has what the others must not have");
                continue;
            };
            self.evidence.look(kind, &posted.name, without_recipient(&posted).as_bytes());
            self.evidence.look(kind, &posted.name, format!("{}{}", mail.text, mail.html).as_bytes());
        }
    }
}

fn without_recipient(posted: &Posted) -> String {
    let mail = String::from_utf8_lossy(&posted.bytes).into_owned();
    mail.lines().filter(|line| !line.starts_with("To: ")).collect::<Vec<_>>().join("\n")
}
