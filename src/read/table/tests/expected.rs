//! The tables of `tests/tables`: each text beside the list of what it states.
//!
//! The lists are written out and were read line by line; the same tables in other forms state the same.

use super::{read, shown};

/// Each text of `tests/tables`, with what its tables state.
pub(super) const TABLES: [(&str, &str, &str); 17] = {
    macro_rules! table {
        ($name:literal) => {
            (
                $name,
                include_str!(concat!("../../../../tests/tables/", $name, ".txt")),
                include_str!(concat!("../../../../tests/tables/", $name, ".expected")),
            )
        };
    }
    [
        table!("pipe"),
        table!("one-cell"),
        table!("lone"),
        table!("label-value"),
        table!("two-headers"),
        table!("changes"),
        table!("line-numbers"),
        table!("short-row"),
        table!("two-sided"),
        table!("broken-row"),
        table!("codes"),
        table!("units"),
        table!("interleaved"),
        table!("year-rows"),
        table!("funds"),
        table!("unplaced"),
        table!("prose"),
    ]
};

#[test]
fn each_table_states_what_is_written_beside_it() {
    let wrong: Vec<String> = TABLES
        .iter()
        .map(|(name, text, expected)| (name, shown(&read(text)), expected))
        .filter(|(_, shown, expected)| shown != *expected)
        .map(|(name, shown, _)| format!("==== {name}\n{shown}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}
