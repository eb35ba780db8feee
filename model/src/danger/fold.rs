//! Folds a text into comparable words, whatever keyboard it was typed on.

/// The words of a text, each with its sentence.
pub(super) struct Text {
    pub(super) words: Vec<Word>,
}

/// A word in comparable form.
pub(super) struct Word {
    /// The folded word. With æ, ø or å it is compared exactly; without, as if the pattern were typed without them too.
    pub(super) key: String,
    /// True if the word has æ, ø or å, so that its writer's keyboard has them.
    pub(super) is_exact: bool,
    /// The index of its sentence.
    pub(super) sentence: usize,
}

/// Abbreviations whose full stop does not end a sentence.
const SHORT: [&str; 12] = ["kl", "nr", "ca", "f", "eks", "bl", "a", "evt", "dvs", "tlf", "pga", "str"];

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut sentence = 0;
        let mut rest = text;
        while let Some(begin) = rest.find(is_letter) {
            let (between, word) = rest.split_at(begin);
            let is_short = words.last().is_some_and(|word| SHORT.contains(&word.key.as_str()));
            sentence +=
                usize::from(between.contains(['!', '?', '\n', ';', '؟', '…']) || between.contains('.') && !is_short);
            let end = word.find(|c| !is_letter(c) && !is_silent(c)).unwrap_or(word.len());
            let folded = folded(&word[..end]);
            rest = &word[end..];
            if folded.is_empty() {
                continue;
            }
            let is_exact = folded.contains(['æ', 'ø', 'å']);
            let key = if is_exact { folded } else { loose(&folded) };
            words.push(Word { key, is_exact, sentence });
        }
        Self { words }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}

/// True for apostrophes, standalone accents and invisible characters, none of which divide a word.
const fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{640}' | '\u{200b}'..='\u{200f}')
}

/// Folds a word to lower case without accents, except those that make æ, ø and å.
pub(super) fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{30a}' if folded.ends_with('a') => replace_last(&mut folded, 'å'),
            '\u{308}' if folded.ends_with('a') => replace_last(&mut folded, 'æ'),
            '\u{308}' if folded.ends_with('o') => replace_last(&mut folded, 'ø'),
            'ä' => folded.push('æ'),
            'ö' => folded.push('ø'),
            'ß' => folded.push_str("ss"),
            c if is_silent(c) => {}
            c => folded.push(plain(c)),
        }
    }
    folded
}

/// Strips the accent from a letter.
const fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ę' => 'e',
        'ğ' => 'g',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ł' => 'l',
        'ń' | 'ñ' => 'n',
        'ó' | 'ò' | 'ô' | 'õ' => 'o',
        'ś' | 'ş' | 'š' => 's',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ź' | 'ż' | 'ž' => 'z',
        'й' | 'ї' => 'и',
        'أ' | 'إ' | 'آ' => 'ا',
        'ة' => 'ه',
        'ى' => 'ي',
        c => c,
    }
}

/// Spells a word as if typed without æ, ø and å, each in one way, even before another e: slået, slaaet.
pub(super) fn loose(folded: &str) -> String {
    // Most words have only one spelling.
    if folded.is_ascii() && !folded.as_bytes().windows(2).any(|two| matches!(two, [b'o' | b'a', b'e'] | b"aa")) {
        return folded.to_owned();
    }
    folded.replace("oe", "o").replace('ø', "o").replace(['æ', 'å'], "a").replace("ae", "a").replace("aa", "a")
}

fn replace_last(text: &mut String, c: char) {
    text.pop();
    text.push(c);
}
