//! Tests of the names of the kinds.

use super::*;
use std::collections::BTreeSet;

#[test]
fn names_are_kebab_case_and_unique() {
    let names: BTreeSet<&str> = DiagnosticCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), DiagnosticCode::ALL.len());
    for name in names {
        assert_eq!(crate::diagnostics::danish::slug(name), name);
    }
}
