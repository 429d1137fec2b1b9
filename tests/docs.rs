//! The examples of the documentation are rules that work.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::{Document, RuleSet};

/// The blocks of a Markdown page that are marked with a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = page.split(&fence).skip(1);
    parts.map(|part| part.split("```").next().unwrap_or("").to_owned()).collect()
}

#[test]
fn the_rules_of_the_documentation_resolve() {
    let pages = [include_str!("../docs/language.md"), include_str!("../README.md")];
    let examples: Vec<String> = pages.iter().flat_map(|page| blocks(page, "rules")).collect();
    assert!(examples.len() >= 3, "{examples:?}");
    for example in examples {
        if let Err(error) = RuleSet::parse(&example) {
            panic!("{error}\n{example}");
        }
    }
}

#[test]
fn the_json_of_the_documentation_is_a_document() {
    let examples = blocks(include_str!("../docs/language.md"), "json");
    assert_eq!(examples.len(), 1);
    let document = Document::from_json("language.md", examples[0].clone()).unwrap();
    assert_eq!(document.statements().len(), 9);
}

#[test]
fn the_finding_in_the_readme_is_the_one_that_the_example_shows() {
    use gouji::report::{Diagnostic, Style, text};
    let rules = RuleSet::builder().bundled("organization").build().unwrap();
    let name = "examples/data/organization-2019.txt";
    let example = include_bytes!("../examples/data/organization-2019.txt");
    let document = gouji::Reader::new(&rules).text(name, example).unwrap();
    let report = gouji::Checker::new(&rules).check(&document);
    let first = Diagnostic::of_outcome(report.findings().next().unwrap(), gouji::Lang::Zh);
    let shown = text(&first, Style::Plain, gouji::Lang::Zh);
    assert!(include_str!("../README.md").contains(&shown), "{shown}");
}
