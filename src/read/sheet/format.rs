//! The number of a cell, as its format prints it.
//!
//! In: a decimal, and a format code (`#,##0.00`, `0.00%`). Out: what a person who opens the file reads. A workbook keeps
//! its numbers in binary, 1234567.89 as 1234567.8900000001: they are taken to fifteen digits, as the programs do that
//! show them, and rounded to the places of the format, in decimals all the way.

use super::decimal::Decimal;

/// Where a cell has no format of its own.
pub(super) const GENERAL: &str = "General";

/// The text of a number; nothing where the format hides it.
pub(super) fn printed(number: &Decimal, code: &str, dates: Dates) -> String {
    let sections: Vec<&str> = sections(code);
    let (section, takes_sign) = match (number.is_negative(), number.is_zero(), sections.as_slice()) {
        (true, false, [_, negative, ..]) => (*negative, false),
        (_, true, [_, _, zero, ..]) => (*zero, true),
        (_, _, [first, ..]) => (*first, true),
        _ => (GENERAL, true),
    };
    let tokens = tokens(section);
    if tokens.iter().any(|token| matches!(token, Token::Other)) {
        return general(number);
    }
    if tokens.iter().any(|token| matches!(token, Token::Date)) {
        return dates.printed(number).unwrap_or_else(|| general(number));
    }
    let body = Body::new(&tokens).printed(number);
    // A loss that only a colour shows is still a loss.
    let has_sign = body.contains(['-', '−', '－', '(', '（', '▲', '△']);
    let is_below_zero = number.is_negative() && body.contains(|c: char| matches!(c, '1'..='9'));
    let sign = if is_below_zero && (takes_sign || !has_sign) { "-" } else { "" };
    format!("{sign}{body}").trim().to_owned()
}

/// As many digits as a wide cell shows, and no more decimals than a figure has.
fn general(number: &Decimal) -> String {
    let places = 10_usize.saturating_sub(number.integer_digits().max(1)).min(crate::limits::FIGURE_DECIMALS);
    let rounded = number.rounded(places);
    let (integer, decimals) = rounded.parts(places);
    let decimals = decimals.trim_end_matches('0');
    let sign = if rounded.is_negative() && !rounded.is_zero() { "-" } else { "" };
    let point = if decimals.is_empty() { "" } else { "." };
    let integer = if integer.is_empty() { "0" } else { &integer };
    format!("{sign}{integer}{point}{decimals}")
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// `0`, and `#` or `?` where the digit is shown only if there is one.
    Digit {
        is_always: bool,
    },
    Point,
    Comma,
    Percent,
    Literal(char),
    /// A part of a date or a time.
    Date,
    General,
    /// Fractions, exponents, conditions.
    Other,
}

fn tokens(section: &str) -> Vec<Token> {
    let (mut tokens, mut rest) = (Vec::new(), section);
    while let Some(c) = rest.chars().next() {
        if rest.get(..GENERAL.len()).is_some_and(|word| word.eq_ignore_ascii_case(GENERAL)) {
            rest = rest.get(GENERAL.len()..).unwrap_or("");
            tokens.push(Token::General);
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
        let next = rest.chars().next();
        let after_next = rest.get(next.map_or(0, char::len_utf8)..).unwrap_or("");
        match c {
            '"' => {
                let (inside, after) = rest.split_once('"').unwrap_or((rest, ""));
                tokens.extend(inside.chars().map(Token::Literal));
                rest = after;
            }
            '[' => {
                let (inside, after) = rest.split_once(']').unwrap_or((rest, ""));
                tokens.extend(bracket(inside));
                rest = after;
            }
            '\\' | '!' => {
                tokens.extend(next.map(Token::Literal));
                rest = after_next;
            }
            // As wide as the next character, or filled up with it: nothing that says anything.
            '_' | '*' => rest = after_next,
            '0' => tokens.push(Token::Digit { is_always: true }),
            '#' | '?' => tokens.push(Token::Digit { is_always: false }),
            '.' => tokens.push(Token::Point),
            ',' => tokens.push(Token::Comma),
            '%' => tokens.push(Token::Percent),
            '/' => tokens.push(Token::Other),
            'E' | 'e' if matches!(next, Some('+' | '-')) => tokens.push(Token::Other),
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'g' | 'a' | 'A' => {
                tokens.push(Token::Date);
            }
            '@' => tokens.push(Token::General),
            other => tokens.push(Token::Literal(other)),
        }
    }
    // A slash between a day and a month is no fraction.
    if tokens.contains(&Token::Date) {
        tokens.retain(|token| *token != Token::Other);
    }
    tokens
}

/// `[Red]` and `[$-804]` say nothing, `[$¥-804]` a sign, `[>=100]` and `[h]` what is not read here.
fn bracket(inside: &str) -> Vec<Token> {
    if let Some(currency) = inside.strip_prefix('$') {
        let sign = currency.split('-').next().unwrap_or("");
        return sign.chars().map(Token::Literal).collect();
    }
    let is_time = matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss");
    if inside.starts_with(['<', '>', '=']) || is_time { vec![Token::Other] } else { Vec::new() }
}

/// A format code at its semicolons, those in quotes, brackets and after a backslash left out.
fn sections(code: &str) -> Vec<&str> {
    let (mut sections, mut start) = (Vec::new(), 0_usize);
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '\\' | '!' | '_' | '*' => is_escaped = true,
            '[' => is_bracketed = true,
            ']' => is_bracketed = false,
            ';' if !is_bracketed => {
                sections.push(code.get(start..at).unwrap_or(""));
                start = at.saturating_add(1);
            }
            _ => {}
        }
    }
    sections.push(code.get(start..).unwrap_or(""));
    sections
}

/// The part of a format that prints a number.
struct Body<'t> {
    tokens: &'t [Token],
    decimals: usize,
    /// Each comma after the last digit is a thousandth, each percent sign a hundred times.
    shift: i32,
    is_grouped: bool,
}

impl Body<'_> {
    fn new(tokens: &[Token]) -> Body<'_> {
        let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
        let digit = |token: &Token| matches!(token, Token::Digit { .. });
        let (before, after) = tokens.split_at_checked(point).unwrap_or((tokens, &[]));
        let decimals = after.iter().filter(|token| digit(token)).count();
        let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
        let is_comma = |token: &&Token| **token == Token::Comma;
        let behind = |part: &[Token]| {
            let last = part.iter().rposition(digit).map_or(part.len(), |last| last.saturating_add(1));
            part.get(last..).unwrap_or(&[]).iter().filter(is_comma).count()
        };
        let scaled = behind(before).saturating_add(behind(after));
        let commas = before.iter().filter(is_comma).count();
        let power = |count: usize, of: i32| i32::try_from(count).unwrap_or(0).saturating_mul(of);
        Body {
            tokens,
            decimals,
            shift: power(percents, 2).saturating_sub(power(scaled, 3)),
            is_grouped: commas > behind(before),
        }
    }

    /// Without a sign.
    fn printed(&self, number: &Decimal) -> String {
        let rounded = number.shifted(self.shift).rounded(self.decimals);
        let (integer, decimals) = rounded.parts(self.decimals);
        let point = self.tokens.iter().position(|token| *token == Token::Point).unwrap_or(self.tokens.len());
        let (before, after) = self.tokens.split_at_checked(point).unwrap_or((self.tokens, &[]));
        let mut out = self.integer(before, &integer, number);
        let mut shown = decimals.chars();
        let mut tail = String::new();
        // What `#` would show as a zero at the end is not shown.
        let last = decimals.trim_end_matches('0').len();
        let mut placed = 0_usize;
        for token in after {
            match token {
                Token::Point => tail.push('.'),
                Token::Digit { is_always } => {
                    let digit = shown.next().unwrap_or('0');
                    placed = placed.saturating_add(1);
                    if *is_always || placed <= last {
                        tail.push(digit);
                    }
                }
                Token::Percent => tail.push('%'),
                Token::Literal(c) => tail.push(*c),
                Token::General => tail.push_str(&general(&number.absolute())),
                Token::Comma | Token::Date | Token::Other => {}
            }
        }
        // `0.##` of a whole number ends in its point.
        let tail = tail.strip_suffix('.').unwrap_or(&tail);
        out.push_str(tail);
        out
    }

    /// From the right: digits into the places there are, what is left over before the first of them.
    fn integer(&self, tokens: &[Token], integer: &str, number: &Decimal) -> String {
        let mut digits = integer.chars().rev().peekable();
        let places = tokens.iter().filter(|token| matches!(token, Token::Digit { .. })).count();
        let (mut out, mut placed, mut seen) = (Vec::new(), 0_usize, 0_usize);
        for token in tokens.iter().rev() {
            match token {
                Token::Digit { is_always } => {
                    seen = seen.saturating_add(1);
                    // The first place takes all the digits that are left.
                    while let Some(digit) = digits.next().or(is_always.then_some('0')) {
                        if self.is_grouped && placed > 0 && placed % 3 == 0 {
                            out.push(',');
                        }
                        out.push(digit);
                        placed = placed.saturating_add(1);
                        if seen < places || digits.peek().is_none() {
                            break;
                        }
                    }
                }
                Token::Percent => out.push('%'),
                Token::Literal(c) => out.push(*c),
                Token::General => out.extend(general(&number.absolute()).chars().rev()),
                Token::Point | Token::Comma | Token::Date | Token::Other => {}
            }
        }
        out.iter().rev().collect()
    }
}

/// What the number of a date counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Dates {
    /// 1 January 1900 is day 1.
    #[default]
    From1900,
    /// 1 January 1904 is day 0.
    From1904,
}

impl Dates {
    /// `2019-01-31`, whatever the format: a date is no figure, and only has to be readable.
    fn printed(self, number: &Decimal) -> Option<String> {
        let (integer, _) = number.parts(0);
        let day: i64 = if integer.is_empty() { 0 } else { integer.parse().ok()? };
        if number.is_negative() || !(1..3_000_000).contains(&day) {
            return None;
        }
        // Days since 1970. The first of these programs took 1900 for a leap year, and all have since.
        let days = match self {
            Dates::From1900 if day < 60 => day.checked_sub(25_568)?,
            Dates::From1900 => day.checked_sub(25_569)?,
            Dates::From1904 => day.checked_sub(24_107)?,
        };
        let (year, month, day) = civil(days)?;
        Some(format!("{year:04}-{month:02}-{day:02}"))
    }
}

/// Year, month and day of a day since 1970 (H. Hinnant, `chrono`-Compatible Low-Level Date Algorithms: `civil_from_days`).
fn civil(days: i64) -> Option<(i64, i64, i64)> {
    let days = days.checked_add(719_468)?;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era.checked_mul(400)?;
    Some((if month <= 2 { year.checked_add(1)? } else { year }, month, day))
}

/// The code of a format that every workbook has without writing it down (ECMA-376 part 1, 18.8.30; the numbers 27 to 58
/// that are missing are dates of East Asian editions).
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 | 48 => "0.00E+00",
        12 | 13 => "# ?/?",
        14..=22 | 27..=36 | 45..=47 | 50..=58 => "yyyy-mm-dd",
        41 | 42 => "#,##0;-#,##0;\"-\"",
        43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
        _ => GENERAL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: &str, code: &str) -> String {
        printed(&Decimal::parse(number).unwrap(), code, Dates::From1900)
    }

    #[test]
    fn what_is_kept_in_binary_is_printed_in_decimals() {
        assert_eq!(of("1234567.8900000001", GENERAL), "1234567.89");
        assert_eq!(of("0.30000000000000004", GENERAL), "0.3");
        assert_eq!(of("217.37999999999997", "0.00"), "217.38");
        assert_eq!(of("2.675", "0.00"), "2.68");
        assert_eq!(of("1.0049999999999999", "0.00"), "1.01");
        assert_eq!(of("-5E-3", "0.00"), "-0.01");
    }

    #[test]
    fn a_format_says_places_groups_and_percent() {
        assert_eq!(of("0.0132", "0.00%"), "1.32%");
        assert_eq!(of("-0.465", "0.0%"), "-46.5%");
        assert_eq!(of("1234567.8", "#,##0.00"), "1,234,567.80");
        assert_eq!(of("12", "#,##0.00_ "), "12.00");
        assert_eq!(of("0.5", "#.00"), ".50");
        assert_eq!(of("7", "000"), "007");
        assert_eq!(of("7", "0.##"), "7");
        assert_eq!(of("7.5", "0.##"), "7.5");
        assert_eq!(of("12345678", "0.00,,"), "12.35");
        assert_eq!(of("12345678", "#,##0,"), "12,346");
        assert_eq!(of("123456", "0!.0,"), "12.3");
        assert_eq!(of("435.78", "0.00\"万元\""), "435.78万元");
        assert_eq!(of("435.78", "[$¥-804]#,##0.0"), "¥435.8");
    }

    #[test]
    fn below_zero_and_zero_may_have_formats_of_their_own() {
        assert_eq!(of("-12.5", "0.00;(0.00)"), "(12.50)");
        assert_eq!(of("-12.5", "0.00;\\-0.00"), "-12.50");
        assert_eq!(of("-12.5", "0.00;[Red]0.00"), "-12.50");
        assert_eq!(of("0", "0.00;-0.00;\"-\""), "-");
        assert_eq!(of("0", "0.00;-0.00;"), "");
        assert_eq!(of("-0.001", "0.00"), "0.00");
        assert_eq!(of("-0.001", "0.00;-0.00;\"-\""), "-0.00");
        assert_eq!(of("0", built_in(43)), "-");
    }

    #[test]
    fn what_is_no_plain_number_is_still_readable() {
        assert_eq!(of("43496", "yyyy\"年\"m\"月\""), "2019-01-31");
        assert_eq!(of("59", "m/d/yyyy"), "1900-02-28");
        assert_eq!(of("61", "m/d/yyyy"), "1900-03-01");
        assert_eq!(printed(&Decimal::parse("42034").unwrap(), "yyyy", Dates::From1904), "2019-01-31");
        assert_eq!(of("1E300", "yyyy"), format!("1{}", "0".repeat(300)));
        assert_eq!(of("12345", "0.00E+00"), "12345");
        assert_eq!(of("0.5", "# ?/?"), "0.5");
        assert_eq!(of("5", "[>=100]0.0;0"), "5");
        assert_eq!(of("12.5", "General\"元\""), "12.5元");
        assert_eq!(of("2013201", "@"), "2013201");
        assert_eq!(of("0.3333333333333333", GENERAL), "0.33333333");
    }
}
