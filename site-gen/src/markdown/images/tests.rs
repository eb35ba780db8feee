//! Tests of how images are shown, and of the messages about mistakes.

use super::*;
use std::path::Path;

/// Images from the test files under these names, and the diagnostics.
fn images(files: &[(&str, &str)]) -> (Images, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/images");
    let file = |(name, from): &(&str, &str)| ImageFile { path: format!("billeder/{name}"), file: folder.join(from) };
    let files: Vec<ImageFile> = files.iter().map(file).collect();
    let diagnostics = Diagnostics::default();
    let images = Images::of(&files, &Pictures::default(), &diagnostics);
    (images, diagnostics.into_sorted().iter().map(ToString::to_string).collect())
}

/// Removes the twelve-character content hashes from a tag.
fn without_hashes(tag: &str) -> String {
    let mut parts = tag.split("cykel-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |tag, part| format!("{tag}cykel-{}", &part[12..]))
}

#[test]
fn an_image_is_shown_in_the_size_that_fits_the_screen() {
    let (images, reported) =
        images(&[("Min Cykel.JPEG", "telefon.jpg"), ("kort.jpg", "betjent.png"), ("Øø.png", "tegning.png")]);
    assert_eq!(reported, [""; 0]);
    let tag = |address| {
        images.show(address, "").map_err(|(code, _)| code).map(|image| image.unwrap().tag("Et \"kort\" & <mere>"))
    };
    // Rotated by its EXIF data, and a PNG regardless of its name.
    assert_eq!(
        images.show("/billeder/kort.jpg", "Et kort").unwrap().unwrap().tag("Et \"kort\" & <mere>"),
        "<img src=\"/billeder/kort-846041e71841-16.png\" alt=\"Et &quot;kort&quot; &amp; &lt;mere&gt;\" width=\"16\" height=\"9\" loading=\"lazy\" decoding=\"async\">"
    );
    for address in ["/billeder/Min%20Cykel.JPEG", "/billeder/Min Cykel.JPEG", "/billeder/min%20cykel.jpeg"] {
        let image = images.show(address, "En cykel").unwrap().unwrap().tag("En cykel");
        assert_eq!(
            without_hashes(&image),
            "<img src=\"/billeder/min-cykel--960.jpg\" srcset=\"/billeder/min-cykel--480.jpg 480w, /billeder/min-cykel--960.jpg 960w, /billeder/min-cykel--1600.jpg 1600w\" sizes=\"(min-width: 729px) 697px, calc(100vw - 32px)\" alt=\"En cykel\" width=\"1600\" height=\"960\" loading=\"lazy\" decoding=\"async\">",
            "{address}"
        );
    }
    assert!(images.show("/billeder/O\u{308}ø.png", "x y").is_err(), "another letter");
    assert!(images.show("/billeder/%C3%98%C3%B8.png", "Et kort").is_ok());
    assert_eq!(tag("/billeder/kort.jpg"), Err(DiagnosticCode::ImageWithoutText));
}

#[test]
fn mistakes_are_explained() {
    let (images, reported) = images(&[("kort.png", "betjent.png"), ("min cykel.png", "patrulje.png")]);
    assert!(reported.is_empty(), "{reported:?}");
    for (address, text, code, said) in [
        ("/billeder/kort.png", " ", DiagnosticCode::ImageWithoutText, "ingen tekst"),
        ("/billeder/kort.png", "kort.png", DiagnosticCode::ImageWithoutText, "ingen tekst"),
        ("/billeder/kort.png", "…", DiagnosticCode::ImageWithoutText, "ingen tekst"),
        ("/billeder/kotr.png", "Kort", DiagnosticCode::MissingImage, "Mente du »/billeder/kort.png«?"),
        ("hus.png", "Hus", DiagnosticCode::MissingImage, "skriv »/billeder/hus.png«"),
        ("kort.png", "Kort", DiagnosticCode::BadImageLink, "skal skrives »/billeder/kort.png«"),
        ("../billeder/kort.png", "Kort", DiagnosticCode::BadImageLink, "skal skrives »/billeder/kort.png«"),
        ("min%20cykel.png", "Kort", DiagnosticCode::BadImageLink, "skal skrives »/billeder/min%20cykel.png«"),
        ("https://a.example/b.png", "Kort", DiagnosticCode::BadImageLink, "på en anden hjemmeside"),
    ] {
        let (found, message) = images.show(address, text).err().unwrap();
        assert!(found == code && message.contains(said), "{address}: {message}");
    }
    let diagnostics = Diagnostics::default();
    images.warn_of_unused(&diagnostics);
    let reported: Vec<String> = diagnostics.into_sorted().iter().map(ToString::to_string).collect();
    assert_eq!(reported.len(), 1);
    assert!(
        reported[0].ends_with("Vis det med ![Det, billedet viser](/billeder/min%20cykel.png), eller slet filen."),
        "{reported:?}"
    );
}

#[test]
fn unusable_images_are_explained() {
    let large = tempfile::tempdir().unwrap();
    for (bytes, reported) in [
        (b"".to_vec(), "Filen er tom. Hent billedet igen der, hvor det kom fra, for eksempel fra telefonen."),
        (
            b"noget andet".to_vec(),
            "Filen er ikke et billede, som kan læses. Gem billedet som JPEG eller PNG, eller slet filen.",
        ),
        (
            b"\0\0\0\x18ftypheic".to_vec(),
            "Billedet er gemt som HEIC, som ikke kan bruges her. Åbn det, og gem det som JPEG.",
        ),
        (b"GIF89a\x01\0".to_vec(), "Billedet er gemt som GIF, som ikke kan bruges her. Åbn det, og gem det som PNG."),
        (
            b"<svg/>".to_vec(),
            "Et SVG-billede kan indeholde programkode og kan derfor ikke bruges. Gem billedet som PNG.",
        ),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIH".to_vec(),
            "Filen holder op midt i billedet. Hent det igen der, hvor det kom fra, for eksempel fra telefonen.",
        ),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDRxxxxxxxxxxxxxxxxxxxx".to_vec(),
            "Billedet er i stykker og kan ikke læses. Åbn det i et billedprogram, og gem det igen som JPEG eller PNG.",
        ),
        (
            vec![0; 20 * 1024 * 1024 + 1],
            "Billedet fylder 21 MB. Det må højst fylde 20 MB. Gem det i lavere kvalitet, eller gør det mindre.",
        ),
    ] {
        let file = large.path().join("a.jpg");
        std::fs::write(&file, bytes).unwrap();
        let diagnostics = Diagnostics::default();
        Images::of(&[ImageFile { path: "billeder/a.jpg".to_owned(), file }], &Pictures::default(), &diagnostics);
        let said: Vec<String> = diagnostics.into_sorted().iter().map(ToString::to_string).collect();
        assert_eq!(said, [format!("billeder/a.jpg: {reported}")]);
    }
}
