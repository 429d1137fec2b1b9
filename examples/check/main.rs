//! Checks documents against rules and tells what does not tie.
//!
//! `cargo run --example check` checks the example document against the Organization Department's rules;
//! `cargo run --example check -- --help` tells the rest.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks through them")]

mod explain;
mod layout;
mod lint;
mod options;
mod test;
mod why;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use gouji::report::{self, Diagnostic, Strictness, Style};
use gouji::{Checker, Document, DocumentError, Lang, Reader, Report, RuleSet, Severity, Verdict};

use options::{Format, HELP, Options, Task};

/// The files that are taken from a folder.
const ENDINGS: [&str; 8] = [".txt", ".md", ".json", ".csv", ".xlsx", ".xls", ".html", ".htm"];

/// The words of the command itself, in the language asked for.
fn pick(lang: Lang, zh: impl Into<String>, en: impl Into<String>) -> String {
    match lang {
        Lang::En => en.into(),
        _ => zh.into(),
    }
}

/// What the command has to say, and whether something went wrong.
struct Session {
    options: Options,
    style: Style,
    /// Inputs that could not be read.
    unread: usize,
}

fn main() -> ExitCode {
    let options = match Options::read() {
        Ok(options) => options,
        Err(message) => {
            eprintln!("错误 {message}（--help 显示用法）");
            return ExitCode::from(2);
        }
    };
    let to_terminal =
        options.format == Format::Text && io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none();
    let style = if to_terminal { Style::Ansi } else { Style::Plain };
    let task = options.task.clone();
    let mut session = Session { options, style, unread: 0 };
    match task {
        Task::Help => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        Task::Check => session.check(),
        Task::Explain(name) => session.explain(&name),
        Task::Why(place) => session.why(&place),
        Task::Test => session.test(),
        Task::Lint => session.lint(),
        Task::Rewrite | Task::TellLayout => session.rewrite(),
    }
}

impl Session {
    fn check(&mut self) -> ExitCode {
        let is_demonstration = self.options.paths.is_empty();
        let Some(rules) = self.rules() else { return ExitCode::from(2) };
        if self.refuses(&rules) {
            return ExitCode::from(2);
        }
        let prior = match self.options.prior.clone() {
            Some(path) => match self.read(&rules, &path) {
                Some(prior) => Some(prior),
                None => return ExitCode::from(2),
            },
            None => None,
        };
        let mut reports = Vec::new();
        for path in self.documents(is_demonstration) {
            let Some(document) = self.read(&rules, &path) else { continue };
            let mut checker = Checker::new(&rules);
            if let Some(prior) = &prior {
                if let (Some(year), Some(before)) = (document.year(), prior.year())
                    && before >= year
                {
                    let lang = self.options.lang;
                    let (zh, en) = (
                        format!("{year} 年的文件，--prior 却是 {before} 年的"),
                        format!("a document of {year}, but --prior is of {before}"),
                    );
                    self.fail(&path, &pick(lang, zh, en));
                    continue;
                }
                checker = checker.prior(prior);
            }
            reports.push(checker.check(&document));
        }
        if self.show(&rules, &reports).is_err() {
            // The reader of our output is gone; there is no one to tell.
            return ExitCode::from(2);
        }
        let options = &self.options;
        let mut graves =
            reports.iter().flat_map(Report::outcomes).filter(|outcome| match outcome.verdict() {
                Verdict::Violated => {
                    outcome.is_finding() && (options.is_strict || outcome.severity() == Severity::Error)
                }
                Verdict::WithinRounding | Verdict::Undecidable => options.is_strict,
                _ => false,
            });
        // A waiver or a rule that is probably not meant so is something found too.
        let is_doubtful = !rules.warnings().is_empty() || report::idle_waivers(&reports).next().is_some();
        let is_grave = graves.next().is_some() || options.is_strict && is_doubtful;
        match (self.unread > 0, is_grave && !is_demonstration) {
            (true, _) => ExitCode::from(2),
            (false, true) => ExitCode::from(1),
            (false, false) => ExitCode::SUCCESS,
        }
    }

    /// The rule set, or nothing after its errors were told.
    fn rules(&mut self) -> Option<RuleSet> {
        let mut builder = RuleSet::builder();
        if self.options.rules.is_empty() {
            builder = builder.bundled("organization");
        }
        for path in &self.options.rules {
            builder = builder.path(path);
        }
        match builder.build() {
            Ok(rules) => {
                rules
                    .warnings()
                    .iter()
                    .for_each(|warning| self.tell(&Diagnostic::of_rule_warning(warning, self.options.lang)));
                Some(rules)
            }
            Err(error) => {
                error
                    .errors()
                    .iter()
                    .for_each(|error| self.tell(&Diagnostic::of_rule_error(error, self.options.lang)));
                self.unread += 1;
                None
            }
        }
    }

    /// The files to read: those given, and those in the folders given.
    fn documents(&mut self, is_demonstration: bool) -> Vec<PathBuf> {
        if is_demonstration {
            return vec![example_document()];
        }
        let mut files = Vec::new();
        for path in self.options.paths.clone() {
            if !path.is_dir() {
                files.push(path);
                continue;
            }
            match files_in(&path) {
                Ok(found) if found.is_empty() => {
                    self.fail(
                        &path,
                        &pick(
                            self.options.lang,
                            format!("文件夹里没有 {} 文件", ENDINGS.join("、")),
                            format!("no {} file in this folder", ENDINGS.join(", ")),
                        ),
                    );
                }
                Ok(found) => files.extend(found),
                Err(error) => self.unreadable(&path, &error),
            }
        }
        files
    }

    fn read(&mut self, rules: &RuleSet, path: &Path) -> Option<Document> {
        let name = path.to_string_lossy();
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.unreadable(path, &error);
                return None;
            }
        };
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let read: Result<Document, DocumentError> = if is_json {
            Document::from_json_bytes(name, &bytes)
        } else {
            let reader = Reader::new(rules);
            let reader = if matches!(self.options.task, Task::Why(_)) { reader.asked() } else { reader };
            reader.read(name, &bytes)
        };
        match read {
            Ok(document) => Some(document),
            Err(error) => {
                self.tell(&Diagnostic::of_document_error(&error, self.options.lang));
                self.unread += 1;
                None
            }
        }
    }

    fn show(&self, rules: &RuleSet, reports: &[Report]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let lang = self.options.lang;
        if self.options.format == Format::Json {
            return out.write_all(report::json(reports, lang).as_bytes());
        }
        for outcome in reports.iter().flat_map(Report::outcomes) {
            let is_told = match outcome.verdict() {
                // What is waived is shown as waived.
                Verdict::Violated => outcome.folded_into().is_none(),
                // Silence is not a pass.
                Verdict::Undecidable => true,
                Verdict::WithinRounding => self.options.is_strict,
                // Where any word is a name, a slip of the pen is a figure that no document states.
                Verdict::NotApplicable => rules.declares_nothing() && !outcome.missing().is_empty(),
                Verdict::Holds => false,
                _ => true,
            };
            if is_told {
                writeln!(out, "{}", report::text(&Diagnostic::of_outcome(outcome, lang), self.style, lang))?;
            }
        }
        if self.unread > 0 {
            let (zh, en) = (
                format!("有 {} 个输入没有检查。", self.unread),
                format!("Inputs not checked: {}.", self.unread),
            );
            writeln!(out, "{}", pick(lang, zh, en))?;
        }
        if reports.is_empty() {
            return Ok(());
        }
        self.idle_waivers(&mut out, reports)?;
        if self.options.lists_unchecked {
            out.write_all(report::unchecked(reports, lang).as_bytes())?;
        }
        let strictness = if self.options.is_strict { Strictness::Strict } else { Strictness::Usual };
        writeln!(out, "{}", report::closing(reports, strictness, lang))
    }

    /// Waivers that no document needed.
    fn idle_waivers(&self, out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
        let lang = self.options.lang;
        for waiver in report::idle_waivers(reports) {
            // What shows best why: that the rule holds somewhere, else why it does not apply.
            let mut outcomes = reports.iter().flat_map(Report::outcomes);
            let applies = |outcome: &&gouji::Outcome| outcome.verdict() != Verdict::NotApplicable;
            let of_rule = |outcome: &&gouji::Outcome| outcome.rule() == waiver.rule();
            let outcome = outcomes.clone().filter(of_rule).find(applies).or_else(|| outcomes.find(of_rule));
            let diagnostic = Diagnostic::of_idle_waiver(waiver, outcome, lang);
            writeln!(out, "{}", report::text(&diagnostic, self.style, lang))?;
        }
        Ok(())
    }

    /// Tells a diagnostic about an input, beside the report.
    fn tell(&self, diagnostic: &Diagnostic) {
        let style = if io::stderr().is_terminal() { self.style } else { Style::Plain };
        eprint!("{}", report::text(diagnostic, style, self.options.lang));
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        let lang = self.options.lang;
        let why = match error.kind() {
            io::ErrorKind::NotFound => pick(lang, "没有这个文件", "no such file"),
            io::ErrorKind::PermissionDenied => pick(lang, "没有权限读取", "no permission to read it"),
            _ => pick(lang, format!("读不了（{error}）"), format!("cannot be read ({error})")),
        };
        self.fail(path, &why);
    }

    fn fail(&mut self, path: &Path, why: &str) {
        let lang = self.options.lang;
        eprintln!("{} {}{}{why}", pick(lang, "错误", "error"), path.display(), pick(lang, "：", ": "));
        self.unread += 1;
    }
}

fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let extension =
            path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
        // A link may lead back to where it stands: what it links to is checked where that stands.
        let is_linked = entry.file_type()?.is_symlink();
        if path.is_dir() {
            if !is_linked {
                files.extend(files_in(&path)?);
            }
        } else if extension.is_some_and(|extension| ENDINGS.contains(&format!(".{extension}").as_str())) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The example document: beside the working directory as a reader of the repository has it, else where it was built.
fn example_document() -> PathBuf {
    let beside = PathBuf::from("examples/data/organization-2019.txt");
    if beside.exists() { beside } else { Path::new(env!("CARGO_MANIFEST_DIR")).join(beside) }
}
