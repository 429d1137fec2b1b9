//! Waivers: findings that someone has explained.

use std::collections::HashMap;

use super::Verdict;
use super::outcome::Outcome;
use crate::fold::fold_label;
use crate::ruleset::{WaivedFigure, Waiver};

/// Marks the outcomes that are waived. The waivers that waive nothing are returned.
pub(super) fn apply(waivers: &[Waiver], outcomes: &mut [Outcome]) -> Vec<Waiver> {
    let mut violated: HashMap<String, Vec<usize>> = HashMap::new();
    for (position, outcome) in outcomes.iter().enumerate() {
        if outcome.verdict() == Verdict::Violated {
            violated.entry(outcome.rule().to_owned()).or_default().push(position);
        }
    }
    let mut idle = Vec::new();
    for waiver in waivers {
        let mut is_used = false;
        for position in violated.get(waiver.rule()).into_iter().flatten() {
            if let Some(outcome) = outcomes.get_mut(*position).filter(|outcome| covers(waiver, outcome)) {
                is_used = true;
                outcome.waived.get_or_insert_with(|| waiver.because().to_owned());
            }
        }
        if !is_used {
            idle.push(waiver.clone());
        }
    }
    idle
}

fn covers(waiver: &Waiver, outcome: &Outcome) -> bool {
    waiver.figure.as_ref().is_none_or(|figure| is_about(figure, outcome))
}

/// Whether an outcome is about a figure: the one an `each` ran over, else any that it rests on.
fn is_about(figure: &WaivedFigure, outcome: &Outcome) -> bool {
    let is = |field: Option<&str>, label: &str| match figure {
        WaivedFigure::Fields(paths) => field.is_some_and(|field| paths.iter().any(|path| path == field)),
        WaivedFigure::Label(folded) => field.is_none() && fold_label(label) == *folded,
    };
    match &outcome.subject {
        Some(about) => is(about.field.as_deref(), &about.label),
        None => outcome.evidence().iter().any(|evidence| is(evidence.field(), evidence.label())),
    }
}
