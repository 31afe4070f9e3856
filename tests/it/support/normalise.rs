//! Makes what a run printed the same on every machine, for snapshots.

use std::path::Path;

/// The text with the folder called `<DIR>` and every SHA-256 `<SHA256>`.
pub fn normalise(text: &str, folder: &Path) -> String {
    let text = text.replace(&folder.display().to_string(), "<DIR>");
    let mut normal = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() || ('a'..='f').contains(&c) {
            run.push(c);
            continue;
        }
        normal.push_str(if run.len() == 64 { "<SHA256>" } else { &run });
        run.clear();
        normal.push(c);
    }
    normal.pop();
    normal
}

#[test]
fn folders_and_hashes_are_called_by_their_name() {
    let text = format!("/x/y/a.pdf {} 0af", "0f".repeat(32));
    assert_eq!(normalise(&text, Path::new("/x/y")), "<DIR>/a.pdf <SHA256> 0af");
}
