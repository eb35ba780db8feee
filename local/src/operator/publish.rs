//! The command that publishes content: the version before the new pages, which need it, and the pointer after them.

use super::Tool;
use super::failure::Failure;
use super::output::Output;
use clap::Args;
use function::compat::is_read;
use model::catalog::Catalog;
use model::names::CatalogVersion;
use serde_json::json;
use site_gen::source::read::regular;
use std::path::{Path, PathBuf};

/// Which catalog to publish, and how far.
#[derive(Args)]
pub(super) struct Publish {
    /// The file, as dist/catalog.json
    file: PathBuf,
    /// Only keep it in the table, before its pages are uploaded
    #[arg(long, conflicts_with_all = ["pointer_only", "dry_run"])]
    no_pointer: bool,
    /// Only put it into force, when they are
    #[arg(long, conflicts_with = "dry_run")]
    pointer_only: bool,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

impl Publish {
    const fn steps(&self) -> Steps {
        match (self.no_pointer, self.pointer_only, self.dry_run) {
            (_, _, true) => Steps::None,
            (true, _, _) => Steps::Keep,
            (_, true, _) => Steps::PutIntoForce,
            _ => Steps::Both,
        }
    }
}

/// The steps to take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Steps {
    Both,
    Keep,
    PutIntoForce,
    /// Neither step: a dry run.
    None,
}

/// Publishes the catalog in a file. A catalog that is already in the table stays unchanged, and then nothing is written
/// to the audit.
pub(super) async fn publish(tool: &Tool, wanted: &Publish) -> Result<Output, Failure> {
    let (catalog, steps) = (read(&wanted.file)?, wanted.steps());
    let (store, version) = (tool.service.store(), catalog.version());
    let was_kept = store.catalog(version).await?.is_some();
    let before = store.current_version().await?;
    let is_in_force = before.as_ref() == Some(version);
    let keeps = !was_kept && matches!(steps, Steps::Both | Steps::Keep);
    let puts = !is_in_force && matches!(steps, Steps::Both | Steps::PutIntoForce);
    if puts && !was_kept && !keeps {
        return Err(Failure::NotFound(format!(
            "Version {version} is not in the table, and cannot be put into force. Publish it with --no-pointer first"
        )));
    }
    if keeps {
        store.audit_content("published", version, &tool.by()?, tool.now()).await?;
        store.keep_catalog(&catalog).await?;
    }
    if puts {
        store.audit_content("put into force", version, &tool.by()?, tool.now()).await?;
        store.put_into_force(version).await?;
    }
    let text = match (steps, was_kept, is_in_force) {
        (Steps::None, _, true) => format!("{version} is in force. Nothing would be done."),
        (Steps::None, ..) => format!("{version} would be published and put into force."),
        (Steps::Keep, true, _) => format!("{version} is in the table. Nothing was done."),
        (Steps::Keep, false, _) => format!("{version} is in the table, and not yet in force."),
        (_, _, true) => format!("{version} is in force. Nothing was done."),
        (_, _, false) => format!("{version} is in force now; the function uses it within a minute."),
    };
    let before = before.as_ref().map(CatalogVersion::as_str);
    let said = json!({ "version": version.as_str(), "before": before, "kept": keeps, "put_into_force": puts });
    Ok(Output::done(text, said))
}

/// Reports the version in force, and whether this release can read it.
pub(super) async fn content(tool: &Tool) -> Result<Output, Failure> {
    let store = tool.service.store();
    let Some(version) = store.current_version().await? else {
        return Ok(Output::done("No content is published.", json!({ "catalog": null, "reads": false })));
    };
    let reads = is_read(store, &version).await?;
    let text = if reads {
        format!("{version} is in force.")
    } else {
        format!(
            "{version} is in force, and this release cannot read it.\nUse the tool of the release that is deployed."
        )
    };
    let said = Output::done(text, json!({ "catalog": version.as_str(), "reads": reads }));
    Ok(said.waiting_for_a_human(!reads))
}

/// The maximum size of a catalog in the table, in bytes.
const MOST: u64 = function::store::LARGEST_CATALOG;

fn read(file: &Path) -> Result<Catalog, Failure> {
    let shown = file.display();
    let json = regular(file, MOST).map_err(|reason| {
        Failure::usage(format!("The catalog {shown} cannot be read ({reason}). `site-gen build` writes it"))
    })?;
    Catalog::from_json(&json).map_err(|faults| {
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        Failure::usage(format!("{shown} is no catalog of this version: {first}. Build the site again"))
    })
}
