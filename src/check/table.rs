//! The tables of a document: which rows belong to which, what their cells say, and which row is below which.

use std::collections::HashMap;

use super::claim::Claims;
use crate::RuleSet;
use crate::document::{Cell, Document, Row, RowId};
use crate::fold::fold_label;
use crate::ruleset::field::{FieldId, Kind, Pick, Rows, SectionId};

/// The rows of a document by the tables of a rule set.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    tables: HashMap<SectionId, Table>,
    /// The cell of a column in a row, by its position in the row.
    cells: HashMap<(RowId, FieldId), usize>,
    table_of: HashMap<RowId, SectionId>,
}

/// One table: its rows in the order of the text, and their order by code.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<RowId>,
    /// The rows with a code that has no ancestor here.
    top: Vec<RowId>,
    children: HashMap<RowId, Vec<RowId>>,
    /// The rows of each code. Twins make it impossible to say which row is below which.
    by_code: HashMap<String, Vec<RowId>>,
    has_twins: bool,
    total_row: Option<RowId>,
    /// The columns of codes and words.
    word_columns: Vec<FieldId>,
}

/// Two rows of a table have the same code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Twins;

impl Tables {
    pub(super) fn new(rules: &RuleSet, document: &Document, claims: &Claims<'_>) -> Tables {
        let mut tables = Tables::default();
        let columns = columns(rules);
        let headings = headings(&columns);
        for (position, row) in document.rows().iter().enumerate() {
            let id = RowId::from_index(position);
            let Some(section) = claims.table_of_row(row) else { continue };
            let Some(headings) = headings.get(&section) else { continue };
            for (position, cell) in row.cells.iter().enumerate() {
                for column in headings.get(fold_label(&cell.label).as_str()).into_iter().flatten() {
                    tables.cells.entry((id, *column)).or_insert(position);
                }
            }
            tables.table_of.insert(id, section);
            tables.tables.entry(section).or_default().rows.push(id);
        }
        for (section, columns) in &columns {
            let words = |kind: &Kind, id: RowId| {
                let named = columns.iter().filter(|column| column.kind.as_ref() == Some(kind));
                named.filter_map(|column| tables.words(document, column.field, id)).next()
            };
            let Some(table) = tables.tables.get(section) else { continue };
            let code = |id: RowId| words(&Kind::Code, id).filter(|code| !is_total(code));
            // Full-width digits are digits.
            let codes: Vec<(String, RowId)> =
                table.rows.iter().filter_map(|id| Some((fold_label(code(*id)?), *id))).collect();
            let without: Vec<RowId> = table.rows.iter().copied().filter(|id| code(*id).is_none()).collect();
            let says_total = |id: &RowId| {
                [Kind::Code, Kind::Text].iter().any(|kind| words(kind, *id).is_some_and(is_total))
            };
            let totals: Vec<RowId> = without.iter().copied().filter(says_total).collect();
            let is_nameless = |id: &RowId| words(&Kind::Text, *id).is_none();
            // The one row that says so; else the only row of the table, or the only one without a code and a name.
            let total_row = match (totals.as_slice(), table.rows.as_slice()) {
                ([], [_]) => only(without.into_iter()),
                ([], _) => only(without.into_iter().filter(is_nameless)),
                (totals, _) => only(totals.iter().copied()),
            };
            if let Some(table) = tables.tables.get_mut(section) {
                table.total_row = total_row;
                table.word_columns = columns
                    .iter()
                    .filter(|column| column.kind.as_ref().is_some_and(Kind::is_words))
                    .map(|column| column.field)
                    .collect();
                table.order(codes);
            }
        }
        tables
    }

    pub(crate) fn rows(&self, table: SectionId) -> &[RowId] {
        self.tables.get(&table).map_or(&[], |table| table.rows.as_slice())
    }

    /// Some rows of a table; `row` is the one that a rule is about.
    pub(crate) fn some(&self, table: SectionId, rows: Rows, row: Option<RowId>) -> Result<&[RowId], Twins> {
        let Some(table) = self.tables.get(&table) else { return Ok(&[]) };
        if table.has_twins && rows != Rows::All {
            return Err(Twins);
        }
        Ok(match (rows, row) {
            (Rows::All, _) => &table.rows,
            (Rows::Top, _) => &table.top,
            (Rows::Children, Some(row)) => table.children.get(&row).map_or(&[], Vec::as_slice),
            (Rows::Children, None) => &[],
        })
    }

    pub(crate) fn pick(&self, table: SectionId, pick: &Pick) -> Result<Option<RowId>, Twins> {
        let Some(table) = self.tables.get(&table) else { return Ok(None) };
        match pick {
            Pick::TotalRow => Ok(table.total_row),
            Pick::Code(code) => match table.by_code.get(&fold_label(code)).map_or(&[][..], Vec::as_slice) {
                [] => Ok(None),
                [only] => Ok(Some(*only)),
                _ => Err(Twins),
            },
        }
    }

    /// The cell of a column in a row; `None` where the row has no such cell, which is a blank one.
    pub(crate) fn cell<'d>(&self, document: &'d Document, column: FieldId, row: RowId) -> Option<&'d Cell> {
        let cell = self.cells.get(&(row, column))?;
        document.rows().get(row.index())?.cells.get(*cell)
    }

    /// What a cell says in words, trimmed; `None` for a blank one.
    pub(crate) fn words<'d>(&self, document: &'d Document, column: FieldId, row: RowId) -> Option<&'d str> {
        self.cell(document, column, row).filter(|cell| !cell.is_blank()).map(|cell| cell.text.trim())
    }

    /// The code and the names of a row, in the order of the columns.
    pub(crate) fn row_words<'d>(&self, document: &'d Document, row: RowId) -> Vec<&'d str> {
        let table = self.table_of.get(&row).and_then(|table| self.tables.get(table));
        let columns = table.map_or(&[][..], |table| table.word_columns.as_slice());
        columns.iter().filter_map(|column| self.words(document, *column, row)).collect()
    }

    /// The cells that say something which no figure came of, though their column is one of figures.
    pub(super) fn unread<'d>(
        &'d self,
        rules: &'d RuleSet,
        document: &'d Document,
        is_stated: impl Fn(FieldId, &Row) -> bool + 'd,
    ) -> impl Iterator<Item = &'d Cell> + 'd {
        let mut cells: Vec<_> = self.cells.keys().copied().collect();
        cells.sort_unstable();
        cells.into_iter().filter_map(move |(row, column)| {
            let kind = rules.field(column).and_then(|field| field.kind.as_ref());
            let is_of_figures = kind.is_some_and(|kind| !kind.is_words());
            let cell = self.cell(document, column, row).filter(|cell| is_of_figures && !cell.is_blank())?;
            let line = document.rows().get(row.index())?;
            (!is_stated(column, line)).then_some(cell)
        })
    }
}

impl Table {
    /// Puts the rows with a code under their nearest ancestor: the row of the longest code that theirs starts with.
    fn order(&mut self, mut codes: Vec<(String, RowId)>) {
        for (code, id) in &codes {
            self.by_code.entry(code.clone()).or_default().push(*id);
        }
        self.has_twins = self.by_code.values().any(|rows| rows.len() > 1);
        // Sorted, a code stands right behind those that it starts with and their other descendants.
        codes.sort_unstable();
        let mut above: Vec<(String, RowId)> = Vec::new();
        for (code, id) in codes {
            while above.last().is_some_and(|(ancestor, _)| !code.starts_with(ancestor.as_str())) {
                above.pop();
            }
            match above.last() {
                Some((_, parent)) => self.children.entry(*parent).or_default().push(id),
                None => self.top.push(id),
            }
            above.push((code, id));
        }
        self.top.sort_unstable();
        self.children.values_mut().for_each(|rows| rows.sort_unstable());
    }
}

/// Whether words call their row the sum of the table.
fn is_total(words: &str) -> bool {
    let words: String = words.split_whitespace().collect();
    matches!(words.as_str(), "合计" | "总计" | "本年合计")
}

/// The only one of some rows.
fn only(mut rows: impl Iterator<Item = RowId>) -> Option<RowId> {
    rows.next().filter(|_| rows.next().is_none())
}

/// A column of a table, and the headings it goes by.
struct Column {
    field: FieldId,
    kind: Option<Kind>,
    /// Folded; its name is one.
    headings: Vec<String>,
}

/// The columns of each table by their folded headings.
fn headings(columns: &HashMap<SectionId, Vec<Column>>) -> HashMap<SectionId, HashMap<&str, Vec<FieldId>>> {
    columns
        .iter()
        .map(|(table, columns)| {
            let mut by_heading: HashMap<&str, Vec<FieldId>> = HashMap::new();
            for column in columns {
                for heading in &column.headings {
                    by_heading.entry(heading.as_str()).or_default().push(column.field);
                }
            }
            (*table, by_heading)
        })
        .collect()
}

fn columns(rules: &RuleSet) -> HashMap<SectionId, Vec<Column>> {
    let mut columns: HashMap<SectionId, Vec<Column>> = HashMap::new();
    for (position, field) in rules.fields().iter().enumerate() {
        let id = FieldId::from_index(position);
        if let Some(table) = rules.table_of(id) {
            let names = field.labels().iter().map(String::as_str).chain([field.name()]);
            let headings = names.map(fold_label).collect();
            columns.entry(table).or_default().push(Column { field: id, kind: field.kind.clone(), headings });
        }
    }
    columns
}
