//! Lines: their indentation, their width, and the comments at their ends and between them.

use super::comments::{Comment, Comments};
use crate::source::Span;

/// Columns of one level of indentation.
pub(super) const STEP: usize = 4;

/// The text printed so far, and the comments still to be.
pub(super) struct Printer<'s> {
    pub(super) comments: Comments<'s>,
    out: String,
    /// Columns on the line that is being printed.
    column: usize,
    /// Where in the source the last thing printed ends; none at the start of a block, where no blank line goes.
    last: Option<usize>,
    /// Places in `out` of comments that are to be aligned, each with its column.
    aligned: Option<Vec<(usize, usize)>>,
}

impl<'s> Printer<'s> {
    pub(super) fn new(comments: Comments<'s>) -> Printer<'s> {
        Printer { comments, out: String::new(), column: 0, last: None, aligned: None }
    }

    /// What was printed, with the comments that stand last.
    pub(super) fn finish(mut self) -> String {
        self.comments_before(usize::MAX, 0);
        self.out
    }

    pub(super) fn column(&self) -> usize {
        self.column
    }

    /// Adds text without a line end.
    pub(super) fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.column = self.column.saturating_add(width(text));
    }

    /// Adds text as it is, whatever its lines.
    pub(super) fn push_lines(&mut self, text: &str) {
        self.out.push_str(text);
        self.column = text.rsplit('\n').next().map_or(0, width);
    }

    pub(super) fn pad_to(&mut self, column: usize) {
        let blanks = column.saturating_sub(self.column);
        self.push(&" ".repeat(blanks));
    }

    /// Indents a new line.
    pub(super) fn start_line(&mut self, indent: usize) {
        self.column = 0;
        self.pad_to(indent);
    }

    /// Goes on on a new line.
    pub(super) fn break_line(&mut self, indent: usize) {
        self.out.push('\n');
        self.start_line(indent);
    }

    /// Whether text fits on the line, with some columns behind it.
    pub(super) fn fits(&self, text: &str, behind: usize) -> bool {
        self.column.saturating_add(width(text)).saturating_add(behind) <= super::WIDTH
    }

    /// The comments before a part, its doc comments among them.
    pub(super) fn lead(&mut self, part: Span, docs: &[String], indent: usize) {
        let mut docs = docs.iter();
        while let Some(comment) = self.comments.take_before(part.start()) {
            self.blank_line(comment.span.start());
            if comment.is_doc {
                docs.next().into_iter().for_each(|doc| self.doc(doc, indent));
            } else {
                self.line(comment.text, indent);
            }
            self.last = Some(comment.span.end());
        }
        // A tree that comes from no text has its doc comments in no other place.
        docs.for_each(|doc| self.doc(doc, indent));
        self.blank_line(part.start());
    }

    /// The comments before a place that starts no part, on lines of their own.
    pub(super) fn comments_before(&mut self, end: usize, indent: usize) {
        while let Some(comment) = self.comments.take_before(end) {
            self.blank_line(comment.span.start());
            self.line(comment.text, indent);
            self.last = Some(comment.span.end());
        }
    }

    /// Comments that stand inside a part and go above it.
    pub(super) fn hoist(&mut self, end: usize, indent: usize) {
        while let Some(comment) = self.comments.take_before(end) {
            self.line(comment.text, indent);
        }
    }

    /// Prints a part with its comments where they are, or above it where the part cannot hold them all.
    pub(super) fn keep_or_hoist(&mut self, end: usize, indent: usize, print: impl Fn(&mut Printer<'s>)) {
        let (mark, length) = (self.comments.mark(), self.out.len());
        self.start_line(indent);
        print(self);
        if self.comments.any_before(end) {
            self.out.truncate(length);
            self.comments.go_back(mark);
            self.hoist(end, indent);
            self.start_line(indent);
            print(self);
        }
    }

    /// Comments that stand between two pieces of a part. The next piece goes on a new line if there are any; whether it
    /// does.
    pub(super) fn break_for_comments(&mut self, before: usize, indent: usize) -> Broken {
        let mut broken = Broken::No;
        while let Some(comment) = self.comments.take_before(before) {
            if comment.starts_line || broken == Broken::Yes {
                self.break_line(indent);
                self.push(comment.text);
            } else {
                self.behind_line(comment);
            }
            broken = Broken::Yes;
        }
        if broken == Broken::Yes {
            self.break_line(indent);
        }
        broken
    }

    /// Ends a line with the comment that stands behind a place on its line, if there is one.
    pub(super) fn end_line(&mut self, end: usize) {
        self.last = Some(end);
        if let Some(comment) = self.comments.take_at_line_end(end) {
            self.last = Some(comment.span.end());
            let place = (self.out.len(), self.column);
            self.behind_line(comment);
            self.aligned.iter_mut().for_each(|aligned| aligned.push(place));
        }
        self.out.push('\n');
    }

    /// What comes next is the first of its block.
    pub(super) fn open_block(&mut self) {
        self.last = None;
    }

    /// From here on the comments behind lines are to stand in one column.
    pub(super) fn start_aligned(&mut self) {
        self.aligned = Some(Vec::new());
    }

    pub(super) fn finish_aligned(&mut self) {
        let places = self.aligned.take().unwrap_or_default();
        let widest = places.iter().map(|(_, column)| *column).max().unwrap_or(0);
        // From the last on, each is cut off and kept: to put blanks in where they go would move all the rest each time.
        let mut tails = Vec::new();
        for (at, column) in places.into_iter().rev() {
            tails.push(self.out.split_off(at));
            tails.push(" ".repeat(widest.saturating_sub(column)));
        }
        self.out.extend(tails.into_iter().rev());
    }

    fn behind_line(&mut self, comment: Comment<'_>) {
        self.push("  ");
        self.push(comment.text);
    }

    fn doc(&mut self, doc: &str, indent: usize) {
        if doc.is_empty() {
            self.line("///", indent);
        } else {
            self.line(&format!("/// {doc}"), indent);
        }
    }

    fn line(&mut self, text: &str, indent: usize) {
        self.start_line(indent);
        self.push(text);
        self.out.push('\n');
    }

    /// A blank line, where one stood before what starts at a place.
    fn blank_line(&mut self, start: usize) {
        if self.last.is_some_and(|last| self.comments.blank_line_between(last, start)) {
            self.out.push('\n');
            // One is enough before what is put above a part from within it.
            self.last = Some(start);
        }
    }
}

/// Whether a line was broken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    Yes,
    No,
}

/// Columns of a text in a terminal or an editor.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).fold(0, usize::saturating_add)
}

/// Two for the scripts and punctuation of East Asia, none for what combines with the character before, one for the rest.
///
/// The ranges are the blocks that hold the wide and full-width characters of Unicode's UAX #11, and the marks that Chinese
/// and Latin text meets. Ambiguous ones, as `“` and `”`, are one column: nothing but alignment depends on it.
fn columns(c: char) -> usize {
    match c {
        '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0,
        '\u{1100}'..='\u{115F}'     // Hangul
        | '\u{2E80}'..='\u{303E}'   // radicals, 、。《》
        | '\u{3041}'..='\u{A4CF}'   // kana, Han, Yi
        | '\u{AC00}'..='\u{D7A3}'   // Hangul
        | '\u{F900}'..='\u{FAFF}'   // compatibility Han
        | '\u{FE30}'..='\u{FE6F}'   // vertical and small forms
        | '\u{FF01}'..='\u{FF60}'   // full-width ASCII
        | '\u{FFE0}'..='\u{FFE6}'   // ￥
        | '\u{1F300}'..='\u{1FAFF}' // pictographs
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}
