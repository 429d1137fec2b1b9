//! The words of each error, in Chinese and in English.
//!
//! A message says what was found and what was expected; a hint says how to write it. Neither names a Rust type or a rule
//! of the grammar.

use super::error::{Expected, SyntaxErrorKind as Kind};
use crate::Lang;
use crate::limits;

/// One sentence in each language.
pub(super) struct Sentence {
    zh: String,
    en: String,
}

impl Sentence {
    pub(super) fn take(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

pub(super) fn say(zh: impl Into<String>, en: impl Into<String>) -> Sentence {
    Sentence { zh: zh.into(), en: en.into() }
}

/// What is wrong. One long table, so that the compiler misses a kind that has no words.
pub(super) fn message(kind: &Kind) -> Sentence {
    match kind {
        Kind::WrongSymbol { found, instead } if instead.starts_with('"') => {
            let (found, instead) = (shown(found), shown(instead));
            say(format!("{found} 应写作 {instead}"), format!("{found} is written {instead} here"))
        }
        Kind::WrongSymbol { found, instead } => {
            let (found, instead) = (shown(found), shown(instead));
            say(format!("“{found}”应写作 {instead}"), format!("`{found}` is written `{instead}` here"))
        }
        Kind::StrayCharacter { found } => {
            let found = shown(found);
            say(
                format!("规则语言中没有“{found}”这个字符"),
                format!("`{found}` is no character of the rule language"),
            )
        }
        Kind::UnclosedString => {
            say("这段文字没有在本行内用 \" 结束", "this string is not closed by `\"` on its line")
        }
        Kind::UnclosedName => {
            say("名称没有在本行内用反引号 ` 结束", "this name is not closed by a backtick on its line")
        }
        Kind::EmptyName => say("反引号之间没有名称", "there is no name between these backticks"),
        Kind::UnquotedName { name } => {
            let name = shown(name);
            say(
                format!("名称“{name}”中有括号，要用反引号括起"),
                format!("the name `{name}` has brackets in it, and needs backticks"),
            )
        }
        Kind::WrongEscape { found } => {
            let found = shown(found);
            say(format!("字符串中不能写 {found}"), format!("`{found}` means nothing in a string"))
        }
        Kind::BlockComment => say("没有 /* … */ 这样的注释", "there are no comments of the form `/* … */`"),
        Kind::NumberTouchesName { number, name } => {
            let (number, name) = (shown(number), shown(name));
            say(
                format!("数字 {number} 与“{name}”连在一起"),
                format!("the number `{number}` touches `{name}`"),
            )
        }
        Kind::WrongNumber { found } => {
            let found = shown(found);
            say(format!("{found} 不是数字"), format!("`{found}` is not a number"))
        }
        Kind::CommaInNumber => {
            say("数字中不写千分位逗号", "a number is written without commas between its thousands")
        }
        Kind::LoosePercent => say("% 前面没有紧挨着的数字", "`%` has no number right before it"),
        Kind::WrongYear { found } => {
            let found = shown(found);
            say(format!("@{found} 不是四位数的年份"), format!("`@{found}` is not a year of four digits"))
        }
        Kind::Figure(error) => say(error.chinese(), error.to_string()),
        Kind::Unexpected { found, expected } => unexpected(found.as_deref(), expected),
        Kind::Internal => say(
            "勾稽不能读懂此处，这是程序的缺陷，请报告",
            "gouji cannot read this: a fault of its own, please report it",
        ),
        Kind::MissingColon => {
            say("规则的式子之前缺少冒号“:”", "a `:` is missing before what the rule asserts")
        }
        Kind::MissingOperator { left, right } => {
            let (left, right) = (shown(left), shown(right));
            say(
                format!("“{left}”与“{right}”之间缺少运算符"),
                format!("an operator is missing between `{left}` and `{right}`"),
            )
        }
        Kind::MissingOperand { after } => {
            let after = shown(after);
            say(format!("“{after}”后面缺少内容"), format!("nothing follows `{after}`"))
        }
        Kind::UnclosedBracket { bracket } => {
            say(format!("括号“{bracket}”没有闭合"), format!("this `{bracket}` is never closed"))
        }
        Kind::UnopenedBracket { bracket } => {
            say(format!("括号“{bracket}”没有对应的左括号"), format!("this `{bracket}` closes nothing"))
        }
        Kind::UnclosedBlock => say("大括号“{”没有闭合", "this `{` is never closed"),
        Kind::UnopenedBlock => say("大括号“}”没有对应的“{”", "this `}` closes nothing"),
        Kind::UnexpectedBlock => say("这里不能有“{”", "a `{` cannot stand here"),
        Kind::MissingSeverity { name } => {
            let name = shown(name);
            say(
                format!("“{name}”是规则还是字段？规则以 must 或 should 开头"),
                format!("`{name}` reads like a rule, but a rule starts with `must` or `should`"),
            )
        }
        Kind::DanglingDoc => {
            say("说明（///）下面没有可说明的内容", "nothing follows this doc comment for it to explain")
        }
        Kind::ReservedWord { word } => say(
            format!("{word} 是保留字，不能直接作名称"),
            format!("`{word}` is a reserved word and no name by itself"),
        ),
        Kind::BlankInPath { symbol } => {
            say(format!("“{symbol}”两边不能有空白"), format!("no blank stands around `{symbol}`"))
        }
        Kind::MisplacedPathSymbol { symbol } => say(
            format!("“{symbol}”只能跟在名称之后，年份和口径写在最后"),
            format!("`{symbol}` follows a name only, and `@` comes last"),
        ),
        Kind::BlankBeforeBracket { callee } => {
            let callee = shown(callee);
            say(
                format!("函数名“{callee}”与括号之间不能有空白"),
                format!("no blank stands between `{callee}` and its bracket"),
            )
        }
        Kind::UnknownItem { word } => {
            let word = shown(word);
            say(format!("没有以“{word}”开头的语句"), format!("no item starts with `{word}`"))
        }
        Kind::LateGuard => {
            say("条件 when 要写在规则的冒号之前", "the condition `when` stands before the colon of its rule")
        }
        Kind::AssertionAmongItems => say(
            "这是没有 must 的断言，而本文件另有声明或规则；两者不能同在一个文件",
            "this assertion has no `must`, and the file also holds declarations or rules: a file is one or the other",
        ),
        Kind::AssertionInBlock => say(
            "大括号之内的式子要写成规则，以 must 或 should 开头",
            "an assertion within braces starts with `must` or `should`",
        ),
        Kind::ItemAmongAssertions => say(
            "本文件开头是没有 must 的断言，这样的文件不能再有别的内容",
            "this file began with assertions that have no `must`, and such a file holds nothing else",
        ),
        Kind::FieldInEach => say("each 之内只能有规则，不能有字段", "an `each` holds rules only, no fields"),
        Kind::NotInBlock { word } => say(
            format!("{word} 不能写在大括号之内"),
            format!("`{word}` stands at the top of a file, not within braces"),
        ),
        Kind::RepeatedRuleSet => say("一个文件只能有一个 ruleset", "a file names its rule set once"),
        Kind::RepeatedUnit => say("一个文件只能写一次 unit", "a file says `unit` once"),
        Kind::WrongUnit { found } => {
            let found = shown(found);
            say(
                format!("unit 之后应是 元、千元、万元 或 亿元，而不是“{found}”"),
                format!("`unit` takes 元, 千元, 万元 or 亿元, found `{found}`"),
            )
        }
        Kind::SetNotName { found } => {
            let found = shown(found);
            say(
                format!("use 之后应是规则集的名称，而不是“{found}”"),
                format!("`use` takes the name of one rule set, found `{found}`"),
            )
        }
        Kind::MissingFieldColon { field, kind } => {
            let (field, kind) = (shown(field), shown(kind));
            say(
                format!("字段“{field}”与类型 {kind} 之间缺少冒号“:”"),
                format!("a `:` is missing between the field `{field}` and its kind `{kind}`"),
            )
        }
        Kind::MissingKind { field, label } => {
            let (field, label) = (shown(field), shown(label));
            say(
                format!("字段“{field}”在 {label} 之前缺少类型（如 money）"),
                format!("the field `{field}` has no kind (such as `money`) before `{label}`"),
            )
        }
        Kind::MissingQuotes { text } => {
            let text = shown(text);
            say(format!("文字“{text}”没有写在双引号中"), format!("the text `{text}` is not in double quotes"))
        }
        Kind::IfThen { word } => {
            let word = shown(word);
            say(
                format!("条件不用“{word}”来写"),
                format!("`{word}` is no word of the rule language: a condition is written otherwise"),
            )
        }
        Kind::MisplacedPriorBasis { basis } => say(
            format!("prior {basis} 只能写在函数的第一个参数之后"),
            format!("`prior {basis}` stands behind the first argument of a function only"),
        ),
        Kind::MisplacedCode => say(
            "方括号中的编码只能紧跟在路径的第一个名称（表名）之后",
            "a code in brackets follows the first name of a path only, the table's",
        ),
        Kind::CodeNotText { found } => {
            let found = shown(found);
            say(
                format!("编码要写在双引号中，而不是“{found}”"),
                format!("a code is a text in double quotes, found `{found}`"),
            )
        }
        Kind::RowWithoutColumn { row } => {
            let row = shown(row);
            say(format!("行“{row}”之后缺少列名"), format!("the row `{row}` is no figure without a column"))
        }
        Kind::WrongBlank { found } => {
            let found = shown(found);
            say(
                format!("blank 只有 blank = 0 一种写法，不能是“{found}”"),
                format!("`blank` is only ever `blank = 0`, found `{found}`"),
            )
        }
        Kind::BlankNotInHead => say(
            "blank = 0 要写在表头，“{”之前",
            "`blank = 0` stands at the head of its table, before the `{`",
        ),
        Kind::MoreThanName { symbol } => say(
            format!("这里只写名称，不写“{symbol}”"),
            format!("only a name stands here, without `{symbol}`"),
        ),
        Kind::MissingReason => say("waive 缺少理由", "this `waive` does not say why"),
        Kind::LooseExpect => say("expect 之前没有 test", "this `expect` belongs to no test"),
        Kind::JsonTooDeep => {
            let most = limits::JSON_NESTING;
            say(
                format!("测试数据（JSON）的嵌套不得超过 {most} 层"),
                format!("the JSON of a test nests at most {most} deep"),
            )
        }
        Kind::JsonComment => {
            say("测试数据（JSON）中不能写注释", "there are no comments in the JSON of a test")
        }
        Kind::JsonTrailingComma => {
            say("JSON 中最后一项之后不写逗号", "no comma follows the last entry in JSON")
        }
        Kind::JsonNumber { found } => {
            let found = shown(found);
            say(format!("{found} 不是 JSON 的数字"), format!("`{found}` is not a number in JSON"))
        }
        Kind::JsonEscape { found } => {
            let found = shown(found);
            say(
                format!("JSON 的字符串中不能写 {found}"),
                format!("`{found}` means nothing in a string of JSON"),
            )
        }
        Kind::SignFirst { sign } => say(
            format!("断言不能以“{sign}”开头"),
            format!("an assertion without `must` does not start with `{sign}`"),
        ),
        Kind::DocNotAlone => say("说明（///）要独占一行", "a doc comment stands on a line of its own"),
        Kind::DocInside => say("说明（///）不能写在语句中间", "a doc comment cannot stand within an item"),
        Kind::MixedChain { before, after } => say(
            format!("连续比较的方向不一致：{before} 之后是 {after}"),
            format!("comparisons chain in one direction only: `{before}` is followed by `{after}`"),
        ),
        Kind::ChainedNotEqual => say("!= 不能连续使用", "`!=` does not chain"),
        Kind::ChainedImplies => say("implies 不能连续使用", "`implies` does not chain"),
        Kind::NotInside => say(
            "not 比它前面的运算符结合得松，这里要加括号",
            "`not` binds looser than the operator before it, and needs brackets here",
        ),
        Kind::NotIn => say("not 要写在比较的最前面", "`not` stands before the whole comparison"),
        Kind::EndsComparison { word, after } => say(
            format!("{word} 应在比较的最后，其后不能再有 {after}"),
            format!("`{word}` ends its comparison and cannot be followed by `{after}`"),
        ),
        Kind::CoalesceLeft => {
            say("“??”左边只能是一个数字名称或一次函数调用", "the left of `??` is one figure or one call")
        }
        Kind::LooseTolerance => say(
            "within 只能用于 == < <= > >= 的比较",
            "`within` belongs to a comparison by `==`, `<`, `<=`, `>` or `>=`",
        ),
        Kind::ToleranceNotLiteral => {
            say("within 之后应是一个不带正负号的数字", "`within` takes a number without a sign")
        }
        Kind::FileTooLong => {
            let most = limits::RULE_FILE_BYTES >> 20;
            say(format!("规则文件不得超过 {most} MiB"), format!("a rule file has at most {most} MiB"))
        }
        Kind::RuleTooLong => {
            let most = limits::RULE_BYTES >> 10;
            say(
                format!("一条规则或声明不得超过 {most} KiB"),
                format!("one rule or declaration has at most {most} KiB"),
            )
        }
        Kind::NestedTooDeep => {
            let most = limits::EXPRESSION_NESTING;
            say(
                format!("括号与正负号、not 的嵌套不得超过 {most} 层"),
                format!("brackets, signs and `not` nest at most {most} deep"),
            )
        }
        Kind::TooManyTerms => {
            let most = limits::EXPRESSION_TERMS;
            say(format!("一个式子最多 {most} 项"), format!("an expression has at most {most} terms"))
        }
        Kind::TooManyErrors => {
            let most = limits::RULE_ERRORS;
            say(
                format!("错误超过 {most} 处，从这里起不再列出"),
                format!("more than {most} errors: from here on they are not listed"),
            )
        }
    }
}

fn unexpected(found: Option<&str>, expected: &[Expected]) -> Sentence {
    let list = |or: &str, comma: &str, name: fn(Expected) -> &'static str| {
        let names: Vec<&str> = expected.iter().map(|expected| name(*expected)).collect();
        match names.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, first)) => format!("{}{or}{last}", first.join(comma)),
            None => String::new(),
        }
    };
    let (zh, en) = (list("或", "、", chinese), list(" or ", ", ", english));
    match (found.map(shown), expected.is_empty()) {
        (Some(found), true) => say(format!("这里不能有“{found}”"), format!("`{found}` cannot stand here")),
        (Some(found), false) => {
            say(format!("这里应是{zh}，而不是“{found}”"), format!("expected {en}, found `{found}`"))
        }
        (None, true) => say("语句不完整", "this is not complete"),
        (None, false) => {
            say(format!("语句不完整，后面应有{zh}"), format!("this ends too early: expected {en}"))
        }
    }
}

fn chinese(expected: Expected) -> &'static str {
    match expected {
        Expected::Name => "名称",
        Expected::Kind => "类型（如 money）",
        Expected::Text => "双引号中的文字",
        Expected::Under => "“under”",
        Expected::Guard => "条件“when”",
        Expected::Operand => "数字、名称或括号",
        Expected::Number => "数字",
        Expected::RangeOrList => "范围（如 1..2）或列表（如 [1, 2]）",
        Expected::Operator => "运算符",
        Expected::Colon => "冒号“:”",
        Expected::Comma => "逗号“,”",
        Expected::Bar => "“|”",
        Expected::Dots => "“..”",
        Expected::CloseBracket => "“)”",
        Expected::CloseList => "“]”",
        Expected::OpenBlock => "“{”",
        Expected::Section => "“section”",
        Expected::English => "英文“en”",
        Expected::BlankZero => "“blank = 0”",
        Expected::For => "“for”",
        Expected::Because => "“because”",
        Expected::Document => "“{”开头的测试数据（JSON）",
        Expected::Expect => "“expect”",
        Expected::JsonValue => "JSON 的值",
        Expected::CloseObject => "“}”",
    }
}

fn english(expected: Expected) -> &'static str {
    match expected {
        Expected::Name => "a name",
        Expected::Kind => "a kind (such as `money`)",
        Expected::Text => "a text in double quotes",
        Expected::Under => "`under`",
        Expected::Guard => "a condition (`when`)",
        Expected::Operand => "a number, a name or a bracket",
        Expected::Number => "a number",
        Expected::RangeOrList => "a range (such as `1..2`) or a list (such as `[1, 2]`)",
        Expected::Operator => "an operator",
        Expected::Colon => "`:`",
        Expected::Comma => "`,`",
        Expected::Bar => "`|`",
        Expected::Dots => "`..`",
        Expected::CloseBracket => "`)`",
        Expected::CloseList => "`]`",
        Expected::OpenBlock => "`{`",
        Expected::Section => "`section`",
        Expected::English => "`en`",
        Expected::BlankZero => "`blank = 0`",
        Expected::For => "`for`",
        Expected::Because => "`because`",
        Expected::Document => "a document in JSON (`{ … }`)",
        Expected::Expect => "`expect`",
        Expected::JsonValue => "a value of JSON",
        Expected::CloseObject => "`}`",
    }
}

/// A text of the file as a message can show it: short, and with no character that would act on the reader's screen.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 40;
    let mut shown = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == MOST {
            shown.push('…');
            break;
        }
        match c {
            c if is_visible(c) => shown.push(c),
            c => shown.push_str(&format!("U+{:04X}", u32::from(c))),
        }
    }
    shown
}

fn is_visible(c: char) -> bool {
    let is_blank = c.is_whitespace() && c != ' ' && c != '\u{3000}';
    let acts = pest::unicode::BIDI_CONTROL(c) || pest::unicode::DEFAULT_IGNORABLE_CODE_POINT(c);
    !(c.is_control() || is_blank || acts)
}
