//! One thing to tell a reader, and the places that show it.

use std::sync::Arc;

use crate::Lang;
#[cfg(feature = "json")]
use crate::check::Mismatch;
use crate::check::{Compared, Folded, Outcome, Verdict};
use crate::document::DocumentError;
use crate::quantity::Rational;
#[cfg(feature = "json")]
use crate::ruleset::TestCase;
use crate::ruleset::{RuleError, Severity, Waiver};
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
    /// What it is called: the rule's qualified name, or the code of an error in a rule file, such as `E301`. Empty where
    /// it has none.
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
    /// The way to it in a Rust value, or the sheet and its cell: the text is then a listing, whose lines have no numbers.
    pub path: Option<String>,
}

impl Diagnostic {
    /// What an outcome tells a reader.
    pub fn of_outcome(outcome: &Outcome, lang: Lang) -> Diagnostic {
        let level = match (outcome.verdict(), outcome.severity()) {
            _ if outcome.waived().is_some() => Level::Note,
            (Verdict::Violated, Severity::Error) => Level::Error,
            (Verdict::Violated, Severity::Warning) => Level::Warning,
            _ => Level::Note,
        };
        let mut frames = document_frames(outcome, lang);
        if let Some(rule) = outcome.rule_location() {
            frames.push(frame(rule, false, ""));
        }
        let message = outcome.message(lang);
        let mut notes = vec![match outcome.compared() {
            Some(compared) => format!("{message}{}", explained(compared, outcome.verdict(), lang)),
            None => message,
        }];
        if !outcome.folded().is_empty() {
            let titles: Vec<String> = outcome.folded().iter().map(|folded| also(folded, lang)).collect();
            let (zh, en) = (titles.join("；"), titles.join("; "));
            notes.push(pick(
                lang,
                format!("同一处还违反：{zh}"),
                format!("the same figures also violate: {en}"),
            ));
        }
        if !outcome.blanks().is_empty() {
            let count = outcome.blanks().len();
            notes.push(pick(
                lang,
                format!("其中 {count} 个空白单元格按 0 计"),
                format!("blank cells read as zero: {count}"),
            ));
        }
        notes.extend(
            outcome.waived().map(|why| pick(lang, format!("已豁免：{why}"), format!("waived: {why}"))),
        );
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
            code: error.code().to_owned(),
            title: error.message(lang),
            frames,
            notes: error.hint(lang).into_iter().collect(),
        }
    }

    /// What a warning about a rule file tells its author.
    pub fn of_rule_warning(warning: &RuleError, lang: Lang) -> Diagnostic {
        Diagnostic { level: Level::Warning, ..Diagnostic::of_rule_error(warning, lang) }
    }

    /// What a waiver that waives nothing tells its author.
    ///
    /// `outcome` is what became of its rule, where that is known.
    pub fn of_idle_waiver(waiver: &Waiver, outcome: Option<&Outcome>, lang: Lang) -> Diagnostic {
        let rule = waiver.rule();
        let note = match outcome.map(Outcome::verdict) {
            Some(Verdict::Holds | Verdict::WithinRounding) => Some(pick(
                lang,
                "该规则成立，这条豁免可以删去".into(),
                "the rule holds: the waiver can go".into(),
            )),
            Some(Verdict::NotApplicable) => outcome.map(|outcome| {
                let why = outcome.message(lang);
                pick(lang, format!("该规则不适用：{why}"), format!("the rule does not apply: {why}"))
            }),
            _ => None,
        };
        Diagnostic {
            level: Level::Warning,
            code: String::new(),
            title: pick(
                lang,
                format!("豁免没有用到：{rule} 没有可豁免的结果"),
                format!("this waiver waives nothing: {rule} is not violated"),
            ),
            frames: vec![frame(waiver.location(), true, "")],
            notes: note.into_iter().collect(),
        }
    }

    /// What a test of a rule file that does not pass tells its author.
    #[cfg(feature = "json")]
    pub fn of_mismatch(case: &TestCase, mismatch: &Mismatch, lang: Lang) -> Diagnostic {
        let expected = mismatch.expectation.verdict().as_str();
        let rule = mismatch.expectation.rule();
        let found = mismatch.found.as_ref().map_or_else(
            || pick(lang, "没有结果".into(), "nothing".into()),
            |found| found.verdict().as_str().to_owned(),
        );
        let mut frames = vec![frame(mismatch.expectation.location(), true, "")];
        if let Some(found) = &mismatch.found {
            frames.extend(document_frames(found, lang));
        }
        Diagnostic {
            level: Level::Error,
            code: rule.to_owned(),
            title: pick(
                lang,
                format!("测试“{}”：应为 {expected}，实为 {found}", case.title()),
                format!("test \"{}\": expected {expected}, found {found}", case.title()),
            ),
            frames,
            notes: mismatch.found.iter().map(|found| found.message(lang)).collect(),
        }
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

/// A rule that is folded into a finding, with its row.
fn also(folded: &Folded, lang: Lang) -> String {
    let title = folded.title(lang);
    match folded.row() {
        Some(row) => pick(lang, format!("{title}（{row}）"), format!("{title} ({row})")),
        None => title.to_owned(),
    }
}

pub(super) fn pick(lang: Lang, zh: String, en: String) -> String {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn frame(place: &Location, is_primary: bool, text: &str) -> Frame {
    Frame { source: Arc::clone(place.source()), marks: vec![mark(place, is_primary, text)] }
}

fn mark(place: &Location, is_primary: bool, text: &str) -> Mark {
    Mark { span: place.span(), is_primary, text: text.to_owned(), path: place.way() }
}

/// The rule's title, and what it was about; a rule without a title is its own title.
fn title(outcome: &Outcome, lang: Lang) -> String {
    let written =
        outcome.rule_location().map(|rule| rule.text().split_whitespace().collect::<Vec<_>>().join(" "));
    let title = outcome.title(lang).map(str::to_owned).or(written).unwrap_or_default();
    let scope = match (outcome.row(), outcome.scope().split_last()) {
        // A row goes by its code and its name.
        (Some(_), Some((_, outer))) => outer,
        _ => outcome.scope(),
    };
    let about: Vec<&str> = scope
        .iter()
        .map(String::as_str)
        .chain(outcome.row())
        .chain(outcome.column())
        .chain(outcome.subject())
        .collect();
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
    let has_stated = outcome.evidence().iter().any(crate::check::Evidence::is_stated);
    let places = outcome.evidence().iter().enumerate().map(|(position, evidence)| {
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
        (evidence.location().clone(), is_primary, text)
    });
    frames(places)
}

/// Places, whether each is primary, and what to write beside it: a frame for each text, the one that is at fault first.
pub(super) fn frames(places: impl IntoIterator<Item = (Location, bool, String)>) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for (place, is_primary, text) in places {
        let mark = mark(&place, is_primary, &text);
        match frames.iter_mut().find(|frame| Arc::ptr_eq(&frame.source, place.source())) {
            Some(frame) => frame.marks.push(mark),
            None => frames.push(Frame { source: Arc::clone(place.source()), marks: vec![mark] }),
        }
    }
    frames.iter_mut().for_each(|frame| frame.marks.sort_by_key(|mark| mark.span));
    frames.sort_by_key(|frame| !frame.marks.iter().any(|mark| mark.is_primary));
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
