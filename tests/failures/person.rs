//! A citizen of a world: what they send, and what they know of it.

use crate::failures::broken::Variant;
use crate::failures::form;
use crate::failures::schedule::Citizen;
use lambda_http::http::Request as HttpRequest;
use lambda_http::{Body, Request};

/// A citizen, and what they know.
pub(crate) struct Person {
    pub(crate) number: usize,
    pub(crate) citizen: Citizen,
    pub(crate) sent: usize,
    /// The receipts that they were redirected to.
    pub(crate) receipts: Vec<String>,
    /// True if they sent the form and no answer came.
    pub(crate) is_waiting: bool,
    /// True if the last page said that the request was not received.
    pub(crate) was_refused: bool,
}

impl Person {
    pub(crate) fn new(number: usize, citizen: Citizen) -> Self {
        Self { number, citizen, sent: 0, receipts: Vec::new(), is_waiting: false, was_refused: false }
    }

    /// Returns the name that they write, which identifies their requests.
    pub(crate) fn name(&self) -> String {
        form::name(self.number)
    }

    pub(crate) fn email(&self) -> String {
        form::email(self.number)
    }

    /// The request as their browser sends it.
    pub(crate) fn request(&self, variant: Variant) -> Request {
        let again = if variant == Variant::Varies { self.sent } else { 0 };
        HttpRequest::post(form::path())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form::body(self.number, &self.citizen, again)))
            .unwrap()
    }
}
