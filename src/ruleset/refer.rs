//! What speaks of rules: their names, each given once, waivers, and the tests that expect something of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Rule;
use super::build::{Build, RESTATED};
use super::error::{RuleError, RuleErrorKind};
use super::expr::Expr;
use super::names::{Found, nearest_of};
use super::waiver::{Expectation, TestCase, WaivedFigure, Waiver};
use crate::fold::fold_label;
use crate::limits;
use crate::source::{Location, Source, Span};
use crate::syntax::ast;
use crate::verdict::Verdict;

impl Build {
    /// Sees to it that no two rules have one name. A file may state again a rule that it uses: that is no second one.
    pub(super) fn name_rules(&mut self, order: &HashMap<*const Source, usize>) {
        let resolved = self.rules.iter().enumerate().filter_map(|(at, rule)| {
            let place = Location::new(Arc::clone(&rule.source), rule.name_span?);
            Some((rule.name.clone(), place, Some(at)))
        });
        let unresolved = self.unresolved.drain(..).map(|(name, place)| (name, place, None));
        let mut names: Vec<(String, Location, Option<usize>)> = resolved.chain(unresolved).collect();
        names.sort_by_key(|(_, place, _)| (order.get(&Arc::as_ptr(place.source())).copied(), place.span()));
        let mut first_of: HashMap<&str, Option<usize>> = HashMap::new();
        let mut again: HashSet<usize> = HashSet::new();
        for (name, place, at) in &names {
            let known = first_of.entry(name.as_str()).or_insert(*at);
            match (known, at) {
                (Some(first), Some(at)) if first != at && self.is_same(*first, *at) => {
                    again.insert(*at);
                }
                _ => self.once(name, place.clone()),
            }
        }
        let mut at: usize = 0;
        self.rules.retain(|_| {
            let is_kept = !again.contains(&at);
            at = at.saturating_add(1);
            is_kept
        });
    }

    /// Whether two rules of different files say the same.
    fn is_same(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.rules.get(one), self.rules.get(other)) else { return false };
        let guards = |rule: &Rule| rule.guards.iter().map(Expr::without_spans).collect::<Vec<_>>();
        !Arc::ptr_eq(&one.source, &other.source)
            && (one.severity, &one.each, one.table) == (other.severity, &other.each, other.table)
            && one.body.without_spans() == other.body.without_spans()
            && guards(one) == guards(other)
    }

    /// What speaks of rules, once all of them are known.
    pub(super) fn refer(&mut self, source: &Arc<Source>, items: &[ast::Spanned<ast::Item>]) {
        for item in items {
            match &item.node {
                ast::Item::Waive(waive) => self.waive(source, waive, item.span),
                ast::Item::Test(test) => self.test(source, test),
                _ => {}
            }
        }
    }

    fn waive(&mut self, source: &Arc<Source>, waive: &ast::Waive, span: Span) {
        let Some(rule) = self.rule_named(source, &waive.rule) else { return };
        let figure = waive.figure.as_ref().map(|figure| self.waived(&figure.node));
        let because = waive.because.node.trim().to_owned();
        if because.is_empty() {
            return self.error(RuleErrorKind::NoReason, source, waive.because.span);
        }
        let location = Location::new(Arc::clone(source), span);
        self.waivers.push(Waiver { rule, figure, because, location });
    }

    /// The fields of a name or label, or a label of the document that no field has.
    fn waived(&self, path: &ast::Path) -> WaivedFigure {
        let names: Vec<&str> = path.names.iter().map(|name| name.node.as_str()).collect();
        let path_of = |field| self.names.field(field).map(|field| field.path.clone());
        match self.names.find_declared(&names, None) {
            Found::Field(field) => WaivedFigure::Fields(path_of(field).into_iter().collect()),
            // Which of them is meant, the rule tells: 公务接待费 is stated in two places.
            Found::Several(fields) => WaivedFigure::Fields(fields.into_iter().filter_map(path_of).collect()),
            Found::Nothing => WaivedFigure::Label(fold_label(&names.join("."))),
        }
    }

    fn test(&mut self, source: &Arc<Source>, test: &ast::Test) {
        let mut expects = Vec::new();
        for expect in &test.expects {
            let Some(verdict) = Verdict::named(&expect.verdict.node) else {
                let kind = RuleErrorKind::UnknownVerdict(expect.verdict.node.clone());
                self.error(kind, source, expect.verdict.span);
                continue;
            };
            for rule in &expect.rules {
                if let Some(name) = self.rule_named(source, rule) {
                    let location = Location::new(Arc::clone(source), rule.span);
                    expects.push(Expectation { rule: name, verdict, location });
                }
            }
        }
        let (title, document) = (test.title.node.clone(), test.document.span);
        self.tests.push(TestCase { title, document, expects, source: Arc::clone(source) });
    }

    /// The rule that a reference means: by its qualified name, or by its own where only one rule has it.
    fn rule_named(&mut self, source: &Arc<Source>, rule: &ast::RuleRef) -> Option<String> {
        let name = rule.names.iter().map(|name| name.node.as_str()).collect::<Vec<_>>().join(".");
        if name == RESTATED || self.named.contains_key(&name) {
            return Some(name);
        }
        let mut candidates: Vec<String> = self
            .named
            .keys()
            .filter(|known| known.rsplit_once('.').is_some_and(|(_, own)| own == name))
            .cloned()
            .collect();
        candidates.sort_unstable();
        match candidates.as_slice() {
            [only] => return Some(only.clone()),
            [] => {
                // Past the errors that are told nobody would read it, and to look costs time.
                let is_told = self.errors.len() <= limits::RULE_ERRORS;
                let known = self.named.keys().map(String::as_str);
                let nearest = if is_told { nearest_of(&name, known) } else { None };
                self.error(RuleErrorKind::UnknownRule { name, nearest }, source, rule.span);
            }
            _ => self.error(RuleErrorKind::AmbiguousRule { name, candidates }, source, rule.span),
        }
        None
    }

    /// Notes a rule's name; a second rule of that name is an error that shows both.
    fn once(&mut self, name: &str, place: Location) {
        if name == RESTATED {
            self.errors.push(RuleError::new(RuleErrorKind::ReservedRule(name.to_owned()), Some(place)));
            return;
        }
        match self.named.get(name) {
            Some(first) => {
                let kind = RuleErrorKind::Duplicate { name: name.to_owned(), first: first.clone() };
                self.errors.push(RuleError::new(kind, Some(place)));
            }
            None => {
                self.named.insert(name.to_owned(), place);
            }
        }
    }
}
