//! The command: what it says, where, and with which exit status.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The example, which `cargo test` builds beside the tests.
fn command() -> Command {
    let beside = std::env::current_exe().unwrap();
    let profile = beside.parent().and_then(Path::parent).unwrap();
    let mut command = Command::new(profile.join("examples").join("check"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("NO_COLOR", "1");
    command
}

/// A folder of its own for a test, with the files given.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (file, bytes) in files {
        fs::write(folder.join(file), bytes).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command().current_dir(folder).args(arguments).output().unwrap()
}

/// Exit status, and what was said on standard output and standard error.
fn said(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = run(folder, arguments);
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), words(output.stdout), words(output.stderr))
}

const SUM: &[u8] = b"basic + project == total";
const TIES: &[u8] = br#"{"basic": "217.38", "project": "218.4", "total": "435.78"}"#;
const ROUNDED: &[u8] = br#"{"basic": "217.38", "project": "218.4", "total": "435.79"}"#;
const WRONG: &[u8] = br#"{"basic": "217.38", "project": "218.4", "total": "435.80"}"#;

#[test]
fn the_demonstration_shows_two_findings_and_says_zero() {
    let output = command().output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
}

#[test]
fn the_json_twin_of_the_example_has_the_same_findings() {
    let output =
        command().args(["--format", "json", "examples/data/organization-2019.json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings: Vec<_> = report["documents"][0]["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|verdict| verdict["verdict"] == "violated" && verdict["folded_into"].is_null())
        .map(|verdict| (verdict["rule"].as_str().unwrap(), verdict["difference"].as_str().unwrap()))
        .collect();
    assert_eq!(findings, [("fixed_assets.classes_add_up", "-0.05"), ("parts_add_up", "0.65")]);
}

#[test]
fn a_sum_holds_within_rounding_or_is_violated() {
    let files = [("sum.rules", SUM), ("ties.json", TIES), ("rounded.json", ROUNDED), ("wrong.json", WRONG)];
    let here = folder("sum", &files);
    let status = |arguments: &[&str]| said(&here, arguments).0;
    assert_eq!(status(&["--rules", "sum.rules", "ties.json"]), 0);
    assert_eq!(status(&["--rules", "sum.rules", "rounded.json"]), 0);
    assert_eq!(status(&["--rules", "sum.rules", "--strict", "rounded.json"]), 1);
    assert_eq!(status(&["--rules", "sum.rules", "wrong.json"]), 1);
    assert_eq!(status(&["--rules", "sum.rules", "--strict", "ties.json"]), 0);
}

#[test]
fn a_finding_in_json_points_at_the_right_bytes() {
    let here = folder("bytes", &[("sum.rules", SUM), ("wrong.json", WRONG)]);
    let (_, out, _) = said(&here, &["--rules", "sum.rules", "--format", "json", "wrong.json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let verdict = &report["documents"][0]["verdicts"][0];
    let slice = |text: &[u8], span: &serde_json::Value| {
        let at = |end: &str| usize::try_from(span[end].as_u64().unwrap()).unwrap();
        String::from_utf8(text[at("start")..at("end")].to_vec()).unwrap()
    };
    assert_eq!(slice(SUM, &verdict["rule_span"]), "basic + project == total");
    let figures: Vec<_> = verdict["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|evidence| slice(WRONG, &evidence["span"]))
        .collect();
    assert_eq!(figures, ["217.38", "218.4", "435.80"]);
    assert_eq!(verdict["verdict"], "violated");
    assert_eq!(
        [&verdict["stated"], &verdict["expected"], &verdict["difference"], &verdict["slack"]],
        ["435.80", "435.78", "0.02", "0.015"]
    );
}

#[test]
fn each_wrong_input_is_one_clear_error_and_status_two() {
    let deep_rule = format!("a == {}b{}", "(".repeat(100_000), ")".repeat(100_000)).into_bytes();
    let deep_json = format!("{{\"a\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes();
    let random: Vec<u8> =
        (0..4_096_u32).map(|at| u8::try_from(at.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect();
    let here = folder(
        "wrong",
        &[
            ("sum.rules", SUM),
            ("ties.json", TIES),
            ("unknown.rules", "section s { total : money \"合计\" }\nmust r: s.totla == 0".as_bytes()),
            (
                "kinds.rules",
                "section s { total : money \"合计\"\n growth : rate \"增幅\"\n must r: total + growth == 0 }"
                    .as_bytes(),
            ),
            ("bracket.rules", b"a == (b + c".as_slice()),
            ("deep.rules", deep_rule.as_slice()),
            ("deep.json", deep_json.as_slice()),
            ("random.json", random.as_slice()),
            ("random.txt", random.as_slice()),
            ("random.rules", random.as_slice()),
            ("twice.json", br#"{"a": "1", "a": "2"}"#.as_slice()),
            ("float.json", br#"{"a": 1e5}"#.as_slice()),
        ],
    );
    for (arguments, place) in [
        (["--rules", "unknown.rules", "ties.json"], "unknown.rules:2:9"),
        (["--rules", "kinds.rules", "ties.json"], "kinds.rules:3:18"),
        (["--rules", "bracket.rules", "ties.json"], "bracket.rules:1:6"),
        (["--rules", "missing.rules", "ties.json"], "missing.rules"),
        (["--rules", "random.rules", "ties.json"], "random.rules"),
        (["--rules", "deep.rules", "ties.json"], "deep.rules:1:70"),
        (["--rules", "sum.rules", "missing.json"], "missing.json"),
        (["--rules", "sum.rules", "random.json"], "random.json"),
        (["--rules", "sum.rules", "random.txt"], "random.txt"),
        (["--rules", "sum.rules", "deep.json"], "deep.json:1:70"),
        (["--rules", "sum.rules", "twice.json"], "twice.json:1:12"),
        (["--rules", "sum.rules", "float.json"], "float.json:1:7"),
    ] {
        let (status, _, err) = said(&here, &arguments);
        assert_eq!(status, 2, "{arguments:?}: {err}");
        assert!(err.contains(place), "{arguments:?} should name {place}: {err}");
        assert_eq!(err.matches("错误").count(), 1, "{arguments:?}: {err}");
    }
}

#[test]
fn the_other_files_are_still_checked() {
    let here = folder("others", &[("sum.rules", SUM), ("wrong.json", WRONG)]);
    let (status, out, err) = said(&here, &["--rules", "sum.rules", "missing.json", "wrong.json"]);
    assert_eq!(status, 2);
    assert!(err.contains("missing.json"), "{err}");
    assert!(out.contains("435.78 ≠ 435.80"), "{out}");
}

#[test]
fn a_folder_is_every_document_in_it() {
    let here = folder("folder", &[("sum.rules", SUM)]);
    fs::create_dir_all(here.join("documents/inner")).unwrap();
    fs::create_dir_all(here.join("empty")).unwrap();
    fs::write(here.join("documents/a.json"), TIES).unwrap();
    fs::write(here.join("documents/inner/b.json"), ROUNDED).unwrap();
    fs::write(here.join("documents/notes.pdf"), b"%PDF").unwrap();
    let (status, out, _) = said(&here, &["--rules", "sum.rules", "documents"]);
    assert_eq!(status, 0);
    assert!(out.contains("2 份文件"), "{out}");
    let (status, _, err) = said(&here, &["--rules", "sum.rules", "empty"]);
    assert_eq!(status, 2);
    assert!(err.contains("empty"), "{err}");
}

#[test]
fn a_wrong_option_is_one_line() {
    let here = folder("options", &[]);
    for arguments in [["--color", "red"], ["--format", "xml"], ["--lang", "fr"]] {
        let (status, out, err) = said(&here, &arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
}

#[test]
fn the_same_input_gives_the_same_report() {
    let once = command().args(["--format", "json", "examples/data"]).output().unwrap();
    let again = command().args(["--format", "json", "examples/data"]).output().unwrap();
    assert_eq!(once.stdout, again.stdout);
}

const LAST_YEAR: &[u8] = r#"{"department": "县委组织部", "year": 2018, "unit": "万元",
  "expenditure": {"total": "374.14", "basic": "194.14", "project": "180.00"}}"#
    .as_bytes();
const THIS_YEAR: &[u8] = r#"{"department": "县委组织部", "year": 2019, "unit": "万元",
  "expenditure": {"total": {"value": "435.78", "prior": "374.41"}, "basic": "217.38", "project": "218.40"}}"#
    .as_bytes();

#[test]
fn a_changed_prior_figure_is_shown_in_both_documents() {
    let folder = folder("prior", &[("2018.json", LAST_YEAR), ("2019.json", THIS_YEAR)]);
    let (status, out, err) = said(&folder, &["--prior", "2018.json", "2019.json"]);
    assert_eq!((status, err.as_str()), (1, ""));
    insta::assert_snapshot!(out);
    // Without last year's document there is nothing to hold it against.
    assert_eq!(said(&folder, &["2019.json"]).0, 0);
}

#[test]
fn a_prior_document_that_is_no_prior_one_is_refused() {
    let folder = folder("no-prior", &[("2018.json", LAST_YEAR), ("2019.json", THIS_YEAR)]);
    let (status, out, err) = said(&folder, &["--prior", "2019.json", "2018.json"]);
    assert_eq!((status, err.as_str()), (2, "错误 2018.json：2018 年的文件，--prior 却是 2019 年的\n"));
    assert!(out.contains("有 1 个输入没有检查"), "{out}");
    assert_eq!(said(&folder, &["--prior", "2017.json", "2019.json"]).0, 2);
}

#[test]
fn a_set_is_used_from_beside_the_file_that_uses_it() {
    let files: &[(&str, &[u8])] = &[
        ("mine.rules", b"use common\nmust r: s.a == 1"),
        ("common.rules", "section s { a : money \"甲\" }".as_bytes()),
        ("cycle.rules", b"use circle"),
        ("circle.rules", b"use cycle"),
        ("a.json", br#"{"s": {"a": "1.00"}}"#),
    ];
    let folder = folder("use", files);
    assert_eq!(said(&folder, &["--rules", "mine.rules", "a.json"]).0, 0);
    let (status, _, err) = said(&folder, &["--rules", "cycle.rules", "a.json"]);
    assert_eq!(status, 2);
    assert!(err.contains("cycle.rules:1:5") && err.contains("circle.rules:1:5"), "{err}");
    let (status, _, err) = said(&folder, &["--rules", "none.rules", "a.json"]);
    assert_eq!((status, err.contains("没有这个规则文件：none.rules")), (2, true), "{err}");
}

#[test]
fn a_rule_file_is_rewritten_in_the_canonical_layout() {
    let files: &[(&str, &[u8])] =
        &[("a.rules", b"section s{a:money\n must r:a==1// one\n}"), ("bad.rules", b"must r: (a == 1")];
    let folder = folder("fmt", files);
    let (status, out, _) = said(&folder, &["--fmt", "--check", "a.rules"]);
    assert_eq!((status, out.as_str()), (1, "a.rules: 不是统一格式\n"));
    assert_eq!(fs::read(folder.join("a.rules")).unwrap(), files[0].1);
    assert_eq!(said(&folder, &["--fmt", "a.rules"]).0, 0);
    let text = fs::read_to_string(folder.join("a.rules")).unwrap();
    assert_eq!(text, "section s {\n    a : money\n    must r: a == 1  // one\n}\n");
    assert_eq!(said(&folder, &["--fmt", "--check", "a.rules"]), (0, String::new(), String::new()));
    // What cannot be read stays as it is.
    let (status, _, err) = said(&folder, &["--fmt", "bad.rules"]);
    assert_eq!((status, err.contains("bad.rules:1:9")), (2, true), "{err}");
    assert_eq!(fs::read(folder.join("bad.rules")).unwrap(), files[1].1);
    assert_eq!(said(&folder, &["--check", "a.rules"]).0, 2);
    assert_eq!(said(&folder, &["--fmt"]).0, 2);
}

#[test]
fn tests_of_rule_files_are_run() {
    let rules = |expected: &str| {
        format!("must r: a == b\ntest \"甲\" {{ \"a\": \"1.00\", \"b\": \"2.00\" }}\n  expect {expected} r\n")
    };
    let (passing, failing) = (rules("violated"), rules("holds"));
    let folder = folder("test", &[("good.rules", passing.as_bytes()), ("bad.rules", failing.as_bytes())]);
    let (status, out, _) = said(&folder, &["--rules", "good.rules", "--test"]);
    assert_eq!((status, out.as_str()), (0, "1 个测试：1 个通过，0 个不通过，0 个读不了。\n"));
    let (status, out, _) = said(&folder, &["--rules", "bad.rules", "--test"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(out);
}

#[test]
fn a_rule_is_explained() {
    let folder = folder("explain", &[]);
    let (status, out, _) = said(&folder, &["--explain", "fixed_assets"]);
    assert!(status == 0 && out.contains("    fixed_assets.total : money \"固定资产\""), "{out}");
    assert!(out.contains("    fixed_assets.classes_add_up  固定资产应等于各类资产之和"), "{out}");
    assert!(said(&folder, &["--explain", "restated"]).1.contains("同一数字前后应一致"));
    let (_, _, err) = said(&folder, &["--explain", "split"]);
    assert!(err.contains("；是否指 ") && err.contains("basic_expenditure.split"), "{err}");
    let (status, out, _) = said(&folder, &["--explain", "fixed_assets.classes_add_up"]);
    assert_eq!(status, 0);
    assert!(out.starts_with("fixed_assets.classes_add_up  固定资产应等于各类资产之和\n"), "{out}");
    assert!(out.contains("内容：vehicles + buildings + other == total\n"), "{out}");
    let (status, _, err) = said(&folder, &["--explain", "no_such_rule"]);
    assert_eq!((status, err.as_str()), (2, "错误 没有名为 no_such_rule 的规则或 section\n"));
}

#[test]
fn waived_findings_are_shown_and_are_no_errors() {
    let rules =
        "must r \"甲等于乙\": a == b\nmust q: a == a\nwaive r because \"已说明\"\nwaive q because \"用不上\"";
    let files: &[(&str, &[u8])] =
        &[("a.rules", rules.as_bytes()), ("a.json", br#"{"a": "1.00", "b": "2.00"}"#)];
    let (status, out, _) = said(&folder("waive", files), &["--rules", "a.rules", "a.json"]);
    assert_eq!(status, 0);
    insta::assert_snapshot!(out);
}

#[test]
fn files_of_every_form_are_taken_from_a_folder() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    let endings = ["csv", "html", "txt", "xls", "xlsx"];
    let files = endings.map(|ending| {
        (format!("a.{ending}"), fs::read(fixtures.join(format!("wrong_row.{ending}"))).unwrap())
    });
    let folder =
        folder("every-form", &files.each_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/tables.rules");
    let (status, out, error) = said(&folder, &["--rules", rules.to_str().unwrap(), "."]);
    let shown = |place: &str| assert!(out.contains(place), "{place} in\n{out}");
    shown("./a.csv:4:14\n");
    shown("./a.txt:4:20\n");
    let is_left_out = |ending: &str| {
        (ending == "html" && !cfg!(feature = "html"))
            || (ending.starts_with("xls") && !cfg!(feature = "sheet"))
    };
    let is_read = |ending: &str| !is_left_out(ending);
    for (ending, place, feature) in
        [("html", "9:55", "html"), ("xls", "支出情况!C4", "sheet"), ("xlsx", "支出情况!C4", "sheet")]
    {
        if is_read(ending) {
            shown(&format!("./a.{ending}:{place}\n"));
        } else {
            let told = format!(
                "错误 ./a.{ending}：此程序没有编入读取这种文件的功能，请以 --features {feature} 编译\n"
            );
            assert!(error.contains(&told), "{told} in\n{error}");
        }
    }
    // The others are still checked.
    assert_eq!(status, if endings.into_iter().all(is_read) { 1 } else { 2 }, "{error}");
}

#[cfg(feature = "encoding")]
#[test]
fn a_file_in_gb18030_is_checked_and_the_report_says_what_it_was() {
    // {"合计": "5元", "甲": "5元"} as an office's editor saves it.
    let json = b"{\"\xba\xcf\xbc\xc6\": \"5\xd4\xaa\", \"\xbc\xd7\": \"6\xd4\xaa\"}";
    let here = folder("encoding", &[("sum.rules", "甲 == 合计".as_bytes()), ("a.json", json)]);
    let (status, out, err) = said(&here, &["--rules", "sum.rules", "a.json"]);
    assert_eq!((status, err.as_str()), (1, ""));
    assert!(out.contains("6 ≠ 5"), "{out}");
    assert!(out.contains("1 份文件按 GB18030 编码读取"), "{out}");
    let (_, out, _) = said(&here, &["--rules", "sum.rules", "--format", "json", "a.json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["documents"][0]["encoding"], "GB18030");
    let figure = &report["documents"][0]["statements"][1];
    let text = "{\"合计\": \"5元\", \"甲\": \"6元\"}";
    let [start, end] =
        ["start", "end"].map(|at| usize::try_from(figure["span"][at].as_u64().unwrap()).unwrap());
    assert_eq!(text.get(start..end), figure["text"].as_str());
    assert_eq!(figure["span"]["column"], 20);
}

#[test]
fn figures_that_no_rule_touched_are_listed_when_asked_for() {
    let many: Vec<String> = (0..250).map(|at| format!("\"f{at}\": \"{at}\"")).collect();
    let folder = folder(
        "unchecked",
        &[
            ("a.rules", SUM),
            ("a.json", br#"{"basic": "1", "project": "2", "total": "3", "other": "7.50"}"#),
            ("many.json", format!("{{{}}}", many.join(", ")).as_bytes()),
        ],
    );
    let (status, out, _) = said(&folder, &["--rules", "a.rules", "--unchecked", "a.json"]);
    assert_eq!((status, out.lines().next()), (0, Some("a.json:1:56：7.50，other，没有字段认领")));
    assert!(out.lines().last().unwrap().contains("4 个数字中有 1 个没有规则涉及"), "{out}");
    // Unasked, only their number is told.
    assert_eq!(said(&folder, &["--rules", "a.rules", "a.json"]).1.lines().count(), 1);
    let (_, out, _) = said(&folder, &["--rules", "a.rules", "--unchecked", "--lang", "en", "many.json"]);
    assert_eq!(out.lines().filter(|line| line.contains("no field claims it")).count(), 200);
    assert!(out.contains("50 more are not listed\n"), "{out}");
    let (status, _, error) = said(&folder, &["--unchecked", "--format", "json", "a.json"]);
    assert_eq!(status, 2, "{error}");
}

#[test]
fn a_figure_tells_how_it_was_read() {
    let text = "2020年国内会议费5万元，比上年减少1万元。";
    let folder = folder("why", &[("a.rules", SUM), ("a.txt", text.as_bytes())]);
    let (status, out, _) = said(&folder, &["--rules", "a.rules", "--why", "1:21", "a.txt"]);
    let shown = |words: &str| assert!(out.contains(words), "{words} in\n{out}");
    assert_eq!(status, 0);
    shown("a.txt:1:20  1万元\n");
    shown("标签  国内会议费  ← 沿用前文“国内会议费”（1:6）\n");
    shown("性质  增减额  ← 本句的词“减少”（1:18）\n");
    shown("对比  上年  ← 本句的词“比上年”（1:15）\n");
    shown("年份  2020  ← 沿用前文“2020年”（1:1）\n");
    shown("字段  无：规则中没有叫“国内会议费”的字段\n");
    let (status, other, _) = said(&folder, &["--rules", "a.rules", "--why", "1万元", "a.txt"]);
    assert_eq!((status, other), (0, out));
    let (status, out, error) = said(&folder, &["--rules", "a.rules", "--why", "9万元", "a.txt"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(error.contains("9万元 处没有读到数字"), "{error}");
}

const CONTRADICTORY: &[u8] = "must a \"甲为正\": x > 0\nmust b: y > 0\nmust c: x + y == 0 - 1\n".as_bytes();

#[test]
fn rules_that_contradict_each_other_are_refused() {
    let here = folder(
        "refused",
        &[("c.rules", CONTRADICTORY), ("a.json", br#"{"x": "1.00", "y": "2.00"}"#.as_slice())],
    );
    let (status, out, err) = said(&here, &["--rules", "c.rules", "a.json"]);
    assert_eq!((status, out.as_str()), (2, ""));
    insta::assert_snapshot!(err);
    let (status, out, err) = said(&here, &["--rules", "c.rules", "--lang", "en", "a.json"]);
    assert_eq!((status, out.as_str()), (2, ""));
    insta::assert_snapshot!(err);
    // Asked otherwise, they are told and the document is checked.
    let (status, out, err) = said(&here, &["--rules", "c.rules", "--even-contradictory", "a.json"]);
    assert_eq!((status, out.contains("3.00 ≠ -1")), (1, true), "{out}");
    assert!(err.contains("互相矛盾") && !err.contains("--even-contradictory"), "{err}");
    // No document is read before.
    let (_, _, err) = said(&here, &["--rules", "c.rules", "missing.json"]);
    assert!(!err.contains("missing.json"), "{err}");
}

#[test]
fn rules_are_linted_without_documents() {
    let files: &[(&str, &[u8])] = &[
        ("c.rules", CONTRADICTORY),
        ("good.rules", b"must a: x > 5\nmust b: x < 9"),
        ("implied.rules", b"must a: x > 5\nmust b: x > 4"),
        ("bad.rules", b"must a: (x > 5"),
    ];
    let here = folder("lint", files);
    let (status, out, _) = said(&here, &["--lint", "--rules", "c.rules"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(out);
    let (status, out, _) = said(&here, &["--lint", "--rules", "c.rules", "--lang", "en"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(out);
    let (status, out, _) = said(&here, &["--lint", "--rules", "good.rules", "--strict"]);
    assert_eq!(status, 0);
    assert!(out.contains("  = 5 < x < 9\n"), "{out}");
    assert!(out.lines().last().unwrap().starts_with("各条 must 可以同时成立：2 条规则，2 条"), "{out}");
    let (status, out, _) = said(&here, &["--lint", "--rules", "implied.rules"]);
    assert_eq!((status, out.contains("提示[b] 这条规则可由别的规则推出\n")), (0, true), "{out}");
    assert_eq!(said(&here, &["--lint", "--rules", "implied.rules", "--strict"]).0, 1);
    let (status, out, err) = said(&here, &["--lint", "--rules", "bad.rules"]);
    assert_eq!((status, out.as_str(), err.contains("bad.rules:1:9")), (2, "", true), "{err}");
    assert_eq!(said(&here, &["--lint", "--rules", "missing.rules"]).0, 2);
    // Rules of two files are one set.
    let (status, out, _) = said(&here, &["--lint", "--rules", "good.rules", "--rules", "other.rules"]);
    assert_eq!((status, out.as_str()), (2, ""));
    fs::write(here.join("other.rules"), b"must c: x > 20").unwrap();
    let (status, out, _) = said(&here, &["--lint", "--rules", "good.rules", "--rules", "other.rules"]);
    assert_eq!(status, 1);
    assert!(out.contains("─ good.rules:2:9\n") && out.contains("├─ other.rules:1:9\n"), "{out}");
}

#[test]
fn a_lint_in_json_is_one_object() {
    let here = folder("lint-json", &[("c.rules", CONTRADICTORY)]);
    let (status, out, _) = said(&here, &["--lint", "--rules", "c.rules", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &report["consistency"]["answer"]), (1, &"contradictory".into()));
}

#[test]
fn a_lint_takes_rules_and_no_documents() {
    let here = folder("lint-options", &[("c.rules", CONTRADICTORY), ("a.json", TIES)]);
    for arguments in [
        ["--lint", "c.rules"].as_slice(),
        &["--lint", "--rules", "c.rules", "a.json"],
        &["--lint", "--rules", "c.rules", "--unchecked"],
        &["--lint", "--rules", "c.rules", "--even-contradictory"],
        &["--test", "--rules", "c.rules", "--format", "json"],
    ] {
        let (status, out, err) = said(&here, arguments);
        assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 1), "{arguments:?}: {err}");
    }
}
