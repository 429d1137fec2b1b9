//! The bundled rule sets: each rule with a document that satisfies it and one that does not.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod department;
mod education;
mod function_table;
mod government;
mod labels;
mod organization;
mod tables;

use std::collections::BTreeSet;

use gouji::{Checker, Document, Lang, RuleSet, Verdict};

/// A rule, what satisfies it, what does not: the sections of a document of 2019 in JSON, figures in 万元.
type Example = (&'static str, &'static str, &'static str);

/// Each bundled set, what it uses, and the examples of the rules that are its own.
const SETS: &[(&str, Option<&str>, &[Example])] = &[
    ("classification", None, &[]),
    ("department", Some("classification"), department::EXAMPLES),
    ("organization", Some("department"), organization::EXAMPLES),
    ("education", Some("department"), education::EXAMPLES),
    ("government", Some("department"), government::EXAMPLES),
    ("tables", Some("department"), tables::EXAMPLES),
];

fn bundled(name: &str) -> RuleSet {
    RuleSet::builder().bundled(name).build().unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The verdicts of one rule on a document, without those where it does not apply.
fn verdicts(rules: &RuleSet, rule: &str, figures: &str) -> Vec<Verdict> {
    let text = format!(r#"{{"year": 2019, "unit": "万元", {figures}}}"#);
    let document =
        Document::from_json("example.json", text).unwrap_or_else(|error| panic!("{rule}: {error}"));
    let report = Checker::new(rules).check(&document);
    let of_rule = report.outcomes().iter().filter(|outcome| outcome.rule() == rule);
    of_rule.map(gouji::Outcome::verdict).filter(|verdict| *verdict != Verdict::NotApplicable).collect()
}

/// The names of the rules of a set that are not of the set it uses.
fn own_rules(name: &str, used: Option<&str>) -> Vec<String> {
    let names = |rules: &RuleSet| -> Vec<String> {
        rules.rules().iter().map(|rule| rule.name().to_owned()).collect()
    };
    let others = used.map(|used| names(&bundled(used))).unwrap_or_default();
    names(&bundled(name)).into_iter().filter(|name| !others.contains(name)).collect()
}

#[test]
fn each_rule_holds_of_its_passing_example_and_not_of_its_failing_one() {
    for (name, _, examples) in SETS {
        let rules = bundled(name);
        for (rule, passing, failing) in *examples {
            let passed = verdicts(&rules, rule, passing);
            assert!(!passed.is_empty(), "{rule} does not apply to {passing}");
            assert!(passed.iter().all(|verdict| *verdict == Verdict::Holds), "{rule}: {passed:?} {passing}");
            // A rule of a table holds of the rows that are right.
            let failed = verdicts(&rules, rule, failing);
            let violated = failed.iter().filter(|verdict| **verdict == Verdict::Violated).count();
            assert_eq!(violated, 1, "{rule}: {failed:?} {failing}");
        }
    }
}

#[test]
fn every_rule_has_its_examples() {
    for (name, used, examples) in SETS {
        let mut own = own_rules(name, *used);
        own.retain(|rule| !examples.iter().any(|(known, ..)| known == rule));
        assert_eq!(own, [""; 0], "{name}");
    }
}

#[test]
fn every_rule_and_every_field_has_its_words() {
    for (name, ..) in SETS {
        let rules = bundled(name);
        let untitled = rules.rules().iter().filter(|rule| {
            let titles = [Lang::Zh, Lang::En].map(|lang| rule.title(lang));
            titles[0].is_none() || titles[0] == titles[1]
        });
        let untitled: Vec<_> = untitled.map(gouji::ruleset::Rule::name).collect();
        assert_eq!(untitled, [""; 0], "{name}");
        let unlabelled: Vec<_> = rules
            .fields()
            .iter()
            .filter(|field| field.labels().is_empty() || field.english().is_none())
            .map(gouji::ruleset::Field::path)
            .collect();
        assert_eq!(unlabelled, [""; 0], "{name}");
    }
}

#[test]
fn the_tests_in_the_files_pass() {
    for (name, ..) in SETS {
        let rules = bundled(name);
        let mut expected = Vec::new();
        for case in rules.tests() {
            let mismatches = Checker::new(&rules).test(case).unwrap();
            assert!(mismatches.is_empty(), "{name}: {mismatches:?}");
            expected.extend(case.expects().iter().map(gouji::ruleset::Expectation::verdict));
        }
        assert!(expected.contains(&Verdict::Holds) && expected.contains(&Verdict::Violated), "{name}");
    }
}

/// The rules of a set, without those that no test in its own file expects to come to the verdict.
fn not_expected(name: &str, used: Option<&str>, verdict: Verdict) -> Vec<String> {
    let rules = bundled(name);
    let file = format!("rules/{name}.rules");
    let cases = rules.tests().iter().filter(|case| case.document().source().name() == file);
    let expects = cases.flat_map(gouji::ruleset::TestCase::expects);
    let of_verdict = expects.filter(|expectation| expectation.verdict() == verdict);
    let expected: BTreeSet<&str> = of_verdict.map(gouji::ruleset::Expectation::rule).collect();
    let declared = rules.rules().iter().filter(|rule| rule.location().source().name() == file);
    let mut names: Vec<String> = declared.map(|rule| rule.name().to_owned()).collect();
    assert_eq!(names, own_rules(name, used), "{file}");
    names.retain(|rule| !expected.contains(rule.as_str()));
    names
}

#[test]
fn each_file_tests_that_each_of_its_rules_can_hold_and_can_be_violated() {
    let mut missing = Vec::new();
    for (name, used, _) in SETS {
        for verdict in [Verdict::Holds, Verdict::Violated] {
            let rules = not_expected(name, *used, verdict);
            missing.extend(rules.into_iter().map(|rule| (*name, verdict, rule)));
        }
    }
    assert_eq!(missing, []);
}

#[test]
fn the_files_are_laid_out_as_the_formatter_does() {
    for (name, ..) in SETS {
        let path = format!("{}/rules/{name}.rules", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(gouji::ruleset::format(name, &text).unwrap(), text, "{path}");
    }
}
