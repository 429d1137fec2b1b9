//! What rules come to, on documents of a few figures.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use gouji::{Checker, Lang, Outcome, Report, RuleSet, Verdict};
use support::{check, verdicts};

fn only(report: &Report) -> &Outcome {
    match report.outcomes() {
        [outcome] => outcome,
        more => panic!("{more:?}"),
    }
}

/// The rules folded into a finding.
fn folded(finding: &Outcome) -> Vec<String> {
    finding.folded().iter().map(|folded| folded.rule().to_owned()).collect()
}

fn verdict(rules: &str, document: &str) -> &'static str {
    only(&check(rules, document)).verdict().as_str()
}

#[test]
fn a_change_is_the_difference_of_two_years() {
    let rule = "delta == current - prior";
    assert_eq!(verdict(rule, r#"{"delta": "61.64", "current": "435.78", "prior": "374.14"}"#), "holds");
    assert_eq!(
        verdict(rule, r#"{"delta": "61.65", "current": "435.78", "prior": "374.14"}"#),
        "within_rounding"
    );
    assert_eq!(verdict(rule, r#"{"delta": "61.46", "current": "435.78", "prior": "374.14"}"#), "violated");
}

#[test]
fn two_amounts_of_the_same_last_place_are_never_within_rounding() {
    let report = check("a == b", r#"{"a": "435.78", "b": "435.79"}"#);
    assert_eq!(only(&report).verdict(), Verdict::Violated);
    assert_eq!(only(&report).compared().unwrap().difference().to_string(), "1/100");
}

#[test]
fn within_zero_asks_for_equality() {
    let figures = r#"{"basic": "217.38", "project": "218.4", "total": "435.79"}"#;
    assert_eq!(verdict("basic + project == total", figures), "within_rounding");
    assert_eq!(verdict("basic + project == total within 0", figures), "violated");
    assert_eq!(verdict("basic + project == total within 0.01", figures), "holds");
}

#[test]
fn units_of_one_family_are_one_amount() {
    assert_eq!(verdict("a == b", r#"{"a": "435.78万元", "b": "4357800元"}"#), "holds");
    assert_eq!(verdict("a == b", r#"{"a": "1.5亿元", "b": "15000万元"}"#), "holds");
    assert_eq!(verdict("a == b", r#"{"a": "1.58万元", "b": "1.58元"}"#), "violated");
    assert_eq!(verdict("a <= 500元", r#"{"a": "0.05万元"}"#), "holds");
}

#[test]
fn what_is_not_stated_is_named() {
    let report = check("basic + project == total", r#"{"basic": "217.38"}"#);
    assert_eq!(only(&report).verdict(), Verdict::NotApplicable);
    assert_eq!(only(&report).missing(), ["project", "total"]);
    assert_eq!(only(&report).message(Lang::Zh), "文件中没有：project、total");
    assert_eq!(verdict("basic + (project ?? 0) == total", r#"{"basic": "1.5", "total": "1.5"}"#), "holds");
}

#[test]
fn a_division_by_zero_is_undecidable_and_no_pass() {
    assert_eq!(verdict("a / b == 1", r#"{"a": "1.5", "b": "0"}"#), "undecidable");
    assert_eq!(verdict("(abs(a / b) ?? 1) == 1", r#"{"a": "1.5", "b": "0"}"#), "undecidable");
    // 0.00 ± 0.005 would be a printed zero, which is exact; 0.01 − 0.01 may be anything near zero.
    assert_eq!(verdict("a / (b - c) == 1", r#"{"a": "1.5", "b": "0.02", "c": "0.01"}"#), "undecidable");
}

#[test]
fn a_result_out_of_range_is_undecidable() {
    let large = "9".repeat(18);
    let document = format!(r#"{{"a": "{large}.87654321", "b": "{large}.12345678"}}"#);
    assert_eq!(verdict("a * b * a == b", &document), "undecidable");
    assert_eq!(verdict("a == b", &document), "violated");
}

#[test]
fn a_guard_looks_at_the_figures_as_printed() {
    let rules = "must r when a == b: c == 1";
    assert_eq!(verdict(rules, r#"{"a": "1.5", "b": "1.5", "c": "2"}"#), "violated");
    assert_eq!(verdict(rules, r#"{"a": "1.5", "b": "1.6", "c": "2"}"#), "not_applicable");
    assert_eq!(verdict(rules, r#"{"a": "1.5", "c": "2"}"#), "not_applicable");
}

#[test]
fn a_guard_knows_the_document() {
    let rules =
        r#"must r when year in 2015..2030 and document == "budget" and department == "县委组织部": c == 1"#;
    assert_eq!(verdict(rules, r#"{"year": 2019, "department": "县委组织部", "c": "1"}"#), "holds");
    assert_eq!(verdict(rules, r#"{"year": 2014, "department": "县委组织部", "c": "1"}"#), "not_applicable");
    assert_eq!(verdict(rules, r#"{"year": 2019, "department": "县财政局", "c": "1"}"#), "not_applicable");
    assert_eq!(
        verdict(rules, r#"{"year": 2019, "department": "县委组织部", "document": "actual", "c": "1"}"#),
        "not_applicable"
    );
}

#[test]
fn a_chain_is_as_good_as_its_worst_link() {
    let rule = "0 <= basic <= total";
    assert_eq!(verdict(rule, r#"{"basic": "1.5", "total": "2.5"}"#), "holds");
    let report = check(rule, r#"{"basic": "3.5", "total": "2.5"}"#);
    assert_eq!(only(&report).message(Lang::Zh), "3.5 > 2.5，差 1.0");
    assert_eq!(verdict(rule, r#"{"basic": "-1", "total": "2.5"}"#), "violated");
}

#[test]
fn a_rate_that_was_cut_off_is_within_rounding() {
    let rule = "rate == a / b";
    // 0.20/5.50 is 3.636…%: rounded to 3.64%, cut off to 3.63%.
    assert_eq!(verdict(rule, r#"{"rate": "3.64%", "a": "0.20", "b": "5.50"}"#), "within_rounding");
    assert_eq!(verdict(rule, r#"{"rate": "3.63%", "a": "0.20", "b": "5.50"}"#), "within_rounding");
    assert_eq!(verdict(rule, r#"{"rate": "36.3%", "a": "0.20", "b": "5.50"}"#), "violated");
}

#[test]
fn counts_are_not_rounded() {
    let rules = "section s \"人员\" { a : count(人) \"甲\"\n b : count(人) \"乙\"\n c : count(人) \"丙\"\n must r: a + b == c }";
    assert_eq!(verdict(rules, r#"{"s": {"a": "19", "b": "1", "c": "20"}}"#), "holds");
    assert_eq!(verdict(rules, r#"{"s": {"a": "19", "b": "1", "c": "21"}}"#), "violated");
    // A document's unit is that of its money.
    assert_eq!(verdict(rules, r#"{"unit": "元", "s": {"a": "19", "b": "1人", "c": "20"}}"#), "holds");
}

#[test]
fn another_year_and_another_basis() {
    let rules = "section s \"甲\" { a : money \"甲\"\n must r: a == a@prior + delta(a)\n must t: a@2017 <= a@budget }";
    let figures = r#"{"year": 2019, "s": {"a": {"value": "3", "prior": "2", "delta": "1", "2017": "1", "budget": "3"}}}"#;
    let report = check(rules, figures);
    assert_eq!(verdicts(&report), ["s.r: holds", "s.t: holds"]);
}

#[test]
fn a_stock_section_means_its_latest_date() {
    let rules = "stock section s \"资产\" { a : money \"甲\"\n b : money \"乙\"\n must r: a == b }";
    let both = r#"{"year": 2019, "s": {"a": {"value": "3", "period": 2018, "2017": "2"}, "b": {"value": "3", "period": 2018}}}"#;
    assert_eq!(verdict(rules, both), "holds");
    // Classes of one date are not compared with a total of another.
    let one =
        r#"{"year": 2019, "s": {"a": {"value": "3", "period": 2018}, "b": {"value": "2", "period": 2017}}}"#;
    assert_eq!(verdict(rules, one), "not_applicable");
}

#[test]
fn figures_of_different_scopes_are_never_combined() {
    let rules = "section s \"学校\" { a : money \"甲\"\n b : money \"乙\"\n must r: a == b }";
    let apart = r#"{"s": {"a": {"value": "3", "scope": "一小"}, "b": {"value": "2", "scope": "二小"}}}"#;
    assert_eq!(verdicts(&check(rules, apart)), ["s.r: not_applicable"]);
    let together = r#"{"s": {"a": {"value": "3", "scope": "一小"}, "b": {"value": "2", "scope": "一小"}}}"#;
    let report = check(rules, together);
    assert_eq!(verdicts(&report), ["s.r: violated", "s.r: not_applicable"]);
    assert_eq!(report.findings().next().unwrap().scope(), ["一小"]);
}

#[test]
fn each_runs_over_every_amount_and_every_breakdown() {
    let rules = "each money x { must r: sum(parts(x)) == x }";
    let document = r#"{"unit": "万元", "甲": {"value": "3", "parts": [{"乙": "1", "丙": "2"}, {"丁": "1.5", "戊": "2.5"}]}, "己": "7"}"#;
    let report = check(rules, document);
    let of_whole: Vec<_> = report
        .outcomes()
        .iter()
        .filter(|outcome| outcome.subject() == Some("甲"))
        .map(Outcome::verdict)
        .collect();
    assert_eq!(of_whole, [Verdict::Violated, Verdict::Holds]);
    assert_eq!(report.outcomes().len(), 7);
}

#[test]
fn parts_of_nothing() {
    assert_eq!(verdict("each money x { must r: count(parts(x)) == 0 }", r#"{"甲": "3万元"}"#), "holds");
    assert_eq!(
        verdict("each money x { must r: sum(parts(x)) == 0 }", r#"{"甲": "3万元"}"#),
        "not_applicable"
    );
}

#[test]
fn min_max_abs_and_stated() {
    let figures = r#"{"a": "-1.5", "b": "2.5"}"#;
    for rule in [
        "min(a, b) == a",
        "max(a, b) == b",
        "abs(a) == 1.5",
        "sum(a, b) == 1",
        "count(a, c) == 1",
        "stated(a) and not stated(c)",
    ] {
        assert_eq!(verdict(rule, figures), "holds", "{rule}");
    }
}

#[test]
fn one_mistake_is_one_finding() {
    let rules = "section s \"甲\" { a : money \"甲\"\n b : money \"乙\"\n should soft: a == b\n must hard: a <= b }\n\
                 must other: s.a >= 9";
    let report = check(rules, r#"{"s": {"a": "3.5", "b": "2.5"}}"#);
    let findings: Vec<_> = report.findings().map(|finding| (finding.rule(), folded(finding))).collect();
    assert_eq!(findings, [("other", vec![]), ("s.hard", vec!["s.soft".to_owned()])]);
    assert_eq!((report.summary().violated, report.summary().folded), (2, 1));
    let folded = report.outcomes().iter().find(|outcome| outcome.rule() == "s.soft").unwrap();
    assert_eq!(folded.folded_into(), Some("s.hard"));
}

#[test]
fn findings_come_by_severity_then_by_how_much_rounding_leaves_unexplained() {
    let rules = "section s \"甲\" { a : money \"甲\"\n b : money \"乙\"\n c : money \"丙\"\n d : money \"丁\"\n\
                 should w: a == d\n must small: a == b\n must large: a == c }";
    let report = check(rules, r#"{"s": {"a": "1.5", "b": "1.8", "c": "7.5", "d": "99.5"}}"#);
    assert_eq!(report.findings().map(Outcome::rule).collect::<Vec<_>>(), ["s.large", "s.small", "s.w"]);
}

#[test]
fn a_figure_restated_differently_is_a_finding_with_both_places() {
    let rules = "section s \"甲\" { a : money \"甲\" }";
    let report = check(rules, r#"{"year": 2019, "s": {"a": {"value": "3.55", "2019": "3.65"}}}"#);
    assert_eq!(only(&report).rule(), "restated");
    assert_eq!(only(&report).message(Lang::Zh), "3.55 ≠ 3.65，差 0.10");
    assert_eq!(only(&report).places().map(gouji::Location::text).collect::<Vec<_>>(), ["3.55", "3.65"]);
    let report = check(rules, r#"{"year": 2019, "s": {"a": {"value": "3.5万元", "2019": "35012元"}}}"#);
    assert_eq!(only(&report).verdict(), Verdict::WithinRounding);
}

#[test]
fn a_rule_over_a_restated_figure_is_violated_only_if_every_statement_violates_it() {
    let rules = "section s \"甲\" { a : money \"甲\"\n b : money \"乙\"\n must r: a == b }";
    let document =
        |b: &str| format!(r#"{{"year": 2019, "s": {{"a": {{"value": "3.5", "2019": "4.5"}}, "b": "{b}"}}}}"#);
    assert_eq!(verdicts(&check(rules, &document("4.5"))), ["restated: violated", "s.r: holds"]);
    assert_eq!(verdicts(&check(rules, &document("5.5"))), ["s.r: violated", "restated: violated"]);
}

#[test]
fn figures_that_no_rule_touches_are_counted() {
    let report = check("a == b", r#"{"a": "1", "b": "1", "c": "7", "d": {"e": "8"}}"#);
    assert_eq!(report.unchecked().map(|figure| figure.label_text.as_str()).collect::<Vec<_>>(), ["c", "e"]);
    assert_eq!(report.unclaimed().count(), 2);
}

#[test]
fn a_part_belongs_to_the_section_of_its_whole() {
    let rules = "section s \"甲\" { total : money \"甲\"\n item : money \"办公费\" }\nsection t \"乙\" { item : money \"办公费\" }";
    let report = check(rules, r#"{"s": {"total": {"value": "3", "parts": {"办公费": "1"}}}, "办公费": "2"}"#);
    let fields: Vec<_> = report.figures().iter().map(|figure| figure.field.as_deref()).collect();
    // Without a whole both sections claim it equally well, and neither gets it.
    assert_eq!(fields, [Some("s.total"), Some("s.item"), None]);
}

#[test]
fn figures_of_one_label_are_told_apart_by_what_they_count() {
    let rules = "section s \"接待\" { money : money \"公务接待\"\n batches : count(批次) \"公务接待\"\n \
                 people : count(人次) \"公务接待\" }";
    let figures = r#"{"接待": {"公务接待": {"value": "2.05万元", "rate": "-1.44%", "2018": "24批次",
                     "2017": "210人", "2016": "3个"}}}"#;
    let report = check(rules, figures);
    let mut claims: Vec<_> = report
        .figures()
        .iter()
        .map(|figure| (format!("{}{}", figure.value, figure.unit), figure.field.clone()))
        .collect();
    claims.sort();
    let field = |name: &str| Some(format!("s.{name}"));
    assert_eq!(
        claims,
        [
            ("-1.44%".to_owned(), field("money")),
            ("2.05万元".to_owned(), field("money")),
            ("210人".to_owned(), field("people")),
            ("24批次".to_owned(), field("batches")),
            // 3个 may be either.
            ("3个".to_owned(), None),
        ]
    );
}

#[test]
fn a_name_claims_no_figure_of_another_kind() {
    let rules =
        "section s \"甲\" { a : money \"甲\"\n n : count(人) \"乙\"\n must r: a > 0\n must q: n > 0 }";
    let report = check(rules, r#"{"unit": "万元", "s": {"a": "48人", "n": "5万元"}}"#);
    assert_eq!(verdicts(&report), ["s.r: not_applicable", "s.q: not_applicable"]);
    assert_eq!(report.unclaimed().count(), 2);
    assert_eq!(
        verdicts(&check(rules, r#"{"unit": "万元", "s": {"a": "48", "n": "5"}}"#)),
        ["s.r: holds", "s.q: holds"]
    );
}

#[test]
fn a_named_rule_leads_before_one_of_an_each_wherever_it_stands() {
    let rules = "each money x { must general: sum(parts(x)) == x }\n\
                 section s \"甲\" { a : money \"甲\"\n b : money \"乙\"\n c : money \"丙\"\n must named: b + c == a }";
    let report = check(
        rules,
        r#"{"unit": "万元", "s": {"a": {"value": "9.5", "parts": {"乙": "1.5", "丙": "2.5"}}}}"#,
    );
    let findings: Vec<_> = report.findings().map(|finding| (finding.rule(), folded(finding))).collect();
    assert_eq!(findings, [("s.named", vec!["general".to_owned()])]);
}

#[test]
fn findings_of_one_severity_come_by_the_multiple_of_their_slack() {
    let rules = "section s \"甲\" { a : money \"甲\"\n b : money \"乙\"\n c : money \"丙\"\n d : money \"丁\"\n e : money \"戊\"\n\
                 must long: a + a + a + a + b + c == d\n must short: a == e }";
    // long is off by 0.5 and explains 0.35; short is off by 0.3 and explains 0.1.
    let report = check(rules, r#"{"s": {"a": "1.5", "b": "1.5", "c": "1.5", "d": "9.5", "e": "1.8"}}"#);
    let slack = |outcome: &Outcome| outcome.compared().unwrap().slack().unwrap().to_string();
    let found: Vec<_> = report.findings().map(|finding| (finding.rule(), slack(finding))).collect();
    assert_eq!(found, [("s.short", "1/10".to_owned()), ("s.long", "7/20".to_owned())]);
}

#[test]
fn a_tolerance_in_percent_is_of_the_right_side() {
    assert_eq!(verdict("a == b within 1%", r#"{"a": "101", "b": "100"}"#), "holds");
    assert_eq!(verdict("a == b within 1%", r#"{"a": "102", "b": "100"}"#), "violated");
    assert_eq!(verdict("b == a within 1%", r#"{"a": "101.01", "b": "100"}"#), "holds");
}

#[test]
fn a_change_against_this_years_budget_is_not_the_change_since_last_year() {
    let rules =
        RuleSet::parse("section s \"支出\" { a : money \"支出预算\"\n must r: delta(a) == 1 }").unwrap();
    let verdict = |text: &str| {
        let document = gouji::Reader::new(&rules).text("a.txt", text.as_bytes()).unwrap();
        only(&Checker::new(&rules).check(&document)).verdict()
    };
    assert_eq!(verdict("2019年支出预算5万元，较上年增加1万元。"), Verdict::Holds);
    assert_eq!(verdict("2019年支出预算5万元，较年初预算增加1万元。"), Verdict::NotApplicable);
}

#[test]
fn each_does_not_run_over_the_cells_of_a_table() {
    let rules = "each money x { must r: x > 100 }";
    let report = check(rules, r#"{"unit": "万元", "甲": "5", "表": [{"name": "一", "乙": "5"}]}"#);
    assert_eq!(report.outcomes().iter().map(Outcome::subject).collect::<Vec<_>>(), [Some("甲")]);
}

#[test]
fn the_latest_date_is_that_of_the_scope() {
    let rules = "stock section s \"资产\" { a : money \"甲\"\n must r: a >= 5 }";
    let report = check(
        rules,
        r#"{"year": 2019, "s": {"a": {"value": "5", "period": 2017}}, "学校": {"甲": {"value": "3", "period": 2018, "scope": "一小"}}}"#,
    );
    let found: Vec<_> =
        report.outcomes().iter().map(|outcome| (outcome.scope().join("/"), outcome.verdict())).collect();
    assert_eq!(found, [("一小".to_owned(), Verdict::Violated), (String::new(), Verdict::Holds)]);
}

#[test]
fn a_figure_in_the_other_basis_is_another_figure() {
    let rules =
        "section s \"甲\" { a : money \"甲\"\n b : money \"乙\"\n must r: a == b\n must q: a@actual == b }";
    let report = check(rules, r#"{"s": {"a": {"value": "3", "actual": "9"}, "b": "3"}}"#);
    assert_eq!(verdicts(&report), ["s.q: violated", "s.r: holds"]);
    let report = check(rules, r#"{"s": {"a": "3", "b": "3"}}"#);
    assert_eq!(verdicts(&report), ["s.r: holds", "s.q: not_applicable"]);
}

#[test]
fn a_part_of_another_whole_is_not_the_figure_stated_again() {
    let rules = "section s \"培训\" { a : money \"培训费\" }";
    let document = r#"{"year": 2019, "s": {"a": "3"}, "党建经费": {"value": "9", "parts": {"培训费": "1"}}}"#;
    assert_eq!(verdicts(&check(rules, document)), [""; 0]);
}
