//! Tests that files and folders are read, skipped or reported.

use super::*;

#[test]
fn windows_files_are_read_like_others_and_bad_bytes_are_located() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "\u{feff}a\r\nb\r\n").unwrap();
    fs::write(folder.path().join("b.md"), b"a\nr\xf8d").unwrap();
    fs::write(folder.path().join("a.md~"), "copy").unwrap();
    fs::write(folder.path().join("README.md"), "note").unwrap();
    fs::create_dir(folder.path().join("sider")).unwrap();
    fs::write(folder.path().join("sider/.skjult"), "").unwrap();
    let content = read(folder.path());
    assert_eq!(content.sources.iter().map(|source| source.path.as_str()).collect::<Vec<_>>(), ["a.md", "b.md"]);
    assert_eq!(&*content.sources[0].text, "a\nb\n");
    assert!(content.diagnostics[0].to_string().starts_with("b.md:2:2: Tegnet"), "{:?}", content.diagnostics);
}

#[test]
fn stray_files_are_ignored_but_copies_by_hand_are_not() {
    let stray =
        "Thumbs.db desktop.ini Desktop.ini .DS_Store ~$plan.docx a.md.orig a.md.rej #a.md# a.md~ .a.md.swp a.md.tmp";
    stray.split(' ').for_each(|name| assert!(is_ignored(name), "{name}"));
    for name in ["a - Kopi.md", "Kopi af a.md", "a.md", "ini.md", "~a.md"] {
        assert!(!is_ignored(name), "{name}");
    }
}

#[test]
fn conflicts_and_other_encodings_are_reported_once_and_the_rest_is_read() {
    let diagnostics = Diagnostics::default();
    let text = "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> gren\n";
    assert_eq!(&*source("a.yaml".into(), text.as_bytes(), &diagnostics).text, "a: b\n\nc: d\n\n\n\n");
    let wide: Vec<u8> = "titel: Sø\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(&*source("b.md".into(), &wide, &diagnostics).text, "titel: Sø\n");
    let reported: Vec<String> = diagnostics.into_sorted().iter().map(ToString::to_string).collect();
    assert_eq!(
        reported,
        [
            "a.yaml:2:1: Her er en konflikt fra git. To personer har rettet de samme linjer. Behold de rigtige, og \
             slet linjerne med »<<<<<<<«, »=======« og »>>>>>>>«.",
            "b.md:1:1: Filen er gemt som UTF-16 (»Unicode«). Gem den som UTF-8: vælg »Gem som« og derefter UTF-8 \
             under kodning.",
        ]
    );
}

#[test]
fn a_name_in_capitals_is_reported_once_and_read_as_intended() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("Sider/a.md", "a"),
        ("Sider/B.md", "b"),
        ("sprog/da.YAML", "c"),
        ("kredse/Fyn/KREDS.md", "d"),
        ("Billeder/IMG_1.JPG", ""),
        ("kredse/øst/Åben.md", "e"),
        ("NOTER.docx", ""),
        ("ord/a.txt", "one"),
        ("ord/A.txt", "other"),
    ] {
        fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
        fs::write(folder.path().join(path), text).unwrap();
    }
    let content = read(folder.path());
    let read: Vec<_> = content.sources.iter().map(|source| (source.path.as_str(), &*source.text)).collect();
    assert_eq!(
        read,
        [
            ("NOTER.docx", ""),
            ("kredse/fyn/kreds.md", "d"),
            ("kredse/øst/Åben.md", "e"),
            ("ord/a.txt", "one"),
            ("sider/a.md", "a"),
            ("sider/b.md", "b"),
            ("sprog/da.yaml", "c"),
        ]
    );
    assert_eq!(content.images[0].path, "billeder/IMG_1.JPG");
    assert!(content.images[0].length().is_ok());
    let reported: Vec<String> = content.diagnostics.iter().map(ToString::to_string).collect();
    let said = |place: &str, what: &str, right: &str| {
        let wrong = place.rsplit('/').next().unwrap();
        let name = what.to_lowercase();
        format!("{place}: {what}s navn »{wrong}« må ikke have store bogstaver. Omdøb {name} til »{right}«.")
    };
    assert_eq!(
        reported,
        [
            said("Billeder", "Mappen", "billeder"),
            said("Sider", "Mappen", "sider"),
            said("kredse/Fyn", "Mappen", "fyn"),
            said("ord/A.txt", "Filen", "a.txt"),
            said("sprog/da.YAML", "Filen", "da.yaml"),
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_is_reported_on_one_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a\nb.md"), "").unwrap();
    let content = read(folder.path());
    assert!(content.sources.is_empty());
    let reported = content.diagnostics[0].to_string();
    assert_eq!(
        reported,
        "a?b.md: Navnet har et tegn, der ikke kan ses, for eksempel et linjeskift. Omdøb filen eller mappen."
    );
}

#[cfg(unix)]
#[test]
fn endless_and_oversized_files_are_reported_and_not_read() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("a.md")).unwrap();
    let reported = read(folder.path()).diagnostics;
    assert!(
        reported.len() == 1 && reported[0].path == "a.md" && reported[0].code == DiagnosticCode::UnreadableFile,
        "{reported:?}"
    );
    let file = folder.path().join("b.md");
    fs::write(&file, "abc").unwrap();
    assert_eq!(at_most(&file, 3, 0).unwrap(), b"abc");
    assert_eq!(at_most(&file, 2, 3).unwrap_err().kind(), ErrorKind::FileTooLarge);
    assert_eq!(at_most(Path::new("/dev/zero"), 2, 0).unwrap_err().kind(), ErrorKind::FileTooLarge);
    assert_eq!(regular(folder.path(), 2).unwrap_err().kind(), ErrorKind::InvalidInput);
}

#[test]
fn a_missing_folder_is_reported() {
    let content = read(Path::new("/findes/ikke"));
    assert!(content.diagnostics[0].message.contains("Mappen kan ikke læses"));
}
