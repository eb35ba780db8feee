//! The whole path, from the front page to the officer's mail, and what the receipt does not reveal.

use crate::journeys::filled::{call, open, traffic};
use crate::journeys::service::Service;

#[test]
fn a_traffic_control_is_ordered_by_postcode_and_mailed_to_the_kreds() {
    let service = Service::start();
    let kreds = service.visitor().open("/").form().set("sted", "8370").submit();
    assert_eq!(kreds.path, "/oestjylland/?sted=8370");

    let question = kreds.follow("Bestil en færdselskontrol");
    assert_eq!(question.path, "/oestjylland/bestil-en-faerdselskontrol/");
    let form = question.follow("Måden, folk kører på");
    assert_eq!(form.path, "/oestjylland/bestil-en-faerdselskontrol/formular/");
    let summary = traffic(form.form()).set("postnr", "8370 Hadsten").submit();
    assert_eq!(summary.status, 200, "{}", summary.text());
    for said in ["Viborgvej", "8370 Hadsten", "Favrskov", "20 12 34 56", "mandag: kl. 6-9", "Østjyllands Politi"] {
        assert!(summary.text().contains(said), "{said} is not in the summary:\n{}", summary.text());
    }
    assert!(service.mails().is_empty());

    let receipt = summary.form().press("trin", "send");
    assert_eq!(receipt.status, 200);
    assert!(receipt.path.starts_with("/kvittering/"), "{}", receipt.path);
    let reference = receipt.text_at(".reference-number");
    assert!(service.mails().is_empty(), "nothing is mailed inside the request");

    service.sweep();
    let mails = service.mails();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.to, "faerdsel@oestjylland.politi.example");
    assert_eq!(mail.subject, format!("Bestil en færdselskontrol · Østjyllands Politi · {reference}"));
    let lines: Vec<&str> = mail.text.lines().take(5).collect();
    assert_eq!(
        lines,
        [
            "Ring til: 20 12 34 56 (+4520123456)",
            "Navn: Jørgen Ærbødig Sørensen",
            "Ring helst: Formiddag, kl. 8-12",
            "Problem: For høj fart",
            "Vej: Viborgvej",
        ]
    );
    for line in [
        "Fra: Rundkørslen ved Nørregade",
        "Retning: I begge retninger",
        "Postnummer: 8370 Hadsten",
        "Kommune: Favrskov",
        "Hvornår:\n> mandag: kl. 6-9\n> fredag: kl. 6-9\n",
        "Udsatte trafikanter:\n> Skolebørn\n",
    ] {
        assert!(mail.text.contains(line), "{line} is not in the mail:\n{}", mail.text);
    }
    assert!(mail.text.contains("> De kører stærkt forbi skolen.\n> Det er værst kl. 7.30."), "{}", mail.text);
    assert!(mail.text.contains("Udfyldt på dansk"));
    assert!(mail.html.contains("href=\"tel:+4520123456\""));

    // The same mail as a developer sees it.
    let shown = service.visitor().open("/_post/").follow(&mail.subject);
    assert!(shown.text().contains("Ring til: 20 12 34 56"), "{}", shown.text());
    assert!(shown.follow("As a mail program shows it").html.contains("tel:+4520123456"));
}

#[test]
fn a_call_is_ordered_and_mailed_to_the_mailbox_for_calls() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "bornholm", "bestil-en-betjent")).set("postnr", "Christiansø");
    let receipt = form.submit().form().press("trin", "send");
    assert_eq!(receipt.status, 200, "{}", receipt.text());
    service.sweep();
    let mail = service.mail_to("betjent@bornholm.politi.example");
    assert!(mail.text.contains("E-mail: aase@eksempel.example"), "{}", mail.text);
    assert!(mail.text.contains("Kommune: Christiansø"), "{}", mail.text);
}

#[test]
fn the_place_decides_the_kreds_and_the_summary_says_so_before_sending() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Vejle");
    let summary = form.submit();
    let said = summary.text_at(".alert-info");
    assert!(said.contains("Sydøstjyllands Politi") && said.contains("Vejle"), "{said}");
    let receipt = summary.form().press("trin", "send");
    assert!(receipt.text().contains("Sydøstjyllands Politi"));
    assert!(!receipt.text().contains("Østjyllands Politi har"));
    service.sweep();
    let to: Vec<String> = service.mails().into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, ["faerdsel@sydoestjylland.politi.example"]);
}

#[test]
fn the_receipt_states_the_kredss_deadline_and_nothing_personal() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let receipt = form.submit().form().press("trin", "send");
    let seventh = model::deadline::danish_day(service.now()).saturating_add(jiff::Span::new().days(7));
    let day = model::holidays::working_day_from(seventh);
    let date = format!("{}. {} {}", day.day(), MONTHS[usize::try_from(day.month()).unwrap() - 1], day.year());
    assert!(receipt.text().contains(&date), "{date} is not on the receipt:\n{}", receipt.text());
    for personal in ["Åse", "Holm", "31 22 33 44", "31223344", "Parken", "aase@", "utrygge"] {
        assert!(!receipt.html.contains(personal) && !receipt.path.contains(personal), "{personal}");
    }
    assert_eq!(receipt.header("cache-control"), Some("no-store"));
    assert_eq!(receipt.header("referrer-policy"), Some("no-referrer"));
    // Opening it again sends nothing.
    let visitor = service.visitor();
    assert_eq!(visitor.open(&receipt.path).text(), receipt.text());
    service.sweep();
    assert_eq!(service.mails().len(), 2, "one to the kreds, one to the citizen");
    // Only its full path opens a receipt.
    assert_eq!(visitor.open("/kvittering/00000000000000000000000000000000").status, 404);
}

#[test]
fn the_citizens_words_are_in_the_mail_as_typed() {
    let service = Service::start();
    let words = "<b>fed</b> [x](http://y.example) 1.5 {{ phone }} {% if %} \"citat\" & 'andet'\r\nBcc: x@y.example";
    let form = traffic(open(&service.visitor(), "fyn", "bestil-en-faerdselskontrol")).set("postnr", "Odense");
    let form = form.set("beskrivelse", words).set("navn", "Ib\r\nBcc: tyv@eksempel.example");
    form.submit().form().press("trin", "send");
    service.sweep();
    let mails = service.mails();
    assert_eq!(mails.len(), 1);
    let quoted: Vec<&str> = mails[0].text.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    assert!(quoted.join(" ").contains(&words.replace("\r\n", " ")), "{}", mails[0].text);
    assert!(mails[0].text.contains("Navn: Ib Bcc: tyv@eksempel.example\n"), "{}", mails[0].text);
    assert!(mails[0].html.contains("&lt;b&gt;fed&lt;&#x2F;b&gt;") || mails[0].html.contains("&lt;b&gt;fed&lt;/b&gt;"));
    assert!(!mails[0].html.contains("<b>fed"));
    for personal in ["Ib", "20", "Viborgvej", "fed"] {
        assert!(!mails[0].subject.contains(personal), "{}", mails[0].subject);
    }
}

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

#[test]
fn the_receipt_by_mail_holds_none_of_the_answers() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let mut mails = Vec::new();
    for (words, address) in [
        ("Vi er utrygge.", "aase@eksempel.example"),
        ("Noget helt andet: http://tyv.example/ <b>klik</b>", "en.anden@eksempel.example"),
    ] {
        let form = form.clone().set("beskrivelse", words).set("navn", &words[..9]).set("email", address);
        let sent = form.press("trin", "send");
        let reference = sent.text_at(".reference-number");
        service.sweep();
        let mail = service.mails().into_iter().find(|mail| mail.subject.contains(&reference) && mail.to == address);
        let mail = mail.expect("the citizen gets a receipt");
        assert_eq!(mail.subject, format!("Kvittering {reference}"));
        assert!(
            mail.text.contains(&reference) && mail.text.contains("114") && mail.text.contains("Østjyllands Politi")
        );
        // The path of the receipt differs for each request.
        mails.push([&mail.text, &mail.html].map(|part| part.replace(&reference, "").replace(&sent.path, "")));
    }
    assert_eq!(mails[0], mails[1]);
    for personal in ["Åse", "Holm", "31 22 33 44", "Parken", "utryg", "klik"] {
        assert!(mails[0].iter().all(|part| !part.contains(personal)), "{personal}");
    }
}
