//! The last line: every verdict counted.

use crate::Lang;
use crate::check::{Report, Summary};
use crate::ruleset::{Severity, Waiver};
use crate::source::Encoding;

/// What counts as a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Strictness {
    /// Rules that are violated.
    #[default]
    Usual,
    /// Differences within rounding too.
    Strict,
}

/// The waivers that waive nothing in any of the reports.
pub fn idle_waivers<'r>(reports: impl IntoIterator<Item = &'r Report>) -> impl Iterator<Item = &'r Waiver> {
    let mut reports = reports.into_iter();
    let mut idle: Vec<&Waiver> =
        reports.next().map(Report::idle_waivers).unwrap_or_default().iter().collect();
    for report in reports {
        idle.retain(|waiver| report.idle_waivers().contains(waiver));
    }
    idle.into_iter()
}

/// What several reports come to.
#[derive(Default)]
struct Total {
    documents: usize,
    errors: usize,
    warnings: usize,
    counts: Summary,
    figures: usize,
    unchecked: usize,
    unread: usize,
    blanks: usize,
    idle: usize,
    /// Documents that were not UTF-8.
    decoded: usize,
}

impl Total {
    fn add(&mut self, report: &Report) {
        let summary = report.summary();
        let errors = report.findings().filter(|finding| finding.severity() == Severity::Error).count();
        for (sum, count) in [
            (&mut self.documents, 1),
            (&mut self.errors, errors),
            (&mut self.warnings, summary.violated.saturating_sub(errors)),
            (&mut self.counts.waived, summary.waived),
            (&mut self.counts.holds, summary.holds),
            (&mut self.counts.within_rounding, summary.within_rounding),
            (&mut self.counts.folded, summary.folded),
            (&mut self.counts.not_applicable, summary.not_applicable),
            (&mut self.counts.undecidable, summary.undecidable),
            (&mut self.figures, report.figures().len()),
            (&mut self.unchecked, report.unchecked().count()),
            (&mut self.unread, report.unread().len()),
            (&mut self.blanks, report.blanks().len()),
            (&mut self.decoded, usize::from(report.encoding() == Encoding::Gb18030)),
        ] {
            *sum = sum.saturating_add(count);
        }
    }
}

/// One sentence with all counts of one or more reports, and how many figures no rule touched.
pub fn closing<'r>(
    reports: impl IntoIterator<Item = &'r Report>,
    strictness: Strictness,
    lang: Lang,
) -> String {
    let reports: Vec<&Report> = reports.into_iter().collect();
    let mut total = Total { idle: idle_waivers(reports.iter().copied()).count(), ..Total::default() };
    reports.into_iter().for_each(|report| total.add(report));
    match lang {
        Lang::Zh => total.chinese(strictness),
        Lang::En => total.english(strictness),
    }
}

impl Total {
    fn chinese(&self, strictness: Strictness) -> String {
        let Total { documents, errors, warnings, figures, unchecked, unread, .. } = self;
        let Summary { holds, within_rounding, folded, not_applicable, undecidable, waived, .. } = self.counts;
        let rounded = if strictness == Strictness::Strict { within_rounding } else { 0 };
        let mut verdict = match (errors, warnings, rounded) {
            (0, 0, 0) if undecidable > 0 => "没有发现不一致，但有规则无法判断".to_owned(),
            (0, 0, 0) if holds == 0 && within_rounding == 0 && waived == 0 => "没有检查到任何内容".to_owned(),
            (0, 0, 0) => "没有发现不一致".to_owned(),
            (errors, warnings, _) => format!("发现 {errors} 个错误、{warnings} 个提示"),
        };
        if rounded > 0 {
            verdict.push_str(&format!("、{rounded} 处四舍五入差异"));
        }
        if folded > 0 {
            verdict.push_str(&format!("（另有 {folded} 条并入其中）"));
        }
        if waived > 0 {
            verdict.push_str(&format!("，豁免 {waived} 处"));
        }
        let mut unread =
            if *unread > 0 { format!("，另有 {unread} 处金额没有读懂") } else { String::new() };
        if self.idle > 0 {
            unread.push_str(&format!("，{} 条豁免没有用到", self.idle));
        }
        if self.blanks > 0 {
            unread.push_str(&format!("，{} 个空白单元格按 0 计", self.blanks));
        }
        if self.decoded > 0 {
            unread.push_str(&format!("，{} 份文件按 GB18030 编码读取", self.decoded));
        }
        format!(
            "{verdict}：{documents} 份文件，{holds} 条成立，{within_rounding} 条在四舍五入范围内成立，{not_applicable} 条不适用，\
             {undecidable} 条无法判断；{figures} 个数字中有 {unchecked} 个没有规则涉及{unread}。"
        )
    }

    fn english(&self, strictness: Strictness) -> String {
        let Total { documents, errors, warnings, figures, unchecked, unread, .. } = self;
        let Summary { holds, within_rounding, folded, not_applicable, undecidable, waived, .. } = self.counts;
        let rounded = if strictness == Strictness::Strict { within_rounding } else { 0 };
        let mut verdict = match (errors, warnings, rounded) {
            (0, 0, 0) if undecidable > 0 => {
                "Nothing found that does not tie, but not all could be decided".to_owned()
            }
            (0, 0, 0) if holds == 0 && within_rounding == 0 && waived == 0 => {
                "Nothing was checked".to_owned()
            }
            (0, 0, 0) => "Nothing found that does not tie".to_owned(),
            (errors, warnings, _) => format!("Errors: {errors}, warnings: {warnings}"),
        };
        if rounded > 0 {
            verdict.push_str(&format!(", differences within rounding: {rounded}"));
        }
        if folded > 0 {
            verdict.push_str(&format!(" ({folded} more folded into them)"));
        }
        if waived > 0 {
            verdict.push_str(&format!(", waived: {waived}"));
        }
        let mut unread = if *unread > 0 { format!("; amounts not read: {unread}") } else { String::new() };
        if self.idle > 0 {
            unread.push_str(&format!("; waivers that waive nothing: {}", self.idle));
        }
        if self.blanks > 0 {
            unread.push_str(&format!("; blank cells read as zero: {}", self.blanks));
        }
        if self.decoded > 0 {
            unread.push_str(&format!("; documents decoded from GB18030: {}", self.decoded));
        }
        format!(
            "{verdict}. Documents: {documents}; rules that hold: {holds}, hold within rounding: {within_rounding}, do not \
             apply: {not_applicable}, cannot be decided: {undecidable}; figures: {figures}, touched by no rule: \
             {unchecked}{unread}."
        )
    }
}
