//! The built-in check that a figure stated again is the same figure.

use std::collections::BTreeMap;

use super::Verdict;
use super::bind::{Binding, Owner};
use super::outcome::{Compared, Outcome};
use super::precision::Places;
use crate::document::{Basis, Facet, Period, Statement, StatementId};
use crate::quantity::{Rational, Unit};
use crate::ruleset::Severity;

/// The name under which findings of this check are reported.
pub(super) const RULE: &str = "restated";

/// What makes two statements the same figure: subject, period, basis, facet with its base, and parent.
///
/// The basis is the one printed: beside `年初预算为2.95万元` a bare `支出2.05万元` may well be the outturn.
type Identity = (usize, Period, Option<Basis>, Facet, Option<String>);

/// One outcome for each figure of a field that is stated more than once.
pub(super) fn outcomes(binding: &Binding<'_>, places: &Places) -> Vec<Outcome> {
    let mut figures: BTreeMap<Identity, Vec<StatementId>> = BTreeMap::new();
    for (position, statement) in binding.document.statements().iter().enumerate() {
        let id = StatementId::from_index(position);
        let subject = binding.subject_position(id);
        let is_claimed =
            binding.subjects().get(subject).is_some_and(|subject| matches!(subject.owner, Owner::Field(_)));
        // Words that no field claims may mean two things in two places.
        if is_claimed {
            let parent = statement.parent.as_ref().map(|parent| crate::fold::fold_label(&parent.label));
            let identity = (subject, statement.period, statement.basis, statement.facet, parent);
            figures.entry(identity).or_default().push(id);
        }
    }
    figures.into_values().filter(|ids| ids.len() > 1).map(|ids| outcome(binding, places, &ids)).collect()
}

/// The worst disagreement between the first statement of a figure and the others.
fn outcome(binding: &Binding<'_>, places: &Places, ids: &[StatementId]) -> Outcome {
    let statements = ids.iter().filter_map(|id| Some((*id, binding.document.statement(*id)?)));
    let mut statements = statements.collect::<Vec<_>>().into_iter();
    let mut worst = (Verdict::Holds, None);
    let mut evidence = ids.to_vec();
    if let Some((first_id, first)) = statements.next() {
        for (id, again) in statements {
            let verdict = same(places, first, again);
            if verdict > worst.0 {
                worst = (verdict, compared(places, first, again, id));
                evidence = vec![first_id, id];
            }
        }
    }
    let (verdict, compared) = worst;
    let subject = ids.first().and_then(|id| binding.field_of(*id)).map(|field| field.label().to_owned());
    let scope =
        ids.first().and_then(|id| binding.document.statement(*id)).map(|statement| statement.scope.clone());
    Outcome {
        rule: RULE.to_owned(),
        severity: Severity::Error,
        title: Some("同一数字前后应一致".to_owned()),
        basis: Vec::new(),
        is_each: true,
        rule_location: None,
        verdict,
        cause: None,
        compared: None,
        evidence: Vec::new(),
        subject: None,
        scope: Vec::new(),
        folded_into: None,
        folded: Vec::new(),
    }
    .about(subject, scope.unwrap_or_default())
    .comparing(compared)
    .seeing(binding, &evidence)
}

/// Whether two statements can be the same figure: at the context's precision within one context, at the coarser of
/// the two otherwise. Either way some value has to print as both.
fn same(places: &Places, first: &Statement, again: &Statement) -> Verdict {
    if first.quantity.value() == again.quantity.value() {
        return Verdict::Holds;
    }
    let (Some(one), Some(other)) = (places.interval(first), places.interval(again)) else {
        return Verdict::Undecidable;
    };
    let difference = other.scale(Rational::whole(-1)).and_then(|other| one.add(other));
    match difference {
        Some(difference) if difference.holds_zero() => Verdict::WithinRounding,
        Some(_) => Verdict::Violated,
        None => Verdict::Undecidable,
    }
}

fn compared(places: &Places, first: &Statement, again: &Statement, id: StatementId) -> Option<Compared> {
    let unit: Unit = again.quantity.unit().clone();
    let factor = unit.factor()?;
    let (expected, stated) = (first.quantity.value().div(factor)?, again.quantity.value().div(factor)?);
    let half = |statement: &Statement| {
        let interval = places.interval(statement)?;
        interval.high.at.sub(statement.quantity.value())?.div(factor)
    };
    let decimals = places.decimals(again).unwrap_or(0);
    let sign = if unit == Unit::Percent { "%" } else { "" };
    Some(Compared {
        equation: format!("{}{sign} ≠ {}{sign}", expected.padded(decimals), stated.padded(decimals)),
        stated,
        expected,
        difference: stated.sub(expected)?,
        slack: half(first)?.add(half(again)?),
        has_tolerance: false,
        unit,
        decimals,
        stated_figure: Some(id),
    })
}
