//! What is refused: the text underlined, and what is said of it.

use super::mistakes;
use crate::Lang;
use crate::source::Source;
use crate::syntax::parse;

/// A file, and for each of its errors the text underlined and the kind.
type Case = (&'static str, &'static [(&'static str, &'static str)]);

const CHARACTERS: &[Case] = &[
    ("a = b", &[("=", "WrongSymbol")]),
    ("a ＝＝ b", &[("＝＝", "WrongSymbol")]),
    ("a === b", &[("===", "WrongSymbol")]),
    ("a ≤ b", &[("≤", "WrongSymbol")]),
    ("a ≥ b; c ≠ d", &[("≥", "WrongSymbol"), ("≠", "WrongSymbol")]),
    ("a == b × c ÷ d", &[("×", "WrongSymbol"), ("÷", "WrongSymbol")]),
    ("a ＋ b － c == d", &[("＋", "WrongSymbol"), ("－", "WrongSymbol")]),
    ("a == （b + c）", &[("（", "WrongSymbol"), ("）", "WrongSymbol")]),
    ("a == b； c == d", &[("；", "WrongSymbol")]),
    ("a == max(b，c)", &[("，", "WrongSymbol")]),
    ("a == b && c == d", &[("&&", "WrongSymbol")]),
    ("a > 0 且 b > 0", &[("且", "WrongSymbol")]),
    ("a > 0 并且 b > 0", &[("并且", "WrongSymbol")]),
    ("a > 0 或 b > 0", &[("或", "WrongSymbol")]),
    ("非 a == b", &[("非", "WrongSymbol")]),
    ("a == b and 非 c == d", &[("非", "WrongSymbol")]),
    ("a == １２", &[("１２", "WrongSymbol")]),
    ("must r： a == b", &[("：", "WrongSymbol")]),
    ("must “收入等于支出”: a == b", &[("“收入等于支出”", "WrongSymbol")]),
    ("must '收入': a == b", &[("'收入'", "WrongSymbol")]),
    ("section s ｛ a ： money ｝", &[("｛", "WrongSymbol"), ("：", "WrongSymbol"), ("｝", "WrongSymbol")]),
    ("a == b # c", &[("#", "StrayCharacter")]),
    ("a == \u{a0}b", &[("\u{a0}", "StrayCharacter")]),
    ("a == b\n\u{FEFF}c == d", &[("\u{FEFF}", "StrayCharacter")]),
    ("a == 😀😀", &[("😀😀", "StrayCharacter")]),
    ("must \"a: b == c", &[("\"", "UnclosedString")]),
    ("must \"a\nb\": c == d", &[("\"", "UnclosedString")]),
    ("must “a: b == c", &[("“", "UnclosedString")]),
    ("must \"a\\n\": b == c", &[("\\n", "WrongEscape")]),
    ("`a == b\nc == d", &[("`", "UnclosedName")]),
    ("`` == a", &[("``", "EmptyName")]),
    ("must/*x*/ r: a == b", &[("/*x*/", "BlockComment")]),
    ("must r: a == b /*/ x\nmust s: c == d", &[("/*/ x", "BlockComment")]),
];

const NUMBERS: &[Case] = &[
    ("a == 1e5", &[("1e5", "NumberTouchesName")]),
    ("a == 2018年固定资产", &[("2018年固定资产", "NumberTouchesName")]),
    ("a == 5and b == 6", &[("5and", "NumberTouchesName")]),
    ("a == 5万元费", &[("5万元费", "NumberTouchesName")]),
    ("a == 50%b", &[("50%b", "NumberTouchesName")]),
    ("a <= 5 万元费", &[("万元费", "MissingOperator")]),
    ("people >= 1 人", &[("人", "MissingOperator")]),
    ("a == 1.2.3", &[("1.2.3", "WrongNumber")]),
    ("a == .5", &[(".5", "WrongNumber")]),
    ("a == 1,000", &[("1,000", "CommaInNumber")]),
    ("a == 50 % b", &[("%", "LoosePercent")]),
    ("a@20185 == 1", &[("20185", "WrongYear")]),
    ("a@2018年 == 1", &[("2018年", "WrongYear")]),
    ("a == 1234567890123456789", &[("1234567890123456789", "Figure")]),
    ("a == 0.123456789", &[("0.123456789", "Figure")]),
    ("a == 123456789012345 万元", &[("123456789012345 万元", "Figure")]),
    ("a == b within 0.123456789", &[("0.123456789", "Figure")]),
];

const PIECES: &[Case] = &[
    ("must a == b", &[("==", "MissingColon")]),
    ("must r a == b", &[("a", "MissingColon")]),
    ("must r", &[("r", "MissingColon")]),
    ("basic project == total", &[("project", "MissingOperator")]),
    ("a == b c == d", &[("c", "MissingOperator")]),
    ("a == b (c)", &[("(", "BlankBeforeBracket")]),
    ("a : count (人)", &[("(", "BlankBeforeBracket")]),
    ("a == sum (x)", &[("(", "BlankBeforeBracket")]),
    ("a == 5 (c)", &[("(", "MissingOperator")]),
    ("must r \"标题\": a == b \"消息\"", &[("\"消息\"", "MissingOperator")]),
    ("a ==", &[("==", "MissingOperand")]),
    ("a == b +", &[("+", "MissingOperand")]),
    ("must r:", &[(":", "MissingOperand")]),
    ("must r when: a == b", &[(":", "Unexpected")]),
    ("a ==\nmust r: b == c", &[("==", "MissingOperand")]),
    ("a == == b", &[("==", "Unexpected")]),
    ("a == +5", &[("+", "Unexpected")]),
    ("a == b and and c", &[("and", "Unexpected")]),
    ("a == must", &[("must", "ReservedWord")]),
    ("section s { in : money }", &[("in", "ReservedWord")]),
    ("section in { a : money }", &[("in", "ReservedWord")]),
    ("must and: a == b", &[("and", "ReservedWord")]),
    ("a == b : c", &[(":", "Unexpected")]),
    ("a == max(b, )", &[(")", "Unexpected")]),
    ("x in a - 1..a + 1", &[("-", "Unexpected")]),
    ("name in \"a\"..\"b\"", &[("\"a\"", "Unexpected")]),
    ("x in []", &[("]", "Unexpected")]),
    ("a : money \"甲\" \"乙\"", &[("\"乙\"", "Unexpected")]),
    ("a : \"甲\"", &[("\"甲\"", "Unexpected")]),
    ("a : money under \"甲\"", &[("under", "Unexpected")]),
    ("each x { must: x == x }", &[("{", "Unexpected")]),
    ("section \"支出\" { a : money }", &[("\"支出\"", "Unexpected")]),
    ("total @ prior == 1", &[("@", "BlankInPath")]),
    ("a == total\n@prior == 1", &[("@", "BlankInPath")]),
    ("a == s. total", &[(".", "BlankInPath")]),
    ("a == t\n  .total", &[(".", "BlankInPath")]),
    ("a == @prior", &[("@", "MisplacedPathSymbol")]),
    ("s@prior.total == 1", &[(".", "MisplacedPathSymbol")]),
    ("sum(x)@prior == 1", &[("@", "MisplacedPathSymbol")]),
    ("parts(x).total == 1", &[(".", "MisplacedPathSymbol")]),
    ("must a.b: c == d", &[(".", "MisplacedPathSymbol")]),
    ("a == (b + c", &[("(", "UnclosedBracket")]),
    ("must r: a == (b + c\nmust s: d == e", &[("(", "UnclosedBracket")]),
    ("section s {\n must r: a == sum(b\n c : money\n}", &[("(", "UnclosedBracket")]),
    ("a in [1, 2", &[("[", "UnclosedBracket")]),
    ("a == (b]", &[("(", "UnclosedBracket")]),
    ("a == b)", &[(")", "UnopenedBracket")]),
];

const PLACES: &[Case] = &[
    ("section s {\n a : money\n", &[("{", "UnclosedBlock")]),
    ("section s {\n a : money\nsection t { b : money }", &[("{", "UnclosedBlock")]),
    ("a == b }", &[("}", "UnopenedBlock")]),
    ("a == b { c == d }", &[("{", "UnexpectedBlock")]),
    ("use department\nmust r: a == b", &[("use", "NotYet")]),
    ("use rules/department", &[("use", "NotYet")]),
    ("waive s.r because \"x\"", &[("waive", "NotYet")]),
    ("table t \"表\" blank = 0 {\n a : money\n must r: a = b\n}", &[("table", "NotYet")]),
    ("test \"x\" {\"a\": 1e5} expect violated split, s.b expect holds c", &[("test", "NotYet")]),
    ("must r \"甲\" en \"A\": a == b", &[("en", "NotYet")]),
    ("msut split: a == b", &[("msut", "UnknownItem")]),
    ("secton s \"节\" {\n a : money\n}\nmust r: a = b", &[("secton", "UnknownItem"), ("=", "WrongSymbol")]),
    ("split: a == b", &[("split", "MissingSeverity")]),
    ("must r: a == b when c > 0", &[("when", "LateGuard")]),
    ("a == b when c > 0", &[("when", "LateGuard")]),
    ("a : money\na == b", &[("a == b", "AssertionAmongItems")]),
    ("must r: a == b\nc == d", &[("c == d", "AssertionAmongItems")]),
    ("must r: total == basic\n  project + other == x", &[("project + other == x", "AssertionAmongItems")]),
    ("a == b\nmust r: c == d\nx : money", &[("must", "ItemAmongAssertions")]),
    ("section s {\n a == b\n}", &[("a == b", "AssertionInBlock")]),
    ("each money x { x == x }", &[("x == x", "AssertionInBlock")]),
    ("each money x { y : money }", &[("y : money", "FieldInEach")]),
    ("section a { section b { x : money } }", &[("section", "NotInBlock")]),
    ("section a { ruleset b }", &[("ruleset", "NotInBlock")]),
    ("ruleset a\nruleset b", &[("ruleset", "RepeatedRuleSet")]),
    ("-a == b", &[("-", "SignFirst")]),
    ("a == b; + c == d", &[("+", "SignFirst")]),
    ("must r: a == b\n/// end", &[("/// end", "DanglingDoc")]),
    ("section s {\n a : money\n /// end\n}", &[("/// end", "DanglingDoc")]),
    ("must r: a == b /// x\nmust s: c == d", &[("/// x", "DocNotAlone")]),
    ("must r:\n /// x\n a == b", &[("/// x", "DocInside")]),
    ("must r:\n/// x\nmust s: a == b", &[(":", "MissingOperand")]),
    ("must r\n/// x\nmust s: a == b", &[("r", "MissingColon")]),
];

const OPERATORS: &[Case] = &[
    ("a < b > c", &[(">", "MixedChain")]),
    ("a < b == c", &[("==", "MixedChain")]),
    ("a == b <= c", &[("<=", "MixedChain")]),
    ("0 < x in 1..2", &[("in 1..2", "MixedChain")]),
    ("a != b != c", &[("!=", "ChainedNotEqual")]),
    ("a implies b implies c", &[("implies", "ChainedImplies")]),
    ("a == not b == c", &[("not", "NotInside")]),
    ("a + not b == c", &[("not", "NotInside")]),
    ("x not in 1..2", &[("not", "NotIn")]),
    ("a == b within 1% * total", &[("*", "EndsComparison")]),
    ("a == b within 0.01 == c", &[("==", "EndsComparison")]),
    ("a in 1..2 within 0.1", &[("within 0.1", "EndsComparison")]),
    ("a in 1..2 == b", &[("==", "EndsComparison")]),
    ("basic + project ?? 0 == total", &[("basic + project", "CoalesceLeft")]),
    ("a ?? 0 + b ?? 0 == total", &[("0 + b", "CoalesceLeft")]),
    ("0 ?? b == c", &[("0", "CoalesceLeft")]),
    ("must: -a ?? 0 == b", &[("-a", "CoalesceLeft")]),
    ("(a == b) within 0.01", &[("within 0.01", "LooseTolerance")]),
    ("a + b within 0.01", &[("within 0.01", "LooseTolerance")]),
    ("a != b within 0.01", &[("within 0.01", "LooseTolerance")]),
    ("a == b within x", &[("x", "ToleranceNotLiteral")]),
    ("a == b within -1", &[("-", "ToleranceNotLiteral")]),
];

fn all() -> impl Iterator<Item = &'static Case> {
    [CHARACTERS, NUMBERS, PIECES, PLACES, OPERATORS].into_iter().flatten()
}

#[test]
fn each_mistake_underlines_what_is_wrong() {
    let mut wrong = Vec::new();
    for (text, expected) in all() {
        let expected: Vec<_> =
            expected.iter().map(|(text, kind)| ((*text).to_owned(), (*kind).to_owned())).collect();
        let found = mistakes(text);
        if found != expected {
            wrong.push(format!("{text}\n  found    {found:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_are_words_in_two_languages() {
    for (text, _) in all() {
        let source = Source::new("a.rules", *text);
        for error in parse(&source).unwrap_err() {
            let hints = [Lang::Zh, Lang::En].map(|lang| error.hint(lang).unwrap_or_default());
            let messages = [Lang::Zh, Lang::En].map(|lang| error.message(lang));
            assert!(messages.iter().all(|message| !message.is_empty()), "{text}");
            assert!(messages[0].chars().any(|c| c >= '\u{4e00}'), "{text}: {}", messages[0]);
            for said in messages.iter().chain(&hints) {
                let is_inside = ["Rule::", "Some(", "None", "::", "_word", "EOI", "SOI"];
                assert!(!is_inside.iter().any(|word| said.contains(word)), "{said}");
                assert!(!said.contains(['\u{a0}', '\u{feff}', '\n', '\r']), "{said:?}");
            }
        }
    }
}

#[test]
fn a_message_says_what_was_found_and_what_was_expected() {
    let said = |text: &str, lang| {
        let source = Source::new("a.rules", text);
        let errors = parse(&source).unwrap_err();
        (errors[0].message(lang), errors[0].hint(lang).unwrap_or_default())
    };
    for (text, zh, en) in [
        ("a = b", "“=”应写作 ==", "`=` is written `==` here"),
        ("a > 0 且 b > 0", "“且”应写作 and", "`且` is written `and` here"),
        (
            "basic project == t",
            "“basic”与“project”之间缺少运算符",
            "an operator is missing between `basic` and `project`",
        ),
        ("a == (b", "括号“(”没有闭合", "this `(` is never closed"),
        (
            "a == == b",
            "这里应是数字、名称或括号，而不是“==”",
            "expected a number, a name or a bracket, found `==`",
        ),
        ("section s \"标题\"", "语句不完整，后面应有“{”", "this ends too early: expected `{`"),
        (
            "a < b > c",
            "连续比较的方向不一致：< 之后是 >",
            "comparisons chain in one direction only: `<` is followed by `>`",
        ),
    ] {
        assert_eq!((said(text, Lang::Zh).0.as_str(), said(text, Lang::En).0.as_str()), (zh, en), "{text}");
    }
    assert_eq!(
        said("must r: a == b\nc == d", Lang::Zh).1,
        "写作 must: …；若本是上一行的后半，请在上一行末尾写上运算符"
    );
}

#[test]
fn a_message_shows_no_character_that_acts_on_the_screen() {
    let source = Source::new("a.rules", "a == b \"\u{202e}\u{1b}[31m\"");
    let errors = parse(&source).unwrap_err();
    assert_eq!(errors[0].message(Lang::En), "an operator is missing between `b` and `\"U+202EU+001B[31m\"`");
}

#[test]
fn all_errors_of_a_file_come_in_one_run_and_in_its_order() {
    let text = "ruleset r
section s {
    total : money \"支出\"
    basic money
    must split: total = basic
    must a == b
    must good: total == basic
    must open: total == (basic
    project : money “项目”
}
msut c: d == e
  + f
must r: a b
each money x { must: x == }
should t: a < b > c
";
    let expected = [
        ("money", "MissingOperator"),
        ("=", "WrongSymbol"),
        ("==", "MissingColon"),
        ("(", "UnclosedBracket"),
        ("“项目”", "WrongSymbol"),
        ("msut", "UnknownItem"),
        ("b", "MissingOperator"),
        ("==", "MissingOperand"),
        (">", "MixedChain"),
    ];
    assert_eq!(mistakes(text), expected.map(|(text, kind)| (text.to_owned(), kind.to_owned())));
}

#[test]
fn a_mistake_in_a_file_of_assertions_costs_one_line() {
    let text = "a == (b + c\nd = e\nf == g\nh i == j\n";
    let expected = [("(", "UnclosedBracket"), ("=", "WrongSymbol"), ("i", "MissingOperator")];
    assert_eq!(mistakes(text), expected.map(|(text, kind)| (text.to_owned(), kind.to_owned())));
}
