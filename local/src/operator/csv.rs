//! Tables as CSV files: Danish Excel opens them directly, and no cell is a formula.

use super::arguments::Listing;
use super::failure::Failure;
use super::output::Table;
use std::fs;

/// Characters that make a spreadsheet program read a cell as a formula, even after spaces.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

impl Listing {
    /// The rows as a text table. They are also written to the file, if one is named.
    pub(super) fn table<const N: usize>(&self, heads: &[&str; N], rows: &[[String; N]]) -> Result<Table, Failure> {
        if let Some(file) = &self.csv {
            fs::write(file, csv(heads, rows)).map_err(|error| Failure::unwritten(file, &error))?;
        }
        let mut table = Table::new(heads);
        rows.iter().for_each(|row| table.row(row.clone()));
        Ok(table)
    }
}

/// Formats headings and rows as UTF-8 with a byte order mark and semicolons between cells. Every cell is quoted, so it
/// may have line breaks. One that looks like a formula gets an apostrophe first: telephone numbers keep their plus.
fn csv<const N: usize>(heads: &[&str; N], rows: &[[String; N]]) -> String {
    let line = |cells: &mut dyn Iterator<Item = &str>| cells.map(cell).collect::<Vec<_>>().join(";") + "\r\n";
    let mut text = String::from("\u{feff}") + &line(&mut heads.iter().copied());
    rows.iter().for_each(|row| text.push_str(&line(&mut row.iter().map(String::as_str))));
    text
}

fn cell(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(FORMULA) || text.starts_with(['\t', '\r', '\n']);
    format!("\"{}{}\"", if is_formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;
    use std::process::Command;

    const HEADS: [&str; 2] = ["VEJ", "ANTAL"];

    /// Parses rows of quoted cells as in RFC 4180, but with semicolons.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut signs = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '"' if is_quoted && signs.peek() == Some(&'"') => cell.extend(signs.next()),
                '"' => is_quoted = !is_quoted,
                ';' if !is_quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !is_quoted && signs.peek() == Some(&'\n') => {}
                '\n' if !is_quoted => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                sign => cell.push(sign),
            }
        }
        assert!(!is_quoted && cell.is_empty() && row.is_empty(), "{text:?}");
        rows
    }

    #[test]
    fn a_file_has_a_byte_order_mark_semicolons_and_windows_line_endings() {
        let rows = [["Ærøvej \"syd\"; nord".to_owned(), "3".to_owned()], ["a\nb".to_owned(), "+45 31".to_owned()]];
        let expected = "\u{feff}\"VEJ\";\"ANTAL\"\r\n\"Ærøvej \"\"syd\"\"; nord\";\"3\"\r\n\"a\nb\";\"'+45 31\"\r\n";
        assert_eq!(csv(&HEADS, &rows), expected);
    }

    proptest! {
        #[test]
        fn every_cell_is_read_back_unchanged_and_none_is_a_formula(
            rows in prop::collection::vec(["([ \t\r\n'=+@;\"-]{0,3}.{0,9})", "[=+@\t\r\n0-9ø;\" -]{0,9}"], 0..5),
        ) {
            let read = read(&csv(&HEADS, &rows));
            prop_assert_eq!(read.len(), rows.len() + 1);
            for (cell, text) in read[1..].iter().flatten().zip(rows.iter().flatten()) {
                prop_assert!(!cell.trim_start().starts_with(FORMULA) && !cell.starts_with(['\t', '\r', '\n']), "{cell:?}");
                prop_assert_eq!(cell.strip_prefix('\'').filter(|_| cell != text).unwrap_or(cell), text);
            }
        }
    }

    /// Has LibreOffice convert a file to another format in the same folder.
    fn convert(folder: &Path, file: &str, options: &[&str]) {
        let program = std::env::var("SOFFICE").unwrap_or_else(|_| "soffice".to_owned());
        let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
        let mut command = Command::new(program);
        command.arg(profile).arg("--headless").args(options).arg("--outdir").arg(folder).arg(folder.join(file));
        let done = command.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    #[test]
    #[ignore = "asks LibreOffice: tests/run spreadsheet"]
    fn a_spreadsheet_program_opens_a_file_unchanged_and_runs_no_formula() {
        let folder = tempfile::tempdir().unwrap();
        let cells = [
            "Ærøvej på Ø",
            "3",
            "12345",
            "+45 31 22 33 44",
            "+4531223344",
            "=1+1",
            " =1+1",
            "-1-1",
            "@SUM(1)",
            "=HYPERLINK(\"http://svindel.example\")",
            "mandag–fredag: kl. 6-9",
            "K7F-M2X-P9V 2AB-3CD-4EF",
            "over\nto linjer",
            "over\n=1+1",
            "\"citat\"; semikolon",
        ];
        let rows: Vec<[String; 2]> = cells.iter().map(|text| [(*text).to_owned(), "1".to_owned()]).collect();
        std::fs::write(folder.path().join("veje.csv"), csv(&HEADS, &rows)).unwrap();
        // The Danish locale, 1030. 59 is the semicolon, 34 the quotation mark, 76 UTF-8.
        let filter = "Text - txt - csv (StarCalc):59,34,76,1,,1030";
        convert(folder.path(), "veje.csv", &[&format!("--infilter={filter},false,true"), "--convert-to", "fods"]);
        let opened = std::fs::read_to_string(folder.path().join("veje.fods")).unwrap();
        assert!(opened.contains("Ærøvej på Ø") && !opened.contains("table:formula"), "{opened}");
        // `3` is a number, so the column can be summed.
        assert!(opened.contains("office:value-type=\"float\" office:value=\"3\""), "{opened}");
        std::fs::remove_file(folder.path().join("veje.csv")).unwrap();
        convert(folder.path(), "veje.fods", &["--convert-to", &format!("csv:{filter},true,false,true")]);
        let back = read(&std::fs::read_to_string(folder.path().join("veje.csv")).unwrap());
        let guarded = ["+", "=", " =", "-", "@"];
        for (row, text) in back[1..].iter().zip(cells) {
            let expected =
                if guarded.iter().any(|sign| text.starts_with(sign)) { format!("'{text}") } else { text.to_owned() };
            assert_eq!(row[0], expected);
        }
        assert_eq!(back.len(), cells.len() + 1);
    }
}
