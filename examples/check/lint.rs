//! `--lint`: whether the rules are themselves right; and the refusal of rules that contradict each other.

use std::io::{self, Write};
use std::process::ExitCode;

use gouji::report::{self, Diagnostic, Level};
use gouji::soundness::{self, Analysis};
use gouji::{RuleSet, soundness::Consistency};

use crate::options::Format;
use crate::{Session, pick};

impl Session {
    pub(crate) fn lint(&mut self) -> ExitCode {
        let Some(rules) = self.rules() else { return ExitCode::from(2) };
        let analysis = soundness::analyse(&rules);
        let told = report::lint(&analysis, self.options.lang);
        if self.show_lint(&analysis, &told).is_err() {
            // The reader of our output is gone; there is no one to tell.
            return ExitCode::from(2);
        }
        let is_contradictory = matches!(analysis.consistency(), Consistency::Contradictory(_));
        let is_doubtful =
            !rules.warnings().is_empty() || told.iter().any(|diagnostic| diagnostic.level >= Level::Warning);
        match is_contradictory || (self.options.is_strict && is_doubtful) {
            true => ExitCode::from(1),
            false => ExitCode::SUCCESS,
        }
    }

    fn show_lint(&self, analysis: &Analysis, told: &[Diagnostic]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let lang = self.options.lang;
        if self.options.format == Format::Json {
            return out.write_all(report::lint_json(analysis, lang).as_bytes());
        }
        for diagnostic in told {
            writeln!(out, "{}", report::text(diagnostic, self.style, lang))?;
        }
        writeln!(out, "{}", report::lint_closing(analysis, lang))
    }

    /// Whether rules that the user gave contradict each other, which is told, and no document is to be checked all the same. The
    /// bundled sets do not.
    pub(crate) fn refuses(&self, rules: &RuleSet) -> bool {
        let lang = self.options.lang;
        if self.options.rules.is_empty() {
            return false;
        }
        let sets = soundness::contradictions(rules);
        let is_refused = !sets.is_empty() && !self.options.allows_contradictions;
        for (position, certificate) in sets.iter().enumerate() {
            let mut told = Diagnostic::of_contradiction(certificate, rules, lang);
            if is_refused && position.saturating_add(1) == sets.len() {
                told.notes.push(pick(
                    lang,
                    "没有检查文件；要照样检查，加 --even-contradictory",
                    "no document was checked; --even-contradictory checks them all the same",
                ));
            }
            self.tell(&told);
        }
        is_refused
    }
}
