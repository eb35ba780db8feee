//! Typed code reaches the officer's mail as text, whichever question it answers.

use crate::journeys::filled::{call, open, traffic};
use crate::journeys::mailbox::{Mail, words as words_of};
use crate::journeys::service::{Service, real_content};
use crate::journeys::visitor::{FormOnPage, selector};
use model::field::{Field, Kind};
use model::form::Form;
use model::names::Language;
use model::raw::RawAnswers;
use scraper::Html;
use std::collections::BTreeSet;

/// HTML, Markdown, the number of a list item, templates, entities and quotes.
const CODE: &str = "<b>x</b> [x](http://y.example) 1.5 {{ phone }} {% if %} &lt; \"c\" 'd'";
const HEADER: &str = "\r\nBcc: x@y.example";

#[test]
fn code_in_free_text_reaches_the_officers_mail_literally() {
    let service = Service::start();
    let built = site_gen::build(&real_content(), None, service.now()).unwrap_or_else(|error| panic!("{error}"));
    for form in built.site.catalog().forms(&Language::danish()) {
        let mut seen = BTreeSet::new();
        let topic = form.topic().unwrap();
        for choice in topic.kind.choices().concat() {
            let page = open(&service.visitor(), "fyn", form.id().as_str());
            let filled =
                if form.fields().any(|field| matches!(field.kind, Kind::Week(_))) { traffic(page) } else { call(page) };
            let filled = filled.set("postnr", "Odense").set(topic.name.as_str(), choice.code.as_str());
            let (filled, typed) = with_code(form, filled);
            let receipt = filled.press("trin", "send");
            assert_eq!(receipt.status, 200, "{}", receipt.text());
            service.sweep();
            let reference = receipt.text_at(".reference-number");
            let mail = service
                .mails()
                .into_iter()
                .find(|mail| mail.subject.contains(&reference) && mail.to.ends_with("@fyn.politi.example"));
            let mail = mail.unwrap_or_else(|| panic!("no mail about {reference}"));
            for (field, words) in &typed {
                stands_literally(&mail, field, words);
                seen.insert(field.name.clone());
            }
        }
        let free = form.fields().filter(|field| is_free(field)).map(|field| field.name.clone());
        assert_eq!(seen, free.collect(), "the free texts of {}", form.title());
    }
    for file in std::fs::read_dir(&service.running().mail).unwrap() {
        let mail = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        let has_bcc = head.lines().any(|line| line.to_lowercase().starts_with("bcc"));
        assert!(!has_bcc && !head.contains("x@y"), "{head}");
    }
}

const fn is_free(field: &Field) -> bool {
    matches!(field.kind, Kind::Line { .. } | Kind::Text { .. } | Kind::Name { .. })
}

/// Types code into all free texts of the form, and picks a choice wherever one is missing.
fn with_code(form: &Form, mut filled: FormOnPage) -> (FormOnPage, Vec<(Field, String)>) {
    let raw = RawAnswers::new(filled.values.iter().cloned());
    let mut typed = Vec::new();
    for field in form.asked(&raw) {
        let name = field.name.as_str();
        if is_free(field) {
            let words = format!("{name} {CODE}{HEADER}");
            let line_break = if matches!(field.kind, Kind::Text { .. }) { "\n" } else { " " };
            filled = filled.set(name, &words);
            typed.push((field.clone(), words.replace("\r\n", line_break)));
        } else if let (None, Some(choice)) = (filled.value(name), field.kind.choices().concat().first()) {
            filled = filled.set(name, choice.code.as_str());
        }
    }
    (filled, typed)
}

fn stands_literally(mail: &Mail, field: &Field, words: &str) {
    assert!(mail.words().contains(&words_of(words)), "{}: {words}\n---\n{}", field.name, mail.text);
    assert!(!mail.html.contains("<b>"), "{}", mail.html);
    let html = Html::parse_document(&mail.html.replace("<br>", "\n"));
    let cells: Vec<String> = html.select(&selector("td")).map(|cell| cell.text().collect()).collect();
    assert!(cells.iter().any(|cell| cell == words), "{}: {words}\n---\n{cells:#?}", field.name);
    assert_eq!(html.select(&selector("a:not([href^='tel:'], [href*='/sag/']), b, script")).count(), 0, "{}", mail.html);
}
