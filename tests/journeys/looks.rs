//! Each page links to a stylesheet with every rule that applies to the page.

use crate::journeys::filled::{call, open, send_traffic, traffic};
use crate::journeys::service::Service;
use crate::journeys::visitor::Page;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};

/// Temporary states of elements, and parts that only exist when rendered; without them, a selector matches the element.
const STATES: [&str; 12] = [
    "::-webkit-details-marker",
    ":focus-visible",
    ":focus-within",
    ":visited",
    ":checked",
    ":active",
    "::before",
    "::marker",
    "::after",
    ":focus",
    ":hover",
    ":root",
];

/// Returns all selectors of a stylesheet without comments, including media queries. Nested ones are expanded.
fn selectors(css: &str) -> BTreeSet<String> {
    let (mut found, mut open) = (BTreeSet::new(), vec![vec![]]);
    let (mut text, mut quote) = (String::new(), None);
    for c in css.chars() {
        match c {
            '\'' | '"' if quote.is_none_or(|quote| quote == c) => {
                quote = if quote.is_some() { None } else { Some(c) };
                text.push(c);
            }
            '{' if quote.is_none() => {
                let selectors = expanded(text.trim(), open.last().unwrap());
                found.extend(selectors.iter().cloned());
                open.push(selectors);
                text.clear();
            }
            '}' | ';' if quote.is_none() => {
                if c == '}' {
                    open.pop();
                }
                text.clear();
            }
            _ => text.push(c),
        }
    }
    assert_eq!(open.len(), 1, "a rule of the stylesheet does not end");
    found
}

/// Expands the selectors of a rule nested in one with the selectors `outer`, which is empty at the top level.
fn expanded(prelude: &str, outer: &[String]) -> Vec<String> {
    if prelude.starts_with('@') {
        return outer.to_vec();
    }
    let own = outer_parts(prelude).into_iter().map(|one| one.trim().to_owned());
    own.flat_map(|one| match outer {
        [] => vec![one],
        _ if one.contains('&') => outer.iter().map(|outer| one.replace('&', outer)).collect(),
        _ => outer.iter().map(|outer| format!("{outer} {one}")).collect(),
    })
    .collect()
}

#[test]
fn nested_selectors_are_expanded() {
    let css = "@font-face {\nsrc: url('a;b');\n}\n.a,\n.b:is(p, q) {\ncolor: red;\n&:hover,\n> li {\ncontent: '{';\n}\n\
               @media print {\nmargin: 0;\n.c & {\nmargin: 1px;\n}\n}\nh1 + & {\ntop: 0;\n}\n}\n@media print {\np {\ntop: 0;\n}\n}\n";
    let all = [
        ".a",
        ".a > li",
        ".a:hover",
        ".b:is(p, q)",
        ".b:is(p, q) > li",
        ".b:is(p, q):hover",
        ".c .a",
        ".c .b:is(p, q)",
        "h1 + .a",
        "h1 + .b:is(p, q)",
        "p",
    ];
    assert!(selectors(css).iter().map(String::as_str).eq(all), "{:?}", selectors(css));
}

/// Splits a list at its commas, except for those in parentheses.
fn outer_parts(list: &str) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in list.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if c == ',' && depth == 0 {
            parts.push(String::new());
        } else {
            parts.last_mut().unwrap().push(c);
        }
    }
    parts
}

/// Returns a selector without its states; `None` if nothing is left, or if it uses `:has()`.
fn about(selector: &str) -> Option<Selector> {
    let plain = STATES.iter().fold(selector.to_owned(), |text, state| text.replace(state, ""));
    let mut plain = plain.replace(":where(a)", "a");
    if plain.ends_with(['>', '+', '~', ' ']) {
        plain.push('*');
    }
    if plain.is_empty() || plain.contains(":has(") {
        return None;
    }
    Some(Selector::parse(&plain).unwrap_or_else(|error| panic!("{selector} as {plain}: {error}")))
}

fn pages(service: &Service) -> Vec<Page> {
    let visitor = service.visitor();
    let kreds = "/oestjylland/";
    let question = format!("{kreds}bestil-en-betjent/");
    let paths = ["/", kreds, &question, "/saadan-virker-det/", "/kommuner-og-postnumre/", "/was/", "/findes-ikke/"];
    let mut pages: Vec<Page> = paths
        .into_iter()
        .chain(["/find-kreds?sted=", "/find-kreds?sted=8472"])
        .map(|path| visitor.open(path))
        .collect();
    for way_out in ["ring-112", "kontakt-kommunen"] {
        pages.push(visitor.open(&format!("{question}{way_out}/")));
    }
    for form in ["bestil-en-betjent", "bestil-en-faerdselskontrol"] {
        let empty = visitor.open(&format!("{kreds}{form}/formular/"));
        pages.push(empty.form().submit());
        pages.push(empty);
    }
    let wish = call(open(&visitor, "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    pages.push(wish.clone().set("beskrivelse", "Jeg bliver truet.").submit());
    pages.push(wish.submit());
    pages.push(traffic(open(&visitor, "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Vejle").submit());
    pages.push(send_traffic(&visitor, "oestjylland", "0751"));
    service.sweep();
    let mail = service.mails().remove(0).text;
    let officers = &mail[mail.find("/sag/").unwrap()..];
    let officers = visitor.open(officers.lines().next().unwrap());
    pages.push(officers.form().submit());
    pages.push(officers.form().set("valg", "ringet").submit());
    pages.push(officers);
    pages.push(visitor.open("/sag/x"));
    pages
}

#[test]
fn each_page_has_a_stylesheet_with_every_rule_that_applies_to_it() {
    let sheets: BTreeMap<&str, BTreeSet<String>> = pages::assets::ALL
        .iter()
        .filter(|asset| asset.path.ends_with(".css"))
        .map(|asset| (asset.path.as_str(), selectors(std::str::from_utf8(&asset.bytes).unwrap())))
        .collect();
    assert!(sheets.len() > 1 && sheets.values().all(|sheet| sheet.len() > 100));
    let all: BTreeMap<&String, Selector> =
        sheets.values().flatten().filter_map(|text| Some((text, about(text)?))).collect();
    let mut linked = BTreeSet::new();
    for page in pages(&Service::start()) {
        let document = Html::parse_document(&page.html);
        let link = document.select(&crate::journeys::visitor::selector("link[rel='stylesheet']")).next().unwrap();
        let (path, own) = sheets.get_key_value(link.attr("href").unwrap()).unwrap();
        linked.insert(*path);
        let missing: Vec<&&String> = all
            .iter()
            .filter(|(text, selector)| !own.contains(**text) && document.select(selector).next().is_some())
            .map(|(text, _)| text)
            .collect();
        assert!(missing.is_empty(), "{} has elements for {missing:?}, which {path} lacks", page.path);
    }
    assert!(linked.into_iter().eq(sheets.keys().copied()), "no page links to some stylesheet");
}
