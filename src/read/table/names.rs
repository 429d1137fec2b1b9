//! What the columns of a table are called, and which of them are parts of which.

use super::super::labels::Labels;
use super::heading::Sum;
use super::layout::{Kind, Table};
use super::title::{Name, Title, label_at_end};
use super::words::{Class, Lexicon};

/// A column of figures, as a thing.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// What it is called, where its headings do more than measure.
    pub(super) name: Option<Name>,
    /// Whether that is 合计 with nothing over it: the whole of the row, or of the table.
    pub(super) is_bare: bool,
    /// The names over it, the outermost first.
    pub(super) chain: Vec<Name>,
    /// What it is a part of, and the columns that state that.
    pub(super) whole: Option<Name>,
    pub(super) wholes: Vec<usize>,
    /// How many wholes stand above it.
    pub(super) depth: usize,
}

/// A column while its parts are sought.
struct Draft {
    names: Vec<(Name, Option<Sum>)>,
    is_figures: bool,
}

/// What each column is.
pub(super) fn items(table: &Table, title: &Title, labels: &Labels, lexicon: &Lexicon) -> Vec<Item> {
    let has_labels = table.columns.iter().any(|column| column.kind == Kind::Label);
    let drafts: Vec<Draft> = (0..table.columns.len())
        .map(|column| {
            let mut names = Vec::new();
            for head in table.heads.path(column) {
                let Some((start, end)) = head.heading.name else { continue };
                let chars = head.text.chars.get(start..end).unwrap_or(&[]);
                let is_side = lexicon.is(Class::Income, chars) || lexicon.is(Class::Spending, chars);
                let is_part = lexicon.prefix(Class::Part, chars).is_some();
                if !(is_part || has_labels && is_side) {
                    names.push((Name::of(&head.text, start, end), head.heading.sum));
                }
            }
            let known = table.columns.get(column);
            Draft { names, is_figures: known.is_some_and(|column| column.kind == Kind::Figures) }
        })
        .collect();
    // A column that is called what the table is of is its whole: 三公经费 in a table of it.
    let word = |key: &[char]| key.iter().collect::<String>();
    let subject = title.subject.as_ref().map(|name| word(&name.key));
    let tops: Vec<String> = drafts
        .iter()
        .filter_map(|draft| match draft.names.as_slice() {
            [(name, None)] => Some(word(&name.key)),
            _ => None,
        })
        .collect();
    let mut drafts = drafts;
    for draft in &mut drafts {
        if let [(name, sum)] = draft.names.as_mut_slice() {
            // By the name of the table, or by the rules: two columns at least are parts of it.
            let own = word(&name.key);
            let is_subject = subject.as_ref().is_some_and(|subject| labels.are_one(subject, &own));
            let parts = tops.iter().filter(|top| labels.is_part_of(top, &own)).count();
            if sum.is_none() && (is_subject || parts >= 2) {
                *sum = Some(Sum::Total);
            }
        }
    }
    let mut items: Vec<Item> = drafts.iter().map(|draft| item(draft, title, labels, lexicon)).collect();
    let groups: Vec<Vec<Vec<char>>> = drafts.iter().map(group).collect();
    for (column, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.is_figures) {
        let is_sum = draft.names.last().is_some_and(|(_, sum)| sum.is_some());
        let Some(group) = groups.get(column) else { continue };
        // The sum of a group is a part of the group around it.
        let around =
            if is_sum { group.get(..group.len().saturating_sub(1)).unwrap_or(&[]) } else { group.as_slice() };
        if (is_sum && group.is_empty()) || draft.names.is_empty() {
            continue;
        }
        let sums = |other: &usize| {
            let ends_in_sum = drafts
                .get(*other)
                .is_some_and(|it| it.is_figures && it.names.last().is_some_and(|(_, sum)| sum.is_some()));
            ends_in_sum && groups.get(*other).is_some_and(|group| group.as_slice() == around)
        };
        let wholes: Vec<usize> = (0..drafts.len()).filter(sums).collect();
        let whole = match around.last() {
            // What a table is of is the sum of its columns where it is of one thing only.
            None => wholes.first().and_then(|whole| {
                let own = drafts.get(*whole).and_then(|it| it.names.last()).map(|(name, _)| name.clone());
                own.filter(|name| labels.words().is_word(&name.key)).or_else(|| title.subject.clone())
            }),
            Some(_) => {
                let own = draft.names.len().saturating_sub(if is_sum { 2 } else { 1 });
                draft.names.get(own.saturating_sub(1)).map(|(name, _)| resolved(name, labels))
            }
        };
        if let Some(item) = items.get_mut(column) {
            item.depth = around.len().saturating_add(usize::from(whole.is_some()));
            (item.whole, item.wholes) = (whole, wholes);
        }
    }
    items
}

/// The names over a column, as compared.
fn group(draft: &Draft) -> Vec<Vec<char>> {
    let over = draft.names.len().saturating_sub(1);
    draft.names.iter().take(over).map(|(name, _)| name.key.clone()).collect()
}

fn item(draft: &Draft, title: &Title, labels: &Labels, lexicon: &Lexicon) -> Item {
    let Some(((last, sum), over)) = draft.names.split_last() else { return Item::default() };
    let chain: Vec<Name> = over.iter().map(|(name, _)| name.clone()).collect();
    match (sum, over.last()) {
        (Some(_), Some((group, _))) => Item { name: Some(resolved(group, labels)), chain, ..Item::default() },
        (Some(_), None) if Sum::named(&last.key, lexicon).is_none() => {
            Item { name: Some(last.clone()), ..Item::default() }
        }
        (Some(_), None) => Item {
            name: title.subject.clone().or_else(|| Some(last.clone())),
            is_bare: true,
            ..Item::default()
        },
        (None, _) => Item { name: Some(last.clone()), chain, ..Item::default() },
    }
}

/// A name, or the label that it ends in: 一般公共预算财政拨款“三公”经费 is the “三公”经费.
fn resolved(name: &Name, labels: &Labels) -> Name {
    if labels.words().is_word(&name.key) {
        return name.clone();
    }
    let text = super::words::Text::new(&name.printed);
    label_at_end(&text, text.chars.len(), labels.words()).unwrap_or_else(|| name.clone())
}
