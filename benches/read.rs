//! How fast running text is read: megabytes a second of folding, of folding and tokens, and of the whole reader, and
//! what twice the text costs. `cargo bench --bench read` prints it.
#![allow(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "a bench prints for a person"
)]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::sync::OnceLock;
use std::time::Instant;

use gouji::{Reader, RuleSet};

const MEGABYTE: usize = 1_000_000;
const ROUNDS: usize = 3;

/// A paragraph as departments write it, with figures that no other paragraph has.
fn paragraph(text: &mut String, number: usize) {
    let whole = number.wrapping_mul(7_919) % 900_000 + 10_000;
    let (part, rest) = (whole / 3, whole - whole / 3);
    let amount = |cents: usize| format!("{}.{:02}万元", cents / 100, cents % 100);
    let _ = writeln!(text, "（{}）一般公共预算拨款支出情况", ["一", "二", "三", "四", "五"][number % 5]);
    let _ = writeln!(
        text,
        "{}年“三公”经费预算数为{}，其中：公务接待费{}，公务用车购置及运行维护费{}（公务用车购置费0万元，公务用车运行维护费{}），\
         因公出国（境）费0万元。与上年相比减少{}，下降{}.{}%，主要是认真贯彻落实中央八项规定精神和厉行节约的要求，从严控制\
         公务接待的批次和人数，进一步规范公务用车管理。",
        2015 + number % 9,
        amount(whole),
        amount(part),
        amount(rest),
        amount(rest),
        amount(whole / 7),
        number % 60 + 1,
        number % 10,
    );
    let _ = writeln!(
        text,
        "负责全县干部队伍建设的宏观指导，研究制定有关政策并组织实施；承办县委、县政府交办的其他事项。年末实有在职人员{}人，\
         举办培训班{}期，会议费{}，拟召开会议{}次，人数{}人，内容为全县组织工作会议等。",
        number % 90 + 10,
        number % 7 + 1,
        amount(part / 5),
        number % 4 + 1,
        number % 300 + 20,
    );
}

fn text_of(bytes: usize) -> String {
    let mut text = String::from("某县某局2019年部门预算说明\n");
    let mut number = 0;
    while text.len() < bytes {
        paragraph(&mut text, number);
        number += 1;
    }
    text
}

/// Seconds that this thread has been at work, where the system says; else those that have passed. On a machine that is
/// shared the former are the steadier.
fn now() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let passed = START.get_or_init(Instant::now).elapsed().as_secs_f64();
    let worked = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = worked.and_then(|times| times.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or(passed, |nanoseconds| nanoseconds / 1e9)
}

/// Seconds of the quickest of several rounds.
fn seconds<T>(work: impl Fn() -> T) -> f64 {
    let round = |_| {
        let start = now();
        black_box(work());
        now() - start
    };
    (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = RuleSet::builder().bundled("organization").build()?;
    let reader = Reader::new(&rules);
    let mut before: Option<[f64; 3]> = None;
    for megabytes in [10, 20] {
        let text = text_of(megabytes * MEGABYTE);
        let times = [
            seconds(|| Reader::count_characters(&text)),
            seconds(|| reader.count_tokens(&text)),
            seconds(|| reader.text("a.txt", text.as_bytes())),
        ];
        let statements = reader.text("a.txt", text.as_bytes())?.statements().len();
        let speed = times.map(|time| text.len() as f64 / MEGABYTE as f64 / time);
        println!(
            "{megabytes} MB, {statements} figures: fold {:.0} MB/s, fold and tokens {:.0} MB/s, whole reader {:.1} MB/s",
            speed[0], speed[1], speed[2]
        );
        if let Some(before) = before {
            let [fold, tokens, whole] = [0, 1, 2].map(|stage| times[stage] / before[stage]);
            println!(
                "twice the text takes: fold {fold:.2} ×, tokens {tokens:.2} ×, whole reader {whole:.2} ×"
            );
        }
        before = Some(times);
    }
    Ok(())
}
