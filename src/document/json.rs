//! Documents in JSON.
//!
//! The parser gives every value its bytes and every number its literal text; nothing passes through a float. Two keys
//! of one name are refused: most parsers keep the last without a word.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{
    Base, Basis, Breakdown, Context, Document, DocumentBuilder, DocumentError, DocumentErrorKind,
    DocumentKind, Facet, Parent, Period, Statement, StatementId, UnitFrom,
};
use crate::limits;
use crate::quantity::{Precision, Quantity, Unit};
use crate::source::{Place, Source, SourceId, Span};

/// Plain JSON: what the parser would also take is refused.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The keys of the document itself.
const OWN_KEYS: [&str; 4] = ["department", "year", "unit", "document"];

/// The keys of a figure that is written as an object; a year such as `2018` is one too.
const FIGURE_KEYS: &str = "value, unit, decimals, delta, rate, share, completion, prior, budget, actual, parts, \
                           period, basis, scope, label, 2018 …";

pub(super) fn read(source: Source) -> Result<Document, DocumentError> {
    let source = Arc::new(source);
    let fail = |kind, span| DocumentError::at(&source, kind, span);
    if source.text().len() > limits::DOCUMENT_BYTES {
        return Err(DocumentError::new(source.name(), DocumentErrorKind::TooLong, None));
    }
    if let Some(bracket) = too_deep(source.text()) {
        return Err(fail(DocumentErrorKind::NestedTooDeep, bracket));
    }
    // A byte order mark is passed over as blanks, which keeps every offset.
    let text = match source.text().strip_prefix('\u{feff}') {
        Some(rest) => Cow::Owned(format!("{:1$}{rest}", "", '\u{feff}'.len_utf8())),
        None => Cow::Borrowed(source.text()),
    };
    let parsed = parse_to_ast(&text, &CollectOptions::default(), &STRICT)
        .map_err(|error| fail(DocumentErrorKind::NotJson(error.kind().to_string()), span(error.range())))?;
    let object = match &parsed.value {
        Some(Value::Object(object)) => object,
        Some(other) => return Err(fail(DocumentErrorKind::NotAnObject, span(other.range()))),
        None => return Err(fail(DocumentErrorKind::NotAnObject, Span::new(0, 0))),
    };
    let mut builder = DocumentBuilder::new();
    let id = builder.source(Source::clone(&source));
    let mut json = Json { builder, source: id, unit: None, breakdowns: 0, tables: 0 };
    json.document(object)?;
    Ok(json.builder.build())
}

/// The bracket that opens one level too many, found before anything recurses.
fn too_deep(text: &str) -> Option<Span> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth = depth.saturating_add(1);
                if depth > limits::JSON_NESTING {
                    return Some(Span::new(at, at.saturating_add(1)));
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn span(range: Range) -> Span {
    Span::new(range.start, range.end)
}

struct Json {
    builder: DocumentBuilder,
    source: SourceId,
    /// The unit of figures that name none.
    unit: Option<Unit>,
    breakdowns: u32,
    tables: u32,
}

/// Where in the document a value stands.
#[derive(Clone)]
struct At<'v> {
    /// The keys down to it.
    keys: Vec<&'v str>,
    context: Context,
    scope: Vec<String>,
    parent: Option<Parent>,
    /// Parts are of the period and the basis of their whole, unless they say otherwise.
    period: Period,
    basis: Option<Basis>,
}

impl<'v> At<'v> {
    fn key(&self, key: &'v str) -> At<'v> {
        let mut inner = self.clone();
        inner.keys.push(key);
        inner
    }

    fn label(&self) -> &'v str {
        self.keys.last().copied().unwrap_or("")
    }
}

impl Json {
    fn document(&mut self, object: &Object<'_>) -> Result<(), DocumentError> {
        self.refuse_duplicates(object)?;
        for property in &object.properties {
            self.own(property)?;
        }
        let top = At {
            keys: Vec::new(),
            context: Context::Prose,
            scope: Vec::new(),
            parent: None,
            period: Period::Current,
            basis: None,
        };
        for property in
            object.properties.iter().filter(|property| !OWN_KEYS.contains(&property.name.as_str()))
        {
            self.value(&top.key(property.name.as_str()), &property.value)?;
        }
        Ok(())
    }

    /// What the document says of itself.
    fn own(&mut self, property: &ObjectProp<'_>) -> Result<(), DocumentError> {
        let value = &property.value;
        let wrong = |json: &Json, takes| Err(json.wrong(property.name.as_str(), takes, value));
        match (property.name.as_str(), words(value)) {
            ("department", Some(name)) => {
                self.builder.department(name);
            }
            ("department", None) => return wrong(self, "\"…\""),
            ("year", Some(year)) => match calendar_year(year) {
                Some(year) => {
                    self.builder.year(year);
                }
                None => return wrong(self, "2019"),
            },
            ("year", None) => return wrong(self, "2019"),
            ("unit", unit) => match unit.and_then(Unit::named).filter(Unit::is_money) {
                Some(unit) => self.unit = Some(unit),
                None => return wrong(self, "\"元\" | \"万元\" | \"亿元\""),
            },
            ("document", kind) => {
                let kinds = [DocumentKind::Budget, DocumentKind::Actual, DocumentKind::Execution];
                match kinds.into_iter().find(|known| kind == Some(known.as_str())) {
                    Some(kind) => {
                        self.builder.kind(kind);
                    }
                    None => return wrong(self, "\"budget\" | \"actual\" | \"execution\""),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn value(&mut self, at: &At<'_>, value: &Value<'_>) -> Result<(), DocumentError> {
        match value {
            Value::StringLit(_) | Value::NumberLit(_) => {
                let statement = self.statement(at, value, None)?;
                self.builder.statement(statement).map(|_| ())
            }
            Value::NullKeyword(_) => Ok(()),
            Value::Object(object) => {
                self.refuse_duplicates(object)?;
                if object.properties.iter().any(|property| property.name.as_str() == "value") {
                    self.figure(at, object)
                } else {
                    object
                        .properties
                        .iter()
                        .try_for_each(|property| self.value(&at.key(property.name.as_str()), &property.value))
                }
            }
            Value::Array(rows) => {
                self.tables = self.tables.saturating_add(1);
                let context = Context::Table(self.tables);
                for (position, row) in rows.elements.iter().enumerate() {
                    self.row(&At { context, ..at.clone() }, position, row)?;
                }
                Ok(())
            }
            Value::BooleanLit(_) => Err(self.wrong(at.label(), "\"435.78\" | 435.78 | { … } | null", value)),
        }
    }

    /// A row of a table: each figure is of the row's scope, its code or its name.
    fn row(&mut self, at: &At<'_>, position: usize, row: &Value<'_>) -> Result<(), DocumentError> {
        let Value::Object(cells) = row else {
            return Err(self.wrong(at.label(), "[ { … }, … ]", row));
        };
        self.refuse_duplicates(cells)?;
        let is_name = |property: &&ObjectProp<'_>| matches!(property.name.as_str(), "code" | "name");
        let name = cells.properties.iter().find(is_name).and_then(|property| words(&property.value));
        let scope = vec![name.map_or_else(|| format!("#{}", position.saturating_add(1)), str::to_owned)];
        for cell in cells.properties.iter().filter(|property| !is_name(property)) {
            self.value(&At { scope: scope.clone(), ..at.key(cell.name.as_str()) }, &cell.value)?;
        }
        Ok(())
    }

    /// A figure with its facets: `{"value": "15.4", "delta": "-13.4", "rate": "-46.5%", "parts": {…}}`.
    fn figure(&mut self, at: &At<'_>, object: &Object<'_>) -> Result<(), DocumentError> {
        let unit = match get(object, "unit") {
            Some(value) => match words(value).and_then(Unit::named) {
                Some(unit) => Some(unit),
                None => return Err(self.wrong("unit", "\"元\" | \"万元\" | \"亿元\" | \"%\"", value)),
            },
            None => None,
        };
        let mut common = Statement::new("", Quantity::zero(Unit::Plain), self.place(object.range));
        (common.period, common.basis) = (at.period, at.basis);
        if let Some(value) = get(object, "decimals") {
            let decimals = words(value).and_then(|text| match text {
                "exact" => Some(Precision::Exact),
                digits => digits.parse().ok().filter(|places| *places <= 8).map(Precision::Decimals),
            });
            common.precision = decimals.ok_or_else(|| self.wrong("decimals", "0 … 8 | \"exact\"", value))?;
        }
        if let Some(value) = get(object, "period") {
            let year = words(value).and_then(calendar_year);
            common.period = Period::Year(year.ok_or_else(|| self.wrong("period", "2018", value))?);
        }
        if let Some(value) = get(object, "basis") {
            common.basis = Some(match words(value) {
                Some("budget") => Basis::Budget,
                Some("actual") => Basis::Actual,
                _ => return Err(self.wrong("basis", "\"budget\" | \"actual\"", value)),
            });
        }
        let mut at = At { period: common.period, basis: common.basis, ..at.clone() };
        if let Some(value) = get(object, "scope") {
            at.scope.push(words(value).ok_or_else(|| self.wrong("scope", "\"…\"", value))?.to_owned());
        }
        let label = match get(object, "label") {
            Some(value) => words(value).ok_or_else(|| self.wrong("label", "\"…\"", value))?,
            None => at.label(),
        };
        let mut whole = None;
        // The amount comes first, whatever the order of the keys: its parts refer to it.
        let mut properties: Vec<_> = object.properties.iter().collect();
        properties.sort_by_key(|property| property.name.as_str() != "value");
        for property in properties {
            let (key, value) = (property.name.as_str(), &property.value);
            let mut statement = Statement { label: label.to_owned(), ..common.clone() };
            match key {
                "value" => {}
                "delta" => statement.facet = Facet::Delta(Base::PRIOR),
                "rate" => statement.facet = Facet::Rate(Base::PRIOR),
                "share" => statement.facet = Facet::Share,
                "completion" => statement.facet = Facet::Completion,
                "prior" => statement.period = Period::Prior,
                "budget" => statement.basis = Some(Basis::Budget),
                "actual" => statement.basis = Some(Basis::Actual),
                "unit" | "decimals" | "period" | "basis" | "scope" | "label" => continue,
                "parts" => {
                    self.parts(&at, label, whole, value)?;
                    continue;
                }
                year => match calendar_year(year) {
                    Some(year) => statement.period = Period::Year(year),
                    None => return Err(self.wrong(key, FIGURE_KEYS, value)),
                },
            }
            if matches!(value, Value::NullKeyword(_)) {
                continue;
            }
            let read =
                self.statement(&at, value, unit.as_ref().filter(|_| !is_percentage(statement.facet)))?;
            let unit_from = if unit.is_some() { UnitFrom::Figure } else { read.unit_from };
            let Statement { path, under, quantity, scope, context, parent, place, .. } = read;
            let statement =
                Statement { path, under, quantity, unit_from, scope, context, parent, place, ..statement };
            let is_amount = key == "value";
            let id = self.builder.statement(statement)?;
            if is_amount {
                whole = Some(id);
            }
        }
        Ok(())
    }

    /// One breakdown, or a list of them: each splits the whole in its own way.
    fn parts(
        &mut self,
        at: &At<'_>,
        label: &str,
        whole: Option<StatementId>,
        value: &Value<'_>,
    ) -> Result<(), DocumentError> {
        let lists: Vec<&Object<'_>> = match value {
            Value::Object(object) => vec![object],
            Value::Array(array) => {
                let objects = array.elements.iter().map(|element| match element {
                    Value::Object(object) => Ok(object),
                    other => Err(self.wrong("parts", "{ … } | [ { … }, … ]", other)),
                });
                objects.collect::<Result<_, _>>()?
            }
            other => return Err(self.wrong("parts", "{ … } | [ { … }, … ]", other)),
        };
        for list in lists {
            self.refuse_duplicates(list)?;
            let breakdown = Breakdown(self.breakdowns);
            self.breakdowns = self.breakdowns.saturating_add(1);
            let parent = Parent { label: label.to_owned(), statement: whole, breakdown };
            for part in &list.properties {
                // A part has a label, not a path: which field it is, is told by the whole.
                let keys = vec![label, part.name.as_str()];
                let inner = At { keys, parent: Some(parent.clone()), ..at.clone() };
                self.value(&inner, &part.value)?;
            }
        }
        Ok(())
    }

    /// A statement of one literal.
    fn statement(
        &self,
        at: &At<'_>,
        value: &Value<'_>,
        unit: Option<&Unit>,
    ) -> Result<Statement, DocumentError> {
        let (text, range) = match value {
            // Without its quotation marks.
            Value::StringLit(literal) => {
                let Range { start, end } = literal.range;
                (literal.value.as_ref(), Range { start: start.saturating_add(1), end: end.saturating_sub(1) })
            }
            Value::NumberLit(literal) => (literal.value, literal.range),
            other => return Err(self.wrong(at.label(), "\"435.78\" | 435.78", other)),
        };
        let unit = unit.or(self.unit.as_ref()).unwrap_or(&Unit::Plain);
        let quantity = Quantity::parse(text, unit)
            .map_err(|error| self.builder.error(DocumentErrorKind::Figure(error), span(range)))?;
        let names_unit = text.chars().any(|c| !c.is_ascii() || c == '%');
        let path = at.parent.is_none().then(|| at.keys.join("."));
        let mut under: Vec<String> = at.keys.iter().rev().skip(1).map(|key| (*key).to_owned()).collect();
        under.dedup();
        let statement = Statement::new(at.label(), quantity, self.place(range));
        let unit_from = if names_unit || self.unit.is_none() { UnitFrom::Figure } else { UnitFrom::Head };
        Ok(Statement {
            path,
            under,
            unit_from,
            context: at.context,
            scope: at.scope.clone(),
            parent: at.parent.clone(),
            period: at.period,
            basis: at.basis,
            ..statement
        })
    }

    fn place(&self, range: Range) -> Place {
        Place::Text { source: self.source, span: span(range) }
    }

    fn wrong(&self, key: &str, takes: &'static str, value: &Value<'_>) -> DocumentError {
        self.builder.error(DocumentErrorKind::WrongValue { key: key.to_owned(), takes }, span(value.range()))
    }

    fn refuse_duplicates(&self, object: &Object<'_>) -> Result<(), DocumentError> {
        let mut seen = HashSet::new();
        for property in &object.properties {
            let key = property.name.as_str();
            if !seen.insert(key) {
                let name = span(property.name.range());
                return Err(self.builder.error(DocumentErrorKind::DuplicateKey(key.to_owned()), name));
            }
        }
        Ok(())
    }
}

fn is_percentage(facet: Facet) -> bool {
    matches!(facet, Facet::Rate(_) | Facet::Share | Facet::Completion)
}

fn get<'o, 'v>(object: &'o Object<'v>, key: &str) -> Option<&'o Value<'v>> {
    object.properties.iter().find(|property| property.name.as_str() == key).map(|property| &property.value)
}

/// The text of a literal, quoted or not.
fn words<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match value {
        Value::StringLit(literal) => Some(literal.value.as_ref()),
        Value::NumberLit(literal) => Some(literal.value),
        _ => None,
    }
}

fn calendar_year(text: &str) -> Option<i32> {
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_year { text.parse().ok() } else { None }
}
