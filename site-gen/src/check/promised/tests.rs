//! Sentences that promise a time, and sentences that do not.

use super::*;

#[test]
fn a_time_limit_for_the_police_is_a_promise() {
    for sentence in [
        "Vi ringer altid inden 2 dage.",
        "Vi ringer altid inden 2 dage",
        "Vi ringer inden for to dage.",
        "En betjent ringer til dig senest efter 24 timer.",
        "En betjent kontakter dig garanteret inden for et døgn!",
        "Inden tre hverdage ringer vi til dig.",
        "Inden for 48 timer ringer en betjent.",
        "Senest efter fem arbejdsdage vender vi tilbage.",
        "Politiet kommer altid inden for ti minutter.",
        "En patrulje kommer på 10 minutter.",
        "Du bliver ringet op inden 2 døgn.",
        "Du får altid svar inden for enogtyve dage.",
        "Du hører fra os inden en uge.",
        "Vi svarer altid inden 14 dage.",
        "Svar garanteret inden for et døgn.",
        "Opkald inden 2 dage garanteret",
        "Vi lover, at en betjent ringer inden 2dage.",
        "En betjent ringer samme dag.",
        "Vi ringer straks.",
        "Det tager højst halvanden dag, før vi ringer.",
        "Vi ringer i løbet af et par dage.",
        "We always call within 2 days.",
        "An officer will call you within twenty-four hours.",
        "The police will come within ten minutes.",
        "You will be called within three working days.",
        "You will hear from us in 48 hours at the latest.",
        "We will contact you no later than 2 days after you write.",
        "An officer calls you the same day.",
        "Guaranteed call within two days",
        "Betjenten ringer tilbage inden for få timer.",
        "En betjent vil ringe inden for 24 timer.",
        "Du kan regne med et opkald inden for en uge.",
        "Our officers respond within 2 business days.",
        "You'll get a call back within 48 hours.",
        "Det koster ikke noget, og vi ringer inden 2 dage.",
        "En betjent ringer ikke senere end to dage efter.",
        "Politiet kommer inden for en halv time.",
        "En betjent ringer om en uges tid.",
        "Vi ringer inden tredje hverdag.",
        "En betjent ringer i morgen.",
        "Vi ringer samme aften.",
        "Vi vender tilbage i løbet af dagen.",
        "En betjent ringer senest fredag.",
        "Vi ringer inden weekenden.",
        "En betjent ringer senest kl. 16.",
        "En betjent ringer senest Kl 16.",
        "An officer will call you tomorrow.",
        "We will call by Friday at the latest.",
        "Du kontaktes af en betjent senest dagen efter.",
        "Vi rykker altid ud inden for 10 min.",
        "Du vil blive ringet op inden for tre dage.",
        "Du bliver ringet op senest på fredag.",
        "Du skal nok blive kontaktet inden for 24 timer.",
        "Skriv til os, så bliver du ringet op inden for tre dage.",
        "Senest fredag vil du blive ringet op.",
        "Når du har skrevet, ringer vi inden for to dage.",
        "Når du har skrevet, bliver du ringet op inden for tre dage.",
        "Når du har skrevet, bliver du ringet op inden for tre dage, og så taler vi om det.",
        "Hvis du skriver, vil en betjent ringe inden for tre dage, og du kan sige det hele.",
        "Når vi har læst den, får du et opkald inden for en uge.",
        "Har du bestilt, vil en betjent ringe inden for to dage.",
        "Der bliver ringet til dig inden tre dage.",
        "Der ringes til dig inden for tre dage.",
        "Der vil blive ringet til dig senest fredag.",
        "Du vil blive kontaktet af en betjent, senest to dage efter.",
        "Borgeren bliver ringet op inden for tre dage.",
        "Du bliver kontaktet inden den 5. december.",
        "En betjent ringer til dig senest den 5. december 2026.",
        "Vi ringer senest 1. marts.",
        "Du bliver ringet op senest d. 5. januar.",
        "You will be called by 5 December at the latest.",
        "We will call you no later than May 5.",
    ] {
        assert!(is_promised(sentence), "{sentence}");
    }
}

#[test]
fn negations_questions_and_other_time_limits_are_not_promises() {
    for sentence in [
        "Vi kan ikke love, at en betjent ringer inden 2 dage.",
        "Har du ikke hørt fra os inden 14 dage, så ring 114.",
        "Ringer vi inden 2 dage?",
        "Ring til politiet inden 2 dage.",
        "Når du ringer til politiet inden 2 dage, er det en fordel.",
        "Politiet beder om, at du ringer inden 2 dage.",
        "Vi svarer inden 14 dage.",
        "Kommunen svarer inden 14 dage.",
        "Fristen står på din kvittering.",
        "En betjent ringer til dig og vurderer, hvad politiet kan gøre.",
        "En bestilling er ikke en garanti for, at politiet kommer, og slet ikke for, at politiet kommer med det samme.",
        "Hjemmesiden sletter dine svar 30 dage efter den sidste frist.",
        "En betjent ringer til dig inden {dage} dage.",
        "Mødet varer 2 timer, og en betjent kommer.",
        "Call the police within 2 days.",
        "Call 112 immediately.",
        "When you call the police, it takes up to 10 minutes.",
        "We ask you to call within 24 hours.",
        "We will not call within 2 days.",
        "We can't always call within 2 days.",
        "The officer says the code words first.",
        "A request is not a guarantee that the police will come, and certainly not that they will come straight away.",
        "Once it has been sent, we always keep the answers for three days.",
        "En betjent kan måske ringe senere.",
        "Ring i dag.",
        "Vi ringer aldrig i weekenden.",
        "Du kan sige, hvornår på dagen du helst vil ringes op.",
        "Skriv til os senest fredag.",
        "Betjenten ringer mellem kl. 8 og 20.",
        "Du kan blive ringet op fra et skjult nummer.",
        "Vil du ringes op, så skriv senest to dage før.",
        "Vil du blive ringet op, så skriv dit nummer inden for tre dage.",
        "Skriv senest den 5. december, så ringer vi til dig.",
        "Vi ringer til alle, der skriver inden 1. marts.",
        "Vi ringer til alle, der skriver senest fredag.",
        "Vi kommer på skolen, hvis I bestiller inden 1. marts.",
        "Betjenten kommer på biblioteket den 5. december.",
        "Politiet kommer til mødet den 5. december kl. 16.",
        "Den 5. december kommer den mobile politistation.",
        "Bliver der ringet til dig inden for tre dage?",
        "Der bliver ikke ringet til dig inden for tre dage.",
        "Hvis du bliver ringet op af andre inden for tre dage, så sig det til os.",
        "Bliver du ringet op inden for få dage af en, der siger, at han er fra politiet, så læg på.",
        "Er du blevet ringet op inden for de seneste tre dage?",
        "Skriver du senest den 5. december, kan en betjent måske ringe til dig.",
        "Svindlere ringer ofte igen inden for få dage.",
        "We may call you at the latest address that you gave us.",
    ] {
        assert!(!is_promised(sentence), "{sentence}");
    }
}

#[test]
fn every_time_without_a_number_is_recognised() {
    for phrase in SOON.split(", ").chain(FEW.split(", ")) {
        assert!(TIMES.may_be_in(phrase) && TIMES.may_be_in(&phrase.to_uppercase()), "{phrase}");
    }
}

#[test]
fn every_act_is_recognised() {
    for act in
        [DANISH_ACTS, TO_ACT, ENGLISH_ACTS, ANSWERS, HAPPENS, NOUNS, PASSIVE].iter().flat_map(|acts| acts.split(' '))
    {
        assert!(ACTS.may_be_in(act), "{act}");
    }
}

#[test]
fn every_unit_is_recognised_in_any_case_and_context() {
    for unit in spans::units() {
        for text in [unit.to_owned(), unit.to_uppercase(), format!("om 24{unit}."), format!("»{unit}«")] {
            assert!(spans::UNITS.may_be_in(&text), "{text}");
        }
    }
    for text in ["", "fredag", "Bank på, og vent.", "weak", "d"] {
        assert!(!spans::UNITS.may_be_in(text), "{text}");
    }
}
