//! One mistake of an editor is reported once, in the file where it was made.

use crate::support::Content;

#[test]
fn one_mistake_gives_one_diagnostic() {
    for (path, from, to) in [
        ("kredse/fyn/kreds.md", "navn: Fyns", "nvan: Fyns"),
        ("kredse/oestjylland/kreds.md", "navn: Østjyllands", "navn: Fyns"),
        ("kredse/fyn/kreds.md", "  bestil-en-betjent: ", "  bestil-en-betjnt: "),
        ("kredse/fyn/kreds.md", "betjent@fyn.politi.example", "betjent"),
        ("kredse/fyn/kreds.md", "postkasser:", "postkasse:"),
        ("kredse/fyn/kreds.md", "reservepostkasse: reserve@", "reservepostkasse: betjent@"),
        ("kredse/fyn/kreds.md", "reservepostkasse: reserve@", "reservepostkasse: "),
        ("kredse/fyn/kreds.md", "reservepostkasse: reserve@fyn.politi.example\n", ""),
        ("kredse/fyn/kreds.md", "reservepostkasse:", "reserve_postkasse:"),
        ("kredse/fyn/kreds.md", "frist:", "opbevaring_dage: -1\nfrist:"),
        ("kredse/fyn/kreds.md", "frist:", "opbevaring_dag: 30\nfrist:"),
        ("kredse/fyn/kreds.md", "frist:", "lukket: {bestil-en-betjnt: Vi tager ikke imod bestillinger.}\nfrist:"),
        ("kredse/fyn/kreds.md", "frist:", "lukket: {bestil-en-betjent: \"\"}\nfrist:"),
        ("kredse/fyn/kreds.md", "frist:", "luket: {bestil-en-betjent: Vi tager ikke imod bestillinger.}\nfrist:"),
        ("kredse/fyn/kreds.md", "frist:", "frist: x"),
        ("data/kommuner.csv", "0461,", "461,"),
        ("data/kommuner.csv", "0461,Odense,fyn", "0461,Odense"),
        ("data/kommuner.csv", "kode,navn,kreds", "kode,navn"),
        ("data/postnumre.csv", "5000,", "500,"),
        ("data/kort.txt", "1465 ", "1466 "),
        ("data/kort.txt", "omrids ", "omrids"),
        ("kredse/fyn/kreds.md", "kode: 1465", "kode: fyn"),
        ("formularer/bestil-en-betjent.md", "type: telefon", "type: telfon"),
        ("formularer/bestil-en-betjent.md", "felt: telefon", "felt: tlf"),
        ("formularer/bestil-en-betjent.md", "rolle: emne", "rolle: emnet"),
        ("formularer/bestil-en-betjent.md", "rolle: emne", "roole: emne"),
        ("formularer/bestil-en-betjent.md", "afsnit:", "afsnt:"),
        ("formularer/bestil-en-betjent.md", "foerst:", "først:"),
        ("formularer/bestil-en-betjent.md", "Utryghed, raad: privatliv", "Utryghed, raad: privat"),
        ("formularer/bestil-en-betjent.md", "Utryghed, raad: privatliv", "Utryghed"),
        ("formularer/bestil-en-betjent.md", "kun_ved: utryghed", "kun_ved: tryghed"),
        ("formularer/bestil-en-betjent.md", "        hjaelp: Så betjenten ved, hvem der skal tales med.\n", ""),
        ("formularer/bestil-en-faerdselskontrol.md", "tider:", "tidr:"),
        (
            "formularer/bestil-en-faerdselskontrol.md",
            "{kode: tirsdag, tekst: Tirsdag}",
            "{kode: mandag, tekst: Tirsdag}",
        ),
        ("udgange/ring-114.md", "i_stedet: 114", "i_stedet: 115"),
        ("udgange/ring-114.md", "kode: ulykke", "kode: akut"),
        ("formularer/bestil-en-betjent.md", "titel: Bestil", "titel Bestil"),
        ("sider/privatliv.md", "titel:", "title:"),
        ("indstillinger.md", "bund: [privatliv]", "bund: privatliv"),
        ("indstillinger.md", "sikkerhedskontakt: sikkerhed@bestil-en-betjent.example\n", ""),
        ("tekster/persondata.md", "[Læs om privatliv]", "[Læs om privatliv][x]"),
    ] {
        let content = Content::new();
        content.change(path, from, to);
        let diagnostics = site_gen::check(content.path(), crate::support::now()).err().unwrap();
        assert_eq!(diagnostics.len(), 1, "{to}: {diagnostics:?}");
        assert_eq!(diagnostics[0].path, path);
    }
}

#[test]
fn a_mistake_in_a_danish_file_is_not_reported_in_its_translation() {
    for (path, from, to) in [
        ("kredse/fyn/kreds.md", "frist:", "driftsbesked:\n  tekst: OBS: Vi har travlt.\nfrist:"),
        ("formularer/bestil-en-betjent.md", "felt: telefon", "felt: Telefon"),
        ("udgange/ring-114.md", "kode: ulykke", "kode: rødt-lys"),
    ] {
        let content = Content::english();
        content.change("kredse/fyn/kreds.en.md", "beskrivelse:", "driftsbesked:\n  tekst: We are busy.\nbeskrivelse:");
        content.change(path, from, to);
        let diagnostics = site_gen::check(content.path(), crate::support::now()).err().unwrap();
        let of_danish = path.replace(".md", ".en.md");
        let advice: Vec<_> = diagnostics.iter().filter(|one| one.path == of_danish).collect();
        assert!(advice.is_empty() && !diagnostics.is_empty(), "{to}: {advice:?}");
    }
}

#[test]
fn a_missing_space_or_colon_is_reported_where_it_is() {
    for key in ["navn", "hovedstation", "kode"] {
        let content = Content::new();
        let path = "kredse/fyn/kreds.md";
        let text = std::fs::read_to_string(content.path().join(path)).unwrap();
        let line = text.lines().position(|line| line.starts_with(&format!("{key}: "))).unwrap() + 1;
        content.change(path, &format!("{key}: "), &format!("{key}:"));
        let diagnostics = site_gen::check(content.path(), crate::support::now()).err().unwrap();
        assert_eq!(diagnostics[0].line, Some(line), "{key}: {diagnostics:?}");
        assert!(diagnostics[0].message.contains("Sæt et mellemrum efter kolon"), "{diagnostics:?}");
    }
}

#[test]
fn a_renamed_or_moved_folder_gives_one_diagnostic() {
    for (from, to, hint) in [
        ("sider", "side", "Mente du »side«?"),
        ("sider", "faelles/sider", ""),
        ("kredse", "kredsene", ""),
        ("formularer", "formular", ""),
        ("data", "Data-2026", ""),
        ("tekster", "sider/tekster", ""),
        ("udgange", "udgang", "Mente du »udgang«?"),
    ] {
        let content = Content::english();
        content.approve();
        let to = content.path().join(to);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::rename(content.path().join(from), to).unwrap();
        let diagnostics = crate::support::diagnostics(&content);
        assert_eq!(diagnostics.len(), 1, "{from}: {diagnostics:?}");
        assert_eq!(diagnostics[0].path, from);
        assert!(diagnostics[0].message.contains(hint), "{diagnostics:?}");
    }
}

/// The files of the tree with front matter, and the YAML files.
fn texts(content: &Content) -> Vec<(String, String)> {
    let files = content.all().into_iter().filter_map(|(path, bytes)| {
        let path = path.to_str()?.replace('\\', "/");
        let text = String::from_utf8(bytes).ok()?;
        (path.ends_with(".yaml") || text.starts_with("---\n")).then_some((path, text))
    });
    files.collect()
}

#[test]
fn any_unreadable_file_is_reported_once() {
    let content = Content::english();
    site_gen::check::compared::compare(content.path(), site_gen::check::compared::Files::All).unwrap();
    let good = content.all();
    let texts = texts(&content);
    assert!(texts.len() > 20, "{}", texts.len());
    for (path, text) in texts {
        let (first, rest) = text.split_once('\n').unwrap();
        let key = rest.find(": ").unwrap();
        for broken in [
            // A tab at the start of a line or after a colon; an unclosed quotation mark; a missing space.
            format!("{first}\n\tx: y\n{rest}"),
            format!("{first}\n{}:\t{}", &rest[..key], &rest[key + 2..]),
            format!("{first}\nx: \"y\n{rest}"),
            format!("{first}\n{}:{}", &rest[..key], &rest[key + 2..]),
            format!("{first}\n<<<<<<< HEAD\n=======\n>>>>>>> gren\n{rest}"),
            rest.to_owned(),
            String::new(),
        ] {
            // A YAML file without its first line is still valid.
            if path.ends_with(".yaml") && broken == rest {
                continue;
            }
            content.write(&path, &broken);
            let reported = site_gen::check(content.path(), crate::support::now()).err().unwrap_or_default();
            assert_eq!(
                reported.len(),
                1,
                "{path}: {}: {reported:?}",
                broken.lines().take(4).collect::<Vec<_>>().join("¶")
            );
            assert_eq!(reported[0].path, path);
            content.restore(&good);
        }
    }
}

#[test]
fn a_typo_in_a_closed_forms_name_is_reported_once_even_if_translated() {
    for (file, from) in
        [("kreds.md", "lukket: {bestil-en-betjnt: Lukket.}"), ("kreds.en.md", "lukket: {bestil-en-betjnt: X.}")]
    {
        let content = Content::english();
        for other in ["kreds.md", "kreds.en.md"] {
            let line = if other == file { from } else { "lukket: {bestil-en-betjent: Closed.}" };
            content.change(&format!("kredse/fyn/{other}"), "beskrivelse:", &format!("{line}\nbeskrivelse:"));
        }
        let diagnostics = site_gen::check(content.path(), crate::support::now()).err().unwrap();
        assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
        assert_eq!(diagnostics[0].path, format!("kredse/fyn/{file}"));
        assert!(diagnostics[0].message.contains("Mente du »bestil-en-betjent«?"), "{diagnostics:?}");
    }
}
