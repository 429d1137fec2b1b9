//! Mistakes that were made once. Each test failed before its fix.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use gouji::{Checker, Lang, Reader, Report, RuleSet, Verdict};
use support::check;

/// `rule: verdict`, for every outcome, by name: which finding comes first is not the point here.
fn verdicts(report: &Report) -> Vec<String> {
    let mut verdicts = support::verdicts(report);
    verdicts.sort();
    verdicts
}

fn messages(report: &Report) -> Vec<String> {
    report.findings().map(|finding| finding.message(Lang::Zh)).collect()
}

#[test]
fn a_stock_change_is_against_the_year_before_its_latest_date() {
    let rules = RuleSet::builder().bundled("organization").build().unwrap();
    let text = "2019年部门预算。2018年底，固定资产155.17万元，较上年增加10.5万元。";
    let document = Reader::new(&rules).text("a.txt", text.as_bytes()).unwrap();
    assert_eq!(messages(&Checker::new(&rules).check(&document)), [""; 0]);
    let stock = "stock section s \"甲\" { a : money \"甲\"\n must r: delta(a) == a - a@prior }";
    let figures = |change: &str| {
        format!(
            r#"{{"year": 2019, "s": {{"a": {{"value": "5", "period": 2018, "delta": "{change}", "2017": "4"}}}}}}"#
        )
    };
    assert_eq!(verdicts(&check(stock, &figures("1"))), ["s.r: holds"]);
    assert_eq!(verdicts(&check(stock, &figures("9"))), ["s.r: violated"]);
}

#[test]
fn parts_are_of_the_period_the_basis_and_the_scope_of_their_whole() {
    let rules = "each money x { must r: sum(parts(x)) == x }";
    for part in [r#"{"value": "1", "prior": "9"}"#, r#"{"value": "1", "actual": "9"}"#] {
        let document = format!(
            r#"{{"year": 2019, "unit": "万元", "甲": {{"value": "3", "parts": {{"乙": {part}, "丙": "2"}}}}}}"#
        );
        let report = check(rules, &document);
        let whole = report.outcomes().iter().find(|outcome| outcome.subject() == Some("甲")).unwrap();
        assert_eq!(whole.verdict(), Verdict::Holds, "{part}: {}", whole.message(Lang::Zh));
    }
    let scoped = r#"{"unit": "万元", "甲": {"value": "3", "parts": {"乙": {"value": "1", "scope": "一小"}, "丙": "2"}}}"#;
    let report = check(rules, scoped);
    assert_eq!(messages(&report), ["2 ≠ 3，差 1 万元"]);
}

#[test]
fn the_unit_of_the_document_is_never_that_of_a_count_or_a_rate() {
    let rules = "section s \"人\" { a : count(人) \"甲\"\n b : count(人) \"乙\"\n c : count(人) \"丙\"\n must r: a + b == c }";
    let report = check(rules, r#"{"unit": "元", "s": {"a": "19", "b": "1", "c": "21"}}"#);
    assert_eq!(messages(&report), ["19 + 1 = 20 ≠ 21，差 1"]);
    let again = check(rules, r#"{"year": 2019, "unit": "元", "s": {"a": {"value": "48", "2019": "48人"}}}"#);
    assert_eq!(verdicts(&again), ["restated: holds", "s.r: not_applicable"]);
    // The places of plain numbers are not those of money.
    let mixed = "section s \"甲\" { a : money \"甲\"\n b : money \"乙\"\n c : money \"丙\"\n x : number \"丁\"\n y : number \"戊\"\n\
                 must r: a + b == c }";
    let document =
        r#"{"unit": "万元", "s": {"a": "3.65", "b": "4.95", "c": "8.61", "x": "0.1234", "y": "0.5678"}}"#;
    assert_eq!(verdicts(&check(mixed, document)), ["s.r: within_rounding"]);
    let rate =
        "section s \"甲\" { a : rate \"甲\"\n b : money \"乙\"\n c : money \"丙\"\n must r: a == b / c }";
    let document =
        |unit: &str| format!(r#"{{{unit}"s": {{"a": "0.74", "b": "2.22万元", "c": "3.01万元"}}}}"#);
    assert_eq!(
        verdicts(&check(rate, &document(""))),
        verdicts(&check(rate, &document("\"unit\": \"元\", ")))
    );
}

#[test]
fn a_rate_without_its_sign_has_its_own_last_place() {
    let document = r#"{"x": {"value": "3.25", "rate": "0.4"}, "a": "1.30", "b": "3.05"}"#;
    assert_eq!(verdicts(&check("rate(x) == a / b", document)), ["#1: within_rounding"]);
}

#[test]
fn what_a_rule_reads_as_one_figure_is_compared_as_one() {
    let rules = "section s \"甲\" { total : money \"甲\"\n item : money \"办公费\"\n b : money \"乙\"\n must r: item == b }";
    let document = r#"{"s": {"total": {"value": "9", "parts": {"办公费": "4"}}, "item": "3", "b": "4"}}"#;
    assert_eq!(verdicts(&check(rules, document)), ["restated: violated", "s.r: holds"]);
}

#[test]
fn a_figure_printed_with_its_basis_is_not_the_plain_one() {
    let rules = "section s \"甲\" { a : money \"甲\"\n b : money \"乙\"\n must plain: a == b\n must said: a@budget == b }";
    let document = r#"{"s": {"a": {"value": "3", "budget": "4"}, "b": "4"}}"#;
    assert_eq!(verdicts(&check(rules, document)), ["s.plain: violated", "s.said: holds"]);
}

#[test]
fn restated_figures_are_held_against_the_most_precise() {
    let rules = "section s \"甲\" { a : money \"甲\" }";
    let document = r#"{"year": 2019, "s": {"a": {"value": "3.5万元", "2019": "35012元"}, "甲": "34990元"}}"#;
    assert_eq!(messages(&check(rules, document)), ["35012 ≠ 34990，差 22 元"]);
}

#[test]
fn rows_in_rows_keep_the_scope_around_them() {
    let rules = "section t \"表\" { pay : money \"工资\" }";
    let document = r#"{"学校": [{"name": "二小", "支出": [{"name": "一季度", "工资": "3"}]}, {"name": "三小", "支出": [{"name": "一季度", "工资": "4"}]}]}"#;
    let report = check(rules, document);
    assert_eq!(messages(&report), [""; 0]);
    assert_eq!(
        report.figures().iter().map(|figure| figure.scope.join("/")).collect::<Vec<_>>(),
        ["二小/一季度", "三小/一季度"]
    );
    let twice = check(rules, r#"{"支出": [{"name": "其他", "工资": "3"}, {"name": "其他", "工资": "4"}]}"#);
    assert_eq!(messages(&twice), [""; 0]);
}

#[test]
fn a_count_of_what_cannot_be_decided_is_undecidable() {
    assert_eq!(verdicts(&check("count(a / b) == 0", r#"{"a": "1", "b": "0"}"#)), ["#1: undecidable"]);
}

#[test]
fn a_violated_rule_shows_no_comparison_that_holds() {
    let report = check("stated(c) and a == b", r#"{"a": "1.5", "b": "1.5"}"#);
    assert_eq!(messages(&report), ["规则不成立"]);
}

#[test]
fn an_equation_shows_the_numbers_that_were_used() {
    let figures = r#"{"a": "1.5", "b": "2.5", "c": "9.5", "d": "5.5", "z": "0"}"#;
    assert_eq!(messages(&check("(sum(a, b) ?? c) == d", figures)), ["1.5 + 2.5 = 4.0 ≠ 5.5，差 1.5"]);
    assert_eq!(messages(&check("count(a, x) == 2", figures)), ["1 ≠ 2，差 1"]);
    assert_eq!(messages(&check("z > 0", figures)), ["0.0 ≤ 0.0"]);
}

#[test]
fn two_names_of_one_figure_are_read_alike() {
    let rules = "section s \"甲\" { a : money \"甲\"\n must r: a@prior < a@2018 }";
    let document = r#"{"year": 2019, "s": {"a": {"value": null, "prior": "3.5", "2018": "4.5"}}}"#;
    assert_eq!(verdicts(&check(rules, document)), ["restated: violated", "s.r: violated"]);
}

#[test]
fn the_product_of_many_breakdowns_is_bounded() {
    let names: Vec<String> = (0..18).map(|at| format!("f{at}")).collect();
    let rule =
        names.iter().map(|name| format!("count(parts({name}))")).collect::<Vec<_>>().join(" + ") + " >= 0";
    let figures = names
        .iter()
        .map(|name| format!(r#""{name}": {{"value": "3", "parts": [{{"甲": "1"}}, {{"乙": "2"}}]}}"#));
    let document = format!("{{{}}}", figures.collect::<Vec<_>>().join(", "));
    assert_eq!(verdicts(&check(&rule, &document)), ["#1: undecidable"]);
}

#[test]
fn nested_keys_are_no_plain_names() {
    let report = check("total == 3", r#"{"income": {"total": "1"}, "expenditure": {"total": "2"}}"#);
    assert_eq!(verdicts(&report), ["#1: not_applicable"]);
}

#[test]
fn figures_of_one_label_cost_no_more_than_their_number() {
    // Quadratic work would make this test take minutes.
    let text: String = (10_000..40_000).map(|at| format!("支出预算{at}万元。")).collect();
    let rules = RuleSet::builder().bundled("organization").build().unwrap();
    let document = Reader::new(&rules).text("a.txt", text.as_bytes()).unwrap();
    let report = Checker::new(&rules).check(&document);
    assert_eq!(report.findings().map(gouji::Outcome::rule).collect::<Vec<_>>(), ["restated"]);
}

#[test]
fn restated_figures_that_cannot_be_compared_are_never_said_to_hold() {
    use gouji::check::Reason;
    use gouji::document::{DocumentBuilder, Statement};
    use gouji::quantity::{Precision, Quantity, Unit};
    use gouji::{Place, Source, Span};
    let rules = RuleSet::parse("section s \"甲\" { a : money \"甲\" }").unwrap();
    let mut builder = DocumentBuilder::new();
    let source = builder.source(Source::new("a.txt", "5 6"));
    for (at, value) in [(0, "5"), (2, "6")] {
        let place = Place::Text { source, span: Span::new(at, at + 1) };
        let mut statement = Statement::new("甲", Quantity::parse(value, &Unit::WanYuan).unwrap(), place);
        // Finer than any fraction that fits.
        statement.precision = Precision::Decimals(60);
        builder.statement(statement).unwrap();
    }
    let report = Checker::new(&rules).check(&builder.build());
    let [outcome] = report.outcomes() else { panic!("{report:?}") };
    assert_eq!((outcome.verdict(), outcome.reason()), (Verdict::Undecidable, Some(Reason::Overflow)));
    assert_eq!(outcome.message(Lang::Zh), "无法判断：结果超出精确计算的范围");
}
