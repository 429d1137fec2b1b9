//! Published text and tables, as the statements they make.
//!
//! In: the text of a document, and the [`Vocabulary`] of the rules it will be checked against. Out: a [`Document`] whose
//! every figure has its label as printed, its facet, its period, what it is a part of, and its place. The reader never
//! guesses: a figure it cannot bind keeps its printed words as label and is reported as unclaimed. It knows no rule, it
//! corrects nothing, and it never looks at a figure's value to decide what the figure is.
//!
//! ```text
//! text ── fold, wrap ──> characters ── token ──> tokens ── clause, phrase ──> phrases ── prose ──> statements
//!   │                                  │ number: figure, year, or neither                │ identity: year, kind, department
//!   │                                  └ lexicon, words: grammar/prose.lexicon           └ labels: the rule set's, and its sums
//!   └── table: find ──> grids ── what they state ──> statements and rows
//! csv, sheet, page ── laid, rows ──> text with tables in it ──^
//! ```

mod clause;
mod csv;
mod forms;
mod identity;
mod labels;
mod laid;
mod lexicon;
mod number;
#[cfg(feature = "html")]
mod page;
mod phrase;
mod prose;
mod rows;
#[cfg(feature = "sheet")]
mod sheet;
mod stages;
pub(crate) mod table;
#[cfg(test)]
mod tests;
mod token;
mod words;
mod wrap;

use std::sync::Arc;

use self::token::Token;
use crate::document::{Document, DocumentBuilder, DocumentError, DocumentErrorKind, Statement, StatementId};
use crate::fold::Folded;
use crate::limits;
use crate::ruleset::RuleSet;
use crate::ruleset::vocabulary::TableWords;
#[cfg(test)]
use crate::ruleset::vocabulary::Vocabulary;
use crate::source::{Place, Source, Span};

/// Reads published documents, by the words of a rule set's fields.
///
/// ```
/// use gouji::{Reader, RuleSet};
/// let rules = RuleSet::builder().bundled("organization").build()?;
/// let document = Reader::new(&rules).text("a.txt", "2019年支出预算435.78万元。".as_bytes())?;
/// let statement = &document.statements()[0];
/// assert_eq!((statement.label.as_str(), document.text_of(&statement.place)), ("支出预算", "435.78万元"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reader {
    labels: labels::Labels,
    tables: Vec<TableWords>,
    is_asked: bool,
}

impl Reader {
    /// A reader that knows the labels of a rule set.
    pub fn new(rules: &RuleSet) -> Reader {
        let labels = labels::Labels::new(rules.vocabulary(), rules.sums());
        Reader { labels, tables: rules.table_words(), is_asked: false }
    }

    /// The same reader, which keeps what decides each figure in [`Statement::decisions`].
    ///
    /// ```
    /// use gouji::{Lang, Reader, RuleSet};
    /// let rules = RuleSet::builder().bundled("department").build()?;
    /// let document = Reader::new(&rules).asked().text("a.txt", "会议费5万元，比上年减少1万元".as_bytes())?;
    /// let label = &document.statements()[1].decisions[0];
    /// assert_eq!((label.is.as_str(), label.by.name(Lang::En)), ("会议费", "carried from before"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn asked(self) -> Reader {
        Reader { is_asked: true, ..self }
    }

    #[cfg(test)]
    pub(crate) fn of(vocabulary: &Vocabulary) -> Reader {
        Reader { labels: labels::Labels::new(vocabulary, []), tables: Vec::new(), is_asked: false }
    }

    /// What the reading of tables knows of a document.
    fn about<'a>(&'a self, document: &'a Document) -> table::About<'a> {
        let asked = self.is_asked.then(|| document.kind().basis());
        table::About { asked, ..table::about(&self.labels, &self.tables, document) }
    }

    /// Reads running text: in UTF-8, or with the feature `encoding` in GB18030 (see [`Source::from_document_bytes`]).
    ///
    /// # Errors
    /// [`DocumentErrorKind::NotText`], [`DocumentErrorKind::TooLong`] and [`DocumentErrorKind::TooManyStatements`]; no
    /// text is wrong in any other way.
    pub fn text(&self, name: impl Into<String>, bytes: &[u8]) -> Result<Document, DocumentError> {
        self.prose(DocumentError::text(&name.into(), bytes)?)
    }

    /// Says of a document what a text about it says: its year, its kind and its department. The captions of its grids
    /// are such a text, and so is the page that they stand in.
    pub(crate) fn identify(&self, text: &str, builder: &mut DocumentBuilder) {
        let lexicon = lexicon::lexicon();
        let folded = Folded::new(text);
        let (tokens, _) = token::cut(folded.chars(), self.labels.words(), lexicon);
        let identity = identity::identity(&folded, &tokens, lexicon);
        builder.kind(identity.kind);
        if let Some(year) = identity.year {
            builder.year(year);
        }
        if let Some((start, end)) = identity.department {
            let span = folded.span(start, end);
            builder.department(text.get(span.start()..span.end()).unwrap_or(""));
        }
    }

    /// Adds to a document what tables state, after what it has. Year and kind of the document are said before
    /// ([`Reader::identify`]): 上年 is seen from there. Every form's tables are read here.
    ///
    /// # Errors
    /// Those of [`DocumentBuilder::statement`]; no table is wrong in any other way. One that is not understood states
    /// nothing, and the amounts in it are noted as not read.
    pub(crate) fn grids(
        &self,
        grids: &[table::grid::Grid],
        builder: &mut DocumentBuilder,
    ) -> Result<(), DocumentError> {
        let mut stated = table::Stated::after(builder.document().statements());
        let about = self.about(builder.document());
        for grid in grids {
            if !stated.grid(grid, table::Rows::Placed, &about) {
                stated.pass_over(grid);
            }
        }
        let first = builder.document().statements().len();
        for statement in stated.statements {
            builder.statement(moved(statement, |id| table::moved(id, first)))?;
        }
        stated.rows.into_iter().try_for_each(|row| builder.row(row))?;
        for place in stated.unread {
            builder.unread(place);
        }
        Ok(())
    }

    pub(crate) fn prose(&self, source: Source) -> Result<Document, DocumentError> {
        let year = identity::year_of_name(source.name());
        self.prose_of(source, year)
    }

    /// What a text states; the year is that of a text which names none.
    fn prose_of(&self, source: Source, year: Option<i32>) -> Result<Document, DocumentError> {
        if source.text().len() > limits::DOCUMENT_BYTES {
            return Err(DocumentError::new(source.name(), DocumentErrorKind::TooLong, None));
        }
        let lexicon = lexicon::lexicon();
        let folded = wrap::unwrapped(Folded::new(source.text()), lexicon);
        let (tokens, unread) = token::cut(folded.chars(), self.labels.words(), lexicon);
        let mut identity = identity::identity(&folded, &tokens, lexicon);
        identity.year = identity.year.or(year);
        let mut builder = DocumentBuilder::new();
        builder.kind(identity.kind);
        if let Some(year) = identity.year {
            builder.year(year);
        }
        if let Some((start, end)) = identity.department {
            builder.department(source.slice(folded.span(start, end)));
        }
        let source = Arc::new(source);
        let id = builder.source(Arc::clone(&source));

        // What is surely a table is none of the prose, which sees a line end there.
        let found = table::find::find(&source, id, self.labels.words());
        let about = self.about(builder.document());
        let mut stated = table::Stated::default();
        let mut tables: Vec<(Span, usize)> = Vec::new();
        for region in found {
            let is_sure = region.is_ruled || table::find::is_sure(&region.grid, self.labels.words());
            if is_sure && stated.grid(&region.grid, table::Rows::Ragged, &about) {
                tables.push((region.span, stated.statements.len()));
            }
        }
        let regions: Vec<Span> = tables.iter().map(|(span, _)| *span).collect();
        let tokens = outside(tokens, &folded, &regions);
        let text = prose::Text { source: &source, folded: &folded, tokens: &tokens, identity: &identity };
        let mut statements = prose::Walker::walk(&text, &self.labels, lexicon, self.is_asked);
        stated.renumber(&statements);
        let unread = unread.into_iter().map(|(start, end)| folded.span(start, end));
        let unread: Vec<Place> = unread
            .filter(|span| within(*span, &regions).is_none())
            .map(|span| Place::Text { source: id, span })
            .collect();
        statements = woven(statements, stated.statements, &tables);

        for place in unread.into_iter().chain(stated.unread) {
            builder.unread(place);
        }
        for statement in statements {
            builder.statement(statement)?;
        }
        stated.rows.into_iter().try_for_each(|row| builder.row(row))?;
        Ok(builder.build())
    }
}

/// As much of a label as is kept: of a very long one its end.
fn label(text: &str) -> &str {
    let start = text.len().saturating_sub(limits::LABEL_BYTES);
    let start = (start..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(start..).unwrap_or(text)
}

/// A statement whose whole is another one by number.
fn moved(mut statement: Statement, by: impl Fn(StatementId) -> StatementId) -> Statement {
    if let Some(parent) = &mut statement.parent {
        parent.statement = parent.statement.map(by);
    }
    statement
}

/// The region that a span starts in; regions stand in the order of the text.
fn within(span: Span, regions: &[Span]) -> Option<usize> {
    let after = regions.partition_point(|region| region.start() <= span.start());
    let at = after.checked_sub(1)?;
    regions.get(at).filter(|region| span.start() < region.end()).map(|_| at)
}

/// The tokens outside some regions. The line end behind a region is outside it.
fn outside(tokens: Vec<Token>, folded: &Folded, regions: &[Span]) -> Vec<Token> {
    if regions.is_empty() {
        return tokens;
    }
    let is_outside =
        |token: &Token| within(folded.span(token.start, token.end.max(token.start + 1)), regions).is_none();
    tokens.into_iter().filter(is_outside).collect()
}

/// The statements of prose and of tables, in the order of the text. Those of a table stay together.
fn woven(prose: Vec<Statement>, tables: Vec<Statement>, regions: &[(Span, usize)]) -> Vec<Statement> {
    if tables.is_empty() {
        return prose;
    }
    let (mut woven, mut prose_ids, mut table_ids) = (Vec::new(), Vec::new(), Vec::new());
    let mut tables = tables.into_iter();
    let mut regions = regions.iter().peekable();
    let mut taken = 0_usize;
    let mut table = |woven: &mut Vec<(bool, Statement)>, ids: &mut Vec<usize>, until: usize| {
        for statement in tables.by_ref().take(until.saturating_sub(taken)) {
            ids.push(woven.len());
            woven.push((true, statement));
        }
        taken = until.max(taken);
    };
    for statement in prose {
        let (_, span) = statement.place.in_text();
        while let Some((_, until)) = regions.next_if(|(region, _)| region.start() < span.start()) {
            table(&mut woven, &mut table_ids, *until);
        }
        prose_ids.push(woven.len());
        woven.push((false, statement));
    }
    for (_, until) in regions {
        table(&mut woven, &mut table_ids, *until);
    }
    let number = |ids: &Vec<usize>, id: StatementId| {
        ids.get(id.index()).map_or(id, |position| StatementId::from_index(*position))
    };
    let renumbered = woven.into_iter().map(|(is_of_table, statement)| {
        let ids = if is_of_table { &table_ids } else { &prose_ids };
        moved(statement, |id| number(ids, id))
    });
    renumbered.collect()
}
