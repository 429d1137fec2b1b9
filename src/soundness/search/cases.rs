//! One question: the path of cases to figures that satisfy all, or to a refutation.
//!
//! In: the parts of premises. On the path stand facts: those of the premises, then those of each alternative that was entered.
//! A refutation that does not use the facts of its alternative refutes what comes before, and the other alternatives are not
//! tried (backjumping).

use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;
use std::rc::Rc;

use super::super::certificate::PremiseId;
use super::super::exact::Exact;
use super::super::simplex::{Optimum, Side, Simplex, Stop};
use super::refutation::{Branch, Refutation};
use super::{Atom, Level, Limit, Model, Part, Problem};

/// How a question ended.
pub(super) enum End {
    /// The simplex has figures of the case.
    Found,
    Refuted(Rc<Refutation>),
    Limit(Limit),
}

/// A fact on the path; of an *or*, what is known of its alternatives.
struct Fact {
    part: Part,
    refuted: Vec<Option<Branch>>,
    /// Alternatives that are not refuted.
    left: usize,
    /// One of the alternatives is true or entered.
    is_settled: bool,
}

/// An alternative that was entered.
struct Entered {
    /// The *or*, by position on the path.
    of: usize,
    alternative: usize,
    facts: Range<usize>,
    /// Refuted before it.
    refuted: Vec<Option<Branch>>,
    bounds: usize,
    changes: usize,
}

/// What to take back with the alternative that it was done in.
enum Change {
    Choice(usize),
    Refuted(usize, usize),
    Settled(usize),
}

/// What is known of an alternative before it is entered.
enum Glance {
    True,
    Open,
    Refuted(Rc<Refutation>),
}

pub(super) struct Cases<'s> {
    problem: &'s Problem,
    simplex: &'s mut Simplex,
    facts: Vec<Fact>,
    /// The *ors* on the path.
    ors: Vec<usize>,
    entered: Vec<Entered>,
    changes: Vec<Change>,
    /// Made or not, and the fact that says so.
    choices: Vec<Option<(bool, usize)>>,
    /// For each choice, the *ors* on the path with an alternative that speaks of it.
    mentions: Vec<Vec<usize>>,
    /// *Ors* to look at.
    agenda: VecDeque<usize>,
    /// Cases that may still be tried.
    pub(super) left: usize,
}

impl<'s> Cases<'s> {
    pub(super) fn new(problem: &'s Problem, simplex: &'s mut Simplex, left: usize) -> Cases<'s> {
        Cases {
            problem,
            simplex,
            facts: Vec::new(),
            ors: Vec::new(),
            entered: Vec::new(),
            changes: Vec::new(),
            choices: vec![None; problem.choices],
            mentions: vec![Vec::new(); problem.choices],
            agenda: VecDeque::new(),
            left,
        }
    }

    /// Decides the question, once.
    pub(super) fn run(&mut self, premises: &[PremiseId], beside: Option<&[Part]>) -> End {
        let problem = self.problem;
        let known =
            premises.iter().filter_map(|id| problem.premises.get(id.0)).flat_map(|premise| &premise.parts);
        let parts: Vec<Part> = known.chain(beside.into_iter().flatten()).copied().collect();
        let mut refuted = self.learn(&parts).err();
        loop {
            let next = match refuted.take() {
                Some(refutation) => self.refute(refutation),
                None => self.advance(),
            };
            match next {
                Ok(Some(end)) => return end,
                Ok(None) => {}
                Err(refutation) => refuted = Some(refutation),
            }
        }
    }

    /// One step forward.
    fn advance(&mut self) -> Result<Option<End>, Rc<Refutation>> {
        if let Some(or) = self.agenda.pop_front() {
            if let Some(only) = self.look_at(or)? {
                self.enter(or, only)?;
            }
            return Ok(None);
        }
        match self.simplex.search() {
            Ok(()) => {}
            Err(Stop::Conflict(conflict)) => return Err(Refutation::sum(conflict)),
            Err(Stop::Limit) => return Ok(Some(End::Limit(Limit::Pivots))),
        }
        let open = self.ors.iter().filter_map(|or| {
            self.facts.get(*or).filter(|fact| !fact.is_settled).map(|fact| (fact.left, *or))
        });
        let Some((_, or)) = open.min() else { return Ok(Some(End::Found)) };
        // Bounds may have refuted alternatives since it was looked at.
        if let Some(only) = self.look_at(or)? {
            self.enter(or, only)?;
            return Ok(None);
        }
        let Some(fact) = self.facts.get(or).filter(|fact| !fact.is_settled) else { return Ok(None) };
        let Some(first) = fact.refuted.iter().position(Option::is_none) else { return Ok(None) };
        match self.left.checked_sub(1) {
            None => return Ok(Some(End::Limit(Limit::Cases))),
            Some(left) => self.left = left,
        }
        self.enter(or, first)?;
        Ok(None)
    }

    /// Goes back to the last alternative that a refutation uses, and on to the next one beside it.
    fn refute(&mut self, refutation: Rc<Refutation>) -> Result<Option<End>, Rc<Refutation>> {
        if refutation.is_too_deep() {
            return Ok(Some(End::Limit(Limit::Depth)));
        }
        while let Some(mut last) = self.entered.pop() {
            self.go_back(&last);
            if !refutation.is_after(last.facts.start) {
                continue;
            }
            if let Some(place) = last.refuted.get_mut(last.alternative) {
                *place = Some(Branch { facts: last.facts.clone(), refutation });
            }
            let Some(next) = last.refuted.iter().position(Option::is_none) else {
                return Err(Refutation::cases(last.of, last.refuted.into_iter().flatten().collect()));
            };
            match self.left.checked_sub(1) {
                None => return Ok(Some(End::Limit(Limit::Cases))),
                Some(left) => self.left = left,
            }
            return self.enter_after(last.of, next, last.refuted).map(|()| None);
        }
        Ok(Some(End::Refuted(refutation)))
    }

    fn go_back(&mut self, entered: &Entered) {
        self.simplex.retract(entered.bounds);
        while self.changes.len() > entered.changes {
            match self.changes.pop() {
                Some(Change::Choice(choice)) => {
                    if let Some(known) = self.choices.get_mut(choice) {
                        *known = None;
                    }
                }
                Some(Change::Refuted(or, alternative)) => {
                    if let Some(fact) = self.facts.get_mut(or) {
                        fact.left = fact.left.saturating_add(1);
                        if let Some(place) = fact.refuted.get_mut(alternative) {
                            *place = None;
                        }
                    }
                }
                Some(Change::Settled(or)) => {
                    if let Some(fact) = self.facts.get_mut(or) {
                        fact.is_settled = false;
                    }
                }
                None => break,
            }
        }
        let start = entered.facts.start;
        while let Some(or) = self.ors.pop_if(|or| *or >= start) {
            if let Some(Part::Or(id)) = self.facts.get(or).map(|fact| fact.part) {
                for choice in choices(self.problem, id) {
                    if let Some(mentions) = self.mentions.get_mut(choice) {
                        while mentions.pop_if(|known| *known >= start).is_some() {}
                    }
                }
            }
        }
        self.facts.truncate(start);
        self.agenda.retain(|or| *or < start);
    }

    fn enter(&mut self, or: usize, alternative: usize) -> Result<(), Rc<Refutation>> {
        let refuted = self.facts.get(or).map(|fact| fact.refuted.clone()).unwrap_or_default();
        self.enter_after(or, alternative, refuted)
    }

    /// Takes an alternative for true, after others were refuted.
    fn enter_after(
        &mut self,
        or: usize,
        alternative: usize,
        refuted: Vec<Option<Branch>>,
    ) -> Result<(), Rc<Refutation>> {
        let problem = self.problem;
        let Some(Part::Or(id)) = self.facts.get(or).map(|fact| fact.part) else { return Ok(()) };
        let Some(parts) = problem.ors.get(id).and_then(|all| all.get(alternative)) else { return Ok(()) };
        let start = self.facts.len();
        self.entered.push(Entered {
            of: or,
            alternative,
            facts: start..start.saturating_add(parts.len()),
            refuted,
            bounds: self.simplex.mark(),
            changes: self.changes.len(),
        });
        self.settle(or);
        self.learn(parts)
    }

    fn settle(&mut self, or: usize) {
        if let Some(fact) = self.facts.get_mut(or) {
            fact.is_settled = true;
            self.changes.push(Change::Settled(or));
        }
    }

    /// Puts facts on the path.
    fn learn(&mut self, parts: &[Part]) -> Result<(), Rc<Refutation>> {
        let start = self.facts.len();
        self.facts.extend(parts.iter().map(|part| Fact {
            part: *part,
            refuted: Vec::new(),
            left: 0,
            is_settled: false,
        }));
        for (fact, part) in (start..).zip(parts) {
            match part {
                Part::Comparison(comparison) => self.compare(fact, *comparison)?,
                Part::Choice(choice, is_made) => self.choose(fact, *choice, *is_made)?,
                Part::Or(id) => self.open(fact, *id),
            }
        }
        Ok(())
    }

    fn compare(&mut self, fact: usize, comparison: usize) -> Result<(), Rc<Refutation>> {
        let Some(comparison) = self.problem.comparisons.get(comparison) else { return Ok(()) };
        if let Some(multiple) = comparison.falsehood() {
            return Err(Refutation::sum(vec![(fact, multiple)]));
        }
        for (column, side, bound) in comparison.bounds(fact) {
            self.simplex.assert(column, side, bound).map_err(Refutation::sum)?;
        }
        Ok(())
    }

    fn choose(&mut self, fact: usize, choice: usize, is_made: bool) -> Result<(), Rc<Refutation>> {
        let Some(known) = self.choices.get_mut(choice) else { return Ok(()) };
        match known {
            Some((was_made, _)) if *was_made == is_made => {}
            Some((_, other)) => return Err(Refutation::clash(*other, fact)),
            None => {
                *known = Some((is_made, fact));
                self.changes.push(Change::Choice(choice));
                self.agenda.extend(self.mentions.get(choice).into_iter().flatten());
            }
        }
        Ok(())
    }

    fn open(&mut self, fact: usize, id: usize) {
        let alternatives = self.problem.ors.get(id).map_or(0, Vec::len);
        if let Some(fact) = self.facts.get_mut(fact) {
            fact.refuted = vec![None; alternatives];
            fact.left = alternatives;
        }
        self.ors.push(fact);
        self.agenda.push_back(fact);
        for choice in choices(self.problem, id) {
            if let Some(mentions) = self.mentions.get_mut(choice) {
                mentions.push(fact);
            }
        }
    }

    /// Drops alternatives of an *or* that cannot hold: the only one left, if so.
    fn look_at(&mut self, or: usize) -> Result<Option<usize>, Rc<Refutation>> {
        let problem = self.problem;
        let Some(fact) = self.facts.get(or).filter(|fact| !fact.is_settled) else { return Ok(None) };
        let Part::Or(id) = fact.part else { return Ok(None) };
        let Some(alternatives) = problem.ors.get(id) else { return Ok(None) };
        let (start, mut only) = (self.facts.len(), None);
        for (position, parts) in alternatives.iter().enumerate() {
            let is_refuted = |fact: &Fact| fact.refuted.get(position).is_some_and(Option::is_some);
            if self.facts.get(or).is_none_or(is_refuted) {
                continue;
            }
            match self.glance(parts, start) {
                Glance::Open => only = only.or(Some(position)),
                Glance::True => {
                    self.settle(or);
                    return Ok(None);
                }
                Glance::Refuted(refutation) => {
                    let facts = start..start.saturating_add(parts.len());
                    let Some(fact) = self.facts.get_mut(or) else { continue };
                    if let Some(place) = fact.refuted.get_mut(position) {
                        *place = Some(Branch { facts, refutation });
                        fact.left = fact.left.saturating_sub(1);
                        self.changes.push(Change::Refuted(or, position));
                    }
                }
            }
        }
        match self.facts.get(or) {
            Some(fact) if fact.left == 0 => {
                Err(Refutation::cases(or, fact.refuted.iter().flatten().cloned().collect()))
            }
            Some(fact) if fact.left == 1 => Ok(only),
            _ => Ok(None),
        }
    }

    /// What is known of an alternative whose facts would come next on the path.
    fn glance(&self, parts: &[Part], start: usize) -> Glance {
        let mut is_true = true;
        for (fact, part) in (start..).zip(parts) {
            match part {
                Part::Or(_) => is_true = false,
                Part::Choice(choice, is_made) => match self.choices.get(*choice).copied().flatten() {
                    None => is_true = false,
                    Some((was_made, _)) if was_made == *is_made => {}
                    Some((_, other)) => return Glance::Refuted(Refutation::clash(other, fact)),
                },
                Part::Comparison(comparison) => {
                    let Some(comparison) = self.problem.comparisons.get(*comparison) else { continue };
                    if let Some(multiple) = comparison.falsehood() {
                        return Glance::Refuted(Refutation::sum(vec![(fact, multiple)]));
                    }
                    for (column, side, bound) in comparison.bounds(fact) {
                        if let Some(conflict) = self.simplex.excluded(column, side, &bound) {
                            return Glance::Refuted(Refutation::sum(conflict));
                        }
                        is_true &= self.simplex.is_known(column, side, &bound.level);
                    }
                }
            }
        }
        if is_true { Glance::True } else { Glance::Open }
    }

    /// Figures and choices of the case that was found; `None` where a figure does not fit.
    pub(super) fn model(&mut self) -> Option<Model> {
        self.simplex.tidy();
        let mut seen = BTreeSet::new();
        let comparisons = self.facts.iter().filter_map(|fact| match fact.part {
            Part::Comparison(comparison) if seen.insert(comparison) => {
                self.problem.comparisons.get(comparison)
            }
            _ => None,
        });
        let branch: Vec<Atom> = comparisons.map(|comparison| comparison.atom.clone()).collect();
        let choices = self.choices.iter().map(|known| known.map(|(is_made, _)| is_made)).collect();
        Some(Model { values: self.simplex.figures()?, choices, branch })
    }

    /// The least multiple of a column in the case that was found; without a column, zero.
    pub(super) fn optimum(&mut self, target: Option<&(usize, Exact)>) -> Optimum {
        let Some((column, factor)) = target else { return Optimum::At(Level::ZERO) };
        let side = if factor.is_positive() { Side::Lower } else { Side::Upper };
        match self.simplex.optimise(*column, side) {
            Optimum::At(level) => Optimum::At(level.times(factor)),
            other => other,
        }
    }
}

/// The choices that an *or* speaks of, not inside further ones.
fn choices(problem: &Problem, id: usize) -> impl Iterator<Item = usize> {
    problem.ors.get(id).into_iter().flatten().flatten().filter_map(|part| match part {
        Part::Choice(choice, _) => Some(*choice),
        _ => None,
    })
}
