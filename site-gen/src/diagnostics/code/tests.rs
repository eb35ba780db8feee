//! The names of the kinds.

use super::*;
use std::collections::BTreeSet;

#[test]
fn each_name_is_kebab_case_and_there_once() {
    let names: BTreeSet<&str> = DiagnosticCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), DiagnosticCode::ALL.len());
    for name in names {
        assert_eq!(crate::diagnostics::danish::slug(name), name);
    }
}
