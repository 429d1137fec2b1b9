//! What one phrase states.
//!
//! Three questions, in this order: what kind of figure is it ([`super::facet`]), what is it of ([`super::subject`]), and
//! what is it a part of ([`super::whole`]). Where the second has no sure answer the label stays as printed, or empty: a
//! figure without a label is reported as unclaimed, one with the wrong label is a false alarm.

use std::rc::Rc;

use super::Walker;
use super::facet::Stated;
use super::focus::{Last, ListKind, Subject, Told};
use crate::document::{Basis, Facet, Ground, PrintedAs, Statement, StatementId};
use crate::quantity::Unit;
use crate::read::clause::Clause;
use crate::read::lexicon::Class;
use crate::read::phrase::{Figure, NameKind, Phrase};
use crate::read::token::{Kind, Mark, Token};
use crate::source::Place;

impl Walker<'_> {
    /// Takes in a phrase: what it opens, what it names, what it states.
    pub(super) fn phrase(&mut self, phrase: &Phrase<'_>, clause: &Clause<'_>) {
        let at = phrase.opening_at();
        match (phrase.opening, phrase.figure) {
            (Some((Class::All, start)), None) => return self.all(phrase, start),
            (Some((Class::Nothing, start)), None) => return self.none(phrase, start, PrintedAs::Nothing),
            (Some((Class::Unarranged, start)), None) => {
                return self.none(phrase, start, PrintedAs::NotArranged);
            }
            (Some((Class::Part, _)), _) => {
                self.focus.base = self.focus.base.or(self.focus.base_before);
                if let Some(named) = self.focus.passing.take() {
                    self.focus.subject = Some(self.both_of(named));
                } else if self.focus.subject.is_none() && self.is_first_of_line() {
                    self.focus.subject = self.line_before();
                }
                // 其中：包括甲费3万元: two words for one list.
                let is_again = self.focus.subject.is_none()
                    && self
                        .focus
                        .list
                        .as_ref()
                        .is_some_and(|list| !list.is_parted && list.parts == 0 && list.changes == 0);
                if !is_again {
                    self.open_list(ListKind::Parts, at);
                }
                self.focus.subject = None;
            }
            (Some((Class::Cause, _)), _) => {
                self.open_list(ListKind::Causes, at);
                self.focus.subject = None;
            }
            _ => {}
        }
        let before = self.focus.period;
        let is_passing = self.is_passing(phrase);
        if let (Some(is), Some(at)) = (phrase.period, phrase.at.period) {
            self.enter_period(Told { is, by: Ground::Carried, at });
        }
        if let Some(against) = phrase.against {
            self.focus.base = Some(self.base(against));
            self.focus.base_at = phrase.at.against;
        }
        let names_area = phrase.area.filter(|_| phrase.name.is_some() || phrase.figure.is_none());
        if let Some((start, end)) = names_area {
            self.enter_area(start, end);
        }
        self.focus.is_respective |= phrase.is_respective;
        self.focus.is_purpose |= phrase.is_purpose;
        if phrase.is_respective {
            self.open_turns(phrase);
        }
        match phrase.figure {
            Some(figure) if self.take_turn(phrase, figure) => {}
            Some(figure) if self.is_unsure(phrase, figure) => self.unbound(phrase, figure),
            Some(figure) => self.figure(phrase, figure, is_passing),
            None => self.figureless(phrase, clause),
        }
        if is_passing {
            self.focus.period = before;
        }
    }

    fn figureless(&mut self, phrase: &Phrase<'_>, clause: &Clause<'_>) {
        if let Some(basis) = phrase.basis {
            let (start, end) = clause.range().unwrap_or_default();
            let (lexicon, folded) = (self.lexicon, self.folded);
            // Once for a clause, however many phrases it has.
            let is_execution = *self
                .executes
                .get_or_insert_with(|| lexicon.mentions(Class::Execution, folded.slice(start, end)));
            let is = if is_execution { Basis::Actual } else { basis };
            let at = phrase.at.basis.unwrap_or((start, end));
            self.enter_basis(Told { is, by: Ground::Heading, at });
        }
        if let Some((Class::Unchanged, start, end)) = phrase.change
            && phrase.against.is_some()
        {
            return self.unchanged(phrase, start, end);
        }
        let Some(name) = phrase.name else { return };
        if let (Some(at), NameKind::Known) = (phrase.absent, name.kind) {
            return self.absent(phrase, name, at);
        }
        if phrase.is_within && name.kind == NameKind::Known {
            let subject = self.subject(name);
            self.enter_subject(&subject);
            self.focus.subject = Some(subject);
            self.open_list(ListKind::Parts, clause.range().unwrap_or_default());
            self.focus.subject = None;
            return;
        }
        self.focus.passing = Some(self.subject(name));
        let names = |token: &&Token| matches!(token.kind, Kind::Label | Kind::Unknown);
        let is_used = |token: &Token| token.kind == Kind::Word(Class::Verb);
        let is_alone = phrase.tokens.iter().filter(names).count() == 1 && !phrase.tokens.iter().any(is_used);
        let is_item = self.is_first_of_item() && matches!(clause.end, Mark::Comma | Mark::Colon);
        match name.kind {
            NameKind::Known if is_alone && phrase.change.is_none() => {}
            NameKind::Words if is_alone && is_item && phrase.against.is_none() => {}
            // 社会保障和就业支出（类）200万元
            NameKind::Words if is_alone && clause.end == Mark::Open && phrase.change.is_none() => {}
            // What a figure-less clause does besides is not of the figures after it.
            _ => return,
        }
        let subject = self.subject(name);
        self.enter_subject(&subject);
        self.focus.see(&subject.label);
        if clause.end == Mark::Colon && self.is_first_of_line() {
            self.line.opened = Some(subject.clone());
        }
        self.focus.subject = Some(subject);
    }

    /// Whether it is not sure what a figure is of, or how much exactly.
    fn is_unsure(&self, phrase: &Phrase<'_>, figure: Figure<'_>) -> bool {
        let is_use = || self.stated(phrase, figure.quantity.unit()).facet == Facet::Amount;
        // 主要用于维修，年末公务用车保有量9辆: what is known by its own name, and is no money, is no use of it.
        let is_known = phrase.name.is_some_and(|name| name.kind == NameKind::Known);
        let is_other = is_known && !figure.quantity.unit().is_money();
        phrase.is_about || self.focus.is_respective || (self.focus.is_purpose && !is_other && is_use())
    }

    /// A figure of which it is not sure what it is of, or how much exactly: reported, and compared with nothing.
    fn unbound(&mut self, phrase: &Phrase<'_>, figure: Figure<'_>) {
        let stated = self.stated(phrase, figure.quantity.unit());
        let statement = Statement {
            under: self.under(""),
            facet: stated.facet,
            scope: self.scope(None, figure.quantity.unit()),
            ..Statement::new("", stated.signed(figure.quantity), self.place(figure.start, figure.end))
        };
        self.push_for(phrase, &stated, None, statement);
    }

    fn figure(&mut self, phrase: &Phrase<'_>, figure: Figure<'_>, is_passing: bool) {
        let (quantity, unit_from) = self.with_unit(phrase, figure);
        let figure = Figure { quantity: &quantity, ..figure };
        let unit = figure.quantity.unit();
        let stated = self.stated(phrase, unit);
        let subject = self.subject_of(phrase, &stated, unit);
        let own_name = subject.as_ref().is_some_and(|subject| subject.is_fresh);
        let mut subject = subject.map(|named| named.subject);
        let is_average = phrase.is_average || subject.as_ref().is_some_and(|of| self.is_average(&of.key));
        if let Some(subject) = &mut subject {
            if own_name {
                subject.qualifier = self.qualifier(phrase);
                self.enter_subject(subject);
            }
            // Named in the list, perhaps a clause before its figure.
            let is_beside = phrase.is_excluded || is_average || self.is_inside_another(&subject.label);
            if !is_beside && (own_name || (subject.is_part && subject.parent.is_none())) {
                self.join_list(subject, &stated, unit);
                if own_name && subject.parent.is_none() {
                    self.join_whole(subject, phrase, &stated, unit);
                }
            }
        }
        if let Some(subject) = &subject
            && stated.facet == Facet::Amount
            && let Some(parent) = &subject.parent
            && own_name
        {
            let whole = crate::fold::fold_label(&parent.label);
            self.enter_member(parent.breakdown, subject, &whole);
        }
        let quantity = stated.signed(figure.quantity);
        let label = subject.as_ref().map_or_else(|| Rc::from(""), |subject| Rc::clone(&subject.label));
        let (period, basis) = self.when(phrase, &stated, subject.as_ref());
        let place = self.place(figure.start, figure.end);
        let statement = Statement {
            under: self.under(&label),
            is_average,
            unit_from,
            period,
            basis,
            facet: stated.facet,
            // 增加（减少）-5.6万元: a sign says which.
            is_unsigned: stated.is_unsigned && !quantity.amount().is_negative(),
            parent: self.parent(phrase, &stated, subject.as_ref()),
            scope: self.scope(subject.as_ref(), unit),
            ..Statement::new(&*label, quantity.clone(), place)
        };
        let by = if own_name { Ground::Beside } else { Ground::Carried };
        let of = subject.as_ref().map(|subject| (subject, by));
        let id = self.push_for(phrase, &stated, of, statement);
        self.focus.last = Some(Last { id, label, quantity, did: stated.did, period, basis });
        match subject {
            // 人均70元，其中…: nothing is a part of an average.
            Some(_) if is_average => {}
            Some(subject) => {
                if own_name {
                    self.focus.see(&subject.label);
                }
                // 支出2.05万元，年初预算为2.95万元: what follows is still said of the first.
                let is_budget_beside = phrase.basis == Some(Basis::Budget)
                    && subject.amount.is_some()
                    && subject.basis != Some(Basis::Budget);
                let is_own = stated.facet == Facet::Amount
                    && stated.aside.is_none()
                    && !is_passing
                    && !is_budget_beside;
                self.settle(subject, phrase, &stated, is_own.then_some(id), unit);
            }
            // What follows an amount of nothing known is said of it, not of the subject before.
            None if stated.facet == Facet::Amount && stated.aside.is_none() => self.focus.subject = None,
            None => {}
        }
        self.settle_line();
    }

    /// Keeps a subject for the figures after it, with the amount that is its own.
    fn settle(
        &mut self,
        mut subject: Subject,
        phrase: &Phrase<'_>,
        stated: &Stated,
        amount: Option<StatementId>,
        unit: &Unit,
    ) {
        if stated.facet == Facet::Amount && stated.aside.is_none() && subject.amount.is_some() {
            // In either order, in one year.
            let before = subject.basis;
            let pair = (before == Some(Basis::Budget), phrase.basis == Some(Basis::Budget));
            subject.is_measured |= pair.0 != pair.1 && phrase.period.is_none();
        }
        if let Some(id) = amount {
            subject.amount = Some(id);
            subject.unit = Some(unit.clone());
            subject.basis = phrase.basis.or(subject.basis);
            subject.basis_at = phrase.at.basis.or(subject.basis_at);
            subject.period = self.period();
            self.enter_amount(&subject, id);
            self.enter_turn(&subject, stated.did);
            self.enter_whole(&subject);
        } else if matches!(stated.facet, Facet::Delta(_)) && subject.unit.is_none() {
            subject.unit = Some(unit.clone());
        }
        if amount.is_some() && unit.is_money() {
            self.focus.money = Some(subject.clone());
        }
        self.focus.subject = Some(subject);
    }

    pub(super) fn place(&self, start: usize, end: usize) -> Place {
        Place::Text { source: self.id, span: self.folded.span(start, end) }
    }

    pub(super) fn push(&mut self, statement: Statement) -> StatementId {
        let id = StatementId::from_index(self.statements.len());
        self.statements.push(statement);
        id
    }
}
