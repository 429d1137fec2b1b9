//! What the reader knows of a rule set: its labels, and which of them are parts of which.

use std::collections::{HashMap, HashSet};

use super::lexicon::Words;
use crate::ruleset::field::FieldId;
use crate::ruleset::vocabulary::Vocabulary;

/// How far up a whole of a whole is looked for.
const LEVELS: usize = 6;

/// The labels of a rule set, folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    words: Words<()>,
    fields: HashMap<Box<str>, Box<[FieldId]>>,
    /// The parts of each sum that the rules set equal to one amount.
    sums: Vec<Vec<FieldId>>,
    /// What a field is a part of, and by which sum.
    wholes: HashMap<FieldId, Vec<(FieldId, usize)>>,
    with_parts: HashSet<FieldId>,
}

impl Labels {
    /// The labels of a vocabulary, and the whole and the parts of each sum.
    pub(super) fn new(
        vocabulary: &Vocabulary,
        sums: impl IntoIterator<Item = (FieldId, Vec<FieldId>)>,
    ) -> Labels {
        let mut labels = Labels::default();
        for label in vocabulary.labels() {
            labels.words.insert(label, ());
            let fields = vocabulary.uses(label).iter().map(|usage| usage.field).collect();
            labels.fields.insert(label.into(), fields);
        }
        for (sum, (whole, parts)) in sums.into_iter().enumerate() {
            labels.with_parts.insert(whole);
            for part in &parts {
                labels.wholes.entry(*part).or_default().push((whole, sum));
            }
            labels.sums.push(parts);
        }
        labels
    }

    /// The labels as words.
    pub(super) fn words(&self) -> &Words<()> {
        &self.words
    }

    /// The fields that go by a folded label.
    pub(super) fn fields(&self, label: &str) -> &[FieldId] {
        self.fields.get(label).map_or(&[], |fields| fields)
    }

    /// Whether two folded labels are labels of one field.
    pub(super) fn are_one(&self, one: &str, other: &str) -> bool {
        one == other || self.fields(one).iter().any(|field| self.fields(other).contains(field))
    }

    /// Whether a folded label is directly a part of another by the sums of the rules.
    pub(super) fn is_part_of(&self, part: &str, whole: &str) -> bool {
        let wholes = self.fields(part).iter().filter_map(|field| self.wholes.get(field)).flatten();
        let own = self.fields(whole);
        wholes.into_iter().any(|(whole, _)| own.contains(whole))
    }

    /// Whether a field has parts by the sums of the rules.
    pub(super) fn is_whole(&self, field: FieldId) -> bool {
        self.with_parts.contains(&field)
    }

    /// The sums of a whole that a folded label, or what it is a part of, is in.
    pub(super) fn ways(&self, label: &str, whole: FieldId) -> Vec<usize> {
        let above = self.wholes(label);
        let parts = self.fields(label).iter().chain(&above);
        let sums = parts.filter_map(|part| self.wholes.get(part)).flatten();
        sums.filter(|(of, _)| *of == whole).map(|(_, sum)| *sum).collect()
    }

    /// Whether all parts of a sum are among some fields.
    pub(super) fn is_complete(&self, sum: usize, fields: &HashSet<FieldId>) -> bool {
        self.sums.get(sum).is_some_and(|parts| parts.iter().all(|part| fields.contains(part)))
    }

    /// What a folded label is a part of by the sums of the rules: the fields, nearest first.
    pub(super) fn wholes(&self, label: &str) -> Vec<FieldId> {
        let mut found: Vec<FieldId> = Vec::new();
        let mut level: Vec<FieldId> = self.fields(label).to_vec();
        for _ in 0..LEVELS {
            let above = level.iter().filter_map(|part| self.wholes.get(part)).flatten();
            let mut fresh: Vec<FieldId> = Vec::new();
            for (whole, _) in above {
                if !found.contains(whole) && !fresh.contains(whole) {
                    fresh.push(*whole);
                }
            }
            if fresh.is_empty() {
                break;
            }
            found.extend(&fresh);
            level = fresh;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RuleSet;

    fn wholes(rules: &str, label: &str) -> Vec<String> {
        let rules = RuleSet::parse(rules).unwrap();
        let labels = Labels::new(rules.vocabulary(), rules.sums());
        let names = labels.wholes(label).into_iter().filter_map(|id| rules.field(id));
        names.map(|field| field.labels().first().cloned().unwrap_or_default().to_string()).collect()
    }

    const FIELDS: &str = "t: money \"总\"\na: money \"甲\"\nb: money \"乙\"\nc: money \"丙\"\n";

    #[test]
    fn a_sum_says_what_is_a_part_of_what() {
        let rules = format!("{FIELDS}must s: a + b == t\nmust u: b == c + (t ?? 0)\n");
        assert_eq!(wholes(&rules, "甲"), ["总", "乙"]);
        assert_eq!(wholes(&rules, "丙"), ["乙", "总"]);
        assert_eq!(wholes(&rules, "丁"), [""; 0]);
    }

    #[test]
    fn a_difference_or_a_bound_says_nothing() {
        let rules = format!("{FIELDS}must s: a - b == t\nmust u: b + c <= t\nmust v: a + b == t@prior\n");
        assert_eq!(wholes(&rules, "甲"), [""; 0]);
        assert_eq!(wholes(&rules, "丙"), [""; 0]);
    }
}
