//! What words state without a figure: 无, 均为, 持平.

use super::Walker;
use super::facet::Stated;
use super::focus::Did;
use super::reason::At;
use super::subject::Named;
use crate::document::{Base, Facet, Ground, Parent, Period, PrintedAs, Statement};
use crate::quantity::{Amount, Quantity, Unit};
use crate::read::lexicon::Class;
use crate::read::phrase::{Name, NameKind, Phrase};
use crate::read::token::{Kind, Token};

impl Walker<'_> {
    /// 均为财政预算拨款收入: what the figure before is all of.
    pub(super) fn all(&mut self, phrase: &Phrase<'_>, start: usize) {
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
            scope: self.scope(Some(&subject), last.quantity.unit()),
            ..Statement::new(&*subject.label, last.quantity, self.place(start, name.said.1))
        };
        let stated = Stated { facet: Facet::Amount, did: Did::Amount, is_unsigned: false, aside: None };
        self.push_for(phrase, &stated, Some((&subject, Ground::Beside)), statement);
    }

    /// 未有政府采购项目: there is none of a label that is known.
    pub(super) fn none(&mut self, phrase: &Phrase<'_>, start: usize, printed_as: PrintedAs) {
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
        let name =
            Name { kind: NameKind::Known, start: label.start, end: label.end, said: (label.start, end) };
        self.nothing(phrase, name, printed_as, (start, end));
    }

    /// 公务用车运行费没有安排: there is none of it.
    pub(super) fn absent(&mut self, phrase: &Phrase<'_>, name: Name, at: At) {
        self.nothing(phrase, name, PrintedAs::NotArranged, at);
    }

    /// States that there is none of a name; what follows is said of it: 未发生会议费，年初预算0.5万元.
    fn nothing(&mut self, phrase: &Phrase<'_>, name: Name, printed_as: PrintedAs, (start, end): At) {
        let mut subject = self.subject(name);
        self.enter_subject(&subject);
        let stated = Stated { facet: Facet::Amount, did: Did::Amount, is_unsigned: false, aside: None };
        let Ok(zero) = Quantity::new(Amount::ZERO, Unit::WanYuan) else { return };
        let statement = Statement {
            under: self.under(&subject.label),
            printed_as,
            period: phrase.period.or(self.period()).unwrap_or(Period::Current),
            scope: self.scope(Some(&subject), zero.unit()),
            ..Statement::new(&*subject.label, zero, self.place(start, end))
        };
        let id = self.push_for(phrase, &stated, Some((&subject, Ground::Beside)), statement);
        (subject.amount, subject.unit) = (Some(id), Some(Unit::WanYuan));
        self.focus.see(&subject.label);
        self.focus.subject = Some(subject);
    }

    /// 与上年持平: no change, in words.
    pub(super) fn unchanged(&mut self, phrase: &Phrase<'_>, start: usize, end: usize) {
        let base = self.focus.base.unwrap_or(Base::PRIOR);
        let stated = Stated { facet: Facet::Delta(base), did: Did::Other, is_unsigned: false, aside: None };
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
            scope: self.scope(Some(&subject), zero.unit()),
            ..Statement::new(&*subject.label, zero, self.place(start, end))
        };
        let by = if is_fresh { Ground::Beside } else { Ground::Carried };
        self.push_for(phrase, &stated, Some((&subject, by)), statement);
        if is_fresh {
            self.focus.see(&subject.label);
        }
        self.focus.subject = Some(subject);
    }
}
