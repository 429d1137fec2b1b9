//! Exact fractions.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

/// An exact fraction of two `i128`, in lowest terms.
///
/// Every operation that could leave the range of `i128` returns `None`; comparison never does.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    numerator: i128,
    /// Always above zero.
    denominator: i128,
}

/// A fraction written as a decimal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Printed {
    /// The decimal.
    pub text: String,
    /// Whether the decimal is the fraction itself, and not the nearest one with so many places.
    pub is_exact: bool,
}

#[allow(
    clippy::should_implement_trait,
    reason = "the operators of the traits cannot say that a result does not fit"
)]
impl Rational {
    /// Zero.
    pub const ZERO: Rational = Rational { numerator: 0, denominator: 1 };
    /// One.
    pub const ONE: Rational = Rational { numerator: 1, denominator: 1 };

    /// The fraction in lowest terms; `None` for a denominator of zero or a sign that does not fit.
    pub fn new(numerator: i128, denominator: i128) -> Option<Rational> {
        let common = i128::try_from(gcd(numerator.unsigned_abs(), denominator.unsigned_abs())).ok()?;
        let (numerator, denominator) = (numerator.checked_div(common)?, denominator.checked_div(common)?);
        match denominator.cmp(&0) {
            Ordering::Greater => Some(Rational { numerator, denominator }),
            Ordering::Less => Some(Rational {
                numerator: numerator.checked_neg()?,
                denominator: denominator.checked_neg()?,
            }),
            Ordering::Equal => None,
        }
    }

    /// A whole number.
    pub const fn whole(number: i128) -> Rational {
        Rational { numerator: number, denominator: 1 }
    }

    /// Ten to a power, which may be below zero.
    pub fn power_of_ten(exponent: i32) -> Option<Rational> {
        let power = 10_i128.checked_pow(exponent.unsigned_abs())?;
        if exponent < 0 { Rational::new(1, power) } else { Some(Rational::whole(power)) }
    }

    /// Exactly what a decimal says.
    pub fn from_decimal(decimal: Decimal) -> Option<Rational> {
        Rational::new(decimal.mantissa(), 10_i128.checked_pow(decimal.scale())?)
    }

    /// Above the line, in lowest terms.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// Below the line, in lowest terms and above zero.
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// The sum, if it fits.
    pub fn add(self, other: Rational) -> Option<Rational> {
        let common =
            i128::try_from(gcd(self.denominator.unsigned_abs(), other.denominator.unsigned_abs())).ok()?;
        let (left, right) = (self.denominator.checked_div(common)?, other.denominator.checked_div(common)?);
        let numerator = self.numerator.checked_mul(right)?.checked_add(other.numerator.checked_mul(left)?)?;
        Rational::new(numerator, self.denominator.checked_mul(right)?)
    }

    /// The difference, if it fits.
    pub fn sub(self, other: Rational) -> Option<Rational> {
        self.add(other.neg()?)
    }

    /// The product, if it fits.
    pub fn mul(self, other: Rational) -> Option<Rational> {
        // Reducing across first keeps factors small.
        let left = Rational::new(self.numerator, other.denominator)?;
        let right = Rational::new(other.numerator, self.denominator)?;
        Rational::new(
            left.numerator.checked_mul(right.numerator)?,
            left.denominator.checked_mul(right.denominator)?,
        )
    }

    /// The quotient; `None` for a divisor of zero too.
    pub fn div(self, other: Rational) -> Option<Rational> {
        self.mul(Rational::new(other.denominator, other.numerator)?)
    }

    /// The opposite, if it fits.
    pub fn neg(self) -> Option<Rational> {
        Some(Rational { numerator: self.numerator.checked_neg()?, denominator: self.denominator })
    }

    /// The size without the sign, if it fits.
    pub fn abs(self) -> Option<Rational> {
        if self.numerator < 0 { self.neg() } else { Some(self) }
    }

    /// Whether this is zero.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Below, at or above zero.
    pub fn signum(self) -> i128 {
        self.numerator.signum()
    }

    /// The nearest multiple of 10^-`places`, halves away from zero; `None` where it does not fit.
    pub fn round(self, places: i32) -> Option<Rational> {
        let scale = Rational::power_of_ten(places)?;
        let scaled = self.mul(scale)?;
        let half_up = scaled.abs()?.add(Rational::new(1, 2)?)?;
        let whole = half_up.numerator.checked_div(half_up.denominator)?.checked_mul(scaled.signum())?;
        Rational::whole(whole).div(scale)
    }

    /// As a decimal: exactly where at most `places` places suffice, otherwise the nearest with `places` places.
    pub fn printed(self, places: u32) -> Printed {
        let (text, rest) = self.digits(places);
        let is_exact = rest == 0;
        if is_exact {
            let text =
                if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
            return Printed { text: text.to_owned(), is_exact };
        }
        let nearest = i32::try_from(places).ok().and_then(|places| self.round(places)).unwrap_or(self);
        Printed { text: nearest.digits(places).0, is_exact }
    }

    /// As a decimal with exactly `places` places where that is exact, otherwise as [`Rational::printed`] does.
    pub fn padded(self, places: u32) -> String {
        let (text, rest) = self.digits(places);
        if rest == 0 { text } else { self.printed(places.max(4)).text }
    }

    /// Long division: the digits cut off after `places` places, and what is left over.
    fn digits(self, places: u32) -> (String, u128) {
        let (size, divisor) = (self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        let whole = size.checked_div(divisor).unwrap_or(0);
        let mut rest = size.checked_rem(divisor).unwrap_or(0);
        let mut text = format!("{}{whole}", if self.numerator < 0 { "-" } else { "" });
        if places > 0 {
            text.push('.');
        }
        for _ in 0..places {
            let Some(ten_times) = rest.checked_mul(10) else { break };
            let digit = ten_times.checked_div(divisor).unwrap_or(0);
            rest = ten_times.checked_rem(divisor).unwrap_or(0);
            text.push_str(&digit.to_string());
        }
        (text, rest)
    }
}

impl Ord for Rational {
    /// Exact and total: integer parts first, then the fractions turned over, as Euclid would.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b, mut c, mut d) =
            (self.numerator, self.denominator, other.numerator, other.denominator);
        let mut turned = false;
        loop {
            let (left, right) = (a.div_euclid_or_zero(b), c.div_euclid_or_zero(d));
            let (left_rest, right_rest) = (a.rem_euclid_or_zero(b), c.rem_euclid_or_zero(d));
            let order = left.cmp(&right);
            let settled = match (order, left_rest == 0, right_rest == 0) {
                (Ordering::Equal, true, true) => Some(Ordering::Equal),
                (Ordering::Equal, true, false) => Some(Ordering::Less),
                (Ordering::Equal, false, true) => Some(Ordering::Greater),
                (Ordering::Equal, false, false) => None,
                (order, ..) => Some(order),
            };
            if let Some(order) = settled {
                return if turned { order.reverse() } else { order };
            }
            (a, b, c, d) = (b, left_rest, d, right_rest);
            turned = !turned;
        }
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The fraction itself: `-67/144`, or `3` for a whole number.
impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            denominator => write!(f, "{}/{denominator}", self.numerator),
        }
    }
}

/// Division by a denominator, which is above zero by construction.
trait Euclid {
    fn div_euclid_or_zero(self, divisor: i128) -> i128;
    fn rem_euclid_or_zero(self, divisor: i128) -> i128;
}

impl Euclid for i128 {
    fn div_euclid_or_zero(self, divisor: i128) -> i128 {
        self.checked_div_euclid(divisor).unwrap_or(0)
    }
    fn rem_euclid_or_zero(self, divisor: i128) -> i128 {
        self.checked_rem_euclid(divisor).unwrap_or(0)
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a.max(1)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fraction(numerator: i128, denominator: i128) -> Rational {
        Rational::new(numerator, denominator).unwrap()
    }

    #[test]
    fn lowest_terms_with_the_sign_above() {
        assert_eq!(fraction(6, -4).to_string(), "-3/2");
        assert_eq!(Rational::new(1, 0), None);
        assert_eq!(Rational::new(i128::MIN, -1), None);
    }

    #[test]
    fn comparison_does_not_overflow() {
        let large = fraction(i128::MAX, i128::MAX - 1);
        let larger = fraction(i128::MAX - 1, i128::MAX - 2);
        assert!(large < larger);
        assert!(fraction(i128::MIN + 1, 3) < fraction(-1, i128::MAX));
    }

    #[test]
    fn what_does_not_fit_is_nothing() {
        assert_eq!(Rational::whole(i128::MAX).add(Rational::ONE), None);
        assert_eq!(Rational::whole(i128::MAX).mul(Rational::whole(2)), None);
        assert_eq!(Rational::ONE.div(Rational::ZERO), None);
    }

    #[test]
    fn printed_says_whether_it_is_exact() {
        let show = |value: Rational, places| {
            let printed = value.printed(places);
            (printed.text, printed.is_exact)
        };
        assert_eq!(show(fraction(-134, 288), 4), ("-0.4653".to_owned(), false));
        assert_eq!(show(fraction(15517, 100), 8), ("155.17".to_owned(), true));
        assert_eq!(show(Rational::whole(100), 2), ("100".to_owned(), true));
        assert_eq!(fraction(428, 10).padded(2), "42.80");
        assert_eq!(fraction(2, 3).round(2), Some(fraction(67, 100)));
        assert_eq!(fraction(-5, 2).round(0), Some(Rational::whole(-3)));
    }

    proptest! {
        #[test]
        fn order_is_that_of_cross_products(
            a in -1_000_000_i128..1_000_000, b in 1_i128..1_000_000,
            c in -1_000_000_i128..1_000_000, d in 1_i128..1_000_000,
        ) {
            prop_assert_eq!(fraction(a, b).cmp(&fraction(c, d)), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn a_difference_added_back_is_where_it_began(
            a in any::<i64>(), b in 1_i128..1_000_000_000, c in any::<i64>(), d in 1_i128..1_000_000_000,
        ) {
            let (x, y) = (fraction(a.into(), b), fraction(c.into(), d));
            if let Some(difference) = x.sub(y) {
                prop_assert_eq!(difference.add(y), Some(x));
            }
        }
    }
}
