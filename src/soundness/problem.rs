//! A rule set as formulas over figures: what it is to keep each rule, and what to break it.
//!
//! In: the [`Shape`] of a rule set. Out: for each place where a rule runs, the formulas that say that its condition is asked,
//! that it is kept and that it is broken; axioms that hold of any document; and for each rule outside the linear fragment, why.
//! Rules are read as exact: implication does not survive a rounding allowance.
//!
//! A problem may be *tried*: one factor of each product is then set to a number. That shows what is possible, never what is not.

use std::collections::HashMap;
use std::sync::Arc;

use super::figure::{Decision, Figure, Of};
use super::linear::{Atom, Choice, Form, Formula, Relation, Variable};
use super::shape::{About, Shape, exprs};
use super::sums::Linear;
use crate::quantity::Rational;
use crate::ruleset::field::{FacetRef, ListRef};
use crate::ruleset::{Kind, Rule};

/// Why a rule is outside the linear fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Outside {
    /// Figures multiplied by figures, or divided where that is no comparison of sums.
    Product,
    /// `round`.
    Rounding,
    /// Words compared: names, codes, the department.
    Words,
    /// Numbers past exact arithmetic of 128 bits.
    Overflow,
    /// A list or a figure where it has no row or amount to be of.
    Placeless,
}

/// A rule in one place.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    /// Among the rules of the set.
    pub(super) rule: usize,
    /// It speaks of lists, whose length has no end: what is shown of it is shown up to the size that is looked at.
    pub(super) is_sized: bool,
    /// The figures it speaks of, also where they make no difference.
    pub(super) figures: Vec<Variable>,
    /// It does not fail: it holds, or cannot be asked.
    pub(super) kept: Formula,
    /// It is asked, and holds.
    pub(super) holds: Formula,
    /// It is asked, and fails.
    pub(super) broken: Formula,
    /// It fails by more than any rounding explains.
    pub(super) clearly_broken: Formula,
}

/// What stands for a variable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    Figure(Figure),
    /// What a part of an expression comes to, by how it is defined: the same definition is the same number.
    Derived(Derived),
}

/// A number that is no sum of figures.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Derived {
    /// The first of some that is stated.
    FirstOf(Vec<(Formula, Linear)>),
    /// One where the formula is true, else nought.
    Counted(Formula),
    Least(Vec<(Formula, Linear)>),
    Greatest(Vec<(Formula, Linear)>),
    Size(Linear),
    /// A divisor that is tried at a number.
    Divisor(Linear),
}

/// The formulas of a rule set.
#[derive(Debug)]
pub(super) struct Problem<'r> {
    pub(super) shape: Arc<Shape<'r>>,
    pub(super) meanings: Vec<Meaning>,
    variable_of: HashMap<Meaning, Variable>,
    pub(super) decisions: Vec<Decision>,
    choice_of: HashMap<Decision, Choice>,
    /// What is true of every document.
    pub(super) axioms: Vec<Formula>,
    pub(super) instances: Vec<Instance>,
    /// What a witness had better do or not do: else rules come in that no formula speaks of. Not true of every document.
    pub(super) modesty: Vec<(Choice, bool)>,
    /// Why a rule is outside the fragment, by position.
    pub(super) outside: Vec<Option<Outside>>,
    /// What factors are tried at; `None` for a problem that tries nothing.
    pub(super) trial: Option<usize>,
    /// The factors that were set to a number.
    pub(super) fixed: HashMap<Variable, Rational>,
    /// The figures of each thing, in the order in which rules ask for them.
    groups: Vec<(Of, Vec<Variable>)>,
    group_of: HashMap<Of, usize>,
    /// That the document states a figure, by variable.
    stated: HashMap<Variable, Formula>,
    /// The figures that the instance at hand has asked for.
    asked: Vec<Variable>,
}

impl<'r> Problem<'r> {
    /// The formulas of the linear rules.
    pub(super) fn exact(shape: &Arc<Shape<'r>>) -> Problem<'r> {
        Problem::new(shape, None)
    }

    /// The formulas of all rules that become linear where factors are set to numbers; another try sets other numbers.
    pub(super) fn tried(shape: &Arc<Shape<'r>>, trial: usize) -> Problem<'r> {
        Problem::new(shape, Some(trial))
    }

    fn new(shape: &Arc<Shape<'r>>, trial: Option<usize>) -> Problem<'r> {
        let mut problem = Problem {
            shape: Arc::clone(shape),
            meanings: Vec::new(),
            variable_of: HashMap::new(),
            decisions: Vec::new(),
            choice_of: HashMap::new(),
            axioms: Vec::new(),
            instances: Vec::new(),
            modesty: Vec::new(),
            outside: Vec::new(),
            trial,
            fixed: HashMap::new(),
            groups: Vec::new(),
            group_of: HashMap::new(),
            stated: HashMap::new(),
            asked: Vec::new(),
        };
        if shape.tells_kinds {
            problem.tell_kinds();
        }
        for (position, rule) in shape.rules.rules().iter().enumerate() {
            let first = problem.instances.len();
            let mut outside = None;
            for about in shape.places(rule) {
                // What other rules say of a field may not go with the numbers that are tried: products are tried of what
                // stands for all.
                let is_tried = !matches!(about, About::Subject(Of::Field(_)));
                problem.trial = trial.filter(|_| is_tried);
                match problem.instance(position, rule, &about) {
                    Ok(instance) => problem.instances.push(instance),
                    Err(reason) => {
                        problem.leave_out(rule, &about);
                        // In a trial, it is enough that the rule is understood of what stands for all.
                        let is_passed_over = reason == Outside::Product && trial.is_some() && !is_tried;
                        outside = outside.or((!is_passed_over).then_some(reason));
                    }
                }
            }
            if outside.is_some() {
                // A rule that is understood in some places only is not claimed to be understood.
                problem.instances.truncate(first);
            }
            problem.outside.push(outside);
        }
        let fixed = problem.fixed.iter().map(|(variable, value)| (*variable, *value));
        let fixed: Vec<(Variable, Rational)> = fixed.collect();
        problem.axioms.extend(fixed.into_iter().map(|(variable, value)| {
            Formula::Atom(Atom { form: Form::of(variable), relation: Relation::Equal, bound: value })
        }));
        problem
    }

    fn instance(&mut self, position: usize, rule: &'r Rule, about: &About) -> Result<Instance, Outside> {
        self.asked.clear();
        let guards: Result<Vec<_>, Outside> =
            rule.guards.iter().map(|guard| self.truth(guard, about)).collect();
        let guards = guards?;
        let body = self.truth(&rule.body, about)?;
        let asked = || guards.iter().map(|guard| guard.is_true.clone());
        let unasked = guards.iter().map(|guard| guard.is_not_true.clone());
        // Where a row is not in the document, no rule runs over it.
        let is_there = match about {
            About::Row(table, line) => self.has_line(*table, line),
            _ => Formula::TRUE,
        };
        let is_not_there = is_there.not().ok_or(Outside::Overflow)?;
        let there = || std::iter::once(is_there.clone());
        Ok(Instance {
            rule: position,
            is_sized: exprs(rule).any(|expr| !expr.lists().is_empty()),
            figures: std::mem::take(&mut self.asked),
            kept: Formula::or([body.is_not_false].into_iter().chain(unasked).chain([is_not_there])),
            holds: Formula::and(there().chain(asked()).chain([body.is_true])),
            clearly_broken: Formula::and(there().chain(asked()).chain([self.widened(&body.is_false)?])),
            broken: Formula::and(there().chain(asked()).chain([body.is_false])),
        })
    }

    /// That an instance applies and holds.
    pub(super) fn holds(&self, instance: usize) -> Option<&Formula> {
        self.instances.get(instance).map(|instance| &instance.holds)
    }

    /// Keeps witnesses from stating what a rule asks of parts.
    fn leave_out(&mut self, rule: &Rule, about: &About) {
        for list in exprs(rule).flat_map(|expr| expr.lists()) {
            if let ListRef::Parts { whole, facet } = list
                && *facet != FacetRef::Amount
                && let Some(whole) = self.shape.figure(whole, about)
            {
                let states = self.choice(Decision::StatesOfParts(whole, *facet));
                self.modesty.push((states, false));
            }
        }
    }

    /// A formula whose inequalities hold by more than rounding explains: a whole unit for each figure, of percentages two
    /// hundredths, of counts nothing.
    fn widened(&self, formula: &Formula) -> Result<Formula, Outside> {
        let parts =
            |parts: &[Formula]| parts.iter().map(|part| self.widened(part)).collect::<Result<Vec<_>, _>>();
        Ok(match formula {
            Formula::Choice(..) => formula.clone(),
            Formula::And(all) => Formula::and(parts(all)?),
            Formula::Or(any) => Formula::or(parts(any)?),
            Formula::Atom(atom) if atom.relation == Relation::Equal => formula.clone(),
            Formula::Atom(Atom { form, relation, bound }) => {
                let slack = form.terms().iter().try_fold(Rational::ZERO, |slack, (variable, factor)| {
                    slack.add(factor.abs()?.mul(self.unit(*variable)?)?)
                });
                let slack = slack.ok_or(Outside::Overflow)?;
                let relation = if slack.is_zero() { *relation } else { Relation::AtMost };
                let bound = bound.sub(slack).ok_or(Outside::Overflow)?;
                Formula::Atom(Atom { form: form.clone(), relation, bound })
            }
        })
    }

    /// What rounding may change a figure by, at most.
    fn unit(&self, variable: Variable) -> Option<Rational> {
        match self.meaning(variable)? {
            Meaning::Figure(figure) => match self.shape.kind(figure) {
                Some(Kind::Rate) => Rational::new(1, 50),
                Some(Kind::Count(_) | Kind::Year) => Some(Rational::ZERO),
                _ => Some(Rational::ONE),
            },
            Meaning::Derived(_) => Some(Rational::ONE),
        }
    }

    pub(super) fn meaning(&self, variable: Variable) -> Option<&Meaning> {
        self.meanings.get(variable.index())
    }

    /// That the document states what stands for a variable.
    pub(super) fn stated(&self, variable: Variable) -> Formula {
        self.stated.get(&variable).cloned().unwrap_or(Formula::TRUE)
    }

    /// Whether a variable is an amount, a number or a share, which documents rarely have below zero.
    pub(super) fn is_amount(&self, variable: Variable) -> bool {
        let Some(Meaning::Figure(figure)) = self.meaning(variable) else { return false };
        matches!(figure.facet, FacetRef::Amount | FacetRef::Share | FacetRef::Completion)
    }

    /// What figures are asked for, by what they are of.
    pub(super) fn groups(&self) -> &[(Of, Vec<Variable>)] {
        &self.groups
    }

    /// The figures of one thing.
    pub(super) fn figures_of(&self, of: &Of) -> impl Iterator<Item = (&Figure, Variable)> {
        let group = self.group_of.get(of).and_then(|group| self.groups.get(*group));
        group.into_iter().flat_map(|(_, group)| group).filter_map(|variable| {
            match self.meaning(*variable)? {
                Meaning::Figure(figure) => Some((figure, *variable)),
                Meaning::Derived(_) => None,
            }
        })
    }

    /// The variable of a meaning, and whether it is new.
    fn variable(&mut self, meaning: Meaning) -> (Variable, bool) {
        if let Some(known) = self.variable_of.get(&meaning) {
            return (*known, false);
        }
        let variable = Variable::at(self.meanings.len());
        if let Meaning::Figure(figure) = &meaning {
            let next = self.groups.len();
            let group = *self.group_of.entry(figure.of.clone()).or_insert(next);
            if group == next {
                self.groups.push((figure.of.clone(), Vec::new()));
            }
            self.groups.get_mut(group).into_iter().for_each(|(_, group)| group.push(variable));
        }
        self.meanings.push(meaning.clone());
        self.variable_of.insert(meaning, variable);
        (variable, true)
    }

    pub(super) fn known(&self, figure: &Figure) -> Option<Variable> {
        self.variable_of.get(&Meaning::Figure(figure.clone())).copied()
    }

    pub(super) fn known_choice(&self, decision: &Decision) -> Option<Choice> {
        self.choice_of.get(decision).copied()
    }

    /// The variable of a figure. Where the figure is not in the document, it is taken to be zero.
    pub(super) fn figure(&mut self, figure: &Figure) -> Variable {
        let (variable, is_new) = self.variable(Meaning::Figure(figure.clone()));
        self.asked.push(variable);
        if is_new {
            let is_stated = self.is_stated(figure);
            self.stated.insert(variable, is_stated.clone());
            if is_stated != Formula::TRUE {
                let zero =
                    Atom { form: Form::of(variable), relation: Relation::Equal, bound: Rational::ZERO };
                self.axioms.push(Formula::or([is_stated, Formula::Atom(zero)]));
            }
            self.link_bases(figure, variable);
        }
        variable
    }

    pub(super) fn choice(&mut self, decision: Decision) -> Choice {
        if let Some(known) = self.choice_of.get(&decision) {
            return *known;
        }
        let choice = Choice::at(self.decisions.len());
        self.decisions.push(decision.clone());
        self.conditions(choice, &decision);
        if let Decision::HasLine(table, line) = &decision
            && self.shape.is_above_others(*table, line)
        {
            // The rows below it would stand elsewhere without it.
            self.modesty.push((choice, true));
        }
        self.choice_of.insert(decision, choice);
        choice
    }

    /// A number defined by formulas that mention it.
    pub(super) fn derived(
        &mut self,
        derived: Derived,
        define: impl FnOnce(&Linear) -> Result<Vec<Formula>, Outside>,
    ) -> Result<Linear, Outside> {
        let (variable, is_new) = self.variable(Meaning::Derived(derived));
        let linear = Linear::of(variable);
        if is_new {
            let definition = define(&linear)?;
            self.axioms.extend(definition);
        }
        Ok(linear)
    }
}
