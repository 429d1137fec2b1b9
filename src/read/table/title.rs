//! What the captions of a table say of all its figures: what it is about, of which year, planned or happened.

use super::super::lexicon::Words;
use super::words::{Class, Lexicon, Text, unit_said};
use crate::document::Basis;

/// What the captions say.
#[derive(Clone, Debug, Default)]
pub(super) struct Title {
    /// The captions that are no units, the innermost first.
    pub(super) texts: Vec<String>,
    /// What the whole table is of: the one label that its title is about. 合计 in it is that.
    pub(super) subject: Option<Name>,
    pub(super) year: Option<i32>,
    pub(super) basis: Option<Basis>,
    /// The title, where it speaks of some of the money only (一般公共预算支出表) and of no subject that is so anyway.
    pub(super) limits: Option<String>,
}

/// A name, as printed and as compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) printed: String,
    pub(super) key: Vec<char>,
}

impl Name {
    pub(super) fn of(text: &Text, start: usize, end: usize) -> Name {
        let key = text.chars.get(start..end).unwrap_or(&[]).to_vec();
        Name { printed: text.slice(start, end).to_owned(), key }
    }
}

/// What some captions say; they stand from the outermost inwards.
pub(super) fn title(captions: &[Text], labels: &Words<()>, lexicon: &Lexicon) -> Title {
    let mut title = Title::default();
    for caption in captions.iter().rev().filter(|caption| unit_said(caption, lexicon).is_none()) {
        title.texts.push(caption.name().to_owned());
        let core = bare(&caption.chars, lexicon);
        title.year = title.year.or_else(|| year(&caption.chars));
        title.basis = title.basis.or(core.basis);
        title.subject = title.subject.take().or_else(|| subject(caption, core.length, labels));
        if lexicon.mentions(Class::Limited, &caption.chars) {
            title.limits = title.limits.or_else(|| Some(caption.name().to_owned()));
        }
    }
    title.limits = title.limits.filter(|_| title.subject.is_none());
    title
}

/// What a heading of labels says that they are labels of: “三公”经费项目.
pub(super) fn heading_subject(heading: &Text, labels: &Words<()>, lexicon: &Lexicon) -> Option<Name> {
    let word = lexicon.suffix(Class::Label, &heading.chars)?;
    let end = heading.chars.len().checked_sub(word)?;
    heading.chars.get(..end).is_some_and(|name| labels.is_word(name)).then(|| Name::of(heading, 0, end))
}

/// A title without the words that titles end in, and what those say.
struct Bare {
    length: usize,
    basis: Option<Basis>,
}

/// `…“三公”经费支出决算统计表`: 统计表 goes, then 支出决算, which says that it happened.
fn bare(chars: &[char], lexicon: &Lexicon) -> Bare {
    let mut bare = Bare { length: chars.len(), basis: None };
    // （公开01表）
    if let [before @ .., ')'] = chars {
        bare.length = before.iter().rposition(|c| *c == '(').unwrap_or(chars.len());
    }
    while let Some(rest) = chars.get(..bare.length) {
        let ends = |class| lexicon.suffix(class, rest);
        let is_fund = ends(Class::Fund).is_some();
        let planned = ends(Class::Planned).filter(|length| !is_fund || *length > 2);
        let says = ends(Class::Happened).max(planned);
        let tail = ends(Class::Tail).filter(|length| *length < rest.len());
        match (says, tail) {
            (Some(says), tail) if bare.basis.is_none() && tail.is_none_or(|tail| tail <= says) => {
                bare.basis = Some(if planned == Some(says) { Basis::Budget } else { Basis::Actual });
                bare.length = bare.length.saturating_sub(says);
            }
            (_, Some(tail)) => bare.length = bare.length.saturating_sub(tail),
            _ => break,
        }
    }
    bare
}

/// The only label that a title is about. Of two it is about neither.
fn subject(caption: &Text, length: usize, labels: &Words<()>) -> Option<Name> {
    let core = caption.chars.get(..length)?;
    let mut found: Option<(usize, usize)> = None;
    let mut at = 0_usize;
    while let Some(rest) = core.get(at..).filter(|rest| !rest.is_empty()) {
        match labels.prefix(rest) {
            Some(((), length)) => {
                if found.is_some() {
                    return None;
                }
                found = Some((at, at.saturating_add(length)));
                at = at.saturating_add(length);
            }
            None => at = at.saturating_add(1),
        }
    }
    let (start, end) = found.filter(|(_, end)| *end == length)?;
    Some(Name::of(caption, start, end))
}

/// The label that a name ends in: 一般公共预算财政拨款“三公”经费.
pub(super) fn label_at_end(text: &Text, end: usize, labels: &Words<()>) -> Option<Name> {
    let start =
        (0..end).find(|start| text.chars.get(*start..end).is_some_and(|name| labels.is_word(name)))?;
    Some(Name::of(text, start, end))
}

/// The first year that a caption names.
fn year(chars: &[char]) -> Option<i32> {
    let at = chars.windows(5).position(
        |window| matches!(window, [a, b, c, d, '年'] if [a, b, c, d].iter().all(|c| c.is_ascii_digit())),
    )?;
    let digits: String = chars.get(at..at.saturating_add(4))?.iter().collect();
    digits.parse().ok().filter(|year| (1990..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::super::words::lexicon;
    use super::*;

    fn read(captions: &[&str]) -> String {
        let mut labels = Words::default();
        ["三公经费", "机关运行经费", "支出预算", "公务接待费", "政府采购"]
            .iter()
            .for_each(|label| labels.insert(label, ()));
        let captions: Vec<Text> = captions.iter().map(|caption| Text::new(caption)).collect();
        let title = title(&captions, &labels, lexicon());
        let subject = title.subject.map_or("none".to_owned(), |name| name.printed);
        format!("{subject} {:?} {:?}", title.year, title.basis)
    }

    #[test]
    fn a_title_says_what_its_table_is_of() {
        assert_eq!(
            read(&["全县2016年“三公”经费决算统计表", "单位：万元"]),
            "“三公”经费 Some(2016) Some(Actual)"
        );
        assert_eq!(read(&["2025年一般公共预算“三公”经费支出预算表"]), "“三公”经费 Some(2025) Some(Budget)");
        assert_eq!(read(&["政府采购情况表（公开11表）"]), "政府采购 None None");
    }

    #[test]
    fn a_title_of_two_things_is_of_neither() {
        assert_eq!(read(&["2017年度“三公”经费及机关运行经费支出决算表"]), "none Some(2017) Some(Actual)");
        assert_eq!(read(&["收入支出决算总表"]), "none None Some(Actual)");
        assert_eq!(read(&["一般公共预算支出情况表"]), "none None None");
    }
}
