//! Lost answers of the table while mails about a control are planned.

use super::{DAY, FORM};
use crate::journeys::filled::traffic;
use crate::journeys::lab::Lab;
use crate::journeys::network::Fault;
use crate::journeys::service::{Service, copied_content};
use jiff::{SignedDuration, ToSpan};
use model::deadline::danish_day;

#[test]
fn a_run_whose_writes_are_lost_is_repeated_and_mails_nobody_twice() {
    let content = copied_content();
    let lab = Lab::with(Service::start_with(content.path()), |_| {});
    lab.wait(DAY * -3);
    let mut references = Vec::new();
    for email in ["a@borger.example", "b@borger.example"] {
        let form = traffic(lab.open("oestjylland", FORM)).set("vej", "Grenåvej").set("kommune", "0751");
        let id = lab.send("192.0.2.1", &form.set("email", email).set("navn", email)).id();
        let receipt = lab.service.run(lab.function.store().receipt(&id, lab.service.now())).unwrap().unwrap();
        references.push(receipt.reference.to_string());
    }
    lab.sweep();
    lab.wait(DAY * 3);
    let folder = content.path().join("kredse/oestjylland/her-var-vi");
    std::fs::create_dir(&folder).unwrap();
    let date = danish_day(lab.service.now()).saturating_sub(1.day());
    std::fs::write(folder.join("a.md"), format!("---\nvej: Grenåvej\nkommune: Aarhus\ndato: {date}\n---\n")).unwrap();
    lab.publish(content.path());
    lab.wait(SignedDuration::from_secs(61));
    let mailed = || {
        let mails = lab.post.mails().into_iter().map(|mail| mail.name).filter(|name| name.ends_with(".kontrol"));
        mails.collect::<Vec<_>>()
    };
    for (what, fate) in [
        ("task#control", (|| Fault::Unreachable) as fn() -> Fault),
        ("task#control", || Fault::AnswerLost),
        ("CONTROLS", || Fault::Unreachable),
        ("CONTROLS", || Fault::AnswerLost),
    ] {
        lab.network.set(move |operation, body| {
            if operation == "TransactWriteItems" && body.contains(what) && body.contains("Put") {
                fate()
            } else {
                Fault::None
            }
        });
        for _ in 0..2 {
            lab.sweep();
            lab.wait(SignedDuration::from_secs(61));
        }
    }
    lab.network.set(|_, _| Fault::None);
    for _ in 0..3 {
        lab.sweep();
        lab.wait(SignedDuration::from_mins(61));
    }
    let mut names = mailed();
    names.sort();
    let mut expected: Vec<String> = references.iter().map(|reference| format!("{reference}.kontrol")).collect();
    expected.sort();
    assert_eq!(names, expected);
    assert_eq!(lab.sweep().sent, 0);
}
