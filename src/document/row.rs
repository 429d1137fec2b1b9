//! A row of a table, with its words.

use crate::source::Place;

/// A row of its document's tables, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RowId(u32);

impl RowId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    pub(crate) fn from_index(index: usize) -> RowId {
        RowId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// One row of a table: its cells as printed. The figures among them are statements of the document too, in the row's
/// scope.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The table's name, where the document gives names (`function_expenditure` in JSON).
    pub path: Option<String>,
    /// The title of the table and the headings it stands under, innermost first.
    pub under: Vec<String>,
    /// The scope of its figures; the last entry is the row's own.
    pub scope: Vec<String>,
    /// From left to right. A cell that is not printed at all is blank, like one that is empty.
    pub cells: Vec<Cell>,
    /// Where it stands.
    pub place: Place,
}

impl Row {
    /// A row without cells.
    pub fn new(scope: Vec<String>, place: Place) -> Row {
        Row { path: None, under: Vec::new(), scope, cells: Vec::new(), place }
    }
}

/// One cell of a row, as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cell {
    /// The heading of its column.
    pub label: String,
    /// What it says; empty for a blank cell.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Cell {
    /// A cell.
    pub fn new(label: impl Into<String>, text: impl Into<String>, place: Place) -> Cell {
        Cell { label: label.into(), text: text.into(), place }
    }

    /// Whether it says nothing: empty, or a dash.
    pub fn is_blank(&self) -> bool {
        matches!(self.text.trim(), "" | "-" | "—" | "–" | "－" | "——" | "--")
    }
}
