//! What `check --lint` tells of rules: which are marked, and what is said of them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::report::{Diagnostic, Level, Style, lint, lint_closing, lint_json, text};
use gouji::soundness::{Analysis, analyse, contradictions};
use gouji::{Lang, RuleSet};

fn analysed(rules: &str) -> Analysis {
    analyse(&RuleSet::builder().file("a.rules", rules).build().unwrap())
}

/// Everything that is told, as a person sees it.
fn page(analysis: &Analysis, lang: Lang) -> String {
    lint(analysis, lang).iter().map(|told| text(told, Style::Plain, lang)).collect::<Vec<_>>().join("\n")
}

/// What is told of one rule.
fn of_rule(rules: &str, name: &str, lang: Lang) -> Diagnostic {
    let told = lint(&analysed(rules), lang);
    told.iter().find(|told| told.code == name).unwrap_or_else(|| panic!("{told:?}")).clone()
}

/// The texts that are marked, in the order of the frames: those that are the place itself, and the others.
fn marked(told: &Diagnostic) -> (Vec<&str>, Vec<&str>) {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for frame in &told.frames {
        for mark in &frame.marks {
            let texts = if mark.is_primary { &mut own } else { &mut others };
            texts.push(frame.source.slice(mark.span));
        }
    }
    (own, others)
}

const CONTRADICTORY: &str =
    "must a \"甲为正\": x > 0\nmust b: y > 0\nmust c: x + y == 0 - 1\nmust d: z > 0\n";

#[test]
fn rules_that_contradict_each_other_are_marked_together() {
    insta::assert_snapshot!(page(&analysed(CONTRADICTORY), Lang::Zh));
    insta::assert_snapshot!(page(&analysed(CONTRADICTORY), Lang::En));
}

#[test]
fn a_contradiction_over_two_files_has_a_frame_for_each() {
    let rules = RuleSet::builder()
        .file("a.rules", "must a: x >= 10\nmust b: y >= 0\nmust c: y <= x")
        .file("b.rules", "must d: x + y <= 9")
        .build()
        .unwrap();
    let sets = contradictions(&rules);
    assert_eq!(sets.len(), 1);
    let told = Diagnostic::of_contradiction(&sets[0], &rules, Lang::Zh);
    assert_eq!(told.level, Level::Error);
    assert_eq!(
        told.frames.iter().map(|frame| frame.source.name()).collect::<Vec<_>>(),
        ["a.rules", "b.rules"]
    );
    assert_eq!(marked(&told), (vec!["x >= 10", "y >= 0", "x + y <= 9"], vec![]));
    // An analysis tells the same.
    assert_eq!(lint(&analyse(&rules), Lang::Zh)[0], told);
}

#[test]
fn each_contradiction_is_told_by_itself() {
    let rules = RuleSet::parse("a > 1\na < 0\nb > 1\nb < 0\nc > 1").unwrap();
    let sets = contradictions(&rules);
    assert_eq!(sets.iter().map(|set| set.rules().to_vec()).collect::<Vec<_>>(), [["#1", "#2"], ["#3", "#4"]]);
    assert!(sets.iter().all(gouji::soundness::Certificate::verify));
    let closing = lint_closing(&analyse(&rules), Lang::En);
    assert!(closing.starts_with("Rules contradict each other, in 2 places. Rules: 5;"), "{closing}");
}

#[test]
fn a_rule_that_contradicts_itself_is_told_alone() {
    let told = &lint(&analysed("must a: x > x + 1"), Lang::En)[0];
    assert_eq!(told.title, "this rule can never be kept");
    assert_eq!(told.notes[0], "every document breaks a, whatever the other rules say");
    assert_eq!(lint(&analysed("must a: x > x + 1"), Lang::Zh)[0].title, "这条规则不可能成立");
}

#[test]
fn each_case_of_a_contradiction_has_its_sum() {
    let told = &lint(&analysed("must a: x == 1 or x == 2\nmust b: x > 5"), Lang::Zh)[0];
    assert_eq!(
        told.notes,
        [
            "不能同时成立的是 a、b；删去其中任何一条，其余的就不再矛盾",
            "情形 1：按 b + 本情形的条件 把各式两边相加，得 0 < -4，这不可能",
            "情形 2：按 b + 本情形的条件 把各式两边相加，得 0 < -3，这不可能",
        ]
    );
    let many = (1..=5).map(|value| format!("x == {value}")).collect::<Vec<_>>().join(" or ");
    let told = &lint(&analysed(&format!("must a: {many}\nmust b: x > 9")), Lang::En)[0];
    assert_eq!(told.notes.len(), 5, "{told:?}");
    assert_eq!(told.notes[4], "2 cases more, false in the same way");
}

#[test]
fn what_is_subtracted_is_written_so() {
    let sum = |rules: &str| lint(&analysed(rules), Lang::En)[0].notes[1].clone();
    assert_eq!(
        sum("must a: x == 2 * y\nmust b: x == 2 * z\nmust c: y > z + 1"),
        "both sides added up, -1/2 × a + 1/2 × b + c, come to 0 < -1, which is false"
    );
    assert_eq!(
        sum("must a: y > z + 1\nmust b: x == 2 * y\nmust c: x == 2 * z"),
        "both sides added up, a - 1/2 × b + 1/2 × c, come to 0 < -1, which is false"
    );
}

const IMPLIED: &str = "must a \"支出等于两项之和\": t == b + p\nmust b: b >= 0\nmust c: p >= 0\nmust d \"支出不为负\": t >= 0\n";

#[test]
fn an_implied_rule_is_marked_with_those_that_imply_it() {
    let told = of_rule(IMPLIED, "d", Lang::Zh);
    assert_eq!(told.level, Level::Warning);
    assert_eq!(marked(&told), (vec!["t >= 0"], vec!["t == b + p", "b >= 0", "p >= 0"]));
    insta::assert_snapshot!(text(&told, Style::Plain, Lang::Zh));
    insta::assert_snapshot!(text(&of_rule(IMPLIED, "d", Lang::En), Style::Plain, Lang::En));
}

#[test]
fn rules_that_imply_each_other_are_not_all_to_go() {
    let rules = "must a: x == y + z\nmust b: y == v + w\nmust c: x == z + v + w";
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| of_rule(rules, "c", lang).notes);
    assert_eq!(zh[1], "反过来，它们也要靠它推出：a、b；删去一条后，请再查一次");
    assert_eq!(en[1], "in turn a and b rest on it: after taking one out, look again");
    // Of those above, only the last is implied.
    assert_eq!(of_rule(IMPLIED, "d", Lang::Zh).notes.len(), 1);
}

#[test]
fn a_rule_over_two_files_is_marked_in_its_own_first() {
    let rules = RuleSet::builder()
        .file("a.rules", "must a: x >= 10")
        .file("b.rules", "should b: x >= 9")
        .build()
        .unwrap();
    let told = &lint(&analyse(&rules), Lang::Zh)[0];
    assert_eq!((told.code.as_str(), told.level), ("b", Level::Warning));
    assert_eq!(
        told.frames.iter().map(|frame| frame.source.name()).collect::<Vec<_>>(),
        ["b.rules", "a.rules"]
    );
    assert_eq!(marked(told), (vec!["x >= 9"], vec!["x >= 10"]));
}

#[test]
fn a_rule_that_always_holds_is_implied_by_nothing() {
    for (lang, title, note) in [
        (Lang::Zh, "这条规则在任何文件中都成立", "它不靠别的规则也成立，查不出任何错误"),
        (Lang::En, "this rule always holds", "it holds without any other rule: no document can break it"),
    ] {
        let told = of_rule("must a: x >= x\nmust b: x > 0", "a", lang);
        assert_eq!((told.title.as_str(), told.notes), (title, vec![note.to_owned()]));
        assert_eq!(told.frames[0].marks.len(), 1);
    }
}

#[test]
fn a_rule_is_vacuous_by_itself_or_beside_others() {
    let by_itself = "must a when x > 1 and x < 0: y == 3\nmust b: y > 0";
    insta::assert_snapshot!(text(&of_rule(by_itself, "a", Lang::Zh), Style::Plain, Lang::Zh));
    insta::assert_snapshot!(text(&of_rule(by_itself, "a", Lang::En), Style::Plain, Lang::En));
    let beside = "must a: x > 5\nmust b \"不足三时\" when x < 3: y > 0";
    let told = of_rule(beside, "b", Lang::Zh);
    assert_eq!(marked(&told), (vec!["y > 0"], vec!["x > 5"]));
    insta::assert_snapshot!(text(&told, Style::Plain, Lang::Zh));
    insta::assert_snapshot!(text(&of_rule(beside, "b", Lang::En), Style::Plain, Lang::En));
}

#[test]
fn what_is_not_known_says_why() {
    let told = of_rule("must a: round(x, 2) <= y", "a", Lang::Zh);
    assert_eq!((told.level, marked(&told)), (Level::Note, (vec!["round(x, 2) <= y"], vec![])));
    assert_eq!(told.title, "没有查明这条规则是否多余");
}

#[test]
fn bounds_are_listed_a_line_each() {
    let told = lint(
        &analysed(
            "must a: x >= 1\nmust b: x + y <= 10\nmust c: y >= 6\nmust d: z == 3\nmust e: v > 0\nmust f: w <= 1/3",
        ),
        Lang::Zh,
    );
    let last = told.last().unwrap();
    assert_eq!((last.level, last.frames.len()), (Level::Note, 0));
    assert_eq!(last.title, "各条 must 合起来，文件中写出的下列数字只能是");
    assert_eq!(last.notes, ["1 <= x <= 4", "6 <= y <= 9", "z = 3", "v > 0", "w <= 1/3"]);
    assert_eq!(told.iter().filter(|told| told.level != Level::Note).count(), 0, "{told:?}");
}

#[test]
fn what_is_gravest_comes_first() {
    let rules = "must a: p > 1\nmust b: p < 1\nmust c: x > 5\nmust d: x > 4\nmust e when x < 3: y > 0";
    let told = lint(&analysed(rules), Lang::Zh);
    let codes: Vec<(Level, &str)> = told.iter().map(|told| (told.level, told.code.as_str())).collect();
    use Level::{Error, Note, Warning};
    assert_eq!(codes, [(Error, ""), (Warning, "e"), (Warning, "d"), (Note, ""), (Note, "")]);
    assert_eq!(told[3].notes, ["a、b"]);
}

#[test]
fn the_closing_sentence_counts_every_answer() {
    let analysis = analysed(IMPLIED);
    assert_eq!(
        lint_closing(&analysis, Lang::Zh),
        "各条 must 可以同时成立：4 条规则，3 条不能由别的规则推出，1 条可由别的规则推出，0 条不可能既适用又成立，0 条没有查明。"
    );
    assert_eq!(
        lint_closing(&analysis, Lang::En),
        "All must rules can hold together. Rules: 4; that say something of their own: 3, implied by others: 1, that can never apply \
         and hold: 0, not known: 0."
    );
    let contradictory = lint_closing(&analysed(CONTRADICTORY), Lang::En);
    assert!(
        contradictory.starts_with("Rules contradict each other, in 1 place. Rules: 4;"),
        "{contradictory}"
    );
    let none = lint_closing(&analysed("section s { a : money \"甲\" }"), Lang::Zh);
    assert!(none.starts_with("没有规则可查：0 条规则"), "{none}");
}

#[test]
fn json_says_what_each_answer_rests_on() {
    let json = |rules: &str| -> serde_json::Value {
        serde_json::from_str(&lint_json(&analysed(rules), Lang::En)).unwrap()
    };
    let report = json(&format!("{IMPLIED}must e: u <= 1/3\nshould f: b * p <= t * t\n"));
    assert_eq!(report["consistency"]["answer"], "consistent");
    assert!(report["consistency"]["witness"].as_str().unwrap().starts_with('{'));
    let implied = &report["rules"][3];
    assert_eq!(
        [&implied["name"], &implied["severity"], &implied["title"], &implied["answer"]],
        ["d", "error", "支出不为负", "implied"]
    );
    assert_eq!(implied["by"], serde_json::json!(["a", "b", "c"]));
    assert!(implied["sums"][0].as_str().unwrap().contains("not d"), "{implied}");
    assert_eq!(implied["span"]["line"], 4);
    assert!(implied.get("witness").is_none() && implied.get("reason").is_none());
    assert!(report["rules"][0]["witness"].is_string() && report["rules"][0].get("by").is_none());
    let bound = report["bounds"].as_array().unwrap().iter().find(|bound| bound["figure"] == "u").unwrap();
    let high = serde_json::json!({"value": "0.33333333", "exact": "1/3", "attained": true, "by": ["e"],
        "sums": ["1 × e + 1 × the bound denied: 0 < 0"]});
    assert_eq!((bound.get("low"), &bound["high"]), (None, &high));

    let report = json(CONTRADICTORY);
    assert_eq!(
        report["consistency"],
        serde_json::json!({"answer": "contradictory",
            "contradictions": [{"by": ["a", "b", "c"], "sums": ["1 × a + 1 × b + 1 × c: 0 < -1"]}]})
    );
    assert_eq!(report["rules"][0]["reason"], "the rules that it has to do with contradict each other");
}
