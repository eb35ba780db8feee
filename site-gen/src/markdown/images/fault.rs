//! Messages to editors about unusable image files.

use super::made::Failed;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::system::reason;
use pictures::{Altered, Fault, Foreign, MOST_BYTES, MOST_PIXELS};

/// The code and the message.
pub(super) fn report(failed: &Failed) -> (DiagnosticCode, String) {
    match failed {
        Failed::Unreadable(error) => {
            (DiagnosticCode::UnreadableFile, format!("Filen kan ikke læses ({}).", reason(error)))
        }
        Failed::Heavy(bytes) => {
            let (size, most) = (bytes.div_ceil(MEGABYTE), MOST_BYTES / MEGABYTE);
            let advice = "Gem det i lavere kvalitet, eller gør det mindre.";
            (
                DiagnosticCode::ImageTooLarge,
                format!("Billedet fylder {size} MB. Det må højst fylde {most} MB. {advice}"),
            )
        }
        Failed::Fault(fault) => of(*fault),
    }
}

/// The message about a picture that is not shown as intended.
pub(super) const fn altered(altered: Altered) -> &'static str {
    match altered {
        Altered::Animation => {
            "Billedet bevæger sig, men bliver vist stille: Borgeren ser kun det første billede. Vælg selv et stillbillede, \
             hvis et andet er bedre."
        }
        Altered::Inks => {
            "Billedet er gemt til tryk (CMYK med farveprofil), så farverne kan se anderledes ud på skærmen. Åbn det i et \
             billedprogram, og gem det igen som RGB."
        }
    }
}

const MEGABYTE: u64 = 1024 * 1024;

fn of(fault: Fault) -> (DiagnosticCode, String) {
    match fault {
        Fault::Empty => (
            DiagnosticCode::ImageDamaged,
            "Filen er tom. Hent billedet igen der, hvor det kom fra, for eksempel fra telefonen.".to_owned(),
        ),
        Fault::Foreign(foreign) => (DiagnosticCode::ImageType, self::foreign(foreign)),
        Fault::Unknown => (
            DiagnosticCode::ImageType,
            "Filen er ikke et billede, som kan læses. Gem billedet som JPEG eller PNG, eller slet filen.".to_owned(),
        ),
        Fault::Cut => (
            DiagnosticCode::ImageDamaged,
            "Filen holder op midt i billedet. Hent det igen der, hvor det kom fra, for eksempel fra telefonen."
                .to_owned(),
        ),
        Fault::Damaged => (
            DiagnosticCode::ImageDamaged,
            "Billedet er i stykker og kan ikke læses. Åbn det i et billedprogram, og gem det igen som JPEG eller PNG."
                .to_owned(),
        ),
        Fault::TooLarge(width, height) => (
            DiagnosticCode::ImageTooLarge,
            format!(
                "Billedet er {width} × {height} punkter. Det må højst have {} millioner punkter i alt, for eksempel \
                 12.000 × 8.000. Gør det mindre.",
                MOST_PIXELS / 1_000_000
            ),
        ),
    }
}

fn foreign(foreign: Foreign) -> String {
    let (name, advice) = match foreign {
        Foreign::Svg => {
            return "Et SVG-billede kan indeholde programkode og kan derfor ikke bruges. Gem billedet som PNG."
                .to_owned();
        }
        Foreign::Pdf => return "Filen er en PDF og ikke et billede. Gem det, den viser, som PNG.".to_owned(),
        Foreign::Video => {
            return "Filen er en film og ikke et billede. Vælg et stillbillede, og gem det som JPEG.".to_owned();
        }
        Foreign::Gif => ("GIF", "PNG"),
        Foreign::Bmp => ("BMP", "PNG"),
        Foreign::Icon => ("ICO", "PNG"),
        Foreign::Photoshop => ("Photoshop", "JPEG"),
        Foreign::Heic => ("HEIC", "JPEG"),
        Foreign::Avif => ("AVIF", "JPEG"),
        Foreign::Tiff => ("TIFF", "JPEG"),
        Foreign::JpegXl => ("JPEG XL", "JPEG"),
        Foreign::Jpeg2000 => ("JPEG 2000", "JPEG"),
    };
    format!("Billedet er gemt som {name}, som ikke kan bruges her. Åbn det, og gem det som {advice}.")
}
