//! The last line: every verdict counted.

use crate::Lang;
use crate::check::{Report, Summary, Verdict};
use crate::ruleset::Severity;

/// One sentence with all counts of one or more reports, and how many figures no rule touched.
pub fn closing<'r>(reports: impl IntoIterator<Item = &'r Report>, lang: Lang) -> String {
    let mut total = Summary::default();
    let (mut documents, mut figures, mut unchecked) = (0_usize, 0_usize, 0_usize);
    let (mut errors, mut warnings) = (0_usize, 0_usize);
    for report in reports {
        let summary = report.summary();
        for (sum, count) in [
            (&mut total.holds, summary.holds),
            (&mut total.within_rounding, summary.within_rounding),
            (&mut total.violated, summary.violated),
            (&mut total.folded, summary.folded),
            (&mut total.not_applicable, summary.not_applicable),
            (&mut total.undecidable, summary.undecidable),
            (&mut documents, 1),
            (&mut figures, report.figures().len()),
            (&mut unchecked, report.unchecked().count()),
        ] {
            *sum = sum.saturating_add(count);
        }
        for finding in report.findings().filter(|finding| finding.verdict() == Verdict::Violated) {
            let count = if finding.severity() == Severity::Error { &mut errors } else { &mut warnings };
            *count = count.saturating_add(1);
        }
    }
    let Summary { holds, within_rounding, folded, not_applicable, undecidable, .. } = total;
    match lang {
        Lang::Zh => {
            let verdict = match (errors, warnings) {
                (0, 0) => "没有发现不一致".to_owned(),
                _ => format!("发现 {errors} 个错误、{warnings} 个提示"),
            };
            let folded =
                if folded > 0 { format!("（另有 {folded} 条并入其中）") } else { String::new() };
            format!(
                "{verdict}{folded}：{documents} 份文件，{holds} 条成立，{within_rounding} 条在四舍五入范围内成立，\
                 {not_applicable} 条不适用，{undecidable} 条无法判断；{figures} 个数字中有 {unchecked} 个没有规则涉及。"
            )
        }
        Lang::En => {
            let verdict = match (errors, warnings) {
                (0, 0) => "nothing found that does not tie".to_owned(),
                _ => format!("{errors} errors and {warnings} warnings"),
            };
            let folded =
                if folded > 0 { format!(" ({folded} more folded into them)") } else { String::new() };
            format!(
                "{verdict}{folded}: {documents} documents, {holds} hold, {within_rounding} hold within rounding, \
                 {not_applicable} do not apply, {undecidable} cannot be decided; no rule touches {unchecked} of {figures} \
                 figures."
            )
        }
    }
}
