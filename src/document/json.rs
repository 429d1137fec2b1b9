//! Documents in the JSON form, from values to statements.
//!
//! The values come from JSON text (`json/text.rs`) or from Rust (`serialize.rs`); each has its place and each number its
//! literal text, and nothing passes through a float. Two keys of one name are refused: most parsers keep the last
//! without a word.

mod key;
#[cfg(feature = "json")]
mod text;

#[cfg(feature = "json")]
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use self::key::{Change, Stated, calendar_year, may_be_figure, precision, words};
use super::value::{Object, Property, Spot, Value};
use super::{
    Base, Basis, Breakdown, Cell, Context, Document, DocumentBuilder, DocumentError, DocumentErrorKind,
    DocumentKind, Parent, Period, Row, Statement, StatementId, UnitFrom,
};
#[cfg(feature = "json")]
use crate::limits;
use crate::quantity::{Precision, Quantity, Unit};
#[cfg(feature = "json")]
use crate::source::Span;
use crate::source::{Place, Source, SourceId};

/// The keys of the document itself.
const OWN_KEYS: [&str; 4] = ["department", "year", "unit", "document"];

/// The keys of a figure that is written as an object; a year such as `2018` is one too.
const FIGURE_KEYS: &str = "value, unit, decimals, delta, rate, share, completion, prior, budget, actual, parts, \
                           period, basis, scope, label, 2018 …";

/// What a change may be against.
const BASES: &str = "prior, prior budget, prior actual, budget, actual";

/// The document that a JSON text is.
#[cfg(feature = "json")]
pub(super) fn read(source: Source) -> Result<Document, DocumentError> {
    let source = Arc::new(source);
    if source.text().len() > limits::DOCUMENT_BYTES {
        return Err(DocumentError::new(source.name(), DocumentErrorKind::TooLong, None));
    }
    // A byte order mark is passed over as blanks, which keeps every offset.
    let text = match source.text().strip_prefix('\u{feff}') {
        Some(rest) => Cow::Owned(format!("{:1$}{rest}", "", '\u{feff}'.len_utf8())),
        None => Cow::Borrowed(source.text()),
    };
    document(&source, &text::parse(&source, &text)?)
}

/// The document that a piece of a text is; its places are in the text.
#[cfg(feature = "json")]
pub(super) fn read_within(source: &Arc<Source>, span: Span) -> Result<Document, DocumentError> {
    // Blanks for all that stands before it keep every offset.
    let mut text = " ".repeat(span.start());
    text.push_str(source.slice(span));
    document(source, &text::parse(source, &text)?)
}

/// The document that a value is; its places are in the source.
pub(super) fn document(source: &Arc<Source>, value: &Value<'_>) -> Result<Document, DocumentError> {
    let mut builder = DocumentBuilder::new();
    let id = builder.source(Arc::clone(source));
    let mut json = Json { builder, source: Arc::clone(source), id, unit: None, breakdowns: 0, tables: 0 };
    match value {
        Value::Object(object) => json.document(object)?,
        other => return Err(json.error(DocumentErrorKind::NotAnObject, other.spot())),
    }
    Ok(json.builder.build())
}

struct Json {
    builder: DocumentBuilder,
    source: Arc<Source>,
    id: SourceId,
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
    /// The unit that the figure says for its numbers.
    unit: Option<Unit>,
    precision: Precision,
    /// What it is called, where that is not its key.
    label: Option<&'v str>,
}

impl<'v> At<'v> {
    fn key(&self, key: &'v str) -> At<'v> {
        let mut inner = self.clone();
        inner.keys.push(key);
        inner.label = None;
        inner
    }

    fn label(&self) -> &'v str {
        self.label.or(self.keys.last().copied()).unwrap_or("")
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
            unit: None,
            precision: Precision::Context,
            label: None,
        };
        for property in
            object.properties.iter().filter(|property| !OWN_KEYS.contains(&property.name.as_str()))
        {
            self.value(&top.key(property.name.as_str()), &property.value)?;
        }
        Ok(())
    }

    /// What the document says of itself.
    fn own(&mut self, property: &Property<'_>) -> Result<(), DocumentError> {
        let value = &property.value;
        let wrong = |json: &Json, takes| Err(json.wrong(property.name.as_str(), takes, value));
        match (property.name.as_str(), words(value)) {
            ("department", _) => match value {
                Value::Text(name) => {
                    self.builder.department(name.value.as_ref());
                }
                _ => return wrong(self, "\"…\""),
            },
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
            Value::Text(_) | Value::Number(_) => {
                let statement = self.statement(at, value, Stated::Value)?;
                self.builder.statement(statement).map(|_| ())
            }
            Value::Null(_) => Ok(()),
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
                let mut names = HashSet::new();
                for (position, row) in rows.elements.iter().enumerate() {
                    self.row(&At { context, ..at.clone() }, position, row, &mut names)?;
                }
                Ok(())
            }
            Value::Bool(_) => Err(self.wrong(at.label(), "\"435.78\" | 435.78 | { … } | null", value)),
        }
    }

    /// A row of a table: each figure is of the row's scope, its code or its name.
    fn row<'v>(
        &mut self,
        at: &At<'_>,
        position: usize,
        row: &'v Value<'_>,
        names: &mut HashSet<&'v str>,
    ) -> Result<(), DocumentError> {
        let Value::Object(cells) = row else {
            return Err(self.wrong(at.label(), "[ { … }, … ]", row));
        };
        self.refuse_duplicates(cells)?;
        let is_name = |property: &&Property<'_>| matches!(property.name.as_str(), "code" | "name");
        let name = cells.properties.iter().find(is_name).and_then(|property| words(&property.value));
        let number = format!("#{}", position.saturating_add(1));
        let mut scope = at.scope.clone();
        match name {
            Some(name) if names.insert(name) => scope.push(name.to_owned()),
            // Two rows of one name are two rows all the same.
            Some(name) => scope.push(format!("{name}{number}")),
            None => scope.push(number),
        }
        let under = at.keys.iter().rev().map(|key| (*key).to_owned()).collect();
        let place = self.place(row.spot());
        let mut line = Row { path: Some(at.keys.join(".")), under, ..Row::new(scope.clone(), place) };
        for cell in &cells.properties {
            let text = match &cell.value {
                Value::Null(_) => Some(""),
                value => words(value),
            };
            if let Some(text) = text {
                let place = self.place(cell.value.spot());
                line.cells.push(Cell::new(cell.name.as_str(), text.trim(), place));
            }
            if !is_name(&cell) && text.is_none_or(may_be_figure) {
                self.value(&At { scope: scope.clone(), ..at.key(cell.name.as_str()) }, &cell.value)?;
            }
        }
        self.builder.row(line)
    }

    /// A figure with its facets: `{"value": "15.4", "delta": "-13.4", "rate": "-46.5%", "parts": {…}}`.
    fn figure(&mut self, at: &At<'_>, object: &Object<'_>) -> Result<(), DocumentError> {
        let at = self.described(at, object)?;
        let mut whole = None;
        // The amount comes first, whatever the order of the keys: its parts refer to it.
        let mut properties: Vec<_> = object.properties.iter().collect();
        properties.sort_by_key(|property| property.name.as_str() != "value");
        for property in properties {
            let (key, value) = (property.name.as_str(), &property.value);
            match key {
                "unit" | "decimals" | "period" | "basis" | "scope" | "label" => continue,
                "parts" => {
                    self.parts(&at, whole, value)?;
                    continue;
                }
                _ => {}
            }
            if let (Some(of), Value::Object(bases)) = (Change::by(key), value) {
                self.bases(&at, of, bases)?;
                continue;
            }
            let Some(stated) = Stated::by(key) else {
                let kind = DocumentErrorKind::UnknownKey { key: key.to_owned(), known: FIGURE_KEYS };
                return Err(self.error(kind, &property.name.spot));
            };
            // A blank cell of a table that has more to say.
            let is_blank =
                at.context != Context::Prose && words(value).is_some_and(|text| text.trim().is_empty());
            if is_blank || matches!(value, Value::Null(_)) {
                continue;
            }
            let statement = self.statement(&at, value, stated)?;
            let id = self.builder.statement(statement)?;
            if stated == Stated::Value {
                whole = Some(id);
            }
        }
        Ok(())
    }

    /// Changes against several bases: `"delta": {"prior budget": "1.2", "budget": "-0.3"}`.
    fn bases(&mut self, at: &At<'_>, of: Change, bases: &Object<'_>) -> Result<(), DocumentError> {
        self.refuse_duplicates(bases)?;
        for property in &bases.properties {
            let key = property.name.as_str();
            let Some(base) = Base::by_words(key) else {
                let kind = DocumentErrorKind::UnknownKey { key: key.to_owned(), known: BASES };
                return Err(self.error(kind, &property.name.spot));
            };
            if matches!(property.value, Value::Null(_)) {
                continue;
            }
            let stated = match of {
                Change::Delta => Stated::Delta(base),
                Change::Rate => Stated::Rate(base),
            };
            let statement = self.statement(at, &property.value, stated)?;
            self.builder.statement(statement)?;
        }
        Ok(())
    }

    /// What a figure says of itself beside its numbers.
    fn described<'v>(&self, at: &At<'v>, object: &'v Object<'_>) -> Result<At<'v>, DocumentError> {
        let mut at = At { precision: Precision::Context, ..at.clone() };
        for property in &object.properties {
            let (key, value) = (property.name.as_str(), &property.value);
            let words = words(value);
            let wrong = |takes| self.wrong(key, takes, value);
            match key {
                "unit" => {
                    let unit = words.and_then(Unit::named);
                    at.unit = Some(unit.ok_or_else(|| wrong("\"元\" | \"万元\" | \"亿元\" | \"%\""))?);
                }
                "decimals" => {
                    at.precision = words.and_then(precision).ok_or_else(|| wrong("0 … 8 | \"exact\""))?;
                }
                "period" => {
                    let year = words.and_then(calendar_year);
                    at.period = Period::Year(year.ok_or_else(|| wrong("2018"))?);
                }
                "basis" => {
                    let known = [Basis::Budget, Basis::Actual].into_iter();
                    let basis = known.into_iter().find(|basis| words == Some(basis.as_str()));
                    at.basis = Some(basis.ok_or_else(|| wrong("\"budget\" | \"actual\""))?);
                }
                "scope" => at.scope.push(words.ok_or_else(|| wrong("\"…\""))?.to_owned()),
                "label" => at.label = Some(words.ok_or_else(|| wrong("\"…\""))?),
                _ => {}
            }
        }
        Ok(at)
    }

    /// One breakdown, or a list of them: each splits the whole in its own way.
    fn parts(
        &mut self,
        at: &At<'_>,
        whole: Option<StatementId>,
        value: &Value<'_>,
    ) -> Result<(), DocumentError> {
        let label = at.label();
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
                let precision = Precision::Context;
                let inner = At { keys, label: None, precision, parent: Some(parent.clone()), ..at.clone() };
                self.value(&inner, &part.value)?;
            }
        }
        Ok(())
    }

    /// A statement of one literal.
    fn statement(&self, at: &At<'_>, value: &Value<'_>, stated: Stated) -> Result<Statement, DocumentError> {
        let (Value::Text(literal) | Value::Number(literal)) = value else {
            return Err(self.wrong(at.label(), "\"435.78\" | 435.78", value));
        };
        let text = literal.value.as_ref();
        let head = self.unit.as_ref().filter(|_| at.unit.is_none() && !stated.is_percentage());
        let own = at.unit.as_ref().filter(|_| !stated.is_percentage());
        let unit = own.or(head).unwrap_or(&Unit::Plain);
        let quantity = Quantity::parse(text, unit)
            .map_err(|error| self.error(DocumentErrorKind::Figure(error), &literal.bare))?;
        let names_unit = text.chars().any(|c| !c.is_ascii() || c == '%');
        let path = at.parent.is_none().then(|| at.keys.join("."));
        let mut under: Vec<String> = at.keys.iter().rev().skip(1).map(|key| (*key).to_owned()).collect();
        under.dedup();
        let statement = Statement::new(at.label(), quantity, self.place(&literal.bare));
        let unit_from = if names_unit || head.is_none() { UnitFrom::Figure } else { UnitFrom::Head };
        Ok(stated.of(Statement {
            path,
            under,
            unit_from,
            precision: at.precision,
            context: at.context,
            scope: at.scope.clone(),
            parent: at.parent.clone(),
            period: at.period,
            basis: at.basis,
            ..statement
        }))
    }

    fn place(&self, spot: &Spot) -> Place {
        let (source, span) = (self.id, spot.span);
        match &spot.path {
            Some(path) => Place::Path { path: Arc::clone(path), source, span },
            None => Place::Text { source, span },
        }
    }

    fn error(&self, kind: DocumentErrorKind, spot: &Spot) -> DocumentError {
        match &spot.path {
            Some(path) => DocumentError::on_path(self.source.name(), kind, path),
            None => DocumentError::at(&self.source, kind, spot.span),
        }
    }

    fn wrong(&self, key: &str, takes: &'static str, value: &Value<'_>) -> DocumentError {
        self.error(DocumentErrorKind::WrongValue { key: key.to_owned(), takes }, value.spot())
    }

    fn refuse_duplicates(&self, object: &Object<'_>) -> Result<(), DocumentError> {
        let mut seen = HashSet::new();
        for property in &object.properties {
            let key = property.name.as_str();
            if !seen.insert(key) {
                return Err(self.error(DocumentErrorKind::DuplicateKey(key.to_owned()), &property.name.spot));
            }
        }
        Ok(())
    }
}
