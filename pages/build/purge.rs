//! Drops the parts of a stylesheet that no page of its group can use.

use std::collections::HashSet;

use lightningcss::{
    rules::{CssRule, CssRuleList},
    selector::{Component, PseudoClass, Selector},
};

/// Drops every selector that asks for a class, an element or an attribute none of the templates names, and the rules left
/// without a selector.
pub(crate) fn selectors(rules: &mut CssRuleList<'_>, used: &HashSet<String>) {
    rules.0.retain_mut(|rule| {
        if let CssRule::Style(style) = rule {
            style.selectors.0.retain(|selector| can_match(selector, used));
            return !style.selectors.0.is_empty();
        }
        if let Some(inner) = inner_rules(rule) {
            selectors(inner, used);
            return !inner.0.is_empty();
        }
        true
    });
}

/// The animations and custom properties of a minified stylesheet that nothing in it refers to.
pub(crate) fn unused_symbols(css: &str) -> HashSet<String> {
    let read: HashSet<&str> = names_after(css, "var(").collect();
    let properties = css
        .split(['{', ';'])
        .filter(|part| part.starts_with("--"))
        .filter_map(|part| part.split_once(':'))
        .map(|(name, _)| name)
        .filter(|name| !read.contains(name));
    let animations = names_after(css, "@keyframes ")
        .filter(|name| !css.split("animation").skip(1).any(|rest| first_declaration(rest).contains(name)));
    properties.chain(animations).map(str::to_owned).collect()
}

fn inner_rules<'a, 'i>(rule: &'a mut CssRule<'i>) -> Option<&'a mut CssRuleList<'i>> {
    match rule {
        CssRule::Media(media) => Some(&mut media.rules),
        CssRule::Supports(supports) => Some(&mut supports.rules),
        _ => None,
    }
}

/// `:not()` asks for the absence of a class, so it is no reason to drop anything.
fn can_match(selector: &Selector<'_>, used: &HashSet<String>) -> bool {
    selector.iter_raw_match_order().all(|part| match part {
        Component::Class(name) => used.contains(name.0.as_ref()),
        Component::LocalName(element) => used.contains(element.lower_name.0.as_ref()),
        Component::AttributeInNoNamespaceExists { local_name, .. } => used.contains(local_name.0.as_ref()),
        Component::AttributeInNoNamespace { local_name, value, .. } => {
            used.contains(local_name.0.as_ref()) && (value.0.is_empty() || used.contains(value.0.as_ref()))
        }
        Component::NonTSPseudoClass(PseudoClass::Disabled) => used.contains("disabled"),
        Component::Is(list) | Component::Where(list) | Component::Any(_, list) => {
            list.iter().any(|one| can_match(one, used))
        }
        _ => true,
    })
}

fn names_after<'a>(css: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    css.split(start).skip(1).map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        end.map_or(rest, |end| &rest[..end])
    })
}

fn first_declaration(rest: &str) -> &str {
    rest.split([';', '}']).next().unwrap_or_default()
}
