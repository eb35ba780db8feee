//! Advice on a missed call, shared or in the own words of a kreds.

use crate::support::{Content, files, html};
use model::catalog::Catalog;
use model::names::{KredsSlug, Language};
use site_gen::check::compared::{Files, compare};

#[test]
fn a_kreds_can_replace_the_missed_call_text_and_it_is_checked_like_any_text() {
    let content = Content::english();
    let catalog = |content: &Content| {
        let json = html(&files(content), "catalog.json");
        Catalog::from_json(json.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"))
    };
    let said_by = |catalog: &Catalog, kreds: &str, language: &str| {
        let (kreds, language) = (KredsSlug::parse(kreds).unwrap(), Language::parse(language).unwrap());
        catalog.missed_call(&kreds, &language).map(model::html::SafeHtml::text)
    };
    // Both are optional: the UI messages are the fallback.
    assert_eq!(said_by(&catalog(&content), "fyn", "da"), None);
    for (end, own) in [("md", "Fyn ringer fra et skjult nummer."), ("en.md", "Funen calls from a withheld number.")] {
        content.write(&format!("kredse/fyn/tekster/opkald.{end}"), own);
    }
    let own = catalog(&content);
    assert_eq!(said_by(&own, "fyn", "en").as_deref(), Some("Funen calls from a withheld number."));
    assert_eq!(said_by(&own, "bornholm", "da"), None);
    for (end, all) in [("md", "Politiet ringer måske fra et skjult nummer."), ("en.md", "The number may be withheld.")]
    {
        content.write(&format!("tekster/opkald.{end}"), all);
    }
    let both = catalog(&content);
    assert_eq!(said_by(&both, "fyn", "da").as_deref(), Some("Fyn ringer fra et skjult nummer."));
    assert_eq!(said_by(&both, "bornholm", "en").as_deref(), Some("The number may be withheld."));
    compare(content.path(), Files::All).unwrap_or_else(|error| panic!("{error}"));
    let checked = site_gen::check(content.path(), crate::support::now());
    let warnings = checked.unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}")).warnings;
    assert!(warnings.is_empty(), "{warnings:?}");
    // An unapproved number, a promised time, a missing translation and an empty text are reported.
    content.remove("kredse/fyn/tekster/opkald.en.md");
    content.write("kredse/fyn/tekster/opkald.md", "Vi ringer fra 12 34 56 78, og vi prøver igen inden to dage.");
    content.write("tekster/opkald.md", "");
    let diagnostics = site_gen::check(content.path(), crate::support::now()).err().unwrap_or_default();
    let said = diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for (path, what) in [
        ("kredse/fyn/tekster/opkald.md:1:1:", "opkald.en.md mangler"),
        ("kredse/fyn/tekster/opkald.md", "12 34 56 78"),
        ("kredse/fyn/tekster/opkald.md", "lover, hvornår"),
        ("tekster/opkald.md:1:1:", "Filen er tom"),
    ] {
        assert!(said.lines().any(|line| line.starts_with(path) && line.contains(what)), "{path} {what}:\n{said}");
    }
}
