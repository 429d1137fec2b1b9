//! What an expression comes to: known, not stated, or not to be had.

use super::Reason;
use crate::quantity::{Interval, Rational};

/// The answer to a question about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer<T> {
    Known(T),
    /// Something is not stated: what.
    Missing(Vec<String>),
    Undecidable(Reason),
}

impl<T> Answer<T> {
    /// The answer to the next question, where this one is known.
    pub(crate) fn then<U>(self, next: impl FnOnce(T) -> Answer<U>) -> Answer<U> {
        match self {
            Answer::Known(value) => next(value),
            Answer::Missing(what) => Answer::Missing(what),
            Answer::Undecidable(reason) => Answer::Undecidable(reason),
        }
    }

    /// Two answers together, of which the second may be of another kind.
    pub(crate) fn both<U>(self, other: Answer<U>) -> Answer<(T, U)> {
        match (self, other) {
            (Answer::Known(one), Answer::Known(other)) => Answer::Known((one, other)),
            (Answer::Undecidable(reason), _) | (_, Answer::Undecidable(reason)) => {
                Answer::Undecidable(reason)
            }
            (Answer::Missing(mut missing), Answer::Missing(more)) => {
                merge(&mut missing, more);
                Answer::Missing(missing)
            }
            (Answer::Missing(missing), _) | (_, Answer::Missing(missing)) => Answer::Missing(missing),
        }
    }

    /// All answers together: undecidable outranks missing, and everything missing is named.
    pub(crate) fn all(answers: impl IntoIterator<Item = Answer<T>>) -> Answer<Vec<T>> {
        let (mut known, mut missing) = (Vec::new(), Vec::new());
        for answer in answers {
            match answer {
                Answer::Known(value) => known.push(value),
                Answer::Missing(what) => merge(&mut missing, what),
                Answer::Undecidable(reason) => return Answer::Undecidable(reason),
            }
        }
        if missing.is_empty() { Answer::Known(known) } else { Answer::Missing(missing) }
    }

    /// Why it could not be decided.
    pub(crate) fn undecidable(&self) -> Option<Reason> {
        match self {
            Answer::Undecidable(reason) => Some(*reason),
            Answer::Known(_) | Answer::Missing(_) => None,
        }
    }

    /// A value, or undecidable for a result that does not fit.
    pub(crate) fn fits(value: Option<T>) -> Answer<T> {
        value.map_or(Answer::Undecidable(Reason::Overflow), Answer::Known)
    }
}

/// How many names of what is missing are kept; an ellipsis stands for the rest.
const NAMES: usize = 100;

/// Adds names that are not there yet.
pub(crate) fn merge(names: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if names.len() > NAMES {
            return;
        }
        if names.len() == NAMES {
            names.push("…".to_owned());
        } else if !names.contains(&name) {
            names.push(name);
        }
    }
}

/// Something whose value is known within an interval: a figure, or a quotient of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Atom {
    pub(crate) point: Rational,
    pub(crate) interval: Interval,
}

/// An atom of its evaluation, by position. One figure is one atom, however often a rule names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AtomId(pub(crate) usize);

/// A number as a sum of multiples of atoms, so that a figure on both sides of a comparison counts once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// The value of the figures as printed.
    pub(crate) point: Rational,
    constant: Rational,
    /// In the order of the atoms; no coefficient is zero.
    terms: Vec<(AtomId, Rational)>,
}

impl Number {
    pub(crate) fn constant(value: Rational) -> Number {
        Number { point: value, constant: value, terms: Vec::new() }
    }

    pub(crate) fn atom(id: AtomId, atom: Atom) -> Number {
        Number { point: atom.point, constant: Rational::ZERO, terms: vec![(id, Rational::ONE)] }
    }

    /// How often an atom is in it.
    pub(crate) fn weight(&self, atom: AtomId) -> Option<Rational> {
        let at = self.terms.binary_search_by_key(&atom, |(id, _)| *id).ok()?;
        self.terms.get(at).map(|(_, weight)| *weight)
    }

    /// The value, where no figure is in it.
    pub(crate) fn as_constant(&self) -> Option<Rational> {
        self.terms.is_empty().then_some(self.constant)
    }

    /// The sum. It takes over the first number's terms, so that a long sum is not copied at each step.
    pub(crate) fn add(mut self, other: &Number) -> Option<Number> {
        for (id, coefficient) in &other.terms {
            match self.terms.binary_search_by_key(id, |(id, _)| *id) {
                Ok(at) => {
                    let mine = self.terms.get(at)?.1.add(*coefficient)?;
                    if mine.is_zero() {
                        self.terms.remove(at);
                    } else if let Some(term) = self.terms.get_mut(at) {
                        term.1 = mine;
                    }
                }
                Err(at) => self.terms.insert(at, (*id, *coefficient)),
            }
        }
        self.point = self.point.add(other.point)?;
        self.constant = self.constant.add(other.constant)?;
        Some(self)
    }

    pub(crate) fn scale(&self, factor: Rational) -> Option<Number> {
        if factor.is_zero() {
            return Some(Number::constant(Rational::ZERO));
        }
        let terms: Option<_> = self.terms.iter().map(|(id, by)| Some((*id, by.mul(factor)?))).collect();
        Some(Number { point: self.point.mul(factor)?, constant: self.constant.mul(factor)?, terms: terms? })
    }

    pub(crate) fn sub(&self, other: &Number) -> Option<Number> {
        other.scale(Rational::whole(-1))?.add(self)
    }

    /// The values it may have while its atoms stay inside theirs.
    pub(crate) fn interval(&self, atoms: &[Atom]) -> Option<Interval> {
        let mut total = Interval::point(self.constant);
        for (id, coefficient) in &self.terms {
            total = total.add(atoms.get(id.0)?.interval.scale(*coefficient)?)?;
        }
        Some(total)
    }
}
