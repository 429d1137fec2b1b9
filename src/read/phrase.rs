//! What the words before one figure say of it.
//!
//! A clause is read phrase by phrase: a phrase runs from the figure before, or from a word that opens a list, to its own
//! figure, or to the end of the clause. Reading it needs nothing outside it; what a phrase without a name speaks of is
//! decided in [`super::prose`].

use super::lexicon::Class;
use super::token::{Kind, Mark, Token};
use crate::document::{Basis, Period};
use crate::quantity::{Quantity, Unit};

/// A figure and what its own words say of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrase<'t> {
    /// The word that opens it (其中, 主要是, 均为, 无 …), and where.
    pub(super) opening: Option<(Class, usize)>,
    pub(super) tokens: &'t [Token],
    pub(super) figure: Option<Figure<'t>>,
    /// What the figure is called.
    pub(super) name: Option<Name>,
    /// A name before a verb, that qualifies the one after it.
    pub(super) qualifier: Option<Name>,
    /// The area that the words before the name speak of.
    pub(super) area: Option<(usize, usize)>,
    /// The words that say there is none of it.
    pub(super) absent: Option<(usize, usize)>,
    /// Whether the clause names what the next one lists the parts of (预算中，).
    pub(super) is_within: bool,
    /// What the figure is a share of.
    pub(super) whole: Option<Name>,
    pub(super) period: Option<Period>,
    pub(super) basis: Option<Basis>,
    pub(super) against: Option<Against>,
    /// Where the words stand that say so.
    pub(super) at: Grounds,
    /// The word that says it changed, and where.
    pub(super) change: Option<(Class, usize, usize)>,
    pub(super) measure: Option<Measure>,
    pub(super) is_average: bool,
    /// Whether it says that the figure is only near.
    pub(super) is_about: bool,
    /// Whether it says what an amount is used for.
    pub(super) is_purpose: bool,
    /// Whether the figures from here on belong to several names in turn.
    pub(super) is_respective: bool,
    /// Whether it says that the figure is no part of what stands before (不含).
    pub(super) is_excluded: bool,
}

/// Where the words of a phrase stand that say something, by characters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Grounds {
    pub(super) period: Option<(usize, usize)>,
    pub(super) basis: Option<(usize, usize)>,
    pub(super) against: Option<(usize, usize)>,
    pub(super) measure: Option<(usize, usize)>,
}

/// A figure as a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure<'t> {
    pub(super) quantity: &'t Quantity,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a change is against, as far as its words say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Against {
    pub(super) period: Option<Period>,
    pub(super) basis: Option<Basis>,
}

/// What a percentage measures, if no change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Share,
    Completion,
}

/// A name, by the characters of its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) kind: NameKind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// With the words that follow the label (支出, 预算数): a later 支出 points back to them.
    pub(super) said: (usize, usize),
}

/// How much is known of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// A label of the vocabulary.
    Known,
    /// Words that no label is.
    Words,
    /// 财政拨款: where the money comes from, and the label where there is no other.
    Fund,
    /// 支出, 金额: points back to a name that has the word. The characters of the noun.
    Pointer,
    /// 预算数, 年初预算: says a basis, and names nothing.
    Basis,
}

/// The phrases of a clause.
pub(super) fn phrases(clause: &[Token]) -> Vec<Phrase<'_>> {
    let mut phrases = Vec::new();
    let mut start = 0;
    for (index, token) in clause.iter().enumerate() {
        match token.kind {
            Kind::Figure(_) => {
                phrases.extend(clause.get(start..=index).map(Phrase::read));
                start = index + 1;
            }
            // 收、支总计均为5万元: before a figure it only leads to it.
            Kind::Word(Class::All)
                if matches!(clause.get(index + 1), Some(Token { kind: Kind::Figure(_), .. })) => {}
            Kind::Word(class) if opens(class) && index > start => {
                phrases.extend(clause.get(start..index).map(Phrase::read));
                start = index;
            }
            _ => {}
        }
    }
    phrases.extend(clause.get(start..).filter(|rest| !rest.is_empty()).map(Phrase::read));
    phrases
}

fn opens(class: Class) -> bool {
    matches!(class, Class::Part | Class::Cause | Class::All | Class::Nothing | Class::Unarranged)
}

impl<'t> Phrase<'t> {
    /// Where the word stands that opens it.
    pub(super) fn opening_at(&self) -> (usize, usize) {
        let start = self.opening.map_or(0, |(_, start)| start);
        let word = self.tokens.iter().find(|token| token.start == start);
        word.map_or((start, start), |word| (word.start, word.end))
    }

    /// 新增605.99万元政府性基金: the label right behind a figure that has no name before it.
    pub(super) fn named_after(mut self, next: Option<&Phrase<'_>>) -> Phrase<'t> {
        let money = self.figure.filter(|figure| figure.quantity.unit().is_money());
        let end = money.map(|figure| figure.end);
        let label = next.filter(|next| next.figure.is_none()).and_then(|next| next.tokens.first());
        let label = label.filter(|label| label.kind == Kind::Label && Some(label.start) == end);
        let is_bare = self.name.is_none() && self.change.is_none() && self.measure.is_none();
        if let Some(label) = label.filter(|_| is_bare && self.against.is_none() && !self.is_respective) {
            let (start, end) = (label.start, label.end);
            self.name = Some(Name { kind: NameKind::Known, start, end, said: (start, end) });
        }
        self
    }

    fn read(tokens: &'t [Token]) -> Phrase<'t> {
        let is_percent = matches!(
            tokens.last().map(|last| &last.kind),
            Some(Kind::Figure(quantity)) if *quantity.unit() == Unit::Percent
        );
        let phrase = Phrase { tokens, ..Phrase::default() };
        let mut reading = Reading { phrase, is_percent, ..Reading::default() };
        for (index, token) in tokens.iter().enumerate() {
            reading.take(token, tokens.get(index + 1));
        }
        reading.finish()
    }
}

/// A piece of a name.
#[derive(Clone, Copy, Debug)]
struct Piece {
    kind: PieceKind,
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PieceKind {
    Label,
    Text,
    /// 、 between names that share a figure.
    Joint,
    Fund,
    Noun,
    /// 金额: beside a label as 预算数 is; alone it points back.
    Sum,
    /// 预算数, 情况: stands beside a label and is no part of one. It may say the basis.
    Aside(Option<Basis>),
}

#[derive(Default)]
struct Reading<'t> {
    phrase: Phrase<'t>,
    run: Vec<Piece>,
    names: Vec<Name>,
    /// How many of the names stand before the comparison.
    before: Option<usize>,
    /// Whether the words still say what the comparison is with.
    is_comparing: bool,
    /// Whether the figure is a percentage.
    is_percent: bool,
    /// Where the comparison starts.
    compared: usize,
}

impl<'t> Reading<'t> {
    fn take(&mut self, token: &'t Token, next: Option<&Token>) {
        let (start, end) = (token.start, token.end);
        match &token.kind {
            Kind::Figure(quantity) => self.phrase.figure = Some(Figure { quantity, start, end }),
            Kind::Label => self.piece(PieceKind::Label, start, end),
            Kind::Unknown => self.piece(PieceKind::Text, start, end),
            Kind::Mark(Mark::Pause) => self.piece(PieceKind::Joint, start, end),
            Kind::Year(year) => self.period(Period::Year(*year), start, end),
            Kind::Word(class) => self.word(*class, start, end, next),
            Kind::Mark(_) | Kind::Ordinal(_) => self.close_run(),
        }
    }

    fn word(&mut self, class: Class, start: usize, end: usize, next: Option<&Token>) {
        match class {
            Class::Budget | Class::Actual => {
                let basis = if class == Class::Budget { Basis::Budget } else { Basis::Actual };
                if self.is_comparing {
                    self.against(end).basis = Some(basis);
                } else if self.phrase.measure == Some(Measure::Completion) {
                    self.close_run();
                } else {
                    self.piece(PieceKind::Aside(Some(basis)), start, end);
                }
            }
            Class::Noun | Class::Sum if self.is_comparing => {}
            Class::Noun => self.piece(PieceKind::Noun, start, end),
            Class::Sum => self.piece(PieceKind::Sum, start, end),
            Class::Fund => self.piece(PieceKind::Fund, start, end),
            Class::Note => self.piece(PieceKind::Aside(None), start, end),
            Class::About => self.phrase.is_about = true,
            Class::Purpose => {
                self.close_run();
                self.phrase.is_purpose = true;
            }
            Class::Respectively => self.phrase.is_respective = true,
            Class::Average => {
                self.phrase.is_average = true;
                self.piece(PieceKind::Text, start, end);
            }
            Class::Except => {
                self.phrase.is_excluded = true;
                self.piece(PieceKind::Text, start, end);
            }
            // 上年结转 is a name; 上年预算 is a period, and so is 上年会议费 where 会议费 is a label.
            Class::Prior if !self.is_comparing && next.is_some_and(|next| begins_name(&next.kind)) => {
                self.piece(PieceKind::Text, start, end);
            }
            Class::Concurrent if self.is_comparing => self.period(Period::Prior, start, end),
            Class::Area => {
                self.close_run();
                self.phrase.area = Some((start, end));
            }
            Class::Absent => {
                self.close_run();
                self.phrase.absent = Some((start, end));
            }
            Class::Within => {
                self.close_run();
                self.phrase.is_within = true;
            }
            Class::Prior => self.period(Period::Prior, start, end),
            Class::Current => self.period(Period::Current, start, end),
            Class::Versus | Class::Likewise => {
                self.close_run();
                self.before = Some(self.before.unwrap_or(self.names.len()));
                self.is_comparing = true;
                self.compared = start;
                if class == Class::Likewise {
                    self.against(end).period = Some(Period::Prior);
                }
            }
            Class::Increase | Class::Decrease | Class::More | Class::Less | Class::Gap | Class::Unchanged => {
                self.close_run();
                self.is_comparing = false;
                self.phrase.change = Some((class, start, end));
            }
            // 占地5亩 and 占用5万元 are no share.
            Class::Share if !self.is_percent => self.piece(PieceKind::Text, start, end),
            Class::Share => {
                self.close_run();
                self.phrase.measure = Some(Measure::Share);
                self.phrase.at.measure = Some((start, end));
                self.phrase.name = self.names.pop();
            }
            Class::Completion | Class::Ratio => {
                self.close_run();
                self.phrase.measure = Some(Measure::Completion);
                self.phrase.at.measure = Some((start, end));
            }
            Class::Verb => {
                self.close_run();
                self.phrase.qualifier =
                    self.names.pop_if(|name| name.kind == NameKind::Words).or(self.phrase.qualifier);
            }
            _ => {
                self.close_run();
                if opens(class)
                    && !(class == Class::All
                        && matches!(next, Some(next) if matches!(next.kind, Kind::Figure(_))))
                {
                    self.phrase.opening = Some((class, start));
                }
            }
        }
    }

    fn against(&mut self, end: usize) -> &mut Against {
        self.phrase.at.against = Some((self.compared, end));
        self.phrase.against.get_or_insert_default()
    }

    fn period(&mut self, period: Period, start: usize, end: usize) {
        self.close_run();
        if self.is_comparing {
            self.against(end).period = Some(period);
        } else {
            self.phrase.period = Some(period);
            self.phrase.at.period = Some((start, end));
        }
    }

    fn piece(&mut self, kind: PieceKind, start: usize, end: usize) {
        self.is_comparing = false;
        self.run.push(Piece { kind, start, end });
    }

    fn close_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let Some(mut name) = name_of(&run) else { return };
        // 一般公共预算总收入 has the word inside its name, and says nothing of the basis.
        let is_beside = |piece: &Piece| {
            name.kind == NameKind::Basis || piece.end <= name.start || piece.start >= name.end
        };
        for piece in run.iter().filter(|piece| is_beside(piece)) {
            if let PieceKind::Aside(Some(basis)) = piece.kind {
                self.phrase.basis = Some(basis);
                self.phrase.at.basis = Some((piece.start, piece.end));
            }
        }
        // 增加会议费5万元 does not state the 会议费; 减少支出5万元 states a change.
        let is_change = name.kind == NameKind::Pointer && self.phrase.change.is_some();
        if let Some((_, start, _)) = self.phrase.change.take_if(|_| !is_change) {
            name = Name { kind: NameKind::Words, start, ..name };
        }
        self.names.push(name);
    }

    fn finish(mut self) -> Phrase<'t> {
        self.close_run();
        let mut phrase = self.phrase;
        if phrase.measure == Some(Measure::Share) {
            phrase.whole = self.names.pop();
            return phrase;
        }
        let after = self.names.split_off(self.before.unwrap_or(0).min(self.names.len()));
        // What a comparison names before its words is what it compares; after them, it names it again.
        phrase.name = best(&self.names).or_else(|| best(&after));
        if phrase.name.is_none() {
            phrase.name = phrase.qualifier.take();
        }
        phrase
    }
}

/// The last name that says what it is, or else the last one.
fn best(names: &[Name]) -> Option<Name> {
    let says = |name: &&Name| matches!(name.kind, NameKind::Known | NameKind::Words | NameKind::Fund);
    names.iter().rfind(says).or(names.last()).copied()
}

fn begins_name(kind: &Kind) -> bool {
    matches!(kind, Kind::Unknown | Kind::Word(Class::Fund | Class::Noun | Class::Sum | Class::Average))
}

/// The name that a run of pieces is.
fn name_of(run: &[Piece]) -> Option<Name> {
    let said = (run.first()?.start, run.last()?.end);
    let name = |kind, from: &Piece, to: &Piece| Some(Name { kind, start: from.start, end: to.end, said });
    let is_core =
        |piece: &&Piece| matches!(piece.kind, PieceKind::Label | PieceKind::Text | PieceKind::Joint);
    let is_inside = |piece: &&Piece| !matches!(piece.kind, PieceKind::Aside(_) | PieceKind::Sum);
    let ends = |piece: &&Piece| is_inside(piece) && piece.kind != PieceKind::Joint;
    let has = |kind| run.iter().find(|piece| piece.kind == kind);
    let noun_after =
        |label: &Piece| run.iter().any(|piece| piece.kind == PieceKind::Noun && piece.start > label.start);
    // Without what stands beside it. A 、 before it stays: what it joins the name to is out of sight.
    let (from, to) = (run.iter().find(is_inside), run.iter().rfind(ends));
    let mut cores = run.iter().filter(is_core);
    match (cores.next(), cores.next()) {
        // 支出会议费 spends on it; 会议费收入 is another thing.
        (Some(only), None) if only.kind == PieceKind::Label && !noun_after(only) => {
            name(NameKind::Known, only, only)
        }
        (Some(_), _) => name(NameKind::Words, from?, to?),
        (None, _) => match (has(PieceKind::Fund), has(PieceKind::Noun).or(has(PieceKind::Sum))) {
            (Some(fund), _) => name(NameKind::Fund, fund, to?),
            (None, Some(noun)) => name(NameKind::Pointer, noun, noun),
            (None, None) => name(NameKind::Basis, run.first()?, run.last()?),
        },
    }
}
