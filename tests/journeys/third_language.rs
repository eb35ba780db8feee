//! A third language needs only content: the Danish files are translated into a made-up one, which is then used.

use crate::journeys::filled::{open_in, traffic};
use crate::journeys::service::{Service, copied_content};
use std::path::Path;

/// Keys of front matter and of forms whose texts are translated.
const TEXTS: [&str; 14] = [
    "titel",
    "beskrivelse",
    "kort",
    "spoergsmaal",
    "i_mail",
    "hjaelp",
    "her",
    "tekst",
    "mangler",
    "ukendt",
    "for_lang",
    "ugyldig",
    "flere",
    "passer_ikke",
];

/// Keys of a form's facts, which a translation omits.
const FACTS: [&str; 6] = ["type", "rolle", "frivilligt", "laengde", "kun_ved", "i_stedet"];

/// Translates a text into the made-up language by marking it.
fn marked(text: &str) -> String {
    match text.strip_prefix('"') {
        Some(quoted) => format!("\"Xx {quoted}"),
        None => format!("Xx {text}"),
    }
}

/// Translates a line of front matter, if the translation has it.
fn front_line(line: &str, is_kreds: bool) -> Option<String> {
    if let Some((code, label)) = line.split_once(", tekst: ") {
        // A topic's advice is not a text.
        let label = label.split_once(", raad: ").map_or(label.to_owned(), |(label, _)| format!("{label}}}"));
        return Some(format!("{code}, tekst: {}", marked(&label)));
    }
    let Some((key, text)) = line.split_once(": ") else { return (!is_kreds).then(|| line.to_owned()) };
    let name = key.trim_start_matches([' ', '-']);
    if FACTS.contains(&name) || (is_kreds && name != "beskrivelse") {
        return None;
    }
    Some(if TEXTS.contains(&name) { format!("{key}: {}", marked(text)) } else { line.to_owned() })
}

/// Translates a Danish file into the made-up language.
fn translated(danish: &str, is_kreds: bool) -> String {
    let mut parts = danish.splitn(3, "---\n");
    let (front, body) = match (parts.next(), parts.next(), parts.next()) {
        (Some(""), Some(front), Some(body)) => (Some(front), body),
        _ => (None, danish),
    };
    let body = body.replace("](/", "](/xx/");
    let Some(front) = front else { return marked(&body) };
    let lines: Vec<String> = front.lines().filter_map(|line| front_line(line, is_kreds)).collect();
    // A translation equal to the Danish text is refused.
    format!("---\n{}\n---\n{body}\n\nVolapyk.\n", lines.join("\n"))
}

/// Translates all files of a folder.
fn translate(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(stem) = name.strip_suffix(".md").filter(|stem| !stem.contains('.')) else {
            if path.is_dir() {
                translate(&path);
            }
            continue;
        };
        let danish = std::fs::read_to_string(&path).unwrap();
        if !danish.contains("\noversaettes: nej") {
            std::fs::write(folder.join(format!("{stem}.xx.md")), translated(&danish, stem == "kreds")).unwrap();
        }
    }
}

#[test]
fn a_language_unknown_to_the_code_works_up_to_the_receipt() {
    let content = copied_content();
    for folder in ["sider", "kredse", "formularer", "tekster", "udgange"] {
        translate(&content.path().join(folder));
    }
    // Only the part of a reason that citizens read is translated.
    for entry in std::fs::read_dir(content.path().join("grunde")).unwrap() {
        let path = entry.unwrap().path();
        if !path.to_str().unwrap().ends_with(".en.md") {
            let danish = std::fs::read_to_string(&path).unwrap();
            std::fs::write(path.with_extension("xx.md"), marked(danish.rsplit("---\n").next().unwrap().trim()))
                .unwrap();
        }
    }
    let words = std::fs::read_to_string(content.path().join("sprog/da.yaml")).unwrap();
    let word = |line: &str| match line.split_once(": ") {
        Some(("paa_dansk", _)) => "paa_dansk: volapyk".to_owned(),
        Some((key, text)) if !line.starts_with('#') => format!("{key}: {}", marked(text)),
        _ => line.to_owned(),
    };
    let words: Vec<String> = words.lines().map(word).collect();
    std::fs::write(content.path().join("sprog/xx.yaml"), words.join("\n")).unwrap();
    let problems = site_gen::check(content.path(), jiff::Timestamp::now()).err().unwrap_or_default();
    assert!(problems.is_empty(), "{problems:#?}");

    let service = Service::start_with(content.path());
    let visitor = service.visitor();
    let danish = visitor.open("/oestjylland/");
    assert!(danish.has(".language-switcher a[href='/xx/oestjylland/'][lang='xx']"), "{}", danish.html);
    let kreds = visitor.open("/xx/").form().set("sted", "8370").submit();
    assert_eq!(kreds.path, "/xx/oestjylland/?sted=8370");
    assert_eq!(kreds.follow("Xx Bestil en færdselskontrol").path, "/xx/oestjylland/bestil-en-faerdselskontrol/");

    let signpost = visitor.open("/xx/oestjylland/bestil-en-betjent/").follow("Xx Et tyveri");
    assert!(signpost.path.starts_with("/xx/") && signpost.text_at("h1") == "Xx Ring 114", "{}", signpost.text());

    let form = open_in(&visitor, "/xx", "oestjylland", "bestil-en-faerdselskontrol");
    let wrong = form.submit();
    assert_eq!(wrong.status, 422);
    assert!(wrong.texts_at(".alert-error li").iter().all(|error| error.starts_with("Xx ")), "{}", wrong.text());
    let summary = traffic(wrong.form()).set("postnr", "Favrskov").submit();
    assert_eq!(summary.status, 200, "{}", summary.text());
    assert!(summary.text().contains("Xx For høj fart"), "{}", summary.text());
    let receipt = summary.form().press("trin", "send");
    assert!(receipt.has("html[lang='xx']") && receipt.text_at("h1").starts_with("Xx "), "{}", receipt.html);

    service.sweep();
    let mails = service.mails();
    let mail = mails.iter().find(|mail| mail.to.ends_with(".politi.example")).unwrap();
    assert!(mail.text.contains("Udfyldt på volapyk.") && mail.text.contains("Problem: For høj fart"), "{}", mail.text);
    assert!(!mail.text.contains("Xx "), "{}", mail.text);
}
