//! What the whole text says of itself: its year, its kind, its department.

use std::collections::BTreeMap;

use super::clause::{Clause, clauses};
use super::lexicon::{Class, Lexicon};
use super::phrase::{Measure, Phrase, phrases};
use super::token::{Kind, Mark, Token};
use crate::document::{Basis, DocumentKind, Period};
use crate::fold::Folded;

/// A title is short; a longer first line is a sentence.
const TITLE: usize = 60;

/// What a text says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) year: Option<i32>,
    pub(super) kind: DocumentKind,
    /// The characters of the department's name.
    pub(super) department: Option<(usize, usize)>,
}

pub(super) fn identity(folded: &Folded, tokens: &[Token], lexicon: &Lexicon) -> Identity {
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    // Years beside no figure count only where no figure states one.
    let mut passing: BTreeMap<i32, usize> = BTreeMap::new();
    let mut all = Count::default();
    let mut heads = Count::default();
    let mut starts_line = true;
    for clause in clauses(tokens) {
        let is_head = starts_line && clause.end == Mark::LineEnd;
        // Most clauses name no year and measure nothing against a budget: their phrases tell nothing.
        let phrases = if clause.tokens.iter().any(may_tell) { phrases(clause.tokens) } else { Vec::new() };
        for phrase in &phrases {
            let states = phrase.figure.is_some() || is_head;
            // 2019年和2018年分别为: each of them.
            let in_turn = phrase.tokens.iter().filter_map(|token| match token.kind {
                Kind::Year(year) if phrase.is_respective => Some(year),
                _ => None,
            });
            let own = match phrase.period {
                Some(Period::Year(year)) if !phrase.is_respective => Some(year),
                _ => None,
            };
            for year in own.into_iter().chain(in_turn) {
                *(if states { &mut years } else { &mut passing }).entry(year).or_default() += 1;
            }
        }
        all.add(clause.tokens);
        all.happened += usize::from(happened(&clause, &phrases, folded, lexicon));
        if is_head {
            heads.add(clause.tokens);
            let (start, end) = clause.range().unwrap_or_default();
            heads.execution += usize::from(lexicon.mentions(Class::Execution, folded.slice(start, end)));
        }
        if !clause.tokens.is_empty() {
            starts_line = clause.end == Mark::LineEnd;
        }
    }
    // The latest of the most frequent.
    let years = if years.is_empty() { passing } else { years };
    let year = years.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year);
    Identity { year, kind: kind(&all, &heads), department: department(tokens) }
}

/// The year in a file's name, where there is just one: `dayao-2024.txt`. A text that names no year is of that year.
pub(super) fn year_of_name(name: &str) -> Option<i32> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let runs = name.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    let mut years = runs.filter_map(|run| run.parse().ok()).filter(|year| (1990..2100).contains(year));
    let year = years.next()?;
    years.all(|other| other == year).then_some(year)
}

#[derive(Debug, Default)]
struct Count {
    budget: usize,
    actual: usize,
    execution: usize,
    /// Clauses that only a text of what has happened has.
    happened: usize,
}

impl Count {
    fn add(&mut self, tokens: &[Token]) {
        for token in tokens {
            match token.kind {
                Kind::Word(Class::Budget) => self.budget += 1,
                Kind::Word(Class::Actual) => self.actual += 1,
                _ => {}
            }
        }
    }
}

fn kind(all: &Count, heads: &Count) -> DocumentKind {
    let outweighs = |count: &Count| count.actual > count.budget;
    if heads.budget + heads.actual > 0 {
        return match (heads.execution > 0, outweighs(heads)) {
            (_, true) => DocumentKind::Actual,
            (true, false) if heads.execution >= heads.budget => DocumentKind::Execution,
            _ => DocumentKind::Budget,
        };
    }
    // Running text of final accounts names the budget too, as what it is measured against.
    if all.happened > 0 || all.actual > 2 * all.budget { DocumentKind::Actual } else { DocumentKind::Budget }
}

/// Whether a clause measures what happened against the year's own budget, or speaks of a balance that only accounts have.
fn happened(clause: &Clause<'_>, phrases: &[Phrase<'_>], folded: &Folded, lexicon: &Lexicon) -> bool {
    let Some((start, end)) = clause.range() else { return false };
    let measures = |phrase: &Phrase<'_>| {
        let against = phrase.against.is_some_and(|against| {
            against.basis == Some(Basis::Budget)
                && !matches!(against.period, Some(Period::Prior | Period::Year(_)))
        });
        against || (phrase.figure.is_some() && phrase.measure == Some(Measure::Completion))
    };
    phrases.iter().any(measures) || lexicon.mentions(Class::Happened, folded.slice(start, end))
}

/// Whether a phrase with a token may say a year, or a measure against the budget.
fn may_tell(token: &Token) -> bool {
    matches!(token.kind, Kind::Year(_) | Kind::Word(Class::Budget | Class::Completion | Class::Ratio))
}

/// `衡东县委组织部2019年部门预算`: what stands before the year of a title.
fn department(tokens: &[Token]) -> Option<(usize, usize)> {
    let is_end = |token: &Token| token.kind == Kind::Mark(Mark::LineEnd);
    let line = tokens.iter().skip_while(|token| is_end(token));
    let line: Vec<&Token> = line.take_while(|token| !is_end(token)).take(TITLE).collect();
    let (first, second) = (line.first()?, line.get(1)?);
    let is_title = line.iter().any(|token| matches!(token.kind, Kind::Word(Class::Budget | Class::Actual)))
        && !line
            .iter()
            .any(|token| matches!(token.kind, Kind::Mark(Mark::Stop | Mark::Comma) | Kind::Figure(_)))
        && line.last().is_some_and(|last| last.end - first.start <= TITLE);
    let names = first.kind == Kind::Unknown && matches!(second.kind, Kind::Year(_) | Kind::Word(Class::Own));
    (is_title && names).then_some((first.start, first.end))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::{Words, lexicon};
    use super::super::token::tokens;
    use super::*;

    fn of(text: &str) -> Identity {
        let folded = Folded::new(text);
        identity(&folded, &tokens(folded.chars(), &Words::default(), lexicon()), lexicon())
    }

    #[test]
    fn the_year_is_the_one_that_most_figures_state() {
        assert_eq!(of("2019年支出5万元。2019年收入6万元。2018年资产7万元。").year, Some(2019));
        assert_eq!(of("2018年支出5万元。2019年收入6万元。").year, Some(2019));
    }

    #[test]
    fn a_year_that_is_only_compared_with_is_not_the_documents() {
        assert_eq!(of("支出比2018年减少5万元，2019年收入6万元").year, Some(2019));
        assert_eq!(of("支出比2018年减少5万元").year, None);
        assert_eq!(of("2016年决算公布。当年支出5万元").year, Some(2016));
    }

    #[test]
    fn final_accounts_name_the_budget_too() {
        assert_eq!(of("支出决算1万元，年初预算2万元。").kind, DocumentKind::Budget);
        assert_eq!(of("支出1万元，完成年初预算的9%。").kind, DocumentKind::Actual);
        assert_eq!(of("支出1万元，较年初预算数减少2万元。").kind, DocumentKind::Actual);
        assert_eq!(of("支出1万元，较上年预算数减少2万元。").kind, DocumentKind::Budget);
        assert_eq!(of("一、支出决算情况\n支出决算1万元，完成年初预算的9%。").kind, DocumentKind::Actual);
        assert_eq!(of("2019年预算执行情况\n支出1万元").kind, DocumentKind::Execution);
    }

    #[test]
    fn a_files_name_may_say_the_year() {
        assert_eq!(year_of_name("a/2023/大姚-2024.txt"), Some(2024));
        assert_eq!(year_of_name("2023-2024.txt"), None);
        assert_eq!(year_of_name("20240101.txt"), None);
    }

    #[test]
    fn a_title_names_its_department() {
        assert_eq!(of("某县档案馆2019年部门预算\n").department, Some((0, 5)));
        assert_eq!(of("我们2019年完成预算，支出5万元。").department, None);
    }
}
