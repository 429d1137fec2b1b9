//! Rule files to a rule set: names, kinds and units resolved, before any document is read.
//!
//! In: the syntax trees of one or more rule files. Out: a [`RuleSet`] whose expressions name fields, not text, and the
//! vocabulary that readers recognise labels by; or every error of every file. It never looks at a document.

mod build;
mod bundled;
mod error;
pub(crate) mod expr;
pub(crate) mod field;
mod format;
mod kinds;
mod listing;
mod load;
mod look_alike;
pub(crate) mod names;
mod refer;
mod resolve;
pub(crate) mod vocabulary;
mod waiver;
mod whole;

pub use crate::syntax::{Expected, SyntaxError, SyntaxErrorKind};
pub(crate) use build::RESTATED;
pub use build::RuleSetBuilder;
pub use error::{RuleError, RuleErrorKind, RuleSetError};
pub use field::{Field, Kind};
pub use format::{FormatError, format};
pub(crate) use waiver::WaivedFigure;
pub use waiver::{Expectation, TestCase, Waiver};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Lang;
use crate::fold::fold_label;
use crate::source::{Location, Source, Span};
use expr::{Expr, ExprKind};
use field::{FieldId, ListRef, Section, SectionId, Title};
use names::Names;
use vocabulary::{TableWords, Vocabulary};

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
    title: Title,
    names: Names,
    rules: Vec<Rule>,
    waivers: Vec<Waiver>,
    tests: Vec<TestCase>,
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

    /// The name after `ruleset`, of the first file given that has one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The title after `ruleset`; in Chinese where there is no English one.
    pub fn title(&self, lang: Lang) -> Option<&str> {
        self.title.take(lang)
    }

    /// The rules, in the order of the files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of a name: `expenditure.split`, or `split` where only one rule has that name.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        let own = |rule: &&Rule| rule.name.rsplit_once('.').is_some_and(|(_, own)| own == name);
        self.rules.iter().find(|rule| rule.name == name).or_else(|| {
            let mut found = self.rules.iter().filter(own);
            found.next().filter(|_| found.next().is_none())
        })
    }

    /// The qualified names of the rules that a name may have been meant for: those of that own name, else the nearest.
    pub fn rules_like(&self, name: &str) -> Vec<String> {
        let all = || self.rules.iter().map(Rule::name);
        let own: Vec<String> = all()
            .filter(|known| known.rsplit_once('.').is_some_and(|(_, own)| own == name))
            .map(str::to_owned)
            .collect();
        if own.is_empty() { names::nearest_of(name, all()).into_iter().collect() } else { own }
    }

    /// What a rule runs over one by one: figures of a kind (`money`), or the rows of a table by name.
    pub fn runs_over(&self, rule: &Rule) -> Option<String> {
        let table = || Some(format!("{}[…]", self.section(rule.table?)?.name));
        rule.each.as_deref().map(Kind::to_string).or_else(table)
    }

    /// The fields that a rule's condition speaks of, in its order, each once.
    pub fn fields_of<'s>(&'s self, rule: &Rule) -> impl Iterator<Item = &'s Field> {
        let mut fields: Vec<FieldId> = Vec::new();
        rule.body.walk(&mut |expr| {
            let figure = match &expr.kind {
                ExprKind::Figure(figure) | ExprKind::Stated(figure) => figure,
                ExprKind::List(list) => match list.as_ref() {
                    ListRef::Parts { whole: figure, .. } | ListRef::Column { cell: figure, .. } => figure,
                },
                _ => return,
            };
            fields.extend(figure.target.field().filter(|field| !fields.contains(field)));
        });
        fields.into_iter().filter_map(|field| self.field(field))
    }

    /// What is waived, in the order of the files.
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// The tests in its files.
    pub fn tests(&self) -> &[TestCase] {
        &self.tests
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

    /// The labels of columns, which are known in their table only.
    pub(crate) fn columns(&self) -> &Vocabulary {
        &self.names.columns
    }

    /// The sections and tables, in the order of the files.
    pub(crate) fn sections(&self) -> &[Section] {
        &self.names.sections
    }

    /// The words that the tables go by.
    pub(crate) fn table_words(&self) -> Vec<TableWords> {
        let mut tables: BTreeMap<SectionId, TableWords> = BTreeMap::new();
        for (position, field) in self.fields().iter().enumerate() {
            let Some(id) = self.table_of(FieldId::from_index(position)) else { continue };
            let table = tables.entry(id).or_default();
            let is_words = field.kind.as_ref().is_some_and(Kind::is_words);
            table.headings.extend(field.labels().iter().map(|label| (fold_label(label), is_words)));
        }
        for (id, table) in &mut tables {
            let titles = self.section(*id).into_iter().flat_map(Section::titles);
            table.titles = titles.map(fold_label).collect();
        }
        tables.into_values().collect()
    }

    /// The table that a field is a column of.
    pub(crate) fn table_of(&self, field: FieldId) -> Option<SectionId> {
        self.names.table_of(field)
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.names.vocabulary
    }
}

/// One thing that must, or should, hold.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(crate) name: String,
    /// Where the name is written.
    pub(crate) name_span: Option<Span>,
    pub(crate) severity: Severity,
    pub(crate) title: Title,
    pub(crate) docs: Vec<String>,
    /// Conditions that all have to be true: that of the `each`, and the rule's own.
    pub(crate) guards: Vec<Expr>,
    pub(crate) body: Expr,
    /// The kind of figures it runs over, for a rule of an `each`.
    pub(crate) each: Option<Box<Kind>>,
    /// The table for each of whose rows it runs.
    pub(crate) table: Option<SectionId>,
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

    /// The title, for a reader; in Chinese where there is no English one.
    pub fn title(&self, lang: Lang) -> Option<&str> {
        self.title.take(lang)
    }

    /// The doc comment above it, line by line: its legal basis.
    pub fn legal_basis(&self) -> &[String] {
        &self.docs
    }

    /// Where its condition stands.
    pub fn location(&self) -> Location {
        Location::new(Arc::clone(&self.source), self.body.span)
    }

    /// Its conditions as written: that of its `each`, and its own.
    pub fn guards(&self) -> impl Iterator<Item = Location> + '_ {
        self.guards.iter().map(|guard| Location::new(Arc::clone(&self.source), guard.span))
    }
}
