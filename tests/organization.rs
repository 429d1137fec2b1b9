//! The reference set: each rule with a document that satisfies it and one that does not.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::{Checker, Document, RuleSet, Verdict};

/// Rule, what satisfies it, what does not; figures in 万元.
const EXAMPLES: &[(&str, &str, &str)] = &[
    (
        "income.appropriation_fits",
        r#""income": {"total": "435.78", "appropriation": "435.78"}"#,
        r#""income": {"total": "435.78", "appropriation": "436.78"}"#,
    ),
    (
        "income.allocation_change",
        r#""income": {"total": {"value": "435.78", "delta": "61.64"}, "appropriation": "435.78", "allocation": {"value": null, "delta": "61.64"}}"#,
        r#""income": {"total": {"value": "435.78", "delta": "61.64"}, "appropriation": "435.78", "allocation": {"value": null, "delta": "61.46"}}"#,
    ),
    (
        "income.allocation_fits",
        r#""income": {"appropriation": "435.78", "allocation": "400"}"#,
        r#""income": {"appropriation": "435.78", "allocation": "453.78"}"#,
    ),
    (
        "government_funds.fits",
        r#""government_funds": {"total": "0"}, "expenditure": {"total": "435.78"}"#,
        r#""government_funds": {"total": "500"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "expenditure.split",
        r#""expenditure": {"total": "435.78", "basic": "217.38", "project": "218.4"}"#,
        r#""expenditure": {"total": "435.78", "basic": "217.83", "project": "218.4"}"#,
    ),
    (
        "expenditure.change_split",
        r#""expenditure": {"total": {"value": "435.78", "delta": "61.64"}, "basic": {"value": "217.38", "delta": "23.24"},
           "project": {"value": "218.4", "delta": "38.4"}}"#,
        r#""expenditure": {"total": {"value": "435.78", "delta": "61.64"}, "basic": {"value": "217.38", "delta": "23.24"},
           "project": {"value": "218.4", "delta": "-38.4"}}"#,
    ),
    (
        "expenditure.public_services_fit",
        r#""expenditure": {"total": "435.78", "public_services": "435.78"}"#,
        r#""expenditure": {"total": "435.78", "public_services": "4357.8"}"#,
    ),
    (
        "balance",
        r#""income": {"total": "435.78"}, "expenditure": {"total": "435.78"}"#,
        r#""income": {"total": "435.78"}, "expenditure": {"total": "435.87"}"#,
    ),
    (
        "grand_balance",
        r#""income": {"grand_total": "455.78"}, "expenditure": {"grand_total": "455.78", "basic": "217.38"}"#,
        r#""income": {"grand_total": "455.78"}, "expenditure": {"grand_total": "455.87", "basic": "217.38"}"#,
    ),
    (
        "change_balance",
        r#""income": {"total": {"value": null, "delta": "61.64"}}, "expenditure": {"total": {"value": null, "delta": "61.64"}}"#,
        r#""income": {"total": {"value": null, "delta": "61.64"}}, "expenditure": {"total": {"value": null, "delta": "-61.64"}}"#,
    ),
    (
        "funding",
        r#""income": {"total": "435.78", "appropriation": "435.78"}, "general_budget": {"total": "400.78"},
           "government_funds": {"total": "35"}"#,
        r#""income": {"total": "435.78", "appropriation": "435.78"}, "general_budget": {"total": "435.78"},
           "government_funds": {"total": "35"}"#,
    ),
    (
        "running_cost.fits",
        r#""running_cost": {"total": "15.4"}, "expenditure": {"basic": "217.38"}"#,
        r#""running_cost": {"total": "154万元"}, "expenditure": {"basic": "21.738"}"#,
    ),
    (
        "three_public.items_add_up",
        r#""three_public": {"total": "8.6", "abroad": "0", "vehicles": "3.65", "reception": "4.95"}"#,
        r#""three_public": {"total": "8.16", "abroad": "0", "vehicles": "3.65", "reception": "4.95"}"#,
    ),
    (
        "three_public.sole_item_is_all",
        r#""three_public": {"total": {"value": "0.29", "parts": {"公务接待费": "0.29"}}}"#,
        r#""three_public": {"total": {"value": "0.92", "parts": {"公务接待费": "0.29"}}}"#,
    ),
    (
        "three_public.vehicles_split",
        r#""three_public": {"vehicles": "3.65", "purchase": "0", "operation": "3.65"}"#,
        r#""three_public": {"vehicles": "3.65", "purchase": "18", "operation": "3.65"}"#,
    ),
    (
        "three_public.fits",
        r#""three_public": {"total": "0.29"}, "expenditure": {"total": "435.78"}"#,
        r#""three_public": {"total": "2900"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "reception_fits",
        r#""running_cost": {"reception": "0.29"}, "three_public": {"reception": "0.92"}"#,
        r#""running_cost": {"reception": "0.92"}, "three_public": {"reception": "0.29"}"#,
    ),
    (
        "reception_agrees",
        r#""running_cost": {"reception": "0.29"}, "three_public": {"reception": "0.29"}"#,
        r#""running_cost": {"reception": "0.29"}, "three_public": {"reception": "0.92"}"#,
    ),
    (
        "meetings.people_stated",
        r#""meetings": {"total": "0.42", "people": "48"}"#,
        r#""meetings": {"total": "0.42", "people": "0"}"#,
    ),
    (
        "training.people_stated",
        r#""training": {"total": "1.96", "people": "98人"}"#,
        r#""training": {"total": "1.96", "people": "0人"}"#,
    ),
    (
        "meetings_fit",
        r#""running_cost": {"meetings": "0.42"}, "meetings": {"total": "0.42"}"#,
        r#""running_cost": {"meetings": "0.42"}, "meetings": {"total": "0.24"}"#,
    ),
    (
        "meetings_agree",
        r#""running_cost": {"meetings": "0.42"}, "meetings": {"total": "0.42"}"#,
        r#""running_cost": {"meetings": "0.42"}, "meetings": {"total": "0.45"}"#,
    ),
    (
        "training_fit",
        r#""running_cost": {"training": "1.96"}, "training": {"total": "1.96"}"#,
        r#""running_cost": {"training": "1.96"}, "training": {"total": "1.69"}"#,
    ),
    (
        "training_agree",
        r#""running_cost": {"training": "1.96"}, "training": {"total": "1.96"}"#,
        r#""running_cost": {"training": "1.96"}, "training": {"total": "2.96"}"#,
    ),
    (
        "fixed_assets.classes_add_up",
        r#""fixed_assets": {"total": "155.22", "vehicles": "54.08", "buildings": "42.8", "other": "58.34"}"#,
        r#""fixed_assets": {"total": "155.17", "vehicles": "54.08", "buildings": "42.8", "other": "58.34"}"#,
    ),
    (
        "performance.split",
        r#""performance": {"total": "435.78", "basic": "217.38", "project": "218.4"}"#,
        r#""performance": {"total": "435.78", "basic": "217.38", "project": "218.6"}"#,
    ),
    (
        "performance.fits",
        r#""performance": {"total": "435.78"}, "expenditure": {"total": "435.78"}"#,
        r#""performance": {"total": "435.87"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "performance.covers_all",
        r#""performance": {"total": "435.78"}, "expenditure": {"total": "435.78"}"#,
        r#""performance": {"total": "218.4"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "performance.basic_agrees",
        r#""performance": {"total": "435.78", "basic": "217.38"}, "expenditure": {"total": "435.78", "basic": "217.38"}"#,
        r#""performance": {"total": "435.78", "basic": "217.38"}, "expenditure": {"total": "435.78", "basic": "218.4"}"#,
    ),
    (
        "performance.project_agrees",
        r#""performance": {"total": "435.78", "project": "218.4"}, "expenditure": {"total": "435.78", "project": "218.4"}"#,
        r#""performance": {"total": "435.78", "project": "218.4"}, "expenditure": {"total": "435.78", "project": "217.38"}"#,
    ),
    (
        "staffing.offices_staffed",
        r#""staffing": {"administrative": "19个", "support": "1个", "offices": "8个"}"#,
        r#""staffing": {"administrative": "7个", "offices": "8个"}"#,
    ),
    (
        "staffing.unit_posts_positive",
        r#""staffing": {"unit_posts": {"value": "9个", "scope": "党员教育中心"}}"#,
        r#""staffing": {"unit_posts": {"value": "0个", "scope": "党员教育中心"}}"#,
    ),
    (
        "procurement.kinds_add_up",
        r#""procurement": {"total": "12.5", "goods": "10", "works": "0", "services": "2.5"}"#,
        r#""procurement": {"total": "12.5", "goods": "10", "works": "0", "services": "5.2"}"#,
    ),
    (
        "procurement.fits",
        r#""procurement": {"total": "0"}, "expenditure": {"total": "435.78"}"#,
        r#""procurement": {"total": "500"}, "expenditure": {"total": "435.78"}"#,
    ),
    (
        "change",
        r#""three_public": {"total": {"value": "0.29", "delta": "-7.51", "prior": "7.8"}}"#,
        r#""three_public": {"total": {"value": "0.29", "delta": "7.51", "prior": "7.8"}}"#,
    ),
    (
        "change_rate",
        r#""running_cost": {"total": {"value": "10", "delta": "-10", "rate": "-50%"}}"#,
        r#""running_cost": {"total": {"value": "10", "delta": "-10", "rate": "-100%"}}"#,
    ),
    (
        "parts_fit",
        r#""running_cost": {"total": {"value": "15.4", "parts": {"办公费": "0.55", "印刷费": "2.53"}}}"#,
        r#""running_cost": {"total": {"value": "15.4", "parts": {"办公费": "5.5", "印刷费": "25.3"}}}"#,
    ),
    (
        "parts_add_up",
        r#""running_cost": {"total": {"value": "3.08", "parts": {"办公费": "0.55", "印刷费": "2.53"}}}"#,
        r#""running_cost": {"total": {"value": "3.18", "parts": {"办公费": "0.55", "印刷费": "2.53"}}}"#,
    ),
];

fn verdicts(rules: &RuleSet, rule: &str, figures: &str) -> Vec<Verdict> {
    let text = format!(r#"{{"year": 2019, "unit": "万元", {figures}}}"#);
    let document = Document::from_json("example.json", text).unwrap();
    let report = Checker::new(rules).check(&document);
    let of_rule = report.outcomes().iter().filter(|outcome| outcome.rule() == rule);
    of_rule.map(gouji::Outcome::verdict).filter(|verdict| *verdict != Verdict::NotApplicable).collect()
}

#[test]
fn each_rule_holds_of_its_passing_example_and_not_of_its_failing_one() {
    let rules = RuleSet::builder().bundled("organization").build().unwrap();
    for (rule, passing, failing) in EXAMPLES {
        assert_eq!(verdicts(&rules, rule, passing), [Verdict::Holds], "{rule} {passing}");
        assert_eq!(verdicts(&rules, rule, failing), [Verdict::Violated], "{rule} {failing}");
    }
}

#[test]
fn every_rule_has_its_examples() {
    let rules = RuleSet::builder().bundled("organization").build().unwrap();
    let without: Vec<_> = rules
        .rules()
        .iter()
        .map(gouji::ruleset::Rule::name)
        .filter(|name| !EXAMPLES.iter().any(|(rule, ..)| rule == name))
        .collect();
    assert_eq!(without, [""; 0]);
}

#[test]
fn every_rule_has_a_title() {
    let rules = RuleSet::builder().bundled("organization").build().unwrap();
    let untitled: Vec<_> =
        rules.rules().iter().filter(|rule| rule.title().is_none()).map(gouji::ruleset::Rule::name).collect();
    assert_eq!(untitled, [""; 0]);
}
