//! Translates I/O errors to Danish.

use std::io::{Error, ErrorKind};

/// The reason of an I/O error, to stand in parentheses; the system's own words if no translation is known.
pub(crate) fn reason(error: &Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "findes ikke",
        ErrorKind::PermissionDenied => "ingen adgang",
        ErrorKind::AlreadyExists => "findes allerede",
        ErrorKind::IsADirectory => "er en mappe",
        ErrorKind::NotADirectory => "en del af stien er en fil og ikke en mappe",
        ErrorKind::DirectoryNotEmpty => "mappen er ikke tom",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "disken er fuld",
        ErrorKind::ReadOnlyFilesystem => "disken kan kun læses",
        ErrorKind::InvalidFilename => "navnet er for langt",
        ErrorKind::FileTooLarge => "filen er for stor",
        ErrorKind::InvalidInput => "er ikke en almindelig fil",
        ErrorKind::ResourceBusy | ErrorKind::AddrInUse => "bruges af et andet program",
        // `ELOOP` of Linux and macOS: a loop of links.
        _ if cfg!(unix) && matches!(error.raw_os_error(), Some(40 | 62)) => "linket fører i ring",
        _ => return error.to_string(),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[cfg(unix)]
    #[test]
    fn system_errors_are_reported_in_danish() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("fil"), "").unwrap();
        for (refused, said) in [
            (fs::read(path("ingen")), "findes ikke"),
            (fs::read(folder.path()), "er en mappe"),
            (fs::read(path("fil/under")), "en del af stien er en fil og ikke en mappe"),
            (fs::read(path(&"a".repeat(300))), "navnet er for langt"),
        ] {
            assert_eq!(reason(&refused.unwrap_err()), said);
        }
        assert_eq!(reason(&fs::create_dir(path("fil")).unwrap_err()), "findes allerede");
        // Error numbers that Linux and macOS share.
        for (number, said) in [(13, "ingen adgang"), (28, "disken er fuld"), (30, "disken kan kun læses")] {
            assert_eq!(reason(&Error::from_raw_os_error(number)), said);
        }
        assert_eq!(reason(&Error::from_raw_os_error(5)), Error::from_raw_os_error(5).to_string());
    }
}
