//! What an analysis of a rule set says, as JSON. Field names are stable; more may be added.

use serde::Serialize;

use super::json::{DECIMALS, SCHEMA, SpanJson, span, written};
use super::lint::others;
use crate::Lang;
use crate::soundness::{Analysis, Answer, Certificate, Consistency, End, FigureBounds, RuleAnswer, Sum};

/// One JSON object for an analysis, indented, ending in a line feed.
///
/// `by` names the rules that an answer rests on, `sums` are the multiples of rules that add up to a falsehood, one for each case.
/// Numbers are strings; a bound that no decimal equals has the fraction beside it. A witness is a document in JSON, as a text.
pub fn lint_json(analysis: &Analysis, lang: Lang) -> String {
    written(&Root {
        gouji: env!("CARGO_PKG_VERSION"),
        schema: SCHEMA,
        consistency: consistency(analysis.consistency(), lang),
        rules: analysis.rules().iter().map(|answer| rule(answer, lang)).collect(),
        bounds: analysis.bounds().iter().map(bounds).collect(),
    })
}

#[derive(Serialize)]
struct Root<'r> {
    gouji: &'static str,
    schema: u32,
    consistency: ConsistencyJson<'r>,
    rules: Vec<RuleJson<'r>>,
    bounds: Vec<BoundsJson<'r>>,
}

#[derive(Serialize)]
struct ConsistencyJson<'r> {
    answer: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contradictions: Vec<ProofJson<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize)]
struct RuleJson<'r> {
    name: &'r str,
    severity: &'static str,
    title: Option<&'r str>,
    answer: &'static str,
    /// Of all places where the rule runs.
    #[serde(flatten)]
    proof: Option<ProofJson<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    span: SpanJson<'r>,
}

#[derive(Serialize)]
struct ProofJson<'r> {
    by: Vec<&'r str>,
    sums: Vec<String>,
}

#[derive(Serialize)]
struct BoundsJson<'r> {
    figure: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<EndJson<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<EndJson<'r>>,
}

#[derive(Serialize)]
struct EndJson<'r> {
    value: String,
    /// The fraction itself, where the number above is only near.
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<String>,
    attained: bool,
    #[serde(flatten)]
    proof: ProofJson<'r>,
}

fn consistency(consistency: &Consistency, lang: Lang) -> ConsistencyJson<'_> {
    let silent = |answer| ConsistencyJson { answer, contradictions: Vec::new(), witness: None, reason: None };
    match consistency {
        Consistency::Consistent(witness) => {
            ConsistencyJson { witness: Some(witness.json()), ..silent("consistent") }
        }
        Consistency::Contradictory(sets) => {
            ConsistencyJson { contradictions: sets.iter().map(proof).collect(), ..silent("contradictory") }
        }
        Consistency::Unknown(why) => ConsistencyJson { reason: Some(why.message(lang)), ..silent("unknown") },
    }
}

fn rule(rule: &RuleAnswer, lang: Lang) -> RuleJson<'_> {
    let (proof, witness, reason) = match rule.answer() {
        Answer::Falsifiable(witness) => (None, Some(witness.json()), None),
        Answer::Implied(certificates) | Answer::Vacuous(certificates) => {
            let sums = certificates.iter().flat_map(sums).collect();
            (Some(ProofJson { by: others(rule.rule(), certificates), sums }), None, None)
        }
        Answer::Unknown(why) => (None, None, Some(why.message(lang))),
    };
    RuleJson {
        name: rule.rule(),
        severity: rule.severity().as_str(),
        title: rule.title(lang),
        answer: rule.answer().as_str(),
        proof,
        witness,
        reason,
        span: span(rule.location()),
    }
}

fn proof(certificate: &Certificate) -> ProofJson<'_> {
    ProofJson { by: certificate.rules().iter().map(String::as_str).collect(), sums: sums(certificate) }
}

fn sums(certificate: &Certificate) -> Vec<String> {
    certificate.sums().iter().map(Sum::to_string).collect()
}

fn bounds(bounds: &FigureBounds) -> BoundsJson<'_> {
    BoundsJson { figure: bounds.figure(), low: bounds.low().map(end), high: bounds.high().map(end) }
}

fn end(end: &End) -> EndJson<'_> {
    let printed = end.value().printed(DECIMALS);
    EndJson {
        exact: (!printed.is_exact).then(|| end.value().to_string()),
        value: printed.text,
        attained: end.is_attained(),
        proof: proof(end.certificate()),
    }
}
