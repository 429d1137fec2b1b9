//! Whose a figure is: the area, the subordinate unit, the department's own part, the words before a verb.

use std::rc::Rc;

use super::focus::Subject;
use super::{OPENING, UNIT_NAME, Walker, starts_with_year};
use crate::quantity::Unit;
use crate::read::clause::Clause;
use crate::read::lexicon::{Class, Place as Where};
use crate::read::phrase::Phrase;
use crate::read::token::{Kind, Mark};

impl Walker<'_> {
    /// Which area, unit and fund a figure speaks of, where not of the document's own.
    pub(super) fn scope(&self, subject: Option<&Subject>, unit: &Unit) -> Vec<String> {
        let organ = self.organ.iter().filter(|_| unit.is_money());
        let qualifier = subject.and_then(|subject| subject.qualifier.as_deref()).map(str::to_owned);
        // A verb may stand between the unit and what it has.
        let qualifier = qualifier.filter(|words| self.unit.as_ref() != Some(words));
        self.area.iter().chain(&self.unit).chain(organ).cloned().chain(qualifier).collect()
    }

    /// The words before a verb that say whose the figure is.
    pub(super) fn qualifier(&self, phrase: &Phrase<'_>) -> Option<Rc<str>> {
        let name = phrase.qualifier?;
        let words = self.folded.slice(name.start, name.end);
        let adverbs = self.lexicon.only(Class::Adverb);
        // 用一般公共预算拨款安排的: where the money comes from changes nothing in a department's own budget.
        let rest = adverbs.prefix(words).and_then(|(_, length)| words.get(length..)).unwrap_or(&[]);
        let is_fund = self.lexicon.at(Where::Running).prefix(rest) == Some((Class::Fund, rest.len()));
        if adverbs.is_word(words) || is_fund {
            return None;
        }
        Some(self.printed(Self::label_start(name.start, name.end), name.end).into())
    }

    /// An area is the text's own where it is the first, and else the scope of what follows in its line.
    pub(super) fn enter_area(&mut self, start: usize, end: usize) {
        let area: String = self.folded.slice(start, end).iter().collect();
        let own = self.own_area.get_or_insert_with(|| area.clone());
        self.area = (*own != area).then(|| self.printed(start, end).to_owned());
    }

    /// Enters the department's own part, if the clause is about that.
    pub(super) fn organ_of(&mut self, clause: &Clause<'_>) {
        let organs = self.lexicon.only(Class::Organ);
        let first = clause.tokens.iter().find(|token| !matches!(token.kind, Kind::Ordinal(_)));
        let organ = first.filter(|first| organs.is_word(self.folded.slice(first.start, first.end)));
        self.organ = organ.map(|organ| self.printed(organ.start, organ.end).to_owned());
    }

    /// Enters the subordinate unit that the clause is about, if it is about one.
    ///
    /// `县信息中心为县委组织部下属事业单位，核定编制9个`: what is said until the part ends is the unit's.
    pub(super) fn unit_of(&mut self, clause: &Clause<'_>) {
        let Some(first) = clause.tokens.iter().find(|token| !matches!(token.kind, Kind::Ordinal(_))) else {
            return;
        };
        if first.kind != Kind::Unknown {
            return;
        }
        // 经县财政局汇总: who says so, not whose it is.
        let attributes = self.lexicon.only(Class::Attribution);
        if attributes.prefix(self.folded.slice(first.start, first.end)).is_some() {
            return;
        }
        let (_, end) = clause.range().unwrap_or_default();
        let text = self.folded.slice(first.start, end.min(first.start + UNIT_NAME));
        let names = self.lexicon.only(Class::UnitName);
        let verbs = self.lexicon.only(Class::Copula);
        let joined = self.lexicon.only(Class::Joined);
        // 县信息中心支出5万元, 县信息中心，编制9名: the name is all there is before what is said of it.
        let next = clause.tokens.iter().find(|token| token.start >= first.end).map(|next| &next.kind);
        let stands_alone = match next {
            None => matches!(clause.end, Mark::Comma | Mark::Colon | Mark::Open),
            Some(next) => matches!(next, Kind::Label | Kind::Word(_)),
        };
        let name_end = (2..text.len()).find_map(|at| {
            let (_, length) = text.get(at..).and_then(|rest| names.prefix(rest))?;
            let rest = text.get(at + length..)?;
            let is_all = (length > 1 || at > 2) && stands_alone && first.start + at + length == first.end;
            let is_subject = verbs.prefix(rest).is_some() || (length > 1 && starts_with_year(rest)) || is_all;
            let is_word = joined.prefix(text.get(at..)?).is_some();
            (is_subject && !is_word).then_some(at + length)
        });
        let Some(name_end) = name_end.map(|length| first.start + length) else { return };
        let name = self.folded.slice(first.start, name_end);
        let opening = self.title();
        let is_itself = opening.windows(name.len()).any(|window| window == name)
            || self.lexicon.mentions(Class::Itself, text);
        if !is_itself {
            self.unit = Some(self.printed(first.start, name_end).to_owned());
        }
    }

    /// The first line, which names the document's own department if any does.
    fn title(&self) -> &[char] {
        let text = self.folded.slice(0, OPENING);
        let start = text.iter().take_while(|c| matches!(c, '\n' | ' ')).count();
        let line = text.get(start..).unwrap_or(&[]);
        line.get(..line.iter().take_while(|c| **c != '\n').count()).unwrap_or(&[])
    }
}
