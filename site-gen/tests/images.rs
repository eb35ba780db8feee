//! Images in the content: their markup on pages, and the files that are published.

use crate::support::{Content, crate_folder, html, now, site_gen};
use pictures::make;
use site_gen::build;
use site_gen::build::incremental::Builder;
use site_gen::check::build_profile::BuildProfile;
use site_gen::output::File;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::SystemTime;

/// The metadata in each image from a telephone or a program.
const SECRET: &[u8] = b"Hemmeligt sted";

fn put(content: &Content, from: &str, name: &str) {
    let to = content.path().join("billeder").join(name);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(crate_folder().join("tests/images").join(from), to).unwrap();
}

/// A tree with two images and a page with this body.
fn content(body: &str) -> Content {
    let content = Content::new();
    content.page(body);
    for name in ["betjent.png", "patrulje.png"] {
        put(&content, name, name);
    }
    content
}

fn images(files: &[File]) -> Vec<&File> {
    files.iter().filter(|file| file.path.contains("billeder")).collect()
}

/// The values of an attribute on a page.
fn values<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let begin = format!(" {name}=\"");
    page.split(&begin).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn an_image_is_published_with_its_alternative_text_and_size() {
    let content = content(
        "Her er [![En *grøn* prik](/billeder/betjent.png)](/privatliv/) og ![En <i>prik</i> \\& to](/billeder/patrulje.png).",
    );
    let diagnostics =
        build(content.path(), None, now()).err().map(|failure| crate::support::said(&failure)).unwrap_or_default();
    assert_eq!(diagnostics.matches("HTML kan ikke bruges").count(), 1, "{diagnostics}");

    content.page("Her er [![En *grøn* \"prik\"](/billeder/betjent.png)](/privatliv/).\n\n![To prikker][to]\n\n[to]: /billeder/patrulje.png\n");
    let files = crate::support::files(&content);
    let page = &html(&files, "public/proeve/index.html");
    assert!(
        page.contains(r#"alt="En grøn &quot;prik&quot;" width="16" height="9" loading="lazy" decoding="async"></a>"#),
        "{page}"
    );
    assert!(page.contains(r#"alt="To prikker""#), "{page}");
    let published = images(&files);
    assert_eq!(published.len(), 2);
    for file in published {
        let address = file.path.strip_prefix("public").unwrap();
        assert!(values(page, "src").contains(&address), "{address}");
    }
}

#[test]
fn pictures_are_published_upright_in_several_widths_without_metadata() {
    let content = Content::new();
    content.page("![Fra en telefon](/billeder/telefon.jpg)\n\n![En tegning](/billeder/tegning.png)\n\n![En anden telefon](/billeder/telefon.webp)\n");
    let originals: Vec<(&str, u32, u32)> =
        vec![("telefon.jpg", 1600, 960), ("tegning.png", 1200, 800), ("telefon.webp", 800, 1200)];
    for (name, ..) in &originals {
        put(&content, name, name);
        let bytes = fs::read(content.path().join("billeder").join(name)).unwrap();
        assert!(bytes.windows(SECRET.len()).any(|window| window == SECRET), "{name}");
    }
    let files = crate::support::files(&content);
    let page = &html(&files, "public/proeve/index.html");
    let sets = values(page, "srcset");
    assert_eq!((sets.len(), values(page, "sizes")[0]), (3, "(min-width: 729px) 697px, calc(100vw - 32px)"));
    for ((name, width, height), set) in originals.iter().zip(sets) {
        let mut widths = Vec::new();
        for one in set.split(", ") {
            let (address, width) = one.split_once(' ').unwrap();
            let file = files.iter().find(|file| file.path == format!("public{address}")).unwrap();
            assert!(!file.bytes.windows(SECRET.len()).any(|window| window == SECRET), "{address}");
            // It is a valid image of the stated width.
            let again = make(&file.bytes).unwrap();
            let last = again.versions.last().unwrap();
            assert_eq!(format!("{}w", last.width), width, "{address}");
            widths.push((last.width, last.height));
        }
        assert_eq!(widths.last(), Some(&(*width, *height)), "{name}");
        assert!(widths.len() >= 2 && widths.is_sorted(), "{name}: {widths:?}");
        assert!(page.contains(&format!("width=\"{width}\" height=\"{height}\"")), "{name}");
    }
    assert!(!files.iter().any(|file| file.path.ends_with("/telefon.jpg") || file.path.ends_with(".webp")));
}

#[test]
fn image_names_may_have_spaces_capitals_folders_and_danish_letters() {
    let content = Content::new();
    for name in ["IMG 2034 (1).JPG", "Åben dør.jpeg", "mappe/cykel.png", "uden-endelse"] {
        put(&content, "tegning.png", name);
    }
    content.page(
        "![Et hus](</billeder/IMG 2034 (1).JPG>) ![Et hus](/billeder/A\u{30a}ben%20dør.jpeg) ![Et hus](/billeder/mappe/cykel.png) \
         ![Et hus](/billeder/uden-endelse)\n",
    );
    let files = crate::support::files(&content);
    let stems = ["aaben-doer", "cykel", "img-2034-1", "uden-endelse"];
    for stem in stems {
        assert_eq!(
            images(&files).iter().filter(|file| file.path.starts_with(&format!("public/billeder/{stem}-"))).count(),
            3,
            "{stem}"
        );
    }
    assert_eq!(images(&files).len(), 3 * stems.len());
}

#[test]
fn an_unused_image_gives_a_warning_and_is_not_published() {
    let content = content("![En prik](/billeder/betjent.png)");
    let built =
        build(content.path(), None, now()).unwrap_or_else(|failure| panic!("{}", crate::support::said(&failure)));
    let warned: Vec<&str> = built.warnings.iter().map(|warning| warning.path.as_str()).collect();
    assert_eq!(warned, ["billeder/patrulje.png"]);
    assert!(!built.files.iter().any(|file| file.path.contains("patrulje")));
}

#[test]
fn an_image_of_a_draft_is_only_shown_in_the_preview() {
    let content = content("![En prik](/billeder/betjent.png)");
    content.write(
        "sider/kladde.md",
        "---\ntitel: Kladde\nbeskrivelse: Ikke endnu.\nkladde: ja\n---\n![To prikker](/billeder/patrulje.png)\n",
    );
    let mut builder = Builder::new(content.path());
    for (profile, shown) in [(BuildProfile::published(now()), 1), (BuildProfile::preview(now()), 2)] {
        let built = builder.build(profile).unwrap_or_else(|failure| panic!("{}", crate::support::said(&failure)));
        assert_eq!((images(&built.files).len(), built.warnings.len()), (shown, 0));
    }
}

#[test]
fn texts_included_in_other_pages_have_no_images() {
    let content = content("![En prik](/billeder/betjent.png) ![To prikker](/billeder/patrulje.png)");
    content.change("tekster/haster-ikke.md", "114", "114 ![En prik](/billeder/betjent.png)");
    let said = crate::support::said(&build(content.path(), None, now()).err().unwrap());
    assert!(said.contains("Billedet »/billeder/betjent.png« kan ikke bruges i denne fil."), "{said}");
}

#[test]
fn a_link_to_an_image_is_rejected_with_advice() {
    let content = content(
        "![En prik](/billeder/betjent.png) ![To prikker](/billeder/patrulje.png)\n\n[Se kortet](/billeder/betjent.png)",
    );
    let said = crate::support::said(&build(content.path(), None, now()).err().unwrap());
    let reported = "sider/proeve.md:7:1: Linket »/billeder/betjent.png« fører til et billede. Vis det i teksten: ![Det, billedet \
                viser](/billeder/betjent.png).";
    assert_eq!(said.trim_end(), reported);
}

fn run(content: &Content, out: &Path, more: &[&str]) -> Output {
    let arguments = ["build", "--now", "2026-11-22T12:00:00Z", "--out", out.to_str().unwrap()];
    site_gen(content, &[&arguments, more].concat())
}

/// The single file in a folder.
fn only(folder: &Path) -> PathBuf {
    let mut files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let file = files.next().unwrap();
    assert_eq!(files.next(), None);
    file
}

#[test]
fn the_image_cache_cannot_be_in_the_content() {
    let content = Content::new();
    let folder = tempfile::tempdir().unwrap();
    let cache = content.path().join("billeder");
    let output = run(&content, &folder.path().join("dist"), &["--cache", cache.to_str().unwrap()]);
    let reported = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && reported.contains("ligger i hinanden"), "{reported}");
    assert!(!cache.exists());
}

#[test]
fn images_are_cached_and_a_damaged_cache_is_never_published() {
    let content = Content::new();
    put(&content, "telefon.jpg", "telefon.jpg");
    content.page("![Fra en telefon](/billeder/telefon.jpg)\n");
    let folder = tempfile::tempdir().unwrap();
    let (out, cache) = (folder.path().join("dist"), folder.path().join("gemt"));
    for (kept, more) in [(out.join(".billeder"), &[][..]), (cache.clone(), &["--cache", cache.to_str().unwrap()])] {
        let _ = fs::remove_dir_all(&out);
        let published = || {
            let output = run(&content, &out, more);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let mut files: Vec<_> =
                fs::read_dir(out.join("public/billeder")).unwrap().map(|entry| entry.unwrap().path()).collect();
            files.sort();
            files.iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect::<Vec<_>>()
        };
        let first = published();
        assert_eq!(first.len(), 3);
        let file = only(&kept);
        let whole = fs::read(&file).unwrap();
        // A cached version is reused: the file is not rewritten.
        fs::File::open(&file).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(published(), first);
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), SystemTime::UNIX_EPOCH);
        for damage in [&whole[..whole.len() / 2], &[], &whole.iter().map(|byte| byte ^ 1).collect::<Vec<_>>()] {
            fs::write(&file, damage).unwrap();
            assert_eq!(published(), first);
            assert_eq!(fs::read(&file).unwrap(), whole, "it is made and kept anew");
        }
        // Unused versions are removed.
        put(&content, "tegning.png", "telefon.jpg");
        assert_ne!(published(), first);
        assert_ne!(only(&kept), file);
        put(&content, "telefon.jpg", "telefon.jpg");
    }
}

#[test]
fn a_build_that_fails_leaves_no_folder_behind() {
    let content = Content::new();
    put(&content, "telefon.jpg", "telefon.jpg");
    content.page("![](/billeder/telefon.jpg)\n");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dist");
    assert_eq!(run(&content, &out, &[]).status.code(), Some(1));
    assert!(!out.exists());
    // Nothing is left in a foreign folder either.
    fs::create_dir(&out).unwrap();
    fs::write(out.join("note.txt"), "").unwrap();
    content.page("![En telefon](/billeder/telefon.jpg)\n");
    assert_eq!(run(&content, &out, &[]).status.code(), Some(1));
    assert_eq!(only(&out), out.join("note.txt"));
}
