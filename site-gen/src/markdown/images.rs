//! The images of the content, and a record of those shown in texts.

mod fault;
mod made;
mod shown;

pub(crate) use made::{Made, Pictures};
pub(crate) use shown::Shown;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint, slug};
use crate::diagnostics::diagnostic::{Diagnostics, Reporter, Severity};
use crate::markdown::render::Headings;
use crate::source::read::{IMAGES, ImageFile};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use unicode_normalization::UnicodeNormalization;

/// The images that texts may show.
#[derive(Default)]
pub(crate) struct Images {
    /// By address: `/billeder/kort.png`; `None` for an unusable image, which is reported.
    all: BTreeMap<String, Option<Shown>>,
    shown: Mutex<BTreeSet<String>>,
}

impl Images {
    /// Creates the versions of the image files for pages, and reports unusable files.
    pub(crate) fn of(files: &[ImageFile], pictures: &Pictures, diagnostics: &Diagnostics) -> Self {
        let image = |(file, made): (&ImageFile, Result<Made, made::Failed>)| {
            let address = format!("/{}", file.path);
            match made {
                Ok(Made { picture, altered, .. }) => {
                    if let Some(altered) = altered {
                        let code = DiagnosticCode::AlteredImage;
                        diagnostics.whole(&file.path, Severity::Warning, code, fault::altered(altered));
                    }
                    let name = file.path.strip_prefix(IMAGES).unwrap_or(&file.path);
                    (address, Some(Shown::of(name, picture)))
                }
                Err(failed) => {
                    let (code, message) = fault::report(&failed);
                    diagnostics.missing(&file.path, code, &message);
                    (address, None)
                }
            }
        };
        Self { all: files.iter().zip(pictures.of(files)).map(image).collect(), shown: Mutex::default() }
    }

    /// Each file that can be published: its address and its bytes. The finished pages determine which of them are.
    pub(crate) fn files(&self) -> BTreeMap<String, Arc<[u8]>> {
        let files = self.all.values().flatten().flat_map(Shown::files);
        files.map(|(address, bytes)| (address.to_owned(), Arc::clone(bytes))).collect()
    }

    /// The image for a text to show, or an error in how it is shown; `None` if its file is unusable.
    pub(crate) fn show(&self, address: &str, text: &str) -> Result<Option<&Shown>, (DiagnosticCode, String)> {
        let shown = excerpt(address);
        let known = || self.all.keys().map(String::as_str);
        let Some((found, image)) = self.find(address) else {
            if address.starts_with("data:") {
                let advice = "Gem det som en fil i mappen billeder/, og skriv for eksempel »/billeder/navn.jpg«.";
                return Err((
                    DiagnosticCode::BadImageLink,
                    format!("Billedet er sat ind i selve teksten. Det kan ikke vises her. {advice}"),
                ));
            }
            let decoded = percent_decode_str(address).decode_utf8_lossy();
            let name = decoded.rsplit(['/', '\\']).next().unwrap_or_default();
            let right = format!("/{IMAGES}{name}");
            if let Some((right, _)) = self.find(&right) {
                let right = written(right);
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
            let advice = format!("{begin} filen i mappen billeder/, og skriv »{}«.", written(&right));
            return Err((DiagnosticCode::MissingImage, format!("Billedet »{shown}« er der ikke.{hint} {advice}")));
        };
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).insert(found.clone());
        let is_name = found.ends_with(text.trim()) || slug(text).is_empty();
        if is_name {
            return Err((
                DiagnosticCode::ImageWithoutText,
                format!(
                    "Billedet »{shown}« har ingen tekst til dem, der ikke kan se det. Skriv mellem [ og ], hvad det viser: \
                     ![To betjente på cykel]({}).",
                    written(found)
                ),
            ));
        }
        Ok(image.as_ref())
    }

    /// The file at an address, in any notation: `%20` for a space, in capitals, or å as two code points, as macOS
    /// stores names.
    fn find(&self, address: &str) -> Option<(&String, &Option<Shown>)> {
        self.all.get_key_value(address).or_else(|| {
            let wanted = normal(address);
            self.all.iter().find(|(known, _)| normal(known) == wanted)
        })
    }

    /// Warns about images that no text shows.
    pub(crate) fn warn_of_unused(&self, diagnostics: &Diagnostics) {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        for address in self.all.keys().filter(|address| !shown.contains(*address)) {
            let advice = format!("Vis det med ![Det, billedet viser]({}), eller slet filen.", written(address));
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

/// An image in a text: `![text](address)`.
pub(crate) struct WrittenImage {
    /// The byte offset in the file.
    pub(crate) byte: usize,
    pub(crate) address: String,
    /// True if a quoted title follows the address.
    pub(crate) has_title: bool,
    /// The alternative text.
    pub(crate) text: String,
}

impl WrittenImage {
    /// The tag; `None` if the image cannot be shown, which is reported. Images are allowed only where headings are.
    pub(crate) fn tag(self, allowed: Headings<'_>, reporter: Reporter<'_>) -> Option<String> {
        let Self { byte, address, has_title, text } = self;
        let Headings::Allowed(images) = allowed else {
            let (shown, advice) = (excerpt(&address), "Teksten vises inde i andre sider. Sæt billedet på en side.");
            let message = format!("Billedet »{shown}« kan ikke bruges i denne fil. {advice}");
            reporter.at_byte(byte, DiagnosticCode::ImageRefused, message);
            return None;
        };
        if has_title {
            let advice = "Slet dem. Det, der skal læses, skal stå mellem [ og ] eller i teksten.";
            let message = format!("Ordene efter billedets sti bliver ikke vist. {advice}");
            reporter.at_byte(byte, DiagnosticCode::BadImageLink, message);
        }
        match images.show(&address, &text) {
            Ok(image) => Some(image?.tag(text.trim())),
            Err((code, message)) => {
                reporter.at_byte(byte, code, message);
                None
            }
        }
    }
}

/// Normalizes an address.
fn normal(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().nfc().flat_map(char::to_lowercase).collect()
}

/// Escapes an address for Markdown, without spaces and parentheses.
fn written(address: &str) -> String {
    let signs = [('%', "%25"), (' ', "%20"), ('(', "%28"), (')', "%29"), ('<', "%3C"), ('>', "%3E")];
    signs.iter().fold(address.to_owned(), |address, (sign, code)| address.replace(*sign, code))
}

#[cfg(test)]
mod tests;
