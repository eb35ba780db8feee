//! If a place is ambiguous, the form shows the places that may be meant.

use crate::journeys::filled::{open, traffic};
use crate::journeys::service::{Service, real_content};
use crate::shared::tries;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_postcode_alone_is_one_kommune_or_leads_to_a_choice() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol"));
    let list = std::fs::read_to_string(real_content().join("data/postnumre.csv")).unwrap();
    let (mut asked, mut taken) = (0, 0);
    // København's streets are alike: every tenth is enough. Of the rest, a change tries every fourth, and a night all.
    let step = |line: &str| if line.starts_with('1') { 10 } else { tries(4, 1) as usize };
    let rows = list.lines().skip(1).enumerate().filter(|(n, line)| n % step(line) == 0);
    for (_, line) in rows {
        let (code, rest) = line.split_once(',').unwrap();
        let kommuner: Vec<&str> = rest.rsplit_once(',').unwrap().1.split(' ').collect();
        let answer = form.clone().set("postnr", code).submit();
        if kommuner.len() == 1 {
            assert_eq!(answer.status, 200, "{line}: {}", answer.text());
            taken += 1;
        } else {
            assert_eq!(answer.status, 422, "{line}");
            assert_eq!(answer.texts_at("[name='kommune']").len(), kommuner.len(), "{line}");
            for kommune in &kommuner {
                assert!(answer.has(&format!("#kommune-{kommune}[value='{kommune}']")), "{line}");
            }
            assert!(answer.has(&format!(".alert-error a[href='#kommune-{}']", kommuner[0])), "{line}");
            asked += 1;
        }
    }
    assert!(asked > 230 / tries(5, 1) && taken > 300 / tries(5, 1), "{asked} {taken}");
}

#[test]
fn a_place_typed_in_words_reaches_the_officer_as_postcode_and_kommune() {
    let service = Service::start();
    for (typed, postcode, kommune) in [
        ("Ryvej 12, 8370 Hadsten", Some("8370 Hadsten"), "Favrskov"),
        ("Nykoebing F", Some("4800 Nykøbing F"), "Guldborgsund"),
        ("Copenhagen", None, "København"),
    ] {
        let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol"));
        let summary = form.set("postnr", typed).set("vej", &format!("Vejen i {kommune}")).submit();
        assert_eq!(summary.status, 200, "{}", summary.text());
        summary.form().press("trin", "send");
        service.sweep();
        let mails = service.mails();
        let mail = mails.iter().find(|mail| mail.text.contains(&format!("Vejen i {kommune}"))).unwrap();
        assert!(mail.text.contains(&format!("Kommune: {kommune}\n")), "{}", mail.text);
        let line = postcode.map(|postcode| format!("Postnummer: {postcode}\n"));
        assert_eq!(mail.text.lines().any(|line| line.starts_with("Postnummer: ")), line.is_some(), "{}", mail.text);
        assert!(line.is_none_or(|line| mail.text.contains(&line)), "{}", mail.text);
    }
}

#[test]
fn an_ambiguous_place_is_chosen_on_the_error_page_and_stays_chosen() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol"));
    assert!(form.value("kommune").is_none(), "nobody is asked twice");
    for (typed, kommune, label) in
        [("Nykøbing", "0376", "Guldborgsund (4800 Nykøbing F)"), ("Hadstn", "0710", "Favrskov (8370 Hadsten)")]
    {
        let asked = form.clone().set("postnr", typed).submit();
        assert_eq!(asked.status, 422);
        assert!(asked.texts_at("label").contains(&label.to_owned()), "{:?}", asked.texts_at("label"));
        assert_eq!(asked.form().value("postnr"), Some(typed));
        let summary = asked.form().set("kommune", kommune).submit();
        assert_eq!(summary.status, 200, "{}", summary.text());
        let again = summary.form().press("trin", "ret").form();
        assert_eq!((again.value("postnr"), again.value("kommune")), (Some(typed), Some(kommune)));
        // An earlier choice does not override a place that is typed later.
        let elsewhere = again.set("postnr", "Rønne").submit();
        assert_eq!(elsewhere.status, 422);
        assert_eq!(elsewhere.form().submit().form().value("postnr"), Some("Rønne"));
    }
}

#[test]
fn the_kommune_decides_if_a_postcode_lies_in_several_kredse() {
    let service = Service::start();
    let kreds_of: BTreeMap<String, String> = std::fs::read_to_string(real_content().join("data/kommuner.csv"))
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>())
        .map(|row| (row[0].to_owned(), row[2].to_owned()))
        .collect();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "8472");
    let list = std::fs::read_to_string(real_content().join("data/postnumre.csv")).unwrap();
    let row = list.lines().find(|line| line.starts_with("8472,")).unwrap();
    let kommuner: Vec<&str> = row.rsplit_once(',').unwrap().1.split(' ').collect();
    let kredse: BTreeSet<&String> = kommuner.iter().map(|kommune| &kreds_of[*kommune]).collect();
    assert_eq!(kredse.len(), 3);
    for kommune in kommuner {
        let summary = form.clone().set("kommune", kommune).submit();
        assert_eq!(summary.status, 200, "{}", summary.text());
        summary.form().press("trin", "send");
    }
    service.sweep();
    let to: BTreeSet<String> = service.mails().into_iter().map(|mail| mail.to).collect();
    let expected: BTreeSet<String> = kredse.iter().map(|kreds| format!("faerdsel@{kreds}.politi.example")).collect();
    assert_eq!(to, expected);
}

#[test]
fn a_postcode_that_contradicts_the_kommune_is_an_error_and_not_guessed() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol"));
    let answer = form.set("kommune", "0751").set("postnr", "5000").submit();
    assert_eq!(answer.status, 422);
    let error = answer.text_at("#postnr-error");
    assert!(error.contains("5000 Odense C") && error.contains("Aarhus"), "{error}");
    assert_eq!(answer.form().value("postnr"), Some("5000"));
}

#[test]
fn browser_autofill_does_not_fill_in_the_place() {
    let service = Service::start();
    for form in ["bestil-en-betjent", "bestil-en-faerdselskontrol"] {
        let page = service.visitor().open(&format!("/oestjylland/{form}/formular/"));
        assert!(page.has("[name='postnr'][autocomplete='off'][list] + datalist"), "{}", page.html);
    }
    assert!(service.visitor().open("/").has("#sted[autocomplete='off']"));
}
