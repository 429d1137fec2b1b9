//! Rule files to a rule set: names, kinds and units resolved, before any document is read.
//!
//! In: the syntax trees of one or more rule files. Out: a [`RuleSet`] whose expressions name fields, not text, and the
//! vocabulary that readers recognise labels by; or every error of every file. It never looks at a document.

mod build;
mod bundled;
mod error;
pub(crate) mod expr;
pub(crate) mod field;
mod kinds;
pub(crate) mod names;
mod resolve;
pub(crate) mod vocabulary;

pub use crate::syntax::{Expected, SyntaxError, SyntaxErrorKind};
pub(crate) use build::RESTATED;
pub use build::RuleSetBuilder;
pub use error::{RuleError, RuleErrorKind, RuleSetError};
pub use field::{Field, Kind};

use std::sync::Arc;

use crate::source::{Location, Source};
use expr::Expr;
use field::{FieldId, Section, SectionId};
use names::Names;
use vocabulary::Vocabulary;

/// How much a violation weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// `should`: a written explanation may stand in (核实性审核).
    Warning,
    /// `must`: it has to hold (逻辑性审核).
    Error,
}

impl Severity {
    /// `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// What a document says, and what must hold: one or more rule files, resolved.
///
/// ```
/// let rules = gouji::RuleSet::parse("basic + project == total")?;
/// assert_eq!(rules.rules().len(), 1);
/// # Ok::<(), gouji::RuleSetError>(())
/// ```
#[derive(Clone, Debug)]
pub struct RuleSet {
    name: Option<String>,
    title: Option<String>,
    names: Names,
    rules: Vec<Rule>,
    warnings: Vec<RuleError>,
}

impl RuleSet {
    /// Starts a set of bundled rules, files or both.
    pub fn builder() -> RuleSetBuilder {
        RuleSetBuilder::default()
    }

    /// A set of one text.
    ///
    /// # Errors
    /// Every error of the text, each with its place.
    pub fn parse(text: &str) -> Result<RuleSet, RuleSetError> {
        RuleSet::builder().file("rules", text).build()
    }

    /// The name after `ruleset`, of the first file that has one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The title after `ruleset`.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The rules, in the order of the files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What is probably not meant, though it can be used: `rate == 46.5` for `46.5%`.
    pub fn warnings(&self) -> &[RuleError] {
        &self.warnings
    }

    /// The fields, in the order of the files; in a set that declares none, the names its rules use.
    pub fn fields(&self) -> &[Field] {
        &self.names.fields
    }

    /// Whether the set declares no field, so that every name in its rules is a figure of that name.
    pub fn declares_nothing(&self) -> bool {
        self.names.is_open
    }

    pub(crate) fn field(&self, id: FieldId) -> Option<&Field> {
        self.names.field(id)
    }

    pub(crate) fn field_at(&self, path: &str) -> Option<FieldId> {
        self.names.field_at(path)
    }

    pub(crate) fn section(&self, id: SectionId) -> Option<&Section> {
        self.names.section(id)
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.names.vocabulary
    }
}

/// One thing that must, or should, hold.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(crate) name: String,
    pub(crate) severity: Severity,
    pub(crate) title: Option<String>,
    pub(crate) docs: Vec<String>,
    /// Conditions that all have to be true: that of the `each`, and the rule's own.
    pub(crate) guards: Vec<Expr>,
    pub(crate) body: Expr,
    /// The kind of figures it runs over, for a rule of an `each`.
    pub(crate) each: Option<Kind>,
    pub(crate) source: Arc<Source>,
}

impl Rule {
    /// The qualified name: `expenditure.split`, or `#1` for the first rule without one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `must` or `should`.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The title, for a reader.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The doc comment above it, line by line: its legal basis.
    pub fn legal_basis(&self) -> &[String] {
        &self.docs
    }

    /// Where its condition stands.
    pub fn location(&self) -> Location {
        Location::new(Arc::clone(&self.source), self.body.span)
    }
}
