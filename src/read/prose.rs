//! From clauses to statements: the walk through a text.
//!
//! Clause by clause, the [`Walker`] keeps in its [`Focus`] what a figure without a name of its own is of. This file
//! decides how long that lasts: marks, brackets, lines and headings. What one phrase states is in [`super::state`].

use std::collections::HashMap;
use std::rc::Rc;

use super::clause::{Clause, clauses};
use super::focus::{Did, Focus, Heading, Headings, List, ListKind, Subject};
use super::identity::Identity;
use super::lexicon::{Class, Lexicon};
use super::phrase::{Measure, Phrase, phrases};
use super::token::{Kind, Level, Mark, Token};
use crate::document::{Breakdown, Period, Statement, StatementId};
use crate::fold::Folded;
use crate::limits;
use crate::source::{Source, SourceId};

/// Characters of a heading. A longer line with an ordinal is a paragraph.
const HEADING: usize = 40;
/// Below which lines are items of a list that a line without a number opened: 一、 and （一） are headings.
const UNNUMBERED: Level = Level(2);
/// Characters of a label that no vocabulary knows. More is a sentence; its end is kept.
const LABEL: usize = 60;
/// How much of the first line may be a title.
const OPENING: usize = 200;
/// Brackets inside each other that the reader follows. Deeper ones are only counted.
const BRACKETS: usize = 16;
/// Where the name of a unit is looked for in its clause.
const UNIT_NAME: usize = 40;

/// A walk through one text.
pub(super) struct Walker<'t> {
    pub(super) source: &'t Source,
    pub(super) id: SourceId,
    pub(super) folded: &'t Folded,
    pub(super) lexicon: &'t Lexicon,
    pub(super) year: Option<i32>,
    pub(super) statements: Vec<Statement>,
    pub(super) focus: Focus,
    /// What stood before each bracket that is open, and whether a part had yet to start there.
    brackets: Vec<(Focus, bool)>,
    brackets_beyond: usize,
    headings: Headings,
    line: Line,
    /// A list that the line before left open at its end (其中：).
    running: Option<List>,
    /// How deep the line stands that opened it.
    running_under: Level,
    /// The subordinate unit that the text speaks of.
    pub(super) unit: Option<String>,
    /// The part of the department that is none of its units, where the text speaks of it.
    pub(super) organ: Option<String>,
    starts_part: bool,
    breakdowns: u32,
}

/// What is kept for a line.
#[derive(Default)]
struct Line {
    ordinal: Option<(Level, usize)>,
    /// The first label the line names: what it is about.
    head: Option<Subject>,
    period: Option<Period>,
    /// The amounts of its labels.
    amounts: HashMap<(Rc<str>, Option<Period>), StatementId>,
    statements_before: usize,
    /// Where its words end so far, and whether it has more than one sentence or part.
    end: usize,
    is_long: bool,
    clauses: usize,
    ends_in_colon: bool,
    /// Whether it goes on with the list of the line before.
    goes_on: bool,
}

impl<'t> Walker<'t> {
    /// Every statement of the text, in its order; one more than the limit if there are more.
    pub(super) fn walk(
        source: &'t Source,
        folded: &'t Folded,
        tokens: &[Token],
        identity: &Identity,
        lexicon: &'t Lexicon,
    ) -> Vec<Statement> {
        let mut walker = Walker {
            source,
            id: SourceId::from_index(0),
            folded,
            lexicon,
            year: identity.year,
            statements: Vec::new(),
            focus: Focus::default(),
            brackets: Vec::new(),
            brackets_beyond: 0,
            headings: Headings::default(),
            line: Line::default(),
            running: None,
            running_under: UNNUMBERED,
            unit: None,
            organ: None,
            starts_part: true,
            breakdowns: 0,
        };
        walker.start_line();
        for clause in clauses(tokens) {
            if walker.statements.len() > limits::STATEMENTS {
                break;
            }
            walker.clause(&clause);
        }
        walker.statements
    }

    fn clause(&mut self, clause: &Clause<'_>) {
        if let Some(Token { kind: Kind::Ordinal(level), end, .. }) = clause.tokens.first() {
            self.ordinal(*level, *end);
        }
        if let Some((_, end)) = clause.range() {
            self.line.clauses += 1;
            self.line.end = end;
            self.line.ends_in_colon = clause.end == Mark::Colon;
            if self.starts_part || self.unit.is_some() {
                self.unit_of(clause);
            }
            if self.starts_part {
                self.organ_of(clause);
            }
            let mut completes = false;
            for phrase in phrases(clause.tokens) {
                let phrase = Phrase {
                    // 完成预算100万元的96%: the rate completes what the amount was said to.
                    measure: phrase.measure.or(completes.then_some(Measure::Completion)),
                    ..phrase
                };
                completes = phrase.measure == Some(Measure::Completion);
                self.phrase(&phrase, clause);
            }
            self.starts_part = false;
        }
        self.mark(clause);
    }

    /// A list mark starts a line of its own wherever a sentence has ended.
    fn ordinal(&mut self, level: Level, end: usize) {
        if !self.starts_part || self.focus.list.as_ref().is_some_and(|list| list.is_parted) {
            return;
        }
        if self.line.clauses > 0 {
            self.end_line();
        } else if self.line.goes_on && level > self.running_under {
            // 其中：, and its parts in numbered lines.
            self.line.ordinal = Some((level, end));
            return;
        }
        self.running = None;
        self.focus.list = None;
        self.line.goes_on = false;
        self.line.ordinal = Some((level, end));
        self.headings.leave(level);
        self.focus.subject = self.heading_subject();
    }

    fn mark(&mut self, clause: &Clause<'_>) {
        match clause.end {
            Mark::Comma | Mark::Pause => {}
            Mark::Colon => {
                let opens = |token: &Token| token.kind == Kind::Word(Class::Part);
                if let Some(list) = &mut self.focus.list
                    && clause.tokens.last().is_some_and(opens)
                {
                    list.is_spelled = true;
                }
            }
            Mark::Semicolon => self.end_part(),
            Mark::Stop => self.end_sentence(),
            Mark::Open => self.open_bracket(clause),
            Mark::Close => self.close_bracket(),
            Mark::LineEnd => self.end_line(),
        }
    }

    fn end_part(&mut self) {
        self.line.is_long = true;
        self.starts_part = true;
        (self.unit, self.organ) = (None, None);
        self.focus.last = None;
        self.focus.subject = None;
        self.focus.seen.clear();
        match &mut self.focus.list {
            Some(list) if list.goes_on() => {
                list.is_parted = true;
                (list.parts, list.changes) = (0, 0);
                (self.focus.is_respective, self.focus.is_purpose) = (false, false);
            }
            _ => {
                self.line.head = None;
                let period = self.focus.period;
                self.focus = Focus { period, ..Focus::default() };
            }
        }
    }

    fn end_sentence(&mut self) {
        self.starts_part = true;
        (self.unit, self.organ) = (None, None);
        let before = std::mem::take(&mut self.focus);
        let mut subject = before.topic.or(before.carried);
        if let Some(subject) = &mut subject {
            // Named afresh, it takes the period of what is said of it next.
            subject.is_part = false;
            subject.parent = None;
        }
        let subject = subject.filter(|_| !before.is_mixed);
        self.focus = Focus {
            carried: subject.clone(),
            subject,
            period: self.line.period,
            base_before: before.base,
            ..Focus::default()
        };
        self.line.is_long |= self.line.clauses > 1;
    }

    fn open_bracket(&mut self, clause: &Clause<'_>) {
        if self.brackets.len() >= BRACKETS {
            self.brackets_beyond += 1;
            return;
        }
        self.brackets.push((self.focus.clone(), self.starts_part));
        let states_amount = self.focus.last.as_ref().is_some_and(|last| last.did == Did::Amount);
        if clause.ends_in_figure() && states_amount {
            self.open_list(ListKind::Parts);
            if let Some(whole) = &mut self.focus.subject {
                whole.is_part = false;
            }
        }
    }

    fn close_bracket(&mut self) {
        if self.brackets_beyond > 0 {
            self.brackets_beyond -= 1;
        } else if let Some(before) = self.brackets.pop() {
            (self.focus, self.starts_part) = before;
        }
    }

    /// Opens a list of what the subject is made of.
    pub(super) fn open_list(&mut self, kind: ListKind) {
        self.focus.list = self.focus.subject.clone().map(|whole| {
            self.breakdowns = self.breakdowns.saturating_add(1);
            List::new(kind, whole, Breakdown(self.breakdowns))
        });
    }

    /// A breakdown of its own.
    pub(super) fn fresh_breakdown(&mut self) -> Breakdown {
        self.breakdowns = self.breakdowns.saturating_add(1);
        Breakdown(self.breakdowns)
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let focus = std::mem::take(&mut self.focus);
        self.brackets.clear();
        self.brackets_beyond = 0;
        (self.unit, self.organ) = (None, None);
        self.starts_part = true;
        let is_figureless = self.statements.len() == line.statements_before;
        if let Some((level, start)) = line.ordinal {
            let length = line.end.saturating_sub(start);
            let text = if is_figureless && !line.is_long && (1..=HEADING).contains(&length) {
                Some(Rc::from(self.printed(start, line.end)))
            } else {
                line.head.as_ref().filter(|_| !is_figureless).map(|head| Rc::clone(&head.label))
            };
            if let Some(text) = text {
                self.headings.enter(Heading { level, text, subject: line.head, period: line.period });
            }
        }
        if line.clauses > 0 || line.goes_on {
            let is_open = |list: &List| list.is_spelled && list.parts == 0 && list.kind == ListKind::Parts;
            let opened = focus.list.filter(|list| line.ends_in_colon && is_open(list));
            if opened.is_some() {
                self.running_under = line.ordinal.map_or(UNNUMBERED, |(level, _)| level);
            }
            self.running = opened.or(self.running.take().filter(|_| line.goes_on && !is_figureless));
        }
        self.start_line();
    }

    fn start_line(&mut self) {
        self.line.statements_before = self.statements.len();
        self.line.goes_on = self.running.is_some();
        self.focus.list = self.running.clone();
        self.focus.subject = self.heading_subject();
        self.line.period = self.headings.inwards_out().find_map(|heading| heading.period);
        self.focus.period = self.line.period;
    }

    fn heading_subject(&self) -> Option<Subject> {
        self.headings.inwards_out().next().and_then(|heading| heading.subject.clone())
    }

    /// What a statement has just been made of: a list that runs over lines has one part a line.
    pub(super) fn settle_line(&mut self) {
        if self.line.goes_on {
            self.focus.list = None;
        }
    }

    /// A period that the text states.
    pub(super) fn enter_period(&mut self, period: Period) {
        self.focus.period = Some(period);
        // A line that names a year at its start is of that year, and no item of the list above.
        if self.line.clauses == 1 {
            self.line.period = Some(period);
            if self.line.goes_on {
                self.line.goes_on = false;
                self.running = None;
                self.focus.list = None;
            }
        }
    }

    /// A subject that the text names outside a list may be what its sentence, or its line, is about.
    pub(super) fn enter_subject(&mut self, subject: &Subject) {
        if self.focus.list.is_none() && self.brackets.is_empty() {
            if self.focus.topic.is_none() {
                self.focus.topic = Some(subject.clone());
            }
            if self.line.head.is_none() {
                self.line.head = Some(subject.clone());
            }
        }
    }

    /// An amount that is its subject's own.
    pub(super) fn enter_amount(&mut self, subject: &Subject, id: StatementId) {
        self.line.amounts.insert((Rc::clone(&subject.key), subject.period), id);
        let is_outside = self.focus.list.is_none() && self.brackets.is_empty();
        let is_money = subject.unit.as_ref().is_some_and(crate::quantity::Unit::is_money);
        for kept in
            [&mut self.focus.topic, &mut self.focus.carried, &mut self.line.head].into_iter().flatten()
        {
            if kept.key == subject.key {
                *kept = Subject { is_part: false, parent: None, ..subject.clone() };
            }
        }
        if is_outside && is_money && self.focus.topic.as_ref().is_some_and(|topic| topic.key != subject.key) {
            self.focus.is_mixed = true;
        }
    }

    /// The amount of a label that this line has stated.
    pub(super) fn amount_of(&self, key: &Rc<str>, period: Option<Period>) -> Option<StatementId> {
        self.line.amounts.get(&(Rc::clone(key), period)).copied()
    }

    /// The labels and headings that a figure with this label stands under.
    pub(super) fn under(&self, label: &str) -> Vec<String> {
        let wholes = self.focus.list.iter().map(|list| &list.whole.label);
        let heads = self.line.head.iter().map(|head| &head.label);
        let headings = self.headings.inwards_out().map(|heading| &heading.text);
        let mut under: Vec<String> = Vec::new();
        for text in self.focus.seen.iter().chain(wholes).chain(heads).chain(headings) {
            if **text != *label && !under.iter().any(|known| **known == **text) {
                under.push(text.to_string());
            }
        }
        under
    }

    /// Whether the line started with an ordinal and this is still its first clause.
    pub(super) fn is_first_of_item(&self) -> bool {
        self.line.ordinal.is_some() && self.line.clauses == 1
    }

    /// The source text of folded characters, with a quotation mark that opens right before them and closes inside.
    pub(super) fn printed(&self, start: usize, end: usize) -> &'t str {
        let span = self.folded.span(start, end);
        let text = self.source.text();
        let inside = text.get(span.start()..span.end()).unwrap_or("");
        let before = text.get(..span.start()).and_then(|before| before.chars().next_back());
        match before.filter(|mark| "“\"‘「＂".contains(*mark)) {
            Some(mark) if inside.contains(['”', '"', '’', '」', '＂', '“']) => {
                text.get(span.start() - mark.len_utf8()..span.end()).unwrap_or(inside)
            }
            _ => inside,
        }
    }

    /// Where a label that may be a whole sentence starts.
    pub(super) fn label_start(start: usize, end: usize) -> usize {
        start.max(end.saturating_sub(LABEL))
    }

    /// Enters the department's own part, if the clause is about that.
    fn organ_of(&mut self, clause: &Clause<'_>) {
        let organs = self.lexicon.only(Class::Organ);
        let first = clause.tokens.iter().find(|token| !matches!(token.kind, Kind::Ordinal(_)));
        let organ = first.filter(|first| organs.is_word(self.folded.slice(first.start, first.end)));
        self.organ = organ.map(|organ| self.printed(organ.start, organ.end).to_owned());
    }

    /// The first line, which names the document's own department if any does.
    fn title(&self) -> &[char] {
        let text = self.folded.slice(0, OPENING);
        let start = text.iter().take_while(|c| matches!(c, '\n' | ' ')).count();
        let line = text.get(start..).unwrap_or(&[]);
        line.get(..line.iter().take_while(|c| **c != '\n').count()).unwrap_or(&[])
    }

    /// Enters the subordinate unit that the clause is about, if it is about one.
    ///
    /// `县信息中心为县委组织部下属事业单位，核定编制9个`: what is said until the part ends is the unit's.
    fn unit_of(&mut self, clause: &Clause<'_>) {
        let Some(first) = clause.tokens.iter().find(|token| !matches!(token.kind, Kind::Ordinal(_))) else {
            return;
        };
        if first.kind != Kind::Unknown {
            return;
        }
        let (_, end) = clause.range().unwrap_or_default();
        let text = self.folded.slice(first.start, end.min(first.start + UNIT_NAME));
        let names = self.lexicon.only(Class::UnitName);
        let verbs = self.lexicon.only(Class::Copula);
        let joined = self.lexicon.only(Class::Joined);
        // 县信息中心支出5万元, 县信息中心，编制9名: the name is all there is before what is said of it.
        let next = clause.tokens.iter().find(|token| token.start >= first.end).map(|next| &next.kind);
        let stands_alone = match next {
            None => matches!(clause.end, Mark::Comma | Mark::Colon | Mark::Open),
            Some(next) => matches!(next, Kind::Label | Kind::Word(_)),
        };
        let name_end = (2..text.len()).find_map(|at| {
            let (_, length) = text.get(at..).and_then(|rest| names.prefix(rest))?;
            let rest = text.get(at + length..)?;
            let is_all = (length > 1 || at > 2) && stands_alone && first.start + at + length == first.end;
            let is_subject = verbs.prefix(rest).is_some() || (length > 1 && starts_with_year(rest)) || is_all;
            let is_word = joined.prefix(text.get(at..)?).is_some();
            (is_subject && !is_word).then_some(at + length)
        });
        let Some(name_end) = name_end.map(|length| first.start + length) else { return };
        let name = self.folded.slice(first.start, name_end);
        let opening = self.title();
        let is_itself = opening.windows(name.len()).any(|window| window == name)
            || self.lexicon.mentions(Class::Itself, text);
        if !is_itself {
            self.unit = Some(self.printed(first.start, name_end).to_owned());
        }
    }
}

fn starts_with_year(text: &[char]) -> bool {
    text.iter().take_while(|c| c.is_ascii_digit()).count() == 4
}
