//! Unmistakable typing mistakes are reported, each at its location, and ordinary sentences are not.

use crate::support::{Content, diagnostics};
use site_gen::diagnostics::diagnostic::Diagnostic;

/// The diagnostics of a page with this body, which starts on line 5: `5:1 code`.
fn reported(body: &str) -> Vec<String> {
    let content = Content::new();
    content.page(body);
    let diagnostics = diagnostics(&content);
    let place = |place: Option<usize>| place.unwrap_or_default();
    let reported = diagnostics.iter().filter(|diagnostic| diagnostic.code.name() != "svaer-at-laese");
    reported.map(|said| format!("{}:{} {}", place(said.line), place(said.column), said.code)).collect()
}

#[test]
fn each_mistake_is_reported_once_at_its_location() {
    let (heading, list, table, bold) = ("forkert-overskrift", "forkert-liste", "forkert-tabel", "forkert-fremhaevning");
    let (foreign, code, gone, link) = ("tegn-uden-virkning", "vist-som-kode", "tekst-forsvinder", "forkert-link");
    for (body, place, kind) in [
        ("##Sådan", "5:1", heading),
        ("#Sådan", "5:1", heading),
        ("###sådan", "5:1", heading),
        ("Tekst\n##Sådan", "6:1", heading),
        ("- ##Sådan", "5:3", heading),
        ("Åbningstid\n---", "5:1", heading),
        ("Åbningstid\n-", "5:1", heading),
        ("•\ttekst", "5:1", list),
        ("• tekst", "5:1", list),
        ("•tekst", "5:1", list),
        ("Husk:\n• cykel\n• bil", "6:1", list),
        ("·\ttekst", "5:1", list),
        ("\u{f0b7}\ttekst", "5:1", list),
        ("o\ttekst", "5:1", list),
        ("– en cykel\n– en bil", "6:1", list),
        ("– en cykel\n\n– en bil", "7:1", list),
        ("-cykel\n-bil", "6:1", list),
        ("+cykel\n+bil", "6:1", list),
        ("\u{2011} en cykel\n\u{2011} en bil", "6:1", list),
        ("→ en cykel\n→ en bil", "6:1", list),
        ("- cykel\n  o lygter", "6:3", list),
        ("\u{f0a7} tekst", "5:1", list),
        ("1.Ring\n2.Vent", "6:1", list),
        ("1.\u{a0}Ring\n2.\u{a0}Vent", "6:1", list),
        ("1)Ring\n2)Vent", "6:1", list),
        ("(1) Ring\n(2) Vent", "6:1", list),
        ("1: Ring\n2: Vent", "6:1", list),
        ("a) Ring\nb) Vent\nc) Svar", "6:1", list),
        ("- cykel\n-\n- bil", "6:1", list),
        ("- cykel\n-bil", "6:1", list),
        ("* cykel\n*bil", "6:1", list),
        ("☐ cykel", "5:1", list),
        ("1 . Ring\n2 . Vent", "6:1", list),
        ("1. cykel\n2.", "6:1", list),
        ("[a] (/privatliv/)", "5:1", link),
        ("Se [a] (https://politi.dk).", "5:4", link),
        ("[a]\n(/privatliv/)", "5:1", link),
        ("[a](/privat liv/)", "5:1", link),
        ("[a](/privatliv/ ”titel”)", "5:1", link),
        ("[a](/privatliv/", "5:1", link),
        ("Læs [a](https://politi.dk og ring.", "5:5", link),
        ("(a)[/privatliv/]", "5:1", link),
        ("(a) [/privatliv/]", "5:1", link),
        ("[a] [/privatliv/]", "5:1", link),
        ("[a][/privatliv/]", "5:1", link),
        ("[](/privatliv/)", "5:1", link),
        ("[a\n\nb](/privatliv/)", "7:1", link),
        ("[a@politi.example](mailto:b@politi.example)", "5:1", link),
        ("[politi.dk](https://polti.dk)", "5:1", link),
        ("[https://www.politi.dk/a](https://andre.example/a)", "5:1", link),
        ("[ ](/privatliv/)", "5:1", link),
        ("[[privatliv]]", "5:1", foreign),
        ("Se [[privatliv|siden]] nu", "5:4", foreign),
        ("![Cykel]", "5:1", "forkert-billedlink"),
        ("![Cykel](data:image/png;base64,iVBORw0KGgo=)", "5:1", "forkert-billedlink"),
        ("![Cykel] (/billeder/cykel.jpg)", "5:1", "forkert-billedlink"),
        ("![Cykel](/billeder/min cykel.jpg)", "5:1", "forkert-billedlink"),
        ("Se ![Cykel](billeder/IMG 2041.JPG)", "5:4", "forkert-billedlink"),
        ("[ ] cykel", "5:1", foreign),
        ("[TOC]", "5:1", foreign),
        ("[[_TOC_]]", "5:1", foreign),
        ("[gallery ids=\"1,2\"]", "5:1", foreign),
        ("Et hus[/caption]", "5:7", foreign),
        ("[vc_row]", "5:1", foreign),
        ("> [!NOTE]\n> Husk lygter.", "5:3", foreign),
        ("::: boks\nHusk lygter.", "5:1", foreign),
        ("!!! note", "5:1", foreign),
        ("####### Sted", "5:1", foreign),
        ("= Sted", "5:1", foreign),
        ("Se Fejl! Henvisningskilde ikke fundet.", "5:4", foreign),
        ("== Sted ==", "5:1", foreign),
        ("Godt :smile: nu", "5:6", foreign),
        ("Se ^note^ her", "5:4", foreign),
        ("**Vigtigt **at vide", "5:1", bold),
        ("Det er ** vigtigt** at vide", "5:8", bold),
        ("** Vigtigt** at vide", "5:1", bold),
        ("**Vigtigt ** at vide", "5:1", bold),
        ("**Vigtigt* at vide", "5:1", bold),
        ("***Vigtigt** at vide", "5:1", bold),
        ("*Vigtigt** at vide", "5:10", bold),
        ("**Vigtigt at vide", "5:1", bold),
        ("Vigtigt** at vide", "5:8", bold),
        ("**Vigtigt:**du skal", "5:1", bold),
        ("__Vigtigt __ at vide", "5:1", bold),
        ("*Vigtigt *at vide", "5:1", bold),
        ("| a | b |\n|---|---|\n| **c ** | d |", "7:3", bold),
        ("~~gammel~~", "5:1", foreign),
        ("==vigtigt==", "5:1", foreign),
        ("- [ ] et", "5:3", foreign),
        ("1. [x] et", "5:4", foreign),
        ("Se noten[^1].", "5:9", foreign),
        ("    indrykket", "5:5", code),
        ("\tindrykket", "5:2", code),
        ("```\nkode\n```", "5:1", code),
        ("~~~\nkode", "5:1", code),
        ("[OBS]: lukket", "5:1", gone),
        ("> [OBS]: lukket", "5:3", gone),
        ("[a]: /privatliv/\n[a]: /fyn/\n\n[a]", "6:1", gone),
        ("| a | b |\n|---|---|\n| c | d | e |", "7:10", table),
        ("| a | b |\n|---|---|\n| c |", "7:1", table),
        ("| a | b |\n|---|---|\n| c | d |\nTekst", "8:1", table),
        ("| a | b |\n| c | d |", "5:1", table),
        ("| a | b |\n|---|\n| c | d |", "5:1", table),
        ("a | b\nc | d", "6:1", table),
        ("Dag\tTid\nmandag\t10-12", "5:1", table),
        ("| | |\n|---|---|\n| c | d |", "5:2", table),
        ("| Dag | |\n|---|---|\n| c | d |", "5:8", table),
        ("Ord &nbsp ord", "5:5", "html"),
        ("Ord &oslas; ord", "5:5", "html"),
        ("Se https://politi.dk.", "5:4", "adresse-uden-link"),
        ("Se HTTPS://politi.dk", "5:4", "adresse-uden-link"),
        ("(www.politi.dk)", "5:2", "adresse-uden-link"),
        ("Skriv til x@y.example, hvis", "5:11", "adresse-uden-link"),
        ("Se politi.dk/kontakt", "5:4", "adresse-uden-link"),
        ("Læs (/privatliv/), og ring", "5:6", "adresse-uden-link"),
        ("Skriv til mailto:x@y.example", "5:18", "adresse-uden-link"),
        ("[her](/privatliv/)", "5:1", "linkets-ord-siger-intet"),
        ("[PDF](/privatliv/)", "5:1", "linkets-ord-siger-intet"),
        ("[Klik her!](/privatliv/)", "5:1", "linkets-ord-siger-intet"),
        ("[**Læs mere**](/privatliv/)", "5:1", "linkets-ord-siger-intet"),
        ("[Link til siden](/privatliv/)", "5:1", "linkets-ord-siger-intet"),
        ("[read more »](/privatliv/)", "5:1", "linkets-ord-siger-intet"),
    ] {
        assert_eq!(reported(body), [format!("{place} {kind}")], "{body}");
    }
}

#[test]
fn ordinary_sentences_give_no_diagnostics() {
    for body in [
        "Ring på 114 kl. 8-16.",
        "Åbent kl. 8*\n\n\\* Dog ikke i ferien.",
        "Vi har åbent 8* og 10*.",
        "*Gælder ikke på helligdage",
        "Det er 2 * 3 meter.",
        "Det er 2 * 3 * 4 meter.",
        "5*5 er 25",
        "Filen hedder min_fil_navn.pdf",
        "Skriv navn_efternavn.",
        "Navn: ____________________",
        "Kode: ***** (skjult)",
        "Han sagde, at »det gik [sic] godt«.",
        "Se bilaget [1] (se nedenfor).",
        "(se nedenfor)[1]",
        "[bilag](se side 3)",
        "[...] og så gik han.",
        "Kom kl. 10: :-) og 2:30: Åbent",
        "2 + 3\n= 5 kr.",
        "Husk![1]",
        "Det er ~5 km, ca. ~ og ^.",
        "[[1]]",
        "Det er [ikke] sandt.",
        "Mandag – fredag kl. 10-15",
        "– Ring til os, siger betjenten.",
        "Vi har åbent\n– også i dag – til kl. 16.",
        "-10 grader er koldt",
        "Det koster 10,-",
        "Vi er nr. #1 på listen.",
        "#1 er den første.",
        "#nytår er på vej",
        "#MeToo handler om det.",
        "C# er et sprog",
        "ja | nej",
        "Gade/vej, f.eks./bl.a. km/t, 24/7 og/eller 1.200/2.400",
        "18.December: Odense\n20.December: Nyborg",
        "1.maj: Odense\n2.maj: Nyborg",
        "A. Hansen\nB. Jensen",
        "Kl. 10: Kaffe\nKl. 11: Kage",
        "8: Otte\n10: Ti",
        "- - Ring",
        "Forside | Politi",
        "Tallet er < 10 og > 5.",
        "Q&A og R&D",
        "Hansen & Søn; Jensen & Co.",
        "Det koster ca. ~ 10 kr.",
        "Vej 5 ~ 7 km",
        "1 + 1 = 2 og a == b",
        "Kl. 10:30 mødes vi @ torvet.",
        "Følg os på @politi.",
        "Se politi.dk.",
        "Se [politi.dk](https://politi.dk).",
        "Se <https://politi.dk> eller <a@b.example>.",
        "Se [digst.dk](https://was.digst.dk/a) og [www.politi.dk/a](http://politi.dk).",
        "Ring [114 eller 112](tel:114), [politiet](tel:114) eller [a@b.example](mailto:A@b.example).",
        "Læs [mere om privatliv](/privatliv/).",
        "Det er **vigtigt**, at du ringer.",
        "**Vigtigt:** Ring 114.",
        "*Kursiv* og __fed__ og ***begge***.",
        "u**de**n mellemrum",
        "**Kun *i* dag** og *kun **i** dag*.",
        "\\**Vigtigt* at vide",
        "- Husk\n  -10 grader er koldt",
        "Navn:\tHans",
        "Vi er [ikke] her [sic] og [her eller der].",
        "Skriv \\*\\*ikke\\*\\* sådan.",
        "Skriv \\[a\\](/x/) sådan.",
        "Skriv `**a**` og `[a] (/x/)` sådan.",
        "Ring straks!  \nEller skriv.",
        "Ring straks!\\\nEller skriv.",
        "Tekst.\n\n---\n\nTekst.",
        "- et\n- to\n  - tre",
        "* et\n* to",
        "1. et\n2. to",
        "1) et\n2) to",
        "- 18. december: Odense\n- 19. december: Nyborg",
        "3. december holder vi åbent.",
        "|  | mandag |\n|---|---|\n| kl. 8 | åben |",
        "| a | b |\n|---|---|\n| c \\| d | e |",
        "| a | b |\n|---|---|\n| – | • |",
        "a | b\n---|---\nc | d",
        "[privatliv]: /privatliv/\n\nLæs om [privatliv].",
        "[Privat Liv]: /privatliv/\n\nLæs om [dit privatliv][privat  liv].",
        "O'Brien og d´Angleterre",
        "§ 5, stk. 2, nr. 1",
        "Prisen er 5 % og 10 °C.",
        "Læg den i C:\\temp\\fil.",
        "&amp; og &oslash; og &nbsp;.",
        "Den 24.12. er der lukket; 24/12 også.",
        "E-mail/sms: ja/nej",
        "## Kl. 8-16: [privatliv](/privatliv/)",
    ] {
        assert_eq!(reported(body), Vec::<String>::new(), "{body}");
    }
}

/// The diagnostics of the tree after a change in a file.
fn changed(path: &str, from: &str, to: &str) -> Vec<String> {
    let content = Content::new();
    content.change(path, from, to);
    let shown = |said: &Diagnostic| {
        format!("{}:{}:{} {}", said.path, said.line.unwrap_or(0), said.column.unwrap_or(0), said.code)
    };
    diagnostics(&content).iter().map(shown).collect()
}

#[test]
fn markdown_is_reported_in_every_field_of_plain_text() {
    for (path, from, to) in [
        ("sider/privatliv.md", "titel: ", "titel: \"**A** b\" # "),
        ("sider/privatliv.md", "beskrivelse: ", "beskrivelse: Læs [a](/b/) og "),
        ("sider/privatliv.md", "titel: ", "titel: Om <b>dig</b> "),
        ("sider/privatliv.md", "titel: ", "titel: Ret &amp; pligt "),
        ("sider/privatliv.md", "titel: ", "titel: \"## Ret\" # "),
        ("kredse/fyn/kreds.md", "frist:", "driftsbesked: {tekst: Vi er __her__ nu, udloeber: 2026-12-01}\nfrist:"),
        ("kredse/fyn/kreds.md", "frist:", "lukket: {bestil-en-betjent: \"Se [a] (/b/) nu.\"}\nfrist:"),
        ("formularer/bestil-en-betjent.md", "titel: Bestil", "titel: Bestil ~~nu~~"),
        ("udgange/ring-114.md", "tekst: ", "tekst: Et *godt* råd "),
        ("sprog/da.yaml", "find_knap: ", "find_knap: \"`Find`\" # "),
    ] {
        let reported = changed(path, from, to);
        assert!(reported.iter().all(|said| said.ends_with("markdown-i-ren-tekst")), "{to}: {reported:?}");
        assert!(!reported.is_empty() && reported[0].starts_with(path), "{to}: {reported:?}");
    }
    for to in
        ["Kl. 8*", "Felter med * udfyldes *", "2 * 3 * 4", "min_fil_navn", "R&D; A&B", "a < b > c", "[1] (se side 2)"]
    {
        let reported = changed("sider/privatliv.md", "beskrivelse: ", &format!("beskrivelse: \"{to}\" # "));
        assert_eq!(reported, Vec::<String>::new(), "{to}");
    }
}
