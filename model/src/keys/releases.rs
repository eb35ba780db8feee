//! The keys that this release has and the one before it has not, and the other way round.

// Site and function may be of different releases. So each of these two is emptied when there is another release before
// (tests/previous/build --take). A text whose placeholders change gets a new key.

/// The keys that the release before this one has not, each with a Danish text. It stands in for the content's own as long
/// as content of that release is in force, and for pages of it that are still open.
pub const NEW: &[(&str, &str)] = &[
    (
        "kvittering_mail_ikke_nu",
        "Vi sender ikke kvitteringer på e-mail lige nu. Din bestilling er modtaget, og intet er gået tabt. Gem siden, eller skriv referencenummeret ned.",
    ),
    (
        "for_mange",
        "Der er kommet mange bestillinger fra samme forbindelse. Det, du har skrevet, står her endnu. Vent ti minutter, og send igen.",
    ),
    ("afvist_formular_titel", "Formularen findes ikke mere"),
    (
        "afvist_formular",
        "Din bestilling er IKKE modtaget, fordi formularen ikke findes mere. Gå tilbage, hvis du vil kopiere det, du har skrevet. Begynd så forfra på forsiden.",
    ),
    ("modtaget_venter", "Din bestilling er modtaget"),
    (
        "modtaget_venter_tekst",
        "Din bestilling går ikke videre med det samme. Måske kommer der usædvanligt mange bestillinger lige nu, eller måske ligner din en, som et program har udfyldt. Et menneske kigger på den først, og den går videre til politikredsen senest efter et døgn. Det er regnet med i datoen nedenfor. Du skal ikke gøre noget.",
    ),
    ("beskrivelse", "Bed en betjent fra det lokale politi om at ringe til dig, eller foreslå en færdselskontrol."),
    ("find_lignende", "Vi kender ikke »{sted}«. Vælg det sted, du mener, eller skriv stedet på en anden måde:"),
    ("fare_andre", "Andre, der kan hjælpe"),
    ("anmeld_overskrift", "Vil du anmelde noget?"),
    (
        "anmeld_tekst",
        "En bestilling her er ikke en anmeldelse. Vil du anmelde noget, så ring 114. Er det i gang lige nu, eller er nogen i fare, så ring 112.",
    ),
    ("anmeld_fortsaet", "Jeg vil ikke anmelde noget, fortsæt"),
    ("cpr_maaske", "Står der et cpr-nummer i feltet »{felt}«? Så slet det. Hvis ikke, så send igen."),
    ("cpr_i_kontakt", "Der står et cpr-nummer i feltet »{felt}«. Slet det, eller skriv noget andet."),
    (
        "mail_kvittering",
        "Din kvittering på nettet viser også de to kodeord, som betjenten siger først. Del ikke adressen med andre:",
    ),
    (
        "kvittering_mail_nylig",
        "Vi har ikke sendt kvitteringen til din e-mailadresse, fordi vi for nylig har sendt en kvittering til samme adresse. Din bestilling er modtaget. Gem siden, eller skriv referencenummeret ned.",
    ),
    ("sag_ikke_truffet_emne", "Vi har ringet til dig, {reference}"),
    ("sag_ikke_truffet", "En betjent fra {kreds} har ringet til dig. Vi fik ikke fat i dig."),
    (
        "sag_ikke_truffet_nummer",
        "Politiet kan ringe fra et skjult nummer. Betjenten siger først de to kodeord, der står på din kvittering.",
    ),
    (
        "sag_ikke_truffet_igen",
        "En betjent prøver igen på et andet tidspunkt. Får vi ikke fat i dig efter flere forsøg, kan vi afslutte din bestilling. Så får du besked.",
    ),
    ("sag_videre_emne", "Din bestilling er sendt videre, {reference}"),
    ("sag_videre", "Din bestilling hører til i en anden politikreds. Den er sendt videre til {kreds}."),
    (
        "sag_videre_ring",
        "Det er nu en betjent fra {kreds}, der ringer til dig. Kodeordene og referencenummeret er de samme. Du skal ikke gøre noget.",
    ),
    ("sag_lukket_emne", "Din bestilling er afsluttet, {reference}"),
    ("sag_lukket", "{kreds} har afsluttet din bestilling."),
    ("sag_klagevejledning", "Du kan klage over afgørelsen. Skriv til {kreds}, og oplys dit referencenummer."),
    (
        "sag_kvittering",
        "Din kvittering på nettet viser referencenummeret og de to kodeord. Del ikke adressen med andre:",
    ),
    ("opkald_emne", "Blev du ringet op? {reference}"),
    (
        "opkald_mail",
        "Du har bedt {kreds} om et opkald. Fristen er gået, og vi kan ikke se, at nogen har ringet til dig.",
    ),
    ("opkald_link", "Svar her:"),
    ("opkald_spoergsmaal", "Blev du ringet op?"),
    (
        "opkald_tekst",
        "Du har bedt {kreds} om et opkald. Vi kan ikke se, at nogen har ringet til dig. Dit svar går til politikredsen.",
    ),
    ("opkald_ja", "Ja, jeg har talt med politiet"),
    ("opkald_nej", "Nej, jeg har ikke talt med politiet"),
    ("opkald_knap", "Send svar"),
    ("opkald_vaelg", "Der er ikke sendt noget. Vælg ja eller nej."),
    ("opkald_til_svar", "Gå til svaret"),
    ("opkald_tak", "Tak for dit svar"),
    ("opkald_svar_ja", "Du har svaret, at du har talt med politiet. {kreds} venter derfor ikke på at ringe til dig."),
    (
        "opkald_svar_nej",
        "Du har svaret, at du ikke har talt med politiet. Din bestilling står nu øverst på listen hos {kreds}. Haster det, så ring 114.",
    ),
    ("opkald_siden", "Har politiet ringet siden?"),
    (
        "opkald_afgjort",
        "{kreds} har noteret, at de har talt med dig, eller at din bestilling er afsluttet. Passer det ikke, så ring 114, og oplys dit referencenummer.",
    ),
    ("frist_timer", "En betjent ringer til dig inden {timer} timer."),
];

/// The keys that only the release before this one has, each with a Danish text. They are published for it, in every language.
pub const GONE: &[(&str, &str)] = &[
    ("afvist_mange_titel", "For mange bestillinger på kort tid"),
    (
        "afvist_mange",
        "Din bestilling er IKKE modtaget, fordi der er kommet mange bestillinger fra samme forbindelse. Vent ti minutter, gå tilbage, og prøv igen.",
    ),
    ("vaelg_kommune", "Vælg kommune"),
    ("andre_kommuner", "Andre kommuner"),
];
