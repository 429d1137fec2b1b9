//! Putting a rule set together.

use std::collections::HashMap;
use std::sync::Arc;

use super::error::{RuleError, RuleErrorKind, RuleSetError};
use super::field::{FieldId, Kind, Section, SectionId};
use super::kinds::Kinds;
use super::names::Names;
use super::resolve::{Resolver, Role};
use super::{Rule, RuleSet, Severity, bundled};
use crate::limits;
use crate::source::{Location, Source, Span};
use crate::syntax::{self, ast};

/// Collects rule files and resolves them together: a later file sees the fields of the earlier ones.
#[derive(Clone, Debug, Default)]
pub struct RuleSetBuilder {
    sources: Vec<Arc<Source>>,
    errors: Vec<RuleError>,
}

impl RuleSetBuilder {
    /// Adds a bundled set, such as `organization`.
    #[must_use]
    pub fn bundled(mut self, name: &str) -> RuleSetBuilder {
        match bundled::find(name) {
            Some((file, text)) => self.file(file, text),
            None => {
                self.errors.push(RuleError::new(RuleErrorKind::UnknownBundled(name.to_owned()), None));
                self
            }
        }
    }

    /// Adds a rule file.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, text: impl Into<String>) -> RuleSetBuilder {
        self.sources.push(Arc::new(Source::new(name, text)));
        self
    }

    /// Adds a rule file from its bytes.
    #[must_use]
    pub fn bytes(mut self, name: impl Into<String>, bytes: &[u8]) -> RuleSetBuilder {
        let name = name.into();
        match Source::from_bytes(name.clone(), bytes) {
            Ok(source) => self.sources.push(Arc::new(source)),
            Err(error) => {
                let valid = bytes.get(..error.offset()).and_then(|valid| std::str::from_utf8(valid).ok());
                let source = Arc::new(Source::new(name, valid.unwrap_or("")));
                let place = Location::new(source, Span::new(error.offset(), error.offset()));
                self.errors.push(RuleError::new(RuleErrorKind::NotText, Some(place)));
            }
        }
        self
    }

    /// Resolves the files.
    ///
    /// # Errors
    /// Every error of every file, in the order of the text.
    pub fn build(self) -> Result<RuleSet, RuleSetError> {
        let RuleSetBuilder { sources, mut errors } = self;
        let mut files = Vec::new();
        for source in sources {
            match syntax::parse(&source) {
                Ok(file) => files.push((source, file)),
                Err(found) => errors.extend(found.into_iter().map(|error| {
                    let place = Location::new(Arc::clone(&source), error.span());
                    RuleError::new(RuleErrorKind::Syntax(error), Some(place))
                })),
            }
        }
        if !errors.is_empty() {
            // Names cannot be looked up in a set of which a part is missing.
            return Err(RuleSetError::new(errors));
        }
        let mut build = Build::default();
        files.iter().for_each(|(source, file)| build.declare(source, file));
        build.names.is_open = build.names.fields.is_empty();
        files.iter().for_each(|(source, file)| build.resolve(source, file));
        let Build { name, title, names, rules, mut errors, warnings, .. } = build;
        if errors.is_empty() {
            return Ok(RuleSet { name, title, names, rules, warnings });
        }
        let order: HashMap<_, _> =
            files.iter().enumerate().map(|(at, (source, _))| (source.name(), at)).collect();
        errors.sort_by_key(|error| {
            error.location().map(|place| (order.get(place.source().name()).copied(), place.span()))
        });
        Err(RuleSetError::new(errors))
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
struct Build {
    name: Option<String>,
    title: Option<String>,
    names: Names,
    rules: Vec<Rule>,
    errors: Vec<RuleError>,
    warnings: Vec<RuleError>,
    /// Where each field was declared first, by its path.
    fields: HashMap<String, Declared>,
    /// Where each named rule was declared first.
    named: HashMap<String, Location>,
    anonymous: usize,
}

impl Build {
    fn declare(&mut self, source: &Arc<Source>, file: &ast::File) {
        for item in &file.items {
            match item {
                ast::Item::RuleSet(head) if self.name.is_none() => {
                    self.name = Some(head.name.node.clone());
                    self.title = head.title.as_ref().map(|title| title.node.clone());
                }
                ast::Item::Section(section) => {
                    let id = self.section(source, section);
                    for member in &section.members {
                        if let ast::Member::Field(field) = member {
                            self.field(source, Some((id, section.head.name.span)), field);
                        }
                    }
                }
                ast::Item::Field(field) => self.field(source, None, field),
                ast::Item::RuleSet(_) | ast::Item::Each(_) | ast::Item::Rule(_) | ast::Item::Assertion(_) => {
                }
            }
        }
    }

    /// A section, or the one of that name opened again.
    fn section(&mut self, source: &Arc<Source>, section: &ast::Section) -> SectionId {
        let name = &section.head.name;
        let is_stock = section.kind == ast::SectionKind::Stock;
        if let Some(id) = self.names.section_named(&name.node) {
            if self.names.section(id).is_some_and(|known| known.is_stock != is_stock) {
                self.error(RuleErrorKind::SectionKind(name.node.clone()), source, name.span);
            }
            return id;
        }
        let title = section.head.title.as_ref().map(|title| title.node.clone());
        self.names.add_section(Section { name: name.node.clone(), title, is_stock })
    }

    /// A field; in a section opened again, more labels of a field already declared.
    fn field(&mut self, source: &Arc<Source>, section: Option<(SectionId, Span)>, field: &ast::Field) {
        let Some(kind) = self.kind(source, &field.kind) else { return };
        if matches!(kind, Kind::Text | Kind::Code) {
            self.error(RuleErrorKind::WordsNotYet(kind.to_string()), source, field.kind.name.span);
            return;
        }
        let id = match self.declared_before(source, section, field, &kind) {
            Some(known) => known,
            None => self.names.add_field(section.map(|(id, _)| id), &field.name.node, Some(kind)),
        };
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
        let outer = section.and_then(|(id, _)| self.names.section(id));
        let path = outer.map_or_else(String::new, |section| format!("{}.", section.name)) + &field.name.node;
        let here = Declared {
            place: Location::new(Arc::clone(source), field.name.span),
            block: section.map(|(_, head)| Location::new(Arc::clone(source), head)),
        };
        let Some(first) = self.fields.get(&path) else {
            self.fields.insert(path, here);
            return None;
        };
        let known = self.names.field_at(&path);
        let is_alike =
            known.and_then(|id| self.names.field(id)).is_some_and(|known| known.kind.as_ref() == Some(kind));
        if here.block.is_none() || first.block == here.block || !is_alike {
            let kind = RuleErrorKind::Duplicate { name: path, first: first.place.clone() };
            self.errors.push(RuleError::new(kind, Some(here.place)));
        }
        known
    }

    fn kind(&mut self, source: &Arc<Source>, kind: &ast::Kind) -> Option<Kind> {
        let counter = kind.counter.as_ref().map(|counter| counter.node.as_str());
        let found = Kind::named(&kind.name.node, counter);
        if found.is_none() {
            self.error(RuleErrorKind::UnknownKind(kind.name.node.clone()), source, kind.name.span);
        }
        found
    }

    fn resolve(&mut self, source: &Arc<Source>, file: &ast::File) {
        for item in &file.items {
            match item {
                ast::Item::Section(section) => {
                    let id = self.names.section_named(&section.head.name.node);
                    for member in &section.members {
                        if let ast::Member::Rule(rule) = member {
                            self.rule(source, id, None, rule);
                        }
                    }
                }
                ast::Item::Each(each) => self.each(source, each),
                ast::Item::Rule(rule) => self.rule(source, None, None, rule),
                ast::Item::Assertion(assertion) => self.assertion(source, assertion),
                ast::Item::RuleSet(_) | ast::Item::Field(_) => {}
            }
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
            match member {
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
            self.once(&name, source, written.span);
        }
        let guard = rule.guard.as_ref().map(|guard| self.expr(source, section, subject, guard, Role::Guard));
        let body = self.expr(source, section, subject, &rule.body, Role::Body);
        let (Some(body), None | Some(Some(_))) = (body, &guard) else { return };
        let severity = match rule.severity {
            ast::SeverityWord::Must => Severity::Error,
            ast::SeverityWord::Should => Severity::Warning,
        };
        self.push(Rule {
            name,
            severity,
            title: rule.title.as_ref().map(|title| title.node.clone()),
            docs: rule.docs.clone(),
            guards: guard.flatten().into_iter().collect(),
            body,
            each: subject.map(|subject| subject.kind.clone()),
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
            severity: Severity::Error,
            title: None,
            docs,
            guards: Vec::new(),
            body,
            each: None,
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
        let resolved = resolver.expr(expr, role)?;
        let subject = subject.map(|subject| subject.kind);
        let (errors, warnings) = (&mut self.errors, &mut self.warnings);
        Kinds { names: &self.names, source, subject, errors, warnings }.truth(&resolved);
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

    /// Notes a rule's name; a second rule of that name is an error that shows both.
    fn once(&mut self, name: &str, source: &Arc<Source>, span: Span) {
        let place = Location::new(Arc::clone(source), span);
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

    fn error(&mut self, kind: RuleErrorKind, source: &Arc<Source>, span: Span) {
        self.errors.push(RuleError::new(kind, Some(Location::new(Arc::clone(source), span))));
    }
}

/// What an `each` calls its figure, and of which kind it is.
#[derive(Clone, Copy)]
struct Subject<'a> {
    name: &'a str,
    kind: &'a Kind,
}
