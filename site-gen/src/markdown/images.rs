//! The images beside the texts: what each is, and which of them texts show.

mod file;
mod written;

pub(crate) use file::Size;
pub(crate) use written::Written;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint, list, slug};
use crate::diagnostics::diagnostic::{Diagnostics, Severity};
use crate::source::read::{IMAGES, ImageFile};
use file::{Fault, MOST_BYTES, MOST_PIXELS};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// The images that texts may show.
#[derive(Default)]
pub(crate) struct Images {
    /// By address: `/billeder/kort.png`. One that cannot be used has no size, which is reported.
    all: BTreeMap<String, Option<Size>>,
    shown: Mutex<BTreeSet<String>>,
}

impl Images {
    /// Reads what the files are, and reports what cannot be used.
    pub(crate) fn of(files: &[ImageFile], diagnostics: &Diagnostics) -> Self {
        let image = |file: &ImageFile| (format!("/{}", file.path), read(file, diagnostics));
        Self { all: files.iter().map(image).collect(), shown: Mutex::default() }
    }

    /// What a page needs to know of the image that a text shows there, or what is wrong with how it is shown.
    pub(crate) fn show(&self, address: &str, text: &str) -> Result<Option<Size>, (DiagnosticCode, String)> {
        let shown = excerpt(address);
        let known = || self.all.keys().map(String::as_str);
        let Some((found, size)) = self.all.get_key_value(address) else {
            let name = address.rsplit(['/', '\\']).next().unwrap_or_default();
            let right = format!("/{IMAGES}{name}");
            if self.all.contains_key(&right) {
                return Err((DiagnosticCode::BadImageLink, format!("Billedet »{shown}« skal skrives »{right}«.")));
            }
            if address.contains("//") {
                let advice =
                    "Læg det i mappen billeder/, hvis du må bruge det, og skriv for eksempel »/billeder/navn.jpg«.";
                return Err((
                    DiagnosticCode::BadImageLink,
                    format!("Billedet »{shown}« ligger på en anden hjemmeside. Det kan ikke vises her. {advice}"),
                ));
            }
            let hint = hint(&right, known());
            let begin = if hint.is_empty() { "Læg" } else { "Ellers læg" };
            let advice = format!("{begin} filen i mappen billeder/, og skriv »{right}«.");
            return Err((DiagnosticCode::MissingImage, format!("Billedet »{shown}« er der ikke.{hint} {advice}")));
        };
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).insert(found.clone());
        let is_name = found.ends_with(text.trim()) || slug(text).is_empty();
        if is_name {
            return Err((
                DiagnosticCode::ImageWithoutText,
                format!(
                    "Billedet »{shown}« har ingen tekst til dem, der ikke kan se det. Skriv mellem [ og ], hvad det viser: \
                     ![To betjente på cykel]({found})."
                ),
            ));
        }
        Ok(*size)
    }

    /// Warns of images that no text shows.
    pub(crate) fn warn_of_unused(&self, diagnostics: &Diagnostics) {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        for address in self.all.keys().filter(|address| !shown.contains(*address)) {
            let advice = format!("Vis det med ![Det, billedet viser]({address}), eller slet filen.");
            let message = format!("Ingen tekst viser billedet. {advice}");
            diagnostics.whole(
                address.trim_start_matches('/'),
                Severity::Warning,
                DiagnosticCode::UnusedImage,
                &message,
            );
        }
    }
}

/// The size of the image in a file; none if it cannot be used, which is reported.
fn read(file: &ImageFile, diagnostics: &Diagnostics) -> Option<Size> {
    let name = file.path.strip_prefix(IMAGES).unwrap_or(&file.path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let reporter = |code: DiagnosticCode, message: String| diagnostics.missing(&file.path, code, &message);
    if slug(stem) != stem {
        let example = match slug(stem) {
            empty if empty.is_empty() => String::new(),
            slug => format!(", for eksempel »{slug}.{}«", ending.to_lowercase()),
        };
        let rule = "Brug kun a-z, tal og enkelte bindestreger (æ er ae, ø er oe, å er aa)";
        reporter(
            DiagnosticCode::FileName,
            format!("Billedet »{name}« kan ikke hedde sådan. {rule}{example}. Læg det ikke i en undermappe."),
        );
        return None;
    }
    match file::size(&file.bytes, ending) {
        Ok(size) => Some(size),
        Err(fault) => {
            let (code, message) = told(&fault, ending, file.bytes.len());
            reporter(code, message);
            None
        }
    }
}

fn told(fault: &Fault, ending: &str, bytes: usize) -> (DiagnosticCode, String) {
    let kb = |bytes: usize| bytes.div_ceil(1024);
    match fault {
        Fault::Vector => (
            DiagnosticCode::ImageType,
            "Et SVG-billede kan indeholde programkode og kan derfor ikke bruges. Gem det som png.".to_owned(),
        ),
        Fault::Ending => {
            let allowed = list(file::ENDINGS);
            (
                DiagnosticCode::ImageType,
                format!("Et billede kan ikke være en ».{ending}«-fil. Gem det som en af disse: {allowed}."),
            )
        }
        Fault::Content(None) => {
            (DiagnosticCode::ImageType, format!("Filen er ikke et billede, som kan læses. Gem det igen som {ending}."))
        }
        Fault::Content(Some(really)) => (
            DiagnosticCode::ImageType,
            format!(
                "Filen hedder ».{ending}«, men billedet er gemt som {really}. Ret navnet, så det ender på ».{really}«."
            ),
        ),
        Fault::Bytes => (
            DiagnosticCode::ImageTooLarge,
            format!(
                "Billedet fylder {} KB. Det må højst fylde {} KB, så siden også kommer hurtigt frem på en telefon. Gem \
                 det mindre eller i lavere kvalitet.",
                kb(bytes),
                kb(MOST_BYTES)
            ),
        ),
        Fault::Pixels(Size { width, height }) => (
            DiagnosticCode::ImageTooLarge,
            format!(
                "Billedet er {width} × {height} punkter. Det må højst være {MOST_PIXELS} på hver led. Gør det mindre."
            ),
        ),
        Fault::Metadata => (
            DiagnosticCode::ImageMetadata,
            "Billedet har skjulte oplysninger (EXIF). De kan sige, hvor og hvornår det er taget. Gem det igen uden \
             metadata."
                .to_owned(),
        ),
    }
}

/// The tag of an image with its text, so large that nothing on the page moves when it comes.
fn tag(address: &str, text: &str, Size { width, height }: Size) -> String {
    let text = [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;")]
        .iter()
        .fold(text.to_owned(), |text, (sign, escaped)| text.replace(*sign, escaped));
    format!("<img src=\"{address}\" alt=\"{text}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\">")
}

#[cfg(test)]
mod tests;
