//! A kreds's own texts are also in the function's answers for it, and in no other kreds's answers.

use crate::journeys::filled::traffic;
use crate::journeys::lab::Lab;
use crate::journeys::service::{Service, copied_content};
use crate::journeys::visitor::Page;
use std::fs;
use std::path::Path;

const FORM: &str = "bestil-en-faerdselskontrol";
const NOT_URGENT: [(&str, &str); 2] = [("", "Fyn: ring **114**, når det kan vente."), ("/en", "Funen: call **114**.")];
const SHOWN: [&str; 2] = ["Fyn: ring 114, når det kan vente.", "Funen: call 114."];
const CONTROLLER: &str = "Fyns Politi har dine oplysninger";

/// Gives Fyns Politi two texts of its own.
fn write_own_texts(content: &Path) {
    let folder = content.join("kredse/fyn/tekster");
    fs::create_dir_all(&folder).unwrap();
    for ((prefix, text), ending) in NOT_URGENT.iter().zip(["md", "en.md"]) {
        fs::write(folder.join(format!("haster-ikke.{ending}")), text).unwrap();
        let notice = fs::read_to_string(content.join(format!("tekster/persondata.{ending}"))).unwrap();
        let (front, body) = notice.rsplit_once("---\n").unwrap();
        fs::write(folder.join(format!("persondata.{ending}")), format!("{front}---\n{CONTROLLER}{prefix}. {body}"))
            .unwrap();
    }
}

fn has(page: &Page, text: &str) -> bool {
    page.text().contains(text)
}

#[test]
fn errors_summary_and_closed_forms_use_the_kredss_own_texts() {
    let content = copied_content();
    let lab = Lab::with(Service::start_with(content.path()), |_| {});
    let open: Vec<_> = NOT_URGENT
        .iter()
        .map(|(prefix, _)| lab.service.visitor().open(&format!("{prefix}/fyn/{FORM}/formular/")))
        .collect();
    let elsewhere = lab.open("bornholm", FORM);
    write_own_texts(content.path());
    lab.publish(content.path());
    for (page, (place, text)) in open.iter().zip(SHOWN.iter().enumerate()) {
        assert!(!has(page, text), "the page was built before");
        let wrong = page.form().submit();
        assert!(wrong.status == 422 && has(&wrong, text) && has(&wrong, CONTROLLER), "{}", wrong.text());
        let summary = traffic(page.form()).set("postnr", "Odense").submit();
        assert!(
            summary.status == 200 && has(&summary, &format!("{CONTROLLER}{}. ", NOT_URGENT[place].0)),
            "{}",
            summary.text()
        );
        // The kreds that gets the answers is the controller, not the one whose page they were typed on.
        let summary = traffic(page.form()).set("postnr", "Bornholm").submit();
        assert!(summary.status == 200 && !has(&summary, CONTROLLER), "{}", summary.text());
    }
    let wrong = elsewhere.clone().submit();
    assert!(wrong.status == 422 && SHOWN.iter().all(|text| !has(&wrong, text)) && !has(&wrong, CONTROLLER));
    let summary = traffic(elsewhere).set("postnr", "Odense").submit();
    assert!(has(&summary, CONTROLLER), "{}", summary.text());

    for (ending, line) in [("md", "lukket:\n  "), ("en.md", "lukket:\n  ")] {
        let path = content.path().join(format!("kredse/fyn/kreds.{ending}"));
        let page = fs::read_to_string(&path).unwrap();
        fs::write(path, page.replacen("---\n", &format!("---\n{line}{FORM}: Lukket.\n"), 1)).unwrap();
    }
    lab.publish(content.path());
    for (page, text) in open.iter().zip(SHOWN) {
        let closed = traffic(page.form()).set("postnr", "Odense").submit();
        assert!(closed.status == 503 && has(&closed, text), "{}", closed.text());
    }
}
