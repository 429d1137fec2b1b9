//! From characters to tokens: figures, years, labels, words, marks, and the unknown text between them.
//!
//! Tokens cover the text in its order and never overlap. Where a label and a word start together the longer wins, and
//! the label if they are equal. A word that is also a syllable of common words is one only where its neighbours say so
//! (see [`Place`]).

use super::lexicon::{Class, Lexicon, Place, Words};
use super::number::{Number, number_at};
use crate::fold::is_han;
use crate::quantity::Quantity;

/// One token, by the folded characters it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number with its unit.
    Figure(Quantity),
    /// A calendar year.
    Year(i32),
    /// A label of the vocabulary.
    Label,
    /// A word of the lexicon.
    Word(Class),
    /// Punctuation.
    Mark(Mark),
    /// The number of a list item or a heading.
    Ordinal(Level),
    /// Text that no list knows.
    Unknown,
}

/// Punctuation, by what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Comma,
    /// 、 between items.
    Pause,
    Colon,
    Semicolon,
    Stop,
    Open,
    Close,
    LineEnd,
}

/// How deep an ordinal stands: 一、 above （一） above 1、 above （1） above ①.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Level(pub(super) u8);

impl Mark {
    pub(super) fn of(c: char) -> Option<Mark> {
        Some(match c {
            ',' => Mark::Comma,
            '、' => Mark::Pause,
            ':' => Mark::Colon,
            ';' | '|' => Mark::Semicolon,
            '。' | '!' | '?' => Mark::Stop,
            '(' | '[' | '【' | '《' | '{' => Mark::Open,
            ')' | ']' | '】' | '》' | '}' => Mark::Close,
            '\n' => Mark::LineEnd,
            _ => return None,
        })
    }
}

/// Words between a label and a word of spending that say nothing of its name.
const BETWEEN: usize = 4;

/// Characters in brackets that may stand inside a name. More is a remark.
const INSET: usize = 6;

/// Cuts folded text into tokens.
///
/// Beside them, where the amounts of money are that are not read.
pub(super) fn cut(text: &[char], labels: &Words<()>, lexicon: &Lexicon) -> (Vec<Token>, Vec<(usize, usize)>) {
    let mut cutter = Cutter::new(text, labels, lexicon);
    while let Some(c) = text.get(cutter.at) {
        if cutter.is_quiet(*c) {
            cutter.at += 1;
        } else {
            cutter.step();
        }
    }
    cutter.close_unknown();
    (cutter.tokens, cutter.unread)
}

#[cfg(test)]
pub(super) fn tokens(text: &[char], labels: &Words<()>, lexicon: &Lexicon) -> Vec<Token> {
    cut(text, labels, lexicon).0
}

struct Cutter<'t> {
    text: &'t [char],
    labels: &'t Words<()>,
    lexicon: &'t Lexicon,
    tokens: Vec<Token>,
    unread: Vec<(usize, usize)>,
    /// Where the unknown text before `at` starts.
    unknown: usize,
    at: usize,
}

impl<'t> Cutter<'t> {
    fn new(text: &'t [char], labels: &'t Words<()>, lexicon: &'t Lexicon) -> Cutter<'t> {
        // Of running text a token has three characters and more.
        let tokens = Vec::with_capacity(text.len() / 3);
        Cutter { text, labels, lexicon, tokens, unread: Vec::new(), unknown: 0, at: 0 }
    }

    /// Whether nothing but unknown text is made of a character, by itself or as the first of more. That is most of them.
    fn is_quiet(&self, c: char) -> bool {
        is_han(c) && !self.labels.may_start(c) && !self.lexicon.may_start(c)
    }

    fn step(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or(&[]);
        if let Some((level, length)) = self.ordinal(rest) {
            return self.push(Kind::Ordinal(level), length);
        }
        if let Some((number, length)) = number_at(self.text, self.at, self.lexicon) {
            return match number {
                Number::Figure(quantity) => {
                    self.trim_particles();
                    self.push(Kind::Figure(quantity), length);
                }
                Number::Year(year) => {
                    self.trim_particles();
                    self.push(Kind::Year(year), length);
                }
                Number::Unread => {
                    self.unread.push((self.at, self.at + length));
                    self.at += length;
                }
                Number::Other => self.at += length,
            };
        }
        let label = self.labels.prefix(rest).map(|(_, length)| length);
        if let Some(length) = self.absent(rest) {
            return self.push(Kind::Word(Class::Absent), length);
        }
        let word = self.word(rest).map(|(class, length)| self.before_label(rest, class, length));
        let word = word.map(|(class, length)| (self.beside(class), length));
        let longer = match (label, word) {
            // 公务接待费支出预算: the words beside a name are none of its own, though 支出预算 is a label elsewhere.
            (Some(_), Some((Class::Note, length))) if self.follows_name() || self.follows_complete() => {
                Some((Kind::Word(Class::Note), length))
            }
            (Some(label), Some((_, length))) if label >= length => Some((Kind::Label, label)),
            (_, Some((class, length))) => Some((Kind::Word(class), length)),
            (label, None) => label.map(|length| (Kind::Label, length)),
        };
        if let Some((Kind::Label | Kind::Word(Class::Own), _)) = &longer {
            self.close_doing();
        }
        match (longer, rest.first().copied().and_then(Mark::of)) {
            // 使用权 is no 使用.
            (Some((Kind::Word(Class::Plain), length)), _) => self.at += length,
            (Some((kind, length)), _) => {
                let (kind, length) = match kind {
                    Kind::Word(class) if is_change(class) => {
                        self.trim_particles();
                        match self.either_way(rest.get(length..).unwrap_or(&[])) {
                            Some(more) => (Kind::Word(Class::Gap), length + more),
                            None => (kind, length),
                        }
                    }
                    kind => (kind, length),
                };
                self.push(kind, length);
            }
            (None, Some(mark @ (Mark::Comma | Mark::Colon))) if self.ends_within() => {
                self.close_unknown();
                if let Some(last) = self.tokens.last_mut() {
                    last.kind = Kind::Word(Class::Within);
                }
                self.push(Kind::Mark(mark), 1);
            }
            (None, Some(Mark::Open)) if self.inset(rest) > 0 => self.at += self.inset(rest),
            (None, Some(mark)) => self.push(Kind::Mark(mark), 1),
            (None, None) => self.at += 1,
        }
    }

    fn word(&self, rest: &[char]) -> Option<(Class, usize)> {
        let running = self.lexicon.at(Place::Running).prefix(rest);
        let opening = if self.opens() { self.lexicon.at(Place::Opening).prefix(rest) } else { None };
        let versus = self
            .lexicon
            .at(Place::BeforePeriod)
            .prefix(rest)
            .filter(|(_, length)| rest.get(*length..).is_some_and(|next| self.is_period(next)));
        let completion = self.lexicon.at(Place::BeforeBudget).prefix(rest).filter(|(_, length)| {
            let next = rest.get(*length..).and_then(|next| self.lexicon.at(Place::Running).prefix(next));
            matches!(next, Some((Class::Budget, _)))
        });
        let joint =
            if self.follows_figure() { self.lexicon.at(Place::AfterFigure).prefix(rest) } else { None };
        [joint, running, opening, versus, completion].into_iter().flatten().max_by_key(|(_, length)| *length)
    }

    /// How long the brackets are that stand inside a name: 国有（资本）经营收入. None where they do not.
    fn inset(&self, rest: &[char]) -> usize {
        let is_text = |c: &char| Mark::of(*c).is_none() && !c.is_ascii_digit() && *c != ' ';
        let touches =
            self.unknown < self.at || self.tokens.last().is_some_and(|last| matches!(last.kind, Kind::Label));
        let inside = rest.iter().skip(1).take(INSET).take_while(|c| is_text(c)).count();
        let is_closed = rest.get(inside + 1).copied().and_then(Mark::of) == Some(Mark::Close);
        if touches && is_closed && rest.get(inside + 2).is_some_and(is_text) { inside + 2 } else { 0 }
    }

    /// A word of spending after a complete name stands beside it, as the last words of a heading do.
    fn beside(&self, class: Class) -> Class {
        if class != Class::Spending {
            return class;
        }
        let complete = Place::Only(Class::Complete);
        let text = self.text.get(..self.at).unwrap_or(&[]);
        let is_complete = self.follows_name() && self.lexicon.suffix(complete, text).is_some();
        if is_complete || self.follows_complete() { Class::Note } else { Class::Noun }
    }

    /// 三公经费财政拨款决算支出: whether a complete label stands before, with words between that say where the money is
    /// from, and planned or happened.
    fn follows_complete(&self) -> bool {
        let is_between = |token: &&Token| {
            matches!(token.kind, Kind::Word(Class::Budget | Class::Actual | Class::Fund | Class::Note))
        };
        let between = self.tokens.iter().rev().take_while(is_between).take(BETWEEN).count();
        let before = self.tokens.len().checked_sub(between + 1).and_then(|at| self.tokens.get(at));
        let label =
            before.filter(|before| before.kind == Kind::Label && self.unknown == self.at && between > 0);
        let text = label.and_then(|label| self.text.get(label.start..label.end)).unwrap_or(&[]);
        self.lexicon.suffix(Place::Only(Class::Complete), text).is_some()
    }

    /// Whether a name stands directly before.
    fn follows_name(&self) -> bool {
        let in_name = |last: &Token| {
            matches!(last.kind, Kind::Label | Kind::Word(Class::Noun | Class::Spending | Class::Fund))
        };
        self.unknown < self.at || self.tokens.last().is_some_and(in_name)
    }

    /// Whether a figure, or a year, stands directly before.
    fn follows_figure(&self) -> bool {
        let is_figure = |last: &Token| {
            matches!(last.kind, Kind::Figure(_) | Kind::Year(_) | Kind::Word(Class::Prior | Class::Current))
        };
        self.unknown == self.at && self.tokens.last().is_some_and(is_figure)
    }

    /// Whether no unknown text stands directly before.
    fn opens(&self) -> bool {
        (self.unknown == self.at || self.is_moment())
            && self.tokens.last().is_none_or(|last| last.kind != Kind::Label)
    }

    /// 年底本局车辆保有量: whether all that stands before says when.
    fn is_moment(&self) -> bool {
        let text = self.text.get(self.unknown..self.at).unwrap_or(&[]);
        self.lexicon.only(Class::Moment).is_word(text)
    }

    /// Whether the text starts with a year, or a word for one or for a budget.
    fn is_period(&self, text: &[char]) -> bool {
        let text = text.strip_prefix(&[' ']).unwrap_or(text);
        match self.lexicon.at(Place::Running).prefix(text) {
            Some((Class::Prior | Class::Current | Class::Budget | Class::Actual, _)) => true,
            Some(_) => false,
            None => {
                let digits = text.iter().take(5).take_while(|c| c.is_ascii_digit()).count();
                digits == 4
                    && text.get(digits..).is_some_and(|after| {
                        matches!(self.lexicon.at(Place::AfterNumber).prefix(after), Some((Class::Year, _)))
                    })
            }
        }
    }

    /// 增加（减少）, 增长/下降: what a template left to choose, and nobody chose. How long the other choice is.
    fn either_way(&self, rest: &[char]) -> Option<usize> {
        let running = self.lexicon.at(Place::Running);
        let (class, length) = running.prefix(rest.get(1..)?)?;
        let is_closed = match rest.first().copied().and_then(Mark::of) {
            Some(Mark::Open) => rest.get(length + 1).copied().and_then(Mark::of) == Some(Mark::Close),
            _ => false,
        };
        match rest.first() {
            Some('/') if is_change(class) => Some(length + 1),
            Some(_) if is_closed && is_change(class) => Some(length + 2),
            _ => None,
        }
    }

    /// 预算中，: the one word between a name and the mark.
    fn ends_within(&self) -> bool {
        let text = self.text.get(self.unknown..self.at).unwrap_or(&[]);
        let is_name = |last: &Token| matches!(last.kind, Kind::Label | Kind::Word(_));
        self.lexicon.only(Class::Within).is_word(text) && self.tokens.last().is_some_and(is_name)
    }

    /// The ordinal that the text starts with, where an ordinal may stand.
    fn ordinal(&self, rest: &[char]) -> Option<(Level, usize)> {
        let last = match self.tokens.last().map(|last| &last.kind) {
            _ if self.unknown < self.at => return None,
            None => Mark::LineEnd,
            Some(Kind::Mark(mark)) => *mark,
            Some(_) => return None,
        };
        let (level, length) = list_mark(rest, self.lexicon)?;
        let may_stand = match last {
            Mark::LineEnd | Mark::Stop | Mark::Semicolon | Mark::Colon => true,
            // Behind an editor's bookmark only the plainest kind is believed.
            Mark::Close => level == Level(1),
            Mark::Comma | Mark::Pause | Mark::Open => false,
        };
        may_stand.then_some((level, length))
    }

    fn push(&mut self, kind: Kind, length: usize) {
        self.close_unknown();
        self.tokens.push(Token { kind, start: self.at, end: self.at + length });
        self.at += length;
        self.unknown = self.at;
    }

    fn close_unknown(&mut self) {
        let blank = |at: usize| self.text.get(at) == Some(&' ');
        let mut start = self.unknown;
        while start < self.at && blank(start) {
            start += 1;
        }
        if start < self.at {
            self.tokens.push(Token { kind: Kind::Unknown, start, end: self.at });
        }
        self.unknown = self.at;
    }

    /// 公务用车运行费没有安排，: how long the words are, at the end of a clause, that say there is none of a label.
    fn absent(&self, rest: &[char]) -> Option<usize> {
        let is_label = |last: &Token| matches!(last.kind, Kind::Label | Kind::Word(Class::Note));
        let follows = self.unknown == self.at && self.tokens.last().is_some_and(is_label);
        let (_, length) = self.lexicon.only(Class::Absent).prefix(rest).filter(|_| follows)?;
        let ends = rest.get(length).is_none_or(|next| Mark::of(*next).is_some());
        ends.then_some(length)
    }

    /// 加上级补助收入: where a label starts inside a word and goes on past it, the word is the shorter one before it.
    /// （含上年结转5万元）: what a figure includes is a part of it.
    fn before_label(&self, rest: &[char], class: Class, length: usize) -> (Class, usize) {
        if class == Class::Including {
            return (Class::Part, length);
        }
        let doing = self.lexicon.only(Class::Doing);
        let shorter = (1..length).find(|at| {
            let label =
                rest.get(*at..).and_then(|rest| self.labels.prefix(rest)).map_or(0, |(_, length)| length);
            at + label > length && rest.get(..*at).is_some_and(|word| doing.is_word(word))
        });
        match shorter.filter(|_| class == Class::Link) {
            Some(shorter) => (Class::Verb, shorter),
            None => (class, length),
        }
    }

    /// 组织因公出国（境）团组: what is done with a label is no part of it.
    fn close_doing(&mut self) {
        let text = self.text.get(self.unknown..self.at).unwrap_or(&[]);
        if self.is_moment() {
            let start = self.unknown;
            self.tokens.push(Token { kind: Kind::Word(Class::Own), start, end: self.at });
            self.unknown = self.at;
        } else if self.lexicon.only(Class::Doing).is_word(text) {
            let start = self.unknown;
            self.tokens.push(Token { kind: Kind::Word(Class::Verb), start, end: self.at });
            self.unknown = self.at;
        }
    }

    /// Takes the particles off the end of the unknown text before a figure.
    fn trim_particles(&mut self) {
        let end = self.at;
        // 收入预算数: all that stands between a label and its figure.
        let text = self.text.get(self.unknown..end).unwrap_or(&[]);
        let is_label =
            self.tokens.last().is_some_and(|last| last.kind == Kind::Label && last.end == self.unknown);
        if is_label && self.lexicon.only(Class::Remnant).is_word(text) {
            let start = self.unknown;
            self.tokens.push(Token { kind: Kind::Word(Class::Note), start, end });
            self.unknown = end;
            return;
        }
        let mut from = end;
        let mut does = Class::Particle;
        while let Some((class, length)) =
            self.text.get(self.unknown..from).and_then(|text| self.lexicon.suffix(Place::Trailing, text))
        {
            from -= length;
            // 少了0.07万元: the change among them is what they do.
            if class != Class::Particle {
                does = class;
            }
        }
        if from < end {
            self.at = from;
            self.push(Kind::Word(does), end - from);
        }
    }
}

/// Whether words of a class say that an amount changed.
pub(super) fn is_change(class: Class) -> bool {
    matches!(class, Class::Increase | Class::Decrease | Class::Unchanged)
}

/// `一、`, `（一）`, `1、`, `1.`, `（1）`, `①` at the start of the text.
pub(super) fn list_mark(rest: &[char], lexicon: &Lexicon) -> Option<(Level, usize)> {
    if lexicon.only(Class::Circled).prefix(rest).is_some() {
        return Some((Level(5), 1));
    }
    let is_open = rest.first() == Some(&'(');
    let open = usize::from(is_open);
    let body = rest.get(open..)?;
    let numerals = body.iter().take(4).take_while(|c| lexicon.only(Class::Numeral).is_word(&[**c])).count();
    let digits = body.iter().take(4).take_while(|c| c.is_ascii_digit()).count();
    let count = numerals.max(digits);
    if count == 0 || digits > 2 {
        return None;
    }
    let after = body.get(count..).unwrap_or(&[]);
    match (is_open, numerals > 0, after) {
        (true, true, [')', ..]) => Some((Level(2), count + 2)),
        (true, false, [')', ..]) => Some((Level(4), count + 2)),
        (false, true, ['、' | '.', ..]) => Some((Level(1), count + 1)),
        (false, false, ['.', next, ..]) if next.is_ascii_digit() => None,
        (false, false, ['、' | '.' | ')', ..]) => Some((Level(3), count + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::lexicon::lexicon;
    use super::*;
    use crate::fold::Folded;

    fn labels() -> Words<()> {
        let mut labels = Words::default();
        for label in ["基本支出", "三公经费", "会议费", "因公出国(境)费", "人数"] {
            labels.insert(label, ());
        }
        labels
    }

    fn cut(text: &str) -> String {
        let labels = labels();
        let folded = Folded::new(text);
        let shown = tokens(folded.chars(), &labels, lexicon()).into_iter().map(|token| {
            let text: String = folded.slice(token.start, token.end).iter().collect();
            match token.kind {
                Kind::Figure(quantity) => format!("#{quantity}"),
                Kind::Year(year) => format!("@{year}"),
                Kind::Label => format!("<{text}>"),
                Kind::Word(class) => format!("{class:?}:{text}"),
                Kind::Mark(mark) => format!("{mark:?}"),
                Kind::Ordinal(Level(level)) => format!("level {level}"),
                Kind::Unknown => format!("?{text}"),
            }
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    proptest! {
        #[test]
        fn a_character_that_is_passed_over_starts_nothing(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "三公经费", "会议费", "因公出国（境）费", "人数", "基本支出", "支出", "预算数", "较", "上年", "2019年", "同", "志", "比",
                "完成", "占", "无", "本级", "的", "为", "5万元", "12.5％", "0", "一、", "（二）", "①", "3.", "，", "（", "）", "。", "\n",
                "贰万元整", "三百万元", "负责", "全县", "增加", "持平", "第", " ", "▲", "其中", "中", "：",
            ]), 0..40),
        ) {
            let (labels, text) = (labels(), Folded::new(&pieces.concat()));
            let mut slow = Cutter::new(text.chars(), &labels, lexicon());
            while slow.at < text.chars().len() {
                slow.step();
            }
            slow.close_unknown();
            prop_assert_eq!((slow.tokens, slow.unread), super::cut(text.chars(), &labels, lexicon()));
        }
    }

    #[test]
    fn a_label_is_known_and_the_words_after_it_lead_to_the_figure() {
        assert_eq!(cut("“三公”经费支出为8.6万元"), "<三公经费> Note:支出 Particle:为 #8.6万元");
        assert_eq!(cut("人数支出8.6万元"), "<人数> Noun:支出 #8.6万元");
        assert_eq!(cut("因公出国（境）费支0万元"), "<因公出国(境)费> Particle:支 #0万元");
    }

    #[test]
    fn text_that_touches_a_label_is_kept_before_it() {
        assert_eq!(cut("项目基本支出5万元"), "?项目 <基本支出> #5万元");
        assert_eq!(cut("专项（一般）基本支出5万元"), "?专项(一般) <基本支出> #5万元");
        assert_eq!(cut("基本支出（含税）5万元"), "<基本支出> Open Part:含 ?税 Close #5万元");
    }

    #[test]
    fn a_short_word_is_one_only_beside_what_it_belongs_to() {
        assert_eq!(cut("同2017年度相比"), "Versus:同 @2017 Link:相比");
        assert_eq!(cut("同志"), "?同志");
        assert_eq!(cut("占42.4%，侵占"), "Share:占 #42.4% Comma ?侵占");
        assert_eq!(cut("本部门无会议费"), "Own:本部门 Nothing:无 <会议费>");
        assert_eq!(cut("有无"), "?有无");
        assert_eq!(cut("完成预算的96%"), "Completion:完成 Budget:预算 Particle:的 #96%");
        assert_eq!(cut("下属单位会议费"), "?下属单位 <会议费>");
    }

    #[test]
    fn ordinals_stand_at_the_start_of_a_line_or_a_sentence() {
        assert_eq!(cut("一、总表\n（二）人数3人"), "level 1 ?总表 LineEnd level 2 <人数> #3人");
        assert_eq!(cut("1.58元。2、人数"), "#1.58元 Stop level 3 <人数>");
        assert_eq!(cut("①人数"), "level 5 <人数>");
        assert_eq!(cut("[bookmark]五、其他"), "Open ?bookmark Close level 1 ?其他");
    }

    #[test]
    fn a_number_that_is_no_figure_is_text() {
        assert_eq!(cut("3月5日印发〔2016〕143号"), "?3月5日印发 Open ?2016 Close ?143号");
    }
}
