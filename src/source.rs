//! Where things stand: a text with its name, and places in it.
//!
//! In: the bytes of a rule file or a document. Out: [`Source`] (checked UTF-8 with one line index) and [`Span`]s that
//! always slice to whole characters. This module never interprets what the text says.

use std::fmt;
use std::sync::Arc;

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
}

impl Place {
    /// The source that shows it, and where.
    pub(crate) fn in_text(&self) -> (SourceId, Span) {
        match self {
            Place::Text { source, span } | Place::Path { source, span, .. } => (*source, *span),
        }
    }

    /// The same place where its source goes by another number.
    pub(crate) fn in_source(&self, source: SourceId) -> Place {
        let mut place = self.clone();
        match &mut place {
            Place::Text { source: own, .. } | Place::Path { source: own, .. } => *own = source,
        }
        place
    }

    pub(crate) fn path(&self) -> Option<&Arc<str>> {
        match self {
            Place::Text { .. } => None,
            Place::Path { path, .. } => Some(path),
        }
    }
}

/// A place together with the text it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    source: Arc<Source>,
    span: Span,
    path: Option<Arc<str>>,
}

impl Location {
    /// A span of a source.
    pub fn new(source: Arc<Source>, span: Span) -> Location {
        Location { source, span, path: None }
    }

    /// The same in a listing of a value that the path leads through.
    pub(crate) fn on_path(self, path: Option<&Arc<str>>) -> Location {
        Location { path: path.cloned(), ..self }
    }

    /// The way to it in a Rust value. The source is then a listing made of the value, and the bytes are the listing's.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
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

/// `a.rules:3:9`, or `budget:expenditure.total` in a Rust value.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (LineColumn { line, column }, name) = (self.line_column(), self.source.name());
        match &self.path {
            Some(path) => write!(f, "{name}:{path}"),
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
        Source { name: name.into(), text, line_starts, characters }
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

    #[test]
    fn a_byte_that_is_no_character_is_named() {
        let error = Source::from_bytes("a.txt", b"ok\n\xff").unwrap_err();
        assert_eq!((error.offset(), error.line()), (3, 2));
    }
}
