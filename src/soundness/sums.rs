//! Sums of multiples of figures with a constant, and the comparisons that they make.
//!
//! In: figures and numbers of a rule. Out: formulas. It never knows what a figure is.

use std::collections::BTreeMap;

use super::linear::{Atom, Form, Formula, Relation, Variable};
use super::problem::Outside;
use crate::quantity::Rational;

/// A sum of multiples of variables, and a constant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Linear {
    pub(super) form: Form,
    pub(super) constant: Rational,
}

impl Linear {
    pub(super) fn constant(constant: Rational) -> Linear {
        Linear { form: Form::default(), constant }
    }

    pub(super) fn of(variable: Variable) -> Linear {
        Linear { form: Form::of(variable), constant: Rational::ZERO }
    }

    pub(super) fn as_constant(&self) -> Option<Rational> {
        self.form.terms().is_empty().then_some(self.constant)
    }

    pub(super) fn scale(&self, factor: Rational) -> Result<Linear, Outside> {
        let scaled = self.form.scale(factor).zip(self.constant.mul(factor));
        scaled.map(|(form, constant)| Linear { form, constant }).ok_or(Outside::Overflow)
    }

    pub(super) fn add(&self, other: &Linear) -> Result<Linear, Outside> {
        let sum = self.form.add(&other.form).zip(self.constant.add(other.constant));
        sum.map(|(form, constant)| Linear { form, constant }).ok_or(Outside::Overflow)
    }

    pub(super) fn sub(&self, other: &Linear) -> Result<Linear, Outside> {
        self.add(&other.scale(Rational::whole(-1))?)
    }

    /// `self relation 0`.
    pub(super) fn atom(&self, relation: Relation) -> Result<Formula, Outside> {
        if self.form.terms().is_empty() {
            let is_true = match relation {
                Relation::Equal => self.constant.is_zero(),
                Relation::AtMost => self.constant.signum() <= 0,
                Relation::Less => self.constant.signum() < 0,
            };
            return Ok(if is_true { Formula::TRUE } else { Formula::FALSE });
        }
        let bound = self.constant.neg().ok_or(Outside::Overflow)?;
        Ok(Formula::Atom(Atom { form: self.form.clone(), relation, bound }))
    }

    /// `self != 0`.
    pub(super) fn differs(&self) -> Result<Formula, Outside> {
        let above = self.scale(Rational::whole(-1))?;
        Ok(Formula::or([self.atom(Relation::Less)?, above.atom(Relation::Less)?]))
    }

    /// With what is solved put in for its variables; `None` where a number does not fit.
    pub(super) fn substituted(&self, solved: &BTreeMap<Variable, Linear>) -> Option<Linear> {
        let mut terms: Vec<(Variable, Rational)> = Vec::new();
        let mut constant = self.constant;
        for (variable, factor) in self.form.terms() {
            match solved.get(variable) {
                None => terms.push((*variable, *factor)),
                Some(known) => {
                    for (of, own) in known.form.terms() {
                        terms.push((*of, own.mul(*factor)?));
                    }
                    constant = constant.add(known.constant.mul(*factor)?)?;
                }
            }
        }
        Some(Linear { form: Form::new(terms)?, constant })
    }

    /// What it comes to; `None` where that does not fit.
    pub(super) fn value(&self, of: impl Fn(Variable) -> Rational) -> Option<Rational> {
        self.form.value(of)?.add(self.constant)
    }
}
