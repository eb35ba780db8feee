//! A browser that only knows HTML: links, forms, redirects. No JavaScript, no cookies.

use scraper::{ElementRef, Html, Selector};
use ureq::Agent;
use ureq::http::Response;

/// A visitor of the site.
#[derive(Clone)]
pub(crate) struct Visitor {
    agent: Agent,
    site: String,
}

/// A page that was loaded.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) path: String,
    pub(crate) html: String,
    pub(crate) headers: Vec<(String, String)>,
    visitor: Visitor,
}

/// A form on a page, with its values.
#[derive(Clone)]
pub(crate) struct FormOnPage {
    pub(crate) method: String,
    pub(crate) action: String,
    pub(crate) values: Vec<(String, String)>,
    visitor: Visitor,
}

impl Visitor {
    pub(crate) fn new(site: &str) -> Self {
        let config = Agent::config_builder().max_redirects(0).http_status_as_error(false).proxy(None).build();
        Self { agent: config.into(), site: site.to_owned() }
    }

    /// Opens a path of the site, and follows redirects.
    pub(crate) fn open(&self, path: &str) -> Page {
        let answer = self.agent.get(format!("{}{path}", self.site)).call().unwrap();
        self.follow(path, answer)
    }

    /// Opens a path without following redirects.
    pub(crate) fn open_only(&self, path: &str) -> Page {
        let answer = self.agent.get(format!("{}{path}", self.site)).call().unwrap();
        self.page(path, answer)
    }

    /// Sends a body with headers, like a program that is not a browser.
    pub(crate) fn post_raw(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Page {
        let mut request = self.agent.post(format!("{}{path}", self.site));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send(body).unwrap();
        self.page(path, answer)
    }

    /// Sends fields as a form does, and follows redirects.
    pub(crate) fn post(&self, path: &str, values: &[(String, String)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
        let request = self.agent.post(format!("{}{path}", self.site));
        let request = request.header("origin", &self.site).header("content-type", "application/x-www-form-urlencoded");
        self.follow(path, request.send(body.as_bytes()).unwrap())
    }

    /// Returns the form of a page that was loaded in another way.
    pub(crate) fn kept_form(&self, html: &str) -> FormOnPage {
        Page::kept(self, "", html.to_owned()).form()
    }

    fn follow(&self, path: &str, answer: Response<ureq::Body>) -> Page {
        let location = answer.headers().get("location").map(|place| place.to_str().unwrap().to_owned());
        match location {
            Some(place) => self.open(&place),
            None => self.page(path, answer),
        }
    }

    fn page(&self, path: &str, mut answer: Response<ureq::Body>) -> Page {
        let header = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
            (name.to_string(), value.to_str().unwrap().to_owned())
        };
        Page {
            status: answer.status().as_u16(),
            path: path.to_owned(),
            headers: answer.headers().iter().map(header).collect(),
            html: answer.body_mut().read_to_string().unwrap(),
            visitor: self.clone(),
        }
    }
}

impl Page {
    /// Makes a page that a visitor opened some time ago.
    pub(crate) fn kept(visitor: &Visitor, path: &str, html: String) -> Self {
        Self { status: 200, path: path.to_owned(), html, headers: Vec::new(), visitor: visitor.clone() }
    }

    pub(crate) fn document(&self) -> Html {
        Html::parse_document(&self.html)
    }

    /// Returns all text of the page, with single spaces.
    pub(crate) fn text(&self) -> String {
        let document = self.document();
        let body = document.select(&selector("body")).next().unwrap();
        words(&body)
    }

    /// Returns the text of the first element that matches a selector.
    pub(crate) fn text_at(&self, css: &str) -> String {
        let document = self.document();
        let found = document.select(&selector(css)).next();
        found.map_or_else(|| panic!("no {css} on {}:\n{}", self.path, self.html), |element| words(&element))
    }

    pub(crate) fn has(&self, css: &str) -> bool {
        self.document().select(&selector(css)).next().is_some()
    }

    /// Returns the texts of all elements that match a selector.
    pub(crate) fn texts_at(&self, css: &str) -> Vec<String> {
        self.document().select(&selector(css)).map(|element| words(&element)).collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// Follows the link whose text begins with `text`.
    pub(crate) fn follow(&self, text: &str) -> Page {
        let document = self.document();
        let all = selector("main a[href]");
        let mut links = document.select(&all);
        let link = links.find(|link| words(link).starts_with(text));
        let link = link.unwrap_or_else(|| panic!("no link {text:?} on {}:\n{}", self.path, self.text()));
        self.visitor.open(link.value().attr("href").unwrap())
    }

    pub(crate) fn form(&self) -> FormOnPage {
        self.form_at("main form")
    }

    /// Returns the first form that matches a selector.
    pub(crate) fn form_at(&self, css: &str) -> FormOnPage {
        let document = self.document();
        let form = document.select(&selector(css)).next();
        let form = form.unwrap_or_else(|| panic!("no form on {} ({}):\n{}", self.path, self.status, self.text()));
        FormOnPage {
            method: form.value().attr("method").unwrap_or("get").to_owned(),
            action: form.value().attr("action").unwrap().split('#').next().unwrap().to_owned(),
            values: form.select(&selector("input, select, textarea")).flat_map(|control| value_of(&control)).collect(),
            visitor: self.visitor.clone(),
        }
    }
}

impl FormOnPage {
    /// Types a text into a field, or chooses a value.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.values.retain(|(known, _)| known != name);
        self.values.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ticks another box.
    pub(crate) fn tick(mut self, name: &str, value: &str) -> Self {
        self.values.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Presses the button without a name.
    pub(crate) fn submit(&self) -> Page {
        if self.method == "get" {
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.values).finish();
            return self.visitor.open(&format!("{}?{query}", self.action));
        }
        self.visitor.post(&self.action, &self.values)
    }

    /// Presses a button that sends a value.
    pub(crate) fn press(&self, name: &str, value: &str) -> Page {
        self.clone().set(name, value).submit()
    }
}

pub(crate) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

pub(crate) fn words(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the entries that a control sends (HTML standard, "constructing the entry list").
fn value_of(control: &ElementRef<'_>) -> Vec<(String, String)> {
    let Some(name) = control.value().attr("name") else { return Vec::new() };
    let value = |text: &str| vec![(name.to_owned(), text.to_owned())];
    match (control.value().name(), control.value().attr("type")) {
        ("input", Some("radio" | "checkbox")) if control.value().attr("checked").is_none() => Vec::new(),
        ("input", _) => value(control.value().attr("value").unwrap_or("on")),
        ("select", _) => {
            let chosen = control.select(&selector("option[selected]")).next();
            let first = || control.select(&selector("option")).next();
            chosen.or_else(first).map(|option| value(option.value().attr("value").unwrap())).unwrap_or_default()
        }
        // The parser drops the line break right after the tag.
        _ => value(&control.text().collect::<String>()),
    }
}
