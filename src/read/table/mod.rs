//! Tables, as the statements they make.
//!
//! In: [`grid::Grid`]s, whatever form they came from; those of a text are found here too. Out: what they state. A table
//! that is not understood states nothing, a row that fits its headings in two ways is left unread, and no value is
//! looked at to decide what a figure is.
//!
//! ```text
//! text ── find ──┐
//! CSV, XLSX, HTML ┴──> grid ── cell, head, heading, align, layout ──> table ──┬── item: things by year and basis
//!                              grammar/table.lexicon: words                   └── record: rows by code or name
//!                                                                  title, label, lines, names, figure, reason
//! ```

mod align;
mod cell;
mod figure;
pub(super) mod find;
pub(crate) mod grid;
mod head;
mod heading;
mod item;
mod label;
mod layout;
mod lines;
mod mend;
mod names;
mod piece;
mod reason;
mod record;
#[cfg(test)]
mod tests;
mod title;
mod words;

use self::figure::Common;
use self::grid::Grid;
pub(super) use self::layout::Rows;
use self::layout::Table;
use super::labels::Labels;
use crate::document::{Basis, Breakdown, Context, Document, Row, Statement, StatementId};
use crate::ruleset::vocabulary::TableWords;
use crate::source::Place;

/// What the reading of tables knows of the document and of the rules.
pub(super) struct About<'a> {
    pub(super) labels: &'a Labels,
    pub(super) tables: &'a [TableWords],
    pub(super) year: Option<i32>,
    pub(super) department: Option<&'a str>,
    /// The basis of the document, where what decides a figure is to be kept.
    pub(super) asked: Option<Basis>,
}

/// What some tables state. Ids of statements are positions here, counted from `first`.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub(super) statements: Vec<Statement>,
    pub(super) rows: Vec<Row>,
    pub(super) unread: Vec<Place>,
    tables: u32,
    breakdowns: u32,
}

impl Stated {
    /// Goes on after what a document states: its tables and its breakdowns have their numbers.
    pub(super) fn after(statements: &[Statement]) -> Stated {
        let breakdown = |statement: &Statement| statement.parent.as_ref().map(|parent| parent.breakdown.0);
        let table = |statement: &Statement| match statement.context {
            Context::Table(number) => Some(number),
            Context::Prose => None,
        };
        Stated {
            breakdowns: statements.iter().filter_map(breakdown).max().unwrap_or(0),
            tables: statements.iter().filter_map(table).max().unwrap_or(0),
            ..Stated::default()
        }
    }

    /// Gives the breakdowns numbers after those of the prose around the tables.
    pub(super) fn renumber(&mut self, prose: &[Statement]) {
        let breakdown = |statement: &Statement| statement.parent.as_ref().map(|parent| parent.breakdown.0);
        let first = prose.iter().filter_map(breakdown).max().unwrap_or(0);
        for parent in self.statements.iter_mut().filter_map(|statement| statement.parent.as_mut()) {
            parent.breakdown = Breakdown(parent.breakdown.0.saturating_add(first));
        }
    }

    /// Adds what a table states.
    fn table(&mut self, table: &Table, about: &About<'_>) {
        let lexicon = words::lexicon();
        self.tables = self.tables.saturating_add(1);
        let mut title = title::title(&table.captions, about.labels.words(), lexicon);
        if title.subject.is_none() {
            title.subject = table.labels().find_map(|column| {
                let mut heads = table.heads.path(column);
                heads.find_map(|head| title::heading_subject(&head.text, about.labels.words(), lexicon))
            });
        }
        let rows = lines::measures(table, about.labels.words(), lexicon);
        let mut common = Common::new(table, &title, about.year, Context::Table(self.tables), rows);
        common.asked = about.asked;
        let claimed = record::claimed(table, &title, about.tables);
        let first = self.statements.len();
        let statements = if claimed.is_some() || record::has_codes(table) {
            let records = record::state(&common, claimed, about.labels.words(), lexicon);
            self.rows.extend(records.rows);
            records.statements
        } else {
            item::Items::state(&common, about.department, self.breakdowns, about.labels, lexicon)
        };
        for mut statement in statements {
            if let Some(parent) = &mut statement.parent {
                let Breakdown(number) = parent.breakdown;
                self.breakdowns = self.breakdowns.max(number);
                parent.statement = parent.statement.map(|id| moved(id, first));
            }
            self.statements.push(statement);
        }
        // A figure of a row that fits its headings in no one way is told without a name, and compared with nothing.
        self.statements.extend(table.unbound.iter().filter_map(|cell| common.unbound(cell)));
        // A figure under a column that is one of figures, and that no statement came of.
        self.unread.extend(table.unread.iter().cloned());
    }

    /// Adds what a grid states; whether it is understood at all.
    pub(super) fn grid(&mut self, grid: &Grid, rows: Rows, about: &About<'_>) -> bool {
        let tables = layout::tables(grid, rows, about.labels.words(), words::lexicon());
        let is_understood = tables.iter().any(Option::is_some);
        for table in tables.iter().flatten() {
            self.table(table, about);
        }
        is_understood
    }

    /// Notes the figures of a grid that is not understood.
    pub(super) fn pass_over(&mut self, grid: &Grid) {
        let cells = grid.rows.iter().flatten().map(cell::Cell::new);
        self.unread.extend(cells.filter(cell::Cell::is_figure).map(|cell| cell.place));
    }
}

/// A statement's id where others come before it.
pub(super) fn moved(id: StatementId, by: usize) -> StatementId {
    StatementId::from_index(id.index().saturating_add(by))
}

/// What a document is about, for its tables.
pub(super) fn about<'a>(labels: &'a Labels, tables: &'a [TableWords], document: &'a Document) -> About<'a> {
    About { labels, tables, year: document.year(), department: document.department(), asked: None }
}
