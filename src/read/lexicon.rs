//! The words the reader knows, by class, from `grammar/prose.lexicon`.
//!
//! Rust code names classes; the words themselves are data. A class decides *where* its words are looked for
//! ([`Place`]): `无` is a word at the start of a clause and a syllable elsewhere.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

const TEXT: &str = include_str!("../../grammar/prose.lexicon");

/// What a word does in a clause. Each is explained in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    Own,
    Current,
    Prior,
    Fund,
    Noun,
    Spending,
    Complete,
    Sum,
    Budget,
    Actual,
    Link,
    Verb,
    Note,
    Increase,
    Decrease,
    Unchanged,
    Idle,
    Likewise,
    Ratio,
    Part,
    Cause,
    All,
    Except,
    Respectively,
    Purpose,
    Within,
    Adverb,
    Organ,
    Joined,
    Average,
    Particle,
    About,
    More,
    Less,
    Versus,
    Share,
    Completion,
    Nothing,
    Unarranged,
    Tail,
    UnitName,
    Copula,
    Itself,
    Unit,
    Counter,
    Year,
    Calendar,
    Nth,
    Range,
    Capital,
    Power,
    Coin,
    Numeral,
    Magnitude,
    Circled,
    Execution,
}

/// Where the words of a class are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    /// Anywhere in running text.
    Running,
    /// Where no unknown text stands before.
    Opening,
    /// Before a year, or a word for one.
    BeforePeriod,
    /// Before a word for a budget.
    BeforeBudget,
    /// At the end of unknown text, before a figure, a year or a change.
    Trailing,
    /// After a number.
    AfterNumber,
    /// Wherever the code that knows this one class looks for it.
    Only(Class),
}

impl Class {
    fn named(name: &str) -> Option<Class> {
        Some(match name {
            "own" => Class::Own,
            "current" => Class::Current,
            "prior" => Class::Prior,
            "fund" => Class::Fund,
            "noun" => Class::Noun,
            "spending" => Class::Spending,
            "sum" => Class::Sum,
            "complete" => Class::Complete,
            "budget" => Class::Budget,
            "actual" => Class::Actual,
            "link" => Class::Link,
            "verb" => Class::Verb,
            "note" => Class::Note,
            "increase" => Class::Increase,
            "decrease" => Class::Decrease,
            "unchanged" => Class::Unchanged,
            "idle" => Class::Idle,
            "likewise" => Class::Likewise,
            "ratio" => Class::Ratio,
            "part" => Class::Part,
            "cause" => Class::Cause,
            "all" => Class::All,
            "except" => Class::Except,
            "respectively" => Class::Respectively,
            "purpose" => Class::Purpose,
            "within" => Class::Within,
            "adverb" => Class::Adverb,
            "organ" => Class::Organ,
            "joined" => Class::Joined,
            "average" => Class::Average,
            "particle" => Class::Particle,
            "about" => Class::About,
            "more" => Class::More,
            "less" => Class::Less,
            "versus" => Class::Versus,
            "share" => Class::Share,
            "completion" => Class::Completion,
            "nothing" => Class::Nothing,
            "unarranged" => Class::Unarranged,
            "tail" => Class::Tail,
            "unitname" => Class::UnitName,
            "copula" => Class::Copula,
            "itself" => Class::Itself,
            "unit" => Class::Unit,
            "counter" => Class::Counter,
            "year" => Class::Year,
            "calendar" => Class::Calendar,
            "nth" => Class::Nth,
            "range" => Class::Range,
            "capital" => Class::Capital,
            "power" => Class::Power,
            "coin" => Class::Coin,
            "numeral" => Class::Numeral,
            "magnitude" => Class::Magnitude,
            "circled" => Class::Circled,
            "execution" => Class::Execution,
            _ => return None,
        })
    }

    /// Where words of this class are looked for.
    pub(super) fn place(self) -> Place {
        match self {
            Class::Share | Class::Own | Class::Nothing | Class::Unarranged => Place::Opening,
            Class::Versus => Place::BeforePeriod,
            Class::Completion => Place::BeforeBudget,
            Class::Particle | Class::About | Class::More | Class::Less => Place::Trailing,
            Class::Unit | Class::Counter | Class::Year | Class::Calendar => Place::AfterNumber,
            Class::Tail
            | Class::Within
            | Class::Adverb
            | Class::Organ
            | Class::Joined
            | Class::Complete
            | Class::UnitName
            | Class::Copula
            | Class::Itself
            | Class::Nth
            | Class::Range
            | Class::Capital
            | Class::Power
            | Class::Coin
            | Class::Numeral
            | Class::Magnitude
            | Class::Circled
            | Class::Execution => Place::Only(self),
            _ => Place::Running,
        }
    }
}

/// Words, found by the longest that a text starts with.
#[derive(Clone, Debug)]
pub(super) struct Words<T> {
    edges: HashMap<(usize, char), usize>,
    values: Vec<Option<T>>,
    first: Firsts,
}

/// A set of first characters, a bit each modulo its size: most places of a text start no word, and are told so at once.
#[derive(Clone, Debug)]
struct Firsts([u64; 64]);

impl Firsts {
    fn bit(c: char) -> (usize, u64) {
        let code = u32::from(c) & 0xfff;
        (usize::try_from(code >> 6).unwrap_or(0), 1 << (code & 63))
    }

    fn insert(&mut self, c: char) {
        let (at, bit) = Firsts::bit(c);
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= bit;
        }
    }

    fn may_start(&self, c: char) -> bool {
        let (at, bit) = Firsts::bit(c);
        self.0.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Words { edges: HashMap::new(), values: vec![None], first: Firsts([0; 64]) }
    }
}

impl<T: Copy> Words<T> {
    pub(super) fn insert(&mut self, word: &str, value: T) {
        let mut node = 0;
        word.chars().take(1).for_each(|c| self.first.insert(c));
        for c in word.chars() {
            let fresh = self.values.len();
            node = *self.edges.entry((node, c)).or_insert(fresh);
            if node == fresh {
                self.values.push(None);
            }
        }
        if node > 0
            && let Some(slot) = self.values.get_mut(node)
        {
            *slot = Some(value);
        }
    }

    /// The longest word that the text starts with, and how many characters it has.
    pub(super) fn prefix(&self, text: &[char]) -> Option<(T, usize)> {
        if !text.first().is_some_and(|c| self.first.may_start(*c)) {
            return None;
        }
        let mut node = 0;
        let mut found = None;
        for (index, c) in text.iter().enumerate() {
            let Some(next) = self.edges.get(&(node, *c)) else { break };
            node = *next;
            if let Some(value) = self.values.get(node).copied().flatten() {
                found = Some((value, index + 1));
            }
        }
        found
    }

    /// Whether the whole text is one of the words.
    pub(super) fn is_word(&self, text: &[char]) -> bool {
        self.prefix(text).is_some_and(|(_, length)| length == text.len())
    }
}

/// The lexicon, by place.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    // Few and looked up at every character: comparing is quicker than hashing.
    places: BTreeMap<Place, Words<Class>>,
    none: Words<Class>,
    longest: BTreeMap<Place, usize>,
}

impl Lexicon {
    /// The words of a place.
    pub(super) fn at(&self, place: Place) -> &Words<Class> {
        self.places.get(&place).unwrap_or(&self.none)
    }

    /// The words of a class that is looked for by itself.
    pub(super) fn only(&self, class: Class) -> &Words<Class> {
        self.at(Place::Only(class))
    }

    /// The longest word of a place that the text ends with, and how many characters it has.
    pub(super) fn suffix(&self, place: Place, text: &[char]) -> Option<(Class, usize)> {
        let longest = self.longest.get(&place).copied().unwrap_or(0).min(text.len());
        let words = self.at(place);
        (1..=longest).rev().find_map(|length| {
            let end = text.get(text.len() - length..)?;
            words.prefix(end).filter(|(_, found)| *found == length)
        })
    }

    /// Whether the text has a word of a class that is looked for by itself.
    pub(super) fn mentions(&self, class: Class, text: &[char]) -> bool {
        let words = self.only(class);
        (0..text.len()).any(|at| text.get(at..).is_some_and(|rest| words.prefix(rest).is_some()))
    }

    fn insert(&mut self, class: Class, word: &str) {
        let place = class.place();
        self.places.entry(place).or_default().insert(word, class);
        let longest = self.longest.entry(place).or_default();
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
    let mut strange = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let class = line.split_once(": ").and_then(|(name, words)| Some((Class::named(name)?, words)));
        match class {
            Some((class, words)) => words.split_whitespace().for_each(|word| lexicon.insert(class, word)),
            None => strange.push(line),
        }
    }
    (lexicon, strange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_label;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn every_line_of_the_lexicon_is_understood() {
        assert_eq!(parse(TEXT).1, Vec::<&str>::new());
        assert_eq!(parse("colour: 红\nnoun 支出").1, ["colour: 红", "noun 支出"]);
    }

    #[test]
    fn words_are_written_as_the_reader_sees_them() {
        for word in TEXT.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
            assert_eq!(fold_label(word), word);
        }
    }

    #[test]
    fn the_longest_word_is_found() {
        let running = lexicon().at(Place::Running);
        assert_eq!(running.prefix(&chars("年初预算数435")), Some((Class::Budget, 5)));
        assert_eq!(running.prefix(&chars("差旅")), None);
        assert_eq!(lexicon().suffix(Place::Trailing, &chars("批次为")), Some((Class::Particle, 1)));
    }
}
