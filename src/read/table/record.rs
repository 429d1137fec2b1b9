//! A table of records, row by row: the columns are fields, and a row is known by its code or its name.
//!
//! What comes out is what `"function_expenditure": [{"code": "2013201", …}]` makes in the JSON form, so that the rules of
//! a table hold for it wherever it was printed.

use std::collections::HashSet;

use super::super::label;
use super::super::lexicon::Words;
use super::cell::Cell;
use super::figure::Common;
use super::label::Label;
use super::layout::{Kind, Table};
use super::reason::Beside;
use super::title::Title;
use super::words::{Class, Lexicon};
use crate::document::{self, Row, Statement};
use crate::ruleset::vocabulary::TableWords;
use crate::source::{Place, Span};

/// The rows of a record table and what they state.
#[derive(Default)]
pub(super) struct Records {
    pub(super) rows: Vec<Row>,
    pub(super) statements: Vec<Statement>,
}

/// The table of the rule set that a title names, if its headings are here too.
pub(super) fn claimed<'w>(table: &Table, title: &Title, tables: &'w [TableWords]) -> Option<&'w TableWords> {
    let (mut best, mut is_contested): (Option<(usize, &TableWords)>, bool) = (None, false);
    for text in &title.texts {
        let heading = crate::fold::fold_label(text);
        let heading = match heading.rfind('(').filter(|_| heading.ends_with(')')) {
            Some(bracket) => heading.get(..bracket).unwrap_or(&heading).to_owned(),
            None => heading,
        };
        for words in tables {
            let fits = words.titles.iter().filter(|title| heading.ends_with(title.as_str())).map(String::len);
            let Some(length) = fits.max() else { continue };
            match best {
                Some((known, _)) if known > length => {}
                Some((known, _)) if known == length => is_contested = true,
                _ => (best, is_contested) = (Some((length, words)), false),
            }
        }
        if best.is_some() {
            break;
        }
    }
    let (_, words) = best.filter(|_| !is_contested)?;
    let headings: Vec<bool> = (0..table.columns.len())
        .filter_map(|column| {
            table.heads.path(column).rev().find_map(|head| words.headings.get(&head.text.folded()).copied())
        })
        .collect();
    (headings.len() >= 2 && headings.iter().any(|is_words| !is_words)).then_some(words)
}

/// Whether the table has a column of codes.
pub(super) fn has_codes(table: &Table) -> bool {
    table.columns.iter().any(|column| column.kind == Kind::Code)
}

pub(super) fn state(
    common: &Common<'_>,
    words: Option<&TableWords>,
    labels: &Words<()>,
    lexicon: &Lexicon,
) -> Records {
    let table = common.table;
    let headings = headings(table, words);
    let mut records = Records::default();
    let mut names: HashSet<String> = HashSet::new();
    let sides = table.columns.iter().map(|column| column.side).max().unwrap_or(0);
    // What stands side by side has nothing to do with each other: the left side comes first, then the right.
    for side in 0..=sides {
        let columns: Vec<usize> = (0..table.columns.len())
            .filter(|at| table.columns.get(*at).is_some_and(|column| column.side == side))
            .collect();
        for cells in &table.rows {
            let row = SideRow { common, columns: &columns, headings: &headings, cells, labels, lexicon };
            row.state(&mut records, &mut names);
        }
    }
    records
}

/// The heading that each column goes by.
fn headings(table: &Table, words: Option<&TableWords>) -> Vec<String> {
    let mut headings: Vec<String> = Vec::with_capacity(table.columns.len());
    let mut seen: Vec<(usize, String)> = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let path: Vec<_> = table.heads.path(at).collect();
        let is_declared = |heading: &str| {
            words.is_none_or(|words| words.headings.contains_key(&crate::fold::fold_label(heading)))
        };
        let name = |head: &&super::head::Head| {
            head.heading.name.map(|(start, end)| head.text.slice(start, end).to_owned())
        };
        let whole = path.iter().rev().map(|head| head.text.name().to_owned());
        let named = path.iter().rev().filter_map(name);
        let joined: String = path.iter().map(|head| head.text.name()).collect();
        let joined = label(&joined).to_owned();
        let last = path.last().map_or("", |head| head.text.name());
        // 预算数 under 合计 is the 合计, in one basis.
        let measured = path.len() > 1 && path.last().is_some_and(|head| head.heading.is_measure());
        let first = if measured { named.clone().next() } else { None };
        let mut heading = first
            .filter(|heading| is_declared(heading))
            .or_else(|| whole.chain(named).find(|heading| is_declared(heading)))
            .unwrap_or_else(|| last.to_owned());
        let is_taken = |known: &(usize, String)| {
            known.1 == heading
                && table
                    .columns
                    .get(known.0)
                    .is_some_and(|other| (other.side, other.measure) == (column.side, column.measure))
        };
        if seen.iter().any(is_taken) {
            heading = joined;
        }
        seen.push((at, heading.clone()));
        headings.push(heading);
    }
    headings
}

/// A row, on one side of its table.
struct SideRow<'a, 't> {
    common: &'a Common<'t>,
    columns: &'a [usize],
    headings: &'a [String],
    cells: &'a [Option<Cell>],
    labels: &'a Words<()>,
    lexicon: &'a Lexicon,
}

impl SideRow<'_, '_> {
    fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column).and_then(Option::as_ref).filter(|cell| !cell.is_blank())
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().copied();
        columns.filter(move |at| self.common.table.columns.get(*at).is_some_and(|column| column.kind == kind))
    }

    fn state(&self, records: &mut Records, names: &mut HashSet<String>) {
        let said: Vec<&Cell> = self.columns.iter().filter_map(|column| self.cell(*column)).collect();
        let codes: Vec<usize> = self.of_kind(Kind::Code).collect();
        let code: String =
            codes.iter().filter_map(|at| self.cell(*at)).flat_map(|cell| cell.text.chars.iter()).collect();
        let has_codes = self.common.table.columns.iter().any(|column| column.kind == Kind::Code);
        let labelled: Vec<usize> = self.of_kind(Kind::Label).collect();
        let label = labelled.iter().rev().find_map(|at| self.cell(*at));
        let name = label.map(|cell| if has_codes { cell.text.name().to_owned() } else { self.item(cell) });
        let figures = || self.of_kind(Kind::Figures).filter_map(|at| Some((at, self.cell(at)?)));
        // A line of nothing, or of a line number only.
        if said.is_empty() || (code.is_empty() && name.is_none() && figures().next().is_none()) {
            return;
        }
        let number = format!("#{}", records.rows.len().saturating_add(1));
        let known = Some(code.clone()).filter(|code| !code.is_empty()).or_else(|| name.clone());
        let coded = codes.iter().find_map(|at| self.cell(*at));
        let known_at = coded.or(label).map(|cell| cell.place.clone());
        let own = match known {
            Some(known) if names.insert(known.clone()) => known,
            Some(known) => format!("{known}{number}"),
            None => number,
        };
        let Some(place) = around(&said) else { return };
        let mut scope: Vec<String> = Vec::new();
        if self.common.table.unit.is_none()
            && self.common.table.columns.iter().all(|column| column.unit.is_none())
        {
            // In which unit is not told: what the rows say is compared within the table only.
            scope.extend(self.common.title.texts.first().cloned());
        }
        scope.push(own);
        let mut row =
            Row { under: self.common.title.texts.clone(), ..Row::new(scope.clone(), place.clone()) };
        for column in self.columns {
            let heading = self.headings.get(*column).cloned().unwrap_or_default();
            let cell = self.cell(*column);
            let place = cell.map_or_else(|| place.clone(), |cell| cell.place.clone());
            let is_item = labelled.last() == Some(column) && !has_codes;
            let text = match cell {
                Some(_) if is_item => name.clone().unwrap_or_default(),
                // A code that is printed in pieces is one code.
                _ if codes.first() == Some(column) && codes.len() > 1 => code.clone(),
                _ if codes.contains(column) && codes.len() > 1 => continue,
                Some(cell) => cell.text.all().to_owned(),
                None => String::new(),
            };
            row.cells.push(document::Cell::new(heading, text, place));
        }
        records.rows.push(row);
        for (column, cell) in figures() {
            let Some(stated) = self.common.stated(column, None, None, false, cell) else { continue };
            let heading = self.headings.get(column).cloned().unwrap_or_default();
            let is_other = stated.is_doubtful || self.common.is_second_budget(column);
            let label = if is_other { self.common.heading(column) } else { heading };
            let mut statement = Statement {
                label,
                scope: scope.clone(),
                under: self.common.title.texts.clone(),
                ..stated.statement
            };
            let beside = Beside { place: known_at.clone(), ..Beside::default() };
            statement.decisions = self.common.reasons(column, &beside, &statement);
            records.statements.push(statement);
        }
    }

    /// An item without its ordinal and without blanks; 总计 as that of its side.
    fn item(&self, cell: &Cell) -> String {
        let label = Label::read(&cell.text, self.labels, self.lexicon);
        let name: String = label.name.printed.split_whitespace().collect();
        let side = self.of_kind(Kind::Label).next().and_then(|at| {
            let mut heads = self.common.table.heads.path(at);
            heads.find_map(|head| {
                let income = self.lexicon.prefix(Class::Income, &head.text.chars);
                let length = income.or_else(|| self.lexicon.prefix(Class::Spending, &head.text.chars))?;
                head.text.chars.get(..length).map(|word| word.iter().collect::<String>())
            })
        });
        match side {
            Some(side) if self.lexicon.is(Class::Grand, &label.name.key) => format!("{side}{name}"),
            _ => name,
        }
    }
}

/// The place of some cells together.
fn around(cells: &[&Cell]) -> Option<Place> {
    let (first, last) = (cells.first()?, cells.last()?);
    Some(match (&first.place, &last.place) {
        (Place::Text { source, span }, Place::Text { source: other, span: end }) if source == other => {
            let span: Span = span.to(*end);
            Place::Text { source: *source, span }
        }
        (first, _) => first.clone(),
    })
}
