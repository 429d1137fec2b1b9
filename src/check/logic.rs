//! Truth with rounding: what holds as printed, and what may hold of the figures behind the print.
//!
//! The logic is Kleene's: `false and missing` is false, `true or missing` is true; undecidable behaves like missing and
//! outranks it.

use super::Verdict;
use super::value::{Answer, merge};

/// The truth of a statement about rounded figures, with the comparison that settles it.
#[derive(Clone, Debug)]
pub(crate) struct Truth<S> {
    /// True of the figures as printed.
    pub(crate) printed: bool,
    /// True of some figures that print as these do.
    pub(crate) can_hold: bool,
    /// False of some figures that print as these do.
    pub(crate) can_fail: bool,
    /// The comparison to show for it.
    pub(crate) shown: Option<S>,
}

impl<S> Truth<S> {
    /// A truth that rounding does not touch.
    pub(crate) fn exact(printed: bool, shown: Option<S>) -> Truth<S> {
        Truth { printed, can_hold: printed, can_fail: !printed, shown }
    }

    /// True as printed: holds. Else true of some figures within rounding. Else violated.
    pub(crate) fn verdict(&self) -> Verdict {
        match (self.printed, self.can_hold) {
            (true, _) => Verdict::Holds,
            (false, true) => Verdict::WithinRounding,
            (false, false) => Verdict::Violated,
        }
    }
}

pub(crate) fn not<S>(answer: Answer<Truth<S>>) -> Answer<Truth<S>> {
    answer.then(|truth| {
        Answer::Known(Truth {
            printed: !truth.printed,
            can_hold: truth.can_fail,
            can_fail: truth.can_hold,
            shown: truth.shown,
        })
    })
}

/// True if all are. A violated one settles it, whatever else is missing.
pub(crate) fn and<S>(answers: Vec<Answer<Truth<S>>>) -> Answer<Truth<S>> {
    settle(answers, Verdict::Violated, |truths| Truth {
        printed: truths.iter().all(|truth| truth.printed),
        can_hold: truths.iter().all(|truth| truth.can_hold),
        can_fail: truths.iter().any(|truth| truth.can_fail),
        // The worst, and the first of those.
        shown: pick(truths, |verdict, best| verdict.rank() > best.rank()),
    })
}

/// True if any is. One that holds settles it, whatever else is missing.
pub(crate) fn or<S>(answers: Vec<Answer<Truth<S>>>) -> Answer<Truth<S>> {
    settle(answers, Verdict::Holds, |truths| Truth {
        printed: truths.iter().any(|truth| truth.printed),
        can_hold: truths.iter().any(|truth| truth.can_hold),
        can_fail: truths.iter().all(|truth| truth.can_fail),
        shown: pick(truths, |verdict, best| verdict.rank() < best.rank()),
    })
}

fn settle<S>(
    answers: Vec<Answer<Truth<S>>>,
    settling: Verdict,
    join: impl FnOnce(Vec<Truth<S>>) -> Truth<S>,
) -> Answer<Truth<S>> {
    let (mut truths, mut missing, mut undecidable) = (Vec::new(), Vec::new(), None);
    for answer in answers {
        match answer {
            Answer::Known(truth) => truths.push(truth),
            Answer::Missing(what) => merge(&mut missing, what),
            Answer::Undecidable(reason) => undecidable = undecidable.or(Some(reason)),
        }
    }
    // Where something is open, `true or missing` is true and `false and missing` false, rounding included.
    let settles = |verdict: Verdict| match settling {
        Verdict::Violated => verdict == Verdict::Violated,
        _ => verdict != Verdict::Violated,
    };
    let is_open = undecidable.is_some() || !missing.is_empty();
    if is_open && !truths.iter().any(|truth| settles(truth.verdict())) {
        return undecidable.map_or(Answer::Missing(missing), Answer::Undecidable);
    }
    Answer::Known(join(truths))
}

fn pick<S>(truths: Vec<Truth<S>>, is_better: impl Fn(Verdict, Verdict) -> bool) -> Option<S> {
    let mut best: Option<(Verdict, Option<S>)> = None;
    for truth in truths {
        let verdict = truth.verdict();
        let is_next = |(known, shown): &(Verdict, Option<S>)| {
            is_better(verdict, *known) || (verdict == *known && shown.is_none())
        };
        if best.as_ref().is_none_or(is_next) {
            best = Some((verdict, truth.shown));
        }
    }
    best.and_then(|(_, shown)| shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Reason;

    fn known(verdict: char) -> Answer<Truth<()>> {
        match verdict {
            'h' => Answer::Known(Truth::exact(true, None)),
            'w' => Answer::Known(Truth { printed: false, can_hold: true, can_fail: true, shown: None }),
            'v' => Answer::Known(Truth::exact(false, None)),
            'm' => Answer::Missing(vec!["x".to_owned()]),
            _ => Answer::Undecidable(Reason::DivisionByZero),
        }
    }

    fn letter(answer: &Answer<Truth<()>>) -> char {
        match answer {
            Answer::Known(truth) => match truth.verdict() {
                Verdict::Holds => 'h',
                Verdict::WithinRounding => 'w',
                _ => 'v',
            },
            Answer::Missing(_) => 'm',
            Answer::Undecidable(_) => 'u',
        }
    }

    type Plain = Answer<Truth<()>>;

    /// Rows and columns in the order: holds, within rounding, violated, missing, undecidable.
    fn table(join: fn(Vec<Plain>) -> Plain) -> Vec<String> {
        "hwvmu"
            .chars()
            .map(|a| "hwvmu".chars().map(|b| letter(&join(vec![known(a), known(b)]))).collect())
            .collect()
    }

    #[test]
    fn and_is_the_worst_of_its_members() {
        assert_eq!(table(and), ["hwvmu", "wwvmu", "vvvvv", "mmvmu", "uuvuu"]);
    }

    #[test]
    fn or_is_the_best_of_its_members() {
        assert_eq!(table(or), ["hhhhh", "hwwww", "hwvmu", "hwmmu", "hwuuu"]);
    }

    #[test]
    fn not_turns_the_truth_over() {
        let turned: String = "hwvmu".chars().map(|answer| letter(&not(known(answer)))).collect();
        // What fails as printed but may hold behind the print does not hold as printed when turned over.
        assert_eq!(turned, "vhhmu");
    }
}
