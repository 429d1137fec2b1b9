//! The pages in `docs/` say what is true: their rules resolve, their examples come to the verdicts shown beside them,
//! each cell of their truth tables holds, and the commands of the tutorial and of the page on soundness print what is shown.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use gouji::{Checker, Document, Lang, Outcome, Report, RuleSet, Verdict};

const LANGUAGE: &str = include_str!("../docs/language.md");
const SOUNDNESS: &str = include_str!("../docs/soundness.md");
const TUTORIAL: &str = include_str!("../docs/tutorial.md");
const README: &str = include_str!("../README.md");

/// A fenced block of a Markdown page.
struct Fence<'p> {
    /// What is written behind the fence: `rules`, `json prior`, `console`.
    info: &'p str,
    text: &'p str,
    /// Where the text stands in the page.
    span: Range<usize>,
    /// The nearest heading above.
    heading: &'p str,
    line: usize,
}

fn fences(page: &str) -> Vec<Fence<'_>> {
    let (mut found, mut at, mut heading) = (Vec::new(), 0, "");
    let mut open: Option<(&str, usize, usize)> = None;
    for (line, text) in page.split_inclusive('\n').enumerate() {
        let trimmed = text.trim_end();
        match (open, trimmed.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info, at + text.len(), line + 1)),
            (Some((info, start, line)), Some("")) => {
                found.push(Fence { info, text: &page[start..at], span: start..at, heading, line });
                open = None;
            }
            (None, None) if trimmed.starts_with("##") => heading = trimmed,
            _ => {}
        }
        at += text.len();
    }
    assert!(open.is_none(), "a block is not closed: {open:?}");
    found
}

/// The rules as they can be used today: until the set `department` is bundled, `organization` stands in for it.
fn usable(rules: &str) -> String {
    match RuleSet::builder().bundled("department").build() {
        Ok(_) => rules.to_owned(),
        Err(_) => rules.replace("use department", "use organization"),
    }
}

fn rule_set(rules: &str) -> RuleSet {
    RuleSet::parse(&usable(rules)).unwrap_or_else(|error| panic!("{error}\n{rules}"))
}

/// The verdicts in the words of the pages; what is waived is `waived`.
fn word(outcome: &Outcome) -> &'static str {
    if outcome.waived().is_some() { "waived" } else { outcome.verdict().as_str() }
}

/// From what counts for nothing to the worst: as for the tests of rule files.
fn weight(outcome: &Outcome) -> usize {
    let order = [
        Verdict::NotApplicable,
        Verdict::Holds,
        Verdict::WithinRounding,
        Verdict::Undecidable,
        Verdict::Violated,
    ];
    order.iter().position(|verdict| *verdict == outcome.verdict()).unwrap()
}

/// Whether an outcome is about a row, a figure or a scope, as the pages write it in brackets.
fn is_about(outcome: &Outcome, of: &str) -> bool {
    outcome.row() == Some(of) || outcome.subject() == Some(of) || outcome.scope().join(" ") == of
}

/// The outcome that a line of a `verdicts` block speaks of, and what is wrong with the line, if anything is.
fn differs(report: &Report, line: &str) -> Option<String> {
    let (said, message) = match line.split_once(" — ") {
        Some((said, message)) => (said, Some(message)),
        None => (line, None),
    };
    let (subject, verdict) = said.rsplit_once(": ").unwrap();
    let (rule, of) = match subject.split_once(" [") {
        Some((rule, of)) => (rule, of.strip_suffix(']')),
        None => (subject, None),
    };
    let outcomes = report.outcomes().iter().filter(|outcome| outcome.rule() == rule);
    let worst =
        outcomes.filter(|outcome| of.is_none_or(|of| is_about(outcome, of))).max_by_key(|it| weight(it));
    let Some(worst) = worst else { return Some(format!("{line}\n  ran over nothing")) };
    let found = worst.message(Lang::En);
    let is_said = word(worst) == verdict && message.is_none_or(|message| message == found);
    (!is_said).then(|| format!("{line}\n  is {} — {found}", word(worst)))
}

/// Runs every rules–json–verdicts example of a page: how many there were, and the verdicts shown under each heading.
fn run(page: &str) -> (usize, BTreeMap<&str, BTreeSet<String>>) {
    let (mut rules, mut document, mut prior): (Option<RuleSet>, Option<Document>, Option<Document>) =
        (None, None, None);
    let (mut count, mut shown, mut wrong) = (0, BTreeMap::<&str, BTreeSet<String>>::new(), Vec::new());
    let read =
        |text: &str| Document::from_json("a.json", text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    for fence in fences(page) {
        match fence.info {
            "rules" => (rules, document, prior) = (Some(rule_set(fence.text)), None, None),
            "json" => document = Some(read(fence.text)),
            "json prior" => prior = Some(read(fence.text)),
            "verdicts" => {
                let rules = rules.as_ref().unwrap();
                let document = document.take().unwrap();
                let checker = Checker::new(rules);
                let report = match &prior {
                    Some(prior) => checker.prior(prior).check(&document),
                    None => checker.check(&document),
                };
                count += 1;
                for line in fence.text.lines() {
                    wrong.extend(differs(&report, line).map(|what| format!("line {}: {what}", fence.line)));
                    let verdict = line.split(" — ").next().unwrap().rsplit(": ").next().unwrap();
                    shown.entry(fence.heading).or_default().insert(verdict.to_owned());
                }
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    (count, shown)
}

#[test]
fn the_rules_of_the_pages_resolve_and_their_tests_pass() {
    let pages = [LANGUAGE, README, SOUNDNESS];
    let blocks = pages.iter().flat_map(|page| fences(page)).filter(|fence| fence.info.starts_with("rules"));
    let mut count = 0;
    for fence in blocks {
        let rules = rule_set(fence.text);
        count += 1;
        for case in rules.tests() {
            let mismatches = Checker::new(&rules).test(case).unwrap();
            assert!(mismatches.is_empty(), "line {}: {mismatches:?}", fence.line);
        }
    }
    assert!(count >= 20, "{count}");
}

#[test]
fn what_the_reference_says_is_refused_is_refused() {
    let refused = fences(LANGUAGE).into_iter().filter(|fence| fence.info == "refused");
    let mut count = 0;
    for fence in refused {
        // Each line is a rule set of its own.
        for line in fence.text.lines() {
            let rules = line.split("   // ").next().unwrap();
            assert!(RuleSet::parse(rules).is_err(), "line {}: {rules}", fence.line);
            count += 1;
        }
    }
    assert!(count >= 10, "{count}");
}

#[test]
fn every_example_of_the_reference_comes_to_the_verdicts_shown() {
    let (count, _) = run(LANGUAGE);
    assert!(count >= 20, "{count}");
}

#[test]
fn every_construct_is_shown_holding_and_violated_and_not_applicable() {
    let (_, shown) = run(LANGUAGE);
    for (heading, verdicts) in &shown {
        for verdict in ["holds", "violated", "not_applicable"] {
            assert!(verdicts.contains(verdict), "{heading}: {verdicts:?}");
        }
    }
    let undecidable = shown.values().filter(|verdicts| verdicts.contains("undecidable")).count();
    assert!(undecidable >= 5, "{undecidable}");
}

#[test]
fn every_json_block_of_the_reference_is_a_document() {
    for fence in fences(LANGUAGE).into_iter().filter(|fence| fence.info.starts_with("json")) {
        Document::from_json("a.json", fence.text).unwrap_or_else(|error| panic!("{error}\n{}", fence.text));
    }
}

#[test]
fn the_limits_of_the_reference_are_those_of_the_crate() {
    use gouji::limits;
    let known = [
        ("EXPRESSION_NESTING", limits::EXPRESSION_NESTING),
        ("EXPRESSION_TERMS", limits::EXPRESSION_TERMS),
        ("RULE_BYTES", limits::RULE_BYTES),
        ("RULE_FILE_BYTES", limits::RULE_FILE_BYTES),
        ("RULES", limits::RULES),
        ("ROUND_DECIMALS", usize::try_from(limits::ROUND_DECIMALS).unwrap()),
        ("RULE_ERRORS", limits::RULE_ERRORS),
        ("DOCUMENT_BYTES", limits::DOCUMENT_BYTES),
        ("STATEMENTS", limits::STATEMENTS),
        ("LABEL_BYTES", limits::LABEL_BYTES),
        ("JSON_NESTING", limits::JSON_NESTING),
        ("FIGURE_INTEGER_DIGITS", limits::FIGURE_INTEGER_DIGITS),
        ("FIGURE_DECIMALS", limits::FIGURE_DECIMALS),
        ("READINGS", limits::READINGS),
        ("ECHO_COLUMNS", limits::ECHO_COLUMNS),
        ("SOUNDNESS_CASES", limits::SOUNDNESS_CASES),
        ("SOUNDNESS_PIVOTS", limits::SOUNDNESS_PIVOTS),
        ("SOUNDNESS_PARTS", limits::SOUNDNESS_PARTS),
    ];
    for (name, limit) in known {
        let line = LANGUAGE.lines().find(|line| line.ends_with(&format!("| `{name}` |"))).unwrap();
        let number: String = line.rsplit('|').nth(2).unwrap().chars().filter(char::is_ascii_digit).collect();
        assert_eq!(number, limit.to_string(), "{line}");
    }
}

// ---- The truth tables ------------------------------------------------------------------------------------------------

/// What a table of the page is about, its column heads, and its rows, each with its head.
struct Truths<'p> {
    heads: Vec<&'p str>,
    rows: Vec<Vec<&'p str>>,
}

/// The table whose first cell is some words.
fn truths<'p>(corner: &str) -> Truths<'p> {
    let cells = |line: &'static str| -> Vec<&'p str> {
        let inner = line.trim().trim_matches('|');
        inner.split('|').map(|cell| cell.trim().trim_matches(['*', '`'])).collect()
    };
    let mut lines = LANGUAGE.lines().skip_while(|line| !line.starts_with(&format!("| {corner} |")));
    let heads = cells(lines.next().unwrap_or_else(|| panic!("no table {corner}")));
    let rows = lines.skip(1).take_while(|line| line.starts_with('|')).map(cells).collect();
    Truths { heads, rows }
}

/// Figures with which a comparison of every verdict can be written.
const FIGURES: &str = r#"{"a": "1.00", "b": "2.00", "sum": "3.00", "off": "3.01", "zero": "0"}"#;

/// A comparison with the verdict of a letter. `h~` holds as printed, and rounding could make it false.
fn comparison(letter: &str) -> [&'static str; 2] {
    match letter {
        "h" => ["a", "a"],
        "h~" => ["a + b", "sum"],
        "w" => ["a + b", "off"],
        "v" => ["a", "b"],
        "m" => ["nowhere", "a"],
        "u" => ["a / zero", "a"],
        other => panic!("{other}"),
    }
}

fn letter(rule: &str) -> &'static str {
    let rules = RuleSet::parse(rule).unwrap_or_else(|error| panic!("{error}"));
    let document = Document::from_json("a.json", FIGURES).unwrap();
    match Checker::new(&rules).check(&document).outcomes()[0].verdict() {
        Verdict::Holds => "h",
        Verdict::WithinRounding => "w",
        Verdict::Violated => "v",
        Verdict::NotApplicable => "m",
        Verdict::Undecidable => "u",
        other => panic!("{other:?}"),
    }
}

fn all_cells(corner: &str, columns: &[&str], rows: &[&str], rule: impl Fn(&str, &str) -> String) {
    let Truths { heads, rows: table } = truths(corner);
    assert_eq!(heads[1..], *columns, "{corner}");
    let firsts: Vec<&str> = table.iter().map(|row| row[0]).collect();
    assert_eq!(firsts, rows, "{corner}");
    for row in &table {
        for (head, cell) in heads[1..].iter().zip(&row[1..]) {
            let rule = rule(row[0], head);
            assert_eq!(letter(&rule), *cell, "{corner}, row {}, column {head}: {rule}", row[0]);
        }
    }
}

const FIVE: [&str; 5] = ["h", "w", "v", "m", "u"];
const SIX: [&str; 6] = ["h", "h~", "w", "v", "m", "u"];

fn equal(letter: &str) -> String {
    let [left, right] = comparison(letter);
    format!("{left} == {right}")
}

#[test]
fn each_cell_of_and_and_or_is_true() {
    for word in ["and", "or"] {
        let rule = |a: &str, b: &str| format!("({}) {word} ({})", equal(a), equal(b));
        all_cells(&format!("`{word}`"), &FIVE, &FIVE, rule);
    }
}

#[test]
fn each_cell_of_implies_is_true() {
    all_cells("`implies`", &FIVE, &SIX, |a, b| format!("({}) implies ({})", equal(a), equal(b)));
}

#[test]
fn each_cell_of_a_chain_is_true() {
    // Both links share the figure in the middle: `off`, which prints as 3.01.
    let side = |letter: &str| match letter {
        "h" => "off",
        "w" => "(a + b)",
        "v" => "a",
        "m" => "nowhere",
        "u" => "(a / zero)",
        other => panic!("{other}"),
    };
    all_cells("chain", &FIVE, &FIVE, |a, b| format!("{} == off == {}", side(a), side(b)));
}

#[test]
fn each_cell_of_not_and_unequal_is_true() {
    all_cells("`x == y`", &SIX, &["not x == y", "x != y"], |rule, of| {
        let [left, right] = comparison(of);
        match rule {
            "x != y" => format!("{left} != {right}"),
            _ => format!("not {left} == {right}"),
        }
    });
}

// ---- The tutorial ----------------------------------------------------------------------------------------------------

/// The command, which `cargo test` builds beside the tests.
fn command(folder: &Path, arguments: &[&str]) -> String {
    let beside = std::env::current_exe().unwrap();
    let profile = beside.parent().and_then(Path::parent).unwrap();
    let mut command = Command::new(profile.join("examples").join("check"));
    let output = command.current_dir(folder).env("NO_COLOR", "1").args(arguments).output().unwrap();
    let said = [output.stderr, output.stdout].concat();
    let said = String::from_utf8(said).unwrap();
    said.trim_end().lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// A file of the tutorial: `text file=a.txt` starts it, `rules add=a.rules` adds to it.
fn file_of(info: &str) -> Option<(&str, bool)> {
    let (_, file) = info.split_once(' ')?;
    file.strip_prefix("file=")
        .map(|file| (file, false))
        .or(file.strip_prefix("add=").map(|file| (file, true)))
}

/// Does what a page says, in a folder of its own: the page as it should read.
fn followed(page: &str, folder: &Path) -> String {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    let mut found = Vec::new();
    for fence in fences(page) {
        if let Some((name, adds)) = file_of(fence.info) {
            let path = folder.join(name);
            let before = if adds { fs::read_to_string(&path).unwrap() + "\n" } else { String::new() };
            fs::write(&path, before + &usable(fence.text)).unwrap();
        } else if let Some((_, name)) = fence.info.split_once(" is=") {
            let text = fs::read_to_string(folder.join(name)).unwrap();
            // Where another set stands in for `department`, the page says `department` all the same.
            let text = if usable("use department") == "use department" {
                text
            } else {
                text.replace("use organization", "use department")
            };
            found.push((fence.span, text));
        } else if fence.info == "console" {
            let (line, _) = fence.text.split_once('\n').unwrap();
            let arguments: Vec<&str> = line.strip_prefix("$ check").unwrap().split_whitespace().collect();
            found.push((fence.span, format!("{line}\n{}", command(folder, &arguments))));
        } else if let Some(edit) = fence.text.trim().strip_prefix("sed -i 's/") {
            let (edit, file) = edit.split_once("/' ").unwrap();
            let (before, after) = edit.split_once('/').unwrap();
            let text = fs::read_to_string(folder.join(file)).unwrap();
            assert!(text.contains(before), "line {}: {before}", fence.line);
            fs::write(folder.join(file), text.replacen(before, after, 1)).unwrap();
        } else {
            let is_shown_only = ["sh", "rust", "text", "console bundled"].contains(&fence.info);
            assert!(is_shown_only, "line {}: {}", fence.line, fence.info);
        }
    }
    replaced(page, found)
}

/// A page with other texts in some places, given in order.
fn replaced(page: &str, texts: Vec<(Range<usize>, String)>) -> String {
    let mut page = page.to_owned();
    for (span, text) in texts.into_iter().rev() {
        page.replace_range(span, &text);
    }
    page
}

/// A page reads as it should; with `UPDATE=1` it is made to.
fn reads_so(name: &str, page: &str, should: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name), should).unwrap();
        return;
    }
    let first = page.lines().zip(should.lines()).find(|(shown, printed)| shown != printed);
    assert!(page == should, "run with UPDATE=1 and read what changed; the first line is {first:?}");
}

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn whoever_follows_the_tutorial_sees_what_it_shows() {
    reads_so("tutorial.md", TUTORIAL, &followed(TUTORIAL, &scratch("tutorial")));
}

#[test]
fn the_tutorial_shows_every_task_of_the_command() {
    for option in ["--explain", "--test", "--fmt", "--prior", "--strict", "--unchecked"] {
        let is_run =
            fences(TUTORIAL).iter().any(|fence| fence.info == "console" && fence.text.contains(option));
        assert!(is_run, "{option}");
    }
}

// ---- Soundness -------------------------------------------------------------------------------------------------------

#[test]
fn each_answer_of_the_soundness_page_is_what_the_command_prints() {
    reads_so("soundness.md", SOUNDNESS, &followed(SOUNDNESS, &scratch("soundness")));
}

/// In a debug build it takes minutes. `cargo build --release --example check && cargo test --release --test docs` runs it.
#[test]
#[cfg_attr(debug_assertions, ignore = "takes minutes in a debug build: run it with --release")]
fn the_analysis_of_the_bundled_sets_is_what_the_command_prints() {
    let page = followed(SOUNDNESS, &scratch("soundness-bundled"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shown = fences(&page).into_iter().filter(|fence| fence.info == "console bundled");
    let printed: Vec<(Range<usize>, String)> = shown
        .map(|fence| {
            let (line, _) = fence.text.split_once('\n').unwrap();
            let (_, arguments) = line.split_once(" -- ").unwrap();
            let arguments: Vec<&str> = arguments.split_whitespace().collect();
            (fence.span, format!("{line}\n{}", command(root, &arguments)))
        })
        .collect();
    assert_eq!(printed.len(), 3);
    reads_so("soundness.md", SOUNDNESS, &replaced(&page, printed));
}

// ---- The README ------------------------------------------------------------------------------------------------------

#[test]
fn the_finding_in_the_readme_is_the_one_that_the_example_shows() {
    use gouji::report::{Diagnostic, Style, text};
    let rules = RuleSet::builder().bundled("organization").build().unwrap();
    let name = "examples/data/organization-2019.txt";
    let example = include_bytes!("../examples/data/organization-2019.txt");
    let document = gouji::Reader::new(&rules).text(name, example).unwrap();
    let report = Checker::new(&rules).check(&document);
    let first = Diagnostic::of_outcome(report.findings().next().unwrap(), Lang::Zh);
    let shown = text(&first, Style::Plain, Lang::Zh);
    assert!(README.contains(&shown), "{shown}");
}
