//! Which figures are parts of which, as the rules themselves say.
//!
//! `basic + project == total` says that the basic and the project expenditure are parts of the total. A reader that
//! meets `支出预算435.78万元，基本支出217.38万元` then knows the one for a part of the other without 其中.

use super::RuleSet;
use super::expr::{Comparison, Expr, ExprKind, Sign};
use super::field::{FacetRef, FieldId};

impl RuleSet {
    /// For each sum that a rule sets equal to one amount: that whole, and its parts.
    pub(crate) fn sums(&self) -> impl Iterator<Item = (FieldId, Vec<FieldId>)> {
        self.rules.iter().filter(|rule| rule.each.is_none() && rule.table.is_none()).filter_map(|rule| {
            let ExprKind::Chain { first, links } = &rule.body.kind else { return None };
            let [link] = links.as_slice() else { return None };
            if link.comparison != Comparison::Equal {
                return None;
            }
            let (left, right) = (first.as_ref(), &link.right);
            match (parts(left), amount(right), parts(right), amount(left)) {
                (Some(parts), Some(whole), ..) | (_, _, Some(parts), Some(whole)) => Some((whole, parts)),
                _ => None,
            }
        })
    }
}

/// The amounts of a sum that only adds.
fn parts(expr: &Expr) -> Option<Vec<FieldId>> {
    let ExprKind::Sum(terms) = &expr.kind else { return None };
    terms.iter().map(|(sign, term)| if *sign == Sign::Plus { optional(term) } else { None }).collect()
}

/// An amount, or `x ?? 0`.
fn optional(expr: &Expr) -> Option<FieldId> {
    match &expr.kind {
        ExprKind::Coalesce(choices) => choices.first().and_then(amount),
        _ => amount(expr),
    }
}

/// A field's own amount.
fn amount(expr: &Expr) -> Option<FieldId> {
    let ExprKind::Figure(figure) = &expr.kind else { return None };
    let is_own = figure.facet == FacetRef::Amount && figure.period.is_none() && figure.basis.is_none();
    figure.target.field().filter(|_| is_own)
}
