//! Requests about one road, counted in the mail about the next one: in any spelling, for 90 days, and no others.

mod list;

use crate::journeys::backup::Backup;
use crate::journeys::filled::traffic;
use crate::journeys::lab::{Lab, kreds};
use crate::journeys::network::Fault;
use crate::journeys::post_office::for_good;
use crate::journeys::visitor::{FormOnPage, Page};
use crate::journeys::{dump, mailbox};
use function::mailer::Handover;
use jiff::SignedDuration;
use model::names::SubmissionId;
use std::time::Duration;

const FORM: &str = "bestil-en-faerdselskontrol";
const AARHUS: &str = "0751";
const FAVRSKOV: &str = "0710";
const DAY: SignedDuration = SignedDuration::from_hours(24);

fn form(lab: &Lab, road: &str, kommune: &str) -> FormOnPage {
    traffic(lab.open("oestjylland", FORM)).set("vej", road).set("kommune", kommune)
}

/// Sends a request, and returns its id and reference.
fn send(lab: &Lab, form: &FormOnPage) -> (SubmissionId, String) {
    let id = lab.send("192.0.2.1", form).id();
    let receipt = lab.service.run(lab.function.store().receipt(&id, lab.service.now())).unwrap().unwrap();
    // Times in the table are whole seconds.
    lab.wait(SignedDuration::from_secs(1));
    (id, receipt.reference.to_string())
}

/// Returns a request's last mail to the police, to whichever mailbox.
fn mail(lab: &Lab, reference: &str) -> mailbox::Mail {
    lab.sweep();
    let is_its = |name: &str| name.starts_with(reference) && !name.ends_with(".borger");
    lab.post.mails().into_iter().rfind(|mail| is_its(&mail.name)).unwrap().mail()
}

/// Returns the lines about its roads, which are equal in both parts of its mail.
fn counted(lab: &Lab, reference: &str) -> Vec<String> {
    let mail = mail(lab, reference);
    let of_html = mail.html.split("Samme vej</th><td>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    let of_html: Vec<String> = of_html.collect();
    // A long line continues below, indented by four spaces.
    let unfolded = mail.text.replace("\n    ", " ");
    let of_text: Vec<&str> = unfolded.lines().filter_map(|line| line.strip_prefix("Samme vej: ")).collect();
    assert_eq!(of_text, of_html);
    of_html
}

#[test]
fn spellings_of_one_road_are_counted_with_references_and_no_other_words() {
    let lab = Lab::start();
    let ask = |road: &str, name: &str, phone: &str, text: &str| {
        let form = form(&lab, road, AARHUS).set("navn", name).set("telefon", phone).set("beskrivelse", text);
        send(&lab, &form.tick("hvornaar", "tirsdag.morgen")).1
    };
    let first = ask("Grenåvej", "Anna Abe", "20 00 00 01", "Første tekst");
    assert_eq!(counted(&lab, &first), [""; 0]);
    let second = ask("grenaavej v. nr 14", "Bo Bæver", "20 00 00 02", "Anden tekst");
    let times = "mest mandag–tirsdag kl. 6-9 og fredag kl. 6-9";
    assert_eq!(counted(&lab, &second), [format!("2. ønske om grenaavej på 90 dage, {times}. Det tidligere: {first}")]);
    let third = ask("på Grenå vej mellem Skødstrup og Løgten", "Ib Ilder", "20 00 00 03", "Tredje tekst");
    let fourth = ask("Grenavej ved Lisbjerg", "Lis Los", "20 00 00 04", "Fjerde tekst");
    assert_eq!(
        counted(&lab, &third),
        [format!("3. ønske om Grenå vej på 90 dage, {times}. De tidligere: {second}, {first}")]
    );
    assert_eq!(
        counted(&lab, &fourth),
        [format!("4. ønske om Grenavej på 90 dage, {times}. De tidligere: {third}, {second}, {first}")]
    );
    let mail = mail(&lab, &fourth);
    for others in ["Anna", "Bo B", "Ib I", "20 00 00 01", "Første", "Anden tekst", "grenaavej", "Skødstrup"] {
        assert!(!mail.text.contains(others) && !mail.html.contains(others), "{others}: {}", mail.text);
    }
    assert!(!mail.subject.contains("ønske"), "{}", mail.subject);
}

#[test]
fn a_junction_is_counted_for_each_of_its_roads() {
    let lab = Lab::start();
    let one = send(&lab, &form(&lab, "Randersvej", AARHUS)).1;
    let other = send(&lab, &form(&lab, "Nordre Ringgade", AARHUS)).1;
    let crossing = send(&lab, &form(&lab, "Krydset Randersvej/Ndr. Ringgade", AARHUS)).1;
    let said = |name: &str, before: &str| {
        format!("2. ønske om {name} på 90 dage, mest mandag kl. 6-9 og fredag kl. 6-9. Det tidligere: {before}")
    };
    assert_eq!(counted(&lab, &crossing), [said("Randersvej", &one), said("Ndr. Ringgade", &other)]);
}

#[test]
fn other_kommuner_or_forms_and_held_or_removed_requests_are_not_counted() {
    let lab = Lab::start();
    let road = "Grenåvej";
    send(&lab, &form(&lab, road, FAVRSKOV));
    send(&lab, &form(&lab, "Viborgvej", AARHUS));
    let call = crate::journeys::filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("vej", road);
    send(&lab, &call.set("kommune", AARHUS));
    let held = send(&lab, &form(&lab, road, AARHUS).set("hjemmeside", "http://spam.example")).0;
    let withdrawn = send(&lab, &form(&lab, road, AARHUS).set("navn", "Trukket")).0;
    let erased = send(&lab, &form(&lab, road, AARHUS).set("navn", "Slettet")).0;
    let roads = || {
        let [items, _] = dump::tables(&lab);
        items.into_iter().filter(|item| dump::text(item, "pk").starts_with("ROADS#")).count()
    };
    assert_eq!(roads(), 4, "no call and no held request");
    let page = lab.get(&format!("/kvittering/{withdrawn}")).html;
    let box_of = Page::kept(&lab.service.visitor(), "", page).form_at("#traek-tilbage").set("slet", "ja");
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&box_of.values).finish();
    let path = format!("/kvittering/{withdrawn}");
    assert_eq!(lab.ask(crate::journeys::lab::request("POST", &path, "192.0.2.1", body)).status, 303);
    lab.service.run(lab.function.erase(&erased, "anna")).unwrap().unwrap();
    assert_eq!(roads(), 2, "their items are gone at once");
    let first = send(&lab, &form(&lab, road, AARHUS).set("navn", "Den første")).1;
    assert_eq!(counted(&lab, &first), [""; 0]);
    // A released request is not counted either, and its own mail counts no others.
    lab.service
        .run(lab.function.store().release(
            &held,
            &kreds("oestjylland"),
            function::store::Released::Seen,
            lab.service.now(),
        ))
        .unwrap();
    let released = lab.service.run(lab.function.store().receipt(&held, lab.service.now())).unwrap().unwrap();
    assert_eq!(counted(&lab, released.reference.as_str()), [""; 0]);
    let second = send(&lab, &form(&lab, road, AARHUS).set("navn", "En anden")).1;
    assert!(counted(&lab, &second)[0].ends_with(&format!("Det tidligere: {first}")));
}

#[test]
fn a_request_is_counted_for_90_days_after_its_answers_are_deleted() {
    let lab = Lab::start();
    let (id, first) = send(&lab, &form(&lab, "Grenåvej", AARHUS));
    lab.sweep();
    lab.wait_without_digests(DAY * 89);
    while lab.sweep().erased > 0 {}
    let left = lab.service.run(lab.function.store().submission(&id, lab.service.now())).unwrap();
    assert!(left.is_none(), "its answers are deleted");
    let [items, _] = dump::tables(&lab);
    let item = items.iter().find(|item| dump::text(item, "pk") == "ROADS#oestjylland").unwrap();
    let known: Vec<&str> = item.keys().map(String::as_str).collect();
    assert_eq!(known, ["expires_at", "form", "hours", "pk", "received", "reference", "roads", "sk"]);
    assert!(dump::that_name(&items, &["Grenåvej", "grenavej"]).is_empty(), "the road is nowhere in plain letters");
    let second = send(&lab, &form(&lab, "Grenåvej", AARHUS)).1;
    assert!(counted(&lab, &second)[0].ends_with(&first));
    lab.wait_without_digests(DAY);
    let third = send(&lab, &form(&lab, "Grenåvej", AARHUS).set("navn", "En tredje")).1;
    let said = counted(&lab, &third);
    assert!(said[0].starts_with("2. ønske") && said[0].ends_with(&second), "{said:?}");
}

#[test]
fn a_mail_goes_out_without_a_count_that_fails_or_is_slow() {
    for fate in [|| Fault::Unreachable, || Fault::Refused("no".to_owned()), || Fault::Late(Duration::from_secs(60))] {
        let lab = Lab::start();
        send(&lab, &form(&lab, "Grenåvej", AARHUS));
        let second = send(&lab, &form(&lab, "Grenåvej", AARHUS).set("navn", "En anden")).1;
        lab.network.set(
            move |operation, body| {
                if operation == "Query" && body.contains("ROADS#") { fate() } else { Fault::None }
            },
        );
        assert_eq!(counted(&lab, &second), [""; 0]);
        assert_eq!(lab.post.mails().len(), 2);
    }
}

#[test]
fn a_late_mail_counts_only_earlier_requests_and_only_to_its_own_kreds() {
    let lab = Lab::start();
    lab.post.set(|_| for_good());
    let first = send(&lab, &form(&lab, "Grenåvej", AARHUS)).1;
    let second = send(&lab, &form(&lab, "Grenåvej", AARHUS).set("navn", "En anden")).1;
    let third = send(&lab, &form(&lab, "Grenåvej", AARHUS).set("navn", "En tredje")).1;
    for _ in 0..3 {
        lab.sweep();
    }
    // The fallback mailbox does not have the other requests.
    let tried = lab.post.tried();
    let of = |end: &str| tried.iter().find(|mail| mail.name == format!("{second}.{end}")).unwrap().mail().text;
    for (end, is_counted) in [("kreds", true), ("reserve", true), ("faldback", false)] {
        let text = of(end).replace("\n    ", " ");
        let says = format!("Det tidligere: {first}\n");
        assert_eq!((text.contains(&says), text.contains(&third)), (is_counted, false), "{end}: {text}");
    }
    lab.post.set(|_| Ok(Handover::Final));
}

#[test]
fn a_request_erased_before_a_restore_is_not_counted_after_it() {
    let lab = Lab::start();
    let (erased, _) = send(&lab, &form(&lab, "Grenåvej", AARHUS));
    lab.sweep();
    let backup = Backup::of(&lab);
    lab.wait(SignedDuration::from_secs(61));
    lab.sweep();
    lab.service.run(lab.function.erase(&erased, "anna")).unwrap().unwrap();
    backup.restore(&lab);
    let next = send(&lab, &form(&lab, "Grenåvej", AARHUS).set("navn", "En anden")).1;
    assert_eq!(counted(&lab, &next), [""; 0]);
    let third = send(&lab, &form(&lab, "Grenåvej", AARHUS).set("navn", "En tredje")).1;
    assert!(counted(&lab, &third)[0].ends_with(&format!("Det tidligere: {next}")));
}
