//! What became of one rule, with the figures it rests on.

use super::bind::Binding;
use super::{Reason, Verdict};
use crate::document::{RowId, StatementId};
use crate::quantity::{Amount, Rational, Unit};
use crate::ruleset::field::{FieldId, Title};
use crate::ruleset::{Rule, Severity};
use crate::source::{Location, Place};
use crate::{Document, Lang};

/// One comparison in figures, all in one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub(super) equation: String,
    pub(super) stated: Rational,
    pub(super) expected: Rational,
    pub(super) difference: Rational,
    pub(super) slack: Option<Rational>,
    pub(super) has_tolerance: bool,
    pub(super) unit: Unit,
    pub(super) decimals: u32,
    pub(super) stated_figure: Option<StatementId>,
}

impl Compared {
    /// The comparison with its numbers: `54.08 + 42.80 + 58.34 = 155.22 ≠ 155.17`.
    pub fn equation(&self) -> &str {
        &self.equation
    }

    /// The side that is a single figure, in [`Compared::unit`].
    pub fn stated(&self) -> Rational {
        self.stated
    }

    /// The other side.
    pub fn expected(&self) -> Rational {
        self.expected
    }

    /// Stated less expected, signed.
    pub fn difference(&self) -> Rational {
        self.difference
    }

    /// How large a difference rounding can explain, or the rule's tolerance where it has one.
    pub fn slack(&self) -> Option<Rational> {
        self.slack
    }

    /// Whether the rule has a tolerance, which takes the place of the rounding allowance.
    pub fn has_tolerance(&self) -> bool {
        self.has_tolerance
    }

    /// The unit of all four.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// A value of this comparison that some decimal equals: with the decimals of the figures, or more.
    pub fn print_exact(&self, value: Rational) -> String {
        let exact = value.printed(18);
        let decimals = exact.text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        value.padded(u32::try_from(decimals).unwrap_or(u32::MAX).max(self.decimals))
    }

    /// A value of this comparison as its figures are printed: so many decimals, more where it needs them.
    pub fn print(&self, value: Rational) -> String {
        value.padded(self.decimals)
    }
}

/// A figure that an outcome rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub(super) statement: StatementId,
    pub(super) field: Option<String>,
    pub(super) label: String,
    pub(super) value: Amount,
    pub(super) unit: Unit,
    pub(super) location: Location,
    pub(super) is_stated: bool,
}

impl Evidence {
    /// The field that claims it.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// What a reader calls it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The value as printed, in [`Evidence::unit`].
    pub fn value(&self) -> Amount {
        self.value
    }

    /// The unit as printed.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Where it stands.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Whether it is the stated side of the comparison, and not one of the figures it is checked against.
    pub fn is_stated(&self) -> bool {
        self.is_stated
    }
}

/// Why a rule came to no comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A guard is false.
    Guard,
    Missing(Vec<String>),
    Undecidable(Reason),
}

impl Cause {
    pub(super) fn verdict(&self) -> Verdict {
        match self {
            Cause::Guard | Cause::Missing(_) => Verdict::NotApplicable,
            Cause::Undecidable(_) => Verdict::Undecidable,
        }
    }
}

/// What became of one rule, over one of the things it runs over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub(super) rule: String,
    pub(super) severity: Severity,
    pub(super) title: Title,
    pub(super) legal_basis: Vec<String>,
    pub(super) is_each: bool,
    pub(super) rule_location: Option<Location>,
    pub(super) verdict: Verdict,
    pub(super) cause: Option<Cause>,
    pub(super) compared: Option<Compared>,
    /// What is left of the comparison less what is right of it, and how much that grows with each figure.
    pub(super) balance: Option<Balance>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) subject: Option<About>,
    pub(super) scope: Vec<String>,
    pub(super) row: Option<InRow>,
    /// The blank cells that were read as zero.
    pub(super) blanks: Vec<Location>,
    /// Why its finding is waived.
    pub(super) waived: Option<String>,
    pub(super) folded_into: Option<String>,
    pub(super) folded: Vec<Folded>,
}

/// What an equation lacks, counted in 万元 or as a plain number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Balance {
    pub(super) gap: Rational,
    pub(super) slack: Rational,
    pub(super) weights: Vec<(StatementId, Rational)>,
}

impl Balance {
    /// By how much a figure is too large, if it alone is wrong, and how far rounding lets that be told.
    pub(super) fn excess(&self, figure: StatementId) -> Option<(Rational, Rational)> {
        let (_, weight) = self.weights.iter().find(|(id, _)| *id == figure)?;
        Some((self.gap.div(*weight)?, self.slack.div(*weight)?.abs()?))
    }
}

/// The figure that a rule of an `each` ran over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct About {
    pub(super) label: String,
    /// The field that claims it.
    pub(super) field: Option<String>,
}

/// The row of a table that a rule ran over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InRow {
    /// Its code and its name.
    pub(super) label: String,
    /// The column of the stated figure.
    pub(super) column: Option<String>,
}

/// A violated rule that is part of another's finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    pub(super) rule: String,
    pub(super) title: Title,
    pub(super) row: Option<String>,
}

impl Folded {
    /// The rule's qualified name.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// What a reader calls it: its title, or its name.
    pub fn title(&self, lang: Lang) -> &str {
        self.title.take(lang).unwrap_or(&self.rule)
    }

    /// The row it is about, by code and name.
    pub fn row(&self) -> Option<&str> {
        self.row.as_deref()
    }
}

impl Outcome {
    /// An outcome that nothing more is said of yet.
    pub(super) fn new(rule: impl Into<String>, severity: Severity, verdict: Verdict) -> Outcome {
        Outcome {
            rule: rule.into(),
            severity,
            title: Title::default(),
            legal_basis: Vec::new(),
            is_each: false,
            rule_location: None,
            verdict,
            cause: None,
            compared: None,
            balance: None,
            evidence: Vec::new(),
            subject: None,
            scope: Vec::new(),
            row: None,
            blanks: Vec::new(),
            waived: None,
            folded_into: None,
            folded: Vec::new(),
        }
    }

    pub(super) fn of_rule(rule: &Rule, verdict: Verdict) -> Outcome {
        Outcome {
            title: rule.title.clone(),
            legal_basis: rule.legal_basis().to_vec(),
            is_each: rule.each.is_some(),
            rule_location: Some(rule.location()),
            ..Outcome::new(rule.name(), rule.severity(), verdict)
        }
    }

    pub(super) fn about(mut self, subject: Option<About>, scope: Vec<String>) -> Outcome {
        (self.subject, self.scope) = (subject, scope);
        self
    }

    pub(super) fn because(mut self, cause: Option<Cause>) -> Outcome {
        self.cause = cause;
        self
    }

    pub(super) fn comparing(mut self, compared: Option<Compared>) -> Outcome {
        self.compared = compared;
        self
    }

    pub(super) fn weighing(mut self, balance: Option<Balance>) -> Outcome {
        self.balance = balance;
        self
    }

    pub(super) fn seeing(
        mut self,
        binding: &Binding<'_>,
        used: &[StatementId],
        zeros: &[(RowId, FieldId)],
    ) -> Outcome {
        let stated = self.compared.as_ref().and_then(|compared| compared.stated_figure);
        self.evidence = used.iter().filter_map(|id| evidence(binding, *id, stated == Some(*id))).collect();
        self.blanks = zeros.iter().filter_map(|(row, column)| binding.cell_location(*row, *column)).collect();
        self
    }

    pub(super) fn in_row(mut self, binding: &Binding<'_>, row: RowId) -> Outcome {
        let stated = self.compared.as_ref().and_then(|compared| compared.stated_figure);
        let column = stated.and_then(|id| binding.field_of(id)).map(|field| field.label().to_owned());
        self.row = Some(InRow { label: binding.row_label(row), column });
        self
    }

    /// The rule's qualified name; `restated` for the built-in check of figures stated more than once.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// How much a violation of it weighs.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The rule's title; in Chinese where there is no English one.
    pub fn title(&self, lang: Lang) -> Option<&str> {
        self.title.take(lang)
    }

    /// The rule's legal basis, line by line.
    pub fn legal_basis(&self) -> &[String] {
        &self.legal_basis
    }

    /// Where the rule's condition stands; `None` for a built-in check.
    pub fn rule_location(&self) -> Option<&Location> {
        self.rule_location.as_ref()
    }

    /// What became of it.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// What was compared, where it came to that.
    pub fn compared(&self) -> Option<&Compared> {
        self.compared.as_ref()
    }

    /// The figures it rests on, in the order of the rule.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// Where its figures stand.
    pub fn places(&self) -> impl Iterator<Item = &Location> {
        self.evidence.iter().map(Evidence::location)
    }

    /// The figure that a rule of an `each` ran over.
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_ref().map(|about| about.label.as_str())
    }

    /// The row of a table that it is about, by code and name.
    pub fn row(&self) -> Option<&str> {
        self.row.as_ref().map(|row| row.label.as_str())
    }

    /// The column of the stated figure, where it is about a row.
    pub fn column(&self) -> Option<&str> {
        self.row.as_ref()?.column.as_deref()
    }

    /// The blank cells that it read as zero, or their rows where a row has no such cell.
    pub fn blanks(&self) -> &[Location] {
        &self.blanks
    }

    /// Why it is no finding though it is violated: the reason of the waiver.
    pub fn waived(&self) -> Option<&str> {
        self.waived.as_deref()
    }

    /// Whether it is a finding: violated, not waived, and not part of another's.
    pub fn is_finding(&self) -> bool {
        self.verdict == Verdict::Violated && self.waived.is_none() && self.folded_into.is_none()
    }

    /// The unit, fund or row it is about; empty for the department as a whole.
    pub fn scope(&self) -> &[String] {
        &self.scope
    }

    /// What is not stated, where that made the rule not applicable.
    pub fn missing(&self) -> &[String] {
        match &self.cause {
            Some(Cause::Missing(what)) => what,
            _ => &[],
        }
    }

    /// Why it could not be decided.
    pub fn reason(&self) -> Option<Reason> {
        match &self.cause {
            Some(Cause::Undecidable(reason)) => Some(*reason),
            _ => None,
        }
    }

    /// The rule whose finding this one is part of: one mistake is one finding.
    pub fn folded_into(&self) -> Option<&str> {
        self.folded_into.as_deref()
    }

    /// The rules that are folded into this finding.
    pub fn folded(&self) -> &[Folded] {
        &self.folded
    }

    /// What was found, in one line.
    pub fn message(&self, lang: Lang) -> String {
        let pick = |zh: String, en: String| match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        match (&self.cause, &self.compared) {
            (Some(Cause::Guard), _) => {
                pick("规则的条件不满足".into(), "the rule's condition is not met".into())
            }
            (Some(Cause::Missing(what)), _) => {
                pick(format!("文件中没有：{}", what.join("、")), format!("not stated: {}", what.join(", ")))
            }
            (Some(Cause::Undecidable(reason)), _) => pick(
                format!("无法判断：{}", reason.message(lang)),
                format!("cannot be decided: {}", reason.message(lang)),
            ),
            (None, None) => match self.verdict {
                Verdict::Violated => pick("规则不成立".into(), "the rule does not hold".into()),
                _ => pick("规则成立".into(), "the rule holds".into()),
            },
            (None, Some(compared)) if compared.difference.is_zero() => compared.equation.clone(),
            (None, Some(compared)) => {
                let size = compared.difference.abs().map_or_else(String::new, |size| compared.print(size));
                let unit = match compared.unit.as_str() {
                    "" => String::new(),
                    "%" => "%".to_owned(),
                    unit => format!(" {unit}"),
                };
                let equation = &compared.equation;
                pick(format!("{equation}，差 {size}{unit}"), format!("{equation}, difference {size}{unit}"))
            }
        }
    }
}

pub(super) fn evidence(binding: &Binding<'_>, id: StatementId, is_stated: bool) -> Option<Evidence> {
    let statement = binding.document.statement(id)?;
    let field = binding.field_of(id);
    Some(Evidence {
        statement: id,
        field: field.map(|field| field.path().to_owned()),
        label: field.map_or_else(|| statement.label.clone(), |field| field.label().to_owned()),
        value: binding.quantity(id)?.amount(),
        unit: binding.quantity(id)?.unit().clone(),
        location: locate(binding.document, &statement.place)?,
        is_stated,
    })
}

pub(crate) fn locate(document: &Document, place: &Place) -> Option<Location> {
    let (source, _) = place.in_text();
    Some(Location::of(place, document.source(source)?.clone()))
}
