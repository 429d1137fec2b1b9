//! Which field a statement belongs to.
//!
//! A field claims a statement by its parent, then by the headings it stands under, then by its label alone. Where two
//! fields claim equally well, neither gets it: a figure bound to the wrong field makes a false finding, an unclaimed
//! one is reported as unclaimed.

use std::collections::HashMap;

use crate::RuleSet;
use crate::document::{Context, Facet, Row, Statement, UnitFrom};
use crate::fold::fold_label;
use crate::quantity::{Unit, may_count};
use crate::ruleset::field::{Field, FieldId, Kind, SectionId};
use crate::ruleset::vocabulary::LabelUse;

/// The fields of a rule set, ready to claim statements.
pub(super) struct Claims<'a> {
    rules: &'a RuleSet,
    /// A set that declares no field.
    is_open: bool,
    /// The folded words that stand for each section: its title, and the labels of its fields with their field.
    words: HashMap<SectionId, Vec<(Option<FieldId>, String)>>,
    /// The name of each table, and its titles, folded.
    tables: Vec<(SectionId, String, Vec<String>)>,
}

/// How well a field claims a statement: the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The statement's parent is of the field's section.
    Parent,
    /// It goes by that label only under these words, which stand so many headings or labels away.
    Under(usize),
    /// So many headings or labels away stands one of the field's section.
    Heading(usize),
    /// Its label alone.
    Label,
}

/// A statement's surroundings, folded.
struct Around<'a> {
    whole: Option<Whole<'a>>,
    /// Labels and headings, innermost first.
    under: Vec<String>,
}

impl<'a> Around<'a> {
    fn new(statement: &Statement, whole: Option<&'a Field>) -> Around<'a> {
        let parent = statement.parent.as_ref();
        Around {
            whole: parent.map(|parent| Whole { label: fold_label(&parent.label), field: whole }),
            under: statement.under.iter().map(|under| fold_label(under)).collect(),
        }
    }
}

/// A field that goes by a figure's label.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Considered {
    /// Its qualified name.
    pub field: String,
    /// Why the figure is not its own; `None` where it is.
    pub refusal: Option<Refusal>,
}

/// Why a field that goes by a figure's label does not claim it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Its figures are of this kind, and this one cannot be.
    Kind(String),
    /// It goes by that label only under these words.
    Under(String),
    /// The figure is a part of this, which is not of the field's section.
    PartOf(String),
    /// This field claims it better: by the whole it is a part of, or by a nearer heading.
    Farther(String),
    /// Two fields claim it equally well.
    Contested,
}

/// What a statement is a part of.
struct Whole<'a> {
    label: String,
    field: Option<&'a Field>,
}

impl Whole<'_> {
    /// Whether the whole goes by some words.
    fn is(&self, words: &str) -> bool {
        let by_field = |field: &Field| field.labels().iter().any(|label| fold_label(label).contains(words));
        self.label.contains(words) || self.field.is_some_and(by_field)
    }
}

impl<'a> Claims<'a> {
    pub(super) fn new(rules: &'a RuleSet) -> Claims<'a> {
        let mut words: HashMap<SectionId, Vec<(Option<FieldId>, String)>> = HashMap::new();
        for (position, field) in rules.fields().iter().enumerate() {
            let Some(section) = field.section else { continue };
            let title = || rules.section(section).and_then(|section| section.title.chinese.as_deref());
            let known = words
                .entry(section)
                .or_insert_with(|| title().map(|title| (None, fold_label(title))).into_iter().collect());
            let id = Some(FieldId::from_index(position));
            known.extend(field.labels().iter().map(|label| (id, fold_label(label))));
        }
        let tables = rules.sections().iter().enumerate().filter(|(_, section)| section.is_table());
        let tables = tables.map(|(position, section)| {
            let titles = section.titles().map(fold_label).collect();
            (SectionId::from_index(position), section.name.clone(), titles)
        });
        Claims { rules, is_open: rules.declares_nothing(), words, tables: tables.collect() }
    }

    /// The table that a row belongs to: by its name, or by the title it stands under.
    pub(super) fn table_of_row(&self, row: &Row) -> Option<SectionId> {
        self.table(row.path.as_deref(), &row.under)
    }

    /// The table of a name, or of the innermost title; of several titles that fit the longest.
    fn table(&self, name: Option<&str>, under: &[String]) -> Option<SectionId> {
        if let Some((id, ..)) = self.tables.iter().find(|(_, own, _)| Some(own.as_str()) == name) {
            return Some(*id);
        }
        under.iter().find_map(|heading| {
            let heading = fold_label(heading);
            // 一般公共预算支出表（单位：万元）
            let heading = match heading.rfind('(').filter(|_| heading.ends_with(')')) {
                Some(bracket) => heading.get(..bracket).unwrap_or(&heading),
                None => &heading,
            };
            let fitting = self.tables.iter().flat_map(|(id, _, titles)| {
                let fits = titles.iter().filter(|title| heading.ends_with(title.as_str()));
                fits.map(|title| (title.len(), *id))
            });
            let (length, id) = fitting.clone().max_by_key(|(length, _)| *length)?;
            // Two tables of one title: neither.
            let is_alone = fitting.clone().all(|(other, by)| other < length || by == id);
            is_alone.then_some(id)
        })
    }

    /// The column that claims a figure in a row of a table.
    fn column(&self, table: SectionId, statement: &Statement) -> Option<FieldId> {
        let section = self.rules.section(table)?;
        let label = fold_label(&statement.label);
        let by_name = self.rules.field_at(&format!("{}.{}", section.name, statement.label));
        let labelled = self.rules.columns().uses(&label).iter().map(|usage| usage.field);
        let mut fields = by_name.into_iter().chain(labelled).filter(|id| {
            self.rules
                .field(*id)
                .is_some_and(|field| field.section == Some(table) && admits(field, statement))
        });
        let first = fields.next()?;
        fields.all(|other| other == first).then_some(first)
    }

    /// The field that a statement belongs to, given the field of the figure it is a part of.
    pub(super) fn field(&self, statement: &Statement, whole: Option<&Field>) -> Option<FieldId> {
        // A cell is of a row. What a table of named things states is of no row, and goes by its label.
        if statement.context != Context::Prose && !statement.scope.is_empty() {
            // `function_expenditure.total`: the table's name comes before the column's.
            let name = statement.path.as_deref().and_then(|path| path.rsplit_once('.')).map(|(name, _)| name);
            if let Some(table) = self.table(name, &statement.under) {
                return self.column(table, statement);
            }
        }
        let named = statement.path.as_deref().and_then(|path| self.rules.field_at(path));
        if let Some(id) = named {
            // A name is no guess, but a number of people is still no money.
            return self.rules.field(id).filter(|field| admits(field, statement)).map(|_| id);
        }
        if statement.path.is_some() && self.is_open {
            // Where every name is a figure of that name, a name inside another is no such name.
            return None;
        }
        let around = Around::new(statement, whole);
        let mut best: Option<((Rank, bool), FieldId)> = None;
        let mut is_contested = false;
        for (field, rank) in self.offers(statement, &around) {
            let Ok(rank) = rank else { continue };
            match best {
                Some((known, _)) if known < rank => {}
                Some((known, by)) if known == rank => is_contested |= by != field,
                _ => (best, is_contested) = (Some((rank, field)), false),
            }
        }
        best.filter(|_| !is_contested).map(|(_, field)| field)
    }

    /// The fields that go by a statement's label, and how well each claims it, or why it does not.
    fn offers<'s>(
        &'s self,
        statement: &'s Statement,
        around: &'s Around<'_>,
    ) -> impl Iterator<Item = (FieldId, Result<(Rank, bool), Refusal>)> + 's {
        let label = fold_label(&statement.label);
        self.rules.vocabulary().uses(&label).iter().filter_map(move |usage| {
            let field = self.rules.field(usage.field)?;
            let offer = if admits(field, statement) {
                // 公务接待24批次、210人次: figures of one label are told apart by what they count.
                self.rank(field, usage, around).map(|rank| (rank, counts_others(field, statement)))
            } else {
                Err(Refusal::Kind(field.kind().map(Kind::to_string).unwrap_or_default()))
            };
            Some((usage.field, offer))
        })
    }

    /// Every field that goes by a statement's label, and why it does not claim it.
    pub(super) fn explain(&self, statement: &Statement, whole: Option<&Field>) -> Vec<Considered> {
        let claimed = self.field(statement, whole);
        let around = Around::new(statement, whole);
        let offers = self.offers(statement, &around).collect::<Vec<_>>();
        let told = offers.into_iter().filter_map(|(id, offer)| {
            let field = self.rules.field(id)?.path().to_owned();
            let refusal = match offer {
                Err(refusal) => Some(refusal),
                Ok(_) if claimed == Some(id) => None,
                Ok(_) => Some(match claimed.and_then(|by| self.rules.field(by)) {
                    Some(by) => Refusal::Farther(by.path().to_owned()),
                    None => Refusal::Contested,
                }),
            };
            Some(Considered { field, refusal })
        });
        told.collect()
    }

    /// How well a field claims a statement through one of its labels; or why it does not.
    fn rank(&self, field: &Field, usage: &LabelUse, around: &Around<'_>) -> Result<Rank, Refusal> {
        let Around { whole, under } = around;
        let only = usage.under.as_deref();
        let stands_under = |words: &str| {
            whole.as_ref().is_some_and(|whole| whole.is(words))
                || under.iter().any(|around| around.contains(words))
        };
        if let Some(only) = only.filter(|only| !stands_under(only)) {
            return Err(Refusal::Under(only.to_owned()));
        }
        let words = || {
            let of_section = field.section.and_then(|section| self.words.get(&section));
            let others = of_section.into_iter().flatten().filter(|(id, _)| *id != Some(usage.field));
            others.map(|(_, words)| words.as_str())
        };
        if let Some(whole) = whole {
            let is_sibling =
                whole.field.is_some_and(|other| other.section.is_some() && other.section == field.section);
            if is_sibling
                || words().any(|words| words == whole.label)
                || only.is_some_and(|only| whole.is(only))
            {
                return Ok(Rank::Parent);
            }
            // A part of a figure that other fields are about is not this field, whatever its label.
            if whole.field.is_some() || !self.rules.vocabulary().uses(&whole.label).is_empty() {
                return Err(Refusal::PartOf(whole.label.clone()));
            }
        }
        if let Some(at) = only.and_then(|only| under.iter().position(|around| around.contains(only))) {
            return Ok(Rank::Under(at));
        }
        let nearest =
            words().filter_map(|words| under.iter().position(|around| around.contains(words))).min();
        Ok(nearest.map_or(Rank::Label, Rank::Heading))
    }
}

/// Whether a field counts one thing and the statement another: 批次 and 人次. 人 and 人次 may be the same people.
///
/// A percentage of what is both an amount and a number of things is the amount's: 公务接待减少4.68%.
fn counts_others(field: &Field, statement: &Statement) -> bool {
    match (&field.kind, statement.quantity.unit()) {
        (Some(Kind::Count(counter)), Unit::Counter(printed)) => {
            !counter.starts_with(printed.as_str()) && !printed.starts_with(counter.as_str())
        }
        (Some(Kind::Count(_)), Unit::Percent) => true,
        _ => false,
    }
}

/// Whether a statement can be a figure of a field's kind at all.
fn admits(field: &Field, statement: &Statement) -> bool {
    // A unit said once for a whole document is that of its money.
    let is_plain = *statement.quantity.unit() == Unit::Plain || statement.unit_from == UnitFrom::Head;
    let is_percentage = *statement.quantity.unit() == Unit::Percent;
    match (&field.kind, statement.facet) {
        (None, _) => true,
        (Some(Kind::Rate), Facet::Amount) => is_percentage || is_plain,
        (Some(_), Facet::Rate(_) | Facet::Share | Facet::Completion) => is_percentage || is_plain,
        (Some(Kind::Money), _) => is_plain || statement.quantity.unit().is_money(),
        (Some(Kind::Count(counter)), _) => match statement.quantity.unit() {
            Unit::Counter(printed) => may_count(printed, counter),
            _ => is_plain,
        },
        (Some(Kind::Number | Kind::Year), _) => is_plain,
        // A code is printed in digits; it is words all the same.
        (Some(Kind::Text | Kind::Code), Facet::Amount) => statement.context != Context::Prose,
        (Some(Kind::Rate | Kind::Text | Kind::Code), _) => false,
    }
}
