//! Random documents: a Rust value states what its JSON states, and each path leads to its figure.

use gouji::{Document, Place};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::assert_same;

/// A figure, or what is none.
fn literal() -> impl Strategy<Value = Value> {
    prop_oneof![
        20 => any::<i32>().prop_map(Value::from),
        20 => "-?[0-9]{1,5}(\\.[0-9]{1,3})?(万元|元|%|人)?".prop_map(Value::from),
        1 => any::<u64>().prop_map(Value::from),
        1 => "\\PC{0,6}".prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
    ]
}

fn name() -> impl Strategy<Value = String> {
    let words = [
        "department",
        "year",
        "unit",
        "document",
        "value",
        "delta",
        "rate",
        "share",
        "completion",
        "prior",
        "budget",
        "actual",
        "2018",
        "parts",
        "period",
        "basis",
        "scope",
        "label",
        "decimals",
        "code",
        "name",
        "total",
        "basic",
        "project",
        "人员经费",
        "公用经费",
        "甲",
        "乙",
        "丙",
        "basic",
        "支出预算",
        "基本支出",
        "a.b",
        "",
    ];
    prop::sample::select(words.to_vec()).prop_map(str::to_owned)
}

/// Sections, figures with facets, parts and tables, most of them in order.
fn document() -> impl Strategy<Value = Value> {
    let inner = literal().prop_recursive(4, 40, 5, |inner| {
        let object = |inner: BoxedStrategy<Value>| {
            prop::collection::vec((name(), inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect()))
        };
        let figure = (literal(), literal(), prop::option::of(object(inner.clone().boxed()))).prop_map(
            |(value, delta, parts)| {
                let mut figure = json!({"value": value, "delta": delta});
                if let Some(parts) = parts {
                    figure["parts"] = parts;
                }
                figure
            },
        );
        let rows = prop::collection::vec(object(literal().boxed()), 0..4).prop_map(Value::Array);
        prop_oneof![3 => object(inner.clone().boxed()), 3 => figure, 2 => rows]
    });
    prop::collection::vec((name(), inner), 0..6).prop_map(|pairs| Value::Object(pairs.into_iter().collect()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_value_states_what_its_json_text_states(value in document()) {
        let from_json = Document::from_json("budget", value.to_string());
        match (Document::from_serialize("budget", &value), from_json) {
            (Ok(one), Ok(other)) => assert_same(&one, &other),
            (Err(one), Err(other)) => {
                prop_assert_eq!(one.kind(), other.kind());
                prop_assert!(one.place().is_none());
            }
            (one, other) => prop_assert!(false, "{one:?}\n{other:?}"),
        }
    }

    #[test]
    fn the_path_of_a_figure_leads_to_it(value in document()) {
        // In a name, a full stop is not told from a step.
        let has_steps_in_names = ["\"\":", "a.b"].iter().any(|name| value.to_string().contains(name));
        if let Some(document) = Document::from_serialize("budget", &value).ok().filter(|_| !has_steps_in_names) {
            for statement in document.statements() {
                let Place::Path { path, .. } = &statement.place else { panic!("{statement:?}") };
                let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
                let found = value.pointer(&pointer).unwrap_or_else(|| panic!("{path} in {value}"));
                let text = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
                prop_assert_eq!(document.text_of(&statement.place), text);
            }
        }
    }
}
