//! Checks documents against rules and tells what does not tie.
//!
//! `cargo run --example check` checks the example document against the Organization Department's rules;
//! `cargo run --example check -- --help` tells the rest.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks through them")]

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use gouji::report::{self, Diagnostic, Strictness, Style};
use gouji::{Checker, Document, DocumentError, Lang, Reader, Report, RuleSet, Severity, Verdict};

/// The words of the command itself, in the language asked for.
fn pick(lang: Lang, zh: impl Into<String>, en: impl Into<String>) -> String {
    match lang {
        Lang::En => en.into(),
        _ => zh.into(),
    }
}

const HELP: &str = "\
用法：check [选项] [文件|文件夹]…

不给文件时，用内置的县委组织部规则检查示例文件。

选项：
  --rules FILE         规则文件，可重复；不给时用内置的 organization
  --format text|json   输出格式，默认 text
  --lang zh|en         输出语言，默认 zh
  --strict             四舍五入范围内的差异和提示也算发现
  --help               显示本说明

文件：.json 按 JSON 读，其余按文本读；文件夹取其中所有 .txt、.md 和 .json。

退出状态：0 没有错误；1 有错误（--strict 时有任何发现）；2 有读不了的文件、写错的规则或选项。";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
}

/// What the command line asks for.
struct Options {
    rules: Vec<PathBuf>,
    format: Format,
    lang: Lang,
    is_strict: bool,
    paths: Vec<PathBuf>,
}

/// What the command has to say, and whether something went wrong.
struct Session {
    options: Options,
    style: Style,
    /// Inputs that could not be read.
    unread: usize,
}

fn main() -> ExitCode {
    match options() {
        Ok(Some(options)) => run(options),
        Ok(None) => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("错误 {message}（--help 显示用法）");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Option<Options>, String> {
    use lexopt::prelude::*;
    let mut options = Options {
        rules: Vec::new(),
        format: Format::Text,
        lang: Lang::Zh,
        is_strict: false,
        paths: Vec::new(),
    };
    let mut parser = lexopt::Parser::from_env();
    let told = |error: lexopt::Error| error.to_string();
    while let Some(argument) = parser.next().map_err(told)? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("strict") => options.is_strict = true,
            Long("rules") => options.rules.push(parser.value().map_err(told)?.into()),
            Long("format") => {
                options.format = choose(
                    &parser.value().map_err(told)?,
                    "--format",
                    &[("text", Format::Text), ("json", Format::Json)],
                )?;
            }
            Long("lang") => {
                options.lang =
                    choose(&parser.value().map_err(told)?, "--lang", &[("zh", Lang::Zh), ("en", Lang::En)])?;
            }
            Value(path) => options.paths.push(path.into()),
            other => return Err(format!("没有这个选项：{}", other.unexpected())),
        }
    }
    Ok(Some(options))
}

fn choose<T: Copy>(value: &OsStr, option: &str, choices: &[(&str, T)]) -> Result<T, String> {
    let chosen = choices.iter().find(|(word, _)| value.to_str() == Some(word)).map(|(_, choice)| *choice);
    let words = choices.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("|");
    chosen.ok_or_else(|| format!("{option} 应为 {words}，而不是 {}", value.to_string_lossy()))
}

fn run(options: Options) -> ExitCode {
    let to_terminal =
        options.format == Format::Text && io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none();
    let style = if to_terminal { Style::Ansi } else { Style::Plain };
    let is_demonstration = options.paths.is_empty();
    let mut session = Session { options, style, unread: 0 };
    let Some(rules) = session.rules() else { return ExitCode::from(2) };
    let mut reports = Vec::new();
    for path in session.documents(is_demonstration) {
        if let Some(document) = session.read(&rules, &path) {
            reports.push(Checker::new(&rules).check(&document));
        }
    }
    if session.show(&rules, &reports).is_err() {
        // The reader of our output is gone; there is no one to tell.
        return ExitCode::from(2);
    }
    let options = &session.options;
    let found = reports.iter().flat_map(Report::outcomes).filter(|outcome| outcome.folded_into().is_none());
    let mut graves = found.filter(|outcome| match outcome.verdict() {
        Verdict::Violated => options.is_strict || outcome.severity() == Severity::Error,
        Verdict::WithinRounding | Verdict::Undecidable => options.is_strict,
        _ => false,
    });
    match (session.unread > 0, graves.next()) {
        (true, _) => ExitCode::from(2),
        (false, Some(_)) if !is_demonstration => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    }
}

impl Session {
    /// The rule set, or nothing after its errors were told.
    fn rules(&mut self) -> Option<RuleSet> {
        let mut builder = RuleSet::builder();
        if self.options.rules.is_empty() {
            builder = builder.bundled("organization");
        }
        for path in self.options.rules.clone() {
            match fs::read(&path) {
                Ok(bytes) => builder = builder.bytes(path.to_string_lossy(), &bytes),
                Err(error) => self.unreadable(&path, &error),
            }
        }
        if self.unread > 0 {
            return None;
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
                            "文件夹里没有 .txt、.md 或 .json 文件",
                            "no .txt, .md or .json file in this folder",
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
            Reader::new(rules).text(name, &bytes)
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
        let strictness = if self.options.is_strict { Strictness::Strict } else { Strictness::Usual };
        writeln!(out, "{}", report::closing(reports, strictness, lang))
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
        let path = entry?.path();
        let extension =
            path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
        if path.is_dir() {
            files.extend(files_in(&path)?);
        } else if matches!(extension.as_deref(), Some("txt" | "md" | "json")) {
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
