//! What is on paper is what the record says: a difference planted anywhere on the way is caught (I7, I8).

use lopdf::{Object, content::Content};

use super::*;
use crate::print::{compare::compare, pdf, read::read};

/// The small paper, set and written.
fn written() -> (Paper, Document, SetPages, Vec<u8>) {
    let (paper, document) = small(3);
    let pages = set(&document, &paper.layout, Offset::NONE).unwrap();
    let bytes = pdf::write(&document, &pages).unwrap();
    (paper, document, pages, bytes)
}

fn difference(document: &Document, paper: &Paper, pages: &SetPages, bytes: &[u8]) -> PrintFault {
    let fault = compare(document, &paper.layout, pages, &read(bytes).unwrap()).unwrap_err();
    assert!(matches!(fault, PrintFault::ReadBack { .. }), "{fault}");
    fault
}

/// The file after its page's operations were changed.
fn changed(bytes: &[u8], change: impl Fn(&mut Content)) -> Vec<u8> {
    let mut file = lopdf::Document::load_mem(bytes).unwrap();
    let page = *file.get_pages().values().next().unwrap();
    let mut content = file.get_and_decode_page_content(page).unwrap();
    change(&mut content);
    file.change_page_content(page, content.encode().unwrap()).unwrap();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_file_as_it_was_written_agrees() {
    let (paper, document, pages, bytes) = written();
    compare(&document, &paper.layout, &pages, &read(&bytes).unwrap()).unwrap();
    let same = changed(&bytes, |_| {});
    compare(&document, &paper.layout, &pages, &read(&same).unwrap()).unwrap();
}

#[test]
fn a_name_that_changed_between_record_and_page_is_caught() {
    let (paper, mut document, pages, bytes) = written();
    document
        .bindings
        .insert("name".into(), Binding::Text("王㔰㮣槩𡛗".into()));
    let fault = difference(&document, &paper, &pages, &bytes);
    assert!(fault.to_string().contains("“姓名”(name)应印“王㔰㮣槩𡛗”"), "{fault}");
    assert!(fault.to_string().contains("“王㔰㮣槩𡛖”"), "{fault}");
    assert!(fault.english().contains("nothing was printed"));
}

#[test]
fn a_row_that_lost_its_end_is_caught() {
    let (paper, mut document, pages, bytes) = written();
    let line = |n: usize| vec![("item", format!("第{n}项")), ("sum", format!("{n}.001"))];
    document.bindings.insert("lines".into(), rows(3, line));
    let fault = difference(&document, &paper, &pages, &bytes);
    assert!(fault.to_string().contains("lines[1].sum"), "{fault}");
}

#[test]
fn a_text_that_is_missing_moved_or_too_many_is_caught() {
    let (paper, document, pages, bytes) = written();
    let begins = |content: &Content| content.operations.iter().position(|o| o.operator == "BT").unwrap();
    let ends = |content: &Content| content.operations.iter().position(|o| o.operator == "ET").unwrap();
    let missing = changed(&bytes, |content| {
        content.operations.drain(begins(content)..=ends(content));
    });
    difference(&document, &paper, &pages, &missing);
    let twice = changed(&bytes, |content| {
        let text = content.operations[begins(content)..=ends(content)].to_vec();
        content.operations.extend(text);
    });
    difference(&document, &paper, &pages, &twice);
    let moved = changed(&bytes, |content| {
        let cursor = content.operations.iter_mut().find(|o| o.operator == "Td").unwrap();
        cursor.operands[0] = Object::Real(cursor.operands[0].as_float().unwrap() + 1.0);
    });
    difference(&document, &paper, &pages, &moved);
    let smaller = changed(&bytes, |content| {
        let size = content.operations.iter_mut().find(|o| o.operator == "Tf").unwrap();
        size.operands[1] = Object::Real(4.0);
    });
    difference(&document, &paper, &pages, &smaller);
}

#[test]
fn a_glyph_that_means_something_else_is_caught() {
    let (paper, document, pages, bytes) = written();
    let mut file = lopdf::Document::load_mem(&bytes).unwrap();
    let mut found = 0;
    for object in file.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let Ok(plain) = stream.get_plain_content() else {
            continue;
        };
        let text = String::from_utf8_lossy(&plain).into_owned();
        // The surrogates of 𡛖.
        if text.contains("beginbfchar") && text.to_uppercase().contains("D845DED6") {
            let other = text.to_uppercase().replace("D845DED6", "D845DED7");
            stream.set_plain_content(
                other
                    .replace("BEGINBFCHAR", "beginbfchar")
                    .replace("ENDBFCHAR", "endbfchar")
                    .into_bytes(),
            );
            found += 1;
        }
    }
    assert_eq!(found, 1);
    let mut changed = Vec::new();
    file.save_to(&mut changed).unwrap();
    let fault = difference(&document, &paper, &pages, &changed);
    assert!(fault.to_string().contains("“王㔰㮣槩𡛗”"), "{fault}");
}

#[test]
fn a_specimen_says_so_on_every_page_and_nothing_else_does() {
    let (paper, mut document) = small(12);
    document.specimen = true;
    let pages = set(&document, &paper.layout, Offset::NONE).unwrap();
    let bytes = pdf::write(&document, &pages).unwrap();
    for page in read(&bytes).unwrap() {
        let across: Vec<_> = page.iter().filter(|text| text.turned).collect();
        assert_eq!(across.len(), 1);
        assert_eq!(across[0].text, "样张 SPECIMEN");
        assert!(across[0].size > 30.0);
    }
    compare(&document, &paper.layout, &pages, &read(&bytes).unwrap()).unwrap();
    document.specimen = false;
    difference(&document, &paper, &pages, &bytes);
}

#[test]
fn a_copy_says_which_it_is_and_what_holds_no_more_says_so_across() {
    let (paper, mut document) = small(12);
    let plain = render(&document, &paper.layout, Offset::NONE).unwrap();
    document.specimen = true;
    document.stamp = Stamp {
        corner: "副本 2".into(),
        across: "已被替换".into(),
    };
    let pages = set(&document, &paper.layout, Offset::NONE).unwrap();
    let bytes = pdf::write(&document, &pages).unwrap();
    for page in read(&bytes).unwrap() {
        let across: Vec<_> = page
            .iter()
            .filter(|text| text.turned)
            .map(|text| text.text.as_str())
            .collect();
        assert_eq!(across, ["已被替换  样张 SPECIMEN"]);
        assert_eq!(page.iter().filter(|text| text.text == "副本 2").count(), 1);
    }
    compare(&document, &paper.layout, &pages, &read(&bytes).unwrap()).unwrap();
    // The mark is part of what is printed: the same copy has the same bytes, another one other bytes.
    let marked = render(&document, &paper.layout, Offset::NONE).unwrap();
    assert_eq!(marked.bytes, bytes);
    assert_ne!(marked.sha256, plain.sha256);
    document.stamp.corner = "副本 3".into();
    difference(
        &document,
        &paper,
        &set(&document, &paper.layout, Offset::NONE).unwrap(),
        &bytes,
    );
    document.stamp.across.clear();
    document.stamp.corner = "副本 2".into();
    difference(
        &document,
        &paper,
        &set(&document, &paper.layout, Offset::NONE).unwrap(),
        &bytes,
    );
}

#[test]
fn a_character_no_font_draws_stops_the_print_and_is_named_with_its_field() {
    let (paper, mut document) = small(2);
    document
        .bindings
        .insert("name".into(), Binding::Text("王\u{2EBF0}".into()));
    let fault = render(&document, &paper.layout, Offset::NONE).unwrap_err();
    let PrintFault::MissingGlyph {
        char,
        code_point,
        binding,
    } = &fault
    else {
        panic!("{fault}")
    };
    assert_eq!((*char, *code_point, binding.as_str()), ('\u{2EBF0}', 0x2EBF0, "name"));
    assert!(
        fault.to_string().contains("U+2EBF0") && fault.to_string().contains("没有用纸"),
        "{fault}"
    );
    assert!(fault.english().contains("U+2EBF0"));
    let (paper, mut document) = small(2);
    let line = |n: usize| vec![("item", "\u{323B0}".repeat(n - 1)), ("sum", String::new())];
    document.bindings.insert("lines".into(), rows(2, line));
    let fault = render(&document, &paper.layout, Offset::NONE).unwrap_err();
    assert!(
        matches!(&fault, PrintFault::MissingGlyph { binding, .. } if binding == "lines[2].item"),
        "{fault}"
    );
}

#[test]
fn the_only_time_in_a_file_is_the_documents() {
    let (_, _, _, bytes) = written();
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let info = file.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
    let info = file.get_dictionary(info).unwrap();
    for key in [b"CreationDate".as_slice(), b"ModDate"] {
        assert_eq!(info.get(key).unwrap().as_str().unwrap(), b"D:20261124090000+08'00'");
    }
    assert!(!info.has(b"GTS_PDFXVersion"));
}
