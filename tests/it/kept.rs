//! Papers kept from each release (I12): a later one sets the same text at the same millimetres, from the document and the
//! layout's text as the record holds them.
//!
//! `GUITAI_KEEP=1 cargo test --test it printed` keeps those of this release, in `tests/it/kept/VERSION/`.

use std::fs;
use std::path::{Path, PathBuf};

use guitai::domain::document::Document;
use guitai::forms::paper::parse;
use guitai::print::{self, Offset, SetText};
use serde::{Deserialize, Serialize};

/// Farther than this no text may have moved, in mm.
const STILL: f32 = 0.01;

/// A paper of a release.
#[derive(Serialize, Deserialize)]
struct Kept {
    document: Document,
    layout: String,
    /// Page, place in mm from the top left, text.
    texts: Vec<(usize, f32, f32, String)>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/kept")
}

/// What stands where on a paper; printing holds the file itself against this.
fn texts(document: &Document, layout: &str) -> Vec<(usize, f32, f32, String)> {
    let Ok(paper) = parse(&format!("paper/{}.toml", document.layout), layout) else {
        panic!("the layout of {} is not understood any more", document.name);
    };
    print::render(document, &paper.layout, Offset::NONE).unwrap();
    let pages = print::set(document, &paper.layout, Offset::NONE).unwrap().pages;
    let numbered = (1..).zip(pages);
    numbered
        .flat_map(|(page, set)| {
            let place = move |text: SetText| (page, text.bounds.x, text.bounds.y, text.text);
            set.texts.into_iter().map(place)
        })
        .collect()
}

/// Keeps a paper, where somebody asks for it.
pub fn keep(name: &str, document: &Document, layout: &str) {
    if std::env::var_os("GUITAI_KEEP").is_none() {
        return;
    }
    let folder = folder().join(env!("CARGO_PKG_VERSION"));
    fs::create_dir_all(&folder).unwrap();
    let kept = Kept {
        document: document.clone(),
        layout: layout.to_owned(),
        texts: texts(document, layout),
    };
    let text = serde_json::to_string_pretty(&kept).unwrap();
    fs::write(folder.join(format!("{name}.json")), text + "\n").unwrap();
}

#[test]
fn i12_papers_of_every_release_are_set_as_they_were() {
    let mut held = 0;
    for release in fs::read_dir(folder()).unwrap() {
        for file in fs::read_dir(release.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let kept: Kept = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let now = texts(&kept.document, &kept.layout);
            assert_eq!(now.len(), kept.texts.len(), "{}", path.display());
            for (now, then) in now.iter().zip(&kept.texts) {
                let still = (now.1 - then.1).abs() <= STILL && (now.2 - then.2).abs() <= STILL;
                assert!(
                    still && (now.0, &now.3) == (then.0, &then.3),
                    "{}: {then:?} is now {now:?}",
                    path.display()
                );
            }
            held += 1;
        }
    }
    assert!(held >= 14, "only {held} papers are kept");
}
