//! Web requests about the question whether somebody has called, and their answers.

use super::{fields, html, private, refused, see_other};
use crate::Service;
use crate::origin::is_not_foreign;
use crate::question;
use lambda_http::{Body, Request, Response};
use model::catalog::Catalog;
use model::names::{Language, SubmissionId};
use model::raw::RawAnswers;
use pages::{BadPage, Refusal};

/// Shows the page.
pub(super) async fn show(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    id: &SubmissionId,
) -> Result<Response<Body>, BadPage> {
    reply(service, catalog, page, question::show(service, catalog, id).await?)
}

/// Notes what a citizen answers.
pub(super) async fn answer(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    request: &Request,
    id: &SubmissionId,
) -> Result<Response<Body>, BadPage> {
    if !is_not_foreign(service, catalog, request.headers()) {
        return refused(service, catalog, page, Refusal::ForeignChange);
    }
    let sent = match fields(request) {
        Ok(fields) => RawAnswers::new(fields),
        Err(refusal) => return refused(service, catalog, page, refusal),
    };
    reply(service, catalog, page, question::answer(service, catalog, id, &sent).await?)
}

/// The answer to a citizen who was asked, as private as a receipt.
fn reply(
    service: &Service,
    catalog: &Catalog,
    page: &Language,
    answer: question::Reply,
) -> Result<Response<Body>, BadPage> {
    Ok(private(match answer {
        question::Reply::Page(status, page) => html(status, page),
        question::Reply::SeeOther(path) => see_other(&path),
        question::Reply::NotFound => refused(service, catalog, page, Refusal::NotFound)?,
        question::Reply::Down => refused(service, catalog, page, Refusal::NoReceiptNow)?,
    }))
}
