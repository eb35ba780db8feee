//! Names of mails and keys of tasks, parsed as they were written.

use super::*;

#[test]
fn mail_names_round_trip_and_other_texts_are_rejected() {
    let kreds = KredsSlug::parse("fyn").unwrap();
    let form = FormId::parse("bestil-en-betjent").unwrap();
    let mut names: Vec<MailName> = Recipient::ALL.map(|to| MailName::Submission(Reference::from_random(7), to)).into();
    names.push(MailName::Control(Reference::from_random(7)));
    names.push(MailName::Digest(kreds, jiff::civil::date(2026, 11, 22), form));
    for name in names {
        assert_eq!(MailName::parse(&name.to_string()), Some(name));
    }
    for wrong in ["", ".", "K3F.kreds", "x.y.z", "dagens.fyn.2026-13-01.f", "dagens.fyn.2026-11-22.f.g"] {
        assert_eq!(MailName::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_task_round_trips_through_its_key() {
    let id = SubmissionId::from_random([3; 16]);
    let kreds = KredsSlug::parse("fyn").unwrap();
    let form = FormId::parse("bestil-en-betjent").unwrap();
    let mut tasks: Vec<Task> = Recipient::ALL.map(|to| Task::Mail(id.clone(), to)).into();
    tasks.push(Task::Control(id.clone()));
    tasks.push(Task::Erase(id));
    tasks.push(Task::Digest(kreds, jiff::civil::date(2026, 1, 2), form));
    for task in tasks {
        assert_eq!(Task::of(&task.key()).unwrap(), task);
    }
}
