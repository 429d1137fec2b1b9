//! The figures that no rule touched, a line each.

use super::visible::visible;
use crate::check::{Report, StatedFigure};
use crate::{Lang, limits};

/// The figures of one or more reports that no rule touched, a line each: where, what is printed, what it is called, and whether
/// a field claims it. Empty where there are none; after [`limits::UNCHECKED_SHOWN`] lines the rest is counted.
///
/// ```
/// use gouji::{Checker, Document, Lang, RuleSet, report};
/// let rules = RuleSet::parse("a == b")?;
/// let document = Document::from_json("d.json", r#"{"a": "1", "b": "1", "c": "7.50"}"#)?;
/// let checked = Checker::new(&rules).check(&document);
/// assert_eq!(report::unchecked([&checked], Lang::En), "d.json:1:28: 7.50, c: no field claims it\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn unchecked<'r>(reports: impl IntoIterator<Item = &'r Report>, lang: Lang) -> String {
    let mut figures = reports.into_iter().flat_map(Report::unchecked);
    let mut out: String =
        figures.by_ref().take(limits::UNCHECKED_SHOWN).map(|figure| line(figure, lang)).collect();
    let more = figures.count();
    if more > 0 {
        out.push_str(&match lang {
            Lang::Zh => format!("另有 {more} 个没有列出\n"),
            Lang::En => format!("{more} more are not listed\n"),
        });
    }
    out
}

fn line(figure: &StatedFigure, lang: Lang) -> String {
    let place = &figure.location;
    let at = match place.path() {
        Some(path) => visible(path),
        None => {
            let at = place.line_column();
            format!("{}:{}", at.line, at.column)
        }
    };
    let label = figure.label_text.as_str();
    let (zh, en) = match (&figure.field, label) {
        (Some(field), _) => (format!("{label}，是 {field}"), format!("{label}: it is {field}")),
        (None, "") => ("认不出是什么".to_owned(), "it is not known what it is".to_owned()),
        (None, _) => (format!("{label}，没有字段认领"), format!("{label}: no field claims it")),
    };
    let (name, printed) = (visible(place.source().name()), visible(place.text()));
    match lang {
        Lang::Zh => format!("{name}:{at}：{printed}，{}\n", visible(&zh)),
        Lang::En => format!("{name}:{at}: {printed}, {}\n", visible(&en)),
    }
}
