//! `--explain`: a page about a rule, or about an error of a rule file.

use std::process::ExitCode;

use gouji::report;

use crate::{Session, pick};

impl Session {
    pub(crate) fn explain(&mut self, name: &str) -> ExitCode {
        let lang = self.options.lang;
        // A code needs no rule files, which may be the very ones that are wrong.
        if let Some(page) = report::error_page(name, lang) {
            print!("{page}");
            return ExitCode::SUCCESS;
        }
        if is_code(name) {
            let (zh, en) = (format!("没有编号为 {name} 的错误"), format!("no error has the code {name}"));
            eprintln!("{} {}", pick(lang, "错误", "error"), pick(lang, zh, en));
            return ExitCode::from(2);
        }
        let Some(rules) = self.rules() else { return ExitCode::from(2) };
        match rules.rule(name) {
            Some(rule) => {
                print!("{}", report::rule_page(&rules, rule, lang));
                ExitCode::SUCCESS
            }
            None => match report::section_page(&rules, name, lang) {
                Some(page) => {
                    print!("{page}");
                    ExitCode::SUCCESS
                }
                None => {
                    let (mut zh, mut en) = (
                        format!("没有名为 {name} 的规则或 section"),
                        format!("no rule or section is named {name}"),
                    );
                    let alike = rules.rules_like(name);
                    if !alike.is_empty() {
                        zh.push_str(&format!("；是否指 {}？", alike.join("、")));
                        en.push_str(&format!("; did you mean {}?", alike.join(", ")));
                    }
                    eprintln!("{} {}", pick(lang, "错误", "error"), pick(lang, zh, en));
                    ExitCode::from(2)
                }
            },
        }
    }
}

/// Whether it reads like the code of an error rather than the name of a rule.
fn is_code(name: &str) -> bool {
    let digits = name.strip_prefix(['E', 'e']).unwrap_or("");
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
