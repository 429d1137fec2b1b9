//! Putting a rule set together.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::error::{RuleError, RuleErrorKind, RuleSetError};
use super::field::{FieldId, Kind, Section, SectionId, SectionKind, Title};
use super::kinds::Kinds;
use super::load::{self, Given, Load, Loaded};
use super::names::Names;
use super::resolve::{Resolver, Role};
use super::waiver::{TestCase, Waiver};
use super::{Rule, RuleSet, Severity, listing, look_alike};
use crate::limits;
use crate::quantity::Unit;
use crate::source::{Location, Source, Span};
use crate::syntax::ast;

/// Collects rule files and resolves them together: a later file sees the fields of the earlier ones.
#[derive(Clone, Debug, Default)]
pub struct RuleSetBuilder {
    given: Vec<Given>,
    errors: Vec<RuleError>,
}

impl RuleSetBuilder {
    /// Adds a bundled set, such as `organization`.
    #[must_use]
    pub fn bundled(mut self, name: &str) -> RuleSetBuilder {
        match Given::bundled(name) {
            Some(given) => self.given.push(given),
            None => {
                let kind = RuleErrorKind::UnknownSet { name: name.to_owned(), folder: None };
                self.errors.push(RuleError::new(kind, None));
            }
        }
        self
    }

    /// Adds a rule file. What it uses is a bundled set, or one that is added too.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, text: impl Into<String>) -> RuleSetBuilder {
        self.given.push(Given::text(name, text));
        self
    }

    /// Adds a rule file from its bytes.
    #[must_use]
    pub fn bytes(self, name: impl Into<String>, bytes: &[u8]) -> RuleSetBuilder {
        self.add(Given::bytes(name, bytes))
    }

    /// Adds the rule file at a path. What it uses may also stand beside it: `use extra` finds `extra.rules` there.
    #[must_use]
    pub fn path(self, path: impl AsRef<Path>) -> RuleSetBuilder {
        self.add(Given::path(path.as_ref(), None))
    }

    fn add(mut self, given: Result<Given, RuleError>) -> RuleSetBuilder {
        match given {
            Ok(given) => self.given.push(given),
            Err(error) => self.errors.push(error),
        }
        self
    }

    /// Resolves the files.
    ///
    /// # Errors
    /// Every error of every file, in the order of the text.
    pub fn build(self) -> Result<RuleSet, RuleSetError> {
        let RuleSetBuilder { given, errors } = self;
        let Load { mut files, errors: found, has_gaps, lacks_set } = load::load(&given);
        // Names cannot be looked up where a declaration may be missing, nor rules where one was not read.
        let knows_names = errors.is_empty() && !has_gaps;
        let knows_rules = knows_names && found.is_empty();
        let unread: Vec<RuleError> = errors.into_iter().chain(found).collect();
        // By the text itself: two files may go by one name.
        let order: HashMap<_, _> =
            files.iter().enumerate().map(|(at, loaded)| (Arc::as_ptr(&loaded.source), at)).collect();
        let mut build = Build::default();
        if knows_names {
            files.iter_mut().for_each(|loaded| build.declare(loaded));
            build.names.is_open = build.names.fields.is_empty();
            build.declared = Vec::new();
        }
        // A tree is let go of as its rules are resolved: the two are never held whole together.
        let resolve = |loaded: Loaded| match knows_names {
            true => (build.resolve(&loaded.source, loaded.file), loaded.source),
            false => (loaded.file.items, loaded.source),
        };
        let referring: Vec<_> = files.into_iter().map(resolve).collect();
        build.name_rules(&order);
        referring.iter().for_each(|(items, source)| build.refer(source, items));
        build.errors.retain(|error| match error.kind() {
            RuleErrorKind::UnknownRule { .. } => knows_rules,
            kind => !lacks_set || listing::is_sure(kind),
        });
        build.errors.extend(unread);
        let Build { name, title, names, rules, waivers, tests, mut errors, warnings, .. } = build;
        if errors.is_empty() {
            return Ok(RuleSet { name, title, names, rules, waivers, tests, warnings });
        }
        errors.sort_by_key(|error| {
            error.location().map(|place| (order.get(&Arc::as_ptr(place.source())).copied(), place.span()))
        });
        Err(RuleSetError::new(listing::cut(errors)))
    }
}

/// The name of the built-in check of figures stated again.
pub(crate) const RESTATED: &str = "restated";

/// Where a field was declared.
struct Declared {
    place: Location,
    /// The section it was declared in, as opened there.
    block: Option<Location>,
}

#[derive(Default)]
pub(super) struct Build {
    name: Option<String>,
    title: Title,
    pub(super) names: Names,
    pub(super) rules: Vec<Rule>,
    pub(super) waivers: Vec<Waiver>,
    pub(super) tests: Vec<TestCase>,
    /// What a bare number beside money is in, in the file being resolved.
    unit: Option<Unit>,
    pub(super) errors: Vec<RuleError>,
    warnings: Vec<RuleError>,
    /// Where each field was declared first.
    declared: Vec<Declared>,
    /// Where each section was opened first.
    sections: HashMap<String, Location>,
    /// The named rules that could not be resolved, and where their names are.
    pub(super) unresolved: Vec<(String, Location)>,
    /// Where each named rule was declared first; known once all are resolved.
    pub(super) named: HashMap<String, Location>,
    anonymous: usize,
}

impl Build {
    /// Takes over what a file declares; its fields are let go of.
    fn declare(&mut self, loaded: &mut Loaded) {
        let source = &loaded.source;
        for item in &mut loaded.file.items {
            match &mut item.node {
                ast::Item::RuleSet(head) if loaded.is_given && self.name.is_none() => {
                    self.name = Some(head.name.node.clone());
                    self.title = title(head.title.as_ref());
                }
                ast::Item::Section(section) => {
                    let kind = match section.kind {
                        ast::SectionKind::Flow => SectionKind::Flow,
                        ast::SectionKind::Stock => SectionKind::Stock,
                    };
                    self.section(source, &section.head, kind, &[], &mut section.members);
                }
                ast::Item::Table(table) => {
                    let kind = SectionKind::Table(table.blank);
                    self.section(source, &table.head, kind, &table.other_titles, &mut table.members);
                }
                ast::Item::Field(field) => self.field(source, None, field),
                _ => {}
            }
        }
    }

    /// A section or table with its fields, or the one of that name opened again.
    fn section(
        &mut self,
        source: &Arc<Source>,
        head: &ast::Head,
        kind: SectionKind,
        other_titles: &[ast::Spanned<String>],
        members: &mut Vec<ast::Spanned<ast::Member>>,
    ) {
        let name = &head.name;
        let other_titles: Vec<String> = other_titles.iter().map(|title| title.node.clone()).collect();
        let title = title(head.title.as_ref());
        let id = match self.names.section_named(&name.node) {
            Some(id) => {
                if !self.names.reopen(id, kind, title, other_titles) {
                    let first = self.sections.get(&name.node).cloned();
                    self.error(
                        RuleErrorKind::SectionKind { name: name.node.clone(), first },
                        source,
                        name.span,
                    );
                }
                id
            }
            None => {
                self.look_alike(source, name);
                self.sections.insert(name.node.clone(), Location::new(Arc::clone(source), name.span));
                self.names.add_section(Section { name: name.node.clone(), title, other_titles, kind })
            }
        };
        members.retain(|member| match &member.node {
            ast::Member::Field(field) => {
                self.field(source, Some((id, name.span)), field);
                false
            }
            ast::Member::Rule(_) => true,
        });
        members.shrink_to_fit();
    }

    /// A field; in a section opened again, more labels of a field already declared.
    fn field(&mut self, source: &Arc<Source>, section: Option<(SectionId, Span)>, field: &ast::Field) {
        let is_column = section.and_then(|(id, _)| self.names.section(id)).is_some_and(Section::is_table);
        let kind = match self.kind(source, &field.kind) {
            Some(kind @ (Kind::Text | Kind::Code)) if !is_column => {
                self.error(RuleErrorKind::WordsOutsideTable(kind.to_string()), source, field.kind.name.span);
                None
            }
            kind => kind,
        };
        // A field whose kind is wrong is still known by its name, so that rules over it are no second mistake.
        let known = match &kind {
            Some(kind) => self.declared_before(source, section, field, kind),
            None => self.names.field_at(&self.path(section, field)),
        };
        let id = match known {
            Some(known) => known,
            None => {
                self.look_alike(source, &field.name);
                self.names.add_field(section.map(|(id, _)| id), &field.name.node, kind)
            }
        };
        if let Some(english) = &field.english {
            self.names.set_english(id, &english.node);
        }
        for label in &field.labels {
            let under = label.under.as_ref().map(|under| under.node.as_str());
            self.names.add_label(id, &label.text.node, under);
        }
    }

    /// The field of that name, where this is a second declaration. In the same block, or of another kind, it is an error.
    fn declared_before(
        &mut self,
        source: &Arc<Source>,
        section: Option<(SectionId, Span)>,
        field: &ast::Field,
        kind: &Kind,
    ) -> Option<FieldId> {
        let path = self.path(section, field);
        let here = Declared {
            place: Location::new(Arc::clone(source), field.name.span),
            block: section.map(|(_, head)| Location::new(Arc::clone(source), head)),
        };
        let known = self.names.field_at(&path);
        let Some(first) = known.and_then(|id| self.declared.get(id.index())) else {
            self.declared.push(here);
            return None;
        };
        let is_alike =
            known.and_then(|id| self.names.field(id)).is_some_and(|known| known.kind.as_ref() == Some(kind));
        if here.block.is_none() || first.block == here.block || !is_alike {
            let kind = RuleErrorKind::Duplicate { name: path, first: first.place.clone() };
            self.errors.push(RuleError::new(kind, Some(here.place)));
        }
        known
    }

    /// The qualified name of a field.
    fn path(&self, section: Option<(SectionId, Span)>, field: &ast::Field) -> String {
        let outer = section.and_then(|(id, _)| self.names.section(id));
        outer.map_or_else(String::new, |section| format!("{}.", section.name)) + &field.name.node
    }

    fn kind(&mut self, source: &Arc<Source>, kind: &ast::Kind) -> Option<Kind> {
        let counter = kind.counter.as_ref().map(|counter| counter.node.as_str());
        let found = Kind::named(&kind.name.node, counter);
        if found.is_none() {
            self.error(RuleErrorKind::UnknownKind(kind.name.node.clone()), source, kind.name.span);
        }
        found
    }

    /// Resolves the rules of a file. What speaks of rules is handed back: all have to be known first.
    fn resolve(&mut self, source: &Arc<Source>, file: ast::File) -> Vec<ast::Spanned<ast::Item>> {
        let mut referring = Vec::new();
        self.unit = file.items.iter().find_map(|item| match &item.node {
            ast::Item::Unit(unit) => Some(unit.node.clone()),
            _ => None,
        });
        for item in file.items {
            match item.node {
                ast::Item::Section(section) => self.members(source, &section.head, section.members),
                ast::Item::Table(table) => self.members(source, &table.head, table.members),
                ast::Item::Each(each) => self.each(source, &each),
                ast::Item::Rule(rule) => self.rule(source, None, None, &rule),
                ast::Item::Assertion(assertion) => self.assertion(source, &assertion),
                ast::Item::Waive(_) | ast::Item::Test(_) => referring.push(item),
                _ => {}
            }
        }
        referring
    }

    fn members(&mut self, source: &Arc<Source>, head: &ast::Head, members: Vec<ast::Spanned<ast::Member>>) {
        let id = self.names.section_named(&head.name.node);
        for member in members {
            if let ast::Member::Rule(mut rule) = member.node {
                // What stands above a section is the basis of its rules that name none of their own.
                if rule.docs.is_empty() {
                    rule.docs.clone_from(&head.docs);
                }
                self.rule(source, id, None, &rule);
            }
        }
    }

    /// Warns of a name with letters that look like others: a Cyrillic `о` in `total`.
    fn look_alike(&mut self, source: &Arc<Source>, name: &ast::Name) {
        if let Some(letter) = look_alike::letter(&name.node) {
            let place = Location::new(Arc::clone(source), name.span);
            let kind = RuleErrorKind::LookAlike { name: name.node.clone(), letter };
            self.warnings.push(RuleError::new(kind, Some(place)));
        }
    }

    fn each(&mut self, source: &Arc<Source>, each: &ast::Each) {
        let Some(kind) = self.kind(source, &each.kind) else { return };
        if matches!(kind, Kind::Text | Kind::Code | Kind::Year) {
            self.error(RuleErrorKind::EachKind(kind.to_string()), source, each.kind.name.span);
            return;
        }
        let subject = Subject { name: &each.subject.node, kind: &kind };
        let guard = match &each.guard {
            Some(guard) => match self.expr(source, None, Some(subject), guard, Role::Guard) {
                Some(guard) => vec![guard],
                None => return,
            },
            None => Vec::new(),
        };
        for member in &each.members {
            match &member.node {
                ast::Member::Rule(rule) => {
                    let before = self.rules.len();
                    self.rule(source, None, Some(subject), rule);
                    if let Some(added) = self.rules.get_mut(before) {
                        added.guards.splice(0..0, guard.iter().cloned());
                    }
                }
                ast::Member::Field(field) => self.error(RuleErrorKind::FieldInEach, source, field.name.span),
            }
        }
    }

    fn rule(
        &mut self,
        source: &Arc<Source>,
        section: Option<SectionId>,
        subject: Option<Subject<'_>>,
        rule: &ast::Rule,
    ) {
        let name = match (&rule.name, section.and_then(|id| self.names.section(id))) {
            (Some(name), Some(section)) => format!("{}.{}", section.name, name.node),
            (Some(name), None) => name.node.clone(),
            (None, _) => self.next_anonymous(),
        };
        if let Some(written) = &rule.name {
            self.look_alike(source, written);
        }
        let table = section.filter(|id| self.names.section(*id).is_some_and(Section::is_table));
        let guard = rule.guard.as_ref().map(|guard| self.expr(source, section, subject, guard, Role::Guard));
        let body = self.expr(source, section, subject, &rule.body, Role::Body);
        let (Some(body), None | Some(Some(_))) = (body, &guard) else {
            let place = rule.name.as_ref().map(|written| Location::new(Arc::clone(source), written.span));
            self.unresolved.extend(place.map(|place| (name, place)));
            return;
        };
        let severity = match rule.severity {
            ast::SeverityWord::Must => Severity::Error,
            ast::SeverityWord::Should => Severity::Warning,
        };
        self.push(Rule {
            name,
            name_span: rule.name.as_ref().map(|written| written.span),
            severity,
            title: title(rule.title.as_ref()),
            docs: rule.docs.clone(),
            guards: guard.flatten().into_iter().collect(),
            body,
            each: subject.map(|subject| Box::new(subject.kind.clone())),
            table,
            source: Arc::clone(source),
        });
    }

    fn assertion(&mut self, source: &Arc<Source>, assertion: &ast::Assertion) {
        let name = self.next_anonymous();
        let Some(body) = self.expr(source, None, None, &assertion.body, Role::Body) else { return };
        let docs = assertion.docs.clone();
        let source = Arc::clone(source);
        self.push(Rule {
            name,
            name_span: None,
            severity: Severity::Error,
            title: Title::default(),
            docs,
            guards: Vec::new(),
            body,
            each: None,
            table: None,
            source,
        });
    }

    fn expr(
        &mut self,
        source: &Arc<Source>,
        section: Option<SectionId>,
        subject: Option<Subject<'_>>,
        expr: &ast::Expr,
        role: Role,
    ) -> Option<super::Expr> {
        let named = subject.map(|subject| (subject.name, subject.kind));
        let before = self.errors.len();
        let mut resolver =
            Resolver { names: &mut self.names, source, section, subject: named, errors: &mut self.errors };
        let mut resolved = resolver.expr(expr, role)?;
        let subject = subject.map(|subject| subject.kind);
        let (errors, warnings) = (&mut self.errors, &mut self.warnings);
        let mut kinds = Kinds { names: &self.names, source, subject, errors, warnings, bare: Vec::new() };
        kinds.truth(&resolved);
        let bare = kinds.bare;
        if let Some(unit) = self.unit.as_ref().filter(|unit| **unit != Unit::WanYuan)
            && resolved.rescale(&bare, unit).is_none()
        {
            self.error(RuleErrorKind::NumberTooLarge, source, expr.span);
        }
        (self.errors.len() == before).then_some(resolved)
    }

    fn push(&mut self, rule: Rule) {
        if self.rules.len() == limits::RULES {
            self.errors.push(RuleError::new(RuleErrorKind::TooManyRules, Some(rule.location())));
        }
        self.rules.push(rule);
    }

    /// `#1`, `#2` in file order.
    fn next_anonymous(&mut self) -> String {
        self.anonymous = self.anonymous.saturating_add(1);
        format!("#{}", self.anonymous)
    }

    pub(super) fn error(&mut self, kind: RuleErrorKind, source: &Arc<Source>, span: Span) {
        self.errors.push(RuleError::new(kind, Some(Location::new(Arc::clone(source), span))));
    }
}

fn title(written: Option<&ast::Title>) -> Title {
    Title {
        chinese: written.map(|title| title.text.node.as_str().into()),
        english: written.and_then(|title| title.english.as_ref()).map(|english| english.node.as_str().into()),
    }
}

/// What an `each` calls its figure, and of which kind it is.
#[derive(Clone, Copy)]
struct Subject<'a> {
    name: &'a str,
    kind: &'a Kind,
}
