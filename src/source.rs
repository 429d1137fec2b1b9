//! Where things stand: a text with its name, and places in it.
//!
//! In: the bytes of a rule file or a document. Out: [`Source`] (checked UTF-8 with one line index) and [`Span`]s that
//! always slice to whole characters. This module never interprets what the text says.

mod encoding;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

pub use encoding::Encoding;

/// A half-open range of bytes in one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The range from `start` to `end`; a range written backwards is empty at `start`.
    ///
    /// Sources are bounded far below 4 GiB (see [`crate::limits`]), so an offset past `u32` cannot come from one;
    /// it saturates.
    pub fn new(start: usize, end: usize) -> Span {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: narrow(start), end: narrow(end.max(start)) }
    }

    /// The same of offsets that are known to be small.
    pub(crate) fn of(start: u32, end: u32) -> Span {
        Span { start, end: end.max(start) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        usize::try_from(self.start).unwrap_or(usize::MAX)
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        usize::try_from(self.end).unwrap_or(usize::MAX)
    }

    /// From the start of the earlier to the end of the later.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Which of its owner's sources a span points into.
///
/// Only meaningful beside the [`Document`](crate::Document) or [`RuleSet`](crate::RuleSet) it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u32);

impl SourceId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    pub(crate) fn from_index(index: usize) -> SourceId {
        SourceId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// Where a figure stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// In a text: prose, or the text of a JSON file.
    Text {
        /// Which source of the document.
        source: SourceId,
        /// The bytes of the figure, with its unit, as printed.
        span: Span,
    },
    /// In a Rust value, which has no bytes but a way to each figure.
    Path {
        /// The way: `expenditure.total.delta`, `function_expenditure[3].total`; positions count from zero.
        path: Arc<str>,
        /// The listing of the value's figures, one a line, that stands for a text.
        source: SourceId,
        /// The bytes of the figure in the listing. They mean nothing elsewhere.
        span: Span,
    },
    /// In a sheet, which has no bytes of its own but a name for each cell.
    Cell {
        /// The name of the sheet.
        sheet: Arc<str>,
        /// Which of its cells.
        cell: CellName,
        /// The listing of the file's rows, one a line, that stands for a text; it goes by the file's name.
        source: SourceId,
        /// The bytes of the figure in the listing. They mean nothing elsewhere.
        span: Span,
    },
}

/// A cell of a sheet, by row and column.
///
/// ```
/// use gouji::CellName;
/// assert_eq!(CellName::new(12, 2).to_string(), "B12");
/// assert_eq!("AA7".parse(), Ok(CellName::new(7, 27)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellName {
    row: u32,
    column: u32,
}

impl CellName {
    /// The cell of a row and a column, both counted from one.
    pub fn new(row: u32, column: u32) -> CellName {
        CellName { row: row.max(1), column: column.max(1) }
    }

    /// Its row, from one.
    pub fn row(self) -> u32 {
        self.row
    }

    /// Its column, from one: B is 2.
    pub fn column(self) -> u32 {
        self.column
    }
}

/// `B12`.
impl fmt::Display for CellName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // There is no letter for zero: AA follows Z.
        let (mut letters, mut rest) = (Vec::new(), self.column);
        while let Some(below) = rest.checked_sub(1) {
            letters.push(char::from_u32(below % 26 + u32::from('A')).unwrap_or('?'));
            rest = below / 26;
        }
        letters.iter().rev().try_for_each(|letter| write!(f, "{letter}"))?;
        write!(f, "{}", self.row)
    }
}

/// Not the name of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a cell, such as B12")]
pub struct NotACellName;

impl FromStr for CellName {
    type Err = NotACellName;

    fn from_str(name: &str) -> Result<CellName, NotACellName> {
        let digits = name.find(|c: char| !c.is_ascii_uppercase()).ok_or(NotACellName)?;
        let (letters, digits) = name.split_at_checked(digits).ok_or(NotACellName)?;
        let mut column: u32 = 0;
        for letter in letters.bytes() {
            let place = u32::from(letter.saturating_sub(b'A').saturating_add(1));
            column =
                column.checked_mul(26).and_then(|column| column.checked_add(place)).ok_or(NotACellName)?;
        }
        if column == 0 || digits.starts_with(['0', '+']) {
            return Err(NotACellName);
        }
        Ok(CellName { row: digits.parse().map_err(|_| NotACellName)?, column })
    }
}

impl Place {
    /// The source that shows it, and where.
    pub(crate) fn in_text(&self) -> (SourceId, Span) {
        match self {
            Place::Text { source, span }
            | Place::Path { source, span, .. }
            | Place::Cell { source, span, .. } => (*source, *span),
        }
    }

    /// The same place where its source goes by another number.
    pub(crate) fn in_source(&self, source: SourceId) -> Place {
        let mut place = self.clone();
        match &mut place {
            Place::Text { source: own, .. }
            | Place::Path { source: own, .. }
            | Place::Cell { source: own, .. } => *own = source,
        }
        place
    }

    fn way(&self) -> Option<Way> {
        match self {
            Place::Text { .. } => None,
            Place::Path { path, .. } => Some(Way::Path(Arc::clone(path))),
            Place::Cell { sheet, cell, .. } => Some(Way::Cell(Arc::clone(sheet), *cell)),
        }
    }
}

/// How a place is named where its bytes are only those of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    Path(Arc<str>),
    Cell(Arc<str>, CellName),
}

/// `expenditure.total`, `表1!B12`.
impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Way::Path(path) => write!(f, "{path}"),
            Way::Cell(sheet, cell) => write!(f, "{sheet}!{cell}"),
        }
    }
}

/// A place together with the text it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    source: Arc<Source>,
    span: Span,
    /// Boxed: errors of rule files carry locations, and have none.
    way: Option<Box<Way>>,
}

impl Location {
    /// A span of a source.
    pub fn new(source: Arc<Source>, span: Span) -> Location {
        Location { source, span, way: None }
    }

    /// A place, in the source that it says.
    pub(crate) fn of(place: &Place, source: Arc<Source>) -> Location {
        let (_, span) = place.in_text();
        Location { source, span, way: place.way().map(Box::new) }
    }

    /// The way to it in a Rust value. The source is then a listing made of the value, and the bytes are the listing's.
    pub fn path(&self) -> Option<&str> {
        match self.way.as_deref() {
            Some(Way::Path(path)) => Some(path),
            _ => None,
        }
    }

    /// The sheet and its cell. The source is then a listing of the file's rows, and the bytes are the listing's.
    pub fn cell(&self) -> Option<(&str, CellName)> {
        match self.way.as_deref() {
            Some(Way::Cell(sheet, cell)) => Some((sheet, *cell)),
            _ => None,
        }
    }

    /// What stands for line and column where the bytes are a listing's.
    pub(crate) fn way(&self) -> Option<String> {
        self.way.as_deref().map(Way::to_string)
    }

    /// The text.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The bytes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Where it starts.
    pub fn line_column(&self) -> LineColumn {
        self.source.line_column(self.span.start())
    }

    /// The characters, exactly as printed.
    pub fn text(&self) -> &str {
        self.source.slice(self.span)
    }
}

/// `a.rules:3:9`; `budget:expenditure.total` in a Rust value, `a.xlsx:表1!B12` in a sheet.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (LineColumn { line, column }, name) = (self.line_column(), self.source.name());
        match &self.way {
            Some(way) => write!(f, "{name}:{way}"),
            None => write!(f, "{name}:{line}:{column}"),
        }
    }
}

/// A line and a column, both counted from one; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct LineColumn {
    /// Line, from one. LF, CRLF and a lone CR each end a line.
    pub line: usize,
    /// Column in characters, from one.
    pub column: usize,
}

/// A named text with an index of its lines.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    encoding: Encoding,
    line_starts: Vec<u32>,
    /// How many characters start before each multiple of [`STRIDE`] bytes: a document may be one long line.
    characters: Vec<u32>,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 1_024;

/// A file that is not text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} is not UTF-8: byte {offset} (line {line}) belongs to no character")]
pub struct NotText {
    name: String,
    offset: usize,
    line: usize,
}

impl NotText {
    /// The first byte that is not UTF-8.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The line it stands on, from one.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl Source {
    /// A source of text already known to be UTF-8.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        let text = text.into();
        let (line_starts, characters) = (line_starts(&text), characters(&text));
        Source { name: name.into(), text, encoding: Encoding::Utf8, line_starts, characters }
    }

    /// A source from a file's bytes.
    ///
    /// # Errors
    /// [`NotText`] names the first byte that is not UTF-8. Nothing is replaced.
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Source, NotText> {
        let name = name.into();
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(name, text)),
            Err(error) => {
                let offset = error.valid_up_to();
                let before =
                    bytes.get(..offset).and_then(|good| std::str::from_utf8(good).ok()).unwrap_or("");
                Err(NotText { name, offset, line: line_starts(before).len() })
            }
        }
    }

    /// A source from the bytes of a document: in UTF-8, else in GB18030 where the feature `encoding` is on and every byte
    /// decodes. [`Source::encoding`] tells which.
    ///
    /// # Errors
    /// [`NotText`] names the first byte that is not UTF-8. Nothing is replaced.
    pub fn from_document_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Source, NotText> {
        let name = name.into();
        Source::from_bytes(name.clone(), bytes).or_else(|error| {
            let text = encoding::gb18030(bytes).ok_or(error)?;
            Ok(Source { encoding: Encoding::Gb18030, ..Source::new(name, text) })
        })
    }

    /// What the bytes of its file are. Spans count bytes of [`Source::text`], which is UTF-8 whatever the file was.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What the source is called: a path, as the user gave it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span, moved outwards to whole characters and cut to the source.
    pub fn slice(&self, span: Span) -> &str {
        let (start, end) = (self.floor(span.start()), self.ceil(span.end()));
        self.text.get(start..end).unwrap_or("")
    }

    /// The same source with other characters in place of a span.
    #[cfg(feature = "testing")]
    pub(crate) fn with(&self, span: Span, characters: &str) -> Source {
        let head = self.text.get(..self.floor(span.start())).unwrap_or("");
        let tail = self.text.get(self.ceil(span.end())..).unwrap_or("");
        Source { encoding: self.encoding, ..Source::new(&*self.name, [head, characters, tail].concat()) }
    }

    /// Line and column of a byte offset, in a time that depends neither on the source nor on the line.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = self.floor(offset);
        let line =
            self.line_starts.partition_point(|start| Span { start: *start, end: *start }.start() <= offset);
        let start = self.line_start(line);
        let column = self.characters_before(offset).saturating_sub(self.characters_before(start));
        LineColumn { line: line.max(1), column: column.saturating_add(1) }
    }

    /// The bytes of a line (from one), without its line end.
    pub fn line_span(&self, line: usize) -> Span {
        let start = self.line_start(line);
        let next = self
            .line_starts
            .get(line)
            .map_or(self.text.len(), |next| Span { start: *next, end: *next }.start());
        let text = self.text.get(start..next).unwrap_or("");
        Span::new(start, start.saturating_add(text.trim_end_matches(['\r', '\n']).len()))
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.line_starts.len()
    }

    fn line_start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.line_starts
            .get(index)
            .map_or(self.text.len(), |start| Span { start: *start, end: *start }.start())
    }

    fn characters_before(&self, offset: usize) -> usize {
        let stride = offset.checked_div(STRIDE).unwrap_or(0);
        let counted =
            self.characters.get(stride).map_or(0, |count| Span { start: *count, end: *count }.start());
        let rest = self.text.as_bytes().get(stride.saturating_mul(STRIDE)..offset).unwrap_or(&[]);
        counted.saturating_add(rest.iter().filter(|byte| starts_character(**byte)).count())
    }

    fn floor(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        (0..=offset).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
    }

    fn ceil(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        (offset..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.name, self.text.len())
    }
}

fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at.saturating_add(1)) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.filter_map(|(at, _)| u32::try_from(at.saturating_add(1)).ok())).collect()
}

fn characters(text: &str) -> Vec<u32> {
    let mut total: u32 = 0;
    let mut counts = vec![0];
    for stride in text.as_bytes().chunks(STRIDE) {
        let here = stride.iter().filter(|byte| starts_character(**byte)).count();
        total = total.saturating_add(u32::try_from(here).unwrap_or(u32::MAX));
        counts.push(total);
    }
    counts
}

/// Whether a byte of UTF-8 is the first of its character.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_counts_once() {
        let source = Source::new("a", "一\r\n二\r三\n四");
        assert_eq!(source.lines(), 4);
        let shown: Vec<_> = (1..=4).map(|line| source.slice(source.line_span(line))).collect();
        assert_eq!(shown, ["一", "二", "三", "四"]);
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = Source::new("a", "第一行\n固定资产155.17万元");
        let at = source.text().find("155").unwrap();
        assert_eq!(source.line_column(at), LineColumn { line: 2, column: 5 });
    }

    #[test]
    fn columns_far_into_a_line_are_counted_the_same() {
        let source = Source::new("a", format!("头\n{}", "固定a资产".repeat(2_000)));
        for (at, column) in
            source.text().char_indices().skip(2).zip(1..).map(|((at, _), column)| (at, column))
        {
            assert_eq!(source.line_column(at), LineColumn { line: 2, column });
        }
    }

    #[test]
    fn a_span_inside_a_character_is_moved_outwards() {
        let source = Source::new("a", "固定");
        assert_eq!(source.slice(Span::new(1, 2)), "固");
        assert_eq!(source.slice(Span::new(4, 99)), "定");
        assert_eq!(source.slice(Span::new(99, 3)), "");
    }

    #[cfg(feature = "encoding")]
    #[test]
    fn bytes_in_gb18030_are_read_where_all_of_them_decode() {
        let of = |bytes: &[u8]| Source::from_document_bytes("a.txt", bytes);
        let source = of(b"\xb9\xcc\xb6\xa8\xd7\xca\xb2\xfa\n155.17\xcd\xf2\xd4\xaa").unwrap();
        assert_eq!((source.text(), source.encoding()), ("固定资产\n155.17万元", Encoding::Gb18030));
        let unit = source.text().find('万').unwrap();
        assert_eq!(source.line_column(unit), LineColumn { line: 2, column: 7 });
        assert_eq!(of("固定资产".as_bytes()).unwrap().encoding(), Encoding::Utf8);
        // A character of four bytes, and one cut off.
        assert_eq!(of(b"\xb9\xcc\x95\x32\x82\x36").unwrap().text(), "固\u{20000}");
        assert_eq!(of(b"\xb9\xcc\n\xb6").unwrap_err().offset(), 0);
        assert_eq!(of(b"\xb9\xcc\0\xb6\xa8").unwrap_err().offset(), 0);
    }

    #[cfg(feature = "encoding")]
    #[test]
    fn broken_utf8_is_not_taken_for_gb18030() {
        let mut bytes = "固定资产报废".as_bytes().to_vec();
        for at in 4..bytes.len() {
            let read = Source::from_document_bytes("a.txt", bytes.get(..at).unwrap());
            assert_eq!(read.is_ok(), at % 3 == 0, "cut at {at}");
            assert!(read.is_ok_and(|source| source.encoding() == Encoding::Utf8) || at % 3 > 0);
        }
        *bytes.get_mut(7).unwrap() = b'a';
        assert!(Source::from_document_bytes("a.txt", &bytes).is_err());
    }

    #[test]
    fn cells_go_by_letters_and_digits() {
        for (row, column, name) in
            [(1, 1, "A1"), (12, 2, "B12"), (3, 26, "Z3"), (7, 27, "AA7"), (1_048_576, 16_384, "XFD1048576")]
        {
            assert_eq!(CellName::new(row, column).to_string(), name);
            assert_eq!(name.parse(), Ok(CellName::new(row, column)));
        }
        for name in ["", "B", "12", "B0", "B+1", "b12", "B12x", "BBBBBBBBBBBB1", "B99999999999"] {
            assert_eq!(name.parse::<CellName>(), Err(NotACellName), "{name}");
        }
    }

    #[test]
    fn a_byte_that_is_no_character_is_named() {
        let error = Source::from_bytes("a.txt", b"ok\n\xff").unwrap_err();
        assert_eq!((error.offset(), error.line()), (3, 2));
    }
}
