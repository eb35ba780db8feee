//! Every form that can be defined is shown with its constraints, and validated by exactly those.

use crate::journeys::generator;
use crate::journeys::service::{Service, real_content};
use crate::shared::tries;
use lambda_http::http::Request;
use lambda_http::{Body, http};
use model::catalog::{Catalog, CatalogParts};
use model::field::{Choice, Fault, Field, Kind, Week};
use model::form::Form;
use model::names::{KredsSlug, Language};
use pages::{Filled, Pages, View};
use proptest::test_runner::{Config, TestRunner};
use scraper::{Html, Selector};

type Values = Vec<(String, String)>;

#[test]
fn any_form_is_shown_with_its_constraints_and_validated_by_exactly_those() {
    let service = Service::start();
    let built = site_gen::build(&real_content(), None, service.now()).unwrap_or_else(|error| panic!("{error}"));
    let catalog = built.site.catalog().to_json();
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(tries(16, 96)) });
    let outcome = runner.run(&generator::form(), |form| {
        let catalog = with(&form, serde_json::from_slice(catalog).unwrap());
        service.run(service.function().store().publish(&catalog)).unwrap();
        shown(&form, &catalog);
        judged(&service, &form);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Puts this form into the real content, in every language.
fn with(form: &Form, mut parts: CatalogParts) -> Catalog {
    for old in parts.forms.iter_mut().filter(|old| old.id() == form.id()) {
        let language = old.language().clone();
        *old = Form::new(model::form::FormParts { language, ..form.clone().into() }).unwrap();
    }
    Catalog::new(parts).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Asserts that every constraint of the definition is in the HTML.
fn shown(form: &Form, catalog: &Catalog) {
    let danish = Language::danish();
    let view = View::new(catalog, &danish, jiff::Timestamp::UNIX_EPOCH);
    let kreds = catalog.atlas().kreds(&KredsSlug::parse("fyn").unwrap()).unwrap();
    let html = Pages::new().unwrap().form(&view, form, kreds, &Filled::empty()).unwrap();
    let document = Html::parse_document(&html);
    let count = |css: &str| document.select(&Selector::parse(css).unwrap()).count();
    for field in form.fields() {
        let control = format!("main form [name='{}']", field.name);
        let values = values(field);
        let expected = match field.kind {
            Kind::Kommune => usize::from(!form.has_one_place()),
            _ => values.len().max(1),
        };
        assert_eq!(count(&control), expected, "{control}");
        let is_kommune = field.kind == Kind::Kommune;
        for value in values.iter().filter(|_| !is_kommune) {
            let option = format!("{control}[value='{value}']");
            assert_eq!(count(&option), 1, "{option}");
        }
        if is_kommune && form.has_one_place() {
            continue;
        }
        // A single question about the place uses the postcode field.
        let is_place = form.has_one_place() && field.kind == Kind::Postcode;
        let is_required = field.required || is_place;
        let is_listed = is_place || is_kommune;
        assert_eq!(count(&format!("{control}[list] + datalist option[value='Odense']")) > 0, is_listed, "{control}");
        // A group of boxes has no `required`; there, as everywhere, the label marks what is optional.
        let has_required = !matches!(field.kind, Kind::Choices(_) | Kind::Week(_));
        assert_eq!(count(&format!("{control}[required]")) > 0, has_required && is_required, "{control}");
        let label = if values.is_empty() || is_kommune {
            format!("label[for='{}'] .weight-normal", field.name)
        } else {
            format!("fieldset:has(> div [name='{0}'], > table [name='{0}']) > legend .weight-normal", field.name)
        };
        assert_eq!(count(&label) > 0, !is_required, "{label}");
        if let Some(max) = max(field) {
            assert_eq!(count(&format!("{control}[data-max='{max}']")), 1, "{control}");
        }
        if field.hint.is_some() {
            assert_eq!(count(&format!("[aria-describedby~='{0}-hint']", field.name)), 1, "{}", field.name);
        }
        if let Some(topic) = &field.only_for {
            assert_eq!(count(&format!("#emne-{topic} ~ .follow-ups [name='{}']", field.name)), expected, "{control}");
        }
    }
}

/// Asserts that valid answers pass, and that breaking one constraint gives that constraint's own error.
fn judged(service: &Service, form: &Form) {
    let topic = values(form.topic().unwrap()).remove(0);
    let mut answers: Values = Vec::new();
    for field in form.fields().filter(|field| field.only_for.as_ref().is_none_or(|only| only.as_str() == topic)) {
        answers.extend(right(field).map(|value| (field.name.to_string(), value)));
    }
    assert_errors(service, form, &answers, &[]);
    for field in form.fields() {
        let with = |value: Option<String>| {
            let others = answers.iter().filter(|(name, _)| name != field.name.as_str()).cloned();
            others.chain(value.map(|value| (field.name.to_string(), value))).collect::<Values>()
        };
        let is_asked = field.only_for.as_ref().is_none_or(|only| only.as_str() == topic);
        let expect = |values: Values, fault: Option<Fault>| {
            let fault = fault.filter(|_| is_asked);
            let text = fault.map(|fault| field.errors[&fault].clone());
            assert_errors(service, form, &values, text.as_slice());
        };
        // Without a topic, a form asks no follow-up questions, so there is only one error.
        expect(with(None), field.required.then_some(Fault::Missing));
        if !values(field).is_empty() {
            expect(with(Some("findes-ikke".to_owned())), Some(Fault::Unknown));
        }
        if let Some(max) = max(field) {
            expect(with(Some("å".repeat(max))), None);
            expect(with(Some("🚗".repeat(max + 1))), Some(Fault::TooLong));
        }
        if matches!(field.kind, Kind::Phone | Kind::Email) {
            expect(with(Some("12 34".to_owned())), Some(Fault::Invalid));
        }
    }
}

/// Posts to the function's own handler, and compares the errors that the page lists.
fn assert_errors(service: &Service, form: &Form, values: &Values, expected: &[String]) {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(values)
        .append_pair("kreds", "fyn")
        .append_pair("trin", "gennemse")
        .finish();
    let request: http::Request<Body> = Request::post(format!("/indsend/{}", form.id()))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::Text(body))
        .unwrap();
    let response = service.run(service.function().handle(request)).unwrap();
    let status = response.status().as_u16();
    let Body::Text(page) = response.body() else { panic!("no page") };
    let document = Html::parse_document(page);
    let listed = Selector::parse("#fejl li").unwrap();
    let listed: Vec<String> =
        document.select(&listed).map(|item| item.text().collect::<String>().trim().to_owned()).collect();
    assert_eq!((status, listed.as_slice()), (if expected.is_empty() { 200 } else { 422 }, expected), "{values:?}");
}

/// Returns all values of a question with choices.
fn values(field: &Field) -> Vec<String> {
    match &field.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => {
            choices.iter().map(|choice| choice.code.to_string()).collect()
        }
        Kind::Week(week) => {
            let of = |day: &Choice| week.hours.iter().map(|hours| Week::value(day, hours)).collect::<Vec<_>>();
            week.days.iter().flat_map(of).collect()
        }
        Kind::Kommune => vec!["0461".to_owned(), "0751".to_owned()],
        _ => Vec::new(),
    }
}

fn right(field: &Field) -> Option<String> {
    match field.kind {
        Kind::Phone => Some("20123456".to_owned()),
        Kind::Email => Some("ib@eksempel.example".to_owned()),
        Kind::Postcode => None,
        Kind::Line { .. } | Kind::Text { .. } | Kind::Name { .. } => Some("x".to_owned()),
        Kind::Choice(_) | Kind::Choices(_) | Kind::Week(_) | Kind::Kommune => values(field).into_iter().next(),
    }
}

const fn max(field: &Field) -> Option<usize> {
    match field.kind {
        Kind::Line { max } | Kind::Text { max } | Kind::Name { max } => Some(max),
        _ => None,
    }
}
