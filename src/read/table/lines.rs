//! The rows of one side of a table: their labels, and which of them are parts of which.

use super::super::labels::Labels;
use super::super::lexicon::Words;
use super::super::token::Level;
use super::head::kinship;
use super::heading::{Measure, Sum};
use super::label::Label;
use super::layout::{Kind, Table};
use super::title::Title;
use super::words::{Class, Lexicon};
use crate::source::Place;

/// How much a name looks like one of a part where nothing else says so.
const KIN: i32 = 6;

/// A row, on its side of the table.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its position among the rows of the table.
    pub(super) row: usize,
    /// `None` where the table has no labels.
    pub(super) label: Option<Label>,
    /// Where that stands.
    pub(super) place: Option<Place>,
    /// What further columns of labels say of it.
    pub(super) qualifiers: Vec<String>,
    /// 收入 or 支出, where the headings say so.
    pub(super) side: Option<String>,
    /// The line that it is a part of.
    pub(super) parent: Option<usize>,
    /// The line that it stands under.
    pub(super) above: Option<usize>,
    /// Whether it has figures.
    has_figures: bool,
}

/// What the rows measure whose labels are years and bases, and no things.
pub(super) fn measures(table: &Table, labels: &Words<()>, lexicon: &Lexicon) -> Vec<Measure> {
    let cells =
        table.rows.iter().flat_map(|row| table.labels().filter_map(|column| row.get(column)?.as_ref()));
    cells.filter_map(|cell| Label::read(&cell.text, labels, lexicon).measure).collect()
}

/// The lines of a side.
pub(super) fn lines(
    table: &Table,
    title: &Title,
    side: usize,
    labels: &Labels,
    lexicon: &Lexicon,
) -> Vec<Line> {
    let columns = || table.columns.iter().enumerate().filter(|(_, column)| column.side == side);
    let label_columns: Vec<usize> =
        columns().filter(|(_, column)| column.kind == Kind::Label).map(|(at, _)| at).collect();
    let name = side_name(table, &label_columns, lexicon);
    let mut lines = Vec::new();
    let mut carried: Vec<Option<String>> = vec![None; label_columns.len()];
    for (row, cells) in table.rows.iter().enumerate() {
        let get = |column: usize| cells.get(column).and_then(Option::as_ref);
        let has_figures = columns()
            .any(|(at, column)| column.kind == Kind::Figures && get(at).is_some_and(|cell| !cell.is_blank()));
        let (mut label, mut place) = (None, None);
        if let Some((own, others)) = label_columns.split_last() {
            for (column, carried) in others.iter().zip(carried.iter_mut()) {
                if let Some(cell) = get(*column) {
                    *carried = Some(cell.text.name().to_owned());
                }
            }
            let cell = get(*own).or_else(|| others.iter().rev().find_map(|column| get(*column)));
            place = cell.map(|cell| cell.place.clone());
            label = cell.map(|cell| Label::read(&cell.text, labels.words(), lexicon));
            if let Some(label) = label.as_mut().filter(|label| is_total(label, title, &name, lexicon)) {
                label.sum = Some(Sum::Total);
            }
            // A figure with no label in a table that has labels is of nothing known.
            if label.is_none() {
                continue;
            }
        }
        let is_sum = label.as_ref().is_some_and(|label| label.sum.is_some());
        let own = label.as_ref().map(|label| label.name.printed.clone());
        let qualifiers = carried.iter().flatten().filter(|words| !is_sum && own.as_ref() != Some(words));
        let qualifiers = qualifiers.cloned().collect();
        lines.push(Line {
            row,
            label,
            place,
            qualifiers,
            side: name.clone(),
            parent: None,
            above: None,
            has_figures,
        });
    }
    nest(&mut lines, title, labels, lexicon);
    lines
}

/// Whether a label is 支出合计 in a table of one thing, which is the sum of that.
fn is_total(label: &Label, title: &Title, side: &Option<String>, lexicon: &Lexicon) -> bool {
    let key = &label.name.key;
    let word = lexicon.prefix(Class::Spending, key).unwrap_or(0);
    let is_sum = key.get(word..).is_some_and(|rest| lexicon.is(Class::Total, rest));
    title.subject.is_some() && side.is_none() && word > 0 && is_sum
}

/// 收入 or 支出, as the headings over a side say.
fn side_name(table: &Table, label_columns: &[usize], lexicon: &Lexicon) -> Option<String> {
    let first = label_columns.first()?;
    let last_side = table.columns.iter().map(|column| column.side).max()?;
    let mut heads = table.heads.path(*first).filter(|_| last_side > 0);
    heads.find_map(|head| {
        let income = lexicon.prefix(Class::Income, &head.text.chars);
        let length = income.or_else(|| lexicon.prefix(Class::Spending, &head.text.chars))?;
        head.text.chars.get(..length).map(|word| word.iter().collect())
    })
}

fn word(key: &[char]) -> String {
    key.iter().collect()
}

/// What of a label decides where its line stands.
struct Mark {
    level: Option<Level>,
    is_part: bool,
    sum: Option<Sum>,
    is_thing: bool,
    key: Vec<char>,
}

/// Puts each line under the one that it is a part of.
fn nest(lines: &mut [Line], title: &Title, labels: &Labels, lexicon: &Lexicon) {
    let marks: Vec<Option<Mark>> = lines
        .iter()
        .map(|line| {
            let label = line.label.as_ref()?;
            Some(Mark {
                level: label.level,
                is_part: label.is_part,
                sum: label.sum,
                is_thing: label.measure.is_none() && !label.is_count,
                key: label.name.key.clone(),
            })
        })
        .collect();
    let has_figures: Vec<bool> = lines.iter().map(|line| line.has_figures).collect();
    // The lines with an ordinal that enclose the next one.
    let mut open: Vec<(Level, usize)> = Vec::new();
    // The line whose parts are being listed, and whether one of them looked like a part.
    let mut listed: Option<(usize, Option<Level>, bool)> = None;
    let mut before: Option<usize> = None;
    let mut is_doubtful = false;
    for at in 0..lines.len() {
        let Some(mark) = marks.get(at).and_then(Option::as_ref).filter(|mark| mark.is_thing) else {
            continue;
        };
        let kin = |whole: usize| {
            let Some(whole) = marks.get(whole).and_then(Option::as_ref) else { return 0 };
            // By the sums of the rules, or by what it is called.
            let is_part = labels.is_part_of(&word(&mark.key), &word(&whole.key));
            if is_part { KIN } else { kinship(&whole.key, &mark.key, lexicon) }
        };
        if mark.sum.is_some() {
            (listed, before) = (None, None);
            open.clear();
            continue;
        }
        if mark.is_part {
            // 其中： under 其中： goes on with the same whole.
            let whole = listed.map(|(whole, ..)| whole).or(before);
            listed = whole.map(|whole| (whole, mark.level, kin(whole) > 0));
        } else if let Some((whole, level, was_kin)) = listed {
            let whole_level = marks.get(whole).and_then(Option::as_ref).and_then(|mark| mark.level);
            let goes_on = match (mark.level, level) {
                (Some(own), Some(level)) => own >= level,
                (Some(own), None) => whole_level.is_some_and(|whole| own > whole) && kin(whole) > 0,
                (None, Some(_)) => false,
                (None, None) => kin(whole) > 0,
            };
            // No ordinal tells whether the list goes on, and neither does the name.
            if !goes_on && mark.level.is_none() && level.is_none() && !was_kin && whole_level.is_none() {
                is_doubtful = true;
            }
            if !goes_on {
                listed = None;
            }
        } else if let Some(whole) = before.filter(|whole| kin(*whole) >= KIN && mark.level.is_none()) {
            listed = Some((whole, None, true));
        }
        let mut above = None;
        if let Some((whole, ..)) = listed {
            above = Some(whole);
        } else if let Some(level) = mark.level {
            open.retain(|(outer, _)| *outer < level);
            above = open.last().map(|(_, line)| *line);
            open.push((level, at));
        }
        if listed.is_none() {
            before = Some(at);
        }
        let is_whole = above.is_some_and(|above| has_figures.get(above) == Some(&true));
        if let Some(line) = lines.get_mut(at) {
            line.above = above;
            line.parent = above.filter(|_| is_whole);
        }
    }
    if !is_doubtful && title.subject.is_some() {
        under_total(lines, &marks, title, labels);
    }
}

/// In a table of one thing, 合计 is that, and the outermost lines are its parts.
fn under_total(lines: &mut [Line], marks: &[Option<Mark>], title: &Title, labels: &Labels) {
    let subject = title.subject.as_ref().map(|name| word(&name.key));
    let is_subject = |mark: &Mark| {
        let own = word(&mark.key);
        subject.as_ref().is_some_and(|subject| labels.are_one(subject, &own))
    };
    let is_total = |mark: &Option<Mark>| {
        mark.as_ref().is_some_and(|mark| mark.sum == Some(Sum::Total) || is_subject(mark))
    };
    let mut totals = marks.iter().enumerate().filter(|(_, mark)| is_total(mark)).map(|(at, _)| at);
    let (Some(total), None) = (totals.next(), totals.next()) else { return };
    for (at, line) in lines.iter_mut().enumerate().filter(|(at, _)| *at != total) {
        let is_part =
            marks.get(at).and_then(Option::as_ref).is_some_and(|mark| mark.is_thing && mark.sum.is_none());
        if is_part && line.above.is_none() {
            line.parent = Some(total);
        }
    }
}
