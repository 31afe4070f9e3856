//! Where price lists and policies come from.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use crate::desk::registry::House;
use crate::forms::waiver::WaiverBook;

static RULES: Dir = include_dir!("$CARGO_MANIFEST_DIR/forms/rules");

static EMBEDDED: LazyLock<WaiverBook> = LazyLock::new(|| {
    let folders = RULES.dirs().flat_map(Dir::files);
    let files: Vec<(String, &str)> = folders
        .filter_map(|file| Some((format!("rules/{}", file.path().display()), file.contents_utf8()?)))
        .collect();
    WaiverBook::read(files.iter().map(|(path, text)| (path.as_str(), *text)))
});

/// All price lists and policies.
pub(super) fn book(_house: &House) -> &WaiverBook {
    &EMBEDDED
}
