//! Whole tables, as the statements they make.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::OnceLock;

use super::super::Reader;
use crate::document::{Base, Basis, Context, Document, Facet, Period, Statement};
use crate::source::Source;
use crate::{Checker, RuleSet};

mod expected;
mod laws;

/// The bundled sets, built once.
fn rules(name: &'static str) -> &'static RuleSet {
    static RULES: OnceLock<HashMap<&str, RuleSet>> = OnceLock::new();
    let build = |name| (name, RuleSet::builder().bundled(name).build().unwrap());
    &RULES.get_or_init(|| ["department", "tables"].map(build).into())[name]
}

fn read(text: &str) -> Document {
    Reader::new(rules("department")).prose(Source::new("a.txt", text)).unwrap()
}

/// What a document states in its tables, one line each; then what it could not read.
fn shown(document: &Document) -> String {
    let mut shown = String::new();
    for row in document.rows() {
        let cells: Vec<String> =
            row.cells.iter().map(|cell| format!("{}={}", cell.label, cell.text)).collect();
        let _ = writeln!(shown, "row {}: {}", row.scope.join(" / "), cells.join(" | "));
    }
    for statement in document.statements().iter().filter(|it| it.context != Context::Prose) {
        let _ = writeln!(shown, "{}", line(document, statement));
    }
    for place in document.unread() {
        let _ = writeln!(shown, "not read: {}", document.text_of(place));
    }
    shown
}

fn line(document: &Document, statement: &Statement) -> String {
    let mut line = format!("{} {}", statement.label, statement.quantity);
    let base = |base: Base| base.words();
    line += &match statement.facet {
        Facet::Amount => String::new(),
        Facet::Delta(against) => format!(" delta against {}", base(against)),
        Facet::Rate(against) => format!(" rate against {}", base(against)),
        Facet::Share => " share".to_owned(),
        Facet::Completion => " completion".to_owned(),
    };
    match statement.period {
        Period::Current => {}
        Period::Prior => line += " of last year",
        Period::Year(year) => line += &format!(" of {year}"),
    }
    line += match statement.basis {
        None => "",
        Some(Basis::Budget) => " budget",
        Some(Basis::Actual) => " actual",
    };
    if let Some(parent) = &statement.parent {
        let whole = parent.statement.and_then(|id| document.statement(id));
        let amount = whole.map_or("not stated".to_owned(), |whole| whole.quantity.to_string());
        line += &format!(" < {} {amount}", parent.label);
    }
    for scope in &statement.scope {
        line += &format!(" @{scope}");
    }
    line
}

/// What a check of a text finds wrong, by rule.
fn violated(rules: &RuleSet, text: &str) -> Vec<String> {
    let document = Reader::new(rules).text("a.txt", text.as_bytes()).unwrap();
    let report = Checker::new(rules).check(&document);
    let findings = report.findings();
    findings.map(|finding| finding.rule().to_owned()).collect()
}

const NARRATIVE: &str = "“三公”经费支出决算表\n单位：万元\n项目 | 预算数 | 决算数 |\n合计 | 6.50 | 5.20 |\n\
    因公出国（境）费 | 0 | 0 |\n公务用车购置及运行费 | 4.00 | 3.60 |\n公务接待费 | 2.50 | 1.60 |\n\
    2021年“三公”经费支出决算为5.20万元，其中：公务接待费支出决算为1.60万元。\n";

#[test]
fn what_table_and_narrative_both_state_is_the_same_figure() {
    let rules = rules("department");
    assert_eq!(violated(rules, NARRATIVE), [""; 0]);
    let slipped = NARRATIVE.replace("决算为5.20万元", "决算为5.02万元");
    let report = Checker::new(rules).check(&Reader::new(rules).text("a.txt", slipped.as_bytes()).unwrap());
    let restated: Vec<_> = report.findings().filter(|finding| finding.rule() == "restated").collect();
    let places: Vec<Vec<&str>> =
        restated.iter().map(|finding| finding.places().map(crate::Location::text).collect()).collect();
    assert_eq!(places, [["5.20", "5.02万元"]]);
}

#[test]
fn a_record_table_is_checked_by_the_rules_of_its_table() {
    let rules = rules("tables");
    let table = include_str!("../../../tests/tables/codes.txt");
    assert_eq!(violated(rules, table), [""; 0]);
    let slipped = table.replace("行政运行\t300.00\t300.00", "行政运行\t300.00\t330.00");
    // What rests on the same slip is part of the one finding.
    assert_eq!(violated(rules, &slipped), ["general_expenditure.row"]);
}

#[test]
fn the_two_sides_of_a_summary_balance() {
    let rules = rules("tables");
    let table = include_str!("../../../tests/tables/two-sided.txt");
    assert_eq!(violated(rules, table), [""; 0]);
    let slipped = table.replace("总计 | 435.00 |\n", "总计 | 453.00 |\n");
    let found = violated(rules, &slipped);
    assert!(found.contains(&"summary_balance".to_owned()), "{found:?}");
}

#[test]
fn a_table_of_no_stated_unit_is_compared_with_nothing_outside_it() {
    let text = NARRATIVE.replace("单位：万元\n", "").replace("决算为5.20万元", "决算为5.02万元");
    let found = violated(rules("department"), &text);
    assert!(!found.contains(&"restated".to_owned()), "{found:?}");
}

#[test]
fn a_table_of_things_goes_by_its_labels_though_its_title_is_one_of_records() {
    let rules = rules("tables");
    assert_eq!(violated(rules, NARRATIVE), [""; 0]);
    let slipped = NARRATIVE.replace("| 4.00 | 3.60 |", "| 4.00 | 3.06 |");
    let found = violated(rules, &slipped);
    assert!(found.contains(&"three_public.items_add_up".to_owned()), "{found:?}");
}

#[test]
fn a_total_is_compared_with_what_its_row_has_of_each_fund() {
    let rules = rules("department");
    let table = include_str!("../../../tests/tables/funds.txt");
    assert_eq!(violated(rules, table), [""; 0]);
    let slipped = table.replace("支出合计 8.6 8.6 0 0", "支出合计 8.6 0 0 0");
    assert_eq!(violated(rules, &slipped), ["parts_not_all_zero"]);
}

/// What decided the figures of a text that are printed so, one a figure: what about, what is, by what, which words.
fn asked(text: &str, printed: &str) -> Vec<Vec<String>> {
    let reader = Reader::new(rules("department")).asked();
    let document = reader.prose(Source::new("a.txt", text)).unwrap();
    let figures = document.statements().iter().filter(|it| document.text_of(&it.place) == printed);
    let told = |statement: &Statement| {
        let tell = |decision: &crate::document::Decision| {
            let words = decision.words.as_ref().map_or("-", |words| document.text_of(words));
            format!("{} {}: {:?} {words}", decision.about.name(crate::Lang::En), decision.is, decision.by)
        };
        statement.decisions.iter().map(tell).collect()
    };
    figures.map(told).collect()
}

#[test]
fn a_figure_tells_which_cells_decided_it() {
    let text = include_str!("../../../tests/tables/year-rows.txt");
    assert_eq!(
        asked(text, "0.80"),
        [[
            "label 其他接待費: Table 其他接待費",
            "facet amount: Nothing -",
            "period 2017: Table 2017年度決算數",
            "basis actual: Table 2017年度決算數",
            "unit 万元: Heading -",
            "part of 公務接待費: Table 公務接待費",
        ]]
    );
    assert_eq!(
        asked(text, "-0.30"),
        [[
            "label “三公”經費: Heading -",
            "facet delta: Table 決算對比",
            "against prior actual: Nothing -",
            "period 2018: Document -",
            "basis actual: Table 決算對比",
            "unit 万元: Heading -",
        ]]
    );
}

#[test]
fn a_fund_tells_its_row_its_column_and_its_total() {
    let text = include_str!("../../../tests/tables/funds.txt")
        .replace("3、公务用车费 6.5 6.5 0 0", "3、公务用车费 6.5 6.4 0 0");
    assert_eq!(
        asked(&text, "6.4"),
        [[
            "label 公务用车费: Table 3、公务用车费",
            "facet amount: Nothing -",
            "period 2019: Table 2019年预算数合计",
            "basis budget: Table 2019年预算数合计",
            "unit 万元: Heading -",
            "part of 公务用车费: Table 3、公务用车费",
            "scope 一般公共预算拨款: Table 一般公共预算拨款",
        ]]
    );
}

#[test]
fn a_row_of_codes_and_a_figure_of_no_column_tell_what_decided_them() {
    let text = include_str!("../../../tests/tables/unplaced.txt");
    let told = asked(text, "0.85");
    assert_eq!(told.first().and_then(|told| told.first()).map(String::as_str), Some("label : Nothing -"));
    let text = include_str!("../../../tests/tables/codes.txt");
    for told in asked(text, "300.00") {
        assert!(told.iter().any(|line| line.starts_with("scope ") && !line.ends_with(" -")), "{told:?}");
    }
}

#[test]
fn to_ask_changes_nothing_that_is_stated() {
    for (name, text, _) in expected::TABLES {
        let plain = read(text);
        let mut asked = Reader::new(rules("department"))
            .asked()
            .prose(Source::new("a.txt", text))
            .unwrap()
            .statements()
            .to_vec();
        let mut of_tables = asked.iter().filter(|statement| statement.context != Context::Prose);
        assert!(of_tables.all(|statement| !statement.decisions.is_empty()), "{name}");
        asked.iter_mut().for_each(|statement| statement.decisions.clear());
        assert_eq!(plain.statements(), asked, "{name}");
    }
}

#[test]
fn a_figure_that_fits_no_column_is_told_and_compared_with_nothing() {
    let document = read(include_str!("../../../tests/tables/unplaced.txt"));
    let report = Checker::new(rules("department")).check(&document);
    let unclaimed: Vec<&str> = report.unclaimed().map(|figure| figure.location.text()).collect();
    assert_eq!(unclaimed, ["0.85"]);
    assert_eq!(report.findings().count(), 0);
}
