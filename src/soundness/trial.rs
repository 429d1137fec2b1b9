//! Factors of products set to numbers, so that a rule becomes linear.
//!
//! In: a number that a rule multiplies or divides by. Out: a constant for it. What is found so is possible; what is not found may be
//! possible all the same.

use super::figure::Figure;
use super::linear::{Relation, Variable};
use super::problem::{Derived, Meaning, Problem};
use super::sums::Linear;
use crate::document::Basis;
use crate::quantity::Rational;

/// What factors of products are tried at: their reciprocals are short decimals.
const TRIALS: [i128; 7] = [100, 80, 125, 50, 200, 160, 40];

impl Problem<'_> {
    /// How many tries differ.
    pub(super) const TRIALS: usize = TRIALS.len();

    /// A number as a constant: it is one, or it is tried at one.
    pub(super) fn tried_at(&mut self, number: &Linear) -> Option<Rational> {
        if let Some(constant) = number.as_constant() {
            return Some(constant);
        }
        let trial = self.trial?;
        let variable = match number.form.terms() {
            [(variable, factor)] if *factor == Rational::ONE && number.constant.is_zero() => *variable,
            _ => {
                let divisor = Derived::Divisor(number.clone());
                let define = |own: &Linear| Ok(vec![own.sub(number)?.atom(Relation::Equal)?]);
                let own = self.derived(divisor, define).ok()?;
                own.form.terms().first().map(|(variable, _)| *variable)?
            }
        };
        if let Some(known) = self.fixed.get(&variable) {
            return Some(*known);
        }
        let value = match self.like(variable, trial) {
            Some(other) => self.tried_at(&Linear::of(other))?,
            None => {
                let next = self.fixed.len().saturating_add(trial);
                Rational::whole(TRIALS.iter().cycle().nth(next).copied().unwrap_or(100))
            }
        };
        self.fixed.insert(variable, value);
        Some(value)
    }

    /// What has the same number as a variable, when both are tried: the first of what a `??` may take; in every other trial, the
    /// figure in another basis.
    fn like(&self, variable: Variable, trial: usize) -> Option<Variable> {
        match self.meaning(variable)? {
            Meaning::Derived(Derived::FirstOf(members)) => {
                let (_, first) = members.first()?;
                first.form.terms().first().map(|(variable, _)| *variable)
            }
            Meaning::Figure(figure) if trial.is_multiple_of(2) => {
                let bases = [None, Some(Basis::Budget), Some(Basis::Actual)];
                let others = bases.map(|basis| self.known(&Figure { basis, ..figure.clone() }));
                others.into_iter().flatten().find(|other| self.fixed.contains_key(other))
            }
            _ => None,
        }
    }
}
