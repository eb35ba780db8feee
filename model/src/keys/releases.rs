//! The keys that only this release or the one before has, with texts that stand in for what the other's content lacks.

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
    ("sag_andet_tidspunkt", "På siden kan du også vælge andre tidspunkter og rette dit telefonnummer."),
    ("side_i_gang", "{kreds} er i gang med din bestilling."),
    ("side_sket", "Hvad er der sket?"),
    ("sket_ringet", "En betjent har talt med dig"),
    ("sket_ikke_truffet", "En betjent ringede og fik ikke fat i dig"),
    ("sket_videre", "Sendt videre til {kreds}"),
    ("sket_planlagt", "Politiet har planlagt en kontrol eller et besøg"),
    ("sket_afholdt", "Kontrollen eller besøget er holdt"),
    ("sket_lukket", "Bestillingen er afsluttet"),
    ("sket_tid", "Du har valgt andre tidspunkter"),
    ("sket_nummer", "Du har rettet dit telefonnummer"),
    ("sket_trukket_tilbage", "Du har trukket bestillingen tilbage"),
    ("ringer_nu", "{kreds} ringer til dig nu"),
    ("ringer_nu_skjult", "Betjenten ringer fra et skjult nummer og siger først de to kodeord."),
    ("ringer_nu_vist", "Dit display viser betjentens nummer. Betjenten siger først de to kodeord."),
    (
        "ringer_nu_opdater",
        "Ringer telefonen? Så opdatér siden. Har betjenten skrevet, at politiet ringer, står det øverst. De to kodeord gælder altid, også når der ikke står noget.",
    ),
    ("opdater", "Opdatér siden"),
    ("opkald_overskrift", "Når vi ringer"),
    ("aendr_overskrift", "Ret din bestilling"),
    ("aendr_vises_ikke", "Siden viser ikke dine svar, for andre kan måske se med. Udfyld kun det, du vil ændre."),
    ("aendr_tid", "Vælg andre tidspunkter"),
    ("aendr_tid_knap", "Gem tidspunkterne"),
    ("aendr_nummer", "Ret dit telefonnummer"),
    ("aendr_nummer_knap", "Gem nummeret"),
    ("aendret_tid", "Dine nye tidspunkter er gemt. Politiet får dem at vide."),
    ("aendret_nummer", "Dit nye telefonnummer er gemt. Politiet får det at vide."),
    (
        "aendr_gammel",
        "Der er ikke ændret noget. Siden var ikke ny, eller der er sket noget imens. Se efter, og prøv igen.",
    ),
    ("aendr_for_mange", "Der er ikke ændret noget, for der er ændret meget på kort tid. Vent, og prøv igen senere."),
    ("traek_tilbage", "Træk bestillingen tilbage"),
    (
        "traek_tilbage_tekst",
        "Så sletter vi dine svar med det samme, og {kreds} får besked om ikke at ringe. Det kan ikke fortrydes. Du kan altid bestille igen.",
    ),
    ("traek_tilbage_ja", "Ja, slet mine svar"),
    ("traek_tilbage_mangler", "Sæt kryds ved »Ja, slet mine svar«, hvis bestillingen skal trækkes tilbage."),
    ("traek_tilbage_sket", "Din bestilling er trukket tilbage"),
    (
        "traek_tilbage_sket_tekst",
        "Dine svar er slettet. Har {kreds} fået bestillingen, får kredsen besked om ikke at ringe. Du skal ikke gøre mere.",
    ),
    ("aendr_ikke_titel", "Der er ikke ændret noget"),
    (
        "aendr_fremmed",
        "Der er IKKE ændret noget, fordi formularen blev sendt fra en anden hjemmeside end denne. Åbn linket til din kvittering igen, og prøv der.",
    ),
    (
        "aendr_nede",
        "Der er en fejl hos os. Det, du ændrede, er måske IKKE gemt. Åbn linket til din kvittering igen om lidt, og se efter.",
    ),
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
