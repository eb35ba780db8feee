//! Mail into a folder, one file per mail; nothing leaves the machine.

use std::path::Path;

/// Writes `<name>.eml` through a temporary file, so that nobody reads half a mail. A mail sent again becomes another
/// file, as it would become another mail in a mailbox.
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
