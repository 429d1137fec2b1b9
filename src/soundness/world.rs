//! A system with figures that keep its rules, and the documents that these make.
//!
//! In: a [`System`]. Out: for each part figures that a document can print; and documents of them, each of which a check has
//! said what it should.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::answer::Unknown;
use super::linear::{Atom, Choice, Formula, Variable};
use super::problem::{Meaning, Outside, Problem};
use super::proof::Certificate;
use super::search::Model;
use super::shape::Shape;
use super::space::{Space, floor, places};
use super::system::{Asked, Layout, Premise, Refuted, System};
use super::witness::{self, Print, Witness};
use crate::quantity::Rational;
use crate::ruleset::{Rule, Severity};
use crate::{Checker, Report, RuleSet};

/// How often a figure that is no decimal is set to a whole number beside it.
const ROUNDINGS: usize = 12;

/// A system with figures that keep its rules.
pub(super) struct World<'r> {
    pub(super) system: System<'r>,
    /// Of each part the figures that keep all its rules, or else its `must` rules; none where it cannot be.
    pub(super) bases: Vec<Option<Case>>,
}

/// Figures of one part that a document can print, with choices, in the part's own numbers.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) values: Vec<Rational>,
    pub(super) choices: Vec<Option<bool>>,
    /// The comparisons that make it what it is.
    branch: Vec<Atom>,
}

impl Case {
    fn value(&self, own: Variable) -> Option<Rational> {
        self.values.get(own.index()).copied()
    }
}

/// Which rules a question asks to be kept beside those it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Others {
    All,
    Musts,
}

/// What is left out of the rules that a question asks to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum But {
    Instance(usize),
    Rule(usize),
}

/// The worlds of a rule set.
pub(super) struct Worlds<'r> {
    /// All rules, with factors of products set to numbers in some ways: what is found in them is possible.
    tried: Vec<World<'r>>,
    /// The linear rules: what is said of all documents is said here.
    pub(super) exact: World<'r>,
}

/// How many ways to set factors to numbers are looked at: in one, the figures of both bases are alike, in the other they differ.
const TRIES: usize = 2;

impl<'r> Worlds<'r> {
    pub(super) fn new(rules: &'r RuleSet) -> Worlds<'r> {
        let shape = Arc::new(Shape::new(rules));
        let exact = Problem::exact(&shape);
        let has_products = exact.outside.contains(&Some(Outside::Product));
        let tries = if has_products { Problem::TRIALS } else { 0 };
        let tried = (0..tries).map(|trial| World::new(System::new(Problem::tried(&shape, trial))));
        // A try that leaves no figures for some rules shows nothing.
        let tried = tried.filter(|world| world.bases.iter().all(Option::is_some)).take(TRIES).collect();
        Worlds { tried, exact: World::new(System::new(exact)) }
    }

    /// In the order in which documents are looked for in them: those that know more rules first.
    pub(super) fn all(&mut self) -> impl Iterator<Item = &mut World<'r>> {
        self.tried.iter_mut().chain([&mut self.exact])
    }
}

impl<'r> World<'r> {
    fn new(mut system: System<'r>) -> World<'r> {
        let bases = (0..system.parts())
            .map(|part| {
                let premises = system.most(part, None, &[])?;
                let musts = system.others(part, None, Others::Musts);
                system.case(part, &premises).or_else(|| system.case(part, &musts))
            })
            .collect();
        World { system, bases }
    }

    /// A document of the figures that keep all rules, but in one part of others, if a check of it says what it should.
    ///
    /// The figures of some parts are left out: their rules contradict each other.
    pub(super) fn document(
        &self,
        case: Option<(usize, &Case)>,
        left_out: &BTreeSet<usize>,
        says: &dyn Fn(&Report) -> bool,
    ) -> Option<Witness> {
        let of_part = |part: usize| match case {
            Some((own, case)) if own == part => Some(case),
            _ => self.bases.get(part).and_then(Option::as_ref),
        };
        if !(0..self.bases.len()).all(|part| left_out.contains(&part) || of_part(part).is_some()) {
            return None;
        }
        let System { problem, layout, .. } = &self.system;
        [Print::Plain, Print::Exact].into_iter().find_map(|print| {
            let witness = compose(problem, layout, &of_part, print)?;
            let report = Checker::new(problem.shape.rules).check(witness.document());
            says(&report).then_some(witness)
        })
    }
}

/// The document of one case for each part.
pub(super) fn compose<'c>(
    problem: &Problem<'_>,
    layout: &Layout,
    of_part: &dyn Fn(usize) -> Option<&'c Case>,
    print: Print,
) -> Option<Witness> {
    let value = |variable: Variable| {
        let (part, own) = layout.place(variable)?;
        of_part(part)?.value(own)
    };
    let choice = |choice: Choice| {
        let (part, own) = layout.choice_place(choice)?;
        of_part(part)?.choices.get(own.index()).copied().flatten()
    };
    witness::document(problem, &value, &choice, print)
}

impl System<'_> {
    /// Where a rule runs, as positions of instances.
    pub(super) fn instances_of(&self, rule: usize) -> Vec<usize> {
        let all = self.problem.instances.iter().enumerate();
        all.filter(|(_, instance)| instance.rule == rule).map(|(position, _)| position).collect()
    }

    /// The fewest `must` rules of a part that cannot hold together; the reason, where it is not known that there are any.
    pub(super) fn contradiction(&mut self, part: usize) -> Result<Certificate, Unknown> {
        let musts = self.others(part, None, Others::Musts);
        match self.ask(part, &musts) {
            Asked::Impossible(refuted) => {
                let refuted = self.least(part, &[], refuted);
                self.proved(part, &refuted)
            }
            Asked::Possible(_) => Err(Unknown::NoWitness),
            Asked::Unknown => Err(Unknown::Limit),
        }
    }

    /// The certificate of what is refuted for lists of any length.
    pub(super) fn proved(&self, part: usize, refuted: &Refuted) -> Result<Certificate, Unknown> {
        if self.is_sized(refuted) { Err(Unknown::Size) } else { Ok(self.certificate(part, refuted)) }
    }

    /// What is true of every document, and that rules of a part are kept.
    pub(super) fn others(&self, part: usize, but: Option<But>, others: Others) -> Vec<Premise> {
        let rules = self.problem.shape.rules.rules();
        let is_kept = |instance: &&usize| {
            let Some(rule) = self.problem.instances.get(**instance).map(|known| known.rule) else {
                return false;
            };
            let is_left_out = match but {
                Some(But::Instance(out)) => out == **instance,
                Some(But::Rule(out)) => out == rule,
                None => false,
            };
            let severity = rules.get(rule).map(Rule::severity);
            !is_left_out && (others == Others::All || severity == Some(Severity::Error))
        };
        let kept = self.instances(part).iter().filter(is_kept).map(|instance| Premise::Kept(*instance));
        self.axioms(part).chain(kept).collect()
    }

    /// The rules of a part that can be kept beside what is asked: all `must` rules, and as many `should` rules as can be. `None`
    /// where the `must` rules cannot.
    pub(super) fn most(&mut self, part: usize, but: Option<But>, asked: &[Premise]) -> Option<Vec<Premise>> {
        let musts = self.others(part, but, Others::Musts);
        let mut premises = self.others(part, but, Others::All);
        premises.extend_from_slice(asked);
        loop {
            match self.ask(part, &premises) {
                Asked::Possible(_) => return Some(premises),
                Asked::Unknown => return None,
                Asked::Impossible(refuted) => {
                    let is_spare =
                        |premise: &&Premise| matches!(premise, Premise::Kept(_)) && !musts.contains(premise);
                    let spare = refuted.premises.iter().rfind(is_spare).copied()?;
                    premises.retain(|premise| *premise != spare);
                }
            }
        }
    }

    /// A refutation that rests on as few rules as it can: without any one of them, it is none.
    pub(super) fn least(&mut self, part: usize, asked: &[Premise], mut refuted: Refuted) -> Refuted {
        for rule in self.kept(&refuted) {
            let rules = self.kept(&refuted);
            if !rules.contains(&rule) {
                continue;
            }
            let mut premises: Vec<Premise> = self.axioms(part).collect();
            premises.extend(self.instances(part).iter().filter_map(|instance| {
                let own = self.problem.instances.get(*instance)?.rule;
                (own != rule && rules.contains(&own)).then_some(Premise::Kept(*instance))
            }));
            premises.extend_from_slice(asked);
            if let Asked::Impossible(smaller) = self.ask(part, &premises) {
                refuted = smaller;
            }
        }
        refuted
    }

    /// Figures that make premises of a part true, and that a document can print; like those of documents, where that can be.
    pub(super) fn case(&mut self, part: usize, premises: &[Premise]) -> Option<Case> {
        let modest: Vec<Premise> = self.modest(part).collect();
        let bare: Vec<Premise> = self.bare(part).collect();
        let plain = [&modest, &bare].into_iter().flatten().copied().chain(premises.iter().copied()).collect();
        let modest = modest.into_iter().chain(premises.iter().copied()).collect();
        let ways: [Vec<Premise>; 3] = [plain, modest, premises.to_vec()];
        for mut way in ways {
            let Some(case) = self.printed(part, &way) else { continue };
            if !self.has_negative(part, &case) {
                return Some(case);
            }
            way.extend(self.not_negative(part));
            return self.printed(part, &way).or(Some(case));
        }
        None
    }

    /// Figures that make premises true as decimals. Where a figure comes out as none, whole numbers beside it are tried, and so
    /// on, a few times.
    fn printed(&mut self, part: usize, premises: &[Premise]) -> Option<Case> {
        let mut tries = vec![premises.to_vec()];
        for _ in 0..ROUNDINGS {
            let premises = tries.pop()?;
            let Asked::Possible(model) = self.ask(part, &premises) else { continue };
            let odd = self.odd(part, &model);
            if let Some(case) = self.printable(part, model) {
                return Some(case);
            }
            let (variable, value) = odd?;
            for near in [floor(value), floor(value).add(Rational::ONE)?] {
                let mut premises = premises.clone();
                premises.push(Premise::Is(variable, near));
                tries.push(premises);
            }
        }
        None
    }

    /// The first figure of a model that is no decimal, with its value.
    fn odd(&self, part: usize, model: &Model) -> Option<(Variable, Rational)> {
        let figures = self
            .layout
            .variables(part)
            .iter()
            .zip(&model.values)
            .filter(|(variable, _)| matches!(self.problem.meaning(**variable), Some(Meaning::Figure(_))));
        let mut odd = figures.filter(|(_, value)| places(**value).is_none());
        odd.next().map(|(variable, value)| (*variable, *value))
    }

    /// Whether an amount of a case is below zero.
    fn has_negative(&self, part: usize, case: &Case) -> bool {
        let mut amounts =
            self.layout.variables(part).iter().filter(|variable| self.problem.is_amount(**variable));
        amounts.any(|variable| self.value(case, *variable).signum() < 0)
    }

    /// Whether a formula of the problem is true of a case of its part.
    pub(super) fn is_true<'s>(
        &'s self,
        case: &Case,
        formula: impl FnOnce(&'s Problem<'_>) -> Option<&'s Formula>,
    ) -> bool {
        let value = |variable| self.value(case, variable);
        let choice = |choice| self.choice(case, choice);
        formula(&self.problem).is_some_and(|formula| formula.is_true(&value, &choice) == Some(true))
    }

    /// The figures of a model as decimals; `None` where this way finds none.
    fn printable(&self, part: usize, model: Model) -> Option<Case> {
        let Model { values, choices, branch } = model;
        let mut case = Case { values, choices, branch };
        if case.values.iter().any(|value| places(*value).is_none()) {
            let mut space = self.space(part, &case)?;
            space.make_decimal()?;
            case.values = space.into_values();
        }
        Some(case)
    }

    /// Where the figures of a case may go.
    pub(super) fn space(&self, part: usize, case: &Case) -> Option<Space> {
        let variables = self.layout.variables(part);
        let follows = |own: Variable| {
            let meaning = variables.get(own.index()).and_then(|variable| self.problem.meaning(*variable));
            u8::from(matches!(meaning, Some(Meaning::Derived(_))))
        };
        Space::new(&case.branch, case.values.clone(), follows)
    }

    /// The value of a variable of the problem in a case of its part.
    fn value(&self, case: &Case, variable: Variable) -> Rational {
        self.layout.place(variable).and_then(|(_, own)| case.value(own)).unwrap_or(Rational::ZERO)
    }

    /// What a case of its part chooses. What does not matter is done.
    fn choice(&self, case: &Case, choice: Choice) -> bool {
        let own = self.layout.choice_place(choice).and_then(|(_, own)| case.choices.get(own.index()));
        own.copied().flatten().unwrap_or(true)
    }
}
