//! The words that a rule set's fields go by.

use std::collections::BTreeSet;

use crate::fold::fold_label;

/// Every label of a rule set, in its folded spelling.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    labels: BTreeSet<String>,
}

impl Vocabulary {
    /// A vocabulary of labels.
    pub(crate) fn of<'l>(labels: impl IntoIterator<Item = &'l str>) -> Vocabulary {
        Vocabulary { labels: labels.into_iter().map(fold_label).collect() }
    }

    /// The labels, folded.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().map(String::as_str)
    }
}
