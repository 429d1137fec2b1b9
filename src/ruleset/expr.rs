//! Expressions after names, kinds and units are resolved.

use super::field::FigureRef;
use crate::quantity::Rational;
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
    Number {
        value: Rational,
        unit: LiteralUnit,
        text: String,
    },
    Text(String),
    Figure(FigureRef),
    /// The amounts stated as parts of a figure, in one breakdown. Only ever an argument.
    Parts(FigureRef),
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) comparison: Comparison,
    pub(crate) right: Expr,
    pub(crate) tolerance: Option<Tolerance>,
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
            ExprKind::Number { .. }
            | ExprKind::Text(_)
            | ExprKind::Figure(_)
            | ExprKind::Parts(_)
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

    /// The figures whose parts it asks for.
    pub(crate) fn wholes(&self) -> Vec<&FigureRef> {
        let mut wholes = Vec::new();
        self.walk(&mut |expr| {
            if let ExprKind::Parts(whole) = &expr.kind {
                wholes.push(whole);
            }
        });
        wholes
    }

    /// The figures it asks for: amounts, changes and the wholes of `parts`.
    pub(crate) fn figures(&self) -> Vec<&FigureRef> {
        let mut figures = Vec::new();
        self.walk(&mut |expr| {
            if let ExprKind::Figure(figure) | ExprKind::Parts(figure) | ExprKind::Stated(figure) = &expr.kind
                && !figures.contains(&figure)
            {
                figures.push(figure);
            }
        });
        figures
    }
}
