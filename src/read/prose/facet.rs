//! What kind of figure it is: amount, change or percentage, against what, of which year and basis.

use super::Walker;
use super::focus::{Did, Subject};
use crate::document::{Base, Basis, Facet, Period, UnitFrom};
use crate::quantity::{Quantity, Unit};
use crate::read::lexicon::{Class, Place};
use crate::read::phrase::{Against, Figure, Measure, Name, NameKind, Phrase};

/// What a figure states, before it is known of what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated {
    pub(super) facet: Facet,
    pub(super) did: Did,
    /// Whether the words leave open if it rose or fell.
    pub(super) is_unsigned: bool,
    /// An amount that is not the subject's own: last year's, or the budget it is measured against.
    pub(super) aside: Option<Against>,
}

impl Stated {
    /// The quantity as it is meant: what falls is below zero.
    pub(super) fn signed(&self, printed: &Quantity) -> Quantity {
        match self.did {
            Did::Fall => printed.with_sign_of_decrease(),
            _ => printed.clone(),
        }
    }
}

impl Walker<'_> {
    /// Facet, base and sign.
    pub(super) fn stated(&self, phrase: &Phrase<'_>, unit: &Unit) -> Stated {
        let is_own = phrase.name.is_none_or(|name| matches!(name.kind, NameKind::Pointer | NameKind::Basis));
        let is_measured = is_own && self.focus.subject.as_ref().is_some_and(|subject| subject.is_measured);
        let own_budget = Base { period: Period::Current, basis: Some(Basis::Budget) };
        let base = self.focus.base.unwrap_or(if is_measured { own_budget } else { Base::PRIOR });
        let is_percent = *unit == Unit::Percent;
        let change = |did| Stated {
            facet: if is_percent { Facet::Rate(base) } else { Facet::Delta(base) },
            did,
            is_unsigned: false,
            aside: None,
        };
        let states = |facet, did, aside| Stated { facet, did, is_unsigned: false, aside };
        let before = self.focus.last.as_ref().map(|last| last.did);
        match (phrase.measure, phrase.change.map(|(class, ..)| class)) {
            (_, Some(Class::Decrease | Class::Less)) => change(Did::Fall),
            (_, Some(Class::Gap)) => Stated { is_unsigned: true, ..self.gap(is_percent) },
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

    /// 年初预算为2.95万元，差值为0.9万元: against the budget just named, or whatever the words before compare with.
    fn gap(&self, is_percent: bool) -> Stated {
        let is_beside_budget = self.focus.last.as_ref().is_some_and(|last| last.basis == Some(Basis::Budget));
        let budget = Base { period: Period::Current, basis: Some(Basis::Budget) };
        let base = self.focus.base.unwrap_or(if is_beside_budget { budget } else { Base::PRIOR });
        let facet = if is_percent { Facet::Rate(base) } else { Facet::Delta(base) };
        Stated { facet, did: Did::Rise, is_unsigned: true, aside: None }
    }

    pub(super) fn base(&self, against: Against) -> Base {
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

    /// Whether the phrase only mentions another year of the subject before: 5万元，2018年为6万元，减少1万元.
    pub(super) fn is_passing(&self, phrase: &Phrase<'_>) -> bool {
        let is_other = matches!(phrase.period, Some(Period::Prior))
            || matches!(phrase.period, Some(Period::Year(year)) if Some(year) != self.year);
        let names = |name: Name| matches!(name.kind, NameKind::Known | NameKind::Words | NameKind::Fund);
        is_other && !phrase.name.is_some_and(names) && self.focus.last.is_some()
    }

    /// The period that has been told last and still holds.
    pub(super) fn period(&self) -> Option<Period> {
        self.focus.period.map(|period| period.is)
    }

    /// Period and basis of a figure.
    pub(super) fn when(
        &self,
        phrase: &Phrase<'_>,
        stated: &Stated,
        subject: Option<&Subject>,
    ) -> (Period, Option<Basis>) {
        let own = subject.filter(|_| stated.facet.is_change() && phrase.period.is_none());
        let period = own.and_then(|subject| self.later_period(subject)).or(self.period());
        let period = period.unwrap_or(Period::Current);
        match (stated.aside, stated.facet) {
            (Some(Against { period: None, basis: Some(basis) }), _) => (period, Some(basis)),
            (Some(against), _) => {
                let base = self.base(against);
                // Last year as seen from the figure's own year.
                (if base.period == Period::Current { period } else { base.period }, base.basis)
            }
            (None, Facet::Completion) => (period, None),
            (None, _) => {
                let named = subject.and_then(|subject| self.named_basis(subject));
                let said = phrase.basis.or(subject.and_then(|subject| subject.basis)).or(named);
                (period, said.or(self.heading_basis().map(|basis| basis.is)))
            }
        }
    }

    /// 2023年收入500万元，2022年收入450万元，增加50万元: a change is of the later year, which the line has stated.
    fn later_period(&self, subject: &Subject) -> Option<Period> {
        let own = self.year.map(Period::Year);
        let is_before = match (subject.period, self.year) {
            (Some(Period::Prior), _) => true,
            (Some(Period::Year(year)), Some(own)) => year < own,
            _ => false,
        };
        let later = [own, Some(Period::Current), None];
        let stated = later.into_iter().find(|period| self.amount_of(&subject.key, *period).is_some());
        stated.filter(|_| is_before).map(|period| period.unwrap_or(Period::Current))
    }

    /// 支出预算2000万元，支出决算1900万元: in a text of what happened a label that says planned is one of the plan.
    fn named_basis(&self, subject: &Subject) -> Option<Basis> {
        let label: Vec<char> = subject.key.chars().collect();
        let running = self.lexicon.at(Place::Running);
        let starts = 1..label.len();
        let is_plan = |at: &usize| {
            let rest = label.get(*at..).unwrap_or(&[]);
            let noun = at.checked_sub(2).and_then(|before| label.get(before..*at)).unwrap_or(&[]);
            let is_noun = matches!(running.prefix(noun), Some((Class::Noun | Class::Spending, 2)));
            is_noun && running.prefix(rest) == Some((Class::Budget, rest.len()))
        };
        let is_planned = self.kind.basis() == Basis::Actual && starts.into_iter().any(|at| is_plan(&at));
        is_planned.then_some(Basis::Budget)
    }

    /// A figure's quantity. A decimal that lost its unit beside money of the same subject is in that unit:
    /// 较上年2.08减少0.03万元.
    pub(super) fn with_unit(&self, phrase: &Phrase<'_>, figure: Figure<'_>) -> (Quantity, UnitFrom) {
        let printed = figure.quantity.clone();
        let is_bare = *printed.unit() == Unit::Plain && printed.amount().decimals() > 0;
        let says_change = phrase.change.is_some() || phrase.against.is_some();
        let unit = self.focus.subject.as_ref().and_then(|subject| subject.unit.as_ref());
        match unit.filter(|unit| is_bare && says_change && phrase.name.is_none() && unit.is_money()) {
            Some(unit) => match Quantity::new(printed.amount(), unit.clone()) {
                Ok(quantity) => (quantity, UnitFrom::Head),
                Err(_) => (printed, UnitFrom::Figure),
            },
            None => (printed, UnitFrom::Figure),
        }
    }
}
