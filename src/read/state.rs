//! What one phrase states.
//!
//! Three questions, in this order: what kind of figure is it (facet, base, sign), what is it of (its own name, or the
//! subject in focus), and what is it a part of. Where the second has no sure answer the label stays as printed, or empty:
//! a figure without a label is reported as unclaimed, one with the wrong label is a false alarm.

use std::rc::Rc;

use super::clause::Clause;
use super::focus::{Did, Last, ListKind, Subject};
use super::lexicon::Class;
use super::phrase::{Against, Figure, Measure, Name, NameKind, Phrase};
use super::prose::Walker;
use super::token::{Kind, Mark, Token};
use crate::document::{Base, Basis, Facet, Parent, Period, PrintedAs, Statement, StatementId};
use crate::quantity::{Amount, Quantity, Unit};
use crate::source::Place;

/// What a figure states, before it is known of what.
#[derive(Clone, Copy, Debug)]
struct Stated {
    facet: Facet,
    did: Did,
    /// An amount that is not the subject's own: last year's, or the budget it is measured against.
    aside: Option<Against>,
}

impl Stated {
    /// The quantity as it is meant: what falls is below zero.
    fn signed(&self, printed: &Quantity) -> Quantity {
        match self.did {
            Did::Fall => printed.with_sign_of_decrease(),
            _ => printed.clone(),
        }
    }
}

impl Walker<'_> {
    /// Takes in a phrase: what it opens, what it names, what it states.
    pub(super) fn phrase(&mut self, phrase: &Phrase<'_>, clause: &Clause<'_>) {
        match (phrase.opening, phrase.figure) {
            (Some((Class::All, start)), None) => return self.all(phrase, start),
            (Some((Class::Nothing, start)), None) => return self.none(phrase, start, PrintedAs::Nothing),
            (Some((Class::Unarranged, start)), None) => {
                return self.none(phrase, start, PrintedAs::NotArranged);
            }
            (Some((Class::Part, _)), _) => {
                self.focus.base = self.focus.base.or(self.focus.base_before);
                self.open_list(ListKind::Parts);
                self.focus.subject = None;
            }
            (Some((Class::Cause, _)), _) => {
                self.open_list(ListKind::Causes);
                self.focus.subject = None;
            }
            _ => {}
        }
        let before = self.focus.period;
        let is_passing = self.is_passing(phrase);
        if let Some(period) = phrase.period {
            self.enter_period(period);
        }
        if let Some(against) = phrase.against {
            self.focus.base = Some(self.base(against));
        }
        self.focus.is_respective |= phrase.is_respective;
        self.focus.is_purpose |= phrase.is_purpose;
        match phrase.figure {
            Some(figure) if self.is_unsure(phrase, figure) => self.unbound(phrase, figure),
            Some(figure) => self.figure(phrase, figure, is_passing),
            None => self.figureless(phrase, clause),
        }
        if is_passing {
            self.focus.period = before;
        }
    }

    /// Whether the phrase only mentions another year of the subject before: 5万元，2018年为6万元，减少1万元.
    fn is_passing(&self, phrase: &Phrase<'_>) -> bool {
        let is_other = matches!(phrase.period, Some(Period::Prior))
            || matches!(phrase.period, Some(Period::Year(year)) if Some(year) != self.year);
        let names = |name: Name| matches!(name.kind, NameKind::Known | NameKind::Words | NameKind::Fund);
        is_other && !phrase.name.is_some_and(names) && self.focus.last.is_some()
    }

    fn base(&self, against: Against) -> Base {
        let period = match (against.period, self.year) {
            (Some(Period::Year(year)), Some(own)) if year == own => Period::Current,
            (Some(Period::Year(year)), Some(own)) if Some(year) == own.checked_sub(1) => Period::Prior,
            (Some(Period::Year(_)), None) => Period::Prior,
            (Some(period), _) => period,
            // 较预算数减少: this year's, when no year is named.
            (None, _) if against.basis.is_some() => Period::Current,
            (None, _) => Period::Prior,
        };
        Base { period, basis: against.basis }
    }

    fn figureless(&mut self, phrase: &Phrase<'_>, clause: &Clause<'_>) {
        if let Some((Class::Unchanged, start, end)) = phrase.change
            && phrase.against.is_some()
        {
            return self.unchanged(phrase, start, end);
        }
        let Some(name) = phrase.name else { return };
        let names = |token: &&Token| matches!(token.kind, Kind::Label | Kind::Unknown);
        let is_used = |token: &Token| token.kind == Kind::Word(Class::Verb);
        let is_alone = phrase.tokens.iter().filter(names).count() == 1 && !phrase.tokens.iter().any(is_used);
        let is_item = self.is_first_of_item() && matches!(clause.end, Mark::Comma | Mark::Colon);
        match name.kind {
            NameKind::Known if is_alone && phrase.change.is_none() => {}
            NameKind::Words if is_alone && is_item && phrase.against.is_none() => {}
            // What a figure-less clause does besides is not of the figures after it.
            _ => return,
        }
        let subject = self.subject(name);
        self.enter_subject(&subject);
        self.focus.see(&subject.label);
        self.focus.subject = Some(subject);
    }

    /// Whether it is not sure what a figure is of, or how much exactly.
    fn is_unsure(&self, phrase: &Phrase<'_>, figure: Figure<'_>) -> bool {
        let is_use = || self.stated(phrase, figure.quantity.unit()).facet == Facet::Amount;
        phrase.is_about || self.focus.is_respective || (self.focus.is_purpose && is_use())
    }

    /// A figure of which it is not sure what it is of, or how much exactly: reported, and compared with nothing.
    fn unbound(&mut self, phrase: &Phrase<'_>, figure: Figure<'_>) {
        let stated = self.stated(phrase, figure.quantity.unit());
        let statement = Statement {
            under: self.under(""),
            facet: stated.facet,
            scope: self.scope(phrase, figure.quantity.unit()),
            ..Statement::new("", stated.signed(figure.quantity), self.place(figure.start, figure.end))
        };
        self.statements.push(statement);
    }

    fn figure(&mut self, phrase: &Phrase<'_>, figure: Figure<'_>, is_passing: bool) {
        let unit = figure.quantity.unit();
        let stated = self.stated(phrase, unit);
        let subject = self.subject_of(phrase, &stated, unit);
        let own_name = subject.as_ref().is_some_and(|subject| subject.is_fresh);
        let mut subject = subject.map(|named| named.subject);
        if let Some(subject) = &mut subject {
            if own_name {
                self.enter_subject(subject);
            }
            // Named in the list, perhaps a clause before its figure.
            let is_beside = phrase.is_excluded || phrase.is_average || self.is_inside_another(&subject.label);
            if !is_beside && (own_name || (subject.is_part && subject.parent.is_none())) {
                self.join_list(subject, &stated, unit);
            }
        }
        let quantity = stated.signed(figure.quantity);
        let label = subject.as_ref().map_or_else(|| Rc::from(""), |subject| Rc::clone(&subject.label));
        let (period, basis) = self.when(phrase, &stated, subject.as_ref());
        let place = self.place(figure.start, figure.end);
        let statement = Statement {
            under: self.under(&label),
            is_average: phrase.is_average,
            period,
            basis,
            facet: stated.facet,
            parent: self.parent(phrase, &stated, subject.as_ref()),
            scope: self.scope(phrase, unit),
            ..Statement::new(&*label, quantity.clone(), place)
        };
        let id = self.push(statement);
        self.focus.last = Some(Last { id, label, quantity, did: stated.did, period, basis });
        match subject {
            Some(subject) => {
                if own_name {
                    self.focus.see(&subject.label);
                }
                let is_own = stated.facet == Facet::Amount && stated.aside.is_none() && !is_passing;
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
        if let Some(id) = amount {
            subject.amount = Some(id);
            subject.unit = Some(unit.clone());
            subject.basis = phrase.basis.or(subject.basis);
            subject.period = self.focus.period;
            self.enter_amount(&subject, id);
        } else if matches!(stated.facet, Facet::Delta(_)) && subject.unit.is_none() {
            subject.unit = Some(unit.clone());
        }
        self.focus.subject = Some(subject);
    }

    /// Facet, base and sign.
    fn stated(&self, phrase: &Phrase<'_>, unit: &Unit) -> Stated {
        let base = self.focus.base.unwrap_or(Base::PRIOR);
        let is_percent = *unit == Unit::Percent;
        let change = |did| Stated {
            facet: if is_percent { Facet::Rate(base) } else { Facet::Delta(base) },
            did,
            aside: None,
        };
        let states = |facet, did, aside| Stated { facet, did, aside };
        let before = self.focus.last.as_ref().map(|last| last.did);
        match (phrase.measure, phrase.change.map(|(class, ..)| class)) {
            (_, Some(Class::Decrease | Class::Less)) => change(Did::Fall),
            (_, Some(_)) => change(Did::Rise),
            (Some(Measure::Share), None) if is_percent => states(Facet::Share, Did::Other, None),
            (Some(Measure::Completion), None) if is_percent => states(Facet::Completion, Did::Other, None),
            (Some(Measure::Completion), None) => {
                let budget = Against { period: None, basis: Some(Basis::Budget) };
                states(Facet::Amount, Did::Other, Some(budget))
            }
            // 减少7.51万元（65.37%）: a bare percentage after a change is its rate.
            (None, None)
                if is_percent && phrase.name.is_none() && matches!(before, Some(Did::Rise | Did::Fall)) =>
            {
                change(before.unwrap_or(Did::Rise))
            }
            _ => {
                let is_doubtful = phrase.name.is_some_and(|name| name.kind == NameKind::Words);
                let aside = phrase.against.filter(|_| !is_doubtful && !is_percent);
                let did = if aside.is_some() || is_percent { Did::Other } else { Did::Amount };
                states(Facet::Amount, did, aside)
            }
        }
    }

    /// What the figure is of.
    fn subject_of(&mut self, phrase: &Phrase<'_>, stated: &Stated, unit: &Unit) -> Option<Named> {
        let fresh = |subject| Some(Named { subject, is_fresh: true });
        let carried = |subject: Subject| Some(Named { subject, is_fresh: false });
        let name = match phrase.name {
            Some(name) if matches!(name.kind, NameKind::Known | NameKind::Words | NameKind::Fund) => {
                return fresh(self.subject(name));
            }
            name => name,
        };
        let points = name.filter(|name| name.kind == NameKind::Pointer);
        if let Some(pointer) = points {
            let noun: String = self.folded.slice(pointer.start, pointer.end).iter().collect();
            match &self.focus.subject {
                Some(subject) if subject.said.contains(&noun) && subject.takes(unit) => {}
                _ => return fresh(self.subject(pointer)),
            }
        }
        let is_change = matches!(stated.facet, Facet::Delta(_) | Facet::Rate(_));
        if is_change && self.is_of_whole() {
            let whole = self.focus.list.take().map(|list| list.whole);
            return whole.and_then(carried);
        }
        let Some(subject) = self.focus.subject.clone() else {
            // 年初预算数435.78万元 of nothing: its words are all it has.
            return name.map(|name| Named { subject: self.subject(name), is_fresh: true });
        };
        if let Some(list) = self.focus.list.as_mut().filter(|_| is_change && subject.parent.is_some()) {
            list.changes += 1;
        }
        // A second amount says what is different about it; a bare one is of something else.
        let says_which =
            points.is_some() || name.is_some() || phrase.period.is_some() || subject.amount.is_none();
        let fits = match stated.facet {
            // 较上年2.08减少0.03万元: beside its change a number needs no unit.
            Facet::Amount if stated.aside.is_some() => subject.takes(unit) || *unit == Unit::Plain,
            Facet::Amount => {
                !matches!(unit, Unit::Percent | Unit::Plain) && says_which && subject.takes(unit)
            }
            Facet::Delta(_) => subject.takes(unit),
            _ => true,
        };
        if fits { carried(subject) } else { None }
    }

    /// Whether a change without a name is of the whole, though a list of its parts is open.
    ///
    /// After one part it is the part's, and so it is where the parts have changes of their own. After a plain list of
    /// amounts it is the whole's.
    fn is_of_whole(&self) -> bool {
        self.focus.list.as_ref().is_some_and(|list| {
            let is_plain_list = list.kind == ListKind::Parts && list.parts > 1 && list.changes == 0;
            self.focus.subject.is_none() || is_plain_list
        })
    }

    /// 公用经费中机关运行经费: a part of a part, and not one of the list.
    fn is_inside_another(&self, label: &str) -> bool {
        let within = self.lexicon.only(Class::Within);
        self.focus.seen.iter().any(|seen| {
            let rest = label.strip_prefix(&**seen).map(|rest| rest.chars().collect::<Vec<_>>());
            rest.is_some_and(|rest| within.prefix(&rest).is_some())
        })
    }

    /// Makes a subject that is named in an open list a part of it.
    fn join_list(&mut self, subject: &mut Subject, stated: &Stated, unit: &Unit) {
        let Some(list) = &mut self.focus.list else { return };
        let fits = match stated.facet {
            Facet::Amount => list.kind == ListKind::Parts && list.whole.takes(unit) && *unit != Unit::Percent,
            Facet::Delta(_) => list.whole.takes(unit),
            _ => true,
        };
        if fits {
            subject.parent = Some(Rc::clone(&list.parent));
            subject.basis = subject.basis.or(list.whole.basis);
            match stated.facet {
                Facet::Amount => list.parts += 1,
                _ => list.changes += 1,
            }
        }
    }

    fn parent(&mut self, phrase: &Phrase<'_>, stated: &Stated, subject: Option<&Subject>) -> Option<Parent> {
        if let Some(parent) = subject.and_then(|subject| subject.parent.as_deref()) {
            return Some(parent.clone());
        }
        let whole = phrase.whole.filter(|_| stated.facet == Facet::Share)?;
        let whole = self.subject(whole);
        Some(Parent {
            label: whole.label.to_string(),
            statement: whole.amount,
            breakdown: self.fresh_breakdown(),
        })
    }

    /// Period and basis of a figure.
    fn when(
        &self,
        phrase: &Phrase<'_>,
        stated: &Stated,
        subject: Option<&Subject>,
    ) -> (Period, Option<Basis>) {
        let period = self.focus.period.unwrap_or(Period::Current);
        match (stated.aside, stated.facet) {
            (Some(Against { period: None, basis: Some(basis) }), _) => (period, Some(basis)),
            (Some(against), _) => {
                let base = self.base(against);
                // Last year as seen from the figure's own year.
                (if base.period == Period::Current { period } else { base.period }, base.basis)
            }
            (None, Facet::Completion) => (period, None),
            (None, _) => (period, phrase.basis.or(subject.and_then(|subject| subject.basis))),
        }
    }

    fn scope(&self, phrase: &Phrase<'_>, unit: &Unit) -> Vec<String> {
        let adverbs = self.lexicon.only(Class::Adverb);
        let qualifier = phrase
            .qualifier
            .filter(|name| !adverbs.is_word(self.folded.slice(name.start, name.end)))
            .map(|name| self.printed(Self::label_start(name.start, name.end), name.end).to_owned());
        // A verb may stand between the unit and what it has.
        let qualifier = qualifier.filter(|words| self.unit.as_ref() != Some(words));
        let organ = self.organ.iter().filter(|_| unit.is_money());
        self.unit.iter().chain(organ).cloned().chain(qualifier).collect()
    }

    /// A subject of this name, with the amount that the line has stated of it.
    fn subject(&self, name: Name) -> Subject {
        let folded =
            |start, end| -> Rc<str> { self.folded.slice(start, end).iter().collect::<String>().into() };
        let (from, to) = name.said;
        let start = match name.kind {
            NameKind::Known => name.start,
            _ => Self::label_start(name.start, name.end),
        };
        let key = folded(start, name.end);
        let period = self.focus.period;
        Subject {
            label: self.printed(start, name.end).into(),
            amount: self.amount_of(&key, period),
            key,
            said: folded(Self::label_start(from.min(name.start), to), to),
            unit: None,
            basis: None,
            period,
            is_part: self.focus.list.is_some(),
            parent: None,
        }
    }

    /// 均为财政预算拨款收入: what the figure before is all of.
    fn all(&mut self, phrase: &Phrase<'_>, start: usize) {
        let is_source =
            |token: &Token| matches!(token.kind, Kind::Label | Kind::Word(Class::Noun | Class::Fund));
        let (Some(name), Some(last)) = (phrase.name, self.focus.last.clone()) else { return };
        if last.did != Did::Amount || !phrase.tokens.iter().any(is_source) || name.kind == NameKind::Basis {
            return;
        }
        let subject = self.subject(name);
        let parent = Parent {
            label: last.label.to_string(),
            statement: Some(last.id),
            breakdown: self.fresh_breakdown(),
        };
        let statement = Statement {
            under: self.under(&subject.label),
            printed_as: PrintedAs::All,
            period: last.period,
            basis: last.basis,
            parent: Some(parent),
            scope: self.scope(phrase, last.quantity.unit()),
            ..Statement::new(&*subject.label, last.quantity, self.place(start, name.said.1))
        };
        self.push(statement);
    }

    /// 未有政府采购项目: there is none of a label that is known.
    fn none(&mut self, phrase: &Phrase<'_>, start: usize, printed_as: PrintedAs) {
        let mut after = phrase.tokens.iter().skip_while(|token| token.start <= start);
        let Some(label) = after.next().filter(|token| token.kind == Kind::Label) else { return };
        let end = phrase.tokens.last().map_or(label.end, |last| last.end);
        let rest = self.folded.slice(label.end, end);
        let is_aside = |token: &Token| {
            matches!(token.kind, Kind::Word(Class::Sum | Class::Budget | Class::Note | Class::Verb))
        };
        // 无公务用车购置 does not say that there are no 公务用车.
        if !rest.is_empty() && !self.lexicon.only(Class::Tail).is_word(rest) && !after.all(is_aside) {
            return;
        }
        let printed = self.printed(label.start, label.end);
        let Ok(zero) = Quantity::new(Amount::ZERO, Unit::WanYuan) else { return };
        let statement = Statement {
            under: self.under(printed),
            printed_as,
            period: phrase.period.or(self.focus.period).unwrap_or(Period::Current),
            scope: self.scope(phrase, zero.unit()),
            ..Statement::new(printed, zero, self.place(start, end))
        };
        self.push(statement);
    }

    /// 与上年持平: no change, in words.
    fn unchanged(&mut self, phrase: &Phrase<'_>, start: usize, end: usize) {
        let base = self.focus.base.unwrap_or(Base::PRIOR);
        let stated = Stated { facet: Facet::Delta(base), did: Did::Other, aside: None };
        let unit = self.focus.subject.as_ref().and_then(|subject| subject.unit.clone()).unwrap_or_default();
        if phrase.name.is_some_and(|name| matches!(name.kind, NameKind::Words | NameKind::Fund)) {
            return;
        }
        let Some(Named { mut subject, is_fresh }) = self.subject_of(phrase, &stated, &unit) else { return };
        if is_fresh {
            self.enter_subject(&subject);
            self.join_list(&mut subject, &stated, &unit);
        }
        let (period, basis) = self.when(phrase, &stated, Some(&subject));
        let Ok(zero) = Quantity::new(Amount::ZERO, unit) else { return };
        let statement = Statement {
            under: self.under(&subject.label),
            printed_as: PrintedAs::Unchanged,
            period,
            basis,
            facet: stated.facet,
            parent: subject.parent.as_deref().cloned(),
            scope: self.scope(phrase, zero.unit()),
            ..Statement::new(&*subject.label, zero, self.place(start, end))
        };
        self.push(statement);
        if is_fresh {
            self.focus.see(&subject.label);
        }
        self.focus.subject = Some(subject);
    }

    fn place(&self, start: usize, end: usize) -> Place {
        Place::Text { source: self.id, span: self.folded.span(start, end) }
    }

    fn push(&mut self, statement: Statement) -> StatementId {
        let id = StatementId::from_index(self.statements.len());
        self.statements.push(statement);
        id
    }
}

/// A subject, and whether the phrase names it itself.
struct Named {
    subject: Subject,
    is_fresh: bool,
}
