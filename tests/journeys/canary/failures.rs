//! A citizen's words on their way while mail, table, keys or the program itself fails.

use super::paths::Walk;
use super::servers::{dead, mail_settings, panicking, quoting, refusing};
use crate::journeys::evidence::{ADDRESS, EMAIL, NAME, PHONE, TEXT};
use crate::journeys::lab::request;
use crate::journeys::network::Fault;
use crate::journeys::post_office::{for_good, for_now};
use crate::shared::sns::Report;
use function::mailer::{Handover, Mailer, NotSent};
use function::settings::{Secret, Wrapping};
use jiff::SignedDuration;
use model::reference::Reference;

/// Decides the fate of each request on its way to the table.
type Rule = fn(&str, &str) -> Fault;

/// Returns the name of a mail that might be ours, and is not.
fn unknown() -> String {
    format!("{}.kreds", Reference::from_random(7))
}

impl Walk {
    pub(super) fn mail_fails(&mut self) {
        self.lab.post.set(|_| for_now());
        self.send();
        self.lab.sweep();
        self.lab.post.set(|_| Err(NotSent::perhaps("no answer")));
        self.send();
        self.lab.sweep();
        // Panic with the mail's bytes, as a broken library might.
        self.lab.post.set(|mail| panic!("{}", String::from_utf8_lossy(&mail.bytes)));
        self.send();
        self.lab.sweep();
        // Servers that quote everything in their errors.
        let quote = format!("{NAME} <{EMAIL}> {PHONE} {TEXT}");
        let ses = quoting(&format!(r#"{{"__type":"MessageRejected","message":"{quote}"}}"#), false);
        let smtp = quoting(&quote, true);
        for (endpoint, route) in [(Some(format!("http://{ses}")), "ses"), (None, &*format!("smtp://{smtp}"))] {
            let settings = mail_settings(endpoint, route);
            let mailer = Mailer::new(&settings).unwrap();
            let mail = pages::Mail { subject: NAME.into(), text: TEXT.into(), html: TEXT.into() };
            let to = model::email::EmailAddress::parse(EMAIL).unwrap();
            let audience = function::message::Audience::Citizen;
            let mail =
                function::message::build(mail, &settings, "Bestil", &to, audience, &to, "K7F-M2X-P9T.borger").unwrap();
            let error = self.lab.service.run(mailer.send(&mail, "K7F-M2X-P9T.borger")).unwrap_err();
            self.evidence.error(route, &error);
            self.send();
            let (network, clock) = (self.lab.network.client(), self.lab.service.clock());
            let mut settings = settings;
            settings.endpoint = Some(self.lab.service.running().database.clone());
            let function = function::Service::wired(settings, clock, network, mailer).unwrap();
            self.lab.wait(SignedDuration::from_hours(1));
            assert!(self.lab.service.run(function.sweep()).unwrap().put_off > 0, "{route}");
        }
        self.lab.post.set(|_| Ok(Handover::AwaitingReport));
    }

    pub(super) fn delivery_notifications(&mut self) {
        self.send();
        self.lab.wait(SignedDuration::from_hours(2));
        self.lab.sweep();
        let now = self.lab.service.now();
        let name =
            self.lab.post.mails().into_iter().map(|mail| mail.name).rfind(|name| name.ends_with(".kreds")).unwrap();
        let quoted = format!(
            r#"{{"eventType":"{NAME}","mail":{{"destination":["{EMAIL}"],"commonHeaders":{{"subject":"{TEXT}"}}}}}}"#
        );
        let events = [
            self.topic.forged(&name, Report::Bounced, now),
            self.topic.any(&quoted),
            self.topic.any(NAME),
            self.topic.event(&unknown(), Report::Bounced, now),
            self.topic.event(&name, Report::Complained, now),
            self.topic.event(&name, Report::Bounced, now),
        ];
        for event in events {
            self.lab.notify(&event).unwrap();
        }
        let unsigned = format!(r#"{{"Records":[{{"EventSource":"aws:sns","Sns":{{"Message":"{NAME}"}}}}]}}"#);
        self.lab.notify(&unsigned).unwrap();
        // Errors when the certificate cannot be fetched, and when the table is gone.
        let place = function::settings::MailEvents {
            certificates: "http://127.0.0.1:9/".into(),
            ..self.topic.settings().unwrap()
        };
        let deaf = self.lab.beside(|settings| settings.events = Some(place));
        let event =
            self.topic.event(&name, Report::Bounced, now).replace(self.topic.certificates(), "http://127.0.0.1:9/");
        let before = std::mem::replace(&mut self.lab.function, deaf);
        self.evidence.error("no certificate", &self.lab.notify(&event).unwrap_err());
        self.lab.function = before;
        self.lab.network.set(refusing);
        let event = self.topic.event(&name, Report::Delivered, now);
        self.evidence.error("event", &self.lab.notify(&event).unwrap_err());
        self.lab.network.mend();
    }

    pub(super) fn table_fails(&mut self) {
        let faults = [("dead", dead as Rule), ("refusing", refusing), ("panicking", panicking)];
        for (what, fault) in faults {
            // First only storing fails, then everything.
            self.lab.network.set(
                move |operation, body| {
                    if operation == "TransactWriteItems" { fault(operation, body) } else { Fault::None }
                },
            );
            assert_eq!(self.send().status, 503, "{what}");
            self.lab.network.set(fault);
            let answer = self.send();
            assert_eq!(answer.status, 503, "{what}");
            let fresh = self.lab.beside(|_| {});
            let before = std::mem::replace(&mut self.lab.function, fresh);
            let path = format!("/kvittering/{}", "a".repeat(26));
            self.ask_for_silence(what, request("GET", &path, ADDRESS, String::new()), 503);
            let asked = self.lab.notify("{}").unwrap_err();
            self.evidence.error(what, &asked);
            self.lab.function = before;
            self.lab.network.mend();
        }
        // A missing table, and keys that open nothing.
        let gone = self.lab.beside(|settings| settings.table = "gone".to_owned());
        self.evidence.error("gone", &self.lab.service.run(gone.sweep()).unwrap_err());
        let id = self.send().id();
        let other = self.lab.beside(|settings| settings.wrapping = Wrapping::Key(Secret::new([0xdb; 32])));
        let now = self.lab.service.now();
        let unopenable = self.lab.service.run(other.store().submission(&id, now)).err().unwrap();
        self.evidence.error("another key", &unopenable);
        assert!(self.lab.service.run(other.sweep()).unwrap().put_off > 0);
        let kms = self.lab.beside(|settings| settings.wrapping = Wrapping::Kms("alias/k".to_owned()));
        self.lab.network.set(|operation, body| {
            if matches!(operation, "GenerateDataKey" | "Decrypt") { refusing(operation, body) } else { Fault::None }
        });
        let refused = self.lab.service.run(kms.store().submission(&id, now)).err().unwrap();
        self.evidence.error("kms", &refused);
        let before = std::mem::replace(&mut self.lab.function, kms);
        assert_eq!(self.send().status, 503);
        self.lab.function = before;
        self.lab.network.mend();
    }

    pub(super) fn panics(&mut self) {
        self.lab.network.set(panicking);
        let answer = self.send();
        assert_eq!(answer.status, 503);
        self.evidence.look("page", "after a panic", answer.html.as_bytes());
        let name = unknown();
        for event in ["{}".to_owned(), self.topic.event(&name, Report::Bounced, self.lab.service.now())] {
            self.evidence.error("panic", &self.lab.notify(&event).unwrap_err());
        }
        self.lab.network.mend();
    }

    /// Runs last, since it closes the form.
    pub(super) fn mailboxes_refuse(&mut self) {
        for _ in 0..2 {
            self.send();
        }
        self.lab.post.set(|_| for_good());
        for _ in 0..4 {
            self.lab.sweep();
        }
        let closed = self.send();
        assert_eq!(closed.status, 503);
        assert!(closed.html.contains(NAME), "who typed it gets it back");
        self.lab.post.set(|_| Ok(Handover::Final));
    }
}
