//! One mistake, one finding; the gravest first.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use super::Verdict;
use super::outcome::{Folded, Outcome};
use crate::document::StatementId;
use crate::quantity::Rational;

/// Folds violated rules over exactly the same figures into one finding, and orders the outcomes: findings by severity,
/// then by how far beyond the slack they are; the rest as they come.
pub(super) fn fold_and_order(outcomes: &mut [Outcome]) {
    fold(outcomes);
    let key = |outcome: &Outcome| {
        let is_violated = outcome.verdict == Verdict::Violated;
        let is_lead = outcome.folded_into.is_none();
        // `None` is a difference that nothing explains: it comes before any excess.
        let excess = if is_violated { excess(outcome) } else { Some(Rational::ZERO) };
        let (rank, severity) = if is_violated { (0, Some(outcome.severity)) } else { (1, None) };
        (rank, Reverse(is_lead), Reverse(severity), excess.is_some(), excess.map(Reverse))
    };
    outcomes.sort_by_cached_key(key);
}

/// How many times the slack a difference is; `None` where there is no slack.
fn excess(outcome: &Outcome) -> Option<Rational> {
    let compared = outcome.compared.as_ref()?;
    compared.difference.abs()?.div(compared.slack.filter(|slack| !slack.is_zero())?)
}

fn fold(outcomes: &mut [Outcome]) {
    let mut violated: Vec<(BTreeSet<StatementId>, usize)> = Vec::new();
    for (position, outcome) in outcomes.iter().enumerate() {
        if outcome.verdict == Verdict::Violated {
            violated.push((figures(outcome), position));
        }
    }
    // The more severe leads, then a named rule before one of an `each`; the sort keeps the order of the rules.
    violated.sort_by_key(|(_, position)| {
        outcomes.get(*position).map(|outcome| (Reverse(outcome.severity), outcome.is_each))
    });
    let mut leads: HashMap<BTreeSet<StatementId>, usize> = HashMap::new();
    for (figures, position) in violated {
        let lead = match leads.entry(figures) {
            Entry::Occupied(lead) if !lead.key().is_empty() => *lead.get(),
            Entry::Occupied(_) => continue,
            Entry::Vacant(first) => {
                first.insert(position);
                continue;
            }
        };
        let (Some(lead_rule), Some(folded)) = (folded(outcomes, lead), folded(outcomes, position)) else {
            continue;
        };
        if let Some(outcome) = outcomes.get_mut(position) {
            outcome.folded_into = Some(lead_rule.rule);
        }
        if let Some(outcome) = outcomes.get_mut(lead) {
            outcome.folded.push(folded);
        }
    }
}

fn folded(outcomes: &[Outcome], position: usize) -> Option<Folded> {
    let outcome = outcomes.get(position)?;
    Some(Folded { rule: outcome.rule.clone(), title: outcome.title.clone() })
}

/// The statements an outcome rests on.
fn figures(outcome: &Outcome) -> BTreeSet<StatementId> {
    outcome.evidence.iter().map(|evidence| evidence.statement).collect()
}
