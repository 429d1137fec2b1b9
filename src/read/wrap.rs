//! Lines that were broken where the page was, put together again.
//!
//! In a text that was copied from a page a sentence goes on over lines, and a word or a figure may stand on two. Such a
//! line end is dropped for recognition; every place still is where it was printed. A line end is only dropped where the
//! line cannot have ended: a heading, an item of a list and a row of a table keep theirs.

use super::lexicon::{Class, Lexicon, Place};
use super::token::list_mark;
use crate::fold::Folded;

/// Columns of the widest page. A text with a longer line was not broken by one.
const PAGE: usize = 120;
/// How many lines must be about as long as the longest before their ends are taken for a page's.
const FULL: usize = 4;

/// A line, by its characters without the line end.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t [char],
    /// Where its line end stands.
    end: usize,
    width: usize,
}

/// The text without the line ends that a page put into it.
pub(super) fn unwrapped(folded: Folded, lexicon: &Lexicon) -> Folded {
    let lines = lines(folded.chars());
    let widest = lines.iter().map(|line| line.width).max().unwrap_or(0);
    let is_full = |line: &Line<'_>| line.width.saturating_mul(5) >= widest.saturating_mul(4);
    let is_page = widest <= PAGE && lines.iter().filter(|line| is_full(line)).count() >= FULL;
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let soft: Vec<usize> = pairs
        .filter(|(line, next)| goes_on(line, next, is_page && is_full(line), lexicon))
        .map(|(line, _)| line.end)
        .collect();
    if soft.is_empty() { folded } else { folded.without(&soft) }
}

fn lines(text: &[char]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0_usize;
    for line in text.split(|c| *c == '\n') {
        let end = start.saturating_add(line.len());
        let width = line.iter().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        lines.push(Line { text: line, end, width });
        start = end.saturating_add(1);
    }
    lines
}

/// Whether a line goes on in the next one.
fn goes_on(line: &Line<'_>, next: &Line<'_>, is_full: bool, lexicon: &Lexicon) -> bool {
    let (Some(last), Some(first)) = (line.text.last(), next.text.first()) else { return false };
    let is_row = |line: &Line<'_>| line.text.contains(&'|') || line.text.contains(&'\t');
    if matches!(last, '。' | '!' | '?' | ';' | ':') || is_row(line) || is_row(next) {
        return false;
    }
    if list_mark(next.text, lexicon).is_some() {
        return false;
    }
    let is_joint = matches!(last, ',' | '、');
    let is_text = |c: &char| !c.is_ascii() || c.is_ascii_digit() || matches!(c, ',' | '.' | '%' | '(' | ')');
    let starts_figure = !last.is_ascii() && starts_figure(next.text, lexicon);
    is_joint || starts_figure || (is_full && is_text(last) && is_text(first))
}

/// `23,067.24 元；`: whether a line starts with a number and its unit, which are of something on the line before.
fn starts_figure(text: &[char], lexicon: &Lexicon) -> bool {
    let digits = text.iter().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).count();
    let after = text.get(digits..).unwrap_or(&[]);
    let after = after.strip_prefix(&[' ']).unwrap_or(after);
    digits > 0 && matches!(lexicon.at(Place::AfterNumber).prefix(after), Some((Class::Unit, _)))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::lexicon;
    use super::*;

    fn read(text: &str) -> String {
        unwrapped(Folded::new(text), lexicon()).chars().iter().collect()
    }

    #[test]
    fn a_sentence_goes_on_where_it_cannot_have_ended() {
        assert_eq!(read("收入包括：甲费5万元、\n乙费3万元。"), "收入包括:甲费5万元、乙费3万元。");
        assert_eq!(read("上年结转结余\n23,067.24元；"), "上年结转结余23,067.24元;");
        let page =
            "一二三四五六七八九十\n甲二三四五六七八九十\n乙二三四五六七八九十\n丙二三四五六七八九十\n丁。";
        assert!(!read(page).contains('\n'));
    }

    #[test]
    fn headings_items_and_rows_end_where_they_end() {
        for text in [
            "一、收入情况\n2019年收入5万元。",
            "其中：\n甲费5万元",
            "甲费 | 5万元 |\n6万元 | 7 |",
            "合计\n5.23\n0.00",
            "甲费，\n1、乙费5万元",
        ] {
            assert_eq!(read(text), Folded::new(text).chars().iter().collect::<String>(), "{text}");
        }
    }
}
