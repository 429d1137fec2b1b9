//! Rows out of cells: rows that were broken over lines, and rows of a table of one cell a line.

use super::super::lexicon::Words;
use super::head::{self, Head};
use super::heading::Heading;
use super::piece::{Piece, append, is_number};
use super::words::{Class, Lexicon, Text, unit_said};

/// Columns of a table of one cell a line.
const WIDEST: usize = 40;
/// Cells that a table of one cell a line is looked for in.
pub(super) const LONGEST: usize = 4_000;

/// Rows that were broken over two lines, put together: two short ones that make a whole one.
pub(super) fn mended(rows: Vec<(Vec<Piece>, bool)>) -> Vec<Vec<Piece>> {
    let mut lengths: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for (row, _) in &rows {
        *lengths.entry(row.len()).or_default() += 1;
    }
    let usual = lengths.iter().max_by_key(|(length, count)| (**count, **length));
    let Some((width, count)) = usual.map(|(width, count)| (*width, *count)) else { return Vec::new() };
    let mut mended: Vec<(Vec<Piece>, bool)> = Vec::new();
    for (row, is_closed) in rows {
        let is_regular = count >= 2;
        if let Some((before, was_closed)) = mended.last_mut().filter(|_| is_regular && row.len() < width) {
            let together = before.len().saturating_add(row.len());
            let goes_on = row.first().is_some_and(|first| is_number(first) || first.text.is_empty());
            let starts = before.len() < width && before.first().is_some_and(|first| !is_number(first));
            if *was_closed && together == width && goes_on && starts && before.iter().any(is_number) {
                before.extend(row);
                *was_closed = is_closed;
                continue;
            }
            if !*was_closed && together == width.saturating_add(1) && starts {
                let mut row = row.into_iter();
                if let Some(first) = row.next() {
                    append(before, first);
                }
                before.extend(row);
                *was_closed = is_closed;
                continue;
            }
        }
        mended.push((row, is_closed));
    }
    mended.into_iter().map(|(row, _)| row).collect()
}

/// What a cell of a stream is, for finding how wide the table is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Blank,
    Figure,
    Words,
}

fn sort(cell: &Piece) -> Sort {
    match cell.text.as_str() {
        "" | "-" | "—" | "--" | "——" => Sort::Blank,
        _ if is_number(cell) => Sort::Figure,
        _ => Sort::Words,
    }
}

/// The rows of a stream of cells whose merged headings left nothing behind, where its headings fit its rows in one way.
pub(super) fn by_headings(cells: &[Piece], labels: &Words<()>, lexicon: &Lexicon) -> Option<Vec<Vec<Piece>>> {
    if cells.len() > LONGEST {
        return None;
    }
    let is_caption = |cell: &&Piece| {
        let text = Text::new(&cell.text);
        unit_said(&text, lexicon).is_some()
            || (text.chars.len() > 4 && lexicon.suffix(Class::Title, &text.chars).is_some())
    };
    let above = cells.iter().take_while(is_caption).count();
    let (captions, cells) = cells.split_at_checked(above)?;
    let first = cells.iter().position(|cell| sort(cell) == Sort::Figure)?;
    let header = |end: usize| -> Option<Vec<Head>> {
        let heads = cells.get(..end)?.iter().map(|cell| {
            let text = Text::new(&cell.text);
            let heading = Heading::read(&text, labels, lexicon);
            (sort(cell) == Sort::Words).then_some(Head { text, heading, place: None })
        });
        heads.collect()
    };
    let labelled = || {
        let start = first.checked_sub(1)?;
        let (width, body) = labelled(cells.get(start..)?)?;
        let starts = head::cuts(&header(start)?, width, lexicon)?;
        Some((start, starts, body))
    };
    let unlabelled = || {
        let (heads, body) = (header(first)?, cells.get(first..)?);
        // Without labels every cell is a figure, and the rows are as long as the headings allow.
        let mut ways = (2..=heads.len().min(body.len()))
            .filter(|width| body.len().checked_rem(*width) == Some(0))
            .filter(|_| body.iter().all(|cell| sort(cell) != Sort::Words))
            .filter_map(|width| Some((width, head::cuts(&heads, width, lexicon)?)));
        let (Some((width, starts)), None) = (ways.next(), ways.next()) else { return None };
        Some((first, starts, body.chunks(width).map(<[Piece]>::to_vec).collect()))
    };
    let (end, starts, body): (usize, Vec<usize>, Vec<Vec<Piece>>) = labelled().or_else(unlabelled)?;
    let ends = starts.iter().skip(1).copied().chain([end]);
    let headings = starts.iter().zip(ends).filter_map(|(from, to)| Some(cells.get(*from..to)?.to_vec()));
    let captions = captions.iter().map(|caption| vec![caption.clone()]);
    Some(captions.chain(headings).chain(body).collect())
}

/// The rows of cells of which each starts with words before a figure, and how long most are.
fn labelled(cells: &[Piece]) -> Option<(usize, Vec<Vec<Piece>>)> {
    let is_words = |at: usize| cells.get(at).map(sort) == Some(Sort::Words);
    let is_start = |at: &usize| {
        is_words(*at) && at.checked_add(1).is_some_and(|next| !is_words(next) && next < cells.len())
    };
    let starts: Vec<usize> = (0..cells.len()).filter(is_start).collect();
    let ends = starts.iter().skip(1).copied().chain([cells.len()]);
    let rows: Vec<&[Piece]> = starts.iter().zip(ends).filter_map(|(from, to)| cells.get(*from..to)).collect();
    let mut lengths: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for row in &rows {
        *lengths.entry(row.len()).or_default() += 1;
    }
    let (width, count) = lengths.into_iter().max_by_key(|(length, count)| (*count, *length))?;
    if starts.first() != Some(&0) || count.saturating_mul(2) <= rows.len() {
        return None;
    }
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let (own, more) = row.split_at_checked(width).unwrap_or((row, &[]));
        out.push(own.to_vec());
        // Words between two rows head those below, or are said of the table.
        if more.iter().any(|cell| sort(cell) != Sort::Words) {
            return None;
        }
        out.extend(more.iter().map(|cell| vec![cell.clone()]));
    }
    Some((width, out))
}

/// The rows of a stream of cells, where it has one width. `ends` are positions where a row surely ends.
pub(super) fn by_width(cells: &[Piece], ends: &[usize]) -> Option<Vec<Vec<Piece>>> {
    if cells.len() > LONGEST {
        return None;
    }
    let sorts: Vec<Sort> = cells.iter().map(sort).collect();
    let divides = |width: &usize| {
        cells.len().checked_rem(*width) == Some(0)
            && ends.iter().all(|end| end.checked_rem(*width) == Some(0))
    };
    let widths: Vec<usize> = (2..=WIDEST.min(cells.len() / 2))
        .filter(divides)
        .filter(|width| is_regular(&sorts, *width))
        .collect();
    // Rows with a label are told by it; else the table is as wide as its ends allow.
    let labelled = widths.iter().find(|width| {
        sorts
            .chunks(**width)
            .filter(|row| row.contains(&Sort::Figure))
            .all(|row| row.first() == Some(&Sort::Words))
    });
    let first_figure = sorts.iter().position(|sort| *sort == Sort::Figure)?;
    let headed = widths.iter().rev().find(|width| first_figure.checked_rem(**width) == Some(0));
    let width = *labelled.or(headed)?;
    Some(cells.chunks(width).map(<[Piece]>::to_vec).collect())
}

/// Whether rows of a width are rows: headings, then rows whose cells are of one sort by column.
fn is_regular(sorts: &[Sort], width: usize) -> bool {
    let rows: Vec<&[Sort]> = sorts.chunks(width).collect();
    let header = rows.iter().take_while(|row| !row.contains(&Sort::Figure)).count();
    let body = rows.get(header..).unwrap_or(&[]);
    let by_column = |column: usize| {
        let said = body.iter().filter_map(|row| row.get(column)).filter(|sort| **sort != Sort::Blank);
        let words = said.clone().filter(|sort| **sort == Sort::Words).count();
        words == 0 || words == said.count()
    };
    let words_first = body.iter().filter(|row| row.contains(&Sort::Figure)).all(|row| {
        let words = row.iter().filter(|sort| **sort == Sort::Words).count();
        words <= 1 && (words == 0 || row.first() == Some(&Sort::Words))
    });
    (1..=4).contains(&header) && !body.is_empty() && words_first && (0..width).all(by_column)
}
