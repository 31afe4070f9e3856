//! Looking at pages: whether texts keep to their places, and the files left where a person can look at them.

use std::fs;
use std::path::Path;

use guitai::domain::document::Document;
use guitai::forms::paper::{Area, Layout};
use guitai::print::{self, Offset, PrintFault, SetPage};

/// Leaves the file where a person can look at it: what reads well to a program need not look well.
pub fn leave(name: &str, document: &Document, layout: &Layout) -> Result<(), PrintFault> {
    let pdf = print::render(document, layout, Offset::NONE)?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.pdf")), pdf.bytes).unwrap();
    Ok(())
}

/// Texts that leave their cells or the sheet, and pairs that touch.
pub fn collisions(page: &SetPage) -> Vec<String> {
    let sheet = Area {
        x: 0.0,
        y: 0.0,
        w: page.width,
        h: page.height,
    };
    let mut told = Vec::new();
    for (at, text) in page.texts.iter().enumerate() {
        if !holds(text.area, text.bounds) || !holds(sheet, text.bounds) {
            told.push(format!("“{}” leaves its place", text.text));
        }
        for other in page.texts.iter().skip(at + 1) {
            if overlap(text.bounds, other.bounds) {
                told.push(format!("“{}” touches “{}”", text.text, other.text));
            }
        }
    }
    told
}

fn holds(outer: Area, inner: Area) -> bool {
    let within = |a: f32, b: f32| a <= b + 0.02;
    within(outer.x, inner.x)
        && within(outer.y, inner.y)
        && within(inner.x + inner.w, outer.x + outer.w)
        && within(inner.y + inner.h, outer.y + outer.h)
}

fn overlap(a: Area, b: Area) -> bool {
    let apart = |a: f32, wide: f32, b: f32, other: f32| a + wide <= b + 0.02 || b + other <= a + 0.02;
    !apart(a.x, a.w, b.x, b.w) && !apart(a.y, a.h, b.y, b.h)
}
