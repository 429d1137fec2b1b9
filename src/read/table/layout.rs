//! From a grid to a table: its captions, its columns and its rows of data.
//!
//! A grid that is no table, or whose headings are not understood, has no layout. Rows that cannot be brought under the
//! columns in one way only are left out, and their figures are kept as not read.

use super::super::lexicon::Words;
use super::align::{Slot, align, fits};
use super::cell::{Cell, Said};
use super::grid::Grid;
use super::head::{self, Head, Heads};
use super::heading::{Facet, Heading, Measure, Role, Sum};
use super::words::{Class, Lexicon, Text, unit_said};
use crate::quantity::Unit;
use crate::source::Place;

/// Rows of headings that a table has at most.
const HEADER_ROWS: usize = 5;
/// Columns that a table has at most. More is not read.
const COLUMNS: usize = 200;

/// How the rows of a grid are to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    /// A cell is in the column that its position says.
    Placed,
    /// Blank cells may be lost, or moved to the end of their row.
    Ragged,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Label,
    Code,
    Number,
    Note,
    Figures,
}

/// A table whose columns are known.
#[derive(Debug)]
pub(super) struct Table {
    /// From the outermost inwards.
    pub(super) captions: Vec<Text>,
    /// The unit of its money, where the captions say one.
    pub(super) unit: Option<Unit>,
    pub(super) heads: Heads,
    pub(super) columns: Vec<Column>,
    /// By column; `None` where nothing is printed.
    pub(super) rows: Vec<Vec<Option<Cell>>>,
    /// The figures that are under no column for sure.
    pub(super) unread: Vec<Place>,
    /// Amounts of rows that fit the columns in no way, or in several.
    pub(super) unbound: Vec<Cell>,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) kind: Kind,
    pub(super) measure: Measure,
    pub(super) unit: Option<Unit>,
    /// Which side of the table it is on, from the left.
    pub(super) side: usize,
    /// The column of the total that it is one fund's part of: 合计 beside 一般公共预算.
    pub(super) total: Option<usize>,
}

/// The tables that a grid holds: one after another may stand in it.
pub(super) fn tables(grid: &Grid, rows: Rows, labels: &Words<()>, lexicon: &Lexicon) -> Vec<Option<Table>> {
    let cells: Vec<Vec<Cell>> = grid.rows.iter().map(|row| row.iter().map(Cell::new).collect()).collect();
    let mut captions: Vec<Text> = grid.captions.iter().map(|caption| Text::new(caption)).collect();
    let mut tables = Vec::new();
    let mut rest = cells.as_slice();
    while !rest.is_empty() {
        let title = rest.iter().take_while(|row| captioned(row, lexicon).is_some()).count();
        let (above, below) = rest.split_at_checked(title).unwrap_or((rest, &[]));
        let own: Vec<Text> =
            above.iter().filter_map(|row| captioned(row, lexicon)).flatten().cloned().collect();
        if !own.is_empty() && !tables.is_empty() {
            captions.clear();
        }
        captions.extend(own);
        let has_figures = |row: &Vec<Cell>| row.iter().any(Cell::is_figure);
        let first = below.iter().position(has_figures).unwrap_or(below.len());
        // A title in the middle starts the next table.
        let next =
            below.iter().skip(first).position(|row| titled(row, lexicon)).map(|at| first.saturating_add(at));
        let (table, after) = below.split_at_checked(next.unwrap_or(below.len())).unwrap_or((below, &[]));
        if !table.is_empty() {
            tables.push(table_of(&captions, table, rows, labels, lexicon));
        }
        rest = after;
    }
    tables
}

/// The texts of a row that is a caption: one cell of words, or cells of which one says the unit.
fn captioned<'r>(row: &'r [Cell], lexicon: &Lexicon) -> Option<Vec<&'r Text>> {
    let said: Vec<&Cell> = row.iter().filter(|cell| !cell.is_blank()).collect();
    let is_caption = match said.as_slice() {
        [] => true,
        [only] => only.is_words(),
        several => {
            several.len() <= 4
                && several.iter().all(|cell| cell.is_words())
                && several.iter().any(|cell| unit_said(&cell.text, lexicon).is_some())
        }
    };
    is_caption.then(|| said.into_iter().map(|cell| &cell.text).collect())
}

/// Whether a row between others is the title of the next table.
fn titled(row: &[Cell], lexicon: &Lexicon) -> bool {
    let mut said = row.iter().filter(|cell| !cell.is_blank());
    match (said.next(), said.next()) {
        (Some(only), None) => {
            only.is_words()
                && only.text.chars.len() > 4
                && lexicon.suffix(Class::Title, &only.text.chars).is_some()
        }
        _ => false,
    }
}

fn table_of(
    captions: &[Text],
    cells: &[Vec<Cell>],
    rows: Rows,
    labels: &Words<()>,
    lexicon: &Lexicon,
) -> Option<Table> {
    let read = |text: &Text| Heading::read(text, labels, lexicon);
    let count = header_rows(cells, &read);
    let (header, body) = cells.split_at_checked(count)?;
    if header.is_empty() || body.is_empty() {
        return None;
    }
    let (header, beside) = without_figures(header);
    let mut all: Vec<Head> = Vec::new();
    let mut head_rows: Vec<_> = header.iter().map(|row| head::row(row, &mut all, read)).collect();
    head::crown(&mut head_rows, &mut all, speaks(body, 0));
    let merges: Vec<Vec<_>> = header.iter().map(|row| row.iter().map(|cell| cell.merge).collect()).collect();
    let names = all.iter().filter(|head| labels.is_word(&head.text.chars)).count();
    if !head::are_known(&all) && names < 2 {
        return None;
    }
    let widths = widths(&header, body);
    let heads = widths
        .into_iter()
        .find_map(|width| head::columns(all.clone(), &head_rows, &merges, width, lexicon))?;
    let mut columns = columns(&heads, lexicon);
    label_by_words(&mut columns, &heads, body);
    if !columns.iter().any(|column| column.kind == Kind::Figures) {
        return None;
    }
    let unit = captions.iter().rev().find_map(|caption| unit_said(caption, lexicon));
    let mut table = Table {
        captions: captions.to_vec(),
        unit,
        heads,
        columns,
        rows: Vec::new(),
        unread: Vec::new(),
        unbound: Vec::new(),
    };
    table.place_beside(&beside);
    table.place(body, rows, lexicon);
    Some(table)
}

/// Whether most rows have words in a column, and none has a figure there.
fn speaks(body: &[Vec<Cell>], column: usize) -> bool {
    let said = body.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_blank());
    let words = said.clone().filter(|cell| cell.is_words()).count();
    words > 0 && words == said.count()
}

/// Headings are called many things: the first column is one of labels where it says nothing but words.
fn label_by_words(columns: &mut [Column], heads: &Heads, body: &[Vec<Cell>]) {
    let has_label = columns.iter().any(|column| column.kind == Kind::Label);
    let at = columns.iter().position(|column| column.kind == Kind::Figures);
    let Some((at, column)) = at.and_then(|at| Some((at, columns.get_mut(at)?))).filter(|_| !has_label) else {
        return;
    };
    let is_measure = heads.path(at).any(|head| head.heading.is_measure() || head.heading.sum.is_some());
    if !is_measure && speaks(body, at) {
        column.kind = Kind::Label;
    }
}

/// How many rows are headings.
fn header_rows(cells: &[Vec<Cell>], read: &impl Fn(&Text) -> Heading) -> usize {
    let mut count = 0_usize;
    for row in cells.iter().take(HEADER_ROWS) {
        let said: Vec<&Cell> = row.iter().filter(|cell| !cell.is_blank()).collect();
        let figures = said.iter().filter(|cell| cell.is_figure()).count();
        let dashes = said.iter().any(|cell| cell.said == Said::Dash);
        let words = said.iter().filter(|cell| cell.is_words());
        let known = words.clone().filter(|cell| read(&cell.text).is_known()).count();
        let is_year = |cell: &&Cell| cell.count().is_some_and(|year| (1990..2100).contains(&year));
        let are_years = figures > 0
            && said.iter().filter(|cell| cell.is_figure()).all(is_year)
            && known == words.clone().count();
        // A row of measures may have a figure of the first row of data at its end, whose cell reaches up.
        let is_mixed = figures > 0 && known >= 3 && figures.saturating_mul(4) <= known;
        let is_heading = figures == 0 && !dashes && (said.len() > 1 || count == 0);
        if !(is_heading || are_years || is_mixed) {
            break;
        }
        count = count.saturating_add(1);
    }
    count
}

/// The header without the figures that stand in it, and those with their columns.
fn without_figures(header: &[Vec<Cell>]) -> (Vec<Vec<Cell>>, Vec<(usize, Cell)>) {
    let mut beside = Vec::new();
    let mut rows = header.to_vec();
    for row in &mut rows {
        let is_year = |cell: &Cell| cell.count().is_some_and(|year| (1990..2100).contains(&year));
        for (column, cell) in row.iter_mut().enumerate() {
            if cell.is_figure() && !is_year(cell) {
                beside.push((column, cell.clone()));
                *cell = Cell { said: Said::Blank, text: Text::default(), ..cell.clone() };
            }
        }
    }
    (rows, beside)
}

/// How many columns there may be: as most rows have, as the longest row of headings, as the longest row.
fn widths(header: &[Vec<Cell>], body: &[Vec<Cell>]) -> Vec<usize> {
    let printed = |row: &Vec<Cell>| {
        row.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last.saturating_add(1))
    };
    let mut lengths: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for row in header.iter().chain(body) {
        *lengths.entry(row.len()).or_default() += 1;
    }
    let most = lengths.iter().max_by_key(|(length, count)| (**count, **length)).map(|(length, _)| *length);
    let heading = header.iter().map(printed).max();
    let longest = header.iter().chain(body).map(printed).max();
    let mut widths: Vec<usize> = Vec::new();
    for width in [most, heading, longest].into_iter().flatten() {
        if (1..=COLUMNS).contains(&width) && !widths.contains(&width) {
            widths.push(width);
        }
    }
    widths
}

/// What the columns are.
fn columns(heads: &Heads, lexicon: &Lexicon) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut side = 0_usize;
    for column in 0..heads.columns.len() {
        let mut measure = Measure::default();
        let mut unit = None;
        let mut role = None;
        for head in heads.path(column) {
            measure = measure.below(head.heading.measure.unwrap_or_default());
            unit = head.heading.unit.clone().or(unit);
            role = head.heading.role.or(role);
        }
        // 收入 over nothing but amounts: its own name is the label of what is below.
        let last = heads.path(column).next_back();
        let is_side = |class| last.is_some_and(|head| lexicon.is(class, &head.text.chars));
        let kind = match role {
            Some(Role::Label) => Kind::Label,
            Some(Role::Code) => Kind::Code,
            Some(Role::Number) => Kind::Number,
            Some(Role::Note) => Kind::Note,
            None if column == 0 && (is_side(Class::Income) || is_side(Class::Spending)) => Kind::Label,
            None => Kind::Figures,
        };
        if unit == Some(Unit::Percent) && measure.facet == Some(Facet::Delta) {
            measure.facet = Some(Facet::Rate);
        }
        // Words after figures start the next side.
        let starts = matches!(kind, Kind::Label | Kind::Code | Kind::Number);
        if starts && columns.last().is_some_and(|before| matches!(before.kind, Kind::Figures | Kind::Note)) {
            side = side.saturating_add(1);
        }
        columns.push(Column { kind, measure, unit, side, total: None });
    }
    // A line number may stand after the figures; it opens no side of its own.
    let has_label = |side: usize| columns.iter().any(|it| it.side == side && it.kind == Kind::Label);
    if side > 0 && !(0..=side).all(has_label) {
        columns.iter_mut().for_each(|column| column.side = 0);
    }
    for column in 0..columns.len() {
        let total = total_of(column, heads, &columns, lexicon);
        let measure = total.and_then(|total| columns.get(total)).map(|total| total.measure);
        if let Some((column, measure)) = columns.get_mut(column).zip(measure) {
            column.total = total;
            // 2017年预算数合计 says it for all of them.
            if column.measure == Measure::default() {
                column.measure = measure;
            }
        }
    }
    columns
}

/// The column of the total that a column of one fund is a part of, in a table whose rows have labels.
fn total_of(column: usize, heads: &Heads, columns: &[Column], lexicon: &Lexicon) -> Option<usize> {
    let own = columns.get(column).filter(|own| own.kind == Kind::Figures)?;
    let name = |head: &Head| {
        let (start, end) = head.heading.name?;
        head.text.chars.get(start..end).map(<[char]>::to_vec)
    };
    let last = heads.path(column).next_back()?;
    let is_fund = lexicon.prefix(Class::Limited, &name(last)?).is_some();
    let over = |column: usize| {
        let mut path: Vec<String> = heads.path(column).map(|head| head.text.folded()).collect();
        path.pop();
        path
    };
    let has_label = columns.iter().any(|it| it.side == own.side && it.kind == Kind::Label);
    let is_total = |at: &usize| {
        let is_sum = heads.path(*at).next_back().is_some_and(|head| head.heading.sum == Some(Sum::Total));
        let is_beside = columns.get(*at).is_some_and(|it| it.side == own.side && it.kind == Kind::Figures);
        is_sum && is_beside && over(*at) == over(column)
    };
    let mut totals = (0..columns.len()).filter(is_total);
    match (totals.next(), totals.next()) {
        (Some(only), None) if is_fund && has_label => Some(only),
        _ => None,
    }
}

impl Table {
    /// The columns of labels.
    pub(super) fn labels(&self) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, column)| column.kind == Kind::Label).map(|(at, _)| at)
    }

    fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::with_capacity(self.columns.len());
        for (position, column) in self.columns.iter().enumerate() {
            let before = self.columns.iter().take(position).filter(|it| it.side == column.side);
            let has = |kind| before.clone().any(|it| it.kind == kind);
            slots.push(Slot {
                kind: column.kind,
                is_percent: !matches!(column.measure.facet, None | Some(Facet::Amount | Facet::Delta)),
                has_label: has(Kind::Label),
                has_number: has(Kind::Number),
                number: None,
            });
        }
        slots
    }

    /// Takes in the figures that stood beside the headings.
    fn place_beside(&mut self, beside: &[(usize, Cell)]) {
        if beside.is_empty() {
            return;
        }
        let mut row: Vec<Option<Cell>> = vec![None; self.columns.len()];
        for (position, cell) in beside {
            // There is no row that it could be in where the rows have labels, and no column where that one has a
            // heading in this row.
            let is_free =
                self.heads.path(*position).next_back().is_some_and(|head| !head.heading.is_measure());
            let is_told = is_free && self.columns.iter().all(|column| column.kind == Kind::Figures);
            let slot = row.get_mut(*position).filter(|_| is_told);
            match slot {
                Some(slot) => *slot = Some(cell.clone()),
                None => self.unread.push(cell.place.clone()),
            }
        }
        self.rows.push(row);
    }

    /// Brings the rows of data under the columns.
    fn place(&mut self, body: &[Vec<Cell>], rows: Rows, lexicon: &Lexicon) {
        let width = self.columns.len();
        let body: Vec<&Vec<Cell>> = body.iter().filter(|row| !self.is_aside(row, lexicon)).collect();
        let mut numbers: Vec<Option<u32>> = vec![None; width];
        let is_dropping = rows == Rows::Ragged && self.drops_blanks(&body);
        let mut slots = self.slots();
        for cells in body {
            slots.iter_mut().zip(&numbers).for_each(|(slot, number)| slot.number = *number);
            let said: Vec<&Cell> = cells.iter().filter(|cell| !cell.is_blank()).collect();
            let is_whole = said.len() == width || !is_dropping;
            let is_placed = match rows {
                Rows::Placed => cells.iter().skip(width).all(Cell::is_blank),
                Rows::Ragged => is_whole && cells.len() >= width && is_in_place(cells, &slots),
            };
            let row: Option<Vec<Option<Cell>>> = if is_placed {
                let placed = (0..width).map(|at| cells.get(at).filter(|cell| !cell.is_blank()).cloned());
                Some(placed.collect())
            } else if rows == Rows::Ragged {
                self.section(&said).or_else(|| self.only_total(&said)).or_else(|| {
                    let placed = align(&said, &slots)?;
                    let mut row = vec![None; width];
                    for (cell, column) in said.iter().zip(placed) {
                        if let Some(slot) = row.get_mut(column) {
                            *slot = Some((*cell).clone());
                        }
                    }
                    Some(row)
                })
            } else {
                None
            };
            let Some(row) = row else {
                self.leave(&said);
                continue;
            };
            for ((number, cell), column) in numbers.iter_mut().zip(&row).zip(&self.columns) {
                if column.kind == Kind::Number {
                    *number = cell.as_ref().and_then(Cell::count).or(*number);
                }
            }
            // 以前年度结转资金9.83 among figures: it has one that no column tells of.
            let has_digits =
                |cell: &&Cell| cell.is_words() && cell.text.chars.iter().any(char::is_ascii_digit);
            let among = row.iter().zip(&self.columns).filter(|(_, column)| column.kind == Kind::Figures);
            let remarks = among.filter_map(|(cell, _)| cell.as_ref()).filter(has_digits);
            self.unread.extend(remarks.map(|cell| cell.place.clone()));
            self.rows.push(row);
        }
    }

    /// Keeps the figures of a row that cannot be placed, as amounts where the table has nothing else.
    fn leave(&mut self, said: &[&Cell]) {
        let is_plain = |column: &Column| {
            let is_amount = matches!(column.measure.facet, None | Some(Facet::Amount));
            matches!(column.kind, Kind::Label | Kind::Note) || (column.kind == Kind::Figures && is_amount)
        };
        let are_amounts = self.columns.iter().all(is_plain);
        for cell in said.iter().filter(|cell| cell.is_figure()) {
            match cell.figure() {
                Some(_) if are_amounts => self.unbound.push((*cell).clone()),
                _ => self.unread.push(cell.place.clone()),
            }
        }
    }

    /// A row of one cell of words heads those below.
    fn section(&self, said: &[&Cell]) -> Option<Vec<Option<Cell>>> {
        let [only] = said else { return None };
        let labels = self.columns.iter().filter(|column| column.kind == Kind::Label).count();
        let first = self.columns.iter().position(|column| column.kind == Kind::Label)?;
        if !only.is_words() || labels != 1 {
            return None;
        }
        let mut row = vec![None; self.columns.len()];
        *row.get_mut(first)? = Some((*only).clone());
        Some(row)
    }

    /// A row with one figure, where every other column is a fund's part of one total: no part is stated without it.
    fn only_total(&self, said: &[&Cell]) -> Option<Vec<Option<Cell>>> {
        let [label, figure] = said else { return None };
        let mut totals = self.columns.iter().filter(|column| column.kind == Kind::Figures).map(|it| it.total);
        let figures = self.columns.iter().position(|column| column.kind == Kind::Figures)?;
        let is_total = totals.next() == Some(None) && totals.clone().next().is_some();
        let is_only = is_total && totals.all(|total| total == Some(figures));
        if !(is_only && label.is_words() && figure.is_figure()) {
            return None;
        }
        let mut labels = self.labels();
        let (Some(at), None) = (labels.next(), labels.next()) else { return None };
        let mut row = vec![None; self.columns.len()];
        *row.get_mut(at)? = Some((*label).clone());
        *row.get_mut(figures)? = Some((*figure).clone());
        Some(row)
    }

    /// Whether a row is none of data: column numbers, remarks.
    fn is_aside(&self, row: &[Cell], lexicon: &Lexicon) -> bool {
        let mut said = row.iter().filter(|cell| !cell.is_blank());
        let Some(first) = said.next() else { return true };
        let mut counts = row.iter().filter(|cell| cell.is_figure()).map(Cell::count);
        let mut next = 1_u32;
        let are_numbered = row.iter().filter(|cell| cell.is_figure()).count() >= 1
            && counts.all(|count| {
                let is_next = count == Some(next);
                next = next.saturating_add(1);
                is_next
            });
        if are_numbered && lexicon.is(Class::Columns, &first.text.chars) {
            return true;
        }
        // 1 2 3 4 under the headings, and nothing else in the row.
        if are_numbered && row.iter().all(|cell| cell.is_figure() || cell.is_blank()) && next > 3 {
            return true;
        }
        lexicon.prefix(Class::Foot, &first.text.chars).is_some()
    }

    /// Whether the rows have lost their blanks: one of them contradicts its place, and none has a blank inside.
    fn drops_blanks(&self, body: &[&Vec<Cell>]) -> bool {
        let width = self.columns.len();
        let slots = self.slots();
        let has_gap = |row: &&Vec<Cell>| {
            let last = row.iter().rposition(|cell| !cell.is_blank()).unwrap_or(0);
            row.iter().take(last).any(Cell::is_blank)
        };
        let contradicts = |row: &&Vec<Cell>| {
            let said: Vec<&Cell> = row.iter().filter(|cell| !cell.is_blank()).collect();
            self.section(&said).is_none() && (row.len() < width || !is_in_place(row, &slots))
        };
        body.iter().any(contradicts) && !body.iter().any(has_gap)
    }
}

/// Whether every cell can be where it stands.
fn is_in_place(cells: &[Cell], slots: &[Slot]) -> bool {
    let ends = cells.iter().skip(slots.len()).all(Cell::is_blank);
    // Of a whole row the last cell may be a remark of any length.
    let is_whole = cells.len() == slots.len() && cells.iter().all(|cell| !cell.is_blank());
    ends && cells.iter().zip(slots).enumerate().all(|(at, (cell, slot))| {
        let is_last = is_whole && at.saturating_add(1) == slots.len();
        let is_short = cell.text.chars.len() <= 4;
        let is_remark = cell.is_words() && slot.kind == Kind::Figures && (is_short || is_last);
        let is_name = cell.is_figure() && slot.kind == Kind::Label && cell.count().is_some();
        fits(cell, slot) || is_remark || is_name
    })
}
