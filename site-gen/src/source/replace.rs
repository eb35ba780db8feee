//! Replaces a content file atomically.

use std::io::{Result, Write};
use std::path::Path;
use std::{fs, process};

/// Replaces a file's content with `bytes`. If that fails, as on a full disk, the file is unchanged.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    // A link stays a link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // In the same folder, so that the rename stays on one disk, and hidden, so that it is not content.
    let temporary = path.with_file_name(format!(".{name}.{}.ny", process::id()));
    let written = fs::File::create(&temporary).and_then(|mut file| {
        if let Ok(found) = fs::metadata(&path) {
            file.set_permissions(found.permissions())?;
        }
        file.write_all(bytes)?;
        fs::rename(&temporary, &path)
    });
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn replacing_a_file_keeps_link_and_permissions_and_leaves_nothing_behind() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("fil"), folder.path().join("link"));
        replace(&file, b"ny").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("fil", &link).unwrap();
        replace(&link, b"anden").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"anden");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        // A failed replacement leaves nothing behind.
        fs::create_dir(folder.path().join("mappe")).unwrap();
        assert!(replace(&folder.path().join("mappe"), b"x").is_err());
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["fil", "link", "mappe"]);
    }
}
