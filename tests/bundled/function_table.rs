//! A function table of two hundred rows: right, nothing is found; one wrong cell is one finding, at that cell's row.

use std::fmt::Write;

use gouji::{Checker, Document, Lang, Location, Outcome, Report, RuleSet};
use proptest::prelude::*;

use crate::bundled;

/// A row of an 一般公共预算支出表; amounts in 元, so that they are whole.
#[derive(Clone, Debug)]
struct Line {
    code: String,
    /// 合计, 基本支出, 项目支出.
    cells: [u64; 3],
}

const COLUMNS: [&str; 3] = ["total", "basic", "project"];

/// Codes in the order of a table: 201, 20101, 2010101 … 2010105, 20102 …
fn codes() -> impl Iterator<Item = String> {
    [201, 205, 208, 210, 213, 221].into_iter().flat_map(|class| {
        let groups = (1..=6).flat_map(move |group| {
            let items = (1..=5).map(move |item| format!("{class}{group:02}{item:02}"));
            [format!("{class}{group:02}")].into_iter().chain(items)
        });
        [class.to_string()].into_iter().chain(groups)
    })
}

/// The 合计 row, then 类, 款 and 项, 200 rows in all, each the sum of those below it.
fn lines() -> Vec<Line> {
    let codes = [String::new()].into_iter().chain(codes()).take(200);
    let mut lines: Vec<Line> = codes.map(|code| Line { code, cells: [0; 3] }).collect();
    let codes: Vec<String> = lines.iter().map(|line| line.code.clone()).collect();
    let leaves = codes
        .iter()
        .filter(|leaf| codes.iter().all(|code| code == *leaf || !code.starts_with(leaf.as_str())));
    for (leaf, seed) in leaves.zip(1_u64..) {
        let (basic, project) = match seed % 3 {
            // 行政运行 has no project, 一般行政管理事务 no basic expenditure.
            0 => (0, 9_137 * seed + 4),
            1 => (21_738 * seed, 0),
            _ => (1_001 * seed, 77 * seed + 1),
        };
        for line in lines.iter_mut().filter(|line| leaf.starts_with(&line.code)) {
            for (cell, amount) in line.cells.iter_mut().zip([basic + project, basic, project]) {
                *cell += amount;
            }
        }
    }
    lines
}

/// The table in JSON; zero is left blank, as it is printed.
fn document(lines: &[Line]) -> String {
    let mut rows = Vec::new();
    for line in lines {
        let mut row = String::new();
        match line.code.as_str() {
            "" => row.push_str(r#"{"name": "合计""#),
            code => write!(row, r#"{{"code": "{code}", "name": "科目{code}""#).unwrap(),
        }
        for (column, amount) in COLUMNS.iter().zip(line.cells) {
            let shown = if amount == 0 { String::new() } else { amount.to_string() };
            write!(row, r#", "{column}": "{shown}""#).unwrap();
        }
        rows.push(row + "}");
    }
    format!(r#"{{"year": 2024, "unit": "元", "某某局2024年一般公共预算支出表": [{}]}}"#, rows.join(",\n"))
}

fn check(rules: &RuleSet, lines: &[Line]) -> Report {
    Checker::new(rules).check(&Document::from_json("table.json", document(lines)).unwrap())
}

/// That a wrong cell is one finding: at its row, resting on its figure.
fn assert_found_once(rules: &RuleSet, right: &[Line], at: usize, column: usize, wrong: u64) {
    let mut lines = right.to_vec();
    lines[at].cells[column] = wrong;
    let report = check(rules, &lines);
    let findings: Vec<&Outcome> = report.findings().collect();
    let told = || findings.iter().map(|found| found.message(Lang::Zh)).collect::<Vec<_>>();
    let what = format!("{} {} {wrong}: {:?}", lines[at].code, COLUMNS[column], told());
    assert_eq!(findings.len(), 1, "{what}");
    let found = findings[0];
    // The sum of the 合计 row is a rule of the document and of no row.
    let row = if at == 0 { "合计".to_owned() } else { format!("{0} 科目{0}", lines[at].code) };
    assert!(found.row().map_or(at == 0, |told| told == row), "{what}");
    // Each row has a line of its own. A blank cell is no figure, but it is told where it was read as zero.
    let field = format!("general_expenditure.{}", COLUMNS[column]);
    let is_in_row = |place: &Location| place.line_column().line == at + 1;
    let mut named = found.evidence().iter().filter(|figure| figure.field() == Some(field.as_str()));
    let is_named = named.any(|figure| is_in_row(figure.location()));
    assert!(is_named || wrong == 0 && found.blanks().iter().any(is_in_row), "{what}");
}

#[test]
fn two_hundred_rows_roll_up_without_a_finding() {
    let lines = lines();
    assert_eq!(lines.len(), 200);
    let report = check(&bundled("tables"), &lines);
    assert_eq!(report.findings().count(), 0);
    let summary = report.summary();
    assert!(summary.holds > 200, "{summary:?}");
    assert_eq!((summary.undecidable, summary.within_rounding), (0, 0));
}

#[test]
fn a_wrong_cell_of_each_level_and_column_is_one_finding() {
    let (rules, lines) = (bundled("tables"), lines());
    for code in ["", "201", "20101", "2010101", "2130502", "221"] {
        let at = lines.iter().position(|line| line.code == code).unwrap_or_else(|| panic!("no {code}"));
        for column in 0..COLUMNS.len() {
            assert_found_once(&rules, &lines, at, column, lines[at].cells[column] + 90);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_wrong_cell_is_always_one_finding_at_its_row(at in 0_usize..200, column in 0_usize..3, wrong in 0_u64..9_999_999) {
        let (rules, lines) = (bundled("tables"), lines());
        prop_assume!(lines[at].cells[column] != wrong);
        assert_found_once(&rules, &lines, at, column, wrong);
    }
}
