//! Lists of words and numbers are checked line by line, and likely corrections are suggested.

use crate::support::{Content, mistakes, now};
use std::fs;

/// The mistakes after a list is changed.
fn reported(file: &str, change: impl FnOnce(&str) -> String) -> Vec<String> {
    let content = Content::new();
    let path = content.path().join(file);
    let text = change(&fs::read_to_string(&path).unwrap_or_default());
    fs::write(path, text).unwrap();
    mistakes(&content)
}

#[test]
fn a_danger_rule_that_matches_nothing_is_reported_with_a_suggestion() {
    let note = "En note skal stå på sin egen linje med # først.";
    let either = "med skråstreg imellem: kniv/økse.";
    for (line, advice) in [
        ("kniv, økse | Han har en kniv", either),
        ("kniv; økse | Han har en kniv", either),
        ("kniv / økse | Han har en kniv", "uden mellemrum om skråstregen: kniv/økse."),
        ("kniv økse | Han har en kniv", "så skriv skråstreg imellem: kniv/økse."),
        ("kniv # farlig | Han har en kniv", note),
        ("kniv | Han har en kniv # farlig", note),
        ("kniv | Han har en kniv | En økse", "Der må kun stå én | på linjen."),
        ("- kniv | Han har en kniv", "Slet tegnet."),
        ("\"kniv\" | Han har en kniv", "uden anførselstegn."),
        ("slår…<mig> | Han slår mig", "mellemrum før og efter …."),
        ("slår+<mig> | Han slår mig", "mellemrum før og efter +."),
        ("slår uden:græs | Han slår", "»uden:« med små bogstaver og mellemrum på begge sider."),
        ("slår <mig | Han slår mig", "mellem < og >"),
        ("slår <Mig> | Han slår mig", "Store og små bogstaver skal passe."),
        ("<<<<<<< HEAD", "Her er en konflikt fra git."),
        ("[Altid fare]", "Mente du »altid fare«?"),
        ("[ altid fare ]", "Skriv »[altid fare]« og intet andet på linjen."),
        ("[altid fare]:", "Skriv »[altid fare]« og intet andet på linjen."),
        ("[anmeldelse]", "Der står ikke noget i afsnittet."),
        ("slår … <mig> | Han slår mig", "»slår … <mig>« står to gange i listen."),
        ("[vægt]\n12: kniv, kniv", "»kniv« står to gange i listen."),
        ("[vægt]\n12: kniv # farlig", note),
    ] {
        let reported = reported("ord/fareord.txt", |text| format!("{text}{line}\n"));
        let place = format!("ord/fareord.txt:{}:1: ", 5 + line.lines().count());
        assert!(
            reported.len() == 1 && reported[0].starts_with(&place) && reported[0].contains(advice),
            "{line}: {reported:?}"
        );
    }
}

#[test]
fn one_mistake_in_a_list_that_rules_use_is_reported_once() {
    let reported = reported("ord/fareord.txt", |text| text.replace("mig, os", "mig, os # alle"));
    assert!(reported.len() == 1 && reported[0].starts_with("ord/fareord.txt:3:1: "), "{reported:?}");
    let reported = self::reported("ord/fareord.txt", |text| text.replace("[altid fare]", "[Altid Fare]"));
    assert!(reported.len() == 1 && reported[0].starts_with("ord/fareord.txt:4:1: "), "{reported:?}");
}

#[test]
fn an_emptied_list_is_rejected() {
    let danger = |text: &'static str| reported("ord/fareord.txt", move |_| text.to_owned());
    for text in ["", "\n", "# Regler\n", "[ord]\n[altid fare]\n"] {
        assert!(
            matches!(danger(text).as_slice(), [one] if one.contains("Listen har ingen regler. Uden dem")),
            "{text:?}"
        );
    }
    for text in ["[ord]\nmig: mig\n", "[anmeldelse]\ntyv | En tyv\n"] {
        let reported = danger(text);
        assert!(
            matches!(reported.as_slice(), [one] if one.contains("ingen regler i afsnittet [altid fare]")),
            "{reported:?}"
        );
    }
    for (file, part) in [
        ("ord/kodeord.txt", "Der er 0 kodeord."),
        ("ord/klart-sprog.txt", "Listen har ingen ord."),
        ("data/telefonnumre.csv", "Første linje skal være »nummer,hvem,kilde«."),
        ("data/kommuner.csv", "Første linje skal være »kode,navn,kreds«."),
    ] {
        let reported = reported(file, |_| String::new());
        assert!(
            reported.len() == 1 && reported[0].starts_with(&format!("{file}:1:1: ")) && reported[0].contains(part),
            "{reported:?}"
        );
    }
    let reported = reported("data/telefonnumre.csv", |_| "nummer,hvem,kilde\n".to_owned());
    assert!(reported.len() == 1 && reported[0].contains("Listen har ingen telefonnumre."), "{reported:?}");
}

#[test]
fn an_invalid_code_word_is_reported_with_a_suggestion() {
    for (line, advice) in [
        ("aborre, abrikos", "Skriv hvert ord på sin egen linje."),
        ("aborre abrikos", "Skriv hvert ord på sin egen linje."),
        ("aborre # fisk", "Skriv noten på sin egen linje med # først."),
        ("Aborre", "Mente du »aborre«?"),
        ("- aborre", "Mente du »aborre«?"),
        ("»aborre«", "Mente du »aborre«?"),
        ("aborre,", "Mente du »aborre«?"),
        ("aborrefiskeri", "Brug 4-9 små bogstaver"),
        ("<<<<<<< HEAD", "Her er en konflikt fra git."),
    ] {
        let reported = reported("ord/kodeord.txt", |text| text.replace("\naborre\n", &format!("\n{line}\n")));
        assert!(reported.len() == 1 && reported[0].contains(advice), "{line}: {reported:?}");
    }
}

#[test]
fn a_malformed_line_of_plain_words_is_reported_once() {
    for line in ["såfremt: hvis # jura", "såfremt: hvis: når", "såfremt hvis", "såfremt # jura: hvis", "såfremt = hvis"]
    {
        let reported = reported("ord/klart-sprog.txt", |_| format!("{line}\nbibringe: give\n"));
        assert!(reported.len() == 1 && reported[0].starts_with("ord/klart-sprog.txt:1:1: "), "{line}: {reported:?}");
    }
}

#[test]
fn an_invalid_line_of_the_telephone_list_is_reported_once() {
    let add = |line: &'static str| reported("data/telefonnumre.csv", move |text| format!("{text}{line}\n"));
    for (line, advice) in [
        ("\"96 30 14 40, 96 30 14 41\",a,b", "Skriv ét nummer på hver linje."),
        ("96 30 14 40,a, b,c", "Har en tekst et komma, så sæt anførselstegn om den."),
        ("96 30 14 40 # nyt,a,b", "Slet alt efter nummeret."),
        ("# nyt", "Der kan ikke stå noter i filen."),
        ("96 30 14 40;a;b", "Brug komma, ikke semikolon eller tabulator."),
        ("96 30 14 40,\"a,b", "Et anførselstegn mangler sin makker."),
        ("96 3O 14 40,a,b", "er ikke et telefonnummer."),
        (">>>>>>> gren", "Her er en konflikt fra git."),
    ] {
        let reported = add(line);
        assert!(matches!(reported.as_slice(), [one] if one.contains(advice)), "{line}: {reported:?}");
    }
    // Excel leaves lines of commas in place of deleted rows.
    for empty in [",,", " , , ", "\"\",,", "   "] {
        assert_eq!(add(empty), [""; 0], "{empty}");
    }
    for (change, advice) in [
        (
            (|text: &str| format!("sep=;\n{}", text.replace(',', ";"))) as fn(&str) -> String,
            "Gem filen som CSV med komma",
        ),
        (|text: &str| text.replace('\n', ",,\n"), "Slet de tomme kolonner."),
        (|text: &str| text.replace("nummer,hvem,kilde", "hvem,nummer,kilde"), "i en anden rækkefølge."),
    ] {
        let reported = reported("data/telefonnumre.csv", change);
        assert!(matches!(reported.as_slice(), [one] if one.contains(advice)), "{reported:?}");
    }
    // As spreadsheets save it, or without its first line. The site's numbers are not all reported as well.
    for change in [
        |text: &str| text.replace(',', ";"),
        |text: &str| text.replace(',', "\t"),
        |text: &str| text.replacen("nummer,hvem,kilde\n", "", 1),
    ] {
        let reported = reported("data/telefonnumre.csv", change);
        assert!(matches!(reported.as_slice(), [one] if one.contains("Første linje skal være")), "{reported:?}");
    }
    let reported = reported("data/telefonnumre.csv", |text| text.replace("114,politiets servicenummer,", "114,"));
    assert!(matches!(reported.as_slice(), [one] if one.contains("Her er 2.")), "{reported:?}");
}

#[test]
fn a_damaged_list_of_places_is_reported_once() {
    let (kommuner, postcodes, names) = ("data/kommuner.csv", "data/postnumre.csv", "data/stednavne.csv");
    for (file, change, advice) in [
        // The format of a spreadsheet, half a file, a missing row, and a duplicate row.
        (kommuner, (|text: &str| text.replace("\n0", "\n")) as fn(&str) -> String, "har mistet nullet først"),
        (postcodes, |text: &str| text.replace(",0", ","), "har mistet nullet først"),
        (postcodes, |text: &str| text.lines().take(4).collect::<Vec<_>>().join("\n"), "kommuner: Favrskov, Aarhus."),
        (kommuner, |text: &str| text.replace("0710,Favrskov,oestjylland\n", ""), "8370 nævner kommunen 0710"),
        (
            names,
            |_| "navn,kommuner\nAls,0461\nals,0751\n".to_owned(),
            "»als« står her to gange; første gang i linje 2.",
        ),
    ] {
        let reported = reported(file, change);
        assert!(matches!(reported.as_slice(), [one] if one.contains(advice)), "{file}: {reported:?}");
    }
}

#[test]
fn decomposed_letters_equal_composed_ones() {
    use unicode_normalization::UnicodeNormalization;
    for file in ["ord/fareord.txt", "ord/kodeord.txt"] {
        assert_eq!(reported(file, |text| text.nfd().collect()), [""; 0], "{file}");
    }
    let apart = "bo\u{308}rn";
    let reported = reported("ord/fareord.txt", |text| format!("{text}{apart} + <mig> | Mig og börn\n"));
    assert_eq!(reported, [""; 0]);
}

#[test]
fn a_conflict_in_a_data_file_is_reported_once() {
    let content = Content::real();
    for (path, bytes) in content.all() {
        let is_data = ["data/", "ord/", "sprog/"].iter().any(|folder| path.starts_with(folder));
        let Some(text) = String::from_utf8(bytes).ok().filter(|_| is_data && !path.ends_with("KILDER.md")) else {
            continue;
        };
        let lines: Vec<&str> = text.lines().collect();
        let (before, after) = lines.split_at(lines.len() / 2);
        let line = after.first().copied().unwrap_or_default();
        let conflict = format!("<<<<<<< HEAD\n{line}\n=======\n{line}x\n>>>>>>> gren");
        let torn = [before, &[conflict.as_str()], &after[1..]].concat().join("\n") + "\n";
        fs::write(content.path().join(&path), torn).unwrap();
        let reported = mistakes(&content);
        assert!(reported.len() == 1 && reported[0].contains("Her er en konflikt fra git."), "{path:?}: {reported:?}");
        fs::write(content.path().join(&path), text).unwrap();
    }
}

#[test]
fn a_missing_month_or_weekday_is_reported() {
    for (from, to, count) in [
        ("januar, februar", "januar", "12 forskellige måneder. Her er 11."),
        ("januar, februar", "januar, januar", "12 forskellige måneder. Her er 11."),
        ("november, december", "november,", "12 forskellige måneder. Her er 11."),
        ("lørdag, søndag", "lørdag søndag", "7 forskellige ugedage. Her er 6."),
    ] {
        let content = Content::new();
        content.change("sprog/da.yaml", from, to);
        let reported = site_gen::check(content.path(), now()).err().unwrap();
        assert!(reported.len() == 1 && reported[0].to_string().contains(count), "{to}: {reported:?}");
    }
}
