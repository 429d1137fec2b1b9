//! Names to fields: from the tree of what was written to the expressions that are evaluated.

use std::sync::Arc;

use super::error::{RuleError, RuleErrorKind};
use super::expr::{Expr, ExprKind, Fact, Function, Link, LiteralUnit, Tolerance};
use super::field::{FacetRef, FigureRef, Kind, SectionId, Target};
use super::names::{Found, Names};
use crate::document::{Basis, Period};
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
            Some(written) => Some(self.tolerance(&written.node, written.span)?),
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
        Some(ExprKind::Number { value: self.value(literal, span)?, unit: literal_unit(literal), text })
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
        if let ([name], [], Role::Guard) = (path.names.as_slice(), path.at.as_slice(), role)
            && let Some(fact) = self.fact(&name.node)
        {
            return Some(ExprKind::Fact(fact));
        }
        self.figure(path, span, FacetRef::Amount).map(ExprKind::Figure)
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

    fn figure(&mut self, path: &ast::Path, span: Span, facet: FacetRef) -> Option<FigureRef> {
        let target = self.target(path, span);
        let (mut period, mut basis) = (None, None);
        for at in &path.at {
            match &at.node {
                ast::At::Year(year) => period = Some(Period::Year(*year)),
                ast::At::Word(word) => match word.as_str() {
                    "prior" => period = Some(Period::Prior),
                    "budget" => basis = Some(Basis::Budget),
                    "actual" => basis = Some(Basis::Actual),
                    other => {
                        self.error(RuleErrorKind::UnknownPeriod(other.to_owned()), at.span);
                        return None;
                    }
                },
            }
        }
        Some(FigureRef { target: target?, facet, period, basis })
    }

    fn target(&mut self, path: &ast::Path, span: Span) -> Option<Target> {
        let names: Vec<&str> = path.names.iter().map(|name| name.node.as_str()).collect();
        if let ([name], Some((subject, _))) = (names.as_slice(), self.subject)
            && *name == subject
        {
            return Some(Target::Subject);
        }
        match self.names.find(&names, self.section) {
            Found::Field(field) => Some(Target::Field(field)),
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
            None => RuleErrorKind::UnknownName { nearest: self.names.nearest(&name, self.section), name },
        }
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
        let facet = match callee.node.as_str() {
            "delta" => Some(FacetRef::Delta),
            "rate" => Some(FacetRef::Rate),
            "parts" | "stated" => Some(FacetRef::Amount),
            _ => None,
        };
        if let Some(facet) = facet {
            let [ast::Expr { node: ast::ExprKind::Path(path), span: argument }] = arguments else {
                let takes = ("一个字段的名称", "the name of one field");
                self.error(RuleErrorKind::WrongArguments { function: callee.node.clone(), takes }, span);
                return None;
            };
            let figure = self.figure(path, *argument, facet)?;
            return Some(match callee.node.as_str() {
                "parts" => ExprKind::Parts(figure),
                "stated" => ExprKind::Stated(figure),
                _ => ExprKind::Figure(figure),
            });
        }
        let Some((_, function)) = Function::ALL.iter().find(|(name, _)| *name == callee.node) else {
            self.error(RuleErrorKind::UnknownFunction(callee.node.clone()), callee.span);
            return None;
        };
        let takes = match (function, arguments) {
            (Function::Abs, [_])
            | (Function::Sum | Function::Count | Function::Min | Function::Max, [_, ..]) => None,
            (Function::Abs, _) => Some(("一个数", "one figure")),
            _ => Some(("一个或多个数，或 parts(…)", "figures, or parts(…)")),
        };
        if let Some(takes) = takes {
            self.error(RuleErrorKind::WrongArguments { function: callee.node.clone(), takes }, span);
            return None;
        }
        Some(ExprKind::Call(*function, self.all(arguments, role)?))
    }

    fn error(&mut self, kind: RuleErrorKind, span: Span) {
        self.errors.push(RuleError::new(kind, Some(Location::new(Arc::clone(self.source), span))));
    }
}

fn literal_unit(literal: &ast::Literal) -> LiteralUnit {
    match &literal.unit {
        None => LiteralUnit::Bare,
        Some(Unit::Percent) => LiteralUnit::Percent,
        Some(_) => LiteralUnit::Money,
    }
}
