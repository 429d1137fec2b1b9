//! Characters folded for recognition, with the way back to the bytes they were printed as.
//!
//! In: text as published. Out: [`Folded`], the same text in one spelling: half-width digits, brackets and punctuation,
//! simplified characters, no quotation marks, no blanks between Chinese characters, no pinyin behind one (`預(yù)算`). It is
//! only ever looked at to recognise words and figures; what is echoed to a reader is sliced from the source. A label cut
//! from a text folds as it did in the text.

mod pinyin;
mod traditional;

use crate::source::Span;

/// A text in its folded spelling. Positions count folded characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    chars: Vec<char>,
    /// Where each character starts in the text.
    starts: Vec<u32>,
    /// The few characters that do not end where the next one starts, in their order, and where they end.
    ends: Vec<(u32, u32)>,
    /// Where the last character ends.
    end: u32,
}

impl Folded {
    /// Folds a text.
    pub(crate) fn new(text: &str) -> Folded {
        let mut folded = Folded::default();
        // Three bytes a character, and some of one.
        let expected = text.len().div_euclid(3);
        folded.chars.reserve(expected);
        folded.starts.reserve(expected);
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
                    if c == '('
                        && folded.chars.last().is_some_and(|last| is_han(*last))
                        && let Some(length) = text.get(span.end()..).and_then(pinyin::closed_syllable)
                    {
                        let end = span.end().saturating_add(length);
                        while letters.next_if(|(next, _)| *next < end).is_some() {}
                        folded.end = offset(end);
                        blank = None;
                        continue;
                    }
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
        let start = offset(span.start());
        if let Some(last) = self.chars.len().checked_sub(1)
            && self.end != start
        {
            self.ends.push((offset(last), self.end));
        }
        self.chars.push(c);
        self.starts.push(start);
        self.end = offset(span.end());
    }

    /// The same without some characters, by their positions in order.
    pub(crate) fn without(&self, dropped: &[usize]) -> Folded {
        let mut kept = Folded::default();
        let mut dropped = dropped.iter().peekable();
        for (at, c) in self.chars.iter().enumerate() {
            if dropped.next_if(|next| **next == at).is_none() {
                kept.push(*c, self.span(at, at.saturating_add(1)));
            }
        }
        kept
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
        let Some(from) = self.starts.get(start).copied() else { return Span::of(self.end, self.end) };
        match end.checked_sub(1).filter(|last| *last >= start && *last < self.chars.len()) {
            Some(last) => Span::of(from, self.end_of(last)),
            None => Span::of(from, from),
        }
    }

    /// Where a character ends.
    fn end_of(&self, position: usize) -> u32 {
        let listed = self.ends.binary_search_by_key(&offset(position), |(position, _)| *position);
        let listed = listed.ok().and_then(|at| self.ends.get(at)).map(|(_, end)| *end);
        let next = || self.starts.get(position.saturating_add(1)).copied().unwrap_or(self.end);
        listed.unwrap_or_else(next)
    }
}

/// Offsets as spans have them.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
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
        '\u{3400}'..='\u{9fff}' => Spelling::As(traditional::simplified(printed)),
        '\n' | '\r' => Spelling::LineEnd,
        ' ' | '\t' | '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => Spelling::Blank,
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

/// Whether a character is a Chinese one. None of them is a mark or a digit.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
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
    fn traditional_characters_are_read_as_simplified_ones() {
        assert_eq!(folded("公務用車購置費３１３６萬元，佔預算的５％"), "公务用车购置费3136万元,占预算的5%");
        let text = "決算3136萬元";
        assert_eq!(Folded::new(text).span(2, 8), Span::new(6, text.len()));
    }

    #[test]
    fn pinyin_behind_a_character_is_a_part_of_it() {
        assert_eq!(
            folded("中央本級(jí)“三公”經（jīng）費預(yù)算數(shù)5萬元"),
            "中央本级三公经费预算数5万元"
        );
        for text in ["(yù)算", "計劃(A)", "里程(km)", "A(jí)", "級\n(jí)"] {
            assert!(folded(text).contains('('), "{text}");
        }
        let text = "預(yù)算數(shù)";
        let at = Folded::new(text);
        assert_eq!(at.span(0, 1), Span::new(0, "預(yù)".len()));
        assert_eq!(at.span(1, 3), Span::new("預(yù)".len(), text.len()));
    }

    #[test]
    fn a_label_that_is_folded_is_folded_no_further() {
        for text in ["預(yù) (yù)算", "“級”(jí)", "１ ２(jí)", "a b 乾（Ａ）"] {
            assert_eq!(fold_label(&fold_label(text)), fold_label(text), "{text}");
        }
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
