//! Everything a check found in one document.

use super::Verdict;
use super::bind::Binding;
use super::outcome::{Outcome, locate};
use crate::document::{Basis, Context, Facet, PrintedAs, StatementId};
use crate::quantity::{Amount, Unit};
use crate::ruleset::{Field, Kind, Waiver};
use crate::source::{Encoding, Location};

/// A figure of the document as the check understood it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatedFigure {
    /// The field that claims it; `None` for an unclaimed figure.
    pub field: Option<String>,
    /// The first label of its field, or the words printed where no field claims it.
    pub label: String,
    /// The words printed.
    pub label_text: String,
    /// Amount, change, rate, share or completion.
    pub facet: Facet,
    /// The calendar year it is of, where known.
    pub period: Option<i32>,
    /// Budget or actual.
    pub basis: Basis,
    /// The label of what it is a part of.
    pub parent: Option<String>,
    /// The unit, fund or row it speaks of.
    pub scope: Vec<String>,
    /// The value, signed, in `unit`.
    pub value: Amount,
    /// The unit as printed.
    pub unit: Unit,
    /// In digits, or in which words.
    pub printed_as: PrintedAs,
    /// The prose, or which table.
    pub context: Context,
    /// Where it stands.
    pub location: Location,
    /// Whether any rule that came to a verdict rests on it.
    pub is_checked: bool,
}

/// How many outcomes of each verdict there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Rules that hold as printed.
    pub holds: usize,
    /// Rules that hold within rounding.
    pub within_rounding: usize,
    /// Findings: violated rules that are not folded into another.
    pub violated: usize,
    /// Violated rules that are folded into a finding.
    pub folded: usize,
    /// Rules whose guard is false or whose figures are not stated.
    pub not_applicable: usize,
    /// Rules that could not be decided.
    pub undecidable: usize,
    /// Findings that a waiver explains.
    pub waived: usize,
}

/// Everything a check found in one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    document: String,
    department: Option<String>,
    year: Option<i32>,
    encoding: Encoding,
    outcomes: Vec<Outcome>,
    figures: Vec<StatedFigure>,
    unread: Vec<Location>,
    blanks: Vec<Location>,
    idle_waivers: Vec<Waiver>,
    summary: Summary,
}

impl Report {
    pub(super) fn new(binding: &Binding<'_>, outcomes: Vec<Outcome>, idle_waivers: Vec<Waiver>) -> Report {
        let document = binding.document;
        let mut checked: Vec<bool> = vec![false; document.statements().len()];
        for outcome in outcomes.iter().filter(|outcome| outcome.cause.is_none()) {
            for evidence in &outcome.evidence {
                if let Some(mark) = checked.get_mut(evidence.statement.index()) {
                    *mark = true;
                }
            }
        }
        let figures = checked.into_iter().enumerate().filter_map(|(position, is_checked)| {
            let id = StatementId::from_index(position);
            // A code is printed in digits, and is no figure.
            let is_words = binding.field_of(id).and_then(Field::kind).is_some_and(Kind::is_words);
            if is_words || !binding.is_own(id) { None } else { figure(binding, id, is_checked) }
        });
        let mut unread: Vec<Location> =
            document.unread().iter().filter_map(|place| locate(document, place)).collect();
        unread.extend(binding.unread_cells().filter_map(|cell| locate(document, &cell.place)));
        let mut blanks: Vec<Location> = outcomes.iter().flat_map(Outcome::blanks).cloned().collect();
        blanks.sort_by(|one, other| {
            (one.source().name(), one.span()).cmp(&(other.source().name(), other.span()))
        });
        blanks.dedup();
        Report {
            document: document.name().to_owned(),
            department: document.department().map(str::to_owned),
            year: document.year(),
            encoding: document.sources().first().map(|source| source.encoding()).unwrap_or_default(),
            figures: figures.collect(),
            unread,
            blanks,
            idle_waivers,
            summary: summary(&outcomes),
            outcomes,
        }
    }

    /// The document's name.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// What the document's file was decoded from.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The department, where the document names it.
    pub fn department(&self) -> Option<&str> {
        self.department.as_deref()
    }

    /// The year the document is about.
    pub fn year(&self) -> Option<i32> {
        self.year
    }

    /// One outcome for every rule and everything it runs over: findings first, the gravest before the rest.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// The violated rules, each mistake once, the gravest first.
    pub fn findings(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| outcome.is_finding())
    }

    /// The violated rules that a waiver explains.
    pub fn waived(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| outcome.waived.is_some())
    }

    /// The waivers of the rule set that waive nothing here.
    pub fn idle_waivers(&self) -> &[Waiver] {
        &self.idle_waivers
    }

    /// The blank cells that a rule read as zero, since their table says so.
    pub fn blanks(&self) -> &[Location] {
        &self.blanks
    }

    /// Every figure of the document, in the order of the text.
    pub fn figures(&self) -> &[StatedFigure] {
        &self.figures
    }

    /// The figures that no field claims.
    pub fn unclaimed(&self) -> impl Iterator<Item = &StatedFigure> {
        self.figures.iter().filter(|figure| figure.field.is_none())
    }

    /// The figures that no rule touches.
    pub fn unchecked(&self) -> impl Iterator<Item = &StatedFigure> {
        self.figures.iter().filter(|figure| !figure.is_checked)
    }

    /// The amounts of the document that could not be read.
    pub fn unread(&self) -> &[Location] {
        &self.unread
    }

    /// How many outcomes of each verdict there are.
    pub fn summary(&self) -> Summary {
        self.summary
    }
}

fn figure(binding: &Binding<'_>, id: StatementId, is_checked: bool) -> Option<StatedFigure> {
    let document = binding.document;
    let statement = document.statement(id)?;
    let field = binding.field_of(id);
    Some(StatedFigure {
        field: field.map(|field| field.path().to_owned()),
        label: field.map_or_else(|| statement.label.clone(), |field| field.label().to_owned()),
        label_text: statement.label.clone(),
        facet: statement.facet,
        period: document.calendar_year(statement.period),
        basis: binding.basis(id),
        parent: statement.parent.as_ref().map(|parent| {
            let whole = parent.statement.and_then(|whole| binding.field_of(whole));
            whole.map_or_else(|| parent.label.clone(), |whole| whole.label().to_owned())
        }),
        scope: statement.scope.clone(),
        value: binding.quantity(id)?.amount(),
        unit: binding.quantity(id)?.unit().clone(),
        printed_as: statement.printed_as,
        context: statement.context,
        location: locate(document, &statement.place)?,
        is_checked,
    })
}

fn summary(outcomes: &[Outcome]) -> Summary {
    let mut summary = Summary::default();
    for outcome in outcomes {
        let count = match (outcome.verdict, &outcome.folded_into) {
            (Verdict::Violated, _) if outcome.waived.is_some() => &mut summary.waived,
            (Verdict::Holds, _) => &mut summary.holds,
            (Verdict::WithinRounding, _) => &mut summary.within_rounding,
            (Verdict::Violated, None) => &mut summary.violated,
            (Verdict::Violated, Some(_)) => &mut summary.folded,
            (Verdict::NotApplicable, _) => &mut summary.not_applicable,
            (Verdict::Undecidable, _) => &mut summary.undecidable,
        };
        *count = count.saturating_add(1);
    }
    summary
}
