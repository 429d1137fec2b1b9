//! What the author plainly meant, where the grammar knows only what it did not expect.
//!
//! The words are those of clerks who write a rule as a sentence, and of people who come from another language.

use super::error::{Expected, SyntaxError, SyntaxErrorKind as Kind};
use super::explain::{Failure, ends_operand, starts_operand};
use super::outline::{Start, wants_more};
use super::scan::{Token, TokenKind};
use super::symbols::{condition_word, operator_word, severity_word};

/// The kinds of fields: enough to tell `basic money` from two figures side by side.
const KINDS: [&str; 7] = ["money", "rate", "count", "number", "year", "text", "code"];

/// How many tokens, from this one on, are a name with a bracket in it that lacks its backticks: `因公出国（境）费`.
///
/// Only of a name in Chinese: `sum（a）` is a call with the wrong brackets.
pub(super) fn bracketed_name(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let [word, open, inner, close, rest @ ..] = tokens.get(at..)? else { return None };
    let touch = |one: &Token<'_>, next: &Token<'_>| one.end() == next.start;
    let is_word = |token: &Token<'_>| token.kind == TokenKind::Word && !token.text.is_ascii();
    let is_name = is_word(word)
        && operator_word(word.text).is_none()
        && open.is("(")
        && is_word(inner)
        && close.is(")");
    let is_one = touch(word, open) && touch(open, inner) && touch(inner, close);
    let goes_on = rest.first().is_some_and(|after| is_word(after) && touch(close, after));
    (is_name && is_one && (goes_on || open.text == "（")).then_some(if goes_on { 5 } else { 4 })
}

impl<'s> Failure<'_, '_, 's> {
    /// The first guess that fits.
    pub(super) fn meant(&self, found: &Token<'s>) -> Option<SyntaxError> {
        self.severity(found)
            .or_else(|| self.condition(found))
            .or_else(|| self.chinese_operator(found))
            .or_else(|| self.field(found))
            .or_else(|| self.unknown_item(found))
            .or_else(|| self.missing_severity(found))
            .or_else(|| self.head(found))
            .or_else(|| self.quotes(found))
            .or_else(|| self.prior_basis(found))
            .or_else(|| self.comma_between_labels(found))
    }

    /// `"支出预算", "本年支出合计"`
    fn comma_between_labels(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let is_text = |token: Option<&Token<'s>>| token.is_some_and(|token| token.kind == TokenKind::Text);
        let is_between = found.is(",") && is_text(self.token(-1)) && is_text(self.token(1));
        let kind = Kind::WrongSymbol { found: found.text.to_owned(), instead: "|".to_owned() };
        (is_between && self.expects(Expected::Bar)).then(|| SyntaxError::new(kind, found.span()))
    }

    fn first(&self) -> Option<&Token<'s>> {
        self.item.tokens.first()
    }

    /// `必须 split: a == b`, `check split: a == b`
    fn severity(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let word = self.first().filter(|first| first.kind == TokenKind::Word)?;
        let instead = severity_word(word.text)?.to_owned();
        let has_colon = self.has_colon_before(self.item.tokens.len());
        let is_plain = !word.text.is_ascii() || has_colon;
        let heads = starts_operand(found) || found.is_one_of(&["when", "not"]);
        let is_rule = match self.item.start {
            Start::Assertion => self.at == 1 && heads && is_plain,
            Start::Field => {
                self.at == 2 && found.kind != TokenKind::Text || self.at == 3 && wants_more(found)
            }
            _ => false,
        };
        let found = word.text.to_owned();
        is_rule.then(|| SyntaxError::new(Kind::WrongSymbol { found, instead }, word.span()))
    }

    /// `如果 a > 0 那么 b > 0`
    fn condition(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let word = self.token(-1).filter(|word| word.kind == TokenKind::Word && condition_word(word.text))?;
        let before = self.at.checked_sub(2).and_then(|at| self.item.tokens.get(at));
        let starts = before.is_none_or(|before| before.is_one_of(&[":", "(", "and", "or", "implies"]));
        let is_operand = starts_operand(found) || found.is("not");
        let text = word.text.to_owned();
        (starts && is_operand).then(|| SyntaxError::new(Kind::IfThen { word: text }, word.span()))
    }

    /// `且` for `and`, here or, as a prefix, right before.
    fn chinese_operator(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let meant = |token: &Token<'s>| {
            let instead = operator_word(token.text).filter(|_| token.kind == TokenKind::Word)?.to_owned();
            let found = token.text.to_owned();
            Some(SyntaxError::new(Kind::WrongSymbol { found, instead }, token.span()))
        };
        if self.item.start == Start::Field || self.item.start.is_block() {
            return None;
        }
        let before = self.token(-1).filter(|before| operator_word(before.text) == Some("not"));
        meant(found).filter(|_| self.at > 0).or_else(|| meant(before?))
    }

    /// `basic money "基本支出"`, `total "支出预算"`, `total: "支出预算"`
    fn field(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let name = self.first().filter(|first| first.is_name())?;
        let field = name.text.to_owned();
        let after = self.token(1);
        let is_label = found.kind == TokenKind::Text
            && after.is_none_or(|after| after.is_one_of(&["|", "under"]) && after.text != "｜");
        let kind = match (self.item.start, self.at) {
            (Start::Assertion, 1) if found.kind == TokenKind::Word && KINDS.contains(&found.text) => {
                let ends = after.is_none_or(|after| {
                    after.kind == TokenKind::Text || after.is("(") && after.start == found.end()
                });
                let kind = found.text.to_owned();
                ends.then_some(Kind::MissingFieldColon { field, kind })?
            }
            (Start::Assertion, 1) | (Start::Field, 2) if is_label => {
                Kind::MissingKind { field, label: found.text.to_owned() }
            }
            _ => return None,
        };
        Some(SyntaxError::new(kind, found.span()))
    }

    /// `msut split: a == b`, `secton s { … }`
    fn unknown_item(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let word = self.token(-1).filter(|word| word.kind == TokenKind::Word && self.at == 1)?;
        let heads = (found.is_name() || found.kind == TokenKind::Text) && !found.starts_line;
        let is_item =
            self.has_colon_before(self.item.tokens.len()) || self.item.next.is_some_and(|next| next.is("{"));
        let is_unknown = self.item.start == Start::Assertion && heads && is_item;
        is_unknown.then(|| SyntaxError::new(Kind::UnknownItem { word: word.text.to_owned() }, word.span()))
    }

    /// `split: a == b`
    fn missing_severity(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let name = self.item.tokens.first().filter(|_| self.item.start == Start::Field && self.at >= 2)?;
        let is_expression = wants_more(found) && !found.is_one_of(&["|", ":", ",", "("])
            || found.kind == TokenKind::Number
            || self.at == 2 && found.is("(");
        is_expression
            .then(|| SyntaxError::new(Kind::MissingSeverity { name: name.text.to_owned() }, name.span()))
    }

    /// What can be said of the head of a table, and of `use`, `unit` and `waive`, whose grammar is a word or two.
    fn head(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let text = found.text.to_owned();
        match self.item.start {
            Start::Unit => Some(SyntaxError::new(Kind::WrongUnit { found: text }, found.span())),
            Start::Use => {
                let (first, last) = (self.item.tokens.get(1)?, self.item.tokens.last()?);
                let rest = self.item.tokens.get(1..)?;
                // `rules/department` is one wrong name; what stands apart on the line is not.
                let is_one = rest.iter().zip(rest.get(1..)?).all(|(one, next)| one.end() == next.start);
                let span = if is_one { first.span().to(last.span()) } else { found.span() };
                let found = if is_one { rest.iter().map(|token| token.text).collect() } else { text };
                Some(SyntaxError::new(Kind::SetNotName { found }, span))
            }
            Start::Table => self.blank(found),
            Start::Waive if self.at == 2 && found.kind == TokenKind::Text => {
                let because = self.token(-1).filter(|because| because.is("because"))?;
                let (found, expected) = (Some(because.text.to_owned()), vec![Expected::Name]);
                Some(SyntaxError::new(Kind::Unexpected { found, expected }, because.span()))
            }
            _ => None,
        }
    }

    /// `blank == 0`, `blank = 1`, `blank 0`
    fn blank(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let is_blank = |distance| self.token(distance).is_some_and(|token| token.is("blank"));
        let text = found.text.to_owned();
        let kind = if is_blank(-1) && found.is("==") {
            Kind::WrongSymbol { found: text, instead: "=".to_owned() }
        } else if is_blank(-1) && self.at > 2
            || is_blank(-2) && self.token(-1).is_some_and(|sign| sign.is("=="))
        {
            Kind::WrongBlank { found: text }
        } else {
            return None;
        };
        Some(SyntaxError::new(kind, found.span()))
    }

    /// A label or a title without its quotes.
    fn quotes(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let is_text_due = self.expects(Expected::Text) && !self.expects(Expected::Operand);
        let ends_head = || self.token(1).is_some_and(|next| next.is_one_of(&[":", "when", "en", "{"]));
        let is_word = self.token(1).is_some_and(|next| next.kind == TokenKind::Text);
        let is_apart = self.token(-1).is_some_and(|before| before.end() < found.start);
        let is_plain = !found.starts_line
            && match self.item.start {
                Start::Rule | Start::Section | Start::Table => ends_head(),
                Start::Assertion | Start::Each => false,
                _ => true,
            };
        let text = found.text.to_owned();
        (found.is_name() && found.kind == TokenKind::Word && is_text_due && is_apart && is_plain && !is_word)
            .then(|| SyntaxError::new(Kind::MissingQuotes { text }, found.span()))
    }

    /// `total@prior budget`, `delta(prior budget)`
    fn prior_basis(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let prior = self.token(-1).filter(|before| before.is("prior") && ends_operand(before))?;
        let basis = found.text.to_owned();
        let is_basis = found.is_one_of(&["budget", "actual"]) && self.expects(Expected::Operator);
        is_basis.then(|| SyntaxError::new(Kind::MisplacedPriorBasis { basis }, prior.span().to(found.span())))
    }
}
