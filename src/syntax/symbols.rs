//! The symbols of the language, and those of an input method or of another language that are typed for them.

/// A symbol that starts a text.
pub(super) struct Symbol {
    /// As it is typed.
    pub(super) typed: &'static str,
    /// As the language has it.
    pub(super) right: &'static str,
}

/// The longest symbol that a text starts with.
pub(super) fn symbol_at(text: &str) -> Option<Symbol> {
    let right = RIGHT.iter().map(|right| Symbol { typed: right, right });
    let wrong = WRONG.iter().map(|(typed, right)| Symbol { typed, right });
    right.chain(wrong).filter(|symbol| text.starts_with(symbol.typed)).max_by_key(|symbol| symbol.typed.len())
}

const RIGHT: [&str; 24] = [
    "==", "!=", "<=", ">=", "<", ">", "??", "..", "+", "-", "*", "/", "(", ")", "[", "]", "{", "}", ":", ";",
    ",", ".", "@", "|",
];

/// What is typed, and what was meant by it.
const WRONG: [(&str, &str); 64] = [
    ("=", "=="),
    ("===", "=="),
    ("＝", "=="),
    ("＝＝", "=="),
    ("!==", "!="),
    ("<>", "!="),
    ("≠", "!="),
    ("！=", "!="),
    ("！＝", "!="),
    ("=<", "<="),
    ("≤", "<="),
    ("≦", "<="),
    ("⩽", "<="),
    ("＜=", "<="),
    ("＜＝", "<="),
    ("=>", ">="),
    ("≥", ">="),
    ("≧", ">="),
    ("⩾", ">="),
    ("＞=", ">="),
    ("＞＝", ">="),
    ("＜", "<"),
    ("＞", ">"),
    ("？？", "??"),
    ("...", ".."),
    ("…", ".."),
    ("～", ".."),
    ("~", ".."),
    ("＋", "+"),
    ("－", "-"),
    ("−", "-"),
    ("–", "-"),
    ("—", "-"),
    ("﹣", "-"),
    ("×", "*"),
    ("＊", "*"),
    ("∗", "*"),
    ("÷", "/"),
    ("／", "/"),
    ("∕", "/"),
    ("（", "("),
    ("）", ")"),
    ("［", "["),
    ("【", "["),
    ("］", "]"),
    ("】", "]"),
    ("｛", "{"),
    ("｝", "}"),
    ("：", ":"),
    ("；", ";"),
    ("。", ";"),
    ("，", ","),
    ("、", ","),
    ("．", "."),
    ("＠", "@"),
    ("｜", "|"),
    ("&&", "and"),
    ("&", "and"),
    ("∧", "and"),
    ("||", "or"),
    ("∨", "or"),
    ("!", "not"),
    ("！", "not"),
    ("→", "implies"),
];

/// The operator that a Chinese word, written where an operator belongs, was meant for.
pub(super) fn operator_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "且" | "并且" | "而且" | "同时" | "AND" | "And" => "and",
        "或" | "或者" | "OR" | "Or" => "or",
        "非" | "不" | "并非" | "NOT" | "Not" => "not",
        "则" | "那么" | "就" | "蕴含" | "then" => "implies",
        "等于" => "==",
        "不等于" => "!=",
        "大于" | "高于" | "超过" => ">",
        "小于" | "低于" => "<",
        "不大于" | "不超过" | "不高于" | "不多于" | "小于等于" | "至多" => "<=",
        "不小于" | "不低于" | "不少于" | "大于等于" | "至少" => ">=",
        "加" | "加上" => "+",
        "减" | "减去" => "-",
        "乘" | "乘以" => "*",
        "除以" => "/",
        word if condition_word(word) => "when",
        _ => return None,
    })
}

/// Whether a word starts a condition in another language.
pub(super) fn condition_word(word: &str) -> bool {
    matches!(word, "若" | "如" | "如果" | "假如" | "当" | "if" | "If" | "IF")
}

/// The severity that a word at the start of a rule was meant for.
pub(super) fn severity_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "必须" | "必需" | "须" | "务必" | "规则" | "校验" | "检查" | "断言" => "must",
        "应当" | "应该" | "应" | "宜" | "建议" => "should",
        "rule" | "check" | "assert" | "require" | "ensure" | "shall" | "Must" | "MUST" => "must",
        "warn" | "warning" | "Should" | "SHOULD" => "should",
        _ => return None,
    })
}

/// Marks that quote, and the one that closes each; none but `"` quotes here.
pub(super) fn foreign_quote(open: char) -> Option<char> {
    Some(match open {
        '“' => '”',
        '”' => '”',
        '„' => '“',
        '‘' => '’',
        '’' => '’',
        '「' => '」',
        '『' => '』',
        '＂' => '＂',
        '\'' => '\'',
        _ => return None,
    })
}
