//! Names to fields: from the tree of what was written to the expressions that are evaluated.

use std::sync::Arc;

use super::error::{RuleError, RuleErrorKind};
use super::expr::{Expr, ExprKind, Fact, Function, Link, LiteralUnit, Number, Tolerance};
use super::field::{
    Against, FacetRef, FieldId, FigureRef, Kind, ListRef, Pick, Rows, Section, SectionId, Target,
};
use super::names::{Found, Names};
use crate::document::{Basis, Period};
use crate::limits;
use crate::quantity::{Rational, Unit};
use crate::source::{Location, Source, Span};
use crate::syntax::ast;

/// Resolves the expressions of one rule.
pub(super) struct Resolver<'a> {
    pub(super) names: &'a mut Names,
    pub(super) source: &'a Arc<Source>,
    pub(super) section: Option<SectionId>,
    /// The `x` of `each money x`.
    pub(super) subject: Option<(&'a str, &'a Kind)>,
    pub(super) errors: &'a mut Vec<RuleError>,
}

/// Whether an expression is a guard: guards may ask about the document itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Guard,
    Body,
}

impl Resolver<'_> {
    /// The resolved expression; `None` after at least one error was noted.
    pub(super) fn expr(&mut self, expr: &ast::Expr, role: Role) -> Option<Expr> {
        let span = expr.span;
        let kind = match &expr.node {
            ast::ExprKind::Number(literal) => self.number(literal, span)?,
            ast::ExprKind::Text(text) => ExprKind::Text(text.clone()),
            ast::ExprKind::Path(path) => self.path(path, span, role)?,
            ast::ExprKind::Call { callee, arguments } => self.call(callee, arguments, span, role)?,
            ast::ExprKind::PriorBasis { prior, basis } => {
                // A base is taken by `delta` and `rate`, which look at it themselves.
                let name = format!("{} {}", prior.node, basis.node);
                self.error(RuleErrorKind::BaseAlone(name), span);
                return None;
            }
            ast::ExprKind::Negated(inner) => ExprKind::Negated(Box::new(self.expr(inner, role)?)),
            ast::ExprKind::Not(inner) => ExprKind::Not(Box::new(self.expr(inner, role)?)),
            ast::ExprKind::Sum(terms) => ExprKind::Sum(self.marked(terms, role)?),
            ast::ExprKind::Product(factors) => ExprKind::Product(self.marked(factors, role)?),
            ast::ExprKind::Coalesce(inner) => ExprKind::Coalesce(self.all(inner, role)?),
            ast::ExprKind::And(inner) => ExprKind::And(self.all(inner, role)?),
            ast::ExprKind::Or(inner) => ExprKind::Or(self.all(inner, role)?),
            ast::ExprKind::Chain { first, links } => {
                let first = self.expr(first, role);
                let links: Vec<_> = links.iter().map(|link| self.link(link, role)).collect();
                ExprKind::Chain { first: Box::new(first?), links: links.into_iter().collect::<Option<_>>()? }
            }
            ast::ExprKind::InRange { value, low, high } => {
                let (value, low, high) =
                    (self.expr(value, role), self.expr(low, role), self.expr(high, role));
                ExprKind::InRange { value: Box::new(value?), low: Box::new(low?), high: Box::new(high?) }
            }
            ast::ExprKind::InList { value, members } => {
                let value = self.expr(value, role);
                ExprKind::InList { members: self.all(members, role)?, value: Box::new(value?) }
            }
            ast::ExprKind::Implies(left, right) => {
                let (left, right) = (self.expr(left, role), self.expr(right, role));
                ExprKind::Implies(Box::new(left?), Box::new(right?))
            }
        };
        Some(Expr { kind, span })
    }

    fn all(&mut self, inner: &[ast::Expr], role: Role) -> Option<Vec<Expr>> {
        // Every member is looked at, so that all unknown names are told in one run.
        let resolved: Vec<_> = inner.iter().map(|expr| self.expr(expr, role)).collect();
        resolved.into_iter().collect()
    }

    fn marked<M: Copy>(&mut self, inner: &[(M, ast::Expr)], role: Role) -> Option<Vec<(M, Expr)>> {
        let resolved: Vec<_> =
            inner.iter().map(|(mark, expr)| Some((*mark, self.expr(expr, role)?))).collect();
        resolved.into_iter().collect()
    }

    fn link(&mut self, link: &ast::Link, role: Role) -> Option<Link> {
        let right = self.expr(&link.right, role)?;
        let tolerance = match &link.tolerance {
            Some(written) => Some(Box::new(self.tolerance(&written.node, written.span)?)),
            None => None,
        };
        Some(Link { comparison: link.operator.node, right, tolerance })
    }

    fn tolerance(&mut self, literal: &ast::Literal, span: Span) -> Option<Tolerance> {
        Some(Tolerance { value: self.value(literal, span)?, unit: literal_unit(literal), span })
    }

    fn number(&mut self, literal: &ast::Literal, span: Span) -> Option<ExprKind> {
        let printed = literal.unit.as_ref().map_or("", Unit::as_str);
        let text = format!("{}{printed}", literal.amount);
        let (value, unit) = (self.value(literal, span)?, literal_unit(literal));
        Some(ExprKind::Number(Box::new(Number { value, unit, text })))
    }

    fn value(&mut self, literal: &ast::Literal, span: Span) -> Option<Rational> {
        let factor = literal.unit.as_ref().unwrap_or(&Unit::Plain).factor();
        let value = factor.and_then(|factor| literal.amount.value().mul(factor));
        if value.is_none() {
            self.error(RuleErrorKind::NotAFigure, span);
        }
        value
    }

    fn path(&mut self, path: &ast::Path, span: Span, role: Role) -> Option<ExprKind> {
        if let ([name], [], Role::Guard) = (path.names.as_ref(), path.at.as_ref(), role)
            && let Some(fact) = self.fact(&name.node)
        {
            return Some(ExprKind::Fact(fact));
        }
        Some(match self.asked(path, span, FacetRef::Amount)? {
            Asked::Figure(figure) => ExprKind::Figure(figure),
            Asked::List(list) => ExprKind::List(Box::new(list)),
        })
    }

    /// What a guard may ask of the document, unless a field of the set goes by that name.
    fn fact(&mut self, name: &str) -> Option<Fact> {
        let fact = match name {
            "year" => Fact::Year,
            "department" => Fact::Department,
            "document" => Fact::Document,
            _ => return None,
        };
        let is_field = !self.names.is_open && self.names.find(&[name], self.section) != Found::Nothing;
        (!is_field).then_some(fact)
    }

    /// The figure or the list that a path asks for.
    fn asked(&mut self, path: &ast::Path, span: Span, facet: FacetRef) -> Option<Asked> {
        let target = self.target(path, span);
        let (mut period, mut basis) = (None, None);
        for at in &path.at {
            let is_first = match &at.node {
                ast::At::Year(year) => period.replace(Period::Year(*year)).is_none(),
                ast::At::Word(word) => match word.as_str() {
                    "prior" => period.replace(Period::Prior).is_none(),
                    "budget" => basis.replace(Basis::Budget).is_none(),
                    "actual" => basis.replace(Basis::Actual).is_none(),
                    other => {
                        self.error(RuleErrorKind::UnknownPeriod(other.to_owned()), at.span);
                        return None;
                    }
                },
            };
            if !is_first {
                let written = self.source.slice(at.span).to_owned();
                self.error(RuleErrorKind::RepeatedPeriod(written), at.span);
                return None;
            }
        }
        Some(match target? {
            Hit::One(target) => Asked::Figure(FigureRef { target, facet, period, basis }),
            Hit::Column(column, rows) => {
                let cell = FigureRef { target: Target::Field(column), facet, period, basis };
                Asked::List(ListRef::Column { cell, rows })
            }
        })
    }

    fn target(&mut self, path: &ast::Path, span: Span) -> Option<Hit> {
        let names: Vec<&str> = path.names.iter().map(|name| name.node.as_str()).collect();
        if let ([name], Some((subject, _)), None) = (names.as_slice(), self.subject, &path.code)
            && *name == subject
        {
            return Some(Hit::One(Target::Subject));
        }
        if let Some(hit) = self.cells(path, &names) {
            return hit;
        }
        match self.names.find(&names, self.section) {
            Found::Field(field) => Some(self.hit(field, names.len())),
            Found::Several(fields) => {
                let candidates = fields
                    .iter()
                    .filter_map(|field| self.names.field(*field))
                    .map(|field| field.path.clone())
                    .collect();
                self.error(
                    RuleErrorKind::AmbiguousName { name: names.join("."), candidates },
                    self.name_span(path, span),
                );
                None
            }
            Found::Nothing => {
                self.error(self.unknown(&names), self.name_span(path, span));
                None
            }
        }
    }

    /// A field; of a table that is named with it, the whole column.
    fn hit(&self, field: FieldId, names: usize) -> Hit {
        match self.names.table_of(field) {
            Some(_) if names > 1 => Hit::Column(field, Rows::All),
            _ => Hit::One(Target::Field(field)),
        }
    }

    /// What a path through a table's rows asks for: `t["201"].total`, `t.top.total`, `children.total`; `None` for any
    /// other path, and `Some(None)` after an error was noted.
    fn cells(&mut self, path: &ast::Path, names: &[&str]) -> Option<Option<Hit>> {
        let own = self.section.filter(|id| self.names.section(*id).is_some_and(Section::is_table));
        let table = |names: &Names, name: &str| {
            let id = names.section_named(name)?;
            names.section(id).filter(|section| section.is_table()).map(|_| id)
        };
        let (table, rows, column) = match (names, &path.code) {
            ([table_name, column], Some(code)) => match table(self.names, table_name) {
                Some(id) => (id, Way::One(Pick::Code(code.node.trim().to_owned())), *column),
                None => {
                    let span = path.names.first().map_or(code.span, |name| name.span);
                    self.error(RuleErrorKind::NotATable((*table_name).to_owned()), span);
                    return Some(None);
                }
            },
            (_, Some(code)) => {
                self.error(RuleErrorKind::NotATable(names.join(".")), code.span);
                return Some(None);
            }
            ([table_name, rows, column], None) => {
                (table(self.names, table_name)?, Way::named(rows)?, *column)
            }
            ([rows, column], None) => {
                let way = Way::named(rows)?;
                // A section of that name comes first.
                if self.names.section_named(rows).is_some() {
                    return None;
                }
                match own {
                    Some(own) => (own, way, *column),
                    None => return None,
                }
            }
            _ => return None,
        };
        if matches!(rows, Way::Several(Rows::Children)) && own != Some(table) {
            let span = path.names.get(names.len().saturating_sub(2)).map(|name| name.span);
            self.error(RuleErrorKind::ChildrenOutside, span.unwrap_or_default());
            return Some(None);
        }
        if !matches!(rows, Way::One(Pick::TotalRow)) && !self.names.has_codes(table) {
            let name = self.names.section(table).map(|section| section.name.clone()).unwrap_or_default();
            self.error(RuleErrorKind::NoCodeColumn(name), self.name_span(path, Span::default()));
            return Some(None);
        }
        let span = path.names.last().map(|name| name.span).unwrap_or_default();
        match self.names.find_column(column, table) {
            Found::Field(field) => Some(Some(match rows {
                Way::One(pick) => Hit::One(Target::Cell(field, Box::new(pick))),
                Way::Several(rows) => Hit::Column(field, rows),
            })),
            Found::Several(_) | Found::Nothing => {
                let nearest = self.names.nearest(column, Some(table));
                self.error(RuleErrorKind::UnknownName { name: column.to_owned(), nearest }, span);
                Some(None)
            }
        }
    }

    /// What to say of a name that is no field's.
    fn unknown(&self, names: &[&str]) -> RuleErrorKind {
        let name = names.join(".");
        if let ("year" | "department" | "document", [_]) = (name.as_str(), names) {
            return RuleErrorKind::OnlyInGuards(name);
        }
        let of_section = self.names.section_named(&name);
        let field =
            self.names.fields.iter().find(|field| of_section.is_some() && field.section == of_section);
        match field {
            Some(field) => RuleErrorKind::SectionAlone { name, example: field.path.clone() },
            None => RuleErrorKind::UnknownName { nearest: self.nearest(&name), name },
        }
    }

    /// The nearest name there is. Past the errors that are told nobody would read it, and to look costs time.
    fn nearest(&self, name: &str) -> Option<String> {
        if self.errors.len() > limits::RULE_ERRORS { None } else { self.names.nearest(name, self.section) }
    }

    /// The names of a path without what stands behind `@`.
    fn name_span(&self, path: &ast::Path, span: Span) -> Span {
        match (path.names.first(), path.names.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => span,
        }
    }

    fn call(
        &mut self,
        callee: &ast::Name,
        arguments: &[ast::Expr],
        span: Span,
        role: Role,
    ) -> Option<ExprKind> {
        match callee.node.as_str() {
            "delta" | "rate" | "share" | "completion" => self.facet(callee, arguments, span),
            "parts" => match self.only_figure(callee, arguments, span)? {
                Asked::Figure(whole) => {
                    Some(ExprKind::List(Box::new(ListRef::Parts { whole, facet: FacetRef::Amount })))
                }
                Asked::List(_) => self.wrong_arguments(callee, FIELD, span),
            },
            "stated" => match self.only_figure(callee, arguments, span)? {
                Asked::Figure(figure) => Some(ExprKind::Stated(figure)),
                Asked::List(_) => self.wrong_arguments(callee, FIELD, span),
            },
            "round" => {
                let [value, digits] = arguments else {
                    return self.wrong_arguments(callee, ROUND, span);
                };
                let decimals: Option<i32> = match &digits.node {
                    ast::ExprKind::Number(ast::Literal { amount, unit: None }) => {
                        amount.to_string().parse().ok()
                    }
                    _ => None,
                };
                match decimals.filter(|decimals| (0..=limits::ROUND_DECIMALS).contains(decimals)) {
                    Some(decimals) => {
                        Some(ExprKind::Call(Function::Round(decimals), vec![self.expr(value, role)?]))
                    }
                    None => self.wrong_arguments(callee, ROUND, digits.span),
                }
            }
            name => {
                let Some((_, function)) = Function::ALL.iter().find(|(known, _)| *known == name) else {
                    self.error(RuleErrorKind::UnknownFunction(callee.node.clone()), callee.span);
                    return None;
                };
                match (function, arguments) {
                    (Function::Abs, [_])
                    | (Function::Sum | Function::Count | Function::Min | Function::Max, [_, ..]) => {}
                    (Function::Abs, _) => {
                        return self.wrong_arguments(callee, ("一个数", "one figure"), span);
                    }
                    _ => return self.wrong_arguments(callee, FIGURES, span),
                }
                Some(ExprKind::Call(*function, self.all(arguments, role)?))
            }
        }
    }

    /// `delta(x)`, `delta(x, prior budget)`, `share(parts(x))`: a facet of a figure, or of each figure of a list.
    fn facet(&mut self, callee: &ast::Name, arguments: &[ast::Expr], span: Span) -> Option<ExprKind> {
        let takes_base = matches!(callee.node.as_str(), "delta" | "rate");
        let takes = if takes_base { CHANGE } else { FIELD };
        let (figure, base) = match arguments {
            [figure] => (figure, Against::Prior),
            [figure, base] if takes_base => (figure, self.base(base)?),
            _ => return self.wrong_arguments(callee, takes, span),
        };
        let facet = match callee.node.as_str() {
            "delta" => FacetRef::Delta(base),
            "rate" => FacetRef::Rate(base),
            "share" => FacetRef::Share,
            _ => FacetRef::Completion,
        };
        match &figure.node {
            ast::ExprKind::Path(path) => Some(match self.asked(path, figure.span, facet)? {
                Asked::Figure(figure) => ExprKind::Figure(figure),
                Asked::List(list) => ExprKind::List(Box::new(list)),
            }),
            ast::ExprKind::Call { callee: inner, arguments } if inner.node == "parts" => {
                match self.only_figure(inner, arguments, figure.span)? {
                    Asked::Figure(whole) => Some(ExprKind::List(Box::new(ListRef::Parts { whole, facet }))),
                    Asked::List(_) => self.wrong_arguments(inner, FIELD, figure.span),
                }
            }
            _ => self.wrong_arguments(callee, takes, span),
        }
    }

    /// What a change is against: `budget`, `prior`, `prior budget`, `prior actual`.
    fn base(&mut self, written: &ast::Expr) -> Option<Against> {
        let words = match &written.node {
            ast::ExprKind::Path(path) if path.at.is_empty() && path.code.is_none() => {
                path.names.iter().map(|name| name.node.as_str()).collect::<Vec<_>>().join(".")
            }
            ast::ExprKind::PriorBasis { prior, basis } => format!("{} {}", prior.node, basis.node),
            _ => String::new(),
        };
        let against = Against::named(&words);
        if against.is_none() {
            self.error(RuleErrorKind::UnknownBase, written.span);
        }
        against
    }

    /// The figure or list that the only argument of a function names.
    fn only_figure(&mut self, callee: &ast::Name, arguments: &[ast::Expr], span: Span) -> Option<Asked> {
        match arguments {
            [ast::Expr { node: ast::ExprKind::Path(path), span: argument }] => {
                self.asked(path, *argument, FacetRef::Amount)
            }
            _ => self.wrong_arguments(callee, FIELD, span),
        }
    }

    fn wrong_arguments<T>(&mut self, callee: &ast::Name, takes: Takes, span: Span) -> Option<T> {
        self.error(RuleErrorKind::WrongArguments { function: callee.node.clone(), takes }, span);
        None
    }

    fn error(&mut self, kind: RuleErrorKind, span: Span) {
        self.errors.push(RuleError::new(kind, Some(Location::new(Arc::clone(self.source), span))));
    }
}

/// What a function takes, in Chinese and in English.
type Takes = (&'static str, &'static str);

const FIELD: Takes = ("一个字段的名称", "the name of one field");
const CHANGE: Takes = (
    "一个字段的名称，还可写明与什么相比（budget、prior budget、prior actual）",
    "the name of one field, and perhaps what the change is against (budget, prior budget, prior actual)",
);
const FIGURES: Takes = ("一个或多个数，或一组数（如 parts(…)）", "figures, or a list such as parts(…)");
const ROUND: Takes = ("一个数和保留的小数位数（0 到 8）", "a figure and a number of decimals, 0 to 8");

/// What a path asks for.
enum Asked {
    Figure(FigureRef),
    List(ListRef),
}

/// What the names of a path were found to be.
enum Hit {
    One(Target),
    Column(FieldId, Rows),
}

/// Which rows of a table a path goes through.
enum Way {
    One(Pick),
    Several(Rows),
}

impl Way {
    fn named(word: &str) -> Option<Way> {
        Some(match word {
            "top" => Way::Several(Rows::Top),
            "children" => Way::Several(Rows::Children),
            "total_row" => Way::One(Pick::TotalRow),
            _ => return None,
        })
    }
}

fn literal_unit(literal: &ast::Literal) -> LiteralUnit {
    match &literal.unit {
        None => LiteralUnit::Bare,
        Some(Unit::Percent) => LiteralUnit::Percent,
        Some(_) => LiteralUnit::Money,
    }
}
