//! The words that a rule set's fields go by.

use std::collections::BTreeMap;

use super::field::FieldId;
use crate::fold::fold_label;

/// Every label of a rule set in its folded spelling, with the fields that go by it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    labels: BTreeMap<String, Vec<LabelUse>>,
}

/// The words that one table of a rule set goes by, folded.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableWords {
    /// Its titles: a caption that ends in one of them is of this table.
    pub(crate) titles: Vec<String>,
    /// What its columns are headed, and whether they hold words.
    pub(crate) headings: BTreeMap<String, bool>,
}

/// One field's use of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LabelUse {
    pub(crate) field: FieldId,
    /// The label or heading, folded, that it counts under only.
    pub(crate) under: Option<Box<str>>,
}

impl Vocabulary {
    /// Says that a field goes by a label, perhaps only under another.
    pub(crate) fn add(&mut self, label: &str, field: FieldId, under: Option<&str>) {
        let under = under.map(|under| fold_label(under).into());
        // Nearly every label is of one field.
        self.labels
            .entry(fold_label(label))
            .or_insert_with(|| Vec::with_capacity(1))
            .push(LabelUse { field, under });
    }

    /// The labels, folded.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels.keys().map(String::as_str)
    }

    /// The fields that go by a folded label.
    pub(crate) fn uses(&self, folded: &str) -> &[LabelUse] {
        self.labels.get(folded).map_or(&[], Vec::as_slice)
    }

    /// A vocabulary of labels, each of a field of its own.
    #[cfg(test)]
    pub(crate) fn of<'l>(labels: impl IntoIterator<Item = &'l str>) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for (position, label) in labels.into_iter().enumerate() {
            vocabulary.add(label, FieldId::from_index(position), None);
        }
        vocabulary
    }
}
