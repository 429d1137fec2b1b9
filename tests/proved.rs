//! The bundled sets are sound: proved by analysis, and tried on documents that keep their rules or break one.
//!
//! `PROPTEST_CASES=100000 cargo test --release --all-features --test proved` tries that many documents of each kind.
#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use gouji::soundness::{Analysis, Answer, Consistency, Witness, analyse};
use gouji::testing::{Documents, NotGenerated};
use gouji::{Checker, Report, RuleSet, Severity, Verdict};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

mod mutants;

/// A bundled set, and what is known to be particular about it.
struct Bundled {
    name: &'static str,
    /// `must` rules that others imply, and why they are kept.
    implied: &'static [(&'static str, &'static str)],
    /// Rules that cannot be broken alone, and the `should` rules that break with them.
    along: &'static [(&'static str, &'static [&'static str])],
}

const DEPARTMENT: Bundled = Bundled {
    name: "department",
    implied: &[],
    // Where basic and project expenditure do not add up to the total, targets that cover the two cover less or more than all.
    along: &[("expenditure.basic_and_project", &["performance.covers_all"])],
};

const ORGANIZATION: Bundled = Bundled { name: "organization", ..DEPARTMENT };

const TABLES: Bundled = Bundled {
    name: "tables",
    implied: &[
        ("grand_balance", "a text without tables has nothing else that holds its two totals together"),
        ("running_cost_fits", "a table without a text states personnel and operating cost in rows only"),
    ],
    ..DEPARTMENT
};

impl Bundled {
    fn rules(&self) -> RuleSet {
        RuleSet::builder().bundled(self.name).build().unwrap()
    }
}

/// How many documents of each kind are tried.
fn documents() -> usize {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300)
}

#[test]
fn department_is_sound() {
    is_proved(&DEPARTMENT);
}

#[test]
fn organization_is_sound() {
    is_proved(&ORGANIZATION);
}

#[test]
fn tables_is_sound() {
    is_proved(&TABLES);
}

/// The set can be kept, each rule says something that the others do not, and each applies somewhere.
fn is_proved(set: &Bundled) {
    let rules = set.rules();
    let analysis: Analysis = analyse(&rules);
    let Consistency::Consistent(witness) = analysis.consistency() else {
        panic!("{}: {:?}", set.name, analysis.consistency())
    };
    assert_eq!(findings(&rules, witness), Vec::<String>::new(), "{witness:?}");
    for known in analysis.rules() {
        let reason = set.implied.iter().find(|(rule, _)| *rule == known.rule());
        match known.answer() {
            Answer::Falsifiable(witness) => {
                assert!(reason.is_none(), "{}: {} is not implied after all", set.name, known.rule());
                let report = Checker::new(&rules).check(witness.document());
                let broken: BTreeSet<&str> = violated(&report, Severity::Error).collect();
                let own = if known.severity() == Severity::Error { vec![known.rule()] } else { vec![] };
                assert_eq!(broken, own.into_iter().collect(), "{}: {witness:?}", known.rule());
                let is_broken = |outcome: &gouji::Outcome| {
                    outcome.rule() == known.rule() && outcome.verdict() == Verdict::Violated
                };
                assert!(report.outcomes().iter().any(is_broken), "{}: {witness:?}", known.rule());
            }
            Answer::Implied(certificates) => {
                assert!(reason.is_some(), "{}: {} is implied by {certificates:?}", set.name, known.rule());
                assert!(certificates.iter().all(gouji::soundness::Certificate::verify));
            }
            // A rule without a document in which it applies and holds would be vacuous.
            answer => panic!("{}: {} is {answer:?}", set.name, known.rule()),
        }
    }
}

fn violated(report: &Report, severity: Severity) -> impl Iterator<Item = &str> {
    let outcomes = report.outcomes().iter();
    outcomes
        .filter(move |outcome| outcome.severity() == severity && outcome.verdict() == Verdict::Violated)
        .map(gouji::Outcome::rule)
}

/// The rules of the findings in a document.
fn findings(rules: &RuleSet, written: &Witness) -> Vec<String> {
    let report = Checker::new(rules).check(written.document());
    report.findings().map(|finding| finding.rule().to_owned()).collect()
}

#[test]
fn documents_that_keep_department_have_no_finding() {
    are_kept(&DEPARTMENT);
}

#[test]
fn documents_that_keep_organization_have_no_finding() {
    are_kept(&ORGANIZATION);
}

#[test]
fn documents_that_keep_tables_have_no_finding() {
    are_kept(&TABLES);
}

fn are_kept(set: &Bundled) {
    let rules = set.rules();
    let strategy = Documents::new(&rules).satisfying().unwrap();
    let mut applied: BTreeSet<String> = BTreeSet::new();
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    for _ in 0..documents() {
        let written = strategy.new_tree(&mut runner).unwrap().current();
        let report = Checker::new(&rules).check(written.document());
        let found: Vec<&str> = report.findings().map(gouji::Outcome::rule).collect();
        assert!(found.is_empty(), "{}: {found:?} in {written:?}", set.name);
        let holds = report.outcomes().iter().filter(|outcome| outcome.verdict() == Verdict::Holds);
        applied.extend(holds.map(|outcome| outcome.rule().to_owned()));
    }
    // Silence is not a pass: over the documents, each rule applied.
    let idle: Vec<&str> = rules
        .rules()
        .iter()
        .map(gouji::ruleset::Rule::name)
        .filter(|rule| !applied.contains(*rule))
        .collect();
    assert!(idle.is_empty(), "{}: never applied: {idle:?}", set.name);
}

#[test]
fn documents_that_break_a_rule_of_department_have_that_finding() {
    are_broken(&DEPARTMENT);
}

#[test]
fn documents_that_break_a_rule_of_organization_have_that_finding() {
    are_broken(&ORGANIZATION);
}

#[test]
fn documents_that_break_a_rule_of_tables_have_that_finding() {
    are_broken(&TABLES);
}

/// Exactly the one finding for each rule, over all rules in turn.
fn are_broken(set: &Bundled) {
    let rules = set.rules();
    let mut prepared = Documents::new(&rules);
    let each = documents().div_ceil(rules.rules().len());
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    for rule in rules.rules().iter().map(gouji::ruleset::Rule::name) {
        let strategy = match prepared.breaking(rule) {
            Ok(strategy) => strategy,
            Err(NotGenerated::NoneBreaks(_)) if set.implied.iter().any(|(implied, _)| *implied == rule) => {
                continue;
            }
            Err(error) => panic!("{}: {error}", set.name),
        };
        let along = set.along.iter().find(|(known, _)| *known == rule).map_or(&[][..], |(_, along)| along);
        for _ in 0..each {
            let written = strategy.new_tree(&mut runner).unwrap().current();
            let found = findings(&rules, &written);
            let own: Vec<&str> =
                found.iter().map(String::as_str).filter(|found| !along.contains(found)).collect();
            assert_eq!(own, [rule], "{}: {found:?} in {written:?}", set.name);
        }
    }
}
