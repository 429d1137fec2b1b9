//! The documents that a rule set is analysed over: what it can ask for, and what of that a document may leave out.
//!
//! In: a [`RuleSet`]. Out: the figures it is about, in every place where a rule runs. A document states all of them, except
//! those of which some rule asks whether they are stated (`stated(x)`, `x ?? 0`). What has no end is cut to a size:
//! breakdowns have up to [`limits::SOUNDNESS_PARTS`](crate::limits::SOUNDNESS_PARTS) parts; a table has the rows that rules pick and two
//! more, of which the first has two rows below it where rules speak of order.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::figure::{Decision, Figure, Line, Of};
use crate::RuleSet;
use crate::fold::fold_label;
use crate::ruleset::expr::{Expr, ExprKind, Fact};
use crate::ruleset::field::{
    Blank, FacetRef, FieldId, FigureRef, ListRef, Pick, Rows, SectionId, SectionKind, Target,
};
use crate::ruleset::{Field, Kind, Rule};

/// Where a rule runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum About {
    Document,
    /// The `x` of an `each`.
    Subject(Of),
    Row(SectionId, Line),
}

/// What a rule set is about.
#[derive(Debug)]
pub(super) struct Shape<'r> {
    pub(super) rules: &'r RuleSet,
    /// The rows of each table, and which of them may be left out.
    lines: BTreeMap<SectionId, BTreeSet<Line>>,
    optional: HashSet<Decision>,
    /// What each `each` runs over.
    subjects: Vec<(Kind, Of)>,
    /// Whether any rule asks for a basis or for the kind of document.
    pub(super) tells_kinds: bool,
}

impl<'r> Shape<'r> {
    pub(super) fn new(rules: &'r RuleSet) -> Shape<'r> {
        let mut shape = Shape {
            rules,
            lines: BTreeMap::new(),
            optional: HashSet::new(),
            subjects: Vec::new(),
            tells_kinds: false,
        };
        shape.find_lines();
        shape.find_subjects();
        for rule in rules.rules() {
            for about in shape.places(rule) {
                exprs(rule).for_each(|expr| expr.walk(&mut |part| shape.find_optional(part, &about)));
            }
        }
        shape
    }

    /// Where a rule runs.
    pub(super) fn places(&self, rule: &Rule) -> Vec<About> {
        match (&rule.each, rule.table) {
            (Some(kind), _) => {
                let subjects = self.subjects.iter().filter(|(known, _)| known == kind.as_ref());
                subjects.map(|(_, of)| About::Subject(of.clone())).collect()
            }
            (None, Some(table)) => self.lines(table).map(|line| About::Row(table, line.clone())).collect(),
            (None, None) => vec![About::Document],
        }
    }

    pub(super) fn lines(&self, table: SectionId) -> impl Iterator<Item = &Line> {
        self.lines.get(&table).into_iter().flatten()
    }

    /// The rows of a list, seen from the row that a rule is about.
    pub(super) fn rows(&self, table: SectionId, rows: Rows, about: &About) -> Vec<Line> {
        let codes: Vec<&str> = self.lines(table).filter_map(Line::code).collect();
        let parent = |line: &Line| {
            let code = line.code()?;
            let above = codes.iter().filter(|other| code != **other && code.starts_with(**other));
            above.max_by_key(|other| other.len()).map(|other| Line::Code((*other).to_owned()))
        };
        let is_in = |line: &&Line| match rows {
            Rows::All => true,
            Rows::Top => line.code().is_some() && parent(line).is_none(),
            Rows::Children => {
                matches!(about, About::Row(own, row) if *own == table && parent(line).as_ref() == Some(row))
            }
        };
        self.lines(table).filter(is_in).cloned().collect()
    }

    /// Whether a document may do without.
    pub(super) fn is_optional(&self, decision: &Decision) -> bool {
        match decision {
            // In a budget the plain figure is the budgeted one: both are stated or neither.
            Decision::States(figure) => self.optional.contains(&Decision::States(figure.in_any_basis())),
            decision => self.optional.contains(decision),
        }
    }

    /// The kind of what an `each` runs over.
    pub(super) fn subject_kind(&self, subject: &Of) -> Option<&Kind> {
        self.subjects.iter().find(|(_, of)| of == subject).map(|(kind, _)| kind)
    }

    /// The figure that a rule asks for where it runs; `None` for the row of a rule that is about none.
    pub(super) fn figure(&self, figure: &FigureRef, about: &About) -> Option<Figure> {
        let of = match (&figure.target, about) {
            (Target::Subject, About::Subject(of)) => of.clone(),
            (Target::Field(field), about) => match (self.rules.table_of(*field), about) {
                (None, _) => Of::Field(*field),
                (Some(table), About::Row(own, line)) if table == *own => {
                    Of::Cell { column: *field, line: line.clone() }
                }
                (Some(_), _) => return None,
            },
            (Target::Cell(column, pick), _) => Of::Cell { column: *column, line: Line::of(pick) },
            (Target::Subject, _) => return None,
        };
        // The date of a stock section's figures is the document's own business: a plain name means the latest.
        Some(Figure { of, facet: figure.facet, period: figure.period, basis: figure.basis })
    }

    /// Whether a blank cell of a column is zero.
    pub(super) fn reads_blank_as_zero(&self, column: FieldId) -> bool {
        let section = self.rules.table_of(column).and_then(|table| self.rules.section(table));
        section.is_some_and(|section| section.kind == SectionKind::Table(Blank::Zero))
    }

    fn find_lines(&mut self) {
        let mut has_codes: BTreeSet<SectionId> = BTreeSet::new();
        let mut is_ordered: BTreeSet<SectionId> = BTreeSet::new();
        for (position, field) in self.rules.fields().iter().enumerate() {
            if let Some(table) = self.rules.table_of(FieldId::from_index(position)) {
                self.lines.entry(table).or_default();
                has_codes.extend((field.kind() == Some(&Kind::Code)).then_some(table));
            }
        }
        let exprs: Vec<&Expr> = self.rules.rules().iter().flat_map(exprs).collect();
        for figure in exprs.iter().flat_map(|expr| expr.figures()) {
            if let Target::Cell(column, pick) = &figure.target
                && let Some(table) = self.rules.table_of(*column)
            {
                self.lines.entry(table).or_default().insert(Line::of(pick));
            }
        }
        for list in exprs.iter().flat_map(|expr| expr.lists()) {
            if let ListRef::Column { cell, rows } = list
                && let Some(table) = cell.target.field().and_then(|column| self.rules.table_of(column))
            {
                is_ordered.extend((*rows != Rows::All).then_some(table));
            }
        }
        for (table, lines) in &mut self.lines {
            // Codes that have nothing to do with those that rules pick.
            let is_new = |start: &String| {
                !lines.iter().filter_map(Line::code).any(|code| code.starts_with(start.as_str()))
            };
            let start = (1..).map(|nines| "9".repeat(nines)).find(is_new).unwrap_or_default();
            let codes: &[&str] = match (has_codes.contains(table), is_ordered.contains(table)) {
                (true, true) => &["01", "0101", "0102", "02"],
                (true, false) => &["01", "02"],
                (false, _) => &[],
            };
            lines.extend(codes.iter().map(|code| Line::Code(format!("{start}{code}"))));
            if codes.is_empty() {
                lines.extend([Line::Plain(0), Line::Plain(1)]);
            }
        }
    }

    /// Amounts that no field claims stand for all; fields whose changes, parts or other years are asked for by name come too.
    fn find_subjects(&mut self) {
        let mut kinds: Vec<&Kind> = Vec::new();
        for kind in self.rules.rules().iter().filter_map(|rule| rule.each.as_deref()) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let mut named: Vec<FieldId> = Vec::new();
        for rule in self.rules.rules().iter().filter(|rule| rule.each.is_none()) {
            let lists = exprs(rule).flat_map(|expr| expr.lists()).filter_map(|list| match list {
                ListRef::Parts { whole, .. } => Some(whole),
                ListRef::Column { .. } => None,
            });
            let figures = exprs(rule).flat_map(|expr| expr.figures()).filter(|figure| {
                (figure.facet, figure.period, figure.basis) != (FacetRef::Amount, None, None)
            });
            for figure in lists.chain(figures) {
                if let Target::Field(field) = figure.target
                    && self.rules.table_of(field).is_none()
                    && !named.contains(&field)
                {
                    named.push(field);
                }
            }
        }
        for (position, kind) in kinds.into_iter().enumerate() {
            let unclaimed = Of::Unclaimed(u8::try_from(position).unwrap_or(u8::MAX));
            self.subjects.push((kind.clone(), unclaimed));
            let same = named.iter().filter(|field| {
                let own = self.rules.field(**field).and_then(Field::kind);
                own.is_some_and(|own| {
                    own == kind || matches!((own, kind), (Kind::Count(_), Kind::Count(of)) if of.is_empty())
                })
            });
            self.subjects.extend(same.map(|field| (kind.clone(), Of::Field(*field))));
        }
    }

    fn find_optional(&mut self, expr: &Expr, about: &About) {
        match &expr.kind {
            ExprKind::Stated(figure) => {
                let figure = self.figure(figure, about);
                self.optional.extend(figure.map(|figure| Decision::States(figure.in_any_basis())));
            }
            ExprKind::Coalesce(members) => {
                let replaceable = members.split_last().map_or(&[][..], |(_, replaceable)| replaceable);
                for member in replaceable {
                    if let ExprKind::Figure(figure) = &member.kind {
                        self.make_optional(figure, about);
                    }
                }
            }
            ExprKind::Fact(Fact::Document) => self.tells_kinds = true,
            ExprKind::Figure(figure) => self.tells_kinds |= figure.basis.is_some(),
            ExprKind::List(list) => {
                let (ListRef::Parts { whole: figure, .. } | ListRef::Column { cell: figure, .. }) =
                    list.as_ref();
                self.tells_kinds |= figure.basis.is_some();
            }
            _ => {}
        }
    }

    /// Where a rule says what to take instead, a figure may be left out; a cell of a picked row, with its row.
    fn make_optional(&mut self, figure: &FigureRef, about: &About) {
        let Some(figure) = self.figure(figure, about) else { return };
        match &figure.of {
            Of::Cell { column, line } => {
                let Some(table) = self.rules.table_of(*column) else { return };
                let is_row_of_rule = matches!(about, About::Row(own, row) if *own == table && row == line);
                if is_row_of_rule {
                    if !self.reads_blank_as_zero(*column) {
                        self.optional.insert(Decision::States(figure.in_any_basis()));
                    }
                } else {
                    self.optional.insert(Decision::HasLine(table, line.clone()));
                }
            }
            _ => {
                self.optional.insert(Decision::States(figure.in_any_basis()));
            }
        }
    }

    /// Whether rows of the table stand below a row: they would stand elsewhere without it.
    pub(super) fn is_above_others(&self, table: SectionId, line: &Line) -> bool {
        let Some(code) = line.code() else { return false };
        self.lines(table).filter_map(Line::code).any(|other| other != code && other.starts_with(code))
    }
}

/// What its figures are.
impl Shape<'_> {
    /// What a figure is printed as.
    pub(super) fn kind(&self, figure: &Figure) -> Option<Kind> {
        if figure.facet.is_percentage() {
            return Some(Kind::Rate);
        }
        match &figure.of {
            Of::Field(field) | Of::Cell { column: field, .. } => self.rules.field(*field)?.kind().cloned(),
            Of::Unclaimed(_) => self.subject_kind(&figure.of).cloned(),
            Of::Part { whole, .. } => self.kind(&whole.facet(FacetRef::Amount)),
            Of::Year => Some(Kind::Year),
        }
    }

    /// Whether a field is of what is held at a date.
    pub(super) fn is_stock(&self, field: FieldId) -> bool {
        let section = self.rules.field(field).and_then(|field| field.section);
        section
            .and_then(|section| self.rules.section(section))
            .is_some_and(|section| section.kind == SectionKind::Stock)
    }

    /// A figure as rules write it.
    pub(super) fn name(&self, figure: &Figure) -> String {
        let path = |field| self.rules.field(field).map_or("", |field| field.path()).to_owned();
        let of = match &figure.of {
            Of::Field(field) => path(*field),
            Of::Cell { column, line } => format!("{}[{line}]", path(*column)),
            Of::Unclaimed(_) => "x".to_owned(),
            Of::Part { whole, position } => {
                format!(
                    "parts({})[{}]",
                    self.name(&whole.facet(FacetRef::Amount)),
                    position.saturating_add(1)
                )
            }
            Of::Year => "year".to_owned(),
        };
        figure.describe(&of)
    }
}

impl Line {
    fn of(pick: &Pick) -> Line {
        match pick {
            Pick::Code(code) => Line::Code(fold_label(code)),
            Pick::TotalRow => Line::Total,
        }
    }

    pub(super) fn code(&self) -> Option<&str> {
        match self {
            Line::Code(code) => Some(code),
            Line::Total | Line::Plain(_) => None,
        }
    }
}

/// A rule's guards and its condition.
pub(super) fn exprs(rule: &Rule) -> impl Iterator<Item = &Expr> {
    rule.guards.iter().chain([&rule.body])
}
