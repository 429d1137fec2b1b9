//! A government's execution notice.

use gouji::{Checker, Reader};

use crate::{Example, bundled};

pub(crate) const EXAMPLES: &[Example] = &[
    (
        "general_budget.taxes_fit",
        r#""general_budget": {"total": "1243.1亿元", "taxes": "1000亿元", "other_income": "243.1亿元"}"#,
        r#""general_budget": {"total": "1243.1亿元", "taxes": "1000亿元", "other_income": "2431亿元"}"#,
    ),
    (
        "social_insurance.surplus_is",
        r#""social_insurance": {"income": "64053", "expenditure": "62677", "surplus": "1376"}"#,
        r#""social_insurance": {"income": "64053", "expenditure": "62677", "surplus": "1736"}"#,
    ),
    (
        "own_level.income_fits",
        r#""own_level": {"income": "543.1亿元"}, "general_budget": {"total": "1243.1亿元"}"#,
        r#""own_level": {"income": "1543.1亿元"}, "general_budget": {"total": "1243.1亿元"}"#,
    ),
    (
        "own_level.expenditure_fits",
        r#""own_level": {"expenditure": "600.2亿元"}, "general_budget": {"expenditure": "1436.2亿元"}"#,
        r#""own_level": {"expenditure": "6002亿元"}, "general_budget": {"expenditure": "1436.2亿元"}"#,
    ),
    (
        "transfers.kinds_fit",
        r#""transfers": {"total": "80000", "general": "60000", "special": "20000"}"#,
        r#""transfers": {"total": "80000", "general": "60000", "special": "200000"}"#,
    ),
];

/// A notice as they are written: the whole area, and the government's own level beside it.
const NOTICE: &str = "\
2019年预算执行情况
一、一般公共预算
全市一般公共预算收入完成1243.1亿元，完成预算的101.2%，增长5.0%。全市一般公共预算支出1436.2亿元，增长8.0%。
市级一般公共预算收入完成543.1亿元，增长3.0%。市级一般公共预算支出600.2亿元，增长2.0%。
二、社会保险基金
全市社会保险基金收入64053万元，社会保险基金支出62677万元，当年收支结余1376万元，年末滚存结余37046万元。
";

#[test]
fn the_whole_area_and_the_own_level_are_two_figures() {
    let rules = bundled("government");
    let document = Reader::new(&rules).text("a.txt", NOTICE.as_bytes()).unwrap();
    let report = Checker::new(&rules).check(&document);
    assert_eq!(report.findings().map(|finding| finding.rule().to_owned()).collect::<Vec<_>>(), [""; 0]);
    let fields: Vec<_> = report.figures().iter().filter_map(|figure| figure.field.as_deref()).collect();
    assert_eq!(
        fields,
        [
            "general_budget.total",
            "general_budget.total",
            "general_budget.total",
            "general_budget.expenditure",
            "general_budget.expenditure",
            "own_level.income",
            "own_level.income",
            "own_level.expenditure",
            "own_level.expenditure",
            "social_insurance.income",
            "social_insurance.expenditure",
            "social_insurance.surplus",
            "social_insurance.accumulated",
        ]
    );
}

#[test]
fn a_surplus_that_is_not_the_difference_is_found() {
    let rules = bundled("government");
    let text = NOTICE.replace("1376万元", "1736万元");
    let document = Reader::new(&rules).text("a.txt", text.as_bytes()).unwrap();
    let report = Checker::new(&rules).check(&document);
    let found: Vec<_> = report.findings().map(|finding| finding.rule().to_owned()).collect();
    assert_eq!(found, ["social_insurance.surplus_is"]);
}
