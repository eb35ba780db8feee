//! Lists the pages of a site, each with all inputs of its rendering.

use crate::check::site::{Common, Page, Site};
use crate::output::feed::Feed;
use crate::output::own_pages;
use crate::output::render::RenderError;
use crate::output::search::{self, Listing};
use crate::output::subscriptions::{self, Subscriptions};
use jiff::civil::Date;
use model::atlas::Kreds;
use model::catalog::Link;
use model::form::Form;
use model::names::Language;
use model::signpost::Signpost;
use pages::{BadPage, Filled, Information, KredsLists, News, Pages, Shared, ShownControl, View, address};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// One page of the site in one language, with everything specific to it.
#[derive(PartialEq, Eq)]
pub(crate) struct PageSpec<'a> {
    pub(crate) language: &'a Language,
    /// The address below the language prefix; empty if it has none.
    pub(crate) path: String,
    /// True if the page exists in this language only.
    pub(crate) is_alone: bool,
    /// The feeds that its head links to.
    feeds: Vec<pages::Feed>,
    pub(crate) kind: PageKind<'a>,
}

/// The kind of a page, with the content that is not common to all pages.
#[derive(PartialEq, Eq)]
pub(crate) enum PageKind<'a> {
    Front(&'a Page),
    Page(&'a Page),
    Kreds(&'a Kreds, &'a Page, Vec<Link>, Vec<News>),
    KredsPage(&'a Kreds, &'a Page),
    Tour(&'a Kreds, &'a Page),
    AllTours,
    /// The controls of a kreds, newest first.
    Controls(&'a Kreds, Vec<&'a ShownControl>),
    /// The figures of a kreds, or of the country.
    Figures(Option<&'a Kreds>),
    Start(&'a Kreds, &'a Form),
    Form(&'a Kreds, &'a Form),
    Signpost(&'a Kreds, &'a Form, &'a Signpost),
    Places,
    Search(Listing),
    /// A former address of this page.
    Moved(&'a Page),
    Statement,
    NotFound,
}

/// Lists all pages of a site.
pub(crate) fn specs(site: &Site) -> Result<Vec<PageSpec<'_>>, RenderError> {
    let languages: Vec<&Language> = site.catalog().languages().collect();
    let specs = languages.into_par_iter().map(|language| specs_in(site, language));
    let mut specs: Vec<_> = specs.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    // The largest pages go first: at the end, other threads would wait for them.
    specs.sort_by_key(|spec| !matches!(spec.kind, PageKind::Search(_)));
    Ok(specs)
}

fn specs_in<'a>(site: &'a Site, language: &'a Language) -> Result<Vec<PageSpec<'a>>, RenderError> {
    let now = site.common.time;
    let pages = site.pages(language);
    let subscriptions = Subscriptions::new(site, language, now);
    let spec = |path: String, kind: PageKind<'a>| PageSpec { language, path, is_alone: false, feeds: Vec::new(), kind };
    // A page and its former addresses.
    let written = |page: &'a Page, kind: PageKind<'a>| {
        let moved = page.old_paths.iter().map(move |old| spec(old.clone(), PageKind::Moved(page)));
        moved.chain([PageSpec { is_alone: page.is_only_danish, ..spec(page.path.clone(), kind) }])
    };
    let national = subscriptions.national()?;
    let mut specs = vec![
        spec(address::places(), PageKind::Places),
        spec(address::tour(None), PageKind::AllTours).with(&national),
        spec(String::new(), PageKind::Statement),
        spec(String::new(), PageKind::NotFound),
    ];
    let has_figures = !site.common.figures.is_empty();
    specs.extend(has_figures.then(|| spec(address::figures(None), PageKind::Figures(None))));
    specs.extend(written(&pages.front, PageKind::Front(&pages.front)).map(|spec| spec.with(&national)));
    specs.extend(pages.pages.iter().flat_map(|page| written(page, PageKind::Page(page))));
    for of_kreds in subscriptions::pages_of(site, language) {
        let subscriptions::Pages { kreds, own, danish } = of_kreds;
        let mut others = own_pages::others(language, danish, own, now);
        if has_figures {
            let path = address::figures(Some(&kreds.slug));
            others.push(own_pages::named(site, language, "tal", &path));
            specs.push(spec(path, PageKind::Figures(Some(kreds))));
        }
        let feeds = subscriptions.of_kreds(of_kreds)?;
        let controls = subscriptions::controls_of(site, kreds);
        let controls = (!controls.is_empty()).then(|| {
            let path = address::controls(&kreds.slug);
            others.push(own_pages::named(site, language, "kontrol_titel", &path));
            spec(path, PageKind::Controls(kreds, controls))
        });
        let news = own_pages::news(language, danish, own, now);
        let front = written(&own.front, PageKind::Kreds(kreds, &own.front, others, news));
        let tour = own.tour.iter().flat_map(|page| written(page, PageKind::Tour(kreds, page)));
        let own = own.own.iter().flat_map(|page| written(page, PageKind::KredsPage(kreds, page)));
        specs.extend(front.chain(own).chain(tour).chain(controls).map(|spec| spec.with(&feeds)));
        for form in site.catalog().forms(language) {
            specs.push(spec(address::start(&kreds.slug, form.id()), PageKind::Start(kreds, form)));
            specs.push(spec(address::form(&kreds.slug, form.id()), PageKind::Form(kreds, form)));
            let signposts = site.catalog().texts(language).map_or(&[][..], |texts| &texts.signposts);
            let signpost = |signpost: &'a Signpost| {
                spec(
                    address::signpost(&kreds.slug, form.id(), &signpost.slug),
                    PageKind::Signpost(kreds, form, signpost),
                )
            };
            specs.extend(signposts.iter().map(signpost));
        }
    }
    let listing = search::listing(site, language, specs.iter().map(|spec| &spec.kind));
    specs.push(spec(address::search(), PageKind::Search(listing)));
    Ok(specs)
}

impl PageSpec<'_> {
    /// Adds feeds to the head of the page; a redirect has none.
    fn with(self, feeds: &[Feed]) -> Self {
        if matches!(self.kind, PageKind::Moved(..)) {
            return self;
        }
        let feed = |feed: &Feed| pages::Feed { title: feed.title.clone(), href: feed.address.clone() };
        Self { feeds: feeds.iter().map(feed).collect(), ..self }
    }

    /// Returns true if search engines may list the page. A signpost is only for visitors from the question.
    pub(crate) const fn is_found(&self) -> bool {
        !matches!(self.kind, PageKind::NotFound | PageKind::Statement | PageKind::Moved(..) | PageKind::Signpost(..))
    }

    /// The date of the author's last change, if the author states one.
    pub(crate) const fn edited(&self) -> Option<Date> {
        match self.kind {
            PageKind::Front(page)
            | PageKind::Page(page)
            | PageKind::Kreds(_, page, ..)
            | PageKind::KredsPage(_, page) => page.edited,
            _ => None,
        }
    }

    /// The file below the language prefix.
    pub(crate) fn file(&self) -> String {
        match self.kind {
            PageKind::NotFound => "/404.html".to_owned(),
            PageKind::Statement => format!("{}index.html", address::accessibility_statement()),
            _ => format!("{}index.html", self.path),
        }
    }

    /// Renders the page from the common input and the spec itself: nothing else can be on it. `shared` is derived from
    /// the common input as well.
    pub(crate) fn html(&self, templates: &Pages, common: &Common, shared: Option<&Shared>) -> Result<String, BadPage> {
        let now = common.time;
        let view = View::new(&common.catalog, self.language, now).at(&self.path).with(&self.feeds);
        let view = shared.map_or(view, |shared| view.sharing(shared));
        let stops = |kreds: Option<&Kreds>| common.tour.shown(kreds.map(|kreds| &kreds.slug), self.language, now);
        let view = if self.is_alone { view.alone() } else { view };
        match &self.kind {
            PageKind::Front(page) => {
                templates.front(&view, &information(page), &common.map, &stops(None), !common.figures.is_empty())
            }
            PageKind::Page(page) => templates.information(&view, &information(page), None),
            PageKind::Kreds(kreds, page, own, news) => {
                let lists = KredsLists { own, news, stops: &stops(Some(kreds)) };
                templates.kreds(&view, kreds, &information(page), lists, &common.map)
            }
            PageKind::Tour(kreds, page) => templates.tour(&view, kreds, &information(page), &stops(Some(kreds))),
            PageKind::Controls(kreds, controls) => templates.controls(&view, kreds, controls),
            PageKind::Figures(kreds) => templates.figures(&view, *kreds, &common.figures),
            PageKind::AllTours => templates.all_tours(&view, &stops(None)),
            PageKind::KredsPage(kreds, page) => templates.information(&view, &information(page), Some(kreds)),
            PageKind::Start(kreds, form) | PageKind::Form(kreds, form) if view.is_closed(form, kreds) => {
                templates.closed_form(&view, form, kreds)
            }
            PageKind::Start(kreds, form) => templates.start(&view, form, kreds),
            PageKind::Signpost(kreds, form, signpost) => templates.signpost(&view, signpost, form, kreds),
            PageKind::Form(kreds, form) => templates.form(&view, form, kreds, &Filled::empty()),
            PageKind::Places => templates.places(&view),
            PageKind::Search(listing) => templates.search(&view, &listing.pages, &listing.kredse),
            PageKind::Moved(page) => templates.moved(&view.at(""), &page.title, &page.path),
            PageKind::Statement => templates.accessibility_statement(&view, &common.accessibility_statement),
            PageKind::NotFound => templates.not_found(&view),
        }
    }
}

fn information(page: &Page) -> Information<'_> {
    let quick_exit = page.quick_exit.as_deref();
    Information { title: &page.title, description: &page.description, body: &page.body, quick_exit }
}
