//! The full rule set of the design, as its authors will write it: it resolves beside the bundled sets, and prints back.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::RuleSet;
use gouji::ruleset::{RuleErrorKind, format};

const FULL: &str = r#"ruleset organization "县委组织部部门预算"
use department                                   // every county department's rules

section expenditure "支出预算" {
    total   : money "支出预算" | "本年支出合计"     // a field: name, kind, the labels it goes by
    basic   : money "基本支出"
    project : money "项目支出"

    /// 《预算法》第三十二条
    must split "支出等于基本支出与项目支出之和":
        basic + project == total
}

stock section fixed_assets "固定资产" {
    total     : money "固定资产"
    vehicles  : money "公务用车" | "公务车"
    buildings : money "办公用房"
    other     : money "其他固定资产"
    must classes_add_up "固定资产等于各类资产之和": vehicles + buildings + other == total
}

section meetings "会议费" {
    total  : money    "会议费"
    people : count(人) "人数" under "会议费"       // this label only in that context
}

must balance "收入总计等于支出总计": income.grand_total == expenditure.grand_total     // both with what is carried over
must reception_fits : running_cost.reception <= three_public.reception
should reception_agrees: running_cost.reception == three_public.reception
should per_head when training.people > 0: training.total / training.people <= 0.05 万元

each money x {                                   // for every amount the document states
    must change      : delta(x) == x - x@prior
    must change_rate when delta(x) != 0: rate(x) == delta(x) / (x@prior ?? x - delta(x))
    must parts_fit   : sum(parts(x)) <= x                         // once for each breakdown of x
    should parts_add_up "其中各项之和应等于总额" when count(parts(x)) >= 2 and sum(parts(x)) >= 0.9 * x:
        sum(parts(x)) == x
}

table function_expenditure "一般公共预算支出情况表" {
    code    : code  "科目编码"
    name    : text  "科目名称"
    total   : money "合计"
    basic   : money "基本支出"
    project : money "项目支出"
    must row     : basic + project == total               // a table's rule holds for each row
    must roll_up : total == sum(children.total)           // children by code: 201 > 20132 > 2013201
}
must table_total : sum(function_expenditure.top.total) == expenditure.total
waive change_rate for 公务接待费 because "口径调整"
waive expenditure.split because "数字已核实"
"#;

#[test]
fn the_full_rule_set_resolves_and_prints_back() {
    let rules =
        RuleSet::builder().file("organization.rules", FULL).build().unwrap_or_else(|error| panic!("{error}"));
    // A rule of the used set that is stated again is no second rule.
    let named = |name: &str| rules.rules().iter().filter(|rule| rule.name() == name).count();
    for name in
        ["change", "change_rate", "parts_fit", "fixed_assets.classes_add_up", "reception_fits", "balance"]
    {
        assert_eq!(named(name), 1, "{name}");
    }
    let printed = format("organization.rules", FULL).unwrap();
    assert_eq!(format("organization.rules", &printed).unwrap(), printed);
    let again = RuleSet::builder().file("organization.rules", printed).build().unwrap();
    let names = |set: &RuleSet| set.rules().iter().map(|rule| rule.name().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&again), names(&rules));
}

#[test]
fn every_snippet_of_the_design_resolves() {
    for snippet in [
        "basic + project == total\ndelta == current - prior",
        "基本支出 + 项目支出 == 支出合计",
        "must r when project > 0: a == b",
        "a == b within 0.01\na == b within 0.01 万元\na == b within 1%\na == b within 0",
        "0 <= basic <= total\na == b == c",
        "total@prior == total@2018\ntotal@budget == total@actual",
        "delta(x) == 0\ndelta(x, budget) == 0\ndelta(x, prior budget) == 0\ndelta(x, prior actual) == 0",
        "completion(x) == x / x@budget\nshare(x) <= 50%\nstated(x)",
        "sum(delta(parts(x))) == delta(x)\nsum(share(parts(x))) == 100%",
        "round(x, 2) == max(parts(x)) + min(parts(y)) + abs(y)",
        "x ?? 0 == 1",
        "`因公出国(境)费` <= 5 万元",
        "must r when year in 2015..2030 and document in [\"budget\", \"actual\"]: a == b",
        "must r when department == \"县委组织部\": a == b",
        "unit 元\nsection s { a : money \"甲\" | \"乙\" en \"A\"\n must r \"甲\" en \"A\": a == 5 }",
    ] {
        let rules = RuleSet::parse(snippet);
        assert!(rules.is_ok(), "{snippet}\n{}", rules.unwrap_err());
        let printed = format("a.rules", snippet).unwrap();
        assert_eq!(format("a.rules", &printed).unwrap(), printed, "{snippet}");
    }
}

#[test]
fn a_used_rule_that_is_changed_is_declared_twice() {
    let base = "section s { a : money \"甲\" b : money \"乙\"\n must r when a > 0: a == b }";
    let set = |again: &str| {
        let text = format!("use base\nsection s {{ {again} }}");
        RuleSet::builder().file("base.rules", base).file("mine.rules", text).build()
    };
    assert_eq!(set("must r \"另题\" when (a) > 0:\n  a == b").unwrap().rules().len(), 1);
    for changed in [
        "must r: a == b",
        "should r when a > 0: a == b",
        "must r when a > 0: a == b within 1",
        "must r when a > 0: b == a",
    ] {
        let error = set(changed).unwrap_err();
        assert_eq!(error.errors().len(), 1, "{changed}");
        assert!(matches!(error.errors()[0].kind(), RuleErrorKind::Duplicate { .. }), "{changed}");
        assert_eq!(error.errors()[0].related().unwrap().source().name(), "base.rules");
    }
    // In one file it is a second one, whatever it says.
    assert!(RuleSet::parse("must r: a == b\nmust r: a == b").is_err());
}
