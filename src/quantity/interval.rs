//! What a rounded figure may stand for.

use super::{Quantity, Rational, Unit};

/// To which place a figure is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Precision {
    /// To the finest place that amounts of the same unit show in the same context: trailing zeros are dropped in
    /// print, `42.8` beside `155.17` means `42.80`.
    #[default]
    Context,
    /// To its own last printed place.
    Printed,
    /// To so many decimals of its unit.
    Decimals(u32),
    /// Not rounded at all.
    Exact,
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) at: Rational,
    /// Whether the end itself is left out.
    pub(crate) is_open: bool,
}

/// The values that a figure, or an expression of figures, may have. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) low: Bound,
    pub(crate) high: Bound,
}

impl Interval {
    /// One value.
    pub(crate) fn point(value: Rational) -> Interval {
        let end = Bound { at: value, is_open: false };
        Interval { low: end, high: end }
    }

    /// All values strictly between; the point where both ends meet.
    pub(crate) fn open(low: Rational, high: Rational) -> Interval {
        if low == high {
            return Interval::point(low);
        }
        Interval { low: Bound { at: low, is_open: true }, high: Bound { at: high, is_open: true } }
    }

    /// What a printed figure stands for, with its last place at `decimals` of its unit.
    ///
    /// An amount is its value ± half a unit of that place. A percentage, since many are cut off rather than rounded,
    /// reaches from half a unit towards zero to one whole unit away from it. Counts and a printed zero are exact.
    pub(crate) fn of_figure(figure: &Quantity, decimals: u32) -> Option<Interval> {
        let value = figure.value();
        if matches!(figure.unit(), Unit::Counter(_)) || value.is_zero() {
            return Some(Interval::point(value));
        }
        let places = i32::try_from(decimals).ok()?;
        let unit = Rational::power_of_ten(places.checked_neg()?)?.mul(figure.unit().factor()?)?;
        let half = unit.mul(Rational::new(1, 2)?)?;
        let outwards = if *figure.unit() == Unit::Percent { unit } else { half };
        if value.signum() < 0 {
            Some(Interval::open(value.sub(outwards)?, value.add(half)?))
        } else {
            Some(Interval::open(value.sub(half)?, value.add(outwards)?))
        }
    }

    pub(crate) fn add(self, other: Interval) -> Option<Interval> {
        Some(Interval { low: self.low.add(other.low)?, high: self.high.add(other.high)? })
    }

    pub(crate) fn scale(self, factor: Rational) -> Option<Interval> {
        let end = |bound: Bound| Some(Bound { at: bound.at.mul(factor)?, is_open: bound.is_open });
        match factor.signum() {
            0 => Some(Interval::point(Rational::ZERO)),
            1 => Some(Interval { low: end(self.low)?, high: end(self.high)? }),
            _ => Some(Interval { low: end(self.high)?, high: end(self.low)? }),
        }
    }

    pub(crate) fn mul(self, other: Interval) -> Option<Interval> {
        let products = [
            self.low.mul(other.low)?,
            self.low.mul(other.high)?,
            self.high.mul(other.low)?,
            self.high.mul(other.high)?,
        ];
        let [first, rest @ ..] = products;
        let low = rest.iter().fold(first, |end, next| end.lower(*next));
        let high = rest.iter().fold(first, |end, next| end.higher(*next));
        Some(Interval { low, high })
    }

    /// The quotient; `None` where the divisor may be zero.
    pub(crate) fn div(self, other: Interval) -> Option<Interval> {
        if other.low.at.signum() <= 0 && other.high.at.signum() >= 0 {
            return None;
        }
        let over = |bound: Bound| Some(Bound { at: Rational::ONE.div(bound.at)?, is_open: bound.is_open });
        self.mul(Interval { low: over(other.high)?, high: over(other.low)? })
    }

    pub(crate) fn abs(self) -> Option<Interval> {
        if self.low.at.signum() >= 0 {
            return Some(self);
        }
        let turned = self.scale(Rational::whole(-1))?;
        if self.high.at.signum() <= 0 {
            return Some(turned);
        }
        let zero = Bound { at: Rational::ZERO, is_open: false };
        Some(Interval { low: zero, high: self.high.higher(turned.high) })
    }

    /// What rounding to so many decimals may come to: from what its lowest value rounds to, to what its highest does.
    ///
    /// An end that is left out and lies half-way between two steps rounds to the inner one, as all values beside it do.
    pub(crate) fn round(self, decimals: i32) -> Option<Interval> {
        let step = Rational::power_of_ten(decimals.checked_neg()?)?;
        let half = step.mul(Rational::new(1, 2)?)?;
        let rounded = |bound: Bound, inwards: i128| {
            let at = bound.at.round(decimals)?;
            // Halves go away from zero, which for one of the two ends is outwards.
            let goes_out = at.sub(bound.at)? == half.mul(Rational::whole(inwards))?.neg()?;
            if bound.is_open && goes_out { at.add(step.mul(Rational::whole(inwards))?) } else { Some(at) }
        };
        let end = |at| Bound { at, is_open: false };
        Some(Interval { low: end(rounded(self.low, 1)?), high: end(rounded(self.high, -1)?) })
    }

    pub(crate) fn min(self, other: Interval) -> Interval {
        Interval { low: self.low.lower(other.low), high: self.high.lower_of_upper(other.high) }
    }

    pub(crate) fn max(self, other: Interval) -> Interval {
        Interval { low: self.low.higher_of_lower(other.low), high: self.high.higher(other.high) }
    }

    /// Whether some value inside is below zero.
    pub(crate) fn reaches_below_zero(self) -> bool {
        self.low.at.signum() < 0
    }

    /// Whether some value inside is above zero.
    pub(crate) fn reaches_above_zero(self) -> bool {
        self.high.at.signum() > 0
    }

    /// Whether zero is inside.
    pub(crate) fn holds_zero(self) -> bool {
        let above = self.low.at.signum() < 0 || (self.low.at.is_zero() && !self.low.is_open);
        let below = self.high.at.signum() > 0 || (self.high.at.is_zero() && !self.high.is_open);
        above && below
    }
}

impl Bound {
    fn add(self, other: Bound) -> Option<Bound> {
        Some(Bound { at: self.at.add(other.at)?, is_open: self.is_open || other.is_open })
    }

    fn mul(self, other: Bound) -> Option<Bound> {
        // Zero times anything is zero, and it is reached when the zero is.
        let reached = |zero: Bound| zero.at.is_zero() && !zero.is_open;
        let is_open = (self.is_open || other.is_open) && !reached(self) && !reached(other);
        Some(Bound { at: self.at.mul(other.at)?, is_open })
    }

    /// The lower of two lower ends: where they meet, an end that is reached wins.
    fn lower(self, other: Bound) -> Bound {
        self.pick(other, self.at < other.at, false)
    }

    fn higher(self, other: Bound) -> Bound {
        self.pick(other, self.at > other.at, false)
    }

    /// The lower of two upper ends: where they meet, an end that is left out wins.
    fn lower_of_upper(self, other: Bound) -> Bound {
        self.pick(other, self.at < other.at, true)
    }

    fn higher_of_lower(self, other: Bound) -> Bound {
        self.pick(other, self.at > other.at, true)
    }

    fn pick(self, other: Bound, mine: bool, open_wins: bool) -> Bound {
        if self.at == other.at {
            let is_open =
                if open_wins { self.is_open || other.is_open } else { self.is_open && other.is_open };
            return Bound { at: self.at, is_open };
        }
        if mine { self } else { other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rational(text: &str) -> Rational {
        text.parse::<super::super::Amount>().unwrap().value()
    }

    fn stands_for(text: &str, decimals: u32) -> String {
        let figure = Quantity::parse(text, &Unit::WanYuan).unwrap();
        shown(Interval::of_figure(&figure, decimals).unwrap())
    }

    fn shown(interval: Interval) -> String {
        let (open, close) =
            (if interval.low.is_open { '(' } else { '[' }, if interval.high.is_open { ')' } else { ']' });
        format!("{open}{}, {}{close}", interval.low.at.printed(8).text, interval.high.at.printed(8).text)
    }

    #[test]
    fn an_amount_is_half_a_unit_of_its_last_place_either_way() {
        assert_eq!(stands_for("42.8", 2), "(42.795, 42.805)");
        assert_eq!(stands_for("42.8", 1), "(42.75, 42.85)");
        assert_eq!(stands_for("428000元", 0), "(42.79995, 42.80005)");
    }

    #[test]
    fn a_percentage_may_have_been_cut_off() {
        assert_eq!(stands_for("46.5%", 1), "(0.4645, 0.466)");
        assert_eq!(stands_for("-46.5%", 1), "(-0.466, -0.4645)");
    }

    #[test]
    fn counts_and_a_printed_zero_are_exact() {
        assert_eq!(stands_for("48人", 0), "[48, 48]");
        assert_eq!(stands_for("0.00", 2), "[0, 0]");
    }

    #[test]
    fn ends_that_are_left_out_stay_out() {
        let (two, open) = (Interval::point(rational("2")), Interval::open(rational("1"), rational("3")));
        assert_eq!(shown(two.max(open)), "[2, 3)");
        assert_eq!(shown(two.min(open)), "(1, 2]");
        assert_eq!(shown(open.mul(open).unwrap()), "(1, 9)");
        assert_eq!(shown(two.div(open).unwrap()), "(0.66666667, 2)");
        assert_eq!(shown(Interval::point(Rational::ZERO).mul(open).unwrap()), "[0, 0]");
        assert_eq!(shown(Interval::open(rational("-1"), rational("3")).abs().unwrap()), "[0, 3)");
        assert_eq!(two.div(Interval::open(rational("-1"), rational("1"))), None);
    }

    #[test]
    fn zero_at_an_open_end_is_not_inside() {
        assert!(!Interval::open(Rational::ZERO, Rational::ONE).holds_zero());
        assert!(Interval::point(Rational::ZERO).holds_zero());
        assert!(Interval::open(rational("-1"), Rational::ONE).holds_zero());
    }
}
