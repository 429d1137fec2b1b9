//! What the reader has in mind: the subject, the list it is in, the headings above.
//!
//! Everything here is bounded or shared, so that keeping it for a bracket, and giving it to a figure, costs the same
//! however long the sentence is.

use std::rc::Rc;

use super::reason::At;
use crate::document::{Base, Basis, Breakdown, Ground, Parent, Period, StatementId};
use crate::quantity::{Quantity, Unit};

use crate::read::token::Level;

/// How many labels of a sentence are kept for `under`: one further back no longer says what a figure is of.
const SEEN: usize = 8;

/// What words say, and where they stand: before the figure, in a heading, in turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<T> {
    pub(super) is: T,
    pub(super) by: Ground,
    pub(super) at: At,
}

/// What a figure without a name of its own is of.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The label, as printed and as compared.
    pub(super) label: Rc<str>,
    pub(super) key: Rc<str>,
    /// The label with the words after it, folded.
    pub(super) said: Rc<str>,
    /// Its latest amount that is its own: not last year's, not the budget that a completion names.
    pub(super) amount: Option<StatementId>,
    pub(super) unit: Option<Unit>,
    pub(super) basis: Option<Basis>,
    pub(super) period: Option<Period>,
    /// Where it is named, and where its basis is said.
    pub(super) at: At,
    pub(super) basis_at: Option<At>,
    /// Whether it is a part of its whole because the rules add it up so.
    pub(super) is_summed: bool,
    /// Whether it was named inside the list that is open.
    pub(super) is_part: bool,
    pub(super) parent: Option<Rc<Parent>>,
    /// Whether both its budget and what came of it have been stated: 预算2.5万元，实际支出2.1万元.
    pub(super) is_measured: bool,
    /// The words before its verb, which say whose it is.
    pub(super) qualifier: Option<Rc<str>>,
}

/// Which units may stand for each other.
pub(super) fn same_family(a: &Unit, b: &Unit) -> bool {
    a.is_money() == b.is_money() && (a.is_money() || matches!((a, b), (Unit::Counter(_), Unit::Counter(_))))
}

impl Subject {
    /// Whether it has been counted, and this counts it by something else.
    pub(super) fn counts_otherwise(&self, unit: &Unit) -> bool {
        matches!((&self.unit, unit), (Some(Unit::Counter(own)), Unit::Counter(other)) if own != other)
    }

    /// Whether a figure in this unit may be of it.
    pub(super) fn takes(&self, unit: &Unit) -> bool {
        self.unit.as_ref().is_none_or(|own| same_family(own, unit))
    }
}

/// What a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListKind {
    /// 其中: the parts of an amount.
    Parts,
    /// 主要是: what a change comes from. Its amounts are no parts.
    Causes,
}

/// An open list.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) kind: ListKind,
    pub(super) whole: Subject,
    pub(super) parent: Rc<Parent>,
    /// Where the words stand that open it.
    pub(super) at: At,
    /// Whether a colon follows the word that opens it.
    pub(super) is_spelled: bool,
    /// Whether its items are parted by semicolons.
    pub(super) is_parted: bool,
    /// Amounts and changes since the last semicolon.
    pub(super) parts: usize,
    pub(super) changes: usize,
}

impl List {
    pub(super) fn new(kind: ListKind, whole: Subject, breakdown: Breakdown, at: At) -> List {
        let parent = Parent { label: whole.label.to_string(), statement: whole.amount, breakdown };
        let parent = Rc::new(parent);
        List { kind, whole, parent, at, is_spelled: false, is_parted: false, parts: 0, changes: 0 }
    }

    /// Whether a semicolon parts the items rather than ends the list: the first item ends in one, and the list was
    /// opened with a colon, or it says how it changed.
    pub(super) fn goes_on(&self) -> bool {
        let is_itemised = (self.parts <= 1 && self.is_spelled) || (self.parts > 0 && self.changes > 0);
        self.kind == ListKind::Parts && (self.is_parted || is_itemised)
    }
}

/// The figure just read.
#[derive(Clone, Debug)]
pub(super) struct Last {
    pub(super) id: StatementId,
    pub(super) label: Rc<str>,
    pub(super) quantity: Quantity,
    pub(super) did: Did,
    pub(super) period: Period,
    pub(super) basis: Option<Basis>,
}

/// What a figure stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Did {
    Amount,
    Rise,
    Fall,
    Other,
}

/// Where the reader is in a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Focus {
    pub(super) subject: Option<Subject>,
    /// What the sentence is about: the first subject it names.
    pub(super) topic: Option<Subject>,
    /// What the sentence before was about, or the heading.
    pub(super) carried: Option<Subject>,
    /// The latest subject whose own amount is money.
    pub(super) money: Option<Subject>,
    /// The amount of a pair that the sentence before stated: 收支总预算.
    pub(super) pair: Option<Subject>,
    /// What this clause has named without a figure so far: X中含 lists parts of it.
    pub(super) passing: Option<Subject>,
    /// What was spoken of before the last semicolon: a comparison without a name goes on with it.
    pub(super) before_part: Option<Subject>,
    /// Whether it states amounts of several subjects, so that the next sentence is of neither.
    pub(super) is_mixed: bool,
    pub(super) seen: Vec<Rc<str>>,
    /// What has stated amounts of its own since the list, or the sentence, began.
    pub(super) recent: Vec<Subject>,
    pub(super) base: Option<Base>,
    pub(super) base_at: Option<At>,
    /// The base of the sentence before: a list that opens this one goes on with it.
    pub(super) base_before: Option<Base>,
    pub(super) period: Option<Told<Period>>,
    pub(super) list: Option<List>,
    pub(super) last: Option<Last>,
    /// Whether its figures belong to several names in turn (分别).
    pub(super) is_respective: bool,
    /// Whether its amounts are uses of what stands before (用于).
    pub(super) is_purpose: bool,
}

impl Focus {
    /// Remembers a label, the latest first.
    pub(super) fn see(&mut self, label: &Rc<str>) {
        self.seen.retain(|seen| seen != label);
        self.seen.insert(0, Rc::clone(label));
        self.seen.truncate(SEEN);
    }
}

/// A heading that the text stands under.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) level: Level,
    pub(super) text: Rc<str>,
    /// The label that it is, if it is one.
    pub(super) subject: Option<Subject>,
    pub(super) period: Option<Told<Period>>,
    pub(super) basis: Option<Told<Basis>>,
}

/// The headings that enclose a line, outermost first.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings(Vec<Heading>);

impl Headings {
    /// Leaves the headings that a line of this level does not stand under.
    pub(super) fn leave(&mut self, level: Level) {
        self.0.retain(|heading| heading.level < level);
    }

    /// Enters a heading.
    pub(super) fn enter(&mut self, heading: Heading) {
        self.leave(heading.level);
        self.0.push(heading);
    }

    /// From the innermost outwards.
    pub(super) fn inwards_out(&self) -> impl Iterator<Item = &Heading> {
        self.0.iter().rev()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8, text: &str) -> Heading {
        Heading { level: Level(level), text: text.into(), subject: None, period: None, basis: None }
    }

    #[test]
    fn a_heading_ends_those_as_deep_as_itself() {
        let mut headings = Headings::default();
        for (level, text) in [(1, "收支"), (2, "收入"), (3, "税收"), (2, "支出")] {
            headings.enter(heading(level, text));
        }
        let shown: Vec<_> = headings.inwards_out().map(|heading| heading.text.to_string()).collect();
        assert_eq!(shown, ["支出", "收支"]);
    }

    #[test]
    fn the_latest_label_is_first_and_old_ones_are_forgotten() {
        let mut focus = Focus::default();
        for label in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "b"] {
            focus.see(&Rc::from(label));
        }
        let seen: Vec<_> = focus.seen.iter().map(ToString::to_string).collect();
        assert_eq!(seen, ["b", "i", "h", "g", "f", "e", "d", "c"]);
    }
}
