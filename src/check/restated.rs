//! The built-in check that a figure stated again is the same figure.

use std::collections::BTreeMap;

use super::bind::{Binding, Identity};
use super::outcome::{About, Cause, Compared, Outcome, locate};
use super::precision::Places;
use super::{Reason, Verdict};
use crate::document::{Basis, Context, Facet, StatementId};
use crate::quantity::{Interval, Quantity, Rational, Unit};
use crate::ruleset::field::Title;
use crate::ruleset::{RESTATED, Severity};

/// One outcome for each figure of a field that is stated more than once.
pub(super) fn outcomes(binding: &Binding<'_>, places: &Places) -> Vec<Outcome> {
    let mut figures: BTreeMap<Identity, Vec<StatementId>> = BTreeMap::new();
    for position in 0..binding.document.statements().len() {
        let id = StatementId::from_index(position);
        // Words that no field claims may mean two things in two places.
        // A change of unknown direction is no other figure than the one that says which.
        let is_unsigned = binding.document.statement(id).is_none_or(|statement| statement.is_unsigned);
        let is_known = !is_unsigned && binding.field_of(id).is_some();
        if let Some(identity) = binding.identity(id).filter(|_| is_known) {
            figures.entry(identity).or_default().push(id);
        }
    }
    // What only last year's document says again is not this one's to answer for.
    let is_told = |ids: &Vec<StatementId>| ids.len() > 1 && ids.iter().any(|id| binding.is_own(*id));
    figures.into_values().filter(is_told).map(|ids| outcome(binding, places, &ids)).collect()
}

/// A statement of the figure.
#[derive(Clone, Copy)]
struct Again<'b> {
    id: StatementId,
    quantity: &'b Quantity,
    /// What it may stand for; `None` where that does not fit.
    interval: Option<Interval>,
}

impl Again<'_> {
    fn width(&self) -> Option<Rational> {
        let interval = self.interval?;
        interval.high.at.sub(interval.low.at)
    }
}

/// The worst disagreement between the most precise statement of a figure and the others: whoever cannot be the same as
/// another cannot be the same as it.
fn outcome(binding: &Binding<'_>, places: &Places, ids: &[StatementId]) -> Outcome {
    let statements: Vec<Again<'_>> = ids
        .iter()
        .filter_map(|id| {
            let quantity = binding.quantity(*id)?;
            Some(Again { id: *id, quantity, interval: places.interval(*id, quantity) })
        })
        .collect();
    let mut worst = (Verdict::Holds, None);
    let mut evidence = ids.to_vec();
    if let Some(anchor) = statements.iter().min_by_key(|statement| statement.width()) {
        let is_told = |again: &&Again<'_>| binding.is_own(anchor.id) || binding.is_own(again.id);
        let may_differ = |again: &&Again<'_>| !is_other_budget(binding, anchor.id, again.id);
        for again in statements.iter().filter(is_told).filter(may_differ) {
            let verdict = same(anchor, again);
            if verdict.rank() > worst.0.rank() {
                // Last year's document, or the one that comes first in the text, is what the other is held against.
                let rank = |statement: &Again<'_>| (binding.is_own(statement.id), statement.id);
                let (first, second) =
                    if rank(anchor) < rank(again) { (anchor, again) } else { (again, anchor) };
                worst = (verdict, compared(places, first, second));
                evidence = vec![first.id, second.id];
            }
        }
    }
    let (verdict, compared) = worst;
    let cause = (verdict == Verdict::Undecidable).then_some(Cause::Undecidable(Reason::Overflow));
    let subject = ids
        .first()
        .and_then(|id| binding.field_of(*id))
        .map(|field| About { label: field.label().to_owned(), field: Some(field.path().to_owned()) });
    let scope =
        ids.first().and_then(|id| binding.document.statement(*id)).map(|statement| statement.scope.clone());
    Outcome {
        title: Title {
            chinese: Some("同一数字前后应一致".into()),
            english: Some("A figure stated again should be the same".into()),
        },
        is_each: true,
        ..Outcome::new(RESTATED, Severity::Error, verdict)
    }
    .about(subject, scope.unwrap_or_default())
    .because(cause)
    .comparing(compared)
    .seeing(binding, &evidence, &[])
}

/// Whether two statements may speak of two budgets: a line that names a budget twice, or a completion twice, names 年初预算 and
/// 调整预算, which the statements do not tell apart.
fn is_other_budget(binding: &Binding<'_>, one: StatementId, other: StatementId) -> bool {
    let line = |id: StatementId| {
        let statement = binding.document.statement(id)?;
        let is_of_budget = match statement.facet {
            Facet::Completion => true,
            Facet::Amount => statement.basis == Some(Basis::Budget),
            _ => false,
        };
        let place = locate(binding.document, &statement.place)?;
        (is_of_budget && statement.context == Context::Prose).then(|| place.line_column().line)
    };
    one != other && line(one).is_some() && line(one) == line(other)
}

/// Whether two statements can be the same figure: at the context's precision within one context, at the coarser of
/// the two otherwise. Either way some value has to print as both.
fn same(one: &Again<'_>, other: &Again<'_>) -> Verdict {
    if one.quantity.value() == other.quantity.value() {
        return Verdict::Holds;
    }
    let difference =
        one.interval.zip(other.interval).and_then(|(one, other)| one.add(other.scale(Rational::whole(-1))?));
    match difference {
        Some(difference) if difference.holds_zero() => Verdict::WithinRounding,
        Some(_) => Verdict::Violated,
        None => Verdict::Undecidable,
    }
}

fn compared(places: &Places, first: &Again<'_>, again: &Again<'_>) -> Option<Compared> {
    let unit: Unit = again.quantity.unit().clone();
    let factor = unit.factor()?;
    let (expected, stated) = (first.quantity.value().div(factor)?, again.quantity.value().div(factor)?);
    let half = |statement: &Again<'_>| statement.width()?.mul(Rational::new(1, 2)?)?.div(factor);
    let decimals = places.decimals(again.id).unwrap_or(0);
    let sign = if unit == Unit::Percent { "%" } else { "" };
    let equation = if first.quantity.unit() == again.quantity.unit() {
        format!("{}{sign} ≠ {}{sign}", expected.padded(decimals), stated.padded(decimals))
    } else {
        // In the units they are printed in: it may well be the unit that slipped.
        format!("{} ≠ {}", first.quantity, again.quantity)
    };
    Some(Compared {
        equation,
        stated,
        expected,
        difference: stated.sub(expected)?,
        slack: half(first)?.add(half(again)?),
        has_tolerance: false,
        unit,
        decimals,
        stated_figure: Some(again.id),
    })
}
