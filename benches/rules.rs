//! What a rule set costs to read: time against one look at every character of it, and memory against its length.
//! `cargo bench --bench rules` prints both.
#![allow(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::as_conversions,
    reason = "a bench prints a ratio for a person"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use gouji::RuleSet;
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

const ROUNDS: usize = 15;

/// A set like those of a department: a section has fields with labels, and rules with titles over them.
fn rules(count: usize) -> String {
    let mut text = String::from("ruleset bench \"量一量\"\n");
    for section in 0..count / 5 {
        let _ = writeln!(text, "\nsection s{section} \"第{section}节\" {{");
        for field in ["total", "basic", "project", "personnel", "operation"] {
            let _ = writeln!(text, "    {field} : money \"{field}第{section}项\"");
        }
        let _ = write!(
            text,
            "\n    /// 《预算法实施条例》第五条\n    must split \"支出等于基本支出与项目支出之和\":\n        basic + project == total\n\
             \x20   must basic_split \"基本支出等于人员经费与公用经费之和\": personnel + operation == basic\n\
             \x20   must fits \"项目支出不超过支出\" when total > 0: 0 <= project <= total\n\
             \x20   should change when delta(total) != 0: rate(total) == delta(total) / (total@prior ?? total - delta(total))\n\
             \x20   should share: basic / total <= 99% within 0.5%\n}}\n"
        );
    }
    text
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for count in [1_000, 3_000] {
        let text = rules(count);
        let before = ALLOCATED.current_usage();
        ALLOCATED.reset_peak_usage();
        let set = RuleSet::parse(&text)?;
        let times = |bytes: usize| (bytes - before) as f64 / text.len() as f64;
        println!(
            "{} rules, {} KiB: at most {:.1} × the text in memory, {:.1} × in the end",
            set.rules().len(),
            text.len() / 1024,
            times(ALLOCATED.peak_usage()),
            times(ALLOCATED.current_usage()),
        );
    }
    for count in [1_000, 2_000] {
        let text = rules(count);
        let mut times: [Vec<Duration>; 2] = Default::default();
        for _ in 0..ROUNDS {
            let [look, read] = &mut times;
            let start = Instant::now();
            black_box(text.chars().filter(|c| black_box(*c) == '款').count());
            look.push(start.elapsed());
            let start = Instant::now();
            let _ = black_box(RuleSet::parse(&text));
            read.push(start.elapsed());
        }
        let [look, read] = times.map(median);
        println!(
            "{count} rules, {} KiB: {:.1} ms here, {:.0} × one look at the characters",
            text.len() / 1024,
            read * 1000.0,
            read / look
        );
    }
    Ok(())
}
