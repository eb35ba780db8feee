//! Lists of words and numbers are judged line by line, and what was probably meant is said.

use crate::support::{Content, now};
use std::fs;

/// Diagnostics after a list was changed.
fn told(file: &str, change: impl FnOnce(&str) -> String) -> Vec<String> {
    let content = Content::new();
    let path = content.path().join(file);
    let text = change(&fs::read_to_string(&path).unwrap_or_default());
    fs::write(path, text).unwrap();
    let told = site_gen::check(content.path(), now()).err().unwrap_or_default();
    told.iter().map(ToString::to_string).collect()
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
        let told = told("ord/fareord.txt", |text| format!("{text}{line}\n"));
        let place = format!("ord/fareord.txt:{}:1: ", 5 + line.lines().count());
        assert!(told.len() == 1 && told[0].starts_with(&place) && told[0].contains(advice), "{line}: {told:?}");
    }
}

#[test]
fn one_slip_in_a_list_that_rules_use_is_reported_once() {
    let told = told("ord/fareord.txt", |text| text.replace("mig, os", "mig, os # alle"));
    assert!(told.len() == 1 && told[0].starts_with("ord/fareord.txt:3:1: "), "{told:?}");
    let told = self::told("ord/fareord.txt", |text| text.replace("[altid fare]", "[Altid Fare]"));
    assert!(told.len() == 1 && told[0].starts_with("ord/fareord.txt:4:1: "), "{told:?}");
}

#[test]
fn an_emptied_list_is_refused() {
    let danger = |text: &'static str| told("ord/fareord.txt", move |_| text.to_owned());
    for text in ["", "\n", "# Regler\n", "[ord]\n[altid fare]\n"] {
        assert!(
            matches!(danger(text).as_slice(), [one] if one.contains("Listen har ingen regler. Uden dem")),
            "{text:?}"
        );
    }
    for text in ["[ord]\nmig: mig\n", "[anmeldelse]\ntyv | En tyv\n"] {
        let told = danger(text);
        assert!(matches!(told.as_slice(), [one] if one.contains("ingen regler i afsnittet [altid fare]")), "{told:?}");
    }
    for (file, part) in [
        ("ord/kodeord.txt", "Der er 0 kodeord."),
        ("ord/klart-sprog.txt", "Listen har ingen ord."),
        ("data/telefonnumre.csv", "Første linje skal være »nummer,hvem,kilde«."),
        ("data/kommuner.csv", "Første linje skal være »kode,navn,kreds«."),
    ] {
        let told = told(file, |_| String::new());
        assert!(told.len() == 1 && told[0].starts_with(&format!("{file}:1:1: ")) && told[0].contains(part), "{told:?}");
    }
    let told = told("data/telefonnumre.csv", |_| "nummer,hvem,kilde\n".to_owned());
    assert!(told.len() == 1 && told[0].contains("Listen har ingen telefonnumre."), "{told:?}");
}

#[test]
fn a_line_that_is_no_code_word_is_reported_with_a_suggestion() {
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
        let told = told("ord/kodeord.txt", |text| text.replace("\naborre\n", &format!("\n{line}\n")));
        assert!(told.len() == 1 && told[0].contains(advice), "{line}: {told:?}");
    }
}

#[test]
fn a_malformed_line_of_plain_words_is_reported_once() {
    for line in ["såfremt: hvis # jura", "såfremt: hvis: når", "såfremt hvis", "såfremt # jura: hvis", "såfremt = hvis"]
    {
        let told = told("ord/klart-sprog.txt", |_| format!("{line}\nbibringe: give\n"));
        assert!(told.len() == 1 && told[0].starts_with("ord/klart-sprog.txt:1:1: "), "{line}: {told:?}");
    }
}

#[test]
fn an_unusable_line_of_numbers_is_reported_once() {
    let add = |line: &'static str| told("data/telefonnumre.csv", move |text| format!("{text}{line}\n"));
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
        let told = add(line);
        assert!(matches!(told.as_slice(), [one] if one.contains(advice)), "{line}: {told:?}");
    }
    // Excel keeps lines of commas where lines were.
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
        let told = told("data/telefonnumre.csv", change);
        assert!(matches!(told.as_slice(), [one] if one.contains(advice)), "{told:?}");
    }
    // As spreadsheets save it; and without its first line. Not every number of the site is blamed besides.
    for change in [
        |text: &str| text.replace(',', ";"),
        |text: &str| text.replace(',', "\t"),
        |text: &str| text.replacen("nummer,hvem,kilde\n", "", 1),
    ] {
        let told = told("data/telefonnumre.csv", change);
        assert!(matches!(told.as_slice(), [one] if one.contains("Første linje skal være")), "{told:?}");
    }
    let told = told("data/telefonnumre.csv", |text| text.replace("114,politiets servicenummer,", "114,"));
    assert!(matches!(told.as_slice(), [one] if one.contains("Her er 2.")), "{told:?}");
}

#[test]
fn a_list_of_places_that_is_not_whole_is_reported_once() {
    let (kommuner, postcodes, names) = ("data/kommuner.csv", "data/postnumre.csv", "data/stednavne.csv");
    for (file, change, advice) in [
        // A spreadsheet, a half file, a row that is gone, and a second row.
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
        let told = told(file, change);
        assert!(matches!(told.as_slice(), [one] if one.contains(advice)), "{file}: {told:?}");
    }
}

#[test]
fn decomposed_letters_equal_composed_ones() {
    use unicode_normalization::UnicodeNormalization;
    for file in ["ord/fareord.txt", "ord/kodeord.txt"] {
        assert_eq!(told(file, |text| text.nfd().collect()), [""; 0], "{file}");
    }
    let apart = "bo\u{308}rn";
    let told = told("ord/fareord.txt", |text| format!("{text}{apart} + <mig> | Mig og börn\n"));
    assert_eq!(told, [""; 0]);
}

#[test]
fn a_conflict_in_a_file_of_data_is_told_once() {
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
        let told = site_gen::check(content.path(), now()).err().unwrap_or_default();
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].contains("Her er en konflikt fra git."), "{path:?}: {told:?}");
        fs::write(content.path().join(&path), text).unwrap();
    }
}

#[test]
fn a_month_or_a_day_too_few_is_reported_since_dates_would_be_wrong() {
    for (from, to, count) in [
        ("januar, februar", "januar", "12 forskellige måneder. Her er 11."),
        ("januar, februar", "januar, januar", "12 forskellige måneder. Her er 11."),
        ("november, december", "november,", "12 forskellige måneder. Her er 11."),
        ("lørdag, søndag", "lørdag søndag", "7 forskellige ugedage. Her er 6."),
    ] {
        let content = Content::new();
        content.change("sprog/da.yaml", from, to);
        let told = site_gen::check(content.path(), now()).err().unwrap();
        assert!(told.len() == 1 && told[0].to_string().contains(count), "{to}: {told:?}");
    }
}
