//! What a figure is of: the name in its own phrase, or the subject in focus.

use std::rc::Rc;

use super::Walker;
use super::facet::Stated;
use super::focus::{ListKind, Subject};
use crate::document::Facet;
use crate::quantity::Unit;
use crate::read::lexicon::{Class, Place as Where};
use crate::read::phrase::{Name, NameKind, Phrase};
use crate::read::token::{Kind, Token};

/// A subject, and whether the phrase names it itself.
pub(super) struct Named {
    pub(super) subject: Subject,
    pub(super) is_fresh: bool,
}

impl Walker<'_> {
    /// What the figure is of.
    pub(super) fn subject_of(&mut self, phrase: &Phrase<'_>, stated: &Stated, unit: &Unit) -> Option<Named> {
        let carried = |subject: Subject| Some(Named { subject, is_fresh: false });
        if let Some(named) = self.named_in(phrase, stated) {
            return Some(named);
        }
        // All that is left of a name points back, or says a basis.
        let name = phrase.name;
        if let Some(pointer) = name.filter(|name| name.kind == NameKind::Pointer)
            && !self.point_back(pointer, unit)
        {
            return Some(Named { subject: self.subject(pointer), is_fresh: true });
        }
        if let Some(whole) = self.opened_whole(phrase, stated, unit) {
            return carried(whole);
        }
        let is_change = stated.facet.is_change();
        if is_change && self.is_of_whole() {
            let whole = self.focus.list.take().map(|list| list.whole);
            return whole.and_then(carried);
        }
        self.refocus(phrase, stated, unit);
        let Some(subject) = self.focus.subject.clone() else {
            // 年初预算数435.78万元 of nothing: its words are all it has.
            return name.map(|name| Named { subject: self.subject(name), is_fresh: true });
        };
        if let Some(list) = self.focus.list.as_mut().filter(|_| is_change && subject.parent.is_some()) {
            list.changes += 1;
        }
        if self.fits(&subject, phrase, stated, unit) { carried(subject) } else { None }
    }

    /// The subject that the phrase names itself.
    fn named_in(&self, phrase: &Phrase<'_>, stated: &Stated) -> Option<Named> {
        let fresh = |name| Some(Named { subject: self.subject(name), is_fresh: true });
        match phrase.name {
            // 一般公共预算财政拨款增加27.44万元, after 一般公共预算财政拨款支出: said of that.
            Some(name)
                if name.kind == NameKind::Fund
                    && stated.facet.is_change()
                    && self.is_short_for_carried(name) =>
            {
                let subject = self.focus.carried.clone().or(self.focus.subject.clone())?;
                Some(Named { subject, is_fresh: false })
            }
            Some(name) if matches!(name.kind, NameKind::Known | NameKind::Words | NameKind::Fund) => {
                fresh(name)
            }
            // 其中县本级2000万元: a part that goes by the area alone.
            None if self.focus.list.is_some() && stated.facet == Facet::Amount => {
                let (start, end) = phrase.area?;
                fresh(Name { kind: NameKind::Words, start, end, said: (start, end) })
            }
            _ => None,
        }
    }

    /// Focuses on what a noun points back to: the subject, the heading, or what has been counted and now is paid for.
    /// Whether there is such a thing.
    fn point_back(&mut self, pointer: Name, unit: &Unit) -> bool {
        let noun: String = self.folded.slice(pointer.start, pointer.end).iter().collect();
        let is_spending = self.is_spending(pointer);
        let has = |subject: &&Subject| {
            let is_cost = is_spending && self.is_cost(subject);
            (subject.said.contains(&noun) || is_cost) && subject.takes(unit)
        };
        // 公务接待24批次，支出2.05万元: what the receptions cost.
        let is_paid = |subject: &&Subject| unit.is_money() && subject.unit.is_some() && !subject.takes(unit);
        let heading = self.heading_subject();
        let own = self.focus.subject.as_ref();
        let found = own.filter(has).or(heading.as_ref().filter(has));
        let found = found.or(own.filter(is_paid).filter(|_| is_spending)).cloned();
        let is_found = found.is_some();
        self.focus.subject = found.or(self.focus.subject.take());
        is_found
    }

    /// 三公经费情况：甲费15万元，乙费20万元，合计35万元: the whole that the line opened with, at its sum.
    fn opened_whole(&mut self, phrase: &Phrase<'_>, stated: &Stated, unit: &Unit) -> Option<Subject> {
        let is_bare = phrase.name.is_none() && stated.facet == Facet::Amount && unit.is_money();
        let is_sum =
            is_bare && self.focus.list.is_none() && phrase.tokens.iter().any(|token| self.is_together(token));
        self.line.opened.take_if(|_| is_sum)
    }

    /// Focuses on what a change without a name goes on with: what was spoken of before the semicolon, or the money
    /// beside what was counted.
    fn refocus(&mut self, phrase: &Phrase<'_>, stated: &Stated, unit: &Unit) {
        let is_change = stated.facet.is_change();
        let is_said = is_change || stated.aside.is_some();
        if is_said && self.focus.subject.is_none() && phrase.against.is_some() {
            self.focus.subject = self.focus.before_part.take();
        }
        // 接待费4万元，接待74批次，比上年增加2.95万元: the money is of the money.
        let is_beside = (is_change || stated.aside.is_some()) && unit.is_money() && phrase.name.is_none();
        let is_other = self.focus.subject.as_ref().is_some_and(|subject| !subject.takes(unit));
        if is_beside && is_other && self.focus.money.is_some() {
            self.focus.subject = self.focus.money.clone();
        }
    }

    /// Whether a figure without a name of its own may be of the subject in focus.
    fn fits(&self, subject: &Subject, phrase: &Phrase<'_>, stated: &Stated, unit: &Unit) -> bool {
        match stated.facet {
            // 较上年2.08减少0.03万元: beside its change a number needs no unit.
            Facet::Amount if stated.aside.is_some() => subject.takes(unit) || *unit == Unit::Plain,
            Facet::Amount => {
                // 接待67批次，共12.8万元: what they cost, where only their number has been told.
                let is_counted = subject.unit.as_ref().is_some_and(|own| !own.is_money());
                let is_sum = phrase.tokens.iter().any(|token| self.is_sum(token));
                let sums_up = is_counted && unit.is_money() && is_sum;
                // A second amount says what is different about it; a bare one is of something else.
                let says_which = phrase.name.is_some()
                    || phrase.period.is_some()
                    || subject.amount.is_none()
                    || sums_up
                    // 接待45批次、312人次: the same, counted in another way.
                    || subject.counts_otherwise(unit);
                let points = phrase.name.is_some_and(|name| name.kind == NameKind::Pointer);
                let takes = subject.takes(unit) || (points && unit.is_money()) || sums_up;
                !matches!(unit, Unit::Percent | Unit::Plain) && says_which && takes
            }
            Facet::Delta(_) => subject.takes(unit),
            _ => true,
        }
    }

    /// 收支总预算7万元。收入包括：: the one of the pair is made of what the pair's amount is.
    pub(super) fn both_of(&self, named: Subject) -> Subject {
        let noun: Vec<char> = named.key.chars().collect();
        let is_noun = matches!(self.lexicon.at(Where::Running).prefix(&noun), Some((Class::Noun | Class::Spending, length)) if length == noun.len());
        match self.focus.pair.as_ref().filter(|_| is_noun && named.amount.is_none()) {
            Some(whole) => whole.clone(),
            None => named,
        }
    }

    /// Whether a subject is a pair with an amount.
    pub(super) fn is_pair(&self, subject: &Subject) -> bool {
        let said: Vec<char> = subject.said.chars().collect();
        self.lexicon.mentions(Class::Both, &said) && subject.amount.is_some()
    }

    /// Whether a name is the beginning of what the sentence before was about.
    fn is_short_for_carried(&self, name: Name) -> bool {
        let fund: String = self.folded.slice(name.start, name.end).iter().collect();
        let carried = self.focus.carried.as_ref().or(self.focus.subject.as_ref());
        carried.is_some_and(|carried| carried.key.len() > fund.len() && carried.key.starts_with(&fund))
    }

    /// Whether a token says that an amount is all there was: 共, 合计, 金额.
    fn is_sum(&self, token: &Token) -> bool {
        matches!(token.kind, Kind::Word(Class::Sum | Class::Link)) || self.is_together(token)
    }

    fn is_together(&self, token: &Token) -> bool {
        self.lexicon.only(Class::Together).is_word(self.folded.slice(token.start, token.end))
    }

    /// 车均运行维护费: whether a label is that of an average.
    pub(super) fn is_average(&self, key: &str) -> bool {
        let label: Vec<char> = key.chars().collect();
        matches!(self.lexicon.at(Where::Running).prefix(&label), Some((Class::Average, _)))
    }

    /// 公务接待费: whether a label is of something that is spent.
    fn is_cost(&self, subject: &Subject) -> bool {
        let label: Vec<char> = subject.key.chars().collect();
        self.lexicon.suffix(Where::Only(Class::Complete), &label).is_some()
    }

    /// Whether a pointing noun is one of spending.
    fn is_spending(&self, name: Name) -> bool {
        let noun = self.folded.slice(name.start, name.end);
        matches!(self.lexicon.at(Where::Running).prefix(noun), Some((Class::Spending, _)))
    }

    /// Whether a change without a name is of the whole, though a list of its parts is open.
    ///
    /// After one part it is the part's, and so it is where the parts have changes of their own. After a plain list of
    /// amounts it is the whole's.
    fn is_of_whole(&self) -> bool {
        self.focus.list.as_ref().is_some_and(|list| {
            // 其中：甲4100万元、乙3200万元，增加200万元；丙2500万元: the change is of the item it stands in.
            let is_open = list.is_parted || (list.is_spelled && self.is_parted);
            let is_plain_list =
                list.kind == ListKind::Parts && list.parts > 1 && list.changes == 0 && !is_open;
            self.focus.subject.is_none() || is_plain_list
        })
    }

    /// 公用经费中机关运行经费: a part of a part, and not one of the list.
    pub(super) fn is_inside_another(&self, label: &str) -> bool {
        let within = self.lexicon.only(Class::Within);
        self.focus.seen.iter().any(|seen| {
            let rest = label.strip_prefix(&**seen).map(|rest| rest.chars().collect::<Vec<_>>());
            rest.is_some_and(|rest| within.prefix(&rest).is_some())
        })
    }

    /// A subject of this name, with the amount that the line has stated of it.
    pub(super) fn subject(&self, name: Name) -> Subject {
        let folded =
            |start, end| -> Rc<str> { self.folded.slice(start, end).iter().collect::<String>().into() };
        let (from, to) = name.said;
        let start = match name.kind {
            NameKind::Known => name.start,
            _ => Self::label_start(name.start, name.end),
        };
        let key = folded(start, name.end);
        let period = self.period();
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
            at: (start, name.end),
            basis_at: None,
            is_summed: false,
            qualifier: None,
            is_measured: false,
        }
    }
}
