//! The pages for HTTP requests that the service refuses.

use crate::frame::{Above, View};
use crate::{BadPage, Pages};

/// The reason why an HTTP request is refused. Each has a page, which says that nothing was received and whom to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// 404: no page has this address.
    NotFound,
    /// 403: the form was sent from another origin.
    Foreign,
    /// 405: the address does not take this method.
    Method,
    /// 413: the body is too large.
    TooLarge,
    /// 415: the body is not a form.
    MediaType,
    /// 404 for a form: its page was opened before the form was removed.
    NoSuchForm,
    /// 503: the service cannot answer now.
    Unavailable,
    /// 503 for a receipt: the request may have been received, so the page must not say otherwise.
    NoReceiptNow,
    /// 403 for a receipt: the change was sent from another origin.
    ForeignChange,
    /// 413 for a receipt: the body is too large. Nothing was changed, and the request stands.
    LargeChange,
    /// 415 for a receipt: the body is not a form.
    UnreadChange,
    /// 503 for a receipt: the change may have been made.
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
    /// Renders the page of a refusal.
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

    /// Renders the page for an unknown address.
    pub fn not_found(&self, view: &View<'_>) -> Result<String, BadPage> {
        self.refusal(view, Refusal::NotFound)
    }
}
