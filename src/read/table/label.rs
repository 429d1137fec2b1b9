//! The label of a row: its ordinal, whether it opens parts, and what it is called.

use super::super::lexicon::Words;
use super::super::token::{Level, list_mark};
use super::heading::{Heading, Measure, Sum, without_unit};
use super::title::Name;
use super::words::{Class, Lexicon, Text};
use crate::quantity::Unit;

/// A label, read.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// How deep its ordinal stands: 一、 above （一） above 1. above （1） above ①.
    pub(super) level: Option<Level>,
    /// Whether it starts with 其中.
    pub(super) is_part: bool,
    pub(super) name: Name,
    pub(super) sum: Option<Sum>,
    pub(super) unit: Option<Unit>,
    /// A row that is a year or a basis (本年预算数) and no thing.
    pub(super) measure: Option<Measure>,
    /// Whether its figures are numbers of things and no amounts.
    pub(super) is_count: bool,
    /// Whether it is a label of the vocabulary.
    pub(super) is_known: bool,
}

impl Label {
    pub(super) fn read(text: &Text, labels: &Words<()>, lexicon: &Lexicon) -> Label {
        let (chars, prose) = (&text.chars, super::super::lexicon::lexicon());
        let (mut start, mut level, mut is_part) = (0_usize, None, false);
        while let Some(rest) = chars.get(start..).filter(|rest| !rest.is_empty()) {
            if let Some(length) = lexicon.prefix(Class::Part, rest) {
                let colon = usize::from(matches!(rest.get(length), Some(':' | '、')));
                (start, is_part) = (start.saturating_add(length).saturating_add(colon), true);
            } else if let Some((deep, length)) = list_mark(rest, prose) {
                (start, level) = (start.saturating_add(length), Some(deep));
            } else if matches!(rest.first(), Some('-' | '—' | '·' | '※' | '*' | '、' | ':')) {
                start = start.saturating_add(1);
            } else {
                break;
            }
        }
        let (bare, unit) = without_unit(chars.get(start..).unwrap_or(&[]), lexicon);
        let mut end = start.saturating_add(bare.len());
        let name = |end: usize| chars.get(start..end).unwrap_or(&[]);
        let sum = Sum::named(name(end), lexicon);
        if sum.is_none() && !labels.is_word(name(end)) {
            let tail = lexicon
                .suffix(Class::Total, name(end))
                .or_else(|| lexicon.suffix(Class::Subtotal, name(end)));
            let core = end.saturating_sub(tail.unwrap_or(0));
            if labels.is_word(name(core)) {
                end = core;
            }
        }
        let is_known = labels.is_word(name(end));
        let heading = if is_known { Heading::default() } else { Heading::read(text, labels, lexicon) };
        Label {
            level,
            is_part,
            name: Name::of(text, start, end),
            sum,
            measure: heading.measure.filter(|_| heading.name.is_none() && heading.role.is_none()),
            is_count: matches!(unit, Some(Unit::Counter(_)))
                || lexicon.suffix(Class::Count, name(end)).is_some(),
            unit,
            is_known,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::lexicon;
    use super::*;

    fn read(text: &str) -> String {
        let mut labels = Words::default();
        ["三公经费", "收入合计"].iter().for_each(|label| labels.insert(label, ()));
        let label = Label::read(&Text::new(text), &labels, lexicon());
        let mut said = vec![label.name.printed.clone()];
        said.extend(label.level.map(|level| format!("at {}", level.0)));
        said.extend(label.is_part.then(|| "part".to_owned()));
        said.extend(label.sum.map(|sum| format!("{sum:?}")));
        said.extend(label.unit.map(|unit| unit.to_string()));
        said.extend(label.measure.map(|_| "measure".to_owned()));
        said.extend(label.is_count.then(|| "count".to_owned()));
        said.join(" ")
    }

    #[test]
    fn ordinals_are_no_part_of_a_label() {
        for (label, said) in [
            ("一、财政拨款收入", "财政拨款收入 at 1"),
            ("1.因公出国（境）费", "因公出国（境）费 at 3"),
            ("1．因公出国（境）费", "因公出国（境）费 at 3"),
            ("其中：（1）公务用车购置费", "公务用车购置费 at 4 part"),
            ("2、其中：公务用车", "公务用车 at 3 part"),
            ("（二）外交", "外交 at 2"),
            ("①办公费", "办公费 at 5"),
            ("（境）外", "（境）外"),
            ("1.5倍", "1.5倍"),
        ] {
            assert_eq!(read(label), said, "{label}");
        }
    }

    #[test]
    fn sums_units_years_and_counts_are_told() {
        for (label, said) in [
            ("合　计", "合　计 Total"),
            ("“三公”经费合计", "“三公”经费"),
            ("收入合计", "收入合计"),
            ("公务接待费（万元）", "公务接待费 万元"),
            ("国内公务接待批次（个）", "国内公务接待批次 个 count"),
            ("公务用车保有量", "公务用车保有量 count"),
            ("2016年预算数", "2016年预算数 measure"),
            // What only ends like a counter is none.
            ("县气象台", "县气象台"),
            ("年末结余数", "年末结余数"),
        ] {
            assert_eq!(read(label), said, "{label}");
        }
    }
}
