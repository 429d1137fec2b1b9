//! Each rule over everything it runs over: amounts, units, breakdowns, and the readings of restated figures.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::bind::{Binding, Owner, Subject};
use super::equation::Equation;
use super::evaluate::{Evaluator, Reading, Shown};
use super::logic::Truth;
use super::outcome::{Cause, Outcome};
use super::precision::Places;
use super::value::Answer;
use super::{Reason, Verdict};
use crate::document::{Breakdown, Context, Facet, StatementId};
use crate::limits;
use crate::quantity::Unit;
use crate::ruleset::expr::{Expr, ExprKind};
use crate::ruleset::field::{FigureRef, Target};
use crate::ruleset::{Kind, Rule};

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

/// What one reading of a rule's figures came to.
struct Judged<'a> {
    verdict: Verdict,
    shown: Option<Shown<'a>>,
    cause: Option<Cause>,
    used: Vec<StatementId>,
}

impl<'a> Run<'a, '_> {
    /// One outcome for each breakdown that the rule speaks of, or a single one.
    fn run(&self) -> Vec<Outcome> {
        let figures: Vec<&'a FigureRef> = {
            let mut all: Vec<&'a FigureRef> = Vec::new();
            for figure in self.rule.guards.iter().chain([&self.rule.body]).flat_map(Expr::figures) {
                if !all.contains(&figure) {
                    all.push(figure);
                }
            }
            all
        };
        let stated: Vec<_> = figures.iter().map(|figure| (*figure, self.stated(figure))).collect();
        self.breakdowns().into_iter().map(|parts| self.best(&stated, &parts)).collect()
    }

    /// The statements of a figure, one for each value: copies count once. One more than may be read is enough.
    fn stated(&self, figure: &FigureRef) -> Vec<StatementId> {
        let mut said = HashSet::new();
        let mut distinct: Vec<StatementId> = Vec::new();
        for id in self.all_stated(figure) {
            let Some(statement) = self.binding.document.statement(id) else { continue };
            let says =
                (statement.quantity.value(), self.places.decimals(statement), statement.quantity.unit());
            if said.insert(says) {
                distinct.push(id);
            }
            if distinct.len() > limits::READINGS {
                break;
            }
        }
        distinct
    }

    fn all_stated(&self, figure: &FigureRef) -> Vec<StatementId> {
        let subject = match (figure.target, self.subject) {
            (Target::Subject, Some(subject)) => subject.clone(),
            (Target::Subject, None) => return Vec::new(),
            (Target::Field(field), _) => Subject { owner: Owner::Field(field), scope: self.scope.to_vec() },
        };
        let document = self.binding.document;
        let period = figure
            .period
            .map_or_else(|| self.binding.own_period(&subject), |period| document.canonical(period));
        let basis = figure.basis.unwrap_or_else(|| self.binding.own_basis(Some(&subject.owner)));
        let statements = self.binding.statements_of(&subject).iter().copied();
        statements
            .filter(|id| {
                document.statement(*id).is_some_and(|statement| {
                    statement.period == period
                        && figure.facet.matches(statement.facet)
                        && self.binding.basis(*id) == basis
                })
            })
            .collect()
    }

    /// The parts to read for each `parts(…)` of the rule: all ways to choose one breakdown of each.
    fn breakdowns(&self) -> Vec<HashMap<&'a FigureRef, Vec<StatementId>>> {
        let mut wholes: Vec<&'a FigureRef> = Vec::new();
        for expr in self.rule.guards.iter().chain([&self.rule.body]) {
            expr.walk(&mut |expr| {
                if let ExprKind::Parts(whole) = &expr.kind
                    && !wholes.contains(&whole)
                {
                    wholes.push(whole);
                }
            });
        }
        let mut choices = vec![HashMap::new()];
        for whole in wholes {
            let lists = self.lists_of(whole);
            let mut next = Vec::new();
            for choice in &choices {
                for list in &lists {
                    let mut extended = choice.clone();
                    extended.insert(whole, list.clone());
                    next.push(extended);
                }
            }
            if !next.is_empty() {
                choices = next;
            }
        }
        choices
    }

    /// The breakdowns of a figure, each as its parts; one that lists the same parts again counts once.
    fn lists_of(&self, whole: &FigureRef) -> Vec<Vec<StatementId>> {
        let document = self.binding.document;
        let mut lists: BTreeMap<Breakdown, Vec<StatementId>> = BTreeMap::new();
        for part in self.all_stated(whole).iter().flat_map(|id| self.binding.parts_of(*id)) {
            let Some(statement) = document.statement(*part) else { continue };
            let parent = statement.parent.as_ref().filter(|_| statement.facet == Facet::Amount);
            if let Some(parent) = parent {
                lists.entry(parent.breakdown).or_default().push(*part);
            }
        }
        let mut known = HashSet::new();
        let mut distinct = Vec::new();
        for parts in lists.into_values() {
            let statements = parts.iter().filter_map(|part| document.statement(*part));
            let content: Vec<_> = statements.map(|part| (part.label.as_str(), &part.quantity)).collect();
            if known.insert(content) {
                distinct.push(parts);
            }
        }
        distinct
    }

    /// The best outcome over all readings: a rule is violated only if every statement of its figures violates it.
    fn best(
        &self,
        stated: &[(&'a FigureRef, Vec<StatementId>)],
        parts: &HashMap<&'a FigureRef, Vec<StatementId>>,
    ) -> Outcome {
        let ways = stated.iter().try_fold(1_usize, |ways, (_, ids)| ways.checked_mul(ids.len().max(1)));
        if ways.is_none_or(|ways| ways > limits::READINGS) {
            let cause = Some(Cause::Undecidable(Reason::TooManyReadings));
            let judged = Judged { verdict: Verdict::Undecidable, shown: None, cause, used: Vec::new() };
            return self.outcome(judged, &Reading::default());
        }
        let mut best: Option<(Judged<'a>, Reading<'a>)> = None;
        for way in 0..ways.unwrap_or(1) {
            let reading = reading(stated, parts, way);
            let judged = self.judge(&reading);
            if best.as_ref().is_none_or(|(known, _)| judged.verdict < known.verdict) {
                best = Some((judged, reading));
            }
        }
        let nothing = Judged { verdict: Verdict::NotApplicable, shown: None, cause: None, used: Vec::new() };
        let (judged, reading) = best.unwrap_or((nothing, Reading::default()));
        self.outcome(judged, &reading)
    }

    fn judge(&self, reading: &Reading<'a>) -> Judged<'a> {
        let mut evaluator = Evaluator::new(self.binding, self.places, self.subject, reading);
        for guard in &self.rule.guards {
            let cause = match evaluator.truth(guard) {
                // Guards are about the figures as printed.
                Answer::Known(Truth { printed: true, .. }) => continue,
                Answer::Known(_) => Cause::Guard,
                Answer::Missing(what) => Cause::Missing(what),
                Answer::Undecidable(reason) => Cause::Undecidable(reason),
            };
            return Judged {
                verdict: cause.verdict(),
                shown: None,
                cause: Some(cause),
                used: evaluator.used,
            };
        }
        let answer = evaluator.truth(&self.rule.body);
        let used = evaluator.used;
        match answer {
            Answer::Known(truth) => {
                Judged { verdict: truth.verdict(), shown: truth.shown, cause: None, used }
            }
            Answer::Missing(what) => {
                let cause = Some(Cause::Missing(what));
                Judged { verdict: Verdict::NotApplicable, shown: None, cause, used }
            }
            Answer::Undecidable(reason) => {
                let cause = Some(Cause::Undecidable(reason));
                Judged { verdict: Verdict::Undecidable, shown: None, cause, used }
            }
        }
    }

    fn outcome(&self, judged: Judged<'a>, reading: &Reading<'a>) -> Outcome {
        let subject = self.subject.map(|subject| self.label(subject));
        let compared = judged.shown.as_ref().and_then(|shown| {
            Equation { binding: self.binding, places: self.places, used: &judged.used, reading }
                .compared(shown)
        });
        Outcome::of_rule(self.rule, judged.verdict)
            .about(subject, self.scope.to_vec())
            .because(judged.cause)
            .comparing(compared)
            .seeing(self.binding, &judged.used)
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
fn reading<'a>(
    stated: &[(&'a FigureRef, Vec<StatementId>)],
    parts: &HashMap<&'a FigureRef, Vec<StatementId>>,
    way: usize,
) -> Reading<'a> {
    let mut rest = way;
    let mut figures = HashMap::new();
    for (figure, ids) in stated {
        let count = ids.len().max(1);
        if let Some(id) = ids.get(rest.checked_rem(count).unwrap_or(0)) {
            figures.insert(*figure, *id);
        }
        rest = rest.checked_div(count).unwrap_or(0);
    }
    Reading { figures, parts: parts.clone() }
}
