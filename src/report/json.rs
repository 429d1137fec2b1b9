//! Reports as JSON. Field names are stable; more may be added.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::visible::is_hidden;
use crate::Lang;
use crate::check::{Compared, Evidence, Folded, Outcome, Report, StatedFigure, Summary};
use crate::document::{Facet, PrintedAs};
use crate::quantity::{Rational, Unit};
use crate::ruleset::Waiver;
use crate::source::{Encoding, Location};

/// The version of this format.
pub(super) const SCHEMA: u32 = 1;

/// Decimals of a number that no decimal equals, such as a third; the fraction itself stands beside it.
pub(super) const DECIMALS: u32 = 8;

/// One JSON object for all reports, indented, ending in a line feed.
///
/// Spans are byte offsets into the source, with line and column in characters; of a Rust value, a span has the `path`
/// instead, and of a sheet it has neither: a `cell` stands beside it. Of a file that was not UTF-8 they are offsets into
/// its text in UTF-8, and the document has an `encoding`. Amounts are strings. No character that
/// a terminal would obey or that reorders text stands unescaped.
pub fn json<'r>(reports: impl IntoIterator<Item = &'r Report>, lang: Lang) -> String {
    let documents = reports.into_iter().map(|report| document(report, lang)).collect();
    written(&Root { gouji: env!("CARGO_PKG_VERSION"), schema: SCHEMA, documents })
}

/// Plain structs of strings and numbers, indented.
pub(super) fn written(root: &impl Serialize) -> String {
    let mut out = Vec::new();
    let escaping = Escaping { inner: PrettyFormatter::with_indent(b" ") };
    let mut serializer = Serializer::with_formatter(&mut out, escaping);
    // Into memory: that cannot fail, and neither can plain structs.
    if root.serialize(&mut serializer).is_err() {
        return String::new();
    }
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

#[derive(Serialize)]
struct Root<'r> {
    gouji: &'static str,
    schema: u32,
    documents: Vec<DocumentJson<'r>>,
}

#[derive(Serialize)]
struct DocumentJson<'r> {
    source: &'r str,
    /// What the file was decoded from. Spans count the bytes of the text in UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    department: Option<&'r str>,
    year: Option<i32>,
    summary: SummaryJson,
    statements: Vec<StatementJson<'r>>,
    verdicts: Vec<VerdictJson<'r>>,
    unclaimed: Vec<UnclaimedJson<'r>>,
    /// Amounts that could not be read.
    unread: Vec<UnclaimedJson<'r>>,
    /// Blank cells that were read as zero.
    blanks: Vec<BlankJson<'r>>,
    /// The rules of waivers that waive nothing here.
    idle_waivers: Vec<&'r str>,
    /// How many figures no rule that came to a verdict rests on.
    unchecked: usize,
}

#[derive(Serialize)]
struct SummaryJson {
    holds: usize,
    within_rounding: usize,
    violated: usize,
    folded: usize,
    not_applicable: usize,
    undecidable: usize,
    waived: usize,
}

#[derive(Serialize)]
struct StatementJson<'r> {
    field: Option<&'r str>,
    label: &'r str,
    label_text: &'r str,
    facet: &'static str,
    base: Option<&'static str>,
    period: Option<i32>,
    basis: &'static str,
    parent: Option<&'r str>,
    scope: &'r [String],
    value: String,
    unit: Option<&'r str>,
    printed_as: &'static str,
    text: &'r str,
    checked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<CellJson<'r>>,
    span: SpanJson<'r>,
}

#[derive(Serialize)]
struct VerdictJson<'r> {
    rule: &'r str,
    severity: &'static str,
    verdict: &'static str,
    title: Option<&'r str>,
    message: String,
    stated: Option<String>,
    expected: Option<String>,
    difference: Option<String>,
    unit: Option<&'r str>,
    slack: Option<String>,
    /// The fractions themselves, where a number above is only near.
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<ExactJson>,
    rule_span: Option<SpanJson<'r>>,
    evidence: Vec<EvidenceJson<'r>>,
    missing: &'r [String],
    subject: Option<&'r str>,
    scope: &'r [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<&'r str>,
    legal_basis: &'r [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    folded_into: Option<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    folded: Vec<&'r str>,
}

#[derive(Serialize)]
struct ExactJson {
    stated: String,
    expected: String,
    difference: String,
}

#[derive(Serialize)]
struct EvidenceJson<'r> {
    field: Option<&'r str>,
    label: &'r str,
    value: String,
    unit: Option<&'r str>,
    stated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<CellJson<'r>>,
    span: SpanJson<'r>,
}

#[derive(Serialize)]
struct UnclaimedJson<'r> {
    text: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<CellJson<'r>>,
    span: SpanJson<'r>,
}

/// A blank is nothing but its place.
#[derive(Serialize)]
struct BlankJson<'r> {
    #[serde(flatten)]
    span: SpanJson<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<CellJson<'r>>,
}

#[derive(Serialize)]
struct CellJson<'r> {
    sheet: &'r str,
    cell: String,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum SpanJson<'r> {
    Text {
        source: &'r str,
        start: usize,
        end: usize,
        line: usize,
        column: usize,
    },
    /// In a Rust value. Offsets into a listing that nobody else has would pass for those of a file.
    Path {
        source: &'r str,
        path: &'r str,
    },
    /// In a sheet, for the same reason; the cell stands beside the span.
    Sheet {
        source: &'r str,
    },
}

fn document(report: &Report, lang: Lang) -> DocumentJson<'_> {
    let Summary { holds, within_rounding, violated, folded, not_applicable, undecidable, waived, .. } =
        report.summary();
    DocumentJson {
        source: report.document(),
        encoding: Some(report.encoding()).filter(|it| *it != Encoding::Utf8).map(Encoding::as_str),
        department: report.department(),
        year: report.year(),
        summary: SummaryJson {
            holds,
            within_rounding,
            violated,
            folded,
            not_applicable,
            undecidable,
            waived,
        },
        statements: report.figures().iter().map(statement).collect(),
        verdicts: report.outcomes().iter().map(|outcome| verdict(outcome, lang)).collect(),
        unclaimed: report.unclaimed().map(|figure| unclaimed(&figure.location)).collect(),
        unread: report.unread().iter().map(unclaimed).collect(),
        blanks: report
            .blanks()
            .iter()
            .map(|place| BlankJson { span: span(place), cell: cell(place) })
            .collect(),
        idle_waivers: report.idle_waivers().iter().map(Waiver::rule).collect(),
        unchecked: report.unchecked().count(),
    }
}

fn statement(figure: &StatedFigure) -> StatementJson<'_> {
    let (facet, base) = facet(figure.facet);
    StatementJson {
        field: figure.field.as_deref(),
        label: &figure.label,
        label_text: &figure.label_text,
        facet,
        base,
        period: figure.period,
        basis: figure.basis.as_str(),
        parent: figure.parent.as_deref(),
        scope: &figure.scope,
        value: figure.value.to_string(),
        unit: unit(&figure.unit),
        printed_as: match figure.printed_as {
            PrintedAs::Digits => "digits",
            PrintedAs::Nothing => "nothing",
            PrintedAs::NotArranged => "not_arranged",
            PrintedAs::Unchanged => "unchanged",
            PrintedAs::All => "all",
        },
        text: figure.location.text(),
        checked: figure.is_checked,
        cell: cell(&figure.location),
        span: span(&figure.location),
    }
}

fn verdict(outcome: &Outcome, lang: Lang) -> VerdictJson<'_> {
    let compared = outcome.compared();
    let number = |pick: fn(&Compared) -> Rational| compared.map(|compared| decimal(compared, pick(compared)));
    let is_exact = |value: Rational| value.printed(DECIMALS).is_exact;
    VerdictJson {
        rule: outcome.rule(),
        severity: outcome.severity().as_str(),
        verdict: outcome.verdict().as_str(),
        title: outcome.title(lang),
        message: outcome.message(lang),
        stated: number(Compared::stated),
        expected: number(Compared::expected),
        difference: number(Compared::difference),
        unit: compared.and_then(|compared| unit(compared.unit())),
        slack: compared.and_then(Compared::slack).map(|slack| slack.printed(DECIMALS).text),
        exact: compared
            .filter(|compared| !is_exact(compared.stated()) || !is_exact(compared.expected()))
            .map(|compared| ExactJson {
                stated: compared.stated().to_string(),
                expected: compared.expected().to_string(),
                difference: compared.difference().to_string(),
            }),
        rule_span: outcome.rule_location().map(span),
        evidence: outcome.evidence().iter().map(evidence).collect(),
        missing: outcome.missing(),
        subject: outcome.subject(),
        scope: outcome.scope(),
        row: outcome.row(),
        column: outcome.column(),
        waived: outcome.waived(),
        legal_basis: outcome.legal_basis(),
        folded_into: outcome.folded_into(),
        folded: outcome.folded().iter().map(Folded::rule).collect(),
    }
}

/// A value as its figures are printed, or with as many decimals as it needs.
fn decimal(compared: &Compared, value: Rational) -> String {
    if value.printed(DECIMALS).is_exact { compared.print_exact(value) } else { value.printed(DECIMALS).text }
}

fn evidence(evidence: &Evidence) -> EvidenceJson<'_> {
    EvidenceJson {
        field: evidence.field(),
        label: evidence.label(),
        value: evidence.value().to_string(),
        unit: unit(evidence.unit()),
        stated: evidence.is_stated(),
        cell: cell(evidence.location()),
        span: span(evidence.location()),
    }
}

fn facet(facet: Facet) -> (&'static str, Option<&'static str>) {
    match facet {
        Facet::Amount => ("amount", None),
        Facet::Delta(base) => ("delta", Some(base.words())),
        Facet::Rate(base) => ("rate", Some(base.words())),
        Facet::Share => ("share", None),
        Facet::Completion => ("completion", None),
    }
}

fn unit(unit: &Unit) -> Option<&str> {
    Some(unit.as_str()).filter(|unit| !unit.is_empty())
}

fn unclaimed(place: &Location) -> UnclaimedJson<'_> {
    UnclaimedJson { text: place.text(), cell: cell(place), span: span(place) }
}

fn cell(location: &Location) -> Option<CellJson<'_>> {
    location.cell().map(|(sheet, cell)| CellJson { sheet, cell: cell.to_string() })
}

pub(super) fn span(location: &Location) -> SpanJson<'_> {
    let (at, source) = (location.line_column(), location.source().name());
    if let Some(path) = location.path() {
        return SpanJson::Path { source, path };
    }
    if location.cell().is_some() {
        return SpanJson::Sheet { source };
    }
    SpanJson::Text {
        source,
        start: location.span().start(),
        end: location.span().end(),
        line: at.line,
        column: at.column,
    }
}

/// Indents, and writes characters that reorder text as escapes; serde_json already escapes the control characters of
/// ASCII.
struct Escaping<'i> {
    inner: PrettyFormatter<'i>,
}

impl Formatter for Escaping<'_> {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for c in fragment.chars() {
            if is_hidden(c) {
                write!(writer, "\\u{:04x}", u32::from(c))?;
            } else {
                let mut bytes = [0; 4];
                CompactFormatter.write_string_fragment(writer, c.encode_utf8(&mut bytes))?;
            }
        }
        Ok(())
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.inner.begin_array(writer)
    }
    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.inner.end_array(writer)
    }
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.inner.begin_array_value(writer, first)
    }
    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.inner.end_array_value(writer)
    }
    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.inner.begin_object(writer)
    }
    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.inner.end_object(writer)
    }
    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.inner.begin_object_key(writer, first)
    }
    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.inner.begin_object_value(writer)
    }
    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.inner.end_object_value(writer)
    }
}
