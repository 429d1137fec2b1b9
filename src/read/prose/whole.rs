//! What a figure is a part of: the list it stands in, or the whole that the rules add it up to.

use std::rc::Rc;

use super::facet::Stated;
use super::focus::{List, ListKind, Subject};
use super::reason::At;
use super::{Walker, Whole};
use crate::document::{Breakdown, Facet, Parent};
use crate::quantity::Unit;
use crate::read::phrase::Phrase;
use crate::ruleset::field::FieldId;

impl Walker<'_> {
    /// Opens a list of what the subject is made of.
    pub(super) fn open_list(&mut self, kind: ListKind, at: At) {
        self.focus.recent.clear();
        self.focus.list = self.focus.subject.clone().map(|whole| {
            self.breakdowns = self.breakdowns.saturating_add(1);
            List::new(kind, whole, Breakdown(self.breakdowns), at)
        });
        if let Some(list) = self.focus.list.as_ref().filter(|list| list.kind == ListKind::Parts) {
            for field in self.labels.fields(&list.whole.key) {
                if let Some(whole) = self.wholes.get_mut(field)
                    && whole.subject.amount == list.whole.amount
                {
                    whole.parent = Some(Rc::clone(&list.parent));
                    whole.line = self.lines;
                }
            }
        }
    }

    /// Opens another list of what the sentence splits (分述如下).
    pub(super) fn open_again(&mut self, at: At) {
        let whole = self.focus.list.take().map(|list| list.whole);
        self.focus.subject = whole.or(self.focus.topic.clone()).or(self.focus.subject.take());
        self.open_list(ListKind::Parts, at);
        self.focus.subject = None;
        if let Some(list) = &mut self.focus.list {
            list.is_spelled = true;
        }
    }

    /// Makes a subject that is named in an open list a part of it.
    pub(super) fn join_list(&mut self, subject: &mut Subject, stated: &Stated, unit: &Unit) {
        let is_amount = stated.facet == Facet::Amount;
        let is_beside = self.focus.list.as_ref().is_some_and(|list| {
            let is_inside = self.line.goes_on && self.is_inside(list.parent.breakdown, subject);
            is_amount && (is_inside || self.is_complete_without(list, subject))
        });
        if is_beside {
            return;
        }
        let Some(list) = &mut self.focus.list else { return };
        let fits = match stated.facet {
            Facet::Amount => list.kind == ListKind::Parts && list.whole.takes(unit) && *unit != Unit::Percent,
            Facet::Delta(_) => list.whole.takes(unit),
            _ => true,
        };
        if fits {
            subject.parent = Some(Rc::clone(&list.parent));
            subject.basis = subject.basis.or(list.whole.basis);
            subject.qualifier = subject.qualifier.take().or(list.whole.qualifier.clone());
            match stated.facet {
                Facet::Amount => list.parts += 1,
                _ => list.changes += 1,
            }
        }
    }

    /// Makes an amount outside any list a part of the whole that the line has stated, if the rules add it up so.
    pub(super) fn join_whole(
        &mut self,
        subject: &mut Subject,
        phrase: &Phrase<'_>,
        stated: &Stated,
        unit: &Unit,
    ) {
        let is_amount = stated.facet == Facet::Amount && stated.aside.is_none() && unit.is_money();
        if !is_amount || self.focus.list.is_some() || self.is_in_bracket() {
            return;
        }
        let Some((parent, whole)) = self.whole_of(subject, unit) else { return };
        let basis = phrase.basis.or(subject.basis);
        if basis.is_none() || whole.basis.is_none() || basis == whole.basis {
            subject.parent = Some(parent);
            subject.is_summed = true;
            subject.basis = basis.or(whole.basis);
            subject.qualifier = subject.qualifier.take().or(whole.qualifier);
        }
    }

    pub(super) fn parent(
        &mut self,
        phrase: &Phrase<'_>,
        stated: &Stated,
        subject: Option<&Subject>,
    ) -> Option<Parent> {
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

    /// An amount that is its subject's own may be the whole of what comes.
    pub(super) fn enter_whole(&mut self, subject: &Subject) {
        for field in self.labels.fields(&subject.key) {
            if self.labels.is_whole(*field) {
                let whole = Whole { subject: subject.clone(), parent: None, line: self.lines };
                self.wholes.insert(*field, whole);
            }
        }
    }

    /// The whole that a label is a part of by the rules, where this line has stated it.
    fn whole_of(&mut self, part: &Subject, unit: &Unit) -> Option<(Rc<Parent>, Subject)> {
        let fields = self.labels.wholes(&part.key);
        let field = fields.into_iter().find(|field| {
            self.wholes.get(field).is_some_and(|whole| {
                let stated = whole.subject.amount.and_then(|id| self.statements.get(id.index()));
                whole.line == self.lines
                    && (part.period.is_none() || whole.subject.period == part.period)
                    && stated.is_some_and(|stated| {
                        // Words before the verb of the whole hold for its parts too.
                        let own = part.qualifier.as_ref().or(whole.subject.qualifier.as_ref());
                        let scope =
                            self.scope(Some(&Subject { qualifier: own.cloned(), ..part.clone() }), unit);
                        stated.facet == Facet::Amount && stated.scope == scope
                    })
            })
        })?;
        let known = self.wholes.get(&field).and_then(|whole| whole.parent.clone());
        let known = match known {
            Some(parent) if self.is_counted(parent.breakdown, part) => return None,
            // 其中：教育支出4万元；卫生支出1万元。按性质分，基本支出3万元: another split.
            Some(parent) if self.is_another_split(parent.breakdown, part, field) => None,
            known => known,
        };
        let fresh = if known.is_none() { Some(self.fresh_breakdown()) } else { None };
        let whole = self.wholes.get_mut(&field)?;
        if let Some(breakdown) = fresh {
            let label = whole.subject.label.to_string();
            whole.parent = Some(Rc::new(Parent { label, statement: whole.subject.amount, breakdown }));
        }
        Some((Rc::clone(whole.parent.as_ref()?), whole.subject.clone()))
    }

    /// Whether the rules split a whole into what a breakdown has in one way, and into this part in another.
    fn is_another_split(&self, breakdown: Breakdown, part: &Subject, whole: FieldId) -> bool {
        let own = self.labels.ways(&part.key, whole);
        let ways = self.members.get(&breakdown).and_then(|members| members.ways.as_ref());
        ways.is_some_and(|ways| !ways.iter().any(|way| own.contains(way)))
    }

    /// Whether a list has all parts of a sum, and this is none of them: 货物60万元，工程0万元，服务40万元，其中面向中小企业80万元.
    fn is_complete_without(&self, list: &List, part: &Subject) -> bool {
        let Some(members) = self.members.get(&list.parent.breakdown) else { return false };
        let wholes = self.labels.fields(&list.whole.key);
        let own: Vec<usize> = wholes.iter().flat_map(|whole| self.labels.ways(&part.key, *whole)).collect();
        let ways = members.ways.iter().flatten();
        ways.into_iter().any(|way| !own.contains(way) && self.labels.is_complete(*way, &members.fields))
    }

    /// Whether a breakdown has a figure, a part of it, or what it is a part of.
    fn is_counted(&self, breakdown: Breakdown, part: &Subject) -> bool {
        let Some(members) = self.members.get(&breakdown) else { return false };
        let above = self.labels.wholes(&part.key);
        members.is_unclear
            || self
                .labels
                .fields(&part.key)
                .iter()
                .any(|f| members.fields.contains(f) || members.above.contains(f))
            || above.iter().any(|field| members.fields.contains(field))
    }

    /// Whether a breakdown has what this is a part of, or a part of it.
    fn is_inside(&self, breakdown: Breakdown, part: &Subject) -> bool {
        let Some(members) = self.members.get(&breakdown) else { return false };
        let above = self.labels.wholes(&part.key);
        above.iter().any(|whole| members.fields.contains(whole))
            || self.labels.fields(&part.key).iter().any(|field| members.above.contains(field))
    }

    /// Notes that a breakdown has a figure of this label.
    pub(super) fn enter_member(&mut self, breakdown: Breakdown, part: &Subject, whole: &str) {
        let (fields, above) = (self.labels.fields(&part.key), self.labels.wholes(&part.key));
        let wholes = self.labels.fields(whole);
        let ways: Vec<usize> = wholes.iter().flat_map(|whole| self.labels.ways(&part.key, *whole)).collect();
        let members = self.members.entry(breakdown).or_default();
        members.ways = Some(match members.ways.take() {
            Some(known) => known.into_iter().filter(|way| ways.contains(way)).collect(),
            None => ways,
        });
        members.is_unclear |= fields.is_empty();
        members.fields.extend(fields);
        members.above.extend(above);
    }

    /// A breakdown of its own.
    pub(super) fn fresh_breakdown(&mut self) -> Breakdown {
        self.breakdowns = self.breakdowns.saturating_add(1);
        Breakdown(self.breakdowns)
    }
}
