//! Published prose, as the statements it makes.
//!
//! In: the text of a document, and the [`Vocabulary`] of the rules it will be checked against. Out: a [`Document`] whose
//! every figure has its label as printed, its facet, its period, what it is a part of, and its place. The reader never
//! guesses: a figure it cannot bind keeps its printed words as label and is reported as unclaimed. It knows no rule, it
//! corrects nothing, and it never looks at a figure's value to decide what the figure is.
//!
//! ```text
//! text ── fold ──> characters ── token ──> tokens ── clause, phrase ──> phrases ── prose, state ──> statements
//!                                 │ number: figure, year, or neither              │ focus: subject, list, headings
//!                                 └ lexicon: grammar/prose.lexicon                └ identity: year, kind, department
//! ```

mod clause;
mod focus;
mod identity;
mod lexicon;
mod number;
mod phrase;
mod prose;
mod state;
#[cfg(test)]
mod tests;
mod token;

use crate::document::{Document, DocumentBuilder, DocumentError, DocumentErrorKind};
use crate::fold::Folded;
use crate::limits;
use crate::ruleset::RuleSet;
use crate::ruleset::vocabulary::Vocabulary;
use crate::source::{Place, Source};

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
    labels: lexicon::Words<()>,
}

impl Reader {
    /// A reader that knows the labels of a rule set.
    pub fn new(rules: &RuleSet) -> Reader {
        Reader::of(rules.vocabulary())
    }

    pub(crate) fn of(vocabulary: &Vocabulary) -> Reader {
        let mut labels = lexicon::Words::default();
        vocabulary.labels().for_each(|label| labels.insert(label, ()));
        Reader { labels }
    }

    /// Reads running text, in UTF-8.
    ///
    /// # Errors
    /// [`DocumentErrorKind::NotText`], [`DocumentErrorKind::TooLong`] and [`DocumentErrorKind::TooManyStatements`]; no
    /// text is wrong in any other way.
    pub fn text(&self, name: impl Into<String>, bytes: &[u8]) -> Result<Document, DocumentError> {
        self.prose(DocumentError::text(&name.into(), bytes)?)
    }

    pub(crate) fn prose(&self, source: Source) -> Result<Document, DocumentError> {
        if source.text().len() > limits::DOCUMENT_BYTES {
            return Err(DocumentError::new(source.name(), DocumentErrorKind::TooLong, None));
        }
        let lexicon = lexicon::lexicon();
        let folded = Folded::new(source.text());
        let (tokens, unread) = token::cut(folded.chars(), &self.labels, lexicon);
        let identity = identity::identity(&folded, &tokens, lexicon);
        let statements = prose::Walker::walk(&source, &folded, &tokens, &identity, lexicon);

        let mut builder = DocumentBuilder::new();
        builder.kind(identity.kind);
        if let Some(year) = identity.year {
            builder.year(year);
        }
        if let Some((start, end)) = identity.department {
            builder.department(source.slice(folded.span(start, end)));
        }
        let source = builder.source(source);
        for (start, end) in unread {
            builder.unread(Place::Text { source, span: folded.span(start, end) });
        }
        for statement in statements {
            builder.statement(statement)?;
        }
        Ok(builder.build())
    }
}
