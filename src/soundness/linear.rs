//! What the search and the checker of certificates both speak of: linear comparisons of figures, and choices.
//!
//! In: nothing of rules or documents. A [`Formula`] is built by the translation of rules; the search looks for figures that
//! make formulas true, and [`super::certificate`] verifies, by itself, that there are none.

use crate::quantity::Rational;

/// A figure of a document, by position in its problem. Any rational is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Variable(pub(crate) u32);

/// What a document either does or does not, by position in its problem: state a figure, be a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Choice(pub(crate) u32);

impl Variable {
    pub(crate) fn at(position: usize) -> Variable {
        Variable(u32::try_from(position).unwrap_or(u32::MAX))
    }

    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl Choice {
    pub(crate) fn at(position: usize) -> Choice {
        Choice(u32::try_from(position).unwrap_or(u32::MAX))
    }

    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A sum of multiples of figures, without a constant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Form {
    /// In the order of the variables, each once, none with zero.
    terms: Vec<(Variable, Rational)>,
}

impl Form {
    /// The sum of some multiples; `None` where one does not fit.
    pub(crate) fn new(terms: impl IntoIterator<Item = (Variable, Rational)>) -> Option<Form> {
        let mut terms: Vec<(Variable, Rational)> = terms.into_iter().collect();
        terms.sort_by_key(|(variable, _)| *variable);
        let mut merged: Vec<(Variable, Rational)> = Vec::with_capacity(terms.len());
        for (variable, factor) in terms {
            match merged.last_mut() {
                Some((last, sum)) if *last == variable => *sum = sum.add(factor)?,
                _ => merged.push((variable, factor)),
            }
        }
        merged.retain(|(_, factor)| !factor.is_zero());
        Some(Form { terms: merged })
    }

    /// One figure itself.
    pub(crate) fn of(variable: Variable) -> Form {
        Form { terms: vec![(variable, Rational::ONE)] }
    }

    pub(crate) fn terms(&self) -> &[(Variable, Rational)] {
        &self.terms
    }

    /// What it is multiplied by.
    pub(crate) fn factor(&self, variable: Variable) -> Option<Rational> {
        let position = self.terms.binary_search_by_key(&variable, |(known, _)| *known).ok()?;
        self.terms.get(position).map(|(_, factor)| *factor)
    }

    pub(crate) fn scale(&self, factor: Rational) -> Option<Form> {
        Form::new(
            self.terms
                .iter()
                .map(|(variable, known)| Some((*variable, known.mul(factor)?)))
                .collect::<Option<Vec<_>>>()?,
        )
    }

    pub(crate) fn add(&self, other: &Form) -> Option<Form> {
        Form::new(self.terms.iter().chain(&other.terms).copied())
    }

    /// What it comes to; `None` where that does not fit.
    pub(crate) fn value(&self, of: impl Fn(Variable) -> Rational) -> Option<Rational> {
        self.terms
            .iter()
            .try_fold(Rational::ZERO, |sum, (variable, factor)| sum.add(factor.mul(of(*variable))?))
    }
}

/// How a form stands to its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Relation {
    Equal,
    AtMost,
    Less,
}

/// `form relation bound`. What is at least, or above, is the opposite form at most, or below, the opposite bound.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Atom {
    pub(crate) form: Form,
    pub(crate) relation: Relation,
    pub(crate) bound: Rational,
}

impl Atom {
    /// Whether it is true of some figures; `None` where arithmetic does not fit.
    pub(crate) fn is_true(&self, of: impl Fn(Variable) -> Rational) -> Option<bool> {
        let value = self.form.value(of)?;
        Some(match self.relation {
            Relation::Equal => value == self.bound,
            Relation::AtMost => value <= self.bound,
            Relation::Less => value < self.bound,
        })
    }
}

/// What may be true of a document's figures. Negation is gone: [`Formula::not`] pushes it to the leaves.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Formula {
    Atom(Atom),
    Choice(Choice, bool),
    /// All of them; of none, true.
    And(Vec<Formula>),
    /// One of them at least; of none, false.
    Or(Vec<Formula>),
}

impl Formula {
    pub(crate) const TRUE: Formula = Formula::And(Vec::new());
    pub(crate) const FALSE: Formula = Formula::Or(Vec::new());

    /// All of some, nested ones taken apart, false where one is.
    pub(crate) fn and(parts: impl IntoIterator<Item = Formula>) -> Formula {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Formula::And(inner) => all.extend(inner),
                Formula::Or(inner) if inner.is_empty() => return Formula::FALSE,
                part => all.push(part),
            }
        }
        match all.len() {
            1 => all.pop().unwrap_or(Formula::TRUE),
            _ => Formula::And(all),
        }
    }

    /// One of some at least, nested ones taken apart, true where one is.
    pub(crate) fn or(parts: impl IntoIterator<Item = Formula>) -> Formula {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Formula::Or(inner) => any.extend(inner),
                Formula::And(inner) if inner.is_empty() => return Formula::TRUE,
                part => any.push(part),
            }
        }
        match any.len() {
            1 => any.pop().unwrap_or(Formula::FALSE),
            _ => Formula::Or(any),
        }
    }

    /// What is true where this is false; `None` where an opposite does not fit.
    pub(crate) fn not(&self) -> Option<Formula> {
        Some(match self {
            Formula::Choice(choice, is_made) => Formula::Choice(*choice, !is_made),
            Formula::And(parts) => Formula::or(parts.iter().map(Formula::not).collect::<Option<Vec<_>>>()?),
            Formula::Or(parts) => Formula::and(parts.iter().map(Formula::not).collect::<Option<Vec<_>>>()?),
            Formula::Atom(Atom { form, relation, bound }) => {
                let below = Atom { form: form.clone(), relation: Relation::Less, bound: *bound };
                let above = Atom {
                    form: form.scale(Rational::whole(-1))?,
                    relation: Relation::Less,
                    bound: bound.neg()?,
                };
                match relation {
                    Relation::Equal => Formula::Or(vec![Formula::Atom(below), Formula::Atom(above)]),
                    Relation::AtMost => Formula::Atom(above),
                    Relation::Less => Formula::Atom(Atom { relation: Relation::AtMost, ..above }),
                }
            }
        })
    }

    /// The same of other variables and choices, which stand in the same order.
    pub(crate) fn renamed(
        &self,
        to: &dyn Fn(Variable) -> Variable,
        of: &dyn Fn(Choice) -> Choice,
    ) -> Formula {
        let parts = |parts: &[Formula]| parts.iter().map(|part| part.renamed(to, of)).collect();
        match self {
            Formula::Atom(atom) => {
                let terms = atom.form.terms.iter().map(|(variable, factor)| (to(*variable), *factor));
                Formula::Atom(Atom { form: Form { terms: terms.collect() }, ..atom.clone() })
            }
            Formula::Choice(choice, is_made) => Formula::Choice(of(*choice), *is_made),
            Formula::And(all) => Formula::And(parts(all)),
            Formula::Or(any) => Formula::Or(parts(any)),
        }
    }

    /// The same, with alternatives in the opposite order.
    pub(crate) fn turned(&self) -> Formula {
        match self {
            Formula::Atom(_) | Formula::Choice(..) => self.clone(),
            Formula::And(all) => Formula::And(all.iter().map(Formula::turned).collect()),
            Formula::Or(any) => Formula::Or(any.iter().rev().map(Formula::turned).collect()),
        }
    }

    /// A formula that implies it: what is at most a bound is the bound.
    pub(crate) fn tightened(&self) -> Formula {
        match self {
            Formula::Atom(Atom { form, relation: Relation::AtMost, bound }) => {
                Formula::Atom(Atom { form: form.clone(), relation: Relation::Equal, bound: *bound })
            }
            Formula::Atom(_) | Formula::Choice(..) => self.clone(),
            Formula::And(all) => Formula::And(all.iter().map(Formula::tightened).collect()),
            Formula::Or(any) => Formula::Or(any.iter().map(Formula::tightened).collect()),
        }
    }

    /// Calls `visit` with every comparison and every choice inside.
    pub(crate) fn leaves<'f>(&'f self, visit: &mut dyn FnMut(&'f Formula)) {
        match self {
            Formula::Atom(_) | Formula::Choice(..) => visit(self),
            Formula::And(parts) | Formula::Or(parts) => parts.iter().for_each(|part| part.leaves(visit)),
        }
    }

    /// Whether it is true of some figures and choices; `None` where arithmetic does not fit.
    pub(crate) fn is_true(
        &self,
        of: &dyn Fn(Variable) -> Rational,
        made: &dyn Fn(Choice) -> bool,
    ) -> Option<bool> {
        match self {
            Formula::Atom(atom) => atom.is_true(of),
            Formula::Choice(choice, is_made) => Some(made(*choice) == *is_made),
            Formula::And(parts) => {
                parts.iter().try_fold(true, |all, part| Some(all && part.is_true(of, made)?))
            }
            Formula::Or(parts) => {
                parts.iter().try_fold(false, |any, part| Some(any || part.is_true(of, made)?))
            }
        }
    }
}
