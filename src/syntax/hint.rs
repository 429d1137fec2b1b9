//! How to write it instead, in the words of the person who wrote it.

use super::error::{Expected, SyntaxErrorKind as Kind};
use super::message::{Sentence, say, shown};

/// How to write it instead.
pub(super) fn hint(kind: &Kind) -> Option<Sentence> {
    Some(match kind {
        Kind::WrongSymbol { found, instead } => symbol(found, instead),
        Kind::StrayCharacter { .. } => say(
            "删去它；若是名称的一部分，用反引号把整个名称括起",
            "drop it; if it belongs to a name, put the whole name in backticks",
        ),
        Kind::UnclosedString => {
            say("在文字末尾补上 \"，例如 \"支出预算\"", "close it with `\"`, as in `\"支出预算\"`")
        }
        Kind::UnclosedName | Kind::EmptyName => {
            say("写作 `因公出国(境)费`", "write it as in `` `因公出国(境)费` ``")
        }
        Kind::UnquotedName { name } => {
            let name = shown(name);
            say(format!("写作 `{name}`"), format!("write `` `{name}` ``"))
        }
        Kind::WrongEscape { .. } => say("只有 \\\" 和 \\\\ 两种写法", "only `\\\"` and `\\\\` are known"),
        Kind::BlockComment => {
            say("注释用 // 开头，到行末为止", "a comment starts with `//` and ends with its line")
        }
        Kind::NumberTouchesName { number, name } | Kind::MissingOperator { left: number, right: name }
            if is_number(number) && matches!(name.as_str(), "万" | "亿" | "千" | "百万" | "千万") =>
        {
            let (number, name) = (shown(number), shown(name));
            say(
                format!("单位要写全：{number}{name}元；单位只有元、千元、万元、亿元"),
                format!("write the unit in full, as in `{number}万元`; the units are 元, 千元, 万元, 亿元"),
            )
        }
        Kind::NumberTouchesName { number, name } | Kind::MissingOperator { left: number, right: name }
            if is_number(number)
                && matches!(name.as_str(), "人" | "人次" | "个" | "辆" | "批次" | "次" | "台" | "天") =>
        {
            let number = shown(number);
            say(
                format!("数量不带单位，只写 {number}"),
                format!("a count has no unit: write `{number}` alone"),
            )
        }
        Kind::NumberTouchesName { .. } => say(
            "中间写运算符或空格；数量不写单位；名称以数字开头时用反引号括起",
            "put an operator or a blank between; a number of things has no unit; a name that starts with a digit goes in backticks",
        ),
        Kind::WrongNumber { .. } => say("小数写作 0.5", "write a decimal as in `0.5`"),
        Kind::CommaInNumber => say("例如 1,000 写作 1000", "write `1,000` as `1000`"),
        Kind::Unexpected { found, expected } => return unexpected(found.as_deref(), expected),
        Kind::MissingOperand { after } if after == ":" => {
            say("在冒号后写要成立的比较，例如 a == b", "write what has to hold, as in `a == b`")
        }
        Kind::MissingOperand { after } => {
            let after = shown(after);
            say(
                format!("补上“{after}”后面的内容，或删去它"),
                format!("write what follows `{after}`, or drop it"),
            )
        }
        Kind::UnclosedBracket { bracket } => {
            let close = if bracket == "[" { "]" } else { ")" };
            say(format!("在式子末尾补上“{close}”"), format!("close it with `{close}`"))
        }
        Kind::UnopenedBracket { bracket } => say(
            format!("删去这个“{bracket}”，或补上与它成对的左括号"),
            format!("drop this `{bracket}`, or open it before"),
        ),
        Kind::UnclosedBlock => {
            say("在这一节的末尾另起一行写 }", "write `}` on a line of its own where it ends")
        }
        Kind::UnopenedBlock => say("删去这个“}”", "drop this `}`"),
        Kind::UnexpectedBlock => say(
            "大括号只用于 section、stock section、table、each 和 test",
            "braces belong to `section`, `stock section`, `table`, `each` and `test`",
        ),
        Kind::BlankInPath { symbol } if symbol == "[" => {
            say("写作 t[\"2013201\"].total，中间没有空格", "write it as in `t[\"2013201\"].total`")
        }
        Kind::BlankInPath { symbol } => {
            let example = if symbol == "@" { "total@prior" } else { "expenditure.total" };
            say(format!("写作 {example}，中间没有空格"), format!("write it as in `{example}`"))
        }
        Kind::MisplacedPathSymbol { symbol } if symbol == "@" => {
            say("写作 expenditure.total@prior", "write it as in `expenditure.total@prior`")
        }
        Kind::MisplacedPathSymbol { .. } => say(
            "写作 expenditure.total@prior；规则名中不用“.”",
            "write it as in `expenditure.total@prior`; a rule's name has no `.`",
        ),
        Kind::BlankBeforeBracket { callee } => {
            let callee = shown(callee);
            say(format!("写作 {callee}(…)"), format!("write `{callee}(…)`"))
        }
        Kind::FieldInEach => say("把字段移到 section 中", "move the field to a section"),
        Kind::NotInBlock { .. } => say("把它移到大括号之外", "move it out of the braces"),
        Kind::RepeatedRuleSet => {
            say("删去其中一个；两套规则写成两个文件", "drop one of the two; two rule sets are two files")
        }
        Kind::RepeatedUnit => say("删去其中一个", "drop one of the two"),
        Kind::MoreThanName { .. } => say(
            "例如 waive split for 公务接待费 because \"…\"",
            "as in `waive split for 公务接待费 because \"…\"`",
        ),
        Kind::JsonComment => say("把说明移到 test 上方，用 // 开头", "move it above the test, behind `//`"),
        Kind::JsonTrailingComma => say("删去这个逗号", "drop this comma"),
        Kind::ToleranceNotLiteral => say(
            "写作 within 0.01，或按比例写作 within 1%",
            "write it as in `within 0.01`, or in proportion `within 1%`",
        ),
        Kind::NestedTooDeep | Kind::JsonTooDeep => say("减少括号的层数", "use fewer brackets"),
        Kind::FileTooLong => say("拆成几个文件", "split it into several files"),
        Kind::TooManyErrors => say("先改正前面的错误", "mend the errors above first"),
        Kind::LoosePercent => say("百分数写作 50%", "write a percentage as in `50%`"),
        Kind::WrongYear { .. } => say("写作 total@2018", "write it as in `total@2018`"),
        Kind::MissingColon => say("写作 must 名称: a == b", "write it as in `must name: a == b`"),
        Kind::MissingOperator { .. } => say(
            "写上 +、- 或 ==；若是两条规则，用“;”或换行分开",
            "write `+`, `-` or `==`; if these are two rules, put `;` or a new line between",
        ),
        Kind::ReservedWord { word } => {
            say(format!("用反引号括起：`{word}`"), format!("put it in backticks: `` `{word}` ``"))
        }
        Kind::UnknownItem { .. } => say(
            "规则以 must 或 should 开头，声明以 section、stock section、table、each、ruleset、use、unit 或“字段名:”开头，此外有 waive 和 test",
            "a rule starts with `must` or `should`, a declaration with `section`, `stock section`, `table`, `each`, `ruleset`, `use`, `unit` or `field:`; and there are `waive` and `test`",
        ),
        Kind::MissingSeverity { name } => {
            let name = shown(name);
            say(format!("写作 must {name}: …"), format!("write `must {name}: …`"))
        }
        Kind::WrongUnit { .. } => say("写作 unit 元", "write it as in `unit 元`"),
        Kind::SetNotName { .. } => {
            say("只写名称，如 use department", "write the name alone, as in `use department`")
        }
        Kind::MissingFieldColon { field, kind } => {
            let (field, kind) = (shown(field), shown(kind));
            say(format!("写作 {field} : {kind}"), format!("write `{field} : {kind}`"))
        }
        Kind::MissingKind { field, label } => {
            let (field, label) = (shown(field), shown(label));
            say(format!("写作 {field} : money {label}"), format!("write `{field} : money {label}`"))
        }
        Kind::MissingQuotes { text } => {
            let text = shown(text);
            say(format!("写作 \"{text}\""), format!("write `\"{text}\"`"))
        }
        Kind::IfThen { .. } => say(
            "写作 a > 0 implies b > 0；整条规则的条件写作 must 名称 when a > 0: b > 0",
            "write `a > 0 implies b > 0`; a condition of the whole rule is `must name when a > 0: b > 0`",
        ),
        Kind::MisplacedPriorBasis { basis } => {
            say(format!("写作 delta(x, prior {basis})"), format!("write it as in `delta(x, prior {basis})`"))
        }
        Kind::MisplacedCode | Kind::CodeNotText { .. } => {
            say("写作 t[\"2013201\"].total", "write it as in `t[\"2013201\"].total`")
        }
        Kind::RowWithoutColumn { row } => {
            let row = shown(row);
            say(format!("写作 {row}.total"), format!("write it as in `{row}.total`"))
        }
        Kind::WrongBlank { .. } => say("写作 blank = 0", "write `blank = 0`"),
        Kind::BlankNotInHead => {
            say("写作 table t \"表名\" blank = 0 {", "write it as in `table t \"title\" blank = 0 {`")
        }
        Kind::MissingReason => say("在末尾写上 because \"理由\"", "end it with `because \"the reason\"`"),
        Kind::LooseExpect => say(
            "写作 test \"标题\" { … } expect violated 规则名",
            "write it as in `test \"title\" { … } expect violated rule`",
        ),
        Kind::JsonNumber { found } if found.is_ascii() && !found.contains('%') => {
            say("写作 0.5、-3 或 217.38", "write it as in `0.5`, `-3` or `217.38`")
        }
        Kind::JsonNumber { found } => {
            let found = shown(found);
            say(
                format!("带单位、百分号的写在双引号中：\"{found}\""),
                format!("with a unit or `%` it goes in double quotes: `\"{found}\"`"),
            )
        }
        Kind::JsonEscape { .. } => say("反斜杠本身写作 \\\\", "the backslash itself is written `\\\\`"),
        Kind::LateGuard => {
            say("写作 must 名称 when 条件: a == b", "write it as in `must name when condition: a == b`")
        }
        Kind::AssertionAmongItems | Kind::AssertionInBlock => say(
            "写作 must: …；若本是上一行的后半，请在上一行末尾写上运算符",
            "write `must: …`; if this goes on from the line above, end that line with an operator",
        ),
        Kind::ItemAmongAssertions => {
            say("在前面的每条断言前写 must:", "write `must:` before each of the assertions above")
        }
        Kind::SignFirst { .. } => {
            say("写作 0 - a == b，或 must: -a == b", "write `0 - a == b`, or `must: -a == b`")
        }
        Kind::DanglingDoc => say("普通注释用 // 开头", "a plain comment starts with `//`"),
        Kind::DocNotAlone | Kind::DocInside => say(
            "移到所说明的语句上方；普通注释用 // 开头",
            "move it above the item it explains; a plain comment starts with `//`",
        ),
        Kind::MixedChain { before, after } if !after.starts_with("in") && !before.starts_with("in") => say(
            format!("用 and 连接两个比较：a {before} b and b {after} c"),
            format!("join two comparisons: `a {before} b and b {after} c`"),
        ),
        Kind::MixedChain { .. } | Kind::ChainedNotEqual => {
            say("用 and 连接两个比较", "join two comparisons by `and`")
        }
        Kind::ChainedImplies => {
            say("加括号：a implies (b implies c)", "use brackets: `a implies (b implies c)`")
        }
        Kind::NotIn => say("写作 not x in 1..2", "write it as in `not x in 1..2`"),
        Kind::NotInside => say("写作 (not …)", "write `(not …)`"),
        Kind::EndsComparison { word, after }
            if word == "within" && matches!(after.as_str(), "+" | "-" | "*" | "/") =>
        {
            say(
                "within 后只写一个数，不写算式，例如 within 0.02",
                "a tolerance is one number, as in `within 0.02`",
            )
        }
        Kind::EndsComparison { .. } => say(
            "把它写在最后，或用 and 另起一个比较",
            "write it last, or start another comparison with `and`",
        ),
        Kind::CoalesceLeft => say("写作 (x ?? 0)", "write `(x ?? 0)`"),
        Kind::LooseTolerance => say("写作 a == b within 0.01", "write it as in `a == b within 0.01`"),
        Kind::RuleTooLong | Kind::TooManyTerms => say("拆成几条规则", "split it into several rules"),
        Kind::Figure(_) | Kind::Internal => return None,
    })
}

/// How a symbol or word of another language is written here, in the place where it stands.
fn symbol(found: &str, instead: &str) -> Sentence {
    let is_wide = found.chars().all(|c| matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}'));
    if instead.starts_with('"') {
        let instead = shown(instead);
        return say(format!("用英文双引号：{instead}"), format!("use straight double quotes: `{instead}`"));
    }
    match instead {
        "|" if found != "｜" => say(
            "几个标签之间写 |，例如 \"支出预算\" | \"本年支出合计\"",
            "put `|` between labels, as in `\"支出预算\" | \"本年支出合计\"`",
        ),
        _ if instead.chars().all(|c| c.is_ascii_digit()) => {
            say(format!("改用半角数字：{instead}"), format!("use half-width digits: `{instead}`"))
        }
        "must" | "should" => {
            say(format!("写作 {instead} 规则名: a == b"), format!("write it as in `{instead} name: a == b`"))
        }
        "when" => {
            say("写作 must 规则名 when 条件: a == b", "write it as in `must name when condition: a == b`")
        }
        "and" | "or" | "implies" => {
            say(format!("写作 a > 0 {instead} b > 0"), format!("write it as in `a > 0 {instead} b > 0`"))
        }
        "not" => say("写作 not a == b", "write it as in `not a == b`"),
        "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" if !is_wide => {
            say(format!("写作 a {instead} b"), format!("write it as in `a {instead} b`"))
        }
        _ if is_wide => say(
            format!("切换到英文标点（半角），写作 {instead}"),
            format!("switch to half-width punctuation: `{instead}`"),
        ),
        _ => say(format!("改为 {instead}"), format!("make it `{instead}`")),
    }
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// How to go on where only one thing could.
fn unexpected(found: Option<&str>, expected: &[Expected]) -> Option<Sentence> {
    let is_text = found.is_some_and(|found| found.starts_with('"'));
    let is_operand = || expected.contains(&Expected::Operand);
    Some(match expected {
        [Expected::Name] if is_text => {
            say("先写一个名称，再写双引号中的标题", "a name comes first, then its title in double quotes")
        }
        _ if is_text && expected.contains(&Expected::Bar) => say(
            "几个标签之间写 |，例如 \"支出预算\" | \"本年支出合计\"",
            "put `|` between labels, as in `\"支出预算\" | \"本年支出合计\"`",
        ),
        [Expected::OpenBlock] => say("写上 {，在末尾另起一行写 }", "write `{`, and `}` where it ends"),
        [Expected::Expect] => {
            say("在数据之后写 expect violated 规则名", "write `expect violated rule` behind its document")
        }
        [Expected::Kind] => say(
            "金额写 money，百分比写 rate，人数写 count(人)",
            "an amount is `money`, a percentage `rate`, a number of people `count(人)`",
        ),
        _ if is_operand()
            && found.is_some_and(|found| matches!(found, "==" | "and" | "or" | "+" | "*" | "/")) =>
        {
            say(
                "运算符多写了一个，或它前面少了一个名称或数字",
                "there is an operator too many, or a name or number is missing before it",
            )
        }
        _ => return None,
    })
}
