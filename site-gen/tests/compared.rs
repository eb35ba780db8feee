//! Translations must be compared with their Danish files, and the comparison is recorded.

use crate::support::{Content, built, now, site_gen};
use site_gen::diagnostics::code::DiagnosticCode;
use std::fs;
use std::process::Command;

/// The warnings: each file with its code.
fn warned(content: &Content) -> Vec<(String, DiagnosticCode)> {
    built(content, now()).warnings.into_iter().map(|warning| (warning.path, warning.code)).collect()
}

#[test]
fn a_translation_warns_until_compared_and_again_after_the_danish_changes() {
    let content = Content::english();
    let unknown = warned(&content);
    assert_eq!(unknown.len(), 15, "{unknown:?}");
    assert!(unknown.iter().all(|(_, code)| *code == DiagnosticCode::NotCompared));

    let output = site_gen(&content, &["compared", "--all"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "15 filer er nu sammenlignet.\n");
    assert!(warned(&content).is_empty());

    content.change("sider/privatliv.md", "30 dage", "60 dage");
    content.change("tekster/ingen-garanti.md", ".", ", og det er sikkert.");
    let outdated = ["sider/privatliv.en.md", "tekster/ingen-garanti.en.md"];
    assert_eq!(warned(&content), outdated.map(|path| (path.to_owned(), DiagnosticCode::Outdated)));

    let path = content.path().join("sider/privatliv.en.md");
    let output = site_gen(&content, &["compared", path.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(warned(&content), [("tekster/ingen-garanti.en.md".to_owned(), DiagnosticCode::Outdated)]);
    assert!(site_gen(&content, &["compared", "tekster/ingen-garanti.en.md"]).status.success());
    assert!(warned(&content).is_empty());
}

#[cfg(unix)]
#[test]
fn a_file_may_be_given_by_any_path_to_it() {
    let content = Content::english();
    let above = content.path().parent().unwrap();
    let folder = content.path().file_name().unwrap().to_str().unwrap();
    let link = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(content.path(), link.path().join("indhold")).unwrap();
    let linked = link.path().join("indhold").to_str().unwrap().to_owned();
    let absolute = content.path().to_str().unwrap();
    let file = "sider/privatliv.en.md";
    let (inside, pages) = (content.path().to_owned(), content.path().join("sider"));
    for (from, given, path) in [
        (above, folder, format!("{absolute}/{file}")),
        (above, absolute, format!("{folder}/{file}")),
        (above, folder, format!("./{folder}/{file}")),
        (above, folder, format!("{folder}/../{folder}/{file}")),
        (above, folder, format!("{folder}/ord/../{file}")),
        (above, &format!("./{folder}/"), file.to_owned()),
        (above, folder, format!("./{file}")),
        (above, folder, format!("ord/../{file}")),
        (above, folder, format!("{folder}//{file}")),
        (above, folder, format!("{folder}\\sider\\privatliv.en.md")),
        (above, folder, format!("{linked}/{file}")),
        (above, &linked, format!("{folder}/{file}")),
        (&inside, ".", file.to_owned()),
        (&inside, ".", format!("./{file}")),
        (&pages, "..", "privatliv.en.md".to_owned()),
        (&pages, "..", file.to_owned()),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_site-gen"));
        let output = command.current_dir(from).args(["compared", "--content", given, &path]).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert_eq!(said, "1 fil er nu sammenlignet.\n", "{given} {path}");
    }
    // A typo is still reported, and a file outside is not mistaken for one inside with the same name.
    let slip = site_gen(&content, &["compared", &format!("{absolute}/sider/privatlv.en.md")]);
    let said = String::from_utf8(slip.stderr).unwrap();
    assert!(slip.status.code() == Some(1) && said.contains("Mente du »sider/privatliv.en.md«?"), "{said}");
    assert_eq!(site_gen(&content, &["compared", "/findes/ikke/sider/privatliv.en.md"]).status.code(), Some(1));
}

#[test]
fn changes_of_untranslated_values_do_not_outdate_translations() {
    let content = Content::english();
    assert!(site_gen(&content, &["compared", "--all"]).status.success());
    content.change("kredse/fyn/kreds.md", "betjent@fyn", "vagten@fyn");
    content.change("kredse/fyn/kreds.md", "svar: 14", "svar: 7 # før 14");
    content.change("formularer/bestil-en-betjent.md", "laengde: 150", "laengde: 200");
    let windows = fs::read_to_string(content.path().join("sider/privatliv.md")).unwrap().replace('\n', "\r\n");
    content.write("sider/privatliv.md", &windows);
    assert!(warned(&content).is_empty(), "{:?}", warned(&content));
    content.change("formularer/bestil-en-betjent.md", "Hvor er det?", "Hvor sker det?");
    assert_eq!(warned(&content), [("formularer/bestil-en-betjent.en.md".to_owned(), DiagnosticCode::Outdated)]);
}

#[test]
fn a_file_that_is_not_a_translation_is_rejected_with_a_suggestion() {
    let content = Content::english();
    let output = site_gen(&content, &["compared", "sider/privatliv.md", "sider/privatlv.en.md"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("sider/privatliv.md er ikke en fil") && said.contains("»sider/privatliv.en.md«?"), "{said}");
    assert!(!content.path().join("data/grundlag.txt").exists());
    assert_eq!(site_gen(&content, &["compared"]).status.code(), Some(2));
}

#[test]
fn the_record_of_a_deleted_translation_warns_until_the_next_comparison() {
    let content = Content::english();
    content.page("Tekst.");
    content.write("sider/proeve.en.md", "---\ntitel: A test\nbeskrivelse: A test.\n---\nText.");
    assert!(site_gen(&content, &["compared", "--all"]).status.success());
    content.remove("sider/proeve.md");
    content.remove("sider/proeve.en.md");
    assert_eq!(warned(&content), [("data/grundlag.txt".to_owned(), DiagnosticCode::BadBasis)]);
    assert!(site_gen(&content, &["compared", "sider/forside.en.md"]).status.success());
    assert!(warned(&content).is_empty());
}
