//! Prose, clause by clause.
//!
//! In: the tokens of a text. Out: the statements it makes, each with its label as printed, its facet, its period, what it
//! is a part of, and its place. It never looks at a figure's value to decide what the figure is.
//!
//! The [`Walker`] goes through the clauses once and keeps in its [`Focus`] what a figure without a name of its own is
//! of. This file decides how long that lasts: marks and brackets, and [`line`] for lines and headings. What the words
//! before one figure mean by themselves is in [`super::phrase`]; [`state`] makes a statement of them, by [`facet`],
//! [`subject`], [`whole`] and [`scope`]; [`words`] does so where there is no figure, [`turns`] where several share their
//! names.

mod facet;
mod focus;
mod line;
mod reason;
mod scope;
mod state;
mod subject;
mod turns;
mod whole;
mod words;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::document::{Basis, Breakdown, DocumentKind, Parent, Period, Statement, StatementId};
use crate::fold::Folded;
use crate::limits;
use crate::read::clause::{Clause, clauses};
use crate::read::identity::Identity;
use crate::read::label;
use crate::read::labels::Labels;
use crate::read::lexicon::{Class, Lexicon};
use crate::read::phrase::{Measure, Phrase, phrases};
use crate::read::token::{Kind, Level, Mark, Token};
use crate::ruleset::field::FieldId;
use crate::source::{Source, SourceId};
use focus::{Did, Focus, Headings, List, ListKind, Subject, Told};
use turns::Turns;

/// Characters of a heading. A longer line with an ordinal is a paragraph.
const HEADING: usize = 40;
/// Below which lines are items of a list that a line without a number opened under no heading: 一、 is a heading.
const UNNUMBERED: Level = Level(1);
/// A heading without a number stands above those that have one.
const CAPTION: Level = Level(0);
/// Characters of a label that no vocabulary knows. More is a sentence; its end is kept.
const LABEL: usize = 60;
/// How much of the first line may be a title.
const OPENING: usize = 200;
/// Brackets, or lists over lines, inside each other that the reader follows. Deeper ones are only counted.
const BRACKETS: usize = 16;
/// Where the name of a unit is looked for in its clause.
const UNIT_NAME: usize = 40;

/// A text, and what is known of it before it is walked through.
pub(super) struct Text<'t> {
    pub(super) source: &'t Source,
    pub(super) folded: &'t Folded,
    pub(super) tokens: &'t [Token],
    pub(super) identity: &'t Identity,
}

/// A walk through one text.
pub(super) struct Walker<'t> {
    source: &'t Source,
    id: SourceId,
    folded: &'t Folded,
    labels: &'t Labels,
    lexicon: &'t Lexicon,
    year: Option<i32>,
    kind: DocumentKind,
    statements: Vec<Statement>,
    /// Whether what decides each is kept.
    is_asked: bool,
    focus: Focus,
    /// What stood before each bracket that is open, and whether a part had yet to start there.
    brackets: Vec<(Focus, bool)>,
    brackets_beyond: usize,
    headings: Headings,
    line: Line,
    /// The lists that lines before left open at their end (其中：), outermost first.
    running: Vec<Running>,
    /// The subordinate unit that the text speaks of.
    unit: Option<String>,
    /// The part of the department that is none of its units, where the text speaks of it.
    organ: Option<String>,
    /// The area that the text is of, and another that it speaks of.
    own_area: Option<String>,
    area: Option<String>,
    /// The wholes that have been stated, by field.
    wholes: HashMap<FieldId, Whole>,
    /// The fields in each breakdown, and those above them by the rules.
    members: HashMap<Breakdown, Members>,
    /// What the line before was about.
    above: Option<Subject>,
    lines: usize,
    /// What the figures at hand belong to in turn.
    turns: Option<Turns>,
    starts_part: bool,
    /// Whether a semicolon is to come before the sentence, or the bracket, ends.
    is_parted: bool,
    /// Whether the clause at hand speaks of execution, once that has been asked.
    executes: Option<bool>,
    breakdowns: u32,
}

/// A list that runs over lines.
#[derive(Debug)]
struct Running {
    list: List,
    /// How deep the line stands that opened it, and how deep its items do.
    under: Level,
    items: Option<Level>,
    /// The item before: deeper lines list what it is made of.
    last: Option<Subject>,
}

/// What a breakdown has so far.
#[derive(Debug, Default)]
struct Members {
    fields: HashSet<FieldId>,
    above: HashSet<FieldId>,
    /// Whether it has words that no field goes by: they may be any of the others.
    is_unclear: bool,
    /// The sums of its whole that all of them are in; before the first, none is known.
    ways: Option<Vec<usize>>,
}

/// A whole, as its latest amount states it.
#[derive(Debug)]
struct Whole {
    subject: Subject,
    /// What its parts have as their parent, once one is known.
    parent: Option<Rc<Parent>>,
    /// The line that spoke of it last.
    line: usize,
}

/// What is kept for a line.
#[derive(Default)]
struct Line {
    ordinal: Option<(Level, usize)>,
    /// The first label the line names: what it is about.
    head: Option<Subject>,
    period: Option<Told<Period>>,
    /// What it opens with before a colon: 三公经费情况：.
    opened: Option<Subject>,
    /// What its own words, and the headings above it, say of the basis.
    says_basis: Option<Told<Basis>>,
    basis: Option<Told<Basis>>,
    /// The amounts of its labels.
    amounts: HashMap<(Rc<str>, Option<Period>), StatementId>,
    statements_before: usize,
    /// Where its words start.
    start: usize,
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
        text: &Text<'t>,
        labels: &'t Labels,
        lexicon: &'t Lexicon,
        is_asked: bool,
    ) -> Vec<Statement> {
        let Text { source, folded, tokens, identity } = *text;
        let mut walker = Walker {
            source,
            id: SourceId::from_index(0),
            folded,
            labels,
            lexicon,
            year: identity.year,
            kind: identity.kind,
            statements: Vec::new(),
            is_asked,
            focus: Focus::default(),
            brackets: Vec::new(),
            brackets_beyond: 0,
            headings: Headings::default(),
            line: Line::default(),
            running: Vec::new(),
            unit: None,
            organ: None,
            own_area: None,
            area: None,
            wholes: HashMap::new(),
            members: HashMap::new(),
            above: None,
            lines: 0,
            turns: None,
            starts_part: true,
            is_parted: false,
            executes: None,
            breakdowns: 0,
        };
        walker.start_line();
        let clauses: Vec<Clause<'_>> = clauses(tokens).collect();
        for (clause, is_parted) in clauses.iter().zip(parted(&clauses)) {
            if walker.statements.len() > limits::STATEMENTS {
                break;
            }
            walker.is_parted = is_parted;
            walker.executes = None;
            walker.clause(clause);
        }
        walker.statements
    }

    fn clause(&mut self, clause: &Clause<'_>) {
        if let Some(Token { kind: Kind::Ordinal(level), end, .. }) = clause.tokens.first() {
            self.ordinal(*level, *end);
        }
        if let Some((start, end)) = clause.range() {
            if self.line.clauses == 0 {
                self.line.start = start;
            }
            self.line.clauses += 1;
            self.line.end = end;
            self.line.ends_in_colon = clause.end == Mark::Colon;
            if self.starts_part || self.unit.is_some() {
                self.unit_of(clause);
            }
            if self.starts_part {
                self.organ_of(clause);
            }
            if clause.end == Mark::Colon || clause.end == Mark::LineEnd || clause.end == Mark::Stop {
                let text = clause.tokens.first().map_or(&[][..], |first| self.folded.slice(first.start, end));
                if self.lexicon.only(Class::Detail).is_word(text) {
                    self.open_again((start, end));
                    self.mark(clause);
                    return;
                }
            }
            self.focus.passing = None;
            let mut completes = false;
            let all = phrases(clause.tokens);
            for (index, phrase) in all.iter().enumerate() {
                let phrase = phrase.clone().named_after(all.get(index + 1));
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
        }
        self.running.truncate(self.running.iter().take_while(|running| level > running.under).count());
        self.open_item(level, end);
        // 其中：, and its parts in numbered lines.
        self.line.goes_on = !self.running.is_empty();
        self.focus.list = self.running.last().map(|running| running.list.clone());
        self.line.ordinal = Some((level, end));
        if self.line.goes_on {
            return;
        }
        self.headings.leave(level);
        self.focus.subject = self.heading_subject();
    }

    /// A line of a numbered list: an item, or deeper than the items and so a part of the one before.
    fn open_item(&mut self, level: Level, end: usize) {
        let depth = self.running.len();
        let Some(running) = self.running.last_mut() else { return };
        let items = *running.items.get_or_insert(level);
        if level <= items || depth >= BRACKETS {
            return;
        }
        if let Some(whole) = running.last.take().filter(|last| last.amount.is_some()) {
            let breakdown = self.fresh_breakdown();
            let list = List::new(ListKind::Parts, whole, breakdown, (end, end));
            self.running.push(Running { list, under: items, items: Some(level), last: None });
        }
    }

    fn mark(&mut self, clause: &Clause<'_>) {
        if !matches!(clause.end, Mark::Comma | Mark::Pause) {
            self.close_turns();
        }
        match clause.end {
            Mark::Comma | Mark::Pause => {}
            // 用于：教育支出5万元，…: what it is spent on is what it is made of.
            Mark::Colon
                if clause.tokens.last().is_some_and(|last| last.kind == Kind::Word(Class::Purpose)) =>
            {
                let at = clause.tokens.last().map_or((0, 0), |last| (last.start, last.end));
                self.focus.is_purpose = false;
                self.open_list(ListKind::Parts, at);
                self.focus.subject = None;
                if let Some(list) = &mut self.focus.list {
                    list.is_spelled = true;
                }
            }
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
        self.focus.before_part = self.focus.subject.take();
        self.focus.seen.clear();
        self.focus.recent.clear();
        match &mut self.focus.list {
            Some(list) if list.goes_on() => {
                list.is_parted = true;
                (list.parts, list.changes) = (0, 0);
                (self.focus.is_respective, self.focus.is_purpose) = (false, false);
            }
            _ => {
                self.line.head = None;
                let period = self.focus.period;
                let (before_part, pair) = (self.focus.before_part.take(), self.focus.pair.take());
                self.focus = Focus { period, before_part, pair, ..Focus::default() };
            }
        }
    }

    fn end_sentence(&mut self) {
        self.starts_part = true;
        (self.unit, self.organ) = (None, None);
        let before = std::mem::take(&mut self.focus);
        // 其中，甲费0.6亿元。较上年减少…: the only part there was.
        let sole = before.list.as_ref().filter(|list| list.parts == 1 && list.kind == ListKind::Parts);
        let sole = before.subject.filter(|_| before.topic.is_none() && sole.is_some());
        let mut subject = before.topic.or(sole).or(before.carried);
        if let Some(subject) = &mut subject {
            // Named afresh, it takes the period of what is said of it next.
            subject.is_part = false;
            subject.parent = None;
        }
        let subject = subject.filter(|_| !before.is_mixed);
        let pair = subject.clone().filter(|subject| self.is_pair(subject)).or(before.pair);
        self.focus = Focus {
            pair,
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
            let (_, end) = clause.range().unwrap_or_default();
            self.open_list(ListKind::Parts, (end, end + 1));
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

    pub(super) fn is_in_bracket(&self) -> bool {
        !self.brackets.is_empty()
    }

    /// The source text of folded characters, with a quotation mark that opens right before them and closes inside.
    pub(super) fn printed(&self, start: usize, end: usize) -> &'t str {
        let span = self.folded.span(start, end);
        let text = self.source.text();
        let inside = text.get(span.start()..span.end()).unwrap_or("");
        // What is dropped in folding is printed all the same: a label of few characters may be padded without end.
        if inside.len() > limits::LABEL_BYTES {
            return label(inside);
        }
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
}

/// For each clause, whether a semicolon is to come before its sentence, or its bracket, ends.
fn parted(clauses: &[Clause<'_>]) -> Vec<bool> {
    let mut parted = Vec::with_capacity(clauses.len());
    // What is so in the brackets around.
    let mut around: Vec<bool> = Vec::new();
    let mut is_parted = false;
    for clause in clauses.iter().rev() {
        match clause.end {
            Mark::Semicolon => is_parted = true,
            Mark::Stop | Mark::LineEnd => {
                around.clear();
                is_parted = false;
            }
            Mark::Close => {
                around.push(is_parted);
                is_parted = false;
            }
            Mark::Open => is_parted = around.pop().unwrap_or(is_parted),
            Mark::Comma | Mark::Pause | Mark::Colon => {}
        }
        parted.push(is_parted);
    }
    parted.reverse();
    parted
}

fn starts_with_year(text: &[char]) -> bool {
    text.iter().take_while(|c| c.is_ascii_digit()).count() == 4
}
