//! Reads an author's page.

use crate::front_matter::FrontMatter;
use crate::markdown::{Body, Headings, render};
use crate::problem::Blame;
use crate::site::Page;

/// A page and the file it comes from, whose links are still to be checked.
pub(super) struct PageDraft<'a> {
    pub(super) page: Page,
    pub(super) body: Body,
    pub(super) blame: Blame<'a>,
}

/// The page in a file, at its address.
pub(super) fn page(blame: Blame<'_>, path: String) -> PageDraft<'_> {
    let front = FrontMatter::of(blame);
    let (title, description) =
        front.read(|map| (map.text("titel").text.to_owned(), map.text("beskrivelse").text.to_owned()));
    draft(&front, blame, path, title, description)
}

/// The page with what its front matter says and the text below it.
pub(super) fn draft<'a>(
    front: &FrontMatter<'_>,
    blame: Blame<'a>,
    path: String,
    title: String,
    description: String,
) -> PageDraft<'a> {
    let body = render(blame, front.body, Headings::Allowed);
    PageDraft { page: Page { path, title, description, body: body.html.clone() }, body, blame }
}
