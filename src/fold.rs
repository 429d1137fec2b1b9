//! Characters folded for recognition, with the way back to the bytes they were printed as.
//!
//! In: text as published. Out: [`Folded`], the same text in one spelling: half-width digits, brackets and punctuation, no
//! quotation marks, no blanks between Chinese characters. It is only ever looked at to recognise words and figures;
//! what is echoed to a reader is sliced from the source.

use crate::source::Span;

/// A text in its folded spelling. Positions count folded characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    chars: Vec<char>,
    spans: Vec<Span>,
}

impl Folded {
    /// Folds a text.
    pub(crate) fn new(text: &str) -> Folded {
        let mut folded = Folded::default();
        let mut blank: Option<Span> = None;
        let mut letters = text.char_indices().peekable();
        while let Some((at, printed)) = letters.next() {
            let span = Span::new(at, at.saturating_add(printed.len_utf8()));
            match spelling(printed) {
                Spelling::Dropped => {}
                Spelling::Blank => blank = Some(blank.map_or(span, |before| before.to(span))),
                Spelling::LineEnd => {
                    blank = None;
                    if printed == '\r' {
                        letters.next_if(|(_, next)| *next == '\n');
                    }
                    folded.push('\n', span);
                }
                Spelling::As(c) => {
                    // A blank parts two words or two figures, but Chinese text is padded with blanks that mean nothing.
                    if let Some(gap) = blank.take()
                        && folded.chars.last().is_some_and(|last| parts(*last))
                        && parts(c)
                    {
                        folded.push(' ', gap);
                    }
                    folded.push(c, span);
                }
            }
        }
        folded
    }

    fn push(&mut self, c: char, span: Span) {
        self.chars.push(c);
        self.spans.push(span);
    }

    /// The folded characters.
    pub(crate) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The characters from `start` to `end`, or none where there are none.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &[char] {
        self.chars.get(start..end.min(self.chars.len())).unwrap_or(&[])
    }

    /// The bytes that the folded characters from `start` to `end` were printed as.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let first = self.spans.get(start);
        let last = end.checked_sub(1).filter(|last| *last >= start).and_then(|last| self.spans.get(last));
        match (first, last) {
            (Some(first), Some(last)) => first.to(*last),
            (Some(first), None) => Span::new(first.start(), first.start()),
            _ => self.spans.last().map_or(Span::new(0, 0), |last| Span::new(last.end(), last.end())),
        }
    }
}

/// A label as it is compared: folded, with no blanks at all.
pub(crate) fn fold_label(label: &str) -> String {
    Folded::new(label).chars.into_iter().filter(|c| !matches!(c, ' ' | '\n')).collect()
}

enum Spelling {
    As(char),
    Blank,
    LineEnd,
    Dropped,
}

/// The one table of spellings. Neither Unicode normalisation nor `is_numeric`: `①` is a footnote mark, not a 1.
fn spelling(printed: char) -> Spelling {
    match printed {
        '\n' | '\r' => Spelling::LineEnd,
        ' ' | '\t' | '\u{a0}' | '\u{3000}' | '\u{2002}' | '\u{2003}' | '\u{2009}' => Spelling::Blank,
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {
            Spelling::Dropped
        }
        '"' | '“' | '”' | '‘' | '’' | '「' | '」' | '\'' | '＂' | '＇' => Spelling::Dropped,
        '−' => Spelling::As('-'),
        '〔' | '﹙' => Spelling::As('('),
        '〕' | '﹚' => Spelling::As(')'),
        '﹪' => Spelling::As('%'),
        // Full-width forms of ASCII stand at a fixed distance from it.
        '\u{ff01}'..='\u{ff5e}' => {
            Spelling::As(u32::from(printed).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(printed))
        }
        _ => Spelling::As(printed),
    }
}

/// Whether a blank beside this character means something: between figures or Latin words it does.
fn parts(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '%' | '-' | '.' | ')' | '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Folded::new(text).chars().iter().collect()
    }

    #[test]
    fn one_spelling_for_what_is_printed_in_many() {
        assert_eq!(folded("“三公”经费 １２．５％（减）"), "三公经费12.5%(减)");
        assert_eq!(folded("－１，２３４"), "-1,234");
        assert_eq!(folded("① １２³"), "①12³");
    }

    #[test]
    fn blanks_part_figures_but_not_chinese_words() {
        assert_eq!(folded("基 本　支出"), "基本支出");
        assert_eq!(folded("2019 435.78"), "2019 435.78");
    }

    #[test]
    fn a_span_goes_back_to_what_was_printed() {
        let text = "“三公”经费０．２９万元";
        let at = Folded::new(text);
        let figure = at.span(4, 10);
        assert_eq!(text.get(figure.start()..figure.end()), Some("０．２９万元"));
        assert_eq!(at.span(0, 2), Span::new(3, 9));
        assert_eq!(at.span(99, 100), Span::new(text.len(), text.len()));
    }
}
