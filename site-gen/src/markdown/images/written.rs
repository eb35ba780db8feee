//! An image as an author's text shows it.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::Reporter;
use crate::markdown::render::Headings;

/// An image in a text: `![text](address)`.
pub(crate) struct Written {
    /// Where it begins in the file.
    pub(crate) byte: usize,
    pub(crate) address: String,
    /// True if words in quotation marks stand behind the address.
    pub(crate) has_title: bool,
    /// A description of the picture in words.
    pub(crate) text: String,
}

impl Written {
    /// Its tag; none if it cannot be shown, which is reported. Where no headings may be, images may not either.
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
