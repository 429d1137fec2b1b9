//! Which field each statement belongs to, and where the figures of a field are.
//!
//! A field claims a statement by its parent, then by the headings it stands under, then by its label alone. Where two
//! fields claim equally well, neither gets it: a figure bound to the wrong field makes a false finding, an unclaimed
//! one is reported as unclaimed.

use std::collections::HashMap;

use crate::RuleSet;
use crate::document::{Basis, Document, Facet, Period, Statement, StatementId};
use crate::fold::fold_label;
use crate::quantity::Unit;
use crate::ruleset::field::{Field, FieldId, Kind};
use crate::ruleset::vocabulary::LabelUse;

/// Whose figure a statement is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Owner {
    Field(FieldId),
    /// Words that no field claims, with what they stand under: the same words elsewhere may mean another thing.
    Words {
        label: String,
        parent: Option<String>,
        under: Option<String>,
    },
}

/// A figure's owner and the unit, fund or row it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Subject {
    pub(crate) owner: Owner,
    pub(crate) scope: Vec<String>,
}

/// A document's statements, by what they state.
#[derive(Debug)]
pub(crate) struct Binding<'a> {
    pub(crate) rules: &'a RuleSet,
    pub(crate) document: &'a Document,
    subjects: Vec<Subject>,
    /// The subject of each statement, by position.
    subject_of: Vec<usize>,
    statements_of: HashMap<Subject, Vec<StatementId>>,
    parts_of: HashMap<StatementId, Vec<StatementId>>,
}

impl<'a> Binding<'a> {
    pub(crate) fn new(rules: &'a RuleSet, document: &'a Document) -> Binding<'a> {
        let mut binding = Binding {
            rules,
            document,
            subjects: Vec::new(),
            subject_of: Vec::new(),
            statements_of: HashMap::new(),
            parts_of: HashMap::new(),
        };
        let mut positions: HashMap<Subject, usize> = HashMap::new();
        for (position, statement) in document.statements().iter().enumerate() {
            let id = StatementId::from_index(position);
            let whole = statement.parent.as_ref().and_then(|parent| parent.statement);
            let owner = match claim(rules, statement, whole.and_then(|whole| binding.field_of(whole))) {
                Some(field) => Owner::Field(field),
                None => Owner::Words {
                    label: fold_label(&statement.label),
                    parent: statement.parent.as_ref().map(|parent| fold_label(&parent.label)),
                    under: statement.under.first().map(|under| fold_label(under)),
                },
            };
            let subject = Subject { owner, scope: statement.scope.clone() };
            let next = binding.subjects.len();
            let at = *positions.entry(subject.clone()).or_insert(next);
            if at == next {
                binding.subjects.push(subject.clone());
            }
            binding.subject_of.push(at);
            binding.statements_of.entry(subject).or_default().push(id);
            if let Some(whole) = whole {
                binding.parts_of.entry(whole).or_default().push(id);
            }
        }
        binding
    }

    /// Everything the document speaks of, in the order of the text.
    pub(crate) fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The position of a statement's subject among [`Binding::subjects`].
    pub(crate) fn subject_position(&self, id: StatementId) -> usize {
        self.subject_of.get(id.index()).copied().unwrap_or(usize::MAX)
    }

    pub(crate) fn statements_of(&self, subject: &Subject) -> &[StatementId] {
        self.statements_of.get(subject).map_or(&[], Vec::as_slice)
    }

    /// What is stated as a part of a statement, in any breakdown.
    pub(crate) fn parts_of(&self, id: StatementId) -> &[StatementId] {
        self.parts_of.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The field that claims a statement.
    pub(crate) fn field_of(&self, id: StatementId) -> Option<&'a Field> {
        let subject = self.subjects.get(self.subject_position(id))?;
        self.field(&subject.owner)
    }

    pub(crate) fn field(&self, owner: &Owner) -> Option<&'a Field> {
        match owner {
            Owner::Field(field) => self.rules.field(*field),
            Owner::Words { .. } => None,
        }
    }

    /// Whether an owner's figures are as at a date.
    pub(crate) fn is_stock(&self, owner: &Owner) -> bool {
        let section = self.field(owner).and_then(|field| field.section);
        section.and_then(|id| self.rules.section(id)).is_some_and(|section| section.is_stock)
    }

    /// Budget or actual: as the statement says, else as its document is. What is held at a date is actual.
    pub(crate) fn basis(&self, id: StatementId) -> Basis {
        let Some(statement) = self.document.statement(id) else { return self.document.kind().basis() };
        let owner = self.subjects.get(self.subject_position(id)).map(|subject| &subject.owner);
        statement.basis.unwrap_or_else(|| self.own_basis(owner))
    }

    /// The basis that a plain name means.
    pub(crate) fn own_basis(&self, owner: Option<&Owner>) -> Basis {
        if owner.is_some_and(|owner| self.is_stock(owner)) {
            Basis::Actual
        } else {
            self.document.kind().basis()
        }
    }

    /// The period that a plain name means: the document's own, or in a stock section the latest date stated there.
    pub(crate) fn own_period(&self, subject: &Subject) -> Period {
        if !self.is_stock(&subject.owner) {
            return Period::Current;
        }
        let section = self.field(&subject.owner).and_then(|field| field.section);
        let in_section = self.subjects.iter().filter(|other| {
            other.scope == subject.scope
                && self.field(&other.owner).is_some_and(|field| field.section == section)
        });
        let amounts = in_section
            .flat_map(|subject| self.statements_of(subject))
            .filter_map(|id| self.document.statement(*id))
            .filter(|statement| statement.facet == Facet::Amount);
        amounts.map(|statement| statement.period).max_by_key(|period| self.order(*period)).unwrap_or_default()
    }

    /// A number that grows with time. Without a year of its own a document knows only its own and the prior year.
    fn order(&self, period: Period) -> i64 {
        match (self.document.calendar_year(period), period) {
            (Some(year), _) => i64::from(year),
            (None, Period::Current) => i64::from(i32::MAX),
            (None, _) => i64::from(i32::MAX).saturating_sub(1),
        }
    }
}

/// The field that a statement belongs to, given the field of the figure it is a part of.
fn claim(rules: &RuleSet, statement: &Statement, whole: Option<&Field>) -> Option<FieldId> {
    if let Some(field) = statement.path.as_deref().and_then(|path| rules.field_at(path)) {
        return Some(field);
    }
    let parent =
        statement.parent.as_ref().map(|parent| Whole { label: fold_label(&parent.label), field: whole });
    let under: Vec<String> = statement.under.iter().map(|under| fold_label(under)).collect();
    let mut best: Vec<(Rank, FieldId)> = Vec::new();
    for usage in rules.vocabulary().uses(&fold_label(&statement.label)) {
        let Some(field) = rules.field(usage.field) else { continue };
        if !admits(field, statement) {
            continue;
        }
        let Some(rank) = rank(rules, field, usage, parent.as_ref(), &under) else { continue };
        match best.first() {
            Some((known, _)) if *known < rank => {}
            Some((known, _)) if *known == rank => best.push((rank, usage.field)),
            _ => best = vec![(rank, usage.field)],
        }
    }
    best.dedup_by_key(|(_, field)| *field);
    match best.as_slice() {
        [(_, field)] => Some(*field),
        _ => None,
    }
}

/// How well a field claims a statement: the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The statement's parent is of the field's section.
    Parent,
    /// So many headings or labels away stands one of the field's section.
    Heading(usize),
    /// Its label alone.
    Label,
}

/// What a statement is a part of.
struct Whole<'a> {
    label: String,
    field: Option<&'a Field>,
}

impl Whole<'_> {
    /// Whether the whole goes by some words.
    fn is(&self, words: &str) -> bool {
        let by_field = |field: &Field| field.labels().iter().any(|label| fold_label(label) == words);
        self.label.contains(words) || self.field.is_some_and(by_field)
    }
}

/// How well a field claims a statement through one of its labels; `None` where it does not.
fn rank(
    rules: &RuleSet,
    field: &Field,
    usage: &LabelUse,
    whole: Option<&Whole<'_>>,
    under: &[String],
) -> Option<Rank> {
    let only = usage.under.as_deref();
    let stands_under = |words: &str| {
        whole.is_some_and(|whole| whole.is(words)) || under.iter().any(|around| around.contains(words))
    };
    if only.is_some_and(|only| !stands_under(only)) {
        return None;
    }
    let names = section_words(rules, field);
    if let Some(whole) = whole {
        let is_sibling =
            whole.field.is_some_and(|other| other.section.is_some() && other.section == field.section);
        if is_sibling || names.contains(&whole.label) || only.is_some_and(|only| whole.is(only)) {
            return Some(Rank::Parent);
        }
        // A part of a figure that other fields are about is not this field, whatever its label.
        if whole.field.is_some() || !rules.vocabulary().uses(&whole.label).is_empty() {
            return None;
        }
    }
    let own = only.into_iter().chain(names.iter().map(String::as_str));
    let nearest = own.filter_map(|name| under.iter().position(|words| words.contains(name))).min();
    Some(nearest.map_or(Rank::Label, Rank::Heading))
}

/// The words that stand for a field's section: its title, and the labels of the section's fields.
fn section_words(rules: &RuleSet, field: &Field) -> Vec<String> {
    let Some(id) = field.section else { return Vec::new() };
    let title = rules.section(id).and_then(|section| section.title.as_deref());
    let siblings =
        rules.fields().iter().filter(|other| other.section == Some(id) && other.path() != field.path());
    title
        .into_iter()
        .chain(siblings.flat_map(|other| other.labels().iter().map(String::as_str)))
        .map(fold_label)
        .collect()
}

/// Whether a statement can be a figure of a field's kind at all.
fn admits(field: &Field, statement: &Statement) -> bool {
    let unit = statement.quantity.unit();
    let is_percentage = *unit == Unit::Percent;
    match (&field.kind, statement.facet) {
        (None, _) => true,
        (Some(Kind::Rate), Facet::Amount) => is_percentage || *unit == Unit::Plain,
        (Some(_), Facet::Rate(_) | Facet::Share | Facet::Completion) => true,
        (Some(Kind::Money), _) => unit.is_money() || *unit == Unit::Plain,
        (Some(Kind::Count(_)), _) => matches!(unit, Unit::Counter(_) | Unit::Plain),
        (Some(Kind::Number | Kind::Year), _) => *unit == Unit::Plain,
        (Some(Kind::Rate | Kind::Text | Kind::Code), _) => false,
    }
}
