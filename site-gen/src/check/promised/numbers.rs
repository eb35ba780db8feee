//! Numbers in words, in Danish and English.

/// The words for numbers in Danish, rounded up, with some ordinals; those from 21 to 99 are made of these.
pub(super) const DANISH_NUMBERS: [(&str, u64); 38] = [
    ("en", 1),
    ("et", 1),
    ("én", 1),
    ("ét", 1),
    ("par", 2),
    ("to", 2),
    ("tre", 3),
    ("tredje", 3),
    ("fire", 4),
    ("fjerde", 4),
    ("fem", 5),
    ("femte", 5),
    ("seks", 6),
    ("syv", 7),
    ("otte", 8),
    ("ni", 9),
    ("ti", 10),
    ("tiende", 10),
    ("elleve", 11),
    ("tolv", 12),
    ("tretten", 13),
    ("fjorten", 14),
    ("femten", 15),
    ("seksten", 16),
    ("sytten", 17),
    ("atten", 18),
    ("nitten", 19),
    ("halvanden", 2),
    ("halvandet", 2),
    ("tyve", 20),
    ("tredive", 30),
    ("fyrre", 40),
    ("halvtreds", 50),
    ("tres", 60),
    ("halvfjerds", 70),
    ("firs", 80),
    ("halvfems", 90),
    ("hundrede", 100),
];

/// The same in English.
pub(super) const ENGLISH_NUMBERS: [(&str, u64); 31] = [
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("couple", 2),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
];

/// The number that a word is, in the language of these numbers or in figures.
pub(super) fn number(word: &str, numbers: &[(&str, u64)]) -> Option<u64> {
    let known = numbers.iter().find(|(known, _)| *known == word).map(|(_, number)| *number);
    // `fireogtyve`
    let made = || {
        // None is shorter.
        let (ones, tens) = (word.len() > 7).then(|| word.split_once("og"))??;
        let of = |part: &str| numbers.iter().find(|(known, _)| *known == part).map(|(_, number)| *number);
        Some(of(ones)? + of(tens).filter(|tens| *tens >= 20)?)
    };
    known.or_else(made).or_else(|| word.parse().ok().filter(|_| word.chars().all(|c| c.is_ascii_digit())))
}
