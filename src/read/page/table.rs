//! A `<table>` while it is read.

use crate::read::rows::{self, Known, Row};
use crate::read::table::grid::{GridCell, Merge};
use crate::source::{Place, SourceId, Span};

/// Columns that a cell may span (HTML, 4.9.11).
const COLUMNS: usize = 1_000;
/// Rows that a cell may span.
const ROWS: usize = 65_534;
/// Characters of a cell. A table with a longer one lays out a page and has no figures for cells.
const CELL: usize = 400;

#[derive(Debug, Default)]
pub(super) struct Building {
    /// A table with a table in it only lays out the page: it is read as text, and the inner one as a table.
    pub(super) is_layout: bool,
    captions: Vec<String>,
    rows: Vec<Row>,
    row: Option<Open>,
    /// In how many more rows each column is covered by a cell above.
    held: Vec<usize>,
}

/// A row that is not closed.
#[derive(Debug, Default)]
struct Open {
    start: usize,
    cells: Vec<GridCell>,
    cell: Option<Cell>,
    /// Columns of this row, from and to, that cover so many more.
    holds: Vec<(usize, usize, usize)>,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    start: usize,
    rows: usize,
    columns: usize,
}

impl Building {
    pub(super) fn is_in_row(&self) -> bool {
        self.row.is_some()
    }

    pub(super) fn start_row(&mut self, at: usize, above: Vec<String>) {
        if self.rows.is_empty() {
            self.captions = above;
        }
        self.row = Some(Open { start: at, ..Open::default() });
    }

    /// No rows at all means: to the end of the table.
    pub(super) fn start_cell(&mut self, at: usize, rows: usize, columns: usize) {
        let rows = if rows == 0 { ROWS } else { rows.min(ROWS) };
        if let Some(row) = &mut self.row {
            row.cell = Some(Cell { start: at, rows, columns: columns.clamp(1, COLUMNS) });
        }
    }

    /// Ends the cell at hand, if there is one, and tells how many places the row has got by it; the text is that of the
    /// page so far.
    pub(super) fn end_cell(&mut self, text: &str) -> usize {
        let Some(row) = &mut self.row else { return 0 };
        let Some(Cell { start, rows, columns }) = row.cell.take() else { return 0 };
        let before = row.cells.len();
        let printed = text.get(start..).unwrap_or("");
        let from = start.saturating_add(printed.len().saturating_sub(printed.trim_start().len()));
        let span = Span::new(from, from.saturating_add(printed.trim().len()));
        let said =
            printed.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        self.is_layout |= said.chars().nth(CELL).is_some();
        let cell = |text: String, merge: Merge| {
            let place = Place::Text { source: SourceId::from_index(0), span };
            GridCell { text, place, merge }
        };
        let is_held = |at: &usize| self.held.get(*at).is_some_and(|rows| *rows > 0);
        while is_held(&row.cells.len()) {
            row.cells.push(cell(String::new(), Merge::Covered));
        }
        let at = row.cells.len();
        let merge = if rows == 1 && columns == 1 { Merge::Alone } else { Merge::First { rows, columns } };
        row.cells.push(cell(said, merge));
        row.cells.extend((1..columns).map(|_| cell(String::new(), Merge::Covered)));
        row.holds.push((at, row.cells.len(), rows.saturating_sub(1)));
        row.cells.len().saturating_sub(before)
    }

    /// Ends the row at hand, if there is one, and tells how many more places it has got.
    pub(super) fn end_row(&mut self, at: usize) -> usize {
        let Some(Open { start, mut cells, holds, .. }) = self.row.take() else { return 0 };
        let span = Span::new(start, at);
        let before = cells.len();
        for rows in self.held.iter().skip(before) {
            let place = Place::Text { source: SourceId::from_index(0), span: Span::new(at, at) };
            let merge = if *rows > 0 { Merge::Covered } else { Merge::Alone };
            cells.push(GridCell { text: String::new(), place, merge });
        }
        self.held.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        for (from, to, rows) in holds {
            if rows > 0 {
                let columns = self.held.len().max(to);
                self.held.resize(columns, 0);
                self.held.iter_mut().take(to).skip(from).for_each(|held| *held = rows);
            }
        }
        let held = self.held.iter().rposition(|rows| *rows > 0).map_or(0, |last| last.saturating_add(1));
        self.held.truncate(held);
        let more = cells.len().saturating_sub(before);
        self.rows.push(Row { cells, span });
        // A row without cells takes a place too.
        more.saturating_add(1)
    }

    /// The tables it makes: none, if it only lays out.
    pub(super) fn tables(mut self) -> Vec<Known> {
        if self.is_layout {
            return Vec::new();
        }
        self.clip();
        rows::tables(self.rows, &self.captions)
    }

    /// Cells may claim to span more than there is: they span the columns in which some cell starts, and the rows that
    /// say something.
    fn clip(&mut self) {
        let starts = |row: &Row| row.cells.iter().rposition(|cell| cell.merge != Merge::Covered);
        let width = self.rows.iter().filter_map(starts).max().map_or(0, |last| last.saturating_add(1));
        let says = |row: &Row| usize::from(row.cells.iter().any(|cell| !cell.text.is_empty()));
        // For each row, how many before it say something.
        let mut before = vec![0_usize];
        for row in &self.rows {
            before.push(before.last().copied().unwrap_or(0).saturating_add(says(row)));
        }
        for (at, row) in self.rows.iter_mut().enumerate() {
            row.cells.truncate(width);
            for (column, cell) in row.cells.iter_mut().enumerate() {
                let Merge::First { rows, columns } = cell.merge else { continue };
                let end = at.saturating_add(rows).min(before.len().saturating_sub(1));
                let said = |at: usize| before.get(at).copied().unwrap_or(0);
                let rows = said(end).saturating_sub(said(at)).max(1);
                let columns = columns.min(width.saturating_sub(column));
                cell.merge =
                    if rows == 1 && columns == 1 { Merge::Alone } else { Merge::First { rows, columns } };
            }
        }
    }
}
