//! Figure text to number, through one explicit grammar.

use rust_decimal::Decimal;

use super::{Amount, Quantity, Unit};
use crate::fold::Folded;
use crate::limits;

/// Why a text is not a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FigureError {
    /// The text is not a number in any form that documents use.
    #[error("this is not a figure")]
    NotAFigure,
    /// More integer digits than [`limits::FIGURE_INTEGER_DIGITS`], counted in 元.
    #[error("a figure has at most {} integer digits, counted in 元", limits::FIGURE_INTEGER_DIGITS)]
    TooLarge,
    /// More decimals than [`limits::FIGURE_DECIMALS`].
    #[error("a figure has at most {} decimals", limits::FIGURE_DECIMALS)]
    TooFine,
}

impl FigureError {
    /// The same in Chinese.
    pub fn chinese(self) -> String {
        match self {
            FigureError::NotAFigure => "这不是一个数字".to_owned(),
            FigureError::TooLarge => {
                format!("数字的整数位不得超过 {} 位（按元计）", limits::FIGURE_INTEGER_DIGITS)
            }
            FigureError::TooFine => format!("数字的小数位不得超过 {} 位", limits::FIGURE_DECIMALS),
        }
    }
}

/// A number found at the start of folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PrintedNumber {
    pub(crate) amount: Amount,
    /// How many characters it takes.
    pub(crate) length: usize,
}

/// The unsigned number that folded text starts with: `380,869.50`. `None` where it starts with no digit.
///
/// A comma is part of the number only where it separates thousands; a point only where a digit follows it.
pub(crate) fn number_prefix(text: &[char]) -> Result<Option<PrintedNumber>, FigureError> {
    let mut digits = String::new();
    let mut length = run_of_digits(text, 0);
    digits.extend(text.get(..length).unwrap_or(&[]));
    if length <= 3 {
        while text.get(length) == Some(&',') && run_of_digits(text, length.saturating_add(1)) == 3 {
            let next = length.saturating_add(4);
            digits.extend(text.get(length.saturating_add(1)..next).unwrap_or(&[]));
            length = next;
        }
    }
    if length == 0 {
        return Ok(None);
    }
    let integer_digits = digits.trim_start_matches('0').len();
    let point = length.saturating_add(1);
    let decimals = if text.get(length) == Some(&'.') { run_of_digits(text, point) } else { 0 };
    if decimals > 0 {
        digits.push('.');
        length = point.saturating_add(decimals);
        digits.extend(text.get(point..length).unwrap_or(&[]));
    }
    if integer_digits > limits::FIGURE_INTEGER_DIGITS {
        return Err(FigureError::TooLarge);
    }
    if decimals > limits::FIGURE_DECIMALS {
        return Err(FigureError::TooFine);
    }
    let decimal = Decimal::from_str_exact(&digits).map_err(|_| FigureError::NotAFigure)?;
    Ok(Some(PrintedNumber { amount: Amount::from_checked(decimal), length }))
}

/// The number that a blank or a line end parts at its point: `10. 8`, `10 .8`. `None` where nothing parts it.
pub(crate) fn parted_number_prefix(text: &[char]) -> Result<Option<PrintedNumber>, FigureError> {
    let Some(whole) = number_prefix(text)?.filter(|whole| whole.amount.decimals() == 0) else {
        return Ok(None);
    };
    let gap = |at: usize| usize::from(matches!(text.get(at), Some(' ' | '\n')));
    let point = whole.length.saturating_add(gap(whole.length));
    let after = point.saturating_add(1);
    let start = after.saturating_add(gap(after));
    let end = start.saturating_add(run_of_digits(text, start));
    let is_parted = point > whole.length || start > after;
    if text.get(point) != Some(&'.') || end == start || !is_parted {
        return Ok(None);
    }
    let digits = |from, to| text.get(from..to).unwrap_or(&[]);
    let joined = [digits(0, whole.length), &['.'], digits(start, end)].concat();
    Ok(number_prefix(&joined)?.map(|number| PrintedNumber { length: end, ..number }))
}

fn run_of_digits(text: &[char], from: usize) -> usize {
    text.get(from..).unwrap_or(&[]).iter().take_while(|c| c.is_ascii_digit()).count()
}

/// The number that a text of capital numerals is: `贰万伍仟`. `None` for any that is not written as a cheque is.
///
/// Only the capital numerals of cheques and contracts are read: 一 and 二 number headings.
fn in_capital_numerals(text: &[char]) -> Option<i128> {
    // 亿, 万 and the rest, each below the one before; inside each, 仟 佰 拾 in falling order.
    let (mut hundred_millions, mut ten_thousands, mut group) = (None, None, 0_i128);
    let mut digit: Option<i128> = None;
    let mut smallest = i128::MAX;
    capital_digit(*text.first()?)?;
    for c in text {
        if let Some(next) = capital_digit(*c) {
            if digit.replace(next).is_some() {
                return None;
            }
            continue;
        }
        match c {
            '零' if digit.is_none() => {}
            '拾' | '佰' | '仟' => {
                let power = match c {
                    '拾' => 10,
                    '佰' => 100,
                    _ => 1_000,
                };
                if power >= smallest {
                    return None;
                }
                smallest = power;
                group = group.checked_add(digit.take()?.checked_mul(power)?)?;
            }
            '万' | '亿' => {
                let section = group.checked_add(digit.take().unwrap_or(0))?;
                (group, smallest) = (0, i128::MAX);
                let (place, is_free) = match c {
                    '万' => (&mut ten_thousands, section > 0),
                    _ => (&mut hundred_millions, section > 0 && ten_thousands.is_none()),
                };
                if !is_free || place.replace(section).is_some() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    let rest = group.checked_add(digit.unwrap_or(0))?;
    let upper =
        hundred_millions.unwrap_or(0_i128).checked_mul(10_000)?.checked_add(ten_thousands.unwrap_or(0))?;
    upper.checked_mul(10_000)?.checked_add(rest)
}

fn capital_digit(c: char) -> Option<i128> {
    Some(match c {
        '壹' => 1,
        '贰' => 2,
        '叁' => 3,
        '肆' => 4,
        '伍' => 5,
        '陆' => 6,
        '柒' => 7,
        '捌' => 8,
        '玖' => 9,
        _ => return None,
    })
}

pub(super) fn parse_quantity(text: &str, unit: &Unit) -> Result<Quantity, FigureError> {
    let folded = Folded::new(text.trim());
    let mut rest = folded.chars();
    let mut negative = false;
    // An accountant's brackets: (1.2) is below zero.
    if let ['(', inside @ .., ')'] = rest {
        (rest, negative) = (inside, true);
    }
    if let ['-' | '▲' | '△', after @ ..] = rest {
        if negative {
            return Err(FigureError::NotAFigure);
        }
        (rest, negative) = (after, true);
    } else if let ['+', after @ ..] = rest {
        rest = after;
    }
    if let Some(quantity) = in_capitals(rest)? {
        return Ok(quantity);
    }
    let number = match parted_number_prefix(rest)? {
        Some(number) => number,
        None => number_prefix(rest)?.ok_or(FigureError::NotAFigure)?,
    };
    let printed_unit: String =
        rest.get(number.length..).unwrap_or(&[]).iter().filter(|c| !matches!(c, ' ' | '\n')).collect();
    let unit = match printed_unit.as_str() {
        "" => unit.clone(),
        named => match Unit::named(named) {
            Some(unit) => unit,
            // 百万元 and 美元 are units of money that are not read, not things counted.
            None if named.chars().all(|c| c.is_alphabetic() && !c.is_ascii()) && !named.ends_with('元') => {
                Unit::Counter(named.to_owned())
            }
            None => return Err(FigureError::NotAFigure),
        },
    };
    let amount = if negative { number.amount.negated() } else { number.amount };
    Quantity::new(amount, unit)
}

fn in_capitals(text: &[char]) -> Result<Option<Quantity>, FigureError> {
    let ending = |end: &[char]| text.strip_suffix(end);
    let Some(numerals) = ending(&['元', '整']).or_else(|| ending(&['元'])).or_else(|| ending(&['圆', '整']))
    else {
        return Ok(None);
    };
    let value = in_capital_numerals(numerals);
    match value.and_then(|value| Decimal::try_from_i128_with_scale(value, 0).ok()) {
        Some(decimal) => Quantity::new(Amount::from_checked(decimal), Unit::Yuan).map(Some),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match Quantity::parse(text, &Unit::WanYuan) {
            Ok(quantity) => quantity.to_string(),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn figures_in_the_forms_that_documents_use() {
        for (text, figure) in [
            ("155.17万元", "155.17万元"),
            ("42.80", "42.80万元"),
            ("54.08万", "54.08万元"),
            ("2173800元", "2173800元"),
            ("1.5亿元", "1.5亿元"),
            ("380,869元", "380869元"),
            ("380，869元", "380869元"),
            ("１２．５％", "12.5%"),
            ("-46.5%", "-46.5%"),
            ("−46.5％", "-46.5%"),
            ("▲3.4", "-3.4万元"),
            ("(1.2)", "-1.2万元"),
            ("（1.2）", "-1.2万元"),
            ("48人", "48人"),
            ("0人次", "0人次"),
            ("贰万元整", "20000元"),
            ("壹拾贰万叁仟元整", "123000元"),
            ("壹亿贰仟万元整", "120000000元"),
            ("壹亿零伍拾元整", "100000050元"),
            ("伍佰壹拾万元整", "5100000元"),
            ("-0.00", "0.00万元"),
            ("10. 8万元", "10.8万元"),
            ("155\n.17\n万元", "155.17万元"),
            ("７辆", "7辆"),
            ("７輛", "7辆"),
        ] {
            assert_eq!(read(text), figure, "{text}");
        }
    }

    #[test]
    fn what_is_no_figure_is_refused() {
        for text in [
            "", "无", "1e5", "1__2", ".5", "5.", "①", "１２³", "1,23", "1,2345", "--5", "(-5)", "NaN",
            "0x10", "1.2.3", "元", "1 2", "1 234.5", "1. 2. 3", "1.  ",
        ] {
            assert_eq!(read(text), "NotAFigure", "{text}");
        }
    }

    #[test]
    fn a_figure_at_its_limits() {
        let digits = |count: usize| "9".repeat(count);
        assert_eq!(read(&format!("{}元", digits(18))), format!("{}元", digits(18)));
        assert_eq!(read(&format!("{}元", digits(19))), "TooLarge");
        assert_eq!(read(&format!("{}万元", digits(14))), format!("{}万元", digits(14)));
        assert_eq!(read(&format!("{}万元", digits(15))), "TooLarge");
        assert_eq!(read("0.12345678元"), "0.12345678元");
        assert_eq!(read("0.123456789元"), "TooFine");
    }
}
