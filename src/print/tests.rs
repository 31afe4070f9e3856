//! The whole road from document and layout to bytes.

use std::collections::BTreeMap;

use super::{sheet::holds, *};
use crate::{
    domain::document::{Binding, Stamp},
    forms::paper::{Area, Layer, Paper},
};

mod hanzi;
mod truth;

/// A layout from its elements, on a sheet of 100 x 100 mm.
pub(super) fn paper(elements: &str) -> Paper {
    let head = "id = \"x\"\ntitle = \"试\"\nsource = \"试\"\n";
    let page = "[page]\nsize = [100, 100]\ntop = 10\nbottom = 90\n[style]\nsize = 10\nmin = 6\n";
    paper::parse("paper/x.toml", &format!("{head}{page}{elements}")).unwrap()
}

pub(super) fn document(paper: &Paper, texts: &[(&str, &str)]) -> Document {
    let texts = texts.iter();
    Document {
        name: "x".into(),
        title: "试印".into(),
        layout: paper.id.clone(),
        layout_sha256: paper.sha256.clone(),
        mode: Mode::Full,
        bindings: texts
            .map(|(name, text)| ((*name).to_owned(), Binding::Text((*text).to_owned())))
            .collect(),
        record_sha256: "00".into(),
        dated: chrono::NaiveDate::from_ymd_opt(2026, 11, 24)
            .unwrap()
            .and_hms_opt(9, 0, 0)
            .unwrap(),
        specimen: false,
        stamp: Stamp::default(),
    }
}

pub(super) fn rows(count: usize, row: impl Fn(usize) -> Vec<(&'static str, String)>) -> Binding {
    let row = |n| {
        row(n)
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text))
            .collect::<BTreeMap<_, _>>()
    };
    Binding::Rows((1..=count).map(row).collect())
}

const SMALL: &str = "[[text]]\nat = [10, 10, 80, 8]\ntext = \"结婚登记审查处理表\"\nalign = \"center\"\nsize = 14\n\
    [[cell]]\nat = [10, 20, 40, 8]\nlabel = \"姓名\"\nlabel_w = 15\nvalue = \"{name}\"\n\
    [[table]]\nid = \"t\"\nat = [10, 35, 80]\nrows = \"lines\"\ntitle = \"费用\"\n\
    columns = [{ title = \"项目\", width = 50, value = \"{item}\" },\n\
    { title = \"金额\", width = 30, value = \"{sum}\", align = \"right\" }]\n\
    [[text]]\nat = [10, 5, 80, 8]\ntext = \"经办人：{clerk}\"\nbelow = \"t\"\n\
    [[text]]\nat = [10, 92, 80, 5]\ntext = \"第 {page} 页 共 {pages} 页\"\nevery_page = true\nalign = \"center\"\n";

fn small(lines: usize) -> (Paper, Document) {
    let paper = paper(SMALL);
    let mut document = document(&paper, &[("name", "王㔰㮣槩𡛖"), ("clerk", "李四")]);
    let line = |n: usize| vec![("item", format!("第{n}项")), ("sum", format!("{n}.00"))];
    document.bindings.insert("lines".into(), rows(lines, line));
    (paper, document)
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let (paper, document) = small(3);
    let first = render(&document, &paper.layout, Offset::NONE).unwrap();
    let stored = render_stored(&document, &paper.text, Offset::NONE).unwrap();
    assert_eq!(first, stored);
    assert_eq!(first.sha256, forms::sha256_bytes(&first.bytes));
    assert_eq!(first.pages, 1);
    let moved = Offset { dx_mm: 1.0, dy_mm: 0.0 };
    assert_ne!(render(&document, &paper.layout, moved).unwrap().bytes, first.bytes);
}

fn texts(pages: &SetPages) -> Vec<Vec<&str>> {
    let pages = pages.pages.iter();
    pages
        .map(|page| page.texts.iter().map(|text| text.text.as_str()).collect())
        .collect()
}

fn overlap(a: Area, b: Area) -> bool {
    a.x + 0.01 < b.x + b.w && b.x + 0.01 < a.x + a.w && a.y + 0.01 < b.y + b.h && b.y + 0.01 < a.y + a.h
}

/// No two texts overlap, and none leaves its cell.
fn is_tidy(pages: &SetPages) -> bool {
    pages.pages.iter().all(|page| {
        let apart = |(n, a): (usize, &SetText)| page.texts.iter().skip(n + 1).all(|b| !overlap(a.bounds, b.bounds));
        let inside = |text: &SetText| holds(text.area, text.bounds);
        page.texts.iter().enumerate().all(apart) && page.texts.iter().all(inside)
    })
}

#[test]
fn a_table_goes_on_over_the_page_with_its_header() {
    let (paper, document) = small(12);
    let pages = set(&document, &paper.layout, Offset::NONE).unwrap();
    assert!(is_tidy(&pages));
    let texts = texts(&pages);
    assert_eq!(texts.len(), 2);
    for page in &texts {
        assert_eq!(page.iter().filter(|text| **text == "项目").count(), 1);
        assert_eq!(page.iter().filter(|text| **text == "费用").count(), 1);
    }
    // Seven millimetres a row: title, header and five rows from 35 to 90; then from 10.
    assert!(texts[0].contains(&"第5项") && !texts[0].contains(&"第6项"));
    assert!(texts[1].contains(&"第6项") && texts[1].contains(&"第12项"));
    assert!(texts[1].contains(&"经办人：李四") && texts[1].contains(&"第 2 页 共 2 页"));
    let below = pages.pages[1]
        .texts
        .iter()
        .find(|text| text.text.starts_with("经办人"))
        .unwrap();
    assert_eq!(below.area.y, 10.0 + 9.0 * 7.0 + 5.0);
    assert_eq!(render(&document, &paper.layout, Offset::NONE).unwrap().pages, 2);
}

#[test]
fn what_stands_below_a_table_goes_to_a_new_page_together() {
    let elements = "[[table]]\nid = \"t\"\nat = [10, 10, 80]\nrows = \"lines\"\n\
        columns = [{ title = \"甲\", width = 80, value = \"{a}\" }]\n\
        [[text]]\nat = [10, 0, 30, 8]\ntext = \"上\"\nbelow = \"t\"\n\
        [[text]]\nat = [10, 20, 30, 8]\ntext = \"下\"\nbelow = \"t\"\n";
    let paper = paper(elements);
    let mut document = document(&paper, &[]);
    document
        .bindings
        .insert("lines".into(), rows(6, |n| vec![("a", n.to_string())]));
    let pages = set(&document, &paper.layout, Offset::NONE).unwrap();
    assert!(texts(&pages)[0].contains(&"上"));
    document
        .bindings
        .insert("lines".into(), rows(7, |n| vec![("a", n.to_string())]));
    let pages = set(&document, &paper.layout, Offset::NONE).unwrap();
    assert_eq!(texts(&pages)[1], ["上", "下"]);
    assert_eq!(pages.pages[1].texts[1].area.y, 30.0);
}

#[test]
fn a_table_in_a_box_shrinks_into_it_or_says_that_it_cannot() {
    let elements = "[[table]]\nid = \"t\"\nat = [10, 10, 80, 40]\nrows = \"lines\"\nmin_rows = 3\n\
        columns = [{ title = \"甲\", width = 80, value = \"{a}\" }]\n\
        [[text]]\nat = [10, 2, 30, 8]\ntext = \"下\"\nbelow = \"t\"\n";
    let paper = paper(elements);
    let sizes = |count| {
        let mut document = document(&paper, &[]);
        document
            .bindings
            .insert("lines".into(), rows(count, |n| vec![("a", format!("第{n}行"))]));
        let pages = set(&document, &paper.layout, Offset::NONE)?;
        assert!(is_tidy(&pages));
        let texts = &pages.pages[0].texts;
        assert_eq!(texts.last().unwrap().area.y, 52.0);
        Ok::<_, PrintFault>(texts.iter().find(|text| text.text == "第1行").unwrap().size)
    };
    assert_eq!(sizes(2).unwrap(), 10.0);
    assert!(sizes(10).unwrap() < 8.0);
    let fault = sizes(40).unwrap_err();
    assert!(
        matches!(&fault, PrintFault::Overflow { field } if field.binding.starts_with("lines[")),
        "{fault}"
    );
}

#[test]
fn rows_that_are_not_there_are_said_or_left_blank() {
    let elements = "[[table]]\nid = \"a\"\nat = [10, 10, 80]\nrows = \"none\"\nempty = \"没有减免\"\n\
        columns = [{ title = \"\", width = 80, value = \"{a}\" }]\n\
        [[table]]\nid = \"b\"\nat = [10, 3, 80]\nbelow = \"a\"\nrows = \"left_out\"\noptional = true\n\
        columns = [{ title = \"乙\", width = 80, value = \"{a}\" }]\n\
        [[text]]\nat = [10, 2, 30, 8]\ntext = \"末\"\nbelow = \"b\"\n";
    let paper = paper(elements);
    let mut document = document(&paper, &[]);
    document.bindings.insert("none".into(), rows(0, |_| vec![]));
    let pages = set(&document, &paper.layout, Offset::NONE).unwrap();
    assert_eq!(texts(&pages), [["没有减免", "末"]]);
    // The table that is left out takes no room, and what stands below it moves up.
    assert_eq!(pages.pages[0].texts[1].area.y, 10.0 + 7.0 + 2.0);
    document.bindings.insert("left_out".into(), rows(0, |_| vec![]));
    assert_eq!(set(&document, &paper.layout, Offset::NONE).unwrap(), pages);
    document.bindings.remove("none");
    let fault = set(&document, &paper.layout, Offset::NONE).unwrap_err();
    assert!(matches!(fault, PrintFault::MissingBinding { binding, .. } if binding == "none"));
}

#[test]
fn a_value_that_does_not_fit_is_a_fault_that_names_it() {
    let (paper, mut document) = small(1);
    let long = "欧阳".repeat(8);
    document.bindings.insert("name".into(), Binding::Text(long.clone()));
    let pages = set(&document, &paper.layout, Offset::NONE).unwrap();
    let name: Vec<&SetText> = pages.pages[0]
        .texts
        .iter()
        .filter(|text| text.field.binding == "name")
        .collect();
    assert!(name.len() > 1 && name[0].size < 10.0 && name[0].size >= 6.0);
    assert!(is_tidy(&pages));
    document.bindings.insert("name".into(), Binding::Text(long.repeat(2)));
    let fault = render(&document, &paper.layout, Offset::NONE).unwrap_err();
    let said = fault.to_string();
    assert!(said.contains("“姓名”(name)") && said.contains("太长"), "{said}");
    assert!(fault.english().contains("too long"));
}

const CERTIFICATE: &str = "only_overlay = true\n[[cell]]\nat = [10, 20, 60, 8]\nlabel = \"姓名\"\nlabel_w = 15\n\
    value = \"{name}\"\n[[line]]\nfrom = [1, 1]\nto = [9, 9]\n[[photo]]\nat = [60, 60, 30, 30]\nlabel = \"照片\"\n\
    [[text]]\nat = [10, 40, 60, 8]\ntext = \"登记日期\"\n[[text]]\nat = [30, 50, 60, 8]\ntext = \"{date}\"\n\
    underline = true\n";

fn certificate(mode: Mode, specimen: bool) -> (Paper, Document) {
    let text = format!("id = \"x\"\ntitle = \"证\"\nsource = \"试\"\n{CERTIFICATE}[page]\nsize = [100, 100]\n");
    let paper = paper::parse("paper/x.toml", &text).unwrap();
    let mut document = document(&paper, &[("name", "王五"), ("date", "2026年11月24日")]);
    (document.mode, document.specimen) = (mode, specimen);
    (paper, document)
}

#[test]
fn over_a_blank_only_values_are_drawn_and_moved_by_the_printers_offset() {
    let (paper, document) = certificate(Mode::Overlay, false);
    let by = Offset {
        dx_mm: 1.5,
        dy_mm: -2.0,
    };
    let pages = set(&document, &paper.layout, by).unwrap();
    assert_eq!(texts(&pages), [["王五", "2026年11月24日"]]);
    assert!(pages.pages[0].texts.iter().all(|text| text.layer == Layer::Value));
    assert_eq!(pages.pages[0].marks, []);
    let still = set(&document, &paper.layout, Offset::NONE).unwrap();
    for (a, b) in still.pages[0].texts.iter().zip(&pages.pages[0].texts) {
        assert!((b.at.0 - a.at.0 - 1.5).abs() < 1e-4 && (b.at.1 - a.at.1 + 2.0).abs() < 1e-4);
        assert!((b.area.x - a.area.x - 1.5).abs() < 1e-4 && (b.bounds.y - a.bounds.y + 2.0).abs() < 1e-4);
    }
    render(&document, &paper.layout, by).unwrap();
    let off = Offset {
        dx_mm: 80.0,
        dy_mm: 0.0,
    };
    let fault = render(&document, &paper.layout, off).unwrap_err();
    assert!(matches!(&fault, PrintFault::OffPaper { .. }), "{fault}");
}

#[test]
fn a_certificate_in_full_exists_in_training_alone() {
    let (paper, document) = certificate(Mode::Full, false);
    let fault = render(&document, &paper.layout, Offset::NONE).unwrap_err();
    assert!(matches!(&fault, PrintFault::OnlyOverlay(_)), "{fault}");
    let (paper, document) = certificate(Mode::Full, true);
    let pages = set(&document, &paper.layout, Offset::NONE).unwrap();
    assert_eq!(texts(&pages), [["姓名", "王五", "照片", "登记日期", "2026年11月24日"]]);
    render(&document, &paper.layout, Offset::NONE).unwrap();
    let (paper, mut document) = small(1);
    document.mode = Mode::Overlay;
    let fault = render(&document, &paper.layout, Offset::NONE).unwrap_err();
    assert!(matches!(&fault, PrintFault::NoBlank(_)), "{fault}");
}

#[test]
fn another_layout_than_the_one_at_the_time_is_refused() {
    let (paper, document) = small(1);
    let later = paper.text.replace("经办人", "办理人");
    let fault = render_stored(&document, &later, Offset::NONE).unwrap_err();
    assert!(matches!(&fault, PrintFault::OtherLayout { .. }), "{fault}");
    let fault = render_stored(&document, "id = 1", Offset::NONE).unwrap_err();
    assert!(fault.to_string().contains("paper/x.toml:1"), "{fault}");
}

#[test]
fn a_ruler_has_a_line_each_millimetre_and_its_numbers_do_not_touch() {
    let paper = paper("[[ruler]]\nat = [10, 10, 80, 50]\n");
    let document = document(&paper, &[]);
    let pages = set(&document, &paper.layout, Offset::NONE).unwrap();
    let lines = pages.pages[0]
        .marks
        .iter()
        .filter(|mark| matches!(mark, Mark::Line { .. }))
        .count();
    assert_eq!(lines, 81 + 51);
    assert_eq!(pages.pages[0].texts.len(), 8 + 5);
    assert!(is_tidy(&pages));
    render(&document, &paper.layout, Offset::NONE).unwrap();
}
