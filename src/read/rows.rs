//! Rows of cells, as the tables among them.
//!
//! In: the rows of a file that is one grid from top to bottom, as CSV, a sheet and a `<table>` are. Out: each table in
//! it, with the lines above it as captions. Titles, notes and whole paragraphs stand in such files too, each in one cell:
//! they stay text, and the prose reader sees them.

use super::table::grid::{Grid, GridCell, Merge};
use crate::quantity::Unit;
use crate::source::Span;

/// Characters of a caption. A longer line is a paragraph.
const CAPTION: usize = 60;
/// Captions kept for one table, the nearest ones.
const CAPTIONS: usize = 6;
/// Cells of a row that says the unit: `部门：某局`, `2019年`, `单位：万元`. More are a row of the table.
const UNIT_ROW: usize = 3;

/// One row, with the bytes it takes up in the text that is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<GridCell>,
    pub(super) span: Span,
}

/// A table, with the bytes that its rows take up.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) span: Span,
    pub(super) grid: Grid,
}

/// The tables that rows make, from top to bottom, each under the captions that stand over all of them.
pub(super) fn tables(rows: impl IntoIterator<Item = Row>, over: &[String]) -> Vec<Known> {
    let mut split = Split { over, above: Vec::new(), body: Vec::new(), is_apart: false, tables: Vec::new() };
    rows.into_iter().for_each(|row| split.add(row));
    split.end_table();
    split.tables
}

struct Split<'o> {
    over: &'o [String],
    /// Lines that no table has followed yet.
    above: Vec<String>,
    body: Vec<Row>,
    /// Whether a blank row has followed the body.
    is_apart: bool,
    tables: Vec<Known>,
}

impl Split<'_> {
    fn add(&mut self, row: Row) {
        let is_line = row.is_line();
        if row.said().next().is_none() {
            self.is_apart = true;
            return;
        }
        if row.says_unit() {
            // The unit of the next table; the lines right before it are that table's title.
            let title =
                self.body.iter().rposition(|row| !row.is_line()).map_or(0, |last| last.saturating_add(1));
            let lines = self.body.split_off(title.min(self.body.len()));
            self.end_table();
            lines.iter().for_each(|line| self.caption(line));
            self.caption(&row);
        } else if is_line && (self.body.is_empty() || self.is_apart) {
            self.end_table();
            self.caption(&row);
        } else {
            self.body.push(row);
        }
        self.is_apart = false;
    }

    fn caption(&mut self, row: &Row) {
        let short = |cell: &&GridCell| cell.text.chars().nth(CAPTION).is_none();
        self.above.extend(row.said().filter(short).map(|cell| cell.text.clone()));
        let from = self.above.len().saturating_sub(CAPTIONS);
        self.above.drain(..from);
    }

    /// One row with a name and a figure in it is no table yet: nothing says what its columns are.
    fn end_table(&mut self) {
        let mut rows = std::mem::take(&mut self.body);
        // Notes under the table.
        let end = rows.iter().rposition(|row| !row.is_line()).map_or(0, |last| last.saturating_add(1));
        rows.truncate(end);
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
        if rows.len() < 2 {
            return;
        }
        let span = first.span.to(last.span);
        let captions = self.over.iter().cloned().chain(self.above.drain(..)).collect();
        let rows = rows.into_iter().map(|row| row.cells).collect();
        self.tables.push(Known { span, grid: Grid { captions, rows } });
    }
}

impl Row {
    fn said(&self) -> impl Iterator<Item = &GridCell> {
        self.cells.iter().filter(|cell| !cell.text.is_empty())
    }

    /// Whether it is a line of text and no row of a table: one cell says all.
    fn is_line(&self) -> bool {
        let mut said = self.cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty());
        let (Some((at, cell)), None) = (said.next(), said.next()) else { return false };
        // A heading over some columns, with none over the first, is part of a header.
        let is_header = at > 0 && matches!(cell.merge, Merge::First { columns: 2.., .. });
        !is_header
    }

    /// Whether it is one of the lines above a table that say what the figures are counted in.
    fn says_unit(&self) -> bool {
        self.said().any(|cell| is_unit(&cell.text)) && self.said().nth(UNIT_ROW).is_none()
    }
}

/// `单位：万元`, `（金额单位:元）`.
fn is_unit(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '（']).trim_end_matches([')', '）']);
    let Some((_, unit)) = text.rsplit_once([':', '：']) else { return false };
    Unit::named(unit.trim()).is_some_and(|unit| unit.is_money())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Place, SourceId};

    fn row(text: &str) -> Row {
        let place = Place::Text { source: SourceId::from_index(0), span: Span::default() };
        let cell = |text: &str| {
            let (text, columns) = text.split_once('+').unwrap_or((text, "1"));
            let merge = match columns.parse() {
                Ok(1) | Err(_) => Merge::Alone,
                Ok(columns) => Merge::First { rows: 1, columns },
            };
            GridCell { text: text.to_owned(), place: place.clone(), merge }
        };
        Row { cells: text.split('|').map(cell).collect(), span: Span::default() }
    }

    /// `captions: first cells of the rows`, for each table.
    fn shown(rows: &[&str]) -> Vec<String> {
        let tables = tables(rows.iter().map(|text| row(text)), &["表1".to_owned()]);
        let shown = tables.iter().map(|known| {
            let said =
                |row: &Vec<GridCell>| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|");
            let rows: Vec<_> = known.grid.rows.iter().map(said).collect();
            format!("{}: {}", known.grid.captions.join("/"), rows.join(" "))
        });
        shown.collect()
    }

    #[test]
    fn lines_above_a_table_are_its_captions() {
        assert_eq!(
            shown(&["三公经费表", "部门：某局||单位：万元", "项目|预算数|决算数", "合计|3|2"]),
            ["表1/三公经费表/部门：某局/单位：万元: 项目|预算数|决算数 合计|3|2"]
        );
    }

    #[test]
    fn tables_one_below_the_other_are_parted_by_a_blank_row_or_a_unit() {
        let first = ["收入表", "项目|金额", "合计|3", "一、拨款|"];
        let second = ["支出表", "单位：万元|", "项目|金额", "合计|3"];
        let apart = ["表1/收入表: 项目|金额 合计|3", "表1/支出表/单位：万元: 项目|金额 合计|3"];
        let without_heading = [&first[..3], &second].concat();
        assert_eq!(shown(&without_heading), apart);
        assert_eq!(shown(&[&first[..3], &["|"], &second].concat()), apart);
    }

    #[test]
    fn a_row_that_only_has_a_name_stays_in_its_table() {
        let rows = ["项目|金额", "一、收入|", "拨款|3", "|", "合计|3"];
        assert_eq!(shown(&rows), ["表1: 项目|金额 一、收入| 拨款|3 合计|3"]);
    }

    #[test]
    fn notes_and_paragraphs_are_no_rows() {
        assert_eq!(shown(&["项目|金额", "合计|3", "注：本表含上年结转。|"]), ["表1: 项目|金额 合计|3"]);
        assert_eq!(shown(&["2019年支出预算435.78万元。", "", "其中基本支出217.38万元。"]), [""; 0]);
        let paragraph = "本".repeat(CAPTION + 1);
        assert_eq!(shown(&[&paragraph, "项目|金额", "合计|3"]), ["表1: 项目|金额 合计|3"]);
    }

    #[test]
    fn a_heading_over_some_columns_is_no_title() {
        assert_eq!(
            shown(&["|2019年+2|", "项目|预算|决算", "合计|3|2"]),
            ["表1: |2019年| 项目|预算|决算 合计|3|2"]
        );
    }

    #[test]
    fn a_unit_is_told_from_a_part() {
        assert!(is_unit("单位：万元") && is_unit("（金额单位: 元）"));
        assert!(!is_unit("其中：办公费") && !is_unit("万元") && !is_unit("单位：辆"));
    }
}
