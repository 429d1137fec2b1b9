//! Kinds and units checked, before any document is read.
//!
//! Money adds to money, a rate to a rate; money over money is a number, money over a count is money. A bare number fits
//! beside anything: beside money it is in 万元. A set that declares no field has no kinds, and nothing is checked.

use std::sync::Arc;

use super::error::{RuleError, RuleErrorKind};
use super::expr::{Comparison, Expr, ExprKind, Fact, Factor, Function, LiteralUnit, Sign, Tolerance};
use super::field::{FigureRef, Kind, ListRef, Target};
use super::names::Names;
use crate::quantity::Rational;
use crate::source::{Location, Source, Span};

/// What an expression is, as far as it can be told without a document.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sort {
    Of(Kind),
    /// A bare number: it takes the kind of what stands beside it.
    Bare,
    /// A field of a set that declares none: it may be anything.
    Unknown,
    Truth,
    List(Box<Sort>),
}

/// Checks the kinds of one rule's expressions.
pub(super) struct Kinds<'a> {
    pub(super) names: &'a Names,
    pub(super) source: &'a Arc<Source>,
    pub(super) subject: Option<&'a Kind>,
    pub(super) errors: &'a mut Vec<RuleError>,
    pub(super) warnings: &'a mut Vec<RuleError>,
    /// The bare numbers beside money, and what else is counted in its unit: tolerances, calls of `round`.
    pub(super) bare: Vec<Span>,
}

impl Kinds<'_> {
    /// Checks that an expression is a truth, and everything inside it.
    /// The bare numbers in it that are in the unit of money are noted.
    pub(super) fn truth(&mut self, expr: &Expr) {
        match self.sort(expr) {
            Some(Sort::Truth) | None => {}
            Some(Sort::List(_)) => self.error(RuleErrorKind::ListAlone, expr.span),
            Some(_) => self.error(RuleErrorKind::NotATruth, expr.span),
        }
    }

    /// The sort of an expression; `None` after an error was noted.
    fn sort(&mut self, expr: &Expr) -> Option<Sort> {
        match &expr.kind {
            ExprKind::Number(number) => Some(literal(number.unit)),
            ExprKind::Text(_) => Some(Sort::Of(Kind::Text)),
            ExprKind::Fact(Fact::Year) => Some(Sort::Of(Kind::Year)),
            ExprKind::Fact(_) => Some(Sort::Of(Kind::Text)),
            ExprKind::Figure(figure) => Some(self.figure(figure)),
            ExprKind::List(list) => Some(Sort::List(Box::new(match list.as_ref() {
                ListRef::Parts { facet, .. } if facet.is_percentage() => Sort::Of(Kind::Rate),
                ListRef::Parts { whole: figure, .. } | ListRef::Column { cell: figure, .. } => {
                    self.figure(figure)
                }
            }))),
            ExprKind::Stated(_) => Some(Sort::Truth),
            ExprKind::Negated(inner) => self.arithmetic([inner.as_ref()].into_iter()),
            ExprKind::Sum(terms) => {
                let sort = self.arithmetic(terms.iter().map(|(_, term)| term))?;
                // A year less a year is a number of years.
                let is_span = matches!(terms.as_slice(), [(Sign::Plus, _), (Sign::Minus, right)]
                    if self.sort(right) == Some(Sort::Of(Kind::Year)));
                Some(if sort == Sort::Of(Kind::Year) && is_span { Sort::Of(Kind::Number) } else { sort })
            }
            ExprKind::Coalesce(members) => self.arithmetic(members.iter()),
            ExprKind::Product(factors) => self.product(factors),
            ExprKind::Call(function, arguments) => {
                let sort = self.call(*function, arguments)?;
                if matches!(function, Function::Round(_)) && sort == Sort::Of(Kind::Money) {
                    self.bare.push(expr.span);
                }
                Some(sort)
            }
            ExprKind::Chain { first, links } => {
                let sides: Vec<&Expr> =
                    std::iter::once(first.as_ref()).chain(links.iter().map(|link| &link.right)).collect();
                let sort = self.alike(sides.iter().copied())?;
                let is_words = is_words(&sort);
                if sort == Sort::Of(Kind::Rate) {
                    sides.into_iter().for_each(|side| self.percent(side));
                }
                for link in links {
                    let orders = !matches!(link.comparison, Comparison::Equal | Comparison::NotEqual);
                    if is_words && (orders || link.tolerance.is_some()) {
                        self.error(RuleErrorKind::WordsOrdered, link.right.span);
                        return None;
                    }
                    self.tolerance(link.tolerance.as_deref(), &sort);
                }
                Some(Sort::Truth)
            }
            ExprKind::InRange { value, low, high } => {
                let sort = self.alike([value.as_ref(), low, high].into_iter())?;
                if is_words(&sort) {
                    self.error(RuleErrorKind::WordsOrdered, expr.span);
                    return None;
                }
                Some(Sort::Truth)
            }
            ExprKind::InList { value, members } => {
                self.alike(std::iter::once(value.as_ref()).chain(members)).map(|_| Sort::Truth)
            }
            ExprKind::Not(inner) => {
                self.truth(inner);
                Some(Sort::Truth)
            }
            ExprKind::And(inner) | ExprKind::Or(inner) => {
                inner.iter().for_each(|expr| self.truth(expr));
                Some(Sort::Truth)
            }
            ExprKind::Implies(left, right) => {
                self.truth(left);
                self.truth(right);
                Some(Sort::Truth)
            }
        }
    }

    fn figure(&self, figure: &FigureRef) -> Sort {
        if figure.facet.is_percentage() {
            return Sort::Of(Kind::Rate);
        }
        let kind = match &figure.target {
            Target::Subject => self.subject,
            Target::Field(field) | Target::Cell(field, _) => {
                self.names.field(*field).and_then(|field| field.kind.as_ref())
            }
        };
        kind.map_or(Sort::Unknown, |kind| Sort::Of(kind.clone()))
    }

    /// The sort of an expression that has to be a figure.
    fn number(&mut self, expr: &Expr) -> Option<Sort> {
        match self.sort(expr)? {
            Sort::Truth => {
                self.error(RuleErrorKind::NotAFigure, expr.span);
                None
            }
            Sort::List(_) => {
                self.error(RuleErrorKind::ListAlone, expr.span);
                None
            }
            sort => Some(sort),
        }
    }

    /// The one sort of several figures that add; words do not.
    fn arithmetic<'e>(&mut self, members: impl Iterator<Item = &'e Expr> + Clone) -> Option<Sort> {
        let sort = self.alike(members.clone())?;
        if is_words(&sort) {
            let first = members.into_iter().next().map_or_else(Span::default, |member| member.span);
            self.error(RuleErrorKind::WordsInArithmetic, first);
            return None;
        }
        Some(sort)
    }

    /// The one sort of several figures that add or compare; the first that does not fit is the error.
    fn alike<'e>(&mut self, members: impl Iterator<Item = &'e Expr>) -> Option<Sort> {
        let mut common: Option<Sort> = None;
        let mut bare: Vec<&Expr> = Vec::new();
        for (position, member) in members.enumerate() {
            let sort = self.number(member);
            if sort == Some(Sort::Bare) {
                bare.push(member);
            }
            common = match (common, sort) {
                (None, sort) if position == 0 => sort,
                (Some(left), Some(right)) => {
                    let met = meet(&left, &right);
                    if met.is_none() {
                        let (left, right) = (describe(&left), describe(&right));
                        self.error(RuleErrorKind::KindMismatch { left, right }, member.span);
                    }
                    met
                }
                _ => None,
            };
        }
        if common == Some(Sort::Of(Kind::Money)) {
            bare.into_iter().for_each(|member| self.beside_money(member));
        }
        common
    }

    /// Notes the numbers of an expression that are in the unit of the money beside it.
    fn beside_money(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Number(number) if number.unit == LiteralUnit::Bare => self.bare.push(expr.span),
            ExprKind::Negated(inner) => self.beside_money(inner),
            ExprKind::Sum(terms) => terms.iter().for_each(|(_, term)| self.beside_money(term)),
            ExprKind::Coalesce(members) | ExprKind::Call(_, members) => {
                members.iter().for_each(|member| self.beside_money(member));
            }
            // Of a product only one factor carries the unit.
            ExprKind::Product(factors) => {
                factors.iter().take(1).for_each(|(_, factor)| self.beside_money(factor));
            }
            _ => {}
        }
    }

    fn product(&mut self, factors: &[(Factor, Expr)]) -> Option<Sort> {
        let mut common: Option<Sort> = None;
        for (position, (factor, expr)) in factors.iter().enumerate() {
            let sort = self.number(expr)?;
            common = match common {
                None if position == 0 => Some(sort),
                None => return None,
                Some(left) => match multiply(&left, *factor, &sort) {
                    Some(product) => Some(product),
                    None => {
                        let (left, right) = (describe(&left), describe(&sort));
                        self.error(RuleErrorKind::MeaninglessProduct { left, right }, expr.span);
                        return None;
                    }
                },
            };
        }
        common
    }

    fn call(&mut self, function: Function, arguments: &[Expr]) -> Option<Sort> {
        let mut common = Sort::Bare;
        let mut bare: Vec<&Expr> = Vec::new();
        for argument in arguments {
            let sort = match self.sort(argument)? {
                Sort::List(inner) if !matches!(function, Function::Abs | Function::Round(_)) => *inner,
                Sort::List(_) => {
                    self.error(RuleErrorKind::ListAlone, argument.span);
                    return None;
                }
                Sort::Truth => {
                    self.error(RuleErrorKind::NotAFigure, argument.span);
                    return None;
                }
                sort => sort,
            };
            if function == Function::Count {
                // Words are counted as well as figures, and people beside cars.
                continue;
            }
            if is_words(&sort) {
                self.error(RuleErrorKind::WordsInArithmetic, argument.span);
                return None;
            }
            if sort == Sort::Bare {
                bare.push(argument);
            }
            let Some(met) = meet(&common, &sort) else {
                let (left, right) = (describe(&common), describe(&sort));
                self.error(RuleErrorKind::KindMismatch { left, right }, argument.span);
                return None;
            };
            common = met;
        }
        if common == Sort::Of(Kind::Money) {
            bare.into_iter().for_each(|argument| self.beside_money(argument));
        }
        Some(if function == Function::Count { Sort::Of(Kind::Number) } else { common })
    }

    /// Warns of a bare number above one beside a rate: 46.5 is 4650%.
    fn percent(&mut self, side: &Expr) {
        if let ExprKind::Number(number) = &side.kind
            && number.unit == LiteralUnit::Bare
            && number.value > Rational::ONE
        {
            let place = Location::new(Arc::clone(self.source), side.span);
            self.warnings.push(RuleError::new(RuleErrorKind::PercentMeant(number.text.clone()), Some(place)));
        }
    }

    fn tolerance(&mut self, tolerance: Option<&Tolerance>, sort: &Sort) {
        let Some(tolerance) = tolerance else { return };
        let is_money = matches!(sort, Sort::Of(Kind::Money) | Sort::Unknown | Sort::Bare);
        if tolerance.unit == LiteralUnit::Money && !is_money {
            self.error(RuleErrorKind::ToleranceUnit, tolerance.span);
        }
        if tolerance.unit == LiteralUnit::Bare && *sort == Sort::Of(Kind::Money) {
            self.bare.push(tolerance.span);
        }
    }

    fn error(&mut self, kind: RuleErrorKind, span: Span) {
        self.errors.push(RuleError::new(kind, Some(Location::new(Arc::clone(self.source), span))));
    }
}

fn is_words(sort: &Sort) -> bool {
    matches!(sort, Sort::Of(kind) if kind.is_words())
}

fn literal(unit: LiteralUnit) -> Sort {
    match unit {
        LiteralUnit::Bare => Sort::Bare,
        LiteralUnit::Money => Sort::Of(Kind::Money),
        LiteralUnit::Percent => Sort::Of(Kind::Rate),
    }
}

/// The sort of two figures that add or compare; `None` where they do neither.
fn meet(left: &Sort, right: &Sort) -> Option<Sort> {
    Some(match (left, right) {
        (Sort::Unknown, _) | (_, Sort::Unknown) => Sort::Unknown,
        // A bare number fits beside any figure, but not beside words.
        (Sort::Bare, Sort::Of(Kind::Text | Kind::Code)) | (Sort::Of(Kind::Text | Kind::Code), Sort::Bare) => {
            return None;
        }
        (Sort::Bare, Sort::Of(kind)) | (Sort::Of(kind), Sort::Bare) => Sort::Of(kind.clone()),
        (Sort::Bare, Sort::Bare) => Sort::Bare,
        (Sort::Of(a), Sort::Of(b)) if a == b => Sort::Of(a.clone()),
        (Sort::Of(Kind::Number), Sort::Of(kind @ (Kind::Rate | Kind::Count(_))))
        | (Sort::Of(kind @ (Kind::Rate | Kind::Count(_))), Sort::Of(Kind::Number)) => Sort::Of(kind.clone()),
        (Sort::Of(Kind::Text), Sort::Of(Kind::Code)) | (Sort::Of(Kind::Code), Sort::Of(Kind::Text)) => {
            Sort::Of(Kind::Code)
        }
        _ => return None,
    })
}

/// The sort of a product or a quotient; `None` where it means nothing.
fn multiply(left: &Sort, factor: Factor, right: &Sort) -> Option<Sort> {
    let has_no_product = |sort: &Sort| is_words(sort) || *sort == Sort::Of(Kind::Year);
    if has_no_product(left) || has_no_product(right) {
        return None;
    }
    let money = Sort::Of(Kind::Money);
    Some(match (factor, *left == money, *right == money) {
        (Factor::Times, true, true) => return None,
        (Factor::Over, true, true) => Sort::Of(Kind::Number),
        (_, true, false) => money,
        (Factor::Times, false, true) => money,
        (Factor::Over, false, true) if *left != Sort::Unknown => return None,
        _ if *left == Sort::Unknown || *right == Sort::Unknown => Sort::Unknown,
        _ if *left == Sort::Bare && *right == Sort::Bare => Sort::Bare,
        _ => Sort::Of(Kind::Number),
    })
}

/// A sort in the words of the language.
fn describe(sort: &Sort) -> String {
    match sort {
        Sort::Of(kind) => kind.to_string(),
        Sort::Bare | Sort::Unknown => Kind::Number.to_string(),
        Sort::Truth => "truth".to_owned(),
        Sort::List(inner) => describe(inner),
    }
}
