//! What search engines read: the list of pages, and where they may not go.

use std::fmt::Write;

/// The sitemap of the pages at `paths`.
pub(crate) fn sitemap<'a>(base_url: &str, paths: impl Iterator<Item = &'a str>) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for path in paths {
        // Neither a host nor a slug has a character that XML gives a meaning to.
        let _ = writeln!(xml, "<url><loc>{base_url}{path}</loc></url>");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Search engines may read all pages, but not the receipts of citizens.
pub(crate) fn robots(base_url: &str) -> String {
    format!("User-agent: *\nDisallow: /indsend/\nDisallow: /kvittering/\n\nSitemap: {base_url}/sitemap.xml\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sitemap_holds_whole_addresses() {
        let xml = sitemap("https://a.example", ["/", "/fyn/"].into_iter());
        assert!(xml.contains("<loc>https://a.example/</loc>") && xml.contains("<loc>https://a.example/fyn/</loc>"));
        assert!(robots("https://a.example").ends_with("Sitemap: https://a.example/sitemap.xml\n"));
    }
}
