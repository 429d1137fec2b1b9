//! The fields and sections of a set, and how a name in a rule finds one.

use std::collections::HashMap;

use super::field::{Blank, Field, FieldId, Kind, Section, SectionId, SectionKind, Title};
use super::vocabulary::Vocabulary;
use crate::fold::fold_label;

/// Everything that names resolve to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) sections: Vec<Section>,
    pub(crate) fields: Vec<Field>,
    pub(crate) vocabulary: Vocabulary,
    /// The labels of columns: known in their table only.
    pub(crate) columns: Vocabulary,
    by_path: HashMap<String, FieldId>,
    by_section: HashMap<String, SectionId>,
    /// A set that declares no field: every name is a field of that name.
    pub(crate) is_open: bool,
}

/// What a name was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Field(FieldId),
    /// Several fields go by it.
    Several(Vec<FieldId>),
    Nothing,
}

impl Names {
    pub(crate) fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.get(id.index())
    }

    pub(crate) fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.get(id.index())
    }

    pub(crate) fn field_at(&self, path: &str) -> Option<FieldId> {
        self.by_path.get(path).copied()
    }

    pub(crate) fn section_named(&self, name: &str) -> Option<SectionId> {
        self.by_section.get(name).copied()
    }

    pub(crate) fn add_section(&mut self, section: Section) -> SectionId {
        let id = SectionId::from_index(self.sections.len());
        self.by_section.insert(section.name.clone(), id);
        self.sections.push(section);
        id
    }

    /// Opens a section again: its title stays, others are added. Whether it is still of the same kind.
    pub(crate) fn reopen(
        &mut self,
        id: SectionId,
        kind: SectionKind,
        title: Title,
        other_titles: Vec<String>,
    ) -> bool {
        let Some(section) = self.sections.get_mut(id.index()) else { return false };
        let is_alike = match (section.kind, kind) {
            (SectionKind::Table(Blank::NotStated), SectionKind::Table(blank)) => {
                // Whoever opens the table again may say what its blank cells mean.
                section.kind = SectionKind::Table(blank);
                true
            }
            (SectionKind::Table(_), SectionKind::Table(_)) => true,
            (known, kind) => known == kind,
        };
        match (&section.title.chinese, title.chinese) {
            (Some(known), Some(title)) if *known != title => section.other_titles.push(title.into()),
            (None, title) => section.title.chinese = title,
            _ => {}
        }
        section.title.english = section.title.english.take().or(title.english);
        section.other_titles.extend(other_titles);
        is_alike
    }

    pub(crate) fn set_english(&mut self, field: FieldId, english: &str) {
        if let Some(field) = self.fields.get_mut(field.index()) {
            field.english = Some(english.to_owned());
        }
    }

    pub(crate) fn add_field(
        &mut self,
        section: Option<SectionId>,
        name: &str,
        kind: Option<Kind>,
    ) -> FieldId {
        let path = match section.and_then(|id| self.section(id)) {
            Some(section) => format!("{}.{name}", section.name),
            None => name.to_owned(),
        };
        let id = FieldId::from_index(self.fields.len());
        self.by_path.insert(path.clone(), id);
        self.fields.push(Field { path, section, kind, labels: Vec::new(), english: None });
        id
    }

    /// The table that a field is a column of.
    pub(crate) fn table_of(&self, field: FieldId) -> Option<SectionId> {
        let section = self.field(field)?.section?;
        self.section(section).filter(|section| section.is_table()).map(|_| section)
    }

    pub(crate) fn add_label(&mut self, field: FieldId, label: &str, under: Option<&str>) {
        let is_column = self.table_of(field).is_some();
        let vocabulary = if is_column { &mut self.columns } else { &mut self.vocabulary };
        vocabulary.add(label, field, under);
        if let Some(field) = self.fields.get_mut(field.index()) {
            field.labels.push(label.to_owned());
        }
    }

    /// Looks a name up from inside a section: inner name, inner label, outer name, outer label.
    pub(crate) fn find(&mut self, path: &[&str], section: Option<SectionId>) -> Found {
        let found = self.find_declared(path, section);
        if found == Found::Nothing && self.is_open {
            return Found::Field(self.intern(path));
        }
        found
    }

    /// Looks a name up among those declared.
    pub(crate) fn find_declared(&self, path: &[&str], section: Option<SectionId>) -> Found {
        match path {
            [name] => self.find_plain(name, section),
            [outer, name] => self.find_in_section(outer, name),
            _ => Found::Nothing,
        }
    }

    fn find_plain(&self, name: &str, section: Option<SectionId>) -> Found {
        if let Some(id) = section {
            let inner =
                self.section(id).and_then(|section| self.field_at(&format!("{}.{name}", section.name)));
            if let Some(field) = inner {
                return Found::Field(field);
            }
            let labelled = self.labelled(name, |field| field.section == Some(id));
            if labelled != Found::Nothing {
                return labelled;
            }
        }
        match self.field_at(name) {
            Some(field) => Found::Field(field),
            None => self.labelled(name, |field| !self.is_column(field)),
        }
    }

    /// Whether a table has a column of codes.
    pub(crate) fn has_codes(&self, table: SectionId) -> bool {
        self.fields.iter().any(|field| field.section == Some(table) && field.kind == Some(Kind::Code))
    }

    /// A column of a table, by name or by label.
    pub(crate) fn find_column(&self, name: &str, table: SectionId) -> Found {
        let path = self.section(table).map(|section| format!("{}.{name}", section.name));
        match path.and_then(|path| self.field_at(&path)) {
            Some(field) => Found::Field(field),
            None => self.labelled(name, |field| field.section == Some(table)),
        }
    }

    fn find_in_section(&self, outer: &str, name: &str) -> Found {
        if let Some(field) = self.field_at(&format!("{outer}.{name}")) {
            return Found::Field(field);
        }
        match self.section_named(outer) {
            Some(id) => self.labelled(name, |field| field.section == Some(id)),
            None => Found::Nothing,
        }
    }

    /// A column has no single figure outside its table.
    fn is_column(&self, field: &Field) -> bool {
        field.section.and_then(|id| self.section(id)).is_some_and(Section::is_table)
    }

    fn labelled(&self, label: &str, admits: impl Fn(&Field) -> bool) -> Found {
        let mut hits: Vec<FieldId> = Vec::new();
        let label = fold_label(label);
        for usage in self.vocabulary.uses(&label).iter().chain(self.columns.uses(&label)) {
            if self.field(usage.field).is_some_and(&admits) && !hits.contains(&usage.field) {
                hits.push(usage.field);
            }
        }
        match hits.as_slice() {
            [] => Found::Nothing,
            [one] => Found::Field(*one),
            _ => Found::Several(hits),
        }
    }

    /// In an open set, the field that a name makes by being used.
    fn intern(&mut self, path: &[&str]) -> FieldId {
        let name = path.join(".");
        if let Some(known) = self.field_at(&name) {
            return known;
        }
        let id = self.add_field(None, &name, None);
        if let [label] = path {
            self.add_label(id, label, None);
        }
        id
    }

    /// The name or label nearest to one that is not known, if any is near at all.
    pub(crate) fn nearest(&self, name: &str, section: Option<SectionId>) -> Option<String> {
        let inner =
            self.fields.iter().filter(|field| section.is_some() && field.section == section).map(Field::name);
        let outer = self.fields.iter().flat_map(|field| {
            std::iter::once(field.path.as_str()).chain(field.labels.iter().map(String::as_str))
        });
        nearest_of(name, inner.chain(outer))
    }
}

/// The candidate nearest to a name, if any is near at all; the first of several.
pub(crate) fn nearest_of<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<String> {
    let length = name.chars().count();
    let allowed = length.div_ceil(3).min(3);
    candidates
        // Names that differ more in length cannot be near.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate.to_owned())
}

/// How many characters to insert, drop, change or swap to get from one name to the other (Damerau 1964, in the form
/// that edits no character twice).
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut next = vec![i.saturating_add(1)];
        for (j, b) in to.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX);
            let changed = cell(&row, j).saturating_add(usize::from(a != b));
            let dropped = cell(&row, j.saturating_add(1)).saturating_add(1);
            let inserted = cell(&next, j).saturating_add(1);
            let mut best = changed.min(dropped).min(inserted);
            if let (Some(i), Some(j)) = (i.checked_sub(1), j.checked_sub(1))
                && from.get(i) == Some(b)
                && to.get(j) == Some(a)
            {
                best = best.min(cell(&before, j).saturating_add(1));
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_slips() {
        for (from, to, slips) in [
            ("total", "total", 0),
            ("totla", "total", 1),
            ("projct", "project", 1),
            ("", "ab", 2),
            ("基本支山", "基本支出", 1),
        ] {
            assert_eq!(distance(from, to), slips, "{from} {to}");
        }
    }

    #[test]
    fn inner_names_come_before_outer_ones_and_names_before_labels() {
        let mut names = Names::default();
        let section = names.add_section(Section {
            name: "expenditure".into(),
            title: Title::default(),
            other_titles: Vec::new(),
            kind: SectionKind::Flow,
        });
        let inner = names.add_field(Some(section), "total", Some(Kind::Money));
        let outer = names.add_field(None, "total", Some(Kind::Money));
        names.add_label(inner, "支出合计", None);
        names.add_label(outer, "合计", None);
        assert_eq!(names.find(&["total"], Some(section)), Found::Field(inner));
        assert_eq!(names.find(&["total"], None), Found::Field(outer));
        assert_eq!(names.find(&["支出合计"], None), Found::Field(inner));
        assert_eq!(names.find(&["expenditure", "支出合计"], None), Found::Field(inner));
        names.add_label(outer, "支出合计", None);
        assert_eq!(names.find(&["支出合计"], None), Found::Several(vec![inner, outer]));
        assert_eq!(names.find(&["支出合计"], Some(section)), Found::Field(inner));
        assert_eq!(names.nearest("支出台计", None), Some("支出合计".to_owned()));
        assert_eq!(names.nearest("会议费", None), None);
    }
}
