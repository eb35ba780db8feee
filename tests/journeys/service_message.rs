//! Service messages: shown on a kreds's pages while in force, and neither before nor after.

use crate::journeys::filled::{open_in, traffic};
use crate::journeys::service::{Service, copied_content};
use crate::journeys::visitor::{Page, Visitor};
use function::clock::Clock;
use jiff::{SignedDuration, Timestamp};
use local::{Options, start};
use model::deadline::danish_day;
use std::path::Path;
use std::time::Duration;

const DANISH: &str = "Vi har fået mange henvendelser & ringer <senere> end normalt.";
const ENGLISH: &str = "We have had many requests & call <later> than usual.";

/// Writes a message of Fyns Politi, with lines for its times.
fn write_message(content: &Path, times: &str) {
    for (file, text, times) in [("kreds.md", DANISH, times), ("kreds.en.md", ENGLISH, "")] {
        let path = content.join("kredse/fyn").join(file);
        let page = std::fs::read_to_string(&path).unwrap();
        let message = format!("---\ndriftsbesked:\n  tekst: {text}\n{times}");
        std::fs::write(path, page.replacen("---\n", &message, 1)).unwrap();
    }
}

/// Returns the pages of a journey through the traffic form of a kreds: its own page, the form, the form with errors,
/// the summary, the receipt.
fn journey(service: &Service, prefix: &str, kreds: &str, kommune: &str) -> [Page; 5] {
    let visitor = &service.visitor();
    let front = visitor.open(&format!("{prefix}/{kreds}/"));
    let empty = visitor.open(&format!("{prefix}/{kreds}/bestil-en-faerdselskontrol/formular/"));
    let wrong = empty.form().submit();
    assert_eq!(wrong.status, 422);
    let form = traffic(open_in(visitor, prefix, kreds, "bestil-en-faerdselskontrol")).set("kommune", kommune);
    // Equal answers would be one request with the earlier receipt.
    let digits = service.now().as_nanosecond().to_string();
    // In letters, since this many digits sometimes contain a CPR number.
    let street: String = digits.bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
    let summary = form.set("vej", &street).submit();
    assert_eq!(summary.status, 200, "{}", summary.text());
    let receipt = summary.form().press("trin", "send");
    assert!(receipt.has("#reference"), "{}", receipt.text());
    [front, empty, wrong, summary, receipt]
}

fn assert_message(pages: &[Page], expected: Option<&str>, when: &str) {
    for page in pages {
        let said = page.has("#driftsbesked").then(|| page.text_at("#driftsbesked .alert-text"));
        assert_eq!(said.as_deref(), expected, "{when}, on {}", page.path);
    }
}

#[test]
fn a_message_is_on_its_kredss_pages_and_receipts_until_it_ends() {
    let content = copied_content();
    let today = danish_day(Timestamp::now());
    // Not tomorrow: the test may run past midnight.
    let day = |days: i64| today.saturating_add(jiff::Span::new().days(days));
    let last = day(4);
    write_message(content.path(), &format!("  vises_fra: {}\n  udloeber: {last}\n", day(2)));
    let mut service = Service::start_with(content.path());

    let before = journey(&service, "", "fyn", "0461");
    assert_message(&before, None, "before");

    // Two days later, the function shows it at once, and the static pages after the next build.
    service.wait(SignedDuration::from_hours(48));
    let [front, empty, wrong, summary, receipt] = journey(&service, "", "fyn", "0461");
    assert_message(&[front, empty], None, "before the next build");
    assert_message(&[wrong, summary, receipt], Some(DANISH), "at the request");
    service.start_again();
    let pages = journey(&service, "", "fyn", "0461");
    assert_message(&pages, Some(DANISH), "while it is in force");
    for page in pages {
        assert_eq!(page.text_at("#driftsbesked h2"), "Besked fra Fyns Politi");
    }
    assert_message(&journey(&service, "/en", "fyn", "0461"), Some(ENGLISH), "in English");
    assert_message(&journey(&service, "", "bornholm", "0400"), None, "in another kreds");

    // From another kreds's page to this one: the message is that of the kreds that gets the request.
    let [front, empty, wrong, summary, receipt] = journey(&service, "", "bornholm", "0430");
    assert_message(&[front, empty, wrong], None, "on the other's page");
    assert_message(&[summary, receipt], Some(DANISH), "on the way to this one");

    // An hour before and an hour after the end of the last day, whatever time it is now.
    let end = model::service_message::Moment::Day(last).end();
    service.wait(end.duration_since(service.now()) - SignedDuration::from_hours(1));
    service.start_again();
    let still = journey(&service, "", "fyn", "0461");
    assert_message(&still, Some(DANISH), "on the last day");
    service.wait(SignedDuration::from_hours(2));
    assert_message(&[service.visitor().open(&still[4].path)], None, "on the receipt from before");
    service.start_again();
    assert_message(&journey(&service, "", "fyn", "0461"), None, "after");
}

#[test]
fn the_local_service_rebuilds_when_a_message_begins_or_ends() {
    let content = copied_content();
    let data = tempfile::TempDir::new().unwrap();
    let today = danish_day(Timestamp::now());
    let day = |days: i64| today.saturating_add(jiff::Span::new().days(days));
    write_message(content.path(), &format!("  vises_fra: {}\n  udloeber: {}\n", day(2), day(3)));
    let clock = Clock::movable();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let options = Options {
        port: 0,
        data: data.path().to_owned(),
        content: content.path().to_owned(),
        schedule: 0,
        limit: 0,
        watch: true,
        clock: clock.clone(),
    };
    let running = runtime.block_on(start(options)).unwrap();
    let visitor = Visitor::new(&running.address);
    for (wait, expected) in [(0, false), (48, true), (48, false)] {
        clock.advance(SignedDuration::from_hours(wait));
        let is_so = || visitor.open("/fyn/").has("#driftsbesked") == expected;
        assert!(
            (0..200).any(|_| is_so() || {
                std::thread::sleep(Duration::from_millis(50));
                false
            }),
            "{wait} {expected}"
        );
    }
}
