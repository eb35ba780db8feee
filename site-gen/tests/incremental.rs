//! After any sequence of edits, an incremental build gives the same result as a full build.
//!
//! `SEED=… cargo test incremental::` repeats the same edits; `EDITS=…` sets their number. Nightly runs make the most.

use crate::support::Content;
use crate::support::edits::Editor;
use crate::support::random::Random;
use jiff::{SignedDuration, Timestamp};
use site_gen::build::incremental::Builder;
use site_gen::check::build_profile::{BuildProfile, Reader};
use site_gen::{Built, Failure};
use std::collections::BTreeSet;
use std::env;

/// The comparable result of a build: its files or its messages.
fn outcome(result: Result<Built, Failure>) -> Result<Built, String> {
    result.map_err(|failure| crate::support::said(&failure))
}

/// Edits a tree at random, and compares the incremental build with a full build after each edit.
fn edit_and_compare(content: &Content, edits: usize, least_good: usize) {
    let seed = env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(Random::any_seed);
    println!("SEED={seed}");
    let mut random = Random::new(seed);
    let mut editor = Editor::new(content);
    let mut kept = Builder::new(content.path());
    let mut now: Timestamp = crate::support::now();
    let (mut good, mut reused) = (0, 0);
    let (mut last_good, mut bad_in_a_row) = (content.all(), 0);
    for number in 1..=edits {
        let edit = if random.one_in(8) {
            now += SignedDuration::from_mins(i64::from(random.below(3 * 24 * 60)));
            "time passes".to_owned()
        } else if bad_in_a_row >= 8 {
            editor.give_up(&last_good)
        } else {
            editor.edit(&mut random)
        };
        let reader = if random.one_in(4) { Reader::Citizen } else { Reader::Author };
        let profile = if reader == Reader::Author { BuildProfile::preview(now) } else { BuildProfile::published(now) };
        let context = format!("after edit {number} ({edit}) at {now} for {reader:?}; SEED={seed}");
        let full = outcome(Builder::new(content.path()).build(profile));
        match (outcome(kept.build(profile)), full) {
            (Ok(kept), Ok(full)) => {
                let paths = |built: &Built| built.files.iter().map(|file| file.path.clone()).collect::<BTreeSet<_>>();
                assert_eq!(paths(&kept), paths(&full), "{context}");
                let stale = kept.files.iter().zip(&full.files).find(|(kept, full)| kept != full);
                assert!(stale.is_none(), "{} is stale {context}", stale.map_or("", |(file, _)| &file.path));
                assert!(kept.site == full.site && kept.warnings == full.warnings, "{context}");
                good += 1;
                (last_good, bad_in_a_row) = (content.all(), 0);
                reused += usize::from(kept.rendered < full.rendered);
            }
            (Err(kept), Err(full)) => {
                assert_eq!(kept, full, "{context}");
                bad_in_a_row += 1;
            }
            (Ok(_), Err(full)) => panic!("it builds {context}, and a full build says:\n{full}"),
            (Err(kept), Ok(_)) => panic!("only a full build is possible {context}; the other says:\n{kept}"),
        }
    }
    println!("{edits} edits: {good} sites, {} with mistakes; {reused} sites had pages from before", edits - good);
    // Otherwise, too little is compared.
    assert!(
        good >= least_good && reused >= least_good / 2,
        "{good} sites, {reused} with pages from before; SEED={seed}"
    );
}

/// The number of edits in an ordinary run, and at night.
fn edits(by_day: usize, at_night: usize) -> usize {
    let usual = if env::var("SCOPE").is_ok_and(|scope| scope == "all") { at_night } else { by_day };
    env::var("EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(usual)
}

#[test]
fn after_random_edits_bytes_or_problems_equal_a_full_build() {
    let edits = edits(150, 500);
    edit_and_compare(&Content::english(), edits, edits / 3);
}

#[test]
fn after_random_edits_real_content_equals_a_full_build() {
    let edits = edits(15, 60);
    edit_and_compare(&Content::real(), edits, edits / 3);
}

#[test]
fn only_the_edited_page_is_rendered_again() {
    let content = Content::real();
    let mut builder = Builder::new(content.path());
    let mut rendered =
        || builder.build(BuildProfile::preview(crate::support::now())).unwrap_or_else(|_| panic!()).rendered;
    let pages = rendered();
    assert!(pages > 250, "{pages}");
    assert_eq!(rendered(), 0);
    content.change("sider/privatliv.md", "titel:", "# En note\ntitel:");
    assert_eq!(rendered(), 0);
    for path in ["sider/privatliv.md", "sider/forside.en.md", "kredse/fyn/kreds.md", "kredse/oestjylland/stationer.md"]
    {
        let text = std::fs::read_to_string(content.path().join(path)).unwrap();
        content.write(path, &format!("{text}\nEn linje mere.\n"));
        assert_eq!(rendered(), 1, "{path}");
    }
    content.change("sprog/da.yaml", "om_kredsen: ", "om_kredsen: Mere ");
    assert_eq!(rendered(), pages);
}
