//! Mail into a folder, one file each; nothing leaves the machine.

use std::path::Path;

/// Writes `<name>.eml` by a temporary name, so that nobody reads half a mail. A mail that is sent again is a file more,
/// as it would be a mail more in a mailbox.
pub(super) fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!(".{name}.part"));
    std::fs::write(&unfinished, bytes)?;
    let mut file = folder.join(format!("{name}.eml"));
    let mut again = 1;
    while file.exists() {
        again += 1;
        file = folder.join(format!("{name}.{again}.eml"));
    }
    std::fs::rename(&unfinished, file)
}
