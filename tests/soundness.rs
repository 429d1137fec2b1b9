//! What an analysis of a rule set says is so: by named examples worked out by hand, by exhaustive search over small integer
//! documents, and by certificates that are verified again.
//!
//! `PROPTEST_CASES` sets how many random sets are tried:
//! `PROPTEST_CASES=10000 cargo test --release --test soundness small_documents` and
//! `PROPTEST_CASES=100000 cargo test --release --test soundness every_certificate`. Add `-- --nocapture` to see how often each answer came.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test fails by panicking, and prints what it tried"
)]

#[path = "soundness/examples.rs"]
mod examples;
#[path = "soundness/laws.rs"]
mod laws;
#[path = "soundness/said.rs"]
mod said;
#[path = "soundness/sets.rs"]
mod sets;

use std::cell::RefCell;

use gouji::RuleSet;
use gouji::soundness::analyse;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner};

use laws::{Counts, Laws, certificates};

/// As many cases as `PROPTEST_CASES` says.
fn runner(cases: u32) -> TestRunner {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|asked| asked.parse().ok());
    let config = ProptestConfig {
        // An analysis takes ten times as long without optimisation.
        cases: asked.unwrap_or(if cfg!(debug_assertions) { cases / 20 } else { cases }),
        // A set that failed becomes an example with a name.
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    // The usual run tries the same sets each time; who asks for more gets others.
    match asked {
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
        Some(_) => TestRunner::new(config),
    }
}

#[test]
fn small_documents_agree_with_every_answer() {
    let counts = RefCell::new(Counts::new());
    let tried = runner(1_000).run(&sets::sets(), |set| {
        let mut laws = Laws::of(&set);
        laws.are_kept().map_err(|wrong| TestCaseError::fail(format!("{wrong}\n{}", set.text())))?;
        for (what, count) in &laws.counts {
            *counts.borrow_mut().entry(*what).or_default() += count;
        }
        Ok(())
    });
    println!("{:#?}", counts.borrow());
    tried.unwrap_or_else(|wrong| panic!("{wrong}"));
    // A witness that was not found where there is one is no wrong answer, but a poor one.
    let count = |what: &str| counts.borrow().get(what).copied().unwrap_or(0);
    assert!(count("missed witness") * 20 <= count("falsifiable") + 20, "{:#?}", counts.borrow());
}

#[test]
fn every_certificate_is_verified() {
    let count = RefCell::new(0_usize);
    let tried = runner(300).run(&sets::sets(), |set| {
        let analysis = analyse(&RuleSet::parse(&set.text()).unwrap());
        for certificate in certificates(&analysis) {
            prop_assert!(certificate.verify(), "{certificate:?}\n{}", set.text());
            *count.borrow_mut() += 1;
        }
        Ok(())
    });
    println!("{} certificates", count.borrow());
    tried.unwrap_or_else(|wrong| panic!("{wrong}"));
}
