//! A document with one figure mistyped.

use std::fmt;
use std::sync::Arc;

use proptest::prelude::{BoxedStrategy, Just, Strategy, any};
use proptest::sample::Index;
use proptest::strategy::NewTree;
use proptest::test_runner::TestRunner;

use super::slip::{Slip, slips};
use crate::Document;
use crate::document::StatementId;
use crate::source::Location;

/// A document with one figure mistyped, and what became of it.
///
/// Its `Debug` leaves the document out: what is wanted of a test that failed is the figure.
#[derive(Clone)]
#[non_exhaustive]
pub struct Perturbed {
    /// The document. It is what a reader makes of the text with the figure mistyped in it.
    pub document: Document,
    /// Which figure, in either document.
    pub figure: StatementId,
    /// The figure's path, or else its label; empty for a figure that goes by no words.
    pub name: String,
    /// How it was mistyped.
    pub slip: Slip,
    /// Its characters before.
    pub was: String,
    /// Its characters now.
    pub is: String,
}

/// `a.json:3:20: expenditure.total: 435.78 typed as 435.87 (digits swapped)`.
impl fmt::Display for Perturbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Perturbed { document, figure, name, slip, was, is } = self;
        let place = document.statement(*figure).map(|statement| &statement.place);
        let source = place.and_then(|place| document.source(place.in_text().0));
        if let (Some(place), Some(source)) = (place, source) {
            write!(f, "{}: ", Location::of(place, Arc::clone(source)))?;
        }
        let colon = if name.is_empty() { "" } else { ": " };
        write!(f, "{name}{colon}{was} typed as {is} ({slip})")
    }
}

impl fmt::Debug for Perturbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Perturbed({self})")
    }
}

/// A strategy for a document with one of its figures mistyped; the rest of it stays as it is.
///
/// Every figure is as likely as another, and every slip that can be made of it, but for the sign of an amount, which is
/// rare. A figure always changes its value and stays within the [limits](crate::limits). It shrinks to the first figure and
/// the first [`Slip`] with which a test fails.
///
/// Left alone are figures that cannot be mistyped by themselves: a zero, one in words or capital numerals, one that words
/// repeat (435.78万元，均为拨款), one that blanks or tags part. Of a document that has no other nothing can be generated: the test
/// is aborted with that as its reason.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use gouji::testing::{Slip, perturbed};
/// use gouji::{Checker, Document, RuleSet};
/// use proptest::prelude::*;
///
/// let rules = RuleSet::parse("basic + project == total")?;
/// let document = Document::from_json("a.json", r#"{"basic": "217.38", "project": "218.45", "total": "435.83"}"#)?;
/// proptest!(|(wrong in perturbed(&document))| {
///     let report = Checker::new(&rules).check(&wrong.document);
///     // 217.388 for 217.38 is less than rounding explains.
///     prop_assert!(wrong.slip == Slip::DigitDoubled || report.findings().count() == 1, "{wrong}");
/// });
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn perturbed(document: &Document) -> BoxedStrategy<Perturbed> {
    let mut figures = document.retypable();
    figures.retain(|id| !slips(document, *id).is_empty());
    if figures.is_empty() {
        return NoFigure.boxed();
    }
    let document = document.clone();
    let choice = (0..figures.len(), any::<Index>(), any::<Index>());
    choice
        .prop_filter_map("the cell of the figure shows another text", move |(figure, slip, print)| {
            mistyped(&document, *figures.get(figure)?, slip, print)
        })
        .boxed()
}

fn mistyped(document: &Document, figure: StatementId, slip: Index, print: Index) -> Option<Perturbed> {
    let statement = document.statement(figure)?;
    let slips = slips(document, figure);
    let mut left = slip.index(slips.iter().map(|(slip, _)| slip.weight(statement)).sum::<usize>().max(1));
    let (slip, prints) = slips.into_iter().find(|(slip, _)| {
        let weight = slip.weight(statement);
        let is_it = left < weight;
        left = left.saturating_sub(weight);
        is_it
    })?;
    let is = prints.get(print.index(prints.len().max(1)))?.clone();
    Some(Perturbed {
        document: document.retyped(figure, &is).ok()?,
        figure,
        name: statement.path.clone().unwrap_or_else(|| statement.label.clone()),
        slip,
        was: document.text_of(&statement.place).to_owned(),
        is,
    })
}

/// What can be made of a document without a figure to mistype.
#[derive(Debug)]
struct NoFigure;

impl Strategy for NoFigure {
    type Tree = Just<Perturbed>;
    type Value = Perturbed;

    fn new_tree(&self, _: &mut TestRunner) -> NewTree<NoFigure> {
        Err("the document has no figure that can be mistyped".into())
    }
}
