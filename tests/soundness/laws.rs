//! What an analysis of a small set says, against all integer documents, and against the documents it shows.

use std::collections::BTreeMap;

use gouji::quantity::Rational;
use gouji::soundness::{
    Analysis, Answer, Certificate, Consistency, End, FigureBounds, Unknown, Witness, analyse,
};
use gouji::{Checker, RuleSet, Severity, Verdict};

use super::sets::{Became, Figures, NAMES, Set};

/// How often each answer came.
pub(crate) type Counts = BTreeMap<&'static str, usize>;

/// All documents of integers from -3 to 3, and what becomes of each rule on each.
struct Documents {
    all: Vec<(Figures, Vec<Became>)>,
}

impl Documents {
    fn of(set: &Set) -> Documents {
        let (figures, optional) = (set.figures(), set.optional());
        let mut all = vec![[None; 4]];
        for figure in figures {
            let values = (-3..=3).map(Some).chain(optional.contains(&figure).then_some(None));
            let values: Vec<Option<i128>> = values.collect();
            all = all
                .iter()
                .flat_map(|known| {
                    values.iter().map(|value| {
                        let mut more = *known;
                        more[figure] = *value;
                        more
                    })
                })
                .collect();
        }
        let became = |values| {
            let figures = Figures { values, scale: 1 };
            (figures, set.rules.iter().map(|rule| rule.on(&figures)).collect())
        };
        Documents { all: all.into_iter().map(became).collect() }
    }

    /// The first on which none of some rules is broken, and more is true.
    fn keeping(
        &self,
        kept: &[usize],
        so: impl Fn(&Figures, &[Became]) -> bool,
    ) -> Option<&(Figures, Vec<Became>)> {
        self.all.iter().find(|(figures, became)| {
            kept.iter().all(|rule| became[*rule] != Became::Broken) && so(figures, became)
        })
    }
}

/// What stands in a witness, in hundred-millionths.
pub(crate) fn figures_of(witness: &Witness) -> Figures {
    let json: serde_json::Value = serde_json::from_str(witness.json()).unwrap();
    let object = json.as_object().unwrap();
    let value = |name: &&str| {
        let figure = object.get(*name)?;
        let figure = figure.get("value").unwrap_or(figure);
        figure.as_str().map(hundred_millionths)
    };
    Figures { values: NAMES.each_ref().map(value), scale: 100_000_000 }
}

fn hundred_millionths(text: &str) -> i128 {
    let (sign, size) = text.strip_prefix('-').map_or((1, text), |size| (-1, size));
    let (whole, decimals) = size.split_once('.').unwrap_or((size, ""));
    let digits = format!("{whole}{decimals:0<8}");
    assert!(decimals.len() <= 8, "{text}");
    sign * digits.parse::<i128>().unwrap()
}

/// The certificates that stand anywhere in an analysis.
pub(crate) fn certificates(analysis: &Analysis) -> Vec<&Certificate> {
    let mut all: Vec<&Certificate> = Vec::new();
    if let Consistency::Contradictory(certificates) = analysis.consistency() {
        all.extend(certificates);
    }
    for rule in analysis.rules() {
        if let Answer::Implied(certificates) | Answer::Vacuous(certificates) = rule.answer() {
            all.extend(certificates);
        }
    }
    for bounds in analysis.bounds() {
        all.extend(bounds.low().into_iter().chain(bounds.high()).map(End::certificate));
    }
    all
}

/// The witnesses that stand anywhere in an analysis.
pub(crate) fn witnesses(analysis: &Analysis) -> Vec<&Witness> {
    let mut all: Vec<&Witness> = Vec::new();
    if let Consistency::Consistent(witness) = analysis.consistency() {
        all.push(witness);
    }
    all.extend(analysis.rules().iter().filter_map(|rule| match rule.answer() {
        Answer::Falsifiable(witness) => Some(witness.as_ref()),
        _ => None,
    }));
    all
}

/// Everything that an analysis of a set has to keep; else what it does not keep.
pub(crate) struct Laws<'s> {
    set: &'s Set,
    rules: RuleSet,
    documents: Documents,
    musts: Vec<usize>,
    pub(crate) counts: Counts,
}

type Kept = Result<(), String>;

fn ensure(is_so: bool, what: impl FnOnce() -> String) -> Kept {
    if is_so { Ok(()) } else { Err(what()) }
}

impl<'s> Laws<'s> {
    pub(crate) fn of(set: &'s Set) -> Laws<'s> {
        let rules = RuleSet::parse(&set.text()).unwrap_or_else(|error| panic!("{error}\n{}", set.text()));
        let musts = (0..set.rules.len()).filter(|rule| set.rules[*rule].is_must).collect();
        Laws { set, rules, documents: Documents::of(set), musts, counts: Counts::new() }
    }

    pub(crate) fn are_kept(&mut self) -> Kept {
        let analysis = analyse(&self.rules);
        for certificate in certificates(&analysis) {
            ensure(certificate.verify(), || format!("refused: {certificate:?}"))?;
        }
        let is_contradictory = matches!(analysis.consistency(), Consistency::Contradictory(_));
        for witness in witnesses(&analysis) {
            self.states_what_it_must(witness, is_contradictory)?;
        }
        self.consistency(analysis.consistency())?;
        ensure(analysis.rules().len() == self.set.rules.len(), || "a rule without an answer".to_owned())?;
        for (rule, answer) in analysis.rules().iter().enumerate() {
            ensure(answer.rule() == Set::name(rule), || format!("{} is not r{rule}", answer.rule()))?;
            self.answer(rule, answer.answer(), is_contradictory)?;
        }
        for (figure, name) in NAMES.iter().enumerate() {
            let known = analysis.bounds().iter().find(|bounds| bounds.figure() == *name);
            self.bounds(figure, known, is_contradictory)?;
        }
        Ok(())
    }

    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn named(certificate: &Certificate) -> Vec<usize> {
        certificate.rules().iter().map(|name| name[1..].parse().unwrap()).collect()
    }

    /// A figure may be missing only where a rule asks for it, or where nothing can be stated without contradiction.
    fn states_what_it_must(&self, witness: &Witness, is_contradictory: bool) -> Kept {
        let figures = figures_of(witness);
        let optional = self.set.optional();
        let is_missing = |figure: &usize| figures.values[*figure].is_none() && !optional.contains(figure);
        let missing = self.set.figures().into_iter().find(is_missing);
        ensure(missing.is_none() || is_contradictory, || {
            format!("a witness does not state {}: {}", NAMES[missing.unwrap_or(0)], witness.json())
        })
    }

    fn consistency(&mut self, consistency: &Consistency) -> Kept {
        let possible = self.documents.keeping(&self.musts, |_, _| true).map(|(figures, _)| *figures);
        match consistency {
            Consistency::Consistent(witness) => {
                self.count("consistent");
                let figures = figures_of(witness);
                let broken =
                    self.musts.iter().find(|must| self.set.rules[**must].on(&figures) == Became::Broken);
                ensure(broken.is_none(), || format!("consistent, but {broken:?} fails: {}", witness.json()))?;
                let report = Checker::new(&self.rules).check(witness.document());
                let broken = report.outcomes().iter().find(|outcome| {
                    outcome.severity() == Severity::Error && outcome.verdict() == Verdict::Violated
                });
                ensure(broken.is_none(), || format!("consistent, but the check says {broken:?}"))
            }
            Consistency::Contradictory(sets) => {
                self.count("contradictory");
                ensure(!sets.is_empty(), || "contradictory, without a certificate".to_owned())?;
                for set in sets {
                    let named = Laws::named(set);
                    ensure(named.iter().all(|rule| self.musts.contains(rule)), || {
                        format!("contradictory, but no must: {named:?}")
                    })?;
                    let kept = self.documents.keeping(&named, |_, _| true);
                    ensure(kept.is_none(), || format!("contradictory {named:?}, but {kept:?}"))?;
                    self.is_smallest(&named)?;
                }
                Ok(())
            }
            Consistency::Unknown(Unknown::NoWitness) => {
                self.count("consistency unknown: no witness");
                if possible.is_some() {
                    self.count("missed witness");
                }
                Ok(())
            }
            other => Err(format!("{other:?}")),
        }
    }

    /// Any one left out, the rest can be kept.
    fn is_smallest(&self, named: &[usize]) -> Kept {
        for out in named {
            let rest = named.iter().filter(|rule| *rule != out).map(|rule| self.set.rules[*rule].clone());
            let rest = Set { rules: rest.collect() };
            if rest.rules.is_empty() {
                continue;
            }
            // What may be left out stays so without the rule that asks for it.
            let mut text = rest.text();
            for figure in self.set.optional() {
                let name = NAMES[figure];
                let field = if rest.figures().contains(&figure) { "" } else { " : number\n" };
                let field = if field.is_empty() { String::new() } else { format!("{name}{field}") };
                text.push_str(&format!("{field}should may_miss_{name}: stated({name})\n"));
            }
            let analysis = analyse(&RuleSet::parse(&text).unwrap());
            ensure(!matches!(analysis.consistency(), Consistency::Contradictory(_)), || {
                format!("contradictory {named:?}, but not smallest: without r{out}")
            })?;
        }
        Ok(())
    }

    fn answer(&mut self, rule: usize, answer: &Answer, is_contradictory: bool) -> Kept {
        let own = &self.set.rules[rule];
        let others: Vec<usize> = match own.is_must {
            true => self.musts.iter().copied().filter(|other| *other != rule).collect(),
            false => (0..self.set.rules.len()).filter(|other| *other != rule).collect(),
        };
        let falsified = self
            .documents
            .keeping(&others, |_, became| became[rule] == Became::Broken)
            .map(|(figures, _)| *figures);
        match answer {
            Answer::Falsifiable(witness) => {
                self.count("falsifiable");
                let figures = figures_of(witness);
                ensure(own.on(&figures) == Became::Broken, || {
                    format!("r{rule} falsifiable, but it does not fail: {}", witness.json())
                })?;
                // The witness keeps the other musts; shoulds only as far as they can be kept.
                let musts: Vec<usize> = self.musts.iter().copied().filter(|other| *other != rule).collect();
                let also = musts.iter().find(|other| self.set.rules[**other].on(&figures) == Became::Broken);
                ensure(also.is_none(), || {
                    format!("r{rule} falsifiable, but so fails {also:?}: {}", witness.json())
                })?;
                let report = Checker::new(&self.rules).check(witness.document());
                let is_violated = |rule: &usize| {
                    let name = Set::name(*rule);
                    report
                        .outcomes()
                        .iter()
                        .any(|outcome| outcome.rule() == name && outcome.verdict() == Verdict::Violated)
                };
                ensure(is_violated(&rule), || {
                    format!("r{rule}: the check says it holds: {}", witness.json())
                })?;
                let also = musts.iter().find(|other| is_violated(other));
                ensure(also.is_none(), || format!("r{rule}: the check says {also:?}: {}", witness.json()))
            }
            Answer::Implied(certificates) => {
                self.count("implied");
                ensure(!certificates.is_empty(), || format!("r{rule} implied, without a certificate"))?;
                ensure(falsified.is_none(), || format!("r{rule} implied, but {falsified:?}"))?;
                for named in certificates.iter().map(Laws::named) {
                    ensure(named.iter().all(|named| others.contains(named)), || {
                        format!("r{rule} implied by {named:?}, which are not the others")
                    })?;
                    let found = self.documents.keeping(&named, |_, became| became[rule] == Became::Broken);
                    ensure(found.is_none(), || format!("r{rule} implied by {named:?}, but {found:?}"))?;
                }
                Ok(())
            }
            Answer::Vacuous(certificates) => {
                self.count("vacuous");
                ensure(!certificates.is_empty(), || format!("r{rule} vacuous, without a certificate"))?;
                for named in certificates.iter().map(Laws::named) {
                    ensure(named.iter().all(|named| *named != rule && self.musts.contains(named)), || {
                        format!("r{rule} vacuous by {named:?}, which are not the other musts")
                    })?;
                    let found = self.documents.keeping(&named, |_, became| became[rule] == Became::Held);
                    ensure(found.is_none(), || format!("r{rule} vacuous by {named:?}, but {found:?}"))?;
                }
                Ok(())
            }
            Answer::Unknown(Unknown::Contradiction) => {
                self.count("unknown: contradiction");
                ensure(is_contradictory, || format!("r{rule} unknown by contradiction, but there is none"))
            }
            Answer::Unknown(Unknown::NoWitness) => {
                self.count("unknown: no witness");
                // None was found, which is not to say that there is none: it is to be rare.
                if falsified.is_some() {
                    self.count("missed witness");
                }
                Ok(())
            }
            other => Err(format!("r{rule}: {other:?}")),
        }
    }

    fn bounds(&mut self, figure: usize, bounds: Option<&FigureBounds>, is_contradictory: bool) -> Kept {
        let ends = [(1, bounds.and_then(FigureBounds::low)), (-1, bounds.and_then(FigureBounds::high))];
        for (sign, end) in ends {
            let Some(end) = end else {
                if !is_contradictory && self.set.figures().contains(&figure) {
                    self.can_be(figure, sign, Rational::whole(-1_000 * sign), Beside::Beyond)?;
                }
                continue;
            };
            self.count("bound");
            let (value, named) = (end.value(), Laws::named(end.certificate()));
            let name = NAMES[figure];
            let beyond = |figures: &Figures, is_strict: bool| {
                figures.values[figure].is_some_and(|own| {
                    let difference = (own * value.denominator() - value.numerator()) * sign;
                    difference < 0 || (is_strict && difference == 0)
                })
            };
            let found = self.documents.keeping(&named, |figures, _| beyond(figures, !end.is_attained()));
            ensure(found.is_none(), || format!("{name}: end {value} by {named:?}, but {found:?}"))?;
            if !is_contradictory {
                let beside = if end.is_attained() { Beside::At } else { Beside::Near };
                self.can_be(figure, sign, value, beside)?;
            }
        }
        Ok(())
    }

    /// A figure can be at an end, near it, or beyond a number: the set with a rule that says so can be kept.
    fn can_be(&mut self, figure: usize, sign: i128, value: Rational, beside: Beside) -> Kept {
        let name = NAMES[figure];
        let (top, bottom) = (value.numerator(), value.denominator());
        let number = |value: i128| if value < 0 { format!("(0 - {})", -value) } else { value.to_string() };
        let condition = match beside {
            Beside::At => format!("{bottom} * {name} == {}", number(top)),
            // Within a thousandth.
            Beside::Near => format!(
                "{} * {name} {} {}",
                bottom * 1_000,
                if sign > 0 { "<" } else { ">" },
                number(top * 1_000 + sign * bottom)
            ),
            Beside::Beyond => {
                format!("{bottom} * {name} {} {}", if sign > 0 { "<" } else { ">" }, number(top))
            }
        };
        let is_optional = self.set.optional().contains(&figure);
        let condition = if is_optional { format!("stated({name}) and {condition}") } else { condition };
        let text = format!("{}must so: {condition}\n", self.set.text());
        let analysis = analyse(&RuleSet::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}")));
        match analysis.consistency() {
            Consistency::Consistent(witness) => {
                self.count("end reached");
                let figures = figures_of(witness);
                let broken =
                    self.musts.iter().find(|must| self.set.rules[**must].on(&figures) == Became::Broken);
                ensure(broken.is_none(), || format!("{broken:?} fails: {}", witness.json()))?;
                let own = figures.values[figure].ok_or("the figure is not stated")?;
                let difference = (own * bottom - top * figures.scale) * sign;
                let is_so = match beside {
                    Beside::At => difference == 0,
                    Beside::Near => difference * 1_000 < bottom * figures.scale,
                    Beside::Beyond => difference < 0,
                };
                ensure(is_so, || format!("{condition}: {}", witness.json()))
            }
            Consistency::Unknown(Unknown::NoWitness) => {
                self.count("end reached: no witness");
                Ok(())
            }
            // A figure that no document can state may have no bound at all.
            Consistency::Contradictory(_) if is_optional && matches!(beside, Beside::Beyond) => {
                self.count("never stated");
                let kept = self.documents.keeping(&self.musts, |figures, _| figures.values[figure].is_some());
                ensure(kept.is_none(), || format!("{name} has no bound, but {condition} is impossible"))
            }
            other => Err(format!("{name}: end {value} ({beside:?}), but {condition}: {other:?}")),
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Beside {
    At,
    Near,
    Beyond,
}
