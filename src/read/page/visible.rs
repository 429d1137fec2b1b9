//! The text that a page shows, and where each character of it stands in the page.

use super::entity;
use crate::source::Span;

#[derive(Debug, Default)]
pub(super) struct Visible {
    text: String,
    runs: Vec<Run>,
    /// Blanks that have been seen: one is shown before what comes next on the line.
    blank: Option<Span>,
}

/// A stretch of the text.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Its first byte in the text.
    at: usize,
    /// The bytes of the page it is printed with: the same ones, or an entity or blanks for one character.
    page: Span,
    is_literal: bool,
}

impl Visible {
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn text_so_far(&self) -> &str {
        &self.text
    }

    /// The text; what is left knows the way back.
    pub(super) fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// A line ends here, unless none has begun.
    pub(super) fn line_end(&mut self) {
        self.blank = None;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Text of the page from a byte on. Blanks and line ends are one blank, except where the page says otherwise.
    pub(super) fn text(&mut self, text: &str, start: usize, is_preformatted: bool) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let at = start.saturating_add(text.len().saturating_sub(rest.len()));
            let (said, length) = match entity::decoded(rest) {
                Some((said, length)) => (said, length),
                None => (c, c.len_utf8()),
            };
            let span = Span::new(at, at.saturating_add(length));
            match (c, is_preformatted) {
                ('\r' | '\n', true) => self.line_end(),
                (' ' | '\t' | '\r' | '\n' | '\u{c}', _) => {
                    self.blank = Some(self.blank.map_or(span, |blank| blank.to(span)));
                }
                // An entity may say a line end too, and ends no line by it.
                _ if said == '\n' || said == '\r' => self.blank = Some(span),
                _ => self.show(said, span, said == c && length == c.len_utf8()),
            }
            rest = rest.get(length..).unwrap_or("");
        }
    }

    fn show(&mut self, c: char, page: Span, is_literal: bool) {
        if let Some(blank) = self.blank.take()
            && !self.text.is_empty()
            && !self.text.ends_with('\n')
        {
            self.runs.push(Run { at: self.text.len(), page: blank, is_literal: false });
            self.text.push(' ');
        }
        match self.runs.last_mut() {
            Some(last) if is_literal && last.is_literal && last.goes_on(self.text.len(), page) => {
                last.page = last.page.to(page);
            }
            _ => self.runs.push(Run { at: self.text.len(), page, is_literal }),
        }
        self.text.push(c);
    }

    /// The bytes of the page that a span of the text is printed with.
    pub(super) fn place(&self, span: Span) -> Span {
        let end = self.run(span.end().saturating_sub(1).max(span.start()));
        let (Some(first), Some(last)) = (self.run(span.start()), end) else { return Span::default() };
        let start = first.offset(span.start()).unwrap_or(first.page.start());
        if span.end() <= span.start() {
            return Span::new(start, start);
        }
        Span::new(start, last.offset(span.end()).unwrap_or(last.page.end()))
    }

    /// The run that a byte of the text is in, or the one before it.
    fn run(&self, at: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.at <= at);
        after.checked_sub(1).and_then(|index| self.runs.get(index)).or(self.runs.first())
    }
}

impl Run {
    fn length(&self) -> usize {
        self.page.end().saturating_sub(self.page.start())
    }

    /// Whether a character of the page that comes next in the text comes next in the page too.
    fn goes_on(&self, at: usize, page: Span) -> bool {
        self.page.end() == page.start() && self.at.saturating_add(self.length()) == at
    }

    /// The byte of the page for one of the text, in a run of the same bytes.
    fn offset(&self, at: usize) -> Option<usize> {
        let inside = at.saturating_sub(self.at).min(self.length());
        self.is_literal.then_some(self.page.start().saturating_add(inside))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_goes_back_to_what_is_printed() {
        let page = "三公<b>经费</b>&nbsp;12\n  .5&#19975;元";
        let mut visible = Visible::default();
        for shown in ["三公", "经费", "&nbsp;12\n  .5&#19975;元"] {
            visible.text(shown, page.find(shown).unwrap(), false);
        }
        assert_eq!(visible.text_so_far(), "三公经费\u{a0}12 .5万元");
        let printed = |words: &str| {
            let at = visible.text_so_far().find(words).unwrap();
            let span = visible.place(Span::new(at, at + words.len()));
            page.get(span.start()..span.end()).unwrap()
        };
        assert_eq!(printed("三公经费"), "三公<b>经费");
        assert_eq!(printed("\u{a0}"), "&nbsp;");
        assert_eq!(printed("12 .5万"), "12\n  .5&#19975;");
        assert_eq!(printed("万元"), "&#19975;元");
    }

    #[test]
    fn lines_end_where_blocks_do() {
        let mut visible = Visible::default();
        visible.line_end();
        visible.text(" a  b ", 0, false);
        visible.line_end();
        visible.line_end();
        visible.text("c\nd", 10, true);
        assert_eq!(visible.text_so_far(), "a b\nc\nd");
        assert_eq!(visible.place(Span::new(6, 7)), Span::new(12, 13));
    }
}
