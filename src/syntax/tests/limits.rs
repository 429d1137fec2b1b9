//! Each limit, at it and one past it.

use super::{mistakes, read};
use crate::limits;

fn kinds(text: &str) -> Vec<String> {
    mistakes(text).into_iter().map(|(_, kind)| kind).collect()
}

/// Runs on a stack as small as a thread of a server has: what recurses too deep aborts the test.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(test).unwrap().join().unwrap();
}

#[test]
fn brackets_and_unary_operators_nest_to_the_limit_together() {
    on_a_small_stack(|| {
        let most = limits::EXPRESSION_NESTING;
        let brackets = |depth| format!("a == {}b{}", "(".repeat(depth), ")".repeat(depth));
        let calls = |depth| format!("a == {}b{}", "f(".repeat(depth), ")".repeat(depth));
        let lists = |depth| format!("{}b{}", "a in [".repeat(depth), "]".repeat(depth));
        let nots = |depth| format!("{}a == b", "not ".repeat(depth));
        let signs = |depth| format!("a == {}b", "- ".repeat(depth));
        let mixed = |depth| {
            format!("a == {}b{}", "-(".repeat(depth / 2) + &"-".repeat(depth % 2), ")".repeat(depth / 2))
        };
        let apart = |depth| format!("{}a == {}b", "not ".repeat(depth / 2), "-".repeat(depth - depth / 2));
        let all: [fn(usize) -> String; 7] = [brackets, calls, lists, nots, signs, mixed, apart];
        for nested in all {
            read(&nested(most));
            assert_eq!(kinds(&nested(most + 1)), ["NestedTooDeep"]);
            assert_eq!(kinds(&nested(100_000)), ["NestedTooDeep"]);
        }
    });
}

#[test]
fn a_document_in_a_test_nests_to_the_limit() {
    on_a_small_stack(|| {
        let most = limits::JSON_NESTING;
        let test = |json: String| format!("test \"x\" {json} expect holds r");
        let objects = |depth| format!("{}{{}}{}", "{\"a\":".repeat(depth - 1), "}".repeat(depth - 1));
        let lists = |depth| format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
        let all: [fn(usize) -> String; 2] = [objects, lists];
        for nested in all {
            read(&test(nested(most)));
            assert_eq!(kinds(&test(nested(most + 1))), ["JsonTooDeep"]);
            assert_eq!(kinds(&test(nested(100_000))), ["JsonTooDeep"]);
        }
        let deepest = test(lists(most + 1));
        assert_eq!(mistakes(&deepest), [("[".to_owned(), "JsonTooDeep".to_owned())]);
        assert_eq!(kinds(&test("{\"a\":".repeat(100_000))), ["JsonTooDeep"]);
        assert_eq!(kinds(&test("{\"a\":".repeat(most))), ["UnclosedBlock"]);
        // Side by side is not deep.
        read(&test(format!("{{\"a\": [{}{{}}]}}", "{},".repeat(most * 2))));
    });
}

#[test]
fn a_row_is_one_term() {
    let most = limits::EXPRESSION_TERMS;
    let sum = |terms: usize| vec!["t[\"2\"].a"; terms].join("+");
    read(&sum(most));
    assert_eq!(kinds(&sum(most + 1)), ["TooManyTerms"]);
}

#[test]
fn what_is_side_by_side_does_not_nest() {
    let terms = vec!["(-a)"; limits::EXPRESSION_NESTING * 2];
    read(&format!("x == {}", terms.join(" + ")));
    let nots = vec!["not a == -b"; limits::EXPRESSION_NESTING * 2];
    read(&nots.join(" and "));
}

#[test]
fn brackets_that_are_never_closed_are_one_error() {
    on_a_small_stack(|| {
        assert_eq!(kinds(&"(".repeat(100_000)), ["NestedTooDeep"]);
        assert_eq!(kinds(&"not ".repeat(100_000)), ["NestedTooDeep"]);
        assert_eq!(kinds(&format!("must: {}", "- ".repeat(100_000))), ["NestedTooDeep"]);
        assert_eq!(kinds(&format!("a == {}", "(\n".repeat(30))), ["UnclosedBracket"]);
    });
}

#[test]
fn the_deepest_bracket_is_underlined() {
    let text = format!("a == {}`x`", "f(".repeat(limits::EXPRESSION_NESTING) + "(");
    assert_eq!(mistakes(&text), [("(".to_owned(), "NestedTooDeep".to_owned())]);
}

#[test]
fn an_expression_has_so_many_terms() {
    on_a_small_stack(|| {
        let most = limits::EXPRESSION_TERMS;
        for join in ["+", "*", "and", "==", "<="] {
            let chain = |terms: usize| vec!["a"; terms].join(&format!(" {join} "));
            read(&chain(most));
            assert_eq!(mistakes(&chain(most + 1)), [("a".to_owned(), "TooManyTerms".to_owned())]);
        }
        // A guard and a body are two expressions.
        let full = vec!["a"; most].join("+");
        read(&format!("must when {full}: {full}"));
        assert_eq!(kinds(&vec!["a"; 50_000].join("+")), ["TooManyTerms"]);
    });
}

#[test]
fn a_rule_has_so_many_bytes() {
    let rule = |bytes: usize| {
        let (head, tail) = ("must r \"", "\": a == b");
        format!("{head}{}{tail}", "x".repeat(bytes - head.len() - tail.len()))
    };
    let test = |bytes: usize| {
        let (head, tail) = ("test \"x\" {\"a\": \"", "\"} expect holds r");
        format!("{head}{}{tail}", "x".repeat(bytes - head.len() - tail.len()))
    };
    read(&test(limits::RULE_BYTES));
    assert_eq!(mistakes(&test(limits::RULE_BYTES + 1)), [("test".to_owned(), "RuleTooLong".to_owned())]);
    read(&format!("{}   // not counted", rule(limits::RULE_BYTES)));
    assert_eq!(mistakes(&rule(limits::RULE_BYTES + 1)), [("must".to_owned(), "RuleTooLong".to_owned())]);
}

#[test]
fn a_file_has_so_many_bytes() {
    let file = |bytes: usize| format!("a == b\n{}", "/".repeat(bytes - "a == b\n".len()));
    assert_eq!(read(&file(limits::RULE_FILE_BYTES)).items.len(), 1);
    assert_eq!(kinds(&file(limits::RULE_FILE_BYTES + 1)), ["FileTooLong"]);
}

/// A scanner that looked to the end of a line for each of its tokens would take minutes here.
#[test]
fn a_long_line_is_read_once() {
    for piece in [
        "/*",
        "/*/",
        "“",
        "\"",
        "`",
        "'",
        "1 ",
        "(",
        "a(",
        "{",
        "} ",
        "??",
        "😀 ",
        "t[",
        "test \"x\" {",
        "test \"x\" {“",
        "test \"x\" {//",
        "expect a ",
        "waive r ",
        "use a b\n",
    ] {
        let text = piece.repeat(limits::RULE_FILE_BYTES / 8 / piece.len());
        assert!(!mistakes(&text).is_empty(), "{piece}");
    }
}

#[test]
fn a_file_reports_so_many_errors() {
    let most = limits::RULE_ERRORS;
    let wrong = |rules: usize| "must r: a = b\n".repeat(rules);
    assert_eq!(kinds(&wrong(most)), vec!["WrongSymbol"; most]);
    let listed = kinds(&wrong(most + 1));
    assert_eq!((listed.len(), listed.last().unwrap().as_str()), (most, "TooManyErrors"));
    assert_eq!(kinds(&wrong(5_000)).len(), most);
    assert_eq!(kinds(&"#\n".repeat(5_000)).len(), most);
    assert_eq!(kinds(&"section s {".repeat(5_000)).len(), most);
    assert_eq!(kinds(&"} ".repeat(5_000)).len(), most);
}
