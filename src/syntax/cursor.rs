//! Walking what pest read, one expected piece after the other.
//!
//! A [`Cursor`] is asked for what the grammar promises. Where grammar and reader disagree the answer is an error with a
//! place, not a panic: that disagreement is a fault of ours, and a rule file must not bring a program down for it.

use pest::iterators::{Pair, Pairs};

use super::ast::{At, Literal, Name, Path, Spanned};
use super::error::{SyntaxError, SyntaxErrorKind as Kind};
use super::grammar::Rule;
use crate::quantity::{Amount, Quantity, Unit};
use crate::source::Span;

/// The pieces inside a piece, from left to right.
pub(super) struct Cursor<'i> {
    pairs: Pairs<'i, Rule>,
    /// Where the parsed text starts in its source.
    base: usize,
    /// Where to point when there is no piece left.
    around: Span,
}

/// One piece of what pest read.
pub(super) struct Node<'i> {
    pair: Pair<'i, Rule>,
    base: usize,
}

impl<'i> Cursor<'i> {
    pub(super) fn new(pairs: Pairs<'i, Rule>, base: usize, around: Span) -> Cursor<'i> {
        Cursor { pairs, base, around }
    }

    /// The next piece, whatever it is.
    pub(super) fn next(&mut self) -> Result<Node<'i>, SyntaxError> {
        let base = self.base;
        self.pairs.next().map(|pair| Node { pair, base }).ok_or(SyntaxError::new(Kind::Internal, self.around))
    }

    /// The next piece, which is of this rule.
    pub(super) fn expect(&mut self, wanted: Rule) -> Result<Node<'i>, SyntaxError> {
        let node = self.next()?;
        if node.rule() == wanted { Ok(node) } else { Err(node.surprise()) }
    }

    /// The next piece where it is of this rule.
    pub(super) fn take(&mut self, wanted: Rule) -> Option<Node<'i>> {
        self.peek().filter(|next| *next == wanted)?;
        self.next().ok()
    }

    /// The rule of the next piece.
    pub(super) fn peek(&self) -> Option<Rule> {
        self.pairs.peek().map(|pair| pair.as_rule())
    }

    /// The next piece, which is a name.
    pub(super) fn name(&mut self) -> Result<Name, SyntaxError> {
        self.next()?.name()
    }

    /// The text of the next piece, which is a string.
    pub(super) fn string(&mut self) -> Result<Spanned<String>, SyntaxError> {
        self.expect(Rule::string)?.string()
    }

    /// Nothing is left.
    pub(super) fn finish(mut self) -> Result<(), SyntaxError> {
        match self.next() {
            Ok(node) => Err(node.surprise()),
            Err(_) => Ok(()),
        }
    }
}

impl<'i> Node<'i> {
    pub(super) fn rule(&self) -> Rule {
        self.pair.as_rule()
    }

    pub(super) fn text(&self) -> &'i str {
        self.pair.as_str()
    }

    /// The bytes of this piece in the source. Exact for words and brackets; longer pieces may end in blanks.
    pub(super) fn span(&self) -> Span {
        let span = self.pair.as_span();
        Span::new(self.base.saturating_add(span.start()), self.base.saturating_add(span.end()))
    }

    pub(super) fn inside(self) -> Cursor<'i> {
        let around = self.span();
        Cursor { pairs: self.pair.into_inner(), base: self.base, around }
    }

    /// The error for a piece that the reader did not foresee.
    pub(super) fn surprise(&self) -> SyntaxError {
        SyntaxError::new(Kind::Internal, self.span())
    }

    pub(super) fn name(self) -> Result<Name, SyntaxError> {
        let span = self.span();
        let node = match self.rule() {
            Rule::ident | Rule::callee => self.text().to_owned(),
            Rule::quoted => self.text().trim_matches('`').to_owned(),
            _ => return Err(self.surprise()),
        };
        Ok(Spanned { node, span })
    }

    pub(super) fn string(self) -> Result<Spanned<String>, SyntaxError> {
        let span = self.span();
        let mut inside = self.inside();
        let text = inside.expect(Rule::text)?.text();
        inside.finish()?;
        let mut node = String::with_capacity(text.len());
        let mut characters = text.chars();
        while let Some(c) = characters.next() {
            node.extend(if c == '\\' { characters.next() } else { Some(c) });
        }
        Ok(Spanned { node, span })
    }

    /// `0.01 万元`
    pub(super) fn literal(self) -> Result<Spanned<Literal>, SyntaxError> {
        let span = self.span();
        let over = |error| SyntaxError::new(Kind::Figure(error), span);
        let mut inside = self.inside();
        let amount: Amount = inside.expect(Rule::number)?.text().parse().map_err(over)?;
        let unit = match inside.take(Rule::percent).or_else(|| inside.take(Rule::unit)) {
            Some(node) => Some(Unit::named(node.text()).ok_or_else(|| node.surprise())?),
            None => None,
        };
        inside.finish()?;
        // 15 digits are no figure when they are counted in 万元.
        Quantity::new(amount, unit.clone().unwrap_or(Unit::Plain)).map_err(over)?;
        Ok(Spanned { node: Literal { amount, unit }, span })
    }

    /// `expenditure.total@prior`
    pub(super) fn path(self) -> Result<Spanned<Path>, SyntaxError> {
        let span = self.span();
        // Most names are one word: a list with room for more would be most of a rule's memory.
        let (mut names, mut code, mut at) = (Vec::with_capacity(1), None, Vec::new());
        let mut inside = self.inside();
        while inside.peek().is_some() {
            let node = inside.next()?;
            match node.rule() {
                Rule::at => at.push(node.at()?),
                Rule::row => code = Some(Box::new(node.inside().string()?)),
                _ => names.push(node.name()?),
            }
        }
        Ok(Spanned { node: Path { names: names.into(), code, at: at.into() }, span })
    }

    /// `expenditure.split`, the name of a rule or of a figure.
    pub(super) fn dotted(self) -> Result<Spanned<Vec<Name>>, SyntaxError> {
        let span = self.span();
        let mut inside = self.inside();
        let mut names = Vec::new();
        while inside.peek().is_some() {
            names.push(inside.name()?);
        }
        Ok(Spanned { node: names, span })
    }

    /// The `prior` of `@prior`.
    fn at(self) -> Result<Spanned<At>, SyntaxError> {
        let mut inside = self.inside();
        let node = inside.next()?;
        inside.finish()?;
        let at = match node.rule() {
            Rule::year => At::Year(node.text().parse().map_err(|_| node.surprise())?),
            Rule::ident => At::Word(node.text().to_owned()),
            _ => return Err(node.surprise()),
        };
        Ok(Spanned { node: at, span: node.span() })
    }
}
