//! Putting a document together.

use std::sync::Arc;

use super::{Document, DocumentError, DocumentErrorKind, DocumentKind, Row, Statement, StatementId};
use crate::limits;
use crate::source::{Place, Source, SourceId};

/// Collects the statements of a document. Readers use it; a tool with figures of its own may too.
///
/// ```
/// use gouji::document::{DocumentBuilder, Statement};
/// use gouji::quantity::{Quantity, Unit};
/// use gouji::{Place, Source, Span};
///
/// let text = "支出预算435.78万元";
/// let mut builder = DocumentBuilder::new();
/// let source = builder.source(Source::new("a.txt", text));
/// let place = Place::Text { source, span: Span::new(12, 24) };
/// builder.statement(Statement::new("支出预算", Quantity::parse("435.78万元", &Unit::WanYuan)?, place))?;
/// let document = builder.year(2019).build();
/// assert_eq!(document.text_of(&document.statements()[0].place), "435.78万元");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct DocumentBuilder {
    document: Document,
    /// The cells of its rows.
    cells: usize,
}

impl From<Document> for DocumentBuilder {
    /// A builder that goes on with a document.
    fn from(document: Document) -> DocumentBuilder {
        let cells = document.rows.iter().map(|row| row.cells.len()).sum();
        DocumentBuilder { document, cells }
    }
}

impl DocumentBuilder {
    /// An empty document: a budget of no stated year.
    pub fn new() -> DocumentBuilder {
        DocumentBuilder::default()
    }

    /// Adds a text that places point into.
    pub fn source(&mut self, source: impl Into<Arc<Source>>) -> SourceId {
        let id = SourceId::from_index(self.document.sources.len());
        self.document.sources.push(source.into());
        id
    }

    /// Says which department it is of.
    pub fn department(&mut self, department: impl Into<String>) -> &mut DocumentBuilder {
        self.document.department = Some(department.into());
        self
    }

    /// Says which year it is about.
    pub fn year(&mut self, year: i32) -> &mut DocumentBuilder {
        self.document.year = Some(year);
        self
    }

    /// Says which kind of document it is.
    pub fn kind(&mut self, kind: DocumentKind) -> &mut DocumentBuilder {
        self.document.kind = kind;
        self
    }

    /// Adds a statement.
    ///
    /// # Errors
    /// [`DocumentErrorKind::TooManyStatements`] past the limit, and [`DocumentErrorKind::UnknownSource`] for a place in
    /// a text that was not added: nothing is stored without its place.
    pub fn statement(&mut self, statement: Statement) -> Result<StatementId, DocumentError> {
        let (source, _) = statement.place.in_text();
        if self.document.source(source).is_none() {
            return Err(DocumentError::new(self.document.name(), DocumentErrorKind::UnknownSource, None));
        }
        if self.document.statements.len() >= limits::STATEMENTS {
            return Err(DocumentError::new(self.document.name(), DocumentErrorKind::TooManyStatements, None));
        }
        let id = StatementId::from_index(self.document.statements.len());
        self.document.statements.push(statement);
        Ok(id)
    }

    /// Adds a row of a table. Its figures are added as statements besides, in the row's scope.
    ///
    /// # Errors
    /// As [`DocumentBuilder::statement`]: the limit is one on cells too.
    pub fn row(&mut self, row: Row) -> Result<(), DocumentError> {
        let (source, _) = row.place.in_text();
        if self.document.source(source).is_none() {
            return Err(DocumentError::new(self.document.name(), DocumentErrorKind::UnknownSource, None));
        }
        self.cells = self.cells.saturating_add(row.cells.len().max(1));
        if self.cells > limits::STATEMENTS {
            return Err(DocumentError::new(self.document.name(), DocumentErrorKind::TooManyStatements, None));
        }
        self.document.rows.push(row);
        Ok(())
    }

    /// Notes an amount that stands in the document and could not be read.
    pub fn unread(&mut self, place: Place) -> &mut DocumentBuilder {
        self.document.unread.push(place);
        self
    }

    /// The document so far.
    pub(crate) fn document(&self) -> &Document {
        &self.document
    }

    /// A statement already added.
    pub fn get(&self, id: StatementId) -> Option<&Statement> {
        self.document.statement(id)
    }

    /// The document, its periods seen from its own year. The builder is empty again afterwards.
    pub fn build(&mut self) -> Document {
        let DocumentBuilder { mut document, .. } = std::mem::take(self);
        let periods: Vec<_> =
            document.statements.iter().map(|statement| document.canonical(statement.period)).collect();
        for (statement, period) in document.statements.iter_mut().zip(periods) {
            statement.period = period;
        }
        document
    }
}
