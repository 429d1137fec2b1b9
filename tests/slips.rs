//! Slips of a clerk who writes the first rules of a department, and what the program says of each.
//!
//! The snapshot reads from top to bottom as the clerk would see it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "slips/cases.rs"]
mod cases;

use std::fmt::Write as _;

use cases::SLIPS;
use gouji::report::{Diagnostic, Style, text};
use gouji::ruleset::RuleError;
use gouji::{Lang, RuleSet};

/// Slips that resolve, with a warning.
const WARNED: [&str; 1] = ["百分数没有百分号"];

/// The errors of a file, or its warnings where it has no error; and how each is shown.
fn told(name: &str, file: &str) -> (Vec<RuleError>, Vec<Diagnostic>) {
    match RuleSet::builder().file("部门.rules", file).build() {
        Ok(rules) => {
            assert!(WARNED.contains(&name), "{name}: resolves");
            let shown = rules.warnings().iter().map(|error| Diagnostic::of_rule_warning(error, Lang::Zh));
            (rules.warnings().to_vec(), shown.collect())
        }
        Err(error) => {
            let shown = error.errors().iter().map(|error| Diagnostic::of_rule_error(error, Lang::Zh));
            (error.errors().to_vec(), shown.collect())
        }
    }
}

fn underlined(error: &RuleError) -> &str {
    error.location().map_or("", |place| place.text())
}

#[test]
fn a_slip_is_as_many_errors_as_it_has_mistakes_and_underlines_the_first() {
    for slip in SLIPS {
        let (errors, _) = told(slip.name, slip.text);
        assert_eq!(errors.len(), slip.errors, "{}: {errors:?}", slip.name);
        assert_eq!(underlined(&errors[0]), slip.underlined, "{}", slip.name);
    }
}

#[test]
fn every_slip_is_told_how_to_mend_it() {
    for slip in SLIPS {
        for error in told(slip.name, slip.text).0 {
            for lang in [Lang::Zh, Lang::En] {
                let hint = error.hint(lang);
                assert!(hint.is_some_and(|hint| hint != error.message(lang)), "{}", slip.name);
            }
        }
    }
}

#[test]
fn what_the_clerk_reads() {
    let mut page = String::new();
    for slip in SLIPS {
        writeln!(page, "## {}", slip.name).unwrap();
        for diagnostic in told(slip.name, slip.text).1 {
            page.push_str(&text(&diagnostic, Style::Plain, Lang::Zh));
        }
        page.push('\n');
    }
    insta::assert_snapshot!(page);
}

/// The code and the underlined text of each error.
fn codes(file: &str) -> Vec<(&'static str, String)> {
    let error = RuleSet::builder().file("部门.rules", file).build().unwrap_err();
    error.errors().iter().map(|error| (error.code(), underlined(error).to_owned())).collect()
}

fn owned(expected: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    expected.iter().map(|(code, text)| (*code, (*text).to_owned())).collect()
}

#[test]
fn mistakes_of_every_kind_come_in_one_run_and_in_the_order_of_the_file() {
    let file = r#"use healthcare
section s "支出" {
    total  : money "支出预算"
    basic  : money "基本支出"
    growth : rate  "增幅"
    must kinds: total + growth > 0
    must text: basic = total
    must names: bsaic <= total
}
waive kinds because " "
test "甲" {"total": "1"} expect 通过 kinds
"#;
    let expected = [
        ("E312", "healthcare"),
        ("E401", "growth"),
        ("E001", "="),
        ("E301", "bsaic"),
        ("E508", "\" \""),
        ("E510", "通过"),
    ];
    assert_eq!(codes(file), owned(&expected));
}

#[test]
fn a_name_that_a_missing_set_may_have_is_not_told_twice() {
    let file = "use healthcare\nsection s \"支出\" { total : money \"支出预算\" }\n\
                must r: 教育费附加 <= s.total\nmust t when year > 2018: three_public <= s.total";
    assert_eq!(codes(file), owned(&[("E312", "healthcare")]));
}

#[test]
fn a_field_that_is_lost_is_not_told_twice() {
    for (file, expected) in [
        ("section s { total ： money \"支出\" }\nmust r: s.total >= 0", ("E001", "：")),
        (
            "section s { total : mony \"支出\"\n basic : money \"基本\" }\nmust r: s.basic <= s.total",
            ("E304", "mony"),
        ),
        (
            "section s { name : text \"名称\"\n basic : money \"基本\" }\nmust r: s.name == \"甲\"",
            ("E501", "text"),
        ),
        ("must split: a = b\nwaive split because \"已说明\"", ("E001", "=")),
    ] {
        assert_eq!(codes(file), owned(&[expected]), "{file}");
    }
}

#[test]
fn errors_of_several_files_come_file_by_file() {
    let first = "must r: a = b\n\n\nmust s: a = b";
    let second = "\nmust t: a = b";
    let error = RuleSet::builder().file("a.rules", first).file("b.rules", second).build().unwrap_err();
    let lines: Vec<_> = error.errors().iter().map(|error| error.location().unwrap().to_string()).collect();
    assert_eq!(lines, ["a.rules:1:11", "a.rules:4:11", "b.rules:2:11"]);
}

#[test]
fn a_file_lists_so_many_errors_whatever_they_are() {
    let file = |rules: usize| {
        let rules: String = (0..rules).map(|at| format!("must r{at}: s.a == nothing{at}\n")).collect();
        format!("section s {{ a : money \"甲\" }}\n{rules}")
    };
    let limit = gouji::limits::RULE_ERRORS;
    for (rules, last) in [(limit, "E301"), (limit + 1, "E904")] {
        let codes = codes(&file(rules));
        assert_eq!(codes.len(), limit);
        assert_eq!(codes[limit - 1], (last, format!("nothing{}", limit - 1)));
    }
}
