//! Numbers in running text: which are figures, which are years, and which are neither.
//!
//! A figure is a number with its unit (`155.17万元`, `38万`, `48人`, `46.5%`). Dates, ordinals, ranges, codes,
//! document and telephone numbers are not: they stay unknown text.

use super::lexicon::{Class, Lexicon, Place};
use super::token::Mark;
use crate::quantity::{PrintedNumber, Quantity, Unit, number_prefix, parted_number_prefix};

/// What a number turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// Value and unit; the sign is the printed one.
    Figure(Quantity),
    /// A calendar year.
    Year(i32),
    /// Not a figure.
    Other,
    /// An amount of money in a form that is not read, or past the limits.
    Unread,
}

/// How far ahead a printed figure is looked at. The longest one within the limits is far shorter.
const LONGEST: usize = 64;

/// The number that the text has at `at`, and how many characters it takes; `None` where there is no number.
pub(super) fn number_at(text: &[char], at: usize, lexicon: &Lexicon) -> Option<(Number, usize)> {
    let rest = text.get(at..)?;
    let before = at.checked_sub(1).and_then(|before| text.get(before)).copied();
    if let Some(found) = in_capitals(rest, lexicon).or_else(|| in_words(rest, lexicon)) {
        return Some(found);
    }
    let sign = usize::from(matches!(rest.first(), Some('-' | '+' | '▲' | '△')));
    let digits = rest.get(sign..)?;
    if !digits.first()?.is_ascii_digit() {
        return None;
    }
    let in_run = |c: &&char| c.is_ascii_digit() || matches!(c, '.' | ',');
    // Cut before it is looked at: a million digits are looked at once, not once for each digit.
    let run = digits.iter().take(LONGEST).take_while(in_run).count();
    let is_code = before.is_some_and(|c| match c {
        // 8:30 is a time, but a colon may also introduce a figure.
        ':' | '/' | '.' => {
            at.checked_sub(2).and_then(|at| text.get(at)).is_some_and(char::is_ascii_alphanumeric)
        }
        _ => c.is_ascii_alphanumeric() || c == '_' || lexicon.only(Class::Nth).is_word(&[c]),
    });
    let number = match number_prefix(digits.get(..run).unwrap_or(&[])) {
        Ok(Some(number)) if !is_code => number,
        _ => return Some(other(digits, digits.iter().take_while(in_run).count(), sign, lexicon)),
    };
    let follows_word = sign > 0 || before.is_some_and(|c| c.is_alphabetic() && !c.is_ascii());
    let is_followed_by_gap = matches!(digits.get(run), Some(' ' | '\n'));
    if is_followed_by_gap
        && follows_word
        && let Some(length) = grouped_by_blanks(digits, lexicon)
    {
        return Some((Number::Unread, sign + length));
    }
    let parted = if is_followed_by_gap { parted(digits, follows_word, lexicon) } else { None };
    let number = parted.unwrap_or(number);
    let end = sign + number.length;
    let after = rest.get(end..).unwrap_or(&[]);
    if let Some(length) = continues(after, lexicon) {
        return Some(other(after, length, end, lexicon));
    }
    let amount = if matches!(rest.first(), Some('-' | '▲' | '△')) {
        number.amount.negated()
    } else {
        number.amount
    };
    // Published text is broken where the page was: the 年 of a year may stand on the next line.
    let gap = usize::from(matches!(after.first(), Some(' ' | '\n')));
    let named = after.get(gap..).and_then(|unit| lexicon.at(Place::AfterNumber).prefix(unit));
    let named = named.filter(|(class, length)| {
        let unit = || after.get(gap..gap + length).unwrap_or(&[]);
        let goes_on = || *class == Class::Unit && wraps(unit(), after.get(gap + length));
        *class == Class::Year || after.first() != Some(&'\n') || goes_on()
    });
    let (unit, length) = match named {
        Some((Class::Year, length)) if sign == 0 && number.length == 4 => {
            let year = amount.to_string().parse().ok().filter(|year| (1900..2100).contains(year));
            return Some((year.map_or(Number::Other, Number::Year), end + gap + length));
        }
        Some((Class::Year | Class::Calendar, length)) => return Some((Number::Other, end + gap + length)),
        Some((_, length)) => {
            let printed: String = after.iter().skip(gap).take(length).collect();
            (Unit::named(&printed).unwrap_or(Unit::Counter(printed)), gap + length)
        }
        // Without a unit only decimals, or a zero, tell a figure from a code, a page or a telephone number.
        None if amount.decimals() > 0 || (amount.is_zero() && number.length == 1) => (Unit::Plain, 0),
        None => return Some(other(after, 0, end, lexicon)),
    };
    // 5万元/人 is a price, not an amount of what it is said of; 50万元以上 is a limit.
    let beyond = after.get(length..).unwrap_or(&[]);
    let is_limit = lexicon.only(Class::Limit).prefix(beyond).is_some();
    let is_price = beyond.first() == Some(&'/') || is_limit;
    let read = Quantity::new(amount, unit).ok().filter(|_| !is_price).map_or(Number::Other, Number::Figure);
    Some((read, end + length))
}

/// Whether a unit at the start of a line belongs to the number at the end of the line before: not where it stands alone
/// on its line, as in a table.
fn wraps(unit: &[char], next: Option<&char>) -> bool {
    match unit {
        // 元旦 and 元件 start with one.
        ['元'] => next.is_some_and(|next| *next != '\n' && Mark::of(*next).is_some()),
        [.., '元' | '%'] => next.is_some_and(|next| *next != '\n'),
        _ => false,
    }
}

/// `10. 8万元`, `10 .8%`, `155.\n17万元`: a number that is parted at its point, with its unit.
fn parted(digits: &[char], follows_word: bool, lexicon: &Lexicon) -> Option<PrintedNumber> {
    let number = parted_number_prefix(digits.get(..LONGEST.min(digits.len()))?).ok()??;
    let integer = digits.iter().take_while(|c| c.is_ascii_digit() || **c == ',').count();
    // 1. 5万元 may be the first of several items, unless a word stands before.
    if !follows_word && digits.get(integer) == Some(&'.') {
        return None;
    }
    let after = digits.get(number.length..)?;
    let unit = after.strip_prefix(&[' ']).unwrap_or(after);
    matches!(lexicon.at(Place::AfterNumber).prefix(unit), Some((Class::Unit, _))).then_some(number)
}

/// How long an amount of money is that may have blanks between its thousands: `1 234.5万元`, `1, 234.5万元`.
///
/// It may as well be the number of what stands before (项目1 234.5万元), so it is not read.
fn grouped_by_blanks(digits: &[char], lexicon: &Lexicon) -> Option<usize> {
    let run = |at: usize| digits.iter().skip(at).take(4).take_while(|c| c.is_ascii_digit()).count();
    let mut length = run(0);
    let is_short = (1..=3).contains(&length);
    let mut groups = 0;
    while is_short && length < LONGEST {
        let comma = usize::from(digits.get(length) == Some(&','));
        if digits.get(length + comma) != Some(&' ') || run(length + comma + 1) != 3 {
            break;
        }
        length += comma + 4;
        groups += 1;
    }
    if digits.get(length) == Some(&'.') {
        length += 1 + digits.iter().skip(length + 1).take(LONGEST).take_while(|c| c.is_ascii_digit()).count();
    }
    let unit = lexicon.at(Place::AfterNumber).prefix(digits.get(length..)?).filter(|_| groups > 0);
    let (_, unit) = unit
        .filter(|(class, unit)| *class == Class::Unit && digits.get(length..length + unit) != Some(&['%']))?;
    Some(length + unit)
}

/// How much more belongs to a number that goes on as a range, a time or a code, and so is no figure.
fn continues(after: &[char], lexicon: &Lexicon) -> Option<usize> {
    let joins = match after.first()? {
        c if c.is_ascii_alphabetic() || *c == '_' => return Some(1),
        ':' | '/' => 1,
        _ => lexicon.only(Class::Range).prefix(after)?.1,
    };
    let more =
        after.get(joins..)?.iter().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
    (more > 0).then_some(joins + more)
}

/// A number that is no figure, which goes on for `length` characters of `after`: not read, if it is one of money.
fn other(after: &[char], length: usize, before: usize, lexicon: &Lexicon) -> (Number, usize) {
    let rest = after.get(length..).unwrap_or(&[]);
    let magnitude = lexicon.only(Class::Magnitude);
    let powers = rest.iter().take(4).take_while(|c| magnitude.is_word(&[**c])).count();
    match rest.get(powers..).and_then(|coin| lexicon.only(Class::Coin).prefix(coin)) {
        Some((_, coin)) => (Number::Unread, before + length + powers + coin),
        None => (Number::Other, before + length),
    }
}

/// `三百二十万元`: an amount written out, which is not read.
fn in_words(rest: &[char], lexicon: &Lexicon) -> Option<(Number, usize)> {
    let (numerals, magnitude) = (lexicon.only(Class::Numeral), lexicon.only(Class::Magnitude));
    rest.first().filter(|c| numerals.is_word(&[**c]))?;
    let is_numeral = |c: &&char| numerals.is_word(&[**c]) || magnitude.is_word(&[**c]);
    let length = rest.iter().take(LONGEST).take_while(is_numeral).count();
    let is_amount = rest.get(..length)?.iter().any(|c| magnitude.is_word(&[*c]));
    let (_, coin) = lexicon.only(Class::Coin).prefix(rest.get(length..)?).filter(|_| is_amount)?;
    Some((Number::Unread, length + coin))
}

/// `贰万元整`: a number in capitals, which starts with a digit, and then its 元.
fn in_capitals(rest: &[char], lexicon: &Lexicon) -> Option<(Number, usize)> {
    let (digits, powers) = (lexicon.only(Class::Capital), lexicon.only(Class::Power));
    rest.first().filter(|c| digits.is_word(&[**c]))?;
    let is_numeral = |c: &&char| digits.is_word(&[**c]) || powers.is_word(&[**c]);
    let numerals = rest.iter().take(LONGEST).take_while(is_numeral).count();
    let (_, coin) = lexicon.only(Class::Coin).prefix(rest.get(numerals..)?)?;
    let printed: String = rest.iter().take(numerals + coin).collect();
    let quantity = Quantity::parse(&printed, &Unit::Yuan).ok()?;
    Some((Number::Figure(quantity), numerals + coin))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::lexicon;
    use super::*;

    fn read(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let at = chars.iter().position(|c| c.is_ascii_digit() || "贰仟-".contains(*c)).unwrap_or(0);
        match number_at(&chars, at, lexicon()) {
            Some((Number::Figure(quantity), length)) => format!("{quantity} in {length}"),
            Some((Number::Year(year), length)) => format!("year {year} in {length}"),
            Some((Number::Other, length)) => format!("other in {length}"),
            Some((Number::Unread, length)) => format!("unread in {length}"),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn a_figure_takes_its_unit() {
        assert_eq!(read("155.17万元"), "155.17万元 in 8");
        assert_eq!(read("38万"), "38万元 in 3");
        assert_eq!(read("3万人次"), "3万人次 in 4");
        assert_eq!(read("380,869元"), "380869元 in 8");
        assert_eq!(read("-46.5%"), "-46.5% in 6");
        assert_eq!(read("贰万元整"), "20000元 in 4");
        assert_eq!(read("仟元"), "none");
        assert_eq!(read("2.08减少"), "2.08 in 4");
    }

    #[test]
    fn a_year_is_no_figure() {
        assert_eq!(read("2018年度"), "year 2018 in 6");
        assert_eq!(read("2019年年初预算"), "year 2019 in 5");
        assert_eq!(read("支出:2019年"), "year 2019 in 5");
        assert_eq!(read("2019\n年预算"), "year 2019 in 6");
        assert_eq!(read("2.08\n人"), "2.08 in 4");
        assert_eq!(read("2019元"), "2019元 in 5");
        assert_eq!(read("2018-2020年"), "other in 9");
    }

    #[test]
    fn dates_ordinals_codes_and_telephones_are_no_figures() {
        for (text, length) in [
            ("3月5日", 2),
            ("143号", 4),
            ("第12次", 2),
            ("0734-5222222", 12),
            ("5222222", 7),
            ("8:30", 4),
            ("2013201行政", 7),
            ("A4纸", 1),
            ("5万元/人", 3),
        ] {
            assert_eq!(read(text), format!("other in {length}"), "{text}");
        }
    }

    #[test]
    fn money_that_is_no_figure_is_not_read() {
        assert_eq!(read("10-15万元"), "unread in 7");
        assert_eq!(read("3百万元"), "unread in 4");
        assert_eq!(read("0.123456789元"), "unread in 12");
        let chars: Vec<char> = "三百二十万元".chars().collect();
        assert_eq!(number_at(&chars, 0, lexicon()), Some((Number::Unread, 6)));
        let chars: Vec<char> = "一元化领导".chars().collect();
        assert_eq!(number_at(&chars, 0, lexicon()), None);
    }

    fn read_in(text: &str, figure: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let at = text.split(figure).next().map(|before| before.chars().count()).unwrap();
        match number_at(&chars, at, lexicon()) {
            Some((Number::Figure(quantity), length)) => format!("{quantity} in {length}"),
            Some((Number::Unread, length)) => format!("unread in {length}"),
            found => format!("{found:?}"),
        }
    }

    #[test]
    fn a_figure_that_a_blank_or_a_line_end_parts_is_read_whole() {
        assert_eq!(read_in("预算10. 8万元", "10"), "10.8万元 in 7");
        assert_eq!(read_in("预算为-10. 8 %,", "-10"), "-10.8% in 8");
        assert_eq!(read_in("10 .8万元", "10"), "10.8万元 in 7");
        assert_eq!(read_in("预算155.\n17万元", "155"), "155.17万元 in 9");
        assert_eq!(read_in("3.0 万元", "3.0"), "3.0万元 in 6");
        assert_eq!(read_in("155.17\n万元,比", "155"), "155.17万元 in 9");
        assert_eq!(read_in("155.17\n元。", "155"), "155.17元 in 8");
    }

    #[test]
    fn what_may_be_two_numbers_is_not_read_as_one() {
        for (text, length) in [
            ("1. 5万元以下", 1),
            ("预算1. 5人", 1),
            ("预算10. 8. 5万元", 2),
            ("1999 435万元", 4),
            ("1 234.5万元", 1),
        ] {
            assert_eq!(read_in(text, "1"), format!("Some((Other, {length}))"), "{text}");
        }
        assert_eq!(read_in("2.08\n元旦", "2.08"), "2.08 in 4");
        assert_eq!(read_in("2.08\n万元\n", "2.08"), "2.08 in 4");
    }

    #[test]
    fn money_that_may_have_blanks_between_its_thousands_is_not_read() {
        assert_eq!(read_in("预算1 234.5万元", "1"), "unread in 9");
        assert_eq!(read_in("预算1, 234, 567元", "1"), "unread in 12");
        assert_eq!(read_in("增长1 234%", "1"), "Some((Other, 1))");
    }

    #[test]
    fn what_is_over_the_limits_is_no_figure() {
        assert_eq!(read(&format!("{}元", "9".repeat(19))), "unread in 20");
        assert_eq!(read(&"9".repeat(1000)), "other in 1000");
    }
}
