//! The exact decimal that a figure prints.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::figure::{FigureError, number_prefix, parse_quantity};
use super::{Rational, Unit};
use crate::limits;

/// An exact decimal as printed: `218.40` keeps its zero.
///
/// Two amounts are equal when their values are, however many places they show. In serde it is a string: a JSON
/// number would pass through a float.
///
/// ```
/// use gouji::quantity::Amount;
/// let amount: Amount = "218.40".parse()?;
/// assert_eq!(amount.to_string(), "218.40");
/// assert_eq!(amount.decimals(), 2);
/// # Ok::<(), gouji::quantity::FigureError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

impl Amount {
    /// Zero.
    pub const ZERO: Amount = Amount(Decimal::ZERO);

    /// Wraps digits already checked against the limits.
    pub(crate) fn from_checked(decimal: Decimal) -> Amount {
        Amount(decimal)
    }

    /// How many decimals are printed.
    pub fn decimals(self) -> u32 {
        self.0.scale()
    }

    /// The value as an exact fraction, in the amount's own unit.
    pub fn value(self) -> Rational {
        // A decimal holds 96 bits and at most 28 places, which always fit a fraction of `i128`.
        Rational::from_decimal(self.0).unwrap_or(Rational::ZERO)
    }

    /// The same size with the other sign.
    #[must_use]
    pub fn negated(self) -> Amount {
        let mut decimal = self.0;
        decimal.set_sign_negative(!decimal.is_sign_negative());
        Amount(decimal)
    }

    /// The same size, below zero.
    #[must_use]
    pub fn decrease(self) -> Amount {
        if self.is_negative() { self } else { self.negated() }
    }

    /// Whether the value is zero, with any number of places.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether the value is below zero.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A zero is printed without a sign, however it was reached.
        let shown = if self.0.is_zero() { self.0.abs() } else { self.0 };
        fmt::Display::fmt(&shown, f)
    }
}

impl FromStr for Amount {
    type Err = FigureError;

    /// Digits with an optional sign and decimals, as in `-218.40`; nothing else.
    fn from_str(text: &str) -> Result<Amount, FigureError> {
        let (sign, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let number = number_prefix(&digits.chars().collect::<Vec<_>>())?
            .filter(|number| number.length == digits.len());
        let amount = number.ok_or(FigureError::NotAFigure)?.amount;
        Ok(if sign { amount.negated() } else { amount })
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// An amount and the unit it is printed in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    amount: Amount,
    unit: Unit,
}

impl Quantity {
    /// An amount in a unit.
    ///
    /// # Errors
    /// [`FigureError::TooLarge`] over 18 integer digits counted in 元.
    pub fn new(amount: Amount, unit: Unit) -> Result<Quantity, FigureError> {
        let beyond = i32::try_from(limits::FIGURE_INTEGER_DIGITS)
            .ok()
            .and_then(|digits| Rational::power_of_ten(digits.checked_sub(unit.yuan_power().unwrap_or(0))?));
        match (amount.value().abs(), beyond) {
            (Some(size), Some(beyond)) if size < beyond => Ok(Quantity { amount, unit }),
            _ => Err(FigureError::TooLarge),
        }
    }

    /// Reads a whole text as one figure: `155.17万元`, `-46.5%`, `380，869元`, `(1.2)`, `▲3.4`, `贰万元整`.
    ///
    /// A figure with no unit of its own is in `unit`.
    ///
    /// # Errors
    /// What of the text is not a figure, or which limit it exceeds.
    pub fn parse(text: &str, unit: &Unit) -> Result<Quantity, FigureError> {
        parse_quantity(text, unit)
    }

    /// The same amount as a plain number.
    pub(crate) fn without_unit(&self) -> Quantity {
        Quantity { amount: self.amount, unit: Unit::Plain }
    }

    /// The amount, in [`Quantity::unit`].
    pub fn amount(&self) -> Amount {
        self.amount
    }

    /// The unit.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// The same unit with another amount of the same size.
    pub(crate) fn with_sign_of_decrease(&self) -> Quantity {
        Quantity { amount: self.amount.decrease(), unit: self.unit.clone() }
    }

    /// The exact value in arithmetic: 万元 for money, a plain number otherwise.
    pub fn value(&self) -> Rational {
        // 18 digits of 元 and 8 decimals are within `i128` in any unit.
        self.unit.factor().and_then(|factor| self.amount.value().mul(factor)).unwrap_or(Rational::ZERO)
    }
}

/// As it is printed, `155.17万元`: a document made of a value that holds one reads it back.
impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.unit)
    }
}
