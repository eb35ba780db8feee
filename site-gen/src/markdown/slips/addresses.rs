//! Addresses that are not links, and incomplete character entities.

use super::Slip;
use super::literal::Literal;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::markdown::target::intended_address;
use memchr::{memchr, memchr_iter, memchr2};
use model::email::EmailAddress;
use std::ops::Range;

/// Warns about addresses in running text, except within `done`, which is already reported.
pub(super) fn check(literal: &Literal, done: &[Range<usize>], found: &mut Vec<Slip>) {
    let text = literal.text();
    let bytes = text.as_bytes();
    let ends_www = |dot| dot >= 3 && bytes[dot - 3..dot].eq_ignore_ascii_case(b"www");
    let has_www = || memchr2(b'w', b'W', bytes).is_some() && memchr_iter(b'.', bytes).any(ends_www);
    if memchr2(b'@', b'/', bytes).is_none() && !has_www() {
        return;
    }
    let mut at = 0;
    while let Some(begin) = next(&text[at..]).map(|found| at + found) {
        let end = begin + text[begin..].find(is_after).unwrap_or(text.len() - begin);
        at = end.max(begin + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        let reported = done.partition_point(|done| done.start <= begin).checked_sub(1);
        if literal.is_link(begin) || reported.is_some_and(|last| done[last].contains(&begin)) {
            continue;
        }
        let address = word(&text[begin..end]);
        let Some(advice) = advice(address) else { continue };
        let message = format!("Adressen »{}« bliver ikke til et link. {advice}", excerpt(address));
        found.push(Slip::warning(literal.source(begin), DiagnosticCode::BareAddress, message));
    }
}

/// The byte offset where the next address may start.
fn next(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().find_map(|(at, byte)| match byte {
        b'h' | b'H' | b'w' | b'W' => {
            let is_first = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
            let begins =
                |word: &[u8]| bytes[at..].get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
            (is_first && (begins(b"www.") || begins(b"http://") || begins(b"https://"))).then_some(at)
        }
        // `/privatliv/`, `politi.dk/kontakt`
        b'/' => {
            let host = bytes[..at].iter().rev().take(MOST).take_while(|byte| is_of_host(**byte)).count();
            let begin = at - host;
            let is_first = begin == 0 || text[..begin].ends_with(is_after);
            let may_be = host == 0 || memchr(b'.', &bytes[begin..at]).is_some_and(|dot| dot + 1 < host);
            (is_first && may_be && advice(word(&text[begin..])).is_some()).then_some(begin)
        }
        b'@' => {
            let name =
                text[..at].bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte));
            Some(at - name.count())
        }
        _ => None,
    })
}

/// The maximum length of a host name, in bytes.
const MOST: usize = 80;

const fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')
}

/// The address that a text starts with, without the punctuation after it.
fn word(text: &str) -> &str {
    let end = text.find(is_after).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’'])
}

/// True for the path of a page, as in links.
fn is_path(word: &str) -> bool {
    let inside = word.strip_prefix('/').and_then(|word| word.strip_suffix('/')).unwrap_or_default();
    inside.len() > 2
        && inside.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-/".contains(&byte))
}

fn is_after(sign: char) -> bool {
    sign.is_whitespace() || "<>()[]\"»«”“|{}\u{fffc}".contains(sign)
}

/// Shows an address as a link; `None` if it is not an address.
fn advice(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let shown = excerpt(address);
    if let Some(host) = lower.strip_prefix("www.") {
        let name = host.split('/').next().filter(|host| host.contains('.'))?;
        return Some(format!("Skriv [{name}](https://{shown})."));
    }
    if let Some((_, rest)) = lower.split_once("://").filter(|(scheme, _)| scheme.starts_with("http")) {
        let name = rest.split('/').next().filter(|host| host.contains('.'))?;
        let name = name.strip_prefix("www.").unwrap_or(name);
        return Some(format!("Skriv [{name}]({shown}), helst med sidens navn mellem [ og ]."));
    }
    if is_path(address) {
        return Some(format!("Skriv sidens navn mellem [ og ]: [Privatliv]({shown})."));
    }
    if let Ok(address) = EmailAddress::parse(address.strip_prefix("mailto:").unwrap_or(address)) {
        return Some(format!("Skriv <{}>.", excerpt(address.as_str())));
    }
    let (name, _) = lower.split_once('/').filter(|(host, _)| host.bytes().all(is_of_host) && !host.ends_with('.'))?;
    let whole = intended_address(address)?;
    Some(format!("Skriv [{name}]({}), helst med sidens navn mellem [ og ].", excerpt(&whole)))
}

/// Entities that people type without the semicolon.
const NAMES: [&str; 16] = [
    "nbsp", "amp", "lt", "gt", "quot", "apos", "aelig", "oslash", "aring", "eacute", "ndash", "mdash", "hellip",
    "bull", "copy", "shy",
];

/// Reports `&nbsp` and `&ae;`, which are not valid entities.
pub(super) fn check_entities(literal: &Literal, found: &mut Vec<Slip>) {
    if !literal.has(b"&") {
        return;
    }
    let text = literal.text();
    for (at, _) in text.match_indices('&').filter(|(at, _)| !literal.is_link(*at)) {
        let rest = &text[at + 1..];
        let name = &rest[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let is_closed = rest[name.len()..].starts_with(';');
        let is_name = name.len() > 1 && name.starts_with(|sign: char| sign.is_ascii_alphabetic());
        if (is_closed && is_name) || NAMES.contains(&name.to_ascii_lowercase().as_str()) {
            let shown = format!("&{name}{}", if is_closed { ";" } else { "" });
            let message = format!("»{shown}« bliver vist, som det står. Skriv selve tegnet i stedet.");
            found.push(Slip::mistake(literal.source(at), DiagnosticCode::RawHtml, message));
        }
    }
}
