//! Lines and headings: what they keep for the figures in them and under them.

use std::rc::Rc;

use super::focus::{Heading, List, ListKind, Subject, Told};
use super::{BRACKETS, CAPTION, HEADING, Line, Running, UNNUMBERED, Walker};
use crate::document::{Basis, Ground, Period, StatementId};
use crate::quantity::Unit;

impl Walker<'_> {
    pub(super) fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let mut focus = std::mem::take(&mut self.focus);
        self.area = None;
        if line.clauses > 0 {
            self.lines += 1;
            // What a sentence before the last was about is carried to it.
            let about = focus.topic.take().or(focus.carried.take());
            self.above = about.filter(|about| about.amount.is_some() && line.ordinal.is_none());
        }
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
                let basis = line.says_basis.filter(|_| is_figureless);
                self.headings.enter(Heading { level, text, subject: line.head, period: line.period, basis });
            }
        } else if line.clauses > 0 && is_figureless && !line.is_long && !line.ends_in_colon && line.end > 0 {
            self.enter_caption(&line);
        }
        if line.clauses > 0 || line.goes_on {
            let is_open = |list: &List| list.is_spelled && list.parts == 0 && list.kind == ListKind::Parts;
            let opened = focus.list.filter(|list| line.ends_in_colon && is_open(list));
            if !line.goes_on || (opened.is_none() && is_figureless) {
                self.running.clear();
            }
            if let Some(list) = opened.filter(|_| self.running.len() < BRACKETS) {
                let under = line.ordinal.map(|(level, _)| level);
                let under = under.or(self.headings.inwards_out().next().map(|heading| heading.level));
                let under = under.unwrap_or(UNNUMBERED);
                self.running.push(Running { list, under, items: None, last: None });
            }
        }
        self.start_line();
    }

    pub(super) fn start_line(&mut self) {
        self.line.statements_before = self.statements.len();
        self.line.goes_on = !self.running.is_empty();
        self.focus.list = self.running.last().map(|running| running.list.clone());
        self.focus.subject = self.heading_subject();
        let period = self.headings.inwards_out().find_map(|heading| heading.period);
        self.line.period = period.map(|period| Told { by: Ground::Heading, ..period });
        self.focus.period = self.line.period;
        let basis = self.headings.inwards_out().find_map(|heading| heading.basis);
        self.line.basis = basis.filter(|basis| basis.is != self.kind.basis());
    }

    /// A line that is a heading without a number: what stands under it is of its year, planned or happened as it says.
    fn enter_caption(&mut self, line: &Line) {
        let is_short = line.end.saturating_sub(line.start) <= HEADING;
        let says = line.period.is_some() || line.says_basis.is_some();
        if is_short && says && self.lines > 1 {
            let (period, basis) = (line.period, line.says_basis);
            let heading = Heading { level: CAPTION, text: "".into(), subject: None, period, basis };
            self.headings.enter(heading);
        }
    }

    pub(super) fn heading_subject(&self) -> Option<Subject> {
        self.headings.inwards_out().next().and_then(|heading| heading.subject.clone())
    }

    /// What a statement has just been made of: a list that runs over lines has one part a line.
    pub(super) fn settle_line(&mut self) {
        let running = self.running.last().map(|running| running.list.parent.breakdown);
        let own = self.focus.list.as_ref().map(|list| list.parent.breakdown);
        if self.line.goes_on && own == running {
            if let Some(running) = self.running.last_mut() {
                running.last = self.focus.subject.clone();
            }
            self.focus.list = None;
            self.focus.topic = self.focus.topic.take().or(self.focus.subject.clone());
        }
    }

    /// A period that the text states.
    pub(super) fn enter_period(&mut self, period: Told<Period>) {
        self.focus.period = Some(period);
        // A line that names a year at its start is of that year, and no item of the list above.
        if self.line.clauses == 1 {
            self.line.period = Some(period);
            if self.line.goes_on {
                self.line.goes_on = false;
                self.running.clear();
                self.focus.list = None;
            }
        }
    }

    /// A basis that a clause without a figure states.
    pub(super) fn enter_basis(&mut self, basis: Told<Basis>) {
        self.line.says_basis = Some(basis);
    }

    /// What the headings above say of planned or happened, where it is not what the whole text is.
    pub(super) fn heading_basis(&self) -> Option<Told<Basis>> {
        self.line.basis
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
        let is_money = subject.unit.as_ref().is_some_and(Unit::is_money);
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

    /// Whether this is still the first clause of its line.
    pub(super) fn is_first_of_line(&self) -> bool {
        self.line.clauses == 1
    }

    /// What the line before was about, for a line that opens with 其中.
    pub(super) fn line_before(&self) -> Option<Subject> {
        self.above.clone()
    }
}
