//! The mobile police station's tour: the published parts of a stop, their pages, and their times.

use crate::support::{Content, built, html};
use jiff::{SignedDuration, Timestamp};
use site_gen::output::File;
use std::collections::BTreeSet;

/// The tree in which Østjyllands Politi has a tour with these stops, in Danish and English.
fn content(stops: &str) -> Content {
    let content = Content::english();
    content.tour("oestjylland", stops);
    content
}

fn at(content: &Content, now: &str) -> Vec<File> {
    instant(content, now.parse().unwrap())
}

/// The files of a build, except the time of the next one: only the build system reads it, and it must be known before
/// the stop may be.
fn instant(content: &Content, now: Timestamp) -> Vec<File> {
    let mut files = built(content, now).files;
    files.retain(|file| file.path != "next-change.txt");
    files
}

/// The files of any kind that contain a text, with the lines of calendars unfolded.
fn holding<'a>(files: &'a [File], text: &str) -> Vec<&'a str> {
    let holds = |file: &&File| String::from_utf8_lossy(&file.bytes).replace("\r\n ", "").contains(text);
    files.iter().filter(holds).map(|file| file.path.as_str()).collect()
}

const STOP: &str = "
  - dato: 2026-12-05
    tid: 14.00-16.30
    by: Hadsten
    sted: Torvet ved banen
    kommune: Favrskov
    note: Tag cyklen med.
    vises_fra: 2026-11-20
";

/// All files that show a stop of Østjyllands Politi: front page, tour, calendar and feed, in two languages.
fn reported_in() -> Vec<String> {
    let files = ["oestjylland/index.html", "oestjylland/tur.atom", "oestjylland/tur.ics", "oestjylland/tur/index.html"];
    let files = files.into_iter().chain(["tur.atom", "tur.ics", "tur/index.html"]);
    let mut all: Vec<String> = files.flat_map(|file| [format!("public/{file}"), format!("public/en/{file}")]).collect();
    all.sort();
    all
}

#[test]
fn a_stop_is_on_its_pages_in_calendars_and_feeds_and_nowhere_else() {
    let files = at(&content(STOP), "2026-11-25T12:00:00Z");
    assert_eq!(holding(&files, "Torvet ved banen"), reported_in());
    let without_fronts: Vec<String> =
        reported_in().into_iter().filter(|path| !path.ends_with("oestjylland/index.html")).collect();
    assert_eq!(holding(&files, "Tag cyklen med."), without_fronts);
    let page = html(&files, "public/oestjylland/tur/index.html");
    for text in [
        "<h1>Den mobile politistation på tur</h1>",
        "<p>Kom og mød os.</p>",
        "<h2>December 2026</h2>",
        "<li class=\"stop\" id=\"2026-12-05-1400-hadsten\">",
        "<time datetime=\"2026-12-05T14:00\">Lørdag den 5. december 2026</time>, <span>Hadsten</span></h3>",
        "<dd>kl. 14.00–16.30</dd>",
        "Torvet ved banen, Hadsten",
        "<dd>Favrskov</dd>",
        "<a href=\"/oestjylland/bestil-en-betjent/\">Bed om et besøg i din by",
        "href=\"/oestjylland/tur.ics\"",
        "href=\"/oestjylland/tur.atom\"",
    ] {
        assert!(page.contains(text), "{text} in {page}");
    }
    let english = html(&files, "public/en/oestjylland/tur/index.html");
    for text in [
        "<h1>The mobile police station on tour</h1>",
        "<span lang=\"da\">Torvet ved banen, Hadsten</span>",
        "<dd class=\"as-written\" lang=\"da\">Tag cyklen med.</dd>",
        "href=\"/en/oestjylland/bestil-en-betjent/\"",
        "href=\"/en/oestjylland/tur.ics\"",
    ] {
        assert!(english.contains(text), "{text} in {english}");
    }
    let all = html(&files, "public/tur/index.html");
    for text in [
        "<a href=\"#kommune-0710\">Favrskov</a>",
        "<h3 id=\"kommune-0710\">Favrskov</h3>",
        "<a href=\"#oestjylland-2026-12-05-1400-hadsten\">Lørdag den 5. december 2026 kl. 14.00–16.30</a>",
        "<li class=\"stop\" id=\"oestjylland-2026-12-05-1400-hadsten\">",
        "<a href=\"/oestjylland/tur/#2026-12-05-1400-hadsten\">Østjyllands Politi</a>",
    ] {
        assert!(all.contains(text), "{text} in {all}");
    }
    let front = html(&files, "public/oestjylland/index.html");
    assert!(front.contains("href=\"/oestjylland/tur/\"") && front.contains("#2026-12-05-1400-hadsten"), "{front}");
    let national = html(&files, "public/index.html");
    assert!(national.contains("<a href=\"/tur/\">Se, hvor de mobile politistationer kommer</a>"), "{national}");
    let sitemap = html(&files, "public/sitemap.xml");
    for path in ["/tur/", "/en/tur/", "/oestjylland/tur/", "/en/oestjylland/tur/"] {
        assert!(sitemap.contains(&format!("<loc>https://bestil-en-betjent.example{path}</loc>")), "{path}");
    }
}

#[test]
fn a_stop_leaves_no_trace_before_its_publication_and_after_its_end() {
    let (with, without) = (content(STOP), content(""));
    for now in ["2026-11-01T00:00:00Z", "2026-11-19T22:59:59Z"] {
        assert!(at(&with, now) == at(&without, now), "something gives away the stop at {now}");
    }
    for (now, is_reported) in [
        ("2026-11-19T23:00:00Z", true),
        ("2026-12-05T15:29:59Z", true),
        ("2026-12-05T15:30:00Z", false),
        ("2027-01-01T00:00:00Z", false),
    ] {
        let files = at(&with, now);
        let expected = if is_reported { reported_in() } else { Vec::new() };
        for text in ["Torvet ved banen", "2026-12-05-1400-hadsten"] {
            assert_eq!(holding(&files, text), expected, "{text} at {now}");
        }
        // A feed has the time of its last change, which was the end of the stop.
        let rest = |files: Vec<File>| -> Vec<File> {
            files.into_iter().filter(|file| !file.path.ends_with(".atom")).collect()
        };
        assert_eq!(rest(files) == rest(at(&without, now)), !is_reported, "at {now}");
    }
}

#[test]
fn a_discreet_stop_hides_its_place_time_and_note_until_it_begins() {
    let secret = |stop: &str| content(&stop.replace("kommune:", "diskret: ja\n    kommune:"));
    let other = STOP.replace("Torvet ved banen", "Skolen").replace("14.00-16.30", "19.00-20.00");
    let (one, other) = (secret(STOP), secret(&other.replace("Tag cyklen med.", "Kom ind i gården.")));
    // For any place, hours and note, all files are equal to the byte, so none of them reveals anything.
    for now in ["2026-11-20T00:00:00Z", "2026-12-05T12:59:59Z"] {
        let files = at(&one, now);
        assert!(files == at(&other, now), "something gives away the secret at {now}");
        for text in ["Torvet ved banen", "Tag cyklen med.", "14.00", "14:00", "T1400"] {
            assert_eq!(holding(&files, text), Vec::<&str>::new(), "{text} at {now}");
        }
        // Only the town and the day are published.
        assert_eq!(holding(&files, "2026-12-05-hadsten"), reported_in(), "at {now}");
        let page = html(&files, "public/oestjylland/tur/index.html");
        assert!(
            page.contains("<span>Hadsten</span><br>Politiet fortæller ikke sted og tidspunkt på forhånd."),
            "{page}"
        );
        assert!(page.contains("<time datetime=\"2026-12-05\">Lørdag den 5. december 2026</time>"), "{page}");
        assert!(html(&files, "public/tur.ics").contains("\r\nDTSTART;VALUE=DATE:20261205\r\n"));
    }
    let files = at(&one, "2026-12-05T13:00:00Z");
    assert_eq!(holding(&files, "Torvet ved banen"), reported_in());
    assert_eq!(holding(&files, "2026-12-05-hadsten"), reported_in(), "its name stays the same");
    assert!(html(&files, "public/tur.ics").contains("\r\nDTSTART;TZID=Europe/Copenhagen:20261205T140000\r\n"));
    // The town itself is always in the search, since it has a postcode.
    assert_eq!(holding(&at(&one, "2026-12-05T15:30:00Z"), "-hadsten"), Vec::<&str>::new());
}

#[test]
fn a_discreet_stop_is_first_on_its_day_so_its_position_hides_its_time() {
    let open = "
  - {dato: 2026-12-05, tid: 8.00-9.00, by: Aarhus, sted: Torvet, kommune: Aarhus}
  - {dato: 2026-12-05, tid: 12.00-13.00, by: Hinnerup, sted: Torvet, kommune: Favrskov}";
    for hours in ["6.00-7.00", "10.00-11.00", "22.00-23.00"] {
        let discreet =
            format!("\n  - {{dato: 2026-12-05, tid: {hours}, by: Ry, sted: Torvet, kommune: Aarhus, diskret: ja}}\n");
        let files = at(&content(&format!("{open}{discreet}")), "2026-12-01T00:00:00Z");
        let calendar = html(&files, "public/tur.ics");
        let towns: Vec<&str> = calendar.lines().filter_map(|line| line.strip_prefix("SUMMARY:")).collect();
        let expected = ["Ry", "Aarhus", "Hinnerup"].map(|town| format!("Mobil politistation i {town}"));
        assert_eq!(towns, expected, "{hours}");
    }
}

#[test]
fn published_files_change_exactly_at_the_changes_of_the_tour() {
    let stops = format!(
        "{STOP}  - {{dato: 2026-12-05, tid: 9.30-11.00, by: Aarhus, sted: Torvet, kommune: '0751', diskret: ja}}
  - {{dato: 2026-10-25, tid: 2.00-2.30, by: Aarhus, sted: Torvet, kommune: Aarhus, vises_fra: 2026-10-01 08:00}}\n"
    );
    let content = content(&stops);
    let site = built(&content, crate::support::now()).site;
    let changes: Vec<Timestamp> = site.tour().changes().into_iter().collect();
    let expected = [
        "2026-10-01T06:00:00Z",
        // 2.30 is ambiguous that night, and the first is meant.
        "2026-10-25T00:30:00Z",
        "2026-11-19T23:00:00Z",
        "2026-12-05T08:30:00Z",
        "2026-12-05T10:00:00Z",
        "2026-12-05T15:30:00Z",
    ];
    assert_eq!(changes, expected.map(|time| time.parse::<Timestamp>().unwrap()));
    let second = SignedDuration::from_secs(1);
    let of_tour = |now: Timestamp| -> Vec<File> {
        let files = instant(&content, now).into_iter();
        // This file depends on the month.
        files.filter(|file| file.path != "public/.well-known/security.txt").collect()
    };
    for (number, change) in changes.iter().enumerate() {
        let before = of_tour(*change - second);
        assert!(before != of_tour(*change), "nothing changes at {change}");
        if let Some(last) = number.checked_sub(1).and_then(|last| changes.get(last)) {
            assert!(before == of_tour(*last), "something changes between {last} and {change}");
        }
    }
}

#[test]
fn stops_are_listed_by_month_and_three_are_on_a_kredss_front_page() {
    let stop = |date: &str, town: &str| {
        format!("\n  - {{dato: {date}, tid: 10.00-11.00, by: {town}, sted: Torvet, kommune: Aarhus}}")
    };
    let stops = [("2027-01-08", "Fire"), ("2026-12-09", "Tre"), ("2026-12-07", "To"), ("2026-12-05", "En")];
    let content = content(&(stops.map(|(date, town)| stop(date, town)).concat() + "\n"));
    content.tour("fyn", &(stop("2026-12-08", "Midt").replace("Aarhus", "Odense") + "\n"));
    let files = at(&content, "2026-12-01T00:00:00Z");
    let order = |path: &str| {
        let page = html(&files, path);
        let towns = ["En", "To", "Midt", "Tre", "Fire"];
        let mut found: Vec<(usize, &str)> =
            towns.iter().filter_map(|town| Some((page.find(&format!("Torvet, {town}<"))?, *town))).collect();
        found.sort();
        found.into_iter().map(|(_, town)| town).collect::<Vec<_>>()
    };
    assert_eq!(order("public/tur/index.html"), ["En", "To", "Midt", "Tre", "Fire"]);
    assert_eq!(order("public/oestjylland/tur/index.html"), ["En", "To", "Tre", "Fire"]);
    assert_eq!(order("public/oestjylland/index.html"), ["En", "To", "Tre"]);
    let page = html(&files, "public/oestjylland/tur/index.html");
    let months: Vec<&str> = page.split("<h2>").skip(1).filter_map(|rest| rest.split("</h2>").next()).collect();
    assert_eq!(months, ["December 2026", "Januar 2027", "Følg med"]);
    let all = html(&files, "public/tur/index.html");
    let kommuner: BTreeSet<&str> = all.split("href=\"#kommune-").skip(1).filter_map(|rest| rest.get(..4)).collect();
    assert_eq!(kommuner, BTreeSet::from(["0461", "0751"]));
}

#[test]
fn without_stops_a_kreds_shows_nothing_and_the_national_page_says_so() {
    let without = at(&Content::english(), "2026-12-01T00:00:00Z");
    assert!(html(&without, "public/tur/index.html").contains("<p>Der er ingen stop på listen lige nu.</p>"));
    assert!(html(&without, "public/tur/index.html").contains("href=\"/#find-kreds\""));
    assert!(html(&without, "public/en/tur/index.html").contains("href=\"/en/#find-kreds\""));
    let files = at(&content(""), "2026-12-01T00:00:00Z");
    let front = |files: &[File]| {
        let page = html(files, "public/oestjylland/index.html");
        page.split("<body>").nth(1).map(str::to_owned).unwrap()
    };
    assert_eq!(front(&files), front(&without));
    assert!(!html(&files, "public/index.html").contains("href=\"/tur/\""));
    let page = html(&files, "public/oestjylland/tur/index.html");
    assert!(page.contains("<p>Der er ingen stop på listen lige nu.</p>"), "{page}");
    // Subscribers need the address even without stops.
    for path in ["public/oestjylland/tur.ics", "public/oestjylland/tur.atom", "public/tur.ics", "public/tur.atom"] {
        assert!(files.iter().any(|file| file.path == path), "{path}");
    }
    assert!(!without.iter().any(|file| file.path.starts_with("public/oestjylland/tur")));
}

#[test]
fn a_note_is_in_the_language_of_the_page_if_translated() {
    let content = content(STOP);
    content.change(
        "kredse/oestjylland/tur.en.md",
        "beskrivelse:",
        "noter:\n  - dansk: Tag cyklen med.\n    oversat: Bring your bicycle.\nbeskrivelse:",
    );
    let files = at(&content, "2026-11-25T12:00:00Z");
    let danish: Vec<&str> = holding(&files, "Tag cyklen med.");
    let english: Vec<&str> = holding(&files, "Bring your bicycle.");
    assert_eq!(english, danish.iter().map(|path| path.replace("public/", "public/en/")).collect::<Vec<_>>());
    assert!(html(&files, "public/en/tur/index.html").contains("<dd class=\"as-written\">Bring your bicycle.</dd>"));
}
