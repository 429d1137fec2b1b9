//! The tests that rule files carry: a document, and what is to become of rules on it.

use super::{Checker, Outcome, Verdict};
use crate::document::{Document, DocumentError};
use crate::ruleset::{Expectation, TestCase};

/// A rule that came to another verdict than its test expects.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mismatch {
    /// What was expected.
    pub expectation: Expectation,
    /// What came of it, and in what words; `None` where the rule ran over nothing.
    pub found: Option<Outcome>,
}

impl Checker<'_> {
    /// Runs a test of a rule file. No mismatch means that it passes.
    ///
    /// A rule that runs over several rows, amounts or units comes to the worst of its verdicts; that it does not apply
    /// to some of them counts only where it applies to none.
    ///
    /// # Errors
    /// As [`Document::from_json`], with the place in the rule file.
    pub fn test(&self, case: &TestCase) -> Result<Vec<Mismatch>, DocumentError> {
        let document = Document::from_json_within(&case.source, case.document)?;
        let report = self.check(&document);
        let mismatch = |expectation: &Expectation| {
            let outcomes = report.outcomes().iter().filter(|outcome| outcome.rule() == expectation.rule());
            let worst = outcomes.max_by_key(|outcome| weight(outcome.verdict()));
            let is_met = worst.is_some_and(|outcome| outcome.verdict() == expectation.verdict());
            (!is_met).then(|| Mismatch { expectation: expectation.clone(), found: worst.cloned() })
        };
        Ok(case.expects().iter().filter_map(mismatch).collect())
    }
}

fn weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotApplicable => 0,
        other => other.rank().saturating_add(1),
    }
}
