//! Set pages become a PDF file: operations, the glyphs they use, and a header without clock or chance.

use std::collections::BTreeMap;

use lopdf::{Object, StringFormat, dictionary};
use printpdf::{
    Color, FontId, FontMetrics, Greyscale, Line, LineCapStyle, LinePoint, Mm, Op, PaintMode, ParsedFont, PdfDocument,
    PdfFont, PdfFontHandle, PdfFontMetricsStub, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, TextItem,
    TextMatrix, WindingOrder, to_lopdf_doc,
};
use subsetter::GlyphRemapper;

use super::{
    Mark, PrintFault, SetPage, SetPages,
    fit::POINT,
    font::{Chain, Font, chain},
    lettering::{Lettering, Slot},
    specimen,
};
use crate::{
    domain::document::Document,
    forms::{paper::Area, sha256},
};

/// Writes the file.
pub fn write(document: &Document, pages: &SetPages) -> Result<Vec<u8>, PrintFault> {
    let chain = chain()?;
    let mut used = Lettering::default();
    let mut drawn = Vec::with_capacity(pages.pages.len());
    for page in &pages.pages {
        let ops = Pen::draw(chain, &mut used, page)?;
        drawn.push(PdfPage::new(Mm(page.width), Mm(page.height), ops));
    }
    let mut pdf = PdfDocument::new(&document.title);
    for (slot, glyphs) in used.slots() {
        let font = chain.font(slot.font).ok_or_else(|| fault("font"))?;
        let embedded = PdfFont::new(embed(font, slot, glyphs)?);
        pdf.resources.fonts.map.insert(font_id(slot), embedded);
    }
    pdf.metadata.info.creator = "guitai".to_owned();
    pdf.metadata.info.producer = "guitai".to_owned();
    pdf.with_pages(drawn);
    finish(document, &pdf)
}

/// Names of our own: those the library gives are counted through the process and would differ from run to run.
fn font_id(slot: Slot) -> FontId {
    FontId(format!("G{}x{}", slot.font, slot.copy))
}

fn fault(why: impl ToString) -> PrintFault {
    PrintFault::Pdf(why.to_string())
}

struct Pen<'a> {
    chain: &'a Chain,
    used: &'a mut Lettering,
    height: f32,
    ops: Vec<Op>,
    /// Width of lines as last set.
    width: Option<f32>,
}

impl<'a> Pen<'a> {
    fn draw(chain: &'a Chain, used: &'a mut Lettering, page: &SetPage) -> Result<Vec<Op>, PrintFault> {
        let mut pen = Pen {
            chain,
            used,
            height: page.height,
            ops: Vec::new(),
            width: None,
        };
        if !page.across.is_empty() {
            pen.across(page)?;
        }
        for mark in &page.marks {
            pen.mark(mark);
        }
        for text in &page.texts {
            let cursor = Op::SetTextCursor {
                pos: pen.point(text.at),
            };
            pen.text(cursor, &text.text, text.size, &text.field.binding)?;
        }
        Ok(pen.ops)
    }

    /// PDF counts from the lower left corner.
    fn point(&self, (x, y): (f32, f32)) -> Point {
        Point::new(Mm(x), Mm(self.height - y))
    }

    fn line_point(&self, at: (f32, f32)) -> LinePoint {
        LinePoint {
            p: self.point(at),
            bezier: false,
        }
    }

    fn text(&mut self, cursor: Op, text: &str, size: f32, binding: &str) -> Result<(), PrintFault> {
        let runs = self
            .used
            .runs(self.chain, text)
            .map_err(|c| PrintFault::glyph(c, binding))?;
        self.ops.extend([Op::StartTextSection, cursor]);
        for (slot, run) in runs {
            self.ops.push(Op::SetFont {
                font: PdfFontHandle::External(font_id(slot)),
                size: Pt(size),
            });
            self.ops.push(Op::ShowText {
                items: vec![TextItem::Text(run)],
            });
        }
        self.ops.push(Op::EndTextSection);
        Ok(())
    }

    fn across(&mut self, page: &SetPage) -> Result<(), PrintFault> {
        let across = specimen::across(self.chain, &page.across, page.width, page.height);
        let ((cos, sin), (x, y)) = (across.slope, across.from);
        let matrix = TextMatrix::Raw([cos, sin, -sin, cos, x / POINT, y / POINT]);
        self.ops.push(fill(specimen::GREY));
        self.text(Op::SetTextMatrix { matrix }, &page.across, across.size, &page.across)?;
        self.ops.push(fill(0.0));
        Ok(())
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Line { from, to, width } => {
                if self.width.is_none() {
                    // Frames are four lines: without this their corners have notches.
                    let cap = LineCapStyle::ProjectingSquare;
                    self.ops.push(Op::SetLineCapStyle { cap });
                }
                if self.width != Some(*width) {
                    self.ops.push(Op::SetOutlineThickness { pt: Pt(*width) });
                    self.width = Some(*width);
                }
                let line = Line {
                    points: vec![self.line_point(*from), self.line_point(*to)],
                    is_closed: false,
                };
                self.ops.push(Op::DrawLine { line });
            }
            Mark::Filled(areas) => {
                let polygon = Polygon {
                    rings: areas.iter().map(|area| self.ring(*area)).collect(),
                    mode: PaintMode::Fill,
                    winding_order: WindingOrder::NonZero,
                };
                self.ops.push(Op::DrawPolygon { polygon });
            }
        }
    }

    fn ring(&self, at: Area) -> PolygonRing {
        let (left, top, right, bottom) = (at.x, at.y, at.x + at.w, at.y + at.h);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        PolygonRing {
            points: corners.map(|corner| self.line_point(corner)).to_vec(),
        }
    }
}

fn fill(grey: f32) -> Op {
    Op::SetFillColor {
        col: Color::Greyscale(Greyscale {
            percent: grey,
            icc_profile: None,
        }),
    }
}

/// The glyphs of a font that the file uses, and nothing else of it.
fn embed(font: &Font, slot: Slot, glyphs: &BTreeMap<u16, char>) -> Result<ParsedFont, PrintFault> {
    let mut remapper = GlyphRemapper::new();
    let (mut meanings, mut widths) = (BTreeMap::new(), BTreeMap::new());
    let em = font.face.units_per_em();
    for (glyph, c) in glyphs {
        let new = remapper.remap(*glyph);
        meanings.insert(u32::from(*c), new);
        widths.insert(
            new,
            font.face.glyph_hor_advance(ttf_parser::GlyphId(*glyph)).unwrap_or(em),
        );
    }
    let bytes = subsetter::subset(font.data, 0, &remapper).map_err(fault)?;
    let metrics = FontMetrics {
        ascent: font.face.ascender(),
        descent: font.face.descender(),
    };
    let name = format!("{}+{}", tag(slot, glyphs), font.name);
    let mut parsed = ParsedFont::with_glyph_data(bytes, 0, Some(name), meanings, widths, em, metrics);
    let bounds = font.face.global_bounding_box();
    parsed.pdf_font_metrics = PdfFontMetricsStub {
        units_per_em: em,
        x_min: bounds.x_min,
        y_min: bounds.y_min,
        x_max: bounds.x_max,
        y_max: bounds.y_max,
        us_weight_class: font.face.weight().to_number(),
        ..Default::default()
    };
    Ok(parsed)
}

/// Six letters that are the same for the same glyphs.
fn tag(slot: Slot, glyphs: &BTreeMap<u16, char>) -> String {
    let digest = sha256(&format!("{slot:?}{glyphs:?}"));
    let letters = digest.bytes().take(6);
    letters.map(|digit| char::from(b'A' + digit % 26)).collect()
}

/// What the library would fill with its own version, a counter or a false claim of PDF/X.
fn finish(document: &Document, pdf: &PdfDocument) -> Result<Vec<u8>, PrintFault> {
    let options = PdfSaveOptions {
        image_optimization: None,
        ..Default::default()
    };
    let mut warnings = Vec::new();
    let mut file = to_lopdf_doc(pdf, &options, &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(PrintFault::Pdf(format!("{warning:?}")));
    }
    file.version = "1.7".to_owned();
    let id = sha256(&format!("{document:?}"));
    let id = Object::String(
        id.into_bytes().into_iter().take(16).collect(),
        StringFormat::Hexadecimal,
    );
    file.trailer.set("ID", vec![id.clone(), id]);
    let info = file
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .map_err(fault)?;
    let info = file.get_object_mut(info).and_then(Object::as_dict_mut).map_err(fault)?;
    info.remove(b"GTS_PDFXVersion");
    // China keeps one time, eight hours ahead.
    let dated = document.dated.format("D:%Y%m%d%H%M%S+08'00'").to_string();
    for key in ["CreationDate", "ModDate"] {
        info.set(key, Object::string_literal(dated.clone()));
    }
    let language = dictionary! { "Lang" => Object::string_literal("zh-CN") };
    file.catalog_mut().map_err(fault)?.extend(&language);
    file.compress();
    let mut bytes = Vec::with_capacity(1 << 16);
    file.save_to(&mut bytes).map_err(fault)?;
    Ok(bytes)
}
