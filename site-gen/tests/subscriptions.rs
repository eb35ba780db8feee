//! Calendars and feeds are valid and literal for any text, according to independent parsers.

use crate::support::{Content, files_at, html};
use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty};
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::Config;
use scraper::{Html, Selector};
use std::collections::BTreeSet;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Parses a calendar file and checks its bytes against RFC 5545.
fn calendar(text: &str) -> ICalendar {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} bytes: {line}", line.len());
        assert!(!line.contains(|c: char| c.is_control() && c != '\t'), "{line:?}");
    }
    // The parser may be lenient here.
    let texts = ["X-WR-CALNAME:", "UID:", "SUMMARY:", "LOCATION:", "DESCRIPTION:"];
    let unfolded = text.replace("\r\n ", "");
    for value in unfolded.lines().filter_map(|line| texts.iter().find_map(|name| line.strip_prefix(name))) {
        let rest = ["\\\\", "\\,", "\\;", "\\n"].iter().fold(value.to_owned(), |rest, sign| rest.replace(sign, ""));
        assert!(!rest.contains(['\\', ',', ';']), "{value}");
    }
    let calendar = ICalendar::parse(text).unwrap_or_else(|fault| panic!("{fault:?} in {text}"));
    let kinds: Vec<&ICalendarComponentType> = calendar.components.iter().map(|part| &part.component_type).collect();
    assert_eq!(kinds.first(), Some(&&ICalendarComponentType::VCalendar), "{text}");
    assert!(kinds.contains(&&ICalendarComponentType::VTimezone), "a calendar must have some component");
    let top = &calendar.components[0];
    assert!(top.has_property(&ICalendarProperty::Version) && top.has_property(&ICalendarProperty::Prodid));
    let events: Vec<&ICalendarComponent> = events(&calendar);
    for event in &events {
        for needed in [ICalendarProperty::Uid, ICalendarProperty::Dtstamp, ICalendarProperty::Dtstart] {
            assert_eq!(event.properties(&needed).count(), 1, "{needed:?} in {text}");
        }
    }
    let names: BTreeSet<&str> = events.iter().filter_map(|event| event.uid()).collect();
    assert_eq!(names.len(), events.len(), "{text}");
    calendar
}

fn events(calendar: &ICalendar) -> Vec<&ICalendarComponent> {
    calendar.components.iter().filter(|part| part.component_type == ICalendarComponentType::VEvent).collect()
}

fn text_of(event: &ICalendarComponent, property: &ICalendarProperty) -> String {
    let values = event.property(property).map_or(&[][..], |entry| &entry.values);
    values.iter().filter_map(|value| value.as_text()).collect::<Vec<_>>().join(",")
}

/// Checks a feed against RFC 4287, and returns title, summary and address of each entry.
fn entries(xml: &str) -> Vec<[String; 3]> {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|fault| panic!("{fault} in {xml}"));
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")), "{xml}");
    let one = |node: roxmltree::Node<'_, '_>, name: &str| -> String {
        let found: Vec<_> = node.children().filter(|child| child.has_tag_name((ATOM, name))).collect();
        assert_eq!(found.len(), 1, "{name} in {xml}");
        found[0].text().unwrap_or_default().to_owned()
    };
    let link = |node: roxmltree::Node<'_, '_>, rel: &str| -> String {
        let links = node.children().filter(|child| child.has_tag_name((ATOM, "link")));
        let found: Vec<_> = links.filter(|link| link.attribute("rel") == Some(rel)).collect();
        assert_eq!(found.len(), 1, "{rel} in {xml}");
        found[0].attribute("href").unwrap_or_default().to_owned()
    };
    let author = feed.children().find(|child| child.has_tag_name((ATOM, "author"))).expect("an author");
    assert!(!one(author, "name").is_empty() && !one(feed, "title").is_empty());
    assert_eq!(one(feed, "id"), link(feed, "self"));
    let updated: Timestamp = one(feed, "updated").parse().unwrap();
    let found = feed.children().filter(|child| child.has_tag_name((ATOM, "entry"))).map(|entry| {
        assert!(one(entry, "updated").parse::<Timestamp>().unwrap() <= updated, "{xml}");
        assert_eq!(one(entry, "id"), link(entry, "alternate"));
        [one(entry, "title"), one(entry, "summary"), one(entry, "id")]
    });
    let found: Vec<[String; 3]> = found.collect();
    let names: BTreeSet<&String> = found.iter().map(|[.., name]| name).collect();
    assert_eq!(names.len(), found.len(), "{xml}");
    found
}

/// Quotes text for YAML and escapes all but ASCII: literal invisible characters would be dropped on reading.
fn quoted(text: &str) -> String {
    let escaped = |sign: char| if sign.is_ascii() { sign.to_string() } else { format!("\\U{:08X}", u32::from(sign)) };
    serde_json::to_string(text).unwrap().chars().map(escaped).collect()
}

/// Checks everything published about one stop with these texts.
fn check(town: &str, place: &str, note: &str) {
    let content = Content::new();
    let [town_written, place_written, note_written] = [town, place, note].map(quoted);
    content.tour(
        "fyn",
        &format!(
            "\n  - dato: 2026-12-05\n    tid: 14.00-16.30\n    by: {town_written}\n    sted: {place_written}\n    \
             kommune: Odense\n    note: {note_written}\n"
        ),
    );
    content.remove("kredse/fyn/tur.en.md");
    let files = files_at(&content, "2026-12-01T00:00:00Z");
    let [town, place, note] = [town, place, note].map(str::trim);
    for path in ["public/tur.ics", "public/fyn/tur.ics"] {
        let calendar = calendar(&html(&files, path));
        let events = events(&calendar);
        assert_eq!(events.len(), 1);
        assert_eq!(text_of(events[0], &ICalendarProperty::Summary), format!("Mobil politistation i {town}"));
        assert_eq!(text_of(events[0], &ICalendarProperty::Location), format!("{place}, {town}"));
        assert_eq!(text_of(events[0], &ICalendarProperty::Description), format!("Kommune: Odense\n{note}"));
    }
    for path in ["public/tur.atom", "public/fyn/tur.atom"] {
        let entries = entries(&html(&files, path));
        let when = "lørdag den 5. december 2026 kl. 14.00–16.30";
        let [title, summary, address] = &entries[0];
        assert_eq!(*title, format!("Mobil politistation i {town}, {when}"));
        assert_eq!(*summary, format!("{when}\n{place}, {town}\nKommune: Odense\n{note}"));
        // The address links to the stop.
        let page = Html::parse_document(&html(&files, "public/fyn/tur/index.html"));
        let stop = page.select(&selector(".stop")).next().unwrap();
        let id = stop.value().id().unwrap();
        assert_eq!(*address, format!("https://bestil-en-betjent.example/fyn/tur/#{id}"));
    }
    for path in ["public/tur/index.html", "public/fyn/tur/index.html"] {
        let page = Html::parse_document(&html(&files, path));
        let shown: Vec<String> = page.select(&selector(".stop dd")).map(|dd| dd.text().collect()).collect();
        assert_eq!(shown[1], format!("{place}, {town}"));
        assert_eq!(shown[3], note);
        assert_eq!(page.select(&selector("main b, main script")).count(), 0);
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

#[test]
fn hostile_texts_come_out_literally_and_calendars_and_feeds_stay_valid() {
    let long = "Meget lang vej med æ, ø og å ".repeat(40);
    for text in [
        "<b>fed</b>",
        "<script>alert(1)</script>",
        "R&D &amp; &lt;",
        "a, b; c\\n d\\",
        "\"citat\" 'citat'",
        "]]>",
        "{{ title }} {% raw %}",
        "BEGIN:VEVENT",
        "🚓👮‍♀️🇩🇰",
        "\u{202e}bagvendt",
        "å".repeat(75).as_str(),
        long.as_str(),
    ] {
        check(text, text, &format!("{text}\nlinje to\n\n  {text}"));
    }
}

proptest! {
    #![proptest_config(Config { cases: 16, ..Config::default() })]
    // Without Markdown characters: the check reports those in plain text.
    #[test]
    fn any_text_comes_out_literally(
        town in "[^\\p{C}\\p{Z}*_`~\\[][^\\p{C}\\p{Zl}\\p{Zp}*_`~\\[]{0,90}",
        place in "[^\\p{C}\\p{Z}*_`~\\[][^\\p{C}\\p{Zl}\\p{Zp}*_`~\\[]{0,200}",
        note in "[^\\p{C}\\p{Z}*_`~\\[]([^\\p{C}\\p{Zl}\\p{Zp}*_`~\\[]|\n){0,200}",
    ) {
        check(&town, &place, &note);
    }
}

#[test]
fn control_characters_become_replacement_characters() {
    let content = Content::new();
    let stop = "\n  - {dato: 2026-12-05, tid: 14.00-16.30, by: Odense, sted: \"A\\u0007B\\x1b\", kommune: Odense}\n";
    content.tour("fyn", stop);
    content.remove("kredse/fyn/tur.en.md");
    let files = files_at(&content, "2026-12-01T00:00:00Z");
    let calendar = calendar(&html(&files, "public/tur.ics"));
    assert_eq!(text_of(events(&calendar)[0], &ICalendarProperty::Location), "A\u{fffd}B\u{fffd}, Odense");
    assert!(entries(&html(&files, "public/tur.atom"))[0][1].contains("A\u{fffd}B\u{fffd}, Odense"));
}

#[test]
fn calendars_and_feeds_without_stops_are_valid() {
    let files = files_at(&Content::english(), "2026-12-01T00:00:00Z");
    for prefix in ["public", "public/en"] {
        assert!(events(&calendar(&html(&files, &format!("{prefix}/tur.ics")))).is_empty());
        let feed = html(&files, &format!("{prefix}/tur.atom"));
        assert!(entries(&feed).is_empty());
        assert!(feed.contains("<updated>2026-11-22T00:00:00Z</updated>"), "{feed}");
    }
}

#[test]
fn an_event_has_a_stable_id_danish_time_and_the_time_of_its_last_change() {
    let content = Content::english();
    let stop = |time: &str, more: &str| {
        format!("\n  - {{dato: 2026-10-25, tid: {time}, by: Odense, sted: Torvet, kommune: Odense{more}}}")
    };
    let stops = [stop("2.30-3.00", ""), stop("14.00-15.00", ", diskret: ja, vises_fra: 2026-10-01 08:00")];
    content.tour("fyn", &(stops.concat() + "\n"));
    let lines = |now: &str, path: &str| -> Vec<String> {
        let text = html(&files_at(&content, now), path);
        calendar(&text);
        let of_events = text.split("END:VTIMEZONE").nth(1).unwrap().lines();
        let is_wanted = |line: &&str| ["UID", "DTSTAMP", "DTSTART", "DTEND"].iter().any(|name| line.starts_with(name));
        of_events.filter(is_wanted).map(str::to_owned).collect()
    };
    let open = [
        "UID:2026-10-25-0230-odense.fyn@bestil-en-betjent.example",
        // Without `vises_fra`: four weeks before its day, at midnight.
        "DTSTAMP:20260926T220000Z",
        "DTSTART;TZID=Europe/Copenhagen:20261025T023000",
        "DTEND;TZID=Europe/Copenhagen:20261025T030000",
    ];
    let name = "UID:2026-10-25-odense.fyn@bestil-en-betjent.example";
    let announced = [name, "DTSTAMP:20261001T060000Z", "DTSTART;VALUE=DATE:20261025"];
    let reported = [
        name,
        "DTSTAMP:20261025T130000Z",
        "DTSTART;TZID=Europe/Copenhagen:20261025T140000",
        "DTEND;TZID=Europe/Copenhagen:20261025T150000",
    ];
    for path in ["public/tur.ics", "public/fyn/tur.ics", "public/en/fyn/tur.ics"] {
        assert_eq!(lines("2026-10-01T05:59:59Z", path), open);
        assert_eq!(lines("2026-10-01T06:00:00Z", path), [&announced[..], &open[..]].concat());
        assert_eq!(lines("2026-10-25T02:00:00Z", path), announced);
        assert_eq!(lines("2026-10-25T13:00:00Z", path), reported);
    }
}

#[test]
fn pages_link_to_their_feeds_and_forms_to_none() {
    let content = Content::english();
    content.tour("fyn", "");
    let files = files_at(&content, "2026-12-01T00:00:00Z");
    let feeds = |path: &str| -> Vec<String> {
        let page = Html::parse_document(&html(&files, path));
        let feed = selector("head link[type='application/atom+xml'][rel='alternate'][title]");
        let links = page.select(&feed);
        links.map(|link| link.value().attr("href").unwrap().replace("https://bestil-en-betjent.example", "")).collect()
    };
    for (prefix, language) in [("public", ""), ("public/en", "/en")] {
        for (page, feed) in [
            ("index.html", "/tur.atom"),
            ("tur/index.html", "/tur.atom"),
            ("fyn/index.html", "/fyn/tur.atom"),
            ("fyn/tur/index.html", "/fyn/tur.atom"),
        ] {
            assert_eq!(feeds(&format!("{prefix}/{page}")), [format!("{language}{feed}")], "{page}");
            assert!(files.iter().any(|file| file.path == format!("{prefix}{feed}")), "{feed}");
        }
        for page in ["bornholm/index.html", "privatliv/index.html", "fyn/bestil-en-betjent/formular/index.html"] {
            assert_eq!(feeds(&format!("{prefix}/{page}")), Vec::<String>::new(), "{page}");
        }
    }
}
