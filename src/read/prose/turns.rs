//! Figures that belong to several names, or years, in turn: `分别减少0.18亿元和0.56亿元`.
//!
//! As many figures as names, and each is its name's. Any other number, and all of them stay unbound: which is whose is
//! not told.

use super::Walker;
use super::facet::Stated;
use super::focus::{Did, Subject, Told};
use crate::document::{Facet, Ground, Period, Statement, StatementId};
use crate::quantity::Unit;
use crate::read::lexicon::{Class, Place};
use crate::read::phrase::{Figure, Name, NameKind, Phrase};
use crate::read::token::{Kind, Mark};

/// How many names figures may belong to in turn.
const TURNS: usize = 16;

/// Names that figures belong to in turn.
#[derive(Debug)]
pub(super) struct Turns {
    of: Vec<Turn>,
    /// The figures of this round: 分别减少0.18亿元和0.56亿元，下降12.5%和30.6% has two.
    given: Vec<StatementId>,
    /// What the last figure stated, and whether it was a percentage.
    last: Option<(Stated, bool)>,
    /// Whether there were more figures than names.
    is_over: bool,
}

/// One of the names, or one of the years of a name.
#[derive(Clone, Debug)]
struct Turn {
    subject: Subject,
    period: Option<Period>,
}

impl Turns {
    /// The one thing that all turns are of, where they are its years.
    fn common(&self) -> Option<Subject> {
        self.of.first().filter(|turn| turn.period.is_some()).map(|turn| turn.subject.clone())
    }
}

impl Walker<'_> {
    /// Starts turns at 分别, if the names or years are told: those before it in its phrase, else the amounts before.
    pub(super) fn open_turns(&mut self, phrase: &Phrase<'_>) {
        self.close_turns();
        let of = self.names_in_turn(phrase).or_else(|| self.periods_in_turn(phrase)).or_else(|| {
            let named =
                phrase.name.is_some_and(|name| matches!(name.kind, NameKind::Known | NameKind::Words));
            let recent = &self.focus.recent;
            (recent.len() > 1 && !named).then(|| {
                recent.iter().map(|subject| Turn { subject: subject.clone(), period: None }).collect()
            })
        });
        self.turns = of.map(|of| Turns { of, given: Vec::new(), last: None, is_over: false });
    }

    /// `公务用车购置费和公务用车运行费分别`
    fn names_in_turn(&self, phrase: &Phrase<'_>) -> Option<Vec<Turn>> {
        let end = phrase.tokens.iter().position(|token| token.kind == Kind::Word(Class::Respectively))?;
        let mut names: Vec<(NameKind, usize, usize)> = Vec::new();
        let joint = self.lexicon.at(Place::AfterFigure);
        for token in phrase.tokens.get(..end)? {
            match &token.kind {
                Kind::Label => names.push((NameKind::Known, token.start, token.end)),
                Kind::Unknown => {
                    let text = self.folded.slice(token.start, token.end);
                    // 和 before a label joins it; inside unknown words it joins two names.
                    let at = (0..text.len()).find_map(|at| {
                        let (_, length) = joint.prefix(text.get(at..)?)?;
                        Some((token.start + at, token.start + at + length))
                    });
                    let pieces = match at {
                        Some((from, to)) => [(token.start, from), (to, token.end)],
                        None => [(token.start, token.end), (token.end, token.end)],
                    };
                    let pieces = pieces.into_iter().filter(|(from, to)| from < to);
                    names.extend(pieces.map(|(from, to)| (NameKind::Words, from, to)));
                }
                Kind::Mark(Mark::Pause)
                | Kind::Word(Class::Noun | Class::Note | Class::Particle | Class::Own | Class::Verb) => {}
                Kind::Word(Class::Budget | Class::Actual | Class::Fund | Class::Link) => {}
                Kind::Year(_) | Kind::Word(Class::Current | Class::Prior) => return None,
                _ => names.clear(),
            }
        }
        let turn = |(kind, start, end)| Turn {
            subject: self.subject(Name { kind, start, end, said: (start, end) }),
            period: None,
        };
        (names.len() > 1).then(|| names.into_iter().map(turn).collect())
    }

    /// `2018年、2019年分别`: the subject's, in each year.
    fn periods_in_turn(&self, phrase: &Phrase<'_>) -> Option<Vec<Turn>> {
        let subject = match phrase.name {
            Some(name) if matches!(name.kind, NameKind::Known | NameKind::Words) => self.subject(name),
            _ => self.focus.subject.clone()?,
        };
        let periods = phrase.tokens.iter().filter_map(|token| match token.kind {
            Kind::Year(year) => Some(Period::Year(year)),
            Kind::Word(Class::Current) => Some(Period::Current),
            Kind::Word(Class::Prior) => Some(Period::Prior),
            _ => None,
        });
        let of: Vec<Turn> =
            periods.map(|period| Turn { subject: subject.clone(), period: Some(period) }).collect();
        (of.len() > 1).then_some(of)
    }

    /// Gives a figure to the name whose turn it is. Whether there are turns at all.
    pub(super) fn take_turn(&mut self, phrase: &Phrase<'_>, figure: Figure<'_>) -> bool {
        let unit = figure.quantity.unit();
        let is_percent = *unit == Unit::Percent;
        let is_named = phrase.name.is_some() && !phrase.is_respective;
        if self.turns.is_none() || is_named {
            self.close_turns();
            return false;
        }
        let says = phrase.change.is_some() || phrase.measure.is_some() || phrase.is_respective;
        let last = self.turns.as_ref().and_then(|turns| turns.last);
        let stated = match last {
            // 和43.7%: as the one before.
            Some((last, was_percent)) if was_percent == is_percent && !says => last,
            _ => self.stated(phrase, unit),
        };
        let Some(mut turns) = self.turns.take() else { return false };
        match last {
            Some((last, was_percent)) if was_percent == is_percent && last.facet == stated.facet => {}
            // 分别为3万元和4万元，减少1万元: of one thing in two years it is the change of that thing.
            Some((last, _)) if last.facet == Facet::Amount && stated.facet.is_change() => {
                self.settle_turns(&mut turns);
                self.focus.subject = turns.common();
                let first = turns.of.first().and_then(|turn| Some((turn.period?, turn.subject.at)));
                let first = first.map(|(is, at)| Told { is, by: Ground::Turns, at });
                self.focus.period = first.or(self.focus.period);
                self.focus.is_respective = self.focus.subject.is_none();
                return false;
            }
            _ => self.settle_turns(&mut turns),
        }
        let turn = turns.of.get(turns.given.len()).cloned();
        turns.is_over |= turn.is_none();
        let Some(turn) = turn.or_else(|| turns.of.first().cloned()) else { return false };
        let subject = turn.subject;
        let (period, basis) = self.when(phrase, &stated, Some(&subject));
        let statement = Statement {
            under: self.under(&subject.label),
            period: turn.period.unwrap_or(period),
            basis,
            facet: stated.facet,
            is_unsigned: stated.is_unsigned,
            parent: subject.parent.as_deref().cloned(),
            scope: self.scope(Some(&subject), unit),
            ..Statement::new(
                &*subject.label,
                stated.signed(figure.quantity),
                self.place(figure.start, figure.end),
            )
        };
        let id = self.push_for(phrase, &stated, Some((&subject, Ground::Turns)), statement);
        turns.given.push(id);
        turns.last = Some((stated, is_percent));
        self.turns = Some(turns);
        true
    }

    /// Ends the turns, wherever what they are of ends.
    pub(super) fn close_turns(&mut self) {
        if let Some(mut turns) = self.turns.take() {
            self.settle_turns(&mut turns);
        }
    }

    /// Ends a round: with another number of figures than of names, none is bound.
    fn settle_turns(&mut self, turns: &mut Turns) {
        let is_sure = !turns.is_over && (turns.given.is_empty() || turns.given.len() == turns.of.len());
        for id in turns.given.drain(..).filter(|_| !is_sure) {
            if let Some(statement) = self.statements.get_mut(id.index()) {
                statement.label.clear();
                statement.parent = None;
            }
        }
        turns.is_over = false;
        turns.last = None;
    }

    /// Notes an amount that later figures may belong to in turn.
    pub(super) fn enter_turn(&mut self, subject: &Subject, did: Did) {
        if did == Did::Amount
            && self.focus.recent.len() < TURNS
            && !self.focus.recent.iter().any(|known| known.key == subject.key)
        {
            self.focus.recent.push(subject.clone());
        }
    }
}
