//! Learns the weights of words from labelled sentences, with a linear support vector machine.
//!
//! Dual coordinate descent as in Hsieh and others (2008), for squared hinge loss: <https://doi.org/10.1145/1390156.1390208>.
//! It only uses basic arithmetic, so that every machine learns the same.

use model::danger::{key, traits_of};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

/// True if a sentence is about danger, and the sentence.
pub(crate) type Sentence = (bool, String);

/// Cost of a misclassified sentence, compared with large weights.
const COST: f64 = 0.1;

/// Rounds through all sentences.
const ROUNDS: usize = 40;

/// Words in fewer sentences are ignored.
const FEWEST: usize = 2;

/// Units of a weight, and the smallest that is written.
const UNITS: f64 = 30.0;
const LEAST: i32 = 2;

/// Returns the lines of `[vægt]`, as learnt from `sentences`.
pub(crate) fn weights(sentences: &[Sentence]) -> String {
    let texts: Vec<BTreeSet<String>> = sentences.iter().map(|(_, text)| traits_of(text)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    texts.iter().flatten().for_each(|found| *counts.entry(found).or_default() += 1);
    let known: Vec<&str> = counts.iter().filter(|(_, count)| **count >= FEWEST).map(|(found, _)| *found).collect();
    let numbers: HashMap<&str, usize> = known.iter().enumerate().map(|(number, found)| (*found, number)).collect();
    let row = |text: &BTreeSet<String>| text.iter().filter_map(|found| numbers.get(found.as_str()).copied()).collect();
    let rows: Vec<Vec<usize>> = texts.iter().map(row).collect();
    let signs: Vec<f64> = sentences.iter().map(|(is_danger, _)| if *is_danger { 1.0 } else { -1.0 }).collect();
    let learnt = separate(&rows, &signs, known.len());
    written(&known, &learnt, &spellings(sentences))
}

/// Finds weights that separate the rows of one sign from those of the other.
fn separate(rows: &[Vec<usize>], signs: &[f64], columns: usize) -> Vec<f64> {
    let softness = 0.5 / COST;
    let mut weights = vec![0.0; columns];
    let mut pulls = vec![0.0; rows.len()];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut random: u64 = 1;
    for _ in 0..ROUNDS {
        for last in (1..order.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(last, (random >> 33) as usize % (last + 1));
        }
        for &number in &order {
            let (row, sign) = (&rows[number], signs[number]);
            let sum: f64 = row.iter().map(|column| weights[*column]).sum();
            let slope = sign * sum - 1.0 + softness * pulls[number];
            let pull = (pulls[number] - slope / (row.len() as f64 + softness)).max(0.0);
            let step = (pull - pulls[number]) * sign;
            pulls[number] = pull;
            row.iter().for_each(|column| weights[*column] += step);
        }
    }
    weights
}

/// Returns the usual spelling of each word, by its key. One with æ, ø or å counts more: not every keyboard has them.
fn spellings(sentences: &[Sentence]) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (_, text) in sentences {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let word = word.to_lowercase();
            // Some capital letters have no single lower-case letter.
            if !word.chars().all(char::is_alphanumeric) {
                continue;
            }
            *counts.entry(key(&word)).or_default().entry(word.clone()).or_default() +=
                if word.contains(['æ', 'ø', 'å']) { 6 } else { 1 };
        }
    }
    let most = |of: BTreeMap<String, usize>| of.into_iter().max_by_key(|(_, count)| *count).map(|(word, _)| word);
    counts.into_iter().filter_map(|(key, of)| Some((key, most(of)?))).collect()
}

fn written(known: &[&str], learnt: &[f64], spellings: &BTreeMap<String, String>) -> String {
    let mut lines: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    for (found, weight) in known.iter().zip(learnt) {
        #[expect(clippy::cast_possible_truncation, reason = "a weight has two or three digits")]
        let weight = (weight * UNITS).round() as i32;
        if weight.abs() >= LEAST {
            let natural = |word: &str| {
                let (mark, word) = word.strip_prefix('^').map_or(("", word), |word| ("^", word));
                format!("{mark}{}", spellings.get(word).map_or(word, |spelling| spelling))
            };
            let word = found.split(' ').map(natural).collect::<Vec<_>>().join(" ");
            // A word keeps its key if its spelling has another key.
            let word = if key(&word) == *found { word } else { (*found).to_owned() };
            lines.entry(weight).or_default().push(word);
        }
    }
    let mut text = String::new();
    for (weight, words) in lines.iter().rev() {
        for words in words.chunks(16) {
            writeln!(text, "{weight}: {}", words.join(", ")).unwrap();
        }
    }
    text
}
