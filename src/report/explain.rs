//! Pages that explain a rule.

use std::fmt::Write as _;

use crate::Lang;
use crate::ruleset::field::SectionId;
use crate::ruleset::{Field, RESTATED, Rule, RuleSet, Severity};

/// A page about a rule: what it asserts, when it applies, what it rests on, and the tests that show it.
pub fn rule_page(rules: &RuleSet, rule: &Rule, lang: Lang) -> String {
    let pick = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let mut page = String::new();
    let title = rule.title(lang).map_or(String::new(), |title| format!("  {title}"));
    line(&mut page, format_args!("{}{title}", rule.name()));
    let severity = match rule.severity() {
        Severity::Error => pick("must：必须成立（逻辑性审核）", "must: it has to hold"),
        Severity::Warning => {
            pick("should：应当成立，可以书面说明（核实性审核）", "should: a written explanation may stand in")
        }
    };
    line(&mut page, format_args!("\n{severity}"));
    if let Some(over) = rules.runs_over(rule) {
        let (zh, en) = (format!("对每个 {over} 逐一检查"), format!("runs for each {over}"));
        line(&mut page, format_args!("{}", if lang == Lang::Zh { zh } else { en }));
    }
    for guard in rule.guards() {
        line(&mut page, format_args!("{}{}", pick("条件：", "when: "), one_line(guard.text())));
    }
    line(&mut page, format_args!("{}{}", pick("内容：", "asserts: "), one_line(rule.location().text())));
    let figures: Vec<String> = rules.fields_of(rule).map(|field| named(field, lang)).collect();
    if !figures.is_empty() {
        let list = figures.join(pick("、", ", "));
        line(&mut page, format_args!("{}{list}", pick("涉及：", "about: ")));
    }
    line(&mut page, format_args!("{}{}", pick("出处：", "stands at: "), rule.location()));
    let basis = rule.legal_basis();
    if basis.is_empty() {
        line(&mut page, format_args!("{}", pick("依据：规则文件未写明", "legal basis: none is given")));
    }
    for text in basis {
        line(&mut page, format_args!("{}{text}", pick("依据：", "legal basis: ")));
    }
    for test in rules.tests() {
        for expect in test.expects().iter().filter(|expect| expect.rule() == rule.name()) {
            let (case, verdict) = (test.title(), expect.verdict().as_str());
            line(&mut page, format_args!("\n{}{case} → {verdict}", pick("例：", "example: ")));
            line(&mut page, format_args!("{}", indented(test.document().text())));
        }
    }
    page
}

/// A page about a section or a table: its fields with their kinds and labels, and the names of its rules; `None` for a
/// name that no section has. The built-in check `restated` has a page too.
pub fn section_page(rules: &RuleSet, name: &str, lang: Lang) -> Option<String> {
    let mut page = String::new();
    if name == RESTATED {
        page.push_str(match lang {
            Lang::Zh => {
                "restated  同一数字前后应一致\n\n内置检查：同一个数字在文件中（或与上年文件之间）写了几处的，各处应当一致。可以豁免。\n"
            }
            Lang::En => {
                "restated  A figure stated again should be the same\n\nBuilt in: what a document, or last year's beside it, states \
                 in several places. It may be waived.\n"
            }
        });
        return Some(page);
    }
    let (id, section) = rules.sections().iter().enumerate().find(|(_, section)| section.name == name)?;
    line(&mut page, format_args!("{name}  {}\n", section.title.take(lang).unwrap_or_default()));
    let id = Some(SectionId::from_index(id));
    for field in rules.fields().iter().filter(|field| field.section == id) {
        let kind = field.kind().map_or_else(String::new, ToString::to_string);
        let mut labels: Vec<String> = field.labels().iter().map(|label| format!("\"{label}\"")).collect();
        labels.dedup();
        let english = field.english().map_or_else(String::new, |english| format!("  en \"{english}\""));
        line(&mut page, format_args!("    {} : {kind} {}{english}", field.path(), labels.join(" | ")));
    }
    page.push('\n');
    let is_inside = |rule: &&Rule| rule.name().strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    for rule in rules.rules().iter().filter(is_inside) {
        line(&mut page, format_args!("    {}  {}", rule.name(), rule.title(lang).unwrap_or_default()));
    }
    Some(page)
}

/// A field by what a reader calls it, and its name.
fn named(field: &Field, lang: Lang) -> String {
    let label = if lang == Lang::En { field.english().unwrap_or(field.label()) } else { field.label() };
    match lang {
        Lang::Zh => format!("{label}（{}）", field.path()),
        Lang::En => format!("{label} ({})", field.path()),
    }
}

fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(page, "{text}");
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {}", line.trim_end())).collect::<Vec<_>>().join("\n")
}

/// The page of all errors: a section for each code, headed `## E012 中文 / English`.
const ERRORS: &str = include_str!("../../docs/errors.md");

/// A page about an error of a rule file, by its code: what it means, an example, and the example mended.
///
/// `None` for a code there is not. Capital and small letters are one.
///
/// ```
/// use gouji::{Lang, report::error_page};
///
/// let page = error_page("e012", Lang::En).unwrap_or_default();
/// assert!(page.starts_with("E012 A percent sign without its number\n"));
/// assert_eq!(error_page("E000", Lang::En), None);
/// ```
pub fn error_page(code: &str, lang: Lang) -> Option<String> {
    let (heading, body) = error_section(code)?;
    let mut page = String::new();
    line(&mut page, format_args!("{} {}", heading.code, heading.title(lang)));
    let (text, examples) = body.split_once("```").unwrap_or((body, ""));
    let (zh, en) = text.trim().split_once("\n\n").unwrap_or((text, text));
    let explained = match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    line(&mut page, format_args!("\n{}", explained.trim()));
    for example in examples.split("```") {
        let (word, example) = example.split_once('\n').unwrap_or((example, ""));
        let label = match (word, lang) {
            ("wrong", Lang::Zh) => "错误写法：",
            ("wrong", Lang::En) => "wrong:",
            ("rules", Lang::Zh) => "应写作：",
            ("rules", Lang::En) => "mended:",
            _ => continue,
        };
        line(&mut page, format_args!("\n{label}"));
        example.lines().for_each(|text| line(&mut page, format_args!("    {text}")));
    }
    Some(page)
}

/// What an error of a rule file is called, by its code.
pub fn error_title(code: &str, lang: Lang) -> Option<&'static str> {
    error_section(code).map(|(heading, _)| heading.title(lang))
}

struct Heading {
    code: &'static str,
    zh: &'static str,
    en: &'static str,
}

impl Heading {
    fn title(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// The heading of a code, and what stands below it.
fn error_section(code: &str) -> Option<(Heading, &'static str)> {
    ERRORS.split("\n## ").skip(1).find_map(|section| {
        let (heading, body) = section.split_once('\n')?;
        let (known, titles) = heading.split_once(' ')?;
        let (zh, en) = titles.split_once(" / ")?;
        known.eq_ignore_ascii_case(code).then_some((Heading { code: known, zh, en }, body))
    })
}
