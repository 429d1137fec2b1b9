//! An analysis as lines to compare with what was worked out by hand.

use gouji::soundness::{Answer, Certificate, Consistency, Unknown, analyse};
use gouji::{Checker, RuleSet, Severity, Verdict};

use super::laws::{certificates, witnesses};

/// The answer for the set, for each rule, and the bounds: one line each. Every certificate is verified and every witness
/// checked on the way.
pub(crate) fn said(text: &str) -> Vec<String> {
    let rules = RuleSet::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let analysis = analyse(&rules);
    for certificate in certificates(&analysis) {
        assert!(certificate.verify(), "{certificate:?}");
    }
    for witness in witnesses(&analysis) {
        let again = gouji::Document::from_json("witness.json", witness.json()).unwrap();
        assert_eq!(again.statements(), witness.document().statements());
    }
    let by = |certificates: &[Certificate]| {
        let sets: Vec<String> =
            certificates.iter().map(|certificate| certificate.rules().join(" ")).collect();
        sets.join(" / ")
    };
    let mut lines = vec![match analysis.consistency() {
        Consistency::Consistent(witness) => {
            let report = Checker::new(&rules).check(witness.document());
            let is_broken = |outcome: &gouji::Outcome| {
                outcome.severity() == Severity::Error && outcome.verdict() == Verdict::Violated
            };
            assert!(!report.outcomes().iter().any(is_broken), "{}", witness.json());
            "consistent".to_owned()
        }
        Consistency::Contradictory(sets) => format!("contradictory: {}", by(sets)),
        Consistency::Unknown(reason) => format!("unknown: {}", why(*reason)),
        other => format!("{other:?}"),
    }];
    for (rule, answer) in rules.rules().iter().zip(analysis.rules()) {
        assert_eq!((rule.name(), rule.severity()), (answer.rule(), answer.severity()));
        assert_eq!(rule.location(), *answer.location());
        let what = match answer.answer() {
            Answer::Falsifiable(witness) => {
                let report = Checker::new(&rules).check(witness.document());
                for outcome in report.outcomes().iter().filter(|outcome| outcome.rule() != rule.name()) {
                    let is_other =
                        rule.severity() == Severity::Warning || outcome.severity() == Severity::Error;
                    let is_broken = is_other && outcome.verdict() == Verdict::Violated;
                    assert!(!is_broken, "{} breaks {}: {}", rule.name(), outcome.rule(), witness.json());
                }
                let mut own = report.outcomes().iter().filter(|outcome| outcome.rule() == rule.name());
                assert!(own.any(|outcome| outcome.verdict() == Verdict::Violated), "{}", witness.json());
                "falsifiable".to_owned()
            }
            Answer::Implied(certificates) => format!("implied by {}", by(certificates)),
            Answer::Vacuous(certificates) => format!("vacuous by {}", by(certificates)),
            Answer::Unknown(reason) => format!("unknown: {}", why(*reason)),
            other => format!("{other:?}"),
        };
        lines.push(format!("{}: {}", rule.name(), what.trim_end()));
    }
    lines.extend(analysis.bounds().iter().map(|bounds| {
        let end = |end: Option<&gouji::soundness::End>, open: &str, closed: &str| match end {
            None => "..".to_owned(),
            Some(end) if end.is_attained() => closed.replace('_', &end.value().to_string()),
            Some(end) => open.replace('_', &end.value().to_string()),
        };
        let ends = (end(bounds.low(), "(_", "[_"), end(bounds.high(), "_)", "_]"));
        match bounds.fixed() {
            Some(value) => format!("{} = {value}", bounds.figure()),
            None => format!("{} in {}, {}", bounds.figure(), ends.0, ends.1),
        }
    }));
    lines
}

fn why(reason: Unknown) -> String {
    match reason {
        Unknown::Outside(outside) => format!("{outside:?}").to_lowercase(),
        Unknown::Contradiction => "contradiction".to_owned(),
        Unknown::Limit => "limit".to_owned(),
        Unknown::NoWitness => "no witness".to_owned(),
        other => format!("{other:?}"),
    }
}
