//! A rule with a slip in it is told from the rule, by documents that keep the rule and documents that break it.

use gouji::ruleset::Rule;
use gouji::soundness::Witness;
use gouji::testing::Documents;
use gouji::{Checker, Location, RuleSet, Verdict};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::{Bundled, DEPARTMENT, ORGANIZATION, TABLES};

/// Documents of each kind that a mutant is tried on, until one tells it from the rule.
const DOCUMENTS: usize = 16;

/// Slips that no document of these tells, and why.
const ALIKE: &[(&str, &str, &str)] = &[(
    "change_rate",
    "rate(x) == delta(x) / (x@prior ?? x + delta(x))",
    "where a rate is generated, so is the figure of the prior year",
)];

#[test]
fn mutants_of_department_are_caught() {
    are_caught(&DEPARTMENT);
}

#[test]
fn mutants_of_organization_are_caught() {
    are_caught(&ORGANIZATION);
}

#[test]
fn mutants_of_tables_are_caught() {
    are_caught(&TABLES);
}

fn are_caught(set: &Bundled) {
    let rules = set.rules();
    let mut prepared = Documents::new(&rules);
    let mut runner = TestRunner::deterministic();
    let mut draw = |strategy: &dyn Fn(&mut TestRunner) -> Witness| -> Vec<Witness> {
        (0..DOCUMENTS).map(|_| strategy(&mut runner)).collect()
    };
    let (mut tried, mut alive) = (0, Vec::new());
    for rule in rules.rules().iter().filter(|rule| rule.location().source().name().contains(set.name)) {
        let applying = prepared.applying(rule.name()).unwrap();
        let mut documents = draw(&|runner| applying.new_tree(runner).unwrap().current());
        if let Ok(breaking) = prepared.breaking(rule.name()) {
            documents.extend(draw(&|runner| breaking.new_tree(runner).unwrap().current()));
        }
        let known: Vec<(Witness, Vec<Verdict>)> = documents
            .into_iter()
            .map(|written| (written.clone(), verdicts(&rules, rule.name(), &written)))
            .collect();
        for slips in slips(rule) {
            let lives = |slip: &Slip| {
                let mutant = RuleSet::builder().file(set.name, slip.text.as_str()).build().ok()?;
                let is_told = |(written, own): &(Witness, Vec<Verdict>)| {
                    verdicts(&mutant, rule.name(), written) != *own
                };
                Some(!known.iter().any(is_told))
            };
            let lives: Vec<bool> = slips.iter().filter_map(lives).collect();
            tried += lives.len();
            if !lives.is_empty() && lives.iter().all(|lives| *lives) {
                alive.extend(slips.iter().map(|slip| format!("{}: {}", rule.name(), slip.what)));
            }
        }
    }
    assert!(tried > 0, "no mutants of {}", set.name);
    let is_alike =
        |lives: &&String| !ALIKE.iter().any(|(rule, slip, _)| **lives == format!("{rule}: {slip}"));
    let alive: Vec<&String> = alive.iter().filter(is_alike).collect();
    assert!(alive.is_empty(), "{} of {tried} mutants of {} live:\n{alive:#?}", alive.len(), set.name);
}

/// What becomes of a rule in a document, wherever it runs.
fn verdicts(rules: &RuleSet, rule: &str, written: &Witness) -> Vec<Verdict> {
    let report = Checker::new(rules).check(written.document());
    report.outcomes().iter().filter(|outcome| outcome.rule() == rule).map(gouji::Outcome::verdict).collect()
}

/// A rule file with one slip in one rule.
struct Slip {
    what: String,
    text: String,
}

/// A sign flipped, a term dropped, a comparison turned or moved, for each place in a rule where that can be.
///
/// An equality that is loosened to one side comes with the other side: other rules often exclude one of them (the parts are within
/// the whole), so that only one of the two makes a difference.
fn slips(rule: &Rule) -> Vec<Vec<Slip>> {
    let place: Location = rule.location();
    let written = place.text();
    let change = |at: usize, length: usize, with: &str| {
        let slipped = format!("{}{with}{}", &written[..at], &written[at + length..]);
        let source = place.source().text();
        let (start, end) = (place.span().start(), place.span().end());
        let text = format!("{}{slipped}{}", &source[..start], &source[end..]);
        Slip { what: slipped.split_whitespace().collect::<Vec<_>>().join(" "), text }
    };
    let mut slips = Vec::new();
    for (at, word) in words(written) {
        let turned: &[&[&str]] = match word {
            "+" => &[&["-"]],
            "-" => &[&["+"]],
            "==" => &[&["<=", ">="]],
            "!=" => &[&["=="]],
            "<=" => &[&["<"], &[">="]],
            ">=" => &[&[">"], &["<="]],
            ">" => &[&[">="], &["<"]],
            "and" => &[&["or"]],
            "or" => &[&["and"]],
            _ => &[],
        };
        for with in turned {
            slips.push(with.iter().map(|with| change(at, word.len(), with)).collect());
        }
        if let Some(length) = matches!(word, "+" | "-").then(|| term(&written[at + 1..])).flatten() {
            slips.push(vec![change(at, 1 + length, "")]);
        }
    }
    slips
}

/// The words of an expression outside quotation marks, each with its place.
fn words(written: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    let mut is_quoted = false;
    for word in written.split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        if !is_quoted {
            words.push((at, bare));
        }
        is_quoted ^= bare.matches('"').count() % 2 == 1;
        at += word.len();
    }
    words
}

/// How long the term is that stands behind a sign: up to the next operator outside its brackets.
fn term(rest: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, word) in words(rest) {
        let is_end =
            matches!(word, "+" | "-" | "==" | "<=" | ">=" | "<" | ">" | "!=" | "and" | "or" | "within");
        if is_end && depth == 0 {
            return Some(at);
        }
        depth += word.chars().map(|c| i32::from(c == '(') - i32::from(c == ')')).sum::<i32>();
        if depth < 0 {
            return Some(at + word.find(')')?);
        }
    }
    (depth == 0).then_some(rest.len())
}
