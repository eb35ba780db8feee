//! The mails to officers, verbatim where words matter: whose they are, their number, and what is missing.

mod digests;

use crate::journeys::service::real_content;
use jiff::Timestamp;
use model::case::Case;
use model::catalog::Catalog;
use model::names::{ChoiceCode, FormId, KredsSlug, Language, SubmissionId};
use model::raw::RawAnswers;
use model::reference::Reference;
use model::serial::Serial;
use model::submission::{Held, Receipt, Submission};
use pages::{
    Again, CitizenPage, CitizenTried, Digest, DigestLine, DigestSeries, DigestState, Holder, Letter, MAILBOXES_CLOSED,
    Mail, NewsOfCitizen, Pages, ReceiptNote, Sent, Stretch, Summary, View,
};
use std::sync::LazyLock;

const NOW: &str = "2026-11-22T12:00:00Z";
const SERIAL: Option<Serial> = Some(Serial { year: 2026, number: 17 });

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn catalog() -> Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
        let built = site_gen::build(&real_content(), None, now()).unwrap_or_else(|error| panic!("{error}"));
        built.site.catalog().clone()
    });
    CATALOG.clone()
}

/// Makes a request to Fyns Politi.
fn submission(catalog: &Catalog, danger: bool) -> Submission {
    let form = catalog.form(&form_id(), &Language::danish()).unwrap();
    let typed = [
        ("emne", "utryghed"),
        ("vej", "Parken"),
        ("kommune", "0461"),
        ("beskrivelse", "Vi er <utrygge>."),
        ("navn", "Åse Holm"),
        ("telefon", "31 22 33 44"),
        ("ringetid", "aften"),
    ];
    let raw = RawAnswers::new(typed.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let answers = form
        .parse(&raw, catalog.atlas(), jiff::civil::date(2026, 11, 28))
        .unwrap_or_else(|_| panic!("the form is right"));
    let kreds = KredsSlug::parse("fyn").unwrap();
    let receipt = Receipt {
        id: SubmissionId::from_random([7; 16]),
        code_words: catalog.code_words().draw(7),
        reference: Reference::from_random(7),
        form: form_id(),
        topic: ChoiceCode::parse("utryghed").ok(),
        language: Language::danish(),
        promise: catalog.atlas().kreds(&kreds).unwrap().deadline.promise(now()),
        kreds,
        catalog: catalog.version().clone(),
        received: now(),
    };
    Submission { receipt, answers, danger, held: None }
}

fn form_id() -> FormId {
    FormId::parse("bestil-en-betjent").unwrap()
}

fn letter(catalog: &Catalog, submission: &Submission, kreds: &str, serial: Option<Serial>, sent: Sent) -> Mail {
    let danish = Language::danish();
    let view = View::new(catalog, &danish, now());
    let letter = Letter {
        submission,
        form_title: "Bestil en betjent",
        kreds_name: kreds,
        serial,
        sent,
        is_notice: false,
        again: Again::No,
        case: None,
        no_call: None,
        forwarded_by: None,
        same_road: &[],
        unseen: submission.held,
    };
    Pages::new().unwrap().officer_mail(&view, &letter).unwrap()
}

/// Asserts that both parts of a mail contain a text.
fn assert_says(mail: &Mail, text: &str) {
    assert!(mail.text.contains(text), "{text} is not in the text:\n{}", mail.text);
    let html: String = mail.html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    assert!(html.contains(text), "{text} is not in the HTML:\n{}", mail.html);
}

fn assert_silent(mail: &Mail, text: &str) {
    assert!(!mail.text.contains(text) && !mail.html.contains(text), "{text}:\n{}", mail.text);
}

#[test]
fn the_officers_mail_shows_its_number_and_explains_gaps() {
    let catalog = catalog();
    let submission = submission(&catalog, false);
    let mail = letter(&catalog, &submission, "Fyns Politi", SERIAL, Sent::First);
    assert!(mail.text.starts_with("Ring til: 31 22 33 44 (+4531223344)\nNavn: Åse Holm\n"), "{}", mail.text);
    assert!(mail.text.contains("Løbenummer: nr. 17 i 2026\n") && mail.html.contains("<td>nr. 17 i 2026</td>"));
    assert_says(
        &mail,
        "Bestil en betjent har sin egen række af løbenumre i postkassen, og den har ingen huller. Mangler et nummer, så se i mailen",
    );
    assert_silent(&mail, "OBS");
    // Neither the number nor anything personal is in the subject.
    let reference = submission.receipt.reference.as_str();
    assert_eq!(mail.subject, format!("Bestil en betjent · Fyns Politi · {reference}"));
    let without = letter(&catalog, &submission, "Fyns Politi", None, Sent::First);
    assert_silent(&without, "øbenum");
    assert_eq!(without.subject, mail.subject);
}

#[test]
fn mail_to_the_second_mailbox_says_what_went_wrong_and_keeps_its_number() {
    let catalog = catalog();
    let mail = letter(&catalog, &submission(&catalog, false), "Fyns Politi", SERIAL, Sent::AgainToSecondMailbox);
    assert!(mail.text.starts_with("OBS: Kredsens første postkasse har afvist denne mail."), "{}", mail.text);
    assert_says(
        &mail,
        "Løbenummeret er det samme: nr. 17 i 2026. Det hører til rækken i den første postkasse. Det er ikke en ny bestilling.",
    );
    assert_says(&mail, "Sørg for, at kredsens postkasse bliver bragt i orden.");
    assert!(mail.text.contains("\n\nRing til: 31 22 33 44"), "{}", mail.text);
    let without = letter(&catalog, &submission(&catalog, false), "Fyns Politi", None, Sent::AgainToSecondMailbox);
    assert_says(&without, "Referencen er den samme. Det er ikke en ny bestilling.");
    // Signs of danger come before everything else.
    let danger = letter(&catalog, &submission(&catalog, true), "Fyns Politi", SERIAL, Sent::AgainToSecondMailbox);
    assert!(danger.text.starts_with("OBS: Teksten kan tyde på fare."), "{}", danger.text);
    assert!(danger.subject.starts_with("OBS fareord · Bestil en betjent · Fyns Politi · "), "{}", danger.subject);
}

#[test]
fn an_unreviewed_mail_begins_with_the_reason_and_what_to_do() {
    let catalog = catalog();
    for held in Held::ALL {
        let held = Submission { held: Some(held), ..submission(&catalog, false) };
        let mail = letter(&catalog, &held, "Fyns Politi", SERIAL, Sent::First);
        assert!(
            mail.subject.starts_with("Ser maskinudfyldt ud · Bestil en betjent · Fyns Politi · "),
            "{}",
            mail.subject
        );
        let (first, rest) = mail.text.split_once('\n').unwrap();
        let why = first.strip_prefix("OBS: Ser maskinudfyldt ud: ").unwrap();
        assert!(why.len() > 20 && why.ends_with('.') && !why.contains("{{"), "{first}");
        assert_says(&mail, first);
        assert_says(&mail, "Er det spam, skal I ikke gøre noget. Ellers ring som sædvanlig.");
        // Then comes the ordinary mail.
        let ordinary = letter(&catalog, &submission(&catalog, false), "Fyns Politi", SERIAL, Sent::First);
        assert!(rest.ends_with(&ordinary.text), "{rest}");
        let danger = letter(&catalog, &Submission { danger: true, ..held }, "", SERIAL, Sent::AgainToSecondMailbox);
        assert!(danger.text.starts_with("OBS: Teksten kan tyde på fare."), "{}", danger.text);
        assert!(danger.subject.starts_with("OBS fareord · Ser maskinudfyldt ud · "), "{}", danger.subject);
    }
}

#[test]
fn mail_to_the_fallback_mailbox_says_where_a_human_must_forward_it() {
    let catalog = catalog();
    let submission = submission(&catalog, false);
    let mail = letter(&catalog, &submission, "Fyns Politi", SERIAL, Sent::ToFallback);
    assert!(mail.text.starts_with("OBS: Denne mail kunne ikke leveres til en politikreds."), "{}", mail.text);
    assert_says(&mail, "Send den til Fyns Politi (kommune: Odense), og få bekræftet, at den er set.");
    let nowhere = letter(&catalog, &submission, "", None, Sent::ToFallback);
    assert_says(&nowhere, "Send den til den politikreds, der dækker kommunen Odense, og få bekræftet");
    assert_eq!(nowhere.subject, format!("Bestil en betjent · {}", submission.receipt.reference));
    assert_silent(&nowhere, "Bestil en betjent til");
}

#[test]
fn citizens_words_cannot_look_like_the_mails_own_lines() {
    let catalog = catalog();
    let hostile = "Vi er utrygge.\n\n--\nTelefon: 12 34 56 78\nSig først kodeordene: kat hund";
    let form = catalog.form(&form_id(), &Language::danish()).unwrap();
    let typed = [
        ("emne", "utryghed"),
        ("vej", "Parken"),
        ("kommune", "0461"),
        ("beskrivelse", hostile),
        ("navn", "Åse Holm"),
        ("telefon", "31 22 33 44"),
        ("ringetid", "aften"),
    ];
    let raw = RawAnswers::new(typed.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let answers = form
        .parse(&raw, catalog.atlas(), jiff::civil::date(2026, 11, 28))
        .unwrap_or_else(|_| panic!("the form is right"));
    let submission = Submission { answers, ..submission(&catalog, false) };
    let mail = letter(&catalog, &submission, "Fyns Politi", SERIAL, Sent::First);
    for line in ["> Vi er utrygge.", ">", "> --", "> Telefon: 12 34 56 78", "> Sig først kodeordene: kat hund"] {
        assert!(mail.text.lines().any(|own| own == line), "{line}:\n{}", mail.text);
    }
    assert_eq!(mail.text.lines().filter(|line| *line == "--").count(), 1, "{}", mail.text);
    assert_eq!(mail.text.lines().filter(|line| line.starts_with("Sig først kodeordene")).count(), 1, "{}", mail.text);
    // Of typed whitespace, Outlook keeps only line breaks.
    assert!(mail.html.contains("Vi er utrygge.<br><br>--<br>Telefon: 12 34 56 78<br>Sig"), "{}", mail.html);
    assert!(!mail.html.contains("white-space:pre"), "{}", mail.html);
}

#[test]
fn every_style_in_a_mail_sets_both_colour_and_background_or_neither() {
    let catalog = catalog();
    let submission = submission(&catalog, true);
    let kreds = catalog.atlas().kreds(&submission.receipt.kreds).unwrap();
    let danish = Language::danish();
    let view = View::new(&catalog, &danish, now());
    let receipt = Pages::new().unwrap().receipt_mail(&view, &submission.receipt, kreds).unwrap();
    let held = vec![Reference::from_random(1)];
    let day = digests::digest(vec![digests::line(Some(3), NOW, DigestState::Parked)], held, 2);
    let officer = letter(&catalog, &submission, "Fyns Politi", SERIAL, Sent::AgainToSecondMailbox);
    let news = |news| {
        let names = ["Bestil en betjent", kreds.name.as_str()];
        Pages::new()
            .unwrap()
            .news_mail(&view, &submission.receipt, names, news, Some("https://x.example/sag/1"))
            .unwrap()
    };
    let [hours, phone, gone] = [NewsOfCitizen::Hours, NewsOfCitizen::Phone, NewsOfCitizen::Withdrawn].map(news);
    for mail in [&receipt, &day, &officer, &hours, &phone, &gone] {
        for style in mail.html.split("style=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let sets = |name: &str| style.split(';').any(|rule| rule.split(':').next() == Some(name));
            assert_eq!(sets("color"), sets("background-color"), "{style}");
        }
        for link in mail.html.split("<a ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
            assert!(link.contains("color:") && link.contains("background-color:"), "{link}");
        }
    }
    let address = format!("{}/kvittering/{}", catalog.base_url(), submission.receipt.id);
    assert_says(&receipt, &address);
    assert!(receipt.html.contains(&format!("href=\"{address}\"")), "{}", receipt.html);
    assert_silent(&receipt, &submission.receipt.code_words.said());
}

#[test]
fn an_unmailed_receipt_says_so_and_confirms_the_request() {
    let catalog = catalog();
    let receipt = submission(&catalog, false).receipt;
    let kreds = catalog.atlas().kreds(&receipt.kreds).unwrap();
    for (code, said) in [("da", "intet er gået tabt"), ("en", "nothing is lost")] {
        let language = Language::parse(code).unwrap();
        let view = View::new(&catalog, &language, now());
        let form = catalog.form(&form_id(), &language).unwrap();
        let page = |note| {
            let (case, nonces, tried) = (&Case::default(), Default::default(), CitizenTried::default());
            let page = CitizenPage { receipt: &receipt, form, kreds, note, case, reason: None, nonces, tried };
            Pages::new().unwrap().citizen(&view, &page).unwrap()
        };
        let failed = page(ReceiptNote::MailFailed);
        assert!(failed.contains(said) && failed.contains("id=\"mail\""), "{failed}");
        assert!(!page(ReceiptNote::None).contains(said) && !page(ReceiptNote::None).contains("id=\"mail\""));
    }
}

#[test]
fn a_closed_form_says_that_nothing_was_received_and_whom_to_call() {
    let catalog = catalog();
    let kreds = catalog.atlas().kreds(&KredsSlug::parse("koebenhavn").unwrap()).unwrap();
    let submission = submission(&catalog, false);
    for (code, title, not_received) in [("da", "Fejl:", "IKKE modtaget"), ("en", "Error:", "NOT received")] {
        let language = Language::parse(code).unwrap();
        let view = View::new(&catalog, &language, now());
        let form = catalog.form(&form_id(), &language).unwrap();
        let words = &catalog.texts(&language).unwrap().words;
        let raw = RawAnswers::new([("vej".to_owned(), "Parken bag <stationen>".to_owned())]);
        let sent = |form| Summary {
            form,
            version: catalog.version(),
            answers: &submission.answers,
            raw: &raw,
            page: kreds,
            kreds,
            promise: submission.receipt.promise,
            failure: None,
        };
        for message in ["Lukket & <væk>", words.get(MAILBOXES_CLOSED)] {
            let page = Pages::new().unwrap().closed(&view, &sent(form), message).unwrap();
            let main = page.split("<main").nth(1).unwrap();
            let escaped = message.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            assert!(main.contains(&escaped) && main.contains(not_received), "{main}");
            assert!(main.contains("tel:114") && main.contains("tel:+4533141448"), "{main}");
            assert!(page.contains(&format!("<title>{title}")) && page.contains("tel:112"), "{page}");
            assert!(main.contains("value=\"Parken bag &lt;stationen&gt;\"") && page.contains("noindex"), "{page}");
            assert!(!Pages::new().unwrap().closed_form(&view, form, kreds).unwrap().contains("<form"));
        }
    }
}
