//! Typed input arrives as people meant it: text, telephone numbers, and CPR numbers that must not arrive.

use crate::journeys::filled::{call, open};
use crate::journeys::mailbox::Mail;
use crate::journeys::operator_tool::with_answers;
use crate::journeys::service::Service;
use crate::journeys::visitor::FormOnPage;

fn form(service: &Service) -> FormOnPage {
    call(open(&service.visitor(), "fyn", "bestil-en-betjent")).set("kommune", "0461").set("email", "")
}

fn mails(service: &Service) -> Vec<Mail> {
    service.sweep();
    service.mails()
}

#[test]
fn typed_text_arrives_as_meant_and_once_in_any_encoding() {
    let service = Service::start();
    for unseen in ["\u{200b}\u{200b}\u{200b}", "\u{2800}\u{2800}", "\u{3164}\u{3164}", "\u{ad}\u{ad}"] {
        for field in ["navn", "vej", "beskrivelse"] {
            let answer = form(&service).set(field, unseen).submit();
            assert!(answer.status == 422 && answer.has(&format!("#{field}-error")), "{field} {unseen:?}");
        }
    }
    let typed = form(&service)
        .set("vej", "Ryvej\t12")
        .set("navn", "Zoë O’Brien-Ærø\tPrøve")
        .set("beskrivelse", "kl. 8.30\t15.45. For høj fart 👨‍👩‍👧 her");
    let again =
        typed.clone().set("vej", " Ryvej\u{a0}12\u{200b}").set("navn", "Zoe\u{308} O’Brien-Ærø Prø\u{ad}ve\u{feff}");
    let receipts = [&typed, &again].map(|form| form.press("trin", "send"));
    assert!(receipts[0].has(".reference-number"), "{}", receipts[0].text());
    assert_eq!(receipts[0].path, receipts[1].path, "equal answers are one request");
    let [mail] = mails(&service).try_into().unwrap_or_else(|mails: Vec<Mail>| panic!("{mails:#?}"));
    for words in ["Ryvej 12", "Zoë O’Brien-Ærø Prøve", "kl. 8.30 15.45. For høj fart 👨‍👩‍👧 her"] {
        assert!(mail.text.contains(words) && mail.html.contains(words), "{words}: {}", mail.text);
    }
}

#[test]
fn a_number_is_found_in_any_spelling_and_marked_if_expensive() {
    let service = Service::start();
    for (at, (typed, is_premium)) in [("90 12 34 56", true), ("+46 (0)70 123 45 67", false)].into_iter().enumerate() {
        let receipt = form(&service).set("telefon", typed).set("vej", &format!("Ryvej {at}")).press("trin", "send");
        assert!(receipt.has(".reference-number"), "{}", receipt.text());
        let reference = receipt.text_at(".reference-number");
        let mail = mails(&service).into_iter().find(|mail| mail.subject.contains(&reference)).unwrap();
        assert_eq!(
            (mail.text.contains("Dyrt nummer"), mail.html.contains("Dyrt nummer")),
            (is_premium, is_premium),
            "{}",
            mail.text
        );
    }
    for (found, spellings) in
        [(1, ["+45 (0) 90 12 34 56", "４５９０１２３４５６"]), (1, ["0046 70-1234567", "+46701234567\u{200b}"])]
    {
        for typed in spellings {
            let answer = with_answers(&service, &["find", "--phone", typed]);
            assert!(
                answer.code == 0 && answer.out.contains(&format!("{found} request")),
                "{typed}: {}{}",
                answer.out,
                answer.err
            );
        }
    }
    for refused in ["+46 70 123 45 67/68", "+999 999 9999", "+298 2112"] {
        assert!(form(&service).set("telefon", refused).submit().has("#telefon-error"), "{refused}");
    }
}

#[test]
fn a_cpr_number_in_an_email_address_is_refused_and_lookalikes_stay() {
    let service = Service::start();
    let typed = form(&service).set("email", "0101901234@eksempel.example");
    let asked = typed.submit();
    assert!(asked.text_at("#email-error").contains("cpr-nummer"), "{}", asked.text());
    assert_eq!(asked.form().submit().status, 422, "nothing can be taken out of an address");

    // Split across two consecutive answers.
    let split = form(&service).set("vej", "Ryvej 010190").set("beskrivelse", "1234 er de sidste");
    assert_eq!(split.submit().status, 422);

    let doubtful = form(&service).set("beskrivelse", "Det var 01.05.1999 2030 eller deromkring.").submit();
    assert!(doubtful.text_at("#beskrivelse-error").contains("Hvis ikke, så send igen"), "{}", doubtful.text());
    assert!(doubtful.form().press("trin", "send").has(".reference-number"));
    let free =
        form(&service).set("beskrivelse", "Der er marked den 24-12-2099 2030, ved 8370 Hadsten.").press("trin", "send");
    assert!(free.has(".reference-number"), "{}", free.text());
    let mails = mails(&service);
    for words in ["01.05.1999 2030", "24-12-2099 2030"] {
        assert!(mails.iter().any(|mail| mail.text.contains(words)), "{words}");
    }
}
