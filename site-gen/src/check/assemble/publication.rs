//! Reads when a page is on the site: `kladde`, `fra` and `til`.

use super::service_message::MOMENT;
use crate::check::published::Published;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::source::map::Map;
use model::service_message::Moment;

/// When the Danish page of a front matter is on the site. Its translations follow it.
pub(super) fn publication(map: &Map<'_>, reporter: Reporter<'_>) -> Published {
    let is_draft = map.yes_no("kladde");
    let from = map.optional_parsed("fra", MOMENT, Moment::parse);
    let until = map.optional_parsed("til", MOMENT, Moment::parse);
    if let (Some(begin), Some(end)) = (from, until)
        && begin.start() >= end.end()
    {
        let at = map.at("til").unwrap_or(map.start());
        reporter.at(
            at,
            DiagnosticCode::PageNeverShown,
            "»til« skal være efter »fra«. Ellers bliver siden aldrig vist. Ret den ene.",
        );
    }
    if is_draft { Published::Never } else { Published::During { from, until } }
}

/// Reports the same keys on a page that must always be there; `page` names it.
pub(super) fn refuse(map: &Map<'_>, reporter: Reporter<'_>, page: &str) {
    for key in ["kladde", "fra", "til"] {
        if map.has(key).is_some()
            && let Some(at) = map.at(key)
        {
            reporter.at(
                at,
                DiagnosticCode::AlwaysThere,
                format!("»{key}« kan ikke stå her, for {page} skal altid være der. Slet linjen."),
            );
        }
    }
}
