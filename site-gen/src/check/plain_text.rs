//! Reports Markdown and placeholders in texts that are shown verbatim: front matter values and UI messages.

use crate::check::phone_numbers::yaml::YamlNotes;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::diagnostics::lines::lines;
use crate::markdown::placeholders::names;
use crate::markdown::slips::sign_in_plain_text;
use crate::source::front_matter::split;
use crate::source::yaml;
use marked_yaml::Node;

pub(crate) fn check(reporter: Reporter<'_>) {
    let text = match reporter.path.rsplit_once('.') {
        Some((_, "md")) => split(reporter.text).map_or("", |(front, _)| front),
        Some((_, "yaml")) => reporter.text,
        _ => "",
    };
    check_notes(text, reporter);
    // Most texts contain none, and need not be parsed as YAML again.
    let has_sign = |line: &str| {
        let value = line.trim_start_matches([' ', '-']);
        let value = value.split_once(": ").map_or(value, |(_, value)| value).trim_start_matches(['"', '\'', ' ']);
        sign_in_plain_text(value).is_some() || sign_in_plain_text(line).is_some() || placeholder(line).is_some()
    };
    if text.lines().any(has_sign)
        && let Some(node) = yaml::load(text, reporter)
    {
        walk(&node, "", reporter);
    }
}

/// True if placeholders in the values of a key are filled in, and checked there.
fn is_filled(key: &str, path: &str) -> bool {
    match key {
        "titel" | "beskrivelse" => ["sider/", "faelles/", "kredse/"].iter().any(|folder| path.starts_with(folder)),
        "mangler" | "ukendt" | "for_lang" | "ugyldig" | "flere" | "passer_ikke" => true,
        _ => path.ends_with(".yaml"),
    }
}

/// The first placeholder; a YAML flow mapping has other characters between its brackets.
fn placeholder(text: &str) -> Option<&str> {
    let is_word = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    names(text).find(is_word)
}

/// Reports a comment that looks like a part of the value before it: `titel: Vi er #1 nu`.
fn check_notes(text: &str, reporter: Reporter<'_>) {
    if !text.contains(" #") {
        return;
    }
    let mut notes = YamlNotes::default();
    for (at, line) in lines(text) {
        let end = notes.read(line.trim_end()).to;
        let (value, rest) = line.split_at(end);
        let is_word = rest.strip_prefix('#').is_some_and(|word| word.starts_with(char::is_alphanumeric));
        if is_word && !value.trim().is_empty() && !value.trim_end().ends_with(':') {
            let message = format!(
                "»{}« er en note og bliver ikke vist. Skal det læses, så sæt anførselstegn om hele teksten: \"…\". Ellers \
                 skriv et mellemrum efter #.",
                excerpt(rest.trim_end())
            );
            reporter.at_byte(at + end, DiagnosticCode::VanishingText, message);
        }
    }
}

fn walk(node: &Node, key: &str, reporter: Reporter<'_>) {
    match node {
        Node::Mapping(map) => map.iter().for_each(|(key, value)| walk(value, key.as_str(), reporter)),
        Node::Sequence(items) => items.iter().for_each(|item| walk(item, key, reporter)),
        Node::Scalar(scalar) => {
            let text = scalar.as_str().trim();
            if let Some(name) = placeholder(text).filter(|_| !is_filled(key, reporter.path)) {
                let word = format!("{{{name}}}");
                let message = format!(
                    "»{}« bliver vist, som det står, for her bliver ord i krøllede parenteser ikke skiftet ud. Skriv det \
                     med andre ord.",
                    excerpt(&word)
                );
                let at = place(&word, yaml::spot(node.span()), reporter.text);
                reporter.at(at, DiagnosticCode::UnknownPlaceholder, message);
            }
            let Some(sign) = sign_in_plain_text(text) else { return };
            let written = &text[sign.range.clone()];
            let advice = if sign.intended.is_empty() {
                "Slet det, eller skriv selve tegnet.".to_owned()
            } else {
                format!("Skriv »{}«.", excerpt(&sign.intended))
            };
            let message = format!(
                "»{}« bliver vist, som det står, for her kan ikke være links, fed tekst eller andet Markdown. {advice}",
                excerpt(written)
            );
            let at = place(written, yaml::spot(node.span()), reporter.text);
            let report = if sign.is_sure { Reporter::at } else { Reporter::warn_at };
            report(reporter, at, DiagnosticCode::MarkdownInPlainText, message);
        }
    }
}

/// The location of `written`: on the line of the value or, in a multi-line text, on a later one.
fn place(written: &str, start: Location, text: &str) -> Location {
    let lines = text.lines().enumerate().skip(start.line - 1).take(40);
    let found = lines.filter_map(|(number, line)| {
        let first = if number + 1 == start.line { start.column - 1 } else { 0 };
        let begin = line.char_indices().nth(first).map_or(0, |(byte, _)| byte);
        let at = begin + line[begin..].find(written)?;
        Some(Location { line: number + 1, column: line[..at].chars().count() + 1 })
    });
    found.into_iter().next().unwrap_or(start)
}
