//! The example document, as text and as JSON: two hands wrote down the same figures.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use gouji::document::Facet;
use gouji::{Checker, Document, Lang, Reader, Report, RuleSet, Verdict};

fn rules() -> RuleSet {
    RuleSet::builder().bundled("organization").build().unwrap()
}

fn from_text() -> Report {
    let rules = rules();
    let text = include_str!("../examples/data/organization-2019.txt");
    let document = Reader::new(&rules).text("organization-2019.txt", text.as_bytes()).unwrap();
    Checker::new(&rules).check(&document)
}

fn from_json() -> Report {
    let rules = rules();
    let document = Document::from_json(
        "organization-2019.json",
        include_str!("../examples/data/organization-2019.json"),
    )
    .unwrap();
    Checker::new(&rules).check(&document)
}

/// Field, facet, year and parent of each figure of the department as a whole, with its value.
fn figures(report: &Report) -> BTreeMap<String, String> {
    let whole = report.figures().iter().filter(|figure| figure.scope.is_empty());
    let shown = whole.map(|figure| {
        let facet = match figure.facet {
            Facet::Amount => "amount",
            Facet::Delta(_) => "delta",
            _ => "rate",
        };
        let field = figure.field.as_deref().unwrap_or(&figure.label);
        let key = format!("{field} {facet} {:?}", figure.period.unwrap());
        (key, figure.value.to_string())
    });
    shown.collect()
}

#[test]
fn the_reader_finds_what_was_written_down_by_hand() {
    assert_eq!(figures(&from_text()), figures(&from_json()));
}

#[test]
fn the_subordinate_units_keep_their_posts_apart() {
    let report = from_text();
    let posts: Vec<_> = report
        .figures()
        .iter()
        .filter(|figure| !figure.scope.is_empty())
        .map(|figure| (figure.scope.join("/"), figure.field.clone().unwrap(), figure.value.to_string()))
        .collect();
    let posts: Vec<_> =
        posts.iter().map(|(unit, field, value)| (unit.as_str(), field.as_str(), value.as_str())).collect();
    let field = "staffing.unit_posts";
    assert_eq!(
        posts,
        [("县党员教育中心", field, "9"), ("县专家人才服务中心", field, "5"), ("县干部信息中心", field, "7")]
    );
}

#[test]
fn two_findings_and_one_rate_within_rounding() {
    for report in [from_text(), from_json()] {
        let findings: Vec<_> =
            report.findings().map(|finding| (finding.rule(), finding.message(Lang::Zh))).collect();
        let items = "0.55 + 2.53 + 0.18 + 3.71 + 0.66 + 0.42 + 1.96 + 2.23 + 1.17 + 0.29 + 1.05 = 14.75 ≠ 15.40，差 0.65 万元";
        assert_eq!(
            findings,
            [
                (
                    "fixed_assets.classes_add_up",
                    "54.08 + 42.80 + 58.34 = 155.22 ≠ 155.17，差 0.05 万元".to_owned()
                ),
                ("parts_add_up", items.to_owned()),
            ]
        );
        let rounded: Vec<_> =
            report.outcomes().iter().filter(|outcome| outcome.verdict() == Verdict::WithinRounding).collect();
        assert_eq!(
            rounded.iter().map(|outcome| (outcome.rule(), outcome.subject())).collect::<Vec<_>>(),
            [("change_rate", Some("机关运行经费"))]
        );
        assert_eq!(
            rounded[0].message(Lang::Zh),
            "(-13.40) ÷ (15.40 - (-13.40)) = -46.5278% ≠ -46.5%，差 0.0278%"
        );
        assert_eq!(report.summary().undecidable, 0);
    }
}

/// The relations that the reference document's gold names, each by the rule that checks it.
#[test]
fn every_relation_of_the_document_is_checked() {
    let report = from_text();
    for (rule, subject) in [
        ("expenditure.basic_and_project", None),
        ("total_balance", None),
        ("funding", None),
        ("income.allocation_change", None),
        ("change_balance", None),
        ("parts_add_up", Some("机关运行经费")),
        ("change_rate", Some("机关运行经费")),
        ("three_public.sole_item_is_all", None),
        ("reception_agrees", None),
        ("meetings_agree", None),
        ("training_agree", None),
        ("fixed_assets.classes_add_up", None),
        ("performance.covers_all", None),
        ("performance.basic_agrees", None),
        ("performance.project_agrees", None),
        ("performance.split", None),
    ] {
        let of_rule = |outcome: &&gouji::Outcome| outcome.rule() == rule && outcome.subject() == subject;
        let verdict = report.outcomes().iter().find(of_rule).map(gouji::Outcome::verdict);
        assert!(verdict.is_some_and(|verdict| verdict != Verdict::NotApplicable), "{rule}: {verdict:?}");
    }
}
