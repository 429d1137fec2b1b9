//! One mistake, one finding; the gravest first.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use super::Verdict;
use super::outcome::{Folded, Outcome};
use crate::document::StatementId;
use crate::quantity::Rational;
use crate::source::{Location, Span};

/// Folds violated rules over exactly the same figures into one finding, and orders the outcomes: findings by severity,
/// then by how far beyond the slack they are; the rest as they come.
pub(super) fn fold_and_order(outcomes: &mut [Outcome]) {
    let mut leads = vec![None; outcomes.len()];
    fold(outcomes, &mut leads);
    fold_cells(outcomes, &mut leads);
    attach(outcomes, &leads);
    let key = |outcome: &Outcome| {
        let is_violated = outcome.verdict == Verdict::Violated && outcome.waived.is_none();
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

/// What an outcome rests on: statements, and blank cells that are zero.
type Grounds = (BTreeSet<StatementId>, BTreeSet<Span>);

/// The finding that each outcome is directly a part of, by position.
type Leads = Vec<Option<usize>>;

fn fold(outcomes: &[Outcome], leads: &mut Leads) {
    let mut violated: Vec<(Grounds, usize)> = Vec::new();
    for (position, outcome) in outcomes.iter().enumerate() {
        if outcome.is_finding() {
            violated.push(((figures(outcome), blanks(outcome)), position));
        }
    }
    // The more severe leads, then a named rule before one of an `each`; the sort keeps the order of the rules.
    violated.sort_by_key(|(_, position)| {
        outcomes.get(*position).map(|outcome| (Reverse(outcome.severity), outcome.is_each))
    });
    let mut first_of: HashMap<Grounds, usize> = HashMap::new();
    for (figures, position) in violated {
        match first_of.entry(figures) {
            Entry::Occupied(lead) if !lead.key().0.is_empty() => put(leads, position, *lead.get()),
            Entry::Occupied(_) => {}
            Entry::Vacant(first) => {
                first.insert(position);
            }
        }
    }
}

/// Folds the violated equations that one wrong cell of a table explains: they all rest on it, and the same value of it
/// would make them all true, as far as rounding lets one tell. A wrong sum of 20132 breaks its own roll-up and that of
/// 201.
fn fold_cells(outcomes: &[Outcome], leads: &mut Leads) {
    let mut resting: HashMap<StatementId, Vec<usize>> = HashMap::new();
    for (position, outcome) in outcomes.iter().enumerate() {
        if outcome.is_finding() && is_lead(leads, position) {
            figures(outcome).into_iter().for_each(|figure| resting.entry(figure).or_default().push(position));
        }
    }
    let mut cells: Vec<(StatementId, Vec<usize>)> =
        resting.into_iter().filter(|(_, found)| found.len() > 1).collect();
    // The cell that explains most comes first; of several, the first in the text.
    cells.sort_unstable_by_key(|(cell, found)| (Reverse(found.len()), *cell));
    for (cell, found) in cells {
        let open: Vec<usize> = found.into_iter().filter(|at| is_lead(leads, *at)).collect();
        // The more severe leads; then the rule that the cell is the stated figure of.
        let states = |outcome: &Outcome| {
            outcome.compared.as_ref().is_some_and(|compared| compared.stated_figure == Some(cell))
        };
        let rank = |at: &&usize| {
            outcomes.get(**at).map(|outcome| (Reverse(outcome.severity), !states(outcome), **at))
        };
        let Some(lead) = open.iter().min_by_key(rank).copied() else { continue };
        for position in open {
            if position != lead && is_mended_alike(outcomes, cell, lead, position) {
                put(leads, position, lead);
            }
        }
    }
}

fn is_lead(leads: &Leads, position: usize) -> bool {
    leads.get(position).is_some_and(Option::is_none)
}

fn put(leads: &mut Leads, position: usize, lead: usize) {
    if let Some(own) = leads.get_mut(position) {
        *own = Some(lead);
    }
}

/// Whether one new value of a cell makes two equations true, of which one is of a row at least.
fn is_mended_alike(outcomes: &[Outcome], cell: StatementId, one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (outcomes.get(one), outcomes.get(other)) else { return false };
    let is_of_row = one.row.is_some() || other.row.is_some();
    let apart = || {
        let excess = |outcome: &Outcome| outcome.balance.as_ref()?.excess(cell);
        let ((one, slack), (other, more)) = (excess(one)?, excess(other)?);
        Some(one.sub(other)?.abs()? <= slack.add(more)?)
    };
    is_of_row && apart() == Some(true)
}

/// Makes each violated rule a part of the finding that is led by none, the gravest first.
fn attach(outcomes: &mut [Outcome], leads: &Leads) {
    let mut parts: Vec<usize> = (0..outcomes.len()).filter(|position| !is_lead(leads, *position)).collect();
    parts.sort_by_key(|at| outcomes.get(*at).map(|outcome| (Reverse(outcome.severity), outcome.is_each)));
    for position in parts {
        // A lead never comes to be a part of what is already its own part, so this ends.
        let mut lead = position;
        while let Some(next) = leads.get(lead).copied().flatten() {
            lead = next;
        }
        let (Some(whole), Some(part)) = (folded(outcomes, lead), folded(outcomes, position)) else {
            continue;
        };
        if let Some(outcome) = outcomes.get_mut(position) {
            outcome.folded_into = Some(whole.rule);
        }
        if let Some(outcome) = outcomes.get_mut(lead) {
            outcome.folded.push(part);
        }
    }
}

fn folded(outcomes: &[Outcome], position: usize) -> Option<Folded> {
    let outcome = outcomes.get(position)?;
    Some(Folded {
        rule: outcome.rule.clone(),
        title: outcome.title.clone(),
        row: outcome.row().map(str::to_owned),
    })
}

/// The statements an outcome rests on.
fn figures(outcome: &Outcome) -> BTreeSet<StatementId> {
    outcome.evidence.iter().map(|evidence| evidence.statement).collect()
}

fn blanks(outcome: &Outcome) -> BTreeSet<Span> {
    outcome.blanks.iter().map(Location::span).collect()
}
