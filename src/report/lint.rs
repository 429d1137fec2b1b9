//! What an analysis of a rule set tells its author.
//!
//! In: an [`Analysis`], or a certificate that rules contradict each other. Out: diagnostics that mark the rules, and one sentence
//! that counts them. It never judges anew: what is said here, the analysis has shown.

use std::collections::HashMap;

use super::diagnostic::{Diagnostic, Level, frames, pick};
use crate::quantity::Rational;
use crate::soundness::{
    Analysis, Answer, Certificate, Consistency, End, FigureBounds, Given, RuleAnswer, Sum, Unknown,
};
use crate::source::Location;
use crate::{Lang, RuleSet};

/// Cases of a proof that are told one by one.
const CASES_SHOWN: usize = 3;

/// Decimals of a bound; one that needs more is written as a fraction.
const DECIMALS: u32 = 8;

/// What is to be told of an analysis: contradictions, rules that cannot apply and hold, rules that others imply, what is not
/// known, and what the rules together say of figures.
pub fn lint(analysis: &Analysis, lang: Lang) -> Vec<Diagnostic> {
    let rules = Rules::of(analysis, lang);
    let answers = analysis.rules();
    let mut told = Vec::new();
    match analysis.consistency() {
        Consistency::Consistent(_) | Consistency::Unknown(_) => {}
        Consistency::Contradictory(sets) => {
            told.extend(sets.iter().map(|certificate| rules.contradiction(certificate, lang)));
        }
    }
    told.extend(answers.iter().filter_map(|rule| match rule.answer() {
        Answer::Vacuous(certificates) => Some(rules.vacuous(rule, certificates, lang)),
        _ => None,
    }));
    told.extend(answers.iter().filter_map(|rule| match rule.answer() {
        Answer::Implied(certificates) => Some(rules.implied(rule, certificates, lang)),
        _ => None,
    }));
    if let Consistency::Unknown(why) = analysis.consistency() {
        told.push(consistency_unknown(*why, lang));
    }
    told.extend(answers.iter().filter_map(|rule| match rule.answer() {
        Answer::Unknown(Unknown::Contradiction) => None,
        Answer::Unknown(why) => Some(unknown(rule, *why, lang)),
        _ => None,
    }));
    told.extend(beside_contradictions(answers, lang));
    told.extend(bounds(analysis.bounds(), lang));
    told
}

/// One sentence: whether the rules can hold together, and how many rules got which answer.
pub fn lint_closing(analysis: &Analysis, lang: Lang) -> String {
    let count = |word: &str| analysis.rules().iter().filter(|rule| rule.answer().as_str() == word).count();
    let [telling, implied, vacuous, unknown] = ["falsifiable", "implied", "vacuous", "unknown"].map(count);
    let total = analysis.rules().len();
    let verdict = match analysis.consistency() {
        _ if total == 0 => pick(lang, "没有规则可查".into(), "There is no rule to look at".into()),
        Consistency::Consistent(_) => {
            pick(lang, "各条 must 可以同时成立".into(), "All must rules can hold together".into())
        }
        Consistency::Contradictory(sets) => pick(
            lang,
            format!("规则互相矛盾，共 {} 处", sets.len()),
            format!("Rules contradict each other, in {}", counted(sets.len(), "place")),
        ),
        Consistency::Unknown(_) => pick(
            lang,
            "没有查明各条 must 能否同时成立".into(),
            "Whether all must rules can hold together is not known".into(),
        ),
    };
    pick(
        lang,
        format!(
            "{verdict}：{total} 条规则，{telling} 条不能由别的规则推出，{implied} 条可由别的规则推出，\
             {vacuous} 条不可能既适用又成立，{unknown} 条没有查明。"
        ),
        format!(
            "{verdict}. Rules: {total}; that say something of their own: {telling}, implied by others: {implied}, that can never \
             apply and hold: {vacuous}, not known: {unknown}."
        ),
    )
}

impl Diagnostic {
    /// What rules that cannot hold together tell their author: each is marked.
    pub fn of_contradiction(certificate: &Certificate, rules: &RuleSet, lang: Lang) -> Diagnostic {
        let known = rules.rules().iter().map(|rule| (rule.name(), rule.location(), rule.title(lang)));
        Rules::new(known).contradiction(certificate, lang)
    }
}

/// What is known of rules, by name.
struct Rules<'r> {
    places: HashMap<&'r str, Location>,
    titles: HashMap<&'r str, &'r str>,
    implied_by: HashMap<&'r str, &'r [Certificate]>,
}

impl<'r> Rules<'r> {
    fn new(rules: impl Iterator<Item = (&'r str, Location, Option<&'r str>)>) -> Rules<'r> {
        let (mut places, mut titles) = (HashMap::new(), HashMap::new());
        for (name, place, title) in rules {
            places.insert(name, place);
            titles.extend(title.map(|title| (name, title)));
        }
        Rules { places, titles, implied_by: HashMap::new() }
    }

    fn of(analysis: &'r Analysis, lang: Lang) -> Rules<'r> {
        let answers = analysis.rules().iter();
        let implied = answers.clone().filter_map(|rule| match rule.answer() {
            Answer::Implied(certificates) => Some((rule.rule(), certificates.as_slice())),
            _ => None,
        });
        let known = answers.map(|rule| (rule.rule(), rule.location().clone(), rule.title(lang)));
        Rules { implied_by: implied.collect(), ..Rules::new(known) }
    }

    fn contradiction(&self, certificate: &Certificate, lang: Lang) -> Diagnostic {
        let rules: Vec<&str> = certificate.rules().iter().map(String::as_str).collect();
        let named = self.named(&rules, lang);
        let (title, note) = match rules.len() {
            1 => (
                pick(lang, "这条规则不可能成立".into(), "this rule can never be kept".into()),
                pick(
                    lang,
                    format!("任何文件都违反 {named}，不论别的规则怎样写"),
                    format!("every document breaks {named}, whatever the other rules say"),
                ),
            ),
            count => (
                pick(
                    lang,
                    format!("这 {count} 条规则互相矛盾，任何文件都不能全部满足"),
                    format!("these {count} rules contradict each other: no document can keep them all"),
                ),
                pick(
                    lang,
                    format!("不能同时成立的是 {named}；删去其中任何一条，其余的就不再矛盾"),
                    format!(
                        "{named} cannot hold together; leave out any one of them, and the rest of them can"
                    ),
                ),
            ),
        };
        let mut notes = vec![note];
        notes.extend(sums(certificate, lang));
        let marked = self.marked(&rules, true);
        Diagnostic { level: Level::Error, code: String::new(), title, frames: frames(marked), notes }
    }

    fn vacuous(&self, rule: &RuleAnswer, certificates: &[Certificate], lang: Lang) -> Diagnostic {
        let others = others(rule.rule(), certificates);
        let (title, note) = match others.is_empty() {
            true => (
                pick(
                    lang,
                    "这条规则自身不可能既适用又成立".into(),
                    "this rule by itself can never apply and hold".into(),
                ),
                pick(
                    lang,
                    "它的条件和内容在任何文件中都不能同时满足，不论别的规则怎样写".into(),
                    "what it says and the conditions under which it says so cannot all be true of one document, whatever the other rules say".into(),
                ),
            ),
            false => {
                let named = self.named(&others, lang);
                (
                    pick(
                        lang,
                        "有别的规则在，这条规则不可能既适用又成立".into(),
                        "beside other rules, this rule can never apply and hold".into(),
                    ),
                    pick(
                        lang,
                        format!("凡是满足下列规则的文件，这条规则不是不适用，就是不成立：{named}"),
                        format!("where {named} {}, it either does not apply or fails", hold(&others)),
                    ),
                )
            }
        };
        self.warning(rule, &title, &others, note, lang)
    }

    fn implied(&self, rule: &RuleAnswer, certificates: &[Certificate], lang: Lang) -> Diagnostic {
        let others = others(rule.rule(), certificates);
        let (title, note) = match others.is_empty() {
            true => (
                pick(lang, "这条规则在任何文件中都成立".into(), "this rule always holds".into()),
                pick(
                    lang,
                    "它不靠别的规则也成立，查不出任何错误".into(),
                    "it holds without any other rule: no document can break it".into(),
                ),
            ),
            false => {
                let named = self.named(&others, lang);
                (
                    pick(
                        lang,
                        "这条规则可由别的规则推出".into(),
                        "other rules say what this rule says".into(),
                    ),
                    pick(
                        lang,
                        format!("只要下列规则成立，它就成立（不计四舍五入）：{named}"),
                        format!("it holds wherever {named} {} (rounding aside)", hold(&others)),
                    ),
                )
            }
        };
        let mut told = self.warning(rule, &title, &others, note, lang);
        let back: Vec<&str> = others.into_iter().filter(|other| self.rests_on(other, rule.rule())).collect();
        if !back.is_empty() {
            let named = listed(&back, lang);
            told.notes.push(pick(
                lang,
                format!("反过来，它们也要靠它推出：{named}；删去一条后，请再查一次"),
                format!("in turn {named} {} on it: after taking one out, look again", rest(&back)),
            ));
        }
        told
    }

    /// Whether a rule is implied by others of which one is given.
    fn rests_on(&self, rule: &str, given: &str) -> bool {
        self.implied_by.get(rule).is_some_and(|certificates| {
            certificates.iter().flat_map(Certificate::rules).any(|name| name == given)
        })
    }

    /// A rule that is probably not meant so, and the rules that make it so.
    fn warning(
        &self,
        rule: &RuleAnswer,
        title: &str,
        others: &[&str],
        note: String,
        lang: Lang,
    ) -> Diagnostic {
        let mut marked = self.marked(others, false);
        marked.push((rule.location().clone(), true, String::new()));
        Diagnostic {
            level: Level::Warning,
            code: rule.rule().to_owned(),
            title: titled(title, rule.title(lang), lang),
            frames: frames(marked),
            notes: vec![note],
        }
    }

    /// Where rules stand, with the name of each beside it.
    fn marked(&self, rules: &[&str], is_primary: bool) -> Vec<(Location, bool, String)> {
        let place = |name: &&str| Some((self.places.get(name)?.clone(), is_primary, (*name).to_owned()));
        rules.iter().filter_map(place).collect()
    }

    /// Rules by name, those that have a title with it.
    fn named(&self, rules: &[&str], lang: Lang) -> String {
        let named = rules.iter().map(|name| titled(name, self.titles.get(name).copied(), lang));
        listed(&named.collect::<Vec<_>>(), lang)
    }
}

/// The rules that certificates rest on, each once, without the one that they are about.
pub(super) fn others<'c>(about: &str, certificates: &'c [Certificate]) -> Vec<&'c str> {
    let mut others: Vec<&str> = Vec::new();
    for name in certificates.iter().flat_map(Certificate::rules) {
        if name != about && !others.contains(&name.as_str()) {
            others.push(name);
        }
    }
    others
}

/// The sums that are false, a line each.
fn sums(certificate: &Certificate, lang: Lang) -> Vec<String> {
    let sums = certificate.sums();
    let is_one = sums.len() == 1;
    let shown = sums.iter().take(CASES_SHOWN).enumerate().map(|(position, sum)| {
        let (added, falsehood) = (added_up(sum, lang), sum.falsehood());
        let case = position.saturating_add(1);
        match is_one {
            true => pick(
                lang,
                format!("按 {added} 把各式两边相加，得 {falsehood}，这不可能"),
                format!("both sides added up, {added}, come to {falsehood}, which is false"),
            ),
            false => pick(
                lang,
                format!("情形 {case}：按 {added} 把各式两边相加，得 {falsehood}，这不可能"),
                format!("case {case}: both sides added up, {added}, come to {falsehood}, which is false"),
            ),
        }
    });
    let mut lines: Vec<String> = shown.collect();
    let more = sums.len().saturating_sub(CASES_SHOWN);
    if more > 0 {
        lines.push(pick(
            lang,
            format!("其余 {more} 种情形同样不可能"),
            format!("{} more, false in the same way", counted(more, "case")),
        ));
    }
    lines
}

/// `1 × a + -2 × b` as one writes it by hand: `a - 2 × b`.
fn added_up(sum: &Sum, lang: Lang) -> String {
    let mut text = String::new();
    for (multiple, given) in sum.addends() {
        let (sign, size) = multiple.strip_prefix('-').map_or(("+", multiple), |size| ("-", size));
        match (text.is_empty(), sign) {
            (true, "+") => {}
            (true, _) => text.push_str(sign),
            (false, _) => text.push_str(&format!(" {sign} ")),
        }
        if size != "1" {
            text.push_str(&format!("{size} × "));
        }
        text.push_str(&match (lang, given) {
            (Lang::Zh, Given::Denied(rule)) => format!("{rule} 不成立"),
            (Lang::Zh, Given::Document) => "任何文件都有的关系".to_owned(),
            (Lang::Zh, Given::Case) => "本情形的条件".to_owned(),
            (Lang::Zh, Given::Bound) => "界限不成立".to_owned(),
            _ => given.to_string(),
        });
    }
    text
}

fn consistency_unknown(why: Unknown, lang: Lang) -> Diagnostic {
    Diagnostic {
        level: Level::Note,
        code: String::new(),
        title: pick(
            lang,
            "没有查明各条 must 能否同时成立".into(),
            "whether all must rules can hold together is not known".into(),
        ),
        frames: Vec::new(),
        notes: vec![reason(why, lang)],
    }
}

fn unknown(rule: &RuleAnswer, why: Unknown, lang: Lang) -> Diagnostic {
    let title = pick(
        lang,
        "没有查明这条规则是否多余".into(),
        "whether this rule says anything of its own is not known".into(),
    );
    Diagnostic {
        level: Level::Note,
        code: rule.rule().to_owned(),
        title: titled(&title, rule.title(lang), lang),
        frames: frames(vec![(rule.location().clone(), true, String::new())]),
        notes: vec![reason(why, lang)],
    }
}

fn reason(why: Unknown, lang: Lang) -> String {
    let why = why.message(lang);
    pick(lang, format!("原因：{why}"), format!("why: {why}"))
}

/// The rules of which nothing can be said until contradictions are gone. They may be most of a set: they are named, not shown.
fn beside_contradictions(rules: &[RuleAnswer], lang: Lang) -> Option<Diagnostic> {
    let names: Vec<&str> = rules
        .iter()
        .filter(|rule| matches!(rule.answer(), Answer::Unknown(Unknown::Contradiction)))
        .map(RuleAnswer::rule)
        .collect();
    let (count, named) = (names.len(), listed(&names, lang));
    (count > 0).then(|| Diagnostic {
        level: Level::Note,
        code: String::new(),
        title: pick(
            lang,
            format!("消除矛盾以前，有 {count} 条规则无从查起"),
            format!("until contradictions are gone, nothing can be said of {}", counted(count, "rule")),
        ),
        frames: Vec::new(),
        notes: vec![named],
    })
}

/// What the rules together say of figures, a line each.
fn bounds(bounds: &[FigureBounds], lang: Lang) -> Option<Diagnostic> {
    (!bounds.is_empty()).then(|| Diagnostic {
        level: Level::Note,
        code: String::new(),
        title: pick(
            lang,
            "各条 must 合起来，文件中写出的下列数字只能是".into(),
            "what the must rules together say of figures, where they are stated".into(),
        ),
        frames: Vec::new(),
        notes: bounds.iter().map(bound).collect(),
    })
}

/// `x = 3`, `1 <= x <= 4`, `x > 0`.
fn bound(bounds: &FigureBounds) -> String {
    let figure = bounds.figure();
    if let Some(value) = bounds.fixed() {
        return format!("{figure} = {}", number(value));
    }
    let or_equal = |end: &End| if end.is_attained() { "=" } else { "" };
    match (bounds.low(), bounds.high()) {
        (Some(low), Some(high)) => format!(
            "{} <{} {figure} <{} {}",
            number(low.value()),
            or_equal(low),
            or_equal(high),
            number(high.value())
        ),
        (Some(low), None) => format!("{figure} >{} {}", or_equal(low), number(low.value())),
        (None, Some(high)) => format!("{figure} <{} {}", or_equal(high), number(high.value())),
        (None, None) => figure.to_owned(),
    }
}

fn number(value: Rational) -> String {
    let printed = value.printed(DECIMALS);
    if printed.is_exact { printed.text } else { value.to_string() }
}

/// What is said, with a rule's title where it has one.
fn titled(said: &str, title: Option<&str>, lang: Lang) -> String {
    match title {
        Some(title) => pick(lang, format!("{said}（{title}）"), format!("{said} ({title})")),
        None => said.to_owned(),
    }
}

/// `a、b、c`; in English `a, b and c`.
fn listed<T: AsRef<str>>(names: &[T], lang: Lang) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match (lang, names.split_last()) {
        (Lang::En, Some((last, rest))) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.join("、"),
    }
}

/// The verb for so many rules.
fn hold(rules: &[&str]) -> &'static str {
    if rules.len() == 1 { "holds" } else { "hold" }
}

fn rest(rules: &[&str]) -> &'static str {
    if rules.len() == 1 { "rests" } else { "rest" }
}

/// `1 rule`, `2 rules`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("{count} {what}") } else { format!("{count} {what}s") }
}
