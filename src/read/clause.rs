//! From tokens to clauses: what stands between two marks.
//!
//! A comma between items (、) ends a clause only after a figure. In `会议费、培训费5万元` the 5 belongs to both names, so
//! they stay together and neither claims it.

use super::token::{Kind, Mark, Token};

/// The tokens between two marks, and the mark that ends them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) end: Mark,
}

impl Clause<'_> {
    /// Whether the clause ends in a figure: a bracket after it speaks of that figure.
    pub(super) fn ends_in_figure(&self) -> bool {
        matches!(self.tokens.last().map(|last| &last.kind), Some(Kind::Figure(_)))
    }

    /// Where the words of the clause stand, in folded characters.
    pub(super) fn range(&self) -> Option<(usize, usize)> {
        Some((self.tokens.first()?.start, self.tokens.last()?.end))
    }
}

/// Cuts tokens into clauses. The last one ends as a line does.
pub(super) fn clauses(tokens: &[Token]) -> impl Iterator<Item = Clause<'_>> {
    let mut rest = tokens;
    // Whether a figure stands since the last mark that is no bracket.
    let mut is_settled = false;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length = rest.iter().take_while(|token| {
            is_settled |= matches!(token.kind, Kind::Figure(_));
            match token.kind {
                Kind::Mark(Mark::Pause) => !is_settled,
                Kind::Mark(_) => false,
                _ => true,
            }
        });
        let length = length.count();
        let (inside, after) = rest.split_at_checked(length)?;
        let end = match after.first().map(|token| &token.kind) {
            Some(Kind::Mark(mark)) => *mark,
            _ => Mark::LineEnd,
        };
        is_settled &= matches!(end, Mark::Open | Mark::Close);
        rest = after.get(1..).unwrap_or(&[]);
        Some(Clause { tokens: inside, end })
    })
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::{Words, lexicon};
    use super::super::token::tokens;
    use super::*;
    use crate::fold::Folded;

    fn cut(text: &str) -> Vec<String> {
        let folded = Folded::new(text);
        let tokens = tokens(folded.chars(), &Words::default(), lexicon());
        let shown = clauses(&tokens).map(|clause| {
            let (start, end) = clause.range().unwrap_or((0, 0));
            format!("{} {:?}", folded.slice(start, end).iter().collect::<String>(), clause.end)
        });
        shown.collect()
    }

    #[test]
    fn a_clause_ends_at_its_mark() {
        assert_eq!(
            cut("办公费5万元，其中：水费1万元。"),
            ["办公费5万元 Comma", "其中 Colon", "水费1万元 Stop"]
        );
        assert_eq!(cut("办公费"), ["办公费 LineEnd"]);
    }

    #[test]
    fn items_are_parted_only_after_a_figure() {
        assert_eq!(cut("会议费、培训费5万元、水费1万元"), ["会议费、培训费5万元 Pause", "水费1万元 LineEnd"]);
        assert_eq!(
            cut("水费1万元（含税）、电费2万元"),
            ["水费1万元 Open", "含税 Close", " Pause", "电费2万元 LineEnd"]
        );
    }
}
