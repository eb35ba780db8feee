//! Links between temporary pages: each works as long as it is published, or the site is rejected at once.

use crate::support::{Content, mistakes};
use jiff::Timestamp;
use proptest::prelude::*;
use site_gen::check::assemble::assemble;
use site_gen::check::build_profile::BuildProfile;
use site_gen::source::read::{Source, read};
use std::sync::LazyLock;

#[test]
fn pages_in_the_footer_and_advice_must_always_be_published() {
    for (path, from, to, place) in [
        ("indstillinger.md", "bund: [privatliv]", "bund: [privatliv, julehjaelp]", "5:19"),
        ("formularer/bestil-en-betjent.md", "Utryghed, raad: privatliv", "Utryghed, raad: julehjaelp", "17:53"),
    ] {
        let content = Content::new();
        let page = "---\ntitel: Julehjælp\nbeskrivelse: Om julen.\nfra: 2026-12-01 08:00\n---\nTekst.\n";
        content.write("sider/julehjaelp.md", page);
        let found = std::fs::read_to_string(content.path().join(path)).unwrap();
        assert!(found.contains(from), "{found}");
        content.change(path, from, to);
        let expected = "Siden »julehjaelp« bliver først vist fra 1. december 2026 kl. 8.00. Vælg en anden side, eller ret \
                        »fra« i sider/julehjaelp.md.";
        assert_eq!(mistakes(&content), [format!("{path}:{place}: {expected}")]);
    }
}

/// The small tree, which has no time-dependent pages.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| read(Content::new().path()).sources);

/// A page, its time of publication, and its links to the others.
#[derive(Debug, Clone)]
struct Written {
    is_draft: bool,
    from: Option<u8>,
    until: Option<u8>,
    links: [bool; PATHS.len()],
}

const PATHS: [(&str, &str); 4] = [
    ("sider/a.md", "/a/"),
    ("sider/b.md", "/b/"),
    ("kredse/fyn/c.md", "/fyn/c/"),
    ("kredse/oestjylland/d.md", "/oestjylland/d/"),
];

fn written() -> impl Strategy<Value = Written> {
    let day = || proptest::option::of(1..=9_u8);
    (proptest::bool::weighted(0.1), day(), day(), proptest::array::uniform4(proptest::bool::weighted(0.25)))
        .prop_map(|(is_draft, from, until, links)| Written { is_draft, from, until, links })
        .prop_filter("it would never be there", |page| {
            page.from.zip(page.until).is_none_or(|(from, until)| from <= until)
        })
}

/// Returns true if a page is published on the `day`th of December.
fn is_there(page: &Written, day: u8) -> bool {
    !page.is_draft && page.from.is_none_or(|from| from <= day) && page.until.is_none_or(|until| day <= until)
}

/// Noon on a day in December.
fn noon(day: u8) -> Timestamp {
    format!("2026-12-{day:02}T12:00:00+01:00").parse().unwrap()
}

fn sources(pages: &[Written]) -> Vec<Source> {
    let mut sources = SOURCES.clone();
    for (page, (path, _)) in pages.iter().zip(PATHS) {
        let mut text = String::from("---\ntitel: T\nbeskrivelse: B\n");
        if page.is_draft {
            text.push_str("kladde: ja\n");
        }
        for (key, day) in [("fra", page.from), ("til", page.until)] {
            text.extend(day.map(|day| format!("{key}: 2026-12-{day:02}\n")));
        }
        text.push_str("---\n");
        let linked = page.links.iter().zip(PATHS).filter(|(is_linked, _)| **is_linked);
        text.extend(linked.map(|(_, (_, address))| format!("[x]({address})\n")));
        sources.push(Source { path: path.to_owned(), text: text.into() });
    }
    sources
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_site_is_rejected_exactly_if_a_link_is_dead_now_or_later(
        pages in proptest::collection::vec(written(), PATHS.len()),
        today in 1..=9_u8,
    ) {
        let leads_nowhere = |of: &Written, to: usize| {
            of.links[to] && (today..=11).any(|day| is_there(of, day) && !is_there(&pages[to], day))
        };
        let wrong: usize = pages.iter().map(|of| (0..PATHS.len()).filter(|to| leads_nowhere(of, *to)).count()).sum();
        let sources = sources(&pages);
        let diagnostics = assemble(&sources, &[], BuildProfile::published(noon(today))).err().unwrap_or_default();
        prop_assert_eq!(diagnostics.len(), wrong, "{:#?}", diagnostics);
        if wrong == 0 {
            // No later build fails because time has passed.
            for day in today..=11 {
                prop_assert!(assemble(&sources, &[], BuildProfile::published(noon(day))).is_ok());
            }
        }
    }
}
