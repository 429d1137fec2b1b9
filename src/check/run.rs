//! Each rule over everything it runs over: amounts, units, breakdowns, and the readings of restated figures.

use std::collections::{HashMap, HashSet};

use super::bind::{Binding, Identity, Owner, Subject};
use super::equation::Equation;
use super::evaluate::{Evaluator, List, Reading, Shown, Standing};
use super::logic::Truth;
use super::outcome::{About, Balance, Cause, Outcome};
use super::precision::Places;
use super::table::Twins;
use super::value::Answer;
use super::{Reason, Verdict};
use crate::document::{Basis, Context, Facet, Period, RowId, StatementId};
use crate::limits;
use crate::quantity::{Rational, Unit};
use crate::ruleset::expr::{Comparison, Expr};
use crate::ruleset::field::{Against, FacetRef, FieldId, FigureRef, ListRef, Rows, Target};
use crate::ruleset::{Field, Kind, Rule};
use crate::source::Span;

/// The outcomes of all rules, in the order of the rules and of the text.
pub(super) fn rules<'a>(binding: &Binding<'a>, places: &Places) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for rule in binding.rules.rules() {
        let run = Run { binding, places, rule, subject: None, scope: &[], row: None };
        match (&rule.each, rule.table) {
            (Some(kind), _) => {
                let subjects = binding.subjects().iter().filter(|subject| runs_over(binding, subject, kind));
                for subject in subjects {
                    outcomes.extend(Run { subject: Some(subject), scope: &subject.scope, ..run }.run());
                }
            }
            (None, Some(table)) => {
                let rows = binding.tables.rows(table);
                if rows.len().saturating_mul(cells_of_lists(binding, rule)) > limits::LIST_CELLS {
                    outcomes.push(run.undecidable(Reason::TooManyCells));
                    continue;
                }
                for id in rows {
                    let scope = binding.row(*id).map_or(&[][..], |row| row.scope.as_slice());
                    outcomes.extend(Run { scope, row: Some(*id), ..run }.run());
                }
                if rows.is_empty() {
                    // The table is not in the document.
                    outcomes.extend(run.run());
                }
            }
            (None, None) => {
                for scope in scopes(binding, rule) {
                    let found = Run { scope: &scope, ..run }.run();
                    // A rule is counted once for the whole document, and once more for each unit or fund that
                    // states its figures.
                    let applies = |outcome: &Outcome| outcome.verdict() != Verdict::NotApplicable;
                    outcomes.extend(found.into_iter().filter(|outcome| scope.is_empty() || applies(outcome)));
                }
            }
        }
    }
    outcomes
}

/// Whether an `each` of a kind runs over a figure: its amount is stated for the document's own year, and not in a row of a table.
fn runs_over(binding: &Binding<'_>, subject: &Subject, kind: &Kind) -> bool {
    if matches!(&subject.owner, Owner::Words { label, .. } if label.is_empty()) {
        // Figures without a name are not one figure.
        return false;
    }
    let own = binding.own_period(subject);
    let basis = binding.own_basis(Some(&subject.owner));
    binding.statements_of(subject).iter().any(|id| {
        binding.document.statement(*id).is_some_and(|statement| {
            statement.facet == Facet::Amount
                && statement.period == own
                && binding.basis(*id) == basis
                // What a table has of a thing is that thing's figure; what it has in a row is a cell.
                && (statement.context == Context::Prose || statement.scope.is_empty())
                && match binding.field(&subject.owner).and_then(|field| field.kind()) {
                    Some(declared) => same_kind(declared, kind),
                    None => unit_is_of(statement.quantity.unit(), kind),
                }
        })
    })
}

fn same_kind(declared: &Kind, kind: &Kind) -> bool {
    match (declared, kind) {
        // `each count x` runs over all counts.
        (Kind::Count(_), Kind::Count(counter)) if counter.is_empty() => true,
        _ => declared == kind,
    }
}

fn unit_is_of(unit: &Unit, kind: &Kind) -> bool {
    match kind {
        Kind::Money => unit.is_money(),
        Kind::Rate => *unit == Unit::Percent,
        Kind::Count(counter) => {
            matches!(unit, Unit::Counter(printed) if counter.is_empty() || printed == counter)
        }
        Kind::Number => *unit == Unit::Plain,
        Kind::Year | Kind::Text | Kind::Code => false,
    }
}

/// The scopes in which any of a rule's figures is stated; the document as a whole comes first.
fn scopes(binding: &Binding<'_>, rule: &Rule) -> Vec<Vec<String>> {
    let whole = Vec::new();
    let (mut scopes, mut seen) = (vec![whole.clone()], HashSet::from([whole]));
    for figure in rule.guards.iter().chain([&rule.body]).flat_map(Expr::figures) {
        if let Target::Cell(column, _) = &figure.target {
            outer_scopes(binding, *column, &mut seen, &mut scopes);
        }
        let Target::Field(field) = &figure.target else { continue };
        for scope in binding.scopes_of(*field) {
            if !seen.contains(scope) {
                seen.insert(scope.clone());
                scopes.push(scope.clone());
            }
        }
    }
    for list in rule.guards.iter().chain([&rule.body]).flat_map(Expr::lists) {
        if let ListRef::Column { cell, .. } = list
            && let Some(column) = cell.target.field()
        {
            outer_scopes(binding, column, &mut seen, &mut scopes);
        }
    }
    scopes
}

/// How many cells the lists of a rule have that do not depend on its row.
fn cells_of_lists(binding: &Binding<'_>, rule: &Rule) -> usize {
    let lists = rule.guards.iter().chain([&rule.body]).flat_map(Expr::lists);
    let cells = lists.map(|list| match list {
        ListRef::Column { cell, rows } if *rows != Rows::Children => {
            let table = cell.target.field().and_then(|column| binding.rules.table_of(column));
            table.and_then(|table| binding.tables.some(table, *rows, None).ok()).map_or(0, <[RowId]>::len)
        }
        _ => 0,
    });
    cells.fold(0, usize::saturating_add)
}

/// The scopes in which a table stands that a rule outside it asks for.
fn outer_scopes(
    binding: &Binding<'_>,
    column: FieldId,
    seen: &mut HashSet<Vec<String>>,
    scopes: &mut Vec<Vec<String>>,
) {
    let rows = binding.rules.table_of(column).map_or(&[][..], |table| binding.tables.rows(table));
    for row in rows.iter().filter_map(|row| binding.row(*row)) {
        if let Some((_, outer)) = row.scope.split_last()
            && !seen.contains(outer)
        {
            seen.insert(outer.to_vec());
            scopes.push(outer.to_vec());
        }
    }
}

/// One rule over one amount, over one row of a table, or in one scope.
#[derive(Clone, Copy)]
pub(super) struct Run<'a, 'b> {
    pub(super) binding: &'b Binding<'a>,
    places: &'b Places,
    rule: &'a Rule,
    subject: Option<&'b Subject>,
    scope: &'b [String],
    pub(super) row: Option<RowId>,
}

/// A figure that a rule asks for, with all that tells it from others. Two names may ask for one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) subject: Subject,
    facet: FacetRef,
    pub(super) period: Period,
    pub(super) basis: Basis,
    /// The rule says the basis, `@budget`: a figure printed with it comes before one without.
    says_basis: bool,
}

/// The statements to choose from for each figure of a rule, and the names that ask for it.
struct Choice<'a> {
    asked: Asked,
    names: Vec<&'a FigureRef>,
    statements: Vec<StatementId>,
}

/// What one reading of a rule's figures came to.
struct Judged<'a> {
    verdict: Verdict,
    shown: Option<Shown<'a>>,
    cause: Option<Cause>,
    used: Vec<StatementId>,
    /// The blank cells that were read as zero.
    zeros: Vec<(RowId, FieldId)>,
    taken: HashMap<Span, usize>,
}

impl<'a> Judged<'a> {
    fn open(cause: Cause) -> Judged<'a> {
        let verdict = cause.verdict();
        Judged {
            verdict,
            shown: None,
            cause: Some(cause),
            used: Vec::new(),
            zeros: Vec::new(),
            taken: HashMap::new(),
        }
    }
}

/// The breakdown to read of each whole, as the statements that belong to it.
pub(super) type Parts<'a> = HashMap<&'a FigureRef, Vec<StatementId>>;

/// What the figures of a rule may be read as.
struct Choices<'a> {
    open: Vec<Choice<'a>>,
    /// Those that are no matter of choice: words, blank cells.
    fixed: HashMap<&'a FigureRef, Standing>,
}

/// The row that a rule asks a figure of.
enum Of {
    /// No row: the figure of a field outside tables.
    Field,
    Row(RowId),
    /// The table has no such row.
    NoRow,
    SameCode,
}

impl<'a, 'b> Run<'a, 'b> {
    /// One outcome for each breakdown that the rule speaks of, or a single one.
    fn run(&self) -> Vec<Outcome> {
        let choices = self.choices();
        match self.breakdowns() {
            Some(breakdowns) => breakdowns.into_iter().map(|parts| self.best(&choices, &parts)).collect(),
            None => vec![self.undecidable(Reason::TooManyReadings)],
        }
    }

    /// The rule's guards and its condition.
    pub(super) fn exprs(&self) -> impl Iterator<Item = &'a Expr> {
        self.rule.guards.iter().chain([&self.rule.body])
    }

    fn choices(&self) -> Choices<'a> {
        let mut choices = Choices { open: Vec::new(), fixed: HashMap::new() };
        for figure in self.exprs().flat_map(Expr::figures) {
            if let Some(standing) = self.fixed(figure) {
                choices.fixed.insert(figure, standing);
                continue;
            }
            let Some(asked) = self.asked(figure) else { continue };
            match choices.open.iter_mut().find(|choice| choice.asked == asked) {
                Some(choice) => choice.names.push(figure),
                None => {
                    let statements = self.distinct(&asked);
                    choices.open.push(Choice { asked, names: vec![figure], statements });
                }
            }
        }
        choices
    }

    /// The scope of what stands outside the row at hand.
    fn outer(&self) -> &'b [String] {
        match (self.row, self.scope.split_last()) {
            (Some(_), Some((_, outer))) => outer,
            _ => self.scope,
        }
    }

    fn row_of(&self, figure: &FigureRef) -> Of {
        let Some(column) = figure.target.field() else { return Of::Field };
        let Some(table) = self.binding.rules.table_of(column) else { return Of::Field };
        let picked = match &figure.target {
            Target::Cell(_, pick) => self.binding.tables.pick(table, pick),
            Target::Field(_) | Target::Subject => Ok(self.row),
        };
        match picked {
            Ok(Some(row)) if self.is_in_scope(row) => Of::Row(row),
            Ok(_) => Of::NoRow,
            Err(Twins) => Of::SameCode,
        }
    }

    /// Whether a row stands in the scope that the rule is about.
    pub(super) fn is_in_scope(&self, row: RowId) -> bool {
        let scope = self.binding.row(row).and_then(|row| row.scope.split_last()).map(|(_, outer)| outer);
        scope == Some(self.outer())
    }

    /// What stands for a figure without a statement to choose: words, a blank cell that is zero.
    fn fixed(&self, figure: &FigureRef) -> Option<Standing> {
        let column = figure.target.field()?;
        match self.row_of(figure) {
            Of::Field | Of::NoRow => None,
            Of::SameCode => Some(Standing::SameCode),
            Of::Row(row) => match self.binding.rules.field(column).and_then(Field::kind) {
                Some(kind) if kind.is_words() => {
                    let words = self.binding.tables.words(self.binding.document, column, row)?;
                    Some(Standing::Words(words.to_owned()))
                }
                _ => self.binding.is_blank_zero(figure, column, row).then_some(Standing::Zero(row, column)),
            },
        }
    }

    pub(super) fn asked(&self, figure: &FigureRef) -> Option<Asked> {
        let subject = match (&figure.target, self.row_of(figure)) {
            (Target::Subject, _) => self.subject?.clone(),
            (Target::Field(field) | Target::Cell(field, _), of) => {
                let scope = match of {
                    Of::Field => self.outer(),
                    Of::Row(row) => self.binding.row(row)?.scope.as_slice(),
                    Of::NoRow | Of::SameCode => return None,
                };
                Subject { owner: Owner::Field(*field), scope: scope.to_vec() }
            }
        };
        Some(self.asked_of(figure, subject))
    }

    pub(super) fn asked_of(&self, figure: &FigureRef, subject: Subject) -> Asked {
        let period = match figure.period {
            None => self.binding.own_period(&subject),
            Some(Period::Prior) => self.binding.prior_period(&subject),
            Some(period) => self.binding.document.canonical(period),
        };
        let basis = figure.basis.unwrap_or_else(|| self.binding.own_basis(Some(&subject.owner)));
        let says_basis = figure.basis.is_some();
        Asked { subject, facet: figure.facet, period, basis, says_basis }
    }

    /// The statements of a figure, one for each value: copies count once. One more than may be read is enough.
    pub(super) fn distinct(&self, asked: &Asked) -> Vec<StatementId> {
        let mut said = HashSet::new();
        let mut distinct: Vec<StatementId> = Vec::new();
        for id in self.stated(asked) {
            let Some(quantity) = self.binding.quantity(id) else { continue };
            if said.insert((quantity.value(), self.places.decimals(id), quantity.unit())) {
                distinct.push(id);
            }
            if distinct.len() > limits::READINGS {
                break;
            }
        }
        distinct
    }

    /// The statements that are the figure asked for. Where they are not one figure (stated with its basis and without,
    /// as a part of its own section's whole and of another) those that are it most plainly stand for it.
    pub(super) fn stated(&self, asked: &Asked) -> Vec<StatementId> {
        let matching = self.binding.statements_of(&asked.subject).iter().copied().filter(|id| {
            self.binding.document.statement(*id).is_some_and(|statement| {
                statement.period == asked.period
                    && asked.facet.matches(statement.facet)
                    && !statement.is_unsigned
                    && self.binding.basis(*id) == asked.basis
            })
        });
        let mut plainest: Option<(Option<String>, bool)> = None;
        let mut stated = Vec::new();
        for id in matching {
            let Some(Identity { basis, elsewhere, .. }) = self.binding.identity(id) else { continue };
            let rank = (elsewhere, basis.is_some() != asked.says_basis);
            match &plainest {
                Some(known) if *known < rank => {}
                Some(known) if *known == rank => stated.push(id),
                _ => (plainest, stated) = (Some(rank), vec![id]),
            }
        }
        stated
    }

    /// The best outcome over all readings: a rule is violated only if every statement of its figures violates it.
    fn best(&self, choices: &Choices<'a>, parts: &Parts<'a>) -> Outcome {
        let lists = self.lists(parts);
        let counts = choices.open.iter().map(|choice| choice.statements.len().max(1));
        let ways = counts.into_iter().try_fold(1_usize, |ways, count| {
            ways.checked_mul(count).filter(|ways| *ways <= limits::READINGS)
        });
        let Some(ways) = ways else { return self.undecidable(Reason::TooManyReadings) };
        let mut best: Option<(Judged<'a>, Reading<'a>)> = None;
        for way in 0..ways {
            let mut reading = reading(choices, &lists, way);
            self.keep_to_bases(choices, &mut reading);
            let judged = self.judge(&reading);
            if best.as_ref().is_none_or(|(known, _)| judged.verdict.rank() < known.verdict.rank()) {
                best = Some((judged, reading));
            }
        }
        match best {
            Some((judged, reading)) => self.outcome(judged, &reading),
            None => self.undecidable(Reason::Unsupported),
        }
    }

    /// Where a change says in which basis the prior year's figure is (较上年决算), a figure of the prior year in the other
    /// basis is not what it is against: it is taken as not stated.
    fn keep_to_bases(&self, choices: &Choices<'a>, reading: &mut Reading<'a>) {
        let standing = |choice: &Choice<'a>, reading: &Reading<'a>| match choice
            .names
            .first()
            .and_then(|name| reading.figures.get(name))
        {
            Some(Standing::Statement(id)) => Some(*id),
            _ => None,
        };
        for change in &choices.open {
            let statement = standing(change, reading).and_then(|id| self.binding.document.statement(id));
            let (FacetRef::Delta(Against::Prior) | FacetRef::Rate(Against::Prior), Some(statement)) =
                (change.asked.facet, statement)
            else {
                continue;
            };
            let (Facet::Delta(base) | Facet::Rate(base)) = statement.facet else { continue };
            let Some(basis) = base.basis else { continue };
            for prior in choices.open.iter().filter(|choice| {
                choice.asked.facet == FacetRef::Amount
                    && choice.asked.subject == change.asked.subject
                    && choice.asked.period == self.binding.prior_period(&change.asked.subject)
                    && !choice.asked.says_basis
            }) {
                if standing(prior, reading).is_some_and(|id| self.binding.basis(id) != basis) {
                    prior.names.iter().for_each(|name| {
                        reading.figures.remove(name);
                    });
                }
            }
        }
    }

    fn judge(&self, reading: &Reading<'a>) -> Judged<'a> {
        for guard in &self.rule.guards {
            let mut evaluator = Evaluator::new(self.binding, self.places, self.subject, reading);
            let cause = match evaluator.truth(guard) {
                // Guards are about the figures as printed.
                Answer::Known(Truth { printed: true, .. }) => continue,
                Answer::Known(_) => Cause::Guard,
                Answer::Missing(what) => Cause::Missing(what),
                Answer::Undecidable(reason) => Cause::Undecidable(reason),
            };
            return Judged::open(cause);
        }
        let mut evaluator = Evaluator::new(self.binding, self.places, self.subject, reading);
        let answer = evaluator.truth(&self.rule.body);
        let Evaluator { used, zeros, taken, .. } = evaluator;
        match answer {
            Answer::Known(truth) => {
                Judged { verdict: truth.verdict(), shown: truth.shown, cause: None, used, zeros, taken }
            }
            Answer::Missing(what) => Judged { used, ..Judged::open(Cause::Missing(what)) },
            Answer::Undecidable(reason) => Judged { used, ..Judged::open(Cause::Undecidable(reason)) },
        }
    }

    fn undecidable(&self, reason: Reason) -> Outcome {
        self.outcome(Judged::open(Cause::Undecidable(reason)), &Reading::default())
    }

    fn outcome(&self, judged: Judged<'a>, reading: &Reading<'a>) -> Outcome {
        let Judged { verdict, shown, cause, used, zeros, taken } = judged;
        let equation =
            Equation { binding: self.binding, places: self.places, used: &used, taken: &taken, reading };
        let compared = shown.as_ref().and_then(|shown| equation.compared(shown));
        let balance = shown.filter(|shown| shown.comparison == Comparison::Equal).and_then(|shown| {
            let gap = shown.left_value.sub(shown.right_value)?;
            Some(Balance { gap, slack: shown.slack.unwrap_or(Rational::ZERO), weights: shown.weights })
        });
        let outcome = Outcome::of_rule(self.rule, verdict)
            .about(self.about(), self.scope.to_vec())
            .because(cause)
            .comparing(compared)
            .weighing(balance)
            .seeing(self.binding, &used, &zeros);
        match self.row {
            Some(row) => outcome.in_row(self.binding, row),
            None => outcome,
        }
    }

    /// The figure of an `each`.
    fn about(&self) -> Option<About> {
        let subject = self.subject?;
        Some(match (self.binding.field(&subject.owner), &subject.owner) {
            (Some(field), _) => {
                About { label: field.label().to_owned(), field: Some(field.path().to_owned()) }
            }
            (None, Owner::Words { label, .. }) => About { label: label.clone(), field: None },
            (None, Owner::Field(_)) => About { label: String::new(), field: None },
        })
    }
}

/// The reading of a number: which statement stands for each figure, counted through like digits.
fn reading<'a>(choices: &Choices<'a>, lists: &HashMap<&'a ListRef, List>, way: usize) -> Reading<'a> {
    let mut rest = way;
    let mut figures = choices.fixed.clone();
    for choice in &choices.open {
        let count = choice.statements.len().max(1);
        if let Some(id) = choice.statements.get(rest.checked_rem(count).unwrap_or(0)) {
            figures.extend(choice.names.iter().map(|name| (*name, Standing::Statement(*id))));
        }
        rest = rest.checked_div(count).unwrap_or(0);
    }
    Reading { figures, lists: lists.clone() }
}
