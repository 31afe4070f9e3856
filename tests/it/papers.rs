//! The papers of `forms/paper/`: each has the boxes its sources ask for, and prints nothing its document does not carry.

use std::fs;
use std::path::{Path, PathBuf};

use guitai::domain::document::Mode;
use guitai::forms::paper::{Paper, parse};
use guitai::print::{self, Offset};

use crate::support::boxes::{Boxes, names};
use crate::support::filled::{Filling, document};
use crate::support::sheets::{collisions, leave};

fn folder(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn files(inside: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder(inside))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn paper(id: &str, text: &str) -> Paper {
    parse(&format!("paper/{id}.toml"), text).unwrap_or_else(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", faults.join("\n"))
    })
}

fn boxes() -> Vec<Boxes> {
    let read = |(name, text): (String, String)| {
        let boxes: Boxes = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(boxes.paper, name);
        boxes
    };
    files("tests/it/boxes").into_iter().map(read).collect()
}

fn text_of(id: &str) -> String {
    fs::read_to_string(folder("forms/paper").join(format!("{id}.toml"))).unwrap_or_else(|error| panic!("{id}: {error}"))
}

#[test]
fn every_paper_has_a_list_of_boxes_and_every_list_a_paper() {
    let layouts: Vec<String> = files("forms/paper").into_iter().map(|(name, _)| name).collect();
    let lists: Vec<String> = boxes().into_iter().map(|boxes| boxes.paper).collect();
    assert_eq!(layouts, lists);
}

#[test]
fn every_paper_has_the_boxes_its_sources_ask_for() {
    for boxes in boxes() {
        let paper = paper(&boxes.paper, &text_of(&boxes.paper));
        assert_eq!(boxes.missing(&paper.layout), Vec::<String>::new(), "{}", boxes.paper);
    }
}

#[test]
fn a_paper_prints_nothing_that_is_not_asked_for() {
    for boxes in boxes() {
        let paper = paper(&boxes.paper, &text_of(&boxes.paper));
        let known: Vec<&String> = boxes.names().collect();
        let unknown: Vec<String> = names(&paper.layout)
            .into_iter()
            .filter(|name| !known.contains(&name))
            .collect();
        assert_eq!(unknown, Vec::<String>::new(), "{}", boxes.paper);
    }
}

#[test]
fn a_value_taken_out_of_a_layout_is_missed() {
    for boxes in boxes() {
        let text = text_of(&boxes.paper);
        for value in boxes.names() {
            let in_file = boxes_column(&text, value);
            let without = text.replace(&format!("{{{in_file}}}"), "");
            assert_ne!(without, text, "{}: {value} is not in the layout", boxes.paper);
            let missing = boxes.missing(&paper(&boxes.paper, &without).layout);
            assert!(
                missing.iter().any(|told| told.ends_with(value.as_str())),
                "{}: {value}",
                boxes.paper
            );
        }
    }
}

#[test]
fn a_label_or_place_taken_out_of_a_layout_is_missed() {
    for boxes in boxes() {
        let text = text_of(&boxes.paper).replace("\\n", "");
        let labels = boxes.boxes.iter().map(|wanted| &wanted.label);
        let labels = labels
            .chain(boxes.place.iter().map(|place| &place.label))
            .chain(&boxes.says);
        for label in labels {
            let without = text.replace(label.as_str(), "某");
            assert_ne!(without, text, "{}: {label} is not in the layout", boxes.paper);
            let missing = boxes.missing(&paper(&boxes.paper, &without).layout);
            assert!(
                missing.iter().any(|told| told.contains(label.as_str())),
                "{}: {label}",
                boxes.paper
            );
        }
    }
}

#[test]
fn a_value_beside_the_wrong_words_is_missed() {
    let boxes = boxes()
        .into_iter()
        .find(|boxes| boxes.paper == "marriage-declaration")
        .unwrap();
    let text = text_of("marriage-declaration");
    let swapped = text
        .replace("{own.birth}", "{swap}")
        .replace("{own.ethnicity}", "{own.birth}")
        .replace("{swap}", "{own.ethnicity}");
    assert_eq!(
        boxes.missing(&paper("marriage-declaration", &swapped).layout),
        ["出生日期 own.birth", "民族 own.ethnicity"]
    );
    let own = text.replace("{own.name}", "{other.name}");
    assert_eq!(
        boxes.missing(&paper("marriage-declaration", &own).layout),
        ["姓名 own.name"]
    );
}

#[test]
fn no_two_texts_overlap_and_none_leaves_its_cell() {
    let mut told = Vec::new();
    for (id, text) in files("forms/paper") {
        let paper = paper(&id, &text);
        for mode in modes(&paper) {
            for filling in [Filling::Longest, Filling::Everyday, Filling::Empty] {
                let name = format!("{id}-{mode:?}-{filling:?}");
                let document = document(&paper, mode, filling);
                match print::set(&document, &paper.layout, Offset::NONE) {
                    Ok(set) => told.extend(set.pages.iter().flat_map(collisions).map(|at| format!("{name}: {at}"))),
                    Err(fault) => told.push(format!("{name}: {fault}")),
                }
                told.extend(
                    leave(&name, &document, &paper.layout)
                        .err()
                        .map(|fault| format!("{name}: {fault}")),
                );
            }
        }
    }
    assert_eq!(told, Vec::<String>::new());
}

fn modes(paper: &Paper) -> Vec<Mode> {
    if paper.layout.only_overlay {
        vec![Mode::Full, Mode::Overlay]
    } else {
        vec![Mode::Full]
    }
}

/// A column's name as the file has it: without the binding of its rows.
fn boxes_column<'n>(text: &str, value: &'n str) -> &'n str {
    match value.split_once('.') {
        Some((rows, column)) if text.contains(&format!("rows = \"{rows}\"")) => column,
        _ => value,
    }
}
