//! One comparison of two figures that were rounded in print.

use super::value::Number;
use crate::quantity::{Interval, Rational};
use crate::ruleset::expr::{Comparison, LiteralUnit, Tolerance};

/// What a comparison comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// True of the figures as printed.
    pub(crate) printed: bool,
    /// True of some figures that print as these do.
    pub(crate) can_hold: bool,
    /// False of some figures that print as these do.
    pub(crate) can_fail: bool,
    /// How large a difference of this sign rounding, or the tolerance, can explain.
    pub(crate) slack: Option<Rational>,
}

/// Judges `left comparison right` by their difference; `None` where that does not fit.
///
/// A tolerance takes the place of the rounding allowance, and `!=` has none.
pub(crate) fn judge(
    difference: &Number,
    interval: Option<Interval>,
    comparison: Comparison,
    tolerance: Option<Tolerance>,
    right: Rational,
) -> Option<Judgement> {
    let point = difference.point;
    if let Some(tolerance) = tolerance {
        let allowed = match tolerance.unit {
            LiteralUnit::Percent => right.abs()?.mul(tolerance.value)?,
            LiteralUnit::Bare | LiteralUnit::Money => tolerance.value,
        };
        let printed = match comparison {
            Comparison::Equal | Comparison::NotEqual => point.abs()? <= allowed,
            Comparison::AtMost => point <= allowed,
            Comparison::Less => point < allowed,
            Comparison::AtLeast => point.neg()? <= allowed,
            Comparison::Greater => point.neg()? < allowed,
        };
        return Some(Judgement { printed, can_hold: printed, can_fail: !printed, slack: Some(allowed) });
    }
    let interval = interval?;
    let above = interval.reaches_above_zero();
    let below = interval.reaches_below_zero();
    let zero = interval.holds_zero();
    let (printed, can_hold, can_fail) = match comparison {
        Comparison::Equal => (point.is_zero(), zero, above || below),
        Comparison::NotEqual => (!point.is_zero(), !point.is_zero(), point.is_zero()),
        Comparison::AtMost => (point.signum() <= 0, below || zero, above),
        Comparison::Less => (point.signum() < 0, below, above || zero),
        Comparison::AtLeast => (point.signum() >= 0, above || zero, below),
        Comparison::Greater => (point.signum() > 0, above, below || zero),
    };
    let slack = match comparison {
        Comparison::NotEqual => None,
        _ if point.signum() > 0 => Some(point.sub(interval.low.at)?),
        _ => Some(interval.high.at.sub(point)?),
    };
    Some(Judgement { printed, can_hold, can_fail, slack })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::value::{Atom, AtomId};

    fn rational(text: &str) -> Rational {
        text.parse::<crate::quantity::Amount>().unwrap().value()
    }

    /// A difference printed as `point` that stands for anything between `low` and `high`.
    fn letters(point: &str, low: &str, high: &str) -> String {
        let interval = Interval::open(rational(low), rational(high));
        let number = Number::atom(AtomId(0), Atom { point: rational(point), interval });
        let all = [
            Comparison::Equal,
            Comparison::NotEqual,
            Comparison::Less,
            Comparison::AtMost,
            Comparison::Greater,
            Comparison::AtLeast,
        ];
        let letter =
            |comparison| match judge(&number, Some(interval), comparison, None, Rational::ZERO).unwrap() {
                Judgement { printed: true, .. } => 'h',
                Judgement { can_hold: true, .. } => 'w',
                _ => 'v',
            };
        all.into_iter().map(letter).collect()
    }

    #[test]
    fn each_comparison_of_a_difference() {
        // In the order: == != < <= > >=
        assert_eq!(letters("0", "-0.01", "0.01"), "hvwhwh");
        assert_eq!(letters("0.01", "-0.005", "0.025"), "whwwhh");
        assert_eq!(letters("0.01", "0", "0.02"), "vhvvhh");
        assert_eq!(letters("-0.05", "-0.07", "-0.03"), "vhhhvv");
    }
}
