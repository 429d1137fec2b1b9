//! Workbooks, as texts with tables.
//!
//! In: the bytes of an XLSX or an XLS file; which of them, the bytes say. Out: a listing of its rows, one a line, and the
//! tables in it. A cell says what its format prints; a formula, the value it had when the file was saved. Sheets that are
//! hidden are not published and not read; rows and columns that are hidden are read like any other, for the totals
//! that are shown count them.

mod cfb;
mod decimal;
mod format;
#[cfg(test)]
mod tests;
mod xls;
mod xlsx;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

use super::laid::Laid;
use super::rows::{self, Row};
use super::table::grid::{GridCell, Merge};
use crate::document::DocumentErrorKind;
use crate::limits;
use crate::source::{CellName, Place, Source, SourceId, Span};

/// What a workbook cannot be read for.
#[derive(Debug)]
enum SheetError {
    /// More inflated bytes than the limits.
    InflatedTooLong,
    TooManyCells,
    TooLong,
    Encrypted,
    Broken(String),
}

impl SheetError {
    fn no_text() -> SheetError {
        SheetError::Broken("a cell has the number of a text that is not there".to_owned())
    }

    fn broken(error: &impl std::fmt::Display) -> SheetError {
        SheetError::Broken(error.to_string())
    }
}

impl From<SheetError> for DocumentErrorKind {
    fn from(error: SheetError) -> DocumentErrorKind {
        match error {
            SheetError::InflatedTooLong => DocumentErrorKind::InflatedTooLong,
            SheetError::TooManyCells => DocumentErrorKind::TooManyCells,
            SheetError::TooLong => DocumentErrorKind::TooLong,
            SheetError::Encrypted => DocumentErrorKind::Encrypted,
            SheetError::Broken(why) => DocumentErrorKind::NotASheet(why),
        }
    }
}

/// What has been taken from a file so far, against the limits.
#[derive(Debug, Default)]
struct Taken {
    cells: usize,
    bytes: usize,
    /// Bytes of records, those that several sheets claim counted for each.
    walked: usize,
}

/// One sheet.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    /// The cells that say something.
    cells: BTreeMap<CellName, String>,
    merged: Vec<Merged>,
}

/// Cells that are merged: the first and the last of them.
#[derive(Clone, Copy, Debug)]
struct Merged {
    first: CellName,
    last: CellName,
}

impl Sheet {
    fn new(name: &str) -> Sheet {
        let name = name.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ");
        Sheet { name, ..Sheet::default() }
    }

    /// What a cell says, on one line. A text may be shared by all cells, so its bytes count for each.
    fn say(&mut self, cell: CellName, said: &str, taken: &mut Taken) -> Result<(), SheetError> {
        let lines = said.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty());
        let said = lines.collect::<Vec<_>>().join(" ");
        if said.is_empty() {
            return Ok(());
        }
        taken.cells = taken.cells.saturating_add(1);
        taken.bytes = taken.bytes.saturating_add(said.len());
        if taken.cells > limits::SHEET_CELLS {
            return Err(SheetError::TooManyCells);
        }
        if taken.bytes > limits::DOCUMENT_BYTES {
            return Err(SheetError::TooLong);
        }
        self.cells.insert(cell, said);
        Ok(())
    }
}

/// A workbook laid out, and where in it the spans of its listing are.
pub(super) struct Listing {
    pub(super) laid: Laid,
    /// For each cell of the listing the byte it starts at, its sheet and its name.
    cells: Vec<(usize, Arc<str>, CellName)>,
}

impl Listing {
    /// Where a span of the listing is in the workbook.
    pub(super) fn place(&self, span: Span) -> Place {
        let source = SourceId::from_index(0);
        let after = self.cells.partition_point(|(start, ..)| *start <= span.start());
        match after.checked_sub(1).and_then(|at| self.cells.get(at)).or(self.cells.first()) {
            Some((_, sheet, cell)) => Place::Cell { sheet: Arc::clone(sheet), cell: *cell, source, span },
            None => Place::Text { source, span },
        }
    }
}

/// Reads a workbook.
pub(super) fn listing(name: &str, bytes: &[u8]) -> Result<Listing, DocumentErrorKind> {
    if bytes.len() > limits::SHEET_FILE_BYTES {
        return Err(DocumentErrorKind::SheetTooLong);
    }
    let mut taken = Taken::default();
    let sheets = if xls::is_compound(bytes) {
        xls::sheets(bytes, &mut taken)?
    } else {
        xlsx::sheets(bytes, &mut taken)?
    };
    let mut out = Out::default();
    let mut tables = Vec::new();
    for sheet in &sheets {
        let rows = out.sheet(sheet)?;
        tables.extend(rows::tables(rows, std::slice::from_ref(&sheet.name)));
    }
    let source = Arc::new(Source::new(name, out.text));
    Ok(Listing { laid: Laid { source, tables, silent: out.silent }, cells: out.cells })
}

/// The listing while it is written.
#[derive(Default)]
struct Out {
    text: String,
    silent: Vec<Span>,
    cells: Vec<(usize, Arc<str>, CellName)>,
    /// Cells of the rows so far, blank ones counted.
    places: usize,
}

impl Out {
    fn sheet(&mut self, sheet: &Sheet) -> Result<Vec<Row>, SheetError> {
        let name: Arc<str> = Arc::from(sheet.name.as_str());
        let mut columns: Vec<u32> = sheet.cells.keys().map(|cell| cell.column()).collect();
        columns.sort_unstable();
        columns.dedup();
        let mut by_row: BTreeMap<u32, Vec<CellName>> = BTreeMap::new();
        sheet.cells.keys().for_each(|cell| by_row.entry(cell.row()).or_default().push(*cell));
        let merges = merges(sheet, &columns, &by_row)?;
        let (mut rows, mut before) = (Vec::new(), None::<u32>);
        for (row, said) in by_row {
            if before.is_some_and(|before| row.saturating_sub(before) > 1) {
                rows.push(Row::default());
            }
            before = Some(row);
            let cells = columns.iter().map(|column| CellName::new(row, *column));
            rows.push(self.row(sheet, &name, cells, said.len() > 1, &merges)?);
        }
        Ok(rows)
    }

    /// One line of the listing. Columns in which the sheet says nothing are not there; a line of text is listed without
    /// the blank cells beside it.
    fn row(
        &mut self,
        sheet: &Sheet,
        name: &Arc<str>,
        row: impl Iterator<Item = CellName>,
        is_parted: bool,
        merges: &HashMap<CellName, Merge>,
    ) -> Result<Row, SheetError> {
        let start = self.text.len();
        let mut cells = Vec::new();
        for cell in row {
            if cells.is_empty() {
                let _ = write!(self.text, "{name}!{}: ", cell.row());
                self.silent.push(Span::new(start, self.text.len()));
            } else if is_parted {
                self.text.push_str(" | ");
            }
            self.places = self.places.saturating_add(1);
            if self.places > limits::TABLE_CELLS {
                return Err(SheetError::TooManyCells);
            }
            let text = sheet.cells.get(&cell).cloned().unwrap_or_default();
            let at = self.text.len();
            self.text.push_str(&text);
            let place = Place::Text { source: SourceId::from_index(0), span: Span::new(at, self.text.len()) };
            self.cells.push((at, Arc::clone(name), cell));
            cells.push(GridCell { text, place, merge: merges.get(&cell).copied().unwrap_or_default() });
        }
        let span = Span::new(start, self.text.len());
        self.text.push('\n');
        if self.text.len() > limits::DOCUMENT_BYTES {
            return Err(SheetError::TooLong);
        }
        Ok(Row { cells, span })
    }
}

/// What is merged, counted in the rows and columns that say something. A merging of cells that say nothing is none.
fn merges(
    sheet: &Sheet,
    columns: &[u32],
    rows: &BTreeMap<u32, Vec<CellName>>,
) -> Result<HashMap<CellName, Merge>, SheetError> {
    let (mut merges, mut covered) = (HashMap::new(), 0_usize);
    for Merged { first, last } in &sheet.merged {
        let is_range = first.row() <= last.row() && first.column() <= last.column();
        if !is_range || !sheet.cells.contains_key(first) || merges.contains_key(first) {
            continue;
        }
        let from = columns.partition_point(|column| *column < first.column());
        let to = columns.partition_point(|column| *column <= last.column());
        let columns = columns.get(from..to).unwrap_or(&[]);
        let rows: Vec<u32> = rows.range(first.row()..=last.row()).map(|(row, _)| *row).collect();
        covered = covered.saturating_add(rows.len().saturating_mul(columns.len()));
        // Ranges that do not overlap, as they must not, cover no more cells than there are.
        if covered > limits::TABLE_CELLS {
            return Err(SheetError::TooManyCells);
        }
        if rows.len() > 1 || columns.len() > 1 {
            for cell in rows.iter().flat_map(|row| columns.iter().map(|column| CellName::new(*row, *column)))
            {
                merges.insert(cell, Merge::Covered);
            }
            merges.insert(*first, Merge::First { rows: rows.len(), columns: columns.len() });
        }
    }
    Ok(merges)
}
