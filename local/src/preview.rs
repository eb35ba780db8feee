//! The live preview of the site while content is edited; it puts each new catalog into force for the function.

use crate::start::fault;
use crate::{Options, StartError};
use function::Service;
use site_gen::build::incremental::Builder;
use site_gen::check::build_profile::BuildProfile;
use site_gen::check::site::Site;
use site_gen::cli::report;
use site_gen::preview::{self, Live, News, Watching};
use std::sync::Arc;
use tokio::runtime::Handle;

/// Builds the content, and fails if the first build has mistakes. Drafts are included only if the content is watched,
/// since the site is then for editors.
pub(crate) fn live(options: &Options, origin: &str) -> Result<(Arc<Live>, Arc<Site>), StartError> {
    let now = options.clock.now();
    let profile = if options.watch { BuildProfile::preview(now) } else { BuildProfile::published(now) };
    let builder = Builder::new(&options.content).at(origin).map_err(fault)?.reporting(report::progress);
    let live = Live::new(builder, profile).map_err(fault)?;
    let shown = live.shown();
    match &shown.site {
        Some(site) => Ok((Arc::new(live), Arc::clone(site))),
        None => Err(StartError::Content { diagnostics: shown.diagnostics.clone() }),
    }
}

/// Rebuilds the content whenever it is saved. A catalog is in force before its pages are shown; `site` has the first.
pub(crate) fn watch(
    live: &Arc<Live>,
    site: &Site,
    service: &Arc<Service>,
    options: &Options,
) -> Result<Watching, StartError> {
    let (service, runtime) = (Arc::clone(service), Handle::current());
    let mut in_force = site.catalog().version().clone();
    let show = move |news: News<'_>| match news {
        News::Built(built) => {
            let catalog = built.site.catalog();
            if *catalog.version() != in_force {
                match runtime.block_on(service.store().publish(catalog)) {
                    Ok(_) => in_force = catalog.version().clone(),
                    Err(error) => tracing::error!(%error, "the new content is not in force"),
                }
            }
            report::print(&built.warnings, "");
            tracing::info!("the content was rebuilt; {} pages changed", built.rendered);
        }
        News::Mistakes(diagnostics) => {
            tracing::warn!("the content cannot be built; the last good site is shown");
            report::print(diagnostics, " Den sidste gode udgave vises.");
        }
        News::Failed(error) => tracing::error!(%error, "the content could not be built"),
    };
    let clock = options.clock.clone();
    preview::watch(Arc::clone(live), &options.content, move || clock.now(), show).map_err(fault)
}
