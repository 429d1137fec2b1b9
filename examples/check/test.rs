//! `--test`: the tests that the rule files carry.

use std::process::ExitCode;

use gouji::Checker;
use gouji::report::{self, Diagnostic, Style};

use crate::{Session, pick};

impl Session {
    pub(crate) fn test(&mut self) -> ExitCode {
        let lang = self.options.lang;
        let Some(rules) = self.rules() else { return ExitCode::from(2) };
        let (mut failed, mut unread) = (0_usize, 0_usize);
        for case in rules.tests() {
            match Checker::new(&rules).test(case) {
                Ok(mismatches) => {
                    failed += usize::from(!mismatches.is_empty());
                    for mismatch in &mismatches {
                        let told = Diagnostic::of_mismatch(case, mismatch, lang);
                        println!("{}", report::text(&told, self.style, lang));
                    }
                }
                Err(error) => {
                    unread += 1;
                    let told = Diagnostic::of_document_error(&error, lang);
                    eprint!("{}", report::text(&told, Style::Plain, lang));
                }
            }
        }
        let total = rules.tests().len();
        let passed = total - failed - unread;
        let (zh, en) = (
            format!("{total} 个测试：{passed} 个通过，{failed} 个不通过，{unread} 个读不了。"),
            format!("Tests: {total}, passed: {passed}, failed: {failed}, unreadable: {unread}."),
        );
        println!("{}", pick(lang, zh, en));
        match (unread, failed) {
            (0, 0) => ExitCode::SUCCESS,
            (0, _) => ExitCode::from(1),
            _ => ExitCode::from(2),
        }
    }
}
