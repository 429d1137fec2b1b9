//! What a document states: figures with their identity and their place.
//!
//! In: statements from a reader (prose, JSON) or from the [`DocumentBuilder`]. Out: a [`Document`] that a
//! [`Checker`](crate::Checker) can judge. A document knows nothing of rules: which field a statement belongs to is
//! decided when it is checked.

mod builder;
mod decision;
mod error;
mod json;
#[cfg(feature = "testing")]
mod retype;
mod row;
mod serialize;
mod statement;
mod value;

pub use builder::DocumentBuilder;
pub use decision::{Aspect, Decision, Ground};
pub use error::{DocumentError, DocumentErrorKind};
pub(crate) use row::RowId;
pub use row::{Cell, Row};
pub use statement::{
    Base, Basis, Breakdown, Context, Facet, Parent, Period, PrintedAs, Statement, StatementId, UnitFrom,
};

use std::sync::Arc;

use serde::Serialize;

use crate::source::{Place, Source, SourceId, Span};

/// What kind of document it is; it gives the basis of a figure that names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum DocumentKind {
    /// A budget (预算).
    #[default]
    Budget,
    /// Final accounts (决算).
    Actual,
    /// An execution notice (执行情况).
    Execution,
}

impl DocumentKind {
    /// The basis of a figure that names none.
    pub fn basis(self) -> Basis {
        match self {
            DocumentKind::Budget => Basis::Budget,
            DocumentKind::Actual | DocumentKind::Execution => Basis::Actual,
        }
    }

    /// The word that guards compare with: `document == "budget"`.
    pub fn as_str(self) -> &'static str {
        match self {
            DocumentKind::Budget => "budget",
            DocumentKind::Actual => "actual",
            DocumentKind::Execution => "execution",
        }
    }
}

/// A department's budget document, as the figures it states.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use gouji::Document;
/// let document = Document::from_json("budget.json", r#"{"year": 2019, "total": "435.78"}"#)?;
/// assert_eq!(document.year(), Some(2019));
/// assert_eq!(document.statements().len(), 1);
/// # }
/// # Ok::<(), gouji::DocumentError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Document {
    sources: Vec<Arc<Source>>,
    department: Option<String>,
    year: Option<i32>,
    kind: DocumentKind,
    statements: Vec<Statement>,
    rows: Vec<Row>,
    unread: Vec<Place>,
}

impl Document {
    /// Reads a document in the JSON form; see `docs/language.md` for its shape. Places point into the text.
    ///
    /// # Errors
    /// [`DocumentError`] with the place of the first thing that is not such a document.
    #[cfg(feature = "json")]
    pub fn from_json(name: impl Into<String>, text: impl Into<String>) -> Result<Document, DocumentError> {
        json::read(Source::new(name, text))
    }

    /// Reads a document in the JSON form that is a piece of another text. Places point into that text.
    #[cfg(feature = "json")]
    pub(crate) fn from_json_within(source: &Arc<Source>, span: Span) -> Result<Document, DocumentError> {
        json::read_within(source, span)
    }

    /// Reads a document in the JSON form from a file's bytes.
    ///
    /// # Errors
    /// As [`Document::from_json`], and bytes that are no text.
    #[cfg(feature = "json")]
    pub fn from_json_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Document, DocumentError> {
        json::read(DocumentError::text(&name.into(), bytes)?)
    }

    /// Reads a document from any value that serde can serialize. Its shape is that of the JSON form: a struct or a map is
    /// a section (or a figure, with a field `value`), a list of structs is a table, a text or an integer is a figure,
    /// `None` and `()` state nothing. See `docs/language.md`.
    ///
    /// A value has no bytes: its places are [`Place::Path`], in a listing of its figures that is the document's source.
    ///
    /// ```
    /// use gouji::quantity::Amount;
    /// use gouji::{Checker, Document, Lang, RuleSet};
    /// use serde::Serialize;
    ///
    /// #[derive(Serialize)]
    /// struct Budget {
    ///     year: i32,
    ///     expenditure: Expenditure,
    /// }
    ///
    /// #[derive(Serialize)]
    /// struct Expenditure {
    ///     #[serde(rename = "支出合计")]
    ///     total: Amount,
    ///     basic: Amount,
    ///     project: Option<u64>,
    /// }
    ///
    /// let (total, basic) = ("435.78".parse()?, "217.38".parse()?);
    /// let budget = Budget { year: 2019, expenditure: Expenditure { total, basic, project: Some(218) } };
    /// let document = Document::from_serialize("budget", &budget)?;
    ///
    /// let rules = RuleSet::parse("expenditure.basic + expenditure.project == expenditure.支出合计 within 0")?;
    /// let report = Checker::new(&rules).check(&document);
    /// let finding = report.findings().next().expect("218 is not 218.40");
    /// assert_eq!(finding.message(Lang::Zh), "217.38 + 218.00 = 435.38 ≠ 435.78，差 0.40");
    /// let places: Vec<_> = finding.places().filter_map(|place| place.path()).collect();
    /// assert_eq!(places, ["expenditure.basic", "expenditure.project", "expenditure.支出合计"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Document::from_json`], each with the path of what is wrong; and a float, which holds no decimal amount
    /// exactly, a map's key that is no name, and whatever a type's own `Serialize` reports.
    pub fn from_serialize<T: Serialize + ?Sized>(
        name: impl Into<String>,
        value: &T,
    ) -> Result<Document, DocumentError> {
        serialize::read(name.into(), value)
    }

    /// The same document with its statements in an order, those of one place as they were.
    pub(crate) fn ordered(mut self, place: impl Fn(Span) -> usize) -> Document {
        let mut order: Vec<_> = std::mem::take(&mut self.statements).into_iter().enumerate().collect();
        order.sort_by_key(|(_, statement)| place(statement.place.in_text().1));
        let mut now = vec![0_usize; order.len()];
        for (position, (before, _)) in order.iter().enumerate() {
            if let Some(now) = now.get_mut(*before) {
                *now = position;
            }
        }
        let moved = |id: StatementId| now.get(id.index()).map_or(id, |now| StatementId::from_index(*now));
        self.statements.extend(order.into_iter().map(|(_, mut statement)| {
            if let Some(parent) = &mut statement.parent {
                parent.statement = parent.statement.map(moved);
            }
            statement
        }));
        self
    }

    /// The same document with its places where its file has them: of a document that was read in one text.
    pub(crate) fn placed(mut self, source: Arc<Source>, place: impl Fn(Span) -> Place) -> Document {
        for own in self.places_mut() {
            let (_, span) = own.in_text();
            *own = place(span);
        }
        self.sources = vec![source];
        self
    }

    /// All that points into its sources.
    fn places_mut(&mut self) -> impl Iterator<Item = &mut Place> {
        let cells = self.rows.iter_mut().flat_map(|row| {
            let Row { cells, place, .. } = row;
            std::iter::once(place).chain(cells.iter_mut().map(|cell| &mut cell.place))
        });
        let figures = self.statements.iter_mut().flat_map(|statement| {
            let Statement { place, decisions, .. } = statement;
            std::iter::once(place).chain(decisions.iter_mut().filter_map(|decision| decision.words.as_mut()))
        });
        figures.chain(cells).chain(&mut self.unread)
    }

    /// What the document is called: the name of its first source.
    pub fn name(&self) -> &str {
        self.sources.first().map_or("", |source| source.name())
    }

    /// The texts that the places point into.
    pub fn sources(&self) -> &[Arc<Source>] {
        &self.sources
    }

    /// One of the sources.
    pub fn source(&self, id: SourceId) -> Option<&Arc<Source>> {
        self.sources.get(id.index())
    }

    /// The department, where the document names it.
    pub fn department(&self) -> Option<&str> {
        self.department.as_deref()
    }

    /// The year it is about, where it says.
    pub fn year(&self) -> Option<i32> {
        self.year
    }

    /// Budget, final accounts or execution.
    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// Everything it states, in the order of the text.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The rows of its tables, in the order of the text.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Amounts that stand in it and could not be read: in words, as a range, past the limits.
    pub fn unread(&self) -> &[Place] {
        &self.unread
    }

    /// The statement of an identifier that this document gave out.
    pub fn statement(&self, id: StatementId) -> Option<&Statement> {
        self.statements.get(id.index())
    }

    /// The characters of a place, exactly as printed.
    pub fn text_of(&self, place: &Place) -> &str {
        let (source, span) = place.in_text();
        self.source(source).map_or("", |source| source.slice(span))
    }

    /// The figure that stands on a line and column, both counted from one.
    pub fn figure_at(&self, line: usize, column: usize) -> Option<StatementId> {
        self.figure(|place| {
            let (id, span) = place.in_text();
            self.source(id).is_some_and(|source| {
                let (start, end) = (source.line_column(span.start()), source.line_column(span.end()));
                (start.line, start.column) <= (line, column) && (line, column) < (end.line, end.column)
            })
        })
    }

    /// The figures that are printed so, with their unit or without: `155.17万元` is printed `155.17`, `155.175` is not.
    pub fn figures_printed(&self, text: &str) -> Vec<StatementId> {
        let is_it = |statement: &Statement| {
            let rest = self.text_of(&statement.place).strip_prefix(text);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')))
        };
        let all = self.statements.iter().enumerate();
        all.filter(|(_, it)| is_it(it)).map(|(at, _)| StatementId::from_index(at)).collect()
    }

    fn figure(&self, is_it: impl Fn(&Place) -> bool) -> Option<StatementId> {
        self.statements.iter().position(|statement| is_it(&statement.place)).map(StatementId::from_index)
    }

    /// A period seen from the document's own year: `2019` in a document of 2019 is [`Period::Current`].
    pub fn canonical(&self, period: Period) -> Period {
        match (period, self.year) {
            (Period::Year(year), Some(own)) if year == own => Period::Current,
            (Period::Year(year), Some(own)) if Some(year) == own.checked_sub(1) => Period::Prior,
            (period, _) => period,
        }
    }

    /// The calendar year of a period, where the document's own is known.
    pub fn calendar_year(&self, period: Period) -> Option<i32> {
        match period {
            Period::Current => self.year,
            Period::Prior => self.year.and_then(|year| year.checked_sub(1)),
            Period::Year(year) => Some(year),
        }
    }
}
