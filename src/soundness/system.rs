//! The formulas of a rule set in their connected parts, each with its own solver.
//!
//! In: a [`Problem`]. Out: answers to questions about one part. Rules that have no figure in common, not even through others, are
//! in different parts: what is asked of one never looks at the other.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::certificate;
use super::figure::Decision;
use super::linear::{Atom, Choice, Form, Formula, Relation, Variable};
use super::problem::Problem;
use super::proof::{Certificate, Given, Step};
use super::search::{Answer, Least, Model, Solver};
use crate::quantity::Rational;

/// What is asked to be true, at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(not(feature = "testing"), allow(dead_code, reason = "some are asked for random documents only"))]
pub(super) enum Premise {
    Axiom(usize),
    /// An instance does not fail.
    Kept(usize),
    /// An instance applies and holds.
    Holds(usize),
    /// An instance fails.
    Broken(usize),
    /// An instance fails by more than rounding explains.
    ClearlyBroken(usize),
    /// The same, with what it prefers turned around: too much where the other has too little.
    BrokenOtherwise(usize),
    /// An instance fails by just so much.
    JustBroken(usize),
    /// An instance applies and holds, and what is at most something is just that.
    JustHolds(usize),
    /// A figure is stated.
    Stated(Variable),
    /// A figure is one at least, or one below zero at most.
    Counts(Variable, bool),
    /// A figure is a thousand at least.
    IsLarge(Variable),
    /// A figure is not below zero.
    NotNegative(Variable),
    /// A figure has a value.
    Is(Variable, Rational),
    /// A document does, or does not.
    Does(Choice, bool),
}

/// What became of a question.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    Possible(Model),
    Impossible(Refuted),
    Unknown,
}

/// That premises cannot all be true, in the numbers of its part.
#[derive(Clone, Debug)]
pub(super) struct Refuted {
    /// Those that the proof uses.
    pub(super) premises: Vec<Premise>,
    certificate: certificate::Certificate,
}

/// How low a figure can be.
#[derive(Clone, Debug)]
pub(super) enum Lowest {
    Unbounded,
    At { value: Rational, is_attained: bool, refuted: Refuted },
    Unknown,
}

/// The problem in its parts.
pub(super) struct System<'r> {
    pub(super) problem: Arc<Problem<'r>>,
    pub(super) layout: Arc<Layout>,
    parts: Vec<Part>,
    part_of_instance: Vec<usize>,
}

/// Which part each variable and each choice of a problem is of, and its number there.
pub(super) struct Layout {
    variables: Vec<(usize, Variable)>,
    choices: Vec<(usize, Choice)>,
    /// The problem's own numbers, by part.
    variables_of: Vec<Vec<Variable>>,
    choices_of: Vec<Vec<Choice>>,
}

impl Layout {
    /// The part of a variable and its number there; none where no rule has to do with it.
    pub(super) fn place(&self, variable: Variable) -> Option<(usize, Variable)> {
        self.variables.get(variable.index()).copied().filter(|(part, _)| *part < self.variables_of.len())
    }

    /// The part of a choice and its number there.
    pub(super) fn choice_place(&self, choice: Choice) -> Option<(usize, Choice)> {
        self.choices.get(choice.index()).copied().filter(|(part, _)| *part < self.choices_of.len())
    }

    /// The problem's own numbers of the variables of a part.
    pub(super) fn variables(&self, part: usize) -> &[Variable] {
        self.variables_of.get(part).map_or(&[], Vec::as_slice)
    }

    /// The problem's own numbers of the choices of a part.
    pub(super) fn choices(&self, part: usize) -> &[Choice] {
        self.choices_of.get(part).map_or(&[], Vec::as_slice)
    }
}

/// Rules that have to do with each other.
struct Part {
    solver: Solver,
    axioms: Vec<usize>,
    instances: Vec<usize>,
    ids: HashMap<Premise, certificate::PremiseId>,
    premise_of: HashMap<certificate::PremiseId, Premise>,
}

impl<'r> System<'r> {
    pub(super) fn new(problem: Problem<'r>) -> System<'r> {
        let count = problem.meanings.len();
        let mut groups = Groups::new(count.saturating_add(problem.decisions.len()));
        let nodes = |formula: &Formula| {
            let mut nodes = Vec::new();
            formula.leaves(&mut |leaf| match leaf {
                Formula::Atom(atom) => {
                    nodes.extend(atom.form.terms().iter().map(|(variable, _)| variable.index()));
                }
                Formula::Choice(choice, _) => nodes.push(count.saturating_add(choice.index())),
                Formula::And(_) | Formula::Or(_) => {}
            });
            nodes
        };
        let mut first_of_axiom = Vec::new();
        for axiom in &problem.axioms {
            first_of_axiom.push(groups.join(nodes(axiom)));
        }
        let mut first_of_instance = Vec::new();
        for instance in &problem.instances {
            let asked = [&instance.kept, &instance.holds, &instance.broken];
            let figures = instance.figures.iter().map(|variable| variable.index());
            first_of_instance.push(groups.join(asked.into_iter().flat_map(nodes).chain(figures).collect()));
        }
        // One part for each group that an instance is of; instances about nothing are by themselves.
        let mut part_of_group: BTreeMap<usize, usize> = BTreeMap::new();
        let mut instances: Vec<Vec<usize>> = Vec::new();
        let mut part_of_instance = Vec::new();
        for (position, first) in first_of_instance.iter().enumerate() {
            let next = instances.len();
            let part = match first {
                Some(node) => *part_of_group.entry(groups.find(*node)).or_insert(next),
                None => next,
            };
            if part == next {
                instances.push(Vec::new());
            }
            instances.get_mut(part).into_iter().for_each(|part| part.push(position));
            part_of_instance.push(part);
        }
        let mut axioms: Vec<Vec<usize>> = vec![Vec::new(); instances.len()];
        for (position, first) in first_of_axiom.iter().enumerate() {
            let part = first.and_then(|node| part_of_group.get(&groups.find(node)));
            part.and_then(|part| axioms.get_mut(*part)).into_iter().for_each(|part| part.push(position));
        }
        let mut layout = Layout {
            variables: Vec::new(),
            choices: Vec::new(),
            variables_of: vec![Vec::new(); instances.len()],
            choices_of: vec![Vec::new(); instances.len()],
        };
        for position in 0..count {
            let part = part_of_group.get(&groups.find(position)).copied().unwrap_or(usize::MAX);
            let own = layout.variables(part).len();
            layout.variables.push((part, Variable::at(own)));
            layout.variables_of.get_mut(part).into_iter().for_each(|part| part.push(Variable::at(position)));
        }
        for position in 0..problem.decisions.len() {
            let part = part_of_group.get(&groups.find(count.saturating_add(position)));
            let part = part.copied().unwrap_or(usize::MAX);
            let own = layout.choices(part).len();
            layout.choices.push((part, Choice::at(own)));
            layout.choices_of.get_mut(part).into_iter().for_each(|part| part.push(Choice::at(position)));
        }
        let parts = instances.into_iter().zip(axioms).enumerate().map(|(part, (instances, axioms))| Part {
            solver: Solver::new(layout.variables(part).len(), layout.choices(part).len()),
            axioms,
            instances,
            ids: HashMap::new(),
            premise_of: HashMap::new(),
        });
        let parts = parts.collect();
        System { problem: Arc::new(problem), layout: Arc::new(layout), parts, part_of_instance }
    }

    pub(super) fn parts(&self) -> usize {
        self.parts.len()
    }

    pub(super) fn part_of(&self, instance: usize) -> usize {
        self.part_of_instance.get(instance).copied().unwrap_or(usize::MAX)
    }

    /// The instances of a part.
    pub(super) fn instances(&self, part: usize) -> &[usize] {
        self.parts.get(part).map_or(&[], |part| part.instances.as_slice())
    }

    /// What is true of every document, as far as a part is concerned.
    pub(super) fn axioms(&self, part: usize) -> impl Iterator<Item = Premise> {
        self.parts.get(part).into_iter().flat_map(|part| &part.axioms).map(|axiom| Premise::Axiom(*axiom))
    }

    /// What a witness had better do or not do, as far as a part is concerned.
    pub(super) fn modest(&self, part: usize) -> impl Iterator<Item = Premise> {
        let is_of_part =
            move |choice: Choice| self.layout.choice_place(choice).is_some_and(|(own, _)| own == part);
        let modesty = self.problem.modesty.iter().filter(move |(choice, _)| is_of_part(*choice));
        modesty.map(|(choice, does)| Premise::Does(*choice, *does))
    }

    /// No breakdowns in a part: what is in none is easier to read.
    pub(super) fn bare(&self, part: usize) -> impl Iterator<Item = Premise> {
        let is_breakdown = |choice: &&Choice| {
            let decision = self.problem.decisions.get(choice.index());
            matches!(decision, Some(Decision::Lists(_, 0)))
        };
        let breakdowns = self.layout.choices(part).iter().filter(is_breakdown);
        breakdowns.map(|choice| Premise::Does(*choice, false))
    }

    /// No amounts of a part below zero.
    pub(super) fn not_negative(&self, part: usize) -> impl Iterator<Item = Premise> {
        let amounts =
            self.layout.variables(part).iter().filter(|variable| self.problem.is_amount(**variable));
        amounts.map(|variable| Premise::NotNegative(*variable))
    }

    /// Whether premises of a part can all be true.
    pub(super) fn ask(&mut self, part: usize, premises: &[Premise]) -> Asked {
        let ids = self.ids(part, premises);
        let Some(part) = self.parts.get_mut(part) else { return Asked::Unknown };
        match part.solver.solve(&ids) {
            Answer::Possible(model) => Asked::Possible(model),
            Answer::Impossible(certificate) => Asked::Impossible(part.refuted(certificate)),
            Answer::Unknown(_) => Asked::Unknown,
        }
    }

    /// How low a multiple of a variable of the problem can be while premises of its part are true.
    pub(super) fn lowest(
        &mut self,
        part: usize,
        premises: &[Premise],
        variable: Variable,
        factor: Rational,
    ) -> Lowest {
        let ids = self.ids(part, premises);
        let form = self.layout.place(variable).and_then(|(_, own)| Form::of(own).scale(factor));
        let (Some(form), Some(part)) = (form, self.parts.get_mut(part)) else { return Lowest::Unknown };
        match part.solver.least(&ids, &form) {
            Least::Unbounded => Lowest::Unbounded,
            Least::At { value, is_attained, certificate } => {
                Lowest::At { value, is_attained, refuted: part.refuted(certificate) }
            }
            Least::Impossible(_) | Least::Unknown(_) => Lowest::Unknown,
        }
    }

    /// The certificate of what was refuted, by names.
    pub(super) fn certificate(&self, part: usize, refuted: &Refuted) -> Certificate {
        let rules = self.problem.shape.rules.rules();
        let rule = |instance: usize| {
            let instance = self.problem.instances.get(instance)?;
            rules.get(instance.rule).map(|rule| rule.name().to_owned())
        };
        let given = |premise: &Premise| match premise {
            Premise::Kept(instance) | Premise::Holds(instance) | Premise::JustHolds(instance) => {
                rule(*instance).map_or(Given::Document, Given::Rule)
            }
            Premise::Broken(instance)
            | Premise::ClearlyBroken(instance)
            | Premise::BrokenOtherwise(instance)
            | Premise::JustBroken(instance) => rule(*instance).map_or(Given::Document, Given::Denied),
            _ => Given::Document,
        };
        let step = |premise: &Premise| Step { given: given(premise), formula: self.formula(part, *premise) };
        let denied = refuted.certificate.denied.iter();
        let denied = denied.map(|formula| Step { given: Given::Bound, formula: formula.clone() });
        let steps = refuted.premises.iter().map(step).chain(denied).collect();
        Certificate { rules: self.rules_of(refuted), steps, proof: refuted.certificate.proof.clone() }
    }

    /// The rules that a refutation asks to be kept, by position, each once.
    pub(super) fn kept(&self, refuted: &Refuted) -> BTreeSet<usize> {
        let kept = refuted.premises.iter().filter_map(|premise| match premise {
            Premise::Kept(instance) => self.problem.instances.get(*instance).map(|instance| instance.rule),
            _ => None,
        });
        kept.collect()
    }

    /// Whether a refutation rests on the size of lists that is looked at.
    pub(super) fn is_sized(&self, refuted: &Refuted) -> bool {
        refuted.premises.iter().any(|premise| match premise {
            Premise::Kept(instance) | Premise::Holds(instance) | Premise::Broken(instance) => {
                self.problem.instances.get(*instance).is_some_and(|instance| instance.is_sized)
            }
            _ => false,
        })
    }

    fn rules_of(&self, refuted: &Refuted) -> Vec<String> {
        let rules = self.problem.shape.rules.rules();
        self.kept(refuted).into_iter().filter_map(|rule| Some(rules.get(rule)?.name().to_owned())).collect()
    }

    /// A premise in the numbers of its part.
    fn formula(&self, part: usize, premise: Premise) -> Formula {
        let instance = |instance: usize| self.problem.instances.get(instance);
        let made;
        let formula = match premise {
            Premise::Axiom(axiom) => self.problem.axioms.get(axiom),
            Premise::Kept(position) => instance(position).map(|instance| &instance.kept),
            Premise::Holds(position) => instance(position).map(|instance| &instance.holds),
            Premise::Broken(position) => instance(position).map(|instance| &instance.broken),
            Premise::ClearlyBroken(position) => instance(position).map(|instance| &instance.clearly_broken),
            Premise::BrokenOtherwise(position) => {
                made = instance(position).map_or(Formula::FALSE, |instance| instance.clearly_broken.turned());
                Some(&made)
            }
            Premise::JustBroken(position) => {
                made =
                    instance(position).map_or(Formula::FALSE, |instance| instance.clearly_broken.tightened());
                Some(&made)
            }
            Premise::JustHolds(position) => {
                made = instance(position).map_or(Formula::FALSE, |instance| instance.holds.tightened());
                Some(&made)
            }
            Premise::Stated(variable) => {
                made = self.problem.stated(variable);
                Some(&made)
            }
            Premise::Counts(variable, is_positive) => {
                let sign = Rational::whole(if is_positive { -1 } else { 1 });
                let form = Form::of(variable).scale(sign).unwrap_or_default();
                made = Formula::Atom(Atom { form, relation: Relation::AtMost, bound: Rational::whole(-1) });
                Some(&made)
            }
            Premise::IsLarge(variable) => {
                let form = Form::of(variable).scale(Rational::whole(-1)).unwrap_or_default();
                let bound = Rational::whole(-1_000);
                made = Formula::Atom(Atom { form, relation: Relation::AtMost, bound });
                Some(&made)
            }
            Premise::NotNegative(variable) => {
                let form = Form::of(variable).scale(Rational::whole(-1)).unwrap_or_default();
                made = Formula::Atom(Atom { form, relation: Relation::AtMost, bound: Rational::ZERO });
                Some(&made)
            }
            Premise::Is(variable, bound) => {
                made = Formula::Atom(Atom { form: Form::of(variable), relation: Relation::Equal, bound });
                Some(&made)
            }
            Premise::Does(choice, does) => {
                made = Formula::Choice(choice, does);
                Some(&made)
            }
        };
        let own = |variable: Variable| self.layout.place(variable).map_or(variable, |(_, own)| own);
        let choice = |choice: Choice| self.layout.choice_place(choice).map_or(choice, |(_, own)| own);
        debug_assert!(part < self.parts.len(), "a premise is of a part");
        formula.map_or(Formula::FALSE, |formula| formula.renamed(&own, &choice))
    }

    fn ids(&mut self, part: usize, premises: &[Premise]) -> Vec<certificate::PremiseId> {
        let mut ids = Vec::new();
        for premise in premises {
            let known = self.parts.get(part).and_then(|part| part.ids.get(premise)).copied();
            let id = known.or_else(|| {
                let formula = self.formula(part, *premise);
                let part = self.parts.get_mut(part)?;
                let id = part.solver.premise(formula);
                part.ids.insert(*premise, id);
                part.premise_of.insert(id, *premise);
                Some(id)
            });
            ids.extend(id);
        }
        ids
    }
}

impl Part {
    fn refuted(&self, certificate: certificate::Certificate) -> Refuted {
        let premises =
            certificate.premises.iter().filter_map(|id| self.premise_of.get(id).copied()).collect();
        Refuted { premises, certificate }
    }
}

/// Nodes that are joined into groups.
struct Groups {
    above: Vec<usize>,
}

impl Groups {
    fn new(nodes: usize) -> Groups {
        Groups { above: (0..nodes).collect() }
    }

    fn find(&mut self, mut node: usize) -> usize {
        while let Some(above) = self.above.get(node).copied().filter(|above| *above != node) {
            // Halve the way for the next one.
            let next = self.above.get(above).copied().unwrap_or(above);
            self.above.get_mut(node).into_iter().for_each(|own| *own = next);
            node = next;
        }
        node
    }

    /// Joins some; the first of them.
    fn join(&mut self, nodes: Vec<usize>) -> Option<usize> {
        let first = nodes.first().copied()?;
        for node in nodes {
            let (one, other) = (self.find(first), self.find(node));
            self.above.get_mut(other).into_iter().for_each(|above| *above = one);
        }
        Some(first)
    }
}
