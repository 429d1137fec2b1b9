//! The lists of a rule: the parts of a figure in one breakdown, the cells of a column.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::bind::{Owner, Subject};
use super::evaluate::{List, Member};
use super::run::{Parts, Run};
use crate::document::{Breakdown, Context, RowId, StatementId};
use crate::limits;
use crate::ruleset::expr::Expr;
use crate::ruleset::field::{FacetRef, FigureRef, ListRef, Rows};
use crate::ruleset::{Field, Kind};

impl<'a> Run<'a, '_> {
    /// The parts to read for each `parts(…)` of the rule: all ways to choose one breakdown of each; `None` for too many.
    pub(super) fn breakdowns(&self) -> Option<Vec<Parts<'a>>> {
        let mut choices = vec![HashMap::new()];
        let wholes = self.exprs().flat_map(Expr::lists).filter_map(|list| match list {
            ListRef::Parts { whole, .. } => Some(whole),
            ListRef::Column { .. } => None,
        });
        for whole in wholes {
            let lists = self.lists_of(whole);
            if lists.is_empty() || choices.iter().any(|choice| choice.contains_key(whole)) {
                continue;
            }
            let ways = choices.len().checked_mul(lists.len())?;
            // A whole that is split in many ways is checked for each; only their product is bounded.
            if choices.len() > 1 && ways > limits::READINGS {
                return None;
            }
            choices = choices
                .iter()
                .flat_map(|choice| {
                    lists.iter().map(move |list| {
                        let mut extended = choice.clone();
                        extended.insert(whole, list.clone());
                        extended
                    })
                })
                .collect();
        }
        Some(choices)
    }

    /// The breakdowns of a figure, each as what it states of its parts; one that lists the same parts again counts once.
    fn lists_of(&self, whole: &FigureRef) -> Vec<Vec<StatementId>> {
        let document = self.binding.document;
        let Some(asked) = self.asked(whole) else { return Vec::new() };
        let mut lists: BTreeMap<Breakdown, Vec<StatementId>> = BTreeMap::new();
        // 合计 of a row beside what it has of each fund: parts that differ from their whole in nothing but scope.
        let mut by_scope: BTreeMap<Breakdown, Vec<StatementId>> = BTreeMap::new();
        let is_same = |part: &StatementId| {
            let subject = self.binding.subjects().get(self.binding.subject_position(*part));
            subject.is_some_and(|subject| {
                subject.owner == asked.subject.owner && subject.scope.ends_with(&asked.subject.scope)
            })
        };
        for id in self.stated(&asked) {
            for part in self.binding.parts_of(id) {
                let Some(statement) = document.statement(*part) else { continue };
                // A part's figure of another year, or of one school, is no part of this whole.
                let is_part = statement.period == asked.period && self.binding.basis(*part) == asked.basis;
                let Some(parent) = statement.parent.as_ref().filter(|_| is_part) else { continue };
                if statement.scope == asked.subject.scope {
                    lists.entry(parent.breakdown).or_default().push(*part);
                } else if matches!(statement.context, Context::Table(_)) && is_same(part) {
                    by_scope.entry(parent.breakdown).or_default().push(*part);
                }
            }
        }
        for (breakdown, parts) in by_scope {
            lists.entry(breakdown).or_insert(parts);
        }
        lists.values_mut().for_each(|parts| self.keep_plainest(parts));
        let wanted: Vec<FacetRef> = self.facets_of(whole).collect();
        let mut known = HashSet::new();
        let mut distinct = Vec::new();
        for parts in lists.into_values() {
            let statements = parts
                .iter()
                .filter_map(|part| document.statement(*part))
                .filter(|part| wanted.iter().any(|facet| facet.matches(part.facet)));
            let mut content: Vec<_> = statements
                .map(|part| (part.label.as_str(), part.facet, part.quantity.value(), part.quantity.unit()))
                .collect();
            content.sort_unstable();
            // A breakdown that states nothing of what the rule asks for is none to it.
            if !content.is_empty() && known.insert(content) {
                distinct.push(parts);
            }
        }
        distinct
    }

    /// The facets of a whole's parts that the rule asks for.
    fn facets_of(&self, whole: &FigureRef) -> impl Iterator<Item = FacetRef> {
        self.exprs().flat_map(Expr::lists).filter_map(move |list| match list {
            ListRef::Parts { whole: of, facet } if of == whole => Some(*facet),
            _ => None,
        })
    }

    /// Of a part that is stated with its basis and without, keeps what is stated without.
    fn keep_plainest(&self, parts: &mut Vec<StatementId>) {
        let printed = |id: &StatementId| self.binding.document.statement(*id).and_then(|part| part.basis);
        let part = |id: &StatementId| {
            let facet = self.binding.document.statement(*id).map(|part| part.facet);
            (self.binding.subject_position(*id), facet)
        };
        let plain: HashSet<_> = parts.iter().filter(|id| printed(id).is_none()).map(part).collect();
        parts.retain(|id| printed(id).is_none() || !plain.contains(&part(id)));
    }

    /// The members of every list of the rule, given the breakdown of each whole.
    pub(super) fn lists(&self, parts: &Parts<'a>) -> HashMap<&'a ListRef, List> {
        let members = |list: &'a ListRef| match list {
            ListRef::Parts { whole, facet } => {
                List::Members(self.parts(parts.get(whole).map_or(&[][..], Vec::as_slice), *facet))
            }
            ListRef::Column { cell, rows } => self.column(cell, *rows),
        };
        self.exprs().flat_map(Expr::lists).map(|list| (list, members(list))).collect()
    }

    /// A facet of each part of one breakdown, in the order of the text.
    ///
    /// For amounts the parts are those that state one. For any other facet they are all parts: one that does not state
    /// it is missing.
    fn parts(&self, breakdown: &[StatementId], facet: FacetRef) -> Vec<Member> {
        let document = self.binding.document;
        let is_stated = |id: &StatementId| {
            document
                .statement(*id)
                .is_some_and(|statement| facet.matches(statement.facet) && !statement.is_unsigned)
        };
        if facet == FacetRef::Amount {
            return breakdown.iter().copied().filter(is_stated).map(Member::Figure).collect();
        }
        let mut known = HashSet::new();
        let mut members = Vec::new();
        for id in breakdown {
            let part = self.binding.subject_position(*id);
            if !known.insert(part) {
                continue;
            }
            let mut of_part = breakdown.iter().filter(|other| self.binding.subject_position(**other) == part);
            members.push(match of_part.find(|other| is_stated(other)) {
                Some(stated) => Member::Figure(*stated),
                None => {
                    let label = document.statement(*id).map_or("", |statement| statement.label.as_str());
                    Member::Missing(facet.describe(label))
                }
            });
        }
        members
    }

    /// The cells of a column in some rows.
    fn column(&self, cell: &FigureRef, rows: Rows) -> List {
        let Some(column) = cell.target.field() else { return List::SameCode };
        let Some(table) = self.binding.rules.table_of(column) else { return List::SameCode };
        let Ok(rows) = self.binding.tables.some(table, rows, self.row) else { return List::SameCode };
        let is_words = self.binding.rules.field(column).and_then(Field::kind).is_some_and(Kind::is_words);
        let member = |row: RowId| {
            if is_words && self.binding.tables.words(self.binding.document, column, row).is_some() {
                return Member::Words;
            }
            let line = self.binding.row(row);
            let scope = line.map(|line| line.scope.clone()).unwrap_or_default();
            let asked = self.asked_of(cell, Subject { owner: Owner::Field(column), scope });
            match self.distinct(&asked).as_slice() {
                [id] if !is_words => Member::Figure(*id),
                // Which of them is added up would be a guess.
                [_, _, ..] if !is_words => Member::Restated,
                _ if self.binding.is_blank_zero(cell, column, row) => Member::Zero(row, column),
                _ => {
                    let name = self.binding.rules.field(column).map_or("", |field| field.path());
                    let row = line.and_then(|line| line.scope.last()).map_or("", String::as_str);
                    Member::Missing(cell.describe(&format!("{name}[{row}]")))
                }
            }
        };
        List::Members(rows.iter().copied().filter(|row| self.is_in_scope(*row)).map(member).collect())
    }
}
