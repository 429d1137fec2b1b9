//! What a document states: figures with their identity and their place.
//!
//! In: statements from a reader (prose, JSON) or from the [`DocumentBuilder`]. Out: a [`Document`] that a
//! [`Checker`](crate::Checker) can judge. A document knows nothing of rules: which field a statement belongs to is
//! decided when it is checked.

mod builder;
mod error;
#[cfg(feature = "json")]
mod json;
mod statement;

pub use builder::DocumentBuilder;
pub use error::{DocumentError, DocumentErrorKind};
pub use statement::{
    Base, Basis, Breakdown, Context, Facet, Parent, Period, PrintedAs, Statement, StatementId, UnitFrom,
};

use std::sync::Arc;

use crate::source::{Place, Source, SourceId};

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

    /// Reads a document in the JSON form from a file's bytes.
    ///
    /// # Errors
    /// As [`Document::from_json`], and bytes that are not UTF-8.
    #[cfg(feature = "json")]
    pub fn from_json_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Document, DocumentError> {
        json::read(DocumentError::text(&name.into(), bytes)?)
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
        let Place::Text { source, span } = place;
        self.source(*source).map_or("", |source| source.slice(*span))
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
