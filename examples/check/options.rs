//! The command line.

use std::ffi::OsStr;
use std::path::PathBuf;

use gouji::Lang;

pub(crate) const HELP: &str = "\
用法：check [选项] [文件|文件夹]…

不给文件时，用内置的县委组织部规则检查示例文件。

选项：
  --rules FILE         规则文件，可重复；不给时用内置的 organization
  --prior FILE         上一年的文件，与本年文件一并检查
  --format text|json   输出格式，默认 text
  --lang zh|en         输出语言，默认 zh
  --strict             四舍五入范围内的差异和提示也算发现
  --unchecked          列出没有规则涉及的数字
  --why PLACE          说明一个数字是怎样读的；PLACE 为“行:列”（如 41:12）或数字本身（如 155.17万元）
  --explain NAME       说明一条规则（如 expenditure.split）或一种错误（如 E012）
  --test               运行规则文件中的 test
  --lint               只查规则本身：能否同时成立，有没有多余的或用不上的
  --even-contradictory 规则互相矛盾时照样检查文件
  --fmt [--check]      把所给的规则文件改写为统一格式；--check 只报告哪些文件需要改写
  --help               显示本说明

文件：.json 按 JSON 读，Excel 工作簿和网页按内容认，.csv 按表格读，其余按文本读；文件夹取其中所有 .txt、.md、.json、
.csv、.xlsx、.xls、.html 和 .htm。Excel 工作簿要以 --features sheet 编译，网页要以 --features html 编译。

退出状态：0 没有错误；1 有错误（--strict 时有任何发现）；2 有读不了的文件、写错的或互相矛盾的规则、写错的选项。
--lint 时：0 没有矛盾；1 规则互相矛盾（--strict 时有任何提示）；2 有写错的规则或选项。";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
}

/// What the command is asked to do.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Task {
    Check,
    Explain(String),
    Why(String),
    Test,
    Lint,
    Rewrite,
    /// Tell which rule files are not in the canonical layout.
    TellLayout,
    Help,
}

/// What the command line asks for.
pub(crate) struct Options {
    pub(crate) task: Task,
    pub(crate) rules: Vec<PathBuf>,
    pub(crate) prior: Option<PathBuf>,
    pub(crate) format: Format,
    pub(crate) lang: Lang,
    pub(crate) is_strict: bool,
    pub(crate) lists_unchecked: bool,
    /// Checks documents against rules that contradict each other too.
    pub(crate) allows_contradictions: bool,
    pub(crate) paths: Vec<PathBuf>,
}

impl Options {
    pub(crate) fn read() -> Result<Options, String> {
        use lexopt::prelude::*;
        let mut options = Options {
            task: Task::Check,
            rules: Vec::new(),
            prior: None,
            format: Format::Text,
            lang: Lang::Zh,
            is_strict: false,
            lists_unchecked: false,
            allows_contradictions: false,
            paths: Vec::new(),
        };
        let mut only_tells = false;
        let mut parser = lexopt::Parser::from_env();
        let told = |error: lexopt::Error| error.to_string();
        while let Some(argument) = parser.next().map_err(told)? {
            match argument {
                Long("help") | Short('h') => return Ok(Options { task: Task::Help, ..options }),
                Long("strict") => options.is_strict = true,
                Long("even-contradictory") => options.allows_contradictions = true,
                Long("unchecked") => options.lists_unchecked = true,
                Long("rules") => options.rules.push(parser.value().map_err(told)?.into()),
                Long("prior") => options.prior = Some(parser.value().map_err(told)?.into()),
                Long("explain") => {
                    let name = parser.value().map_err(told)?.to_string_lossy().into_owned();
                    options.task = Task::Explain(name);
                }
                Long("why") => {
                    let place = parser.value().map_err(told)?.to_string_lossy().into_owned();
                    options.task = Task::Why(place);
                }
                Long("test") => options.task = Task::Test,
                Long("lint") => options.task = Task::Lint,
                Long("fmt") => options.task = Task::Rewrite,
                Long("check") => only_tells = true,
                Long("format") => {
                    let formats = [("text", Format::Text), ("json", Format::Json)];
                    options.format = choose(&parser.value().map_err(told)?, "--format", &formats)?;
                }
                Long("lang") => {
                    let languages = [("zh", Lang::Zh), ("en", Lang::En)];
                    options.lang = choose(&parser.value().map_err(told)?, "--lang", &languages)?;
                }
                Value(path) => options.paths.push(path.into()),
                other => return Err(format!("没有这个选项：{}", other.unexpected())),
            }
        }
        match (only_tells, &options.task) {
            (true, Task::Rewrite) => options.task = Task::TellLayout,
            (true, _) => return Err("--check 只与 --fmt 一起用".to_owned()),
            (false, _) => {}
        }
        if options.lists_unchecked && (options.format == Format::Json || options.task != Task::Check) {
            return Err("--unchecked 只用于检查文件，输出为 text；JSON 里每个数字都有 checked".to_owned());
        }
        if options.format == Format::Json && !matches!(options.task, Task::Check | Task::Lint) {
            return Err("--format json 只用于检查文件和 --lint".to_owned());
        }
        if options.allows_contradictions && options.task != Task::Check {
            return Err("--even-contradictory 只用于检查文件".to_owned());
        }
        if options.task == Task::Lint && !options.paths.is_empty() {
            return Err("--lint 只查规则，规则文件用 --rules 给出".to_owned());
        }
        if matches!(options.task, Task::Rewrite | Task::TellLayout) && options.paths.is_empty() {
            return Err("--fmt 要给出规则文件".to_owned());
        }
        Ok(options)
    }
}

fn choose<T: Copy>(value: &OsStr, option: &str, choices: &[(&str, T)]) -> Result<T, String> {
    let chosen = choices.iter().find(|(word, _)| value.to_str() == Some(word)).map(|(_, choice)| *choice);
    let words = choices.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("|");
    chosen.ok_or_else(|| format!("{option} 应为 {words}，而不是 {}", value.to_string_lossy()))
}
