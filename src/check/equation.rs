//! A comparison with its numbers: `54.08 + 42.80 + 58.34 = 155.22 ≠ 155.17`.

use std::collections::HashMap;

use super::bind::Binding;
use super::evaluate::{List, Member, Reading, Shown, Standing};
use super::outcome::Compared;
use super::precision::Places;
use crate::document::StatementId;
use crate::quantity::{Quantity, Rational, Unit};
use crate::ruleset::expr::{Comparison, Expr, ExprKind, Factor, Function, LiteralUnit, Sign};
use crate::ruleset::field::ListRef;
use crate::source::Span;

/// Writes what was compared, in the unit of the figure it is about.
pub(super) struct Equation<'a, 'b> {
    pub(super) binding: &'b Binding<'a>,
    pub(super) places: &'b Places,
    pub(super) used: &'b [StatementId],
    /// Which member a `??` took, and how many a `count` found.
    pub(super) taken: &'b HashMap<Span, usize>,
    pub(super) reading: &'b Reading<'a>,
}

/// Terms of a long sum that are written out; of more, the first ones and how many there are.
const TERMS: usize = 24;

/// How tightly the operators of an expression bind: what stands inside a tighter one is bracketed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binds {
    Sum,
    /// Behind a minus: a sum is bracketed, and so is a number below zero.
    Term,
    Factor,
    /// Behind a division: a product is bracketed too.
    Divisor,
}

impl Equation<'_, '_> {
    /// The comparison in figures; `None` where a number does not fit the unit it is shown in.
    pub(super) fn compared(&self, shown: &Shown<'_>) -> Option<Compared> {
        let (left, right) = (self.single(shown.left), self.single(shown.right));
        // Stated is the side that is one figure: the right one if both are, the left one if neither is.
        let right_is_stated = right.is_some();
        let stated_figure = right.or(left);
        let unit = self.unit(shown.right).filter(|_| right_is_stated).or_else(|| self.unit(shown.left));
        let unit = unit.or_else(|| self.unit(shown.right)).unwrap_or(Unit::Plain);
        let factor = unit.factor()?;
        let (stated, expected) = if right_is_stated {
            (shown.right_value.div(factor)?, shown.left_value.div(factor)?)
        } else {
            (shown.left_value.div(factor)?, shown.right_value.div(factor)?)
        };
        let decimals = self.decimals(&unit);
        // A side that is more than one number is written out, and what it comes to; what comes out is next to the other
        // side: `… = 155.22 ≠ 155.17`.
        let sides = |expr: &Expr, value: Rational| {
            let number = self.number(value.div(factor)?, &unit, decimals);
            let is_plain = matches!(expr.kind, ExprKind::Figure(_) | ExprKind::Number(_));
            let written = self.written(expr, &unit, Binds::Sum);
            Some(if is_plain || written == number { (None, number) } else { (Some(written), number) })
        };
        let is_equality = matches!(shown.comparison, Comparison::Equal | Comparison::NotEqual);
        let (first, second) = if is_equality && left.is_some() && !right_is_stated {
            // What was worked out comes before what is stated.
            ((shown.right, shown.right_value), (shown.left, shown.left_value))
        } else {
            ((shown.left, shown.left_value), (shown.right, shown.right_value))
        };
        let relation = relation(shown.comparison, first.1, second.1);
        let first = match sides(first.0, first.1)? {
            (Some(written), number) => format!("{written} = {number}"),
            (None, number) => number,
        };
        let second = match sides(second.0, second.1)? {
            (Some(written), number) => format!("{number} = {written}"),
            (None, number) => number,
        };
        // What comes out and what is stated are one number: it is written once.
        let is_same = relation == "=" && first.ends_with(&format!(" = {second}"));
        let scaled = |value: Option<Rational>| value.and_then(|value| value.div(factor));
        Some(Compared {
            equation: if is_same { first } else { format!("{first} {relation} {second}") },
            stated,
            expected,
            difference: stated.sub(expected)?,
            slack: scaled(shown.slack),
            has_tolerance: shown.tolerance.is_some(),
            unit,
            decimals,
            stated_figure,
        })
    }

    /// The statement of a side that is a single figure.
    fn single(&self, expr: &Expr) -> Option<StatementId> {
        match &expr.kind {
            ExprKind::Figure(figure) => match self.reading.figures.get(figure) {
                Some(Standing::Statement(id)) => Some(*id),
                _ => None,
            },
            _ => None,
        }
    }

    fn members(&self, list: &ListRef) -> &[Member] {
        self.reading.lists.get(list).map_or(&[], List::members)
    }

    fn quantity(&self, id: StatementId) -> Option<&Quantity> {
        self.binding.quantity(id)
    }

    /// The unit that an expression comes out in.
    fn unit(&self, expr: &Expr) -> Option<Unit> {
        match &expr.kind {
            ExprKind::Number(number) => match number.unit {
                LiteralUnit::Money => Some(Unit::WanYuan),
                LiteralUnit::Percent => Some(Unit::Percent),
                LiteralUnit::Bare => None,
            },
            ExprKind::Figure(_) => {
                self.single(expr).and_then(|id| self.quantity(id)).map(|quantity| quantity.unit().clone())
            }
            ExprKind::List(list) => {
                let first = self.members(list).iter().find_map(|member| match member {
                    Member::Figure(id) => Some(*id),
                    _ => None,
                });
                first.and_then(|id| self.quantity(id)).map(|quantity| quantity.unit().clone())
            }
            ExprKind::Call(Function::Count, _) => Some(Unit::Counter(String::new())),
            ExprKind::Negated(inner) => self.unit(inner),
            ExprKind::Call(_, members) | ExprKind::Coalesce(members) => {
                members.iter().find_map(|member| self.unit(member))
            }
            ExprKind::Sum(terms) => terms.iter().find_map(|(_, term)| self.unit(term)),
            ExprKind::Product(factors) => {
                let money = factors
                    .iter()
                    .filter_map(|(factor, expr)| Some((*factor, self.unit(expr).filter(Unit::is_money)?)));
                let money: Vec<_> = money.collect();
                match money.as_slice() {
                    [(Factor::Times, unit)] => Some(unit.clone()),
                    // Money over money: a share, best read in percent.
                    [(Factor::Times, _), (Factor::Over, _)] => Some(Unit::Percent),
                    _ => Some(Unit::Plain),
                }
            }
            _ => None,
        }
    }

    /// How many decimals the figures of a unit show here.
    fn decimals(&self, unit: &Unit) -> u32 {
        let same =
            self.used.iter().filter(|id| self.quantity(**id).is_some_and(|quantity| quantity.unit() == unit));
        same.filter_map(|id| self.places.decimals(*id)).max().unwrap_or(0)
    }

    fn number(&self, value: Rational, unit: &Unit, decimals: u32) -> String {
        let percent = if *unit == Unit::Percent { "%" } else { "" };
        format!("{}{percent}", value.padded(decimals))
    }

    fn figure(&self, id: StatementId, unit: &Unit) -> String {
        let Some(quantity) = self.quantity(id) else { return String::new() };
        let printed = quantity.unit();
        if printed.is_money() && unit.is_money() && printed != unit {
            let value = unit.factor().and_then(|factor| quantity.value().div(factor));
            return value.map_or_else(String::new, |value| value.printed(8).text);
        }
        let decimals = self.places.decimals(id).unwrap_or_else(|| quantity.amount().decimals());
        self.number(quantity.amount().value(), printed, decimals)
    }

    /// An expression with the numbers of its figures in place of their names.
    fn written(&self, expr: &Expr, unit: &Unit, inside: Binds) -> String {
        let bracket = |text: String, binds: Binds| if inside > binds { format!("({text})") } else { text };
        match &expr.kind {
            ExprKind::Number(number) => number.text.clone(),
            ExprKind::Figure(figure) => {
                let blank = match self.reading.figures.get(figure) {
                    Some(Standing::Zero(..)) => "0",
                    _ => "?",
                };
                let text = self.single(expr).map_or_else(|| blank.to_owned(), |id| self.figure(id, unit));
                if text.starts_with('-') { bracket(text, Binds::Sum) } else { text }
            }
            ExprKind::Negated(inner) => {
                bracket(format!("-{}", self.written(inner, unit, Binds::Factor)), Binds::Sum)
            }
            ExprKind::Sum(terms) => {
                let mut text = String::new();
                for (position, (sign, term)) in terms.iter().enumerate() {
                    let mark = match (position, sign) {
                        (0, Sign::Plus) => "",
                        (0, Sign::Minus) => "-",
                        (_, Sign::Plus) => " + ",
                        (_, Sign::Minus) => " - ",
                    };
                    let binds = if position == 0 && *sign == Sign::Plus { Binds::Sum } else { Binds::Term };
                    text.push_str(mark);
                    text.push_str(&self.written(term, unit, binds));
                }
                bracket(text, Binds::Sum)
            }
            ExprKind::Product(factors) => {
                let mut text = String::new();
                for (position, (factor, expr)) in factors.iter().enumerate() {
                    let (mark, binds) = match factor {
                        _ if position == 0 => ("", Binds::Term),
                        Factor::Times => (" × ", Binds::Factor),
                        Factor::Over => (" ÷ ", Binds::Divisor),
                    };
                    text.push_str(mark);
                    text.push_str(&self.written(expr, unit, binds));
                }
                bracket(text, Binds::Factor)
            }
            // What is not stated was passed over: show what stands in its place.
            ExprKind::Coalesce(members) => {
                let taken = self.taken.get(&expr.span).and_then(|taken| members.get(*taken));
                taken.map_or_else(String::new, |member| self.written(member, unit, inside))
            }
            ExprKind::Call(function, arguments) => self.call(expr, *function, arguments, unit, inside),
            // Kinds were checked: nothing else is a figure.
            _ => "?".to_owned(),
        }
    }

    fn call(
        &self,
        expr: &Expr,
        function: Function,
        arguments: &[Expr],
        unit: &Unit,
        inside: Binds,
    ) -> String {
        let members: Vec<String> = arguments
            .iter()
            .flat_map(|argument| match &argument.kind {
                ExprKind::List(list) => self
                    .members(list)
                    .iter()
                    .filter_map(|member| match member {
                        Member::Figure(id) => Some(self.figure(*id, unit)),
                        // A blank cell adds nothing to see.
                        Member::Zero(..) | Member::Words | Member::Restated | Member::Missing(_) => None,
                    })
                    .collect(),
                _ => vec![self.written(argument, unit, Binds::Term)],
            })
            .collect();
        match function {
            Function::Sum => {
                let text = match members.get(..TERMS) {
                    Some(first) if members.len() > TERMS => {
                        format!("{} + … ({})", joined(first), members.len())
                    }
                    _ => joined(&members),
                };
                if inside > Binds::Sum && members.len() > 1 { format!("({text})") } else { text }
            }
            Function::Count => self.taken.get(&expr.span).map_or_else(|| "?".to_owned(), usize::to_string),
            Function::Round(_) => format!("round({})", members.concat()),
            Function::Abs => format!("|{}|", members.concat()),
            Function::Min => format!("min({})", members.join(", ")),
            Function::Max => format!("max({})", members.join(", ")),
        }
    }
}

/// The members of a sum; one below zero is taken away.
fn joined(members: &[String]) -> String {
    let mut text = String::new();
    for (position, member) in members.iter().enumerate() {
        match member.strip_prefix('-') {
            Some(size) if position > 0 => text.push_str(&format!(" - {size}")),
            _ if position > 0 => text.push_str(&format!(" + {member}")),
            _ => text.push_str(member),
        }
    }
    if text.is_empty() { "0".to_owned() } else { text }
}

/// What is so of two numbers: the comparison where it holds, its opposite where it does not.
fn relation(comparison: Comparison, left: Rational, right: Rational) -> &'static str {
    match comparison {
        Comparison::Equal | Comparison::NotEqual if left == right => "=",
        Comparison::Equal | Comparison::NotEqual => "≠",
        Comparison::Less if left < right => "<",
        Comparison::Less => "≥",
        Comparison::AtMost if left <= right => "≤",
        Comparison::AtMost => ">",
        Comparison::Greater if left > right => ">",
        Comparison::Greater => "≤",
        Comparison::AtLeast if left >= right => "≥",
        Comparison::AtLeast => "<",
    }
}
