//! Whether formulas can all be true, decided by cases.
//!
//! In: formulas, kept as premises; then questions about some of them. Out: figures and choices that make them true; or a
//! certificate, which [`super::certificate`] has accepted, that nothing does; or which limit was reached. It never guesses, and
//! its depth is on the heap: only formulas themselves are walked by recursion, and those are as deep as rules are written.

use std::collections::HashMap;

use super::certificate::{Certificate, PremiseId, check};
use super::exact::{Exact, Level};
use super::linear::{Atom, Form, Formula, Relation};
use super::simplex::{Bound, Optimum, Side, Simplex};
use crate::limits::{SOUNDNESS_CASES, SOUNDNESS_PIVOTS};
use crate::quantity::Rational;

mod cases;
mod refutation;

use cases::{Cases, End};
use refutation::Refutation;

/// What a question came to.
#[derive(Clone, Debug)]
#[cfg_attr(not(test), allow(dead_code, reason = "which limit it was, its tests ask"))]
pub(super) enum Answer {
    Possible(Model),
    Impossible(Certificate),
    Unknown(Limit),
}

/// Figures and choices that make all premises true.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// By position of the variable.
    pub(super) values: Vec<Rational>,
    /// By position of the choice; `None` where it does not matter.
    pub(super) choices: Vec<Option<bool>>,
    /// The comparisons of the case: any figures that satisfy them, with these choices, satisfy all premises.
    pub(super) branch: Vec<Atom>,
}

/// How low a form can be.
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "why, its tests ask")]
pub(super) enum Least {
    Unbounded,
    At {
        value: Rational,
        /// Whether it can be the value itself, and not only come near.
        is_attained: bool,
        /// That the premises exclude less; or, where it only comes near, the value itself and less.
        certificate: Certificate,
    },
    Impossible(Certificate),
    Unknown(Limit),
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// More cases than [`SOUNDNESS_CASES`].
    Cases,
    /// More pivots than [`SOUNDNESS_PIVOTS`].
    Pivots,
    /// The proof has too many cases inside each other.
    Depth,
    /// A number does not fit.
    Size,
    /// The certificate was not accepted: a mistake in the search.
    Refused,
}

/// A comparison as bounds on a column of the simplex.
#[derive(Debug)]
struct Comparison {
    atom: Atom,
    /// None where the form has no figures.
    column: Option<(usize, Exact)>,
}

impl Comparison {
    /// What it says of the column.
    fn bounds(&self, fact: usize) -> impl Iterator<Item = (usize, Side, Bound)> {
        let Comparison { atom: Atom { relation, bound, .. }, column } = self;
        column.iter().flat_map(move |(column, factor)| {
            let inverse = factor.inverse();
            [Side::Lower, Side::Upper].into_iter().filter_map(move |side| {
                let scale = if side == Side::Upper { inverse.clone() } else { -&inverse };
                if *relation != Relation::Equal && !scale.is_positive() {
                    return None;
                }
                let epsilons = match (relation, side) {
                    (Relation::Less, Side::Upper) => Exact::from(-1),
                    (Relation::Less, Side::Lower) => Exact::ONE,
                    _ => Exact::ZERO,
                };
                let level = Level { real: &Exact::from(*bound) * &inverse, epsilons };
                Some((*column, side, Bound { level, fact, scale }))
            })
        })
    }

    /// The multiple that makes it a falsehood by itself, without figures.
    fn falsehood(&self) -> Option<Exact> {
        if self.column.is_some() || self.atom.is_true(|_| Rational::ZERO)? {
            return None;
        }
        let is_turned = self.atom.relation == Relation::Equal && self.atom.bound > Rational::ZERO;
        Some(Exact::from(if is_turned { -1 } else { 1 }))
    }
}

/// One fact that a formula comes to, its *ands* taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// By position in [`Problem::comparisons`].
    Comparison(usize),
    Choice(usize, bool),
    /// By position in [`Problem::ors`].
    Or(usize),
}

/// The alternatives of an *or*, each as the facts it comes to.
type Alternatives = Vec<Vec<Part>>;

#[derive(Debug)]
struct Premise {
    formula: Formula,
    parts: Vec<Part>,
}

/// All formulas, taken apart.
#[derive(Debug, Default)]
struct Problem {
    choices: usize,
    comparisons: Vec<Comparison>,
    known: HashMap<Atom, usize>,
    ors: Vec<Alternatives>,
    premises: Vec<Premise>,
}

impl Problem {
    fn take_apart(&mut self, formula: &Formula, simplex: &mut Simplex, parts: &mut Vec<Part>) {
        match formula {
            Formula::And(inner) => inner.iter().for_each(|part| self.take_apart(part, simplex, parts)),
            Formula::Choice(choice, is_made) => {
                let choice = choice.index();
                self.choices = self.choices.max(choice.saturating_add(1));
                parts.push(Part::Choice(choice, *is_made));
            }
            Formula::Atom(atom) => {
                let next = self.comparisons.len();
                let place = *self.known.entry(atom.clone()).or_insert(next);
                if place == next {
                    let column = simplex.column(&atom.form);
                    self.comparisons.push(Comparison { atom: atom.clone(), column });
                }
                parts.push(Part::Comparison(place));
            }
            Formula::Or(inner) => {
                let mut alternatives = Vec::with_capacity(inner.len());
                for alternative in inner {
                    let mut parts = Vec::new();
                    self.take_apart(alternative, simplex, &mut parts);
                    alternatives.push(parts);
                }
                parts.push(Part::Or(self.ors.len()));
                self.ors.push(alternatives);
            }
        }
    }
}

/// Premises, and where the last question about them ended: the next begins there.
#[derive(Debug)]
pub(super) struct Solver {
    problem: Problem,
    simplex: Simplex,
}

impl Solver {
    /// For so many variables and choices.
    pub(super) fn new(variables: usize, choices: usize) -> Solver {
        Solver { problem: Problem { choices, ..Problem::default() }, simplex: Simplex::new(variables) }
    }

    /// Keeps a formula to ask about.
    pub(super) fn premise(&mut self, formula: Formula) -> PremiseId {
        let mut parts = Vec::new();
        self.problem.take_apart(&formula, &mut self.simplex, &mut parts);
        self.problem.premises.push(Premise { formula, parts });
        PremiseId(self.problem.premises.len().saturating_sub(1))
    }

    /// Whether all of some premises can be true.
    pub(super) fn solve(&mut self, premises: &[PremiseId]) -> Answer {
        let premises = in_order(premises);
        self.simplex.pivots = SOUNDNESS_PIVOTS;
        let mut cases = Cases::new(&self.problem, &mut self.simplex, SOUNDNESS_CASES);
        let end = cases.run(&premises, None);
        let answer = match &end {
            End::Found => cases.model().map_or(Answer::Unknown(Limit::Size), Answer::Possible),
            End::Refuted(refutation) => match self.problem.certificate(&premises, None, refutation) {
                Ok(certificate) => Answer::Impossible(certificate),
                Err(limit) => Answer::Unknown(limit),
            },
            End::Limit(limit) => Answer::Unknown(*limit),
        };
        self.simplex.retract(0);
        answer
    }

    /// How low a form can be while all of some premises are true.
    pub(super) fn least(&mut self, premises: &[PremiseId], form: &Form) -> Least {
        let premises = in_order(premises);
        self.simplex.pivots = SOUNDNESS_PIVOTS;
        let mut left = SOUNDNESS_CASES;
        // The least of all cases so far, and a comparison that asks for less.
        let mut best: Option<(Level, Formula)> = None;
        loop {
            let mut extra = Vec::new();
            if let Some((_, less)) = &best {
                self.problem.take_apart(less, &mut self.simplex, &mut extra);
            }
            let target = self.simplex.column(form);
            let mut cases = Cases::new(&self.problem, &mut self.simplex, left);
            let end = cases.run(&premises, best.is_some().then_some(extra.as_slice()));
            left = cases.left;
            let found = match &end {
                End::Found => cases.optimum(target.as_ref()),
                End::Refuted(_) | End::Limit(_) => Optimum::Unbounded,
            };
            self.simplex.retract(0);
            match (end, found, best) {
                (End::Limit(limit), ..) => return Least::Unknown(limit),
                (End::Refuted(refutation), _, None) => {
                    return match self.problem.certificate(&premises, None, &refutation) {
                        Ok(certificate) => Least::Impossible(certificate),
                        Err(limit) => Least::Unknown(limit),
                    };
                }
                (End::Refuted(refutation), _, Some((level, less))) => {
                    let certificate = match self.problem.certificate(&premises, Some(less), &refutation) {
                        Ok(certificate) => certificate,
                        Err(limit) => return Least::Unknown(limit),
                    };
                    let is_attained = level.epsilons.is_zero();
                    return level.real.to_rational().map_or(Least::Unknown(Limit::Size), |value| Least::At {
                        value,
                        is_attained,
                        certificate,
                    });
                }
                (End::Found, Optimum::Unbounded, _) => return Least::Unbounded,
                (End::Found, Optimum::Limit, _) => return Least::Unknown(Limit::Pivots),
                (End::Found, Optimum::At(level), _) => {
                    let Some(bound) = level.real.to_rational() else { return Least::Unknown(Limit::Size) };
                    let relation = match level.epsilons.is_zero() {
                        true => Relation::Less,
                        false => Relation::AtMost,
                    };
                    best = Some((level, Formula::Atom(Atom { form: form.clone(), relation, bound })));
                }
            }
        }
    }
}

impl Problem {
    /// What the checker accepts of a refutation.
    fn certificate(
        &self,
        premises: &[PremiseId],
        denied: Option<Formula>,
        refutation: &Refutation,
    ) -> Result<Certificate, Limit> {
        let counts = premises.iter().filter_map(|id| Some((*id, self.premises.get(id.0)?.parts.len())));
        let (used, proof) = refutation.proof(counts, usize::from(denied.is_some())).ok_or(Limit::Depth)?;
        let formulas = used.iter().filter_map(|id| Some(&self.premises.get(id.0)?.formula));
        let formulas: Vec<&Formula> = formulas.chain(&denied).collect();
        match check(&formulas, &proof) {
            Ok(()) => Ok(Certificate { premises: used, denied, proof }),
            Err(_) => Err(Limit::Refused),
        }
    }
}

fn in_order(premises: &[PremiseId]) -> Vec<PremiseId> {
    let mut premises = premises.to_vec();
    premises.sort_unstable();
    premises.dedup();
    premises
}

#[cfg(test)]
mod tests;
