//! The effects of a build on its output folder, and unique ids on every page.

use crate::support::{Content, crate_folder, files, now};
use site_gen::build::write::{MARKER, Output, WriteError, Written, write};
use site_gen::output::File;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                found.insert(format!("{name}/"), Vec::new());
                folders.push(path);
            } else {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

fn site_gen(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_site-gen")).args(arguments).output().unwrap()
}

#[test]
fn two_builds_of_the_same_content_give_equal_bytes() {
    let (one, other) = (Content::new(), Content::new());
    assert!(files(&one) == files(&other));
}

#[test]
fn a_second_write_writes_nothing() {
    let (files, out) = (files(&Content::new()), tempfile::tempdir().unwrap());
    let first = write(&files, out.path()).unwrap();
    assert_eq!(first, Written { written: files.len(), unchanged: 0, removed: 0 });
    assert_eq!(write(&files, out.path()).unwrap(), Written { written: 0, unchanged: files.len(), removed: 0 });
    let expected: BTreeMap<String, Vec<u8>> = files.into_iter().map(|file| (file.path, file.bytes.to_vec())).collect();
    let mut found = tree(out.path());
    found.retain(|name, _| !name.ends_with('/') && name != MARKER);
    assert!(found == expected);
}

#[test]
fn a_removed_page_disappears_with_its_folder_and_others_stay() {
    let (content, out) = (Content::new(), tempfile::tempdir().unwrap());
    content.page("Tekst.");
    write(&files(&content), out.path()).unwrap();
    assert!(out.path().join("public/proeve/index.html").exists());
    content.remove("sider/proeve.md");
    let written = write(&files(&content), out.path()).unwrap();
    assert_eq!(written.removed, 1);
    assert_eq!(written.written, 3, "only the sitemap, the list of pages and its index have changed");
    assert!(!out.path().join("public/proeve").exists());
}

#[test]
fn damage_from_a_crash_is_repaired() {
    let (files, out) = (files(&Content::new()), tempfile::tempdir().unwrap());
    write(&files, out.path()).unwrap();
    let expected = tree(out.path());
    let public = out.path().join("public");
    fs::create_dir_all(out.path().join(".ny/filer/public/fyn")).unwrap();
    fs::write(out.path().join(".ny/filer/public/fyn/ny.html"), "half").unwrap();
    fs::write(public.join("index.html"), "half").unwrap();
    fs::remove_dir_all(public.join("fyn")).unwrap();
    fs::write(public.join("fyn"), "a file where a folder must be").unwrap();
    fs::remove_file(public.join("404.html")).unwrap();
    fs::create_dir_all(public.join("404.html/x")).unwrap();
    write(&files, out.path()).unwrap();
    assert!(tree(out.path()) == expected);
    #[cfg(unix)]
    {
        let elsewhere = tempfile::tempdir().unwrap();
        fs::rename(public.join("fyn"), elsewhere.path().join("fyn")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("fyn"), public.join("fyn")).unwrap();
        write(&files, out.path()).unwrap();
        assert!(tree(out.path()) == expected && !public.join("fyn").is_symlink(), "a link with the right files in it");
    }
}

#[test]
fn stored_files_are_not_published_before_the_build_finishes() {
    let (content, out) = (Content::new(), tempfile::tempdir().unwrap());
    let (ours, new) = (out.path().join("ours"), out.path().join("new"));
    write(&files(&content), &ours).unwrap();
    let before = tree(out.path());
    for folder in [&ours, &new] {
        let output = Output::open(folder).unwrap();
        output.store(&File::new("public/index.html", *b"new")).unwrap();
        output.store(&File::new("public/ny/index.html", *b"new")).unwrap();
        assert!(matches!(Output::open(folder), Err(WriteError::Busy(_))), "two would take each other's files away");
        drop(output);
        assert!(tree(out.path()) == before);
    }
    content.page("Du kan [læse mere her](https://politi.example/sider/proeve), og [klik her](/privatliv/).");
    let (from, to) = (content.path().to_str().unwrap(), new.to_str().unwrap());
    let strict = site_gen(&["build", "--strict", "--content", from, "--out", to]);
    assert_eq!(strict.status.code(), Some(2), "{}", String::from_utf8_lossy(&strict.stderr));
    assert!(tree(out.path()) == before);
}

#[test]
fn a_foreign_folder_is_rejected() {
    let (files, out) = (files(&Content::new()), tempfile::tempdir().unwrap());
    fs::write(out.path().join("brev.txt"), "kært").unwrap();
    assert!(matches!(write(&files, out.path()), Err(WriteError::Foreign(_))));
    assert_eq!(tree(out.path()).keys().collect::<Vec<_>>(), ["brev.txt"]);
}

#[test]
fn a_file_outside_the_folder_is_rejected() {
    let out = tempfile::tempdir().unwrap();
    for path in ["../x", "/x", "", "a/../../x", MARKER, ".ny/x", ".billeder/x"] {
        let file = File::new(path, []);
        assert!(matches!(write(&[file], out.path()), Err(WriteError::Outside(_))), "{path}");
    }
    assert!(tree(out.path()).is_empty());
}

#[test]
fn a_failed_build_leaves_the_last_one_unchanged() {
    let (content, out) = (Content::new(), tempfile::tempdir().unwrap());
    let (from, to) = (content.path().to_str().unwrap(), out.path().to_str().unwrap());
    let first = site_gen(&["build", "--content", from, "--out", to]);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let line = String::from_utf8(first.stdout).unwrap();
    assert!(line.contains("41 sider") && line.contains("0 uændrede, 0 fjernet"), "{line}");
    let before = tree(out.path());
    content.write("sider/proeve.md", "uden front matter");
    content.change("kredse/fyn/kreds.md", "kode: 1465", "kode: fem");
    let second = site_gen(&["build", "--content", from, "--out", to]);
    assert_eq!(second.status.code(), Some(1));
    let text = String::from_utf8(second.stderr).unwrap();
    assert!(text.contains("kredse/fyn/kreds.md:2:7: "), "{text}");
    assert!(text.ends_with("2 fejl i 2 filer. Intet er skrevet.\n"), "{text}");
    assert!(tree(out.path()) == before);
}

#[test]
fn the_command_line_checks_and_refuses() {
    let content = Content::new();
    content.approve();
    let path = content.path().to_str().unwrap();
    let checked = site_gen(&["check", "--content", path]);
    assert_eq!(String::from_utf8(checked.stdout).unwrap(), "Ingen fejl: 3 kredse, 5 kommuner, 6 postnumre.\n");
    assert_eq!(site_gen(&["check", "--content", "/findes/ikke"]).status.code(), Some(1));
    assert_eq!(site_gen(&["byg"]).status.code(), Some(2));
    assert!(String::from_utf8(site_gen(&["--help"]).stdout).unwrap().contains("Examples:"));
}

#[test]
fn assets_can_be_written_alone_and_never_over_other_files() {
    let out = tempfile::tempdir().unwrap();
    let (alone, site) = (out.path().join("alone"), out.path().join("site"));
    write(&files(&Content::new()), &site).unwrap();
    let said = site_gen(&["assets", "--out", alone.to_str().unwrap()]);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert_eq!(tree(&alone.join("public/assets")), tree(&site.join("public/assets")));
    assert_eq!(fs::read_dir(alone.join("public")).unwrap().count(), 1);

    fs::create_dir(out.path().join("other")).unwrap();
    fs::write(out.path().join("other/letter.txt"), "mine").unwrap();
    let refused = site_gen(&["assets", "--out", out.path().join("other").to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("Vælg en tom eller en ny mappe"));
}

/// The literal ids in a template.
fn ids(html: &str) -> impl Iterator<Item = &str> {
    html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).filter(|id| !id.contains('{'))
}

#[test]
fn ids_are_unique_on_every_page_with_any_headings() {
    let templates = crate_folder().join("../pages/templates");
    let templates = fs::read_dir(templates).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let all: BTreeSet<String> =
        templates.flat_map(|template| ids(&template).map(str::to_owned).collect::<Vec<_>>()).collect();
    assert!(all.contains("sted") && all.len() > 15, "{all:?}");
    let headings: String = all.iter().map(|id| format!("\n\n## {id}\n\nTekst.")).collect();
    let headings =
        format!("{headings}\n\n## 2026-12-05 Odense\n\n## 2026-12-05 1400 Odense\n\n## Sted\n\n[a](#sted-2)\n");
    let content = Content::new();
    content.tour("fyn", "\n  - {dato: 2026-12-05, tid: 14.00-16.00, by: Odense, sted: Torvet, kommune: Odense}\n");
    content.remove("kredse/fyn/tur.en.md");
    content.page(&headings);
    content.change("sider/proeve.md", "titel:", "hurtig_udgang: https://www.dmi.dk\ntitel:");
    for file in ["sider/forside.md", "kredse/fyn/kreds.md", "kredse/fyn/tur.md", "kredse/oestjylland/stationer.md"] {
        let text = fs::read_to_string(content.path().join(file)).unwrap();
        content.write(file, &format!("{text}{headings}"));
    }
    content.change(
        "kredse/fyn/kreds.md",
        "frist:",
        "driftsbesked: {tekst: Vi har travlt., udloeber: 2026-12-01}\nfrist:",
    );
    let built = site_gen::build(content.path(), None, now()).unwrap_or_else(|failure| panic!("{failure:?}"));
    let mut pages = 0;
    for file in built.files.iter().filter(|file| file.path.ends_with(".html")) {
        let html = scraper::Html::parse_document(&String::from_utf8_lossy(&file.bytes));
        let mut seen = BTreeSet::new();
        for element in html.select(&scraper::Selector::parse("[id]").unwrap()) {
            let id = element.value().attr("id").unwrap();
            assert!(seen.insert(id.to_owned()), "{} has {id} twice", file.path);
        }
        pages += 1;
    }
    assert!(pages > 10, "{pages}");
}
