//! A form that a kreds closes in its content: at once, with the same words everywhere, and for no other kreds.

use crate::journeys::lab::Lab;
use crate::journeys::promises::chosen;
use crate::journeys::service::{Service, copied_content};
use crate::journeys::{dump, filled};
use std::path::Path;

const TEXTS: [(&str, &str, &str); 2] = [
    ("", "kreds.md", "Vi tager ikke imod forslag & bestillinger <lige nu>."),
    ("/en", "kreds.en.md", "We receive no suggestions & requests <right now>."),
];
const FORM: &str = "bestil-en-faerdselskontrol";

/// Closes the traffic form of Fyns Politi.
fn close(content: &Path) {
    for (_, file, text) in TEXTS {
        let path = content.join("kredse/fyn").join(file);
        let page = std::fs::read_to_string(&path).unwrap();
        let lines = format!("---\nlukket:\n  {FORM}: \"{text}\"\n");
        std::fs::write(path, page.replacen("---\n", &lines, 1)).unwrap();
    }
}

#[test]
fn a_closed_form_is_refused_in_the_pages_words_once_content_is_in_force() {
    let content = copied_content();
    let mut lab = Lab::with(Service::start_with(content.path()), |_| {});
    let visitor = lab.service.visitor();
    let open: Vec<_> = TEXTS.iter().map(|(prefix, ..)| filled::open_in(&visitor, prefix, "fyn", FORM)).collect();
    let forms: Vec<_> = open.into_iter().map(|form| filled::traffic(form).set("postnr", "Odense")).collect();
    assert_eq!(lab.send("192.0.2.1", &forms[0]).status, 303);
    // Started forms are counted anonymously, which is not storing.
    let is_stored = |item: &&dump::Item| !dump::text(item, "pk").starts_with("FIGURES#");
    let count = |lab: &Lab| dump::tables(lab).iter().flatten().filter(is_stored).count();

    close(content.path());
    lab.publish(content.path());
    let before = count(&lab);
    for (form, (_, _, text)) in forms.iter().zip(TEXTS) {
        let form = form.clone().set("vej", "En anden vej");
        // Already at the summary, so that nobody reads it in vain.
        for step in ["send", ""] {
            let answer = lab.service.visitor().post(&form.action, &form.clone().set("trin", step).values);
            assert_eq!(answer.status, 503, "{}", answer.text());
            assert!(answer.text().contains(text) && answer.has("main a[href='tel:114']"), "{}", answer.text());
            // The typed text can go to another kreds.
            let kept = answer.form().press("trin", "ret");
            assert_eq!(kept.form().value("vej"), Some("En anden vej"));
        }
        let answer = lab.send("192.0.2.1", &form);
        assert_eq!(answer.status, 503);
        assert!(answer.text().contains(text), "{}", answer.text());
    }
    assert!(lab.send("192.0.2.1", &forms[0].clone().set("vej", "En tredje")).text().contains("IKKE modtaget"));
    assert_eq!(count(&lab), before, "nothing is stored");

    // Also from another kreds's page. This kreds's other form and another kreds's form stay open.
    let elsewhere = filled::traffic(lab.open("bornholm", FORM));
    assert_eq!(lab.send("192.0.2.1", &elsewhere.clone().set("postnr", "Odense")).status, 503);
    assert_eq!(lab.send("192.0.2.1", &elsewhere.set("postnr", "Bornholm")).status, 303);
    let call = filled::call(lab.open("fyn", "bestil-en-betjent")).set("postnr", "Odense");
    assert_eq!(lab.send("192.0.2.1", &call).status, 303);
    lab.sweep();
    // Officers cannot forward a request there either: nobody would call.
    let mail = lab.post.mails().into_iter().find(|mail| mail.to == "faerdsel@bornholm.politi.example").unwrap();
    let text = mail.mail().text;
    let path = text.lines().find_map(|line| Some(&line[line.find("/sag/")?..])).unwrap();
    let page = lab.get(path).html;
    assert!(page.contains("<option value=\"nordjylland\"") && !page.contains("<option value=\"fyn\""), "{page}");
    let refused = chosen(&lab, path, &[("valg", "videre"), ("til", "fyn")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("modtager ikke den slags bestillinger for tiden"), "{}", refused.text());
    assert_eq!(lab.names_to("faerdsel@fyn.politi.example").len(), 1, "what was received before goes out");

    lab.service.start_again();
    for (prefix, _, text) in TEXTS {
        let page = lab.service.visitor().open(&format!("{prefix}/fyn/{FORM}/formular/"));
        assert!(page.text().contains(text) && !page.has("main form"), "{}", page.text());
    }
}
