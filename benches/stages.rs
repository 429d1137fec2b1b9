//! What each stage costs, as a multiple of looking once at every character of the same text. `cargo bench` prints it.
//!
//! Ratios of one run hold where seconds do not: both sides are measured here, in turns, and the median is taken.
#![allow(clippy::print_stdout, clippy::float_arithmetic, reason = "a bench prints a ratio for a person")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use gouji::{Checker, Reader, RuleSet, report};

const ROUNDS: usize = 15;

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = RuleSet::builder().bundled("organization").build()?;
    let page = include_str!("../examples/data/organization-2019.txt");
    for copies in [50, 100] {
        let text = page.repeat(copies);
        let reader = Reader::new(&rules);
        let document = reader.text("a.txt", text.as_bytes())?;
        let found = Checker::new(&rules).check(&document);
        let mut times: [Vec<Duration>; 4] = Default::default();
        for _ in 0..ROUNDS {
            let [look, read, check, show] = &mut times;
            look.push(time(|| {
                black_box(text.chars().filter(|c| black_box(*c) == '万').count());
            }));
            read.push(time(|| {
                let _ = black_box(reader.text("a.txt", text.as_bytes()));
            }));
            check.push(time(|| {
                black_box(Checker::new(&rules).check(&document));
            }));
            show.push(time(|| {
                black_box(report::json([&found], gouji::Lang::Zh));
            }));
        }
        let [look, read, check, show] = times.map(median);
        println!(
            "{:>4} KiB: read {:.0} ×, check {:.0} ×, JSON {:.0} × one look at the characters",
            text.len() / 1024,
            read / look,
            check / look,
            show / look,
        );
    }
    Ok(())
}
