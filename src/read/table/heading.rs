//! What one heading says: what its column is, what it measures, what it is called.
//!
//! A heading made up of known words says what its column measures (`比上年决算数增减额`). Any other is a name
//! (`公务接待费`), perhaps with what is measured after it (`机关运行经费决算数`).

use super::super::lexicon::Words;
use super::words::{Class, Lexicon, Text, unit_of};
use crate::document::Basis;
use crate::quantity::Unit;

/// Characters of a heading that are read. A longer one is a remark.
const LONGEST: usize = 60;

/// A year, seen from the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Current,
    Prior,
    Year(i32),
}

/// What of its name a figure states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facet {
    Amount,
    Delta,
    Rate,
    Share,
    Completion,
}

/// What a column measures, as far as its headings say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Measure {
    pub(super) when: Option<When>,
    pub(super) basis: Option<Basis>,
    /// A budget that was changed after it was approved.
    pub(super) is_adjusted: bool,
    pub(super) facet: Option<Facet>,
    /// What a change is against: its year and its basis, as far as they are said.
    pub(super) against: Option<(Option<When>, Option<Basis>)>,
}

impl Measure {
    /// With what a heading below says besides.
    pub(super) fn below(self, inner: Measure) -> Measure {
        Measure {
            when: inner.when.or(self.when),
            basis: inner.basis.or(self.basis),
            is_adjusted: inner.is_adjusted || (self.is_adjusted && inner.basis.is_none()),
            facet: inner.facet.filter(|facet| *facet != Facet::Amount || self.facet.is_none()).or(self.facet),
            against: inner.against.or(self.against),
        }
    }

    pub(super) fn is_change(self) -> bool {
        matches!(self.facet, Some(Facet::Delta | Facet::Rate))
    }
}

/// What a column is, where it is no column of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Label,
    Code,
    Number,
    Note,
}

/// A heading, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Heading {
    pub(super) role: Option<Role>,
    /// Its name: the characters of the text that are no measure.
    pub(super) name: Option<(usize, usize)>,
    /// Whether the name is 合计, or 小计.
    pub(super) sum: Option<Sum>,
    /// What it measures, where it says.
    pub(super) measure: Option<Measure>,
    pub(super) unit: Option<Unit>,
}

/// Names of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    Total,
    Subtotal,
}

impl Sum {
    pub(super) fn named(text: &[char], lexicon: &Lexicon) -> Option<Sum> {
        if lexicon.is(Class::Total, text) {
            Some(Sum::Total)
        } else {
            lexicon.is(Class::Subtotal, text).then_some(Sum::Subtotal)
        }
    }
}

impl Heading {
    /// Whether its words are known: it is surely a heading.
    pub(super) fn is_known(&self) -> bool {
        self.role.is_some() || self.sum.is_some() || self.measure.is_some()
    }

    /// Whether it only says what is measured.
    pub(super) fn is_measure(&self) -> bool {
        self.measure.is_some() && self.name.is_none()
    }

    pub(super) fn read(text: &Text, labels: &Words<()>, lexicon: &Lexicon) -> Heading {
        let mut heading = Heading::default();
        let chars = text.chars.get(..text.chars.len().min(LONGEST)).unwrap_or(&[]);
        if chars.is_empty() {
            return heading;
        }
        let roles = [
            (Class::Label, Role::Label),
            (Class::Code, Role::Code),
            (Class::Piece, Role::Code),
            (Class::Number, Role::Number),
            (Class::Note, Role::Note),
        ];
        let role = |chars: &[char]| roles.iter().find(|(class, _)| lexicon.is(*class, chars));
        if let Some((_, role)) = role(chars) {
            heading.role = Some(*role);
            return heading;
        }
        // “三公”经费项目
        let thing = lexicon.suffix(Class::Label, chars).and_then(|word| chars.len().checked_sub(word));
        if thing.is_some_and(|end| chars.get(..end).is_some_and(|name| labels.is_word(name))) {
            heading.role = Some(Role::Label);
            return heading;
        }
        if let Some(measure) = measured(chars, lexicon).filter(|_| !labels.is_word(chars)) {
            heading.unit = unit_within(chars, lexicon);
            heading.measure = Some(measure);
            return heading;
        }
        let (bare, unit) = without_unit(chars, lexicon);
        heading.unit = unit;
        if let Some((_, role)) = role(bare) {
            heading.role = Some(*role);
            return heading;
        }
        heading.sum = Sum::named(bare, lexicon);
        if labels.is_word(bare) || heading.sum.is_some() {
            heading.name = Some((0, bare.len()));
            return heading;
        }
        if let Some(measure) = measured(bare, lexicon) {
            heading.measure = Some(percent(measure, heading.unit.as_ref()));
            return heading;
        }
        // 2017年预算数合计
        let total = lexicon.suffix(Class::Total, bare).and_then(|word| bare.len().checked_sub(word));
        let of_total = total.and_then(|end| Some((end, measured(bare.get(..end)?, lexicon)?)));
        if let Some((end, measure)) = of_total {
            heading.sum = Some(Sum::Total);
            heading.name = Some((end, bare.len()));
            heading.measure = Some(measure);
            return heading;
        }
        // 2017年公务接待费, 公务接待费预算数
        let starts = year_at(bare).map_or(0, |(_, length)| length);
        let ends = (starts.saturating_add(2)..bare.len()).find_map(|at| {
            let rest = bare.get(at..)?;
            let measure = measured(rest, lexicon).filter(|_| says_number(rest, lexicon))?;
            Some((at, measure))
        });
        let (end, measure) = match ends {
            Some((end, measure)) => (end, Some(percent(measure, heading.unit.as_ref()))),
            None => (bare.len(), None),
        };
        let year = year_at(bare).map(|(year, _)| When::Year(year));
        heading.measure = match (measure, year) {
            (Some(measure), year) => Some(Measure { when: measure.when.or(year), ..measure }),
            (None, Some(year)) => Some(Measure { when: Some(year), ..Measure::default() }),
            (None, None) => None,
        };
        // “三公”经费合计 is the 三公经费.
        let sum = bare.get(starts..end).and_then(|name| lexicon.suffix(Class::Total, name)).unwrap_or(0);
        let core = end.saturating_sub(sum);
        let end = if bare.get(starts..core).is_some_and(|name| labels.is_word(name)) { core } else { end };
        heading.name = Some((starts, end));
        heading.sum = bare.get(starts..end).and_then(|name| Sum::named(name, lexicon));
        if end == core && sum > 0 {
            heading.sum = Some(Sum::Total);
        }
        heading
    }
}

/// A year that a text starts with.
fn year_at(text: &[char]) -> Option<(i32, usize)> {
    let digits: String = text.iter().take(4).filter(|c| c.is_ascii_digit()).collect();
    let year: i32 = if digits.len() == 4 { digits.parse().ok()? } else { return None };
    if !(1990..2100).contains(&year) || text.get(4).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let length = match text.get(4..) {
        Some(['年', '度', ..]) => 6,
        Some(['年', ..]) => 5,
        _ => 4,
    };
    Some((year, length))
}

/// Whether the measure after a name is a number by its words: 公务接待费预算数, and not 一般公共预算.
fn says_number(text: &[char], lexicon: &Lexicon) -> bool {
    let first = lexicon.measure(text).map(|(class, _)| class);
    let is_short = text.len() <= 2;
    first.is_some_and(|class| !matches!(class, Class::Filler | Class::Against | Class::Of)) && !is_short
}

fn percent(measure: Measure, unit: Option<&Unit>) -> Measure {
    match (measure.facet, unit) {
        (Some(Facet::Delta), Some(Unit::Percent)) => Measure { facet: Some(Facet::Rate), ..measure },
        _ => measure,
    }
}

/// A text without the unit in brackets at its end: `金额（万元）`.
pub(super) fn without_unit<'t>(text: &'t [char], lexicon: &Lexicon) -> (&'t [char], Option<Unit>) {
    let whole = (text, None);
    let [body @ .., ')'] = text else { return whole };
    let Some(open) = body.iter().rposition(|c| *c == '(') else { return whole };
    let Some(inside) = body.get(open.saturating_add(1)..) else { return whole };
    let said = lexicon.prefix(Class::Said, inside).and_then(|said| inside.get(said..));
    let inside = match said {
        Some([':', unit @ ..]) => unit,
        _ => inside,
    };
    let unit = match inside {
        ['%'] => Some(Unit::Percent),
        _ if lexicon.prefix(Class::Unit, inside) == Some(inside.len()) => unit_of(inside, lexicon),
        _ if lexicon.is(Class::Counter, inside) => Some(Unit::Counter(inside.iter().collect())),
        _ => None,
    };
    match unit {
        Some(unit) => (text.get(..open).unwrap_or(text), Some(unit)),
        None => whole,
    }
}

/// The unit that stands somewhere in a heading of measures.
fn unit_within(text: &[char], lexicon: &Lexicon) -> Option<Unit> {
    let named = without_unit(text, lexicon).1;
    named.or_else(|| text.contains(&'%').then_some(Unit::Percent))
}

/// What a text of nothing but known words measures.
fn measured(text: &[char], lexicon: &Lexicon) -> Option<Measure> {
    let mut measure = Measure::default();
    let (mut at, mut says, mut is_against, mut is_of) = (0_usize, false, false, false);
    let mut is_percent = false;
    let mut before: (Option<When>, Option<Basis>) = (None, None);
    let mut here: (Option<When>, Option<Basis>) = (None, None);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((year, length)) = year_at(rest) {
            here.0 = Some(When::Year(year));
            (at, says) = (at.saturating_add(length), true);
            continue;
        }
        let Some((class, length)) = lexicon.measure(rest) else {
            let (unit, skipped) = unit_in_brackets(rest, lexicon);
            is_percent |= unit == Some(Unit::Percent);
            if skipped > 0 {
                at = at.saturating_add(skipped);
                continue;
            }
            if matches!(rest.first(), Some('、' | '/' | ',' | '-' | '(' | ')' | ':')) {
                at = at.saturating_add(1);
                continue;
            }
            return None;
        };
        is_percent |= rest.get(..length).is_some_and(|word| word.contains(&'%'));
        match class {
            Class::Current => here.0 = Some(When::Current),
            Class::Prior => here.0 = Some(When::Prior),
            Class::Budget => here.1 = Some(Basis::Budget),
            Class::Adjusted => {
                here.1 = Some(Basis::Budget);
                measure.is_adjusted = true;
            }
            Class::Actual => here.1 = Some(Basis::Actual),
            Class::Against => {
                (before, here, is_against) = (here, (None, None), true);
            }
            Class::Of => {
                (before, here, is_of) = (here, (None, None), true);
            }
            Class::Change => measure.facet = measure.facet.or(Some(Facet::Delta)),
            Class::Rate => measure.facet = Some(Facet::Rate),
            Class::Completion => measure.facet = Some(Facet::Completion),
            Class::Share => measure.facet = Some(Facet::Share),
            _ => {}
        }
        says |= class != Class::Filler && class != Class::Against && class != Class::Of;
        at = at.saturating_add(length);
    }
    if !says {
        return None;
    }
    match measure.facet {
        // 决算数占预算数的%
        None if is_of && here.1 == Some(Basis::Budget) => {
            measure.facet = Some(Facet::Completion);
            (measure.when, measure.basis) = (before.0, None);
        }
        None if is_of => return None,
        None if is_percent => return None,
        // 与上年相比 of nothing that is said.
        None if is_against => {
            measure.facet = Some(Facet::Delta);
            (measure.when, measure.basis, measure.against) = (before.0, before.1, Some(here));
        }
        Some(Facet::Delta | Facet::Rate) if is_against => {
            (measure.when, measure.basis, measure.against) = (before.0, before.1, Some(here));
        }
        // 上年增减额: whose is not told.
        Some(Facet::Delta | Facet::Rate) if here != (None, None) => {
            if here.0 == Some(When::Current) {
                (measure.when, measure.basis) = here;
            } else {
                return None;
            }
        }
        Some(Facet::Completion | Facet::Share) => measure.when = here.0.or(before.0),
        _ => (measure.when, measure.basis) = here,
    }
    if is_percent && measure.facet == Some(Facet::Delta) {
        measure.facet = Some(Facet::Rate);
    }
    Some(measure)
}

/// A unit in brackets that a text starts with, and how long it is.
fn unit_in_brackets(text: &[char], lexicon: &Lexicon) -> (Option<Unit>, usize) {
    let Some(close) = text.iter().take(8).position(|c| *c == ')') else { return (None, 0) };
    let length = close.saturating_add(1);
    match without_unit(text.get(..length).unwrap_or(&[]), lexicon) {
        ([], Some(unit)) => (Some(unit), length),
        _ => (None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::lexicon;
    use super::*;

    fn read(text: &str) -> String {
        let text = Text::new(text);
        let mut labels = Words::default();
        labels.insert("支出合计", ());
        let heading = Heading::read(&text, &labels, lexicon());
        let mut said = Vec::new();
        if let Some(role) = heading.role {
            said.push(format!("{role:?}"));
        }
        if let Some((start, end)) = heading.name {
            said.push(text.slice(start, end).to_owned());
        }
        if let Some(sum) = heading.sum {
            said.push(format!("{sum:?}"));
        }
        if let Some(measure) = heading.measure {
            said.extend(measure.when.map(|when| format!("{when:?}")));
            said.extend(measure.basis.map(|basis| format!("{basis:?}")));
            said.extend(measure.is_adjusted.then(|| "adjusted".to_owned()));
            said.extend(measure.facet.map(|facet| format!("{facet:?}")));
            if let Some((when, basis)) = measure.against {
                said.push("against".to_owned());
                said.extend(when.map(|when| format!("{when:?}")));
                said.extend(basis.map(|basis| format!("{basis:?}")));
            }
        }
        said.extend(heading.unit.map(|unit| unit.to_string()));
        said.join(" ")
    }

    #[test]
    fn known_words_say_what_is_measured() {
        for (heading, said) in [
            ("上年决算数", "Prior Actual"),
            ("2017年预算数", "Year(2017) Budget"),
            ("2016年度", "Year(2016)"),
            ("金额（万元）", "万元"),
            ("比上年增、减情况", "Delta against Prior"),
            ("增、减金额", "Delta"),
            ("增、减幅度", "Rate"),
            ("增减（%）", "Rate %"),
            ("本年决算数比上年决算数增减额", "Current Actual Delta against Prior Actual"),
            ("比2016年增减率%", "Rate against Year(2016) %"),
            ("较年初预算数增减", "Delta against Budget"),
            ("完成预算%", "Completion %"),
            ("决算数占预算数的比例", "Completion"),
            ("决算数占预算数的%", "Completion %"),
            ("全年预算数", "Budget adjusted"),
            ("占比", "Share"),
        ] {
            assert_eq!(read(heading), said, "{heading}");
        }
    }

    #[test]
    fn other_words_are_names() {
        for (heading, said) in [
            ("项　目", "Label"),
            ("行次", "Number"),
            ("科目编码", "Code"),
            ("合计", "合计 Total"),
            ("小 计", "小 计 Subtotal"),
            ("因公出国 （境）费", "因公出国 （境）费"),
            ("机关运行经费 决算数", "机关运行经费 Actual"),
            ("2017年公务接待费", "公务接待费 Year(2017)"),
            ("支出合计", "支出合计"),
            ("2017年预算数合计", "合计 Total Year(2017) Budget"),
            ("公务接待费（万元）", "公务接待费 万元"),
            ("团组数（个）", "团组数 个"),
            ("一般公共预算", "一般公共预算"),
            ("政府性基金预算", "政府性基金预算"),
        ] {
            assert_eq!(read(heading), said, "{heading}");
        }
    }
}
