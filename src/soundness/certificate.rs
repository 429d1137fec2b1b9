//! Proofs that formulas cannot all be true, and their checker.
//!
//! In: formulas, and a proof that someone found somehow. Out: whether the proof is one. The checker shares no code with the
//! search, not even its numbers; believing an answer takes no more than reading this file and [`super::linear`].
//!
//! Known facts are numbered: first the premises in order; inside a branch of [`Proof::Cases`], the alternative comes after
//! all that is known there. Of an *and*, each part is a fact, in order, and so on inside: an *and* is never a fact itself.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;

use super::linear::{Atom, Formula, Relation, Variable};
use crate::quantity::Rational;

/// Cases inside each other in one proof. The checker recurses, so deeper ones are refused.
pub(crate) const DEPTH: usize = 500;

/// A formula given to the search, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PremiseId(pub(crate) usize);

/// A fact known at some point of a proof, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FactId(pub(crate) usize);

/// That some premises cannot all be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Certificate {
    /// Those that the proof uses, in order.
    pub(crate) premises: Vec<PremiseId>,
    /// What cannot be true beside them; it comes after them in the proof's facts.
    pub(crate) denied: Option<Formula>,
    pub(crate) proof: Proof,
}

/// Why known facts cannot all be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The multiples of known comparisons add up to a falsehood.
    Sum(Vec<(FactId, BigRational)>),
    /// A choice is known both made and not made.
    Clash(FactId, FactId),
    /// One of the alternatives of a known *or* holds, and each is refuted. Without alternatives, it is false by itself.
    Cases { of: FactId, branches: Vec<Proof> },
}

/// What is wrong with a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It names a fact that is not known there, or is not of the kind it is used as.
    Fact(FactId),
    /// An inequality is turned around.
    Negative(FactId),
    /// Something is left of the figures: the sum says no falsehood.
    Figures,
    /// What the sum says is true.
    True,
    /// There are more or fewer branches than alternatives.
    Branches(FactId),
    /// It nests deeper than [`DEPTH`].
    Depth,
}

/// Whether a proof shows that the premises cannot all be true.
pub(crate) fn check(premises: &[&Formula], proof: &Proof) -> Result<(), Refused> {
    let mut known = Vec::new();
    for premise in premises {
        learn(premise, &mut known);
    }
    refutes(&mut known, proof, DEPTH)
}

fn learn<'f>(formula: &'f Formula, known: &mut Vec<&'f Formula>) {
    let mut rest = vec![formula];
    while let Some(next) = rest.pop() {
        match next {
            Formula::And(parts) => rest.extend(parts.iter().rev()),
            fact => known.push(fact),
        }
    }
}

fn refutes(known: &mut Vec<&Formula>, proof: &Proof, depth: usize) -> Result<(), Refused> {
    match proof {
        Proof::Sum(multiples) => is_falsehood(known, multiples),
        Proof::Clash(one, other) => match (fact(known, *one)?, fact(known, *other)?) {
            (Formula::Choice(choice, is_made), Formula::Choice(same, is_other_made))
                if choice == same && is_made != is_other_made =>
            {
                Ok(())
            }
            _ => Err(Refused::Fact(*other)),
        },
        Proof::Cases { of, branches } => {
            let Formula::Or(alternatives) = fact(known, *of)? else { return Err(Refused::Fact(*of)) };
            if alternatives.len() != branches.len() {
                return Err(Refused::Branches(*of));
            }
            let depth = depth.checked_sub(1).ok_or(Refused::Depth)?;
            let before = known.len();
            for (alternative, branch) in alternatives.iter().zip(branches) {
                learn(alternative, known);
                refutes(known, branch, depth)?;
                known.truncate(before);
            }
            Ok(())
        }
    }
}

fn fact<'f>(known: &[&'f Formula], id: FactId) -> Result<&'f Formula, Refused> {
    known.get(id.0).copied().ok_or(Refused::Fact(id))
}

/// Adds up `multiple × (form relation bound)`: false if nothing is left of the forms and the bounds come to less than zero, or
/// to zero where something strict was added.
fn is_falsehood(known: &[&Formula], multiples: &[(FactId, BigRational)]) -> Result<(), Refused> {
    let zero = big(Rational::ZERO);
    let mut forms: BTreeMap<Variable, BigRational> = BTreeMap::new();
    let (mut bounds, mut is_strict) = (zero.clone(), false);
    for (id, multiple) in multiples {
        let Formula::Atom(atom) = fact(known, *id)? else { return Err(Refused::Fact(*id)) };
        if atom.relation != Relation::Equal && *multiple < zero {
            return Err(Refused::Negative(*id));
        }
        for (variable, factor) in atom.form.terms() {
            *forms.entry(*variable).or_insert_with(|| zero.clone()) += multiple * big(*factor);
        }
        bounds += multiple * big(atom.bound);
        is_strict |= atom.relation == Relation::Less && *multiple > zero;
    }
    match forms.values().all(|sum| *sum == zero) {
        false => Err(Refused::Figures),
        true if bounds < zero || (bounds == zero && is_strict) => Ok(()),
        true => Err(Refused::True),
    }
}

fn big(rational: Rational) -> BigRational {
    BigRational::new(BigInt::from(rational.numerator()), BigInt::from(rational.denominator()))
}

/// One falsehood of a proof, for readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Falsehood<'f> {
    /// The comparisons with their multiples, and the premise that each is of, by position; none for one that a case assumes.
    pub(crate) multiples: Vec<(Option<usize>, &'f Atom, BigRational)>,
    /// What the bounds come to: the falsehood is `0 < bound`, or `0 <= bound` where nothing strict was added.
    pub(crate) bound: BigRational,
}

/// All sums of a proof that was accepted, in order. A proof without cases has one.
pub(crate) fn falsehoods<'f>(premises: &[&'f Formula], proof: &Proof) -> Vec<Falsehood<'f>> {
    let (mut known, mut origins) = (Vec::new(), Vec::new());
    for (position, premise) in premises.iter().enumerate() {
        learn(premise, &mut known);
        origins.resize(known.len(), position);
    }
    let mut found = Vec::new();
    collect(&mut known, &origins, proof, DEPTH, &mut found);
    found
}

fn collect<'f>(
    known: &mut Vec<&'f Formula>,
    origins: &[usize],
    proof: &Proof,
    depth: usize,
    found: &mut Vec<Falsehood<'f>>,
) {
    match proof {
        Proof::Sum(sum) => {
            let (mut multiples, mut bound) = (Vec::new(), big(Rational::ZERO));
            for (id, multiple) in sum {
                let Ok(Formula::Atom(atom)) = fact(known, *id) else { continue };
                bound += multiple * big(atom.bound);
                multiples.push((origins.get(id.0).copied(), atom, multiple.clone()));
            }
            found.push(Falsehood { multiples, bound });
        }
        Proof::Clash(..) => {}
        Proof::Cases { of, branches } => {
            let (Ok(Formula::Or(alternatives)), Some(depth)) = (fact(known, *of), depth.checked_sub(1))
            else {
                return;
            };
            let before = known.len();
            for (alternative, branch) in alternatives.iter().zip(branches) {
                learn(alternative, known);
                collect(known, origins, branch, depth, found);
                known.truncate(before);
            }
        }
    }
}
