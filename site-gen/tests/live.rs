//! Live preview: content saved in any way is shown, and mistakes appear over the last good site.

use crate::support::Content;
use crate::support::desk::{Desk, desk_of};
use site_gen::preview::serve;
use std::fs;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Saves a text as some program does.
type Save<'a> = &'a dyn Fn(&str);

const PAGE: &str = "sider/privatliv.md";

#[test]
fn saved_files_appear_whichever_way_a_program_saves_them() {
    let desk = Desk::new();
    let file = desk.content.path().join(PAGE);
    let other = |name: &str| file.with_file_name(name);
    let good = desk.read(PAGE);
    let ways: [(&str, Save<'_>); 5] = [
        ("written in place", &|text| fs::write(&file, text).unwrap()),
        ("written beside and renamed", &|text| {
            fs::write(other(".privatliv.md.tmp"), text).unwrap();
            fs::rename(other(".privatliv.md.tmp"), &file).unwrap();
        }),
        ("moved away and written anew", &|text| {
            fs::write(other("4913"), "").unwrap();
            fs::remove_file(other("4913")).unwrap();
            fs::rename(&file, other("privatliv.md~")).unwrap();
            sleep(Duration::from_millis(20));
            fs::write(&file, text).unwrap();
            fs::remove_file(other("privatliv.md~")).unwrap();
        }),
        ("emptied and then written", &|text| {
            fs::write(&file, "").unwrap();
            sleep(Duration::from_millis(60));
            fs::write(&file, text).unwrap();
        }),
        ("removed and then written", &|text| {
            fs::remove_file(&file).unwrap();
            sleep(Duration::from_millis(20));
            fs::write(&file, text).unwrap();
        }),
    ];
    for (number, (way, save)) in ways.into_iter().enumerate() {
        let word = format!("Ord nummer {number}.");
        save(&format!("{good}\n{word}\n"));
        desk.shown("/privatliv/", |page| page.contains(&word));
        assert!(!desk.get("/privatliv/").1.contains("\"lokal-fejl\""), "{way}");
    }
}

#[test]
fn the_whole_folder_may_be_replaced_and_is_followed() {
    let desk = Desk::new();
    let folder = desk.content.path().to_owned();
    let beside =
        |name: &str| folder.with_file_name(format!("{}-{name}", folder.file_name().unwrap().to_str().unwrap()));
    let (away, other) = (beside("gammel"), beside("ny"));
    let copied = |from: &std::path::Path, to: &std::path::Path| {
        assert!(std::process::Command::new("cp").arg("-r").args([from, to]).status().unwrap().success());
    };
    let ways: [(&str, &dyn Fn()); 4] = [
        ("another in its place", &|| {
            fs::rename(&folder, &away).unwrap();
            fs::rename(&other, &folder).unwrap();
        }),
        ("away for a while", &|| {
            fs::rename(&folder, &away).unwrap();
            desk.shown("/privatliv/", |page| page.contains("Mappen kan ikke læses (findes ikke)."));
            fs::rename(&other, &folder).unwrap();
        }),
        ("removed and made anew", &|| {
            fs::remove_dir_all(&folder).unwrap();
            copied(&other, &folder);
            fs::rename(&other, &away).unwrap();
        }),
        ("a link to another", &|| {
            fs::rename(&folder, &away).unwrap();
            #[cfg(unix)]
            std::os::unix::fs::symlink(&other, &folder).unwrap();
        }),
    ];
    for (number, (way, replace)) in ways.into_iter().enumerate() {
        copied(&folder, &other);
        let file = other.join(PAGE);
        fs::write(&file, format!("{}\nUdgave {number}.\n", fs::read_to_string(&file).unwrap())).unwrap();
        replace();
        let is_there = |page: &str| page.contains(&format!("Udgave {number}."));
        desk.shown("/privatliv/", |page| is_there(page) && !page.contains("\"lokal-fejl\""));
        // A change saved in the new folder is shown as well.
        desk.content.change(PAGE, &format!("Udgave {number}."), &format!("Rettet {number}."));
        desk.shown("/privatliv/", |page| page.contains(&format!("Rettet {number}.")));
        fs::remove_dir_all(&away).unwrap_or_else(|error| panic!("{way}: {error}"));
    }
    fs::remove_file(&folder).unwrap();
    fs::remove_dir_all(&other).unwrap();
}

#[test]
fn files_saved_together_appear_together_without_mistakes_in_between() {
    let desk = Desk::new();
    let page = |title: &str| format!("---\ntitel: {title}\nbeskrivelse: B\n---\nTekst.\n");
    let begin = Instant::now();
    // For a moment, the link lacks its page, and the new page its translation.
    desk.content.change(PAGE, "[forsiden](/)", "[ferien](/ferie/)");
    sleep(Duration::from_millis(30));
    desk.content.write("sider/ferie.md", &page("Ny"));
    sleep(Duration::from_millis(30));
    desk.content.write("sider/ferie.en.md", &page("New"));
    // On a busy machine, a mistake may have existed longer than its grace period.
    let is_together = begin.elapsed() < Duration::from_millis(120);
    desk.shown("/privatliv/", |page| page.contains("/ferie/"));
    assert_eq!((desk.get("/ferie/").0, desk.get("/en/ferie/").0), (200, 200));
    assert!(!is_together || desk.mistakes.load(Ordering::SeqCst) == 0, "{:#?}", desk.reported.lock().unwrap());
}

#[test]
fn mistakes_appear_over_the_last_good_site_until_corrected() {
    let desk = Desk::new();
    let good = desk.read(PAGE);
    desk.content.write(PAGE, &format!("{good}\nDet sidste gode.\n"));
    desk.shown("/privatliv/", |page| page.contains("Det sidste gode."));
    desk.content.write(PAGE, &good.replace("titel:", "tittel:"));
    let page = desk.shown("/privatliv/", |page| page.contains("\"lokal-fejl\""));
    assert!(page.contains("Der er fejl i indholdet: 1 fejl i 1 fil.") && page.contains("Det sidste gode."), "{page}");
    assert!(page.contains("<li>sider/privatliv.md:2:1: »tittel« kendes ikke her. Mente du »titel«?"), "{page}");
    // The overlay is on every page, and in no other file.
    assert!(desk.get("/en/fyn/").1.contains("\"lokal-fejl\"") && !desk.get("/sitemap.xml").1.contains("lokal"));
    desk.content.write(PAGE, &good);
    let page = desk.shown("/privatliv/", |page| !page.contains("\"lokal-fejl\""));
    assert!(!page.contains("Det sidste gode."), "{page}");
}

#[test]
fn content_that_never_built_shows_its_mistakes_until_it_builds() {
    let content = Content::english();
    content.change(PAGE, "titel:", "tittel:");
    let desk = desk_of(content);
    let (status, page) = desk.get("/privatliv/");
    assert!(
        status == 404 && page.contains("sider/privatliv.md:2:1:") && page.contains("/_lokal/genindlaes.js"),
        "{page}"
    );
    desk.content.change(PAGE, "tittel:", "titel:");
    desk.shown("/privatliv/", |page| page.contains("<h1>Privatliv</h1>"));
}

#[test]
fn a_page_tells_its_author_why_citizens_do_not_see_it() {
    let desk = Desk::new();
    let mark = |text: &str| format!("<p class=\"lokal-maerke\" role=\"note\">{text}</p>");
    for (line, text) in [
        ("kladde: ja", "Kladde – vises ikke på hjemmesiden"),
        ("fra: 2026-12-01", "Vises fra 1. december 2026"),
        ("til: 2026-11-21", "Vises ikke mere – blev vist til og med 21. november 2026"),
    ] {
        for (path, title) in [("sider/ferie.md", "Ny"), ("sider/ferie.en.md", "New")] {
            let line = if title == "Ny" { line } else { "# Text" };
            desk.content.write(path, &format!("---\ntitel: {title}\nbeskrivelse: B\n{line}\n---\nTekst.\n"));
        }
        desk.shown("/ferie/", |page| page.contains(&mark(text)) && page.contains("<h1>Ny</h1>"));
        desk.shown("/en/ferie/", |page| page.contains(&mark(text)));
        assert!(!desk.get("/privatliv/").1.contains("lokal-maerke"));
    }
    // The page is published without an edit.
    desk.content.change("sider/ferie.md", "til: 2026-11-21", "fra: 2026-12-01");
    desk.shown("/ferie/", |page| page.contains(&mark("Vises fra 1. december 2026")));
    desk.minutes.store(9 * 24 * 60, Ordering::SeqCst);
    desk.shown("/ferie/", |page| !page.contains("lokal-maerke"));
}

#[test]
fn a_polling_page_receives_the_next_build_and_tags_show_changed_pages() {
    let desk = Desk::new();
    let number = |page: &str| {
        let script = page.split("genindlaes.js?").nth(1).unwrap().split('"').next().unwrap();
        let (build, tag) = script.split_once('-').unwrap();
        (build.to_owned(), tag.to_owned())
    };
    let (build, tag) = number(&desk.get("/privatliv/").1);
    let (_, other) = number(&desk.get("/fyn/").1);
    let next = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| desk.get(&format!("/_lokal/naeste?{build}")));
        sleep(Duration::from_millis(50));
        assert!(!waiting.is_finished());
        desk.content.write(PAGE, &format!("{}\nMere.\n", desk.read(PAGE)));
        waiting.join().unwrap()
    });
    assert_eq!(next.0, 200);
    let (build_now, tag_now) = number(&desk.get("/privatliv/").1);
    assert!(build_now == next.1 && build_now != build && tag_now != tag);
    assert_eq!(number(&desk.get("/fyn/").1), (build_now.clone(), other), "it is the same page");
    // A page of an older build gets an immediate response.
    assert_eq!(desk.get(&format!("/_lokal/naeste?{build}")), (200, build_now));
}

#[test]
fn the_site_is_served_as_in_the_cloud_and_forms_are_not_received() {
    let desk = Desk::new();
    assert_eq!(desk.get("/privatliv").0, 200, "by way of /privatliv/");
    assert!(desk.get("/findes-ikke/").0 == 404 && desk.get("/en/findes-ikke/").1.contains("lang=\"en\""));
    for path in ["/indsend/bestil-en-betjent", "/find-kreds?sted=8000", "/kvittering/x"] {
        let (status, page) = desk.get(path);
        assert!(status == 404 && page.contains("cargo run"), "{path}: {page}");
    }
    let taken: u16 = desk.serving.address.rsplit(':').next().unwrap().parse().unwrap();
    let refused = serve(desk.content.path(), taken, crate::support::now, |_| (), |_, _| ()).err().unwrap().to_string();
    assert!(
        refused.contains(&format!("Port {taken}")) && refused.contains(&format!("--port {}", taken + 1)),
        "{refused}"
    );
}
