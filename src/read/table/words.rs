//! The words of tables, from `grammar/table.lexicon`, and cell texts as they are compared.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::super::label;
use super::super::lexicon::{Words, each_word};
use crate::fold::Folded;
use crate::quantity::Unit;

const TEXT: &str = include_str!("../../../grammar/table.lexicon");

/// What a word says in a table. Each is explained in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    Budget,
    Adjusted,
    Actual,
    Amount,
    Current,
    Prior,
    Against,
    Change,
    Rate,
    Completion,
    Share,
    Of,
    Filler,
    Label,
    Code,
    Piece,
    Number,
    Note,
    Columns,
    Total,
    Subtotal,
    Grand,
    Part,
    Income,
    Spending,
    Foot,
    Count,
    Counter,
    Joint,
    Said,
    Unit,
    Tail,
    Planned,
    Happened,
    Fund,
    Limited,
    Title,
}

impl Class {
    fn named(name: &str) -> Option<Class> {
        Some(match name {
            "budget" => Class::Budget,
            "adjusted" => Class::Adjusted,
            "actual" => Class::Actual,
            "amount" => Class::Amount,
            "current" => Class::Current,
            "prior" => Class::Prior,
            "against" => Class::Against,
            "change" => Class::Change,
            "rate" => Class::Rate,
            "completion" => Class::Completion,
            "share" => Class::Share,
            "of" => Class::Of,
            "filler" => Class::Filler,
            "label" => Class::Label,
            "code" => Class::Code,
            "piece" => Class::Piece,
            "number" => Class::Number,
            "note" => Class::Note,
            "columns" => Class::Columns,
            "total" => Class::Total,
            "subtotal" => Class::Subtotal,
            "grand" => Class::Grand,
            "part" => Class::Part,
            "income" => Class::Income,
            "spending" => Class::Spending,
            "foot" => Class::Foot,
            "count" => Class::Count,
            "joint" => Class::Joint,
            "said" => Class::Said,
            "unit" => Class::Unit,
            "tail" => Class::Tail,
            "planned" => Class::Planned,
            "happened" => Class::Happened,
            "fund" => Class::Fund,
            "counter" => Class::Counter,
            "limited" => Class::Limited,
            "title" => Class::Title,
            _ => return None,
        })
    }

    /// Whether it says what a column measures.
    fn is_measure(self) -> bool {
        matches!(
            self,
            Class::Budget
                | Class::Adjusted
                | Class::Actual
                | Class::Amount
                | Class::Current
                | Class::Prior
                | Class::Against
                | Class::Change
                | Class::Rate
                | Class::Completion
                | Class::Share
                | Class::Of
                | Class::Filler
        )
    }
}

/// The lexicon of tables.
#[derive(Default)]
pub(super) struct Lexicon {
    measures: Words<Class>,
    classes: HashMap<Class, Words<()>>,
    longest: HashMap<Class, usize>,
}

impl Lexicon {
    /// The longest word of measures that a text starts with.
    pub(super) fn measure(&self, text: &[char]) -> Option<(Class, usize)> {
        self.measures.prefix(text)
    }

    /// Whether a text is a word of a class.
    pub(super) fn is(&self, class: Class, text: &[char]) -> bool {
        self.prefix(class, text).is_some_and(|length| length == text.len())
    }

    /// The length of the longest word of a class that a text starts with.
    pub(super) fn prefix(&self, class: Class, text: &[char]) -> Option<usize> {
        self.classes.get(&class)?.prefix(text).map(|((), length)| length)
    }

    /// The length of the longest word of a class that a text ends with.
    pub(super) fn suffix(&self, class: Class, text: &[char]) -> Option<usize> {
        let longest = self.longest.get(&class).copied().unwrap_or(0).min(text.len());
        let ends = |length: &usize| {
            text.get(text.len().saturating_sub(*length)..).is_some_and(|end| self.is(class, end))
        };
        (1..=longest).rev().find(ends)
    }

    /// Whether a word of a class stands somewhere in a text.
    pub(super) fn mentions(&self, class: Class, text: &[char]) -> bool {
        (0..text.len()).any(|at| text.get(at..).is_some_and(|rest| self.prefix(class, rest).is_some()))
    }

    fn insert(&mut self, class: Class, word: &str) {
        if class.is_measure() {
            self.measures.insert(word, class);
        }
        self.classes.entry(class).or_default().insert(word, ());
        let longest = self.longest.entry(class).or_default();
        *longest = word.chars().count().max(*longest);
    }
}

/// The lexicon that the crate ships, parsed once.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| parse(TEXT).0)
}

/// Reads a lexicon; the second of the pair are the lines that say nothing understood.
fn parse(text: &str) -> (Lexicon, Vec<&str>) {
    let mut lexicon = Lexicon::default();
    let strange = each_word(text, Class::named, |class, word| lexicon.insert(class, word));
    (lexicon, strange)
}

/// The text of a cell as it is compared: folded, without blanks, and the way back to what is printed.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) chars: Vec<char>,
    /// The bytes of the printed text that each character stands for, with what was dropped before it.
    ends: Vec<(usize, usize)>,
    printed: String,
}

impl Text {
    pub(super) fn new(printed: &str) -> Text {
        let folded = Folded::new(printed);
        let kept = folded.chars().iter().enumerate().filter(|(_, c)| !matches!(c, ' ' | '\n'));
        let mut text = Text { printed: printed.to_owned(), ..Text::default() };
        for (at, c) in kept {
            let span = folded.span(at, at.saturating_add(1));
            text.chars.push(*c);
            text.ends.push((span.start(), span.end()));
        }
        text
    }

    pub(super) fn all(&self) -> &str {
        self.printed.trim()
    }

    /// The same as a label, a heading or a caption is kept: the end of a very long one.
    pub(super) fn name(&self) -> &str {
        label(self.all())
    }

    pub(super) fn folded(&self) -> String {
        self.chars.iter().collect()
    }

    /// The characters as printed from `start` to `end`, with a quotation mark that opens right before them, and what
    /// closes right behind.
    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        let opens = match start.checked_sub(1).and_then(|before| self.ends.get(before)) {
            Some((_, end)) => *end,
            None => 0,
        };
        let closes = self.ends.get(end).map_or(self.printed.len(), |(start, _)| *start);
        label(self.printed.get(opens..closes).unwrap_or("").trim())
    }
}

/// The unit that folded text names, money first: `万元`, `%`.
pub(super) fn unit_of(text: &[char], lexicon: &Lexicon) -> Option<Unit> {
    let length = lexicon.prefix(Class::Unit, text)?;
    let word: String = text.get(..length)?.iter().collect();
    Unit::named(word.trim_start_matches("人民币"))
}

/// The unit that a caption says for a table's money: `单位：万元`, `（金额单位：元）`.
pub(super) fn unit_said(caption: &Text, lexicon: &Lexicon) -> Option<Unit> {
    let chars = &caption.chars;
    let mut found = None;
    for at in 0..chars.len() {
        let Some(rest) = chars.get(at..) else { break };
        let Some(said) = lexicon.prefix(Class::Said, rest) else { continue };
        let after = rest.get(said..).unwrap_or(&[]);
        let after = match after {
            [':', after @ ..] => after,
            _ => continue,
        };
        found = unit_of(after, lexicon).or(found);
    }
    // （万元）
    found.or_else(|| match chars.as_slice() {
        ['(', inside @ .., ')'] => {
            unit_of(inside, lexicon).filter(|_| lexicon.prefix(Class::Unit, inside) == Some(inside.len()))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_label;

    #[test]
    fn every_line_of_the_lexicon_is_understood() {
        assert_eq!(parse(TEXT).1, Vec::<&str>::new());
        assert_eq!(parse("colour: 红\nlabel 项目").1, ["colour: 红", "label 项目"]);
    }

    #[test]
    fn words_are_written_as_the_reader_sees_them() {
        for word in TEXT.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
            assert_eq!(fold_label(word), word);
        }
    }

    #[test]
    fn a_caption_says_the_unit() {
        let said = |caption: &str| unit_said(&Text::new(caption), lexicon());
        assert_eq!(said("单位：万元"), Some(Unit::WanYuan));
        assert_eq!(said("编制单位：某县财政局　　　　金额单位：元"), Some(Unit::Yuan));
        assert_eq!(said("（单位：亿元）"), Some(Unit::YiYuan));
        assert_eq!(said("单位：某县财政局"), None);
        assert_eq!(said("（万元）"), Some(Unit::WanYuan));
    }

    #[test]
    fn what_is_printed_is_cut_with_its_quotation_marks() {
        let text = Text::new("2017年 “三公” 经费");
        assert_eq!(text.folded(), "2017年三公经费");
        assert_eq!(text.slice(5, 9), "“三公” 经费");
    }
}
