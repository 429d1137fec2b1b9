//! What the analysis of a rule set costs: seconds, and time against reading and checking one document of its figures.
//! `cargo bench --bench soundness` prints both.
#![allow(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::as_conversions,
    reason = "a bench prints a ratio for a person"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use gouji::soundness::{Analysis, Answer, Consistency, analyse};
use gouji::{Checker, Document, RuleSet};

/// Balance rules over figures: each total is the sum of two to four figures that come later, so that figures are shared and
/// totals nest. Half of the figures that are left are in no total.
fn balances(rules: usize, figures: usize, is_signed: bool) -> String {
    let mut text = String::from("ruleset bench \"量一量\"\n");
    for figure in 0..figures {
        let _ = writeln!(text, "f{figure} : money \"第{figure}项\"");
    }
    // The same numbers each time: no seed from outside.
    let mut state: u64 = 42;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % bound.max(1)
    };
    for rule in 0..rules {
        let after = rule + 1;
        let mut parts: Vec<usize> = Vec::new();
        for _ in 0..2 + below(3) {
            // Near totals have near parts, as sections of a document do.
            let part = after + below((figures - after).min(figures - rules + 8));
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let sum: Vec<String> = parts.iter().map(|part| format!("f{part}")).collect();
        let _ = writeln!(text, "must balance{rule}: {} == f{rule}", sum.join(" + "));
    }
    if is_signed {
        for figure in 0..figures {
            let _ = writeln!(text, "must sign{figure}: f{figure} >= 0");
        }
    }
    text
}

/// A document that states all figures, each zero.
fn document(rules: &RuleSet) -> Result<Document, gouji::DocumentError> {
    let figures: Vec<String> =
        rules.fields().iter().map(|field| format!("\"{}\": \"0.00\"", field.path())).collect();
    Document::from_json("bench.json", format!("{{\"unit\": \"万元\", {}}}", figures.join(", ")))
}

fn answers(analysis: &Analysis) -> String {
    let consistency = match analysis.consistency() {
        Consistency::Consistent(_) => "consistent",
        Consistency::Contradictory(_) => "contradictory",
        _ => "unknown",
    };
    let count = |word: &str| {
        analysis
            .rules()
            .iter()
            .map(|rule| Answer::as_str(rule.answer()))
            .filter(|known| *known == word)
            .count()
    };
    let counts =
        ["falsifiable", "implied", "vacuous", "unknown"].map(|word| format!("{} {word}", count(word)));
    format!("{consistency}, {}, {} bounds", counts.join(", "), analysis.bounds().len())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for name in ["department", "organization", "education", "government", "tables"] {
        let set = RuleSet::builder().bundled(name).build()?;
        let start = Instant::now();
        let analysis = black_box(analyse(&set));
        println!(
            "{name}, {} rules: {:.2} s; {}",
            set.rules().len(),
            start.elapsed().as_secs_f64(),
            answers(&analysis)
        );
    }
    for (rules, figures) in [(151, 300), (1_000, 2_000)] {
        for is_signed in [false, true] {
            let set = RuleSet::parse(&balances(rules, figures, is_signed))?;
            let start = Instant::now();
            let report = Checker::new(&set).check(&document(&set)?);
            let checked = start.elapsed().as_secs_f64();
            black_box(report);
            let start = Instant::now();
            let analysis = black_box(analyse(&set));
            let analysed = start.elapsed().as_secs_f64();
            println!(
                "{rules} balances over {figures} figures{}: {analysed:.2} s, {:.0} × reading and checking a document; {}",
                if is_signed { ", each >= 0" } else { "" },
                analysed / checked,
                answers(&analysis)
            );
        }
    }
    Ok(())
}
