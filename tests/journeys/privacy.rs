//! What the law wants a citizen to know before sending: who has the data, what for, by which law, how long, which rights.

use crate::filled::{call, traffic};
use crate::service::{Service, real_content};
use crate::visitor::{Page, selector, words};

const FORMS: [&str; 2] = ["bestil-en-betjent", "bestil-en-faerdselskontrol"];

/// What must be told, by its name in the content.
const TOLD: [&str; 5] = ["dataansvarlig", "databeskyttelsesraadgiver", "formaal", "opbevaring", "rettigheder"];

/// Words of the law for each form, in Danish and English, and how the other form's law is told from it.
const LAWS: [[(&str, &str); 2]; 2] = [
    [("databeskyttelsesforordningen (GDPR)", "databeskyttelsesloven"), ("GDPR", "Danish Data Protection Act")],
    [("retshåndhævelsesloven", "lov nr. 410"), ("Danish Law Enforcement Act", "Act no. 410")],
];

/// A value of a content file's front matter.
fn value(file: &str, key: &str) -> String {
    let text = std::fs::read_to_string(real_content().join(file)).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{key}: "))).unwrap_or_default();
    let value = line.trim_matches('"').to_owned();
    assert!(!value.is_empty(), "{key} in {file}");
    value
}

/// The text between the page's heading and the button that sends its form, as it stands in the document.
fn before_the_button(page: &Page) -> String {
    let main = page.document().select(&selector("main")).next().unwrap().html();
    let (above, _) = main.split_once("\"form-actions\"").unwrap_or_else(|| panic!("no button on {}", page.path));
    words(&scraper::Html::parse_fragment(above).root_element())
}

#[test]
fn above_the_button_each_form_tells_who_why_by_which_law_how_long_and_which_rights() {
    let service = Service::start();
    let visitor = service.visitor();
    for (number, form) in FORMS.iter().enumerate() {
        for (language, prefix, ending) in [(0, "", ""), (1, "/en", ".en")] {
            let empty = visitor.open(&format!("{prefix}/fyn/{form}/formular/"));
            let filled = if number == 0 { call(empty.form()) } else { traffic(empty.form()) };
            let wrong = filled.clone().submit();
            let summary = filled.set("kommune", "0461").submit();
            assert_eq!((empty.status, wrong.status, summary.status), (200, 422, 200));
            for page in [&empty, &wrong, &summary] {
                let text = before_the_button(page);
                for name in TOLD {
                    let told = value(&format!("tekster/persondata{ending}.md"), name);
                    assert!(text.contains(&told), "{name} ({told}) is not on {}:\n{text}", page.path);
                }
                assert!(text.contains("Datatilsynet"), "{text}");
                let law = value(&format!("formularer/{form}{ending}.md"), "retsgrundlag");
                assert!(text.contains(&law), "{law} is not on {}:\n{text}", page.path);
                let (right, wrong) = (LAWS[number][language], LAWS[1 - number][language]);
                assert!(text.contains(right.0) && text.contains(right.1), "{text}");
                assert!(!text.contains(wrong.0) && !text.contains(wrong.1), "{text}");
                assert!(!text.contains(['{', '}']), "{text}");
            }
        }
    }
}

#[test]
fn the_page_about_privacy_names_both_laws_in_every_language() {
    let service = Service::start();
    for (language, prefix) in [(0, ""), (1, "/en")] {
        let page = service.visitor().open(&format!("{prefix}/privatliv/"));
        for law in LAWS.map(|law| law[language]) {
            assert!(page.text().contains(law.0) && page.text().contains(law.1), "{law:?}:\n{}", page.text());
        }
        assert!(page.text().contains("Datatilsynet"));
    }
}
