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
    ("a : \"甲\"", &[("\"甲\"", "MissingKind")]),
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

const ITEMS: &[Case] = &[
    ("use rules/department", &[("rules/department", "SetNotName")]),
    ("use \"department\"", &[("\"department\"", "SetNotName")]),
    ("use a b", &[("b", "SetNotName")]),
    ("use a, b", &[(",", "SetNotName")]),
    ("unit 美元", &[("美元", "WrongUnit")]),
    ("unit \"元\"", &[("\"元\"", "WrongUnit")]),
    ("unit 1 元", &[("1 元", "WrongUnit")]),
    ("unit 元 万元", &[("万元", "WrongUnit")]),
    ("unit 元\nunit 万元", &[("unit 万元", "RepeatedUnit")]),
    ("/// d\nunit 元", &[("/// d", "DanglingDoc")]),
    ("section s { use a }", &[("use", "NotInBlock")]),
    ("section s { unit 元 }", &[("unit", "NotInBlock")]),
    ("section s {\n waive r because \"x\"\n}", &[("waive", "NotInBlock")]),
    ("section s {\n test \"x\" {} expect holds r\n}", &[("test", "NotInBlock")]),
    ("section s {\n table t \"表\" {\n a : money\n }\n}", &[("table", "NotInBlock")]),
    ("table t \"表\" {\n table u \"表\" {\n a : money\n }\n}", &[("table", "NotInBlock")]),
    ("table t \"表\" {\n each money x { must: x == x }\n}", &[("each", "NotInBlock")]),
    ("table t \"表\" {\n a == b\n}", &[("a == b", "AssertionInBlock")]),
    ("a == b\nuse c", &[("use", "ItemAmongAssertions")]),
    ("waive a.b because \"x\"\nsplit == b", &[("split == b", "AssertionAmongItems")]),
    ("test \"x\" {} expect violated split\nsplit == b", &[("split == b", "AssertionAmongItems")]),
    // English titles
    ("must r en \"A\": a == b", &[("en", "Unexpected")]),
    ("must r \"甲\" en A: a == b", &[("A", "MissingQuotes")]),
    ("must r \"甲\" en: a == b", &[(":", "Unexpected")]),
    ("a : money en \"A\"", &[("en", "Unexpected")]),
    ("a : money \"甲\" en \"A\" | \"乙\"", &[("|", "Unexpected")]),
    ("section s \"甲\" en \"A\" en \"B\" {\n}", &[("en", "Unexpected")]),
    // tables
    ("table t \"表\" blank == 0 {\n a : money\n}", &[("==", "WrongSymbol")]),
    ("table t \"表\" blank ＝ 0 {\n a : money\n}", &[("＝", "WrongSymbol")]),
    ("table t \"表\" blank = 1 {\n a : money\n}", &[("1", "WrongBlank")]),
    ("table t \"表\" blank = 0.0 {\n a : money\n}", &[("0.0", "WrongBlank")]),
    ("table t \"表\" blank = {\n a : money\n}", &[("{", "WrongBlank")]),
    ("table t \"表\" blank 0 {\n a : money\n}", &[("0", "WrongBlank")]),
    ("table t \"表\" blank {\n a : money\n}", &[("{", "WrongBlank")]),
    ("table t \"表\" {\n blank = 0\n a : money\n}", &[("blank = 0", "BlankNotInHead")]),
    ("table t blank = 0 \"表\" {\n a : money\n}", &[("\"表\"", "Unexpected")]),
    ("section s \"节\" blank = 0 {\n a : money\n}", &[("=", "WrongSymbol")]),
    ("must r: blank = 0", &[("=", "WrongSymbol")]),
    ("table t \"表\" | {\n a : money\n}", &[("{", "Unexpected")]),
    ("table t \"表\" | 又 {\n a : money\n}", &[("又", "MissingQuotes")]),
    ("table in { a : money }", &[("in", "ReservedWord")]),
    ("table t \"表\"\nmust r: a == b", &[("\"表\"", "Unexpected")]),
    // waivers
    ("waive because \"x\"", &[("because", "Unexpected")]),
    ("waive a-b because \"x\"", &[("-", "Unexpected")]),
    ("waive r", &[("r", "MissingReason")]),
    ("waive r for x\nmust s: a == b", &[("x", "MissingReason")]),
    ("waive r because", &[("because", "Unexpected")]),
    ("waive r because 已核实", &[("已核实", "MissingQuotes")]),
    ("waive r \"已核实\"", &[("\"已核实\"", "Unexpected")]),
    ("waive r for x@prior because \"x\"", &[("@", "MoreThanName")]),
    ("waive r for t[\"201\"].x because \"x\"", &[("[", "MoreThanName")]),
    ("waive a .b because \"x\"", &[(".", "BlankInPath")]),
    ("waive r for \"公务接待费\" because \"x\"", &[("\"公务接待费\"", "Unexpected")]),
    // tests
    ("expect violated split", &[("expect", "LooseExpect")]),
    ("test \"x\" {}", &[("}", "Unexpected")]),
    ("test \"x\" {} expect holds", &[("holds", "Unexpected")]),
    ("test \"x\" {} expect holds\nmust r: a == b", &[("holds", "Unexpected")]),
    ("test \"x\" {} expect holds a b", &[("b", "Unexpected")]),
    ("test \"x\" {} expect holds a,", &[(",", "MissingOperand")]),
    ("test \"x\" {} expect holds a@prior", &[("@", "MoreThanName")]),
    ("test \"x\" expect holds a", &[("expect", "Unexpected")]),
    ("test {} expect holds a", &[("{", "Unexpected")]),
    ("test 题 {} expect holds a", &[("题", "MissingQuotes")]),
    // `prior budget` and codes
    ("a == delta(prior budget)", &[("prior budget", "MisplacedPriorBasis")]),
    ("a == total@prior budget", &[("prior budget", "MisplacedPriorBasis")]),
    ("prior actual == b", &[("prior actual", "MisplacedPriorBasis")]),
    ("a == delta(x, prior budget + 1)", &[("+", "Unexpected")]),
    ("a == delta(x, budget prior)", &[("prior", "MissingOperator")]),
    ("a == t[\"2013201\"]", &[("t[\"2013201\"]", "RowWithoutColumn")]),
    ("t[\"2013201\"]@prior == a", &[("t[\"2013201\"]", "RowWithoutColumn")]),
    ("a == t[2013201].total", &[("2013201", "CodeNotText")]),
    ("a == t[code].total", &[("code", "CodeNotText")]),
    ("a == t [\"201\"].total", &[("[", "BlankInPath")]),
    ("a == t[ \"201\" ].total", &[("[", "BlankInPath")]),
    ("a == t.total[\"201\"]", &[("[", "MisplacedCode")]),
    ("a == sum(x)[\"201\"]", &[("[", "MisplacedCode")]),
    ("a == t[\"201\"][\"202\"].total", &[("t[\"201\"]", "RowWithoutColumn")]),
    ("a == t[\"201\".total", &[("[", "UnclosedBracket")]),
];

const JSON: &[Case] = &[
    ("test \"x\" {\"a\": 1e5} expect holds r", &[("1e5", "JsonNumber")]),
    ("test \"x\" {\"a\": .5} expect holds r", &[(".5", "JsonNumber")]),
    ("test \"x\" {\"a\": +5} expect holds r", &[("+5", "JsonNumber")]),
    ("test \"x\" {\"a\": 1.2.3} expect holds r", &[("1.2.3", "JsonNumber")]),
    ("test \"x\" {\"a\": 01} expect holds r", &[("01", "JsonNumber")]),
    ("test \"x\" {\"a\tb\": 1} expect holds r", &[("\t", "StrayCharacter")]),
    ("test \"x\" {\"a\": 5万元} expect holds r", &[("5万元", "JsonNumber")]),
    ("test \"x\" {\"a\": 50%} expect holds r", &[("50%", "JsonNumber")]),
    ("test \"x\" {\"a\": 1,000} expect holds r", &[("1,000", "CommaInNumber")]),
    ("test \"x\" {\"a\": 1,} expect holds r", &[(",", "JsonTrailingComma")]),
    ("test \"x\" {\"a\": [1, 2, ]} expect holds r", &[(",", "JsonTrailingComma")]),
    ("test \"x\" {a: 1} expect holds r", &[("a", "MissingQuotes")]),
    ("test \"x\" {\"a\": 基本} expect holds r", &[("基本", "MissingQuotes")]),
    ("test \"x\" {\"a\" 1} expect holds r", &[("1", "Unexpected")]),
    ("test \"x\" {\"a\": 1 \"b\": 2} expect holds r", &[("\"b\"", "Unexpected")]),
    ("test \"x\" {\"a\": } expect holds r", &[("}", "Unexpected")]),
    ("test \"x\" {\"a\": 1 // why\n} expect holds r", &[("// why", "JsonComment")]),
    ("test \"x\" {\"a\": 1 /* why */} expect holds r", &[("/*", "JsonComment")]),
    ("test \"x\" {\"a\": \"\\x\"} expect holds r", &[("\\x", "JsonEscape")]),
    ("test \"x\" {\"a\": \"\\u4e0\"} expect holds r", &[("\\u", "JsonEscape")]),
    ("test \"x\" {\"a: 1} expect holds r\nmust r: a == b", &[("\"", "UnclosedString")]),
    ("test \"x\" {“a”: 1} expect holds r", &[("“a”", "WrongSymbol")]),
    ("test \"x\" {'a': 1} expect holds r", &[("'a'", "WrongSymbol")]),
    ("test \"x\" {\"a\"： 1} expect holds r", &[("：", "WrongSymbol")]),
    ("test \"x\" ｛\"a\": 1｝ expect holds r", &[("｛", "WrongSymbol")]),
    ("test \"x\" {\"a\": 1， \"b\": 2} expect holds r", &[("，", "WrongSymbol")]),
    ("test \"x\" {\"a\": １} expect holds r", &[("１", "Unexpected")]),
    ("test \"x\" {\"a\": {\"b\": 1} expect holds r\nmust r: a == b", &[("{", "UnclosedBlock")]),
    ("test \"x\" {\"a\": 1\n\nmust r: a = b", &[("{", "UnclosedBlock"), ("=", "WrongSymbol")]),
    ("test \"x\" {\"a\": [1, 2} expect holds r", &[("[", "UnclosedBracket")]),
    ("test \"x\" {\"a\": 1]} expect holds r", &[("]", "UnopenedBracket")]),
    ("test \"x\" {\"a\": 1}}\n} expect holds r", &[("}", "UnopenedBlock")]),
];

const MEANT: &[Case] = &[
    ("section s {\n basic money \"基本支出\"\n}", &[("money", "MissingFieldColon")]),
    ("section s {\n people count(人)\n}", &[("count", "MissingFieldColon")]),
    ("section s {\n total \"支出预算\"\n}", &[("\"支出预算\"", "MissingKind")]),
    ("section s {\n total: \"支出预算\" | \"支出\"\n}", &[("\"支出预算\"", "MissingKind")]),
    ("section s {\n total: money 支出预算\n}", &[("支出预算", "MissingQuotes")]),
    ("section s {\n total: money \"支出\" | 支出预算\n}", &[("支出预算", "MissingQuotes")]),
    ("section s {\n total: money \"支出\" under 会议费\n}", &[("会议费", "MissingQuotes")]),
    ("section s 支出 {\n total: money\n}", &[("支出", "MissingQuotes")]),
    ("must r 收支平衡: a == b", &[("收支平衡", "MissingQuotes")]),
    ("必须 split: a == b", &[("必须", "WrongSymbol")]),
    ("必须: a == b", &[("必须", "WrongSymbol")]),
    ("应当 split \"题\": a == b", &[("应当", "WrongSymbol")]),
    ("应当 a == b", &[("应当", "WrongSymbol")]),
    ("rule split: a == b", &[("rule", "WrongSymbol")]),
    ("check split \"题\" when a > 0: a == b", &[("check", "WrongSymbol")]),
    ("check: a == b", &[("check", "WrongSymbol")]),
    ("must r: 如果 a > 0 那么 b > 0", &[("如果", "IfThen")]),
    ("must r: if a > 0 then b > 0", &[("if", "IfThen")]),
    ("如果 a > 0 那么 b > 0", &[("如果", "IfThen")]),
    ("a > 0 那么 b > 0", &[("那么", "WrongSymbol")]),
    ("must r 如果 a > 0: b > 0", &[("如果", "WrongSymbol")]),
    ("a 等于 b", &[("等于", "WrongSymbol")]),
    ("a 大于等于 b", &[("大于等于", "WrongSymbol")]),
    ("a ＝ b", &[("＝", "WrongSymbol")]),
    ("must r: a == 50 %", &[("%", "LoosePercent")]),
];

fn all() -> impl Iterator<Item = &'static Case> {
    [CHARACTERS, NUMBERS, PIECES, PLACES, OPERATORS, ITEMS, JSON, MEANT].into_iter().flatten()
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
        for error in parse(&source).errors {
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
        let errors = parse(&source).errors;
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
    let errors = parse(&source).errors;
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
        ("money", "MissingFieldColon"),
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
