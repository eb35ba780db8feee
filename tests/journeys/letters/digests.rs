//! The daily digest, verbatim.

use super::*;

pub(super) fn digest(lines: Vec<DigestLine>, held: Vec<Reference>, owed_before: usize) -> Mail {
    let series =
        vec![DigestSeries { form_title: "Bestil en betjent".to_owned(), begins: Some(1), lost: Vec::new(), lines }];
    of(&Digest { series, held, owed_before, ..empty() })
}

fn empty() -> Digest {
    Digest {
        day: "2026-11-22".parse().unwrap(),
        calls: Vec::new(),
        ended: Vec::new(),
        stretches: Vec::new(),
        series: Vec::new(),
        held: Vec::new(),
        owed_before: 0,
        unreadable: 0,
        again: Again::No,
    }
}

pub(super) fn of(digest: &Digest) -> Mail {
    let (catalog, danish) = (catalog(), Language::danish());
    Pages::new().unwrap().digest_mail(&View::new(&catalog, &danish, now()), "Fyns Politi", digest).unwrap()
}

pub(super) fn line(number: Option<u32>, received: &str, state: DigestState) -> DigestLine {
    DigestLine {
        reference: Reference::from_random(u64::from(number.unwrap_or(0))),
        received: received.parse().unwrap(),
        serial: number.map(|number| Serial { year: 2026, number }),
        state,
        holder: Holder::First,
        forwarded_to: None,
    }
}

#[test]
fn the_digest_lists_the_day_by_number_and_says_what_is_missing() {
    let held = Reference::from_random(99);
    let mail = digest(
        vec![
            line(None, "2026-11-22T05:00:00Z", DigestState::Held),
            line(Some(19), "2026-11-22T13:05:00Z", DigestState::Parked),
            line(Some(18), "2026-11-22T10:00:00Z", DigestState::Waiting),
            line(Some(17), "2026-11-22T07:09:00Z", DigestState::Sent),
            line(Some(16), "2026-11-21T23:00:00Z", DigestState::Delivered),
        ],
        vec![held.clone()],
        2,
    );
    assert_eq!(mail.subject, "Dagens bestillinger · Fyns Politi · Bestil en betjent · 22. november 2026");
    let r = |number| Reference::from_random(number).to_string();
    let expected = [
        format!("nr. 16 i 2026 · kl. 0.00 · {} · leveret", r(16)),
        format!("nr. 17 i 2026 · kl. 8.09 · {} · sendt", r(17)),
        format!("nr. 18 i 2026 · kl. 11.00 · {} · venter på at blive sendt", r(18)),
        format!("nr. 19 i 2026 · kl. 14.05 · {} · KUNNE IKKE SENDES", r(19)),
        format!("uden nummer · kl. 6.00 · {} · tilbageholdt", r(0)),
    ];
    let listed: Vec<&str> = mail.text.lines().filter(|line| line.contains(" · kl. ")).collect();
    assert_eq!(listed, expected);
    assert_eq!(mail.html.matches("<tr style").count(), 5, "{}", mail.html);
    for said in [
        "Der er kommet 4 bestillinger til denne postkasse den dag.",
        "Første løbenummer: nr. 16 i 2026",
        "Sidste løbenummer: nr. 19 i 2026",
        &format!("Kunne ikke sendes: {}", r(19)),
        "Skriv straks til faldback@bestil-en-betjent.example, og få bestillingen",
        &format!("Tilbageholdt i alt 1: {held}"),
        "Et døgn efter modtagelsen bliver de sendt til jer med et løbenummer, hvis vi ikke har slettet dem som spam.",
        "2 bestillinger fra tidligere dage er endnu ikke sendt til jer.",
    ] {
        assert_says(&mail, said);
    }
}

#[test]
fn the_digest_of_an_empty_day_says_so_without_warnings() {
    let mail = digest(Vec::new(), Vec::new(), 0);
    assert_says(&mail, "Der er ikke kommet nogen bestillinger til denne postkasse den dag.");
    for other in ["OBS", "Tilbageholdt", "Tjek", "Første", "<table"] {
        assert_silent(&mail, other);
    }
    let one = digest(vec![line(Some(1), NOW, DigestState::Delivered)], Vec::new(), 1);
    assert_says(&one, "Der er kommet 1 bestilling til denne postkasse den dag.");
    assert_says(&one, "Løbenummer: nr. 1 i 2026");
    assert_says(&one, "1 bestilling fra tidligere dage er endnu ikke sendt til jer.");
    assert_silent(&one, "Sidste løbenummer");
}

#[test]
fn the_digest_explains_missing_numbers_new_series_and_other_mailboxes() {
    let at = |number, holder| DigestLine { holder, ..line(Some(number), NOW, DigestState::Delivered) };
    let lines = vec![at(41, Holder::First), at(43, Holder::Second), at(46, Holder::Fallback)];
    let series = vec![
        DigestSeries { form_title: "Bestil en betjent".to_owned(), begins: Some(41), lost: vec![(44, 44)], lines },
        DigestSeries {
            form_title: "Bestil en færdselskontrol".to_owned(),
            begins: Some(1),
            lost: Vec::new(),
            lines: Vec::new(),
        },
    ];
    let mail = of(&Digest { series, again: Again::Asked, ..empty() });
    for said in [
        "Bestil en betjent: 3",
        "Hører til andre dage eller er slettet siden: nr. 42, 45",
        "OBS: Bestil en betjent: nr. 44 blev givet, før tjenesten blev gendannet fra en sikkerhedskopi.",
        "OBS: Denne mail er sendt igen på anmodning af en operatør. I har måske fået den før.",
        "Bestil en betjent har fået sin egen række af løbenumre. Den begynder i år med nr. 41.",
        "leveret til reservepostkassen",
        "leveret TIL SUPPORT, ikke til jer",
        "OBS: Noget er gået til en anden postkasse, fordi jeres ikke tog imod.",
    ] {
        assert_says(&mail, said);
    }
    assert_silent(&mail, "færdselskontrol:");
    assert_silent(&mail, "færdselskontrol har fået");
    assert!(mail.subject.contains("Bestil en betjent og Bestil en færdselskontrol"), "{}", mail.subject);
}

#[test]
fn the_digest_lists_the_most_requested_roads_with_times_and_references() {
    let stretch = |road: &str, mostly: &[&str], references: std::ops::Range<u64>| Stretch {
        road: road.to_owned(),
        kommune: "Aarhus".to_owned(),
        mostly: mostly.iter().map(|text| (*text).to_owned()).collect(),
        references: references.map(Reference::from_random).collect(),
    };
    let stretches = vec![stretch("Grenåvej", &["mandag–fredag: kl. 6-9"], 1..4), stretch("<Viborgvej>", &[], 4..6)];
    let mail = of(&Digest { stretches, ..empty() });
    let r = |number| Reference::from_random(number).to_string();
    let expected = format!(
        "Her har flest foreslået en kontrol i de sidste 90 dage:\n\
         3 ønsker: Grenåvej, Aarhus\n    mest hverdage kl. 6-9\n    {}, {}, {}\n\
         2 ønsker: <Viborgvej>, Aarhus\n    på forskellige tidspunkter\n    {}, {}\n",
        r(3),
        r(2),
        r(1),
        r(5),
        r(4)
    );
    assert!(mail.text.contains(&expected), "{}", mail.text);
    let row =
        "<td>3</td><td>Grenåvej, Aarhus</td><td>mest hverdage kl. 6-9</td><td><span style=\"white-space:nowrap\">";
    let all = format!("{}</span></td></tr>", r(1));
    assert!(mail.html.contains(row) && mail.html.contains(&all), "{}", mail.html);
    assert!(!mail.html.contains("<Viborgvej>"), "{}", mail.html);
    assert_silent(&digest(Vec::new(), Vec::new(), 0), "Her har flest");
}
