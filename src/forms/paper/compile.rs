//! From the written layout to the compiled one; every fault it finds, not only the first.

use std::collections::BTreeMap;

use toml::Spanned;

use super::{
    Paper,
    layout::{
        Align, Area, BUILT_IN, Cell, Column, Element, Kind, Layer, Layout, Page, Place, Stand, Style, Table, Upright,
    },
    raw::{CellRaw, LineRaw, PageRaw, PaperRaw, PlaceRaw, QrRaw, StyleRaw, TableRaw, TextRaw},
    template::Template,
};
use crate::forms::{Fault, fault::nearest, sha256};

const ALIGN: [(&str, Align); 3] = [
    ("left", Align::Left),
    ("center", Align::Center),
    ("right", Align::Right),
];
const UPRIGHT: [(&str, Upright); 3] = [
    ("top", Upright::Top),
    ("middle", Upright::Middle),
    ("bottom", Upright::Bottom),
];
const LAYER: [(&str, Layer); 2] = [("frame", Layer::Frame), ("value", Layer::Value)];

/// Reads a layout file. `file` is its name as a person would open it, such as `paper/day-sheet.toml`.
///
/// # Errors
/// Everything that is wrong with it, by line.
pub fn parse(file: &str, text: &str) -> Result<Paper, Vec<Fault>> {
    let raw: PaperRaw = toml::from_str(text).map_err(|error| vec![toml_fault(file, text, &error)])?;
    let sha256 = sha256(text);
    let mut compiler = Compiler {
        file,
        text,
        faults: Vec::new(),
        style: raw.style.clone(),
        page: Page {
            width: 0.0,
            height: 0.0,
            top: 0.0,
            bottom: 0.0,
        },
        line: 1,
    };
    let id = raw.id.get_ref().clone();
    let title = raw.title.clone();
    compiler.name(&raw.id);
    compiler.page(&raw.page);
    let only_overlay = raw.only_overlay;
    let elements = compiler.elements(raw);
    compiler.references(&elements);
    if !compiler.faults.is_empty() {
        compiler.faults.sort_by_key(|fault| fault.line);
        return Err(compiler.faults);
    }
    Ok(Paper {
        layout: Layout {
            id: id.clone(),
            sha256: sha256.clone(),
            page: compiler.page,
            only_overlay,
            elements,
        },
        id,
        title,
        text: text.to_owned(),
        sha256,
    })
}

struct Compiler<'t> {
    file: &'t str,
    text: &'t str,
    faults: Vec<Fault>,
    style: StyleRaw,
    page: Page,
    /// The line of the element at hand.
    line: usize,
}

impl Compiler<'_> {
    fn fault(&mut self, key: &str, problem: String, nearest: Option<String>) {
        self.faults.push(Fault {
            file: self.file.to_owned(),
            line: self.line,
            key: key.to_owned(),
            problem,
            nearest,
        });
    }

    /// Takes an element out of its span, remembering the line.
    fn open<T>(&mut self, spanned: Spanned<T>) -> T {
        self.line = line_at(self.text, spanned.span().start);
        spanned.into_inner()
    }

    fn name(&mut self, id: &Spanned<String>) {
        self.line = line_at(self.text, id.span().start);
        let stem = self.file.rsplit('/').next().unwrap_or(self.file);
        if stem.strip_suffix(".toml").is_some_and(|stem| stem != id.get_ref()) {
            let problem = format!("id 是“{}”，应与文件名相同", id.get_ref());
            self.fault("id", problem, stem.strip_suffix(".toml").map(str::to_owned));
        }
    }

    fn page(&mut self, raw: &PageRaw) {
        self.line = line_at(self.text, raw.size.span().start);
        match raw.size.get_ref().as_slice() {
            &[width, height] if width > 0.0 && height > 0.0 && width <= 1000.0 && height <= 1000.0 => {
                self.page = Page {
                    width,
                    height,
                    top: raw.top.unwrap_or(15.0),
                    bottom: raw.bottom.unwrap_or(height - 15.0),
                };
            }
            _ => self.fault("page.size", "应为 [宽, 高]，单位毫米".to_owned(), None),
        }
        if !(0.0 <= self.page.top && self.page.top < self.page.bottom && self.page.bottom <= self.page.height) {
            self.fault("page", "top 应小于 bottom，都在纸内".to_owned(), None);
        }
    }

    fn elements(&mut self, raw: PaperRaw) -> Vec<Element> {
        let mut elements = Vec::new();
        for cell in raw.cell {
            let cell = self.open(cell);
            elements.push(self.cell(cell));
        }
        for table in raw.table {
            let table = self.open(table);
            elements.push(self.table(table));
        }
        for line in raw.line {
            let line = self.open(line);
            elements.push(self.rule(line));
        }
        let places = [
            (Place::Photo, raw.photo),
            (Place::Seal, raw.seal),
            (Place::Signature, raw.signature),
        ];
        for (what, places) in places {
            for place in places {
                let place = self.open(place);
                elements.push(self.place(what, place));
            }
        }
        for text in raw.text {
            let text = self.open(text);
            elements.push(self.words(text));
        }
        for qr in raw.qr {
            let qr = self.open(qr);
            elements.push(self.qr(qr));
        }
        for ruler in raw.ruler {
            let ruler = self.open(ruler);
            let at = self.area(&ruler.at, true);
            elements.push(self.element(Stand::First, Kind::Ruler { at }));
        }
        elements
    }

    fn element(&self, stand: Stand, kind: Kind) -> Element {
        Element {
            line: self.line,
            stand,
            kind,
        }
    }

    fn words(&mut self, raw: TextRaw) -> Element {
        let stand = self.stand(raw.every_page, raw.below);
        let text = self.template("text", &raw.text);
        let layer = match raw.layer {
            Some(word) => self.word("layer", &word, &LAYER, Layer::Frame),
            None if text.names().next().is_some() => Layer::Value,
            None => Layer::Frame,
        };
        let mut style = self.style(raw.size, raw.min, raw.lead);
        style.align = self.align("align", raw.align, Align::Left);
        style.upright = self.upright(raw.valign, Upright::Middle);
        style.indent = raw.indent;
        let kind = Kind::Text {
            at: self.area(&raw.at, stand == Stand::First),
            text,
            style,
            layer,
            underline: raw.underline,
        };
        self.element(stand, kind)
    }

    fn cell(&mut self, raw: CellRaw) -> Element {
        let stand = self.stand(raw.every_page, raw.below);
        let at = self.area(&raw.at, stand == Stand::First);
        let value = raw.value.map(|value| self.template("value", &value));
        let label_w = raw.label_w.unwrap_or(0.0);
        if !(0.0..=at.w).contains(&label_w) {
            self.fault("label_w", format!("{label_w} 超出格宽 {}", at.w), None);
        }
        if !raw.label.is_empty() && value.is_some() && label_w == 0.0 {
            self.fault("label_w", "有标签又有值的格要写标签宽 label_w".to_owned(), None);
        }
        let mut style = self.style(raw.size, raw.min, raw.lead);
        style.align = self.align("align", raw.align, Align::Center);
        style.upright = self.upright(raw.valign, Upright::Middle);
        let mut label_style = self.style(raw.label_size.or(self.style.label_size), None, None);
        label_style.align = self.align("label_align", raw.label_align, Align::Center);
        let cell = Cell {
            at,
            label: raw.label,
            label_w,
            value,
            label_style,
            style,
        };
        self.element(stand, Kind::Cell(cell))
    }

    fn table(&mut self, raw: TableRaw) -> Element {
        let stand = self.stand(false, raw.below);
        let at = match raw.at.as_slice() {
            &[x, y, w] => Area { x, y, w, h: 0.0 },
            other => self.area(other, stand == Stand::First),
        };
        let mut columns = Vec::new();
        let table_line = self.line;
        for column in raw.columns {
            let column = self.open(column);
            if column.width <= 0.0 {
                self.fault("width", "列宽应大于 0".to_owned(), None);
            }
            let value = self.template("value", &column.value);
            columns.push(Column {
                title: column.title,
                width: column.width,
                value,
                align: self.align("align", column.align, Align::Left),
            });
        }
        self.line = table_line;
        let wide: f32 = columns.iter().map(|column| column.width).sum();
        if (wide - at.w).abs() > 0.01 {
            self.fault("columns", format!("各列宽之和 {wide} 不等于表宽 {}", at.w), None);
        }
        let style = self.style(raw.size, raw.min, raw.lead);
        let table = Table {
            id: raw.id,
            at,
            title: raw.title,
            rows: raw.rows,
            columns,
            row_h: raw.row_h.unwrap_or(7.0),
            min_rows: raw.min_rows,
            optional: raw.optional,
            empty: raw.empty,
            style,
        };
        self.element(stand, Kind::Table(table))
    }

    fn rule(&mut self, raw: LineRaw) -> Element {
        let stand = self.stand(raw.every_page, raw.below);
        let from = self.point("from", &raw.from);
        let to = self.point("to", &raw.to);
        let width = raw.width.unwrap_or(0.5);
        self.element(stand, Kind::Line { from, to, width })
    }

    fn place(&mut self, what: Place, raw: PlaceRaw) -> Element {
        let stand = self.stand(false, raw.below);
        let at = self.area(&raw.at, stand == Stand::First);
        let mut style = self.style(raw.size.or(self.style.label_size), None, None);
        style.align = self.align("align", raw.align, Align::Left);
        style.upright = self.upright(raw.valign, Upright::Middle);
        let label = raw.label;
        self.element(stand, Kind::Place { what, at, label, style })
    }

    fn qr(&mut self, raw: QrRaw) -> Element {
        let stand = self.stand(false, raw.below);
        let at = self.area(&raw.at, stand == Stand::First);
        let value = self.template("value", &raw.value);
        self.element(stand, Kind::Qr { at, value })
    }

    fn stand(&mut self, every_page: bool, below: Option<String>) -> Stand {
        match (every_page, below) {
            (true, Some(_)) => {
                self.fault("below", "不能同时写 every_page 和 below".to_owned(), None);
                Stand::Every
            }
            (true, None) => Stand::Every,
            (false, Some(id)) => Stand::Below(id),
            (false, None) => Stand::First,
        }
    }

    /// A box; `on_sheet` where its place on the sheet is known.
    fn area(&mut self, at: &[f32], on_sheet: bool) -> Area {
        let &[x, y, w, h] = at else {
            self.fault("at", "应为 [左, 上, 宽, 高]，单位毫米".to_owned(), None);
            return Area::default();
        };
        if w <= 0.0 || h <= 0.0 {
            self.fault("at", "宽和高应大于 0".to_owned(), None);
        } else if x < 0.0 || x + w > self.page.width || (on_sheet && (y < 0.0 || y + h > self.page.height)) {
            self.fault("at", "超出纸边".to_owned(), None);
        }
        Area { x, y, w, h }
    }

    fn point(&mut self, key: &str, at: &[f32]) -> (f32, f32) {
        let &[x, y] = at else {
            self.fault(key, "应为 [左, 上]，单位毫米".to_owned(), None);
            return (0.0, 0.0);
        };
        (x, y)
    }

    fn style(&mut self, size: Option<f32>, min: Option<f32>, lead: Option<f32>) -> Style {
        let size = size.or(self.style.size).unwrap_or(10.5);
        let min = min.or(self.style.min).unwrap_or(6.5).min(size);
        if !(3.0..=200.0).contains(&size) || min < 3.0 {
            self.fault("size", "字号应在 3 与 200 磅之间".to_owned(), None);
        }
        Style {
            size,
            min,
            lead: lead.or(self.style.lead).unwrap_or(1.25).max(1.0),
            align: Align::Left,
            upright: Upright::Middle,
            indent: 0.0,
        }
    }

    fn align(&mut self, key: &str, word: Option<String>, default: Align) -> Align {
        word.map_or(default, |word| self.word(key, &word, &ALIGN, default))
    }

    fn upright(&mut self, word: Option<String>, default: Upright) -> Upright {
        word.map_or(default, |word| self.word("valign", &word, &UPRIGHT, default))
    }

    fn word<T: Copy>(&mut self, key: &str, word: &str, known: &[(&str, T)], default: T) -> T {
        if let Some((_, value)) = known.iter().find(|(name, _)| *name == word) {
            return *value;
        }
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let problem = format!("不认识“{word}”，应为 {}", names.join("、"));
        self.fault(key, problem, nearest(word, names.iter().copied()));
        default
    }

    fn template(&mut self, key: &str, text: &str) -> Template {
        Template::parse(text).unwrap_or_else(|problem| {
            self.fault(key, problem, None);
            Template::default()
        })
    }

    /// Ids of tables are unique, and what stands below a table names one that comes before.
    fn references(&mut self, elements: &[Element]) {
        let mut tables: BTreeMap<&str, &Stand> = BTreeMap::new();
        for element in elements {
            self.line = element.line;
            if let Kind::Table(table) = &element.kind {
                if tables.insert(&table.id, &element.stand).is_some() {
                    self.fault("id", format!("表“{}”有两个", table.id), None);
                }
                let of_page = table.columns.iter().flat_map(|c| c.value.names());
                if let Some(name) = of_page.into_iter().find(|name| BUILT_IN.contains(name)) {
                    self.fault("columns", format!("表内不能用“{name}”"), None);
                }
            }
        }
        for element in elements {
            self.line = element.line;
            let Stand::Below(id) = &element.stand else { continue };
            if !tables.contains_key(id.as_str()) {
                let near = nearest(id, tables.keys().copied());
                self.fault("below", format!("没有名为“{id}”的表"), near);
            } else if is_circle(id, &tables) {
                self.fault("below", format!("表“{id}”绕回到自己"), None);
            }
        }
    }
}

fn is_circle(start: &str, tables: &BTreeMap<&str, &Stand>) -> bool {
    let mut at = start;
    for _ in 0..=tables.len() {
        match tables.get(at) {
            Some(Stand::Below(next)) => at = next,
            _ => return false,
        }
    }
    true
}

/// A fault of the file's grammar or of a key's name or type.
fn toml_fault(file: &str, text: &str, error: &toml::de::Error) -> Fault {
    let message = error.message();
    let mut quoted = message.split('`').skip(1).step_by(2);
    let key = quoted.next().unwrap_or("").to_owned();
    let problem = if message.starts_with("unknown field") {
        format!("不认识这个键；应为 {}", quoted.clone().collect::<Vec<_>>().join("、"))
    } else if message.starts_with("missing field") {
        "缺少这个键".to_owned()
    } else {
        format!("读不懂：{message}")
    };
    Fault {
        file: file.to_owned(),
        line: error.span().map_or(0, |span| line_at(text, span.start)),
        nearest: nearest(&key, quoted),
        key,
        problem,
    }
}

fn line_at(text: &str, offset: usize) -> usize {
    let head = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    head.iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests;
