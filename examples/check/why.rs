//! `--why`: how a figure was read.

use std::process::ExitCode;

use gouji::document::StatementId;
use gouji::{Document, report};

use crate::{Session, pick};

impl Session {
    pub(crate) fn why(&mut self, place: &str) -> ExitCode {
        let lang = self.options.lang;
        let is_demonstration = self.options.paths.is_empty();
        let Some(rules) = self.rules() else { return ExitCode::from(2) };
        let mut found = false;
        for path in self.documents(is_demonstration) {
            let Some(document) = self.read(&rules, &path) else { continue };
            for page in report::figure_pages(&rules, &document, &figures(&document, place), lang) {
                if found {
                    println!();
                }
                found = true;
                print!("{page}");
            }
        }
        if !found && self.unread == 0 {
            let (zh, en) = (
                format!("{place} 处没有读到数字：或者没有，或者是编号、年份、日期，或者写法读不了"),
                format!(
                    "no figure was read at {place}: there is none, or it is a code or a date, or its form is not read"
                ),
            );
            eprintln!("{} {}", pick(lang, "错误", "error"), pick(lang, zh, en));
            return ExitCode::from(2);
        }
        if self.unread > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS }
    }
}

/// The figure at `LINE:COLUMN`, or those printed so.
fn figures(document: &Document, place: &str) -> Vec<StatementId> {
    let position =
        place.split_once(':').and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
    match position {
        Some((line, column)) => document.figure_at(line, column).into_iter().collect(),
        None => document.figures_printed(place),
    }
}
