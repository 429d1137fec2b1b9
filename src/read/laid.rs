//! A file that is more than text, laid out as one.
//!
//! In: the text that a file makes (a CSV file itself, the rows of a sheet, what a page shows), and where its tables are.
//! Out: a [`Document`]: what the prose reader makes of the text around the tables, and what the tables state. Places are
//! found in that text first; a sheet and a page then say where in the file that is.

use std::sync::Arc;

use super::rows::Known;
use super::{Reader, identity};
use crate::document::{Document, DocumentBuilder, DocumentError};
use crate::source::{Place, Source, Span};

/// A text with the tables it holds.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    pub(super) source: Arc<Source>,
    /// In the order of the text.
    pub(super) tables: Vec<Known>,
    /// What only leads through the text, such as the number of a row.
    pub(super) silent: Vec<Span>,
}

impl Laid {
    /// The text as the prose reader sees it: a line end where a table stood. Offsets stay what they are.
    fn prose(&self) -> Source {
        let mut bytes = self.source.text().as_bytes().to_vec();
        for span in self.tables.iter().map(|known| known.span).chain(self.silent.iter().copied()) {
            let taken = bytes.get_mut(span.start()..span.end()).unwrap_or_default();
            taken.iter_mut().for_each(|byte| *byte = b' ');
            if let Some(first) = taken.first_mut() {
                *first = b'\n';
            }
        }
        Source::new(self.source.name(), String::from_utf8(bytes).unwrap_or_default())
    }
}

impl Reader {
    /// What a file states; `place` says where a span of its text is in the file.
    pub(super) fn laid(
        &self,
        laid: Laid,
        source: Arc<Source>,
        place: impl Fn(Span) -> Place,
    ) -> Result<Document, DocumentError> {
        let mut builder = DocumentBuilder::from(self.prose_of(laid.prose(), None)?);
        if builder.document().year().is_none() {
            // A file that is all table says its year in its header.
            self.identify(laid.source.text(), &mut builder);
        }
        if builder.document().year().is_none()
            && let Some(year) = identity::year_of_name(laid.source.name())
        {
            builder.year(year);
        }
        let regions: Vec<Span> = laid.tables.iter().map(|known| known.span).collect();
        let grids: Vec<_> = laid.tables.into_iter().map(|known| known.grid).collect();
        self.grids(&grids, &mut builder)?;
        // Statements of a table stay together, where the table stands.
        let order = |span: Span| {
            let after = regions.partition_point(|region| region.start() <= span.start());
            let region = after.checked_sub(1).and_then(|at| regions.get(at));
            region.filter(|region| span.start() < region.end()).map_or(span.start(), |region| region.start())
        };
        Ok(builder.build().ordered(order).placed(source, place))
    }
}
