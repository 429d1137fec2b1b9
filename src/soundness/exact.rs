//! The numbers of the search: exact fractions that never overflow.
//!
//! In: rationals of the rules. Out: rationals again, where they fit. Almost all stay small; one that does not fit two `i64`
//! becomes a big one, and a big one that fits again becomes small, so that equal numbers are equal in form.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::{BigInt, Sign};
use num_rational::BigRational;

use crate::quantity::Rational;

/// A fraction in lowest terms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Exact {
    /// Above the line, never `i64::MIN`; below it, above zero.
    Small(i64, i64),
    /// What does not fit that.
    Large(Box<BigRational>),
}

impl Exact {
    pub(super) const ZERO: Exact = Exact::Small(0, 1);
    pub(super) const ONE: Exact = Exact::Small(1, 1);

    pub(super) fn is_zero(&self) -> bool {
        *self == Exact::ZERO
    }

    pub(super) fn is_unit(&self) -> bool {
        matches!(self, Exact::Small(1 | -1, 1))
    }

    /// How it stands to zero.
    pub(super) fn sign(&self) -> Ordering {
        match self {
            Exact::Small(numerator, _) => numerator.cmp(&0),
            Exact::Large(large) => match large.numer().sign() {
                Sign::Minus => Ordering::Less,
                Sign::NoSign => Ordering::Equal,
                Sign::Plus => Ordering::Greater,
            },
        }
    }

    pub(super) fn is_positive(&self) -> bool {
        self.sign() == Ordering::Greater
    }

    pub(super) fn abs(&self) -> Exact {
        if self.sign() == Ordering::Less { -self } else { self.clone() }
    }

    /// One divided by it. Zero has no inverse and is never asked for one; it stays zero.
    pub(super) fn inverse(&self) -> Exact {
        match self {
            Exact::Small(0, _) => Exact::ZERO,
            Exact::Small(numerator, denominator) if *numerator < 0 => {
                Exact::Small(denominator.wrapping_neg(), numerator.wrapping_neg())
            }
            Exact::Small(numerator, denominator) => Exact::Small(*denominator, *numerator),
            Exact::Large(large) => Exact::demoted(large.recip()),
        }
    }

    /// The largest whole number that is not above it.
    pub(super) fn floor(&self) -> Exact {
        match self {
            Exact::Small(numerator, denominator) => {
                Exact::Small(numerator.checked_div_euclid(*denominator).unwrap_or(0), 1)
            }
            Exact::Large(large) => Exact::demoted(large.floor()),
        }
    }

    pub(super) fn to_big(&self) -> BigRational {
        match self {
            Exact::Small(numerator, denominator) => {
                BigRational::new_raw(BigInt::from(*numerator), BigInt::from(*denominator))
            }
            Exact::Large(large) => BigRational::clone(large),
        }
    }

    /// `None` where it does not fit.
    pub(super) fn to_rational(&self) -> Option<Rational> {
        match self {
            Exact::Small(numerator, denominator) => Rational::new((*numerator).into(), (*denominator).into()),
            Exact::Large(large) => {
                Rational::new(i128::try_from(large.numer()).ok()?, i128::try_from(large.denom()).ok()?)
            }
        }
    }

    /// A fraction in lowest terms, small if it fits.
    fn demoted(large: BigRational) -> Exact {
        match (i64::try_from(large.numer()), i64::try_from(large.denom())) {
            (Ok(numerator), Ok(denominator)) if numerator != i64::MIN => Exact::Small(numerator, denominator),
            _ => Exact::Large(Box::new(large)),
        }
    }

    /// A fraction in lowest terms, of a numerator and a denominator that have no common factor.
    fn reduced(numerator: i128, denominator: i128) -> Exact {
        match (i64::try_from(numerator), i64::try_from(denominator)) {
            (Ok(numerator), Ok(denominator)) if numerator != i64::MIN => Exact::Small(numerator, denominator),
            _ => Exact::Large(Box::new(BigRational::new_raw(numerator.into(), denominator.into()))),
        }
    }
}

impl From<Rational> for Exact {
    fn from(rational: Rational) -> Exact {
        Exact::reduced(rational.numerator(), rational.denominator())
    }
}

impl From<i64> for Exact {
    fn from(whole: i64) -> Exact {
        Exact::reduced(whole.into(), 1)
    }
}

impl Add for &Exact {
    type Output = Exact;

    fn add(self, other: &Exact) -> Exact {
        let (Exact::Small(a, b), Exact::Small(c, d)) = (self, other) else {
            return Exact::demoted(self.to_big() + other.to_big());
        };
        let (a, b, c, d) = (i128::from(*a), i128::from(*b), i128::from(*c), i128::from(*d));
        if b == 1 && d == 1 {
            return Exact::reduced(a.wrapping_add(c), 1);
        }
        // Each product is below 2^126 in size, their sum below 2^127.
        let numerator = a.wrapping_mul(d).wrapping_add(c.wrapping_mul(b));
        let denominator = b.wrapping_mul(d);
        let common = i128::try_from(gcd(numerator.unsigned_abs(), denominator.unsigned_abs())).unwrap_or(1);
        Exact::reduced(
            numerator.checked_div(common).unwrap_or(numerator),
            denominator.checked_div(common).unwrap_or(denominator),
        )
    }
}

impl Sub for &Exact {
    type Output = Exact;

    fn sub(self, other: &Exact) -> Exact {
        self + &-other
    }
}

impl Mul for &Exact {
    type Output = Exact;

    fn mul(self, other: &Exact) -> Exact {
        let (Exact::Small(a, b), Exact::Small(c, d)) = (self, other) else {
            return Exact::demoted(self.to_big() * other.to_big());
        };
        // Reducing across leaves nothing to reduce after.
        let ((a, d), (c, b)) = (reduce(*a, *d), reduce(*c, *b));
        Exact::reduced(i128::from(a).wrapping_mul(i128::from(c)), i128::from(b).wrapping_mul(i128::from(d)))
    }
}

impl Neg for &Exact {
    type Output = Exact;

    fn neg(self) -> Exact {
        match self {
            Exact::Small(numerator, denominator) => Exact::Small(numerator.wrapping_neg(), *denominator),
            Exact::Large(large) => Exact::demoted(-BigRational::clone(large)),
        }
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        match (self, other) {
            (Exact::Small(a, b), Exact::Small(c, d)) if b == d => a.cmp(c),
            (Exact::Small(a, b), Exact::Small(c, d)) => {
                let left = i128::from(*a).wrapping_mul(i128::from(*d));
                left.cmp(&i128::from(*c).wrapping_mul(i128::from(*b)))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Both without their common factor; the second is above zero.
fn reduce(numerator: i64, denominator: i64) -> (i64, i64) {
    if denominator == 1 {
        return (numerator, 1);
    }
    let common = i64::try_from(gcd_small(numerator.unsigned_abs(), denominator.unsigned_abs())).unwrap_or(1);
    (
        numerator.checked_div(common).unwrap_or(numerator),
        denominator.checked_div(common).unwrap_or(denominator),
    )
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return gcd_small(a, b).into();
        }
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a.max(1)
}

fn gcd_small(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a.max(1)
}

/// A number and a multiple of ε, which is above zero and below every number above zero: `x > 3` is `x >= 3 + ε`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Level {
    pub(super) real: Exact,
    pub(super) epsilons: Exact,
}

impl Level {
    pub(super) const ZERO: Level = Level { real: Exact::ZERO, epsilons: Exact::ZERO };

    pub(super) fn is_zero(&self) -> bool {
        self.real.is_zero() && self.epsilons.is_zero()
    }

    pub(super) fn times(&self, factor: &Exact) -> Level {
        let epsilons = if self.epsilons.is_zero() { Exact::ZERO } else { &self.epsilons * factor };
        Level { real: &self.real * factor, epsilons }
    }
}

impl Add for &Level {
    type Output = Level;

    fn add(self, other: &Level) -> Level {
        Level { real: &self.real + &other.real, epsilons: &self.epsilons + &other.epsilons }
    }
}

impl Sub for &Level {
    type Output = Level;

    fn sub(self, other: &Level) -> Level {
        Level { real: &self.real - &other.real, epsilons: &self.epsilons - &other.epsilons }
    }
}

impl Default for Level {
    fn default() -> Level {
        Level::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = Exact> {
        let whole = prop_oneof![-9..=9_i64, any::<i64>(), Just(i64::MIN), Just(i64::MAX)];
        let below = prop_oneof![Just(1), 1..=9_i64, 1..=i64::MAX];
        (whole, below, any::<bool>()).prop_map(|(above, below, is_squared)| {
            let fraction = BigRational::new(above.into(), below.into());
            Exact::demoted(if is_squared { &fraction * &fraction } else { fraction })
        })
    }

    proptest! {
        #[test]
        fn every_operation_is_that_of_big_fractions(a in number(), b in number()) {
            let (x, y) = (a.to_big(), b.to_big());
            prop_assert_eq!(&a + &b, Exact::demoted(&x + &y));
            prop_assert_eq!(&a - &b, Exact::demoted(&x - &y));
            prop_assert_eq!(&a * &b, Exact::demoted(&x * &y));
            prop_assert_eq!(-&a, Exact::demoted(-x.clone()));
            prop_assert_eq!(a.floor(), Exact::demoted(x.floor()));
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
            if !a.is_zero() {
                prop_assert_eq!(a.inverse(), Exact::demoted(x.recip()));
            }
            if let Some(rational) = a.to_rational() {
                prop_assert_eq!(Exact::from(rational), a);
            }
        }
    }

    #[test]
    fn what_overflows_becomes_large_and_what_fits_becomes_small() {
        let most = Exact::from(i64::MAX);
        let more = &most + &Exact::ONE;
        assert!(matches!(more, Exact::Large(_)));
        assert_eq!(&more - &Exact::ONE, most);
        assert_eq!((&more * &more).to_rational(), Rational::new(1 << 126, 1));
        assert_eq!((&(&more * &more) * &more).to_rational(), None);
    }
}
