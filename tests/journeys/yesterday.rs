//! Pages older than the content: what they send is accepted, or shown again with a reason, and never lost.

use crate::journeys::filled::{open, traffic};
use crate::journeys::service::{Service, copied_content};
use std::path::Path;

fn publish(service: &Service, content: &Path) {
    let site = site_gen::build(content, Some(&service.running().address), service.now())
        .unwrap_or_else(|error| panic!("{error}"));
    service.run(service.function().store().publish(site.site.catalog())).unwrap();
}

fn change(content: &Path, file: &str, from: &str, to: &str) {
    let path = content.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from} is not in {file}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// Removes the choice of noise from the traffic form, in every language.
fn remove_noise(content: &Path) {
    let forms = std::fs::read_dir(content.join("formularer")).unwrap().map(|entry| entry.unwrap().path());
    let mut removed = 0;
    for path in forms {
        let text = std::fs::read_to_string(&path).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| !line.contains("{kode: stoej,")).collect();
        removed += text.lines().count() - kept.len();
        std::fs::write(path, kept.join("\n")).unwrap();
    }
    assert!(removed > 0);
}

#[test]
fn a_changed_mailbox_takes_effect_without_a_restart() {
    let content = copied_content();
    let service = Service::start_with(content.path());
    crate::journeys::filled::send_traffic(&service.visitor(), "fyn", "0461");
    change(content.path(), "kredse/fyn/kreds.md", "faerdsel@fyn.politi.example", "ny@fyn.politi.example");
    publish(&service, content.path());
    service.sweep();
    assert_eq!(service.mails()[0].to, "ny@fyn.politi.example");
}

#[test]
fn a_page_older_than_a_removed_choice_is_judged_by_its_own_form() {
    let content = copied_content();
    let service = Service::start_with(content.path());
    let form = traffic(open(&service.visitor(), "fyn", "bestil-en-faerdselskontrol"))
        .set("postnr", "Odense")
        .set("problem", "stoej");
    remove_noise(content.path());
    publish(&service, content.path());
    let summary = form.submit();
    assert_eq!(summary.status, 200, "{}", summary.text());
    assert!(summary.text().contains("Støjende eller vild kørsel"));
    let receipt = form.press("trin", "send");
    assert_eq!(receipt.status, 200, "{}", receipt.text());
    service.sweep();
    assert!(service.mails()[0].text.contains("Problem: Støjende eller vild kørsel"));
}

#[test]
fn a_page_of_an_unknown_version_is_shown_again_with_a_reason() {
    let content = copied_content();
    let service = Service::start_with(content.path());
    let form = traffic(open(&service.visitor(), "fyn", "bestil-en-faerdselskontrol")).set("postnr", "Odense");
    let unknown = form.set("udgave", "0123456789abcdef").set("problem", "er-fjernet");
    let answer = unknown.submit();
    assert_eq!(answer.status, 422);
    assert!(answer.text_at(".alert-warning").contains("ændret"), "{}", answer.text());
    assert_eq!(answer.form().value("vej"), Some("Viborgvej"));
    // Once corrected, it passes by the version in force.
    let summary = answer.form().set("problem", "fart").submit();
    assert_eq!(summary.status, 200, "{}", summary.text());
}

#[test]
fn the_summary_of_an_older_page_can_still_be_sent() {
    let content = copied_content();
    let service = Service::start_with(content.path());
    let form = traffic(open(&service.visitor(), "fyn", "bestil-en-faerdselskontrol"))
        .set("postnr", "Odense")
        .set("problem", "stoej");
    remove_noise(content.path());
    publish(&service, content.path());
    let receipt = form.submit().form().press("trin", "send");
    assert_eq!(receipt.status, 200, "{}", receipt.text());
    assert!(receipt.has(".reference-number"), "{}", receipt.text());
}
