//! The words the reader knows, by class, from `grammar/prose.lexicon`.
//!
//! Rust code names classes; the words themselves are data. A class decides *where* its words are looked for
//! ([`Place`]): `无` is a word at the start of a clause and a syllable elsewhere.

use std::sync::OnceLock;

use super::words::Firsts;
pub(super) use super::words::Words;

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
    Area,
    Gap,
    Joint,
    Detail,
    Concurrent,
    Happened,
    Attribution,
    Together,
    Limit,
    Absent,
    Both,
    Moment,
    Including,
    Plain,
    Doing,
    Remnant,
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
    /// Directly after a figure or a year.
    AfterFigure,
    /// At the end of unknown text, before a figure, a year or a change.
    Trailing,
    /// After a number.
    AfterNumber,
    /// Wherever the code that knows this one class looks for it.
    Only(Class),
}

impl Place {
    /// Its place in a list of all of them.
    fn number(self) -> usize {
        match self {
            Place::Running => 0,
            Place::Opening => 1,
            Place::BeforePeriod => 2,
            Place::BeforeBudget => 3,
            Place::AfterFigure => 4,
            Place::Trailing => 5,
            Place::AfterNumber => 6,
            Place::Only(class) => 7 + class.number(),
        }
    }

    /// Whether a token may start with a word of this place.
    fn starts_tokens(self) -> bool {
        match self {
            Place::Trailing | Place::AfterNumber => false,
            Place::Only(class) => matches!(class, Class::Capital | Class::Numeral | Class::Circled),
            _ => true,
        }
    }
}

impl Class {
    #[allow(
        clippy::as_conversions,
        reason = "the number of a variant has no other way out, and loses nothing"
    )]
    fn number(self) -> usize {
        self as usize
    }

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
            "area" => Class::Area,
            "gap" => Class::Gap,
            "joint" => Class::Joint,
            "detail" => Class::Detail,
            "concurrent" => Class::Concurrent,
            "happened" => Class::Happened,
            "attribution" => Class::Attribution,
            "together" => Class::Together,
            "limit" => Class::Limit,
            "absent" => Class::Absent,
            "both" => Class::Both,
            "moment" => Class::Moment,
            "including" => Class::Including,
            "plain" => Class::Plain,
            "doing" => Class::Doing,
            "remnant" => Class::Remnant,
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
            Class::Including
            | Class::Share
            | Class::Own
            | Class::Area
            | Class::Gap
            | Class::Nothing
            | Class::Unarranged => Place::Opening,
            Class::Joint => Place::AfterFigure,
            Class::Versus => Place::BeforePeriod,
            Class::Completion => Place::BeforeBudget,
            Class::Particle | Class::About | Class::More | Class::Less => Place::Trailing,
            Class::Unit | Class::Counter | Class::Year | Class::Calendar => Place::AfterNumber,
            Class::Tail
            | Class::Within
            | Class::Adverb
            | Class::Organ
            | Class::Detail
            | Class::Happened
            | Class::Attribution
            | Class::Together
            | Class::Limit
            | Class::Absent
            | Class::Both
            | Class::Moment
            | Class::Doing
            | Class::Remnant
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

/// The lexicon, by place.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// The words of each place, and how long the longest is, in the order of [`Place::number`].
    places: Vec<(Words<Class>, usize)>,
    none: Words<Class>,
    first: Firsts,
}

impl Lexicon {
    /// The words of a place.
    pub(super) fn at(&self, place: Place) -> &Words<Class> {
        self.places.get(place.number()).map_or(&self.none, |(words, _)| words)
    }

    /// Whether a word, a number or an ordinal may start with a Chinese character: where not, none does.
    pub(super) fn may_start(&self, c: char) -> bool {
        self.first.may_have(c)
    }

    /// The words of a class that is looked for by itself.
    pub(super) fn only(&self, class: Class) -> &Words<Class> {
        self.at(Place::Only(class))
    }

    /// The longest word of a place that the text ends with, and how many characters it has.
    pub(super) fn suffix(&self, place: Place, text: &[char]) -> Option<(Class, usize)> {
        let (words, longest) = self.places.get(place.number())?;
        let longest = text.len().min(*longest);
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
        let number = place.number();
        if number >= self.places.len() {
            self.places.resize_with(number + 1, Default::default);
        }
        if let Some((words, longest)) = self.places.get_mut(number) {
            words.insert(word, class);
            *longest = word.chars().count().max(*longest);
        }
        if place.starts_tokens() {
            word.chars().take(1).for_each(|c| self.first.insert(c));
        }
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

/// Takes in the words of a lexicon file: on each line the name of a class, a colon and its words, `#` before a remark.
/// What comes out are the lines that say nothing understood.
pub(super) fn each_word<'t, C: Copy>(
    text: &'t str,
    named: impl Fn(&str) -> Option<C>,
    mut insert: impl FnMut(C, &'t str),
) -> Vec<&'t str> {
    let mut strange = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        match line.split_once(": ").and_then(|(name, words)| Some((named(name)?, words))) {
            Some((class, words)) => words.split_whitespace().for_each(|word| insert(class, word)),
            None => strange.push(line),
        }
    }
    strange
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
