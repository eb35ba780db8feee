//! The pages of what is not answered.

use crate::frame::{Above, View};
use crate::{BadPage, Pages};

/// Why a request is not answered; each has its page, which says that nothing was received and whom to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// 404.
    NotFound,
    /// 403: sent from another origin.
    Foreign,
    /// 405.
    Method,
    /// 413.
    TooLarge,
    /// 415.
    MediaType,
    /// 404 for a form: it was on a page that was opened before the form went.
    NoSuchForm,
    /// 503.
    Unavailable,
    /// 503 for a receipt: the request may well have been received, so the page must not say that it was not.
    NoReceiptNow,
    /// 403 for a receipt: what was to be changed was sent from another origin.
    ForeignChange,
    /// 413 for a receipt: nothing was changed, and the request stands.
    LargeChange,
    /// 415 for a receipt.
    UnreadChange,
    /// 503 for a receipt: what was to be changed may have been.
    NoChangeNow,
}

impl Refusal {
    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::NotFound | Self::NoSuchForm => 404,
            Self::Foreign | Self::ForeignChange => 403,
            Self::Method => 405,
            Self::TooLarge | Self::LargeChange => 413,
            Self::MediaType | Self::UnreadChange => 415,
            Self::Unavailable | Self::NoReceiptNow | Self::NoChangeNow => 503,
        }
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("afvist_findes_ikke_titel", "afvist_findes_ikke"),
            Self::Foreign => ("afvist_fremmed_titel", "afvist_fremmed"),
            Self::Method => ("afvist_metode_titel", "afvist_metode"),
            Self::TooLarge => ("afvist_stor_titel", "afvist_stor"),
            Self::MediaType => ("afvist_type_titel", "afvist_type"),
            Self::NoSuchForm => ("afvist_formular_titel", "afvist_formular"),
            Self::Unavailable => ("afvist_nede_titel", "afvist_nede"),
            Self::NoReceiptNow => ("afvist_kvittering_titel", "afvist_kvittering"),
            Self::ForeignChange => ("aendr_ikke_titel", "aendr_fremmed"),
            Self::LargeChange | Self::UnreadChange => ("aendr_ikke_titel", "aendr_ulaeselig"),
            Self::NoChangeNow => ("afvist_nede_titel", "aendr_nede"),
        }
    }
}

impl Pages {
    /// The page of a refusal.
    pub fn refusal(&self, view: &View<'_>, refusal: Refusal) -> Result<String, BadPage> {
        let words = &view.texts()?.words;
        let (title, text) = refusal.words();
        let content = tera::context! {
            text => words.get(text),
            lost => &(refusal != Refusal::NotFound),
        };
        let frame = view.frame(words.get(title), "", Above::Front)?;
        self.page("refusal.html", &frame, content)
    }

    /// The page for an address that leads nowhere.
    pub fn not_found(&self, view: &View<'_>) -> Result<String, BadPage> {
        self.refusal(view, Refusal::NotFound)
    }
}
