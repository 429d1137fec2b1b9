//! Slips of the hand: how a figure is mistyped.
//!
//! In: a figure as printed. Out: each other print that one slip makes of it. Only prints that a reader takes for another
//! value of the same statement are kept: never an equal one (11 swapped, 0 with a sign), never one past the limits.

use std::fmt;

use crate::document::{Facet, Statement, StatementId};
use crate::quantity::{Quantity, Unit};
use crate::{Document, Lang};

/// How a figure was mistyped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Slip {
    /// `12.35` as `12.5`.
    DigitDropped,
    /// `12.35` as `122.35`.
    DigitDoubled,
    /// `435.78` as `435.87`.
    DigitsSwapped,
    /// `435.78` as `43.578`: by one place or by two.
    PointMoved,
    /// `1.58万元` as `1.58元`; where the unit is said once for many figures, the number that it is in another:
    /// `217.38` as `2173800`. Between 元, 万元 and 亿元.
    UnitSlipped,
    /// `-13.4` as `13.4`.
    SignFlipped,
}

impl Slip {
    /// Every slip.
    pub const ALL: [Slip; 6] = [
        Slip::DigitDropped,
        Slip::DigitDoubled,
        Slip::DigitsSwapped,
        Slip::PointMoved,
        Slip::UnitSlipped,
        Slip::SignFlipped,
    ];

    /// The slip in words.
    pub fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Slip::DigitDropped, Lang::Zh) => "漏一位数字",
            (Slip::DigitDropped, Lang::En) => "digit dropped",
            (Slip::DigitDoubled, Lang::Zh) => "重一位数字",
            (Slip::DigitDoubled, Lang::En) => "digit doubled",
            (Slip::DigitsSwapped, Lang::Zh) => "相邻两位数字颠倒",
            (Slip::DigitsSwapped, Lang::En) => "digits swapped",
            (Slip::PointMoved, Lang::Zh) => "小数点错位",
            (Slip::PointMoved, Lang::En) => "point moved",
            (Slip::UnitSlipped, Lang::Zh) => "单位错误",
            (Slip::UnitSlipped, Lang::En) => "unit slipped",
            (Slip::SignFlipped, Lang::Zh) => "正负号错误",
            (Slip::SignFlipped, Lang::En) => "sign flipped",
        }
    }

    /// How often it is made of a figure, beside the others: an amount seldom gets a sign.
    pub(super) fn weight(self, statement: &Statement) -> usize {
        if self == Slip::SignFlipped && !statement.facet.is_change() { 1 } else { 16 }
    }
}

/// In English.
impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name(Lang::En))
    }
}

/// A figure's prints by each slip that can be made of it; each slip has at least one.
pub(super) fn slips(document: &Document, id: StatementId) -> Vec<(Slip, Vec<String>)> {
    let Some(statement) = document.statement(id) else { return Vec::new() };
    let Some(printed) = Printed::read(document.text_of(&statement.place)) else { return Vec::new() };
    let value = statement.quantity.value();
    let is_other = |text: &String| document.read_as(id, text).is_ok_and(|quantity| quantity.value() != value);
    let all = Slip::ALL.into_iter().map(|slip| {
        let mut prints = printed.by(slip, statement);
        prints.retain(is_other);
        // One after the other: of 11 either digit may be dropped.
        prints.dedup();
        (slip, prints)
    });
    all.filter(|(_, prints)| !prints.is_empty()).collect()
}

/// A figure in pieces, each as printed: `-`, `1,234`, `.`, `5`, `万元`.
struct Printed<'t> {
    before: &'t str,
    whole: Vec<char>,
    separator: Option<char>,
    point: Option<char>,
    decimals: Vec<char>,
    after: &'t str,
}

impl<'t> Printed<'t> {
    /// `None` for a number that is parted by blanks, or in capital numerals.
    fn read(text: &'t str) -> Option<Printed<'t>> {
        let (before, rest) = text.split_at_checked(text.find(is_digit)?)?;
        let (number, after) =
            rest.split_at_checked(rest.find(|c| !is_digit(c) && !is_mark(c)).unwrap_or(rest.len()))?;
        let point = number.chars().find(|c| matches!(c, '.' | '．'));
        let (whole, decimals) = point.and_then(|point| number.split_once(point)).unwrap_or((number, ""));
        let digits = |run: &str| run.chars().filter(|c| is_digit(*c)).collect::<Vec<_>>();
        let separator = whole.chars().find(|c| !is_digit(*c));
        let is_whole = decimals.chars().all(is_digit) && (point.is_none() || !decimals.is_empty());
        let is_one = is_whole && !after.contains(is_digit);
        is_one.then(|| Printed {
            before,
            whole: digits(whole),
            separator,
            point,
            decimals: digits(decimals),
            after,
        })
    }

    fn by(&self, slip: Slip, statement: &Statement) -> Vec<String> {
        match slip {
            Slip::DigitDropped => self.in_each_place(without),
            Slip::DigitDoubled => self.in_each_place(doubled),
            Slip::DigitsSwapped => self.in_each_place(swapped),
            Slip::PointMoved => self.point_moved(),
            Slip::UnitSlipped => self.in_other_units(&statement.quantity),
            Slip::SignFlipped => self.sign_flipped(statement).into_iter().collect(),
        }
    }

    /// An edit at each digit of the whole number, then at each decimal.
    fn in_each_place(&self, edit: fn(&[char], usize) -> Option<Vec<char>>) -> Vec<String> {
        let whole = (0..self.whole.len()).filter_map(|at| self.of(&edit(&self.whole, at)?, &self.decimals));
        let decimals =
            (0..self.decimals.len()).filter_map(|at| self.of(&self.whole, &edit(&self.decimals, at)?));
        whole.chain(decimals).collect()
    }

    /// The point is moved among the digits; before them a zero is printed, behind them none is.
    fn point_moved(&self) -> Vec<String> {
        let moved = [1, -1, 2, -2].into_iter().filter(|places| {
            let room = i32::try_from(self.decimals.len()).unwrap_or(i32::MAX);
            room > 0 && *places <= room
        });
        moved.filter_map(|places| self.scaled(places, &self.decimals)).collect()
    }

    fn in_other_units(&self, quantity: &Quantity) -> Vec<String> {
        let Some(own) = quantity.unit().yuan_power() else { return Vec::new() };
        let others = [Unit::WanYuan, Unit::Yuan, Unit::YiYuan];
        let others = others.iter().filter(|unit| *unit != quantity.unit());
        others
            .filter_map(|unit| {
                if self.after.is_empty() {
                    let places = own.checked_sub(unit.yuan_power()?)?;
                    // Zeros at the end are not printed in a larger unit.
                    let zeros = self.decimals.iter().rev().take_while(|c| is_zero(**c)).count();
                    let decimals = self.decimals.len().saturating_sub(zeros);
                    return self.scaled(places, self.decimals.get(..decimals)?);
                }
                // A bracket would have to be closed again.
                let is_open = self.after.ends_with([')', '）']);
                (!is_open)
                    .then(|| format!("{}{}{unit}", self.before, self.number(&self.whole, &self.decimals)))
            })
            .collect()
    }

    fn sign_flipped(&self, statement: &Statement) -> Option<String> {
        let unit = statement.quantity.unit();
        let may_be_negative = statement.facet.is_change()
            || (statement.facet == Facet::Amount && (unit.is_money() || *unit == Unit::Plain));
        let before = match self.before {
            "" | "+" | "＋" => "-",
            "-" | "−" | "－" | "▲" | "△" => "",
            _ => return None,
        };
        may_be_negative.then(|| format!("{before}{}{}", self.number(&self.whole, &self.decimals), self.after))
    }

    /// The number times a power of ten, by its point.
    fn scaled(&self, places: i32, decimals: &[char]) -> Option<String> {
        let zero = if self.whole.first().is_some_and(char::is_ascii) { '0' } else { '０' };
        let (mut whole, mut decimals) = (self.whole.clone(), decimals.to_vec());
        for _ in 0..places {
            whole.push(if decimals.is_empty() { zero } else { decimals.remove(0) });
        }
        for _ in places..0 {
            decimals.insert(0, whole.pop().unwrap_or(zero));
        }
        if places < -2 {
            while decimals.pop_if(|last| is_zero(*last)).is_some() {}
        }
        let zeros = whole.iter().take_while(|c| is_zero(**c)).count();
        let mut whole = whole.split_off(zeros);
        if whole.is_empty() {
            whole.push(zero);
        }
        self.of(&whole, &decimals)
    }

    /// The figure with other digits; `None` where nobody would type them: 05.2.
    fn of(&self, whole: &[char], decimals: &[char]) -> Option<String> {
        let is_padded = whole.len() > 1 && whole.first().is_some_and(|first| is_zero(*first));
        let is_typed = !whole.is_empty() && !is_padded;
        is_typed.then(|| format!("{}{}{}", self.before, self.number(whole, decimals), self.after))
    }

    /// Digits with the marks that the figure was printed with.
    fn number(&self, whole: &[char], decimals: &[char]) -> String {
        let mut number = String::new();
        for (at, digit) in whole.iter().enumerate() {
            let is_thousand = at > 0 && whole.len().saturating_sub(at).is_multiple_of(3);
            number.extend(self.separator.filter(|_| is_thousand));
            number.push(*digit);
        }
        if !decimals.is_empty() {
            number.push(self.point.unwrap_or('.'));
            number.extend(decimals);
        }
        number
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

fn is_zero(c: char) -> bool {
    matches!(c, '0' | '０')
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | '．' | ',' | '，')
}

/// The digits without one of them; a number keeps one on either side of its point.
fn without(digits: &[char], at: usize) -> Option<Vec<char>> {
    let others = digits.iter().enumerate().filter(|(position, _)| *position != at).map(|(_, c)| *c);
    (digits.len() > 1).then(|| others.collect())
}

fn doubled(digits: &[char], at: usize) -> Option<Vec<char>> {
    let mut typed = digits.to_vec();
    typed.insert(at, *digits.get(at)?);
    Some(typed)
}

/// A digit and the one behind it, the other way round.
fn swapped(digits: &[char], at: usize) -> Option<Vec<char>> {
    let behind = at.checked_add(1)?;
    let is_pair = digits.get(at)? != digits.get(behind)?;
    let mut typed = digits.to_vec();
    typed.swap(at, behind);
    is_pair.then_some(typed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentBuilder, Statement};
    use crate::{Place, Source, Span};

    /// What slips make of a figure that stands in a table of 万元.
    fn of(text: &str, facet: Facet) -> Vec<(Slip, Vec<String>)> {
        let mut builder = DocumentBuilder::new();
        let source = builder.source(Source::new("a", text));
        let place = Place::Text { source, span: Span::new(0, text.len()) };
        let quantity = Quantity::parse(text, &Unit::WanYuan).unwrap();
        let context = crate::document::Context::Table(1);
        let id =
            builder.statement(Statement { facet, context, ..Statement::new("", quantity, place) }).unwrap();
        slips(&builder.build(), id)
    }

    fn by(text: &str, slip: Slip) -> Vec<String> {
        let all = of(text, Facet::Amount);
        all.into_iter().find(|(own, _)| *own == slip).map(|(_, prints)| prints).unwrap_or_default()
    }

    #[test]
    fn each_slip_makes_its_prints() {
        for (text, slip, prints) in [
            ("12.35", Slip::DigitDropped, "2.35 1.35 12.5 12.3"),
            ("11.50", Slip::DigitDropped, "1.50 11.0"),
            ("12.35", Slip::DigitDoubled, "112.35 122.35 12.335 12.355"),
            ("435.78", Slip::DigitsSwapped, "345.78 453.78 435.87"),
            ("0.29", Slip::DigitsSwapped, "0.92"),
            ("435.78", Slip::PointMoved, "4357.8 43.578 43578 4.3578"),
            ("218.4", Slip::PointMoved, "2184 21.84 2.184"),
            ("0.29", Slip::PointMoved, "2.9 0.029 29 0.0029"),
            ("48人", Slip::PointMoved, ""),
            ("217.38", Slip::UnitSlipped, "2173800 0.021738"),
            ("218.40", Slip::UnitSlipped, "2184000 0.02184"),
            ("54.08万", Slip::UnitSlipped, "54.08元 54.08亿元"),
            ("1.58元", Slip::UnitSlipped, "1.58万元 1.58亿元"),
            ("46.5%", Slip::UnitSlipped, ""),
            ("48人", Slip::UnitSlipped, ""),
            ("2.9", Slip::SignFlipped, "-2.9"),
            ("▲2.9", Slip::SignFlipped, "2.9"),
            ("48人", Slip::SignFlipped, ""),
        ] {
            assert_eq!(by(text, slip).join(" "), prints, "{text} {slip}");
        }
    }

    #[test]
    fn a_figure_keeps_the_marks_it_is_printed_with() {
        for (text, slip, prints) in [
            ("1,204元", Slip::DigitDropped, "204元 104元 124元 120元"),
            ("-204.5", Slip::DigitDoubled, "-2204.5 -2004.5 -2044.5 -204.55"),
            ("９８７．５", Slip::PointMoved, "９８７５ ９８．７５ ９．８７５"),
            ("（1.2）", Slip::DigitsSwapped, ""),
            ("（12）", Slip::DigitsSwapped, "（21）"),
            ("999，999", Slip::DigitDoubled, "9，999，999"),
        ] {
            assert_eq!(by(text, slip).join(" "), prints, "{text} {slip}");
        }
    }

    #[test]
    fn what_would_say_the_same_is_no_slip() {
        for text in ["0", "0.00", "0人", "贰万元整", "10. 8"] {
            assert_eq!(of(text, Facet::Amount), [], "{text}");
        }
        assert_eq!(by("11", Slip::DigitsSwapped), [""; 0]);
        assert_eq!(by("42.80", Slip::DigitDropped), ["2.80", "4.80", "42.0"]);
    }

    #[test]
    fn no_slip_goes_past_the_limits() {
        let nines = "9".repeat(14);
        assert_eq!(by(&nines, Slip::DigitDoubled), [""; 0]);
        // In 元 they would be 18 digits of 万元.
        assert_eq!(by(&nines, Slip::UnitSlipped), ["9999999999.9999"]);
        assert_eq!(by("0.12345678", Slip::DigitDoubled), [""; 0]);
        assert_eq!(by("0.12345678", Slip::PointMoved), ["1.2345678", "12.345678"]);
    }
}
