//! What several tests need.

use gouji::{Checker, Document, Report, RuleSet};

/// The report on a document in JSON by the rules of a text; what is wrong with either fails the test.
pub(crate) fn check(rules: &str, document: &str) -> Report {
    let rules = RuleSet::parse(rules).unwrap_or_else(|error| panic!("{error}"));
    let document = Document::from_json("a.json", document).unwrap_or_else(|error| panic!("{error}"));
    Checker::new(&rules).check(&document)
}

/// `rule: verdict`, for every outcome, in the order of the report.
pub(crate) fn verdicts(report: &Report) -> Vec<String> {
    let shown = |outcome: &gouji::Outcome| format!("{}: {}", outcome.rule(), outcome.verdict().as_str());
    report.outcomes().iter().map(shown).collect()
}
