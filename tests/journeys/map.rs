//! The map on the front page: it links to every kreds, like the list beside it.

use crate::journeys::service::real_content;
use crate::journeys::visitor::{selector, words};
use scraper::{ElementRef, Html};
use site_gen::Built;

fn built() -> Built {
    site_gen::build(&real_content(), None, jiff::Timestamp::UNIX_EPOCH).unwrap_or_else(|error| panic!("{error}"))
}

fn page(built: &Built, path: &str) -> Html {
    let file = built.files.iter().find(|file| file.path == format!("public{path}index.html")).unwrap();
    Html::parse_document(std::str::from_utf8(&file.bytes).unwrap())
}

fn inside<'a>(element: &ElementRef<'a>, css: &str) -> ElementRef<'a> {
    element.select(&selector(css)).next().unwrap_or_else(|| panic!("no {css} in {}", element.html()))
}

#[test]
fn each_kreds_has_an_area_on_the_map_that_links_to_its_page() {
    let built = built();
    let kredse = built.site.catalog().atlas().kredse();
    assert_eq!(kredse.len(), 12);
    for prefix in ["", "/en"] {
        let front = page(&built, &format!("{prefix}/"));
        let (areas, links) = (selector("svg.map > a"), selector(".district-list > li > a"));
        let areas: Vec<ElementRef<'_>> = front.select(&areas).collect();
        let links: Vec<ElementRef<'_>> = front.select(&links).collect();
        assert_eq!((areas.len(), links.len()), (12, 12));
        for (index, ((kreds, area), link)) in kredse.iter().zip(areas).zip(links).enumerate() {
            let href = format!("{prefix}/{}/", kreds.slug);
            assert_eq!((area.attr("href"), link.attr("href")), (Some(href.as_str()), Some(href.as_str())));
            assert_eq!((words(&inside(&area, "title")), words(&link)), (kreds.name.clone(), kreds.name.clone()));
            assert_eq!(words(&inside(&area, "text")), (index + 1).to_string(), "the list counts alike");
            let path = inside(&area, "path").attr("d").unwrap();
            assert!(path.starts_with('M') && path.ends_with('z'), "{path}");
        }
    }
}

#[test]
fn the_map_is_hidden_from_screen_readers_and_the_keyboard() {
    let front = page(&built(), "/");
    assert!(front.select(&selector("svg.map[aria-hidden='true']")).next().is_some());
    for area in front.select(&selector("svg.map a")) {
        assert_eq!(area.attr("tabindex"), Some("-1"), "a second stop for the keyboard: {}", area.html());
    }
}

#[test]
fn a_kreds_is_highlighted_on_the_map_of_its_page() {
    let built = built();
    for (kreds, area) in built.site.catalog().atlas().kredse().iter().zip(&built.site.map().areas) {
        let own = page(&built, &format!("/{}/", kreds.slug));
        let of = |css: &str| own.select(&selector(css)).next().unwrap().attr("d").unwrap().to_owned();
        assert_eq!(of(".map-own"), area.path, "{}", kreds.slug);
        assert_eq!(of(".map-rest").matches('z').count() + area.path.matches('z').count(), rings(&built));
    }
}

/// Counts the pieces of land on the map.
fn rings(built: &Built) -> usize {
    built.site.map().areas.iter().map(|area| area.path.matches('z').count()).sum()
}

#[test]
fn the_map_is_small_and_not_in_the_catalog() {
    let built = built();
    let areas = &built.site.map().areas;
    let length: usize = areas.iter().map(|area| area.path.len()).sum();
    assert!((2_000..3_500).contains(&length), "{length} characters");
    let catalog = built.files.iter().find(|file| file.path == "catalog.json").unwrap();
    let catalog = std::str::from_utf8(&catalog.bytes).unwrap();
    assert!(areas.iter().all(|area| !catalog.contains(&area.path)));
}
