//! A page that explains how one figure was read, and which field it is of or why of none.

use std::fmt::Write as _;

use crate::check::{Checker, Considered, Refusal};
use crate::document::{Aspect, Base, Decision, Document, Facet, StatementId};
use crate::ruleset::RuleSet;
use crate::source::{LineColumn, Location, Place};
use crate::{Lang, fold};

/// Labels that are named where no field goes by a figure's own.
const ALIKE: usize = 3;

/// A page for each of some figures: what it states and which words decided each, then the field that claims it, or what
/// was missing.
///
/// The words are known of a document that a [`Reader::asked`](crate::Reader::asked) has read.
pub fn figure_pages(
    rules: &RuleSet,
    document: &Document,
    figures: &[StatementId],
    lang: Lang,
) -> Vec<String> {
    let considered = Checker::new(rules).considered(document, figures);
    let pages = figures.iter().zip(considered);
    pages.map(|(figure, considered)| figure_page(rules, document, *figure, &considered, lang)).collect()
}

fn figure_page(
    rules: &RuleSet,
    document: &Document,
    figure: StatementId,
    considered: &[Considered],
    lang: Lang,
) -> String {
    let mut page = String::new();
    let Some(statement) = document.statement(figure) else { return page };
    let at = location(document, &statement.place).map_or(String::new(), |at| format!("{at}  "));
    line(&mut page, format_args!("{at}{}", document.text_of(&statement.place)));
    for decision in &statement.decisions {
        let Decision { about, by, words, .. } = decision;
        let is = match (*about, decision.is.as_str()) {
            (Aspect::Facet, _) => facet(statement.facet, lang).to_owned(),
            (Aspect::Base, _) => base(statement.facet, lang).to_owned(),
            (Aspect::Basis, word) => basis(word, lang).to_owned(),
            (_, "") => pick(lang, "（无）", "(none)").to_owned(),
            (_, is) => is.to_owned(),
        };
        let words = words.as_ref().and_then(|words| location(document, words)).map(|at| {
            let LineColumn { line, column } = at.line_column();
            let place = at.way().unwrap_or_else(|| format!("{line}:{column}"));
            let words: String = at.text().split_whitespace().collect();
            match lang {
                Lang::Zh => format!("“{words}”（{place}）"),
                Lang::En => format!("“{words}” ({place})"),
            }
        });
        let because = match (words, by) {
            (Some(words), by) => format!("{}{}{words}", by.name(lang), pick(lang, "", " ")),
            (None, by) => by.name(lang).to_owned(),
        };
        line(&mut page, format_args!("  {}  {is}  ← {because}", about.name(lang)));
    }
    if !statement.under.is_empty() {
        // A label may be printed on two lines.
        let under = statement.under.iter().map(|under| under.split_whitespace().collect::<String>());
        let under = under.collect::<Vec<_>>().join(pick(lang, "、", ", "));
        line(&mut page, format_args!("  {}  {under}", pick(lang, "上文", "under")));
    }
    match considered.iter().find(|considered| considered.refusal.is_none()) {
        Some(by) => line(&mut page, format_args!("  {}  {}", pick(lang, "字段", "field"), by.field)),
        None => missing(&mut page, rules, &statement.label, considered, lang),
    }
    for refused in considered.iter().filter_map(|other| Some((other, other.refusal.as_ref()?))) {
        line(&mut page, format_args!("    {}", refusal(refused.0, refused.1, lang)));
    }
    page
}

/// What was missing for a field to claim a figure.
fn missing(page: &mut String, rules: &RuleSet, label: &str, considered: &[Considered], lang: Lang) {
    let none = pick(lang, "字段  无", "field  none");
    let why = match (label.is_empty(), considered.is_empty()) {
        (true, _) => pick(
            lang,
            "附近没有名称，或分不清属于哪个名称",
            "no name stands near it, or which of several is not sure",
        )
        .to_owned(),
        (false, false) => String::new(),
        (false, true) => match lang {
            Lang::Zh => format!("规则中没有叫“{label}”的字段"),
            Lang::En => format!("no field goes by “{label}”"),
        },
    };
    let separator = if why.is_empty() { "" } else { pick(lang, "：", ": ") };
    line(page, format_args!("  {none}{separator}{why}"));
    if considered.is_empty() && !label.is_empty() {
        let alike = alike(rules, label);
        if !alike.is_empty() {
            let words = alike.join(pick(lang, "”、“", "”, “"));
            line(page, format_args!("    {}“{words}”", pick(lang, "相近的标签：", "labels like it: ")));
        }
    }
}

/// Labels that a figure's own contains, or that contain it; else the nearest.
fn alike(rules: &RuleSet, label: &str) -> Vec<String> {
    let own = fold::fold_label(label);
    let labels = || rules.vocabulary().labels();
    let mut found: Vec<&str> = labels().filter(|known| own.contains(known) || known.contains(&own)).collect();
    found.sort_by_key(|known| known.len().abs_diff(own.len()));
    found.truncate(ALIKE);
    if found.is_empty() {
        return crate::ruleset::names::nearest_of(&own, labels()).into_iter().collect();
    }
    found.into_iter().map(str::to_owned).collect()
}

fn refusal(considered: &Considered, refusal: &Refusal, lang: Lang) -> String {
    let field = &considered.field;
    match (refusal, lang) {
        (Refusal::Kind(kind), Lang::Zh) => format!("{field} 叫这个名称，但它的类型是 {kind}"),
        (Refusal::Kind(kind), Lang::En) => format!("{field} goes by that name, but it is of kind {kind}"),
        (Refusal::Under(words), Lang::Zh) => format!("{field} 只在“{words}”之下叫这个名称"),
        (Refusal::Under(words), Lang::En) => format!("{field} goes by that name under “{words}” only"),
        (Refusal::PartOf(whole), Lang::Zh) => {
            format!("{field} 叫这个名称，但这个数字是“{whole}”的一部分，不是它")
        }
        (Refusal::PartOf(whole), Lang::En) => {
            format!("{field} goes by that name, but the figure is a part of “{whole}”")
        }
        (Refusal::Farther(by), Lang::Zh) => format!("{field} 也叫这个名称，{by} 更近"),
        (Refusal::Farther(by), Lang::En) => format!("{field} goes by that name too, {by} is nearer"),
        (Refusal::Contested, Lang::Zh) => format!("{field} 叫这个名称，但还有别的字段同样合适"),
        (Refusal::Contested, Lang::En) => format!("{field} goes by that name, and so does another as well"),
    }
}

fn facet(facet: Facet, lang: Lang) -> &'static str {
    match facet {
        Facet::Amount => pick(lang, "金额或数量", "amount"),
        Facet::Delta(_) => pick(lang, "增减额", "change"),
        Facet::Rate(_) => pick(lang, "增减幅", "rate of change"),
        Facet::Share => pick(lang, "占比", "share"),
        Facet::Completion => pick(lang, "完成比例", "completion"),
    }
}

fn base(facet: Facet, lang: Lang) -> &'static str {
    let (Facet::Delta(base) | Facet::Rate(base)) = facet else { return "" };
    match (base.words(), lang) {
        (words, Lang::En) => words,
        _ if base == Base::PRIOR => "上年",
        ("prior budget", _) => "上年预算",
        ("prior actual", _) => "上年决算",
        ("actual", _) => "本年决算",
        _ => "本年预算",
    }
}

fn basis(word: &str, lang: Lang) -> &str {
    match (word, lang) {
        ("budget", Lang::Zh) => "预算",
        ("actual", Lang::Zh) => "决算",
        _ => word,
    }
}

fn location(document: &Document, place: &Place) -> Option<Location> {
    crate::check::locate(document, place)
}

fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String does not fail.
    let _ = writeln!(page, "{text}");
}
