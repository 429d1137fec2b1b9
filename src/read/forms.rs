//! The forms a document is published in, each made a text with tables.
//!
//! In: the name and the bytes of a file. Out: a [`Document`]. Which form it is shows in what it contains; its name
//! decides only where nothing else does.

use std::sync::Arc;

use super::laid::Laid;
#[cfg(feature = "html")]
use super::page;
#[cfg(feature = "sheet")]
use super::sheet;
use super::{Reader, csv, rows};
#[cfg(any(doc, not(all(feature = "sheet", feature = "html"))))]
use crate::document::DocumentErrorKind;
use crate::document::{Document, DocumentError};
use crate::source::{Place, SourceId};

impl Reader {
    /// Reads CSV, in UTF-8: cells parted by commas, tabs or semicolons, quoted as RFC 4180 has it. Titles and notes may stand
    /// above and below the tables. Places are bytes of the file.
    ///
    /// # Errors
    /// As [`Reader::text`], and [`DocumentErrorKind::UnclosedQuote`] and [`DocumentErrorKind::TooManyCells`].
    pub fn csv(&self, name: impl Into<String>, bytes: &[u8]) -> Result<Document, DocumentError> {
        let source = Arc::new(DocumentError::text(&name.into(), bytes)?);
        let tables = rows::tables(csv::rows(&source)?, &[]);
        let laid = Laid { source: Arc::clone(&source), tables, silent: Vec::new() };
        self.laid(laid, source, |span| Place::Text { source: SourceId::from_index(0), span })
    }

    /// Reads a workbook, XLSX or XLS, whichever it is. A cell says what its format prints, and its place is
    /// [`Place::Cell`]. Hidden sheets are left out; hidden rows and columns are not.
    ///
    /// # Errors
    /// [`DocumentErrorKind::NotASheet`] for a file that is none or is damaged, [`DocumentErrorKind::Encrypted`], and an
    /// error for each limit: [`DocumentErrorKind::SheetTooLong`], [`DocumentErrorKind::InflatedTooLong`],
    /// [`DocumentErrorKind::TooManyCells`], [`DocumentErrorKind::TooLong`], [`DocumentErrorKind::TooManyStatements`].
    #[cfg(feature = "sheet")]
    pub fn sheet(&self, name: impl Into<String>, bytes: &[u8]) -> Result<Document, DocumentError> {
        let name = name.into();
        let listing = sheet::listing(&name, bytes).map_err(|kind| DocumentError::new(&name, kind, None))?;
        let source = Arc::clone(&listing.laid.source);
        self.laid(listing.laid.clone(), source, |span| listing.place(span))
    }

    /// Reads a page: the text that it shows, and its `<table>`s. Places are bytes of the page; a figure that is parted by
    /// tags is printed with them.
    ///
    /// # Errors
    /// As [`Reader::text`], and [`DocumentErrorKind::PageTooDeep`] and [`DocumentErrorKind::TooManyCells`].
    #[cfg(feature = "html")]
    pub fn page(&self, name: impl Into<String>, bytes: &[u8]) -> Result<Document, DocumentError> {
        let source = Arc::new(DocumentError::text(&name.into(), bytes)?);
        let page = page::page(&source).map_err(|kind| DocumentError::new(source.name(), kind, None))?;
        let laid = page.laid.clone();
        let id = SourceId::from_index(0);
        self.laid(laid, source, |span| Place::Text { source: id, span: page.place(span) })
    }

    /// Reads a file of any of these forms. What it is shows in its bytes (a workbook, a page), else in the ending of its
    /// name (`.csv`, `.html`, `.htm`); what shows in neither is text. JSON is read by
    /// [`Document::from_json_bytes`](Document), not here.
    ///
    /// # Errors
    /// Those of the form; [`DocumentErrorKind::FeatureOff`] where this build does not read it.
    pub fn read(&self, name: impl Into<String>, bytes: &[u8]) -> Result<Document, DocumentError> {
        let name = name.into();
        match Form::of(&name, bytes) {
            Form::Text => self.text(name, bytes),
            Form::Csv => self.csv(name, bytes),
            #[cfg(feature = "sheet")]
            Form::Sheet => self.sheet(name, bytes),
            #[cfg(not(feature = "sheet"))]
            Form::Sheet => Err(DocumentError::new(&name, DocumentErrorKind::FeatureOff("sheet"), None)),
            #[cfg(feature = "html")]
            Form::Page => self.page(name, bytes),
            #[cfg(not(feature = "html"))]
            Form::Page => Err(DocumentError::new(&name, DocumentErrorKind::FeatureOff("html"), None)),
        }
    }
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Csv,
    Sheet,
    Page,
}

/// How a zip file starts, and what office programs kept their files in before.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];
/// How a page starts, in any case.
const PAGES: [&str; 2] = ["<!doctype html", "<html"];

impl Form {
    /// Pages are published under the names of workbooks, and workbooks of one kind under that of the other.
    fn of(name: &str, bytes: &[u8]) -> Form {
        if WORKBOOKS.iter().any(|start| bytes.starts_with(start)) {
            return Form::Sheet;
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        let starts = |page: &str| {
            bytes.get(..page.len()).is_some_and(|start| start.eq_ignore_ascii_case(page.as_bytes()))
        };
        if PAGES.iter().any(|page| starts(page)) {
            return Form::Page;
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending.to_ascii_lowercase().as_str() {
            "csv" | "tsv" => Form::Csv,
            "html" | "htm" | "shtml" => Form::Page,
            // Neither zip nor a compound file: the reader of workbooks says what is wrong with it.
            "xlsx" | "xls" => Form::Sheet,
            _ => Form::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_shows_in_its_bytes_first() {
        assert_eq!(Form::of("a.txt", b"PK\x03\x04"), Form::Sheet);
        assert_eq!(Form::of("a.csv", WORKBOOKS[1]), Form::Sheet);
        assert_eq!(Form::of("a.xls", b"\xef\xbb\xbf\n <!DOCTYPE HTML>"), Form::Page);
        assert_eq!(Form::of("a.HTM", b"<p>"), Form::Page);
        assert_eq!(Form::of("a.CSV", b"<p>"), Form::Csv);
        assert_eq!(Form::of("a.xlsx", b""), Form::Sheet);
        assert_eq!(Form::of("csv", b"a,b"), Form::Text);
    }

    #[cfg(not(all(feature = "sheet", feature = "html")))]
    #[test]
    fn a_form_that_is_not_read_says_what_would_read_it() {
        let reader = Reader::of(&crate::ruleset::vocabulary::Vocabulary::default());
        let kind = |name: &str| reader.read(name, b"").map_err(|error| error.kind().clone()).err();
        let off = |feature, is_on: bool| (!is_on).then_some(DocumentErrorKind::FeatureOff(feature));
        assert_eq!(kind("a.html"), off("html", cfg!(feature = "html")));
        if !cfg!(feature = "sheet") {
            assert_eq!(kind("a.xls"), off("sheet", false));
        }
    }
}
