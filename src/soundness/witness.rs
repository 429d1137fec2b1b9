//! A document that shows an answer: figures and choices written as JSON, and read back.

use std::fmt;

use super::figure::{Decision, Figure, Line, Of};
use super::linear::{Choice, Variable};
use super::problem::{Meaning, Problem};
use super::space::places;
use crate::Document;
use crate::document::{DocumentKind, Period};
use crate::quantity::Rational;
use crate::ruleset::Kind;
use crate::ruleset::field::{FacetRef, FieldId, SectionId};

/// A document that shows an answer. A check of it says so too: it was made before the answer was given.
#[derive(Clone)]
pub struct Witness {
    json: String,
    document: Document,
}

impl Witness {
    /// The document as JSON: what a `test "…"` of a rule file takes.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The document itself.
    pub fn document(&self) -> &Document {
        &self.document
    }
}

/// The JSON, which says it all.
impl fmt::Debug for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.json)
    }
}

/// How the figures of a witness are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Print {
    /// As documents print them: a check allows for their rounding.
    Plain,
    /// With the word that they are exact.
    Exact,
}

/// A value of JSON.
#[derive(Clone, Debug)]
enum Node {
    Text(String),
    Number(i128),
    Null,
    Object(Vec<(String, Node)>),
    List(Vec<Node>),
}

/// The document of figures and choices; `None` where one of them cannot be printed. A figure without a value is left out.
pub(super) fn document(
    problem: &Problem<'_>,
    value: &dyn Fn(Variable) -> Option<Rational>,
    is_chosen: &dyn Fn(Choice) -> Option<bool>,
    print: Print,
) -> Option<Witness> {
    let mut writer = Writer { problem, value, is_chosen, print, kind: DocumentKind::Budget };
    writer.kind = writer.kind();
    let root = writer.root()?;
    let mut json = String::new();
    root.write(&mut json, 0);
    let document = Document::from_json("witness.json", json.clone()).ok()?;
    Some(Witness { json, document })
}

struct Writer<'p, 'r> {
    problem: &'p Problem<'r>,
    value: &'p dyn Fn(Variable) -> Option<Rational>,
    is_chosen: &'p dyn Fn(Choice) -> Option<bool>,
    print: Print,
    kind: DocumentKind,
}

impl Writer<'_, '_> {
    fn is_made(&self, decision: &Decision) -> Option<bool> {
        (self.is_chosen)(self.problem.known_choice(decision)?)
    }

    fn kind(&self) -> DocumentKind {
        let kinds = [DocumentKind::Budget, DocumentKind::Actual, DocumentKind::Execution];
        let is = |kind: &DocumentKind| self.is_made(&Decision::Is(*kind)) == Some(true);
        kinds.into_iter().find(is).unwrap_or_default()
    }

    /// The figures of one thing that have a value, and are stated.
    fn stated(&self, of: &Of) -> impl Iterator<Item = (&Figure, Rational)> {
        let figures = self
            .problem
            .figures_of(of)
            .filter_map(|(figure, variable)| Some((figure, (self.value)(variable)?)));
        figures.filter(|(figure, _)| self.is_stated(figure))
    }

    fn is_stated(&self, figure: &Figure) -> bool {
        let is_made = |decision| self.is_made(&decision) != Some(false);
        match &figure.of {
            Of::Part { whole, position } => {
                self.is_made(&Decision::Lists((**whole).clone(), *position)) == Some(true)
                    && (figure.facet == FacetRef::Amount
                        || self.is_made(&Decision::StatesOfParts((**whole).clone(), figure.facet))
                            == Some(true))
            }
            Of::Cell { column, line } => {
                let table = self.problem.shape.rules.table_of(*column);
                is_made(Decision::States(figure.clone()))
                    && table.is_none_or(|table| is_made(Decision::HasLine(table, line.clone())))
            }
            _ => is_made(Decision::States(figure.clone())),
        }
    }

    fn root(&self) -> Option<Node> {
        let shape = &self.problem.shape;
        let mut root = Node::Object(Vec::new());
        root.insert(&["year"], Node::Number(self.year()?));
        if shape.tells_kinds {
            root.insert(&["document"], Node::Text(self.kind.as_str().to_owned()));
        }
        if !shape.rules.declares_nothing() {
            root.insert(&["unit"], Node::Text("万元".to_owned()));
        }
        for (of, _) in self.problem.groups() {
            let keys = match of {
                Of::Field(field) => shape.rules.field(*field)?.path().to_owned(),
                Of::Unclaimed(position) => unclaimed(*position),
                // A part is written with its whole, a cell with its row.
                Of::Cell { .. } | Of::Part { .. } | Of::Year => continue,
            };
            if let Some(node) = self.figure(of)? {
                root.insert(&keys.split('.').collect::<Vec<_>>(), node);
            }
        }
        for (position, section) in shape.rules.sections().iter().enumerate() {
            let table = SectionId::from_index(position);
            let lines: Vec<&Line> = shape.lines(table).filter(|line| self.is_in(table, line)).collect();
            let rows: Option<Vec<Node>> = lines.into_iter().map(|line| self.row(table, line)).collect();
            let rows = rows?;
            if !rows.is_empty() {
                root.insert(&[section.name.as_str()], Node::List(rows));
            }
        }
        Some(root)
    }

    /// Whether a row is written: some figure of it is asked for, and it is not left out.
    fn is_in(&self, table: SectionId, line: &Line) -> bool {
        let columns = (0..self.problem.shape.rules.fields().len()).map(FieldId::from_index);
        let mut columns = columns.filter(|column| self.problem.shape.rules.table_of(*column) == Some(table));
        let has_value = |(_, variable)| (self.value)(variable).is_some();
        let is_asked =
            |column| self.problem.figures_of(&Of::Cell { column, line: line.clone() }).any(has_value);
        self.is_made(&Decision::HasLine(table, line.clone())) != Some(false) && columns.any(is_asked)
    }

    /// A year that no rule names, unless rules ask for the year itself.
    fn year(&self) -> Option<i128> {
        if let Some((_, year)) = self.stated(&Of::Year).next() {
            return (year.denominator() == 1).then(|| year.numerator());
        }
        let named = self.problem.meanings.iter().filter_map(|meaning| match meaning {
            Meaning::Figure(Figure { period: Some(Period::Year(year)), .. }) => Some(i128::from(*year)),
            _ => None,
        });
        Some(named.max().map_or(2024, |year| year.saturating_add(2).max(2024)))
    }

    /// All that is stated of one thing; `Some(None)` where nothing is.
    fn figure(&self, of: &Of) -> Option<Option<Node>> {
        let mut entries: Vec<(String, Node)> = Vec::new();
        let mut amount = None;
        for (figure, value) in self.stated(of) {
            let text = Node::Text(self.text(figure, value)?);
            match self.key(figure)? {
                Key::Value => amount = Some((figure, text)),
                Key::Own => {}
                Key::Named(key) => entries.push((key, text)),
                Key::Change(key, base) => {
                    let changes = match entries.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, changes)) => changes,
                        None => {
                            entries.push((key, Node::Object(Vec::new())));
                            &mut entries.last_mut()?.1
                        }
                    };
                    changes.insert(&[base], text);
                }
            }
        }
        let parts = self.parts(&Figure::amount(of.clone()))?;
        if let Some(parts) = parts {
            entries.push(("parts".to_owned(), parts));
        }
        Some(self.whole(amount.map(|(_, text)| text), entries))
    }

    /// A figure with its entries, as short as it can be written.
    fn whole(&self, amount: Option<Node>, mut entries: Vec<(String, Node)>) -> Option<Node> {
        if amount.is_none() && entries.is_empty() {
            return None;
        }
        if self.print == Print::Exact {
            entries.push(("decimals".to_owned(), Node::Text("exact".to_owned())));
        }
        match amount {
            Some(text) if entries.is_empty() => Some(text),
            amount => {
                entries.insert(0, ("value".to_owned(), amount.unwrap_or(Node::Null)));
                Some(Node::Object(entries))
            }
        }
    }

    fn parts(&self, whole: &Figure) -> Option<Option<Node>> {
        let mut parts: Vec<(String, Node)> = Vec::new();
        for (position, name) in (0..).zip(["甲", "乙", "丙"]) {
            if self.is_made(&Decision::Lists(whole.clone(), position)) != Some(true) {
                continue;
            }
            let of = whole.part(position, FacetRef::Amount).of;
            let mut entries = Vec::new();
            let mut amount = Node::Text("0".to_owned());
            for (figure, value) in self.stated(&of) {
                let text = Node::Text(self.text(figure, value)?);
                match self.key(figure)? {
                    Key::Value => amount = text,
                    Key::Named(key) => entries.push((key, text)),
                    Key::Change(key, base) => {
                        entries.push((key, Node::Object(vec![(base.to_owned(), text)])));
                    }
                    Key::Own => {}
                }
            }
            parts.push((name.to_owned(), self.whole(Some(amount), entries)?));
        }
        Some((!parts.is_empty()).then_some(Node::Object(parts)))
    }

    fn row(&self, table: SectionId, line: &Line) -> Option<Node> {
        let shape = &self.problem.shape;
        let mut row = Vec::new();
        for (position, field) in shape.rules.fields().iter().enumerate() {
            let column = FieldId::from_index(position);
            if shape.rules.table_of(column) != Some(table) {
                continue;
            }
            let words = match (field.kind(), line) {
                (Some(Kind::Code), Line::Code(code)) => Some(code.clone()),
                (Some(Kind::Code), _) => None,
                (Some(Kind::Text), Line::Total) => Some("合计".to_owned()),
                (Some(Kind::Text), Line::Code(code)) => Some(format!("科目{code}")),
                (Some(Kind::Text), Line::Plain(0)) => Some("甲".to_owned()),
                (Some(Kind::Text), Line::Plain(_)) => Some("乙".to_owned()),
                _ => None,
            };
            let node = match words {
                Some(words) => Some(Node::Text(words)),
                None => self.figure(&Of::Cell { column, line: line.clone() })?,
            };
            row.extend(node.map(|node| (field.name().to_owned(), node)));
        }
        Some(Node::Object(row))
    }

    /// Under which key a figure is written; `None` for one that JSON has no key for.
    fn key(&self, figure: &Figure) -> Option<Key> {
        let amount = figure.facet == FacetRef::Amount;
        match (figure.period, figure.basis) {
            (None, None) => {}
            (None, Some(basis)) if amount => {
                // The plain figure is written already.
                let plain = Figure { basis: None, ..figure.clone() };
                let is_own = basis == self.kind.basis() && self.problem.known(&plain).is_some();
                return Some(if is_own { Key::Own } else { Key::Named(basis.as_str().to_owned()) });
            }
            (Some(Period::Prior), None) if amount => return Some(Key::Named("prior".to_owned())),
            (Some(Period::Year(year)), None) if amount => return Some(Key::Named(year.to_string())),
            _ => return None,
        }
        Some(match figure.facet {
            FacetRef::Amount => Key::Value,
            FacetRef::Share => Key::Named("share".to_owned()),
            FacetRef::Completion => Key::Named("completion".to_owned()),
            FacetRef::Delta(against) => Key::Change("delta".to_owned(), against.words()),
            FacetRef::Rate(against) => Key::Change("rate".to_owned(), against.words()),
        })
    }

    /// A figure as it is printed.
    fn text(&self, figure: &Figure, value: Rational) -> Option<String> {
        let kind = self.problem.shape.kind(figure);
        let value = if kind == Some(Kind::Rate) { value.mul(Rational::whole(100))? } else { value };
        let number = value.printed(places(value)?).text;
        Some(match kind {
            Some(Kind::Rate) => format!("{number}%"),
            Some(Kind::Count(counter)) => format!("{number}{counter}"),
            // Where nothing is declared, what is money says so itself.
            Some(Kind::Money) if self.problem.shape.rules.declares_nothing() => format!("{number}万元"),
            Some(Kind::Money) if places(value)? == 0 && number != "0" => format!("{number}.00"),
            _ => number,
        })
    }
}

/// Under which key of a figure a number stands.
enum Key {
    Value,
    /// It is the value, which is written already.
    Own,
    Named(String),
    Change(String, &'static str),
}

/// What an amount is called that no field claims.
fn unclaimed(position: u8) -> String {
    format!("某项{}", position.saturating_add(1))
}

impl Node {
    /// Puts a value under the keys down to it.
    fn insert(&mut self, keys: &[&str], value: Node) {
        let (Node::Object(entries), Some((first, rest))) = (self, keys.split_first()) else { return };
        if rest.is_empty() {
            entries.push(((*first).to_owned(), value));
            return;
        }
        if !entries.iter().any(|(known, _)| known == first) {
            entries.push(((*first).to_owned(), Node::Object(Vec::new())));
        }
        if let Some((_, inner)) = entries.iter_mut().find(|(known, _)| known == first) {
            inner.insert(rest, value);
        }
    }

    /// Objects of the first two levels over several lines, the rest on one.
    fn write(&self, out: &mut String, depth: usize) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        match self {
            Node::Text(text) => out.push_str(&quoted(text)),
            Node::Number(number) => out.push_str(&number.to_string()),
            Node::Null => out.push_str("null"),
            Node::Object(entries) => {
                let (open, between, close) = match depth {
                    0 => ("{\n    ", ",\n    ", "\n}"),
                    _ => ("{", ", ", "}"),
                };
                out.push_str(open);
                for (position, (key, value)) in entries.iter().enumerate() {
                    if position > 0 {
                        out.push_str(between);
                    }
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    value.write(out, depth.saturating_add(1));
                }
                out.push_str(close);
            }
            Node::List(rows) => {
                out.push('[');
                for (position, row) in rows.iter().enumerate() {
                    out.push_str(if position > 0 { ",\n        " } else { "\n        " });
                    row.write(out, depth.saturating_add(1));
                }
                out.push(']');
            }
        }
    }
}
