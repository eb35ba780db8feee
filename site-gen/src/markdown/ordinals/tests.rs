//! Tables of lists and of dates.

use super::*;
use proptest::prelude::*;
use pulldown_cmark::{Options, Parser, html};

fn rendered(text: &str) -> String {
    let ordinals = Ordinals::of(text);
    let parser = Parser::new_ext(ordinals.masked(), Options::ENABLE_TABLES).into_offset_iter();
    let mut output = String::new();
    html::push_html(&mut output, parser.map(|(event, range)| ordinals.unmasked(event, &range)));
    output
}

#[test]
fn dates_and_other_ordinals_are_text() {
    for (text, expected) in [
        ("18. december: Odense", "<p>18. december: Odense</p>\n"),
        ("- 18. december: Odense", "<ul>\n<li>18. december: Odense</li>\n</ul>\n"),
        ("18) december: Odense", "<p>18) december: Odense</p>\n"),
        ("- 3) januar: a", "<ul>\n<li>3) januar: a</li>\n</ul>\n"),
        ("1) maj: a\n2) juni: b", "<p>1) maj: a<br />\n2) juni: b</p>\n"),
        ("¹⁸. december: a", "<p>¹⁸. december: a</p>\n"),
        ("１８. december: a", "<p>１８. december: a</p>\n"),
        ("- 1. december: a\n- 2. december: b", "<ul>\n<li>1. december: a</li>\n<li>2. december: b</li>\n</ul>\n"),
        ("* 3. sal\n* 4. sal", "<ul>\n<li>3. sal</li>\n<li>4. sal</li>\n</ul>\n"),
        ("+ 1. Mød op\n+ 2. Ring", "<ul>\n<li>1. Mød op</li>\n<li>2. Ring</li>\n</ul>\n"),
        ("1. juledag holder vi lukket.", "<p>1. juledag holder vi lukket.</p>\n"),
        ("1. Juledag holder vi lukket.", "<p>1. Juledag holder vi lukket.</p>\n"),
        ("24. 12. kl. 10", "<p>24. 12. kl. 10</p>\n"),
        ("24. 12. 2026", "<p>24. 12. 2026</p>\n"),
        ("24. og 25. december", "<p>24. og 25. december</p>\n"),
        ("18. - 20. december", "<p>18. - 20. december</p>\n"),
        ("1. til 3. klasse", "<p>1. til 3. klasse</p>\n"),
        ("1. søndag i advent", "<p>1. søndag i advent</p>\n"),
        ("3. December is a Thursday.", "<p>3. December is a Thursday.</p>\n"),
        ("3. May we are closed.", "<p>3. May we are closed.</p>\n"),
        ("Kom\n1. december på torvet.", "<p>Kom\n1. december på torvet.</p>\n"),
        ("1. marts: a\n2. april: b\n\n3. maj: c", "<p>1. marts: a<br />\n2. april: b</p>\n<p>3. maj: c</p>\n"),
        ("Vi lukker\n1. marts og\n2. april.", "<p>Vi lukker\n1. marts og<br />\n2. april.</p>\n"),
        ("2. kvartal gik godt.", "<p>2. kvartal gik godt.</p>\n"),
        ("> 18. december", "<blockquote>\n<p>18. december</p>\n</blockquote>\n"),
        ("2026. Det var året.", "<p>2026. Det var året.</p>\n"),
        ("114. Det er nummeret.", "<p>114. Det er nummeret.</p>\n"),
        ("18.\tdecember", "<p>18.\tdecember</p>\n"),
        ("5. dec. kl. 10", "<p>5. dec. kl. 10</p>\n"),
    ] {
        assert_eq!(rendered(text), expected, "{text}");
    }
}

#[test]
fn steps_form_a_list() {
    for text in [
        "1. Ring\n2. Skriv",
        "1) Ring\n2) Skriv",
        "3) a\n4) b",
        "1. Maj ringer\n2. Juni skriver\n3. Vent",
        "1. Jan Hansen\n2. Per Jensen",
        "1. Maj-Britt møder dig",
        "1. Ring",
        "1. gang du ringer, så hils\n2. ring igen",
        "1. a\n\n2. b\n\n3. c",
        "1. a\n\n   mere\n\n2. b",
        "1. a\n3. b",
        "3. a\n4. b",
        "1. a\n 2. b",
        "10. a\n11. b",
        "1. Mandag\n2. Tirsdag",
        "- 1. a\n  2. b",
        "1. a\n   1. b\n   2. c\n2. d",
    ] {
        let mut plain = String::new();
        html::push_html(&mut plain, Parser::new_ext(text, Options::ENABLE_TABLES));
        assert_eq!(rendered(text), plain, "{text}");
        assert!(plain.contains("<ol"));
    }
    let expected = "<ol>\n<li>Ring</li>\n<li>18. december kommer vi</li>\n</ol>\n";
    assert_eq!(rendered("1. Ring\n2. 18. december kommer vi"), expected);
    assert_eq!(rendered("1. a\n\n![x](y)\n\n2. b").matches("<ol").count(), 2);
}

proptest! {
    #[test]
    fn masking_preserves_every_character_and_offset(text in "([ \\->*#]{0,3}[0-9]{0,3}[.)]? ?(maj|marts|sal|a|og 2\\. juni|`|\\*\\*)?[\\n .]{0,2}){0,12}") {
        let ordinals = Ordinals::of(&text);
        prop_assert_eq!(ordinals.masked().len(), text.len());
        prop_assert_eq!(written(ordinals.masked()), text.clone());
        prop_assert!(!has_mask(&rendered(&text)));
    }
}
