//! The files of the program as they stand, and faults told by file and line.

mod bands;
mod claims;
mod faults;
mod limits;
mod proof;
mod said;
mod windows;

use std::{fs, path::Path};

use super::*;

fn files(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms");
    let mut files = Vec::new();
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
        files.push((name, fs::read_to_string(path).unwrap()));
    }
    files.sort();
    files
}

/// Invented notices of other shapes than the published ones.
fn notices() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/forms/waiver/notices");
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let kind = if name.contains("tariff") { "tariff" } else { "policy" };
        files.push((format!("rules/{kind}/{name}"), fs::read_to_string(path).unwrap()));
    }
    files.sort();
    files
}

fn read(files: &[(String, String)]) -> WaiverBook {
    WaiverBook::read(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// What is wrong with the files, their examples, and what no example exercises.
fn complaints(book: &WaiverBook) -> String {
    let report = book.check("2026-11-25".parse().unwrap());
    let told = book.faults().iter().chain(&report.failures).chain(&report.notices);
    let mut all: Vec<String> = told.map(ToString::to_string).collect();
    let missed = report.coverage.iter().filter(|own| !own.missed.is_empty());
    all.extend(missed.map(|own| format!("{}: {}", own.file, own.missed.join(", "))));
    all.join("\n")
}

fn book() -> WaiverBook {
    let mut all = files("rules/tariff");
    all.extend(files("rules/policy"));
    WaiverBook::read(all.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

#[test]
fn every_file_of_the_program_is_sound_and_its_examples_come_out() {
    let book = book();
    let faults: Vec<String> = book.faults().iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let report = book.check("2026-11-25".parse().unwrap());
    let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(report.examples > 10 && report.notices.is_empty());
    let missed: Vec<String> = report
        .coverage
        .iter()
        .filter(|own| own.file.contains("policy/") && !own.missed.is_empty())
        .map(|own| format!("{}: {}", own.file, own.missed.join(", ")))
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn notices_of_other_shapes_can_be_written_and_come_out() {
    let files = notices();
    assert!(files.len() > 6);
    assert_eq!(complaints(&read(&files)), "");
}

#[test]
fn the_formats_are_told_by_name() {
    let forms = crate::forms::Forms::embedded();
    let day = "2026-11-25".parse().unwrap();
    let told = |id| forms.schema(id, day).unwrap().to_string();
    assert!(told("policy").contains("chosen_by") && told("tariff").contains("counted_from"));
    assert!(told("waiver").contains("unit_price"));
}
