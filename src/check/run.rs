//! Each rule over everything it runs over: amounts, units, breakdowns, and the readings of restated figures.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::bind::{Binding, Identity, Owner, Subject};
use super::equation::Equation;
use super::evaluate::{Evaluator, Reading, Shown};
use super::logic::Truth;
use super::outcome::{Cause, Outcome};
use super::precision::Places;
use super::value::Answer;
use super::{Reason, Verdict};
use crate::document::{Basis, Breakdown, Context, Facet, Period, StatementId};
use crate::limits;
use crate::quantity::Unit;
use crate::ruleset::expr::Expr;
use crate::ruleset::field::{FacetRef, FigureRef, Target};
use crate::ruleset::{Kind, Rule};
use crate::source::Span;

/// The outcomes of all rules, in the order of the rules and of the text.
pub(super) fn rules<'a>(binding: &Binding<'a>, places: &Places) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for rule in binding.rules.rules() {
        match &rule.each {
            Some(kind) => {
                let subjects = binding.subjects().iter().filter(|subject| runs_over(binding, subject, kind));
                for subject in subjects {
                    outcomes.extend(
                        Run { binding, places, rule, subject: Some(subject), scope: &subject.scope }.run(),
                    );
                }
            }
            None => {
                for scope in scopes(binding, rule) {
                    let found = Run { binding, places, rule, subject: None, scope: &scope }.run();
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

/// Whether an `each` of a kind runs over a figure: its amount is stated for the document's own year, outside tables.
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
                && statement.context == Context::Prose
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
    let (mut scopes, mut seen) = (vec![whole.clone()], HashSet::from([&whole]));
    for figure in rule.guards.iter().chain([&rule.body]).flat_map(Expr::figures) {
        let Target::Field(field) = figure.target else { continue };
        for scope in binding.scopes_of(field) {
            if seen.insert(scope) {
                scopes.push(scope.clone());
            }
        }
    }
    scopes
}

/// One rule over one amount, or in one scope.
struct Run<'a, 'b> {
    binding: &'b Binding<'a>,
    places: &'b Places,
    rule: &'a Rule,
    subject: Option<&'b Subject>,
    scope: &'b [String],
}

/// A figure that a rule asks for, with all that tells it from others. Two names may ask for one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    subject: Subject,
    facet: FacetRef,
    period: Period,
    basis: Basis,
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
    taken: HashMap<Span, usize>,
}

impl<'a> Judged<'a> {
    fn open(cause: Cause) -> Judged<'a> {
        let verdict = cause.verdict();
        Judged { verdict, shown: None, cause: Some(cause), used: Vec::new(), taken: HashMap::new() }
    }
}

type Parts<'a> = HashMap<&'a FigureRef, Vec<StatementId>>;

impl<'a> Run<'a, '_> {
    /// One outcome for each breakdown that the rule speaks of, or a single one.
    fn run(&self) -> Vec<Outcome> {
        let choices = self.choices();
        match self.breakdowns() {
            Some(breakdowns) => breakdowns.into_iter().map(|parts| self.best(&choices, &parts)).collect(),
            None => vec![self.undecidable(Reason::TooManyReadings)],
        }
    }

    /// The rule's guards and its condition.
    fn exprs(&self) -> impl Iterator<Item = &'a Expr> {
        self.rule.guards.iter().chain([&self.rule.body])
    }

    fn choices(&self) -> Vec<Choice<'a>> {
        let mut choices: Vec<Choice<'a>> = Vec::new();
        for figure in self.exprs().flat_map(Expr::figures) {
            let Some(asked) = self.asked(figure) else { continue };
            match choices.iter_mut().find(|choice| choice.asked == asked) {
                Some(choice) => choice.names.push(figure),
                None => {
                    let statements = self.distinct(&asked);
                    choices.push(Choice { asked, names: vec![figure], statements });
                }
            }
        }
        choices
    }

    fn asked(&self, figure: &FigureRef) -> Option<Asked> {
        let subject = match (figure.target, self.subject) {
            (Target::Subject, subject) => subject?.clone(),
            (Target::Field(field), _) => Subject { owner: Owner::Field(field), scope: self.scope.to_vec() },
        };
        let period = match figure.period {
            None => self.binding.own_period(&subject),
            Some(Period::Prior) => self.binding.prior_period(&subject),
            Some(period) => self.binding.document.canonical(period),
        };
        let basis = figure.basis.unwrap_or_else(|| self.binding.own_basis(Some(&subject.owner)));
        let says_basis = figure.basis.is_some();
        Some(Asked { subject, facet: figure.facet, period, basis, says_basis })
    }

    /// The statements of a figure, one for each value: copies count once. One more than may be read is enough.
    fn distinct(&self, asked: &Asked) -> Vec<StatementId> {
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
    fn stated(&self, asked: &Asked) -> Vec<StatementId> {
        let matching = self.binding.statements_of(&asked.subject).iter().copied().filter(|id| {
            self.binding.document.statement(*id).is_some_and(|statement| {
                statement.period == asked.period
                    && asked.facet.matches(statement.facet)
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

    /// The parts to read for each `parts(…)` of the rule: all ways to choose one breakdown of each; `None` for too many.
    fn breakdowns(&self) -> Option<Vec<Parts<'a>>> {
        let mut choices = vec![HashMap::new()];
        for whole in self.exprs().flat_map(Expr::wholes) {
            let lists = self.lists_of(whole);
            if lists.is_empty() || choices.iter().any(|choice| choice.contains_key(whole)) {
                continue;
            }
            let ways = choices.len().checked_mul(lists.len())?;
            // A whole that is split in many ways is checked for each; only their product is bounded.
            if choices.len() > 1 && ways > limits::READINGS {
                return None;
            }
            choices = choices
                .iter()
                .flat_map(|choice| {
                    lists.iter().map(move |list| {
                        let mut extended = choice.clone();
                        extended.insert(whole, list.clone());
                        extended
                    })
                })
                .collect();
        }
        Some(choices)
    }

    /// The breakdowns of a figure, each as its parts; one that lists the same parts again counts once.
    fn lists_of(&self, whole: &FigureRef) -> Vec<Vec<StatementId>> {
        let document = self.binding.document;
        let Some(asked) = self.asked(whole) else { return Vec::new() };
        let mut lists: BTreeMap<Breakdown, Vec<StatementId>> = BTreeMap::new();
        for id in self.stated(&asked) {
            for part in self.binding.parts_of(id) {
                let Some(statement) = document.statement(*part) else { continue };
                // A part's figure of another year, or of one school, is no part of this whole.
                let is_part = statement.facet == Facet::Amount
                    && statement.period == asked.period
                    && statement.scope == asked.subject.scope
                    && self.binding.basis(*part) == asked.basis;
                if let Some(parent) = statement.parent.as_ref().filter(|_| is_part) {
                    lists.entry(parent.breakdown).or_default().push(*part);
                }
            }
        }
        lists.values_mut().for_each(|parts| self.keep_plainest(parts));
        let mut known = HashSet::new();
        let mut distinct = Vec::new();
        for parts in lists.into_values() {
            let statements = parts.iter().filter_map(|part| document.statement(*part));
            let mut content: Vec<_> = statements
                .map(|part| (part.label.as_str(), part.quantity.value(), part.quantity.unit()))
                .collect();
            content.sort_unstable();
            if known.insert(content) {
                distinct.push(parts);
            }
        }
        distinct
    }

    /// Of a part that is stated with its basis and without, keeps what is stated without.
    fn keep_plainest(&self, parts: &mut Vec<StatementId>) {
        let printed = |id: &StatementId| self.binding.document.statement(*id).and_then(|part| part.basis);
        let plain: HashSet<usize> = parts
            .iter()
            .filter(|id| printed(id).is_none())
            .map(|id| self.binding.subject_position(*id))
            .collect();
        parts.retain(|id| printed(id).is_none() || !plain.contains(&self.binding.subject_position(*id)));
    }

    /// The best outcome over all readings: a rule is violated only if every statement of its figures violates it.
    fn best(&self, choices: &[Choice<'a>], parts: &Parts<'a>) -> Outcome {
        let counts = choices.iter().map(|choice| choice.statements.len().max(1));
        let ways = counts.into_iter().try_fold(1_usize, |ways, count| {
            ways.checked_mul(count).filter(|ways| *ways <= limits::READINGS)
        });
        let Some(ways) = ways else { return self.undecidable(Reason::TooManyReadings) };
        let mut best: Option<(Judged<'a>, Reading<'a>)> = None;
        for way in 0..ways {
            let reading = reading(choices, parts, way);
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
        let Evaluator { used, taken, .. } = evaluator;
        match answer {
            Answer::Known(truth) => {
                Judged { verdict: truth.verdict(), shown: truth.shown, cause: None, used, taken }
            }
            Answer::Missing(what) => Judged { used, ..Judged::open(Cause::Missing(what)) },
            Answer::Undecidable(reason) => Judged { used, ..Judged::open(Cause::Undecidable(reason)) },
        }
    }

    fn undecidable(&self, reason: Reason) -> Outcome {
        self.outcome(Judged::open(Cause::Undecidable(reason)), &Reading::default())
    }

    fn outcome(&self, judged: Judged<'a>, reading: &Reading<'a>) -> Outcome {
        let subject = self.subject.map(|subject| self.label(subject));
        let Judged { verdict, shown, cause, used, taken } = judged;
        let equation =
            Equation { binding: self.binding, places: self.places, used: &used, taken: &taken, reading };
        let compared = shown.as_ref().and_then(|shown| equation.compared(shown));
        Outcome::of_rule(self.rule, verdict)
            .about(subject, self.scope.to_vec())
            .because(cause)
            .comparing(compared)
            .seeing(self.binding, &used)
    }

    fn label(&self, subject: &Subject) -> String {
        match (self.binding.field(&subject.owner), &subject.owner) {
            (Some(field), _) => field.label().to_owned(),
            (None, Owner::Words { label, .. }) => label.clone(),
            (None, Owner::Field(_)) => String::new(),
        }
    }
}

/// The reading of a number: which statement stands for each figure, counted through like digits.
fn reading<'a>(choices: &[Choice<'a>], parts: &Parts<'a>, way: usize) -> Reading<'a> {
    let mut rest = way;
    let mut figures = HashMap::new();
    for choice in choices {
        let count = choice.statements.len().max(1);
        if let Some(id) = choice.statements.get(rest.checked_rem(count).unwrap_or(0)) {
            figures.extend(choice.names.iter().map(|name| (*name, *id)));
        }
        rest = rest.checked_div(count).unwrap_or(0);
    }
    Reading { figures, parts: parts.clone() }
}
