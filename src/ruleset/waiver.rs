//! What a rule file says of rules: those it waives, and the tests of its own.

use std::sync::Arc;

use crate::check::Verdict;
use crate::source::{Location, Source, Span};

/// `waive change_rate for 公务接待费 because "…"`: a finding that its owner has explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    pub(crate) rule: String,
    pub(crate) figure: Option<WaivedFigure>,
    pub(crate) because: String,
    pub(crate) location: Location,
}

/// The one figure that a rule is waived for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WaivedFigure {
    /// A field by its qualified name; several where they share the label.
    Fields(Vec<String>),
    /// A label that no field has, folded.
    Label(String),
}

impl Waiver {
    /// The qualified name of the rule.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// Why its findings are waived.
    pub fn because(&self) -> &str {
        &self.because
    }

    /// Where it is written: from `waive` to its reason.
    pub fn location(&self) -> &Location {
        &self.location
    }
}

/// `test "…" { … } expect violated split`: a document, and what becomes of rules on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestCase {
    pub(crate) title: String,
    pub(crate) document: Span,
    pub(crate) expects: Vec<Expectation>,
    pub(crate) source: Arc<Source>,
}

impl TestCase {
    /// What it is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The document, in JSON.
    pub fn document(&self) -> Location {
        Location::new(Arc::clone(&self.source), self.document)
    }

    /// What is expected.
    pub fn expects(&self) -> &[Expectation] {
        &self.expects
    }
}

/// A rule and the verdict that a test expects of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    pub(crate) rule: String,
    pub(crate) verdict: Verdict,
    pub(crate) location: Location,
}

impl Expectation {
    /// The qualified name of the rule.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The verdict expected.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Where the rule is named.
    pub fn location(&self) -> &Location {
        &self.location
    }
}
