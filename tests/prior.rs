//! Last year's document beside this one.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::{Checker, Document, Lang, Report, RuleSet, Verdict};

const RULES: &str = r#"
section expenditure "支出预算" {
    total   : money "支出预算"
    basic   : money "基本支出"
    project : money "项目支出"
}
table functions "一般公共预算支出表" {
    code  : code  "科目编码"
    total : money "合计"
    must change: delta(total) == total - total@prior
}
each money x { must change: delta(x) == x - x@prior }
"#;

fn report(prior: &str, own: &str) -> Report {
    let rules = RuleSet::parse(RULES).unwrap();
    let prior = Document::from_json("2018.json", prior).unwrap();
    let own = Document::from_json("2019.json", own).unwrap();
    Checker::new(&rules).prior(&prior).check(&own)
}

const PRIOR: &str = r#"{"department": "县委组织部", "year": 2018, "unit": "万元",
    "expenditure": {"total": "374.14", "basic": "194.14", "project": "180.00"}}"#;

#[test]
fn a_prior_figure_that_was_changed_is_found_in_both_documents() {
    let report = report(
        PRIOR,
        r#"{"department": "县委组织部", "year": 2019, "unit": "万元",
            "expenditure": {"total": {"value": "435.78", "prior": "374.41"}, "basic": "217.38", "project": "218.40"}}"#,
    );
    let findings: Vec<_> = report.findings().collect();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule(), "restated");
    let places: Vec<String> =
        findings[0].places().map(|place| format!("{}: {}", place.source().name(), place.text())).collect();
    assert_eq!(places, ["2018.json: 374.14", "2019.json: 374.41"]);
    assert_eq!(findings[0].message(Lang::Zh), "374.14 ≠ 374.41，差 0.27 万元");
    // The report is one of this year's document.
    assert!(report.figures().iter().all(|figure| figure.location.source().name() == "2019.json"));
    assert_eq!(report.figures().len(), 4);
}

#[test]
fn a_change_is_held_against_last_years_document() {
    let own = |delta: &str| {
        format!(
            r#"{{"year": 2019, "unit": "万元", "expenditure": {{"total": {{"value": "435.78", "delta": "{delta}"}}}}}}"#
        )
    };
    let verdict = |delta: &str| {
        let report = report(PRIOR, &own(delta));
        let change = report.outcomes().iter().find(|outcome| outcome.rule() == "change").unwrap();
        (change.verdict(), change.places().map(|place| place.source().name().to_owned()).collect::<Vec<_>>())
    };
    let both = vec!["2019.json".to_owned(), "2019.json".to_owned(), "2018.json".to_owned()];
    assert_eq!(verdict("61.64"), (Verdict::Holds, both.clone()));
    assert_eq!(verdict("61.46"), (Verdict::Violated, both));
}

#[test]
fn cells_of_last_years_table_are_prior_figures_too() {
    let report = report(
        r#"{"year": 2018, "unit": "万元", "functions": [{"code": "201", "total": "3.00"}, {"code": "205", "total": "1.00"}]}"#,
        r#"{"year": 2019, "unit": "万元", "functions": [{"code": "201", "total": {"value": "5.00", "delta": "2.00"}},
            {"code": "205", "total": {"value": "5.00", "delta": "3.00"}}]}"#,
    );
    let found: Vec<_> = report
        .outcomes()
        .iter()
        .filter(|outcome| outcome.rule() == "functions.change")
        .map(|outcome| (outcome.row().unwrap(), outcome.verdict()))
        .collect();
    assert_eq!(found, [("205", Verdict::Violated), ("201", Verdict::Holds)]);
}

#[test]
fn what_is_wrong_in_last_years_document_alone_is_not_this_ones_finding() {
    let report = report(
        r#"{"year": 2018, "unit": "万元", "支出预算": "374.14", "expenditure": {"total": "374.41"}}"#,
        r#"{"year": 2019, "unit": "万元", "expenditure": {"total": "435.78"}}"#,
    );
    assert_eq!(report.findings().count(), 0);
}

#[test]
fn a_year_that_is_not_said_is_taken_from_the_other_document() {
    for (prior, own) in [("", ""), ("\"year\": 2018,", ""), ("", "\"year\": 2019,")] {
        let report = report(
            &format!(r#"{{{prior} "unit": "万元", "expenditure": {{"total": "374.14"}}}}"#),
            &format!(
                r#"{{{own} "unit": "万元", "expenditure": {{"total": {{"value": "435.78", "prior": "374.41"}}}}}}"#
            ),
        );
        assert_eq!(report.findings().count(), 1, "{prior} {own}");
    }
}

#[test]
fn final_accounts_are_no_prior_budget() {
    // The budget's prior figure is the prior budget, not what was spent.
    let report = report(
        r#"{"year": 2018, "document": "actual", "unit": "万元", "expenditure": {"total": "380.00"}}"#,
        r#"{"year": 2019, "unit": "万元", "expenditure": {"total": {"value": "435.78", "prior": "374.41"}}}"#,
    );
    assert_eq!(report.findings().count(), 0);
}

#[test]
fn each_document_is_rounded_by_its_own_places() {
    // Last year's was in whole 万元: 374 may well have been 374.14.
    let report = report(
        r#"{"year": 2018, "unit": "万元", "expenditure": {"total": "374", "basic": "194"}}"#,
        r#"{"year": 2019, "unit": "万元", "expenditure": {"total": {"value": "435.78", "prior": "374.14"}, "basic": "1.25"}}"#,
    );
    let restated = report.outcomes().iter().find(|outcome| outcome.rule() == "restated").unwrap();
    assert_eq!(restated.verdict(), Verdict::WithinRounding);
}

#[test]
fn stocks_are_held_at_their_dates_whatever_the_kind_of_document() {
    let rules =
        RuleSet::parse("stock section k \"资产\" { total : money \"资产\" must same: total == total@prior }")
            .unwrap();
    let own = Document::from_json(
        "2019.json",
        r#"{"year": 2019, "document": "actual", "k": {"total": {"value": "5.03", "period": 2018}}}"#,
    )
    .unwrap();
    for kind in ["actual", "budget"] {
        let prior = format!(
            r#"{{"year": 2018, "document": "{kind}", "k": {{"total": {{"value": null, "2018": "6.02", "2017": "4.01"}}}}}}"#
        );
        let prior = Document::from_json("2018.json", prior).unwrap();
        let report = Checker::new(&rules).prior(&prior).check(&own);
        let found: Vec<_> = report.findings().map(gouji::Outcome::rule).collect();
        assert!(found.contains(&"k.same") && found.contains(&"restated"), "{kind} {found:?}");
    }
}

#[test]
fn what_only_last_years_document_holds_is_not_this_years_stock() {
    let rules = RuleSet::parse(
        "stock section k \"资产\" { total : money \"资产\" cars : money \"车辆\" must fit: cars <= total }",
    )
    .unwrap();
    let own = Document::from_json("2019.json", r#"{"year": 2019, "a": "1"}"#).unwrap();
    let prior = Document::from_json("2018.json", r#"{"year": 2018, "k": {"total": "1.00", "cars": "2.00"}}"#)
        .unwrap();
    let report = Checker::new(&rules).prior(&prior).check(&own);
    assert_eq!(report.findings().count(), 0);
}
