//! One thing to tell a reader, and the places that show it.

use std::sync::Arc;

use crate::Lang;
use crate::check::{Compared, Folded, Outcome, Verdict};
use crate::document::DocumentError;
use crate::quantity::Rational;
use crate::ruleset::{RuleError, Severity};
use crate::source::{Location, Source, Span};

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Level {
    /// For information: a rule that holds within rounding, or could not be decided.
    Note,
    /// A `should` that does not hold.
    Warning,
    /// A `must` that does not hold, or an input that cannot be read.
    Error,
}

/// Something to tell a reader. It says nothing of colours, widths or formats.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// How grave it is.
    pub level: Level,
    /// What it is called: the rule's qualified name. Empty where it has none.
    pub code: String,
    /// What is wrong, in one line.
    pub title: String,
    /// Where: one frame for each text.
    pub frames: Vec<Frame>,
    /// What else there is to know, a line each.
    pub notes: Vec<String>,
}

/// Places of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Frame {
    /// The text.
    pub source: Arc<Source>,
    /// The places, in the order of the text. At least one.
    pub marks: Vec<Mark>,
}

/// One place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mark {
    /// The bytes.
    pub span: Span,
    /// Whether it is the place itself, and not one that it has to do with.
    pub is_primary: bool,
    /// What to write beside it; may be empty.
    pub text: String,
}

impl Diagnostic {
    /// What an outcome tells a reader.
    pub fn of_outcome(outcome: &Outcome, lang: Lang) -> Diagnostic {
        let level = match (outcome.verdict(), outcome.severity()) {
            (Verdict::Violated, Severity::Error) => Level::Error,
            (Verdict::Violated, Severity::Warning) => Level::Warning,
            _ => Level::Note,
        };
        let mut frames = document_frames(outcome, lang);
        if let Some(rule) = outcome.rule_location() {
            let mark = Mark { span: rule.span(), is_primary: false, text: String::new() };
            frames.push(Frame { source: Arc::clone(rule.source()), marks: vec![mark] });
        }
        let message = outcome.message(lang);
        let mut notes = vec![match outcome.compared() {
            Some(compared) => format!("{message}{}", explained(compared, outcome.verdict(), lang)),
            None => message,
        }];
        if !outcome.folded().is_empty() {
            let titles: Vec<&str> = outcome.folded().iter().map(Folded::title).collect();
            let (zh, en) = (titles.join("；"), titles.join("; "));
            notes.push(pick(
                lang,
                format!("同一处还违反：{zh}"),
                format!("the same figures also violate: {en}"),
            ));
        }
        notes.extend(
            outcome
                .legal_basis()
                .iter()
                .map(|line| pick(lang, format!("依据：{line}"), format!("legal basis: {line}"))),
        );
        Diagnostic { level, code: outcome.rule().to_owned(), title: title(outcome, lang), frames, notes }
    }

    /// What an error of a rule file tells its author.
    pub fn of_rule_error(error: &RuleError, lang: Lang) -> Diagnostic {
        let mut frames: Vec<Frame> =
            error.location().map(|place| frame(place, true, "")).into_iter().collect();
        if let Some(first) = error.related() {
            frames.push(frame(
                first,
                false,
                &pick(lang, "先前在此声明".into(), "first declared here".into()),
            ));
        }
        Diagnostic {
            level: Level::Error,
            code: String::new(),
            title: error.message(lang),
            frames,
            notes: error.hint(lang).into_iter().collect(),
        }
    }

    /// What a warning about a rule file tells its author.
    pub fn of_rule_warning(warning: &RuleError, lang: Lang) -> Diagnostic {
        Diagnostic { level: Level::Warning, ..Diagnostic::of_rule_error(warning, lang) }
    }

    /// What an error of a document tells its author.
    pub fn of_document_error(error: &DocumentError, lang: Lang) -> Diagnostic {
        let place =
            error.place().map(|(source, span)| frame(&Location::new(Arc::clone(source), span), true, ""));
        let title = match place {
            Some(_) => error.message(lang),
            None => pick(
                lang,
                format!("{}：{}", error.name(), error.message(lang)),
                format!("{}: {}", error.name(), error.message(lang)),
            ),
        };
        let frames = place.into_iter().collect();
        Diagnostic { level: Level::Error, code: String::new(), title, frames, notes: Vec::new() }
    }
}

fn pick(lang: Lang, zh: String, en: String) -> String {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn frame(place: &Location, is_primary: bool, text: &str) -> Frame {
    let mark = Mark { span: place.span(), is_primary, text: text.to_owned() };
    Frame { source: Arc::clone(place.source()), marks: vec![mark] }
}

/// The rule's title, and what it was about; a rule without a title is its own title.
fn title(outcome: &Outcome, lang: Lang) -> String {
    let written =
        outcome.rule_location().map(|rule| rule.text().split_whitespace().collect::<Vec<_>>().join(" "));
    let title = outcome.title().map(str::to_owned).or(written).unwrap_or_default();
    let about: Vec<&str> = outcome.scope().iter().map(String::as_str).chain(outcome.subject()).collect();
    match (title.is_empty(), about.is_empty()) {
        (_, true) => title,
        (true, false) => about.join(" · "),
        (false, false) => {
            let about = about.join(" · ");
            pick(lang, format!("{title}（{about}）"), format!("{title} ({about})"))
        }
    }
}

fn document_frames(outcome: &Outcome, lang: Lang) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let has_stated = outcome.evidence().iter().any(crate::check::Evidence::is_stated);
    for (position, evidence) in outcome.evidence().iter().enumerate() {
        // Where neither side is one figure, the first that the rule names stands for the place.
        let is_primary = evidence.is_stated() || (!has_stated && position == 0);
        let text = if evidence.is_stated() && outcome.verdict() == Verdict::Violated {
            let sign = if evidence.unit().as_str() == "%" { "%" } else { "" };
            // 下降17.57% is below zero, and not printed so.
            let is_printed = evidence.value().is_negative()
                && !evidence.location().text().contains(['-', '−', '－', '▲', '△', '(', '（']);
            let value = if is_printed { evidence.value().negated() } else { evidence.value() };
            pick(lang, format!("写的是 {value}{sign}"), format!("stated: {value}{sign}"))
        } else {
            String::new()
        };
        let place = evidence.location();
        let mark = Mark { span: place.span(), is_primary, text };
        match frames.iter_mut().find(|frame| Arc::ptr_eq(&frame.source, place.source())) {
            Some(frame) => frame.marks.push(mark),
            None => frames.push(Frame { source: Arc::clone(place.source()), marks: vec![mark] }),
        }
    }
    frames.iter_mut().for_each(|frame| frame.marks.sort_by_key(|mark| mark.span));
    frames
}

/// What rounding or the tolerance has to say about a difference.
fn explained(compared: &Compared, verdict: Verdict, lang: Lang) -> String {
    let is_silent =
        |slack: &Rational| compared.difference().is_zero() || (slack.is_zero() && !compared.has_tolerance());
    let Some(slack) = compared.slack().filter(|slack| !is_silent(slack)) else { return String::new() };
    let printed = slack.printed(6);
    let about = if printed.is_exact { "" } else { "≈" };
    let sign = if compared.unit().as_str() == "%" { "%" } else { "" };
    let slack = format!("{about}{}{sign}", printed.text);
    match (compared.has_tolerance(), verdict) {
        (true, _) => pick(lang, format!("（容差 {slack}）"), format!(" (tolerance {slack})")),
        (false, Verdict::WithinRounding) => pick(
            lang,
            format!("，在四舍五入范围内（最多 {slack}）"),
            format!(", within rounding (which explains up to {slack})"),
        ),
        // The ends of what a figure stands for are left out, so a difference as large as the slack is not explained.
        (false, Verdict::Violated) if compared.difference().abs() == compared.slack() => pick(
            lang,
            format!("（四舍五入只能解释小于 {slack} 的差）"),
            format!(" (rounding explains less than {slack})"),
        ),
        (false, Verdict::Violated) => pick(
            lang,
            format!("（四舍五入最多可解释 {slack}）"),
            format!(" (rounding explains at most {slack})"),
        ),
        (false, _) => String::new(),
    }
}
