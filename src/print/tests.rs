//! The whole road from document and layout to bytes.

use std::collections::BTreeMap;

use super::*;
use crate::{domain::document::Binding, forms::paper::Paper};

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
