//! Every construct of the language in use: a document on which a rule holds, one that violates it, one to which it does
//! not apply and, where it can be, one on which it cannot be decided.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use gouji::{Checker, Document, Lang, Outcome, RuleSet, Verdict};
use support::{check, verdicts};

/// The fields that the rules below speak of.
const FIELDS: &str = r#"
section s "收支" {
    total   : money "合计"
    basic   : money "基本支出"
    project : money "项目支出"
    growth  : rate  "增幅"
    people  : count(人) "人数"
    founded : year  "成立年份"
}
stock section assets "固定资产" {
    all  : money "固定资产"
    cars : money "车辆"
}
table t "支出表" {
    code  : code  "科目编码"
    name  : text  "科目名称"
    total : money "合计"
    basic : money "基本支出"
}
"#;

/// The verdict of one rule on one document.
fn verdict(rule: &str, document: &str) -> Verdict {
    let report = check(&format!("{FIELDS}must r: {rule}\n"), document);
    let mut found = report.outcomes().iter().filter(|outcome| outcome.rule() == "r");
    let first = found.next().unwrap_or_else(|| panic!("no outcome of {rule}"));
    assert!(found.next().is_none(), "several outcomes of {rule}");
    first.verdict()
}

const CASES: &[(&str, &[(Verdict, &str)])] = &[
    (
        "delta(s.total, prior budget) == 3",
        &[
            (
                Verdict::Holds,
                r#"{"s": {"total": {"value": "9", "delta": {"prior budget": "3", "prior actual": "4"}}}}"#,
            ),
            (Verdict::Violated, r#"{"s": {"total": {"value": "9", "delta": {"prior budget": "4"}}}}"#),
            (Verdict::NotApplicable, r#"{"s": {"total": {"value": "9", "delta": {"prior actual": "3"}}}}"#),
            (Verdict::NotApplicable, r#"{"s": {"total": {"value": "9", "delta": "3"}}}"#),
        ],
    ),
    (
        "rate(s.total, budget) == 10%",
        &[
            (Verdict::Holds, r#"{"s": {"total": {"value": "9", "rate": {"budget": "10%"}}}}"#),
            (Verdict::Violated, r#"{"s": {"total": {"value": "9", "rate": {"budget": "12%"}}}}"#),
            (Verdict::NotApplicable, r#"{"s": {"total": {"value": "9", "rate": "10%"}}}"#),
        ],
    ),
    (
        // The prior year, in whichever basis the document says: one of the two is enough.
        "delta(s.total) == 3",
        &[
            (
                Verdict::Holds,
                r#"{"s": {"total": {"value": "9", "delta": {"prior budget": "3", "prior actual": "4"}}}}"#,
            ),
            (
                Verdict::Violated,
                r#"{"s": {"total": {"value": "9", "delta": {"prior budget": "5", "prior actual": "4"}}}}"#,
            ),
            (Verdict::NotApplicable, r#"{"s": {"total": {"value": "9", "delta": {"budget": "3"}}}}"#),
        ],
    ),
    (
        "share(s.basic) == s.basic / s.total",
        &[
            (Verdict::Holds, r#"{"s": {"total": "10", "basic": {"value": "4", "share": "40%"}}}"#),
            (
                Verdict::WithinRounding,
                r#"{"s": {"total": "3.00", "basic": {"value": "1.00", "share": "33.3%"}}}"#,
            ),
            (Verdict::Violated, r#"{"s": {"total": "10.00", "basic": {"value": "4.00", "share": "45%"}}}"#),
            (Verdict::NotApplicable, r#"{"s": {"total": "10", "basic": "4"}}"#),
            (Verdict::Undecidable, r#"{"s": {"total": "0", "basic": {"value": "4", "share": "40%"}}}"#),
        ],
    ),
    (
        "completion(s.total) == s.total@actual / s.total@budget",
        &[
            (
                Verdict::Holds,
                r#"{"document": "actual", "s": {"total": {"value": "48", "budget": "50", "completion": "96%"}}}"#,
            ),
            (
                Verdict::Violated,
                r#"{"document": "actual", "s": {"total": {"value": "48.00", "budget": "50.00", "completion": "69%"}}}"#,
            ),
            (
                Verdict::NotApplicable,
                r#"{"document": "actual", "s": {"total": {"value": "48", "budget": "50"}}}"#,
            ),
            (
                Verdict::Undecidable,
                r#"{"document": "actual", "s": {"total": {"value": "48", "budget": "0", "completion": "96%"}}}"#,
            ),
        ],
    ),
    (
        "s.total@budget@2018 == s.total@2018@budget",
        &[
            (Verdict::Holds, r#"{"year": 2019, "s": {"total": {"value": "1", "2018": "5"}}}"#),
            (Verdict::NotApplicable, r#"{"year": 2019, "s": {"total": "1"}}"#),
        ],
    ),
    (
        "sum(parts(s.total)) == s.total",
        &[
            (Verdict::Holds, r#"{"s": {"total": {"value": "5", "parts": {"甲": "2", "乙": "3"}}}}"#),
            (
                Verdict::Violated,
                r#"{"s": {"total": {"value": "5.00", "parts": {"甲": "2.00", "乙": "4.00"}}}}"#,
            ),
            (Verdict::NotApplicable, r#"{"s": {"total": "5"}}"#),
        ],
    ),
    (
        "sum(delta(parts(s.total))) == delta(s.total)",
        &[
            (
                Verdict::Holds,
                r#"{"s": {"total": {"value": "5", "delta": "1", "parts": {"甲": {"value": "2", "delta": "3"}, "乙": {"value": "3", "delta": "-2"}}}}}"#,
            ),
            (
                Verdict::Violated,
                r#"{"s": {"total": {"value": "5", "delta": "2.00", "parts": {"甲": {"value": "2", "delta": "3.00"}, "乙": {"value": "3", "delta": "-2"}}}}}"#,
            ),
            // One of the changes is not stated.
            (
                Verdict::NotApplicable,
                r#"{"s": {"total": {"value": "5", "delta": "3", "parts": {"甲": {"value": "2", "delta": "3"}, "乙": "3"}}}}"#,
            ),
            (Verdict::NotApplicable, r#"{"s": {"total": {"value": "5", "delta": "1"}}}"#),
        ],
    ),
    (
        "sum(share(parts(s.total))) == 100%",
        &[
            (
                Verdict::Holds,
                r#"{"s": {"total": {"value": "5", "parts": {"甲": {"value": "2", "share": "40%"}, "乙": {"value": "3", "share": "60%"}}}}}"#,
            ),
            (
                Verdict::Violated,
                r#"{"s": {"total": {"value": "5", "parts": {"甲": {"value": "2", "share": "40%"}, "乙": {"value": "3", "share": "70%"}}}}}"#,
            ),
            (
                Verdict::NotApplicable,
                r#"{"s": {"total": {"value": "5", "parts": {"甲": {"value": "2", "share": "40%"}, "乙": "3"}}}}"#,
            ),
        ],
    ),
    (
        "round(s.total / 3, 2) == 0.67 within 0",
        &[
            (Verdict::Holds, r#"{"s": {"total": "2"}}"#),
            (Verdict::Violated, r#"{"s": {"total": "1"}}"#),
            (Verdict::NotApplicable, r#"{"s": {"basic": "1"}}"#),
        ],
    ),
    (
        // Halves away from zero, below it too.
        "round(s.total, 1) == s.basic within 0",
        &[
            (Verdict::Holds, r#"{"s": {"total": "0.25", "basic": "0.3"}}"#),
            (Verdict::Holds, r#"{"s": {"total": "-0.25", "basic": "-0.3"}}"#),
            (Verdict::Violated, r#"{"s": {"total": "0.25", "basic": "0.2"}}"#),
        ],
    ),
    (
        "s.people in [1, 2, 3]",
        &[
            (Verdict::Holds, r#"{"s": {"people": "2人"}}"#),
            (Verdict::Violated, r#"{"s": {"people": "4人"}}"#),
            (Verdict::NotApplicable, r#"{"s": {"total": "4"}}"#),
        ],
    ),
    (
        "s.founded in 1949..2030",
        &[
            (Verdict::Holds, r#"{"s": {"founded": "1949"}}"#),
            (Verdict::Violated, r#"{"s": {"founded": "1948"}}"#),
            (Verdict::NotApplicable, r#"{"s": {"total": "4"}}"#),
        ],
    ),
    (
        "t[\"201\"].name == \"一般公共服务支出\"",
        &[
            (Verdict::Holds, r#"{"t": [{"code": "201", "name": " 一般公共服务支出 ", "total": "1"}]}"#),
            (Verdict::Violated, r#"{"t": [{"code": "201", "name": "一般公共服务", "total": "1"}]}"#),
            (Verdict::NotApplicable, r#"{"t": [{"code": "202", "name": "外交支出", "total": "1"}]}"#),
            (Verdict::NotApplicable, r#"{"t": [{"code": "201", "name": "", "total": "1"}]}"#),
            (
                Verdict::Undecidable,
                r#"{"t": [{"code": "201", "name": "甲", "total": "1"}, {"code": "201", "name": "乙", "total": "1"}]}"#,
            ),
        ],
    ),
    (
        "t[\"201\"].name in [\"甲\", \"乙\"]",
        &[
            (Verdict::Holds, r#"{"t": [{"code": "201", "name": "乙", "total": "1"}]}"#),
            (Verdict::Violated, r#"{"t": [{"code": "201", "name": "丙", "total": "1"}]}"#),
            (Verdict::NotApplicable, r#"{"s": {"total": "1"}}"#),
        ],
    ),
    (
        "t[\"201\"].name != \"甲\"",
        &[
            (Verdict::Holds, r#"{"t": [{"code": "201", "name": "乙", "total": "1"}]}"#),
            (Verdict::Violated, r#"{"t": [{"code": "201", "name": "甲", "total": "1"}]}"#),
        ],
    ),
    (
        "sum(t.top.total) == t.total_row.total",
        &[
            (
                Verdict::Holds,
                r#"{"t": [{"name": "合计", "total": "5"}, {"code": "201", "total": "2"}, {"code": "20101", "total": "2"}, {"code": "205", "total": "3"}]}"#,
            ),
            (
                Verdict::Violated,
                r#"{"t": [{"name": "合计", "total": "6.00"}, {"code": "201", "total": "2.00"}, {"code": "205", "total": "3.00"}]}"#,
            ),
            // A blank cell is not stated, and a list with a member missing has no sum.
            (
                Verdict::NotApplicable,
                r#"{"t": [{"name": "合计", "total": "5"}, {"code": "201", "total": ""}, {"code": "205", "total": "5"}]}"#,
            ),
            (Verdict::NotApplicable, r#"{"t": []}"#),
            (
                Verdict::Undecidable,
                r#"{"t": [{"name": "合计", "total": "5"}, {"code": "201", "total": "2"}, {"code": "201", "total": "3"}]}"#,
            ),
        ],
    ),
    (
        "count(t.code) == 2 and max(t.total) == 3",
        &[
            (Verdict::Holds, r#"{"t": [{"code": "201", "total": "2"}, {"code": "205", "total": "3"}]}"#),
            (Verdict::Violated, r#"{"t": [{"code": "201", "total": "2"}, {"name": "甲", "total": "3"}]}"#),
        ],
    ),
    (
        "delta(t[\"201\"].total) == t[\"201\"].total - t[\"201\"].total@prior",
        &[
            (
                Verdict::Holds,
                r#"{"t": [{"code": "201", "total": {"value": "5", "prior": "3", "delta": "2"}}]}"#,
            ),
            (
                Verdict::Violated,
                r#"{"t": [{"code": "201", "total": {"value": "5.00", "prior": "3.00", "delta": "1.00"}}]}"#,
            ),
            (Verdict::NotApplicable, r#"{"t": [{"code": "201", "total": {"value": "5", "delta": "1"}}]}"#),
        ],
    ),
    (
        "assets.all == assets.cars",
        &[
            // The latest date stated in the section.
            (
                Verdict::Holds,
                r#"{"year": 2019, "assets": {"all": {"value": null, "2018": "3"}, "cars": {"value": null, "2018": "3"}}}"#,
            ),
            (
                Verdict::Violated,
                r#"{"year": 2019, "assets": {"all": {"value": null, "2018": "3"}, "cars": {"value": null, "2018": "4"}}}"#,
            ),
            (
                Verdict::NotApplicable,
                r#"{"year": 2019, "assets": {"all": {"value": null, "2018": "3"}, "cars": {"value": null, "2017": "3"}}}"#,
            ),
        ],
    ),
];

#[test]
fn each_construct_comes_to_each_verdict_that_it_can() {
    for (rule, documents) in CASES {
        for (expected, document) in *documents {
            assert_eq!(verdict(rule, document), *expected, "{rule}\n{document}");
        }
    }
}

/// A table with rules of its own.
const TABLE: &str = r#"
section expenditure "支出" { total : money "支出预算" }
table t "支出表" | "支出明细" BLANK {
    code    : code  "科目编码"
    name    : text  "科目名称"
    total   : money "合计"
    basic   : money "基本支出"
    project : money "项目支出"
    must row: basic + project == total
    must roll_up: total == sum(children.total)
    must fits: total <= expenditure.total
    should named when stated(code): stated(name)
}
"#;

fn on_table(blank: &str, document: &str) -> gouji::Report {
    check(&TABLE.replace("BLANK", blank), document)
}

/// The rows on which a rule came to a verdict.
fn rows(report: &gouji::Report, rule: &str, verdict: Verdict) -> Vec<String> {
    let of = |outcome: &&Outcome| outcome.rule() == rule && outcome.verdict() == verdict;
    report.outcomes().iter().filter(of).map(|outcome| outcome.row().unwrap_or("").to_owned()).collect()
}

#[test]
fn a_tables_rule_runs_for_each_row_and_names_it() {
    let report = on_table(
        "",
        r#"{"expenditure": {"total": "9"}, "支出明细": [
            {"科目编码": "201", "科目名称": "一般公共服务", "合计": "5", "基本支出": "2", "项目支出": "3"},
            {"科目编码": "205", "科目名称": "教育", "合计": "4.00", "基本支出": "2.00", "项目支出": "3.00"}]}"#,
    );
    assert_eq!(rows(&report, "t.row", Verdict::Holds), ["201 一般公共服务"]);
    assert_eq!(rows(&report, "t.row", Verdict::Violated), ["205 教育"]);
    // A name outside the table is the department's figure, not one of the row.
    assert_eq!(rows(&report, "t.fits", Verdict::Holds), ["201 一般公共服务", "205 教育"]);
    let finding = report.findings().next().unwrap();
    assert_eq!((finding.row(), finding.column()), (Some("205 教育"), Some("合计")));
}

#[test]
fn a_table_that_is_not_in_the_document_is_said_not_to_be_there() {
    let report = on_table("", r#"{"expenditure": {"total": "9"}}"#);
    let row = report.outcomes().iter().find(|outcome| outcome.rule() == "t.row").unwrap();
    assert_eq!(row.verdict(), Verdict::NotApplicable);
    assert_eq!(row.missing(), ["t.basic", "t.project", "t.total"]);
}

#[test]
fn children_are_the_rows_right_below_by_code() {
    // 2013201 is a child of 201, since 20132 has no row of its own; 20131 is one too.
    let report = on_table(
        "",
        r#"{"t": [{"code": "201", "total": "9"}, {"code": "2013201", "total": "4"}, {"code": "20131", "total": "5"},
                  {"code": "2013101", "total": "5"}]}"#,
    );
    assert_eq!(rows(&report, "t.roll_up", Verdict::Holds), ["201", "20131"]);
    // A sum of nothing is not stated.
    assert_eq!(rows(&report, "t.roll_up", Verdict::NotApplicable), ["2013201", "2013101"]);
}

#[test]
fn rows_without_a_code_are_nobodys_children() {
    let report = on_table(
        "",
        r#"{"t": [{"name": "合计", "total": "9"}, {"code": "201", "total": "4"}, {"code": "20101", "total": "4"}, {"name": "其中", "total": "1"}]}"#,
    );
    assert_eq!(rows(&report, "t.roll_up", Verdict::Holds), ["201"]);
    assert_eq!(rows(&report, "t.named", Verdict::NotApplicable), ["合计", "其中"]);
    assert_eq!(rows(&report, "t.named", Verdict::Violated), ["201", "20101"]);
}

#[test]
fn codes_that_stand_twice_make_the_roll_up_undecidable() {
    let report = on_table(
        "",
        r#"{"t": [{"code": "201", "total": "4"}, {"code": "20101", "total": "2"}, {"code": "20101", "total": "2"}]}"#,
    );
    assert_eq!(rows(&report, "t.roll_up", Verdict::Undecidable).len(), 3);
}

#[test]
fn a_blank_cell_is_zero_only_where_the_table_says_so() {
    let document = r#"{"t": [{"code": "1", "total": "5", "basic": "5"}, {"code": "2", "total": "5", "basic": "5", "project": "—"},
                             {"code": "3", "total": "5", "basic": "5", "project": null}, {"code": "4", "total": "5.00", "basic": "4.00", "project": ""}]}"#;
    assert_eq!(rows(&on_table("", document), "t.row", Verdict::NotApplicable), ["1", "2", "3", "4"]);
    let report = on_table("blank = 0", document);
    assert_eq!(rows(&report, "t.row", Verdict::Holds), ["1", "2", "3"]);
    assert_eq!(rows(&report, "t.row", Verdict::Violated), ["4"]);
    // The report says where: a cell, or the row that has none.
    let blanks: Vec<&str> = report.blanks().iter().map(gouji::Location::text).collect();
    assert_eq!(blanks.len(), 4);
    assert!(
        blanks.contains(&"\"—\"") && blanks.contains(&"null") && blanks[0].starts_with('{'),
        "{blanks:?}"
    );
}

#[test]
fn a_cell_of_figures_that_says_something_else_is_reported_as_unread() {
    let report =
        on_table("blank = 0", r#"{"t": [{"code": "1", "total": "约5", "basic": "5", "project": "0"}]}"#);
    assert_eq!(report.unread().iter().map(gouji::Location::text).collect::<Vec<_>>(), ["\"约5\""]);
    assert_eq!(rows(&report, "t.row", Verdict::NotApplicable), ["1"]);
}

#[test]
fn the_same_codes_in_two_tables_are_two_figures() {
    let rules = r#"
        table a "基金表" { code : code "编码" total : money "合计" must r: total == 1 }
        table b "专户表" { code : code "编码" total : money "合计" must r: total == 2 }
        must both: sum(a.total) + sum(b.total) == 3"#;
    let report = check(
        rules,
        r#"{"某县基金表": [{"code": "201", "合计": "1"}], "专户表": [{"code": "201", "合计": "2"}]}"#,
    );
    assert_eq!(verdicts(&report), ["a.r: holds", "b.r: holds", "both: holds"]);
}

#[test]
fn one_wrong_cell_is_one_finding_wherever_it_stands() {
    let document = |total: &str, top: &str, middle: &str, leaf: &str| {
        format!(
            r#"{{"t": [{{"name": "合计", "total": "{total}", "basic": "30.00", "project": "10.00"}},
                {{"code": "201", "name": "类", "total": "{top}", "basic": "30.00", "project": "10.00"}},
                {{"code": "20132", "name": "款", "total": "{middle}", "basic": "30.00", "project": "10.00"}},
                {{"code": "2013201", "name": "项", "total": "{leaf}", "basic": "30.00", "project": "0"}},
                {{"code": "2013202", "name": "项二", "total": "10.00", "basic": "0", "project": "10.00"}}]}}"#
        )
    };
    let found = |document: &str| {
        let report = on_table("", document);
        let name = |finding: &Outcome| format!("{} {}", finding.row().unwrap(), finding.column().unwrap());
        report.findings().map(name).collect::<Vec<_>>()
    };
    assert!(found(&document("40.00", "40.00", "40.00", "30.00")).is_empty());
    assert_eq!(found(&document("40.00", "41.00", "40.00", "30.00")), ["201 类 合计"]);
    assert_eq!(found(&document("40.00", "40.00", "41.00", "30.00")), ["20132 款 合计"]);
    assert_eq!(found(&document("40.00", "40.00", "40.00", "31.00")), ["2013201 项 合计"]);
    // Two mistakes that do not explain each other are two findings.
    let found = found(&document("40.00", "40.00", "43.00", "31.00"));
    assert_eq!(found, ["20132 款 合计", "20132 款 合计", "2013201 项 合计"]);
}

#[test]
fn what_a_waiver_covers_is_waived_and_no_finding() {
    let rules = r#"
        section s "收支" { total : money "合计" basic : money "基本支出" project : money "项目支出"
          must split "两项之和": basic + project == total }
        each money x { must change: delta(x) == x - x@prior }
        waive split because "合并单位在批复后划转"
        waive change for s.basic because "口径调整""#;
    let report = check(
        rules,
        r#"{"unit": "万元", "s": {"total": {"value": "5.00", "prior": "4.00", "delta": "2"}, "basic": {"value": "2", "prior": "1", "delta": "3"}, "project": "4"}}"#,
    );
    let waived: Vec<_> = report.waived().map(|outcome| (outcome.rule(), outcome.subject())).collect();
    assert_eq!(waived, [("s.split", None), ("change", Some("基本支出"))]);
    assert_eq!(report.findings().map(|finding| finding.subject().unwrap()).collect::<Vec<_>>(), ["合计"]);
    assert_eq!((report.summary().violated, report.summary().waived), (1, 2));
    assert!(report.idle_waivers().is_empty());
    // On a document that ties, both are told to waive nothing.
    let report = check(rules, r#"{"s": {"total": "5", "basic": "2", "project": "3"}}"#);
    assert_eq!(report.idle_waivers().len(), 2);
}

#[test]
fn a_waiver_may_name_words_that_no_field_has() {
    let rules = r#"section s "收支" { total : money "合计" }
        each money x { must change: delta(x) == x - x@prior }
        waive change for 甲乙费 because "口径调整""#;
    let report =
        check(rules, r#"{"unit": "万元", "甲乙费": {"value": "5.00", "prior": "4.00", "delta": "2"}}"#);
    assert_eq!(report.waived().count(), 1);
}

#[test]
fn a_test_in_a_rule_file_says_what_it_expected() {
    let rules = RuleSet::parse(
        r#"section s "收支" { total : money "合计" basic : money "基本支出" project : money "项目支出"
             must split: basic + project == total }
           test "相符" { "s": {"total": "5", "basic": "2", "project": "3"} } expect holds split
           test "不符" { "s": {"total": "5.00", "basic": "2.00", "project": "4.00"} }
             expect violated s.split
             expect not_applicable restated"#,
    )
    .unwrap();
    let failures: Vec<_> =
        rules.tests().iter().map(|case| Checker::new(&rules).test(case).unwrap()).collect();
    assert!(failures[0].is_empty());
    // `restated` ran over nothing.
    assert_eq!(failures[1].len(), 1);
    assert_eq!((failures[1][0].expectation.rule(), failures[1][0].found.is_none()), ("restated", true));
}

#[test]
fn an_error_in_the_document_of_a_test_stands_in_the_rule_file() {
    let text = "must r: a == b\ntest \"甲\" {\n  \"a\": \"1e5\" }\n  expect holds r";
    let rules = RuleSet::parse(text).unwrap();
    let error = Checker::new(&rules).test(&rules.tests()[0]).unwrap_err();
    assert_eq!(
        error
            .place()
            .map(|(source, span)| (source.slice(span).to_owned(), source.line_column(span.start()).line)),
        Some(("1e5".to_owned(), 3))
    );
}

#[test]
fn a_test_may_stand_anywhere_in_a_long_rule_file() {
    let above = "// 一行说明\n".repeat(5_000);
    let text =
        format!("must r: a == b\n{above}test \"甲\" {{ \"a\": \"1.00\", \"b\": \"1.00\" }} expect holds r");
    let rules = RuleSet::parse(&text).unwrap();
    assert!(rules.tests()[0].document().span().start() > usize::from(u16::MAX));
    assert_eq!(Checker::new(&rules).test(&rules.tests()[0]).unwrap(), []);
}

#[test]
fn titles_are_told_in_the_language_asked_for() {
    let rules = RuleSet::parse(
        r#"ruleset r "规则" en "Rules"
        section s "收支" en "Balance" { total : money "合计" en "Total"
          must a "合计为零" en "The total is zero": total == 0
          must b "合计为正": total > 0 }"#,
    )
    .unwrap();
    assert_eq!((rules.title(Lang::Zh), rules.title(Lang::En)), (Some("规则"), Some("Rules")));
    let titles: Vec<_> =
        rules.rules().iter().map(|rule| (rule.title(Lang::Zh), rule.title(Lang::En))).collect();
    assert_eq!(titles, [(Some("合计为零"), Some("The total is zero")), (Some("合计为正"), Some("合计为正"))]);
    assert_eq!(rules.fields()[0].english(), Some("Total"));
}

#[test]
fn a_file_may_count_in_another_unit() {
    // Bare numbers beside money, tolerances and the places of `round` are in the file's unit; factors are not.
    let rules = |unit: &str, condition: &str| {
        RuleSet::parse(&format!(
            "{unit}\nsection s {{ total : money \"合计\" n : number \"数\" }}\nmust r: {condition}"
        ))
        .unwrap()
    };
    let document = Document::from_json("a.json", r#"{"s": {"total": "5万元", "n": "2"}}"#).unwrap();
    let verdict = |unit: &str, condition: &str| {
        let rules = rules(unit, condition);
        Checker::new(&rules).check(&document).outcomes()[0].verdict()
    };
    for (unit, condition) in [
        ("", "s.total == 5"),
        ("unit 万元", "s.total == 5"),
        ("unit 元", "s.total == 50000"),
        ("unit 元", "s.total == 49990 within 10"),
        ("unit 元", "2 * s.total == 100000"),
        ("unit 元", "s.total + 1 == 50000 + 1"),
        ("unit 元", "s.n == 2"),
        ("unit 元", "s.total == 5 万元"),
        ("unit 元", "round(s.total / 7, 0) == 7143 within 0"),
        ("unit 元", "round(s.total / 7, 2) == 7142.86 within 0"),
        ("unit 亿元", "s.total == 0.0005"),
        ("unit 千元", "max(s.total, 60) == 60"),
    ] {
        assert_eq!(verdict(unit, condition), Verdict::Holds, "{unit} {condition}");
    }
    assert_eq!(verdict("unit 元", "s.total == 49989 within 10"), Verdict::Violated);
}

#[test]
fn the_words_of_the_language_are_names_too() {
    let report = check(
        "delta == current - prior\nsum + parts + share + test + table + use + unit + each + section + top + children == 11\n\
         money@prior == rate",
        r#"{"year": 2019, "delta": "1", "current": "3", "prior": "2", "sum": "1", "parts": "1", "share": "1", "test": "1", "table": "1",
            "use": "1", "each": "1", "section": "1", "top": "1", "children": "1", "rate": "7", "money": {"value": "8", "prior": "7"}}"#,
    );
    assert_eq!(verdicts(&report), ["#1: holds", "#2: not_applicable", "#3: holds"]);
    let report = check(
        r#"section delta "增减" { parts : money "分项" sum : money "和" prior : money "上年" }
           must count: sum(delta.parts, delta.sum) == delta(delta.prior) and delta.prior@prior == 1"#,
        r#"{"delta": {"parts": "1", "sum": "2", "prior": {"value": "4", "prior": "1", "delta": "3"}}}"#,
    );
    assert_eq!(verdicts(&report), ["count: holds"]);
}

#[test]
fn a_letter_that_looks_like_another_is_warned_of() {
    let rules = RuleSet::parse("section s { t\u{43E}tal : money \"合计\" }").unwrap();
    let warned: Vec<_> = rules.warnings().iter().map(|warning| warning.message(Lang::En)).collect();
    assert!(warned.len() == 1 && warned[0].contains("U+043E"), "{warned:?}");
}

#[test]
fn the_sum_of_a_table_is_the_row_that_says_so() {
    let total = |rows: &str| {
        let report = check(
            "table t \"支出表\" { code : code \"编码\" name : text \"名称\" total : money \"合计\" }\nmust r: t.total_row.total == 5",
            &format!("{{\"t\": [{rows}]}}"),
        );
        report.outcomes()[0].verdict()
    };
    let coded = r#"{"code": "201", "total": "9.00"}, {"code": "205", "total": "1.00"}"#;
    for row in [
        r#"{"name": "合计", "total": "5.00"}"#,
        r#"{"name": "合 计", "total": "5.00"}, {"name": "其中：本级", "total": "4.00"}"#,
        r#"{"code": "合计", "total": "5.00"}"#,
        r#"{"total": "5.00"}"#,
    ] {
        assert_eq!(total(&format!("{row}, {coded}")), Verdict::Holds, "{row}");
        assert_eq!(total(&format!("{coded}, {row}")), Verdict::Holds, "{row}");
    }
    // A row of the department itself is not the sum of the table, unless it is all there is.
    let own = r#"{"name": "县委组织部本级", "total": "5.00"}"#;
    assert_eq!(total(&format!("{own}, {coded}")), Verdict::NotApplicable);
    assert_eq!(total(own), Verdict::Holds);
    let twice = r#"{"name": "合计", "total": "5.00"}, {"name": "总计", "total": "6.00"}"#;
    assert_eq!(total(&format!("{twice}, {coded}")), Verdict::NotApplicable);
}

#[test]
fn a_heading_may_say_more_behind_the_title_in_brackets() {
    let rules = "table t \"支出表\" { total : money \"合计\" must r: total == 5 }";
    for heading in ["支出表", "2019年支出表（单位：万元）", "支出表 (续)"] {
        let report = check(rules, &format!("{{\"{heading}\": [{{\"合计\": \"5.00\"}}]}}"));
        assert_eq!(verdicts(&report), ["t.r: holds"], "{heading}");
    }
    let report = check(rules, r#"{"支出表说明": [{"合计": "5.00"}]}"#);
    assert_eq!(verdicts(&report), ["t.r: not_applicable"]);
}

#[test]
fn a_cell_may_be_blank_and_have_more_to_say() {
    let report = check(
        "table t \"支出表\" blank = 0 { total : money \"合计\" must r: total == 0 and total@budget == 5 }",
        r#"{"document": "actual", "t": [{"total": {"value": "", "budget": "5.00"}}]}"#,
    );
    assert_eq!(verdicts(&report), ["t.r: holds"]);
}

#[test]
fn a_second_mistake_is_not_folded_into_a_first_that_does_not_explain_it() {
    let rules = r#"table t "表" { code : code "编码" total : money "合计" basic : money "基本" project : money "项目"
        must row: basic + project == total
        must roll: total == sum(children.total) }"#;
    // The row wants 9.01 for 10.00, the roll-up 10.99: no value of the cell mends both.
    let report = check(
        rules,
        r#"{"t": [{"code": "201", "total": "10.00", "basic": "4.01", "project": "5.00"},
            {"code": "20101", "total": "6.01", "basic": "3.00", "project": "3.01"},
            {"code": "20102", "total": "4.98", "basic": "2.01", "project": "2.97"}]}"#,
    );
    assert_eq!(report.findings().map(Outcome::rule).collect::<Vec<_>>(), ["t.row", "t.roll"]);
}

#[test]
fn a_rule_about_a_tables_rows_runs_in_the_scope_that_the_table_stands_in() {
    use gouji::document::{Cell, Context, DocumentBuilder, Row, Statement};
    use gouji::quantity::{Quantity, Unit};
    use gouji::{Place, Source, Span};
    let rules = RuleSet::parse(
        r#"table t "表" { code : code "编码" a : money "甲" b : money "乙" }
           must tops: sum(t.top.a) == sum(t.top.b)
           must one: t["201"].a == t["201"].b"#,
    )
    .unwrap();
    let mut builder = DocumentBuilder::new();
    let source = builder.source(Source::new("a", "201 1.01 2.02"));
    let place = |start, end| Place::Text { source, span: Span::new(start, end) };
    let scope = vec!["政府性基金".to_owned(), "201".to_owned()];
    let mut row = Row::new(scope.clone(), place(0, 13));
    row.under = vec!["表".to_owned()];
    row.cells = vec![Cell::new("编码", "201", place(0, 3))];
    for (label, value, at) in [("甲", "1.01", 4), ("乙", "2.02", 9)] {
        let mut statement =
            Statement::new(label, Quantity::parse(value, &Unit::WanYuan).unwrap(), place(at, at + 4));
        (statement.scope, statement.context) = (scope.clone(), Context::Table(1));
        statement.under = vec!["表".to_owned()];
        builder.statement(statement).unwrap();
    }
    builder.row(row).unwrap();
    let report = Checker::new(&rules).check(&builder.build());
    let violated = report.outcomes().iter().filter(|outcome| outcome.verdict() == Verdict::Violated);
    let found: Vec<_> = violated.map(|outcome| (outcome.rule(), outcome.scope().join("/"))).collect();
    assert_eq!(found, [("tops", "政府性基金".to_owned()), ("one", "政府性基金".to_owned())]);
}

#[test]
fn rounding_goes_no_further_than_the_figures_may() {
    // 4.9 stands for less than 4.95, which would round to 5.0; -4.9 likewise.
    let verdict = |a: &str, total: &str| {
        let report =
            check("round(a, 1) == total within 0", &format!("{{\"a\": \"{a}\", \"total\": \"{total}\"}}"));
        report.outcomes()[0].verdict()
    };
    assert_eq!(verdict("4.9", "4.9"), Verdict::Holds);
    let open = |a: &str, total: &str| {
        let report = check(
            "round(a, 1) == total",
            &format!(
                "{{\"a\": {{\"value\": \"{a}\", \"decimals\": 1}}, \"total\": {{\"value\": \"{total}\", \"decimals\": \"exact\"}}}}"
            ),
        );
        report.outcomes()[0].verdict()
    };
    for sign in ["", "-"] {
        assert_eq!(open(&format!("{sign}4.9"), &format!("{sign}5.0")), Verdict::Violated, "{sign}");
        assert_eq!(open(&format!("{sign}4.9"), &format!("{sign}4.9")), Verdict::Holds, "{sign}");
    }
}

#[test]
fn a_cell_that_is_stated_twice_and_differently_is_not_added_up() {
    let report = check(
        "table t \"表\" { code : code \"编码\" total : money \"合计\" }\nmust r: sum(t.total) == 2.02",
        r#"{"t": [{"code": "1", "total": "1.01", "合计": "2.02"}]}"#,
    );
    let sum = report.outcomes().iter().find(|outcome| outcome.rule() == "r").unwrap();
    assert_eq!(sum.verdict(), Verdict::Undecidable);
}

#[test]
fn a_blank_cell_is_zero_however_the_rule_names_its_basis() {
    let report = check(
        "table t \"表\" blank = 0 { total : money \"合计\" must plain: total <= total@budget must named: total@actual <= total@budget \
         must prior: total@prior == 0 }",
        r#"{"year": 2019, "document": "actual", "t": [{"total": {"value": "", "budget": "-5.01"}}]}"#,
    );
    let mut found = verdicts(&report);
    found.sort_unstable();
    assert_eq!(found, ["t.named: violated", "t.plain: violated", "t.prior: not_applicable"]);
}

#[test]
fn full_width_codes_are_codes() {
    let report = check(
        "table t \"表\" { code : code \"编码\" total : money \"合计\" must roll: total == sum(children.total) }",
        r#"{"t": [{"code": "201", "total": "9.01"}, {"code": "２０１01", "total": "8.01"}, {"code": "20102", "total": "1.00"}]}"#,
    );
    assert_eq!(report.findings().count(), 0);
    assert_eq!(report.summary().holds, 1);
}

#[test]
fn a_waiver_for_a_label_of_several_fields_covers_each() {
    let report = check(
        "section a { total : money \"合计\" must pos: total > 0 }\nsection b { total : money \"合计\" must pos: total > 0 }\n\
         each money x { must large: x > 0 }\nwaive a.pos for 合计 because \"已说明\"\nwaive large for 合计 because \"已说明\"",
        r#"{"unit": "万元", "a": {"total": "-1"}, "b": {"total": "-2"}}"#,
    );
    let waived: Vec<_> = report.waived().map(Outcome::rule).collect();
    assert_eq!(waived, ["a.pos", "large", "large"]);
    assert_eq!(report.findings().map(Outcome::rule).collect::<Vec<_>>(), ["b.pos"]);
}

#[test]
fn a_change_is_not_held_against_the_prior_year_in_another_basis() {
    let rules =
        "section s \"收支\" { total : money \"合计\" must change: delta(total) == total - total@prior }";
    let verdict = |delta: &str, prior: &str| {
        let document = format!(
            r#"{{"year": 2019, "document": "actual", "s": {{"total": {{"value": "10.00", "delta": {delta}, "prior": "{prior}"}}}}}}"#
        );
        check(rules, &document).outcomes()[0].verdict()
    };
    // The prior year's figure of final accounts is actual.
    assert_eq!(verdict(r#"{"prior budget": "4.02"}"#, "9.01"), Verdict::NotApplicable);
    assert_eq!(verdict(r#"{"prior actual": "4.02"}"#, "9.01"), Verdict::Violated);
    assert_eq!(verdict(r#"{"prior actual": "0.99"}"#, "9.01"), Verdict::Holds);
    assert_eq!(verdict(r#""4.02""#, "9.01"), Verdict::Violated);
}

#[test]
fn a_whole_column_in_every_row_of_a_long_table_is_bounded() {
    let rules =
        "table t \"表\" { code : code \"编码\" total : money \"合计\" must share: total <= sum(t.total) }";
    let table = |rows: usize| {
        let rows: Vec<String> =
            (0..rows).map(|at| format!(r#"{{"code": "{}", "total": "1"}}"#, 10_000 + at)).collect();
        format!(r#"{{"t": [{}]}}"#, rows.join(", "))
    };
    let most = 1_414;
    assert!(most * most <= gouji::limits::LIST_CELLS && (most + 1) * (most + 1) > gouji::limits::LIST_CELLS);
    let report = check(rules, &table(most + 1));
    assert_eq!(report.outcomes()[0].reason(), Some(gouji::check::Reason::TooManyCells));
    assert_eq!(report.outcomes().len(), 1);
}

#[test]
fn what_is_folded_twice_is_part_of_the_one_finding_that_is_left() {
    // `twin` says what `row` says: it is part of that, and both are part of what one wrong cell explains.
    let report = check(
        r#"table t "表" { code : code "编码" total : money "合计" basic : money "基本" project : money "项目"
            must row: basic + project == total
            must twin: total - basic == project
            must roll: total == sum(children.total) }"#,
        r#"{"t": [{"code": "201", "total": "8.00"}, {"code": "20101", "total": "9.00", "basic": "4.00", "project": "4.00"}]}"#,
    );
    let findings: Vec<_> = report.findings().map(Outcome::rule).collect();
    assert_eq!(findings, ["t.row"]);
    let mut parts: Vec<_> = report
        .outcomes()
        .iter()
        .filter_map(|outcome| Some((outcome.rule(), outcome.folded_into()?)))
        .collect();
    parts.sort_unstable();
    assert_eq!(parts, [("t.roll", "t.row"), ("t.twin", "t.row")]);
    assert_eq!(report.summary().folded, 2);
}
