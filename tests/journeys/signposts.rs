//! The right form first: a citizen whose matter is for others is sent there, and cannot submit it here.

use crate::journeys::filled::{call, open};
use crate::journeys::service::Service;

#[test]
fn each_answer_to_the_question_leads_to_the_form_or_elsewhere() {
    let service = Service::start();
    for (prefix, answers) in [
        (
            "",
            [
                "Nogen er i fare",
                "Et tyveri",
                "En færdselsulykke",
                "Et skilt",
                "Parkering",
                "Tryghed eller",
                "Måden, folk",
            ],
        ),
        ("/en", ["Someone is in", "A theft", "A road accident", "A broken sign", "Parking", "Safety or", "How people"]),
    ] {
        for form in ["bestil-en-betjent", "bestil-en-faerdselskontrol"] {
            let question = service.visitor().open(&format!("{prefix}/fyn/{form}/"));
            assert_eq!(question.texts_at(".answers li").len(), answers.len(), "{}", question.text());
            for (place, answer) in answers.into_iter().enumerate() {
                let page = question.follow(answer);
                assert_eq!(page.status, 200, "{answer}");
                let number = ["112", "114", "114"].get(place);
                if place < 5 {
                    assert!(page.path.starts_with(&format!("{prefix}/fyn/{form}/")), "{}", page.path);
                    assert!(!page.has("form") && !page.has("button"), "{answer} leads to something to send");
                    let call = page.has("main a.button[href^='tel:']");
                    assert_eq!(call, number.is_some(), "{answer}");
                    let says = number.map_or("Faaborg-Midtfyn", |number| number);
                    assert!(page.text_at("main").contains(says), "{answer}: {}", page.text());
                    assert_eq!(page.follow(if prefix.is_empty() { "Tilbage" } else { "Back" }).path, question.path);
                } else {
                    let leads_to = if place == 5 { "bestil-en-betjent" } else { "bestil-en-faerdselskontrol" };
                    assert_eq!(page.path, format!("{prefix}/fyn/{leads_to}/formular/"));
                    assert!(page.has("form"));
                }
            }
        }
    }
}

#[test]
fn an_answer_that_bypasses_the_question_gets_its_page_and_is_not_stored() {
    let service = Service::start();
    let signpost = service.visitor().open("/oestjylland/bestil-en-betjent/").follow("Et tyveri");
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    for (answer, number) in [("tyveri", "114"), ("ulykke", "114"), ("akut", "112"), ("parkering", "kommunen")] {
        for step in ["gennemse", "send"] {
            let refused = form.clone().set("anledning", answer).press("trin", step);
            assert_eq!(refused.status, 422, "{answer}");
            assert!(refused.text_at("main").contains(number), "{}", refused.text());
            assert!(!refused.has("form") && !refused.has("button"), "{answer}");
            if answer == "tyveri" {
                assert_eq!(refused.text_at("main"), signpost.text_at("main"));
            }
        }
    }
    assert_eq!(service.sweep().sent, 0);
    assert!(service.mails().is_empty());
    // An unknown code is no reason to lose a request.
    let received = form.set("anledning", "noget-andet").press("trin", "send");
    assert!(received.has(".reference-number"), "{}", received.text());
}
