//! The least that building the pages of a corpus costs: CommonMark between strings, on all cores, nothing checked and nothing kept.

use pulldown_cmark::{Parser, html};
use rayon::prelude::*;
use std::error::Error;
use std::ffi::OsStr;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [content, out] = &arguments[..] else {
        return Err("Example: floor CONTENT OUT".into());
    };
    let mut sitemap = String::from("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    for (language, start) in [("da", ""), ("en", "en/")] {
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(content.join(start))? {
            files.push(entry?.path());
        }
        files.retain(|file| file.extension() == Some(OsStr::new("md")));
        files.sort();
        let folder = out.join(start);
        let titles = files.par_iter().map(|file| page(file, language, &folder)).collect::<Result<Vec<_>, _>>()?;
        let mut list = String::from("<ul>\n");
        for (slug, title) in &titles {
            writeln!(list, "<li><a href=\"/{start}{slug}/\">{title}</a></li>")?;
            write!(sitemap, "<url><loc>https://bench.example/{start}{slug}/</loc></url>")?;
        }
        list.push_str("</ul>");
        fs::write(folder.join("index.html"), framed(language, "Emner", "", &list))?;
    }
    sitemap.push_str("</urlset>");
    Ok(fs::write(out.join("sitemap.xml"), sitemap)?)
}

/// Writes one page; gives its slug and its title.
fn page(file: &Path, language: &str, folder: &Path) -> Result<(String, String), Failure> {
    let text = fs::read_to_string(file)?;
    let (head, body) =
        text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).ok_or("no front matter")?;
    let value =
        |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim_matches('"');
    let (title, summary) = (value("title: "), value("description: "));
    let mut inside = String::with_capacity(text.len() * 2);
    html::push_html(&mut inside, Parser::new(body));
    let slug = file.file_stem().and_then(OsStr::to_str).ok_or("no name")?.to_owned();
    let folder = folder.join(&slug);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), framed(language, title, summary, &inside))?;
    Ok((slug, title.to_owned()))
}

fn framed(language: &str, title: &str, summary: &str, inside: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"description\" content=\"{summary}\">\n</head>\n<body>\n\
         <nav><a href=\"/\">Dansk</a> <a href=\"/en/\">English</a></nav>\n<main>\n<h1>{title}</h1>\n{inside}</main>\n\
         </body>\n</html>\n"
    )
}
