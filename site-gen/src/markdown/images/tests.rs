//! Which images can be used, and what is said of those that cannot.

use super::*;

/// The least PNG that has a size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let [width, height] = [width, height].map(u32::to_be_bytes);
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &width, &height, b"\x08\x02\0\0\0", &[0; 16]].concat()
}

fn images(files: &[(&str, Vec<u8>)]) -> (Images, Vec<String>) {
    let files: Vec<ImageFile> = files
        .iter()
        .map(|(name, bytes)| ImageFile { path: format!("billeder/{name}"), bytes: bytes.clone() })
        .collect();
    let diagnostics = Diagnostics::default();
    let images = Images::of(&files, &diagnostics);
    (images, diagnostics.into_sorted().iter().map(ToString::to_string).collect())
}

#[test]
fn what_cannot_be_used_says_why() {
    let heavy = [png(10, 10), vec![0; 300 * 1024]].concat();
    let located = [png(10, 10), b"eXIf".to_vec()].concat();
    for (name, bytes, said) in [
        ("a.svg", b"<svg/>".to_vec(), "kan indeholde programkode"),
        ("a.gif", b"GIF89a".to_vec(), "kan ikke være en ».gif«-fil"),
        ("a", png(1, 1), "kan ikke være en ».«-fil"),
        ("a.jpg", png(1, 1), "gemt som png"),
        ("a.png", b"noget andet end et billede".to_vec(), "ikke et billede, som kan læses"),
        ("a.png", Vec::new(), "ikke et billede, som kan læses"),
        ("a.png", png(0, 5), "ikke et billede, som kan læses"),
        ("a.png", heavy, "fylder 301 KB. Det må højst fylde 250 KB"),
        ("a.png", png(2001, 10), "er 2001 × 10 punkter"),
        ("a.png", located, "skjulte oplysninger (EXIF)"),
        ("Ø kort.png", png(1, 1), "for eksempel »oe-kort.png«"),
        ("mappe/a.png", png(1, 1), "ikke i en undermappe"),
    ] {
        let (_, told) = images(&[(name, bytes)]);
        assert!(told.len() == 1 && told[0].contains(said), "{name}: {told:?}");
    }
}

#[test]
fn an_image_is_shown_with_its_size_and_a_slip_is_explained() {
    let (images, told) = images(&[("kort.png", png(640, 480)), ("cykel.png", png(2, 3))]);
    assert!(told.is_empty(), "{told:?}");
    let size = images.show("/billeder/kort.png", "Et kort").unwrap().unwrap();
    assert_eq!(
        tag("/billeder/kort.png", "Et \"kort\" & <mere>", size),
        "<img src=\"/billeder/kort.png\" alt=\"Et &quot;kort&quot; &amp; &lt;mere&gt;\" width=\"640\" height=\"480\" \
         loading=\"lazy\">"
    );
    for (address, text, code, said) in [
        ("/billeder/kort.png", " ", DiagnosticCode::ImageWithoutText, "ingen tekst"),
        ("/billeder/kort.png", "kort.png", DiagnosticCode::ImageWithoutText, "ingen tekst"),
        ("/billeder/kort.png", "…", DiagnosticCode::ImageWithoutText, "ingen tekst"),
        ("/billeder/kotr.png", "Kort", DiagnosticCode::MissingImage, "Mente du »/billeder/kort.png«?"),
        ("hus.png", "Hus", DiagnosticCode::MissingImage, "skriv »/billeder/hus.png«"),
        ("kort.png", "Kort", DiagnosticCode::BadImageLink, "skal skrives »/billeder/kort.png«"),
        ("../billeder/kort.png", "Kort", DiagnosticCode::BadImageLink, "skal skrives »/billeder/kort.png«"),
        ("https://a.example/b.png", "Kort", DiagnosticCode::BadImageLink, "på en anden hjemmeside"),
    ] {
        let (found, message) = images.show(address, text).unwrap_err();
        assert!(found == code && message.contains(said), "{address}: {message}");
    }
    let diagnostics = Diagnostics::default();
    images.warn_of_unused(&diagnostics);
    let told: Vec<String> = diagnostics.into_sorted().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("billeder/cykel.png: advarsel: Ingen tekst viser billedet."), "{told:?}");
}
