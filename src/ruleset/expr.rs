//! Expressions after names, kinds and units are resolved.

use super::field::{FigureRef, ListRef};
use crate::quantity::{Rational, Unit};
use crate::source::Span;
pub(crate) use crate::syntax::ast::{Comparison, Factor, Sign};

/// A resolved expression and the text it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExprKind {
    /// A literal: 万元 beside money, a plain number otherwise.
    Number(Box<Number>),
    Text(String),
    Figure(FigureRef),
    /// Several figures. Only ever an argument.
    List(Box<ListRef>),
    Stated(FigureRef),
    Fact(Fact),
    Call(Function, Vec<Expr>),
    Negated(Box<Expr>),
    Sum(Vec<(Sign, Expr)>),
    Product(Vec<(Factor, Expr)>),
    Coalesce(Vec<Expr>),
    Chain {
        first: Box<Expr>,
        links: Vec<Link>,
    },
    InRange {
        value: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
    },
    InList {
        value: Box<Expr>,
        members: Vec<Expr>,
    },
    Not(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Implies(Box<Expr>, Box<Expr>),
}

/// A number of a rule. Boxed where it stands, as all that is large: there are thousands of expressions in a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) value: Rational,
    pub(crate) unit: LiteralUnit,
    /// As written.
    pub(crate) text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) comparison: Comparison,
    pub(crate) right: Expr,
    pub(crate) tolerance: Option<Box<Tolerance>>,
}

/// What a literal is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LiteralUnit {
    /// No unit: the unit of what stands beside it.
    Bare,
    Money,
    Percent,
}

/// How far apart two sides may be. It takes the place of the rounding allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tolerance {
    pub(crate) value: Rational,
    /// In percent: of the right side.
    pub(crate) unit: LiteralUnit,
    pub(crate) span: Span,
}

/// What a guard may ask of the document itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Year,
    Department,
    Document,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Sum,
    Count,
    Min,
    Max,
    Abs,
    /// `round(x, 2)`: to so many decimals, halves away from zero (四舍五入).
    ///
    /// Of money in 万元, so that to a place of 元 they may be fewer than none.
    Round(i32),
}

impl Function {
    /// The functions by name.
    pub(crate) const ALL: [(&'static str, Function); 5] = [
        ("sum", Function::Sum),
        ("count", Function::Count),
        ("min", Function::Min),
        ("max", Function::Max),
        ("abs", Function::Abs),
    ];
}

impl Expr {
    /// Calls `visit` with this expression and everything inside it, outermost first.
    pub(crate) fn walk<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        visit(self);
        match &self.kind {
            ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::Figure(_)
            | ExprKind::List(_)
            | ExprKind::Stated(_)
            | ExprKind::Fact(_) => {}
            ExprKind::Call(_, inner)
            | ExprKind::Coalesce(inner)
            | ExprKind::And(inner)
            | ExprKind::Or(inner) => {
                inner.iter().for_each(|expr| expr.walk(visit));
            }
            ExprKind::Negated(inner) | ExprKind::Not(inner) => inner.walk(visit),
            ExprKind::Sum(terms) => terms.iter().for_each(|(_, term)| term.walk(visit)),
            ExprKind::Product(factors) => factors.iter().for_each(|(_, factor)| factor.walk(visit)),
            ExprKind::Chain { first, links } => {
                first.walk(visit);
                links.iter().for_each(|link| link.right.walk(visit));
            }
            ExprKind::InRange { value, low, high } => {
                [value, low, high].iter().for_each(|expr| expr.walk(visit));
            }
            ExprKind::InList { value, members } => {
                value.walk(visit);
                members.iter().for_each(|member| member.walk(visit));
            }
            ExprKind::Implies(left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
        }
    }

    /// Takes the bare numbers at some places to be in another unit of money than 万元; `None` where one does not fit.
    pub(crate) fn rescale(&mut self, places: &[Span], unit: &Unit) -> Option<()> {
        let mut fits = Some(());
        self.visit_mut(&mut |expr| fits = fits.and(expr.rescale_here(places, unit)));
        fits
    }

    fn rescale_here(&mut self, places: &[Span], unit: &Unit) -> Option<()> {
        let is_placed = places.contains(&self.span);
        match &mut self.kind {
            ExprKind::Number(number) if is_placed && number.unit == LiteralUnit::Bare => {
                number.value = number.value.mul(unit.factor()?)?;
                number.unit = LiteralUnit::Money;
                number.text.push_str(unit.as_str());
            }
            ExprKind::Call(Function::Round(decimals), _) if is_placed => {
                *decimals = decimals.checked_sub(unit.yuan_power()?.checked_sub(4)?)?;
            }
            ExprKind::Chain { links, .. } => {
                let tolerances = links.iter_mut().filter_map(|link| link.tolerance.as_mut());
                for tolerance in tolerances.filter(|tolerance| places.contains(&tolerance.span)) {
                    tolerance.value = tolerance.value.mul(unit.factor()?)?;
                    tolerance.unit = LiteralUnit::Money;
                }
            }
            _ => {}
        }
        Some(())
    }

    /// The same expression wherever it is written.
    pub(crate) fn without_spans(&self) -> Expr {
        let mut expr = self.clone();
        expr.visit_mut(&mut |part| {
            part.span = Span::default();
            if let ExprKind::Chain { links, .. } = &mut part.kind {
                let tolerances = links.iter_mut().filter_map(|link| link.tolerance.as_mut());
                tolerances.for_each(|tolerance| tolerance.span = Span::default());
            }
        });
        expr
    }

    /// Calls `visit` with this expression and everything inside it, innermost first.
    fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        match &mut self.kind {
            ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::Figure(_)
            | ExprKind::List(_)
            | ExprKind::Stated(_)
            | ExprKind::Fact(_) => {}
            ExprKind::Call(_, inner)
            | ExprKind::Coalesce(inner)
            | ExprKind::And(inner)
            | ExprKind::Or(inner) => inner.iter_mut().for_each(|expr| expr.visit_mut(visit)),
            ExprKind::Negated(inner) | ExprKind::Not(inner) => inner.visit_mut(visit),
            ExprKind::Sum(terms) => terms.iter_mut().for_each(|(_, term)| term.visit_mut(visit)),
            ExprKind::Product(factors) => factors.iter_mut().for_each(|(_, factor)| factor.visit_mut(visit)),
            ExprKind::Chain { first, links } => {
                first.visit_mut(visit);
                links.iter_mut().for_each(|link| link.right.visit_mut(visit));
            }
            ExprKind::InRange { value, low, high } => {
                [value, low, high].into_iter().for_each(|expr| expr.visit_mut(visit));
            }
            ExprKind::InList { value, members } => {
                value.visit_mut(visit);
                members.iter_mut().for_each(|member| member.visit_mut(visit));
            }
            ExprKind::Implies(left, right) => {
                left.visit_mut(visit);
                right.visit_mut(visit);
            }
        }
        visit(self);
    }

    /// The lists it asks for.
    pub(crate) fn lists(&self) -> Vec<&ListRef> {
        let mut lists = Vec::new();
        self.walk(&mut |expr| {
            if let ExprKind::List(list) = &expr.kind
                && !lists.contains(&list.as_ref())
            {
                lists.push(list.as_ref());
            }
        });
        lists
    }

    /// The single figures it asks for: amounts, changes and the wholes of `parts`.
    pub(crate) fn figures(&self) -> Vec<&FigureRef> {
        let mut figures = Vec::new();
        self.walk(&mut |expr| {
            let figure = match &expr.kind {
                ExprKind::Figure(figure) | ExprKind::Stated(figure) => figure,
                ExprKind::List(list) => match list.as_ref() {
                    ListRef::Parts { whole, .. } => whole,
                    ListRef::Column { .. } => return,
                },
                _ => return,
            };
            if !figures.contains(&figure) {
                figures.push(figure);
            }
        });
        figures
    }
}
