//! Tables of telephone numbers, and of other numbers.

mod files;

use super::text::Text;
use super::*;

fn approved() -> Approved {
    ["112", "114", "96301448"].map(|number| (number.to_owned(), number.to_owned())).into()
}

/// The numbers found in a line, in compared form.
fn found(line: &str) -> Vec<String> {
    numbers(&Text::of(line)).into_iter().map(|found| found.plain).collect()
}

fn numbers(text: &Text<'_>) -> Vec<PhoneNumber> {
    text.digits.iter().flat_map(|digits| digits.numbers(&text.line, &approved())).collect()
}

const NUMBERS: &[(&str, &[&str])] = &[
    // Eight digits in any grouping.
    ("Ring 33 14 14 48 i dag", &["33141448"]),
    ("33141448", &["33141448"]),
    ("3314 1448", &["33141448"]),
    ("33.14.14.48", &["33141448"]),
    ("33-14-14-48.", &["33141448"]),
    ("33\u{a0}14\u{a0}14\u{a0}48", &["33141448"]),
    ("33&nbsp;14&nbsp;14&nbsp;48", &["33141448"]),
    ("33 14 **14 48**", &["33141448"]),
    ("**33 14** 14 48", &["33141448"]),
    ("33 141448", &["33141448"]),
    ("331 41 448", &["33141448"]),
    ("12 34 56 78", &["12345678"]),
    ("kl. 14.05 på 33 14 14 48", &["33141448"]),
    ("telefon: 96 30 14 48", &["96301448"]),
    ("33 14 14 48 og 33 14 14 49", &["33141448", "33141449"]),
    ("33 14 14 48, 33 14 14 49", &["33141448", "33141449"]),
    // With a country code.
    ("+45 33 14 14 48", &["33141448"]),
    ("(+45) 33 14 14 48", &["33141448"]),
    ("0045 33141448", &["33141448"]),
    ("+46 8 123 456 78", &["+46812345678"]),
    ("+1 (212) 555-0100", &["+12125550100"]),
    // Links.
    ("[Ring](tel:+4533141448)", &["33141448"]),
    ("<tel:115>", &["115"]),
    ("[a]: tel:115", &["115"]),
    ("[33 14 14 48](tel:33141448)", &["33141448", "33141448"]),
    // Short numbers, by their context.
    ("Ring 115", &["115"]),
    ("Ring til politiet på 115.", &["115"]),
    ("Ring **115**, hvis det ikke haster", &["115"]),
    ("Det er **115**, du skal bruge", &["115"]),
    ("Call 115 if it is not urgent", &["115"]),
    ("tlf. 141", &["141"]),
    ("telefon nr. 115", &["115"]),
    ("Ring 212", &["212"]),
    ("115 er politiets servicenummer", &["115"]),
    ("112 eller 115", &["115"]),
    ("115 eller 112", &["115"]),
    ("**Rufen Sie 112 oder 115**", &["115"]),
    ("Ring 1813", &["1813"]),
    ("Børnetelefonen 116 111", &["116111"]),
    ("116000", &["116000"]),
    // With invisible characters, and characters of other scripts.
    ("33\u{200b}14\u{2060}1\u{ad}448", &["33141448"]),
    ("33&shy;14&#8203;14&#x2060;48", &["33141448"]),
    ("\u{ff13}\u{ff13} \u{ff11}\u{ff14} \u{ff11}\u{ff14} \u{ff14}\u{ff18}", &["33141448"]),
    ("\u{663}\u{663}\u{661}\u{664}\u{661}\u{664}\u{664}\u{668}", &["33141448"]),
    ("Ring \u{ff11}\u{ff11}\u{ff15}", &["115"]),
    ("Ring 1\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3}5\u{fe0f}\u{20e3}", &["115"]),
    ("Ring 11\u{200d}5", &["115"]),
    ("Ring 1**1**5", &["115"]),
    ("33&ensp;14&thinsp;14&#32;48", &["33141448"]),
    ("33\u{3000}14\u{3000}14\u{3000}48", &["33141448"]),
    // With dashes, commas and slashes, also mixed.
    ("33\u{2014}14\u{2014}14\u{2014}48", &["33141448"]),
    ("33 14 \u{2014} 14 48", &["33141448"]),
    ("33 &mdash; 14 &mdash; 14 &mdash; 48", &["33141448"]),
    ("3314\u{2014}1448", &["33141448"]),
    ("33,14,14,48", &["33141448"]),
    ("33 14, 14 48", &["33141448"]),
    ("Ring på 33, 14, 14, 48", &["33141448"]),
    ("33/14/14/48", &["33141448"]),
    ("33 14/14 48", &["33141448"]),
    ("33 14-14 48", &["33141448"]),
    ("33.14-14.48", &["33141448"]),
    ("33. 14 14 48", &["33141448"]),
    ("33 14 14-48", &["33141448"]),
    ("33\u{b7}14\u{b7}14\u{b7}48", &["33141448"]),
    ("Tlf. 331-41-448", &["33141448"]),
    ("Ring 3314/1448", &["33141448"]),
    ("(33) 14-14-48", &["33141448"]),
    ("+45 33,14,14,48", &["33141448"]),
    ("+ 45 33 14 14 48", &["33141448"]),
    ("+45 33 14 14 48, 33 14 14 49", &["33141448", "33141449"]),
    ("Ring 1-1-5", &["115"]),
    ("Ring 1 1 5 nu", &["115"]),
    ("Ring 11 5", &["115"]),
    ("Ring 911", &["911"]),
    ("Call 999", &["999"]),
    ("<TEL:115>", &["115"]),
    ("Ring 87 65 43 2 1", &["87654321"]),
    ("Ring 8 7 65 43 21", &["87654321"]),
    ("Tlf. 876 54 32 1", &["87654321"]),
    ("Telefon: 87 654 3 21", &["87654321"]),
    ("Ring 87654321/22", &["87654321"]),
    ("Tlf. 87654321-22", &["87654321"]),
    ("Ring 87654321/87654322", &["87654321", "87654322"]),
    ("Ring 87 65 43 21/22", &["87654321"]),
    ("Skriv til wa.me/4587654321", &["87654321"]),
    ("[Skriv](https://wa.me/+4587654321)", &["87654321"]),
    ("https://wa.me/4687654321?text=hej", &["+4687654321"]),
    ("https://api.whatsapp.com/send?phone=4587654321&text=a", &["87654321"]),
    ("[Skriv](sms:+4587654321)", &["87654321"]),
    ("[Ring](callto:87654321)", &["87654321"]),
    ("https://signal.me/#p/+4587654321", &["87654321"]),
    ("![Ring 115](/billeder/a.jpg \"Ring 33 14 14 48\")", &["115", "33141448"]),
    ("| 33 14 14 48 | 8-16 |", &["33141448"]),
    // With lookalike letters for digits, and without a space.
    ("Ring 33 l4 14 4O", &["33141440"]),
    ("Ring på 3314I44o.", &["33141440"]),
    ("Ring II5", &["115"]),
    ("Ring 11o.", &["110"]),
    ("Ring115", &["115"]),
    ("Tlf33141448", &["33141448"]),
    // Partly in links and brackets.
    ("Ring [33 14](/side/) 14 48.", &["33141448"]),
    ("Ring [33 14](/side/)[14 48](/side/)", &["33141448"]),
    ("Ring [33] [14] [14] [48]", &["33141448"]),
    ("[115](/side/) haster ikke", &["115"]),
    // Next to an approved number, and in parts.
    ("Ring 112/115", &["115"]),
    ("Ring 115-114", &["115", "114"]),
    ("Ring 115 \u{2013} 114", &["115", "114"]),
    ("Ring 18 12", &["1812"]),
    ("Ring 3-3-1-4-1-4-4-8", &["33141448"]),
    ("Send en sms til 1231", &["1231"]),
    // With unusual separators, in unusual groups, and directly before a word.
    ("Ring 33\u{2019}14\u{2019}14\u{2019}48", &["33141448"]),
    ("Ring 33:14:14:48", &["33141448"]),
    ("Ring 33|14|14|48", &["33141448"]),
    ("33 14 14 48: mandag 8-16", &["33141448"]),
    ("33 14 14 48; 33 14 14 49", &["33141448", "33141449"]),
    ("3314 14 48", &["33141448"]),
    ("Ring \u{2460}\u{2460}\u{2464}", &["115"]),
    ("Ring 115nu", &["115"]),
    ("7025-25-25", &["70252525"]),
    ("70-252525", &["70252525"]),
    ("45 70 25 25 25", &["4570252525"]),
    ("Akuttelefonen 1813", &["1813"]),
    ("Akut: **1813**", &["1813"]),
    ("Tlf. 33141448og", &["33141448"]),
    ("Ring 0114", &["0114"]),
    // With a digit or two too many or too few.
    ("Ring 33 14 14 4", &["3314144"]),
    ("Ring på 33 14 14 488", &["331414488"]),
    ("Tlf. 331414", &["331414"]),
    ("Ring 33 14 14", &["331414"]),
    ("Telefon: 3314144", &["3314144"]),
];

const OTHERS: &[&str] = &[
    // Dates and times.
    "2026-12-01",
    "01-12-2026",
    "1. december 2026",
    "01.12.2026",
    "01.12.26",
    "udloeber: 2026-12-01 08:00",
    "kl. 08.00-16.00",
    "8.00-16.00, 9.00-17.00",
    "2025-2026",
    "2025 2026",
    "i 1980'erne og 2010'erne",
    // Places and codes.
    "8000 Aarhus C",
    "5000 Odense C, 5200 Odense V",
    "8000, 8200 og 8210",
    "1466-1469",
    "kode: 1465",
    "0710 0751",
    // Cases and accounts.
    "Sag nr. 1400-83131-00034-26",
    "Journalnr. 0100-10432-00012-26",
    "J.nr. 2026-0001-1234",
    "EAN-nummer: 5798 0002 0189 7",
    "IBAN DK50 0040 0440 1162 43",
    // Laws.
    "§ 114 i straffeloven",
    "straffelovens § 119, stk. 1",
    "lov nr. 410 af 27. april 2017",
    "lovbekendtgørelse nr. 1270",
    "artikel 115",
    "(EU) 2016/679, artikel 13",
    // Counts and amounts.
    "115 kommuner",
    "Vi fik 115 henvendelser i 2025",
    "Vi ringer inden 115 dage",
    "ring inden 120 minutter",
    "150 tegn",
    "laengde: 150",
    "hastigheden er 110 km/t",
    "12.345.678 kr.",
    "20 000 000 kr.",
    "25.000.000",
    "11,4 % og 1,15",
    "bil 115-4",
    "side 112-119",
    // Numbers of other kinds.
    "CVR-nr. 17 14 36 11",
    "CVR 17143611",
    "EAN 5798000000000",
    "123456789",
    "1234567890123",
    "12 34 56 78 90 12",
    "https://politi.dk/33141448",
    "[Se listen](/side/33141448/)",
    "navn.33141448@eksempel.dk",
    "[a]: https://politi.dk/33141448",
    "B33141448 og 33141448x",
    "IPv4 127.0.0.1",
    // Lists, times and ranges with mixed separators.
    "uge 32, 33, 34, 35",
    "den 24., 25., 26. og 27. december",
    "side 22, 33, 44, 55",
    "20.30-21.45",
    "kl. 20.30 - 21.45",
    "20.30, 21.45",
    "20.30/21.45",
    "24.12. 25.12.",
    "24/12-26/12",
    "24.12.26 20",
    "20-30, 40-50",
    "8000-8210",
    "8210, 8000",
    "2025-2024",
    "Ring den 24.12.2026",
    "Ring senest 2026-12-01",
    "Ring mellem kl. 20.30-21.45",
    "3,14 og 2,72",
    "12,34 kr. og 56,78 kr.",
    "| 33 | 14 | 14 | 48 |",
    "kl. 20:30-21:45",
    "kl. 20:30, 21:45",
    "24 12 2026",
    "24-12-2026",
    "45 46 47 48 49 50",
    "2026 12 24",
    "Ring 24timer i døgnet",
    "Ring hver 150m",
    "opkald 1-12",
    "Ring kl. 11 5 dage før",
    "\u{ff12}\u{ff10}\u{ff12}\u{ff16}-12-01",
    "tal som 22, 11, 33, 14",
    "Ring 24 12 2026",
    "Det kom 33 14 gange",
    "afsnit [1][1][5]",
    "Boring115",
    "Se [8000](/a/), [8210](/b/)",
    "5l og 10l, 2O",
    "(EU) 2016/679, 112/2026",
    "",
];

#[test]
fn numbers_are_found_in_any_notation() {
    for (line, expected) in NUMBERS {
        let found: Vec<String> = found(line).into_iter().filter(|plain| plain != "112").collect();
        assert_eq!(found, *expected, "{line}");
    }
}

#[test]
fn other_numbers_are_ignored() {
    for line in OTHERS {
        assert!(found(line).is_empty(), "{line}: {:?}", found(line));
    }
}

#[test]
fn a_number_has_its_offset_and_its_written_form() {
    let found = numbers(&Text::of("Ring på (+45) 33 14 14 48 nu"));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].start, found[0].written.as_str()), ("Ring på ".len(), "(+45) 33 14 14 48"));
}
