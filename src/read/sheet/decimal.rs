//! A decimal as digits: what a workbook's numbers are printed from, without a float in between.

/// Digits that the binary numbers of a workbook hold; what comes after them is noise.
const DIGITS: usize = 15;
/// No number of a workbook is past 10^308.
const EXPONENT: i32 = 400;

/// A number in digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    is_negative: bool,
    /// From 0 to 9, without zeros at either end; none for zero.
    digits: Vec<u8>,
    /// How many of them stand before the point; below zero, how many zeros stand behind it first.
    point: i32,
}

impl Decimal {
    /// A number as XML or Rust writes it, `-12.5`, `1.5E-3`, to fifteen digits; nothing where it is none.
    pub(super) fn parse(text: &str) -> Option<Decimal> {
        let text = text.trim();
        let (is_negative, text) = match text.strip_prefix(['-', '+']) {
            Some(rest) => (text.starts_with('-'), rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (integer, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_number = integer.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit());
        if !is_number || integer.len().saturating_add(decimals.len()) == 0 || exponent.abs() > EXPONENT {
            return None;
        }
        let digits = integer.bytes().chain(decimals.bytes()).map(|byte| byte.saturating_sub(b'0')).collect();
        let point = i32::try_from(integer.len()).ok()?.checked_add(exponent)?;
        let exact = Decimal { is_negative, digits, point }.trimmed();
        let places = i32::try_from(DIGITS).ok()?.checked_sub(exact.point)?;
        Some(exact.cut(places))
    }

    /// A binary number, by its shortest decimal; nothing where it is not finite.
    pub(super) fn of(number: f64) -> Option<Decimal> {
        Decimal::parse(&format!("{number:e}"))
    }

    pub(super) fn is_negative(&self) -> bool {
        self.is_negative
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    pub(super) fn absolute(&self) -> Decimal {
        Decimal { is_negative: false, ..self.clone() }
    }

    pub(super) fn integer_digits(&self) -> usize {
        usize::try_from(self.point).unwrap_or(0)
    }

    /// Times a power of ten.
    pub(super) fn shifted(&self, by: i32) -> Decimal {
        Decimal { point: self.point.saturating_add(by), ..self.clone() }
    }

    /// To so many decimals, halves away from zero.
    pub(super) fn rounded(&self, decimals: usize) -> Decimal {
        self.cut(i32::try_from(decimals).unwrap_or(i32::MAX))
    }

    /// Rounded to so many places after the point, before it where that is below zero.
    fn cut(&self, places: i32) -> Decimal {
        let Ok(kept) = usize::try_from(self.point.saturating_add(places)) else {
            return Decimal { digits: Vec::new(), ..self.clone() }.trimmed();
        };
        let (head, tail) = self.digits.split_at_checked(kept).unwrap_or((&self.digits, &[]));
        let (mut digits, mut point) = (head.to_vec(), self.point);
        if tail.first().is_some_and(|digit| *digit >= 5) {
            let nines = digits.iter().rev().take_while(|digit| **digit == 9).count();
            digits.truncate(digits.len().saturating_sub(nines));
            match digits.last_mut() {
                Some(last) => *last = last.saturating_add(1),
                None => {
                    digits.push(1);
                    point = point.saturating_add(1);
                }
            }
        }
        Decimal { is_negative: self.is_negative, digits, point }.trimmed()
    }

    /// The digits before the point, none for zero, and so many behind it.
    pub(super) fn parts(&self, decimals: usize) -> (String, String) {
        let digit = |at: i32| {
            let digit = usize::try_from(at).ok().and_then(|at| self.digits.get(at)).copied().unwrap_or(0);
            char::from(digit.saturating_add(b'0'))
        };
        let integer = (0..self.point).map(digit).collect();
        let places = i32::try_from(decimals).unwrap_or(0);
        let decimals = (0..places).map(|place| digit(self.point.saturating_add(place))).collect();
        (integer, decimals)
    }

    fn trimmed(mut self) -> Decimal {
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point = self.point.saturating_sub(i32::try_from(zeros).unwrap_or(0));
        let end = self.digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last.saturating_add(1));
        self.digits.truncate(end);
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(number: &Decimal, decimals: usize) -> String {
        let (integer, decimals) = number.parts(decimals);
        let sign = if number.is_negative() { "-" } else { "" };
        format!("{sign}{integer}.{decimals}")
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, said) in [
            ("435.78", "435.7800"),
            ("-1.5E-3", "-.0015"),
            ("1e3", "1000.0000"),
            ("007.50", "7.5000"),
            ("0.0", ".0000"),
        ] {
            assert_eq!(plain(&Decimal::parse(text).unwrap(), 4), said, "{text}");
        }
        for text in ["", ".", "INF", "NaN", "1e999999999", "1e99999999999", "0x1", "1,2", "１", "--1", "1e"]
        {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!((Decimal::of(f64::INFINITY), Decimal::of(f64::NAN)), (None, None));
    }

    #[test]
    fn rounding_carries_and_halves_go_away_from_zero() {
        let rounded = |text: &str, decimals| plain(&Decimal::parse(text).unwrap().rounded(decimals), 2);
        assert_eq!(rounded("9.995", 2), "10.00");
        assert_eq!(rounded("-0.125", 2), "-.13");
        assert_eq!(rounded("0.5", 0), "1.00");
        assert_eq!(rounded("0.05", 0), ".00");
        assert_eq!(rounded("123", 0), "123.00");
    }

    proptest! {
        #[test]
        fn two_places_of_a_binary_number_come_back(cents in -10_000_000_000_i64..10_000_000_000) {
            let text = format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, (cents / 100).abs(), (cents % 100).abs());
            let binary = Decimal::of(text.parse().unwrap()).unwrap();
            prop_assert_eq!(binary, Decimal::parse(&text).unwrap());
        }
    }
}
