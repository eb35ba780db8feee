//! Losses of a restore, and the operator's list of them.

use super::*;

#[test]
fn the_operator_sees_what_a_restore_lost_and_what_to_do() {
    let lab = Lab::start();
    lab.sweep();
    let none = operator(&lab.service, &["restored"]);
    assert_eq!(
        (none.code, none.out.trim()),
        (0, "The table was never restored, as far as is known, and nothing is lost.")
    );
    let backup = Backup::of(&lab);
    let mailed = send(&lab, "Sendt");
    next_run(&lab);
    let waiting = send(&lab, "Venter");
    let [mailed, waiting] = [mailed, waiting].map(|id| reference(&lab, &id));
    backup.restore(&lab);
    for _ in 0..2 {
        let said = operator(&lab.service, &["restored"]);
        assert_eq!(said.code, 3);
        for fact in [
            mailed.as_str(),
            waiting.as_str(),
            "oestjylland",
            "nr. 1 i",
            "2 requests are lost",
            "was never tried",
            "went out",
            "infra/README.md",
        ] {
            assert!(said.out.contains(fact), "{fact}: {}", said.out);
        }
        let read = json(&lab.service, &["restored"]);
        assert!(read["restored_to"].is_string() && read["ran_until"].is_string(), "{read}");
        assert_eq!(read["lost"].as_array().unwrap().len(), 2);
        assert_eq!((&read["series"][0]["given"], &read["series"][0]["in_table"]), (&1.into(), &0.into()));
        next_run(&lab);
    }
    // Once operators have looked into the old table, they clear the list.
    assert_eq!(json(&lab.service, &["restored", "--forget", "--yes"])["forgotten"], 2);
    let over = json(&lab.service, &["restored"]);
    assert!(over["lost"].as_array().unwrap().is_empty() && over["restored_to"].is_string(), "{over}");
    assert_eq!(operator(&lab.service, &["restored"]).code, 0);
}
