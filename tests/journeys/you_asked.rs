//! You asked, we did: from requests about a road and a noted control to a page, a feed and one mail to each citizen.

mod lost;

use crate::journeys::filled::{call, open_in, traffic};
use crate::journeys::mailbox::Mail;
use crate::journeys::operator_tool::{json, operator, reference};
use crate::journeys::service::{Service, copied_content};
use crate::journeys::visitor::FormOnPage;
use jiff::{SignedDuration, ToSpan};
use model::deadline::danish_day;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const FORM: &str = "bestil-en-faerdselskontrol";
const DAY: SignedDuration = SignedDuration::from_hours(24);
const PAGE: &str = "public/oestjylland/her-var-vi/index.html";

struct Story {
    service: Service,
    content: TempDir,
    /// The references of the requests: in Danish, in English, about another road, in another kommune, without an
    /// address, in Danish once more, and after the control.
    asked: Vec<String>,
}

/// Opens the officer's form behind the link in the mail about a request.
fn form(service: &Service, path: &str) -> FormOnPage {
    service.visitor().open(path).form_at("#valg")
}

/// Requests came five days ago, a control was held and noted for two of them four days ago, and now it is drafted.
fn story() -> Story {
    let content = copied_content();
    let service = Service::start_with(content.path());
    service.wait(DAY * -5);
    let mut asked = Vec::new();
    let mut ask = |prefix: &str, road: &str, kommune: &str, email: &str| {
        let form = traffic(open_in(&service.visitor(), prefix, "oestjylland", FORM));
        let form = form.set("vej", road).set("kommune", kommune).set("navn", &format!("Navn {email}"));
        let form = form.set("telefon", &format!("20 12 34 5{}", asked.len()));
        let receipt = form.set("email", email).press("trin", "send");
        service.wait(SignedDuration::from_secs(1));
        asked.push(reference(&receipt));
    };
    ask("", "Grenåvej", "0751", "da@borger.example");
    ask("/en", "grenaavej v. nr 14, hos Birthe Los", "0751", "en@borger.example");
    ask("", "Ringgaden", "0751", "anden-vej@borger.example");
    ask("", "Grenåvej", "0710", "anden-kommune@borger.example");
    ask("", "Grenåvej", "0751", "");
    ask("", "Grenå vej", "0751", "DA@borger.example");
    let visited = call(open_in(&service.visitor(), "", "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let visited = reference(&visited.set("vej", "Skovvej").press("trin", "send"));
    service.sweep();
    service.wait(DAY);
    ask("", "Grenåvej", "0751", "senere@borger.example");
    service.sweep();
    let link = |reference: &str| {
        let is_its = |mail: &Mail| mail.message_id.starts_with(&format!("{reference}.kreds@"));
        let mail = service.mails().into_iter().find(is_its).unwrap();
        let line = mail.text.lines().find(|line| line.contains("/sag/")).unwrap().to_owned();
        line[line.find("/sag/").unwrap()..].to_owned()
    };
    let day = danish_day(service.now());
    // A mistake changes nothing, and keeps what was typed.
    let (first, second) = (link(&asked[0]), link(&asked[1]));
    let typed = form(&service, &first).set("valg", "afholdt").set("dato", &day.strftime("%-d.%-m.%Y").to_string());
    let typed = typed.set("tid", "0.00").set("minutter", "60").set("koeretoejer", "212").set("boeder", "12");
    let refused = typed.set("for_hurtigt", "1.212").submit();
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("Det kan ikke være større end antallet af køretøjer"), "{}", refused.text());
    let again = refused.form_at("#valg");
    assert_eq!([again.value("for_hurtigt"), again.value("koeretoejer")], [Some("1.212"), Some("212")]);
    let noted = again.set("for_hurtigt", "31").submit().text();
    assert!(noted.contains("Kontrolleret i alt: 212, Kørte for hurtigt: 31, Fik en bøde: 12"), "{noted}");
    assert!(
        form(&service, &second).set("valg", "afholdt").submit().text().contains("Noteret: Kontrol eller besøg afholdt")
    );
    // A visit to a citizen is not a control.
    form(&service, &link(&visited)).set("valg", "afholdt").submit();
    let month = day.strftime("%Y-%m").to_string();
    let audit = service.run(service.function().store().audit_of(&month)).unwrap();
    let said = format!("measure done: {day}, 00:00, 60 minutes, 212 vehicles, 31 over the limit, 12 fined");
    assert!(audit.iter().any(|line| line.what == said), "{said}");
    service.wait(DAY * 4);
    let story = Story { service, content, asked };
    let out = story.content.path().to_str().unwrap();
    let said = json(&story.service, &["controls", "oestjylland", "--out", out]);
    assert_eq!(said["written"], serde_json::json!([format!("{day}-grenaavej.md")]));
    // Whoever has deleted a number hears of it, and nothing is changed.
    story.edit("boeder: 12\n", "");
    let again = json(&story.service, &["controls", "oestjylland", "--out", out]);
    assert_eq!(again["differing"], serde_json::json!([format!("{day}-grenaavej.md does not say boeder: 12")]));
    story.edit("for_hurtigt", "boeder: 12\nfor_hurtigt");
    let again = operator(&story.service, &["controls", "oestjylland", "--out", out]);
    assert!(again.out.contains("No control of oestjylland in the last 90 days is without a file."), "{}", again.out);
    let draft = std::fs::read_to_string(story.file()).unwrap();
    assert!(!draft.contains("Birthe") && !draft.contains("14,"), "{draft}");
    // The editor knows by it which requests it was noted for; nothing that is published says so.
    let requests = draft.lines().find(|line| line.starts_with("# Bestillinger: ")).unwrap();
    assert!(requests.contains(&story.asked[0]) && requests.contains(&story.asked[1]), "{draft}");
    assert!(story.site(PAGE).is_none() && story.mails_about_controls().is_empty(), "a draft shows nowhere");
    story
}

impl Story {
    fn file(&self) -> PathBuf {
        let folder = self.content.path().join("kredse/oestjylland/her-var-vi");
        std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
    }

    /// Changes the draft, as an editor does.
    fn edit(&self, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.file()).unwrap();
        assert!(text.contains(from), "{text}");
        std::fs::write(self.file(), text.replacen(from, to, 1)).unwrap();
    }

    /// Builds the site now, and returns a file of it.
    fn site(&self, path: &str) -> Option<String> {
        let address = Some(self.service.running().address.as_str());
        let now = self.service.now();
        let built =
            site_gen::build(Path::new(self.content.path()), address, now).unwrap_or_else(|error| panic!("{error}"));
        let file = built.files.into_iter().find(|file| file.path == path)?;
        Some(String::from_utf8(file.bytes.to_vec()).unwrap())
    }

    /// Publishes the content, and lets the schedule run.
    fn publish(&self) {
        let built = site_gen::build(self.content.path(), Some(&self.service.running().address), self.service.now());
        let file = self.content.path().join("catalog.json");
        std::fs::write(&file, built.unwrap_or_else(|error| panic!("{error}")).site.catalog().to_json()).unwrap();
        assert_eq!(operator(&self.service, &["publish-catalog", file.to_str().unwrap()]).code, 0);
        std::fs::remove_file(file).unwrap();
        self.later();
    }

    fn later(&self) {
        for _ in 0..3 {
            self.service.wait(SignedDuration::from_secs(61));
            self.service.sweep();
        }
    }

    /// Returns the mails about controls that went out so far.
    fn mails_about_controls(&self) -> Vec<(String, Mail)> {
        let name = |mail: &Mail| mail.message_id.split('@').next().unwrap().to_owned();
        let mails = self.service.mails().into_iter().map(|mail| (name(&mail), mail));
        let mut mails: Vec<(String, Mail)> = mails.filter(|(name, _)| name.ends_with(".kontrol")).collect();
        mails.sort_by_key(|(name, _)| self.asked.iter().position(|asked| name.starts_with(asked)));
        mails
    }

    fn names(&self) -> Vec<String> {
        self.mails_about_controls().into_iter().map(|(name, _)| name).collect()
    }
}

#[test]
fn a_noted_control_is_published_and_each_citizen_who_asked_gets_one_mail() {
    let story = story();
    story.publish();
    assert_eq!(story.names(), [""; 0]);
    story.edit("kladde: ja\n", "");
    story.edit("vej: Grenaavej", "vej: Grenåvej");
    let text = std::fs::read_to_string(story.file()).unwrap();
    std::fs::write(story.file(), format!("{text}\nTak for hjælpen.\n")).unwrap();
    // Nothing goes out before the content is in force, however often the schedule runs.
    story.later();
    assert_eq!(story.names(), [""; 0]);
    let page = story.site(PAGE).unwrap();
    let published = [PAGE, "public/oestjylland/her-var-vi.atom", "catalog.json"].map(|path| story.site(path).unwrap());
    assert!(published.iter().all(|text| !text.contains(&story.asked[0]) && !text.contains("Bestillinger:")));
    for part in ["<h2>Grenåvej, Aarhus</h2>", "<dd>212</dd>", "<dd>31</dd>", "<dd>12</dd>", "Tak for hjælpen."] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(story.site("public/oestjylland/index.html").unwrap().contains("/oestjylland/her-var-vi/"));
    assert!(story.site("public/oestjylland/her-var-vi.atom").unwrap().contains("Kørte for hurtigt: 31"));
    story.publish();
    let expected = [0, 1].map(|place: usize| format!("{}.kontrol", story.asked[place]));
    assert_eq!(story.names(), expected);
    let [danish, english] = [0, 1].map(|place: usize| story.mails_about_controls()[place].1.clone());
    assert_eq!([danish.to.as_str(), english.to.as_str()], ["da@borger.example", "en@borger.example"]);
    let words = danish.words();
    for part in [
        "Østjyllands Politi har holdt kontrol her: Grenåvej, Aarhus,",
        "Kontrolleret i alt: 212",
        "Kørte for hurtigt: 31",
        "Fik en bøde: 12",
        "Du får kun denne ene mail om kontroller på vejen.",
        "/oestjylland/her-var-vi/#20",
        story.asked[0].as_str(),
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(danish.subject.starts_with("Vi har holdt kontrol, "), "{}", danish.subject);
    assert!(
        english.words().contains("Vehicles checked: 212") && english.words().contains("/en/oestjylland/her-var-vi/#20")
    );
    for (_, mail) in story.mails_about_controls() {
        for word in ["Birthe", "nr 14", "grenaavej v", "Navn ", "Tak for hjælpen"] {
            assert!(!mail.text.contains(word) && !mail.html.contains(word), "{word}: {}", mail.text);
        }
    }
    // Another control there, or a corrected one, notifies nobody again.
    let text = std::fs::read_to_string(story.file()).unwrap();
    let today = danish_day(story.service.now());
    let yesterday = today.saturating_sub(1.day());
    let dated = text
        .lines()
        .map(|line| if line.starts_with("dato: ") { format!("dato: {yesterday}") } else { line.to_owned() });
    let next: Vec<String> = dated.collect();
    std::fs::write(story.file().with_file_name("igen.md"), next.join("\n")).unwrap();
    story.publish();
    // But those who asked between the two are notified of the second.
    let late = format!("{}.kontrol", story.asked[6]);
    assert_eq!(story.names(), [&expected[..], &[late]].concat());
    story.later();
    assert_eq!(story.names().len(), 3);
}

#[test]
fn a_request_between_two_controls_of_a_day_is_mailed_about_the_second() {
    let story = story();
    story.edit("kladde: ja\n", "");
    story.publish();
    assert_eq!(story.names().len(), 2);
    let text = std::fs::read_to_string(story.file()).unwrap();
    std::fs::write(story.file().with_file_name("igen.md"), text.replace("tid: 0.00\n", "tid: 23.59\n")).unwrap();
    story.publish();
    assert_eq!(story.names()[2..], [format!("{}.kontrol", story.asked[6])]);
}

#[test]
fn a_future_control_is_shown_nowhere_and_mailed_to_nobody() {
    let story = story();
    let today = danish_day(story.service.now());
    story.edit("kladde: ja\n", &format!("fra: {}\n", today.saturating_add(2.days())));
    story.publish();
    for path in [PAGE, "public/oestjylland/her-var-vi.atom", "public/en/oestjylland/her-var-vi/index.html"] {
        assert!(story.site(path).is_none(), "{path}");
    }
    for path in ["public/oestjylland/index.html", "public/sitemap.xml", "catalog.json"] {
        assert!(!story.site(path).unwrap().contains("her-var-vi"), "{path}");
    }
    assert!(!story.site("catalog.json").unwrap().contains("\"controls\""));
    // Its time comes, but nobody has published since: still nothing.
    story.service.wait(DAY * 2);
    story.later();
    assert_eq!(story.names(), [""; 0]);
    story.publish();
    assert!(story.site(PAGE).is_some());
    assert_eq!(story.names().len(), 2);
}

#[test]
fn a_withdrawn_or_erased_request_gets_no_mail_about_a_control() {
    let story = story();
    let id = |place: usize| {
        let reference = model::reference::Reference::parse(&story.asked[place]).unwrap();
        story.service.run(story.service.function().store().by_reference(&reference)).unwrap().unwrap()
    };
    let receipt = story.service.visitor().open(&format!("/kvittering/{}", id(0)));
    let withdrawn = receipt.form_at("#traek-tilbage").set("slet", "ja").submit();
    assert!(withdrawn.text().contains("Din bestilling er trukket tilbage"), "{}", withdrawn.text());
    story.service.run(story.service.function().erase(&id(1), "anna")).unwrap().unwrap();
    story.edit("kladde: ja\n", "");
    story.publish();
    // The other request of the first still stands.
    assert_eq!(story.names(), [format!("{}.kontrol", story.asked[5])]);
}
