//! Which errors of a set are told: those that are sure, of each file as many as anyone will read.

use std::collections::HashMap;
use std::sync::Arc;

use super::error::{RuleError, RuleErrorKind};
use crate::limits;
use crate::syntax::{SyntaxError, SyntaxErrorKind};

/// The errors in their order, of each file no more than the limit; the last one then says that there are more.
pub(super) fn cut(errors: Vec<RuleError>) -> Vec<RuleError> {
    let mut counts: HashMap<_, usize> = HashMap::new();
    let mut listed: Vec<RuleError> = Vec::new();
    for error in errors {
        let Some(place) = error.location().cloned() else {
            listed.push(error);
            continue;
        };
        let count = counts.entry(Arc::as_ptr(place.source())).or_default();
        *count = count.saturating_add(1);
        if *count <= limits::RULE_ERRORS {
            listed.push(error);
        } else if *count == limits::RULE_ERRORS.saturating_add(1)
            && let Some(last) = listed.last_mut()
            && let Some(place) = last.location().cloned()
        {
            // The errors of one file stand together, so the last one listed is of this file.
            let more = SyntaxError::new(SyntaxErrorKind::TooManyErrors, place.span());
            *last = RuleError::new(RuleErrorKind::Syntax(more), Some(place));
        }
    }
    listed
}

/// Whether an error would be one even if a set that was not found declared more names.
pub(super) fn is_sure(kind: &RuleErrorKind) -> bool {
    match kind {
        // One letter off a name that is there is a slip, and no name of the other set.
        RuleErrorKind::UnknownName { name, nearest: Some(nearest) } => is_one_slip(name, nearest),
        RuleErrorKind::UnknownName { .. }
        | RuleErrorKind::SectionAlone { .. }
        | RuleErrorKind::OnlyInGuards(_)
        | RuleErrorKind::NotATable(_)
        | RuleErrorKind::ChildrenOutside
        | RuleErrorKind::NoCodeColumn(_) => false,
        _ => true,
    }
}

/// Whether two names differ in one letter, or in two beside each other that were swapped.
fn is_one_slip(one: &str, other: &str) -> bool {
    let (mut one, mut other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    for _ in 0..2 {
        while one.last().is_some_and(|last| other.last() == Some(last)) {
            one.pop();
            other.pop();
        }
        one.reverse();
        other.reverse();
    }
    match (one.as_slice(), other.as_slice()) {
        ([a, b], [c, d]) => a == d && b == c,
        (one, other) => one.len() <= 1 && other.len() <= 1,
    }
}
