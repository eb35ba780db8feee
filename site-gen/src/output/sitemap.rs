//! Writes the files for search engines: the sitemap and `robots.txt`.

use jiff::civil::Date;
use std::fmt::Write;

/// A page in the sitemap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SitemapEntry {
    /// The address on the site.
    pub(crate) path: String,
    /// All its translations, including itself, by language code; empty if there is only one language.
    pub(crate) twins: Vec<(String, String)>,
    /// The date of the last change, if the author states one.
    pub(crate) edited: Option<Date>,
}

/// Formats the sitemap of the pages.
pub(crate) fn sitemap(base_url: &str, entries: &[SitemapEntry]) -> String {
    let has_twins = entries.iter().any(|entry| !entry.twins.is_empty());
    let namespace = if has_twins { " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"" } else { "" };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{namespace}>");
    for SitemapEntry { path, twins, edited } in entries {
        // Neither a host nor a slug contains XML metacharacters.
        let _ = write!(xml, "<url><loc>{base_url}{path}</loc>");
        if let Some(day) = edited {
            let _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        for (code, twin) in twins {
            let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{base_url}{twin}\"/>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// `robots.txt`: search engines may read all pages, but not the receipts of citizens.
pub(crate) fn robots(base_url: &str) -> String {
    format!(
        "User-agent: *\nDisallow: /indsend/\nDisallow: /kvittering/\nDisallow: /sag/\n\nSitemap: {base_url}/sitemap.xml\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sitemap_has_absolute_addresses() {
        let alone = |path: &str| SitemapEntry { path: path.to_owned(), twins: Vec::new(), edited: None };
        let xml = sitemap("https://a.example", &[alone("/"), alone("/fyn/")]);
        assert!(xml.contains("<loc>https://a.example/</loc>") && xml.contains("<loc>https://a.example/fyn/</loc>"));
        assert!(!xml.contains("xhtml"), "{xml}");
        assert!(robots("https://a.example").ends_with("Sitemap: https://a.example/sitemap.xml\n"));
    }

    #[test]
    fn the_day_of_the_last_change_is_listed_if_known() {
        let entry = |edited| SitemapEntry { path: "/fyn/".to_owned(), twins: Vec::new(), edited };
        let xml = sitemap("https://a.example", &[entry(Some(jiff::civil::date(2026, 1, 5))), entry(None)]);
        assert!(xml.contains("<url><loc>https://a.example/fyn/</loc><lastmod>2026-01-05</lastmod></url>"), "{xml}");
        assert!(xml.contains("<url><loc>https://a.example/fyn/</loc></url>"), "{xml}");
    }

    #[test]
    fn translations_are_listed_with_each_address() {
        let twins = vec![("da".to_owned(), "/fyn/".to_owned()), ("en".to_owned(), "/en/fyn/".to_owned())];
        let xml = sitemap("https://a.example", &[SitemapEntry { path: "/fyn/".to_owned(), twins, edited: None }]);
        assert!(xml.contains("xmlns:xhtml"), "{xml}");
        assert!(
            xml.contains("<xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://a.example/en/fyn/\"/>"),
            "{xml}"
        );
    }
}
