//! Every path through the function that a citizen's words can take.

use crate::journeys::evidence::{ADDRESS, EMAIL, Evidence, FIELD, GROUP, HEADER, NAME, PATH, PHONE, STREET, TEXT};
use crate::journeys::filled;
use crate::journeys::lab::{Answer, Lab, request};
use crate::journeys::service::{Service, copied_content};
use crate::journeys::visitor::{FormOnPage, Page};
use crate::shared::sns::Topic;
use lambda_http::Request;

const SUBMIT: &str = "/indsend/bestil-en-betjent";

/// A walk along all paths, and the evidence it collects.
pub(super) struct Walk {
    pub(super) lab: Lab,
    pub(super) topic: Topic,
    pub(super) evidence: Evidence,
    form: FormOnPage,
    streets: u32,
}

/// Walks all paths.
pub(super) fn walk() -> Evidence {
    let content = copied_content();
    let topic = Topic::start();
    let lab = Lab::with(Service::start_with(content.path()), |settings| settings.events = topic.settings());
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let form = form.set("navn", NAME).set("telefon", PHONE).set("email", EMAIL).set("paa_vegne_af", GROUP);
    let form = form.set("beskrivelse", TEXT).set(FIELD, FIELD).set("fjern_cpr", "ja");
    let mut walk = Walk { lab, topic, evidence: Evidence::new(), form, streets: 0 };
    walk.received();
    walk.changed();
    walk.refused();
    walk.mail_fails();
    walk.delivery_notifications();
    walk.table_fails();
    walk.panics();
    walk.mailboxes_refuse();
    walk.closed(content.path());
    walk.left_behind();
    walk.evidence
}

impl Walk {
    /// Makes another request with the same words.
    fn another(&mut self) -> FormOnPage {
        self.streets += 1;
        let letter = |number: u32| char::from(b'a' + u8::try_from(number % 26).unwrap());
        let street = format!("{STREET} {}{}", letter(self.streets / 26), letter(self.streets));
        self.form.clone().set("vej", &street)
    }

    fn post(&mut self, form: &FormOnPage) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
        self.ask("form", request("POST", &format!("{SUBMIT}?{FIELD}={NAME}").replace(' ', "+"), ADDRESS, body))
    }

    pub(super) fn send(&mut self) -> Answer {
        let form = self.another().set("trin", "send");
        self.post(&form)
    }

    /// Sends a request as a browser that says much about its user, and searches the answer's headers.
    fn ask(&mut self, what: &str, request: Request) -> Answer {
        let answer = self.lab.ask(talkative(request));
        self.headers(what, &answer);
        answer
    }

    fn headers(&mut self, what: &str, answer: &Answer) {
        for (name, value) in &answer.headers {
            self.evidence.look("header", what, format!("{name}: {value}").as_bytes());
        }
    }

    /// Requests a page that must show nothing that was typed.
    pub(super) fn ask_for_silence(&mut self, what: &str, request: Request, status: u16) -> Answer {
        let answer = self.ask(what, request);
        assert_eq!(answer.status, status, "{what}");
        self.evidence.look("page", what, answer.html.as_bytes());
        answer
    }

    fn received(&mut self) {
        for step in ["", "ret"] {
            let form = self.another().set("trin", step);
            let shown = self.post(&form);
            assert!(shown.status == 200 && shown.html.contains(NAME), "what was typed is shown to who typed it");
        }
        let receipt = self.send();
        let path = receipt.header("location").unwrap().to_owned();
        self.ask_for_silence("receipt", request("GET", &path, ADDRESS, String::new()), 200);
        let held = self.another().set("trin", "send").set("hjemmeside", GROUP);
        assert_eq!(self.post(&held).status, 303);
        let danger = self.another().set("beskrivelse", "Kanariqfare: attacked me");
        assert!(self.post(&danger).html.contains("tel:112"));
        assert_eq!(self.post(&danger.set("trods_fare", "ja").set("trin", "send")).status, 303);
        assert!(self.lab.sweep().sent > 0);
    }

    /// Changes a request on its receipt page, and withdraws it.
    fn changed(&mut self) {
        let path = self.send().header("location").unwrap().to_owned();
        for (css, name, typed, status) in [
            ("#aendr-nummer", "telefon", NAME, 422),
            ("#aendr-nummer", "nonce", TEXT, 409),
            ("#aendr-nummer", "telefon", "20 30 40 50", 303),
            ("#aendr-nummer", "telefon", PHONE, 303),
            ("#aendr-tid", "ringetid", PATH, 422),
            ("#traek-tilbage", "slet", TEXT, 303),
        ] {
            let page = self.ask_for_silence("receipt", request("GET", &path, ADDRESS, String::new()), 200).html;
            let form = Page::kept(&self.lab.service.visitor(), &path, page).form_at(css).set(name, typed);
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
            assert_eq!(self.ask("change", request("POST", &path, ADDRESS, body)).status, status, "{css} {name}");
        }
    }

    fn refused(&mut self) {
        let wrong = self.another().set("telefon", "31 87 65 43 210").set("email", "kanariqpost@");
        assert_eq!(self.post(&wrong).status, 422);
        let cpr = self.another().set("fjern_cpr", "");
        assert_eq!(self.post(&cpr).status, 422);
        let limited = self.lab.beside(|settings| settings.limit = Some(1));
        let before = std::mem::replace(&mut self.lab.function, limited);
        assert_eq!(self.send().status, 303);
        let too_many = self.send();
        assert_eq!(too_many.status, 429);
        assert!(too_many.html.contains(NAME), "what was typed is shown to who typed it");
        self.lab.function = before;
        let body = || format!("navn={NAME}&{FIELD}={FIELD}");
        for (method, path, status) in [
            ("GET", format!("/kvittering/{PATH}"), 404),
            ("GET", format!("/{PATH}/{FIELD}?{FIELD}={PATH}"), 404),
            ("POST", format!("/indsend/{PATH}"), 404),
            ("POST", format!("/kvittering/{PATH}"), 404),
            ("GET", format!("{SUBMIT}?kreds={PATH}&sprog={PATH}"), 303),
            ("DELETE", format!("{SUBMIT}?{PATH}"), 405),
        ] {
            self.ask_for_silence(&path.replace(PATH, "…"), request(method, &path, ADDRESS, body()), status);
        }
        let found = self.ask("search", request("GET", &format!("/find-kreds?sted={PATH}"), ADDRESS, String::new()));
        assert_eq!(found.status, 200);
        for (header, value, status) in
            [("origin", format!("https://{PATH}.example"), 403), ("content-type", PATH.into(), 415)]
        {
            let mut request = request("POST", SUBMIT, ADDRESS, body());
            request.headers_mut().insert(header, value.parse().unwrap());
            self.ask_for_silence(header, request, status);
        }
        self.ask_for_silence("large", request("POST", SUBMIT, ADDRESS, TEXT.repeat(20_000)), 413);
    }

    fn closed(&mut self, content: &std::path::Path) {
        for file in ["kreds.md", "kreds.en.md"] {
            let path = content.join("kredse/oestjylland").join(file);
            let page = std::fs::read_to_string(&path).unwrap();
            std::fs::write(path, page.replacen("---\n", "---\nlukket:\n  bestil-en-betjent: Lukket.\n", 1)).unwrap();
        }
        self.lab.publish(content);
        let closed = self.send();
        assert_eq!(closed.status, 503);
        assert!(closed.html.contains(NAME), "what was typed is shown to who typed it");
    }
}

fn talkative(mut request: Request) -> Request {
    for name in ["user-agent", "referer", "cookie", "x-forwarded-for", "accept-language", FIELD] {
        request.headers_mut().insert(name, format!("https://{HEADER}.example/{NAME}").parse().unwrap());
    }
    request
}
