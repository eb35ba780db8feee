//! Saved content is built and put into force again; so is content with a message that begins or ends.

use crate::preview::Preview;
use function::Service;
use function::clock::Clock;
use notify::{EventKind, RecursiveMode, Watcher, recommended_watcher};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Editors write a file in several steps; wait until they have been quiet this long.
const QUIET: Duration = Duration::from_millis(40);

/// How often it is seen whether a message has begun or ended. Its time may be moved, so that it cannot be slept until.
const LOOK: Duration = Duration::from_millis(500);

/// Watches content and clock, and rebuilds after each change.
pub(crate) fn rebuild_on_change(
    content: &Path,
    origin: &str,
    preview: &Arc<Preview>,
    service: &Arc<Service>,
    clock: &Clock,
    tasks: &mut JoinSet<()>,
) -> notify::Result<()> {
    let (changed, mut changes) = mpsc::unbounded_channel();
    let mut watcher = recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading the content is an event, too; only changes count. Nobody listens any more when we stop.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            let _ = changed.send(());
        }
    })?;
    watcher.watch(content, RecursiveMode::Recursive)?;
    let (content, origin, clock) = (content.to_owned(), origin.to_owned(), clock.clone());
    let (preview, service) = (Arc::clone(preview), Arc::clone(service));
    tasks.spawn(async move {
        let _watcher = watcher;
        let mut looks = tokio::time::interval(LOOK);
        loop {
            tokio::select! {
                change = changes.recv() => match change {
                    Some(()) => while let Ok(Some(())) = tokio::time::timeout(QUIET, changes.recv()).await {},
                    None => break,
                },
                _ = looks.tick() => if preview.is_of_its_time(&clock) { continue },
            }
            if let Err(error) = preview.rebuild(&content, &origin, &clock) {
                tracing::error!(error, "the content could not be built");
                continue;
            }
            let shown = preview.shown();
            site_gen::report::tell(&shown.warnings, "");
            if !shown.problems.is_empty() {
                tracing::warn!("the content cannot be built; the last good site is shown");
                site_gen::report::tell(&shown.problems, " Den sidste gode udgave vises.");
            } else if let Err(error) = service.store().publish(&shown.catalog).await {
                tracing::error!(%error, "the new content is not in force");
            } else {
                tracing::info!("the content was built again");
            }
        }
    });
    Ok(())
}
