//! Writes the published files and the Rust source that embeds them.

use std::{fmt::Write, fs, path::Path};

use crate::{
    failure::{Failure, because},
    fingerprint::Published,
};

/// Writes `assets.rs` and the files it embeds into `out`. `sheets` has the constant of the stylesheet of each template.
pub(crate) fn write(out: &Path, assets: &[Published], sheets: &[(&str, &str)]) -> Result<(), Failure> {
    let mut source = String::new();
    let mut list = String::new();
    for asset in assets {
        let file = out.join(&asset.name);
        fs::write(&file, &asset.bytes).map_err(because(format!("writing {}", file.display())))?;
        let path = asset.path();
        let line = writeln!(source, "pub(crate) const {}: &str = {path:?};", asset.constant);
        let item = writeln!(
            list,
            "    Asset {{ path: {}, bytes: include_bytes!({:?}), content_type: {:?} }},",
            asset.constant, asset.name, asset.content_type
        );
        line.and(item).map_err(because(format!("writing down {path}")))?;
    }
    let sheets: String =
        sheets.iter().map(|(template, constant)| format!("    ({template:?}, {constant}),\n")).collect();
    let sheets = format!("pub(crate) const SHEETS: &[(&str, &str)] = &[\n{sheets}];\n");
    let source = format!("{source}pub(crate) const ALL: &[Asset] = &[\n{list}];\n{sheets}");
    let file = out.join("assets.rs");
    fs::write(&file, source).map_err(because(format!("writing {}", file.display())))
}
