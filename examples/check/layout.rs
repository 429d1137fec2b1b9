//! `--fmt`: rule files in the canonical layout.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use gouji::report::{self, Diagnostic, Style};
use gouji::ruleset::{self, FormatError};

use crate::options::Task;
use crate::{Session, pick};

impl Session {
    /// Rewrites rule files, or tells which of them are laid out differently. 1: some are; 2: some cannot be read.
    pub(crate) fn rewrite(&mut self) -> ExitCode {
        let only_tells = self.options.task == Task::TellLayout;
        let mut differ = 0_usize;
        for path in self.options.paths.clone() {
            let Some(text) = self.rule_text(&path) else { continue };
            let Some(formatted) = self.formatted(&path, &text) else { continue };
            if formatted == text {
                continue;
            }
            differ += 1;
            let lang = self.options.lang;
            if only_tells {
                println!("{}: {}", path.display(), pick(lang, "不是统一格式", "not in the canonical layout"));
            } else if let Err(error) = fs::write(&path, formatted) {
                let (zh, en) = (format!("写不了（{error}）"), format!("cannot be written ({error})"));
                self.fail(&path, &pick(lang, zh, en));
            } else {
                println!("{}: {}", path.display(), pick(lang, "已改写", "rewritten"));
            }
        }
        match (self.unread, only_tells && differ > 0) {
            (0, false) => ExitCode::SUCCESS,
            (0, true) => ExitCode::from(1),
            _ => ExitCode::from(2),
        }
    }

    fn rule_text(&mut self, path: &PathBuf) -> Option<String> {
        match fs::read(path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Some(text),
                Err(_) => {
                    let lang = self.options.lang;
                    self.fail(path, &pick(lang, "不是 UTF-8 文本", "not UTF-8 text"));
                    None
                }
            },
            Err(error) => {
                self.unreadable(path, &error);
                None
            }
        }
    }

    fn formatted(&mut self, path: &Path, text: &str) -> Option<String> {
        let lang = self.options.lang;
        match ruleset::format(&path.to_string_lossy(), text) {
            Ok(formatted) => Some(formatted),
            Err(FormatError::Syntax(errors)) => {
                for error in errors.errors() {
                    eprint!("{}", report::text(&Diagnostic::of_rule_error(error, lang), Style::Plain, lang));
                }
                self.unread += 1;
                None
            }
            Err(error) => {
                self.fail(path, &error.to_string());
                None
            }
        }
    }
}
