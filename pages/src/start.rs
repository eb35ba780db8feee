//! The question before a form, and the signposts for matters outside this service.

use crate::frame::{Above, View};
use crate::{BadPage, Pages, address};
use model::atlas::Kreds;
use model::form::Form;
use model::signpost::{Instead, Signpost};
use serde::Serialize;

/// An answer to the question, and the address it leads to.
#[derive(Serialize)]
struct Answer<'a> {
    text: &'a str,
    href: String,
}

impl Pages {
    /// Renders the question about the matter. Every answer is a link: nothing is sent, and no JavaScript is needed.
    ///
    /// Signposts come first, the most urgent on top, then this form, then the others.
    pub fn start(&self, view: &View<'_>, form: &Form, kreds: &Kreds) -> Result<String, BadPage> {
        let texts = view.texts()?;
        let signposts = texts.signposts.iter().flat_map(|signpost| {
            let href = view.link(&address::signpost(&kreds.slug, form.id(), &signpost.slug));
            signpost.answers.iter().map(move |answer| Answer { text: &answer.label, href: href.clone() })
        });
        let others = view.catalog.forms(view.language).filter(|other| other.id() != form.id());
        let forms = [form]
            .into_iter()
            .chain(others)
            .map(|form| Answer { text: &form.start().here, href: view.link(&address::form(&kreds.slug, form.id())) });
        let content = tera::context! {
            service_message => &view.service_message(kreds)?,
            question => &form.start().question,
            hint => &form.start().hint.as_deref(),
            answers => &signposts.chain(forms).collect::<Vec<_>>(),
        };
        let frame = view.frame(form.title(), form.summary(), Above::Kreds(kreds))?;
        self.page("start.html", &frame, content)
    }

    /// Renders a page that says where to go instead. It has no form.
    pub fn signpost(
        &self,
        view: &View<'_>,
        signpost: &Signpost,
        form: &Form,
        kreds: &Kreds,
    ) -> Result<String, BadPage> {
        let words = &view.texts()?.words;
        let (number, call) = match signpost.instead {
            Instead::Emergency => (Some(112), words.get("akut_ring_112")),
            Instead::Police => (Some(114), words.get("akut_ring_114")),
            Instead::Kommune => (None, ""),
        };
        let content = tera::context! {
            number,
            call,
            body => signpost.body.as_str(),
            kommuner => &match signpost.instead {
                Instead::Kommune => view.catalog.atlas().kommune_names(&kreds.slug),
                Instead::Emergency | Instead::Police => Vec::new(),
            },
            kommuner_of => &model::words::fill(words.get("kommuner_i"), &[("kreds", &kreds.name)]),
            start => &view.link(&address::start(&kreds.slug, form.id())),
        };
        let mut frame = view.frame(&signpost.title, "", Above::Form(kreds, form))?;
        frame.indexed = false;
        self.page("signpost.html", &frame, content)
    }
}
