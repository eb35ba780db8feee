//! The held requests on this machine: a list of those that wait for a human, with a button that releases each.

use function::Service;
use function::store::Released;
use model::atlas::Kreds;
use model::names::{KredsSlug, SubmissionId};

/// Renders a table of the held requests of `kredse` for the mailbox's page; empty if none is held.
pub(crate) async fn list(service: &Service, kredse: &[Kreds]) -> String {
    let mut rows = String::new();
    for kreds in kredse {
        match service.store().held(&kreds.slug).await {
            Ok(held) => rows.extend(held.iter().map(|id| row(&kreds.slug, id))),
            Err(error) => tracing::error!(%error, kreds = %kreds.slug, "the held requests cannot be read"),
        }
    }
    if rows.is_empty() {
        return rows;
    }
    format!(
        "<h2>Held requests</h2><p>These look as if a program had filled them in. Each is mailed a day \
         after it came, with a mark, or when somebody releases it.</p><table><tbody>\n{rows}</tbody></table>"
    )
}

/// Releases a held request. Returns true if it was held.
pub(crate) async fn release(service: &Service, kreds: &str, id: &str) -> bool {
    let (Ok(kreds), Ok(id)) = (KredsSlug::parse(kreds), SubmissionId::parse(id)) else { return false };
    match service.store().release(&id, &kreds, Released::Seen, service.now()).await {
        Ok(tasks) => tasks > 0,
        Err(error) => {
            tracing::error!(%error, %kreds, "a request could not be released");
            false
        }
    }
}

fn row(kreds: &KredsSlug, id: &SubmissionId) -> String {
    format!(
        "<tr><td>{kreds}</td><td><a href=\"/kvittering/{id}\">receipt</a></td><td><form method=\"post\" \
         action=\"/_post/held/{kreds}/{id}\"><button>Release</button></form></td></tr>\n"
    )
}
