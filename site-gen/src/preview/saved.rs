//! Classifies the watcher's file events by progress in saving a file.

use crate::source::read::is_ignored;
use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind};

/// Progress in saving a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saved {
    /// More may follow: programs write in pieces, or move the old file away first.
    Begun,
    /// The file was closed, or renamed to its final name: it is complete.
    Whole,
}

/// Classifies an event. `None` if it concerns no content file, or only reading.
pub(super) fn saved(event: &Event) -> Option<Saved> {
    let is_content =
        |path: &std::path::PathBuf| path.file_name().is_some_and(|name| !is_ignored(&name.to_string_lossy()));
    if !event.paths.iter().any(is_content) && !event.need_rescan() {
        return None;
    }
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Saved::Whole),
        EventKind::Access(_) => None,
        // The new name comes last.
        EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => {
            Some(if event.paths.last().is_some_and(is_content) { Saved::Whole } else { Saved::Begun })
        }
        _ => Some(Saved::Begun),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, RemoveKind};

    #[test]
    fn a_file_is_whole_when_it_is_closed_or_has_its_name() {
        let close = EventKind::Access(AccessKind::Close(AccessMode::Write));
        let read = EventKind::Access(AccessKind::Close(AccessMode::Read));
        let write = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let rename = |mode| EventKind::Modify(ModifyKind::Name(mode));
        for (kind, paths, expected) in [
            (EventKind::Create(CreateKind::File), &["a.md"][..], Some(Saved::Begun)),
            (write, &["a.md"], Some(Saved::Begun)),
            (close, &["a.md"], Some(Saved::Whole)),
            (read, &["a.md"], None),
            (EventKind::Remove(RemoveKind::File), &["a.md"], Some(Saved::Begun)),
            // Written under another name first, as Emacs, JetBrains and sed -i do.
            (close, &[".a.md.tmp"], None),
            (rename(RenameMode::Both), &[".a.md.tmp", "a.md"], Some(Saved::Whole)),
            (rename(RenameMode::To), &["a.md"], Some(Saved::Whole)),
            // The old file is moved away first, as Vim does.
            (rename(RenameMode::From), &["a.md"], Some(Saved::Begun)),
            (rename(RenameMode::Both), &["a.md", "a.md~"], Some(Saved::Begun)),
            (close, &["README.md"], None),
        ] {
            let mut event = Event::new(kind);
            event.paths = paths.iter().map(|path| format!("/content/sider/{path}").into()).collect();
            assert_eq!(saved(&event), expected, "{kind:?} {paths:?}");
        }
    }
}
