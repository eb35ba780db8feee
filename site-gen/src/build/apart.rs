//! Rejects output and content folders that contain each other, before anything is written.

use crate::build::write::WriteError;
use crate::source::paths::real;
use std::path::Path;

/// Rejects an output folder inside the content folder, or around it, however the paths are written: the output would be
/// read as content, or the content removed as old output.
pub fn apart(content: &Path, out: &Path) -> Result<(), WriteError> {
    let (content, real) = (real(content), real(out));
    if content.starts_with(&real) || real.starts_with(&content) {
        return Err(WriteError::Entangled(out.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn output_and_content_may_not_contain_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at("content/sider")).unwrap();
        for out in ["content", "content/dist", "./content/a/b", "dist/../content/x", ".", "content/../content/x"] {
            let reported = apart(&at("content"), &at(out)).unwrap_err().to_string();
            assert!(reported.ends_with("ligger i hinanden. Vælg en mappe ved siden af indholdet"), "{out}: {reported}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("content"), at("link")).unwrap();
            assert!(apart(&at("content"), &at("link/dist")).is_err());
            assert!(apart(&at("link"), &at("content/dist")).is_err());
        }
        for out in ["dist", "content-dist", "content/../dist", "dist/content"] {
            assert!(apart(&at("content"), &at(out)).is_ok(), "{out}");
        }
    }
}
