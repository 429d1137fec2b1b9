//! Pages, as texts with tables.
//!
//! In: the text of an HTML page. Out: what a person sees of it, a line for each block, and the tables in it. Every
//! character knows the bytes of the page that it is printed with, so that places are places in the page. Tags are read as
//! lol_html reads them; nothing is ever fetched or run.

mod entity;
mod table;
mod visible;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use lol_html::errors::RewritingError;
use lol_html::html_content::{Element, TextType};
use lol_html::{HtmlRewriter, MemorySettings, Settings, doc_text, element};

use self::table::Building;
use self::visible::Visible;
use super::laid::Laid;
use super::rows::Known;
use crate::document::DocumentErrorKind;
use crate::limits;
use crate::source::{Source, Span};

/// Characters of a line that may be a caption.
const CAPTION: usize = 60;
/// Lines above a table that may be its captions.
const CAPTIONS: usize = 3;

/// What starts a line and ends one. What is not listed runs on: `三公<b>经费</b>` is one word.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// A page laid out, and where in it the spans of its text are.
pub(super) struct Page {
    pub(super) laid: Laid,
    visible: Visible,
}

impl Page {
    /// Where a span of the text is in the page.
    pub(super) fn place(&self, span: Span) -> Span {
        self.visible.place(span)
    }
}

/// Reads a page.
pub(super) fn page(source: &Arc<Source>) -> Result<Page, DocumentErrorKind> {
    let walk = Rc::new(RefCell::new(Walk::new(Arc::clone(source))));
    rewrite(source.text(), &walk).map_err(|error| match error {
        RewritingError::MemoryLimitExceeded(_) => DocumentErrorKind::PageTooDeep,
        other => DocumentErrorKind::NotAPage(other.to_string()),
    })?;
    let mut walk = walk.borrow_mut();
    walk.flush();
    walk.leave_tables(0);
    if walk.cells > limits::TABLE_CELLS {
        return Err(DocumentErrorKind::TooManyCells);
    }
    let mut tables = std::mem::take(&mut walk.known);
    tables.sort_by_key(|known| known.span);
    let mut visible = std::mem::take(&mut walk.visible);
    let source = Arc::new(Source::new(source.name(), visible.take_text()));
    Ok(Page { laid: Laid { source, tables, silent: Vec::new() }, visible })
}

/// Lets lol_html walk through a page. What it writes, the page itself, goes nowhere.
fn rewrite(text: &str, walk: &Rc<RefCell<Walk>>) -> Result<(), RewritingError> {
    let tags = Rc::clone(walk);
    let words = Rc::clone(walk);
    let settings = Settings::new()
        .append_element_content_handler(element!("*", move |element| {
            open(element, &tags);
            Ok(())
        }))
        .append_document_content_handler(doc_text!(move |chunk| {
            if matches!(chunk.text_type(), TextType::Data | TextType::PlainText | TextType::CDataSection) {
                let bytes = chunk.source_location().bytes();
                words.borrow_mut().text(Span::new(bytes.start, bytes.end));
            }
            Ok(())
        }))
        .with_strict(false)
        .with_memory_settings(MemorySettings::new().with_max_allowed_memory_usage(limits::PAGE_MEMORY));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(text.as_bytes())?;
    rewriter.end()
}

/// A start tag, and a watch for its end.
fn open(element: &mut Element<'_, '_>, walk: &Rc<RefCell<Walk>>) {
    let name = element.tag_name();
    let number = |name: &str| element.get_attribute(name).and_then(|value| value.trim().parse().ok());
    let spans = (number("rowspan"), number("colspan"));
    let level = walk.borrow_mut().open(&name, spans);
    if !BLOCKS.contains(&name.as_str()) {
        return;
    }
    let walk = Rc::clone(walk);
    // An element that has no end needs no watch.
    let _ = element.on_end_tag(Box::new(move |_| {
        walk.borrow_mut().close(&name, level);
        Ok(())
    }));
}

/// A walk through a page.
struct Walk {
    source: Arc<Source>,
    visible: Visible,
    /// Text that has not been looked at: an entity may come in pieces.
    pending: Option<Span>,
    /// Tables that are open, outermost first.
    tables: Vec<Building>,
    /// Tables inside those, which are text.
    tables_beyond: usize,
    known: Vec<Known>,
    /// Where the last table ended.
    after_table: usize,
    /// Cells of tables so far.
    cells: usize,
    preformatted: usize,
}

impl Walk {
    fn new(source: Arc<Source>) -> Walk {
        Walk {
            source,
            visible: Visible::default(),
            pending: None,
            tables: Vec::new(),
            tables_beyond: 0,
            known: Vec::new(),
            after_table: 0,
            cells: 0,
            preformatted: 0,
        }
    }

    fn text(&mut self, span: Span) {
        match &mut self.pending {
            Some(pending) if pending.end() == span.start() => *pending = pending.to(span),
            _ => {
                self.flush();
                self.pending = Some(span);
            }
        }
    }

    fn flush(&mut self) {
        if let Some(span) = self.pending.take() {
            let text = self.source.slice(span);
            self.visible.text(text, span.start(), self.preformatted > 0);
        }
    }

    /// How many tables were open before an element is what its end is known by.
    fn open(&mut self, name: &str, (rows, columns): (Option<usize>, Option<usize>)) -> usize {
        self.flush();
        if name == "br" || BLOCKS.contains(&name) {
            self.visible.line_end();
        }
        let level = self.tables.len();
        match name {
            "table" if level >= limits::PAGE_TABLES => {
                self.tables_beyond = self.tables_beyond.saturating_add(1);
            }
            "table" => {
                if let Some(outer) = self.tables.last_mut() {
                    outer.is_layout = true;
                }
                self.tables.push(Building::default());
            }
            "pre" => self.preformatted = self.preformatted.saturating_add(1),
            _ if self.tables_beyond > 0 || self.cells > limits::TABLE_CELLS => {}
            "tr" => self.start_row(),
            "td" | "th" if level > 0 => {
                self.end_cell();
                if self.tables.last().is_some_and(|table| !table.is_in_row()) {
                    self.start_row();
                }
                let at = self.visible.len();
                if let Some(table) = self.tables.last_mut() {
                    table.start_cell(at, rows.unwrap_or(1), columns.unwrap_or(1));
                }
            }
            _ => {}
        }
        level
    }

    fn close(&mut self, name: &str, level: usize) {
        self.flush();
        self.visible.line_end();
        match name {
            "table" if level >= limits::PAGE_TABLES => {
                self.tables_beyond = self.tables_beyond.saturating_sub(1);
            }
            "table" => self.leave_tables(level),
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            _ if level != self.tables.len() => {}
            "td" | "th" => self.end_cell(),
            "tr" => self.end_row(),
            _ => {}
        }
    }

    fn start_row(&mut self) {
        self.end_row();
        let at = self.visible.len();
        let above = self.captions();
        if let Some(table) = self.tables.last_mut() {
            table.start_row(at, above);
        }
    }

    fn end_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            let more = table.end_cell(self.visible.text_so_far());
            self.cells = self.cells.saturating_add(more);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(table) = self.tables.last_mut() {
            self.cells = self.cells.saturating_add(table.end_row(self.visible.len()));
        }
    }

    /// Leaves the tables inside the first so many, whether or not the page closes them.
    fn leave_tables(&mut self, level: usize) {
        while self.tables.len() > level {
            self.end_row();
            if let Some(table) = self.tables.pop() {
                self.known.extend(table.tables());
                self.after_table = self.visible.len();
            }
        }
        if level == 0 {
            self.tables_beyond = 0;
        }
    }

    /// The short lines right above, after the last table.
    fn captions(&self) -> Vec<String> {
        let above = self.visible.text_so_far().get(self.after_table..).unwrap_or("");
        let is_short = |line: &&str| line.chars().nth(CAPTION).is_none() && !line.contains('。');
        let mut captions: Vec<String> =
            above.lines().rev().take(CAPTIONS).take_while(is_short).map(str::to_owned).collect();
        captions.reverse();
        captions
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::table::grid::{GridCell, Merge};

    fn read(html: &str) -> (String, Page) {
        let page = page(&Arc::new(Source::new("a.html", html))).unwrap();
        (page.laid.source.text().to_owned(), page)
    }

    fn shown(html: &str) -> String {
        read(html).0
    }

    /// `caption/caption: cell|cell cell|cell`, covered cells as `^`, the first of merged ones with what it covers.
    fn grids(html: &str) -> Vec<String> {
        let cell = |cell: &GridCell| match cell.merge {
            Merge::Covered => "^".to_owned(),
            Merge::Alone => cell.text.clone(),
            Merge::First { rows, columns } => format!("{}({rows}x{columns})", cell.text),
        };
        let (_, page) = read(html);
        let grids = page.laid.tables.iter().map(|known| {
            let rows: Vec<_> = known
                .grid
                .rows
                .iter()
                .map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|"))
                .collect();
            format!("{}: {}", known.grid.captions.join("/"), rows.join(" "))
        });
        grids.collect()
    }

    #[test]
    fn a_page_is_the_text_that_it_shows() {
        assert_eq!(
            shown(
                "<!doctype html><head><title>甲</title><style>p{}</style><script>var a = '<p>1</p>';</script></head>\
                   <body><h1>乙</h1>\n <p>三公<b>经费</b>\n12.5<br>万元<!-- 1 --><div>丙</div><textarea>丁</textarea>"
            ),
            "乙\n三公经费 12.5\n万元\n丙\n"
        );
    }

    #[test]
    fn a_table_is_read_with_the_lines_above_it() {
        let html = "<p>一、三公经费</p><p>三公经费表</p><p>单位：万元</p><table><tr><th>项目<th>金额\
                    <tr><td>合计<td>3</table>";
        assert_eq!(grids(html), ["一、三公经费/三公经费表/单位：万元: 项目|金额 合计|3"]);
        let html = "<table><caption>收入表</caption><tr><td colspan=2>单位：万元</td></tr><tr><td>项目</td><td>金额</td></tr>\
                    <tr><td>合计</td><td>3</td></tr></table><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>";
        assert_eq!(grids(html), ["收入表/单位：万元: 项目|金额 合计|3", ": a|b c|d"]);
    }

    #[test]
    fn merged_cells_cover_their_places() {
        let html = "<table><tr><td rowspan=2>项目</td><td colspan=2>2019年</td><td rowspan=99>备注</td></tr>\
                    <tr><td>预算</td><td>决算</td></tr><tr><td>合计</td><td>3</td><td>2</td></tr></table>";
        assert_eq!(grids(html), [": 项目(2x1)|2019年(1x2)|^|备注(3x1) ^|预算|决算|^ 合计|3|2|^"]);
        let html = "<table><tr><td colspan=1000000>甲</td><td>乙</td></tr><tr><td>1</td><td rowspan=0>2</td></tr></table>";
        let wide = grids(html).concat();
        assert!(wide.starts_with(": 甲(1x1000)|^|^") && wide.ends_with("|乙 1|2"), "{wide}");
        assert_eq!(
            grids("<table><tr><td colspan=1000000>甲<tr><td>1<td>2<tr><td>3<td>4</table>"),
            ["甲: 1|2 3|4"]
        );
    }

    #[test]
    fn a_table_that_lays_out_the_page_is_text() {
        let html = "<table><tr><td>栏目</td><td><p>2019年支出5万元。</p><table><tr><td>项目</td><td>金额</td></tr>\
                    <tr><td>合计</td><td>5</td></tr></table></td></tr></table>";
        assert_eq!(grids(html), [": 项目|金额 合计|5"]);
        assert_eq!(shown(html), "栏目\n2019年支出5万元。\n项目\n金额\n合计\n5\n");
        let long = "本".repeat(401);
        assert_eq!(grids(&format!("<table><tr><td>a<td>{long}<tr><td>c<td>d</table>")), [""; 0]);
    }

    #[test]
    fn tables_are_told_apart_however_deep() {
        let nested = |deep: usize| {
            let open = "<table><tr><td>x<td>".repeat(deep);
            format!("{open}<table><tr><td>a<td>b<tr><td>c<td>d</table>")
        };
        assert_eq!(grids(&nested(limits::PAGE_TABLES - 1)).len(), 1);
        assert_eq!(grids(&nested(limits::PAGE_TABLES)).len(), 0);
        assert_eq!(shown("</table></td>a<td>b<tr>c</tr></p>"), "a\nb\nc\n");
    }

    #[test]
    fn places_of_cells_are_places_in_the_page() {
        let html = "<p>x<table><tr><td> 项<i>目</i><td>金额<tr><td>合计</td><td>\n 1&#50;<b>.5</b> </td></tr></table>";
        let (_, page) = read(html);
        let printed = |cell: &GridCell| {
            let span = page.place(cell.place.in_text().1);
            html.get(span.start()..span.end()).unwrap().to_owned()
        };
        let cells: Vec<_> = page.laid.tables[0].grid.rows.concat().iter().map(printed).collect();
        assert_eq!(cells, ["项<i>目", "金额", "合计", "1&#50;<b>.5"]);
    }

    #[test]
    fn a_hostile_page_is_a_page_or_an_error() {
        let outcome =
            |html: String| page(&Arc::new(Source::new("a.html", html))).map(|page| page.laid.tables.len());
        for tag in ["b", "table", "td"] {
            let _ = outcome(format!("<{tag}>").repeat(100_000));
            let _ = outcome(
                format!("<{tag}>").repeat(50_000)
                    + &"</i>".repeat(50_000)
                    + &format!("</{tag}>").repeat(50_000),
            );
        }
        assert_eq!(outcome("<div>".repeat(1_000_000)), Err(DocumentErrorKind::PageTooDeep));
        let wide = "<table>".to_owned() + &"<tr><td colspan=1000 rowspan=0>1".repeat(2_000);
        assert_eq!(outcome(wide), Err(DocumentErrorKind::TooManyCells));
        // The row itself counts too.
        let cells = |count: usize| {
            let wide = "<td colspan=1000>1</td>".repeat(count / 1_000);
            format!("<table><tr>{wide}{}", "<td>1</td>".repeat(count % 1_000))
        };
        assert_eq!(outcome(cells(limits::TABLE_CELLS - 1)), Ok(0));
        assert_eq!(outcome(cells(limits::TABLE_CELLS)), Err(DocumentErrorKind::TooManyCells));
    }
}
