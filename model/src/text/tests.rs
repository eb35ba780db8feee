//! The normal form, by example and by its properties.

use super::*;
use proptest::prelude::*;

/// Typed texts and their normal forms.
const TYPED: &[(&str, &str)] = &[
    // Every break still separates what is before and after it.
    ("Ryvej\t12", "Ryvej 12"),
    ("Anna\tPrøve", "Anna Prøve"),
    ("mandag\t7\t9", "mandag 7 9"),
    ("kl. 8.30\t15.45", "kl. 8.30 15.45"),
    ("a\r\nb\rc\nd", "a\nb\nc\nd"),
    ("a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f", "a\nb\nc\nd\ne\nf"),
    ("a\u{1c}b\u{1f}c\u{7}d\u{1b}[31m", "a b c d [31m"),
    ("A\0n\0n\0a\u{7f}", "Anna"),
    ("O\u{92}Brien 16\u{96}18", "O’Brien 16–18"),
    ("10\u{a0}000\u{202f}m\u{3000}x\u{2009}y", "10 000 m x y"),
    // Invisible characters.
    ("\u{200b}\u{200b}\u{200b}", ""),
    ("\u{ad}\u{ad}", ""),
    ("\u{200d}\u{fe0f}\u{feff}\u{e0067}\u{202e}\u{2066}\u{2060}\u{34f}", ""),
    ("\u{2800}\u{2800}", "  "),
    ("\u{3164}\u{3164}\u{ffa0}", "   "),
    ("\u{115f}\u{1160}", ""),
    ("\u{feff}Tre\u{ad}for\u{200b}vej\u{200e} 1", "Treforvej 1"),
    ("Anna\u{3164}Prøve", "Anna Prøve"),
    ("a\u{200d}b\u{200c}c\u{fe0f}d", "abcd"),
    ("\u{301}\u{302} \u{308}\n\u{20e3}", " \n"),
    ("\u{300}\u{200b}a", "a"),
    ("\u{e000}\u{f8ff}\u{10fffd}", "   "),
    ("\u{f095} 20 12 34 56", "  20 12 34 56"),
    ("\u{fffe}\u{ffff}\u{fdd0}\u{1ffff}\u{10ffff}", ""),
    ("An\u{fdd0}na", "Anna"),
    // One code point for each letter.
    ("A\u{30a}rhus Zoe\u{308}", "Århus Zoë"),
    ("e\u{200d}\u{301}", "é"),
    ("\u{212b}", "Å"),
    // Characters with a meaning.
    ("Zoë O’Brien-Ærø", "Zoë O’Brien-Ærø"),
    ("Familien 👨‍👩‍👧 går her", "Familien 👨‍👩‍👧 går her"),
    ("❤️ 👁️‍🗨️ 👩🏽‍🚒 🏳️‍🌈 1️⃣", "❤️ 👁️‍🗨️ 👩🏽‍🚒 🏳️‍🌈 1️⃣"),
    (
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    ),
    ("🏴\u{e0067} x", "🏴 x"),
    ("می\u{200c}خواهم", "می\u{200c}خواهم"),
    ("ه\u{200d}.", "ه\u{200d}."),
    ("क्\u{200d}ष क्\u{200c}ष", "क्\u{200d}ष क्\u{200c}ष"),
    ("ไทย\u{200b}ไทย", "ไทย\u{200b}ไทย"),
    ("葛\u{e0100}城", "葛\u{e0100}城"),
    ("Nguye\u{302}\u{303}n بِسْمِ שָׁלוֹם", "Nguyễn بِسْمِ שָׁלוֹם"),
    (
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}!",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}!",
    ),
    ("٢٠١٢ ２０", "٢٠١٢ ２０"),
];

#[test]
fn typed_text_keeps_its_meaning() {
    for (typed, kept) in TYPED {
        assert_eq!(normal(typed), *kept, "{typed:?}");
        assert_eq!(normal(kept), *kept, "{kept:?} again");
    }
}

#[test]
fn texts_with_only_invisible_differences_fold_to_the_same() {
    for same in ["Hej 👍 du", "Hej\u{200b} 👍\u{fe0e} du", " Hej\n👍\u{fe0f}\u{2800}du ", "He\u{ad}j 👍\u{200d}  du"]
    {
        assert_eq!(folded(&normal(same)), "Hej 👍 du", "{same:?}");
    }
    assert_ne!(folded("Hejdu"), folded("Hej du"));
}

#[test]
fn digits_and_dashes_of_every_script_are_recognised() {
    for digits in
        ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿"]
    {
        assert_eq!(digits.chars().map(digit).collect::<Option<Vec<_>>>(), Some(('0'..='9').collect()), "{digits}");
    }
    assert!("aÅ²½ⅷ十④ ".chars().all(|sign| digit(sign).is_none()));
    assert!("-‐‑‒–—―−﹣－".chars().all(is_dash) && !"_~.·/".chars().any(is_dash));
}

#[test]
fn normalising_a_body_of_one_character_takes_linear_time() {
    let quickest = |text: &str| {
        let once = || {
            let started = std::time::Instant::now();
            assert!(normal(text).len() <= 4 * text.len());
            started.elapsed()
        };
        (0..5).map(|_| once()).min().unwrap_or_default()
    };
    for sign in ["a", "\u{200d}", "\u{301}", "\u{344}", "\u{e0067}", "👩\u{200d}", "é\u{315}\u{300}", "🏴\u{e0067}"]
    {
        let of = |length: usize| format!("🏴{}", sign.repeat(length / sign.len()));
        let (short, long) = (quickest(&of(1024)), quickest(&of(32 * 1024)));
        // The input is 32 times as long; in quadratic time it would take 1,024 times as long.
        assert!(long < 300 * short.max(std::time::Duration::from_micros(50)), "{sign:?}: {short:?}, then {long:?}");
    }
}

/// Characters that meet in real and in hostile texts, more often than arbitrary ones would.
fn sign() -> impl Strategy<Value = char> {
    let odd = "\u{200b}\u{200c}\u{200d}\u{200e}\u{ad}\u{fe0f}\u{fe0e}\u{feff}\u{34f}\u{e0067}\u{e007f}\u{115f}\u{3164}\u{180b}\u{202e}\
               \t\r\n\u{b}\0\u{85}\u{92}\u{2028}\u{a0}\u{301}\u{308}\u{30a}\u{344}aeÅ1 é🏴👩🚒❤❤\u{1f3fd}\u{20e3}كـيक्षไ葛ᠠ가ᄀ\u{11a8}";
    prop_oneof![prop::sample::select(odd.chars().collect::<Vec<_>>()), any::<char>()]
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(signs in prop::collection::vec(sign(), 0..40)) {
        let once = normal(&signs.into_iter().collect::<String>());
        prop_assert_eq!(normal(&once), once);
    }

    #[test]
    fn separators_between_words_survive_normalising(
        first in "[a-zæøå0-9]{1,8}",
        between in "[\t\n\r\u{b}\u{c}\u{1c}-\u{1f}\u{85}\u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}]{1,3}",
        hidden in "[\u{200b}\u{200d}\u{ad}\u{feff}]{0,2}",
        last in "[a-zæøå0-9]{1,8}",
    ) {
        let kept = normal(&format!("{first}{hidden}{between}{hidden}{last}"));
        prop_assert_eq!(kept.split_whitespace().collect::<Vec<_>>(), [first.as_str(), last.as_str()]);
    }

    #[test]
    fn invisible_characters_in_danish_text_change_nothing(text in "[a-zæøåA-ZÆØÅ0-9 .,]{0,20}", at in 0usize..20, hidden in "[\u{200b}-\u{200f}\u{ad}\u{2060}\u{feff}\u{fe0f}\u{202a}-\u{202e}]{1,4}") {
        let place = text.char_indices().nth(at).map_or(text.len(), |(place, _)| place);
        let (before, after) = text.split_at(place);
        prop_assert_eq!(normal(&format!("{before}{hidden}{after}")), text);
    }

    #[test]
    fn no_control_or_direction_characters_remain(signs in prop::collection::vec(sign(), 0..40)) {
        let kept = normal(&signs.into_iter().collect::<String>());
        prop_assert!(!kept.chars().any(|sign| sign.is_control() && sign != '\n'));
        let hides = |sign| "\u{202e}\u{2066}\u{200e}\u{feff}\u{ad}".contains(sign);
        prop_assert!(!kept.contains(hides));
    }

    #[test]
    fn marks_are_limited_and_never_stand_alone(
        typed in prop::collection::vec(prop_oneof![Just('a'), Just(' '), Just('\u{301}'), Just('\u{327}'), Just('\u{20dd}'), sign()], 0..80),
    ) {
        let kept = normal(&typed.into_iter().collect::<String>());
        let is_mark = |sign: char| matches!(sign.general_category(), GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark);
        let signs: Vec<char> = kept.chars().filter(|sign| !is_invisible(*sign)).collect();
        prop_assert!(signs.split(|sign| !is_mark(*sign)).all(|marks| marks.len() <= MOST_MARKS), "{:?}", kept);
        prop_assert!(!signs.first().is_some_and(|sign| is_mark(*sign)), "{:?}", kept);
        prop_assert!(!signs.windows(2).any(|pair| matches!(pair[0], ' ' | '\n') && is_mark(pair[1])), "{:?}", kept);
    }
}
