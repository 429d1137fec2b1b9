//! `check --explain`: a page for a code, one line for what there is not.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use gouji::Lang;
use gouji::report::error_page;

/// Exit status, standard output and standard error of `check` with these arguments.
fn said(arguments: &[&str]) -> (i32, String, String) {
    let beside = std::env::current_exe().unwrap();
    let profile = beside.parent().and_then(Path::parent).unwrap();
    let output = Command::new(profile.join("examples").join("check")).args(arguments).output().unwrap();
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), words(output.stdout), words(output.stderr))
}

#[test]
fn a_code_is_explained_without_any_rule_file() {
    let page = error_page("E012", Lang::Zh).unwrap();
    assert_eq!(said(&["--explain", "e012", "--rules", "no/such.rules"]), (0, page, String::new()));
    let page = error_page("E301", Lang::En).unwrap();
    assert_eq!(said(&["--explain", "E301", "--lang", "en"]), (0, page, String::new()));
}

#[test]
fn what_there_is_not_is_one_clear_line() {
    for (name, told) in [
        ("E000", "错误 没有编号为 E000 的错误\n"),
        ("e777", "错误 没有编号为 e777 的错误\n"),
        ("E12", "错误 没有编号为 E12 的错误\n"),
        ("expenditure.splits", "错误 没有名为 expenditure.splits 的规则或 section\n"),
    ] {
        assert_eq!(said(&["--explain", name]), (2, String::new(), told.to_owned()));
    }
}
