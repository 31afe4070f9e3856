//! The arrows of the house: which room may use which, who alone may know a library, and that no file is forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::source::{self, Reading};

/// Who may use whom.
const ARROWS: [(&str, &[&str]); 7] = [
    ("cli", &["tui", "desk", "forms", "print", "domain"]),
    ("tui", &["desk", "forms", "domain"]),
    ("desk", &["forms", "store", "domain"]),
    ("print", &["forms", "domain"]),
    ("forms", &["domain"]),
    ("store", &["domain"]),
    ("domain", &[]),
];

/// Places that may use one room more: the worker of the screens prints.
const DOORS: [(&[&str], &str); 1] = [(&["tui", "worker"], "print")];

/// Libraries that one room alone knows.
const ALONE: [(&str, &str); 8] = [
    ("rusqlite", "store"),
    ("printpdf", "print"),
    ("ratatui", "tui"),
    ("crossterm", "tui"),
    ("clap", "cli"),
    ("rpassword", "cli"),
    ("cel", "forms"),
    ("toml", "forms"),
];

/// The only libraries of `domain`: pure ones.
const PURE: [&str; 11] = [
    "std",
    "core",
    "alloc",
    "csv",
    "chrono",
    "serde",
    "thiserror",
    "pinyin",
    "unicode_normalization",
    "unicode_segmentation",
    "unicode_width",
];

/// What may stand at the top of the repository.
const TOP: [&str; 21] = [
    ".cargo",
    ".ci",
    ".gitattributes",
    ".git",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "README.zh-CN.md",
    "benches",
    "build.rs",
    "clippy.toml",
    "deny.toml",
    "fonts",
    "forms",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "src",
    "target",
    "tests",
];

fn may_use(module: &[&str], other: &str) -> bool {
    let Some((room, rooms)) = ARROWS.iter().find(|(room, _)| module.first() == Some(room)) else {
        return true;
    };
    *room == other
        || rooms.contains(&other)
        || DOORS
            .iter()
            .any(|(place, more)| module.starts_with(place) && *more == other)
}

/// What a file at `module` does that the house does not allow, each with its line.
fn faults(module: &[&str], text: &str) -> Vec<String> {
    let Reading {
        reaches,
        crates,
        hidden,
    } = source::read(text, module);
    let room = module.first().copied().unwrap_or_default();
    let mut faults: Vec<String> = hidden
        .into_iter()
        .map(|(line, what)| format!("{line}: {what} hides a road"))
        .collect();
    for reach in reaches {
        let Some(other) = reach.path.first().map(String::as_str).filter(|other| !other.is_empty()) else {
            faults.push(format!("{}: the whole house at once", reach.line));
            continue;
        };
        let path = reach.path.join("::");
        if !may_use(module, other) {
            faults.push(format!("{}: {room} uses {path}", reach.line));
        } else if reach.passed_on {
            let users = ARROWS.iter().filter(|(_, rooms)| rooms.contains(&room));
            faults.extend(
                users
                    .filter(|(user, _)| !may_use(&[user], other))
                    .map(|(user, _)| format!("{}: {room} passes {path} on to {user}", reach.line)),
            );
        }
    }
    for (line, name) in crates {
        if ALONE.iter().any(|(library, owner)| *library == name && *owner != room) {
            faults.push(format!("{line}: {room} knows {name}"));
        }
    }
    faults
}

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// `src/desk/marriage/mod.rs` → `desk marriage`.
fn module_of(path: &Path) -> Vec<String> {
    let inside = path.strip_prefix(project().join("src")).unwrap().with_extension("");
    let mut parts: Vec<String> = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

#[test]
fn no_room_reaches_into_one_it_may_not_use() {
    let mut files = Vec::new();
    rust_files(&project().join("src"), &mut files);
    assert!(files.len() > 50, "only {} files found", files.len());
    let mut found = Vec::new();
    for file in files {
        let module = module_of(&file);
        let module: Vec<&str> = module.iter().map(String::as_str).collect();
        let text = fs::read_to_string(&file).unwrap();
        found.extend(
            faults(&module, &text)
                .into_iter()
                .map(|fault| format!("{}:{fault}", file.display())),
        );
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn domain_knows_pure_libraries_alone() {
    let manifest = fs::read_to_string(project().join("Cargo.toml")).unwrap();
    let libraries: BTreeSet<String> = manifest
        .lines()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" =").map(|(name, _)| name.trim().replace('-', "_")))
        .collect();
    assert!(libraries.contains("rusqlite"));
    let mut files = Vec::new();
    rust_files(&project().join("src/domain"), &mut files);
    for file in files.into_iter().filter(|file| !file.ends_with("tests.rs")) {
        let text = fs::read_to_string(&file).unwrap();
        // Its tests may hold it against JSON.
        let text = text.split("#[cfg(test)]").next().unwrap();
        for (line, name) in source::read(text, &["domain"]).crates {
            let known = libraries.contains(&name) && !PURE.contains(&name.as_str());
            assert!(!known, "{}:{line}: domain knows {name}", file.display());
        }
        for wide in [
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "Local::now",
            "Utc::now",
            "SystemTime",
        ] {
            assert!(!text.contains(wide), "{}: domain knows {wide}", file.display());
        }
    }
}

#[test]
fn every_file_of_the_outside_tests_is_listed() {
    let folder = project().join("tests/it");
    let list = fs::read_to_string(folder.join("main.rs")).unwrap();
    for folder in [folder.clone(), folder.join("support")] {
        let list = if folder.ends_with("support") {
            fs::read_to_string(folder.join("mod.rs")).unwrap()
        } else {
            list.clone()
        };
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let is_rust = path.extension().is_some_and(|ending| ending == "rs");
            if is_rust && name != "main" && name != "mod" {
                let listed = list
                    .lines()
                    .any(|line| line == format!("mod {name};") || line == format!("pub mod {name};"));
                assert!(listed, "tests/it: {name}.rs is never run");
            }
        }
    }
}

#[test]
fn nothing_else_stands_at_the_top() {
    for entry in fs::read_dir(project()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            TOP.contains(&name.as_str()),
            "{name} does not belong at the top of the repository"
        );
    }
}

#[test]
fn planted_violations_are_found() {
    // (where, source, words of the fault)
    let planted: [(&[&str], &str, &str); 24] = [
        (&["cli", "find"], "use crate::store::Store;", "1: cli uses store::Store"),
        (
            &["tui", "view"],
            "fn f() {\n  crate::print::render();\n}",
            "2: tui uses print::render",
        ),
        (
            &["desk"],
            "use crate::{domain::money::Fen, tui::run};",
            "desk uses tui::run",
        ),
        (
            &["desk"],
            "use crate::{domain::{money, name}, cli::{self, args::{A, B}}};",
            "desk uses cli::args::B",
        ),
        (
            &["forms", "form"],
            "use super::super::store::Store;",
            "forms uses store::Store",
        ),
        (&["forms"], "use super::desk;", "forms uses desk"),
        (&["forms", "a"], "use super::{super::store, b};", "forms uses store"),
        (
            &["domain", "date"],
            "mod tests { use super::super::super::forms::Form; }",
            "domain uses forms::Form",
        ),
        (
            &["store"],
            "macro_rules! m { () => { $crate::desk::act() } }",
            "store uses desk::act",
        ),
        (&["print"], "use guitai::store as s;", "print uses store"),
        (&["print"], "use self::super::store;", "print uses store"),
        (
            &["desk"],
            "pub use crate::store::StoreError;",
            "desk passes store::StoreError on to cli",
        ),
        (
            &["desk"],
            "pub(crate) use crate::store::{CaseRow, Store as S};",
            "desk passes store::Store on to tui",
        ),
        (
            &["desk"],
            "pub type Row = crate::store::CaseRow;",
            "desk passes store::CaseRow on to tui",
        ),
        (
            &["cli"],
            "use crate as house; fn f() { house::store::f() }",
            "the whole house at once",
        ),
        (&["cli", "find"], "use crate::*;", "the whole house at once"),
        (&["cli", "find"], "use super::super as up;", "the whole house at once"),
        (
            &["cli", "find"],
            "extern crate guitai as g;",
            "extern crate hides a road",
        ),
        (
            &["cli"],
            "#[path = \"../store/mod.rs\"]\nmod s;",
            "#[path] hides a road",
        ),
        (
            &["cli"],
            "const A: &str = r#\"a\"b\"#; fn f<'a>(c: char) { c == '\"'; crate::store::f() }",
            "cli uses store::f",
        ),
        (
            &["cli"],
            "/* crate::print /* */ */ fn f(x: &'a str) -> crate::store::T { 'l' }",
            "cli uses store::T",
        ),
        (&["desk"], "use rusqlite::Connection;", "desk knows rusqlite"),
        (&["cli"], "fn f() { ratatui::init(); }", "cli knows ratatui"),
        (&["tui"], "use clap;", "tui knows clap"),
    ];
    for (module, text, expected) in planted {
        let found = faults(module, text);
        assert!(found.iter().any(|fault| fault.contains(expected)), "{text}: {found:?}");
    }
}

#[test]
fn allowed_roads_are_allowed() {
    let fine: [(&[&str], &str); 9] = [
        (&["tui", "worker"], "use crate::print::render;"),
        (&["tui", "worker", "print"], "use crate::print::render;"),
        (&["cli"], "use crate::{desk::Registry, print::{self, render}};"),
        (
            &["forms", "form"],
            "use super::value::Value; use super::*; use self::a::B;",
        ),
        (
            &["desk", "marriage", "accept"],
            "use super::super::permission; use crate::store::Tx;",
        ),
        (
            &["forms"],
            "pub use crate::domain::finding::Finding; pub(crate) struct A;",
        ),
        (
            &["domain"],
            "//! see crate::store::Store\nconst A: &str = \"crate::store::Store\"; // crate::tui",
        ),
        (
            &["domain"],
            "mod tests { mod more { use super::super::date; } } mod b { use super::date; }",
        ),
        (
            &["store"],
            "pub(super) fn f() {} pub(in crate::store) fn g() {} fn store(tui: tui) { crate::store::g() }",
        ),
    ];
    for (module, text) in fine {
        assert_eq!(faults(module, text), Vec::<String>::new(), "{text}");
    }
}
