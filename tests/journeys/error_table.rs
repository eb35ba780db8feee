//! The table of R24: what each field says about each kind of error, in both languages, as a citizen sees it.
//!
//! Each row has what is typed instead of a valid answer, and what the page then says. `x*151` is 151 letters.

use crate::journeys::filled::{call, open_in, traffic};
use crate::journeys::service::{Service, real_content};
use model::names::{FormId, Language};
use std::collections::BTreeSet;

/// The typed text, the Danish text, the English text.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const CALL: &[Row] = &[
    ("emne=",
        "Vælg, hvad du gerne vil tale med en betjent om.",
        "Choose what you would like to talk to an officer about."),
    ("emne=findes-ikke",
        "Vælg et af emnerne på listen. Passer ingen af dem, så vælg »Noget andet om tryghed eller forebyggelse«.",
        "Choose one of the topics on the list. If none of them fits, choose “Something else about safety or prevention”."),
    ("emne=utryghed&utrygt_hvornaar=findes-ikke",
        "Vælg fra listen, hvornår det er utrygt, eller lad være med at svare.",
        "Choose from the list when it feels unsafe, or leave it unanswered."),
    ("emne=indbrud&indbrud_hvor=",
        "Vælg, hvad du vil beskytte mod indbrud.",
        "Choose what you want to protect against burglary."),
    ("emne=indbrud&indbrud_hvor=findes-ikke",
        "Vælg fra listen, hvad du vil beskytte mod indbrud. Passer intet, så vælg »Noget andet«.",
        "Choose from the list what you want to protect against burglary. If nothing fits, choose “Something else”."),
    ("emne=mobil-politistation&besoeg_anledning=x*151",
        "Skriv kortere om anledningen til besøget. Der er plads til 150 tegn.",
        "Use fewer words for the occasion of the visit. There is room for 150 characters."),
    ("emne=patruljering&patrulje_hvornaar=",
        "Vælg mindst ét tidspunkt, hvor der er brug for, at politiet patruljerer.",
        "Choose at least one time when patrols are needed."),
    ("emne=patruljering&patrulje_hvornaar=findes-ikke",
        "Vælg tidspunkter fra listen, når du svarer på, hvornår politiet skal patruljere.",
        "Choose times from the list when you answer when patrols are needed."),
    ("vej=",
        "Skriv den gade, vej, plads eller det område, hvor problemet er.",
        "Write the street, road, square or area where the problem is."),
    ("vej=x*151",
        "Gør beskrivelsen af stedet kortere. Der er plads til 150 tegn. Resten kan du skrive under »Hvad oplever du?«.",
        "Make the description of the place shorter. There is room for 150 characters. You can write the rest under “What do you see happening?”."),
    ("postnr=",
        "Skriv postnummeret, byen eller kommunen, hvor problemet er.",
        "Enter the postcode, town or kommune (municipality) where the problem is."),
    ("postnr=123",
        "Skriv byen eller kommunen på en anden måde. Vi kender ikke det sted, du har skrevet.",
        "Write the town or kommune (municipality) in another way. We do not know the place you have entered."),
    ("postnr=Hadstn",
        "Vælg stedet på listen, eller skriv det på en anden måde. Det, du har skrevet, ligner et sted, vi kender.",
        "Choose the place from the list, or write it in another way. What you have entered is close to a place we know."),
    ("postnr=Nykøbing",
        "Vælg stedet på listen. Det, du har skrevet, kan være flere steder.",
        "Choose the place from the list. What you have entered can be several places."),
    ("postnr=5000&kommune=0751",
        "Ret stedet, hvor problemet er. 5000 Odense C ligger ikke i Aarhus.",
        "Correct the place where the problem is. 5000 Odense C is not in Aarhus."),
    ("beskrivelse=",
        "Skriv kort, hvad du oplever, så betjenten kan forberede sig.",
        "Write briefly what you see happening, so that the officer can prepare."),
    ("beskrivelse=x*1001",
        "Gør teksten om, hvad du oplever, kortere. Der er plads til 1.000 tegn. Resten kan du fortælle, når vi ringer.",
        "Make the text about what you see happening shorter. There is room for 1,000 characters. You can tell us the rest when we call."),
];

#[rustfmt::skip]
const TRAFFIC: &[Row] = &[
    ("problem=",
        "Vælg, hvilket problem i trafikken det handler om.",
        "Choose which traffic problem it is about."),
    ("problem=findes-ikke",
        "Vælg et af problemerne på listen. Passer ingen af dem, så vælg »Noget andet i trafikken«.",
        "Choose one of the problems on the list. If none of them fits, choose “Something else in the traffic”."),
    ("vej=",
        "Skriv navnet på den vej eller det kryds, hvor problemet er.",
        "Write the name of the road or junction where the problem is."),
    ("vej=x*151",
        "Gør navnet på vejen eller krydset kortere. Der er plads til 150 tegn.",
        "Make the name of the road or junction shorter. There is room for 150 characters."),
    ("fra=x*151",
        "Skriv kortere, hvor strækningen begynder. Der er plads til 150 tegn.",
        "Use fewer words for where the stretch of road begins. There is room for 150 characters."),
    ("til=x*151",
        "Skriv kortere, hvor strækningen slutter. Der er plads til 150 tegn.",
        "Use fewer words for where the stretch of road ends. There is room for 150 characters."),
    ("retning=",
        "Vælg, i hvilken retning de kører. Er du i tvivl, så vælg »Det ved jeg ikke«.",
        "Choose in which direction they drive. If you are not sure, choose “I do not know”."),
    ("retning=findes-ikke",
        "Vælg en af retningerne på listen, eller vælg »Det ved jeg ikke«.",
        "Choose one of the directions on the list, or choose “I do not know”."),
    ("postnr=",
        "Skriv postnummeret, byen eller kommunen, hvor vejen ligger.",
        "Enter the postcode, town or kommune (municipality) the road is in."),
    ("postnr=123",
        "Skriv vejens by eller kommune på en anden måde. Vi kender ikke det sted, du har skrevet.",
        "Write the town or kommune (municipality) of the road in another way. We do not know the place you have entered."),
    ("postnr=Hadstn",
        "Vælg vejens sted på listen, eller skriv det på en anden måde. Det, du har skrevet, ligner et sted, vi kender.",
        "Choose the place of the road from the list, or write it in another way. What you have entered is close to a place we know."),
    ("postnr=Nykøbing",
        "Vælg vejens sted på listen. Det, du har skrevet, kan være flere steder.",
        "Choose the place of the road from the list. What you have entered can be several places."),
    ("postnr=5000&kommune=0751",
        "Ret det sted, hvor vejen ligger. 5000 Odense C ligger ikke i Aarhus.",
        "Correct the place the road is in. 5000 Odense C is not in Aarhus."),
    ("hvornaar=",
        "Sæt mindst ét kryds i skemaet ved den dag og det tidspunkt, hvor det er værst.",
        "Tick at least one box in the table for the day and time when it is worst."),
    ("hvornaar=findes-ikke",
        "Brug kun krydserne i skemaet, når du svarer på, hvornår det er værst.",
        "Use only the boxes in the table when you answer when it is worst."),
    ("trafikanter=findes-ikke",
        "Vælg fra listen, hvem det er farligt eller utrygt for, eller lad være med at svare.",
        "Choose from the list who it is dangerous or unsafe for, or leave the question unanswered."),
    ("beskrivelse=x*1001",
        "Gør teksten om, hvad betjenten bør vide, kortere. Der er plads til 1.000 tegn. Resten kan du fortælle, når vi ringer.",
        "Make the text about what the officer should know shorter. There is room for 1,000 characters. You can tell us the rest when we call."),
];

/// Errors of the fields about the citizen, which both forms have.
#[rustfmt::skip]
const CITIZEN: &[Row] = &[
    ("navn=",
        "Skriv dit navn, så betjenten ved, hvem der skal ringes til.",
        "Write your name, so that the officer knows who to call."),
    ("navn=x*101",
        "Skriv en kortere udgave af dit navn. Der er plads til 100 tegn.",
        "Write a shorter version of your name. There is room for 100 characters."),
    ("telefon=",
        "Skriv det telefonnummer, en betjent kan ringe til dig på.",
        "Write the telephone number an officer can call you on."),
    ("telefon=12 34",
        "Ret telefonnummeret, så det har 8 cifre. Et udenlandsk nummer skal begynde med + og landekoden.",
        "Correct the telephone number so that it has 8 digits. A foreign number must start with + and the country code."),
    ("email=navn@",
        "Ret e-mailadressen, så den ligner navn@eksempel.dk, eller slet den.",
        "Correct the email address so that it looks like name@example.com, or delete it."),
    ("paa_vegne_af=x*101",
        "Skriv kortere, hvem du skriver for. Der er plads til 100 tegn.",
        "Use fewer words for whom you are writing for. There is room for 100 characters."),
    ("ringetid=",
        "Vælg mindst ét tidspunkt på dagen, hvor vi må ringe til dig.",
        "Choose at least one time of day when we may call you."),
    ("ringetid=findes-ikke",
        "Vælg mellem formiddag, eftermiddag og aften, når du svarer på, hvornår vi må ringe.",
        "Choose from morning, afternoon and evening when you answer when we may call."),
    ("samtale=findes-ikke",
        "Vælg fra listen, hvad der gør det svært at tale i telefon, eller lad være med at svare.",
        "Choose from the list what makes it hard to talk on the phone, or leave it unanswered."),
    ("tolkesprog=x*101",
        "Skriv kun navnet på det sprog, du har brug for en tolk til. Der er plads til 100 tegn.",
        "Write only the name of the language you need an interpreter for. There is room for 100 characters."),
];

const FORMS: [(&str, &[Row]); 2] = [("bestil-en-betjent", CALL), ("bestil-en-faerdselskontrol", TRAFFIC)];

#[test]
fn each_field_says_what_to_do_about_each_kind_of_error_in_its_own_words() {
    let service = Service::start();
    for (form, rows) in FORMS.map(|(form, own)| (form, [own, CITIZEN].concat())) {
        for (prefix, language) in [("", 0), ("/en", 1)] {
            let page = open_in(&service.visitor(), prefix, "oestjylland", form);
            let right = if form == "bestil-en-betjent" { call(page) } else { traffic(page) }.set("postnr", "Aarhus");
            for (typed, danish, english) in &rows {
                let mut filled = right.clone();
                for (name, value) in form_urlencoded::parse(typed.as_bytes()) {
                    let long = value.split_once('*').map(|(text, times)| text.repeat(times.parse().unwrap()));
                    filled = filled.set(&name, &long.unwrap_or_else(|| value.into_owned()));
                }
                let answer = filled.submit();
                assert_eq!(
                    (answer.status, answer.texts_at("#fejl li")),
                    (422, vec![[*danish, *english][language].to_owned()]),
                    "{typed}"
                );
            }
        }
    }
}

#[test]
fn the_table_has_every_error_of_every_field_and_no_two_are_equal() {
    let built =
        site_gen::build(&real_content(), None, jiff::Timestamp::UNIX_EPOCH).unwrap_or_else(|error| panic!("{error}"));
    for (form, rows) in FORMS.map(|(form, own)| (form, [own, CITIZEN].concat())) {
        let form = built.site.catalog().form(&FormId::parse(form).unwrap(), &Language::danish()).unwrap();
        let errors: usize = form.fields().map(|field| field.errors.len()).sum();
        assert_eq!(rows.len(), errors, "{}", form.id());
        for texts in [rows.iter().map(|row| row.1).collect::<Vec<_>>(), rows.iter().map(|row| row.2).collect()] {
            assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len());
            for text in texts {
                // Words that the Danish design system forbids (designsystem.dk, "Fejlmeddelelser"), and English ones.
                for forbidden in ["dfyld feltet", "påkrævet", "gyldig værdi", "ikke gyldig", "is required", "invalid"]
                {
                    assert!(!text.contains(forbidden), "{text}");
                }
            }
        }
    }
}
