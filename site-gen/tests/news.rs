//! News pages of a kreds: on its front page, and in a feed.

use crate::support::{Content, files_at, html};
use site_gen::output::File;

/// The tree in which Østjyllands Politi has news of two days, one of them in Danish only.
fn content() -> Content {
    let content = Content::english();
    content.change("kredse/oestjylland/stationer.md", "titel:", "nyhed: 2026-11-20\ntitel:");
    let page =
        "---\ntitel: Åbent hus & <kaffe>\nbeskrivelse: Kom og mød os.\nnyhed: 2026-11-25\noversaettes: nej\n---\n";
    content.write("kredse/oestjylland/aabent-hus.md", page);
    content
}

fn front(files: &[File], prefix: &str) -> String {
    html(files, &format!("public{prefix}/oestjylland/index.html"))
}

#[test]
fn news_are_on_the_front_page_newest_first_and_in_the_feed_from_their_day_on() {
    let content = content();
    let page = front(&files_at(&content, "2026-11-25T12:00:00Z"), "");
    let news = page.split("<h2>Nyheder</h2>").nth(1).unwrap();
    let (first, second) = (news.find("aabent-hus").unwrap(), news.find("stationer").unwrap());
    assert!(first < second, "{news}");
    assert!(news.contains("<time datetime=\"2026-11-25\">Onsdag den 25. november 2026</time>"), "{news}");
    // News is not repeated among the other pages.
    assert!(!page.contains("<h2>Læs mere</h2>"), "{page}");

    for (now, days) in [
        ("2026-11-19T22:59:59Z", &[][..]),
        ("2026-11-19T23:00:00Z", &["2026-11-19T23:00:00Z"]),
        ("2026-11-24T22:59:59Z", &["2026-11-19T23:00:00Z"]),
        ("2026-11-24T23:00:00Z", &["2026-11-24T23:00:00Z", "2026-11-19T23:00:00Z"]),
    ] {
        let files = files_at(&content, now);
        let page = front(&files, "");
        assert_eq!(page.contains("<h2>Nyheder</h2>"), !days.is_empty(), "{now}");
        // Before their day, they are ordinary pages.
        assert_eq!(page.contains("<h2>Læs mere</h2>"), days.len() < 2, "{now}");
        assert_eq!(page.contains("/oestjylland/nyheder.atom"), !days.is_empty(), "{now}");
        let feed = files.iter().find(|file| file.path == "public/oestjylland/nyheder.atom");
        let Some(feed) = feed else {
            assert!(days.is_empty(), "{now}");
            continue;
        };
        let xml = String::from_utf8(feed.bytes.to_vec()).unwrap();
        let document = roxmltree::Document::parse(&xml).unwrap();
        let entries = document.descendants().filter(|node| node.tag_name().name() == "entry");
        let of = |entry: roxmltree::Node<'_, '_>, name: &str| {
            let child = entry.children().find(|child| child.tag_name().name() == name);
            child.and_then(|child| child.text()).unwrap().to_owned()
        };
        let found: Vec<(String, String)> = entries.map(|entry| (of(entry, "updated"), of(entry, "title"))).collect();
        let times: Vec<&str> = found.iter().map(|(time, _)| time.as_str()).collect();
        assert_eq!(times, days, "{now}");
        if days.len() == 2 {
            assert_eq!(found[0].1, "Åbent hus & <kaffe>");
        }
    }
}

#[test]
fn danish_only_news_are_linked_from_other_languages_but_not_in_their_feeds() {
    let files = files_at(&content(), "2026-11-25T12:00:00Z");
    let page = front(&files, "/en");
    assert!(page.contains("href=\"/oestjylland/aabent-hus/\" lang=\"da\" hreflang=\"da\""), "{page}");
    let feed = html(&files, "public/en/oestjylland/nyheder.atom");
    assert!(feed.contains("/en/oestjylland/stationer/") && !feed.contains("aabent-hus"), "{feed}");
}

#[test]
fn without_news_there_is_no_feed_and_no_heading() {
    let files = files_at(&Content::english(), "2026-11-25T12:00:00Z");
    assert!(!files.iter().any(|file| file.path.ends_with("nyheder.atom")));
    assert!(!front(&files, "").contains("Nyheder") && !front(&files, "").contains("application/atom+xml"));
}
