//! What an expression comes to: a sum of multiples of figures, perhaps over a divisor, and when it is known.

use super::figure::{Figure, Of};
use super::linear::{Formula, Relation};
use super::problem::{Derived, Outside, Problem};
use super::shape::About;
use super::sums::Linear;
use crate::quantity::Rational;
use crate::ruleset::expr::{Expr, ExprKind, Fact, Factor, Function, Sign};
use crate::ruleset::field::{FacetRef, ListRef};

/// A number of an expression.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) sum: Linear,
    /// What the sum is divided by, where that is no constant.
    pub(super) over: Option<Linear>,
    /// All of it is stated, and no divisor is zero.
    pub(super) is_known: Formula,
}

/// A member of a list: when it is in the list, when it has a value then, and that value, which is zero where it is not in the list.
struct Member {
    is_listed: Formula,
    has_value: Formula,
    value: Linear,
}

impl Number {
    fn constant(constant: Rational) -> Number {
        Number { sum: Linear::constant(constant), over: None, is_known: Formula::TRUE }
    }

    /// The sum, where nothing divides it.
    pub(super) fn as_sum(&self) -> Option<&Linear> {
        self.over.is_none().then_some(&self.sum)
    }

    fn scale(self, factor: Rational) -> Result<Number, Outside> {
        Ok(Number { sum: self.sum.scale(factor)?, ..self })
    }

    fn add(self, other: &Number) -> Result<Number, Outside> {
        let is_known = Formula::and([self.is_known, other.is_known.clone()]);
        let (sum, over) = match (self.over, &other.over) {
            (None, None) => (self.sum.add(&other.sum)?, None),
            (Some(one), Some(two)) if one == *two => (self.sum.add(&other.sum)?, Some(one)),
            (Some(over), None) => {
                let whole = over.scale(other.sum.as_constant().ok_or(Outside::Product)?)?;
                (self.sum.add(&whole)?, Some(over))
            }
            (None, Some(over)) => {
                let whole = over.scale(self.sum.as_constant().ok_or(Outside::Product)?)?;
                (whole.add(&other.sum)?, Some(over.clone()))
            }
            _ => return Err(Outside::Product),
        };
        Ok(Number { sum, over, is_known })
    }
}

impl<'r> Problem<'r> {
    /// What an expression comes to.
    pub(super) fn number(&mut self, expr: &'r Expr, about: &About) -> Result<Number, Outside> {
        match &expr.kind {
            ExprKind::Number(number) => Ok(Number::constant(number.value)),
            ExprKind::Fact(Fact::Year) => {
                let year = self.figure(&Figure::amount(Of::Year));
                Ok(Number { sum: Linear::of(year), over: None, is_known: Formula::TRUE })
            }
            ExprKind::Figure(figure) => {
                let figure = self.shape.figure(figure, about).ok_or(Outside::Placeless)?;
                let (value, is_known) = (self.figure(&figure), self.has_value(&figure));
                Ok(Number { sum: Linear::of(value), over: None, is_known })
            }
            ExprKind::Negated(inner) => self.number(inner, about)?.scale(Rational::whole(-1)),
            ExprKind::Sum(terms) => {
                let mut total = Number::constant(Rational::ZERO);
                for (sign, term) in terms {
                    let term = self.number(term, about)?;
                    let term = if *sign == Sign::Minus { term.scale(Rational::whole(-1))? } else { term };
                    total = total.add(&term)?;
                }
                Ok(total)
            }
            ExprKind::Product(factors) => {
                let mut product = Number::constant(Rational::ONE);
                for (factor, expr) in factors {
                    let number = self.number(expr, about)?;
                    product = match factor {
                        Factor::Times => self.times(product, number)?,
                        Factor::Over => self.over(product, &number)?,
                    };
                }
                Ok(product)
            }
            ExprKind::Coalesce(members) => self.first_of(members, about),
            ExprKind::Call(function, arguments) => self.call(*function, arguments, about),
            ExprKind::Text(_) => Err(Outside::Words),
            // Kinds were checked: nothing else is a number.
            _ => Err(Outside::Placeless),
        }
    }

    fn times(&mut self, left: Number, right: Number) -> Result<Number, Outside> {
        let is_known = Formula::and([left.is_known.clone(), right.is_known.clone()]);
        if let Some(factor) = left.as_sum().and_then(Linear::as_constant) {
            return Ok(Number { is_known, ..right.scale(factor)? });
        }
        let right = right.as_sum().ok_or(Outside::Product)?;
        let factor = self.tried_at(right).ok_or(Outside::Product)?;
        Ok(Number { is_known, ..left.scale(factor)? })
    }

    fn over(&mut self, left: Number, right: &Number) -> Result<Number, Outside> {
        let is_known = Formula::and([left.is_known.clone(), right.is_known.clone()]);
        let divisor = right.as_sum().ok_or(Outside::Product)?;
        if let Some(divisor) = divisor.as_constant() {
            // Where it is zero, nothing is known.
            let Some(factor) = Rational::ONE.div(divisor) else {
                return Ok(Number { is_known: Formula::FALSE, ..left });
            };
            return Ok(Number { is_known, ..left.scale(factor)? });
        }
        let is_known = Formula::and([is_known, divisor.differs()?]);
        if let Some(factor) = self.tried_at(divisor).and_then(|divisor| Rational::ONE.div(divisor)) {
            return Ok(Number { is_known, ..left.scale(factor)? });
        }
        if left.over.is_some() {
            return Err(Outside::Product);
        }
        Ok(Number { sum: left.sum, over: Some(divisor.clone()), is_known })
    }

    /// What `a ?? b ?? 0` comes to.
    fn first_of(&mut self, members: &'r [Expr], about: &About) -> Result<Number, Outside> {
        let mut numbers = Vec::new();
        for member in members {
            let number = self.number(member, about)?;
            numbers.push((number.is_known.clone(), number.as_sum().ok_or(Outside::Product)?.clone()));
        }
        let is_known = Formula::or(numbers.iter().map(|(is_known, _)| is_known.clone()));
        let last_but_one = numbers.len().saturating_sub(1);
        let is_always = |(is_known, _): &(Formula, Linear)| *is_known == Formula::TRUE;
        // What is never missing needs nothing in its place; what is missing is zero as it is.
        match numbers.as_slice() {
            [first, ..] if is_always(first) => {
                return Ok(Number { sum: first.1.clone(), over: None, is_known });
            }
            [(_, first), (_, second)]
                if second.as_constant().is_some_and(Rational::is_zero) && is_one_figure(first) =>
            {
                return Ok(Number { sum: first.clone(), over: None, is_known });
            }
            _ => {}
        }
        let definition = numbers.clone();
        let sum = self.derived(Derived::FirstOf(numbers), |own| {
            let mut clauses = Vec::new();
            let mut before = Vec::new();
            for (position, (is_known, value)) in definition.iter().enumerate() {
                let is_it = own.sub(value)?.atom(Relation::Equal)?;
                let is_not_known = is_known.not().ok_or(Outside::Overflow)?;
                let earlier = before.iter().cloned();
                clauses.push(Formula::or(earlier.chain([is_not_known]).chain([is_it])));
                before.push(is_known.clone());
                if position == last_but_one {
                    break;
                }
            }
            Ok(clauses)
        })?;
        Ok(Number { sum, over: None, is_known })
    }

    fn call(&mut self, function: Function, arguments: &'r [Expr], about: &About) -> Result<Number, Outside> {
        let mut members = Vec::new();
        for argument in arguments {
            match &argument.kind {
                ExprKind::List(list) => members.extend(self.list(list, about)?),
                _ => {
                    let number = self.number(argument, about)?;
                    let value = number.as_sum().ok_or(Outside::Product)?.clone();
                    members.push(Member { is_listed: Formula::TRUE, has_value: number.is_known, value });
                }
            }
        }
        if function == Function::Count {
            return self.count(members);
        }
        let mut is_known = vec![Formula::or(members.iter().map(|member| member.is_listed.clone()))];
        for member in &members {
            let is_not_listed = member.is_listed.not().ok_or(Outside::Overflow)?;
            is_known.push(Formula::or([member.has_value.clone(), is_not_listed]));
        }
        let is_known = Formula::and(is_known);
        let sum = match (function, members.as_slice()) {
            (Function::Abs, [only]) => self.size(&only.value)?,
            (Function::Round(_), _) => return Err(Outside::Rounding),
            (Function::Min, _) => self.extreme(members, Rational::whole(-1))?,
            (Function::Max, _) => self.extreme(members, Rational::ONE)?,
            _ => {
                let none = Linear::constant(Rational::ZERO);
                members.iter().try_fold(none, |sum, member| sum.add(&member.value))?
            }
        };
        Ok(Number { sum, over: None, is_known })
    }

    /// How many members are stated.
    fn count(&mut self, members: Vec<Member>) -> Result<Number, Outside> {
        let mut total = Linear::constant(Rational::ZERO);
        for member in members {
            let counts = Formula::and([member.is_listed, member.has_value]);
            let one = match &counts {
                counts if *counts == Formula::TRUE => Linear::constant(Rational::ONE),
                counts if *counts == Formula::FALSE => Linear::constant(Rational::ZERO),
                _ => {
                    let not = counts.not().ok_or(Outside::Overflow)?;
                    self.derived(Derived::Counted(counts.clone()), |own| {
                        let is_one = own.sub(&Linear::constant(Rational::ONE))?.atom(Relation::Equal)?;
                        let is_none = own.atom(Relation::Equal)?;
                        Ok(vec![Formula::or([Formula::and([counts, is_one]), Formula::and([not, is_none])])])
                    })?
                }
            };
            total = total.add(&one)?;
        }
        Ok(Number { sum: total, over: None, is_known: Formula::TRUE })
    }

    /// The size of a number without its sign.
    pub(super) fn size(&mut self, of: &Linear) -> Result<Linear, Outside> {
        if let Some(constant) = of.as_constant() {
            return constant.abs().map(Linear::constant).ok_or(Outside::Overflow);
        }
        let opposite = of.scale(Rational::whole(-1))?;
        self.derived(Derived::Size(of.clone()), |own| {
            let is_positive =
                Formula::and([opposite.atom(Relation::AtMost)?, own.sub(of)?.atom(Relation::Equal)?]);
            let is_negative =
                Formula::and([of.atom(Relation::AtMost)?, own.sub(&opposite)?.atom(Relation::Equal)?]);
            Ok(vec![Formula::or([is_positive, is_negative])])
        })
    }

    /// The greatest of some; the least, of the opposite sign.
    fn extreme(&mut self, members: Vec<Member>, sign: Rational) -> Result<Linear, Outside> {
        let mut values = Vec::new();
        for member in members {
            values.push((member.is_listed, member.value.scale(sign)?));
        }
        let definition = values.clone();
        let derived = if sign == Rational::ONE { Derived::Greatest(values) } else { Derived::Least(values) };
        let greatest = self.derived(derived, |own| {
            let mut clauses = Vec::new();
            let mut is_one = Vec::new();
            let mut is_listed = Vec::new();
            for (listed, value) in &definition {
                let is_not_listed = listed.not().ok_or(Outside::Overflow)?;
                clauses.push(Formula::or([is_not_listed.clone(), value.sub(own)?.atom(Relation::AtMost)?]));
                is_one.push(Formula::and([listed.clone(), own.sub(value)?.atom(Relation::Equal)?]));
                is_listed.push(is_not_listed);
            }
            // Which is tried first: the first as the greatest, the last as the least.
            if sign != Rational::ONE {
                is_one.reverse();
            }
            is_one.push(Formula::and(is_listed));
            clauses.push(Formula::or(is_one));
            Ok(clauses)
        })?;
        greatest.scale(sign)
    }

    fn list(&mut self, list: &ListRef, about: &About) -> Result<Vec<Member>, Outside> {
        match list {
            ListRef::Parts { whole, facet } => {
                let whole = self.shape.figure(whole, about).ok_or(Outside::Placeless)?;
                // Parts are of something: a document that has them states it.
                self.figure(&whole);
                let parts = u8::try_from(crate::limits::SOUNDNESS_PARTS).unwrap_or(u8::MAX);
                let mut members = Vec::new();
                for position in 0..parts {
                    let is_listed = self.is_stated(&whole.part(position, FacetRef::Amount));
                    let part = whole.part(position, *facet);
                    let value = Linear::of(self.figure(&part));
                    members.push(Member { is_listed, has_value: self.is_stated(&part), value });
                }
                Ok(members)
            }
            ListRef::Column { cell, rows } => {
                let column = cell.target.field().ok_or(Outside::Placeless)?;
                let table = self.shape.rules.table_of(column).ok_or(Outside::Placeless)?;
                let mut members = Vec::new();
                for line in self.shape.rows(table, *rows, about) {
                    let is_listed = self.has_line(table, &line);
                    let of = Of::Cell { column, line };
                    let figure = Figure { of, facet: cell.facet, period: cell.period, basis: cell.basis };
                    let value = Linear::of(self.figure(&figure));
                    members.push(Member { is_listed, has_value: self.has_value(&figure), value });
                }
                Ok(members)
            }
        }
    }
}

/// Whether a sum is one figure: where that is not in the document, it is zero.
fn is_one_figure(sum: &Linear) -> bool {
    sum.constant.is_zero() && matches!(sum.form.terms(), [_])
}
