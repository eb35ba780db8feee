//! Requests stored by the previous release, and a restored table: no flood, nobody forgotten, twice rather than never.

use super::*;
use crate::journeys::backup::Backup;
use crate::journeys::dump;
use aws_sdk_dynamodb::types::AttributeValue;

/// Removes from the table what earlier releases do not write.
fn as_before(lab: &Lab) {
    let client = lab.function.store().client();
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let delete = async |pk: &str, sk: &str| {
        let delete = client.delete_item().table_name("bestil-en-betjent").key("pk", text(pk)).key("sk", text(sk));
        delete.send().await.unwrap();
    };
    lab.service.run(async {
        let items = client.scan().table_name("bestil-en-betjent").send().await.unwrap();
        for item in items.items() {
            let [pk, sk] = ["pk", "sk"].map(|name| item[name].as_s().unwrap());
            if sk == "task#call" || pk == "CALLS" {
                delete(pk, sk).await;
            }
        }
    });
}

#[test]
fn requests_of_the_previous_release_that_are_overdue_are_only_listed() {
    let lab = Lab::start();
    let old = requested(&lab, "Den gamle vej");
    as_before(&lab);
    lab.wait_without_digests(SignedDuration::from_hours(24 * 12));
    let late = requested(&lab, "Den forsinkede vej");
    as_before(&lab);
    // The second is within its deadline, but past the time of its reminder.
    let reminder = times(&late).reminder;
    lab.wait_without_digests(reminder.duration_since(lab.service.now()) + SignedDuration::from_mins(30));
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let new = lab.send("192.0.2.1", &form.set("vej", "Den nye vej")).id();
    as_before(&lab);
    let new = lab.service.run(lab.function.store().receipt(&new, lab.service.now())).unwrap().unwrap();
    let before = notices(&lab);
    // Each run covers some days.
    for _ in 0..12 {
        minute(&lab);
    }
    assert_eq!(notices(&lab), before, "no flood");
    assert_eq!(overdue(&lab), (0, vec![]));
    let text = digest(&lab).text;
    assert!(text.contains("I mangler at ringe til 3 borgere."), "{text}");
    let line = |receipt: &Receipt| {
        let mut lines = text.lines().skip_while(|line| !line.starts_with(receipt.reference.as_str()));
        lines.nth(1).unwrap().to_owned()
    };
    assert!(line(&old).contains("kom, før opkald kunne noteres"), "{text}");
    assert!(!line(&late).contains("kom, før") && !line(&new).contains("kom, før"), "{text}");
    until(&lab, times(&late).question);
    for moment in [times(&new).reminder, times(&new).leader, times(&new).question] {
        until(&lab, moment);
    }
    lab.wait(SignedDuration::from_mins(61));
    lab.sweep();
    let of = |receipt: &Receipt| {
        let all = lab.post.all();
        let theirs = all.iter().filter(|mail| mail.name.starts_with(receipt.reference.as_str()));
        theirs.filter_map(|mail| Some(notice(&mail.name)?.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(of(&old), [""; 0]);
    assert_eq!(of(&late), ["overskredet", "rykker", "spoergsmaal"], "both at the deadline");
    assert_eq!(of(&new), ["rykker", "overskredet", "spoergsmaal"]);
}

#[test]
fn a_restore_repeats_notices_rather_than_losing_them_unless_erased() {
    let lab = Lab::start();
    let kept = requested(&lab, "Parken");
    let gone = requested(&lab, "Skoven");
    let times = times(&gone);
    until(&lab, times.reminder.saturating_sub(SignedDuration::from_mins(20)).unwrap());
    let backup = Backup::of(&lab);
    until(&lab, times.reminder);
    assert_eq!(notices(&lab).len(), 2);
    assert!(lab.service.run(lab.function.erase(&gone.id, "anna")).unwrap().is_some());
    minute(&lab);
    backup.restore(&lab);
    for _ in 0..3 {
        minute(&lab);
    }
    let rows = notices(&lab);
    assert_eq!(rows.len(), 3, "{rows:?}");
    let last = lab.post.all().iter().rfind(|mail| notice(&mail.name).is_some()).unwrap().name.clone();
    assert_eq!(last, format!("{}.rykker", kept.reference));
    let [main, _] = dump::tables(&lab);
    let tasks = dump::that_name(&main, &[gone.id.as_str()]);
    assert!(tasks.iter().all(|item| !dump::text(item, "pk").starts_with("SUBMISSION")), "nothing of it is left");
}
