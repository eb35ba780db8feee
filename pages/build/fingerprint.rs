//! Names a file after its content, so that browsers may keep it for ever.

use std::{fs, path::Path};

use sha2::{Digest, Sha256};

use crate::failure::{Failure, because};

/// A file ready to be published.
pub(crate) struct Published {
    /// The constant that will hold its path, such as `ICONS`.
    pub(crate) constant: String,
    /// Its name under `pages/assets`, which is how the stylesheet refers to it.
    pub(crate) source: String,
    /// Its name in the output, such as `icons-0123456789.svg`.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) content_type: &'static str,
}

impl Published {
    /// Where the browser finds it.
    pub(crate) fn path(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

/// Reads a file below `assets` and names it.
pub(crate) fn file(constant: &str, assets: &Path, source: &str) -> Result<Published, Failure> {
    let path = assets.join(source);
    let content = fs::read(&path).map_err(because(format!("reading {}", path.display())))?;
    bytes(constant, source, content)
}

/// Names content that was made by the build itself.
pub(crate) fn bytes(constant: &str, source: &str, bytes: Vec<u8>) -> Result<Published, Failure> {
    let file_name = source.rsplit('/').next().unwrap_or(source);
    let Some((stem, extension)) = file_name.rsplit_once('.') else {
        return Err(Failure(format!("{source} has no extension to tell its type by")));
    };
    let hash: String = Sha256::digest(&bytes).iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    Ok(Published {
        constant: constant.to_owned(),
        source: source.to_owned(),
        name: format!("{stem}-{hash}.{extension}"),
        bytes,
        content_type: content_type(source, extension)?,
    })
}

fn content_type(source: &str, extension: &str) -> Result<&'static str, Failure> {
    match extension {
        "css" => Ok("text/css; charset=utf-8"),
        "js" => Ok("text/javascript; charset=utf-8"),
        "svg" => Ok("image/svg+xml"),
        "woff2" => Ok("font/woff2"),
        _ => Err(Failure(format!("{source}: no content type is known for .{extension}"))),
    }
}
