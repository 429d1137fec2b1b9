//! What it takes for an expression to be true, and to be false. It is neither where something is not stated.

use super::figure::Figure;
use super::linear::{Formula, Relation};
use super::number::Number;
use super::problem::{Outside, Problem};
use super::shape::About;
use super::sums::Linear;
use crate::document::DocumentKind;
use crate::quantity::Rational;
use crate::ruleset::expr::{Comparison, Expr, ExprKind, Fact, Link, LiteralUnit, Tolerance};
use crate::ruleset::{Field, Kind};

/// The truth of an expression, in Kleene's logic.
#[derive(Clone, Debug)]
pub(super) struct Truth {
    pub(super) is_true: Formula,
    pub(super) is_not_true: Formula,
    pub(super) is_false: Formula,
    pub(super) is_not_false: Formula,
}

impl Truth {
    /// Of what is always decided.
    fn decided(is_true: Formula) -> Result<Truth, Outside> {
        let is_false = is_true.not().ok_or(Outside::Overflow)?;
        Ok(Truth { is_not_true: is_false.clone(), is_not_false: is_true.clone(), is_true, is_false })
    }

    fn not(self) -> Truth {
        Truth {
            is_true: self.is_false,
            is_not_true: self.is_not_false,
            is_false: self.is_true,
            is_not_false: self.is_not_true,
        }
    }

    fn and(parts: Vec<Truth>) -> Truth {
        let mut all = Truth {
            is_true: Formula::TRUE,
            is_not_true: Formula::FALSE,
            is_false: Formula::FALSE,
            is_not_false: Formula::TRUE,
        };
        for part in parts {
            all = Truth {
                is_true: Formula::and([all.is_true, part.is_true]),
                is_not_true: Formula::or([all.is_not_true, part.is_not_true]),
                is_false: Formula::or([all.is_false, part.is_false]),
                is_not_false: Formula::and([all.is_not_false, part.is_not_false]),
            };
        }
        all
    }

    fn or(parts: Vec<Truth>) -> Truth {
        Truth::and(parts.into_iter().map(Truth::not).collect()).not()
    }
}

impl<'r> Problem<'r> {
    /// What it takes for an expression to be true, and to be false.
    pub(super) fn truth(&mut self, expr: &'r Expr, about: &About) -> Result<Truth, Outside> {
        Ok(match &expr.kind {
            ExprKind::Chain { first, links } => {
                let lefts = std::iter::once(first.as_ref()).chain(links.iter().map(|link| &link.right));
                Truth::and(
                    lefts
                        .zip(links)
                        .map(|(left, link)| self.link(left, link, about))
                        .collect::<Result<_, _>>()?,
                )
            }
            ExprKind::InRange { value, low, high } => {
                let ends = [(low, Comparison::AtLeast), (high, Comparison::AtMost)];
                let links =
                    ends.map(|(end, comparison)| self.comparison(value, comparison, end, None, about));
                Truth::and(links.into_iter().collect::<Result<_, _>>()?)
            }
            ExprKind::InList { value, members } => {
                let link = |member| self.comparison(value, Comparison::Equal, member, None, about);
                Truth::or(members.iter().map(link).collect::<Result<_, _>>()?)
            }
            ExprKind::Stated(figure) => {
                let figure: Figure = self.shape.figure(figure, about).ok_or(Outside::Placeless)?;
                // A figure that is only asked after is stated or not, and has a value all the same.
                self.figure(&figure);
                Truth::decided(self.is_stated(&figure))?
            }
            ExprKind::Not(inner) => self.truth(inner, about)?.not(),
            ExprKind::And(parts) => Truth::and(self.truths(parts, about)?),
            ExprKind::Or(parts) => Truth::or(self.truths(parts, about)?),
            ExprKind::Implies(left, right) => {
                Truth::or(vec![self.truth(left, about)?.not(), self.truth(right, about)?])
            }
            // Kinds were checked: nothing else is a truth.
            _ => return Err(Outside::Placeless),
        })
    }

    fn truths(&mut self, exprs: &'r [Expr], about: &About) -> Result<Vec<Truth>, Outside> {
        exprs.iter().map(|expr| self.truth(expr, about)).collect()
    }

    fn link(&mut self, left: &'r Expr, link: &'r Link, about: &About) -> Result<Truth, Outside> {
        self.comparison(left, link.comparison, &link.right, link.tolerance.as_deref().copied(), about)
    }

    fn comparison(
        &mut self,
        left: &'r Expr,
        comparison: Comparison,
        right: &'r Expr,
        tolerance: Option<Tolerance>,
        about: &About,
    ) -> Result<Truth, Outside> {
        if let Some(is_equal) = self.words(left, right)? {
            let truth = Truth::decided(is_equal)?;
            return Ok(if comparison == Comparison::Equal { truth } else { truth.not() });
        }
        let (left, right) = (self.number(left, about)?, self.number(right, about)?);
        let is_known = Formula::and([left.is_known.clone(), right.is_known.clone()]);
        let is_open = is_known.not().ok_or(Outside::Overflow)?;
        let (is_true, is_false) = self.compared(&left, comparison, &right, tolerance)?;
        Ok(Truth {
            is_not_true: Formula::or([is_false.clone(), is_open.clone()]),
            is_not_false: Formula::or([is_true.clone(), is_open]),
            is_true: Formula::and([is_known.clone(), is_true]),
            is_false: Formula::and([is_known, is_false]),
        })
    }

    /// What it takes for two known numbers to compare so, and not to.
    fn compared(
        &mut self,
        left: &Number,
        comparison: Comparison,
        right: &Number,
        tolerance: Option<Tolerance>,
    ) -> Result<(Formula, Formula), Outside> {
        let allowed = match tolerance {
            None => None,
            Some(Tolerance { value, unit: LiteralUnit::Percent, .. }) => {
                // Of a quotient it would be no sum.
                let right = right.as_sum().ok_or(Outside::Product)?.clone();
                Some(self.size(&right)?.scale(value)?)
            }
            Some(Tolerance { value, .. }) => Some(Linear::constant(value)),
        };
        // The difference is `above / over`.
        let (above, over) = match (&left.over, &right.over) {
            (None, None) => return related(&left.sum.sub(&right.sum)?, comparison, allowed.as_ref()),
            (Some(one), Some(other)) if one == other => (left.sum.sub(&right.sum)?, one),
            (Some(over), None) => {
                let right = right.sum.as_constant().ok_or(Outside::Product)?;
                (left.sum.sub(&over.scale(right)?)?, over)
            }
            (None, Some(over)) => {
                let left = left.sum.as_constant().ok_or(Outside::Product)?;
                (over.scale(left)?.sub(&right.sum)?, over)
            }
            _ => return Err(Outside::Product),
        };
        // Multiplied by the divisor, whichever sign it has; the divisor is not zero, or the number is not known.
        let (mut is_true, mut is_false) = (Vec::new(), Vec::new());
        for sign in [Rational::ONE, Rational::whole(-1)] {
            let (above, over) = (above.scale(sign)?, over.scale(sign)?);
            let is_signed = over.scale(Rational::whole(-1))?.atom(Relation::Less)?;
            let allowed = match &allowed {
                None => None,
                Some(allowed) => Some(over.scale(allowed.as_constant().ok_or(Outside::Product)?)?),
            };
            let (so, not_so) = related(&above, comparison, allowed.as_ref())?;
            is_true.push(Formula::and([is_signed.clone(), so]));
            is_false.push(Formula::and([is_signed, not_so]));
        }
        Ok((Formula::or(is_true), Formula::or(is_false)))
    }

    /// Whether two sides are the same words; `None` where they are no words.
    fn words(&mut self, left: &Expr, right: &Expr) -> Result<Option<Formula>, Outside> {
        let is_words = |expr: &Expr| match &expr.kind {
            ExprKind::Text(_) | ExprKind::Fact(Fact::Document | Fact::Department) => true,
            ExprKind::Figure(figure) => {
                let field = figure.target.field().and_then(|field| self.shape.rules.field(field));
                field.and_then(Field::kind).is_some_and(Kind::is_words)
            }
            _ => false,
        };
        if !is_words(left) && !is_words(right) {
            return Ok(None);
        }
        let (ExprKind::Fact(Fact::Document), ExprKind::Text(text)) = (&left.kind, &right.kind) else {
            return match (&left.kind, &right.kind) {
                (ExprKind::Text(_), ExprKind::Fact(Fact::Document)) => self.words(right, left),
                _ => Err(Outside::Words),
            };
        };
        let kinds = [DocumentKind::Budget, DocumentKind::Actual, DocumentKind::Execution];
        let named = kinds.into_iter().find(|kind| kind.as_str() == text.trim());
        Ok(Some(named.map_or(Formula::FALSE, |kind| self.is_of_kind(kind))))
    }
}

/// What it takes for `difference comparison 0` to be true, and to be false, give or take what is allowed.
fn related(
    difference: &Linear,
    comparison: Comparison,
    allowed: Option<&Linear>,
) -> Result<(Formula, Formula), Outside> {
    let none = Linear::constant(Rational::ZERO);
    let allowed = allowed.unwrap_or(&none);
    let opposite = difference.scale(Rational::whole(-1))?;
    // How far it is above what is allowed, and below.
    let (above, below) = (difference.sub(allowed)?, opposite.sub(allowed)?);
    let beyond = |side: &Linear| side.scale(Rational::whole(-1))?.atom(Relation::Less);
    let reaching = |side: &Linear| side.scale(Rational::whole(-1))?.atom(Relation::AtMost);
    let is_exact = allowed.as_constant().is_some_and(Rational::is_zero);
    Ok(match comparison {
        Comparison::Equal if is_exact => (difference.atom(Relation::Equal)?, difference.differs()?),
        Comparison::NotEqual if is_exact => (difference.differs()?, difference.atom(Relation::Equal)?),
        // With a tolerance both ask whether the difference is within it.
        Comparison::Equal | Comparison::NotEqual => (
            Formula::and([above.atom(Relation::AtMost)?, below.atom(Relation::AtMost)?]),
            Formula::or([beyond(&above)?, beyond(&below)?]),
        ),
        Comparison::AtMost => (above.atom(Relation::AtMost)?, beyond(&above)?),
        Comparison::Less => (above.atom(Relation::Less)?, reaching(&above)?),
        Comparison::AtLeast => (below.atom(Relation::AtMost)?, beyond(&below)?),
        Comparison::Greater => (below.atom(Relation::Less)?, reaching(&below)?),
    })
}
