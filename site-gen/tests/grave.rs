//! Warnings that the settings declare grave keep the site from being published, but block nothing else.

use crate::support::{Content, now};
use site_gen::build::incremental::Builder;
use site_gen::check::build_profile::BuildProfile;
use site_gen::diagnostics::diagnostic::{Diagnostic, Severity};
use site_gen::{Failure, build};
use std::process::Command;

/// A tree with one warning of each of two kinds, and additional settings.
fn content(settings: &str) -> Content {
    let content = Content::new();
    content.page("[Klik her](/privatliv/)");
    content.write("tekster/ubrugt.md", "Ingen side viser teksten.\n");
    content.change("indstillinger.md", "bund:", &format!("{settings}bund:"));
    content
}

fn reported(content: &Content) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    match build(content.path(), None, now()) {
        Ok(built) => Ok(built.warnings),
        Err(Failure::Content(reported)) => Err(reported),
        Err(other) => panic!("{other}"),
    }
}

fn codes(reported: &[Diagnostic]) -> Vec<(&str, bool)> {
    reported.iter().map(|one| (one.code.name(), one.severity == Severity::Mistake)).collect()
}

#[test]
fn only_listed_warnings_stop_the_site_and_they_say_why() {
    let (vague, unused) = ("linkets-ord-siger-intet", "tekst-uden-brug");
    assert_eq!(codes(&reported(&content("")).unwrap()), [(vague, false), (unused, false)]);
    assert_eq!(
        codes(&reported(&content("alvorlige: [doedt-link, html]\n")).unwrap()),
        [(vague, false), (unused, false)]
    );
    // Advice on wording is only reported once the site can be built.
    let refused = reported(&content("alvorlige: [tekst-uden-brug]\n")).unwrap_err();
    assert_eq!(codes(&refused), [(unused, true)]);
    assert!(
        refused[0].message.ends_with(" (Det stopper hjemmesiden, for det står ved »alvorlige« i indstillinger.md.)")
    );
    let refused = reported(&content("alvorlige:\n  - tekst-uden-brug\n  - linkets-ord-siger-intet\n")).unwrap_err();
    assert_eq!(codes(&refused), [(vague, true), (unused, true)]);
}

#[test]
fn authors_are_only_warned_and_can_still_approve() {
    let content = content("alvorlige: [tekst-uden-brug]\n");
    let preview =
        Builder::new(content.path()).build(BuildProfile::preview(now())).unwrap_or_else(|_| panic!("refused"));
    assert!(preview.warnings.iter().all(|one| one.severity == Severity::Warning) && preview.warnings.len() == 2);
    assert!(site_gen::check(content.path(), now()).is_ok());
    let status = |command: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_site-gen"));
        program.args([command, "--content"]).arg(content.path());
        if command == "build" {
            program.arg("--out").arg(content.path().with_extension("dist"));
        }
        program.output().unwrap().status.code()
    };
    assert_eq!((status("check"), status("build")), (Some(1), Some(1)));
    assert!(!content.path().with_extension("dist").exists());
}

#[test]
fn an_unknown_warning_name_is_a_mistake_at_its_location() {
    for (settings, place, code, advice) in [
        ("alvorlige: [tekst-uden-bruk]\n", (4, 13), "ukendt-valg", "Mente du »tekst-uden-brug«?"),
        ("alvorlige: [html, Html]\n", (4, 19), "ukendt-valg", "Mente du »html«?"),
        ("alvorlige: [alle]\n", (4, 13), "ukendt-valg", "Der er ingen besked, som hedder »alle«."),
        ("alvorlige: [html, html]\n", (4, 19), "to-gange", "Slet den ene."),
        ("alvorlige: html\n", (4, 12), "forkert-opstilling", "skal være en liste"),
        ("alvorlig: [html]\n", (4, 1), "ukendt-navn", "Mente du »alvorlige«?"),
        ("alvorlige:\n", (4, 1), "tom-vaerdi", "er tom"),
    ] {
        let content = Content::new();
        content.change("indstillinger.md", "faldback_postkasse:", &format!("{settings}faldback_postkasse:"));
        let reported = reported(&content).unwrap_err();
        assert_eq!(reported.len(), 1, "{settings}: {reported:?}");
        let at = (reported[0].line.unwrap(), reported[0].column.unwrap());
        assert_eq!(
            (reported[0].path.as_str(), at, reported[0].code.name()),
            ("indstillinger.md", place, code),
            "{settings}"
        );
        assert!(reported[0].message.contains(advice), "{settings}: {}", reported[0].message);
    }
}
