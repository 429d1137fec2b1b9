//! CSV, as rows of cells.
//!
//! In: text in the form of RFC 4180, parted by commas, tabs or semicolons. Out: its rows, each cell with the bytes of
//! what it says, inside the quotes. A quote that nothing closes would take the rest of the file for one cell: that is an
//! error, and the only one.

use std::sync::Arc;

use super::rows::Row;
use super::table::grid::{GridCell, Merge};
use crate::document::{DocumentError, DocumentErrorKind};
use crate::limits;
use crate::source::{Place, Source, SourceId, Span};

/// What may part cells. The first counts where none is there.
const SEPARATORS: [char; 3] = [',', '\t', ';'];

/// The rows of a text.
pub(super) fn rows(source: &Arc<Source>) -> Result<Vec<Row>, DocumentError> {
    let text = source.text();
    let start = text.len().saturating_sub(text.trim_start_matches('\u{feff}').len());
    let mut cursor = Cursor { text, at: start, separator: separator(text) };
    let (mut rows, mut cells) = (Vec::new(), 0_usize);
    while cursor.at < text.len() {
        let mut row = Row { cells: Vec::new(), span: Span::new(cursor.at, cursor.at) };
        loop {
            let cell = cursor.cell().map_err(|quote| {
                DocumentError::at(
                    source,
                    DocumentErrorKind::UnclosedQuote,
                    Span::new(quote, quote.saturating_add(1)),
                )
            })?;
            row.span = row.span.to(Span::new(cursor.at, cursor.at));
            row.cells.push(cell);
            cells = cells.saturating_add(1);
            if cells > limits::TABLE_CELLS {
                return Err(DocumentError::new(source.name(), DocumentErrorKind::TooManyCells, None));
            }
            if !cursor.skip(cursor.separator) {
                break;
            }
        }
        // CRLF, LF and a lone CR each end a row.
        if !cursor.skip('\r') || cursor.rest().starts_with('\n') {
            cursor.skip('\n');
        }
        rows.push(row);
    }
    Ok(rows)
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
    separator: char,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip(&mut self, c: char) -> bool {
        let is_there = self.rest().starts_with(c);
        self.at = self.at.saturating_add(if is_there { c.len_utf8() } else { 0 });
        is_there
    }

    /// The next cell; where a quote is never closed, its byte.
    fn cell(&mut self) -> Result<GridCell, usize> {
        let start = self.at;
        let blanks = self.rest().len().saturating_sub(self.rest().trim_start_matches(' ').len());
        self.at = self.at.saturating_add(blanks);
        let quote = self.at;
        if self.skip('"') {
            let from = self.at;
            let mut said = String::new();
            loop {
                let (before, _) = self.rest().split_once('"').ok_or(quote)?;
                said.push_str(before);
                let to = self.at.saturating_add(before.len());
                self.at = to.saturating_add(1);
                if !self.skip('"') {
                    // What follows the closing quote is no part of the form; it is kept where it says something.
                    let after = self.bare();
                    said.push_str(after);
                    let span =
                        if after.trim().is_empty() { Span::new(from, to) } else { Span::new(from, self.at) };
                    return Ok(self.made(&said, span));
                }
                said.push('"');
            }
        }
        let said = self.bare();
        Ok(self.made(said, Span::new(start, self.at)))
    }

    /// Up to the next separator or line end.
    fn bare(&mut self) -> &'t str {
        let separator = self.separator;
        let (rest, start) = (self.rest(), self.at);
        let length = rest.find([separator, '\r', '\n']).unwrap_or(rest.len());
        self.at = start.saturating_add(length);
        self.text.get(start..self.at).unwrap_or("")
    }

    fn made(&self, said: &str, span: Span) -> GridCell {
        let text = said.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty());
        let text = text.collect::<Vec<_>>().join(" ");
        let printed = self.text.get(span.start()..span.end()).unwrap_or("");
        let from = span.start().saturating_add(printed.len().saturating_sub(printed.trim_start().len()));
        let span = Span::new(from, from.saturating_add(printed.trim().len()));
        let place = Place::Text { source: SourceId::from_index(0), span };
        GridCell { text, place, merge: Merge::Alone }
    }
}

/// The one that stands most often outside quotes.
fn separator(text: &str) -> char {
    let mut counts = SEPARATORS.map(|separator| (separator, 0_usize));
    let mut is_quoted = false;
    for c in text.chars() {
        if c == '"' {
            is_quoted = !is_quoted;
        } else if !is_quoted && let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == c) {
            *count = count.saturating_add(1);
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    counts.iter().find(|(_, count)| Some(*count) == most).map_or(',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Vec<(String, String)>>, DocumentError> {
        let source = Arc::new(Source::new("a.csv", text));
        let cells = |row: Row| {
            let cells = row.cells.into_iter().map(|cell| {
                let (_, span) = cell.place.in_text();
                (cell.text, source.slice(span).to_owned())
            });
            cells.collect()
        };
        Ok(rows(&source)?.into_iter().map(cells).collect())
    }

    fn said(text: &str) -> Vec<Vec<String>> {
        let rows = read(text).unwrap();
        rows.into_iter().map(|row| row.into_iter().map(|(text, _)| text).collect()).collect()
    }

    #[test]
    fn rows_end_as_lines_do() {
        assert_eq!(said("a,b\r\nc,d\re\n"), [vec!["a", "b"], vec!["c", "d"], vec!["e"]]);
        assert_eq!(said("a\r\n\r\nb"), [["a"], [""], ["b"]]);
        assert_eq!(said("").len(), 0);
    }

    #[test]
    fn a_place_is_what_stands_inside_the_quotes() {
        let rows = read("\u{feff}合计, \"1,234.5\" ,\"他说\"\"好\"\"\" x\r\n").unwrap();
        let shown: Vec<_> = rows[0].iter().map(|(text, printed)| (text.as_str(), printed.as_str())).collect();
        assert_eq!(shown, [("合计", "合计"), ("1,234.5", "1,234.5"), ("他说\"好\" x", "他说\"\"好\"\"\" x")]);
    }

    #[test]
    fn a_cell_may_hold_line_ends() {
        assert_eq!(said("\"2019年\r\n 预算数\",b\nc"), [vec!["2019年 预算数", "b"], vec!["c"]]);
    }

    #[test]
    fn tabs_and_semicolons_part_cells_too() {
        assert_eq!(said("项目\t1,234\n合计\t5"), [["项目", "1,234"], ["合计", "5"]]);
        assert_eq!(said("a;\",,,\";c"), [["a", ",,,", "c"]]);
        assert_eq!(said(",,"), [["", "", ""]]);
    }

    #[test]
    fn a_quote_that_nothing_closes_is_told() {
        let error = read("a,b\nc, \"d\n").unwrap_err();
        assert_eq!(*error.kind(), DocumentErrorKind::UnclosedQuote);
        let (source, span) = error.place().unwrap();
        assert_eq!((source.line_column(span.start()).line, source.slice(span)), (2, "\""));
    }

    #[test]
    fn a_file_has_so_many_cells() {
        let cells = |count: usize| {
            let source = Arc::new(Source::new("a.csv", ",".repeat(count - 1)));
            rows(&source)
                .map(|rows| rows.iter().map(|row| row.cells.len()).sum::<usize>())
                .map_err(|error| error.kind().clone())
        };
        assert_eq!(cells(limits::TABLE_CELLS), Ok(limits::TABLE_CELLS));
        assert_eq!(cells(limits::TABLE_CELLS + 1), Err(DocumentErrorKind::TooManyCells));
    }
}
